/* A folder on disk as a sink. It writes only into a folder that is its own: one that it made, that was empty, or
 * that holds `.daybook/` from an earlier build. Files of other people in it stay, and are never written over;
 * files that an earlier build wrote and this one did not are removed where nobody has changed them since. */
#ifndef DAYBOOK_FOLDER_H
#define DAYBOOK_FOLDER_H

#include "publication.h"

/* A folder inside that files were put into. */
struct folder_place {
	struct str path; /* empty: the output folder itself */
	int fd;
	bool made; /* by this build: nobody else's files are in it */
};

struct folder {
	struct str path;
	struct folder_files *files;
	array_of(struct folder_place) places; /* known until folder_close */
	uint32_t written, unchanged, removed;
	bool undisturbed; /* its files are known to stand as the last build left them */
	bool compare; /* stamps do not count: every file is compared with what is put */
};

/* Opens the output folder and makes it where it is missing; waits for another build that writes into it. 0, or -1 with
 * `error`: it holds other people's files, cannot be made. Call folder_close in any case. */
int folder_open(struct folder *folder, const char *path, struct error *error);

/* A sink into the folder: for one thread, but several may have one each. It remembers stamps (stamp.h). */
struct folder_sink {
	struct sink sink;
	struct folder *folder;
};
struct folder_sink folder_sink(struct folder *folder);

/* Ends a build that put all its files: removes what is no longer written, and notes what is. 0, or -1 with `error`. */
int folder_finish(struct folder *folder, struct error *error);

/* Frees what it owns; without folder_finish the next build knows the files put so far. */
void folder_close(struct folder *folder);

#endif
