/* Shared libraries that few inputs need: opened when they are, since what a program is linked with is loaded at each
 * start. */
#ifndef DAYBOOK_LIBRARY_H
#define DAYBOOK_LIBRARY_H

#include <stdatomic.h>

#include "error.h"
#include "str.h"

/* One, static where it is used. */
struct library {
	const char *file;         /* "libgmime-3.0.so.0" */
	const char *const *names; /* of its functions; NULL behind the last */
	void *functions;          /* a struct of as many pointers to functions, for their addresses */
	void (*start)(void);      /* called when it is open, or NULL */
	atomic_bool open;
};

/* The name of a function in a list made with a macro F(name, function): as the library's header has it in the end. */
#define LIBRARY_NAME(name, function) LIBRARY_TEXT(function),
#define LIBRARY_TEXT(word) #word
/* The pointer to it, in a struct. */
#define LIBRARY_POINTER(name, function) __typeof__(function) *name;

/* Opens it for as long as the program runs, the first time; safe in threads. 0, or -1 with `error`. */
int library_open(struct library *library, struct error *error);

/* Opens it likewise; where it is missing, the process ends with a message, as a program would that is linked with it. */
void library_need(struct library *library);

#endif
