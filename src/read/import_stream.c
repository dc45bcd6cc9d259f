/* Streams: bytes that come one behind the other, with a look ahead. */
#include "import.h"

#include "../base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { BLOCK = 1 << 17 };

static ssize_t more_of_file(struct stream *stream, char *at, size_t room) {
	ssize_t got;
	do
		got = read(stream->fd, at, room);
	while (got < 0 && errno == EINTR);
	if (got < 0) {
		char words[128];
		error_set(&stream->error, "cannot be read to its end: %s", strerror_r(errno, words, sizeof words));
	}
	return got;
}

int stream_open(struct stream *stream, const char *path, struct error *error) {
	*stream = (struct stream){.more = more_of_file};
	stream->fd = file_open(path, error);
	return stream->fd < 0 ? -1 : 0;
}

void stream_close(struct stream *stream) {
	if (stream->more == more_of_file)
		file_close(stream->fd);
	buf_release(&stream->ahead);
	*stream = (struct stream){.fd = -1};
}

/* Reads a block more behind what is ahead. */
static void read_more(struct stream *stream) {
	struct buf *ahead = &stream->ahead;
	/* What is taken is dropped only where it is most of the buffer, so that each byte is moved about once. */
	if (stream->taken > BLOCK && stream->taken > ahead->len / 2) {
		memmove(ahead->at, ahead->at + stream->taken, ahead->len - stream->taken);
		ahead->len -= stream->taken;
		stream->taken = 0;
	}
	if (ahead->room - ahead->len < BLOCK)
		buf_reserve(ahead, ahead->room > BLOCK ? ahead->room : BLOCK);
	ssize_t got = stream->more(stream, ahead->at + ahead->len, ahead->room - ahead->len);
	ahead->len += got > 0 ? (size_t)got : 0;
	stream->failed |= got < 0;
	stream->ended |= got <= 0;
}

struct str stream_ahead(struct stream *stream, size_t want) {
	while (stream->ahead.len - stream->taken < want && !stream->ended)
		read_more(stream);
	return str_of(stream->ahead.len ? stream->ahead.at + stream->taken : "", stream->ahead.len - stream->taken);
}

void stream_take(struct stream *stream, size_t count) {
	stream->taken += count;
	if (stream->taken == stream->ahead.len)
		stream->taken = stream->ahead.len = 0;
}

ssize_t stream_read(struct stream *stream, char *at, size_t room) {
	struct str ahead = stream_ahead(stream, 1);
	if (ahead.len == 0)
		return stream->failed ? -1 : 0;
	size_t count = ahead.len < room ? ahead.len : room;
	memcpy(at, ahead.at, count);
	stream_take(stream, count);
	return (ssize_t)count;
}

int stream_whole(struct stream *stream, size_t limit, struct str *whole, struct error *error) {
	*whole = stream_ahead(stream, limit + 1);
	if (stream->failed) {
		if (error)
			*error = stream->error;
		return -1;
	}
	if (whole->len <= limit)
		return 0;
	error_set(error, "is too large: more than %zu MB", limit >> 20);
	return error_hint(error, "a document is some kilobytes; split it, or leave it out");
}

static int cannot_keep(struct error *error) {
	char words[128];
	return error_set(error, "cannot be unpacked into a temporary file: %s", strerror_r(errno, words, sizeof words));
}

/* Copies the stream into `fd`. */
static int copy_into(struct stream *stream, int fd, uint64_t limit, struct error *error) {
	for (uint64_t copied = 0;;) {
		struct str ahead = stream_ahead(stream, 1);
		if (ahead.len == 0)
			break;
		copied += ahead.len;
		if (copied > limit)
			return error_set(error, "is too large to be unpacked: more than %llu MB", (unsigned long long)(limit >> 20));
		for (struct str left = ahead; left.len;) {
			ssize_t put = write(fd, left.at, left.len);
			if (put < 0 && errno != EINTR)
				return cannot_keep(error);
			left = put < 0 ? left : str_of(left.at + put, left.len - (size_t)put);
		}
		stream_take(stream, ahead.len);
	}
	if (stream->failed)
		*error = stream->error;
	return stream->failed ? -1 : 0;
}

int stream_spool(struct stream *stream, uint64_t limit, struct stream *spooled, struct error *error) {
	const char *folder = getenv("TMPDIR");
	char path[4096];
	snprintf(path, sizeof path, "%s/daybook-XXXXXX", folder && folder[0] ? folder : "/tmp");
	*spooled = (struct stream){.more = more_of_file, .fd = mkostemp(path, O_CLOEXEC)};
	if (spooled->fd < 0)
		return cannot_keep(error);
	unlink(path);
	if (copy_into(stream, spooled->fd, limit, error) < 0)
		return -1;
	return stream_seek(spooled, 0, SEEK_SET) == 0 ? 0 : cannot_keep(error);
}

bool stream_can_seek(const struct stream *stream) {
	return stream->more == more_of_file && lseek(stream->fd, 0, SEEK_CUR) >= 0;
}

int64_t stream_seek(struct stream *stream, int64_t offset, int whence) {
	off_t place = lseek(stream->fd, offset, whence);
	stream->taken = stream->ahead.len = 0;
	stream->ended = stream->failed = false;
	return place;
}
