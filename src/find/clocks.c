#include "clocks.h"

#include "dates.h"

#include <stdio.h>

static bool is_number(const struct document *d, uint32_t at, uint32_t limit, int least, int most) {
	const struct token *t = &d->tokens.at[at];
	return at < limit && t->kind == TOKEN_NUMBER && t->digits >= least && t->digits <= most && t->end - t->begin == t->digits;
}

/* ---- zones ---- */

/* "+9", "-0400", "+5:30" behind UTC or GMT: minutes; tokens taken. */
static uint32_t read_offset(const struct document *d, uint32_t at, uint32_t limit, int16_t *minutes) {
	bool minus = is_sign(d, at, limit, '-');
	if ((!minus && !is_sign(d, at, limit, '+')) || !is_number(d, at + 1, limit, 1, 4) || is_spaced(d, at + 1))
		return 0;
	uint32_t n = 2, value = d->tokens.at[at + 1].number;
	int total = d->tokens.at[at + 1].digits > 2 ? (int)(value / 100 * 60 + value % 100) : (int)value * 60;
	if (is_sign(d, at + 2, limit, ':') && !is_spaced(d, at + 2) && is_number(d, at + 3, limit, 2, 2)) {
		total += (int)d->tokens.at[at + 3].number;
		n = 4;
	}
	if (total > 14 * 60)
		return 0;
	*minutes = (int16_t)(minus ? -total : total);
	return n;
}

static void settle_name(struct zone_mention *zone, const struct zone_name *name) {
	if (name && name->zones[0] && !name->zones[1])
		zone->id = name->zones[0];
}

/* A zone's name, or a place followed by "time" or closing a bracket. */
static uint32_t read_name(const struct document *d, uint32_t at, uint32_t limit, bool bracket, struct zone_mention *zone) {
	int32_t value;
	uint32_t n = phrase_at(d, at, limit, WORD_ZONE, &value), m;
	if (n && (d->tokens.at[at].shape != SHAPE_LOWER || n > 1 || bracket)) {
		zone->name = value;
		settle_name(zone, zone_name(value));
		if ((m = read_offset(d, at + n, limit, &zone->offset)))
			zone->id = NULL;
		return n + m;
	}
	n = phrase_at(d, at, limit, WORD_ZONE_PLACE, &value);
	if (!n)
		return 0;
	m = is_word(d, at + n, limit, "local") ? 1 : 0;
	if (is_word(d, at + n + m, limit, "time"))
		n += m + 1;
	else if (!bracket || !is_sign(d, at + n, limit, ')'))
		return 0;
	zone->place = value;
	settle_name(zone, zone_place(value));
	return n;
}

uint32_t zone_read(const struct document *d, uint32_t at, uint32_t limit, struct zone_mention *zone) {
	*zone = NO_ZONE_MENTION;
	uint32_t open = is_sign(d, at, limit, '(') || is_sign(d, at, limit, '[') ? 1 : 0;
	uint32_t begin = at + open;
	if (open && is_word(d, begin, limit, "all") && is_word(d, begin + 1, limit, "times"))
		begin += 2;
	uint32_t n = read_name(d, begin, limit, open, zone);
	if (!n)
		return 0;
	zone->span = token_span(d, begin, begin + n - 1);
	if (!open)
		return n;
	uint32_t close = begin + n;
	while (close < limit && close < begin + n + 6 && !is_sign(d, close, limit, ')') && !is_sign(d, close, limit, ']'))
		close++;
	return is_sign(d, close, limit, ')') || is_sign(d, close, limit, ']') ? close + 1 - at : 0;
}

/* ---- one clock time ---- */

enum half { HALF_UNSAID, HALF_AM, HALF_PM, HALF_24, HALF_NAMED };

struct clock_one {
	int16_t minute; /* of the day, as written before am and pm are applied */
	uint8_t half;
	uint8_t form;   /* how it was written, to see whether two halves match */
	uint32_t tokens;
	bool impossible;
	bool strong;    /* certainly a clock time by itself */
};

enum { FORM_BARE, FORM_COLON, FORM_DOT, FORM_H, FORM_FOUR, FORM_NAME };

static uint32_t read_half(const struct document *d, uint32_t at, uint32_t limit, uint8_t *half) {
	int32_t value;
	uint32_t n = 0;
	if (is_word(d, at, limit, "o'clock") || phrase_at(d, at, limit, WORD_OCLOCK, NULL))
		n = phrase_at(d, at, limit, WORD_OCLOCK, NULL) ? phrase_at(d, at, limit, WORD_OCLOCK, NULL) : 1;
	uint32_t m = phrase_at(d, at + n, limit, WORD_MERIDIEM, &value);
	if (!m)
		return n;
	*half = value ? HALF_PM : HALF_AM;
	n += m;
	if (is_sign(d, at + n, limit, '.') && !is_spaced(d, at + n) && !(d->tokens.at[at + n - 1].flags & TOKEN_DOTTED) && m > 1)
		n++;
	return n;
}

static uint32_t read_named(const struct document *d, uint32_t at, uint32_t limit, struct clock_one *c) {
	int32_t value;
	uint32_t n = is_word(d, at, limit, "12") ? 1 : 0; /* "12 noon" */
	uint32_t m = phrase_at(d, at + n, limit, WORD_CLOCK_NAME, &value);
	if (!m)
		return 0;
	*c = (struct clock_one){(int16_t)value, HALF_NAMED, FORM_NAME, n + m, false, true};
	return c->tokens;
}

/* Minutes behind the hour: ":45", ".30", "h30", none. */
static uint32_t read_minutes(const struct document *d, uint32_t at, uint32_t limit, int *minutes, uint8_t *form) {
	*minutes = 0;
	*form = FORM_BARE;
	if (at >= limit)
		return 0;
	const struct token *t = &d->tokens.at[at];
	bool two = is_number(d, at + 1, limit, 2, 2) && at + 1 < limit;
	if (t->kind == TOKEN_PUNCT && (t->number == ':' || t->number == ';' || t->number == '.') && !is_spaced(d, at) && two && !is_spaced(d, at + 1)) {
		*minutes = (int)d->tokens.at[at + 1].number;
		*form = t->number == '.' ? FORM_DOT : FORM_COLON;
		return 2;
	}
	if (is_word(d, at, limit, "h")) {
		*form = FORM_H;
		if (!two)
			return 1;
		*minutes = (int)d->tokens.at[at + 1].number;
		return 2;
	}
	return 0;
}

static bool is_price_or_part(const struct document *d, uint32_t at) {
	if (at == 0)
		return false;
	const struct token *before = &d->tokens.at[at - 1];
	if (before->kind != TOKEN_PUNCT)
		return !is_spaced(d, at) && before->kind == TOKEN_NUMBER;
	uint32_t c = before->number;
	return c == '$' || c == 0x20AC || c == 0xA3 || c == 0xA5 || c == '#' || (!is_spaced(d, at) && (c == '/' || c == ':' || c == '.'));
}

static uint32_t read_clock(const struct document *d, uint32_t at, uint32_t limit, struct clock_one *c) {
	int minutes;
	if (read_named(d, at, limit, c))
		return c->tokens;
	*c = (struct clock_one){.half = HALF_UNSAID};
	if (!is_number(d, at, limit, 1, 4) || is_price_or_part(d, at))
		return 0;
	uint32_t hour = d->tokens.at[at].number, n = 1;
	if (d->tokens.at[at].digits == 3)
		return 0;
	if (d->tokens.at[at].digits == 4) { /* 1430 GMT */
		c->form = FORM_FOUR;
		minutes = (int)(hour % 100);
		hour /= 100;
	} else {
		n += read_minutes(d, at + 1, limit, &minutes, &c->form);
	}
	uint32_t m = read_half(d, at + n, limit, &c->half);
	n += m;
	if (c->half == HALF_UNSAID && c->form == FORM_FOUR && (is_word(d, at + n, limit, "hrs") || is_word(d, at + n, limit, "hours") || is_word(d, at + n, limit, "h")))
		n++, c->half = HALF_24;
	if (c->half == HALF_UNSAID && c->form != FORM_FOUR && (c->form == FORM_H || hour > 12 || (d->tokens.at[at].digits == 2 && hour < 10)))
		c->half = HALF_24;
	if (c->form == FORM_DOT && c->half == HALF_24 && is_word(d, at + n, limit, "h"))
		n++;
	c->impossible = minutes > 59 || hour > 24 || (hour == 24 && minutes) || ((c->half == HALF_AM || c->half == HALF_PM) && hour > 12 && hour < 25 && c->half == HALF_AM);
	c->minute = (int16_t)(hour * 60 + (uint32_t)minutes);
	c->strong = c->half == HALF_AM || c->half == HALF_PM || c->form == FORM_COLON || (c->form == FORM_H && (minutes || n > 2)) ||
		(c->form == FORM_FOUR && c->half == HALF_24) || m;
	c->tokens = n;
	return hour > 99 || (c->form == FORM_FOUR && c->impossible) ? 0 : n;
}

/* ---- ranges ---- */

/* The minute of the day that a time means in half `half`. */
static int16_t in_half(int16_t minute, uint8_t half) {
	if (half == HALF_AM)
		return minute >= 720 && minute < 780 ? (int16_t)(minute - 720) : minute;
	if (half == HALF_PM)
		return minute < 720 ? (int16_t)(minute + 720) : minute;
	return minute;
}

static int forward(int from, int to) {
	int way = (to - from) % 1440;
	return way <= 0 ? way + 1440 : way;
}

static bool has_half(const struct clock_one *c) {
	return c->half != HALF_UNSAID;
}

/* Resolves the half-days of a range as the shortest way forward: 11:00-12:30pm begins in the morning. */
static void settle(const struct clock_one *a, const struct clock_one *b, struct clocks_read *r) {
	int start = in_half(a->minute, a->half), end = in_half(b->minute, b->half);
	if (!has_half(a) && has_half(b) && b->half != HALF_24 && a->minute <= 780) {
		int am = in_half(a->minute, HALF_AM), pm = in_half(a->minute, HALF_PM);
		start = forward(am, end) <= forward(pm, end) ? am : pm;
	} else if (has_half(a) && !has_half(b) && a->half != HALF_24 && b->minute <= 780) {
		int am = in_half(b->minute, HALF_AM), pm = in_half(b->minute, HALF_PM);
		end = forward(start, am) <= forward(start, pm) ? am : pm;
	}
	if (end == 0 && start > 0)
		end = 1440;
	if (a->half == HALF_NAMED && start == 1440)
		start = 0;
	r->start = (int16_t)start;
	r->end = (int16_t)end;
	r->half_unknown = !has_half(a) && !has_half(b) && a->form != FORM_FOUR && a->minute < 720 && b->minute < 780;
	r->impossible = a->impossible || b->impossible;
}

static uint32_t range_between(const struct document *d, uint32_t at, uint32_t limit, bool between) {
	uint32_t n = range_mark(d, at, limit);
	if (n)
		return n;
	if (between && is_word(d, at, limit, "and"))
		return 1;
	return is_sign(d, at, limit, '>') ? 1 : 0;
}

/* Whether one time that stands alone is surely a clock time. */
static bool stands_alone(const struct clock_one *c, bool zoned) {
	return c->strong || (zoned && (c->form != FORM_BARE || c->half != HALF_UNSAID));
}

static bool stands_as_range(const struct clock_one *a, const struct clock_one *b, bool zoned) {
	bool halves = b->half == HALF_AM || b->half == HALF_PM || a->half == HALF_AM || a->half == HALF_PM;
	bool named = a->form == FORM_NAME || b->form == FORM_NAME;
	if (a->form == FORM_FOUR || b->form == FORM_FOUR)
		return (zoned || a->half == HALF_24 || b->half == HALF_24) && a->form == b->form;
	if (a->form == FORM_BARE && b->form == FORM_BARE)
		return halves || named;
	if (a->form == FORM_DOT || b->form == FORM_DOT)
		return halves || named || zoned || (a->form == b->form && a->minute <= 1440 && b->minute <= 1440 && a->minute < b->minute);
	return halves || named || zoned || (a->form != FORM_BARE && b->form != FORM_BARE);
}

/* "(GMT -0400)" behind "EDT" says the same again. */
static uint32_t skip_second_name(const struct document *d, uint32_t at, uint32_t limit) {
	struct zone_mention again;
	if (!is_sign(d, at, limit, '('))
		return 0;
	uint32_t n = zone_read(d, at, limit, &again);
	return n && again.offset != ZONE_NO_OFFSET ? n : 0;
}

static uint32_t read_zone_behind(const struct document *d, uint32_t at, uint32_t limit, struct zone_mention *zone) {
	uint32_t comma = is_sign(d, at, limit, ',') ? 1 : 0;
	uint32_t n = zone_read(d, at + comma, limit, zone);
	if (!n || (comma && zone->place >= 0 && zone->span.end == 0)) {
		*zone = NO_ZONE_MENTION;
		return 0;
	}
	n += comma;
	return n + skip_second_name(d, at + n, limit);
}

/* The cheap question, asked first. */
static bool may_begin(const struct document *d, uint32_t at, uint32_t limit) {
	const struct token *t = &d->tokens.at[at];
	if (at >= limit || t->kind > TOKEN_NUMBER)
		return false;
	return t->kind == TOKEN_NUMBER || word_starts(t->word, WORD_CLOCK_NAME) || t->end - t->begin == 4 || t->end - t->begin == 7;
}

static struct clocks_read read_at(const struct document *d, uint32_t at, uint32_t limit) {
	struct clocks_read r = {.end = -1, .zone = NO_ZONE_MENTION};
	struct clock_one a, b;
	if (!may_begin(d, at, limit))
		return r;
	bool between = is_word(d, at, limit, "between");
	uint32_t n = between || is_word(d, at, limit, "from") ? 1 : 0, m, k;
	uint32_t first = at + n;
	if (first >= limit || !(m = read_clock(d, first, limit, &a)))
		return r;
	n += m;
	r.first[0] = first;
	r.last[0] = first + m - 1;
	/* the first half may name its own zone: "9am EST - 10am EST" */
	uint32_t zone_of_first = read_zone_behind(d, at + n, limit, &r.zone);
	uint32_t mark = range_between(d, at + n, limit, between), after = at + n + mark;
	if (!mark && zone_of_first && (mark = range_between(d, at + n + zone_of_first, limit, between)))
		after = at + n + zone_of_first + mark;
	if (mark && (k = read_clock(d, after, limit, &b))) {
		struct zone_mention zone = r.zone;
		uint32_t z = read_zone_behind(d, after + k, limit, &zone);
		if (stands_as_range(&a, &b, z || zone_of_first)) {
			r.first[1] = after;
			r.last[1] = after + k - 1;
			if (z)
				r.zone = zone;
			settle(&a, &b, &r);
			r.tokens = after + k + z - at;
			return r;
		}
	}
	if (!stands_alone(&a, zone_of_first)) {
		r.zone = NO_ZONE_MENTION;
		return r;
	}
	r.start = in_half(a.minute, a.half);
	if (r.start == 1440)
		r.start = 0;
	r.half_unknown = a.half == HALF_UNSAID && a.form != FORM_FOUR && a.minute < 720;
	r.impossible = a.impossible;
	r.tokens = n + zone_of_first;
	return r;
}

struct clocks_read clocks_read(const struct document *d, uint32_t at, uint32_t limit) {
	struct clocks_read r = read_at(d, at, limit), real;
	uint32_t behind = at + r.tokens;
	if (!r.tokens || r.end >= 0 || !is_word(d, behind, limit, "for"))
		return r;
	real = read_at(d, behind + 1, limit); /* "7.15am for 7.30am - 9am": doors, and the event */
	if (!real.tokens)
		return r;
	real.tokens += behind + 1 - at;
	return real;
}
