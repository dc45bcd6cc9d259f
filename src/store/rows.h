/* Rows in memory, which SQL reads as a table: what a document has of one kind goes into its table with one statement, at a
 * third of what a statement for each row takes. */
#ifndef DAYBOOK_ROWS_H
#define DAYBOOK_ROWS_H

#include "../base/memory.h"
#include "sql.h"

/* Rows of one kind; they live in `arena`. Their strings are borrowed. */
struct rows {
	struct arena *arena;
	uint32_t columns; /* of each */
	array_of(struct sql_value) values;
};

/* Adds a row; `types` as for sql_bind, at most ROWS_COLUMNS values, of all rows as many. */
enum { ROWS_COLUMNS = 12 };
void rows_add(struct rows *rows, const char *types, ...);

/* Runs `text`, which reads them from the table given(?1), whose columns are a, b, c, …: "INSERT OR FAIL INTO t SELECT a, b FROM
 * given(?1)". OR FAIL, since for a statement that can be undone by itself FTS5 would write what it holds. 0, or -1 with `error`. */
int rows_insert(const struct rows *rows, struct sql *sql, const char *text, struct error *error);

/* Teaches the connection the table. SQLite's result. */
int rows_teach(sqlite3 *db);

#endif
