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

/* Shows how far a long work is, on a terminal, after its first second. Zeroed but for `total`, `what` and `quiet`. */
struct progress {
	const char *what; /* "compiled" */
	uint32_t total;
	bool quiet;
	bool shown;
	double begun, last;
};
void progress_step(struct progress *progress, uint32_t done);
/* Takes it away again. */
void progress_end(struct progress *progress);

#endif
