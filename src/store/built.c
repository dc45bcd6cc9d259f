#include "built.h"

#include "../base/buf.h"
#include "../base/file.h"
#include "../base/hash.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define HEAD "daybook built 1\n"
#define GRAIN 20000000 /* nanoseconds: more than any file system in use takes for one moment */

void built_init(struct built *built) {
	*built = (struct built){0};
	arena_init(&built->arena);
}

void built_release(struct built *built) {
	arena_release(&built->arena);
}

static int64_t nanoseconds(struct timespec time) {
	return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

struct built_file built_look(struct arena *arena, const char *path) {
	struct built_file file = {.path = arena_copy(arena, str_from(path))};
	struct stat about;
	struct timespec clock;
	if (stat(path, &about) < 0)
		return file;
	file.there = true;
	file.size = S_ISDIR(about.st_mode) ? 0 : (uint64_t)about.st_size;
	file.inode = about.st_ino;
	file.modified = nanoseconds(about.st_mtim);
	file.changed = nanoseconds(about.st_ctim);
	clock_gettime(CLOCK_REALTIME, &clock);
	int64_t latest = file.modified > file.changed ? file.modified : file.changed;
	file.settled = latest < nanoseconds(clock) - GRAIN;
	return file;
}

struct built_file built_leave(struct arena *arena, const char *path) {
	struct built_file file = built_look(arena, path);
	struct stat about;
	if (file.there && !file.settled && stat(path, &about) == 0) {
		const struct timespec times[] = {{.tv_nsec = UTIME_OMIT}, {about.st_mtim.tv_sec - 1, about.st_mtim.tv_nsec}};
		if (utimensat(AT_FDCWD, path, times, 0) == 0)
			file = built_look(arena, path);
		file.settled = true; /* else a change within the same moment is not seen */
	}
	return file;
}

/* ---- reading and writing ---- */

static bool read_file(struct built *built, const char *line, size_t len) {
	struct built_file file = {.there = true};
	char kind;
	int settled, path = 0;
	if (sscanf(line, "%c %d %" SCNu64 " %" SCNu64 " %" SCNd64 " %" SCNd64 " %" SCNx64 " %n", &kind, &settled, &file.size, &file.inode,
			&file.modified, &file.changed, &file.hash, &path) != 7 || !path || (size_t)path > len)
		return false;
	file.settled = settled != 0;
	file.path = arena_copy(&built->arena, str_of(line + path, len - (size_t)path));
	if (kind == 's')
		*array_push(&built->arena, &built->sources) = file;
	else
		*array_push(&built->arena, &built->places) = file;
	return true;
}

static bool read_lines(struct built *built, const char *text) {
	struct built_counts *c = &built->counts;
	int at = 0;
	if (strncmp(text, HEAD, strlen(HEAD)) != 0)
		return false;
	text += strlen(HEAD);
	if (sscanf(text, "%" SCNx64 " %u %u %u %u %u %u %u %u\n%n", &built->fingerprint, &c->issues, &c->essays, &c->events, &c->files, &c->errors,
			&c->warnings, &c->fixes, &c->faulty, &at) != 9 || !at)
		return false;
	for (text += at; *text; text++) {
		size_t len = strcspn(text, "\n");
		if (!text[len] || !read_file(built, text, len))
			return false;
		text += len;
	}
	return true;
}

bool built_read(struct built *built, const char *path) {
	struct buf text = {0};
	bool read = access(path, R_OK) == 0 && file_read(path, &text, NULL) == 0;
	buf_byte(&text, '\0');
	read = read && read_lines(built, text.at);
	buf_release(&text);
	return read;
}

static bool write_file(struct buf *out, char kind, const struct built_file *file) {
	buf_format(out, "%c %d %" PRIu64 " %" PRIu64 " %" PRId64 " %" PRId64 " %" PRIx64 " ", kind, file->settled, file->size, file->inode,
		file->modified, file->changed, file->hash);
	buf_add(out, file->path);
	buf_byte(out, '\n');
	return file->there && !memchr(file->path.at, '\n', file->path.len);
}

int built_write(const struct built *built, const char *path, struct error *error) {
	const struct built_counts *c = &built->counts;
	struct buf out = {0};
	bool whole = true;
	buf_text(&out, HEAD);
	buf_format(&out, "%" PRIx64 " %u %u %u %u %u %u %u %u\n", built->fingerprint, c->issues, c->essays, c->events, c->files, c->errors, c->warnings,
		c->fixes, c->faulty);
	for (uint32_t i = 0; i < built->sources.count; i++)
		whole = write_file(&out, 's', &built->sources.at[i]) && whole;
	for (uint32_t i = 0; i < built->places.count; i++)
		whole = write_file(&out, 'p', &built->places.at[i]) && whole;
	int result = whole ? file_write(path, buf_str(&out), error) : 0; /* what cannot be told again is built again */
	buf_release(&out);
	return result;
}

/* ---- comparing ---- */

static bool same_look(const struct built_file *before, const struct built_file *now) {
	return now->there && before->settled && before->size == now->size && before->inode == now->inode && before->modified == now->modified;
}

static bool same_bytes(const struct built_file *before, const struct built_file *now) {
	struct buf bytes = {0};
	bool same = before->hash && now->there && before->size == now->size && file_read(now->path.at, &bytes, NULL) == 0 &&
		hash_bytes(buf_str(&bytes)) == before->hash;
	buf_release(&bytes);
	return same;
}

bool built_same_sources(const struct built *before, const struct built *now) {
	if (before->sources.count != now->sources.count)
		return false;
	for (uint32_t i = 0; i < now->sources.count; i++) {
		const struct built_file *a = &before->sources.at[i], *b = &now->sources.at[i];
		if (!str_equal(a->path, b->path) || !((same_look(a, b) && a->changed == b->changed) || same_bytes(a, b)))
			return false;
	}
	return true;
}

bool built_undisturbed(const struct built *before) {
	struct arena arena;
	bool same = before->places.count > 0;
	arena_init(&arena);
	for (uint32_t i = 0; i < before->places.count && same; i++) {
		struct built_file now = built_look(&arena, before->places.at[i].path.at);
		same = same_look(&before->places.at[i], &now);
	}
	arena_release(&arena);
	return same;
}
