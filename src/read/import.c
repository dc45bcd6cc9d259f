/* Importing: folders are walked, files judged, documents handed over. */
#include "import.h"

#include "../base/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

const struct import_limits import_limits_usual = {.document = FILE_LIMIT, .folders = 32};

size_t import_enter(struct importing *im, const char *sign, struct str part) {
	size_t before = im->origin.len;
	buf_text(&im->origin, sign);
	buf_add(&im->origin, part);
	return before;
}

void import_leave(struct importing *im, size_t before) {
	im->origin.len = before;
}

void import_hand(struct importing *im, struct imported *document) {
	if (im->stopped)
		return;
	document->origin = buf_str(&im->origin);
	document->consumed = im->consumed;
	if (im->form != SOURCE_UNKNOWN)
		document->form = im->form;
	im->stopped = !im->take(im->user, document);
}

void import_fail(struct importing *im, const struct error *error) {
	if (!im->stopped)
		im->stopped = !im->failed(im->user, buf_str(&im->origin), error);
}

/* The origin as a path that ends with NUL; until it changes. */
static const char *path_of(struct importing *im) {
	*buf_reserve(&im->origin, 1) = '\0';
	return im->origin.at;
}

static void import_file(struct importing *im) {
	struct buf bytes = {0};
	struct error error = {0};
	if (file_read(path_of(im), &bytes, &error) < 0) {
		import_fail(im, &error);
	} else {
		struct str name = buf_str(&im->origin), all = buf_str(&bytes);
		im->consumed += all.len;
		import_hand(im, &(struct imported){.form = form_judge(name, all), .bytes = all});
	}
	buf_release(&bytes);
}

static bool is_document_name(struct str name) {
	return name.at[0] != '.' && !(name.len > 6 && str_equal_nocase(str_of(name.at, 7), STR("readme."))) &&
		form_of_name(name) != SOURCE_UNKNOWN;
}

static int by_name(const struct dirent **a, const struct dirent **b) {
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* What is done to the files of a folder. */
typedef void visit_fn(struct importing *im);

static void walk_folder(struct importing *im, uint32_t depth, visit_fn *visit);

/* Visits one entry of a folder: a document, a folder that is not a link, or nothing. */
static void walk_entry(struct importing *im, const char *name, uint32_t depth, visit_fn *visit) {
	struct stat about;
	bool slash = im->origin.len && im->origin.at[im->origin.len - 1] == '/';
	size_t before = import_enter(im, slash ? "" : "/", str_from(name));
	if (name[0] != '.' && lstat(path_of(im), &about) == 0) {
		if (!S_ISDIR(about.st_mode) && is_document_name(str_from(name)))
			visit(im);
		else if (S_ISDIR(about.st_mode) && depth < im->limits->folders)
			walk_folder(im, depth + 1, visit);
	}
	import_leave(im, before);
}

static void walk_folder(struct importing *im, uint32_t depth, visit_fn *visit) {
	struct dirent **entries;
	int count = scandir(path_of(im), &entries, NULL, by_name);
	if (count < 0) {
		struct error error = {0};
		char words[128];
		error_set(&error, "cannot read the folder '%.512s': %s", path_of(im), strerror_r(errno, words, sizeof words));
		import_fail(im, &error);
		return;
	}
	for (int i = 0; i < count; i++) {
		if (!im->stopped)
			walk_entry(im, entries[i]->d_name, depth, visit);
		free(entries[i]);
	}
	free(entries);
}

static void walk(struct importing *im, const char *path, visit_fn *visit) {
	struct stat about;
	size_t len = strlen(path);
	bool is_folder = strcmp(path, "-") != 0 && stat(path, &about) == 0 && S_ISDIR(about.st_mode);
	while (is_folder && len > 1 && path[len - 1] == '/')
		len--;
	import_enter(im, "", str_of(path, len));
	if (is_folder)
		walk_folder(im, 0, visit);
	else
		visit(im);
	buf_release(&im->origin);
}

bool import_path(const char *path, enum source_form form, const struct import_limits *limits, imported_fn *take,
	imported_failed_fn *failed, void *user) {
	struct importing im = {.limits = limits, .form = form, .take = take, .failed = failed, .user = user};
	walk(&im, path, import_file);
	return !im.stopped;
}

/* ------------------------------------------------------------------ measuring */

static void measure_file(struct importing *im) {
	struct stat about;
	if (stat(path_of(im), &about) == 0 && S_ISREG(about.st_mode))
		im->consumed += (uint64_t)about.st_size;
}

static bool ignore_failure(void *user, struct str origin, const struct error *error) {
	(void)user, (void)origin, (void)error;
	return true;
}

uint64_t import_measure(const char *path) {
	struct importing im = {.limits = &import_limits_usual, .failed = ignore_failure};
	walk(&im, path, measure_file);
	return im.consumed;
}
