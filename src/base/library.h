/* Shared libraries that few inputs need: opened when they are, since what a program is linked with is loaded at each
 * start. */
#ifndef DAYBOOK_LIBRARY_H
#define DAYBOOK_LIBRARY_H

#include "error.h"

/* Opens the library `file` ("libgmime-3.0.so.0") for as long as the program runs, and writes the addresses of its
 * functions `names`, a list that ends with NULL, to `functions`, a struct of as many pointers to functions. 0, or -1 with
 * `error`. */
int library_open(const char *file, const char *const *names, void *functions, struct error *error);

#endif
