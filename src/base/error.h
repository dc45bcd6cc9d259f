/* What the world refused (a file, a disk, a network): filled for the caller, printed only by cli/.
 * What a text gets wrong is a diagnostic (record/diagnostic.h), never an error. */
#ifndef DAYBOOK_ERROR_H
#define DAYBOOK_ERROR_H

struct error {
	char message[768]; /* what and where, in one line; empty: no error */
	char hint[256];    /* what to do, or empty */
};

/* Fills `error` (which may be NULL) and returns -1, so that one can write `return error_set(…);` */
int error_set(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Sets the hint; returns -1 likewise. */
int error_hint(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
