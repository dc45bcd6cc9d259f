/* daybook build: bulletins in, a folder of calendars, feeds and pages out. */
#include "archived.h"
#include "batch.h"
#include "command.h"
#include "crew.h"
#include "findings.h"
#include "standing.h"
#include "terminal.h"
#include "versions.h"

#include "../emit/emitter.h"
#include "../emit/folder.h"
#include "../emit/theme.h"
#include "../emit/stamp.h"

#include <stdio.h>
#include <stdlib.h>

/* A sink in front of the folder's that ends the build when a stop is asked for: between files, never within one. Each thread
 * has one. */
struct stoppable {
	struct sink sink;
	struct folder_sink to;
};

static bool has(struct sink *sink, struct str path, uint64_t stamp) {
	struct stoppable *stoppable = (struct stoppable *)sink; /* the sink is its first member */
	return stoppable->to.sink.has(&stoppable->to.sink, path, stamp);
}

static int put(struct sink *sink, struct str path, struct str bytes, struct error *error) {
	struct stoppable *stoppable = (struct stoppable *)sink;
	if (terminal_stopped())
		return error_set(error, "stopped; run it again to finish");
	stoppable->to.sink.stamp = sink->stamp;
	sink->stamp = 0;
	return stoppable->to.sink.put(&stoppable->to.sink, path, bytes, error);
}

struct building {
	const struct settings *settings;
	const struct house *house;
	struct standing *standing;
	const struct theme *theme;
	struct archived_set *archived; /* where an archive is what is built; else NULL */
	struct findings findings;
	const struct record **records;
	uint32_t count;
};

static void deliver(struct job *job, void *context) {
	struct building *building = context;
	if (!job->compiled)
		return;
	findings_count(&building->findings, &job->compilation.record);
	standing_note(building->standing, job->index, job->compilation.source.original);
	building->records[building->count++] = &job->compilation.record;
}

/* ---- writing, on every core ---- */

struct writing {
	const struct publication *p;
	struct folder *folder;
	struct error *errors; /* of each job */
	bool *failed;
	uint32_t first_failed; /* or the number of jobs */
	struct progress progress;
};

/* A thread's own. */
struct writer {
	struct stoppable stoppable;
	struct zones *zones;
	struct emitter *emitter;
};

static void *begin(void *context) {
	struct writing *w = context;
	struct writer *own = memory_get(sizeof *own);
	*own = (struct writer){.stoppable = {.sink = {.put = put, .has = has}, .to = folder_sink(w->folder)}, .zones = zones_open()};
	own->emitter = emitter_open(w->p, own->zones, &own->stoppable.sink);
	return own;
}

static void end(void *own) {
	struct writer *writer = own;
	emitter_close(writer->emitter);
	zones_close(writer->zones);
	free(writer);
}

static void work(uint32_t job, void *own, void *context) {
	struct writing *w = context;
	w->failed[job] = emitter_run(((struct writer *)own)->emitter, job, &w->errors[job]) < 0;
}

static bool written(uint32_t job, void *context) {
	struct writing *w = context;
	progress_step(&w->progress, job + 1);
	if (w->failed[job])
		w->first_failed = job;
	return !w->failed[job];
}

static int emit_all(struct publication *p, struct folder *folder, const struct settings *settings, struct error *error) {
	uint32_t jobs = emitter_jobs();
	struct writing w = {.p = p, .folder = folder, .first_failed = jobs, .progress = {.what = "written", .total = jobs, .quiet = settings->quiet}};
	w.errors = arena_alloc(&p->arena, jobs * sizeof *w.errors);
	w.failed = arena_alloc(&p->arena, jobs * sizeof *w.failed);
	bool whole = crew_run(&(struct crew_orders){jobs, &w, begin, end, work, written});
	progress_end(&w.progress);
	if (whole)
		return folder_finish(folder, error);
	*error = w.errors[w.first_failed];
	return -1;
}

static const char *plural(uint32_t count) {
	return count == 1 ? "" : "s";
}

static void summarize(const struct settings *settings, const struct built_counts *c, uint32_t written, uint32_t removed) {
	if (settings->quiet)
		return;
	fprintf(stderr, "%u issue%s, %u essay%s, %u event%s in %s: %u file%s written, %u unchanged", c->issues, plural(c->issues), c->essays,
		plural(c->essays), c->events, plural(c->events), settings->out, written, plural(written), c->files - written);
	if (removed)
		fprintf(stderr, ", %u removed", removed);
	fputc('\n', stderr);
	findings_say(&(struct findings){.errors = c->errors, .warnings = c->warnings, .fixes = c->fixes, .files = c->faulty});
}

static struct built_counts counts_of(const struct building *building, const struct publication *p, const struct folder *folder) {
	const struct findings *found = &building->findings;
	return (struct built_counts){.issues = p->issues.count, .essays = p->articles.count, .events = p->events.count,
		.files = folder->written + folder->unchanged, .errors = found->errors, .warnings = found->warnings, .fixes = found->fixes,
		.faulty = found->files};
}

/* Writes the publication into the folder. 0, or -1 with `error`. */
static int write_all(const struct building *building, struct publication *p, struct folder *folder, struct error *error) {
	struct str path = arena_format(&p->arena, "%s/.daybook/state.json", building->settings->out);
	struct state *state = state_open(path.at, error);
	if (!state)
		return -1;
	versions_apply(p, state);
	if (building->archived)
		archived_identify(building->archived, p);
	stamps_make(p, building->standing->now.fingerprint);
	folder->compare = building->settings->force;
	folder->undisturbed = building->standing->finished;
	int result = standing_begin(building->standing, error);
	if (result == 0)
		result = emit_all(p, folder, building->settings, error);
	if (result == 0)
		result = state_save(state, error);
	state_close(state);
	return result;
}

/* Publishes the records. 0, or -1 with `error`. */
static int publish(const struct building *building, struct error *error) {
	struct zones *zones = zones_open();
	struct folder folder = {0};
	struct publication p;
	publication_init(&p, building->records, building->count, building->house, zones);
	p.theme = building->theme;
	int result = folder_open(&folder, building->settings->out, error);
	if (result == 0)
		result = write_all(building, &p, &folder, error);
	if (result == 0) {
		struct built_counts counts = counts_of(building, &p, &folder);
		result = standing_finish(building->standing, &folder, &counts, error);
		summarize(building->settings, &counts, folder.written, folder.removed);
	}
	folder_close(&folder);
	publication_release(&p);
	zones_close(zones);
	return result;
}

static int publish_or_say(const struct building *building, struct error *error) {
	if (building->settings->strict && findings_any(&building->findings)) {
		findings_say(&building->findings);
		terminal_say("nothing was built; daybook check shows what is wrong");
		return EXIT_FINDINGS;
	}
	if (publish(building, error) == 0)
		return EXIT_CLEAN;
	terminal_refuse(error);
	return terminal_stopped() ? EXIT_INTERRUPTED : EXIT_TROUBLE;
}

static int build_bulletins(struct standing *standing, const struct theme *theme, const struct inputs *inputs, const struct settings *settings,
	struct error *error) {
	struct building building = {.settings = settings, .house = &inputs->house, .standing = standing, .theme = theme};
	building.records = memory_get((inputs->paths.count + 1) * sizeof *building.records);
	struct batch batch = {.inputs = inputs, .settings = settings, .deliver = deliver, .context = &building, .whole = true, .keep = true};
	bool whole = batch_run(&batch);
	int result = batch_exit(&batch, whole, false);
	if (result == EXIT_CLEAN)
		result = publish_or_say(&building, error);
	else if (whole)
		terminal_say("nothing was built: not every input could be read");
	batch_release(&batch);
	free(building.records);
	return result;
}

/* Builds all that stands in an archive. */
static int build_archive(struct standing *standing, const struct theme *theme, const struct inputs *inputs, const struct settings *settings,
	struct error *error) {
	struct archived_set set;
	struct building building = {.settings = settings, .archived = &set, .standing = standing, .theme = theme};
	int result = archived_open(&set, inputs->paths.at[0], inputs, settings, error);
	if (result == EXIT_CLEAN) {
		building.house = &set.house;
		building.records = memory_get((set.records.count + 1) * sizeof *building.records);
		for (uint32_t i = 0; i < set.records.count; i++) {
			building.records[building.count++] = set.records.at[i];
			findings_count(&building.findings, set.records.at[i]);
		}
		result = publish_or_say(&building, error);
		free(building.records);
	}
	archived_release(&set);
	return result;
}

static int build_with(const struct theme *theme, const struct inputs *inputs, const struct settings *settings, struct error *error) {
	struct standing standing;
	int result = EXIT_CLEAN;
	standing_open(&standing, inputs, settings, theme->hash);
	if (standing_is(&standing))
		summarize(settings, &standing.before.counts, 0, 0);
	else if (inputs->paths.count == 1 && archive_is_one(inputs->paths.at[0]))
		result = build_archive(&standing, theme, inputs, settings, error);
	else
		result = build_bulletins(&standing, theme, inputs, settings, error);
	standing_release(&standing);
	return result;
}

static int build(const struct inputs *inputs, const struct settings *settings, struct error *error) {
	if (!settings->out) {
		error_set(error, "there is no output folder");
		error_hint(error, "name one with -o FOLDER");
		return terminal_refuse(error);
	}
	struct theme theme;
	int result = theme_open(&theme, settings->theme, error) < 0 ? terminal_refuse(error) : build_with(&theme, inputs, settings, error);
	theme_release(&theme);
	return result;
}

static int run(const struct settings *settings) {
	return inputs_with(settings, build);
}

static const struct option_row own[] = {
	{'o', "output", OPTION_TEXT, "FOLDER", NULL, offsetof(struct settings, out), 0, "where to; made when it is missing"},
	{'u', "url", OPTION_TEXT, "URL", NULL, offsetof(struct settings, url), 0,
		"where the site will stand, for feeds and links (else the house file's)"},
	{'t', "theme", OPTION_TEXT, "FOLDER", NULL, offsetof(struct settings, theme), 0, "how the site looks, where it is not the built-in way (daybook theme)"},
	{'s', "strict", OPTION_FLAG, NULL, NULL, offsetof(struct settings, strict), 0,
		"build nothing when there is an error or a warning"},
	{'F', "force", OPTION_FLAG, NULL, NULL, offsetof(struct settings, force), 0, "build even where nothing has changed"},
	{0}};
static const struct option_row *const options[] = {own, options_input, options_as_form, options_talk, options_help_row, NULL};

const struct command command_build = {"build", "makes calendars, a site, feeds and mails", "FILE|FOLDER|ARCHIVE|-... -o FOLDER", options,
	"daybook build -o out week.txt             this week's issue\n"
	"daybook build -o out --url https://bulletin.example.org 2026/\n"
	"daybook build -o out archive.db             all that an archive has\n"
	"daybook build --strict -o out 2026/       only when nothing is wrong",
	run};
