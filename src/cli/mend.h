/* Mending: the certain fixes of a record as changes of the file's own bytes, and those as a diff. */
#ifndef DAYBOOK_MEND_H
#define DAYBOOK_MEND_H

#include "../base/buf.h"
#include "../record/record.h"

/* One replacement of bytes [begin, end) of the original file. */
struct change {
	uint32_t begin, end;
	struct str text;
	uint32_t fix; /* changes of the same fix have the same number */
};

struct mending {
	array_of(struct change) changes; /* by place, none overlapping another */
	uint32_t fixes;   /* diagnostics that these mend */
	uint32_t refused; /* fixes whose bytes stand otherwise in the file (decoded, quoted-printable), or that overlap another */
	struct arena arena;
};

/* Gathers the fixes of a record: all edits of one or none. Release with mending_release. */
void mending_gather(struct mending *mending, const struct record *record);
void mending_release(struct mending *mending);

/* The original with the changes made. */
void mending_apply(const struct mending *mending, struct str original, struct buf *out);

/* Part of the original with changes [first, last) made, which lie within it. */
void mending_apply_part(const struct mending *mending, struct str original, struct span part, uint32_t first, uint32_t last,
	struct buf *out);

/* The changes as a unified diff with three lines of context (POSIX diff -u), coloured or not. */
void mending_diff(const struct mending *mending, const char *name, struct str original, bool colour, struct buf *out);

#endif
