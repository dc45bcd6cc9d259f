/* SQLite behind one door for the files of this room: a connection with its statements, prepared once. */
#ifndef DAYBOOK_SQL_H
#define DAYBOOK_SQL_H

#include "../base/buf.h"
#include "../base/error.h"

#include <sqlite3.h>
#include <stdarg.h>

/* A statement's text and, once it was used, the statement. Statements are known by the address of their text. */
struct sql_statement {
	const char *text;
	sqlite3_stmt *prepared;
};

enum { SQL_STATEMENTS = 96 };

struct sql {
	sqlite3 *db;
	struct str path;
	struct sql_statement statements[SQL_STATEMENTS];
	int count;
};

/* To be called before the first connection; safe in threads. */
void sql_start(void);

/* Fills `error` with what SQLite says, in words of ours, and what to do about it; returns -1. */
int sql_fail(const struct sql *sql, struct error *error);

/* Runs statements without parameters or rows. 0, or -1 with `error`. */
int sql_exec(struct sql *sql, const char *text, struct error *error);

/* The statement of `text`, a string that lives as long as the program, reset and without bindings; NULL when SQLite
 * refuses it. */
sqlite3_stmt *sql_statement(struct sql *sql, const char *text);

/* A value on its way in: a text of `number` bytes, or a number, which is NULL where it is SQL_NULL. */
struct sql_value {
	const char *text;
	int64_t number;
};
#define SQL_NULL INT64_MIN
enum { SQL_VALUES = 40 };

/* The values that `types` says of, as sql_bind; how many. */
uint32_t sql_values(struct sql_value out[SQL_VALUES], const char *types, va_list values);

/* Binds values to the parameters from 1 on, by the letters of `types`: s a struct str (null: NULL), z a C string (NULL: NULL),
 * i an int64_t, ? an int64_t that is NULL where negative, m one that is NULL where INT64_MIN, p a struct span as two parameters (NULLs where empty), n NULL.
 * Strings are borrowed until the statement is reset. */
void sql_bind(sqlite3_stmt *statement, const char *types, ...);

/* Binds as sql_bind and runs a statement that gives no rows. 0, or -1 with `error`. */
int sql_run(struct sql *sql, struct error *error, const char *text, const char *types, ...);

/* Adds `s` as an SQL string literal. */
void sql_quote(struct buf *out, struct str s);

/* A column as a str, null where NULL; valid until the next step. */
struct str sql_str(sqlite3_stmt *statement, int column);

/* Teaches the connection name_key(text) (know/name_key.h), a quicker tokenizer (tokenizer.h), and
 * given(…) (rows.h). 0, or -1 with `error`. */
int sql_teach(struct sql *sql, struct error *error);

/* Closes the statements and the connection. */
void sql_close(struct sql *sql);

#endif
