#include "search.h"

#include "../base/utf8.h"
#include "../know/name_key.h"
#include "excerpt.h"
#include "query.h"
#include "sentence.h"
#include "tokenizer.h"
#include "writer.h"

#include <math.h>
#include <stdlib.h>

/* One text that matches, while the best are sought. */
struct found {
	int64_t text;
	double score;
};

struct searching {
	struct archive *archive;
	const struct search *search;
	struct query query;
	struct arena *arena;
	struct error *error;
	array_of(struct found) found;
	struct buf conditions; /* SQL behind MATCH */
	double weights[QUERY_PHRASES];
};

/* ---- the score of a match: an auxiliary function of FTS5 ---- */

/* text_score(text_index, weight of phrase 0, of phrase 1, …): the sum of the phrases' scores. */
static void text_score(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *context, int weights, sqlite3_value **weight) {
	int instances = 0, length = 0, counts[QUERY_PHRASES] = {0};
	if (api->xInstCount(fts, &instances) != SQLITE_OK || api->xColumnSize(fts, 1, &length) != SQLITE_OK) {
		sqlite3_result_error(context, "no score", -1);
		return;
	}
	for (int i = 0; i < instances; i++) {
		int phrase, column, offset;
		if (api->xInst(fts, i, &phrase, &column, &offset) == SQLITE_OK && phrase < QUERY_PHRASES)
			counts[phrase] += column == 0 ? 3 : 1;
	}
	double score = 0;
	for (int i = 0; i < weights && i < QUERY_PHRASES; i++)
		if (counts[i])
			score += sqlite3_value_double(weight[i]) * ranking_score(counts[i], length);
	sqlite3_result_double(context, floor(score * RANKING_SCALE) / RANKING_SCALE);
}

static int search_prepare(struct sql *sql, struct error *error) {
	fts5_api *api = fts5_of(sql->db);
	if (!api || api->xCreateFunction(api, "text_score", NULL, text_score, NULL) != SQLITE_OK || excerpt_teach(api) != SQLITE_OK)
		return error_set(error, "SQLite has no FTS5 here");
	return 0;
}

/* ---- conditions ---- */

static void compare(struct searching *s, const char *what, struct str value) {
	if (!value.at)
		return;
	buf_format(&s->conditions, " AND %s ", what);
	sql_quote(&s->conditions, value);
}

/* A name that the text must hold: that of one of the entities called so. */
static void name_it(struct searching *s, struct str name, const char *types) {
	char key[NAME_KEY];
	if (!name.at)
		return;
	struct buf who = {0};
	buf_format(&who, "(SELECT entity FROM entity_names n JOIN entities e ON e.id = n.entity WHERE e.type IN (%s) AND n.key = ", types);
	sql_quote(&who, str_of(key, name_key(name, key)));
	buf_byte(&who, ')');
	buf_format(&s->conditions, " AND t.document IN (SELECT document FROM named WHERE entity IN %.*s)", (int)who.len, who.at);
	buf_format(&s->conditions, " AND EXISTS (SELECT 1 FROM named n, json_each(n.spans) j WHERE n.document = t.document AND n.entity IN %.*s"
		" AND json_extract(j.value, '$[0]') BETWEEN t.begin_at AND t.end_at)", (int)who.len, who.at);
	buf_release(&who);
}

static void read_conditions(struct searching *s) {
	const struct search *q = s->search;
	compare(s, "t.date >=", q->since);
	compare(s, "t.date <=", q->until);
	compare(s, "t.kind =", q->kind);
	compare(s, "(SELECT date FROM issues WHERE issues.id = t.document) =", q->issue);
	name_it(s, q->person, "'PER'");
	name_it(s, q->organisation, "'ORG'");
}

/* ---- finding ---- */

static int take_rows(struct searching *s, sqlite3_stmt *statement) {
	int code;
	while ((code = sqlite3_step(statement)) == SQLITE_ROW)
		*array_push(s->arena, &s->found) = (struct found){sqlite3_column_int64(statement, 0), sqlite3_column_double(statement, 1)};
	return code == SQLITE_DONE ? 0 : sql_fail(&s->archive->sql, s->error);
}

static int64_t newest_text(struct searching *s) {
	sqlite3_stmt *statement = sql_statement(&s->archive->sql, "SELECT coalesce(max(id), 0) FROM texts");
	int64_t newest = statement && sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
	sqlite3_reset(statement);
	return newest;
}

/* Texts of [first, last] that match the query, which is one word or phrase. */
static int find_in_range(struct searching *s, int64_t first, int64_t last) {
	if (first > newest_text(s)) /* FTS5 would gather all of a beginning's words before it looks at the range */
		return 0;
	sqlite3_stmt *statement = sql_statement(&s->archive->sql, "SELECT rowid, text_score(text_index, 1.0) FROM text_index "
		"WHERE text_index MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid DESC LIMIT ?4");
	if (!statement)
		return sql_fail(&s->archive->sql, s->error);
	sql_bind(statement, "siii", buf_str(&s->query.match), first, last, (int64_t)SEARCH_RANKED);
	int result = take_rows(s, statement);
	sqlite3_reset(statement);
	return result;
}

static void take_best(struct searching *s, int64_t first, struct str best) {
	for (size_t i = 0; i + 6 <= best.len; i += 6) {
		const unsigned char *at = (const unsigned char *)best.at + i;
		int64_t text = first + ((int64_t)at[0] << 24 | at[1] << 16 | at[2] << 8 | at[3]);
		*array_push(s->arena, &s->found) = (struct found){text, (at[4] << 8 | at[5]) / (double)RANKING_SCALE};
	}
}

/* The kept best of `key` in the ranking that begins at `first`; false where it keeps none. */
static bool find_kept(struct searching *s, int64_t first, struct str key) {
	sqlite3_stmt *statement = sql_statement(&s->archive->sql, "SELECT best FROM ranked_words WHERE first = ?1 AND key = ?2");
	if (!statement)
		return false;
	sql_bind(statement, "is", first, key);
	bool kept = sqlite3_step(statement) == SQLITE_ROW;
	if (kept)
		take_best(s, first, str_of(sqlite3_column_blob(statement, 0), (size_t)sqlite3_column_bytes(statement, 0)));
	sqlite3_reset(statement);
	return kept;
}

/* Ranking by ranking, and what no ranking covers. */
static int find_ranked(struct searching *s, struct str key) {
	sqlite3_stmt *ranges = sql_statement(&s->archive->sql, "SELECT first, last FROM ranked_texts ORDER BY first");
	if (!ranges)
		return sql_fail(&s->archive->sql, s->error);
	int64_t behind = 1;
	int result = 0;
	while (result == 0 && sqlite3_step(ranges) == SQLITE_ROW) {
		int64_t first = sqlite3_column_int64(ranges, 0);
		behind = sqlite3_column_int64(ranges, 1) + 1;
		if (!find_kept(s, first, key))
			result = find_in_range(s, first, behind - 1);
	}
	sqlite3_reset(ranges);
	return result < 0 ? -1 : find_in_range(s, behind, INT64_MAX);
}

/* In how many texts the folded word stands; a few where no ranking keeps it. */
static double texts_with(struct searching *s, struct str key) {
	sqlite3_stmt *statement = sql_statement(&s->archive->sql, "SELECT sum(texts) FROM ranked_words WHERE key = ?1 AND first IN "
		"(SELECT first FROM ranked_texts)");
	if (!statement)
		return RANKING_MANY / 2;
	sql_bind(statement, "s", key);
	double texts = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_double(statement, 0) : 0;
	sqlite3_reset(statement);
	return texts > 0 ? texts : RANKING_MANY / 2;
}

/* Each phrase weighs as BM25's idf has it. */
static void weigh(struct searching *s) {
	double all = (double)newest_text(s);
	for (uint32_t i = 0; i < s->query.count; i++) {
		char key[80];
		size_t len = word_counter_fold(s->archive->counter, s->query.phrases[i], key);
		double with = len ? texts_with(s, str_of(key, len)) : RANKING_MANY / 2;
		s->weights[i] = log(1 + (all - with + 0.5 > 0.5 ? all - with + 0.5 : 0.5) / (with + 0.5));
	}
}

static int find_by_sql(struct searching *s) {
	struct buf sql = {0};
	bool matches = s->query.match.len > 0;
	if (matches) {
		weigh(s);
		buf_text(&sql, "SELECT text_index.rowid, text_score(text_index");
		for (uint32_t i = 0; i < s->query.count; i++)
			buf_format(&sql, ", %.6f", s->weights[i]);
		buf_text(&sql, ") FROM text_index");
		buf_text(&sql, s->conditions.len ? " JOIN texts t ON t.id = text_index.rowid WHERE text_index MATCH ?1" : " WHERE text_index MATCH ?1");
	} else {
		buf_text(&sql, "SELECT t.id, julianday(t.date) FROM texts t WHERE 1");
	}
	buf_add(&sql, buf_str(&s->conditions));
	buf_format(&sql, " ORDER BY %s DESC LIMIT %d", matches ? "text_index.rowid" : "t.date", SEARCH_RANKED);
	sqlite3_stmt *statement = NULL;
	int result = 0;
	if (sqlite3_prepare_v2(s->archive->sql.db, sql.at, (int)sql.len, &statement, NULL) != SQLITE_OK)
		result = sql_fail(&s->archive->sql, s->error);
	if (result == 0) {
		if (matches)
			sql_bind(statement, "s", buf_str(&s->query.match));
		result = take_rows(s, statement);
	}
	sqlite3_finalize(statement);
	buf_release(&sql);
	return result;
}

static int find(struct searching *s) {
	char key[80];
	size_t len = 0;
	if (s->query.plain && !s->conditions.len && s->search->limit <= RANKING_BEST)
		len = word_counter_fold(s->archive->counter, s->query.phrases[0], key);
	if (len && s->query.beginning[0]) {
		bool is_short = utf8_count(str_of(key, len)) <= RANKING_PREFIX;
		key[len++] = '*';
		len = is_short ? len : 0;
	}
	if (len)
		return find_ranked(s, str_of(key, len));
	return s->query.plain && !s->conditions.len ? find_in_range(s, 1, INT64_MAX) : find_by_sql(s);
}

/* ---- showing ---- */

static int best_first(const void *a, const void *b) {
	const struct found *x = a, *y = b;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return (x->text < y->text) - (x->text > y->text); /* the newer first */
}

static struct str copy_column(struct searching *s, sqlite3_stmt *statement, int column) {
	return arena_copy(s->arena, sql_str(statement, column));
}

static struct str excerpt_of(struct searching *s, int64_t text) {
	sqlite3_stmt *statement = sql_statement(&s->archive->sql, s->query.match.len ?
		"SELECT text_excerpt(text_index) FROM text_index WHERE text_index MATCH ?1 AND rowid = ?2" :
		"SELECT substr(body, 1, 160) FROM text_bodies WHERE ?1 IS NOT NULL AND id = ?2");
	if (!statement)
		return STR_NULL;
	sql_bind(statement, "si", s->query.match.len ? buf_str(&s->query.match) : STR(""), text);
	struct str excerpt = sqlite3_step(statement) == SQLITE_ROW ? copy_column(s, statement, 0) : STR_NULL;
	sqlite3_reset(statement);
	return excerpt;
}

/* Finds the first match in the hit's text, and its sentence. */
static void place(struct searching *s, struct sentences *sentences, struct search_hit *hit) {
	sqlite3_stmt *statement = sql_statement(&s->archive->sql,
		"SELECT highlight(text_index, 1, char(1), char(2)) FROM text_index WHERE text_index MATCH ?1 AND rowid = ?2");
	hit->match = (struct span){hit->span.begin, hit->span.begin};
	if (statement && s->query.match.len) {
		sql_bind(statement, "si", buf_str(&s->query.match), hit->text);
		struct str body = sqlite3_step(statement) == SQLITE_ROW ? sql_str(statement, 0) : STR("");
		const char *open = body.len ? memchr(body.at, '\x01', body.len) : NULL;
		const char *close = open ? memchr(open, '\x02', (size_t)(body.at + body.len - open)) : NULL;
		if (close)
			hit->match = (struct span){hit->span.begin + (uint32_t)(open - body.at), hit->span.begin + (uint32_t)(close - body.at) - 1};
		sqlite3_reset(statement);
	}
	struct stated stated;
	if (!sentence_at(sentences, &s->archive->sql, hit->document, hit->match, s->arena, &stated))
		return;
	hit->sentence = stated.text;
	hit->line = stated.line;
	hit->column = stated.column;
}

/* The text's row as a hit; not where a newer version of its document has taken it away. */
static void show(struct searching *s, const struct found *found, struct search_hits *hits) {
	sqlite3_stmt *statement = sql_statement(&s->archive->sql, "SELECT t.document, t.kind, t.date, t.title, d.name, d.origin, d.url, "
		"t.begin_at, t.end_at FROM texts t JOIN documents d ON d.id = t.document WHERE t.id = ?1");
	if (!statement)
		return;
	sql_bind(statement, "i", found->text);
	if (sqlite3_step(statement) == SQLITE_ROW)
		*array_push(s->arena, &hits->list) = (struct search_hit){
			.text = found->text, .document = sqlite3_column_int64(statement, 0), .score = found->score,
			.kind = copy_column(s, statement, 1), .date = copy_column(s, statement, 2), .title = copy_column(s, statement, 3),
			.name = copy_column(s, statement, 4), .origin = copy_column(s, statement, 5), .url = copy_column(s, statement, 6),
			.span = {(uint32_t)sqlite3_column_int64(statement, 7), (uint32_t)sqlite3_column_int64(statement, 8)}};
	sqlite3_reset(statement);
}

int archive_search(struct archive *a, const struct search *search, struct arena *arena, struct search_hits *hits, struct error *error) {
	struct searching s = {.archive = a, .search = search, .arena = arena, .error = error};
	struct sentences sentences = {0};
	*hits = (struct search_hits){0};
	if (!a->counter && (search_prepare(&a->sql, error) < 0 || !(a->counter = word_counter_open())))
		return error_set(error, "SQLite has no FTS5 here");
	query_read(&s.query, search->text);
	read_conditions(&s);
	int result = sql_run(&a->sql, error, "BEGIN", ""); /* one look at the file for all that is asked of it */
	if (result < 0)
		return -1;
	if (!s.query.match.len && !s.conditions.len)
		result = error_set(error, "there is nothing to look for");
	else
		result = find(&s);
	if (s.found.count > 1)
		qsort(s.found.at, s.found.count, sizeof *s.found.at, best_first);
	for (uint32_t i = 0; result == 0 && i < s.found.count && hits->list.count < search->limit; i++) {
		show(&s, &s.found.at[i], hits);
		struct search_hit *last = hits->list.count ? &hits->list.at[hits->list.count - 1] : NULL;
		if (!last || last->text != s.found.at[i].text)
			continue;
		if (search->excerpt)
			last->excerpt = excerpt_of(&s, last->text);
		if (search->sentence)
			place(&s, &sentences, last);
	}
	sentences_release(&sentences);
	sql_run(&a->sql, NULL, "COMMIT", "");
	buf_release(&s.query.match);
	buf_release(&s.conditions);
	return result;
}
