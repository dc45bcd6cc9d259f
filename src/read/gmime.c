#include "gmime.h"

static struct gmime functions;

static void start(void) {
	functions.init();
}

const struct gmime *gmime_open(struct error *error) {
	static const char *const names[] = {GMIME_FUNCTIONS(LIBRARY_NAME) NULL};
	static struct library library = {"libgmime-3.0.so.0", names, &functions, start, false};
	return library_open(&library, error) < 0 ? NULL : &functions;
}
