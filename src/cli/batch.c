#include "batch.h"

#include "crew.h"
#include "hands.h"
#include "terminal.h"

#include <stdlib.h>

static void job_release(struct job *job) {
	compilation_release(&job->compilation);
	job->compilation = (struct compilation){0};
	job->compiled = false;
	arena_release(&job->arena);
	buf_release(&job->out);
	free(job->error);
	job->error = NULL;
}

/* The compiler makes an empty record of an empty text; who names one on the command line meant another file. */
static int refuse_empty(const struct job *job, struct error *error) {
	if (str_trim(job->document.bytes).len)
		return 0;
	error_set(error, "'%s' is empty", job->path);
	return error_hint(error, "there is nothing in it to read");
}

static void work(uint32_t index, void *zones, void *context) {
	struct batch *batch = context;
	struct job *job = &batch->jobs[index];
	struct error error = {0};
	enum source_form form = (enum source_form)batch->settings->form;
	job->compiled = import_one(job->path, form, &job->arena, &job->document, &error) == 0 && refuse_empty(job, &error) == 0 &&
		compile_imported(batch->whole, &job->compilation, &job->document, &batch->inputs->house, zones, &error) == 0;
	if (!job->compiled) {
		job->error = memory_get(sizeof error);
		*job->error = error;
	} else if (batch->keep) {
		compilation_tighten(&job->compilation);
	}
	if (job->compiled && batch->work)
		batch->work(job, zones, batch->settings);
}

static bool deliver(uint32_t index, void *context) {
	struct batch *batch = context;
	struct job *job = &batch->jobs[index];
	progress_end(&batch->progress);
	if (!job->compiled) {
		batch->failed++;
		terminal_refuse(job->error);
	}
	batch->deliver(job, batch->context);
	if (!batch->keep)
		job_release(job);
	progress_step(&batch->progress, index + 1);
	return !terminal_stopped();
}

bool batch_run(struct batch *batch) {
	batch->count = batch->inputs->paths.count;
	batch->jobs = memory_get(batch->count * sizeof *batch->jobs);
	for (uint32_t i = 0; i < batch->count; i++)
		batch->jobs[i] = (struct job){.path = batch->inputs->paths.at[i], .index = i};

	batch->progress = (struct progress){.what = "compiled", .total = batch->count, .quiet = batch->settings->quiet};
	progress_step(&batch->progress, 0);
	bool whole = crew_run(&(struct crew_orders){batch->count, batch, hands_begin, hands_end, work, deliver});
	progress_end(&batch->progress);
	return whole;
}

void batch_release(struct batch *batch) {
	for (uint32_t i = 0; i < batch->count; i++)
		job_release(&batch->jobs[i]);
	free(batch->jobs);
	*batch = (struct batch){0};
}

int batch_exit(const struct batch *batch, bool whole, bool findings) {
	if (!whole)
		return EXIT_INTERRUPTED;
	if (batch->failed)
		return EXIT_TROUBLE;
	return findings ? EXIT_FINDINGS : EXIT_CLEAN;
}
