/* The terminal: what is said on standard error, colour, progress, and a stop asked for by Ctrl-C. */
#ifndef DAYBOOK_TERMINAL_H
#define DAYBOOK_TERMINAL_H

#include "../base/error.h"
#include "../base/str.h"

/* Exit codes of every command. */
enum { EXIT_CLEAN = 0, EXIT_FINDINGS = 1, EXIT_TROUBLE = 2, EXIT_INTERRUPTED = 130 };

/* Says a line on standard error, "daybook: …". */
void terminal_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Says an error and its hint; gives EXIT_TROUBLE, so that one can write `return terminal_refuse(&error);` */
int terminal_refuse(const struct error *error);

/* Whether standard output is to be coloured: `choice` is an enum colour_choice, 0 as COLOUR_AUTO: on a terminal that
 * can, and not where NO_COLOR (no-color.org) is set. */
bool terminal_colour(int choice);

/* From now on SIGINT and SIGTERM ask for a stop at the next file's end; a second one ends the process at once. */
void terminal_catch_stop(void);
bool terminal_stopped(void);

/* Seconds since some moment before the process began, for measuring how long something takes. */
double terminal_seconds(void);
/* The time of day, in seconds since 1970 UTC: for "today" on the command line, and for nothing that is written. */
int64_t terminal_clock(void);

/* Shows how far a long work is, on a terminal, after its first second. Zeroed but for `total`, `what` and `quiet`. */
struct progress {
	const char *what; /* "compiled" */
	uint32_t total;
	bool quiet;
	bool shown;
	double begun, last;
};
void progress_step(struct progress *progress, uint32_t done);
/* The same where `total` is not known, but what share (0-1) of the work is done: with its rate, and the time left. */
void progress_share(struct progress *progress, uint32_t done, double share);
/* Takes it away again. */
void progress_end(struct progress *progress);

#endif
