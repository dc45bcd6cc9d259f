#include "rows.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>

static const char pointer_type[] = "daybook rows";

void rows_add(struct rows *rows, const char *types, ...) {
	struct sql_value values[SQL_VALUES];
	va_list arguments;
	va_start(arguments, types);
	uint32_t count = sql_values(values, types, arguments);
	va_end(arguments);
	assert(count <= ROWS_COLUMNS && (rows->columns == 0 || rows->columns == count));
	rows->columns = count;
	array_reserve(rows->arena, &rows->values, rows->values.count + count);
	memcpy(rows->values.at + rows->values.count, values, count * sizeof *values);
	rows->values.count += count;
}

int rows_insert(const struct rows *rows, struct sql *sql, const char *text, struct error *error) {
	if (rows->values.count == 0)
		return 0;
	sqlite3_stmt *s = sql_statement(sql, text);
	if (!s)
		return sql_fail(sql, error);
	sqlite3_bind_pointer(s, 1, (void *)(uintptr_t)rows, pointer_type, NULL);
	int code = sqlite3_step(s);
	int result = code == SQLITE_DONE ? 0 : sql_fail(sql, error);
	sqlite3_reset(s);
	return result;
}

/* ---- the table, as SQLite wants it ---- */

struct cursor {
	sqlite3_vtab_cursor base;
	const struct rows *rows;
	uint32_t at; /* the row's first value */
};

static int connect(sqlite3 *db, void *user, int count, const char *const *arguments, sqlite3_vtab **table, char **trouble) {
	(void)user, (void)count, (void)arguments, (void)trouble;
	int code = sqlite3_declare_vtab(db, "CREATE TABLE given(a, b, c, d, e, f, g, h, i, j, k, l, rows HIDDEN)");
	*table = memory_get(sizeof **table);
	memset(*table, 0, sizeof **table);
	return code;
}

static int disconnect(sqlite3_vtab *table) {
	free(table);
	return SQLITE_OK;
}

/* There is one way to read it: with the rows given. */
static int plan(sqlite3_vtab *table, sqlite3_index_info *info) {
	(void)table;
	for (int i = 0; i < info->nConstraint; i++) {
		if (info->aConstraint[i].iColumn != ROWS_COLUMNS || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ || !info->aConstraint[i].usable)
			continue;
		info->aConstraintUsage[i].argvIndex = 1;
		info->aConstraintUsage[i].omit = 1;
		info->estimatedCost = 1;
		return SQLITE_OK;
	}
	return SQLITE_CONSTRAINT;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **out) {
	(void)table;
	struct cursor *cursor = memory_get(sizeof *cursor);
	*cursor = (struct cursor){0};
	*out = &cursor->base;
	return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *cursor) {
	free(cursor);
	return SQLITE_OK;
}

static int filter(sqlite3_vtab_cursor *base, int number, const char *text, int count, sqlite3_value **values) {
	(void)number, (void)text;
	struct cursor *cursor = (struct cursor *)base;
	cursor->rows = count ? sqlite3_value_pointer(values[0], pointer_type) : NULL;
	cursor->at = 0;
	return SQLITE_OK;
}

static int next(sqlite3_vtab_cursor *base) {
	struct cursor *cursor = (struct cursor *)base;
	cursor->at += cursor->rows->columns;
	return SQLITE_OK;
}

static int eof(sqlite3_vtab_cursor *base) {
	const struct cursor *cursor = (const struct cursor *)base;
	return !cursor->rows || cursor->at >= cursor->rows->values.count;
}

static int column(sqlite3_vtab_cursor *base, sqlite3_context *context, int index) {
	const struct cursor *cursor = (const struct cursor *)base;
	if ((uint32_t)index >= cursor->rows->columns)
		return SQLITE_OK; /* NULL */
	const struct sql_value *value = &cursor->rows->values.at[cursor->at + (uint32_t)index];
	if (value->text)
		sqlite3_result_text(context, value->text, (int)value->number, SQLITE_STATIC);
	else if (value->number != SQL_NULL)
		sqlite3_result_int64(context, value->number);
	return SQLITE_OK;
}

static int row_id(sqlite3_vtab_cursor *base, sqlite3_int64 *id) {
	*id = ((const struct cursor *)base)->at;
	return SQLITE_OK;
}

int rows_teach(sqlite3 *db) {
	static const sqlite3_module module = {.xConnect = connect, .xBestIndex = plan, .xDisconnect = disconnect, .xOpen = open_cursor,
		.xClose = close_cursor, .xFilter = filter, .xNext = next, .xEof = eof, .xColumn = column, .xRowid = row_id};
	return sqlite3_create_module(db, "given", &module, NULL);
}
