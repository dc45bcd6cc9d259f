/* Importing: folders are walked, files judged, documents handed over. */
#include "import.h"

#include "../base/file.h"
#include "../base/utf8.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

const struct import_limits import_limits_usual = {.document = FILE_LIMIT, .folders = 32, .archives = 4, .entries = 1 << 20,
	.unpacked = (uint64_t)64 << 30, .ratio = 250, .download = (uint64_t)1 << 30, .seconds = 60};

/* ------------------------------------------------------------------ handing over */

size_t import_enter(struct importing *im, const char *sign, struct str part) {
	size_t before = im->origin.len;
	buf_text(&im->origin, sign);
	buf_add(&im->origin, part);
	return before;
}

void import_leave(struct importing *im, size_t before) {
	im->origin.len = before;
}

/* What is damaged, or in no encoding that one could tell, as UTF-8. */
static void clean(struct arena *arena, struct str *text) {
	struct decoded decoded;
	if (!text->at || utf8_valid(*text, NULL))
		return;
	encoding_decode(arena, &decoded, *text, STR_NULL);
	*text = decoded.text;
}

void import_hand(struct importing *im, struct imported *document) {
	struct arena arena;
	if (im->stopped)
		return;
	off_t place = im->file ? lseek(im->file->fd, 0, SEEK_CUR) : 0;
	document->origin = buf_str(&im->origin);
	if (!document->url.at)
		document->url = im->url;
	document->consumed = im->consumed + (place > 0 ? (uint64_t)place : 0);
	if (im->form != SOURCE_UNKNOWN)
		document->form = im->form;
	arena_init(&arena);
	clean(&arena, &document->origin);
	clean(&arena, &document->url);
	clean(&arena, &document->title);
	clean(&arena, &document->author);
	im->stopped = !im->take(im->user, document);
	arena_release(&arena);
}

void import_fail(struct importing *im, const struct error *error) {
	if (!im->stopped)
		im->stopped = !im->failed(im->user, buf_str(&im->origin), error);
}

void import_refuse(struct importing *im, const char *hint, const char *format, ...) {
	struct error error = {0};
	char why[sizeof error.message / 2];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(why, sizeof why, format, arguments);
	va_end(arguments);
	error_set(&error, "'%.*s' %s", (int)(im->origin.len < 360 ? im->origin.len : 360), im->origin.at, why);
	if (hint)
		error_hint(&error, "%s", hint);
	import_fail(im, &error);
}

/* ------------------------------------------------------------------ names */

struct str import_last_name(struct str path) {
	const char *slash = memrchr(path.at, '/', path.len);
	return slash ? str_of(slash + 1, path.len - (size_t)(slash + 1 - path.at)) : path;
}

bool import_has_ending(struct str name, struct str ending) {
	return name.len > ending.len && str_equal_nocase(str_of(name.at + name.len - ending.len, ending.len), ending);
}

static bool has_any_ending(struct str name, const char *const *endings) {
	for (; *endings; endings++)
		if (import_has_ending(name, str_from(*endings)))
			return true;
	return false;
}

static const char *const packed[] = {".gz", ".bz2", ".xz", ".zst", NULL};
static const char *const converted[] = {".docx", ".pdf", NULL};
/* What holds documents, or may: then its bytes decide. */
static const char *const holding[] = {".zip", ".tar", ".tgz", ".tbz2", ".txz", ".tzst", ".mbox", ".mbx", ".xml", ".rss", ".atom",
	".rdf", ".json", NULL};

struct str import_unpacked_name(struct str name) {
	for (const char *const *ending = packed; *ending; ending++)
		if (import_has_ending(name, str_from(*ending)))
			return str_of(name.at, name.len - strlen(*ending));
	return name;
}

/* Files that are there for other reasons. */
static bool is_aside(struct str name) {
	return name.len == 0 || name.at[0] == '.' || (name.len > 6 && str_equal_nocase(str_of(name.at, 7), STR("readme.")));
}

bool import_is_one(struct str path) {
	struct str name = import_unpacked_name(import_last_name(path));
	return !is_aside(name) && (form_of_name(name) != SOURCE_UNKNOWN || has_any_ending(name, converted));
}

/* Whether it is a mail of a Maildir: a file in a folder "cur" or "new", its flags behind ":2,". */
static bool is_maildir_name(struct str path) {
	struct str name = import_last_name(path), folder = str_of(path.at, path.len - name.len);
	return folder.len && name.len && name.at[0] != '.' && form_of_name(name) == SOURCE_UNKNOWN &&
		(str_ends(folder, STR("/cur/")) || str_ends(folder, STR("/new/")) || str_equal(folder, STR("cur/")) ||
			str_equal(folder, STR("new/")));
}

/* Whether a Maildir's flags say that the mail was thrown away or is not yet sent. */
static bool is_thrown_away(struct str name) {
	size_t flags = str_find(name, STR(":2,"), 0);
	struct str after = flags == SIZE_MAX ? STR("") : str_of(name.at + flags, name.len - flags);
	return str_find(after, STR("T"), 0) != SIZE_MAX || str_find(after, STR("D"), 0) != SIZE_MAX;
}

bool import_wants(struct str path) {
	struct str name = import_last_name(path);
	if (is_maildir_name(path))
		return !is_thrown_away(name);
	if (is_aside(name) || str_starts(path, STR("__MACOSX/")))
		return false;
	/* Mailboxes often have a name without an ending. */
	return import_is_one(name) || has_any_ending(name, packed) || has_any_ending(name, holding) || !memchr(name.at, '.', name.len);
}

/* ------------------------------------------------------------------ what a stream holds */

static void import_document(struct importing *im, struct stream *stream, struct str name) {
	struct str bytes;
	struct error error = {0};
	if (stream_whole(stream, im->limits->document, &bytes, &error) < 0)
		import_refuse(im, error.hint[0] ? error.hint : NULL, "%s", error.message);
	else if (!posts_hand(im, name, bytes))
		import_hand(im, &(struct imported){.form = form_judge(name, bytes), .bytes = bytes, .is_file = im->depth == 0 && !im->url.at});
}

void import_stream(struct importing *im, struct stream *stream, struct str name, bool sure) {
	enum { HEAD = 4096 };
	static const struct import_kind *const kinds[] = {&import_kind_docx, &import_kind_archive, &import_kind_pdf, &import_kind_mbox, &import_kind_feed,
		&import_kind_ghost, NULL};
	struct str head = stream_ahead(stream, HEAD);
	for (const struct import_kind *const *kind = kinds; *kind; kind++)
		if ((im->form == SOURCE_UNKNOWN || *kind == &import_kind_archive) && (*kind)->judge(name, head)) {
			(*kind)->import(im, stream, name, sure);
			return;
		}
	if (is_maildir_name(name))
		import_document(im, stream, STR(".eml"));
	else if (sure || form_of_name(name) != SOURCE_UNKNOWN)
		import_document(im, stream, name);
}

/* ------------------------------------------------------------------ files and folders */

/* The origin as a path that ends with NUL; until it changes. */
static const char *path_of(struct importing *im) {
	*buf_reserve(&im->origin, 1) = '\0';
	return im->origin.at;
}

static void import_file(struct importing *im, bool sure) {
	struct stream stream;
	struct error error = {0};
	if (stream_open(&stream, path_of(im), &error) < 0) {
		import_fail(im, &error);
	} else {
		size_t before = im->origin.len;
		char *name = memory_get(before + 1);
		memcpy(name, path_of(im), before + 1);
		im->file = &stream;
		import_stream(im, &stream, str_of(name, before), sure);
		im->file = NULL;
		off_t read = lseek(stream.fd, 0, SEEK_CUR);
		im->consumed += read > 0 ? (uint64_t)read : 0;
		free(name);
	}
	stream_close(&stream);
}

static int by_name(const struct dirent **a, const struct dirent **b) {
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* What is done to the files of a folder. */
typedef void visit_fn(struct importing *im, bool sure);

static void walk_folder(struct importing *im, uint32_t depth, visit_fn *visit);

/* Whether the folder `name` at the origin is a Maildir inside another: their names begin with a dot. */
static bool is_maildir_within(struct importing *im, const char *name) {
	struct stat about;
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return false;
	size_t before = import_enter(im, "/cur", STR(""));
	bool is = stat(path_of(im), &about) == 0 && S_ISDIR(about.st_mode);
	import_leave(im, before);
	return is;
}

/* Visits one entry of a folder: a document, a folder that is not a link, or nothing. */
static void walk_entry(struct importing *im, const char *name, uint32_t depth, visit_fn *visit) {
	struct stat about;
	bool slash = im->origin.len && im->origin.at[im->origin.len - 1] == '/';
	size_t before = import_enter(im, slash ? "" : "/", str_from(name));
	if ((name[0] != '.' || is_maildir_within(im, name)) && lstat(path_of(im), &about) == 0) {
		if (!S_ISDIR(about.st_mode) && import_wants(buf_str(&im->origin)))
			visit(im, false);
		else if (S_ISDIR(about.st_mode) && depth < im->limits->folders)
			walk_folder(im, depth + 1, visit);
	}
	import_leave(im, before);
}

/* What the folder's posts.csv says, if it is an export of Substack's. */
static const struct posts *posts_of_folder(struct importing *im, struct arena *arena) {
	struct stat about;
	struct buf csv = {0};
	const struct posts *posts = NULL;
	size_t before = import_enter(im, "/posts", STR(""));
	bool is_export = stat(path_of(im), &about) == 0 && S_ISDIR(about.st_mode);
	import_enter(im, ".csv", STR(""));
	if (is_export && file_read(path_of(im), &csv, NULL) == 0)
		posts = posts_read(arena, buf_str(&csv));
	import_leave(im, before);
	buf_release(&csv);
	return posts;
}

static void walk_entries(struct importing *im, uint32_t depth, visit_fn *visit);

static void walk_folder(struct importing *im, uint32_t depth, visit_fn *visit) {
	struct arena arena;
	const struct posts *before = im->posts, *posts;
	arena_init(&arena);
	if ((posts = posts_of_folder(im, &arena)) != NULL)
		im->posts = posts;
	walk_entries(im, depth, visit);
	im->posts = before;
	arena_release(&arena);
}

static void walk_entries(struct importing *im, uint32_t depth, visit_fn *visit) {
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
		visit(im, true);
	buf_release(&im->origin);
}

bool import_path(const char *path, enum source_form form, const struct import_limits *limits, imported_fn *take,
	imported_failed_fn *failed, void *user) {
	struct importing im = {.limits = limits, .form = form, .take = take, .failed = failed, .user = user};
	if (import_is_address(str_from(path))) {
		import_enter(&im, "", str_from(path));
		import_address(&im, path);
		buf_release(&im.origin);
	} else {
		walk(&im, path, import_file);
	}
	return !im.stopped;
}

/* ------------------------------------------------------------------ measuring */

static void measure_file(struct importing *im, bool sure) {
	(void)sure;
	struct stat about;
	if (stat(path_of(im), &about) == 0 && S_ISREG(about.st_mode))
		im->consumed += (uint64_t)about.st_size;
}

static bool ignore_failure(void *user, struct str origin, const struct error *error) {
	(void)user, (void)origin, (void)error;
	return true;
}

uint64_t import_measure(const char *path) {
	if (import_is_address(str_from(path)))
		return 0;
	struct importing im = {.limits = &import_limits_usual, .failed = ignore_failure};
	walk(&im, path, measure_file);
	return im.consumed;
}

/* ------------------------------------------------------------------ one document */

struct one {
	struct arena *arena;
	struct imported *document;
	struct error *error;
	uint32_t count;
	bool failed;
};

static bool take_one(void *user, const struct imported *document) {
	struct one *one = user;
	if (one->count++)
		return false;
	*one->document = *document;
	struct str *lent[] = {&one->document->origin, &one->document->url, &one->document->title, &one->document->date,
		&one->document->author, &one->document->bytes};
	for (size_t i = 0; i < sizeof lent / sizeof *lent; i++)
		*lent[i] = arena_copy(one->arena, *lent[i]);
	return true;
}

static bool fail_one(void *user, struct str origin, const struct error *error) {
	struct one *one = user;
	(void)origin;
	*one->error = *error;
	one->failed = true;
	return false;
}

int import_one(const char *path, enum source_form form, struct arena *arena, struct imported *document, struct error *error) {
	struct one one = {.arena = arena, .document = document, .error = error};
	import_path(path, form, &import_limits_usual, take_one, fail_one, &one);
	if (one.failed)
		return -1;
	if (one.count == 1)
		return 0;
	error_set(error, one.count ? "'%.512s' holds more than one document" : "'%.512s' holds no document", path);
	return one.count ? error_hint(error, "daybook add reads them all into an archive") : -1;
}
