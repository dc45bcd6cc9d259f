/* What a time was resolved against, as those who print it ask. */
#ifndef DAYBOOK_ANCHORS_H
#define DAYBOOK_ANCHORS_H

#include "../record/record.h"

enum anchor_kind {
	ANCHOR_NONE,    /* the words say it all, or nothing resolves them */
	ANCHOR_ISSUE,   /* the document's date */
	ANCHOR_ARTICLE, /* the date of the article that the time stands in */
	ANCHOR_TIME,    /* an earlier time */
};

struct anchor {
	uint8_t kind;
	uint32_t time;     /* the index of the time that states it, or NONE */
	struct civil date; /* ANCHOR_ISSUE, ANCHOR_ARTICLE; else unknown */
};

/* The anchor of the time at `index`. */
struct anchor anchor_of(const struct record *record, uint32_t index);

/* Whether a stretch of time begins, ends with the day `date`. */
bool anchor_begins(const struct timex *t, struct civil date);
bool anchor_ends(const struct timex *t, struct civil date);

#endif
