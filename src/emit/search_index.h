/* The index that a site's search page reads: words, and for each in which documents it stands. It goes out in small scripts, one
 * for the words of a beginning, so that a page from a folder of files can load what a question needs and no more. */
#ifndef DAYBOOK_SEARCH_INDEX_H
#define DAYBOOK_SEARCH_INDEX_H

#include "publication.h"

struct search_index;
struct search_index *search_index_open(void);
void search_index_close(struct search_index *index);

/* How a text stands to its document. */
enum search_weight {
	SEARCH_BODY,  /* running text: a word counts when it stands there twice */
	SEARCH_NAMED, /* names, roles, first words: each word counts */
	SEARCH_TITLE, /* counts more */
};

/* Adds the words of `text` to the document at hand. */
void search_index_add(struct search_index *index, struct str text, enum search_weight weight);

/* Ends the document at hand, whose number is `document`; each number once. */
void search_index_end(struct search_index *index, uint32_t document);

/* Puts search/w-BEGINNING.js, and to `head` (JSON) the members "shards" and "common": the beginnings there are, and the
 * words that stand nearly everywhere and are left out. 0, or -1 with `error`. */
int search_index_put(struct search_index *index, struct buf *head, struct sink *sink, struct error *error);

#endif
