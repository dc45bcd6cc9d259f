#include "inputs.h"

#include "../read/importer.h"
#include "terminal.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH_LIMIT = 32 }; /* of folders in folders */

static int gather_folder(struct inputs *inputs, const char *folder, int depth, struct error *error);

/* Takes one entry of a folder: a bulletin, a folder that is not a link, or nothing. */
static int gather_entry(struct inputs *inputs, const char *folder, const char *name, int depth, struct error *error) {
	struct str whole = arena_format(&inputs->arena, "%s/%s", folder, name);
	struct stat about;
	if (lstat(whole.at, &about) < 0)
		return 0;
	if (S_ISDIR(about.st_mode))
		return name[0] != '.' && depth < DEPTH_LIMIT ? gather_folder(inputs, whole.at, depth + 1, error) : 0;
	if (name[0] != '.' && import_is_one(str_from(name)))
		*array_push(&inputs->arena, &inputs->paths) = whole.at;
	return 0;
}

static int by_name(const struct dirent **a, const struct dirent **b) {
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int gather_folder(struct inputs *inputs, const char *folder, int depth, struct error *error) {
	struct dirent **entries;
	int count = scandir(folder, &entries, NULL, by_name);
	if (count < 0)
		return error_set(error, "cannot read the folder %s: %s", folder, strerror(errno));
	int result = 0;
	for (int i = 0; i < count; i++) {
		if (result == 0)
			result = gather_entry(inputs, folder, entries[i]->d_name, depth, error);
		free(entries[i]);
	}
	free(entries);
	return result;
}

static int gather(struct inputs *inputs, const char *operand, struct error *error) {
	struct stat about;
	if (strcmp(operand, "-") == 0 || stat(operand, &about) < 0 || !S_ISDIR(about.st_mode)) {
		*array_push(&inputs->arena, &inputs->paths) = operand;
		return 0;
	}
	size_t len = strlen(operand);
	while (len > 1 && operand[len - 1] == '/')
		len--;
	uint32_t before = inputs->paths.count;
	if (gather_folder(inputs, arena_copy(&inputs->arena, str_of(operand, len)).at, 0, error) < 0)
		return -1;
	if (inputs->paths.count == before) {
		error_set(error, "there is no bulletin in the folder %s", operand);
		return error_hint(error, "a bulletin's name ends in .txt, .md, .html, .eml, .docx, .pdf or .tml");
	}
	return 0;
}

static const char *if_readable(struct str path) {
	return access(path.at, R_OK) == 0 ? path.at : NULL;
}

/* The house file of a run, or NULL where there is none. */
static const char *find_house(struct inputs *inputs, const struct settings *settings) {
	const char *path = settings->house ? settings->house : getenv("DAYBOOK_HOUSE");
	if (path && path[0])
		return path;
	const char *first = inputs->paths.count ? inputs->paths.at[0] : "-";
	path = if_readable(arena_format(&inputs->arena, "%s/house.ini", first));
	if (path)
		return path;
	const char *slash = strrchr(first, '/');
	if (slash) {
		path = if_readable(arena_format(&inputs->arena, "%.*s/house.ini", (int)(slash - first), first));
		if (path)
			return path;
	}
	if (access("house.ini", R_OK) == 0)
		return "house.ini";
	const char *own = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	if (own && own[0])
		return if_readable(arena_format(&inputs->arena, "%s/daybook/house.ini", own));
	return home ? if_readable(arena_format(&inputs->arena, "%s/.config/daybook/house.ini", home)) : NULL;
}

static int open_house(struct inputs *inputs, const struct settings *settings, struct error *error) {
	const char *path = find_house(inputs, settings);
	if (path && house_read(&inputs->house, path, error) < 0)
		return -1;
	if (settings->date && !civil_parse_moment(str_from(settings->date), &inputs->house.date)) {
		error_set(error, "--date cannot be “%s”", settings->date);
		return error_hint(error, "a date is written YYYY-MM-DD, as 2026-03-18, or with its hour, as 2026-03-18T16:30");
	}
	if (settings->url) {
		struct str url = str_from(settings->url);
		while (url.len && url.at[url.len - 1] == '/')
			url.len--;
		inputs->house.url = arena_copy(&inputs->house.arena, url);
	}
	return 0;
}

/* Takes the operands, by `take`, and the house. */
static int open_with(struct inputs *inputs, const struct settings *settings,
	int (*take)(struct inputs *inputs, const char *operand, struct error *error), struct error *error) {
	*inputs = (struct inputs){0};
	arena_init(&inputs->arena);
	house_init(&inputs->house);
	if (settings->operand_count == 0) {
		error_set(error, "no bulletin is given");
		return error_hint(error, "name a file or a folder, or - for standard input");
	}
	int standard = 0; /* how often */
	for (int i = 0; i < settings->operand_count; i++) {
		standard += strcmp(settings->operands[i], "-") == 0;
		if (take(inputs, settings->operands[i], error) < 0)
			return -1;
	}
	if (standard > 1)
		return error_set(error, "standard input can be read only once");
	/* Waiting for a person's input, Ctrl-C should simply end. */
	if (!standard)
		terminal_catch_stop();
	return open_house(inputs, settings, error);
}

int inputs_open(struct inputs *inputs, const struct settings *settings, struct error *error) {
	return open_with(inputs, settings, gather, error);
}

static int keep(struct inputs *inputs, const char *operand, struct error *error) {
	(void)error;
	*array_push(&inputs->arena, &inputs->paths) = operand;
	return 0;
}

int inputs_open_as_given(struct inputs *inputs, const struct settings *settings, struct error *error) {
	return open_with(inputs, settings, keep, error);
}

void inputs_release(struct inputs *inputs) {
	house_release(&inputs->house);
	arena_release(&inputs->arena);
}

int inputs_with(const struct settings *settings,
	int (*work)(const struct inputs *inputs, const struct settings *settings, struct error *error)) {
	struct inputs inputs;
	struct error error = {0};
	int result = inputs_open(&inputs, settings, &error) < 0 ? terminal_refuse(&error) : work(&inputs, settings, &error);
	inputs_release(&inputs);
	return result;
}
