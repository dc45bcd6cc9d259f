#include "theme.h"

#include "../base/hash.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#define FRAME "page.mustache"

static const struct template_name frame_names[FRAME_VALUES] = {
	[FRAME_LANGUAGE] = {"language", false, false}, [FRAME_ROOT] = {"root", false, false}, [FRAME_NAME] = {"name", false, false},
	[FRAME_MOTTO] = {"motto", false, false}, [FRAME_FRONT] = {"front", false, false}, [FRAME_HEAD] = {"head", true, true},
	[FRAME_YOURS] = {"yours", false, false}, [FRAME_SKIP] = {"skip", true, false}, [FRAME_MENU] = {"menu", true, false},
	[FRAME_MAIN] = {"main", true, true}, [FRAME_FOOT] = {"foot", true, false},
};

/* Whether a file of a theme may stand in the site: what is no page, feed or calendar of it. */
static bool is_theme_file(struct str name) {
	static const char *const endings[] = {".css", ".js", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".ico", ".woff2"};
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (name.at[0] != '.' && str_ends(name, str_from(endings[i])))
			return true;
	return str_equal(name, STR(FRAME));
}

static void put(struct theme *theme, struct str name, struct str bytes) {
	for (uint32_t i = 0; i < theme->files.count; i++)
		if (str_equal(theme->files.at[i].name, name)) {
			theme->files.at[i].bytes = bytes;
			return;
		}
	*array_push(&theme->arena, &theme->files) = (struct theme_file){name, bytes};
}

static int read_file(struct theme *theme, const char *folder, const char *name, struct error *error) {
	struct buf bytes = {0};
	int result = file_read(arena_format(&theme->arena, "%s/%s", folder, name).at, &bytes, error);
	if (result == 0)
		put(theme, arena_copy(&theme->arena, str_from(name)), arena_copy(&theme->arena, buf_str(&bytes)));
	buf_release(&bytes);
	return result;
}

static int by_name(const struct dirent **a, const struct dirent **b) {
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int read_folder(struct theme *theme, const char *folder, struct error *error) {
	struct dirent **entries;
	int count = scandir(folder, &entries, NULL, by_name), result = 0, taken = 0;
	if (count < 0)
		return error_set(error, "cannot read the theme %s: %s", folder, strerror(errno));
	for (int i = 0; i < count; i++) {
		if (result == 0 && is_theme_file(str_from(entries[i]->d_name)) && ++taken)
			result = read_file(theme, folder, entries[i]->d_name, error);
		free(entries[i]);
	}
	free(entries);
	if (result < 0 || taken)
		return result;
	error_set(error, "there is no file of a theme in %s", folder);
	return error_hint(error, "‘daybook theme FOLDER’ copies the built-in one, to be changed");
}

/* Takes the frame from among the files and reads it. */
static int read_frame(struct theme *theme, const char *folder, struct error *error) {
	uint32_t kept = 0;
	struct str text = STR_NULL;
	for (uint32_t i = 0; i < theme->files.count; i++) {
		theme->hash = theme->hash * 31 + hash_bytes(theme->files.at[i].name);
		theme->hash = theme->hash * 31 + hash_bytes(theme->files.at[i].bytes);
		if (str_equal(theme->files.at[i].name, STR(FRAME)))
			text = theme->files.at[i].bytes;
		else
			theme->files.at[kept++] = theme->files.at[i];
	}
	theme->files.count = kept;
	const char *file = arena_format(&theme->arena, "%s/" FRAME, folder ? folder : "theme").at;
	return template_read(&theme->frame, &theme->arena, file, text, frame_names, FRAME_VALUES, error);
}

int theme_open(struct theme *theme, const char *folder, struct error *error) {
	*theme = (struct theme){0};
	arena_init(&theme->arena);
	for (size_t i = 0; i < theme_file_count; i++)
		put(theme, theme_files[i].name, theme_files[i].bytes);
	if (folder && read_folder(theme, folder, error) < 0)
		return -1;
	return read_frame(theme, folder, error);
}

void theme_release(struct theme *theme) {
	arena_release(&theme->arena);
}
