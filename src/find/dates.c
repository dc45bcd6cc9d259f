#include "dates.h"

#include "resolve_clock.h"

uint32_t range_mark(const struct document *d, uint32_t at, uint32_t limit) {
	int64_t value;
	return time_set_at(d, at, limit, SET_RANGE, &value);
}

static void judge(struct date_read *r) {
	struct civil c = r->when;
	if (c.month > 0 && c.day > 0)
		r->impossible = c.month > 12 || c.day > civil_month_days(c.year == CIVIL_NO_YEAR ? 2024 : c.year, c.month);
}

/* What the frame of one half states; false where that is no calendar date. */
static bool read_half(const struct document *d, const struct expression *e, int half, struct date_read *out) {
	struct frame f;
	expression_frame(e, half, &f);
	const uint64_t vague = (uint64_t)1 << FIELD_STEP | (uint64_t)1 << FIELD_UNIT | (uint64_t)1 << FIELD_PART | (uint64_t)1 << FIELD_ORDINAL |
		(uint64_t)1 << FIELD_SEASON | (uint64_t)1 << FIELD_QUARTER | (uint64_t)1 << FIELD_HOLIDAY;
	*out = (struct date_read){.first = e->first[half], .last = e->last[half], .when = CIVIL_UNKNOWN};
	out->weekday = (int8_t)frame_get(&f, FIELD_WEEKDAY, 0);
	if (out->weekday)
		out->weekday_span = token_span(d, f.at[FIELD_WEEKDAY], f.at[FIELD_WEEKDAY]);
	out->is_relative = frame_has(&f, FIELD_DAYNAME);
	out->when.month = (int8_t)frame_get(&f, FIELD_MONTH, -1);
	out->when.day = (int8_t)frame_get(&f, FIELD_DAY, -1);
	if (frame_has(&f, FIELD_YEAR))
		out->when.year = (int32_t)f.value[FIELD_YEAR] + (f.value[FIELD_YEAR] < 100 ? 2000 : 0);
	judge(out);
	return !(f.has & vague) && (out->is_relative || out->weekday || (out->when.month > 0 && (out->when.day > 0 || frame_has(&f, FIELD_YEAR))) ||
		(e->is_range && (out->when.month > 0 || out->when.day > 0)));
}

/* "17 – 18 Sep 2025": what one half of a range states serves the other. */
static void share(struct date_read *a, struct date_read *b) {
	if (a->when.month < 0)
		a->when.month = b->when.month;
	if (b->when.month < 0)
		b->when.month = a->when.month;
	if (a->when.year == CIVIL_NO_YEAR && b->when.year != CIVIL_NO_YEAR)
		a->when.year = b->when.year - (a->when.month > b->when.month);
	judge(a);
	judge(b);
}

static bool read_at(const struct document *d, uint32_t at, uint32_t limit, struct expression *e) {
	bool found = expression_at(d, at, limit, 0, e);
	if (found && time_rules[e->rule].op == OP_CLOCK)
		found = e->ops >> OP_DATE & 1 && expression_at(d, at, limit, (uint32_t)1 << OP_CLOCK, e);
	return found && time_rules[e->rule].op == OP_DATE && e->first[0] == at;
}

struct dates_read dates_read(const struct document *d, uint32_t at, uint32_t limit) {
	struct dates_read r = {0};
	struct expression e;
	if (at >= limit || !read_at(d, at, limit, &e) || !read_half(d, &e, 0, &r.from))
		return r;
	r.tokens = e.tokens;
	if (e.is_range) {
		r.is_range = read_half(d, &e, 1, &r.until);
		share(&r.from, &r.until);
		return r;
	}
	uint32_t mark = range_mark(d, at + r.tokens, limit), after = at + r.tokens + mark;
	if (mark && after < limit && read_at(d, after, limit, &e) && !e.is_range && read_half(d, &e, 0, &r.until)) {
		r.is_range = true;
		r.tokens = after + e.tokens - at;
		share(&r.from, &r.until);
	}
	return r;
}

struct clocks_read clocks_read(const struct document *d, uint32_t at, uint32_t limit) {
	struct expression e;
	struct clocks clocks;
	struct anchors anchors = {.now = CIVIL_UNKNOWN};
	if (!expression_at(d, at, limit, 0, &e) || time_rules[e.rule].op != OP_CLOCK ||
		!resolve_clocks(&(struct resolving){d, NULL, &anchors, &e, limit, e.first[0]}, false, &clocks))
		return (struct clocks_read){0};
	return (struct clocks_read){e.tokens, clocks.end >= 0, !span_empty(e.zone[0].span) || !span_empty(e.zone[1].span)};
}
