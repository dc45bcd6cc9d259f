/* Searching an archive's texts: FTS5 finds, ranking.h and a function of ours rank. */
#ifndef DAYBOOK_SEARCH_H
#define DAYBOOK_SEARCH_H

#include "archive.h"

enum {
	/* Of a query that more texts match than this, the newest so many are ranked; a single word, and its beginning, is ranked
	 * among all. */
	SEARCH_RANKED = 500,
};

struct search {
	struct str text;         /* the query (query.h); may be empty where there is another condition */
	struct str since, until; /* dates YYYY-MM-DD, until inclusive; or null */
	struct str person, organisation; /* names in any of their forms; or null */
	struct str kind;         /* essay, event, other; or null */
	struct str issue;        /* the date of an issue; or null */
	uint32_t limit;          /* how many hits at most */
	bool excerpt;            /* with the words around the match */
	bool sentence;           /* with the sentence of the first match, and its place */
};

struct search_hit {
	int64_t text, document;
	double score;
	struct str kind, date, title, name, origin, url; /* name: the document's */
	struct str excerpt;      /* with the matches between \x01 and \x02; null unless it was asked for */
	struct span span;        /* of the text, in documents.text */
	struct span match;       /* of the first match there */
	struct str sentence;     /* that it stands in */
	uint32_t line, column;   /* of the match, from 1; 0: not asked for */
};

struct search_hits {
	array_of(struct search_hit) list; /* the best first */
};

/* The texts that match; they live in `arena`. 0, or -1 with `error`. */
int archive_search(struct archive *archive, const struct search *search, struct arena *arena, struct search_hits *hits,
	struct error *error);

#endif
