#include "library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static int open_now(struct library *library, struct error *error) {
	void *handle = dlopen(library->file, RTLD_LAZY | RTLD_LOCAL);
	if (!handle)
		return error_set(error, "a library is missing: %s", dlerror());
	char *out = library->functions;
	for (const char *const *name = library->names; *name; name++, out += sizeof(void *)) {
		void *at = dlsym(handle, *name);
		if (!at)
			return error_set(error, "a library is too old: %s", dlerror());
		memcpy(out, &at, sizeof at);
	}
	if (library->start)
		library->start();
	atomic_store_explicit(&library->open, true, memory_order_release);
	return 0;
}

int library_open(struct library *library, struct error *error) {
	static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
	if (atomic_load_explicit(&library->open, memory_order_acquire))
		return 0;
	pthread_mutex_lock(&one);
	int result = library->open ? 0 : open_now(library, error);
	pthread_mutex_unlock(&one);
	return result;
}

void library_need(struct library *library) {
	struct error error;
	if (library_open(library, &error) == 0)
		return;
	fprintf(stderr, "daybook: %s\n", error.message);
	exit(2);
}
