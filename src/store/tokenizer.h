/* The words of a text as FTS5's own tokenizer has them, sooner. */
#ifndef DAYBOOK_TOKENIZER_H
#define DAYBOOK_TOKENIZER_H

#include <sqlite3.h>

/* FTS5's functions on this connection, or NULL where SQLite is without it. */
fts5_api *fts5_of(sqlite3 *db);

/* Puts a tokenizer in the place of the connection's unicode61 that gives the same words: it finds those of ASCII itself, and
 * asks unicode61 for those with other letters. To be called before the first table of FTS5 is used. 0, or -1. */
int tokenizer_quicken(sqlite3 *db);

#endif
