/* The files of theme/, made part of the program by tools/make_theme.py. */
#ifndef DAYBOOK_THEME_H
#define DAYBOOK_THEME_H

#include "../base/str.h"

struct theme_file {
	struct str name, bytes;
};

extern const struct theme_file theme_files[];
extern const size_t theme_file_count;

#endif
