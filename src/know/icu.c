#include "icu.h"

const struct icu *icu(void) {
	static const char *const names[] = {ICU_FUNCTIONS(LIBRARY_NAME) NULL};
	static struct icu functions;
	static struct library library = {"libicui18n.so." U_ICU_VERSION_SHORT, names, &functions, NULL, false};
	library_need(&library);
	return &functions;
}
