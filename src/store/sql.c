#include "sql.h"

#include "../know/name_key.h"
#include "rows.h"
#include "tokenizer.h"

#include <assert.h>
#include <pthread.h>
#include <stdarg.h>

static const char *what_to_do(int code) {
	switch (code) {
	case SQLITE_FULL:
		return "make room on the disk and run it again; what was reported as added is kept";
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return "another daybook is writing to it; run this again when that one is done";
	case SQLITE_READONLY:
	case SQLITE_CANTOPEN:
		return "look at the permissions of the file and of its folder, which must be writable too";
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return "daybook doctor says what is broken; the sources can be added to a new archive";
	case SQLITE_IOERR:
		return "the disk refuses; see the system's log";
	default:
		return NULL;
	}
}

/* Counting the bytes in use, which nobody asks for, makes each allocation wait for a lock of all threads. */
static void configure(void) {
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* refused where the program uses SQLite already: so be it */
}

void sql_start(void) {
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, configure);
}

int sql_fail(const struct sql *sql, struct error *error) {
	int code = sqlite3_errcode(sql->db) & 0xFF;
	error_set(error, "%.*s: %s", (int)sql->path.len, sql->path.at, sqlite3_errmsg(sql->db));
	const char *hint = what_to_do(code);
	if (hint)
		error_hint(error, "%s", hint);
	return -1;
}

int sql_exec(struct sql *sql, const char *text, struct error *error) {
	return sqlite3_exec(sql->db, text, NULL, NULL, NULL) == SQLITE_OK ? 0 : sql_fail(sql, error);
}

sqlite3_stmt *sql_statement(struct sql *sql, const char *text) {
	int at = 0;
	while (at < sql->count && sql->statements[at].text != text)
		at++;
	assert(at < SQL_STATEMENTS);
	struct sql_statement *s = &sql->statements[at];
	if (at == sql->count) {
		*s = (struct sql_statement){.text = text};
		if (sqlite3_prepare_v3(sql->db, text, -1, SQLITE_PREPARE_PERSISTENT, &s->prepared, NULL) != SQLITE_OK)
			return NULL;
		sql->count++;
	}
	sqlite3_reset(s->prepared);
	return s->prepared;
}

static struct sql_value value_of(struct str s) {
	return s.at ? (struct sql_value){s.at, (int64_t)s.len} : (struct sql_value){NULL, SQL_NULL};
}

static struct sql_value number_value(int64_t number, bool none) {
	return (struct sql_value){NULL, none ? SQL_NULL : number};
}

static uint32_t span_values(struct sql_value *out, struct span span) {
	bool none = span_empty(span);
	out[0] = number_value(span.begin, none);
	out[1] = number_value(span.end, none);
	return 2;
}

uint32_t sql_values(struct sql_value out[SQL_VALUES], const char *types, va_list values) {
	uint32_t count = 0;
	for (; *types; types++) {
		assert(count + 2 <= SQL_VALUES);
		int64_t number;
		switch (*types) {
		case 's':
			out[count++] = value_of(va_arg(values, struct str));
			break;
		case 'z':
			out[count++] = value_of(str_from(va_arg(values, const char *)));
			break;
		case 'p':
			count += span_values(out + count, va_arg(values, struct span));
			break;
		case 'n':
			out[count++] = value_of(STR_NULL);
			break;
		default:
			assert(*types == 'i' || *types == '?' || *types == 'm');
			number = va_arg(values, int64_t);
			out[count++] = number_value(number, *types == '?' && number < 0);
		}
	}
	return count;
}

static void bind_all(sqlite3_stmt *statement, const char *types, va_list arguments) {
	struct sql_value values[SQL_VALUES];
	uint32_t count = sql_values(values, types, arguments);
	for (uint32_t i = 0; i < count; i++) {
		if (values[i].text)
			sqlite3_bind_text(statement, (int)i + 1, values[i].text, (int)values[i].number, SQLITE_STATIC);
		else if (values[i].number != SQL_NULL)
			sqlite3_bind_int64(statement, (int)i + 1, values[i].number);
		else
			sqlite3_bind_null(statement, (int)i + 1);
	}
}

void sql_bind(sqlite3_stmt *statement, const char *types, ...) {
	va_list values;
	va_start(values, types);
	bind_all(statement, types, values);
	va_end(values);
}

int sql_run(struct sql *sql, struct error *error, const char *text, const char *types, ...) {
	sqlite3_stmt *statement = sql_statement(sql, text);
	if (!statement)
		return sql_fail(sql, error);
	va_list values;
	va_start(values, types);
	bind_all(statement, types, values);
	va_end(values);
	int code = sqlite3_step(statement);
	int result = code == SQLITE_DONE || code == SQLITE_ROW ? 0 : sql_fail(sql, error);
	sqlite3_reset(statement);
	return result;
}

void sql_quote(struct buf *out, struct str s) {
	buf_byte(out, '\'');
	for (size_t i = 0; i < s.len; i++) {
		if (s.at[i] == '\'')
			buf_byte(out, '\'');
		if (s.at[i])
			buf_byte(out, s.at[i]);
	}
	buf_byte(out, '\'');
}

struct str sql_str(sqlite3_stmt *statement, int column) {
	const char *at = (const char *)sqlite3_column_text(statement, column);
	return at ? str_of(at, (size_t)sqlite3_column_bytes(statement, column)) : STR_NULL;
}

static void name_key_of(sqlite3_context *context, int count, sqlite3_value **values) {
	char key[NAME_KEY];
	const char *name = (const char *)sqlite3_value_text(values[0]);
	if (count == 1 && name)
		sqlite3_result_text(context, key, (int)name_key(str_of(name, (size_t)sqlite3_value_bytes(values[0])), key), SQLITE_TRANSIENT);
}

int sql_teach(struct sql *sql, struct error *error) {
	int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
	tokenizer_quicken(sql->db); /* where it cannot be, SQLite's own does */
	return sqlite3_create_function_v2(sql->db, "name_key", 1, flags, NULL, name_key_of, NULL, NULL, NULL) == SQLITE_OK &&
		rows_teach(sql->db) == SQLITE_OK ? 0 : sql_fail(sql, error);
}

void sql_close(struct sql *sql) {
	for (int i = 0; i < sql->count; i++)
		sqlite3_finalize(sql->statements[i].prepared);
	sqlite3_close(sql->db);
	*sql = (struct sql){0};
}
