/* How a site looks: its frame (page.mustache), style and scripts. The built-in theme is the files of theme/, made part of
 * the program by tools/make_theme.py; a folder of a person's own has others in place of some of them, or beside them. */
#ifndef DAYBOOK_THEME_H
#define DAYBOOK_THEME_H

#include "publication.h"
#include "template.h"

struct theme_file {
	struct str name, bytes;
};

extern const struct theme_file theme_files[];
extern const size_t theme_file_count;

/* The values of page.mustache. */
enum frame_value { FRAME_LANGUAGE, FRAME_ROOT, FRAME_NAME, FRAME_MOTTO, FRAME_FRONT, FRAME_HEAD, FRAME_YOURS, FRAME_SKIP, FRAME_MENU, FRAME_MAIN,
	FRAME_FOOT, FRAME_VALUES };

struct theme {
	array_of(struct theme_file) files; /* that the site gets: all but the frame */
	struct template frame;
	uint64_t hash; /* of all of it */
	struct arena arena;
};

/* The built-in theme, with the files of `folder` (NULL: none) in place of its own. 0, or -1 with `error`: the folder cannot be
 * read, a template is wrong. Release it in any case. */
int theme_open(struct theme *theme, const char *folder, struct error *error);
void theme_release(struct theme *theme);

#endif
