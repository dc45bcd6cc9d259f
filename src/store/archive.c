/* Opening, closing, committing. */
#include "writer.h"

#include "../base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

extern const char archive_schema[], archive_indexes[]; /* schema.sql, indexes.sql */

enum {
	APPLICATION_ID = 0x64626B31, /* "dbk1" */
	SCHEMA_VERSION = 1,
	MANY_TEXTS = 2000, /* texts without a ranking that make one worth its while */
	WAIT = 20 * 1000,  /* milliseconds for another writer */
};

/* A whole number that a pragma or query gives, or -1. */
static int64_t number_of(struct sql *sql, const char *query) {
	sqlite3_stmt *s = NULL;
	int64_t number = -1;
	if (sqlite3_prepare_v2(sql->db, query, -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
		number = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return number;
}

/* ---- opening ---- */

bool archive_is_one(const char *path) {
	static const char magic[16] = "SQLite format 3";
	char head[sizeof magic] = "";
	FILE *file = fopen(path, "rb");
	size_t read = file ? fread(head, 1, sizeof head, file) : 0;
	if (file)
		fclose(file);
	return read == sizeof head && memcmp(head, magic, sizeof head) == 0;
}

/* Words are gathered up to 8 MB before they are written. What is written by a first filling is merged once, at its end. */
static const char fts_settings[] = "INSERT INTO text_index(text_index, rank) VALUES ('hashsize', 8388608), ('automerge', 0)";

static int make_schema(struct archive *a, struct error *error) {
	if (sql_exec(&a->sql, "BEGIN IMMEDIATE", error) < 0)
		return -1;
	if (number_of(&a->sql, "SELECT count(*) FROM sqlite_master") > 0) /* another process was first */
		return sql_exec(&a->sql, "ROLLBACK", error);
	char pragmas[96];
	snprintf(pragmas, sizeof pragmas, "PRAGMA application_id = %d; PRAGMA user_version = %d", APPLICATION_ID, SCHEMA_VERSION);
	if (sql_exec(&a->sql, archive_schema, error) < 0 || sql_exec(&a->sql, pragmas, error) < 0 ||
		sql_exec(&a->sql, fts_settings, error) < 0) {
		sqlite3_exec(a->sql.db, "ROLLBACK", NULL, NULL, NULL);
		return -1;
	}
	return sql_exec(&a->sql, "COMMIT", error);
}

static int check_kind(struct archive *a, struct error *error) {
	int64_t kind = number_of(&a->sql, "PRAGMA application_id"), version = number_of(&a->sql, "PRAGMA user_version");
	if (kind < 0)
		return sql_fail(&a->sql, error);
	if (kind != APPLICATION_ID) {
		error_set(error, "%s is not an archive of daybook's", a->sql.path.at);
		return error_hint(error, "it is left as it is; name another file");
	}
	if (version > SCHEMA_VERSION) {
		error_set(error, "%s was made by a newer daybook (schema %d; this one knows %d)", a->sql.path.at, (int)version, SCHEMA_VERSION);
		return error_hint(error, "use that one");
	}
	return 0;
}

int archive_index(struct archive *a, struct error *error) {
	return sql_exec(&a->sql, archive_indexes, error);
}

/* What a filled archive has and one that is first filled does not: for that, its end was left out if it was broken off. */
static int settle(struct archive *a, struct error *error) {
	if (number_of(&a->sql, "SELECT v FROM text_index_config WHERE k = 'automerge'") == 0 &&
		sql_exec(&a->sql, "INSERT INTO text_index(text_index, rank) VALUES ('automerge', 4)", error) < 0)
		return -1;
	return archive_index(a, error) < 0 ? -1 : sql_exec(&a->sql, "PRAGMA journal_mode = WAL", error);
}

static int prepare(struct archive *a, struct error *error) {
	sqlite3_busy_timeout(a->sql.db, WAIT);
	sqlite3_extended_result_codes(a->sql.db, 1);
	if (sql_teach(&a->sql, error) < 0)
		return -1;
	if (a->access == ARCHIVE_READ)
		return check_kind(a, error) < 0 ? -1 : sql_exec(&a->sql, "PRAGMA mmap_size = 1073741824; PRAGMA query_only = 1", error);
	if (sql_exec(&a->sql, "PRAGMA page_size = 8192", error) < 0)
		return -1;
	int64_t things = number_of(&a->sql, "SELECT count(*) FROM sqlite_master");
	if (things < 0)
		return sql_fail(&a->sql, error);
	if (things > 0 && check_kind(a, error) < 0)
		return -1;
	if (sql_exec(&a->sql, "PRAGMA secure_delete = 0; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -49152", error) < 0)
		return -1;
	/* New pages need no journal, so the first filling of an archive goes without WAL, which would write all twice. */
	return things > 0 ? settle(a, error) : make_schema(a, error);
}

struct archive *archive_open(const char *path, enum archive_access access, struct error *error) {
	struct stat about;
	if (stat(path, &about) < 0 && access == ARCHIVE_READ) {
		error_set(error, "there is no archive %s", path);
		error_hint(error, "daybook add FILE… --to %s makes one", path);
		return NULL;
	}
	struct archive *a = memory_get(sizeof *a);
	*a = (struct archive){.access = access};
	sql_start();
	a->sql.path = str_from(path);
	/* A reader must be able to roll back what a killed writer left; where the file may not be written, SQLite opens it to read. */
	int flags = SQLITE_OPEN_READWRITE | (access == ARCHIVE_READ ? 0 : SQLITE_OPEN_CREATE);
	if (sqlite3_open_v2(path, &a->sql.db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		sql_fail(&a->sql, error);
	else if (prepare(a, error) == 0)
		return a;
	archive_close(a);
	return NULL;
}

void archive_close(struct archive *a) {
	if (!a)
		return;
	identity_forget(&a->identity);
	ranking_close(a->ranking);
	word_counter_close(a->counter);
	sql_close(&a->sql);
	free(a);
}

/* ---- writing ---- */

int archive_begin(struct archive *a, struct error *error) {
	if (!a->ranking)
		a->ranking = ranking_open();
	if (!a->counter && !(a->counter = word_counter_open()))
		return error_set(error, "SQLite has no FTS5 here");
	if (a->putting)
		return 0;
	if (sql_exec(&a->sql, "BEGIN IMMEDIATE", error) < 0)
		return -1;
	a->putting = true;
	return 0;
}

int archive_roll_back(struct archive *a) {
	sqlite3_exec(a->sql.db, "ROLLBACK", NULL, NULL, NULL);
	a->putting = false;
	identity_forget(&a->identity);
	ranking_close(a->ranking);
	a->ranking = NULL;
	return -1;
}

int archive_commit(struct archive *a, struct error *error) {
	if (!a->putting)
		return 0;
	if (ranking_is_large(a->ranking) && rank_tail(a, error) < 0)
		return archive_roll_back(a);
	if (sql_exec(&a->sql, "COMMIT", error) < 0)
		return archive_roll_back(a);
	a->putting = false;
	return 0;
}

int archive_finish(struct archive *a, struct error *error) {
	if (!a->ranking || archive_begin(a, error) < 0)
		return a->ranking ? -1 : 0;
	int64_t ranked = number_of(&a->sql, "SELECT coalesce(max(last), 0) FROM ranked_texts");
	int64_t last = number_of(&a->sql, "SELECT coalesce(max(id), 0) FROM texts");
	if (last - ranked >= MANY_TEXTS && (rank_tail(a, error) < 0 || sql_exec(&a->sql, "INSERT INTO text_index(text_index) VALUES ('optimize')", error) < 0))
		return archive_roll_back(a);
	if (archive_commit(a, error) < 0)
		return -1;
	return settle(a, error) < 0 ? -1 : sql_exec(&a->sql, "PRAGMA wal_checkpoint(PASSIVE)", error);
}
