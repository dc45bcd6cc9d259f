/* Clock times: one, or a range with its half-days settled as the shortest way forward. */
#include "resolve_clock.h"

enum half { HALF_UNSAID, HALF_AM, HALF_PM, HALF_24, HALF_NAMED };

enum form { FORM_BARE, FORM_COLON, FORM_DOT, FORM_H, FORM_FOUR, FORM_NAME, FORM_WORDS };

struct clock_one {
	int16_t minute; /* of the day, as written before am and pm are applied */
	uint8_t half, form;
	bool impossible;
	bool strong;    /* certainly a clock time by itself */
};

/* How it is written, from the token behind the hour. */
static uint8_t form_of(const struct document *d, const struct frame *f) {
	if (!frame_has(f, FIELD_HOUR))
		return FORM_NAME;
	uint32_t at = f->at[FIELD_HOUR];
	const struct token *t = &d->tokens.at[at], *after = t + 1;
	if (t->kind != TOKEN_NUMBER)
		return FORM_WORDS;
	if (t->digits == 4)
		return FORM_FOUR;
	if (is_word(d, at + 1, d->tokens.count, "h"))
		return FORM_H;
	if (!frame_has(f, FIELD_MINUTE) || f->at[FIELD_MINUTE] != at + 2)
		return FORM_BARE;
	return token_is_punct(after, '.') ? FORM_DOT : FORM_COLON;
}

static uint8_t half_of_part(int64_t part, int64_t hour) {
	if (part == PART_MORNING || part == PART_DAWN)
		return HALF_AM;
	if (part == PART_NIGHT)
		return hour >= 6 && hour < 12 ? HALF_PM : HALF_AM;
	return HALF_PM;
}

/* A price, a path or the tail of a longer number is no clock time. */
static bool is_part_of_other(const struct document *d, uint32_t at) {
	if (at == 0)
		return false;
	const struct token *before = &d->tokens.at[at - 1];
	if (before->kind != TOKEN_PUNCT)
		return !is_spaced(d, at) && before->kind == TOKEN_NUMBER;
	uint32_t c = before->number;
	bool zoned = c == '/' && at > 1 && word_is_any(d->tokens.at[at - 2].word, (uint64_t)1 << WORD_ZONE | (uint64_t)1 << WORD_MERIDIEM); /* "EDT/4:00" */
	return c == '$' || c == 0x20AC || c == 0xA3 || c == 0xA5 || c == '#' || (!is_spaced(d, at) && !zoned && (c == '/' || c == ':' || c == '.'));
}

/* "1615 H Street": an H of the hour is small. */
static bool is_street(const struct document *d, uint32_t at) {
	return is_word(d, at + 1, d->tokens.count, "h") && d->tokens.at[at + 1].shape == SHAPE_UPPER && is_spaced(d, at + 1);
}

static bool read_one(const struct resolving *r, const struct frame *f, uint32_t first, uint32_t last, struct clock_one *c) {
	*c = (struct clock_one){.form = form_of(r->d, f), .half = HALF_UNSAID};
	if (frame_has(f, FIELD_CLOCK) && !frame_has(f, FIELD_PAST)) {
		*c = (struct clock_one){(int16_t)f->value[FIELD_CLOCK], HALF_NAMED, FORM_NAME, false, true};
		return !frame_has(f, FIELD_HOUR) || f->value[FIELD_HOUR] == 12;
	}
	if (is_part_of_other(r->d, first) || (frame_has(f, FIELD_HOUR) && is_street(r->d, f->at[FIELD_HOUR])))
		return false;
	int64_t hour = frame_has(f, FIELD_CLOCK) ? f->value[FIELD_CLOCK] / 60 : f->value[FIELD_HOUR], minute = frame_get(f, FIELD_MINUTE, 0);
	uint32_t stated = frame_has(f, FIELD_HOUR) ? f->at[FIELD_HOUR] : f->at[FIELD_CLOCK];
	const struct token *t = &r->d->tokens.at[stated];
	if (c->form == FORM_FOUR)
		minute = hour % 100, hour /= 100;
	if (frame_has(f, FIELD_MERIDIEM))
		c->half = f->value[FIELD_MERIDIEM] ? HALF_PM : HALF_AM;
	else if (frame_has(f, FIELD_PART))
		c->half = half_of_part(f->value[FIELD_PART], hour);
	else if (c->form == FORM_NAME) /* a quarter past noon */
		c->half = HALF_24;
	else if (c->form == FORM_FOUR ? last > stated && !frame_has(f, FIELD_PAST)
		: c->form == FORM_H || hour > 12 || (c->form != FORM_WORDS && t->digits == 2 && hour < 10))
		c->half = HALF_24;
	c->impossible = minute > 59 || hour > 24 || (hour == 24 && minute) || (c->half == HALF_AM && hour > 12 && hour < 25);
	int64_t past = frame_get(f, FIELD_PAST, 0) * (frame_get(f, FIELD_WAY, 1) < 0 ? -1 : 1);
	if (past > 59 || past < -59 || hour > 99)
		return false;
	c->minute = (int16_t)((hour * 60 + minute + past + 1440 * (past < 0 && hour == 0)) % 6000);
	c->strong = c->half == HALF_AM || c->half == HALF_PM || c->form == FORM_COLON || frame_has(f, FIELD_PAST) ||
		(c->form == FORM_H && (minute || last > stated + 1)) || (c->form == FORM_FOUR && c->half == HALF_24) ||
		(last > stated && c->form == FORM_BARE) || (c->form == FORM_WORDS && (last > stated || frame_has(f, FIELD_MINUTE)));
	return c->form != FORM_FOUR || !c->impossible;
}

/* ---- ranges ---- */

enum { LONGEST = 11 * 60 }; /* minutes that a range takes whose half-day is said once */

/* The minute of the day that a time means in half `half`. */
static int in_half(int minute, uint8_t half) {
	if (half == HALF_AM)
		return minute >= 720 && minute < 780 ? minute - 720 : minute;
	if (half == HALF_PM)
		return minute < 720 ? minute + 720 : minute;
	return minute;
}

static int forward(int from, int to) {
	int way = (to - from) % 1440;
	return way <= 0 ? way + 1440 : way;
}

/* Resolves the half-days of a range as the shortest way forward: 11:00-12:30pm begins in the morning. */
static void settle(const struct clock_one *a, const struct clock_one *b, struct clocks *out) {
	int start = in_half(a->minute, a->half), end = in_half(b->minute, b->half);
	bool first = a->half != HALF_UNSAID, second = b->half != HALF_UNSAID;
	if (!first && second && b->half != HALF_24 && a->minute <= 780) {
		int am = in_half(a->minute, HALF_AM), pm = in_half(a->minute, HALF_PM);
		start = forward(am, end) <= forward(pm, end) ? am : pm;
		if (forward(start, end) > LONGEST) /* a slip: 4:00-3:30pm */
			start = in_half(a->minute, b->half);
	} else if (first && !second && a->half != HALF_24 && b->minute <= 780) {
		int am = in_half(b->minute, HALF_AM), pm = in_half(b->minute, HALF_PM);
		end = forward(start, am) <= forward(start, pm) ? am : pm;
	}
	if (!first && !second && end < start && end + 720 > start && a->minute < 780 && b->minute < 720) /* 11:30 to 1:30 */
		end += 720;
	if (end == 0 && start > 0)
		end = 1440;
	if (a->half == HALF_NAMED && start == 1440)
		start = 0;
	out->start = (int16_t)start;
	out->end = (int16_t)end;
	out->half_unknown = !first && !second && a->form != FORM_FOUR && a->minute < 720 && b->minute < 780;
	out->impossible = a->impossible || b->impossible;
}

static bool stands_as_range(const struct clock_one *a, const struct clock_one *b, bool zoned, bool bare) {
	bool halves = b->half == HALF_AM || b->half == HALF_PM || a->half == HALF_AM || a->half == HALF_PM;
	bool named = a->form == FORM_NAME || b->form == FORM_NAME;
	if (a->form == FORM_FOUR || b->form == FORM_FOUR)
		return (zoned || bare || a->half == HALF_24 || b->half == HALF_24) && a->form == b->form;
	if (a->form == FORM_BARE && b->form == FORM_BARE)
		return halves || named || bare;
	if (a->form == FORM_DOT || b->form == FORM_DOT)
		return halves || named || zoned || (a->form == b->form && a->minute <= 1440 && b->minute <= 1440 && a->minute < b->minute);
	return halves || named || zoned || bare || (a->form != FORM_BARE && b->form != FORM_BARE);
}

/* "8:00 to 08/29/2023": figures that a stroke joins to others are no hour. */
static bool is_joined_behind(const struct resolving *r, uint32_t at) {
	const struct document *d = r->d;
	return at + 1 < r->limit && (token_is_punct(&d->tokens.at[at], '/') || token_is_punct(&d->tokens.at[at], '-')) && !is_spaced(d, at) &&
		!is_spaced(d, at + 1) && d->tokens.at[at + 1].kind == TOKEN_NUMBER;
}

static bool is_zoned(const struct expression *e) {
	return !span_empty(e->zone[0].span) || !span_empty(e->zone[1].span);
}

bool resolve_clocks(const struct resolving *r, bool bare, struct clocks *out) {
	struct frame frames[2];
	struct clock_one one[2];
	const struct expression *e = r->e;
	*out = (struct clocks){.end = -1, .second = -1};
	for (int half = 0; half <= e->is_range; half++) {
		expression_frame(e, half, &frames[half]);
		if (!read_one(r, &frames[half], e->first[half], e->last[half], &one[half]))
			return false;
	}
	if (e->is_range) {
		bool four = one[0].form == FORM_FOUR && one[1].form == FORM_FOUR && (one[0].minute < 600 || one[1].minute < 600);
		bool introduced = e->first[0] > e->from && (one[0].form == FORM_COLON || one[1].form == FORM_COLON || four); /* "from 7 to 7:30" */
		if (!stands_as_range(&one[0], &one[1], is_zoned(e), bare || introduced) || (one[1].form == FORM_BARE && is_joined_behind(r, e->last[1] + 1)))
			return false;
		settle(&one[0], &one[1], out);
		return true;
	}
	bool cut = word_is(r->d->tokens.at[e->last[0] + 1].word, WORD_MERIDIEM, NULL); /* "6pm for 6.30 | pm" */
	bool plain = one[0].form == FORM_BARE || one[0].form == FORM_WORDS || (one[0].form == FORM_DOT && !one[0].impossible && !cut);
	bool stands = one[0].strong || (bare && plain && one[0].minute < 1440);
	if (!stands && !(is_zoned(e) && (one[0].form != FORM_BARE || one[0].half != HALF_UNSAID)))
		return false;
	out->start = (int16_t)in_half(one[0].minute, one[0].half);
	out->second = (int16_t)frame_get(&frames[0], FIELD_SECOND, -1);
	if (out->start == 1440)
		out->start = 0;
	out->half_unknown = one[0].half == HALF_UNSAID && one[0].form != FORM_FOUR && one[0].minute < 720;
	out->impossible = one[0].impossible;
	return true;
}
