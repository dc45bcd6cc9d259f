/* Several events in one paragraph: "Sunday 7 June: 8am Communion; 10am Eucharist", "Council, 9.30 am | Hearing at 3 pm | …". */
#include "entries.h"

/* Words of `at` that belong to no time and no filler, up to `most`. */
static uint32_t count_words(const struct cutting *c, struct range at, uint32_t most) {
	const struct record *r = c->f->record;
	uint32_t words = 0;
	for (uint32_t i = at.from; i < at.to && words < most;) {
		uint32_t t = record_time_from(r, c->d->tokens.at[i].begin), n = 0;
		if (t < r->times.count && r->times.at[t].span.begin <= c->d->tokens.at[i].begin)
			n = document_token_at(c->d, r->times.at[t].span.end) - i;
		n = n ? n : filler_at(c->d, i, at.to);
		words += n == 0;
		i += n ? n : 1;
	}
	return words;
}

static bool is_bar(const struct document *d, uint32_t at, uint32_t limit) {
	return is_sign(d, at, limit, '|') || is_sign(d, at, limit, 0x2022) || (is_sign(d, at, limit, 0xB7) && is_spaced(d, at));
}

/* The token of the first clock time in `at` that begins one, or at.to. */
static uint32_t clock_in(const struct cutting *c, struct range at) {
	const struct record *r = c->f->record;
	uint32_t t = record_time_from(r, c->d->tokens.at[at.from].begin);
	for (; t < r->times.count && r->times.at[t].span.begin < c->d->tokens.at[at.to - 1].end; t++)
		if (timex_is_clock(&r->times.at[t]) && r->times.at[t].since == NONE)
			return document_token_at(c->d, r->times.at[t].span.begin);
	return at.to;
}

/* Where the next event of a list that begins with hours begins, behind token `from`; `limit` where there is none. */
static uint32_t next_hour(const struct cutting *c, uint32_t from, uint32_t limit) {
	const struct document *d = c->d;
	for (uint32_t at = from + 1; at < limit;) {
		uint32_t clock = clock_in(c, (struct range){at, limit});
		if (clock >= limit)
			return limit;
		if (is_sign(d, clock - 1, limit, ';') || is_sign(d, clock - 1, limit, ',') || is_sign(d, clock - 1, limit, '.') || is_bar(d, clock - 1, limit) ||
			is_word(d, clock - 1, limit, "and"))
			return clock;
		at = clock + 1;
	}
	return limit;
}

/* Whether `at`, which begins with an hour, says what happens then: words in capitals behind it, of no other moment ("7pm Doors"). */
static bool says_what(const struct cutting *c, struct range at) {
	const struct document *d = c->d;
	const struct record *r = c->f->record;
	uint32_t t = record_time_from(r, d->tokens.at[clock_in(c, at)].begin);
	if (t >= r->times.count)
		return false;
	t = r->times.at[t].until != NONE ? r->times.at[t].until : t;
	uint32_t behind = document_token_at(d, r->times.at[t].span.end);
	while (behind < at.to && d->tokens.at[behind].kind == TOKEN_PUNCT)
		behind++;
	return behind < at.to && d->tokens.at[behind].kind == TOKEN_WORD && d->tokens.at[behind].shape != SHAPE_LOWER &&
		count_words(c, (struct range){behind, at.to}, 1) > 0 && !phrase_at(d, behind, at.to, WORD_OTHER_MOMENT, NULL) &&
		!filler_at(d, behind, at.to) && !is_place(d, (struct range){behind, at.to - (d->tokens.at[at.to - 1].kind == TOKEN_PUNCT)});
}

/* "8am Communion; 10am Eucharist; …": each begins with its hour, the first perhaps behind the day. */
static uint32_t split_hours(const struct cutting *c, struct range whole, struct range *out) {
	uint32_t first = clock_in(c, whole), count = 0;
	if (first >= whole.to || count_words(c, (struct range){whole.from, first}, 1))
		return 0;
	for (uint32_t from = first; from < whole.to && count < SEVERAL;) {
		uint32_t next = next_hour(c, from, whole.to);
		struct range at = {count ? from : whole.from, next};
		while (at.to > at.from && next < whole.to && (c->d->tokens.at[at.to - 1].kind == TOKEN_PUNCT || is_word(c->d, at.to - 1, whole.to, "and")))
			at.to--;
		if (!says_what(c, (struct range){from, at.to}))
			return 0;
		out[count++] = at;
		from = next;
	}
	return count;
}

/* "Council, 9.30 am | Hearing at 3 pm | Minister in Rome": parts between bars, of which two tell an hour and what happens then. */
static uint32_t split_bars(const struct cutting *c, struct range whole, struct range *out) {
	uint32_t from = whole.from, count = 0, timed = 0;
	for (uint32_t i = whole.from; i <= whole.to && count < SEVERAL; i++) {
		if (i < whole.to && !is_bar(c->d, i, whole.to))
			continue;
		struct range at = {from, i};
		from = i + 1;
		if (range_empty(at) || count_words(c, at, 2) < 2)
			return 0;
		timed += clock_in(c, at) < at.to && !block_has(c->d, at.from, at.to, WORD_OTHER_MOMENT, NULL) && !label_read(c->d, at.from, at.to).tokens;
		out[count++] = at;
	}
	return timed > 1 ? count : 0;
}

uint32_t several_in(const struct cutting *c, uint32_t block, struct range out[SEVERAL]) {
	const struct block *b = &c->d->blocks.at[block];
	const struct fact *fact = fact_at(c, block);
	if ((b->kind != BLOCK_TEXT && b->kind != BLOCK_ITEM) || !fact->clock || fact->other || b->tokens < 6)
		return 0;
	struct range whole = {b->token, b->token + b->tokens};
	uint32_t count = split_hours(c, whole, out);
	count = count > 1 ? count : split_bars(c, whole, out);
	return count > 1 ? count : 0;
}
