#include "error.h"

#include <stdarg.h>
#include <stdio.h>

int error_set(struct error *error, const char *format, ...) {
	if (!error)
		return -1;
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(error->message, sizeof error->message, format, arguments);
	va_end(arguments);
	error->hint[0] = '\0';
	return -1;
}

int error_hint(struct error *error, const char *format, ...) {
	if (!error)
		return -1;
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(error->hint, sizeof error->hint, format, arguments);
	va_end(arguments);
	return -1;
}
