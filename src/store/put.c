/* A document and its record as rows. What is stated of entities and events is in put_entities.c and put_events.c. */
#include "../base/buf.h"
#include "rows.h"
#include "texts.h"
#include "writer.h"

struct str date_text(struct civil date, char out[CIVIL_TEXT]) {
	if (!civil_has_date(date))
		return STR_NULL;
	return str_of(out, (size_t)civil_format(civil_date(date), out));
}

/* ---- the document ---- */

/* The document that the new one takes the place of: the standing one of the same origin; 0 where there is none. */
static int64_t standing(struct putting *p) {
	sqlite3_stmt *s = sql_statement(&p->archive->sql, "SELECT id FROM documents WHERE origin = ?1 AND replaced = 0 ORDER BY id DESC LIMIT 1");
	if (!s)
		return 0;
	sql_bind(s, "s", p->deposit->origin);
	int64_t id = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
	sqlite3_reset(s);
	return id;
}

static void list_sentences(const struct record *record, struct buf *out) {
	buf_byte(out, '[');
	for (uint32_t i = 0; i < record->sentences.count; i++) {
		if (i)
			buf_byte(out, ',');
		buf_number(out, record->sentences.at[i].begin);
		buf_byte(out, ',');
		buf_number(out, record->sentences.at[i].end);
	}
	buf_byte(out, ']');
}

static int put_document(struct putting *p, int64_t replaces) {
	const struct source *source = p->record->source;
	bool same = source->runs.count == 0 && str_equal(source->text, source->original);
	sqlite3_stmt *s = sql_statement(&p->archive->sql, "INSERT INTO documents(name, origin, url, media_type, encoding, date, bytes, sha256, "
		"replaces, sentences, text, original) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
	if (!s)
		return sql_fail(&p->archive->sql, p->error);
	struct buf sentences = {0};
	list_sentences(p->record, &sentences);
	sql_bind(s, "sssssziz?ss", source->name, p->deposit->origin, p->deposit->url, source->media_type, source->encoding,
		*p->date ? p->date : NULL, (int64_t)source->original.len, p->deposit->sha256, replaces ? replaces : -1, buf_str(&sentences),
		source->text);
	if (!same)
		sqlite3_bind_blob(s, 12, source->original.at, (int)source->original.len, SQLITE_STATIC);
	int code = sqlite3_step(s);
	sqlite3_reset(s);
	buf_release(&sentences);
	p->document = sqlite3_last_insert_rowid(p->archive->sql.db);
	return code == SQLITE_DONE ? 0 : sql_fail(&p->archive->sql, p->error);
}

static int put_issue(struct putting *p) {
	const struct issue *i = &p->record->issue;
	return sql_run(&p->archive->sql, p->error, "INSERT INTO issues VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "isszipp", p->document, i->title,
		i->number, *p->date ? p->date : NULL, (int64_t)i->date_given, i->span, i->title_span);
}

/* ---- essays ---- */

static int put_parts(struct putting *p, const struct article *a, int64_t essay) {
	struct sql *sql = &p->archive->sql;
	for (uint32_t i = 0; i < a->byline.count; i++) {
		const struct byline *b = &a->byline.at[i];
		if (sql_run(sql, p->error, "INSERT INTO bylines VALUES (?, ?, ?, ?, ?, ?, ?)", "iiss?p", essay, (int64_t)i,
				b->name.at ? b->name : STR(""), b->affiliation, entity_at(p, b->name_span, ENTITY_PER), b->span) < 0)
			return -1;
	}
	struct rows rows = {.arena = &p->arena};
	for (uint32_t i = 0; i < a->sections.count; i++) {
		const struct section *section = &a->sections.at[i];
		rows_add(&rows, "iisip", essay, (int64_t)i, section->heading, (int64_t)section->level, section->span);
	}
	return rows_insert(&rows, sql, "INSERT OR FAIL INTO sections SELECT a, b, c, d, e, f FROM given(?1)", p->error);
}

static int put_essays(struct putting *p) {
	const struct record *r = p->record;
	struct sql *sql = &p->archive->sql;
	p->essays = arena_alloc(&p->arena, (r->articles.count + 1) * sizeof *p->essays);
	for (uint32_t i = 0; i < r->articles.count; i++) {
		const struct article *a = &r->articles.at[i];
		char own[CIVIL_TEXT], outlet[CIVIL_TEXT];
		if (sql_run(sql, p->error, "INSERT INTO essays(document, kicker, title, date, place, outlet, outlet_date, outlet_begin, outlet_end, "
				"title_begin, title_end, begin_at, end_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "issssssppii", p->document,
				a->kicker, a->title, date_text(a->date, own), a->place, a->provenance.outlet, date_text(a->provenance.date, outlet),
				a->provenance.span, a->title_span, (int64_t)a->span.begin, (int64_t)a->span.end) < 0)
			return -1;
		p->essays[i] = sqlite3_last_insert_rowid(sql->db);
		if (put_parts(p, a, p->essays[i]) < 0)
			return -1;
	}
	return 0;
}

/* ---- times, quotations, notes, diagnostics ---- */

static int put_times(struct putting *p) {
	const struct record *r = p->record;
	struct rows rows = {.arena = &p->arena};
	for (uint32_t i = 0; i < r->times.count; i++) {
		const struct timex *t = &r->times.at[i];
		rows_add(&rows, "iizssssp", p->document, (int64_t)i, timex_type_name(t->type), t->value, t->mod, t->begin, t->end, t->span);
	}
	return rows_insert(&rows, &p->archive->sql, "INSERT OR FAIL INTO times SELECT a, b, c, d, e, f, g, h, i FROM given(?1)", p->error);
}

static int put_quotations(struct putting *p) {
	const struct record *r = p->record;
	struct rows rows = {.arena = &p->arena};
	for (uint32_t i = 0; i < r->quotations.count; i++) {
		const struct quotation *q = &r->quotations.at[i];
		rows_add(&rows, "iiz?sppp", p->document, (int64_t)i, quotation_kind_name(q->kind), q->speaker == NONE ? -1 : p->entities[q->speaker],
			q->text, q->content, q->cue, q->source);
	}
	return rows_insert(&rows, &p->archive->sql, "INSERT OR FAIL INTO quotations SELECT a, b, c, d, e, f, g, h, i, j, k FROM given(?1)",
		p->error);
}

static int put_notes(struct putting *p) {
	const struct record *r = p->record;
	struct rows rows = {.arena = &p->arena};
	for (uint32_t i = 0; i < r->notes.count; i++) {
		const struct note *n = &r->notes.at[i];
		rows_add(&rows, "iiss?ii", p->document, (int64_t)i, n->label.at ? n->label : STR(""), n->same_as,
			n->article == NONE ? -1 : p->essays[n->article], (int64_t)n->span.begin, (int64_t)n->span.end);
	}
	return rows_insert(&rows, &p->archive->sql, "INSERT OR FAIL INTO notes SELECT a, b, c, d, e, f, g FROM given(?1)", p->error);
}

static int put_diagnostics(struct putting *p) {
	const struct record *r = p->record;
	for (uint32_t i = 0; i < r->diagnostics.count; i++) {
		const struct diagnostic *d = &r->diagnostics.at[i];
		if (sql_run(&p->archive->sql, p->error, "INSERT INTO diagnostics VALUES (?, ?, ?, ?, ?, ?, ?)", "iizzsii", p->document, (int64_t)i,
				diagnostic_kind((enum diagnostic_code)d->code)->code, severity_name(d->severity), d->message, (int64_t)d->span.begin,
				(int64_t)d->span.end) < 0)
			return -1;
	}
	return 0;
}

/* ---- what is searched ---- */

static struct str text_date(const struct putting *p, const struct searched_text *text, char out[CIVIL_TEXT]) {
	struct str own = STR_NULL;
	if (text->kind == TEXT_EVENT)
		own = date_text(p->record->scheduled.at[text->item].when.start, out);
	if (!own.at && *p->date)
		own = str_from(p->date);
	return own;
}

static int put_text(struct putting *p, const struct searched_text *text, const struct text_words *words) {
	static const char *const kinds[] = {"essay", "event", "other"};
	struct archive *a = p->archive;
	char date[CIVIL_TEXT];
	struct str body = str_at(p->record->source->text, text->span);
	int64_t item = text->kind == TEXT_ESSAY ? p->essays[text->item] : text->kind == TEXT_EVENT ? p->listings[text->item] : -1;
	if (sql_run(&a->sql, p->error, "INSERT INTO texts(document, kind, item, date, title, begin_at, end_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
			"iz?ssii", p->document, kinds[text->kind], item, text_date(p, text, date), text->title, (int64_t)text->span.begin,
			(int64_t)text->span.end) < 0)
		return -1;
	int64_t id = sqlite3_last_insert_rowid(a->sql.db);
	struct text_words counted;
	if (!words) {
		counted = word_counter_count(a->counter, text->title, body, &p->arena);
		words = &counted;
	}
	ranking_add(a->ranking, id, words);
	return sql_run(&a->sql, p->error, "INSERT INTO text_index(rowid, title, body) VALUES (?, ?, ?)", "iss", id, text->title, body);
}

static int put_texts(struct putting *p) {
	struct searched_texts texts = texts_of(p->record, &p->arena);
	for (uint32_t i = 0; i < texts.list.count; i++)
		if (put_text(p, &texts.list.at[i], p->deposit->words ? &p->deposit->words[i] : NULL) < 0)
			return -1;
	return 0;
}

const struct text_words *deposit_count(struct word_counter *counter, const struct record *record, struct arena *arena) {
	struct searched_texts texts = texts_of(record, arena);
	struct text_words *words = arena_alloc(arena, (texts.list.count + 1) * sizeof *words);
	for (uint32_t i = 0; i < texts.list.count; i++)
		words[i] = word_counter_count(counter, texts.list.at[i].title, str_at(record->source->text, texts.list.at[i].span), arena);
	return words;
}

/* ---- taking out ---- */

/* Statements that are taken out when a newer version stands; ?1 is the document. Its text stays. */
static const char *const removals[] = {
	("INSERT INTO text_index(text_index, rowid, title, body) SELECT 'delete', id, title, body FROM text_bodies WHERE id IN "
		"(SELECT id FROM texts WHERE document = ?1)"),
	"DELETE FROM texts WHERE document = ?1",
	"DELETE FROM event_times WHERE listing IN (SELECT id FROM listings WHERE document = ?1)",
	"DELETE FROM event_people WHERE listing IN (SELECT id FROM listings WHERE document = ?1)",
	"DELETE FROM event_sponsors WHERE listing IN (SELECT id FROM listings WHERE document = ?1)",
	"DELETE FROM event_links WHERE listing IN (SELECT id FROM listings WHERE document = ?1)",
	"DELETE FROM bylines WHERE essay IN (SELECT id FROM essays WHERE document = ?1)",
	"DELETE FROM sections WHERE essay IN (SELECT id FROM essays WHERE document = ?1)",
	"DELETE FROM notes WHERE document = ?1", "DELETE FROM essays WHERE document = ?1", "DELETE FROM issues WHERE id = ?1",
	"DELETE FROM named WHERE document = ?1", "DELETE FROM roles WHERE document = ?1", "DELETE FROM quotations WHERE document = ?1",
	"DELETE FROM times WHERE document = ?1", "DELETE FROM diagnostics WHERE document = ?1",
	"UPDATE documents SET replaced = 1 WHERE id = ?1",
};

/* The older version's listings stay as long as the new ones are recognised by them, and go then. */
static int take_out(struct putting *p, int64_t document) {
	for (size_t i = 0; i < sizeof removals / sizeof *removals; i++)
		if (sql_run(&p->archive->sql, p->error, removals[i], "i", document) < 0)
			return -1;
	return 0;
}

/* Events whose every listing was in the older version are gone with it; the others are listed by what is left. */
static int take_out_listings(struct putting *p, int64_t document) {
	struct sql *sql = &p->archive->sql;
	return sql_run(sql, p->error, "UPDATE events SET listings = listings - (SELECT count(*) FROM listings l WHERE l.event = events.id "
			"AND l.document = ?1) WHERE id IN (SELECT event FROM listings WHERE document = ?1)", "i", document) < 0 ||
		sql_run(sql, p->error, "DELETE FROM listings WHERE document = ?1", "i", document) < 0 ||
		sql_run(sql, p->error, "DELETE FROM events WHERE listings = 0 AND id NOT IN (SELECT event FROM listings)", "") < 0 ||
		sql_run(sql, p->error, "UPDATE events SET listing = (SELECT id FROM listings l WHERE l.event = events.id ORDER BY issued DESC, id DESC "
			"LIMIT 1) WHERE listing NOT IN (SELECT id FROM listings)", "") < 0 ? -1 : 0;
}

/* ---- all of it ---- */

static int put_all(struct putting *p, int64_t replaces) {
	if ((replaces && take_out(p, replaces) < 0) || put_document(p, replaces) < 0 || put_issue(p) < 0 || put_entities(p) < 0 ||
		put_events(p) < 0 || put_essays(p) < 0)
		return -1;
	if (replaces && take_out_listings(p, replaces) < 0)
		return -1;
	return put_times(p) < 0 || put_quotations(p) < 0 || put_notes(p) < 0 || put_diagnostics(p) < 0 || put_texts(p) < 0 ? -1 : 0;
}

enum put_result archive_put(struct archive *a, const struct deposit *deposit, struct zones *zones, struct error *error) {
	if (archive_has(a, deposit->sha256))
		return PUT_KNOWN;
	struct putting p = {.archive = a, .deposit = deposit, .record = deposit->record, .zones = zones, .error = error};
	if (archive_begin(a, error) < 0)
		return PUT_FAILED;
	arena_init(&p.arena);
	date_text(p.record->issue.date, p.date);
	if (!civil_has_date(p.record->issue.date))
		*p.date = '\0';
	int64_t replaces = standing(&p);
	int result = put_all(&p, replaces);
	arena_release(&p.arena);
	if (result < 0) {
		archive_roll_back(a);
		return PUT_FAILED;
	}
	return replaces ? PUT_REPLACED : PUT_ADDED;
}
