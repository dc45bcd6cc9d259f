/* The part of a text that shows best what was sought: FTS5's snippet(), in linear time. */
#ifndef DAYBOOK_EXCERPT_H
#define DAYBOOK_EXCERPT_H

#include <sqlite3.h>

/* Teaches FTS5 text_excerpt(text_index), which gives what snippet(text_index, 1, char(1), char(2), '…', 28) does: the 28 words
 * of the body that hold most of the query's phrases, best from the beginning of a sentence. snippet() looks at all matches for each of them,
 * which for a frequent word in a long text takes longer than finding it. SQLite's result. */
int excerpt_teach(fts5_api *api);

#endif
