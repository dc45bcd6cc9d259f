#include "file.h"

#include "memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* The system's words for errno; `words` is used when it has to make them up. */
#define REASON_SIZE 128
static const char *reason(char words[REASON_SIZE]) {
	return strerror_r(errno, words, REASON_SIZE);
}

static int cannot(struct error *error, const char *what, const char *path) {
	char words[REASON_SIZE];
	return error_set(error, "cannot %s '%.512s': %s", what, path, reason(words));
}

/* ------------------------------------------------------------------ reading */

static int too_large(const char *path, struct error *error) {
	error_set(error, "'%.512s' is too large: more than %zu MB", path, FILE_LIMIT >> 20);
	return error_hint(error, "a bulletin is some kilobytes; split the file into its issues");
}

static int read_all(int fd, const char *path, struct buf *buf, struct error *error) {
	size_t begin = buf->len;
	for (;;) {
		if (buf->room == buf->len)
			buf_reserve(buf, buf->room < 65536 ? 65536 : buf->room);
		ssize_t got = read(fd, buf->at + buf->len, buf->room - buf->len);
		if (got == 0)
			return 0;
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return cannot(error, "read", path);
		buf->len += (size_t)got;
		if (buf->len - begin > FILE_LIMIT)
			return too_large(path, error);
	}
}

static int cannot_open(const char *path, struct error *error) {
	int code = errno;
	cannot(error, "read", path);
	if (code == ENOENT)
		return error_hint(error, "check the name and the folder; use - for standard input");
	if (code == EACCES)
		return error_hint(error, "you may not read this file; see its permissions with ls -l");
	return -1;
}

static int refuse_folder(int fd, const char *path, struct error *error) {
	struct stat about;
	if (fstat(fd, &about) < 0)
		return cannot(error, "read", path);
	if (!S_ISDIR(about.st_mode))
		return 0;
	error_set(error, "cannot read '%.512s': it is a folder", path);
	return error_hint(error, "name a file in it");
}

int file_open(const char *path, struct error *error) {
	bool standard = strcmp(path, "-") == 0;
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return cannot_open(path, error);
	if (refuse_folder(fd, standard ? "standard input" : path, error) == 0)
		return fd;
	file_close(fd);
	return -1;
}

void file_close(int fd) {
	if (fd > STDIN_FILENO)
		close(fd);
}

static int read_open(int fd, const char *path, struct buf *buf, struct error *error) {
	struct stat about;
	if (fstat(fd, &about) == 0 && S_ISREG(about.st_mode)) {
		if (about.st_size > (off_t)FILE_LIMIT)
			return too_large(path, error);
		buf_reserve(buf, (size_t)about.st_size + 1);
	}
	return read_all(fd, path, buf, error);
}

int file_read(const char *path, struct buf *buf, struct error *error) {
	size_t before = buf->len;
	int fd = file_open(path, error);
	if (fd < 0)
		return -1;
	int result = read_open(fd, fd == STDIN_FILENO ? "standard input" : path, buf, error);
	file_close(fd);
	if (result < 0)
		buf->len = before;
	return result;
}

/* ------------------------------------------------------------------ writing */

static int make_one_folder(const char *path, struct error *error) {
	struct stat about;
	if (mkdir(path, 0777) == 0)
		return 0;
	int code = errno;
	if (stat(path, &about) == 0) {
		if (S_ISDIR(about.st_mode))
			return 0;
		return error_set(error, "cannot make the folder '%.512s': a file of that name is in the way", path);
	}
	errno = code;
	return cannot(error, "make the folder", path);
}

int file_make_folder(const char *path, struct error *error) {
	struct stat about;
	if (stat(path, &about) == 0 && S_ISDIR(about.st_mode))
		return 0;
	size_t len = strlen(path);
	char *part = memory_get(len + 1);
	memcpy(part, path, len + 1);
	int result = 0;
	for (size_t i = 1; i <= len && result == 0; i++) {
		if ((part[i] != '/' && part[i] != '\0') || part[i - 1] == '/')
			continue;
		part[i] = '\0';
		result = make_one_folder(part, error);
		part[i] = i < len ? '/' : '\0';
	}
	free(part);
	return result;
}

/* Makes the folder that `path` is in. */
static int make_parent(const char *path, struct error *error) {
	const char *slash = strrchr(path, '/');
	if (!slash || slash == path)
		return 0;
	size_t len = (size_t)(slash - path);
	char *folder = memory_get(len + 1);
	memcpy(folder, path, len);
	folder[len] = '\0';
	int result = file_make_folder(folder, error);
	free(folder);
	return result;
}

static int write_all(int fd, struct str bytes) {
	while (bytes.len) {
		ssize_t put = write(fd, bytes.at, bytes.len);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -1;
		bytes.at += put;
		bytes.len -= (size_t)put;
	}
	return 0;
}

/* Opens a new file beside `path`; *name is its name, to be freed. */
static int open_beside(const char *path, char **name, struct error *error) {
	const char *slash = strrchr(path, '/');
	size_t folder = slash ? (size_t)(slash + 1 - path) : 0;
	size_t size = folder + 64;
	*name = memory_get(size);
	memcpy(*name, path, folder);
	/* Not mkstemp: it makes 0600, and the umask cannot be asked without changing it for all threads. */
	for (unsigned attempt = 0; attempt < 10000; attempt++) {
		snprintf(*name + folder, size - folder, ".daybook-%ld-%u.tmp", (long)getpid(), attempt);
		int fd = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
		if (fd >= 0 || errno != EEXIST)
			return fd >= 0 ? fd : cannot(error, "write", path);
	}
	return cannot(error, "write", path);
}

static int no_write(const char *path, struct error *error) {
	int code = errno;
	cannot(error, "write", path);
	if (code == ENOSPC || code == EDQUOT)
		error_hint(error, "the disk is full; nothing was changed");
	return -1;
}

int file_fill(int fd, struct str bytes, const char *path, struct error *error) {
	return write_all(fd, bytes) < 0 ? no_write(path, error) : 0;
}

/* `about` is the file that is replaced, or null. */
static int write_beside(const char *path, struct str bytes, const struct stat *about, struct error *error) {
	char *name;
	int fd = open_beside(path, &name, error), result = 0;
	if (fd < 0) {
		free(name);
		return -1;
	}
	if (about && fchmod(fd, about->st_mode & 0777) < 0)
		result = no_write(path, error);
	if (result == 0 && write_all(fd, bytes) < 0)
		result = no_write(path, error);
	if (close(fd) < 0 && result == 0) /* some file systems tell of a full disk only here */
		result = no_write(path, error);
	if (result == 0 && rename(name, path) < 0)
		result = no_write(path, error);
	if (result < 0)
		unlink(name);
	free(name);
	return result;
}

/* A device or a pipe takes bytes and cannot be replaced. */
static int write_into(const char *path, struct str bytes, struct error *error) {
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return cannot(error, "write", path);
	int result = write_all(fd, bytes) < 0 ? no_write(path, error) : 0;
	if (close(fd) < 0 && result == 0)
		result = no_write(path, error);
	return result;
}

int file_write(const char *path, struct str bytes, struct error *error) {
	struct stat about;
	if (stat(path, &about) < 0) {
		if (errno != ENOENT && errno != ENOTDIR)
			return cannot(error, "write", path);
		if (make_parent(path, error) < 0)
			return -1;
		return write_beside(path, bytes, NULL, error);
	}
	if (S_ISDIR(about.st_mode)) {
		error_set(error, "cannot write '%.512s': it is a folder", path);
		return error_hint(error, "name a file in it");
	}
	if (!S_ISREG(about.st_mode))
		return write_into(path, bytes, error);
	if (access(path, W_OK) < 0)
		return cannot(error, "write", path);
	/* A link stays a link: what it points at is replaced. */
	char *target = realpath(path, NULL);
	if (!target)
		return cannot(error, "write", path);
	int result = write_beside(target, bytes, &about, error);
	free(target);
	return result;
}

/* Whether `path` is a file that holds `bytes`. */
static bool holds(const char *path, struct str bytes) {
	struct stat about;
	if (stat(path, &about) < 0 || !S_ISREG(about.st_mode) || (uint64_t)about.st_size != bytes.len)
		return false;
	struct buf now = {0};
	bool same = file_read(path, &now, NULL) == 0 && str_equal(buf_str(&now), bytes);
	buf_release(&now);
	return same;
}

int file_update(const char *path, struct str bytes, bool *written, struct error *error) {
	bool same = holds(path, bytes);
	if (written)
		*written = !same;
	if (same)
		return 0;
	int result = file_write(path, bytes, error);
	if (result < 0 && written)
		*written = false;
	return result;
}
