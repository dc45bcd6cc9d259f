/* Questions to an archive: each gives a table, whose every row knows the bytes that say it. */
#ifndef DAYBOOK_ASK_H
#define DAYBOOK_ASK_H

#include "../base/table.h"
#include "archive.h"

enum question {
	ASK_EVENTS,   /* each event once, as its newest listing has it, by its start */
	ASK_HISTORY,  /* each listing of each event, with what changed */
	ASK_PEOPLE,   /* each person, with how often and when, those named most first */
	ASK_ROLES,    /* who held what, according to whom, by date: the register */
	ASK_QUOTES,   /* what was said, by date */
	ASK_TIMES,    /* what the texts date, by the date that they mean: the timeline */
	ASK_QUESTIONS
};

/* What the rows must be; a null str asks for nothing. Names are taken in any of their forms. */
struct ask {
	struct str words;        /* as in a search (query.h): they must stand in the essay or listing that the row is from; of quotations
	                          * and times, words without OR, NOT, NEAR in the sentence itself */
	struct str since, until; /* dates YYYY-MM-DD, or their beginnings; until inclusive */
	struct str person, organisation, place;
	struct str mode, status; /* of events */
	struct str kind;         /* of quotations: direct, indirect, mixed, block */
	uint32_t limit;          /* rows at most; 0: all */
	bool at;                 /* with the sentence that says it, and where it stands */
};

struct answer {
	struct table table;
	array_of(int64_t) rows; /* ASK_EVENTS, ASK_HISTORY: the listing of each */
	uint32_t left;          /* rows that the limit left out, at least */
};

/* Asks; the answer lives in `arena`. 0, or -1 with `error`. */
int archive_ask(struct archive *archive, enum question question, const struct ask *ask, struct arena *arena, struct answer *answer,
	struct error *error);

#endif
