#include "gmime.h"

#include <pthread.h>
#include <stdbool.h>

#include "../base/library.h"

struct opened {
	struct gmime functions;
	struct error trouble;
	bool failed;
};

static struct opened opened; /* written once, by open_once */

static void open_once(void) {
	static const char *const names[] = {
#define F(name, function) #function,
		GMIME_FUNCTIONS(F)
#undef F
		NULL};
	opened.failed = library_open("libgmime-3.0.so.0", names, &opened.functions, &opened.trouble) < 0;
	if (!opened.failed)
		opened.functions.init();
}

const struct gmime *gmime_open(struct error *error) {
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, open_once);
	if (!opened.failed)
		return &opened.functions;
	if (error)
		*error = opened.trouble;
	return NULL;
}
