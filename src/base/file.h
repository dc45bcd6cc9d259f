/* Files: read whole, appear whole or not at all. */
#ifndef DAYBOOK_FILE_H
#define DAYBOOK_FILE_H

#include "buf.h"
#include "error.h"

/* The largest input that is read, in bytes; a larger one is refused with an error. */
#define FILE_LIMIT ((size_t)64 << 20)

/* Reads a file, or standard input for "-", into `buf`. 0, or -1 with `error` (missing, a folder,
 * not readable, larger than FILE_LIMIT). */
int file_read(const char *path, struct buf *buf, struct error *error);

/* Opens a file to be read, or gives standard input for "-". Its descriptor, or -1 with `error` (missing, a folder, not
 * readable). file_close closes it, but not standard input. */
int file_open(const char *path, struct error *error);
void file_close(int fd);

/* Writes `bytes` to `path` whole or not at all: a temporary file in the same folder, then rename(2).
 * Makes missing folders. 0, or -1 with `error` and nothing changed. */
int file_write(const char *path, struct str bytes, struct error *error);

/* As file_write, but does not touch a file that holds these bytes already; *written (may be NULL)
 * says whether it wrote. */
int file_update(const char *path, struct str bytes, bool *written, struct error *error);

/* Writes `bytes` into a file that was opened; `path` is its name, for the message. 0, or -1 with `error`. */
int file_fill(int fd, struct str bytes, const char *path, struct error *error);

/* Makes the folder `path` and its parents. 0, or -1 with `error`. */
int file_make_folder(const char *path, struct error *error);

#endif
