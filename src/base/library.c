#include "library.h"

#include <dlfcn.h>
#include <pthread.h>

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
	library->open = true;
	return 0;
}

int library_open(struct library *library, struct error *error) {
	static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
	pthread_mutex_lock(&one);
	int result = library->open ? 0 : open_now(library, error);
	pthread_mutex_unlock(&one);
	return result;
}
