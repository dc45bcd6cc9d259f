#include "document.h"

#include "writer.h"

int archive_document(struct archive *a, int64_t id, struct arena *arena, struct archived_document *document, struct error *error) {
	sqlite3_stmt *s = sql_statement(&a->sql, "SELECT d.name, d.origin, d.url, d.media_type, CASE WHEN i.date_given THEN i.date END, "
		"coalesce(d.original, d.text) FROM documents d LEFT JOIN issues i ON i.id = d.id WHERE d.id = ?1");
	if (!s)
		return sql_fail(&a->sql, error);
	sql_bind(s, "i", id);
	int code = sqlite3_step(s);
	if (code == SQLITE_ROW) {
		struct str bytes = str_of(sqlite3_column_blob(s, 5), (size_t)sqlite3_column_bytes(s, 5));
		*document = (struct archived_document){.id = id, .name = arena_copy(arena, sql_str(s, 0)), .origin = arena_copy(arena, sql_str(s, 1)),
			.url = arena_copy(arena, sql_str(s, 2)), .media_type = arena_copy(arena, sql_str(s, 3)), .date = arena_copy(arena, sql_str(s, 4)),
			.bytes = arena_copy(arena, bytes.at ? bytes : STR(""))};
	}
	sqlite3_reset(s);
	if (code == SQLITE_DONE)
		return error_set(error, "%s has no document %lld", a->sql.path.at, (long long)id);
	return code == SQLITE_ROW ? 0 : sql_fail(&a->sql, error);
}

int archive_documents(struct archive *a, struct str since, struct str until, struct arena *arena, struct document_list *list,
	struct error *error) {
	*list = (struct document_list){0};
	sqlite3_stmt *s = sql_statement(&a->sql, "SELECT id FROM documents WHERE replaced = 0 AND (?1 IS NULL OR date >= ?1) AND "
		"(?2 IS NULL OR date <= ?2) ORDER BY date IS NULL, date, id");
	if (!s)
		return sql_fail(&a->sql, error);
	sql_bind(s, "ss", since, until);
	int code;
	while ((code = sqlite3_step(s)) == SQLITE_ROW)
		*array_push(arena, &list->ids) = sqlite3_column_int64(s, 0);
	sqlite3_reset(s);
	return code == SQLITE_DONE ? 0 : sql_fail(&a->sql, error);
}

static int read_listing(struct archive *a, sqlite3_stmt *s, struct arena *arena, struct archived_listing *out, struct error *error) {
	int code = sqlite3_step(s);
	if (code == SQLITE_ROW)
		*out = (struct archived_listing){sqlite3_column_int64(s, 0), {(uint32_t)sqlite3_column_int64(s, 1), (uint32_t)sqlite3_column_int64(s, 2)},
			arena_copy(arena, sql_str(s, 3)), (uint32_t)sqlite3_column_int64(s, 4)};
	sqlite3_reset(s);
	return code == SQLITE_ROW ? 0 : code == SQLITE_DONE ? error_set(error, "there is no such listing") : sql_fail(&a->sql, error);
}

#define LISTING "SELECT l.document, l.begin_at, l.end_at, e.uid, e.sequence FROM listings l JOIN events e ON e.id = l.event WHERE "

int archive_listing(struct archive *a, int64_t listing, struct arena *arena, struct archived_listing *out, struct error *error) {
	sqlite3_stmt *s = sql_statement(&a->sql, LISTING "l.id = ?1");
	if (!s)
		return sql_fail(&a->sql, error);
	sql_bind(s, "i", listing);
	return read_listing(a, s, arena, out, error);
}

int archive_listing_at(struct archive *a, int64_t document, uint32_t begin, struct arena *arena, struct archived_listing *out,
	struct error *error) {
	sqlite3_stmt *s = sql_statement(&a->sql, LISTING "l.document = ?1 AND l.begin_at = ?2");
	if (!s)
		return sql_fail(&a->sql, error);
	sql_bind(s, "ii", document, (int64_t)begin);
	return read_listing(a, s, arena, out, error);
}
