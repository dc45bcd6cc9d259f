#include "folder.h"

#include "../base/hash.h"
#include "../base/lock.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define MANIFEST_HEAD "daybook manifest 3\n"

/* What is known of the folder's files. `.daybook/manifest` has a line for each file that the last finished build left: its
 * bytes' hash in 16 digits, its stamp (stamp.h), its time in nanoseconds since 1970, the path; a manifest without a head is of
 * a version that noted only hash and path. A file of that size and time need not be read: it has the bytes that were written. `.daybook/journal` has
 * what was written since, hash and path, each noted before it is written: so a build that was stopped does not take its own
 * files for somebody else's. Files are written in `.daybook` as "new-0" and so on, and then moved to their places. */
struct known_file {
	struct str path;
	uint64_t hash, begun; /* of the manifest, of the journal */
	uint64_t stamp;       /* of what it was made from; 0: not known */
	int64_t modified;     /* 0: not known */
	bool hashed, noted;   /* it stands in the manifest, in the journal */
	bool put;             /* by this build */
};

#define BESIDE "new-"

struct folder_files {
	array_of(struct known_file) list;
	uint32_t *rows; /* hash table: index in list and 1 */
	uint32_t mask;
	int own;     /* .daybook, or -1 */
	int journal; /* file descriptor, or -1 */
	uint32_t beside; /* how many numbers of files in .daybook are taken */
	struct buf path; /* of the file at hand, ended by NUL */
	struct arena arena;
	struct lock *lock; /* of all of it, and of the folder's places and counts */
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

static int cannot(const char *what, const char *path, struct error *error) {
	char words[128];
	return error_set(error, "cannot %s '%.512s': %s", what, path, strerror_r(errno, words, sizeof words));
}

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

/* A line of the manifest, `at` to `end`. */
static void read_line(struct folder_files *files, const char *at, const char *end, bool timed) {
	char *stop;
	bool added;
	if (end - at < 18 || at[16] != ' ')
		return;
	uint64_t hash = strtoull(at, &stop, 16);
	if (*stop != ' ')
		return;
	uint64_t stamp = timed ? strtoull(at + 17, &stop, 16) : 0;
	int64_t modified = timed ? strtoll(stop, &stop, 10) : 0;
	if (*stop != ' ' || stop >= end)
		return;
	struct str path = str_of(stop + 1, (size_t)(end - stop - 1));
	if (!stays_inside(path))
		return;
	struct known_file *file = file_of(files, path, &added);
	file->hash = hash;
	file->modified = modified;
	file->stamp = stamp;
	file->hashed = true;
}

static void read_manifest(struct folder_files *files, struct str text) {
	bool timed = str_starts(text, STR(MANIFEST_HEAD));
	for (size_t at = timed ? strlen(MANIFEST_HEAD) : 0, end; at < text.len; at = end + 1) {
		end = str_find(text, STR("\n"), at);
		if (end == SIZE_MAX)
			return; /* each line has its end */
		read_line(files, text.at + at, text.at + end, timed);
	}
}

static void read_journal(struct folder_files *files, struct str text) {
	for (size_t at = 0, end; at < text.len; at = end + 1) {
		bool added;
		end = str_find(text, STR("\n"), at);
		if (end == SIZE_MAX)
			return; /* the last line was cut short: its file was never written */
		char *stop;
		uint64_t begun = strtoull(text.at + at, &stop, 16);
		bool hashed = stop == text.at + at + 16 && *stop == ' '; /* by an older version: the path alone */
		struct str path = hashed ? str_of(stop + 1, (size_t)(text.at + end - stop - 1)) : str_of(text.at + at, end - at);
		if (!stays_inside(path))
			continue;
		struct known_file *file = file_of(files, path, &added);
		file->begun = begun;
		file->noted = hashed;
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
	if (!listing)
		return cannot("write into", path, error);
	bool empty = is_empty(listing);
	closedir(listing);
	if (empty)
		return 0;
	error_set(error, "'%.512s' is not an output folder of daybook, and is not empty", path);
	return error_hint(error, "name a new or an empty folder; nothing was written");
}


/* Opens .daybook, and waits there for a build that is under way. */
static int open_own(struct folder *folder, struct error *error) {
	const char *path = path_in(folder, STR(".daybook"));
	if (file_make_folder(path, error) < 0)
		return -1;
	int own = folder->files->own = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (own >= 0 && flock(own, LOCK_EX) == 0)
		return 0;
	return cannot("open", path, error);
}

int folder_open(struct folder *folder, const char *path, struct error *error) {
	*folder = (struct folder){0};
	folder->files = memory_get(sizeof *folder->files);
	*folder->files = (struct folder_files){.own = -1, .journal = -1, .lock = lock_open()};
	arena_init(&folder->files->arena);
	folder->path = arena_copy(&folder->files->arena, str_from(path));
	while (folder->path.len > 1 && folder->path.at[folder->path.len - 1] == '/')
		folder->path.len--;
	if (check_ours(folder, path, error) < 0 || open_own(folder, error) < 0)
		return -1;
	return read_known(folder, error);
}

/* ---- putting ---- */

static int note(struct folder *folder, struct str path, uint64_t hash, struct error *error) {
	struct folder_files *files = folder->files;
	struct buf line = {0};
	if (files->journal < 0)
		files->journal = openat(files->own, "journal", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	buf_format(&line, "%016" PRIx64 " ", hash);
	buf_add(&line, path);
	buf_byte(&line, '\n');
	bool noted = files->journal >= 0 && write(files->journal, line.at, line.len) == (ssize_t)line.len;
	buf_release(&line);
	return noted ? 0 : cannot("write", path_in(folder, STR(".daybook/journal")), error);
}

/* The place of the folder `path`, opened, and made where it is missing. */
static int find_place(struct folder *folder, struct str path, struct folder_place *place, struct error *error) {
	for (uint32_t i = 0; i < folder->places.count; i++)
		if (str_equal(folder->places.at[i].path, path)) {
			*place = folder->places.at[i];
			return 0;
		}
	*place = (struct folder_place){.path = arena_copy(&folder->files->arena, path)};
	const char *full = path_in(folder, path);
	place->made = mkdir(full, 0777) == 0;
	if (!place->made && file_make_folder(full, error) < 0)
		return -1;
	place->fd = open(full, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (place->fd < 0)
		return cannot("open", full, error);
	*array_push(&folder->files->arena, &folder->places) = *place;
	return 0;
}

/* A file on its way. */
struct putting {
	struct folder *folder;
	struct folder_place place;
	struct str path, bytes;
	const char *name, *full; /* within its place; for messages */
	uint32_t row;            /* among the known files */
	uint32_t beside;         /* the number of the file that is written first */
	uint64_t hash;
	struct known_file before;
	int64_t modified;
	bool written;
};

/* Finds the place and what is known of the file. */
static int prepare(struct putting *put, struct error *error) {
	struct folder *folder = put->folder;
	size_t slash = put->path.len;
	bool added;
	while (slash && put->path.at[slash - 1] != '/')
		slash--;
	if (find_place(folder, str_of(put->path.at, slash ? slash - 1 : 0), &put->place, error) < 0)
		return -1;
	struct known_file *file = file_of(folder->files, put->path, &added);
	put->row = (uint32_t)(file - folder->files->list.at);
	put->beside = folder->files->beside++;
	put->before = *file;
	put->name = file->path.at + slash; /* a copy, which ends with NUL */
	put->full = arena_format(&folder->files->arena, "%.*s/%s", (int)folder->path.len, folder->path.at, file->path.at).at;
	if (added && !put->place.made && faccessat(put->place.fd, put->name, F_OK, 0) == 0) {
		error_set(error, "'%.512s' was not written by daybook, and is in the way", put->full);
		return error_hint(error, "move it elsewhere, or name another output folder");
	}
	return 0;
}

static int64_t time_of(const struct stat *about) {
	return (int64_t)about->st_mtim.tv_sec * 1000000000 + about->st_mtim.tv_nsec;
}

/* Moves what was written beside to its place. */
static int move(struct putting *put, const char *beside, struct error *error) {
	if (renameat(put->folder->files->own, beside, put->place.fd, put->name) == 0)
		return 0;
	if (errno != EXDEV)
		return cannot("write", put->full, error);
	unlinkat(put->folder->files->own, beside, 0);
	return file_write(put->full, put->bytes, error); /* a folder inside is another disk's */
}

/* Writes the file: whole, in .daybook, and then moves it to its place. `old` is the one it replaces, or null. */
static int write_whole(struct putting *put, const struct stat *old, struct error *error) {
	char beside[32];
	struct stat about;
	int own = put->folder->files->own;
	lock_take(put->folder->files->lock);
	int result = note(put->folder, put->path, put->hash, error);
	lock_give(put->folder->files->lock);
	if (result < 0)
		return -1;
	snprintf(beside, sizeof beside, BESIDE "%u", put->beside);
	int fd = openat(own, beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
	if (fd < 0 || (old && fchmod(fd, old->st_mode & 0777) < 0))
		result = cannot("write", put->full, error);
	else if ((result = file_fill(fd, put->bytes, put->full, error)) == 0 && fstat(fd, &about) == 0)
		put->modified = time_of(&about);
	if (fd >= 0 && close(fd) < 0 && result == 0)
		result = cannot("write", put->full, error);
	if (result == 0)
		result = move(put, beside, error);
	if (result < 0)
		unlinkat(own, beside, 0);
	put->written = result == 0;
	return result;
}

/* Puts the bytes where a file is, or was. */
static int replace(struct putting *put, struct error *error) {
	struct stat about;
	if (fstatat(put->place.fd, put->name, &about, AT_SYMLINK_NOFOLLOW) < 0)
		return write_whole(put, NULL, error);
	bool ours = S_ISREG(about.st_mode) && put->before.modified && time_of(&about) == put->before.modified;
	put->modified = put->before.modified;
	if (ours && !put->folder->compare && put->hash == put->before.hash && (uint64_t)about.st_size == put->bytes.len)
		return 0;
	if (ours && put->hash != put->before.hash && faccessat(put->place.fd, put->name, W_OK, 0) == 0)
		return write_whole(put, &about, error);
	/* Somebody had a hand in it, or it is a link, which stays one. */
	if (file_update(put->full, put->bytes, &put->written, error) < 0)
		return -1;
	put->modified = fstatat(put->place.fd, put->name, &about, 0) == 0 ? time_of(&about) : 0;
	return 0;
}

static int folder_put(struct sink *sink, struct str path, struct str bytes, struct error *error) {
	struct folder *folder = ((struct folder_sink *)sink)->folder; /* the sink is its first member */
	struct folder_files *files = folder->files;
	struct putting put = {.folder = folder, .path = path, .bytes = bytes, .hash = hash_bytes(bytes)};
	uint64_t stamp = sink->stamp;
	sink->stamp = 0;
	if (!stays_inside(path))
		return error_set(error, "'%.*s' is not a path inside the output folder", (int)path.len, path.at);
	lock_take(files->lock);
	int result = prepare(&put, error);
	lock_give(files->lock);
	if (result == 0)
		result = put.place.made ? write_whole(&put, NULL, error) : replace(&put, error);
	if (result < 0)
		return -1;
	lock_take(files->lock);
	struct known_file *file = &files->list.at[put.row];
	file->hash = put.hash;
	file->modified = put.modified;
	file->stamp = stamp;
	folder->written += put.written;
	folder->unchanged += !put.written && !file->put;
	file->hashed = file->put = true;
	lock_give(files->lock);
	return 0;
}

static bool folder_has(struct sink *sink, struct str path, uint64_t stamp) {
	struct folder *folder = ((struct folder_sink *)sink)->folder;
	struct folder_files *files = folder->files;
	struct stat about;
	bool has = false;
	lock_take(files->lock);
	uint32_t row = files->list.count ? *row_of(files, path) : 0;
	struct known_file *file = row ? &files->list.at[row - 1] : NULL;
	if (file && file->stamp == stamp && file->modified && !folder->compare) {
		has = folder->undisturbed || (lstat(path_in(folder, path), &about) == 0 && S_ISREG(about.st_mode) && time_of(&about) == file->modified);
		folder->unchanged += has && !file->put;
		file->put = file->put || has;
	}
	lock_give(files->lock);
	return has;
}

struct folder_sink folder_sink(struct folder *folder) {
	return (struct folder_sink){.sink = {.put = folder_put, .has = folder_has}, .folder = folder};
}

/* ---- finishing ---- */

/* Removes a file of an earlier build if it still has the bytes that were written, then the folders that it leaves empty. */
static void remove_old(struct folder *folder, const struct known_file *file) {
	struct buf now = {0};
	const char *full = path_in(folder, file->path);
	uint64_t hash = 0;
	bool removed = (file->hashed || file->noted) && file_read(full, &now, NULL) == 0;
	if (removed)
		hash = hash_bytes(buf_str(&now));
	buf_release(&now);
	if (!removed || !((file->hashed && hash == file->hash) || (file->noted && hash == file->begun)) || unlink(full) < 0)
		return;
	folder->removed++;
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
	buf_text(&text, MANIFEST_HEAD);
	if (files->list.count)
		qsort(files->list.at, files->list.count, sizeof *files->list.at, by_path); /* the table is not used after this */
	for (uint32_t i = 0; i < files->list.count; i++) {
		if (!files->list.at[i].put)
			continue;
		const struct known_file *file = &files->list.at[i];
		buf_format(&text, "%016" PRIx64 " %" PRIx64 " %" PRId64 " ", file->hash, file->stamp, file->modified);
		buf_add(&text, files->list.at[i].path);
		buf_byte(&text, '\n');
	}
	int result = file_update(path_in(folder, STR(".daybook/manifest")), buf_str(&text), NULL, error);
	buf_release(&text);
	return result;
}

/* Removes what a build that was ended at once left half-written in .daybook. */
static void remove_beside(struct folder *folder) {
	DIR *listing = opendir(path_in(folder, STR(".daybook")));
	struct dirent *entry;
	while (listing && (entry = readdir(listing)))
		if (str_starts(str_from(entry->d_name), STR(BESIDE)) || str_ends(str_from(entry->d_name), STR(".tmp")))
			unlinkat(folder->files->own, entry->d_name, 0);
	if (listing)
		closedir(listing);
}

int folder_finish(struct folder *folder, struct error *error) {
	struct folder_files *files = folder->files;
	for (uint32_t i = 0; i < files->list.count; i++)
		if (!files->list.at[i].put)
			remove_old(folder, &files->list.at[i]);
	remove_beside(folder);
	if (write_manifest(folder, error) < 0)
		return -1;
	unlink(path_in(folder, STR(".daybook/journal")));
	return 0;
}

void folder_close(struct folder *folder) {
	struct folder_files *files = folder->files;
	if (!files)
		return;
	for (uint32_t i = 0; i < folder->places.count; i++)
		close(folder->places.at[i].fd);
	if (files->journal >= 0)
		close(files->journal);
	if (files->own >= 0)
		close(files->own);
	lock_close(files->lock);
	free(files->rows);
	buf_release(&files->path);
	arena_release(&files->arena);
	free(files);
	folder->files = NULL;
}
