/* fts DATABASE FILE...: indexes whole files with bare FTS5, nothing else: what adding to an archive is measured against. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

static void must(sqlite3 *db, int code) {
	if (code == SQLITE_OK || code == SQLITE_DONE)
		return;
	fprintf(stderr, "%s\n", sqlite3_errmsg(db));
	exit(2);
}

static long read_file(const char *path, char **bytes, long *room) {
	FILE *file = fopen(path, "rb");
	long len = -1;
	if (!file)
		return -1;
	if (fseek(file, 0, SEEK_END) == 0 && (len = ftell(file)) >= 0 && fseek(file, 0, SEEK_SET) == 0) {
		if (len > *room)
			*bytes = realloc(*bytes, (size_t)(*room = len * 2));
		len = *bytes ? (long)fread(*bytes, 1, (size_t)len, file) : -1;
	}
	fclose(file);
	return len;
}

int main(int argc, char **argv) {
	sqlite3 *db;
	sqlite3_stmt *document, *index;
	char *bytes = NULL;
	long room = 0;
	if (argc < 3)
		return 2;
	remove(argv[1]);
	must(NULL, sqlite3_open(argv[1], &db));
	must(db, sqlite3_exec(db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; CREATE TABLE document(id INTEGER PRIMARY KEY, body TEXT); "
		"CREATE VIRTUAL TABLE words USING fts5(body, content = 'document', content_rowid = 'id'); BEGIN", NULL, NULL, NULL));
	must(db, sqlite3_prepare_v2(db, "INSERT INTO document(id, body) VALUES (?, ?)", -1, &document, NULL));
	must(db, sqlite3_prepare_v2(db, "INSERT INTO words(rowid, body) VALUES (?, ?)", -1, &index, NULL));
	for (int i = 2; i < argc; i++) {
		long len = read_file(argv[i], &bytes, &room);
		sqlite3_stmt *const both[] = {document, index};
		for (int k = 0; len >= 0 && k < 2; k++) {
			sqlite3_bind_int(both[k], 1, i);
			sqlite3_bind_text(both[k], 2, bytes, (int)len, SQLITE_STATIC);
			sqlite3_step(both[k]);
			must(db, sqlite3_reset(both[k]));
		}
	}
	must(db, sqlite3_exec(db, "COMMIT; INSERT INTO words(words) VALUES ('optimize')", NULL, NULL, NULL));
	sqlite3_finalize(document);
	sqlite3_finalize(index);
	sqlite3_close(db);
	free(bytes);
	return 0;
}
