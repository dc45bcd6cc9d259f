/* daybook search: the essays, listings and other texts of an archive in which words stand. */
#include "asking.h"
#include "terminal.h"

#include "../store/search.h"

static const struct table_column columns[] = {{"date", 0, 0}, {"kind", 0, 0}, {"title", 0, 1}, {"excerpt", 0, 1}, {"source", 0, 0},
	{"line", 1, 0}, {"column", 1, 0}, {"begin", 1, 0}, {"finish", 1, 0}, {"sentence", 0, 1}};
enum { PLAIN_COLUMNS = 5, ALL_COLUMNS = sizeof columns / sizeof *columns };

/* The excerpt on one line. */
static struct str on_one_line(struct arena *arena, struct str text) {
	struct str copy = arena_copy(arena, text);
	for (size_t i = 0; i < copy.len; i++)
		if (copy.at[i] == '\n' || copy.at[i] == '\r' || copy.at[i] == '\t')
			((char *)copy.at)[i] = ' ';
	return copy;
}

static void add_hit(struct asked *a, const struct search_hit *hit, struct table *table) {
	struct str cells[ALL_COLUMNS] = {hit->date, hit->kind, hit->title, on_one_line(&a->arena, hit->excerpt), hit->name};
	if (table->column_count == ALL_COLUMNS) {
		const uint32_t numbers[] = {hit->line, hit->column, hit->match.begin, hit->match.end};
		for (int i = 0; i < 4; i++)
			cells[PLAIN_COLUMNS + i] = arena_format(&a->arena, "%u", numbers[i]);
		cells[ALL_COLUMNS - 1] = hit->sentence;
	}
	for (uint32_t i = 0; i < table->column_count; i++)
		*array_push(&a->arena, &table->cells) = cells[i];
}

static int search(struct asked *a) {
	struct search_hits hits;
	struct search search = {.text = a->ask.words, .since = a->ask.since, .until = a->ask.until, .person = a->ask.person,
		.organisation = a->ask.organisation, .kind = a->ask.kind, .issue = str_from(a->settings->issue),
		.limit = a->settings->limit ? a->ask.limit ? a->ask.limit : UINT32_MAX : 10, .excerpt = true, .sentence = a->ask.at};
	if (archive_search(a->archive, &search, &a->arena, &hits, &a->error) < 0)
		return terminal_refuse(&a->error);
	struct table table = {.columns = columns, .column_count = a->ask.at ? ALL_COLUMNS : PLAIN_COLUMNS};
	for (uint32_t i = 0; i < hits.list.count; i++)
		add_hit(a, &hits.list.at[i], &table);
	return asked_show(a, &table, 0);
}

static int run(const struct settings *settings) {
	struct asked a;
	int result = asked_open(&a, settings) < 0 ? terminal_refuse(&a.error) : search(&a);
	asked_release(&a);
	return result;
}

static const struct option_row own[] = {
	{'k', "kind", OPTION_TEXT, "KIND", NULL, offsetof(struct settings, kind), 0, "only essay, event, or other"},
	{'i', "issue", OPTION_TEXT, "DATE", NULL, offsetof(struct settings, issue), 0, "only the issue of this date"},
	{0}};
static const struct option_row *const options[] = {options_archive, own, options_period, options_names, options_answer, options_help_row, NULL};

const struct command command_search = {"search", "finds words in an archive's essays and listings, the best first", "WORDS...", options,
	"daybook search arms control            both words\n"
	"daybook search '\"arms control\"'        the phrase\n"
	"daybook search 'nucl* NEAR(Kim summit, 8) -test'   beginnings, nearness, what must not stand\n"
	"daybook search --person 'Kim Jong-un' --since 2019 --at sanctions",
	run};
