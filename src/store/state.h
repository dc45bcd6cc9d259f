/* What a folder of output remembers from one build to the next: which event is which, and how often it
 * has changed, so that a corrected hour updates the reader's calendar instead of doubling the entry.
 * One JSON file, read and written whole. */
#ifndef DAYBOOK_STATE_H
#define DAYBOOK_STATE_H

#include "../base/error.h"
#include "../base/memory.h"

/* One event of this build. The caller fills the first group; state_apply fills the second. */
struct event_version {
	struct str key;         /* the UID that the event's present words give */
	struct str issue;       /* the slug of the issue it stands in */
	struct str title, start;/* as printed; start in RFC 3339, or null */
	struct str fingerprint; /* of what makes a revision (RFC 5545 §3.8.7.4): start, end, place, status */
	bool revises;           /* its status says that an event known before is cancelled or moved */
	int64_t issued;         /* the issue's date, seconds since 1970 UTC */

	struct str uid;     /* the key, or the UID it had before; lives as long as the state */
	uint32_t sequence;
	int64_t modified;   /* issued, and a minute later for each revision since: a later stamp without a clock */
};

struct state;

/* The state kept at `path`; an empty one where there is no such file. NULL with `error` when it cannot be read. */
struct state *state_open(const char *path, struct error *error);
void state_close(struct state *state);

/* Recognises the events and gives each its UID, sequence and stamp; remembers them. An event is the one
 * with the same key; else, in the same issue, the one with the same title, or with the same start and
 * most words of the title in common; else, when it revises, the newest with the same title. */
void state_apply(struct state *state, struct event_version *events, uint32_t count);

/* Writes it back where it was opened; 0, or -1 with `error`. */
int state_save(const struct state *state, struct error *error);

#endif
