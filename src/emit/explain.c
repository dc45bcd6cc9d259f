/* Why the record says what it says: a line for each statement, in the order of the text, in the form of a compiler's
 * messages. So far of times and quotations; another key adds its own function and calls gather(). */
#include "anchors.h"
#include "emit.h"

#include <stdlib.h>

#include "plain.h"

struct explainer;

/* One statement: where it stands, and who tells of it. */
struct reason {
	uint32_t at, order; /* order: of those at one place */
	uint32_t index;     /* in its list of the record */
	void (*tell)(const struct explainer *e, uint32_t index);
};

struct explainer {
	const struct record *record;
	struct buf *out;
	array_of(struct reason) reasons;
	struct arena arena;
};

/* ------------------------------------------------------------------ how it is said */

static void put_place(const struct explainer *e, uint32_t at) {
	struct place place = source_place(e->record->source, at);
	buf_format(e->out, "%u:%u", (unsigned)place.line, (unsigned)place.column);
}

static void put_words(const struct explainer *e, struct span span) {
	buf_text(e->out, "“");
	plain_words(e->out, str_at(e->record->source->text, span));
	buf_text(e->out, "”");
}

static void begin_line(const struct explainer *e, uint32_t at, const char *what) {
	plain_add(e->out, e->record->source->name);
	buf_byte(e->out, ':');
	put_place(e, at);
	buf_format(e->out, ": %s: ", what);
}

/* ------------------------------------------------------------------ times */

static void put_named(const struct explainer *e, const char *name, struct str value) {
	if (value.at)
		buf_format(e->out, " %s %.*s", name, (int)value.len, value.at);
}

static void put_anchor(const struct explainer *e, struct anchor anchor) {
	char date[CIVIL_TEXT];
	if (anchor.kind == ANCHOR_TIME) {
		struct span span = e->record->times.at[anchor.time].span;
		buf_text(e->out, ", from ");
		put_words(e, span);
		buf_text(e->out, " at ");
		put_place(e, span.begin);
	} else if (anchor.kind != ANCHOR_NONE) {
		anchor.date = civil_date(anchor.date);
		buf_format(e->out, ", from the %s's date %.*s", anchor.kind == ANCHOR_ISSUE ? "issue" : "article",
			civil_format(anchor.date, date), date);
		if (anchor.time != NONE) {
			buf_text(e->out, " at ");
			put_place(e, e->record->times.at[anchor.time].span.begin);
		}
	}
}

static void put_other_end(const struct explainer *e, const char *word, uint32_t time) {
	if (time >= e->record->times.count)
		return;
	buf_format(e->out, ", %s ", word);
	put_words(e, e->record->times.at[time].span);
}

static void tell_time(const struct explainer *e, uint32_t index) {
	const struct timex *t = &e->record->times.at[index];
	begin_line(e, t->span.begin, "time");
	put_words(e, t->span);
	buf_format(e->out, " is %s %.*s", timex_type_name(t->type), (int)t->value.len, t->value.at ? t->value.at : "");
	put_named(e, "mod", t->mod);
	put_named(e, "quant", t->quant);
	put_named(e, "freq", t->freq);
	put_anchor(e, anchor_of(e->record, index));
	put_other_end(e, "up to", t->until);
	put_other_end(e, "beginning with", t->since);
	if (t->rule)
		buf_format(e->out, " [%s]", t->rule);
	buf_byte(e->out, '\n');
}

/* ------------------------------------------------------------------ quotations */

static void put_part(const struct explainer *e, const char *name, struct span span) {
	if (span_empty(span))
		return;
	buf_format(e->out, ", %s ", name);
	put_words(e, span);
}

static void tell_quotation(const struct explainer *e, uint32_t index) {
	const struct quotation *q = &e->record->quotations.at[index];
	begin_line(e, q->content.begin, "quotation");
	put_words(e, q->content);
	buf_format(e->out, " is %s", quotation_kind_name(q->kind));
	put_part(e, "by the word", q->cue);
	put_part(e, "of", q->source);
	put_part(e, "to", q->addressee);
	put_part(e, "in", q->outlet);
	if (q->speaker < e->record->entities.count) {
		struct str name = e->record->entities.at[q->speaker].name;
		buf_format(e->out, ", who is %.*s", (int)name.len, name.at);
	}
	buf_byte(e->out, '\n');
}

/* ------------------------------------------------------------------ all of them */

static void gather(struct explainer *e, struct span span, uint32_t index, void (*tell)(const struct explainer *, uint32_t)) {
	uint32_t order = e->reasons.count;
	*array_push(&e->arena, &e->reasons) = (struct reason){span.begin, order, index, tell};
}

static int by_place(const void *a, const void *b) {
	const struct reason *x = a, *y = b;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

void emit_explanations(const struct record *record, struct buf *out) {
	struct explainer e = {.record = record, .out = out};
	arena_init(&e.arena);
	for (uint32_t i = 0; i < record->times.count; i++)
		gather(&e, record->times.at[i].span, i, tell_time);
	for (uint32_t i = 0; i < record->quotations.count; i++)
		gather(&e, record->quotations.at[i].content, i, tell_quotation);
	if (e.reasons.count)
		qsort(e.reasons.at, e.reasons.count, sizeof *e.reasons.at, by_place);
	for (uint32_t i = 0; i < e.reasons.count; i++)
		e.reasons.at[i].tell(&e, e.reasons.at[i].index);
	arena_release(&e.arena);
}
