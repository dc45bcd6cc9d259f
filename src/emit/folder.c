#include "folder.h"

#include "../base/hash.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is known of the folder's files. `.daybook/manifest` has a line for each file that the last finished build wrote:
 * 16 digits of its bytes' hash, a space, the path. `.daybook/journal` has the paths that are new since: each is noted
 * before it is written, so that a build that was stopped does not take its own files for somebody else's. */
struct known_file {
	struct str path;
	uint64_t hash;
	bool hashed; /* else only noted in the journal */
	bool put;    /* by this build */
};

struct folder_files {
	array_of(struct known_file) list;
	uint32_t *rows; /* hash table: index in list and 1 */
	uint32_t mask;
	int journal; /* file descriptor, or -1 */
	struct buf path; /* of the file at hand, ended by NUL */
	struct arena arena;
};

/* ---- the table ---- */

static uint32_t *row_of(struct folder_files *files, struct str path) {
	uint32_t row = (uint32_t)hash_bytes(path) & files->mask;
	while (files->rows[row] && !str_equal(files->list.at[files->rows[row] - 1].path, path))
		row = (row + 1) & files->mask;
	return &files->rows[row];
}

static void grow(struct folder_files *files) {
	free(files->rows);
	files->mask = files->mask ? files->mask * 2 + 1 : 1023;
	files->rows = memory_get((files->mask + 1) * sizeof *files->rows);
	memset(files->rows, 0, (files->mask + 1) * sizeof *files->rows);
	for (uint32_t i = 0; i < files->list.count; i++)
		*row_of(files, files->list.at[i].path) = i + 1;
}

/* The file's row, made where there is none; *added says whether it was. */
static struct known_file *file_of(struct folder_files *files, struct str path, bool *added) {
	if (files->list.count * 2 >= files->mask)
		grow(files);
	uint32_t *row = row_of(files, path);
	*added = !*row;
	if (*added) {
		*array_push(&files->arena, &files->list) = (struct known_file){.path = arena_copy(&files->arena, path)};
		*row = files->list.count;
	}
	return &files->list.at[*row - 1];
}

/* ---- paths ---- */

static const char *path_in(struct folder *folder, struct str path) {
	struct buf *full = &folder->files->path;
	buf_clear(full);
	buf_add(full, folder->path);
	buf_byte(full, '/');
	buf_add(full, path);
	buf_byte(full, '\0');
	return full->at;
}

/* A path from the root, no part of which is empty or begins with a full stop: no step up, nothing of .daybook. */
static bool stays_inside(struct str path) {
	if (!path.len || path.at[path.len - 1] == '/' || memchr(path.at, 0, path.len) || memchr(path.at, '\n', path.len))
		return false;
	for (size_t i = 0; i < path.len; i++)
		if ((i == 0 || path.at[i - 1] == '/') && (path.at[i] == '.' || path.at[i] == '/'))
			return false;
	return true;
}

/* ---- opening ---- */

static void read_manifest(struct folder_files *files, struct str text) {
	for (size_t at = 0, end; at < text.len; at = end + 1) {
		char digits[17] = {0}, *stop;
		bool added;
		end = str_find(text, STR("\n"), at);
		if (end == SIZE_MAX)
			end = text.len;
		if (end - at < 18 || text.at[at + 16] != ' ')
			continue;
		memcpy(digits, text.at + at, 16);
		uint64_t hash = strtoull(digits, &stop, 16);
		struct str path = str_of(text.at + at + 17, end - at - 17);
		if (*stop || !stays_inside(path))
			continue;
		struct known_file *file = file_of(files, path, &added);
		file->hash = hash;
		file->hashed = true;
	}
}

static void read_journal(struct folder_files *files, struct str text) {
	for (size_t at = 0, end; at < text.len; at = end + 1) {
		bool added;
		end = str_find(text, STR("\n"), at);
		if (end == SIZE_MAX)
			return; /* the last line was cut short: its file was never written */
		struct str path = str_of(text.at + at, end - at);
		if (stays_inside(path))
			file_of(files, path, &added);
	}
}

static int read_known(struct folder *folder, struct error *error) {
	struct buf text = {0};
	int result = 0;
	if (access(path_in(folder, STR(".daybook/manifest")), F_OK) == 0) {
		result = file_read(folder->files->path.at, &text, error);
		read_manifest(folder->files, buf_str(&text));
	}
	buf_clear(&text);
	if (result == 0 && access(path_in(folder, STR(".daybook/journal")), F_OK) == 0) {
		result = file_read(folder->files->path.at, &text, error);
		read_journal(folder->files, buf_str(&text));
	}
	buf_release(&text);
	return result;
}

static bool is_empty(DIR *listing) {
	struct dirent *entry;
	while ((entry = readdir(listing)))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			return false;
	return true;
}

/* Whether we may write there: nothing is there, or an empty folder, or ours. */
static int check_ours(struct folder *folder, const char *path, struct error *error) {
	struct stat about;
	if (stat(path, &about) < 0 && errno == ENOENT)
		return 0;
	if (stat(path_in(folder, STR(".daybook")), &about) == 0 && S_ISDIR(about.st_mode))
		return 0;
	DIR *listing = opendir(path);
	if (!listing) {
		char words[128];
		return error_set(error, "cannot write into '%.512s': %s", path, strerror_r(errno, words, sizeof words));
	}
	bool empty = is_empty(listing);
	closedir(listing);
	if (empty)
		return 0;
	error_set(error, "'%.512s' is not an output folder of daybook, and is not empty", path);
	return error_hint(error, "name a new or an empty folder; nothing was written");
}

static int folder_put(struct sink *sink, struct str path, struct str bytes, struct error *error);

int folder_open(struct folder *folder, const char *path, struct error *error) {
	*folder = (struct folder){.sink = {folder_put}};
	folder->files = memory_get(sizeof *folder->files);
	*folder->files = (struct folder_files){.journal = -1};
	arena_init(&folder->files->arena);
	folder->path = arena_copy(&folder->files->arena, str_from(path));
	while (folder->path.len > 1 && folder->path.at[folder->path.len - 1] == '/')
		folder->path.len--;
	if (check_ours(folder, path, error) < 0 || file_make_folder(path_in(folder, STR(".daybook")), error) < 0)
		return -1;
	return read_known(folder, error);
}

/* ---- putting ---- */

static int note(struct folder *folder, struct str path, struct error *error) {
	struct folder_files *files = folder->files;
	struct buf line = {0};
	char words[128];
	if (files->journal < 0)
		files->journal = open(path_in(folder, STR(".daybook/journal")), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	buf_add(&line, path);
	buf_byte(&line, '\n');
	bool noted = files->journal >= 0 && write(files->journal, line.at, line.len) == (ssize_t)line.len;
	int code = errno;
	buf_release(&line);
	if (noted)
		return 0;
	return error_set(error, "cannot write '%.512s/.daybook/journal': %s", folder->path.at, strerror_r(code, words, sizeof words));
}

static int folder_put(struct sink *sink, struct str path, struct str bytes, struct error *error) {
	struct folder *folder = (struct folder *)sink; /* the sink is its first member */
	bool added, written;
	if (!stays_inside(path))
		return error_set(error, "'%.*s' is not a path inside the output folder", (int)path.len, path.at);
	struct known_file *file = file_of(folder->files, path, &added);
	const char *full = path_in(folder, path);
	if (added && access(full, F_OK) == 0) {
		error_set(error, "'%.512s' was not written by daybook, and is in the way", full);
		return error_hint(error, "move it elsewhere, or name another output folder");
	}
	if (added && note(folder, path, error) < 0)
		return -1;
	if (file_update(path_in(folder, path), bytes, &written, error) < 0)
		return -1;
	file->hash = hash_bytes(bytes);
	file->hashed = file->put = true;
	folder->written += written;
	folder->unchanged += !written;
	return 0;
}

/* ---- finishing ---- */

/* Removes a file of an earlier build if it still has the bytes that were written, then the folders that it leaves empty. */
static void remove_old(struct folder *folder, const struct known_file *file) {
	struct buf now = {0};
	const char *full = path_in(folder, file->path);
	if (!file->hashed || file_read(full, &now, NULL) < 0 || hash_bytes(buf_str(&now)) != file->hash || unlink(full) < 0) {
		buf_release(&now);
		return;
	}
	folder->removed++;
	buf_release(&now);
	for (size_t len = file->path.len; len-- > 0;)
		if (file->path.at[len] == '/' && rmdir(path_in(folder, str_of(file->path.at, len))) < 0)
			return;
}

static int by_path(const void *a, const void *b) {
	struct str x = ((const struct known_file *)a)->path, y = ((const struct known_file *)b)->path;
	int order = memcmp(x.at, y.at, x.len < y.len ? x.len : y.len);
	return order ? order : (x.len > y.len) - (x.len < y.len);
}

static int write_manifest(struct folder *folder, struct error *error) {
	struct folder_files *files = folder->files;
	struct buf text = {0};
	if (files->list.count)
		qsort(files->list.at, files->list.count, sizeof *files->list.at, by_path); /* the table is not used after this */
	for (uint32_t i = 0; i < files->list.count; i++) {
		if (!files->list.at[i].put)
			continue;
		buf_format(&text, "%016llx ", (unsigned long long)files->list.at[i].hash);
		buf_add(&text, files->list.at[i].path);
		buf_byte(&text, '\n');
	}
	int result = file_update(path_in(folder, STR(".daybook/manifest")), buf_str(&text), NULL, error);
	buf_release(&text);
	return result;
}

int folder_finish(struct folder *folder, struct error *error) {
	struct folder_files *files = folder->files;
	for (uint32_t i = 0; i < files->list.count; i++)
		if (!files->list.at[i].put)
			remove_old(folder, &files->list.at[i]);
	if (write_manifest(folder, error) < 0)
		return -1;
	unlink(path_in(folder, STR(".daybook/journal")));
	return 0;
}

void folder_close(struct folder *folder) {
	struct folder_files *files = folder->files;
	if (!files)
		return;
	if (files->journal >= 0)
		close(files->journal);
	free(files->rows);
	buf_release(&files->path);
	arena_release(&files->arena);
	free(files);
	folder->files = NULL;
}
