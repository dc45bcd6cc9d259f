#include "ask.h"

#include "../know/name_key.h"
#include "query.h"
#include "sentence.h"
#include "writer.h"

#include <stdlib.h>

enum { COLUMNS_MOST = 11, COLUMNS_AT = 6 };

/* A question: what is shown of what, and which SQL the conditions of `struct ask` are for it; NULL where one says nothing.
 * In a condition, @ is the value, # the entities of that name, and `matched` the rows of texts that match the words. The first
 * four columns selected are not shown: the row's own number, the document, begin and end of what says it. */
struct inquiry {
	struct table_column columns[COLUMNS_MOST];
	const char *select, *order;
	bool near_name;     /* who is asked for must be named in the sentence of the row */
	bool near_words;    /* the words asked for must stand in its sentence or in what it shows */
	bool sentence;      /* the last column is the sentence */
	const char *words, *since, *until, *person, *organisation, *place, *mode, *status, *kind;
};

#define DATE(column) "substr(" column ", 1, 10)"

static const struct inquiry inquiries[ASK_QUESTIONS] = {
	[ASK_EVENTS] = {
		.columns = {{"start", 0, 0}, {"end", 0, 0}, {"title", 0, 1}, {"status", 0, 0}, {"mode", 0, 0}, {"location", 0, 1}, {"sponsors", 0, 1},
			{"people", 0, 1}, {"zone", 0, 0}, {"listings", 1, 0}, {"uid", 0, 0}},
		.select = "SELECT l.id, l.document, l.begin_at, l.end_at, e.start, e.\"end\", e.title, e.status, e.mode, e.location, "
			"(SELECT group_concat(name, '; ') FROM event_sponsors WHERE listing = l.id), "
			"(SELECT group_concat(name, '; ') FROM event_people WHERE listing = l.id), e.zone, e.listings, e.uid "
			"FROM events e JOIN listings l ON l.id = e.listing WHERE 1",
		.order = "e.starts IS NULL, e.starts, e.id",
		.words = "l.id IN (SELECT item FROM matched WHERE kind = 'event')",
		.since = DATE("coalesce(e.\"end\", e.start)") " >= @", .until = DATE("e.start") " <= @",
		.person = "l.id IN (SELECT listing FROM event_people WHERE person IN # OR name = @)",
		.organisation = "l.id IN (SELECT listing FROM event_sponsors WHERE organisation IN # OR name = @ UNION "
			"SELECT listing FROM event_people WHERE instr(lower(roles), lower(@)))",
		.place = "(instr(lower(e.location), lower(@)) OR e.listing IN (SELECT l2.id FROM listings l2 JOIN named n ON n.document = l2.document, "
			"json_each(n.spans) j WHERE l2.id = e.listing AND n.entity IN # AND json_extract(j.value, '$[0]') BETWEEN l2.begin_at AND l2.end_at))",
		.mode = "e.mode = @", .status = "e.status = @",
	},
	[ASK_HISTORY] = {
		.columns = {{"issued", 0, 0}, {"changed", 0, 0}, {"start", 0, 0}, {"end", 0, 0}, {"title", 0, 1}, {"status", 0, 0}, {"location", 0, 1},
			{"document", 0, 1}, {"uid", 0, 0}},
		.select = "SELECT l.id, l.document, l.begin_at, l.end_at, l.issued, l.changed, l.start, l.\"end\", coalesce(l.display, l.title), "
			"l.status, l.location, (SELECT name FROM documents d WHERE d.id = l.document), e.uid "
			"FROM events e JOIN listings l ON l.event = e.id WHERE e.listings > 1",
		.order = "e.starts IS NULL, e.starts, e.id, l.issued, l.id",
		.words = "l.id IN (SELECT item FROM matched WHERE kind = 'event')",
		.since = DATE("l.start") " >= @", .until = DATE("l.start") " <= @",
		.person = "l.id IN (SELECT listing FROM event_people WHERE person IN # OR name = @)",
		.organisation = "l.id IN (SELECT listing FROM event_sponsors WHERE organisation IN # OR name = @)",
		.place = "instr(lower(l.location), lower(@))", .mode = "l.mode = @", .status = "l.status = @",
	},
	[ASK_PEOPLE] = {
		.columns = {{"name", 0, 0}, {"documents", 1, 0}, {"talks", 1, 0}, {"essays", 1, 0}, {"quotes", 1, 0}, {"first", 0, 0}, {"last", 0, 0},
			{"latest role", 0, 1}, {"also written", 0, 1}},
		.select = "SELECT e.id, NULL, NULL, NULL, e.name, count(*), (SELECT count(DISTINCT event) FROM event_people p JOIN listings l ON "
			"l.id = p.listing WHERE p.person = e.id), (SELECT count(DISTINCT essay) FROM bylines b WHERE b.person = e.id), "
			"(SELECT count(*) FROM quotations q WHERE q.speaker = e.id), min(i.date), max(i.date), "
			"(SELECT r.title || coalesce(', ' || r.\"of\", '') FROM roles r WHERE r.person = e.id ORDER BY r.date DESC LIMIT 1), "
			"(SELECT group_concat(name, '; ') FROM entity_names n WHERE n.entity = e.id AND n.name <> e.name) "
			"FROM entities e JOIN named m ON m.entity = e.id JOIN issues i ON i.id = m.document WHERE e.type = 'PER'",
		.order = "count(*) DESC, e.name",
		.words = "(e.id IN (SELECT person FROM event_people JOIN matched ON kind = 'event' AND item = listing) OR "
			"e.id IN (SELECT person FROM bylines JOIN matched ON kind = 'essay' AND item = essay))",
		.since = "i.date >= @", .until = "i.date <= @", .person = "e.id IN #",
		.organisation = "e.id IN (SELECT person FROM roles WHERE instr(lower(coalesce(\"of\", title)), lower(@)) UNION SELECT person FROM event_people "
			"WHERE instr(lower(roles), lower(@)) UNION SELECT person FROM bylines WHERE instr(lower(affiliation), lower(@)))",
	},
	[ASK_ROLES] = {
		.columns = {{"date", 0, 0}, {"name", 0, 0}, {"title", 0, 1}, {"of", 0, 1}, {"former", 1, 0}, {"document", 0, 1}},
		.select = "SELECT e.id, r.document, r.begin_at, r.end_at, r.date, e.name, r.title, r.\"of\", r.former, "
			"(SELECT name FROM documents d WHERE d.id = r.document) FROM roles r JOIN entities e ON e.id = r.person WHERE 1",
		.order = "e.name, e.id, r.date, r.document, r.n",
		.words = "EXISTS (SELECT 1 FROM matched t WHERE t.document = r.document AND r.begin_at BETWEEN t.begin_at AND t.end_at)",
		.since = "r.date >= @", .until = "r.date <= @", .person = "e.id IN #",
		.organisation = "instr(lower(coalesce(r.\"of\", r.title)), lower(@))",
	},
	[ASK_QUOTES] = {
		.columns = {{"date", 0, 0}, {"speaker", 0, 0}, {"kind", 0, 0}, {"text", 0, 1}, {"essay", 0, 0}},
		.select = "SELECT q.n, q.document, q.begin_at, q.end_at, i.date, e.name, q.kind, q.text, (SELECT a.title FROM essays a WHERE "
			"a.document = q.document AND q.begin_at BETWEEN a.begin_at AND a.end_at) "
			"FROM quotations q JOIN issues i ON i.id = q.document LEFT JOIN entities e ON e.id = q.speaker WHERE 1",
		.order = "i.date, q.document, q.n",
		.words = "EXISTS (SELECT 1 FROM matched t WHERE t.document = q.document AND q.begin_at BETWEEN t.begin_at AND t.end_at)",
		.since = "i.date >= @", .until = "i.date <= @", .person = "q.speaker IN #", .organisation = "q.speaker IN #", .kind = "q.kind = @",
		.near_words = true,
	},
	[ASK_TIMES] = {
		.columns = {{"from", 0, 0}, {"until", 0, 0}, {"value", 0, 0}, {"issue", 0, 0}, {"text", 0, 1}},
		.select = "SELECT x.n, x.document, x.begin_at, x.end_at, x.\"from\", x.until, x.value, i.date, NULL "
			"FROM times x JOIN issues i ON i.id = x.document WHERE x.type IN ('DATE', 'TIME') AND x.\"from\" IS NOT NULL",
		.order = "x.\"from\", x.until, x.document, x.n",
		.words = "EXISTS (SELECT 1 FROM matched t WHERE t.document = x.document AND x.begin_at BETWEEN t.begin_at AND t.end_at)",
		.since = "x.\"from\" >= @", .until = DATE("x.\"from\"") " <= @",
		.person = "x.document IN (SELECT document FROM named WHERE entity IN #)",
		.organisation = "x.document IN (SELECT document FROM named WHERE entity IN #)",
		.place = "x.document IN (SELECT document FROM named WHERE entity IN #)", .near_name = true, .near_words = true, .sentence = true,
	},
};

struct asking {
	struct archive *archive;
	const struct inquiry *inquiry;
	const struct ask *ask;
	struct arena *arena;
	struct answer *answer;
	struct error *error;
	struct query query;
	struct sentences sentences;
	struct word_counter *counter;
	struct buf sql;
	struct buf names; /* the entities asked for, "(4, 12)"; empty: none is */
};

/* ---- the SQL ---- */

/* Adds the ids of entities whose name `how` finds; true when there is one. */
static bool add_entities(struct asking *a, const char *how, struct str key, struct buf *out) {
	sqlite3_stmt *s = sql_statement(&a->archive->sql, how);
	if (!s)
		return false;
	sql_bind(s, "s", key);
	bool any = false;
	while (sqlite3_step(s) == SQLITE_ROW) {
		buf_text(out, out->len > 1 ? ", " : "");
		buf_number(out, sqlite3_column_int64(s, 0));
		any = true;
	}
	sqlite3_reset(s);
	return any;
}

/* The entities called `name`; where none is called just that, those whose names have these words in them. */
static void list_entities(struct asking *a, struct str name, struct buf *out) {
	char text[NAME_KEY];
	struct str key = str_of(text, name_key(name, text));
	buf_byte(out, '(');
	if (key.len && !add_entities(a, "SELECT entity FROM entity_names WHERE key = ?1", key, out))
		add_entities(a, "SELECT DISTINCT entity FROM entity_names WHERE instr(' ' || key || ' ', ' ' || ?1 || ' ')", key, out);
	buf_byte(out, ')');
}

static void add_condition(struct asking *a, const char *condition, struct str value) {
	if (!condition || !value.at)
		return;
	buf_text(&a->sql, " AND (");
	for (; *condition; condition++) {
		if (*condition == '@') {
			sql_quote(&a->sql, value);
		} else if (*condition == '#') {
			struct buf ids = {0};
			list_entities(a, value, &ids);
			buf_add(&a->sql, buf_str(&ids));
			if (a->inquiry->near_name) {
				buf_clear(&a->names);
				buf_add(&a->names, buf_str(&ids));
			}
			buf_release(&ids);
		} else {
			buf_byte(&a->sql, *condition);
		}
	}
	buf_byte(&a->sql, ')');
}

static void write_sql(struct asking *a) {
	const struct inquiry *i = a->inquiry;
	const struct ask *ask = a->ask;
	if (a->query.match.len)
		buf_text(&a->sql, "WITH matched AS MATERIALIZED (SELECT t.kind, t.item, t.document, t.begin_at, t.end_at FROM text_index "
			"JOIN texts t ON t.id = text_index.rowid WHERE text_index MATCH ?1) ");
	buf_text(&a->sql, i->select);
	add_condition(a, a->query.match.len ? i->words : NULL, ask->words);
	add_condition(a, i->since, ask->since);
	add_condition(a, i->until, ask->until);
	add_condition(a, i->person, ask->person);
	add_condition(a, i->organisation, ask->organisation);
	add_condition(a, i->place, ask->place);
	add_condition(a, i->mode, ask->mode);
	add_condition(a, i->status, ask->status);
	add_condition(a, i->kind, ask->kind);
	if (i == &inquiries[ASK_PEOPLE])
		buf_text(&a->sql, " GROUP BY e.id");
	buf_format(&a->sql, " ORDER BY %s", i->order);
}

/* ---- the rows ---- */

static uint32_t column_count(const struct inquiry *i) {
	uint32_t count = 0;
	while (count < COLUMNS_MOST && i->columns[count].name)
		count++;
	return count;
}

static void set_columns(struct asking *a) {
	static const struct table_column at[COLUMNS_AT] = {{"source", 0, 1}, {"line", 1, 0}, {"column", 1, 0}, {"begin", 1, 0}, {"finish", 1, 0},
		{"sentence", 0, 1}};
	uint32_t own = column_count(a->inquiry);
	struct table_column *columns = arena_alloc(a->arena, (COLUMNS_MOST + COLUMNS_AT) * sizeof *columns);
	memcpy(columns, a->inquiry->columns, own * sizeof *columns);
	memcpy(columns + own, at, sizeof at);
	a->answer->table.columns = columns;
	a->answer->table.column_count = own + (a->ask->at ? COLUMNS_AT - a->inquiry->sentence : 0);
}

/* A person's row stands for many mentions: the first in the newest issue that has one is shown. */
static void newest_mention(struct asking *a, int64_t entity, int64_t *document, struct span *span) {
	sqlite3_stmt *s = sql_statement(&a->archive->sql, "SELECT n.document, json_extract(n.spans, '$[0][0]'), json_extract(n.spans, '$[0][1]') "
		"FROM named n JOIN issues i ON i.id = n.document WHERE n.entity = ?1 ORDER BY i.date DESC, i.id DESC LIMIT 1");
	if (!s)
		return;
	sql_bind(s, "i", entity);
	if (sqlite3_step(s) == SQLITE_ROW) {
		*document = sqlite3_column_int64(s, 0);
		*span = (struct span){(uint32_t)sqlite3_column_int64(s, 1), (uint32_t)sqlite3_column_int64(s, 2)};
	}
	sqlite3_reset(s);
}

/* Whether one of the entities asked for is named in the sentence. */
static bool names_them(struct asking *a, int64_t document, struct span sentence) {
	struct buf sql = {0};
	buf_format(&sql, "SELECT 1 FROM named n, json_each(n.spans) j WHERE n.document = %lld AND n.entity IN %.*s AND "
		"json_extract(j.value, '$[0]') BETWEEN %u AND %u LIMIT 1", (long long)document, (int)a->names.len, a->names.at, sentence.begin,
		sentence.end);
	sqlite3_stmt *s = NULL;
	bool found = sqlite3_prepare_v2(a->archive->sql.db, sql.at, (int)sql.len, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW;
	sqlite3_finalize(s);
	buf_release(&sql);
	return found;
}

/* Whether all the words asked for stand in `line` (word_counter_line). */
static bool has_words(struct asking *a, struct str line) {
	struct buf phrase = {0};
	bool all = true;
	for (uint32_t i = 0; all && i < a->query.count; i++) {
		buf_clear(&phrase);
		word_counter_line(a->counter, a->query.phrases[i], &phrase);
		phrase.len -= a->query.beginning[i]; /* the last word may go on */
		all = str_find(line, buf_str(&phrase), 0) != SIZE_MAX;
	}
	buf_release(&phrase);
	return all;
}

/* Whether the row has the words asked for in its sentence, or in the text that it shows. */
static bool is_about(struct asking *a, const struct stated *stated, sqlite3_stmt *row, uint32_t columns) {
	struct buf line = {0};
	word_counter_line(a->counter, stated->text, &line);
	for (uint32_t c = 0; c < columns; c++)
		if (a->inquiry->columns[c].wide && sql_str(row, (int)c + 4).at)
			word_counter_line(a->counter, sql_str(row, (int)c + 4), &line);
	bool about = has_words(a, buf_str(&line));
	buf_release(&line);
	return about;
}

static void add_place(struct asking *a, const struct stated *stated, struct span span) {
	struct table *t = &a->answer->table;
	*array_push(a->arena, &t->cells) = arena_copy(a->arena, stated->name);
	const uint32_t numbers[] = {stated->line, stated->column, span.begin, span.end};
	for (int i = 0; i < 4; i++)
		*array_push(a->arena, &t->cells) = arena_format(a->arena, "%u", numbers[i]);
	if (!a->inquiry->sentence)
		*array_push(a->arena, &t->cells) = stated->text;
}

static void take_row(struct asking *a, sqlite3_stmt *s) {
	struct table *t = &a->answer->table;
	uint32_t own = column_count(a->inquiry);
	int64_t document = sqlite3_column_int64(s, 1);
	struct span span = {(uint32_t)sqlite3_column_int64(s, 2), (uint32_t)sqlite3_column_int64(s, 3)};
	struct stated stated = {0};
	bool by_words = a->inquiry->near_words && a->query.match.len && a->query.all && a->counter;
	if (a->ask->at && a->inquiry == &inquiries[ASK_PEOPLE])
		newest_mention(a, sqlite3_column_int64(s, 0), &document, &span);
	bool wanted = a->inquiry->sentence || t->column_count > own || by_words;
	if (wanted && document)
		sentence_at(&a->sentences, &a->archive->sql, document, span, a->arena, &stated);
	if ((a->names.len && !names_them(a, document, stated.span)) || (by_words && !is_about(a, &stated, s, own)))
		return;
	if (a->ask->limit && t->cells.count / t->column_count >= a->ask->limit) {
		a->answer->left++;
		return;
	}
	for (uint32_t c = 0; c < own; c++)
		*array_push(a->arena, &t->cells) = a->inquiry->sentence && c + 1 == own ? stated.text : arena_copy(a->arena, sql_str(s, (int)c + 4));
	if (t->column_count > own)
		add_place(a, &stated, span);
	*array_push(a->arena, &a->answer->rows) = sqlite3_column_int64(s, 0);
}

static int take_rows(struct asking *a) {
	sqlite3_stmt *s = NULL;
	if (sqlite3_prepare_v2(a->archive->sql.db, a->sql.at, (int)a->sql.len, &s, NULL) != SQLITE_OK)
		return sql_fail(&a->archive->sql, a->error);
	if (a->query.match.len)
		sql_bind(s, "s", buf_str(&a->query.match));
	int code;
	while ((code = sqlite3_step(s)) == SQLITE_ROW)
		take_row(a, s);
	int result = code == SQLITE_DONE ? 0 : sql_fail(&a->archive->sql, a->error);
	sqlite3_finalize(s);
	return result;
}

int archive_ask(struct archive *archive, enum question question, const struct ask *ask, struct arena *arena, struct answer *answer,
	struct error *error) {
	struct asking a = {.archive = archive, .inquiry = &inquiries[question], .ask = ask, .arena = arena, .answer = answer, .error = error};
	*answer = (struct answer){0};
	sentences_release(&a.sentences);
	a.counter = ask->words.len ? word_counter_open() : NULL;
	query_read(&a.query, ask->words);
	set_columns(&a);
	write_sql(&a);
	int result = take_rows(&a);
	sentences_release(&a.sentences);
	word_counter_close(a.counter);
	buf_release(&a.query.match);
	buf_release(&a.sql);
	buf_release(&a.names);
	return result;
}
