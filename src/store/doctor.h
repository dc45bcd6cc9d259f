/* Whether an archive is whole. */
#ifndef DAYBOOK_DOCTOR_H
#define DAYBOOK_DOCTOR_H

#include "archive.h"

/* Takes note of something wrong: what it is, and what to do about it. */
typedef void doctor_found_fn(void *user, const char *what, const char *advice);

/* Looks at everything: the file's pages, what refers to what, whether each document is still the bytes that were added, whether
 * what is stated lies within its text, the index of words. Gives how many things are wrong; -1 with `error` when it cannot look. */
int archive_examine(struct archive *archive, doctor_found_fn *found, void *user, struct error *error);

/* Makes again what can be made from the rest: indexes, the index of words, its ranking. 0, or -1 with `error`. */
int archive_repair(struct archive *archive, struct error *error);

#endif
