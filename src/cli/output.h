/* Where a command's result goes: standard output, or the file of -o, which appears whole or not at all. */
#ifndef DAYBOOK_OUTPUT_H
#define DAYBOOK_OUTPUT_H

#include "../base/buf.h"
#include "../base/error.h"

struct output {
	const char *path; /* NULL: standard output */
	struct buf held;  /* what will be in the file */
};

/* `path` is -o's: NULL and "-" are standard output. */
void output_open(struct output *output, const char *path);
void output_add(struct output *output, struct str bytes);
/* Forgets what a file would have held: nothing will be written. */
void output_drop(struct output *output);
/* Writes what is left. 0, or -1 with `error` (a full disk, a file that may not be written). */
int output_close(struct output *output, struct error *error);

#endif
