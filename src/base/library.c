#include "library.h"

#include <dlfcn.h>
#include <string.h>

int library_open(const char *file, const char *const *names, void *functions, struct error *error) {
	void *library = dlopen(file, RTLD_LAZY | RTLD_LOCAL);
	if (!library)
		return error_set(error, "a library is missing: %s", dlerror());
	char *out = functions;
	for (; *names; names++) {
		void *at = dlsym(library, *names);
		if (!at)
			return error_set(error, "a library is too old: %s", dlerror());
		memcpy(out, &at, sizeof at);
		out += sizeof at;
	}
	return 0;
}
