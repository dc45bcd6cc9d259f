#include "doctor.h"

#include "../base/hash.h"
#include "writer.h"

#include <stdio.h>

struct examining {
	struct archive *archive;
	doctor_found_fn *found;
	void *user;
	int count;
};

static const char broken_file[] = "the file is damaged; take it from a backup, or add the sources to a new archive";
static const char broken_index[] = "daybook doctor --repair makes it again";
static const char broken_rows[] = "add the document again to a new archive, and tell daybook's makers how it came";

static void note(struct examining *e, const char *what, const char *advice) {
	e->count++;
	e->found(e->user, what, advice);
}

/* ---- the file ---- */

static void examine_pages(struct examining *e) {
	sqlite3_stmt *s = sql_statement(&e->archive->sql, "PRAGMA integrity_check(20)");
	char text[512];
	int code = SQLITE_ERROR;
	while (s && (code = sqlite3_step(s)) == SQLITE_ROW) {
		struct str line = sql_str(s, 0);
		if (str_equal(line, STR("ok")))
			continue;
		snprintf(text, sizeof text, "%.*s", (int)line.len, line.at);
		note(e, text, broken_file);
	}
	if (code != SQLITE_DONE)
		note(e, sqlite3_errmsg(e->archive->sql.db), broken_file);
	sqlite3_reset(s);
}

static void examine_references(struct examining *e) {
	sqlite3_stmt *s = sql_statement(&e->archive->sql, "SELECT \"table\", count(*), parent FROM pragma_foreign_key_check GROUP BY 1, 3");
	char text[256];
	while (s && sqlite3_step(s) == SQLITE_ROW) {
		snprintf(text, sizeof text, "%lld rows of %s refer to rows of %s that are not there", (long long)sqlite3_column_int64(s, 1),
			(const char *)sqlite3_column_text(s, 0), (const char *)sqlite3_column_text(s, 2));
		note(e, text, broken_rows);
	}
	sqlite3_reset(s);
}

/* ---- the documents ---- */

static void examine_documents(struct examining *e) {
	sqlite3_stmt *s = sql_statement(&e->archive->sql, "SELECT id, name, sha256, coalesce(original, text) FROM documents");
	char text[512], digest[65];
	int code = SQLITE_ERROR;
	while (s && (code = sqlite3_step(s)) == SQLITE_ROW) {
		struct str bytes = str_of(sqlite3_column_blob(s, 3), (size_t)sqlite3_column_bytes(s, 3));
		hash_sha256(bytes.at ? bytes : STR(""), digest);
		if (str_equal(sql_str(s, 2), str_from(digest)))
			continue;
		snprintf(text, sizeof text, "document %lld (%s) is not the bytes that were added", (long long)sqlite3_column_int64(s, 0),
			(const char *)sqlite3_column_text(s, 1));
		note(e, text, broken_file);
	}
	if (code != SQLITE_DONE)
		note(e, sqlite3_errmsg(e->archive->sql.db), broken_file);
	sqlite3_reset(s);
}

/* ---- what is stated ---- */

/* A query that counts what must not be. */
struct rule {
	const char *what, *query, *advice;
};

static const struct rule rules[] = {
	{"statements lie outside their document's text",
		"SELECT count(*) FROM spans s JOIN documents d ON d.id = s.document WHERE s.begin_at < 0 OR s.end_at < s.begin_at OR "
		"s.end_at > length(CAST(d.text AS BLOB))", broken_rows},
	{"events have no listing", "SELECT count(*) FROM events WHERE listing IS NULL OR listing NOT IN (SELECT id FROM listings)", broken_rows},
	{"events count their listings wrongly",
		"SELECT count(*) FROM events e WHERE listings <> (SELECT count(*) FROM listings l WHERE l.event = e.id)", broken_rows},
	{"documents that were replaced still state something",
		"SELECT count(*) FROM spans WHERE document IN (SELECT id FROM documents WHERE replaced = 1)", broken_rows},
	{"documents that stand have no issue", "SELECT count(*) FROM documents WHERE replaced = 0 AND id NOT IN (SELECT id FROM issues)", broken_rows},
	{"indexes are missing", "SELECT (SELECT count(*) FROM sqlite_master WHERE type = 'index' AND name = 'named_by_entity') = 0", broken_index},
	{"texts are missing in the index of words", "SELECT (SELECT count(*) FROM texts) <> (SELECT count(*) FROM text_index_docsize)", broken_index},
	{"rankings overlap", "SELECT count(*) FROM ranked_texts a JOIN ranked_texts b ON a.first < b.first AND b.first <= a.last", broken_index},
};

static void examine_rule(struct examining *e, const struct rule *rule) {
	sqlite3_stmt *s = sql_statement(&e->archive->sql, rule->query);
	char text[512];
	if (!s || sqlite3_step(s) != SQLITE_ROW) {
		snprintf(text, sizeof text, "cannot tell whether %s: %s", rule->what, sqlite3_errmsg(e->archive->sql.db));
		note(e, text, broken_file);
	} else if (sqlite3_column_int64(s, 0) > 0) {
		snprintf(text, sizeof text, "%s (%lld)", rule->what, (long long)sqlite3_column_int64(s, 0));
		note(e, text, rule->advice);
	}
	sqlite3_reset(s);
}

static void examine_words(struct examining *e) {
	if (sqlite3_exec(e->archive->sql.db, "INSERT INTO text_index(text_index, rank) VALUES ('integrity-check', 1)", NULL, NULL, NULL) != SQLITE_OK)
		note(e, "the index of words does not agree with the texts", broken_index);
}

int archive_examine(struct archive *a, doctor_found_fn *found, void *user, struct error *error) {
	struct examining e = {.archive = a, .found = found, .user = user};
	if (sqlite3_db_readonly(a->sql.db, "main") == 1)
		return error_set(error, "%s can only be read, and the index of words cannot be looked at so", a->sql.path.at);
	examine_pages(&e);
	if (e.count)
		return e.count; /* what follows would say nothing of its own */
	examine_references(&e);
	examine_documents(&e);
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		examine_rule(&e, &rules[i]);
	examine_words(&e);
	return e.count;
}

int archive_repair(struct archive *a, struct error *error) {
	if (archive_begin(a, error) < 0)
		return -1;
	if (archive_index(a, error) < 0 || sql_exec(&a->sql, "INSERT INTO text_index(text_index) VALUES ('rebuild'); DELETE FROM ranked_words; "
			"DELETE FROM ranked_texts", error) < 0 || rank_tail(a, error) < 0)
		return archive_roll_back(a);
	return archive_commit(a, error);
}
