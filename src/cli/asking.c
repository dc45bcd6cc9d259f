#include "asking.h"

#include "../emit/table.h"
#include "../record/house.h"
#include "output.h"
#include "terminal.h"

#include <ctype.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { LIMIT_USUAL = 50 };

const struct option_row options_archive[] = {
	{'A', "archive", OPTION_TEXT, "FILE", NULL, offsetof(struct settings, archive), 0,
		"the archive (else DAYBOOK_ARCHIVE, else archive.db here)"},
	{0}};
const struct option_row options_period[] = {
	{'s', "since", OPTION_TEXT, "DATE", NULL, offsetof(struct settings, since), 0, "from this day on: YYYY-MM-DD, YYYY-MM, YYYY, or today"},
	{'u', "until", OPTION_TEXT, "DATE", NULL, offsetof(struct settings, until), 0, "until this day, month or year, inclusive"},
	{0}};
const struct option_row options_names[] = {
	{'p', "person", OPTION_TEXT, "NAME", NULL, offsetof(struct settings, person), 0, "a person, by any of the forms of the name"},
	{'g', "organisation", OPTION_TEXT, "NAME", NULL, offsetof(struct settings, organisation), 0, "an organisation, likewise"},
	{0}};
const struct option_row options_answer[] = {
	{'n', "limit", OPTION_TEXT, "N", NULL, offsetof(struct settings, limit), 0, "so many rows at most (50; 0: all)"},
	{'t', "at", OPTION_FLAG, NULL, NULL, offsetof(struct settings, at), 0, "with the sentence that says it, and where it stands"},
	{'F', "format", OPTION_CHOICE, "FORM", "table jsonl csv markdown ics", offsetof(struct settings, format), 0,
		"table, jsonl, csv, markdown; of events also ics"},
	{'a', "as", OPTION_CHOICE, "FORM", "table jsonl csv markdown ics", offsetof(struct settings, format), 0, "the same"},
	{'o', "output", OPTION_TEXT, "FILE", NULL, offsetof(struct settings, out), 0, "write to FILE, whole or not at all"},
	{'c', "color", OPTION_CHOICE, "WHEN", "auto always never", offsetof(struct settings, colour), 0, "auto, always, never"},
	{0}};

static struct str joined_operands(struct asked *a) {
	struct str all = {"", 0};
	for (int i = 0; i < a->settings->operand_count; i++)
		all = arena_format(&a->arena, "%.*s%s%s", (int)all.len, all.at, i ? " " : "", a->settings->operands[i]);
	return all;
}

static struct str today(struct asked *a) {
	char text[CIVIL_TEXT];
	civil_format(civil_date(civil_from_seconds(terminal_clock())), text);
	return arena_copy(&a->arena, str_from(text));
}

/* YYYY, YYYY-MM or YYYY-MM-DD. */
static bool is_date(const char *value) {
	static const char shape[] = "dddd-dd-dd";
	size_t len = strlen(value);
	if (len != 4 && len != 7 && len != 10)
		return false;
	for (size_t i = 0; i < len; i++)
		if (shape[i] == 'd' ? !isdigit((unsigned char)value[i]) : value[i] != shape[i])
			return false;
	return true;
}

int asked_date(struct asked *a, const char *option, const char *value, bool last, struct str *date) {
	*date = STR_NULL;
	if (!value)
		return 0;
	if (strcmp(value, "today") == 0) {
		*date = today(a);
		return 0;
	}
	if (!is_date(value)) {
		error_set(&a->error, "--%s cannot be “%s”", option, value);
		return error_hint(&a->error, "a date is written YYYY-MM-DD, YYYY-MM, YYYY, or today");
	}
	*date = arena_format(&a->arena, "%s%s", value, last ? "-99-99" : "");
	date->len = last && date->len > 10 ? 10 : date->len;
	return 0;
}

static int read_limit(struct asked *a) {
	const char *limit = a->settings->limit;
	a->ask.limit = LIMIT_USUAL;
	if (!limit)
		return 0;
	char *end;
	unsigned long number = strtoul(limit, &end, 10);
	if (*end || end == limit || number > 100000000)
		return error_set(&a->error, "--limit cannot be “%s”", limit);
	a->ask.limit = (uint32_t)number;
	return 0;
}

int asked_open(struct asked *a, const struct settings *settings) {
	*a = (struct asked){.settings = settings};
	arena_init(&a->arena);
	const char *path = settings->archive ? settings->archive : getenv("DAYBOOK_ARCHIVE");
	a->archive = archive_open(path && *path ? path : "archive.db", ARCHIVE_READ, &a->error);
	if (!a->archive || read_limit(a) < 0 || asked_date(a, "since", settings->since, false, &a->ask.since) < 0 ||
		asked_date(a, "until", settings->until, true, &a->ask.until) < 0)
		return -1;
	a->ask.words = joined_operands(a);
	a->ask.person = str_from(settings->person);
	a->ask.organisation = str_from(settings->organisation);
	a->ask.place = str_from(settings->place);
	a->ask.mode = str_from(settings->mode);
	a->ask.status = str_from(settings->status);
	a->ask.kind = str_from(settings->kind);
	a->ask.at = settings->at;
	return 0;
}

void asked_release(struct asked *a) {
	archive_close(a->archive);
	arena_release(&a->arena);
}

static int terminal_width(void) {
	struct winsize size;
	return isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

int asked_show(struct asked *a, const struct table *table, uint32_t left) {
	static const enum table_form forms[] = {TABLE_TEXT, TABLE_TEXT, TABLE_JSONL, TABLE_CSV, TABLE_MARKDOWN};
	if (a->settings->format == ANSWER_ICS) {
		error_set(&a->error, "only events are printed as a calendar");
		return terminal_refuse(&a->error);
	}
	struct buf out = {0};
	struct output output;
	bool shown = table->cells.count > 0 || forms[a->settings->format] != TABLE_TEXT;
	if (shown)
		emit_table(table, forms[a->settings->format], terminal_width(), terminal_colour(a->settings->colour), &out);
	output_open(&output, a->settings->out);
	output_add(&output, buf_str(&out));
	buf_release(&out);
	if (output_close(&output, &a->error) < 0)
		return terminal_refuse(&a->error);
	if (table->cells.count == 0)
		terminal_say("nothing in the archive answers that");
	else if (left)
		terminal_say("%u more; --limit 0 shows all", left);
	return table->cells.count ? EXIT_CLEAN : EXIT_FINDINGS;
}

int asked_print(struct asked *a, enum question question) {
	struct answer answer;
	if (archive_ask(a->archive, question, &a->ask, &a->arena, &answer, &a->error) < 0)
		return terminal_refuse(&a->error);
	return asked_show(a, &answer.table, answer.left);
}
