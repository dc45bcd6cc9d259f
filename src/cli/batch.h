/* Compiles many inputs on every core, and hands them over in their order. */
#ifndef DAYBOOK_BATCH_H
#define DAYBOOK_BATCH_H

#include "../daybook.h"
#include "inputs.h"
#include "terminal.h"

/* One input on its way. */
struct job {
	const char *path;
	uint32_t index; /* among the inputs */
	struct imported document; /* in `arena` */
	struct arena arena;
	struct compilation compilation;
	bool compiled;       /* else `error` says why not */
	struct error *error; /* owned */
	struct buf out;      /* what `work` printed */
};

struct batch {
	const struct inputs *inputs;
	const struct settings *settings;
	/* Called in some thread when the job is compiled; `zones` is that thread's. May be NULL. */
	void (*work)(struct job *job, struct zones *zones, const struct settings *settings);
	/* Called in the caller's thread, job after job in the order of the inputs, also for those that failed. */
	void (*deliver)(struct job *job, void *context);
	void *context;
	bool whole; /* names and quotations are wanted too */
	bool keep; /* compilations live until batch_release, not only until delivered */
	/* set by batch_run */
	struct job *jobs;
	uint32_t count, failed;
	struct progress progress;
};

/* Runs all. Says on standard error what could not be read. False when it was stopped before the end. */
bool batch_run(struct batch *batch);
void batch_release(struct batch *batch);

/* The exit code of a batch that ran: of a stop, of trouble, of findings, or clean. */
int batch_exit(const struct batch *batch, bool whole, bool findings);

#endif
