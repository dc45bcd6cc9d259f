/* Dates: what the words leave open (the year, the month, which Friday) is taken from the anchors of the place. */
#include "resolve.h"

#include <stdio.h>

static int tense_of(const struct resolving *r) {
	return tense_at(r->d, r->begin, r->e->last[1], r->limit);
}

/* "will open", or "opens", of a weekday: to come. */
static bool looks_ahead(const struct resolving *r) {
	int tense = tense_of(r);
	return tense == 1 || tense == 3;
}

static bool has_now(const struct resolving *r) {
	return civil_has_date(r->anchors->now);
}

/* ---- years ---- */

/* A year of two figures: the latest that is not far ahead. */
static int32_t whole_year(const struct resolving *r, int64_t year) {
	int32_t now = has_now(r) ? r->anchors->now.year : 2025;
	if (year >= 100)
		return (int32_t)year;
	int32_t whole = now / 100 * 100 + (int32_t)year;
	return whole > now + 15 ? whole - 100 : whole < now - 85 ? whole + 100 : whole;
}

/* The year that the frame states, with its era; astronomically counted. */
static int32_t stated_year(const struct resolving *r, const struct frame *f) {
	int64_t year = f->value[FIELD_YEAR];
	if (frame_has(f, FIELD_ERA))
		return (int32_t)(f->value[FIELD_ERA] < 0 ? 1 - year : year);
	return whole_year(r, year);
}

/* The last such day before the issue rather than one that is much later, where only there it has the weekday stated with it: a
 * listing's entry that was left over. */
static int32_t year_left_over(const struct resolving *r, const struct frame *f, int32_t year, int month, int d) {
	int weekday = (int)frame_get(f, FIELD_WEEKDAY, 0);
	if (!weekday || !has_now(r) || !r->anchors->listing || d > civil_month_days(year - 1, month))
		return year;
	int64_t today = civil_day_number(r->anchors->now), ahead = civil_days(year, month, d) - today, back = today - civil_days(year - 1, month, d);
	bool fits = civil_weekday(civil_of(year - 1, month, d)) == weekday && civil_weekday(civil_of(year, month, d)) != weekday;
	return fits && back > 0 && back < ahead ? year - 1 : year;
}

/* In a listing what is coming counts as nearer. */
static int32_t nearest_year(const struct resolving *r, int month, int d) {
	const struct civil now = has_now(r) ? r->anchors->now : r->anchors->about;
	int64_t anchor = civil_day_number(now) + (r->anchors->listing ? 120 : 0), best = INT64_MAX;
	int32_t year = now.year;
	for (int32_t y = now.year - 1; y <= now.year + 1; y++) {
		int64_t away = civil_days(y, month, d) - anchor;
		if (away < 0)
			away = -away;
		if (away < best) {
			best = away;
			year = y;
		}
	}
	return year;
}

/* "In January, the firm brought": what opens its sentence is told by the verb behind it. */
static bool opens_sentence(const struct document *d, uint32_t at) {
	bool preposition = at > 0 && (is_word(d, at - 1, at, "in") || is_word(d, at - 1, at, "on"));
	return d->tokens.at[at - preposition].flags & (TOKEN_SENTENCE | TOKEN_BLOCK);
}

/* The year of a part of the year that begins and ends (exclusive) on these days of a year; both may be moved by whole years. A past
 * tense takes the last that has begun, a future one the first that has not ended; where that is far and the other way is near, the near one. */
static int32_t year_by_tense(const struct resolving *r, int month, int d, int length) {
	const struct civil now = r->anchors->now;
	int64_t today = civil_day_number(now);
	int32_t nearest = nearest_year(r, month, d), chosen = nearest;
	int tense = r->anchors->listing ? 0 : tense_of(r);
	if (tense == -1)
		chosen = civil_days(now.year, month, d) <= today ? now.year : now.year - 1;
	else if (tense == 1 || tense == 3)
		chosen = civil_days(now.year, month, d) + length > today ? now.year : now.year + 1;
	int64_t far = civil_days(chosen, month, d) - today, near = civil_days(nearest, month, d) - today;
	bool told = tense == -1 && (opens_sentence(r->d, r->e->first[0]) || is_done_at(r->d, r->e->first[0]));
	return (far > 200 && near > -75) || (far < -230 && near < (told ? 10 : 110)) ? nearest : chosen;
}

/* The year of a month (and day) that states none, or CIVIL_NO_YEAR. */
static int32_t open_year(const struct resolving *r, struct resolved *out, int month, int d, int length) {
	const struct anchors *a = r->anchors;
	if (a->narrative && !a->listing && a->story.unit != UNIT_NONE) { /* "1952 CONFERENCE. 2/2" of a listing is to come */
		out->anchor = a->story_time;
		return a->story.begin.year;
	}
	if (!has_now(r) && d > 0 && month >= 1 && month <= 12 && civil_has_date(a->about))
		return nearest_year(r, month, d);
	if (!has_now(r) || month < 1 || month > 12)
		return CIVIL_NO_YEAR;
	if (a->dwelling != CIVIL_NO_YEAR && !a->listing && tense_of(r) != 1) {
		out->anchor = a->dwelling_time;
		return a->dwelling;
	}
	out->from_now = true;
	return year_by_tense(r, month, d > 0 ? d : 1, length);
}

/* The year of a step, "last year's", of the anchor. */
static int32_t stepped_year(const struct resolving *r, const struct frame *f, struct resolved *out) {
	const struct anchors *a = r->anchors;
	bool story = frame_get(f, FIELD_FROM, FROM_NOW) == FROM_STORY && a->story.unit != UNIT_NONE;
	if (!story && !has_now(r))
		return CIVIL_NO_YEAR;
	out->from_now = !story;
	if (story)
		out->anchor = a->story_time;
	return (story ? a->story.begin.year : a->now.year) + (int32_t)f->value[FIELD_STEP];
}

/* ---- writing values ---- */

static void set_value(const struct resolving *r, const struct frame *f, struct resolved *out, const char *value) {
	const char *part = frame_has(f, FIELD_PART) ? part_name_of(f->value[FIELD_PART]) : "";
	out->type = *part ? TIMEX_TIME : TIMEX_DATE;
	out->value = arena_format(r->arena, "%s%s", value, part);
}

void resolved_period(const struct resolving *r, const struct frame *f, struct period p, struct resolved *out) {
	char value[PERIOD_TEXT];
	if (p.unit == UNIT_NONE) {
		set_value(r, f, out, "XXXX");
		return;
	}
	period_format(p, value);
	set_value(r, f, out, value);
	out->period = p;
	if (p.unit == UNIT_DAY)
		out->when = p.begin;
	else if (p.unit == UNIT_MONTH || p.unit == UNIT_YEAR) {
		out->when.year = p.begin.year;
		out->when.month = p.unit == UNIT_MONTH ? p.begin.month : -1;
	}
}

/* A month and day whose year is not known, or a day whose month is not. */
static void set_open(const struct resolving *r, const struct frame *f, struct resolved *out, int month, int d) {
	char value[PERIOD_TEXT];
	int n = month > 0 ? snprintf(value, sizeof value, "XXXX-%02d", month % 100) : snprintf(value, sizeof value, "XXXX-XX");
	if (d > 0)
		snprintf(value + n, sizeof value - (size_t)n, "-%02d", d % 100);
	set_value(r, f, out, value);
	out->when.month = (int8_t)(month > 0 ? month : -1);
	out->when.day = (int8_t)(d > 0 ? d : -1);
}

static void set_day(const struct resolving *r, const struct frame *f, struct resolved *out, struct civil c) {
	uint8_t unit = (uint8_t)frame_get(f, FIELD_UNIT, UNIT_DAY);
	resolved_period(r, f, period_of(c, unit == UNIT_WEEK || unit == UNIT_WEEKEND ? unit : UNIT_DAY), out);
}

/* ---- month, day, year ---- */

static void swap(int *a, int *b) {
	int other = *a;
	*a = *b;
	*b = other;
}

/* Figures stand as the document's do; where it does not tell, month first unless only the other way is near: 6/10 of an issue of October 3rd. */
static void turn_figures(const struct resolving *r, const struct frame *f, int *month, int *d) {
	uint32_t at = f->at[FIELD_MONTH];
	bool iso = frame_has(f, FIELD_YEAR) && f->at[FIELD_YEAR] < at;
	if (!frame_has(f, FIELD_DAY) || at > f->at[FIELD_DAY] || r->d->tokens.at[at].kind != TOKEN_NUMBER || iso || *month == *d || *d > 12)
		return;
	if (!has_now(r) || r->d->day_first || frame_has(f, FIELD_YEAR) || token_is_punct(&r->d->tokens.at[at + 1], '-'))
		return;
	int64_t anchor = civil_day_number(r->anchors->now);
	int64_t a = civil_days(nearest_year(r, *month, *d), *month, *d) - anchor, b = civil_days(nearest_year(r, *d, *month), *d, *month) - anchor;
	if ((a < -31 || a > 92) && b >= -2 && b <= 31)
		swap(month, d);
}

/* "4 5/8", "7/8", "12 3/4%": in prose a fraction, unless a word before it says a day. */
static bool is_fraction(const struct resolving *r, const struct frame *f, int month, int d) {
	uint32_t at = f->at[FIELD_MONTH];
	if (r->anchors->listing || r->e->tokens != 3 || r->d->tokens.at[at].kind != TOKEN_NUMBER || !token_is_punct(&r->d->tokens.at[at + 1], '/'))
		return false;
	bool first = r->d->tokens.at[at].flags & TOKEN_BLOCK;
	int64_t value;
	if (!first && r->d->tokens.at[at - 1].kind == TOKEN_NUMBER)
		return true;
	bool ratio = month < d && (d == 2 || d == 3 || d == 4 || d == 8 || d == 16 || d == 32);
	return ratio && !first && !time_set_at(r->d, at - 1, at, SET_PREPDAY, &value);
}

static void set_calendar(const struct resolving *r, const struct frame *f, struct resolved *out) {
	int month = (int)frame_get(f, FIELD_MONTH, -1), d = (int)frame_get(f, FIELD_DAY, -1);
	if (d < 0)
		d = (int)frame_get(f, FIELD_ORDINAL, -1);
	int32_t year = CIVIL_NO_YEAR;
	if (is_fraction(r, f, month, d)) {
		out->nothing = true;
		return;
	}
	turn_figures(r, f, &month, &d);
	if (frame_has(f, FIELD_YEAR)) {
		year = stated_year(r, f);
		out->year_given = true;
	} else if (frame_has(f, FIELD_STEP) && frame_get(f, FIELD_UNIT, 0) == UNIT_YEAR) {
		year = stepped_year(r, f, out);
	}
	out->impossible = d > civil_month_days(year == CIVIL_NO_YEAR ? 2024 : year, month) || month > 12;
	if (out->impossible && !r->anchors->listing && r->d->tokens.at[f->at[FIELD_MONTH]].kind == TOKEN_NUMBER) { /* 8/32 of prose is no slip */
		out->nothing = true;
		return;
	}
	if (out->impossible) {
		set_open(r, f, out, month, d);
		if (year != CIVIL_NO_YEAR)
			out->value = arena_format(r->arena, "%04d-%02d-%02d", year, month, d);
		out->when.year = year;
		return;
	}
	if (year == CIVIL_NO_YEAR)
		year = open_year(r, out, month, d, d > 0 ? 1 : 28);
	if (year != CIVIL_NO_YEAR && d > 0 && !out->year_given)
		year = year_left_over(r, f, year, month, d);
	if (year == CIVIL_NO_YEAR || d > civil_month_days(year, month)) /* the 29th of February of some year */
		set_open(r, f, out, month, d);
	else if (d > 0)
		set_day(r, f, out, civil_of(year, month, d));
	else
		resolved_period(r, f, period_of(civil_of(year, month, 1), UNIT_MONTH), out);
}

/* "last October", "this May", "next March". */
static void step_month(const struct resolving *r, const struct frame *f, struct resolved *out) {
	int month = (int)f->value[FIELD_MONTH], step = (int)f->value[FIELD_STEP];
	if (!has_now(r)) {
		set_open(r, f, out, month, -1);
		return;
	}
	const struct civil now = r->anchors->now;
	int32_t year = now.year;
	if (step < 0 && month >= now.month)
		year--;
	else if (step > 0 && month <= now.month)
		year++;
	out->from_now = true;
	resolved_period(r, f, period_of(civil_of(year, month, 1), UNIT_MONTH), out);
}

/* "the 28th", "the 5th of next month": the month is the anchor's. */
static void set_day_of_month(const struct resolving *r, const struct frame *f, struct resolved *out) {
	const struct anchors *a = r->anchors;
	int d = (int)f->value[FIELD_DAY];
	bool story = a->story.unit != UNIT_NONE && (a->story.unit <= UNIT_MONTH || a->story.unit == UNIT_DAY) &&
		(a->narrative || frame_get(f, FIELD_FROM, FROM_NOW) == FROM_STORY || !has_now(r));
	struct civil base = story ? a->story.begin : a->now;
	if (!civil_has_date(base)) {
		set_open(r, f, out, -1, d);
		return;
	}
	struct period month = period_shift(period_of(base, UNIT_MONTH), frame_get(f, FIELD_STEP, 0));
	if (!story && !frame_has(f, FIELD_STEP)) {
		int tense = a->listing ? 1 : tense_of(r);
		if (tense == 1 && d < base.day)
			month = period_shift(month, 1);
		else if (tense == -1 && d > base.day)
			month = period_shift(month, -1);
	}
	out->anchor = story ? a->story_time : NONE;
	out->from_now = !story;
	if (d > civil_month_days(month.begin.year, month.begin.month))
		set_open(r, f, out, -1, d);
	else
		set_day(r, f, out, civil_of(month.begin.year, month.begin.month, d));
}

/* ---- weekdays ---- */

static struct civil weekday_before(struct civil now, int weekday, bool today) {
	int back = (civil_weekday(now) - weekday + 7) % 7;
	return civil_add_days(now, -(back == 0 && !today ? 7 : back));
}

static struct civil weekday_behind(struct civil now, int weekday, bool today) {
	int ahead = (weekday - civil_weekday(now) + 7) % 7;
	return civil_add_days(now, ahead == 0 && !today ? 7 : ahead);
}

static struct civil step_weekday(struct civil base, int weekday, int64_t step, bool of_week) {
	if (of_week || step == 0)
		return civil_add_days(period_shift(period_of(base, UNIT_WEEK), step).begin, weekday - 1);
	return step < 0 ? weekday_before(base, weekday, false) : weekday_behind(base, weekday, false);
}

/* "two Sundays from now", "three Mondays ago". */
static struct civil count_weekdays(struct civil base, int weekday, int64_t count) {
	if (count == 0 || count > 1000 || count < -1000)
		return base;
	return count > 0 ? civil_add_days(weekday_behind(base, weekday, false), 7 * (count - 1))
		: civil_add_days(weekday_before(base, weekday, false), 7 * (count + 1));
}

static void set_weekday(const struct resolving *r, const struct frame *f, struct resolved *out) {
	const struct anchors *a = r->anchors;
	int weekday = (int)f->value[FIELD_WEEKDAY];
	bool story = (frame_get(f, FIELD_FROM, FROM_NOW) == FROM_STORY || a->narrative) && a->story.unit == UNIT_DAY;
	struct civil base = civil_date(story ? a->story.begin : a->now), c;
	if (!civil_has_date(base)) {
		set_value(r, f, out, "XXXX-WXX");
		out->value = arena_format(r->arena, "XXXX-WXX-%d%s", weekday, frame_has(f, FIELD_PART) ? part_name_of(f->value[FIELD_PART]) : "");
		return;
	}
	out->from_now = !story;
	out->anchor = story ? a->story_time : NONE;
	if (frame_has(f, FIELD_WAY))
		c = count_weekdays(base, weekday, f->value[FIELD_WAY] * frame_get(f, FIELD_COUNT, 1000) / 1000);
	else if (frame_has(f, FIELD_STEP))
		c = step_weekday(base, weekday, f->value[FIELD_STEP], 
			frame_get(f, FIELD_FROM, FROM_NOW) == FROM_WEEK || (r->e->last[0] > f->at[FIELD_WEEKDAY] && f->at[FIELD_STEP] > f->at[FIELD_WEEKDAY]));
	else if (a->listing || story)
		c = weekday_behind(base, weekday, true);
	else
		c = looks_ahead(r) ? weekday_behind(base, weekday, true) : weekday_before(base, weekday, true);
	struct frame plain = *f;
	plain.has &= ~((uint64_t)1 << FIELD_UNIT);
	set_day(r, &plain, out, c);
}

/* "Wed 17": the day of that number that is such a weekday, nearest to the anchor. */
static void set_weekday_number(const struct resolving *r, const struct frame *f, struct resolved *out) {
	const struct anchors *a = r->anchors;
	int d = (int)f->value[FIELD_DAY];
	struct civil now = has_now(r) || !a->about_month ? a->now : a->about;
	if (!civil_has_date(now)) {
		set_open(r, f, out, -1, d);
		return;
	}
	struct period month = period_shift(period_of(now, UNIT_MONTH), -2);
	struct civil best = CIVIL_UNKNOWN;
	int64_t nearest = INT64_MAX;
	for (int i = 0; i < 6; i++, month = period_shift(month, 1)) {
		struct civil c = civil_of(month.begin.year, month.begin.month, d);
		if (d > civil_month_days(c.year, c.month) || civil_weekday(c) != f->value[FIELD_WEEKDAY])
			continue;
		int64_t away = civil_day_number(c) - civil_day_number(now);
		away = away < 0 ? (a->listing ? -8 : -1) * away : away;
		if (away < nearest)
			best = c, nearest = away;
	}
	out->from_now = has_now(r);
	if (civil_has_date(best))
		set_day(r, f, out, best);
	else
		set_day_of_month(r, f, out);
}

/* ---- quarters, halves, seasons ---- */

/* The quarter (half, season) of number `n` nearest to now; a tie is the past's. Figures are told of what is over. */
static int32_t nearest_part_year(const struct civil now, int months, int n) {
	int mine = (now.month - 1) / months + 1, count = 12 / months, away = n - mine;
	if (away > count / 2 || (count == 2 ? 0 : away == count / 2))
		return away >= count - 1 || count == 2 ? now.year - 1 : now.year;
	return away < -count / 2 ? now.year + 1 : now.year;
}

static void set_part_of_year(const struct resolving *r, const struct frame *f, struct resolved *out, enum time_unit unit, int n) {
	int months = unit == UNIT_QUARTER ? 3 : 6;
	const struct anchors *a = r->anchors;
	int32_t year = CIVIL_NO_YEAR;
	if (n < 1 || n > 12 / months)
		n = 12 / months;
	if (frame_has(f, FIELD_YEAR))
		year = stated_year(r, f);
	else if (frame_has(f, FIELD_STEP))
		year = stepped_year(r, f, out);
	else if (a->narrative && a->story.unit != UNIT_NONE)
		year = a->story.begin.year, out->anchor = a->story_time;
	else if (has_now(r)) /* a fiscal year has a calendar of its own: the year of the text is the best that can be said */
		year = frame_has(f, FIELD_FISCAL) ? a->now.year : nearest_part_year(a->now, months, n), out->from_now = true;
	if (year == CIVIL_NO_YEAR)
		set_value(r, f, out, arena_format(r->arena, "XXXX-%c%d", unit == UNIT_QUARTER ? 'Q' : 'H', n).at);
	else
		resolved_period(r, f, period_of(civil_of(year, (n - 1) * months + 1, 1), unit), out);
}

static int32_t season_year(const struct resolving *r, const struct frame *f, int season, struct resolved *out) {
	const struct anchors *a = r->anchors;
	if (frame_has(f, FIELD_YEAR))
		return stated_year(r, f);
	if (frame_has(f, FIELD_STEP) && frame_get(f, FIELD_UNIT, 0) == UNIT_YEAR)
		return stepped_year(r, f, out);
	if ((a->narrative || frame_get(f, FIELD_FROM, FROM_NOW) == FROM_STORY) && a->story.unit != UNIT_NONE) {
		out->anchor = a->story_time;
		return a->story.begin.year;
	}
	if (!has_now(r))
		return CIVIL_NO_YEAR;
	out->from_now = true;
	struct period now = period_of(a->now, UNIT_SEASON), it = period_season(a->now.year, season);
	int64_t step = frame_get(f, FIELD_STEP, 0);
	if (frame_has(f, FIELD_STEP) && step != 0)
		return it.begin.year - (step < 0 && civil_compare(it.begin, now.begin) >= 0) + (step > 0 && civil_compare(it.begin, now.begin) <= 0);
	if (season == SEASON_WINTER && a->now.month <= 2)
		return a->now.year - 1;
	return frame_has(f, FIELD_STEP) ? a->now.year : year_by_tense(r, season * 3, 1, 90);
}

static void set_season(const struct resolving *r, const struct frame *f, struct resolved *out) {
	static const char *const open[] = {"", "XXXX-SP", "XXXX-SU", "XXXX-FA", "XXXX-WI"};
	int season = (int)f->value[FIELD_SEASON];
	int32_t year = season_year(r, f, season, out);
	if (year == CIVIL_NO_YEAR)
		set_value(r, f, out, open[season]);
	else
		resolved_period(r, f, period_season(year, season), out);
}

/* ---- holidays and the nth of something ---- */

static void set_holiday(const struct resolving *r, const struct frame *f, struct resolved *out) {
	const struct anchors *a = r->anchors;
	int32_t holiday = (int32_t)f->value[FIELD_HOLIDAY], year;
	int64_t step = frame_get(f, FIELD_STEP, 0);
	struct civil near = has_now(r) ? holiday_day(holiday, a->now.year) : CIVIL_UNKNOWN;
	if (frame_has(f, FIELD_YEAR)) {
		year = stated_year(r, f);
	} else if (frame_has(f, FIELD_STEP) && civil_has_date(near)) {
		bool past = civil_day_number(near) < civil_day_number(a->now), of_year = f->at[FIELD_STEP] > f->at[FIELD_HOLIDAY];
		year = a->now.year + (of_year ? (int32_t)step : step < 0 ? -!past : step > 0 ? past || civil_day_number(near) == civil_day_number(a->now) : 0);
		out->from_now = true;
	} else {
		year = civil_has_date(near) || a->narrative ? open_year(r, out, near.month, near.day, 1) : CIVIL_NO_YEAR;
	}
	struct civil c = year == CIVIL_NO_YEAR ? CIVIL_UNKNOWN : holiday_day(holiday, year);
	/* the weekend of a Monday is the one before it */
	if (civil_has_date(c) && frame_get(f, FIELD_UNIT, 0) == UNIT_WEEKEND && civil_weekday(c) <= 2)
		c = civil_add_days(c, -2);
	if (civil_has_date(c)) {
		set_day(r, f, out, c);
		if (time_holidays[holiday].days > 1 && out->period.unit == UNIT_DAY && out->type == TIMEX_DATE) { /* its first day is its value */
			out->period = PERIOD_NONE;
			out->begin = c;
			out->end = civil_add_days(c, time_holidays[holiday].days);
		}
		return;
	}
	set_open(r, f, out, time_holidays[holiday].rule == HOLIDAY_FIXED ? time_holidays[holiday].month : -1,
		time_holidays[holiday].rule == HOLIDAY_FIXED ? time_holidays[holiday].day : -1);
}

/* The period in which the nth is counted: a month or year that is stated or stepped to. */
static struct period counted_in(const struct resolving *r, const struct frame *f, struct resolved *out) {
	if (frame_has(f, FIELD_MONTH)) {
		int month = (int)f->value[FIELD_MONTH];
		int32_t year = frame_has(f, FIELD_YEAR) ? stated_year(r, f) : open_year(r, out, month, 1, 28);
		return year == CIVIL_NO_YEAR ? PERIOD_NONE : period_of(civil_of(year, month, 1), UNIT_MONTH);
	}
	if (frame_has(f, FIELD_YEAR))
		return period_of(civil_of(stated_year(r, f), 1, 1), UNIT_YEAR);
	if (!has_now(r))
		return PERIOD_NONE;
	int64_t unit = frame_get(f, FIELD_COUNTED, frame_get(f, FIELD_UNIT, UNIT_MONTH));
	out->from_now = true;
	bool counts = unit == UNIT_WEEK || (unit_months(unit) && (frame_has(f, FIELD_COUNTED) || unit == UNIT_YEAR));
	return period_shift(period_of(r->anchors->now, counts ? (enum time_unit)unit : UNIT_MONTH), frame_get(f, FIELD_STEP, 0));
}

static void set_nth(const struct resolving *r, const struct frame *f, struct resolved *out) {
	struct period in = counted_in(r, f, out);
	int64_t n = frame_has(f, FIELD_MORE) ? -f->value[FIELD_MORE] : f->value[FIELD_ORDINAL], unit = frame_get(f, FIELD_UNIT, UNIT_DAY);
	if (in.unit == UNIT_NONE) {
		set_value(r, f, out, "XXXX-XX-XX");
		return;
	}
	struct frame plain = *f;
	plain.has &= ~((uint64_t)1 << FIELD_UNIT);
	int64_t first = civil_day_number(in.begin), last = civil_day_number(period_end(in)) - 1;
	if (frame_has(f, FIELD_WEEKDAY)) {
		int weekday = (int)f->value[FIELD_WEEKDAY];
		int64_t at = n > 0 ? civil_day_number(weekday_behind(in.begin, weekday, true)) + 7 * (n - 1)
			: civil_day_number(weekday_before(civil_from_days(last), weekday, true)) + 7 * (n + 1);
		set_day(r, &plain, out, civil_from_days(at));
	} else if (unit == UNIT_WEEK || unit == UNIT_WEEKEND) {
		struct period week = period_of(civil_from_days(n > 0 ? first + 3 : last - 3), (uint8_t)unit);
		resolved_period(r, &plain, period_shift(week, n > 0 ? n - 1 : n + 1), out);
	} else {
		set_day(r, &plain, out, civil_from_days(n > 0 ? first + n - 1 : last + n + 1));
	}
}

/* ---- decades, centuries, weeks, years ---- */

static void set_decade(const struct resolving *r, const struct frame *f, struct resolved *out) {
	int64_t decade = f->value[FIELD_DECADE];
	if (decade < 100 && frame_has(f, FIELD_CENTURY)) {
		decade += (f->value[FIELD_CENTURY] - 1) * 100;
	} else if (decade < 100) {
		int32_t now = r->anchors->narrative && r->anchors->story.unit ? r->anchors->story.begin.year : has_now(r) ? r->anchors->now.year : 2025;
		int64_t century = now / 100 * 100;
		decade = century + decade > now ? century - 100 + decade : century + decade;
	}
	resolved_period(r, f, period_of(civil_of(decade, 1, 1), UNIT_DECADE), out);
}

static void set_century(const struct resolving *r, const struct frame *f, struct resolved *out) {
	int64_t n = f->value[FIELD_CENTURY];
	bool before = frame_get(f, FIELD_ERA, 1) < 0;
	if (n < 1 || n > 99) {
		out->nothing = true;
		return;
	}
	if (before)
		out->value = arena_format(r->arena, "BC%02d", (int)n - 1);
	else
		resolved_period(r, f, period_of(civil_of((n - 1) * 100, 1, 1), UNIT_CENTURY), out);
}

static void set_week(const struct resolving *r, const struct frame *f, struct resolved *out) {
	int32_t year = frame_has(f, FIELD_YEAR) ? stated_year(r, f) : frame_has(f, FIELD_STEP) ? stepped_year(r, f, out)
		: has_now(r) ? r->anchors->now.year : CIVIL_NO_YEAR;
	int64_t week = f->value[FIELD_WEEK];
	if (year == CIVIL_NO_YEAR || week < 1 || week > 53)
		out->nothing = true;
	else
		resolved_period(r, f, period_shift(period_of(civil_of(year, 1, 4), UNIT_WEEK), week - 1), out);
}

/* Whether figures joined with dashes stand on from `at` in `step`'s direction: two more make a number of a telephone or a part. */
static bool is_chained(const struct document *d, uint32_t at, uint32_t limit, bool behind) {
	for (int i = 0; i < 2; i++) {
		uint32_t dash = behind ? at + 1 : at - 1, next = behind ? at + 2 : at - 2;
		if ((behind ? next >= limit : at < 2) || !token_is_punct(&d->tokens.at[dash], '-') || d->tokens.at[next].kind != TOKEN_NUMBER ||
			is_spaced(d, behind ? dash : at) || is_spaced(d, behind ? next : dash))
			return false;
		at = next;
	}
	return true;
}

/* Whether four figures alone are a year, and no count of what follows: "2000 troops". */
static bool is_year_alone(const struct resolving *r) {
	const struct document *d = r->d;
	uint32_t at = r->e->from, behind = at + 1;
	if (r->e->tokens != 1)
		return true;
	if (is_chained(d, at, r->limit, true) || is_chained(d, at, r->limit, false))
		return false;
	const struct token *before = at ? &d->tokens.at[at - 1] : NULL, *after = &d->tokens.at[behind];
	bool joined_before = before && !is_spaced(d, at) && !(d->tokens.at[at].flags & TOKEN_BLOCK), joined_after = behind < r->limit && !is_spaced(d, behind);
	if (joined_before && !(before->flags & TOKEN_OPENS) && !token_is_punct(before, '-') && !token_is_punct(before, '/') && !token_is_punct(before, '\'') &&
		!token_is_punct(before, '~') && !token_is_punct(before, '=') && !token_is_punct(before, ',') && !token_is_punct(before, ':') && !token_is_punct(before, '"') && !token_is_punct(before, 0xB7))
		return false;
	if (joined_after && (after->kind == TOKEN_NUMBER || after->kind == TOKEN_WORD || token_is_punct(after, '%') || token_is_punct(after, '@') ||
		((token_is_punct(after, '.') || token_is_punct(after, ',') || token_is_punct(after, ':')) && behind + 1 < r->limit && !is_spaced(d, behind + 1) &&
			d->tokens.at[behind + 1].kind == TOKEN_NUMBER)))
		return false;
	if (before && joined_before && token_is_punct(before, '-') && at > 1 && d->tokens.at[at - 2].kind == TOKEN_NUMBER && !is_spaced(d, at - 1) && d->tokens.at[at - 2].digits != 4)
		return false;
	if (after->kind != TOKEN_WORD || after->shape != SHAPE_LOWER || behind >= r->limit)
		return true;
	return d->text.at[after->end - 1] != 's' || word_is_any(after->word, (uint64_t)1 << WORD_FUNCTION) || d->tokens.at[at].number % 100 != 0;
}

static void set_year(const struct resolving *r, const struct frame *f, struct resolved *out) {
	if (!is_year_alone(r)) {
		out->nothing = true;
		return;
	}
	out->year_given = true;
	resolved_period(r, f, period_of(civil_of(stated_year(r, f), 1, 1), UNIT_YEAR), out);
}

/* ---- day names and parts of days ---- */

static void set_dayname(const struct resolving *r, const struct frame *f, struct resolved *out) {
	if (!has_now(r)) {
		out->type = TIMEX_DATE;
		out->value = f->value[FIELD_DAYNAME] == 0 ? STR("PRESENT_REF") : f->value[FIELD_DAYNAME] < 0 ? STR("PAST_REF") : STR("FUTURE_REF");
		return;
	}
	out->from_now = true;
	set_day(r, f, out, civil_add_days(civil_date(r->anchors->now), f->value[FIELD_DAYNAME]));
}

/* "the morning", "that night": of the day last spoken of, else today. */
static void set_part(const struct resolving *r, const struct frame *f, struct resolved *out) {
	const struct anchors *a = r->anchors;
	bool story = a->story.unit == UNIT_DAY && (frame_get(f, FIELD_FROM, FROM_NOW) == FROM_STORY || !frame_has(f, FIELD_STEP));
	struct civil base = civil_date(story ? a->story.begin : a->now);
	if (!civil_has_date(base)) {
		set_value(r, f, out, "XXXX-XX-XX");
		return;
	}
	out->anchor = story ? a->story_time : NONE;
	out->from_now = !story;
	bool gone = !story && frame_has(f, FIELD_TENSE) && tense_of(r) == -1; /* "rose overnight": in the night that has just passed */
	set_day(r, f, out, civil_add_days(base, frame_get(f, FIELD_STEP, 0) - gone));
}

static void set_story(const struct resolving *r, const struct frame *f, struct resolved *out) {
	if (r->anchors->story.unit == UNIT_NONE) {
		out->nothing = true;
		return;
	}
	out->anchor = r->anchors->story_time;
	resolved_period(r, f, r->anchors->story, out);
}

void resolve_date(const struct resolving *r, const struct frame *f, struct resolved *out) {
	out->weekday = (int8_t)frame_get(f, FIELD_WEEKDAY, 0);
	bool month = frame_has(f, FIELD_MONTH), d = frame_has(f, FIELD_DAY), year = frame_has(f, FIELD_YEAR), step = frame_has(f, FIELD_STEP);
	if (frame_has(f, FIELD_DAYNAME))
		set_dayname(r, f, out);
	else if (frame_has(f, FIELD_HOLIDAY))
		set_holiday(r, f, out);
	else if (frame_has(f, FIELD_ORDINAL) && (frame_has(f, FIELD_UNIT) || out->weekday) && !d)
		set_nth(r, f, out);
	else if (frame_has(f, FIELD_DECADE))
		set_decade(r, f, out);
	else if (frame_has(f, FIELD_CENTURY))
		set_century(r, f, out);
	else if (frame_has(f, FIELD_QUARTER))
		set_part_of_year(r, f, out, UNIT_QUARTER, (int)f->value[FIELD_QUARTER]);
	else if (frame_has(f, FIELD_HALFYEAR))
		set_part_of_year(r, f, out, UNIT_HALFYEAR, (int)f->value[FIELD_HALFYEAR]);
	else if (frame_has(f, FIELD_SEASON))
		set_season(r, f, out);
	else if (frame_has(f, FIELD_WEEK))
		set_week(r, f, out);
	else if (month && step && !d && frame_get(f, FIELD_UNIT, 0) == UNIT_MONTH)
		step_month(r, f, out);
	else if (month)
		set_calendar(r, f, out);
	else if (d && out->weekday)
		set_weekday_number(r, f, out);
	else if (d)
		set_day_of_month(r, f, out);
	else if (out->weekday)
		set_weekday(r, f, out);
	else if (year)
		set_year(r, f, out);
	else if (frame_has(f, FIELD_PART))
		set_part(r, f, out);
	else
		set_story(r, f, out);
}
