/* What stands in the output folder, and whether it is already what this run would build (store/built.h). */
#ifndef DAYBOOK_STANDING_H
#define DAYBOOK_STANDING_H

#include "../emit/folder.h"
#include "../store/built.h"
#include "findings.h"
#include "inputs.h"

struct standing {
	const struct settings *settings;
	struct built before, now;
	bool finished; /* an earlier build ended, and nothing disturbed what it left */
};

/* Describes the run (`theme` is the hash of the site's), before any of its sources is read, and reads what an earlier one left. Release it in any case. */
void standing_open(struct standing *standing, const struct inputs *inputs, const struct settings *settings, uint64_t theme);
void standing_release(struct standing *standing);

/* Whether there is nothing to do: nothing that decides the output has changed since a build that ended. */
bool standing_is(const struct standing *standing);

/* Notes the bytes of a source, by its place among the inputs. */
void standing_note(struct standing *standing, uint32_t source, struct str bytes);

/* From now on the folder is unfinished, until standing_finish. 0, or -1 with `error`. */
int standing_begin(struct standing *standing, struct error *error);

/* Notes that the build ended and what it left. 0, or -1 with `error`. */
int standing_finish(struct standing *standing, const struct folder *folder, const struct built_counts *counts, struct error *error);

#endif
