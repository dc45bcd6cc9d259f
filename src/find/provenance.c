/* Where an essay first appeared: "first published in X on DATE", "DATE. Special to X", "reprinted from X, DATE". */
#include "dates.h"
#include "layout.h"

static bool leads_to_outlet(const struct document *d, uint32_t at) {
	int32_t lead;
	return d->tokens.at[at].kind == TOKEN_WORD && word_is(d->tokens.at[at].word, WORD_LEAD, &lead) && lead & 1;
}

static bool may_begin_outlet(const struct document *d, uint32_t at, uint32_t limit) {
	const struct token *t = &d->tokens.at[at];
	if (at >= limit || dates_read(d, at, limit).tokens || (t->kind == TOKEN_NUMBER && t->digits == 4)) /* "in 2016" */
		return false;
	return t->kind == TOKEN_NUMBER || (t->kind == TOKEN_WORD && t->shape != SHAPE_LOWER) || is_word(d, at, UINT32_MAX, "the") || (t->flags & TOKEN_OPENS);
}

/* The outlet's end: a full stop or other sign that ends a clause, a date, "on" before a date, "and". */
static uint32_t outlet_end(const struct document *d, uint32_t at, uint32_t limit) {
	uint32_t i = at + 1;
	for (; i < limit; i++) {
		const struct token *t = &d->tokens.at[i];
		if (t->kind == TOKEN_PUNCT && (t->number == '.' || t->number == ';' || t->number == ':' || t->number == '(' || t->number == '|'))
			break;
		if (t->kind == TOKEN_PUNCT && t->number == ',' && (i + 1 >= limit || dates_read(d, i + 1, limit).tokens || d->tokens.at[i + 1].shape == SHAPE_LOWER))
			break;
		if ((is_word(d, i, UINT32_MAX, "on") || is_word(d, i, UINT32_MAX, "in")) && i + 1 < limit && dates_read(d, i + 1, limit).tokens)
			break;
		if (dates_read(d, i, limit).tokens && t->kind != TOKEN_NUMBER)
			break;
		if (t->kind == TOKEN_WORD && t->shape == SHAPE_LOWER && (is_word(d, i, UINT32_MAX, "and") || is_word(d, i, UINT32_MAX, "under") || is_word(d, i, UINT32_MAX, "as")) &&
			(i + 1 >= limit || d->tokens.at[i + 1].shape == SHAPE_LOWER))
			break;
	}
	return i;
}

static void take_outlet(struct finding *f, struct article *a, uint32_t first, uint32_t end) {
	const struct document *d = f->document;
	while (end > first && d->tokens.at[end - 1].kind == TOKEN_PUNCT && !(d->tokens.at[end - 1].flags & TOKEN_CLOSES))
		end--;
	while (first < end && (d->tokens.at[first].kind == TOKEN_PUNCT || str_equal(token_text(d, first), STR("the"))))
		first++;
	while (end > first && d->tokens.at[end - 1].kind == TOKEN_PUNCT)
		end--;
	if (first >= end)
		return;
	a->provenance.span = token_span(d, first, end - 1);
	a->provenance.outlet = document_words(d, a->provenance.span);
}

/* The year of a day and month without one: the last such day before the issue. */
static void settle_year(const struct finding *f, struct civil *date) {
	if (date->year != CIVIL_NO_YEAR || !civil_has_date(f->record->issue.date))
		return;
	date->year = f->record->issue.date.year;
	if (civil_compare(*date, f->record->issue.date) > 0)
		date->year--;
}

static void take_date(struct finding *f, struct article *a, uint32_t at, uint32_t limit) {
	struct dates_read date;
	uint32_t where;
	if (!block_date(f->document, at, limit, false, &date, &where))
		return;
	settle_year(f, &date.from.when);
	a->provenance.date = date.from.when;
	if (!civil_has_date(a->date)) {
		a->date = date.from.when;
		a->date_span = token_span(f->document, where, where + date.tokens - 1);
		a->weekday = date.from.weekday;
		a->weekday_span = date.from.weekday_span;
	}
}

bool provenance_at(const struct document *d, uint32_t at, uint32_t limit, uint32_t *where) {
	uint32_t told = at; /* behind the words that name the essay, in their sentence */
	for (uint32_t i = at; i < limit; i++) {
		int32_t value;
		told = d->tokens.at[i].flags & TOKEN_SENTENCE ? i : told;
		uint32_t n = phrase_at(d, i, limit, WORD_PROVENANCE, &value);
		if (n && value == PROVENANCE_ESSAY)
			told = i + n;
		bool counts = n && (value == PROVENANCE_CUE || (value == PROVENANCE_WEAK && (i == at || (told > at && told <= i && i < told + 8 &&
			!(d->tokens.at[told].flags & TOKEN_SENTENCE)))));
		if (!counts)
			continue;
		if (where)
			*where = i;
		return true;
	}
	return false;
}

/* "The Magellan Quarterly, March 2026": an issue that is named by its month. */
static void take_month(struct finding *f, struct article *a, uint32_t at, uint32_t limit) {
	for (; at < limit && a->provenance.date.month < 0; at++) {
		struct dates_read read = word_is(f->document->tokens.at[at].word, WORD_MONTH, NULL) ? dates_read(f->document, at, limit) : (struct dates_read){0};
		if (read.tokens && read.from.when.month > 0 && read.from.when.year != CIVIL_NO_YEAR)
			a->provenance.date = read.from.when;
	}
}

void provenance_read(struct finding *f, uint32_t block, struct article *a) {
	const struct document *d = f->document;
	const struct block *b = &d->blocks.at[block];
	uint32_t limit = b->token + b->tokens, cue, at;
	if (!provenance_at(d, b->token, limit, &cue) || a->provenance.outlet.at)
		return;
	uint32_t after = cue + phrase_at(d, cue, limit, WORD_PROVENANCE, NULL);
	/* "Special to X", "reprinted from X": the cue's own last word leads to the outlet */
	at = after - 1;
	while (at < limit && !(leads_to_outlet(d, at) && may_begin_outlet(d, at + 1, limit)))
		at++;
	if (at < limit) {
		take_outlet(f, a, at + 1, outlet_end(d, at + 1, limit));
		take_date(f, a, b->token, limit);
		take_month(f, a, at, limit);
	}
}
