/* Time expressions: dates and clock times with their ranges and zones, as TIMEX3 (ISO 24617-1), resolved against the
 * issue's date, or the essay's own inside an essay. */
#include "clocks.h"
#include "dates.h"
#include "find.h"

/* Where the walk is, and what a date there is resolved against. */
struct walk {
	struct finding *f;
	struct civil anchor;
	bool in_listing;
	uint32_t article, listing; /* the next ones */
};

/* ---- anchors ---- */

static bool inside(struct span span, uint32_t at) {
	return span.begin <= at && at < span.end;
}

static void set_anchor(struct walk *w, uint32_t at) {
	const struct record *r = w->f->record;
	while (w->article < r->articles.count && r->articles.at[w->article].span.end <= at)
		w->article++;
	while (w->listing < r->listings.count && r->listings.at[w->listing].span.end <= at)
		w->listing++;
	w->anchor = r->issue.date;
	w->in_listing = w->listing < r->listings.count && inside(r->listings.at[w->listing].span, at);
	if (w->article < r->articles.count && inside(r->articles.at[w->article].span, at) &&
		civil_has_date(r->articles.at[w->article].date))
		w->anchor = r->articles.at[w->article].date;
}

static int64_t days_of(struct civil c) {
	return civil_days(c.year, c.month, c.day);
}

/* The year of a month and day that states none: of the nearest such day; in a listing what is coming counts as nearer. */
static int32_t nearest_year(const struct walk *w, int month, int day) {
	int64_t anchor = days_of(w->anchor), shift = w->in_listing ? 120 : 0, best = INT64_MAX;
	int32_t year = w->anchor.year;
	for (int32_t y = w->anchor.year - 1; y <= w->anchor.year + 1; y++) {
		int64_t away = civil_days(y, month, day) - anchor - shift;
		if (away < 0)
			away = -away;
		if (away < best) {
			best = away;
			year = y;
		}
	}
	return year;
}

/* Figures stand month first unless only the other way is near: 6/10 of an issue of October 3rd. */
static void turn_figures(const struct walk *w, struct date_read *r) {
	if (!r->numeric || !r->swapped_possible || !civil_has_date(w->anchor) || r->when.year != CIVIL_NO_YEAR)
		return;
	int64_t anchor = days_of(w->anchor);
	int32_t as_is = nearest_year(w, r->when.month, r->when.day), turned = nearest_year(w, r->when.day, r->when.month);
	int64_t a = civil_days(as_is, r->when.month, r->when.day) - anchor, b = civil_days(turned, r->when.day, r->when.month) - anchor;
	if ((a < -31 || a > 92) && b >= -2 && b <= 31) {
		int8_t month = r->when.month;
		r->when.month = r->when.day;
		r->when.day = month;
	}
}

/* Fills what the words leave open. */
static void resolve(const struct walk *w, struct date_read *r) {
	if (!civil_has_date(w->anchor))
		return;
	if (r->is_relative) {
		r->when = civil_add_days(w->anchor, r->relative);
		r->when.hour = r->when.minute = r->when.second = -1;
		return;
	}
	turn_figures(w, r);
	if (r->when.month > 0 && r->when.day > 0 && r->when.year == CIVIL_NO_YEAR && !r->impossible)
		r->when.year = nearest_year(w, r->when.month, r->when.day);
	if (r->weekday && r->when.month < 0 && r->when.day < 0 && w->in_listing)
		r->when = civil_add_days(w->anchor, (r->weekday - civil_weekday(w->anchor) + 7) % 7);
}

/* ---- records of them ---- */

static struct str date_value(struct finding *f, const struct date_read *r) {
	char value[CIVIL_TEXT];
	struct civil c = r->when;
	if (c.month < 0)
		return arena_format(f->record->arena, "XXXX-WXX-%d", r->weekday);
	c.hour = -1;
	if (c.year == CIVIL_NO_YEAR)
		c.year = 0;
	int len = civil_format((struct civil){c.year, c.month, c.day < 0 ? 1 : c.day, -1, -1, -1}, value);
	if (r->when.year == CIVIL_NO_YEAR)
		memcpy(value, "XXXX", 4);
	return arena_copy(f->record->arena, str_of(value, (size_t)(c.day < 0 ? len - 3 : len)));
}

static struct timex *add(struct finding *f, uint8_t type, struct span span) {
	struct timex *t = array_push(f->record->arena, &f->record->times);
	*t = (struct timex){.span = span, .type = type, .anchor = NONE, .until = NONE, .since = NONE, .date = NONE,
		.when = CIVIL_UNKNOWN, .zone = NO_ZONE_MENTION};
	return t;
}

static void add_date(const struct walk *w, const struct date_read *r, bool year_given) {
	struct finding *f = w->f;
	struct timex *t = add(f, TIMEX_DATE, token_span(f->document, r->first, r->last));
	t->value = date_value(f, r);
	t->when = r->when;
	t->year_given = year_given;
	t->weekday = r->weekday;
	t->weekday_span = r->weekday_span;
	t->impossible = r->impossible && (!r->numeric || w->in_listing); /* in prose 8/32 is a fraction */
	t->rule = r->numeric ? "date-figures" : r->is_relative ? "day-name" : "date";
}

static uint32_t take_dates(struct walk *w, uint32_t at, uint32_t limit) {
	struct dates_read r = dates_read(w->f->document, at, limit);
	if (!r.tokens)
		return 0;
	bool year_given = r.from.when.year != CIVIL_NO_YEAR;
	resolve(w, &r.from);
	add_date(w, &r.from, year_given);
	if (r.is_range) {
		uint32_t first = w->f->record->times.count - 1;
		bool until_year = r.until.when.year != CIVIL_NO_YEAR;
		if (!until_year && civil_has_date(r.from.when) && r.until.when.month > 0)
			r.until.when.year = r.from.when.year + (r.until.when.month < r.from.when.month);
		resolve(w, &r.until);
		add_date(w, &r.until, until_year);
		w->f->record->times.at[first].until = first + 1;
		w->f->record->times.at[first + 1].since = first;
	}
	return r.tokens;
}

static void add_clock(struct finding *f, const struct clocks_read *r, int half) {
	struct timex *t = add(f, TIMEX_TIME, token_span(f->document, r->first[half], r->last[half]));
	int minute = half ? r->end : r->start;
	t->when.hour = (int8_t)(minute / 60);
	t->when.minute = (int8_t)(minute % 60);
	t->impossible = r->impossible;
	t->half_unknown = r->half_unknown;
	t->zone = r->zone;
	char value[] = "XXXX-XX-XXT00:00";
	civil_two_digits(value + 11, minute / 60);
	civil_two_digits(value + 14, minute % 60);
	t->value = arena_copy(f->record->arena, str_of(value, sizeof value - 1));
	t->rule = half || r->end >= 0 ? "clock-range" : "clock";
}

static uint32_t take_clocks(struct walk *w, uint32_t at, uint32_t limit) {
	struct clocks_read r = clocks_read(w->f->document, at, limit);
	if (!r.tokens)
		return 0;
	add_clock(w->f, &r, 0);
	if (r.end >= 0) {
		uint32_t first = w->f->record->times.count - 1;
		add_clock(w->f, &r, 1);
		w->f->record->times.at[first].until = first + 1;
		w->f->record->times.at[first + 1].since = first;
	}
	return r.tokens;
}

/* Whether an expression may begin with this token: the cheap question asked of every one. */
static bool may_begin(const struct token *t) {
	if (t->kind == TOKEN_NUMBER)
		return true;
	if (t->kind != TOKEN_WORD || !t->word)
		return false;
	return word_starts_any(t->word, (uint64_t)1 << WORD_MONTH | (uint64_t)1 << WORD_WEEKDAY | (uint64_t)1 << WORD_DAY_NAME |
		(uint64_t)1 << WORD_CLOCK_NAME);
}

static void find_in_block(struct walk *w, const struct block *block) {
	const struct document *d = w->f->document;
	uint32_t limit = block->token + block->tokens;
	for (uint32_t i = block->token; i < limit;) {
		uint32_t n = 0;
		if (may_begin(&d->tokens.at[i])) {
			n = take_dates(w, i, limit);
			if (!n)
				n = take_clocks(w, i, limit);
		}
		i += n ? n : 1;
	}
}

void find_times(struct finding *f) {
	struct walk w = {.f = f};
	for (uint32_t i = 0; i < f->document->blocks.count; i++) {
		const struct block *block = &f->document->blocks.at[i];
		if (block->kind == BLOCK_CONTENTS)
			continue;
		set_anchor(&w, block->span.begin);
		find_in_block(&w, block);
	}
}
