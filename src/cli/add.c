/* daybook add: documents into an archive. One thread finds them, every core reads and analyses, this one writes. */
#include "command.h"
#include "inputs.h"
#include "stream.h"
#include "terminal.h"

#include "../daybook.h"
#include "../read/importer.h"
#include "../store/archive.h"
#include "../store/archived_house.h"

#include <stdio.h>
#include <stdlib.h>

enum { COMMIT_DOCUMENTS = 2048, COMMIT_SECONDS = 2 };

/* A document on its way in. */
struct incoming {
	struct imported found; /* its strings are in `arena` */
	struct arena arena;    /* what was found, and what was counted of it */
	struct compilation compilation;
	const struct text_words *words;
	char sha256[65];
	bool known, failed;
	struct error error; /* why it failed */
};

struct adding {
	const struct inputs *inputs;
	const struct settings *settings;
	struct archive *archive;
	struct digests *digests;
	struct zones *zones;
	struct stream *stream;
	struct progress progress;
	uint64_t size, before; /* bytes of all inputs; of those behind us, as far as is known */
	uint32_t added, replaced, known, failed, waiting; /* waiting: put and not committed */
	double committed; /* when: terminal_seconds */
	struct error error; /* what stopped it */
	bool broken;
};

/* What one thread works with. */
struct hand {
	struct zones *zones;
	struct word_counter *counter;
};

/* ---- finding ---- */

static struct incoming *incoming_open(void) {
	struct incoming *in = memory_get(sizeof *in);
	*in = (struct incoming){0};
	arena_init(&in->arena);
	return in;
}

static void drop(void *thing) {
	struct incoming *in = thing;
	compilation_release(&in->compilation);
	arena_release(&in->arena);
	free(in);
}

static bool take(void *user, const struct imported *document) {
	struct adding *a = user;
	struct incoming *in = incoming_open();
	in->found = *document;
	in->found.origin = arena_copy(&in->arena, document->origin);
	in->found.url = arena_copy(&in->arena, document->url);
	in->found.title = arena_copy(&in->arena, document->title);
	in->found.date = arena_copy(&in->arena, document->date);
	in->found.author = arena_copy(&in->arena, document->author);
	in->found.bytes = arena_copy(&in->arena, document->bytes);
	in->found.consumed += a->before;
	return stream_push(a->stream, in) && !terminal_stopped();
}

static bool take_failed(void *user, struct str origin, const struct error *error) {
	struct adding *a = user;
	struct incoming *in = incoming_open();
	in->found.origin = arena_copy(&in->arena, origin);
	in->failed = true;
	in->error = *error;
	return stream_push(a->stream, in) && !terminal_stopped();
}

static void find(struct stream *stream, void *context) {
	struct adding *a = context;
	a->stream = stream;
	bool more = true;
	for (uint32_t i = 0; more && i < a->inputs->paths.count; i++) {
		const char *path = a->inputs->paths.at[i];
		more = import_path(path, (enum source_form)a->settings->form, &import_limits_usual, take, take_failed, a);
		a->before += import_measure(path);
	}
}

/* ---- working ---- */

static void *begin(void *context) {
	(void)context;
	struct hand *hand = memory_get(sizeof *hand);
	*hand = (struct hand){zones_open(), word_counter_open()};
	return hand;
}

static void end(void *own) {
	struct hand *hand = own;
	zones_close(hand->zones);
	word_counter_close(hand->counter);
	free(hand);
}

static void work(void *thing, void *own, void *context) {
	struct incoming *in = thing;
	struct hand *hand = own;
	struct adding *a = context;
	if (in->failed)
		return;
	archive_digest(in->found.bytes, in->sha256);
	in->known = digests_have(a->digests, in->sha256);
	if (in->known)
		return;
	in->failed = compile_imported(true, &in->compilation, &in->found, &a->inputs->house, hand->zones, &in->error) < 0;
	if (!in->failed && hand->counter)
		in->words = deposit_count(hand->counter, &in->compilation.record, &in->arena);
}

/* ---- writing ---- */

static bool commit(struct adding *a) {
	if (archive_commit(a->archive, &a->error) < 0) {
		a->broken = true;
		return false;
	}
	a->added += a->waiting;
	a->waiting = 0;
	a->committed = terminal_seconds();
	return true;
}

static void say_failed(struct adding *a, const struct incoming *in) {
	progress_end(&a->progress);
	a->failed++;
	terminal_refuse(&in->error);
}

static bool put(struct adding *a, const struct incoming *in) {
	struct deposit deposit = {.record = &in->compilation.record, .origin = in->found.origin, .url = in->found.url, .words = in->words};
	memcpy(deposit.sha256, in->sha256, sizeof deposit.sha256);
	switch (archive_put(a->archive, &deposit, a->zones, &a->error)) {
	case PUT_FAILED:
		a->broken = true;
		return false;
	case PUT_KNOWN:
		a->known++;
		return true;
	case PUT_REPLACED:
		a->replaced++;
		break;
	default:
		break;
	}
	a->waiting++;
	bool due = a->waiting >= COMMIT_DOCUMENTS || terminal_seconds() - a->committed >= COMMIT_SECONDS;
	return !due || commit(a);
}

static bool deliver(void *thing, void *context) {
	struct incoming *in = thing;
	struct adding *a = context;
	bool more = true;
	if (in->failed)
		say_failed(a, in);
	else if (in->known)
		a->known++;
	else
		more = put(a, in);
	progress_share(&a->progress, a->added + a->waiting + a->known, a->size ? (double)in->found.consumed / (double)a->size : 0);
	drop(in);
	return more && !terminal_stopped();
}

/* ---- the command ---- */

static void summarize(const struct adding *a) {
	if (a->settings->quiet)
		return;
	fprintf(stderr, "%s: %u document%s added", a->settings->archive, a->added, a->added == 1 ? "" : "s");
	if (a->replaced)
		fprintf(stderr, " (%u of them newer versions)", a->replaced);
	if (a->known)
		fprintf(stderr, ", %u known already", a->known);
	if (a->failed)
		fprintf(stderr, ", %u could not be read", a->failed);
	fputc('\n', stderr);
}

static int add_all(struct adding *a) {
	const struct stream_orders orders = {a, find, begin, end, work, deliver, drop};
	bool whole = stream_run(&orders);
	progress_end(&a->progress);
	if (!a->broken && commit(a) && whole && archive_finish(a->archive, &a->error) < 0)
		a->broken = true;
	summarize(a);
	if (a->broken)
		return terminal_refuse(&a->error);
	if (!whole)
		terminal_say("stopped; run it again to go on, what is added stays");
	return !whole ? EXIT_INTERRUPTED : a->failed ? EXIT_TROUBLE : EXIT_CLEAN;
}

static int add(const struct inputs *inputs, const struct settings *settings, struct error *error) {
	struct adding a = {.inputs = inputs, .settings = settings, .progress = {.what = "added", .quiet = settings->quiet}};
	for (uint32_t i = 0; i < inputs->paths.count; i++)
		a.size += import_measure(inputs->paths.at[i]);
	a.archive = archive_open(settings->archive, ARCHIVE_WRITE, error);
	a.digests = a.archive ? archive_digests(a.archive, error) : NULL;
	a.zones = zones_open();
	if (a.digests && archive_set_house(a.archive, &inputs->house, error) < 0)
		return terminal_refuse(error);
	a.committed = terminal_seconds();
	int result = a.digests ? add_all(&a) : terminal_refuse(error);
	zones_close(a.zones);
	digests_free(a.digests);
	archive_close(a.archive);
	return result;
}

static int run(const struct settings *settings) {
	struct inputs inputs;
	struct error error = {0};
	int result;
	if (!settings->archive) {
		error_set(&error, "there is no archive to add to");
		error_hint(&error, "name one with --to FILE; it is made when it is missing");
		return terminal_refuse(&error);
	}
	if (inputs_open_as_given(&inputs, settings, &error) < 0)
		result = terminal_refuse(&error);
	else
		result = add(&inputs, settings, &error);
	inputs_release(&inputs);
	return result;
}

static const struct option_row own[] = {
	{'t', "to", OPTION_TEXT, "FILE", NULL, offsetof(struct settings, archive), 0, "the archive; made when it is missing"},
	{0}};
static const struct option_row *const options[] = {own, options_input, options_as_form, options_talk, options_help_row, NULL};

const struct command command_add = {"add", "puts bulletins into an archive, with all that they say",
	"FILE|FOLDER|-... --to ARCHIVE", options,
	"daybook add --to archive.db 2026/              a folder of bulletins; what is there already is passed over\n"
	"daybook add --to archive.db blog.xml list.mbox  a blog's export, a mailbox\n"
	"daybook search --archive archive.db 'arms control'",
	run};
