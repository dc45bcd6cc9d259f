#include "libxml.h"

static struct libxml functions;

static void start(void) {
	functions.init(); /* not safe in two threads at once */
}

const struct libxml *libxml(void) {
	static const char *const names[] = {LIBXML_FUNCTIONS(LIBRARY_NAME) NULL};
	static struct library library = {"libxml2.so.2", names, &functions, start, false};
	library_need(&library);
	return &functions;
}
