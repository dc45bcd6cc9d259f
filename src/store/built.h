/* What a finished build was made from, and what it left behind: with it the next build knows that nothing has changed by
 * asking the file system alone. A file of lines, `.daybook/built`, which is there only while the folder is finished. */
#ifndef DAYBOOK_BUILT_H
#define DAYBOOK_BUILT_H

#include "../base/error.h"
#include "../base/memory.h"

/* A file or a folder as the file system describes it. Times are in nanoseconds since 1970. */
struct built_file {
	struct str path;
	uint64_t size, inode;
	int64_t modified, changed;
	uint64_t hash; /* hash_bytes of the bytes that were compiled, or 0: not known */
	bool there;
	bool settled;  /* it was older than the clock's grain when it was described: a later change gives it another time */
};

/* The counts that a build reports. */
struct built_counts {
	uint32_t issues, essays, events, files;
	uint32_t errors, warnings, fixes, faulty; /* faulty: files with an error or a warning */
};

struct built {
	uint64_t fingerprint; /* of all else that decides what is written: the program, the house, the options */
	struct built_counts counts;
	array_of(struct built_file) sources;
	array_of(struct built_file) places; /* of the output: its folders, and what is remembered in .daybook */
	struct arena arena;
};

void built_init(struct built *built);
void built_release(struct built *built);

/* Describes the file or folder at `path`, which is copied into the arena. */
struct built_file built_look(struct arena *arena, const char *path);

/* The same of what a build leaves behind: what changed just now gets a time of a second ago, so that a change from here on
 * shows, however soon. */
struct built_file built_leave(struct arena *arena, const char *path);

/* Reads what a build wrote; false where there is none, or none that this version understands. */
bool built_read(struct built *built, const char *path);

/* Writes it. 0, or -1 with `error`. */
int built_write(const struct built *built, const char *path, struct error *error);

/* Whether the sources are those of `before`: each is as it was by size, inode and times, or holds the same bytes. */
bool built_same_sources(const struct built *before, const struct built *now);

/* Whether all that it left behind is still as it was. A folder's time changes when a file in it is made, removed or
 * replaced; a file that was written into, in its place, is not noticed. */
bool built_undisturbed(const struct built *before);

#endif
