/* The record as `daybook annotate` prints it: one line of JSON, INTERFACE's fields first, added ones behind. */
#include "../base/hash.h"
#include "emit.h"
#include "when.h"

#include <stdio.h>

enum { KEY_LIMIT = 40 }; /* longer than any key */

struct writer {
	struct buf *out;
	struct zones *zones;
	const struct record *record;
	bool first; /* nothing stands before the next member yet */
};

static void put_key(struct writer *w, const char *key) {
	char *at = buf_reserve(w->out, KEY_LIMIT + 4), *to = at; /* keys are many and short: copied without calls */
	if (!w->first)
		*to++ = ',';
	w->first = false;
	if (key) {
		*to++ = '"';
		for (int i = 0; key[i] && i < KEY_LIMIT; i++)
			*to++ = key[i];
		*to++ = '"';
		*to++ = ':';
	}
	w->out->len += (size_t)(to - at);
}

static void open_with(struct writer *w, const char *key, char bracket) {
	put_key(w, key);
	buf_byte(w->out, bracket);
	w->first = true;
}

static void close_with(struct writer *w, char bracket) {
	buf_byte(w->out, bracket);
	w->first = false;
}

static void put_str(struct writer *w, const char *key, struct str s) {
	put_key(w, key);
	buf_json(w->out, s);
}

static void put_name(struct writer *w, const char *key, const char *name) {
	put_str(w, key, str_from(name));
}

static void put_number(struct writer *w, const char *key, int64_t number) {
	put_key(w, key);
	buf_number(w->out, number);
}

static void put_bool(struct writer *w, const char *key, bool value) {
	put_key(w, key);
	buf_text(w->out, value ? "true" : "false");
}

static char *write_digits(char *to, uint32_t number) {
	char digits[10];
	int n = 0;
	do
		digits[n++] = (char)('0' + number % 10);
	while (number /= 10);
	while (n)
		*to++ = digits[--n];
	return to;
}

/* [begin,end], or null for an empty span: a third of what a record holds, so written in one piece. */
static void put_span(struct writer *w, const char *key, struct span span) {
	put_key(w, key);
	if (span_empty(span)) {
		buf_text(w->out, "null");
		return;
	}
	char *at = buf_reserve(w->out, 24), *to = at;
	*to++ = '[';
	to = write_digits(to, span.begin);
	*to++ = ',';
	to = write_digits(to, span.end);
	*to++ = ']';
	w->out->len += (size_t)(to - at);
}

static void put_date(struct writer *w, const char *key, struct civil date) {
	char text[CIVIL_TEXT];
	if (!civil_has_date(date) && date.year > 0 && date.month > 0) { /* a month */
		date.day = 1;
		civil_format(date, text);
		put_str(w, key, str_of(text, sizeof "2026-03" - 1));
		return;
	}
	if (!civil_has_date(date)) {
		put_str(w, key, STR_NULL);
		return;
	}
	date.hour = date.minute = date.second = -1;
	put_str(w, key, str_of(text, (size_t)civil_format(date, text)));
}

/* RFC 3339 in the zone; the hour alone, without an offset, where its zone is not known; a bare date where no hour is. */
static void put_when(struct writer *w, const char *key, const struct occasion *when, struct civil at) {
	char text[CIVIL_TEXT];
	if (!civil_has_date(at) || !civil_has_time(at))
		put_date(w, key, at);
	else
		put_str(w, key, str_of(text, (size_t)(when->zone ? zone_format(w->zones, when->zone, at, text) : civil_format(at, text))));
}

/* ---- the keys, in INTERFACE's order ---- */

static void put_source(struct writer *w) {
	const struct source *s = w->record->source;
	char digest[65];
	hash_sha256(s->original, digest);
	open_with(w, "source", '{');
	put_str(w, "name", s->name);
	put_str(w, "media_type", s->media_type);
	put_number(w, "bytes", (int64_t)s->original.len);
	put_name(w, "sha256", digest);
	put_str(w, "encoding", s->encoding);
	if (s->runs.count) {
		open_with(w, "map", '[');
		for (uint32_t i = 0; i < s->runs.count; i++) {
			open_with(w, NULL, '[');
			put_number(w, NULL, s->runs.at[i].text);
			put_number(w, NULL, s->runs.at[i].original);
			put_bool(w, NULL, s->runs.at[i].exact);
			close_with(w, ']');
		}
		close_with(w, ']');
	}
	close_with(w, '}');
}

static void put_issue(struct writer *w) {
	const struct issue *issue = &w->record->issue;
	open_with(w, "issue", '{');
	put_str(w, "title", issue->title);
	put_date(w, "date", issue->date);
	put_span(w, "span", issue->span);
	put_span(w, "title_span", issue->title_span);
	put_str(w, "number", issue->number);
	close_with(w, '}');
}

static void put_byline(struct writer *w, const struct article *a) {
	open_with(w, "byline", '[');
	for (uint32_t i = 0; i < a->byline.count; i++) {
		open_with(w, NULL, '{');
		put_str(w, "name", a->byline.at[i].name);
		put_str(w, "affiliation", a->byline.at[i].affiliation);
		put_span(w, "span", a->byline.at[i].span);
		close_with(w, '}');
	}
	close_with(w, ']');
}

static void put_provenance(struct writer *w, const struct provenance *p) {
	if (!p->outlet.at && span_empty(p->span)) {
		put_str(w, "provenance", STR_NULL);
		return;
	}
	open_with(w, "provenance", '{');
	put_str(w, "outlet", p->outlet);
	put_date(w, "date", p->date);
	put_span(w, "span", p->span);
	close_with(w, '}');
}

static void put_passages(struct writer *w, const struct article *a) {
	static const char *const kinds[] = {"text", "heading", "item", "quote", "code", "rule"};
	open_with(w, "passages", '[');
	for (uint32_t i = 0; i < a->passages.count; i++) {
		open_with(w, NULL, '{');
		put_name(w, "kind", kinds[a->passages.at[i].kind]);
		put_number(w, "level", a->passages.at[i].level);
		put_span(w, "span", a->passages.at[i].span);
		close_with(w, '}');
	}
	close_with(w, ']');
}

static void put_article(struct writer *w, const struct article *a) {
	open_with(w, NULL, '{');
	put_str(w, "kicker", a->kicker);
	put_str(w, "title", a->title);
	put_byline(w, a);
	put_date(w, "date", a->date);
	put_provenance(w, &a->provenance);
	put_span(w, "disclaimer", a->disclaimer);
	open_with(w, "sections", '[');
	for (uint32_t i = 0; i < a->sections.count; i++) {
		open_with(w, NULL, '{');
		put_str(w, "heading", a->sections.at[i].heading);
		put_span(w, "span", a->sections.at[i].span);
		put_number(w, "level", a->sections.at[i].level);
		close_with(w, '}');
	}
	close_with(w, ']');
	put_span(w, "span", a->span);
	put_str(w, "place", a->place);
	put_span(w, "kicker_span", a->kicker_span);
	put_span(w, "title_span", a->title_span);
	put_span(w, "date_span", a->date_span);
	put_passages(w, a);
	close_with(w, '}');
}

static void put_spans(struct writer *w, const char *key, const struct span *spans, uint32_t count) {
	open_with(w, key, '[');
	for (uint32_t i = 0; i < count; i++)
		put_span(w, NULL, spans[i]);
	close_with(w, ']');
}

static void put_note(struct writer *w, const struct note *n) {
	open_with(w, NULL, '{');
	put_str(w, "label", n->label);
	put_span(w, "span", n->span);
	put_spans(w, "references", n->references.at, n->references.count);
	put_str(w, "same_as", n->same_as);
	put_span(w, "text", n->text);
	close_with(w, '}');
}

static void put_time_id(struct writer *w, const char *key, uint32_t index) {
	if (index == NONE) {
		put_str(w, key, STR_NULL);
		return;
	}
	put_key(w, key);
	buf_text(w->out, "\"t");
	buf_number(w->out, (int64_t)index + 1);
	buf_byte(w->out, '"');
}

static void put_time(struct writer *w, uint32_t index) {
	const struct timex *t = &w->record->times.at[index];
	open_with(w, NULL, '{');
	put_time_id(w, "id", index);
	put_name(w, "type", timex_type_name(t->type));
	put_str(w, "value", t->value);
	put_str(w, "text", str_at(w->record->source->text, t->span));
	put_span(w, "span", t->span);
	put_str(w, "mod", t->mod);
	put_time_id(w, "anchor", t->anchor);
	put_str(w, "begin", t->begin);
	put_str(w, "end", t->end);
	if (t->type == TIMEX_SET) {
		put_str(w, "quant", t->quant);
		put_str(w, "freq", t->freq);
	}
	if (t->until != NONE)
		put_time_id(w, "until", t->until);
	if (t->since != NONE)
		put_time_id(w, "since", t->since);
	put_name(w, "rule", t->rule);
	close_with(w, '}');
}

static void put_entity_id(struct writer *w, const char *key, uint32_t index) {
	if (index == NONE) {
		put_str(w, key, STR_NULL);
		return;
	}
	put_key(w, key);
	buf_text(w->out, "\"e");
	buf_number(w->out, (int64_t)index + 1);
	buf_byte(w->out, '"');
}

static void put_mention(struct writer *w, const struct name *n) {
	open_with(w, NULL, '{');
	put_name(w, "type", entity_type_name(n->type));
	put_str(w, "text", str_at(w->record->source->text, n->span));
	put_span(w, "span", n->span);
	put_entity_id(w, "entity", n->entity);
	close_with(w, '}');
}

static void put_office(struct writer *w, const struct office *office) {
	open_with(w, NULL, '{');
	put_str(w, "title", office->title);
	put_str(w, "of", office->of);
	put_span(w, "span", office->span);
	put_bool(w, "former", office->former);
	close_with(w, '}');
}

static void put_entity(struct writer *w, uint32_t index) {
	const struct entity *e = &w->record->entities.at[index];
	open_with(w, NULL, '{');
	put_entity_id(w, "id", index);
	put_name(w, "type", entity_type_name(e->type));
	put_str(w, "name", e->name);
	open_with(w, "aliases", '[');
	for (uint32_t i = 0; i < e->aliases.count; i++)
		put_str(w, NULL, e->aliases.at[i]);
	close_with(w, ']');
	open_with(w, "roles", '[');
	for (uint32_t i = 0; i < e->roles.count; i++)
		put_office(w, &e->roles.at[i]);
	close_with(w, ']');
	put_str(w, "country", *e->country ? str_of(e->country, 2) : STR_NULL);
	close_with(w, '}');
}

static void put_quotation(struct writer *w, const struct quotation *q) {
	open_with(w, NULL, '{');
	put_name(w, "kind", quotation_kind_name(q->kind));
	put_span(w, "content", q->content);
	put_str(w, "content_text", q->text);
	put_span(w, "cue", q->cue);
	put_span(w, "source", q->source);
	put_entity_id(w, "speaker", q->speaker);
	put_span(w, "addressee", q->addressee);
	put_span(w, "outlet", q->outlet);
	close_with(w, '}');
}

static void put_role(struct writer *w, const struct role *role) {
	open_with(w, NULL, '{');
	put_str(w, "text", role->text);
	put_span(w, "span", role->span);
	close_with(w, '}');
}

static void put_people(struct writer *w, const struct scheduled *e) {
	open_with(w, "people", '[');
	for (uint32_t i = 0; i < e->people.count; i++) {
		const struct person *p = &e->people.at[i];
		open_with(w, NULL, '{');
		put_str(w, "name", p->name);
		put_name(w, "part", part_name(p->part));
		open_with(w, "roles", '[');
		for (uint32_t k = 0; k < p->roles.count; k++)
			put_role(w, &p->roles.at[k]);
		close_with(w, ']');
		put_span(w, "span", p->span);
		put_str(w, "honorific", p->honorific);
		put_bool(w, "part_stated", p->part_stated);
		close_with(w, '}');
	}
	close_with(w, ']');
}

static void put_sponsors(struct writer *w, const struct scheduled *e) {
	open_with(w, "sponsors", '[');
	for (uint32_t i = 0; i < e->sponsors.count; i++) {
		open_with(w, NULL, '{');
		put_str(w, "name", e->sponsors.at[i].name);
		put_span(w, "span", e->sponsors.at[i].span);
		put_bool(w, "co", e->sponsors.at[i].co);
		close_with(w, '}');
	}
	close_with(w, ']');
}

static void put_links(struct writer *w, const struct scheduled *e) {
	open_with(w, "links", '[');
	for (uint32_t i = 0; i < e->links.count; i++) {
		open_with(w, NULL, '{');
		put_str(w, "label", e->links.at[i].label);
		put_str(w, "href", e->links.at[i].href);
		put_span(w, "span", e->links.at[i].span);
		close_with(w, '}');
	}
	close_with(w, ']');
}

static void put_also(struct writer *w, const struct scheduled *e) {
	open_with(w, "also", '[');
	for (uint32_t i = 0; i < e->also.count; i++) {
		const struct occasion *o = &e->also.at[i];
		open_with(w, NULL, '{');
		put_when(w, "start", o, o->start);
		put_when(w, "end", o, o->end);
		put_name(w, "zone", o->zone);
		put_span(w, "span", o->span);
		close_with(w, '}');
	}
	close_with(w, ']');
}

static void put_event_spans(struct writer *w, const struct scheduled *e) {
	open_with(w, "spans", '{');
	put_span(w, "title", e->spans.title);
	put_span(w, "series", e->spans.series);
	put_span(w, "kind", e->spans.kind);
	put_span(w, "start", e->spans.start);
	put_span(w, "end", e->spans.end);
	put_span(w, "zone", e->spans.zone);
	put_span(w, "mode", e->spans.mode);
	put_span(w, "location", e->spans.location);
	put_span(w, "fee", e->spans.fee);
	put_span(w, "status", e->spans.status);
	close_with(w, '}');
}

/* An hour without a zone, and perhaps without a date, as the text has it. */
static void put_local_time(struct writer *w, const struct occasion *when) {
	char text[24];
	if (!when_has_clock_only(when))
		return;
	int n = snprintf(text, sizeof text, "%02d:%02d", when->start.hour, when->start.minute < 0 ? 0 : when->start.minute);
	if (civil_has_time(when->end))
		n += snprintf(text + n, sizeof text - (size_t)n, "/%02d:%02d", when->end.hour, when->end.minute < 0 ? 0 : when->end.minute);
	put_str(w, "local_time", str_of(text, (size_t)n));
}

static void put_event_added(struct writer *w, const struct scheduled *e) {
	put_str(w, "display", e->display);
	put_str(w, "kind", e->kind);
	put_name(w, "status", status_name(e->status));
	put_bool(w, "all_day", e->all_day);
	put_bool(w, "time_open", e->time_open);
	put_local_time(w, &e->when);
	put_str(w, "price", e->price);
	put_str(w, "venue", e->venue);
	put_str(w, "room", e->room);
	put_str(w, "address", e->address);
	put_str(w, "description", e->description);
}

static void put_event(struct writer *w, const struct scheduled *e) {
	open_with(w, NULL, '{');
	put_str(w, "uid", e->uid);
	put_str(w, "title", e->title);
	put_str(w, "series", e->series);
	put_when(w, "start", &e->when, e->when.start);
	put_when(w, "end", &e->when, e->when.end);
	put_name(w, "zone", e->when.zone);
	put_also(w, e);
	put_name(w, "mode", mode_name(e->mode));
	put_str(w, "location", e->location);
	put_key(w, "fee");
	buf_text(w->out, e->fee < 0 ? "null" : e->fee ? "true" : "false");
	put_sponsors(w, e);
	put_people(w, e);
	put_links(w, e);
	put_event_spans(w, e);
	put_span(w, "span", e->span);
	put_event_added(w, e);
	close_with(w, '}');
}

static void put_fix(struct writer *w, const struct diagnostic *d) {
	if (!d->fix_title.at) {
		put_str(w, "fix", STR_NULL);
		return;
	}
	open_with(w, "fix", '{');
	put_str(w, "title", d->fix_title);
	open_with(w, "edits", '[');
	for (uint32_t i = 0; i < d->edits.count; i++) {
		open_with(w, NULL, '{');
		put_key(w, "span"); /* an insertion's span is empty and still a place */
		buf_format(w->out, "[%u,%u]", (unsigned)d->edits.at[i].span.begin, (unsigned)d->edits.at[i].span.end);
		put_str(w, "text", d->edits.at[i].text);
		close_with(w, '}');
	}
	close_with(w, ']');
	close_with(w, '}');
}

static void put_diagnostic(struct writer *w, const struct diagnostic *d) {
	struct place place = source_place(w->record->source, d->span.begin);
	put_name(w, "code", diagnostic_kind(d->code)->code);
	put_name(w, "severity", severity_name(d->severity));
	put_str(w, "message", d->message);
	put_key(w, "span");
	buf_format(w->out, "[%u,%u]", (unsigned)d->span.begin, (unsigned)d->span.end);
	put_number(w, "line", place.line);
	put_number(w, "column", place.column);
	put_fix(w, d);
	open_with(w, "related", '[');
	for (uint32_t i = 0; i < d->related.count; i++) {
		open_with(w, NULL, '{');
		put_span(w, "span", d->related.at[i].span);
		put_str(w, "message", d->related.at[i].message);
		close_with(w, '}');
	}
	close_with(w, ']');
}

static void put_empty(struct writer *w, const char *key) {
	open_with(w, key, '[');
	close_with(w, ']');
}

static void put_named(struct writer *w) {
	const struct record *r = w->record;
	open_with(w, "names", '[');
	for (uint32_t i = 0; i < r->names.count; i++)
		put_mention(w, &r->names.at[i]);
	close_with(w, ']');
	open_with(w, "entities", '[');
	for (uint32_t i = 0; i < r->entities.count; i++)
		put_entity(w, i);
	close_with(w, ']');
	open_with(w, "quotations", '[');
	for (uint32_t i = 0; i < r->quotations.count; i++)
		put_quotation(w, &r->quotations.at[i]);
	close_with(w, ']');
}

static void put_found(struct writer *w) {
	const struct record *r = w->record;
	open_with(w, "articles", '[');
	for (uint32_t i = 0; i < r->articles.count; i++)
		put_article(w, &r->articles.at[i]);
	close_with(w, ']');
	open_with(w, "notes", '[');
	for (uint32_t i = 0; i < r->notes.count; i++)
		put_note(w, &r->notes.at[i]);
	close_with(w, ']');
	open_with(w, "times", '[');
	for (uint32_t i = 0; i < r->times.count; i++)
		put_time(w, i);
	close_with(w, ']');
	put_named(w);
	open_with(w, "scheduled", '[');
	for (uint32_t i = 0; i < r->scheduled.count; i++)
		put_event(w, &r->scheduled.at[i]);
	close_with(w, ']');
	put_empty(w, "reported");
}

void emit_json(const struct record *record, struct zones *zones, struct buf *out) {
	struct writer w = {out, zones, record, true};
	open_with(&w, NULL, '{');
	put_number(&w, "daybook", 1);
	put_source(&w);
	put_issue(&w);
	put_found(&w);
	open_with(&w, "diagnostics", '[');
	for (uint32_t i = 0; i < record->diagnostics.count; i++) {
		open_with(&w, NULL, '{');
		put_diagnostic(&w, &record->diagnostics.at[i]);
		close_with(&w, '}');
	}
	close_with(&w, ']');
	open_with(&w, "listings", '[');
	for (uint32_t i = 0; i < record->listings.count; i++) {
		open_with(&w, NULL, '{');
		put_str(&w, "heading", record->listings.at[i].heading);
		put_span(&w, "span", record->listings.at[i].span);
		close_with(&w, '}');
	}
	close_with(&w, ']');
	put_spans(&w, "strays", record->strays.at, record->strays.count);
	close_with(&w, '}');
	buf_byte(out, '\n');
}

void emit_diagnostics_json(const struct record *record, struct buf *out) {
	struct writer w = {out, NULL, record, true};
	for (uint32_t i = 0; i < record->diagnostics.count; i++) {
		w.first = true;
		open_with(&w, NULL, '{');
		put_str(&w, "file", record->source->name);
		put_diagnostic(&w, &record->diagnostics.at[i]);
		close_with(&w, '}');
		buf_byte(out, '\n');
	}
}
