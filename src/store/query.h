/* What people type into a search, as FTS5 wants it. */
#ifndef DAYBOOK_QUERY_H
#define DAYBOOK_QUERY_H

#include "../base/buf.h"
#include "ranking.h"

enum { QUERY_PHRASES = 24 };

/* A query as it was understood. */
struct query {
	struct buf match;                    /* the FTS5 expression; empty: nothing to look for */
	struct str phrases[QUERY_PHRASES];   /* its words and phrases in their order, in `match`, as they are written there */
	bool beginning[QUERY_PHRASES];       /* of each: only how a word begins (a '*' stood behind it) */
	uint32_t count;
	bool plain;                          /* one word or phrase, and nothing else */
	bool all;                            /* all its words and phrases must stand in a text: there is no OR, NOT, NEAR or bracket */
};

/* Reads `text`: words (all of which must stand in a text), "phrases", beginnings of words with '*', AND, OR, NOT (or a
 * '-' before a word), NEAR(words, distance), brackets. What is no such thing is taken as words, so that no text is an error.
 * Release its `match`. */
void query_read(struct query *query, struct str text);

#endif
