/* Ranking the texts that no ranking covers yet. */
#include "writer.h"

/* Counts the texts [from, to) again, of earlier runs, into a ranking before those of this run. */
static int count_again(struct archive *a, struct ranking *ranking, int64_t from, int64_t to, struct error *error) {
	sqlite3_stmt *s = sql_statement(&a->sql, "SELECT id, title, body FROM text_bodies WHERE id >= ?1 AND id < ?2 ORDER BY id");
	if (!s)
		return sql_fail(&a->sql, error);
	sql_bind(s, "ii", from, to);
	struct arena arena;
	arena_init(&arena);
	int code;
	while ((code = sqlite3_step(s)) == SQLITE_ROW) {
		struct text_words words = word_counter_count(a->counter, sql_str(s, 1), sql_str(s, 2), &arena);
		ranking_add(ranking, sqlite3_column_int64(s, 0), &words);
		arena_reset(&arena);
	}
	arena_release(&arena);
	sqlite3_reset(s);
	return code == SQLITE_DONE ? 0 : sql_fail(&a->sql, error);
}

static int64_t first_unranked(struct archive *a) {
	sqlite3_stmt *s = sql_statement(&a->sql, "SELECT coalesce(max(last), 0) + 1 FROM ranked_texts");
	int64_t first = s && sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 1;
	sqlite3_reset(s);
	return first;
}

int rank_tail(struct archive *a, struct error *error) {
	int64_t from = first_unranked(a), here = ranking_first(a->ranking);
	sqlite3_stmt *s = sql_statement(&a->sql, "SELECT 1 FROM texts WHERE id >= ?1 AND id < ?2 LIMIT 1");
	if (!s)
		return sql_fail(&a->sql, error);
	sql_bind(s, "ii", from, here ? here : INT64_MAX);
	bool earlier = sqlite3_step(s) == SQLITE_ROW;
	sqlite3_reset(s);
	if (!earlier)
		return ranking_write(a->ranking, &a->sql, error);
	/* ids of a ranking rise, so all are counted again */
	ranking_close(a->ranking);
	a->ranking = ranking_open();
	return count_again(a, a->ranking, from, INT64_MAX, error) < 0 ? -1 : ranking_write(a->ranking, &a->sql, error);
}
