/* Which documents an archive has. */
#include "writer.h"

#include "../base/hash.h"

#include <stdlib.h>

void archive_digest(struct str bytes, char out[65]) {
	hash_sha256(bytes, out);
}

bool archive_has(struct archive *a, const char *sha256) {
	sqlite3_stmt *s = sql_statement(&a->sql, "SELECT 1 FROM documents WHERE sha256 = ?1 AND replaced = 0");
	if (!s)
		return false;
	sql_bind(s, "z", sha256);
	bool found = sqlite3_step(s) == SQLITE_ROW;
	sqlite3_reset(s);
	return found;
}

/* Eight bytes of each digest, sorted. */
struct digests {
	uint64_t *at;
	size_t count, room;
};

static uint64_t head_of(const char *sha256) {
	char head[17];
	memcpy(head, sha256, 16);
	head[16] = '\0';
	return strtoull(head, NULL, 16);
}

static int by_number(const void *a, const void *b) {
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

struct digests *archive_digests(struct archive *a, struct error *error) {
	sqlite3_stmt *s = sql_statement(&a->sql, "SELECT sha256 FROM documents WHERE replaced = 0");
	if (!s) {
		sql_fail(&a->sql, error);
		return NULL;
	}
	struct digests *d = memory_get(sizeof *d);
	*d = (struct digests){0};
	while (sqlite3_step(s) == SQLITE_ROW) {
		struct str digest = sql_str(s, 0);
		if (d->count == d->room) {
			d->room = d->room * 2 + 1024;
			d->at = memory_grow(d->at, d->room * sizeof *d->at);
		}
		if (digest.len == 64)
			d->at[d->count++] = head_of(digest.at);
	}
	sqlite3_reset(s);
	if (d->count)
		qsort(d->at, d->count, sizeof *d->at, by_number);
	return d;
}

bool digests_have(const struct digests *d, const char *sha256) {
	uint64_t head = head_of(sha256);
	return d->count && bsearch(&head, d->at, d->count, sizeof *d->at, by_number);
}

void digests_free(struct digests *d) {
	if (!d)
		return;
	free(d->at);
	free(d);
}
