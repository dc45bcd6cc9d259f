/* daybook export: an archive in the forms that other tools read. */
#include "archived.h"
#include "asking.h"
#include "hands.h"
#include "output.h"
#include "stream.h"
#include "terminal.h"

#include "../base/file.h"
#include "../emit/emit.h"
#include "../emit/table.h"
#include "../store/archived_house.h"
#include "../store/graph.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- documents, one after another ---- */

/* A document on its way out. */
struct outgoing {
	struct arena arena;
	struct archived_document document;
	struct compilation compilation;
	struct buf out, text; /* `text`: brat's text beside the annotations */
	struct error error;
	bool failed;
};

struct exporting {
	const struct settings *settings;
	struct archive *archive; /* of the finding thread */
	struct house house;
	struct document_list list;
	struct output output;
	struct progress progress;
	struct error error;
	uint32_t done, failed;
	bool broken;
};

static bool is_a_file_each(int form) {
	return form == EXPORT_TIMEML || form == EXPORT_BRAT;
}

static void drop(void *thing) {
	struct outgoing *o = thing;
	compilation_release(&o->compilation);
	buf_release(&o->out);
	buf_release(&o->text);
	arena_release(&o->arena);
	free(o);
}

static void find(struct stream *stream, void *context) {
	struct exporting *e = context;
	bool more = true;
	for (uint32_t i = 0; more && i < e->list.ids.count; i++) {
		struct outgoing *o = memory_get(sizeof *o);
		*o = (struct outgoing){0};
		arena_init(&o->arena);
		o->failed = archive_document(e->archive, e->list.ids.at[i], &o->arena, &o->document, &o->error) < 0;
		more = stream_push(stream, o) && !terminal_stopped();
	}
}

static void work(void *thing, void *zones, void *context) {
	struct outgoing *o = thing;
	struct exporting *e = context;
	o->failed = o->failed || archived_compile(&o->document, true, &e->house, zones, &o->compilation, &o->error) < 0;
	if (o->failed)
		return;
	const struct record *record = &o->compilation.record;
	switch (e->settings->output) {
	case EXPORT_TIMEML:
		emit_timeml(record, &o->out);
		break;
	case EXPORT_CONLL:
		emit_conll(record, &o->out);
		break;
	case EXPORT_BRAT:
		emit_brat(record, &o->out);
		buf_add(&o->text, o->compilation.source.text);
		break;
	default:
		emit_json(record, zones, &o->out);
	}
}

static int write_file(const struct exporting *e, const struct outgoing *o, const char *ending, const struct buf *bytes, struct error *error) {
	char path[1024];
	int n = snprintf(path, sizeof path, "%s/%06lld.%s", e->settings->out, (long long)o->document.id, ending);
	return n < 0 || (size_t)n >= sizeof path ? error_set(error, "%s is too long a path", e->settings->out) : file_update(path, buf_str(bytes), NULL, error);
}

static bool deliver(void *thing, void *context) {
	struct outgoing *o = thing;
	struct exporting *e = context;
	bool timeml = e->settings->output == EXPORT_TIMEML;
	if (o->failed) {
		progress_end(&e->progress);
		terminal_refuse(&o->error);
		e->failed++;
	} else if (!is_a_file_each(e->settings->output)) {
		output_add(&e->output, buf_str(&o->out));
	} else if (write_file(e, o, timeml ? "tml" : "ann", &o->out, &e->error) < 0 || (!timeml && write_file(e, o, "txt", &o->text, &e->error) < 0)) {
		e->broken = true;
	}
	progress_step(&e->progress, ++e->done);
	drop(o);
	return !e->broken && !terminal_stopped();
}

static int export_documents(struct asked *a) {
	struct exporting e = {.settings = a->settings, .archive = a->archive};
	if (is_a_file_each(a->settings->output) && !a->settings->out) {
		error_set(&a->error, "this is a file for each document");
		error_hint(&a->error, "name a folder for them with -o");
		return terminal_refuse(&a->error);
	}
	if (archive_house(a->archive, &e.house, &a->error) < 0 ||
		archive_documents(a->archive, a->ask.since, a->ask.until, &a->arena, &e.list, &a->error) < 0)
		return terminal_refuse(&a->error);
	e.progress = (struct progress){.what = "written", .total = e.list.ids.count};
	output_open(&e.output, is_a_file_each(a->settings->output) ? NULL : a->settings->out);
	bool whole = stream_run(&(struct stream_orders){&e, find, hands_begin, hands_end, work, deliver, drop});
	progress_end(&e.progress);
	if (!whole)
		output_drop(&e.output);
	bool failed = e.broken || output_close(&e.output, &e.error) < 0;
	house_release(&e.house);
	return failed ? terminal_refuse(&e.error) : !whole ? EXIT_INTERRUPTED : e.failed ? EXIT_TROUBLE : EXIT_CLEAN;
}

/* ---- answers ---- */

static int write_out(struct asked *a, struct buf *out) {
	struct output output;
	output_open(&output, a->settings->out);
	output_add(&output, buf_str(out));
	buf_release(out);
	return output_close(&output, &a->error) < 0 ? terminal_refuse(&a->error) : EXIT_CLEAN;
}

static int export_tables(struct asked *a) {
	static const char *const names[ASK_QUESTIONS] = {"events", "history", "people", "roles", "quotes", "times"};
	if (!a->settings->out) {
		error_set(&a->error, "these are several tables");
		error_hint(&a->error, "name a folder for them with -o; daybook events --as csv prints one");
		return terminal_refuse(&a->error);
	}
	for (int i = 0; i < ASK_QUESTIONS; i++) {
		struct answer answer;
		struct buf out = {0};
		struct str path = arena_format(&a->arena, "%s/%s.csv", a->settings->out, names[i]);
		if (archive_ask(a->archive, (enum question)i, &a->ask, &a->arena, &answer, &a->error) < 0)
			return terminal_refuse(&a->error);
		emit_table(&answer.table, TABLE_CSV, 0, false, &out);
		int result = file_update(path.at, buf_str(&out), NULL, &a->error);
		buf_release(&out);
		if (result < 0)
			return terminal_refuse(&a->error);
	}
	return EXIT_CLEAN;
}

static int export_calendar(struct asked *a) {
	struct answer answer;
	struct buf out = {0};
	if (archive_ask(a->archive, ASK_EVENTS, &a->ask, &a->arena, &answer, &a->error) < 0 ||
		archived_calendar(a->archive, answer.rows.at, answer.rows.count, &out, &a->error) < 0)
		return terminal_refuse(&a->error);
	return write_out(a, &out);
}

static int export_graph(struct asked *a) {
	struct graph graph;
	struct buf out = {0};
	if (archive_graph(a->archive, &a->arena, &graph, &a->error) < 0)
		return terminal_refuse(&a->error);
	emit_graphml(&graph.nodes, &graph.edges, &out);
	return write_out(a, &out);
}

/* ---- the command ---- */

static int export(struct asked *a) {
	a->ask.limit = 0;
	a->ask.words = STR("");
	switch (a->settings->output) {
	case EXPORT_CSV:
		return export_tables(a);
	case EXPORT_ICS:
		return export_calendar(a);
	case EXPORT_GRAPHML:
		return export_graph(a);
	default:
		return export_documents(a);
	}
}

static int run(const struct settings *settings) {
	struct asked a;
	terminal_catch_stop();
	int result = asked_open(&a, settings) < 0 ? terminal_refuse(&a.error) : export(&a);
	asked_release(&a);
	return result;
}

static const struct option_row own[] = {
	{'t', "to", OPTION_CHOICE, "FORM", "jsonl csv ics timeml conll brat graphml", offsetof(struct settings, output), 0,
		"jsonl (a record a line), csv (a folder of tables), ics (all events), timeml and brat (a folder, a file a document), "
		"conll (names in columns), graphml (who spoke, wrote, said, sponsored)"},
	{'a', "as", OPTION_CHOICE, "FORM", "jsonl csv ics timeml conll brat graphml", offsetof(struct settings, output), 0, "the same"},
	{'o', "output", OPTION_TEXT, "PATH", NULL, offsetof(struct settings, out), 0, "write to this file, or into this folder"},
	{0}};
static const struct option_row *const options[] = {options_archive, own, options_period, options_help_row, NULL};

const struct command command_export = {"export", "prints an archive in the forms that other tools read", "--to FORM", options,
	"daybook export --to jsonl -o archive.jsonl        every record\n"
	"daybook export --to timeml --since 2024 -o tml/   a file for each document\n"
	"daybook export --to graphml -o who.graphml        for Gephi, igraph, NetworkX",
	run};
