/* Periods and offsets: "last week", "earlier this year", "the following day"; "three days ago", "a year earlier". */
#include "resolve.h"

static const struct period *story_of(const struct resolving *r) {
	return r->anchors->story.unit != UNIT_NONE ? &r->anchors->story : NULL;
}

static bool is_calendar(int64_t unit) {
	return (unit >= UNIT_DAY && unit <= UNIT_MILLENNIUM && unit != UNIT_FORTNIGHT);
}

/* A unit's open value where there is no anchor: XXXX-XX of a month. */
static struct str open_value(int64_t unit) {
	switch (unit) {
	case UNIT_WEEK: return STR("XXXX-WXX");
	case UNIT_WEEKEND: return STR("XXXX-WXX-WE");
	case UNIT_MONTH: return STR("XXXX-XX");
	case UNIT_QUARTER: return STR("XXXX-QX");
	case UNIT_YEAR: return STR("XXXX");
	case UNIT_DECADE: return STR("XXX");
	case UNIT_CENTURY: return STR("XX");
	default: return STR("XXXX-XX-XX");
	}
}

/* Seconds of a unit shorter than a day, 0 of others. */
static int64_t unit_seconds(int64_t unit) {
	return unit == UNIT_SECOND ? 1 : unit == UNIT_MINUTE ? 60 : unit == UNIT_HOUR ? 3600 : 0;
}

/* A clock time on its day, as exact as `unit` is. */
static void set_moment(const struct resolving *r, struct resolved *out, int64_t seconds, int64_t unit) {
	struct civil c = civil_from_seconds(seconds);
	char day[PERIOD_TEXT];
	period_format(period_of(c, UNIT_DAY), day);
	out->type = TIMEX_TIME;
	out->from_now = true;
	if (unit == UNIT_HOUR)
		out->value = arena_format(r->arena, "%sT%02d", day, c.hour);
	else if (unit == UNIT_MINUTE)
		out->value = arena_format(r->arena, "%sT%02d:%02d", day, c.hour, c.minute);
	else
		out->value = arena_format(r->arena, "%sT%02d:%02d:%02d", day, c.hour, c.minute, c.second);
}

/* "the quarter", "the latest period": the one last spoken of, else the one just over. */
static void set_quarter(const struct resolving *r, const struct frame *f, struct resolved *out) {
	const struct anchors *a = r->anchors;
	if (a->spoken.unit != UNIT_QUARTER) {
		out->nothing = true;
		return;
	}
	out->anchor = a->spoken_time;
	struct period it = a->spoken;
	if (frame_has(f, FIELD_STEP) && civil_has_date(a->now)) { /* "the latest" is over */
		struct period over = period_shift(period_of(a->now, UNIT_QUARTER), -1);
		it = civil_compare(over.begin, it.begin) < 0 ? over : it;
	}
	resolved_period(r, f, it, out);
}

void resolve_period(const struct resolving *r, const struct frame *f, struct resolved *out) {
	int64_t unit = frame_get(f, FIELD_UNIT, UNIT_DAY), step = frame_get(f, FIELD_STEP, 0);
	const struct anchors *a = r->anchors;
	if (unit_seconds(unit) && civil_has_time(a->moment)) { /* "next hour" */
		set_moment(r, out, civil_seconds(a->moment) + step * unit_seconds(unit), unit);
		return;
	}
	if (unit == UNIT_FORTNIGHT || unit < UNIT_DAY || unit == UNIT_GENERATION || unit == UNIT_TIME) {
		out->type = TIMEX_DURATION;
		out->value = duration_value(r->arena, 1000, unit);
		return;
	}
	if (unit == UNIT_WEEKDAY)
		unit = UNIT_DAY;
	if (frame_get(f, FIELD_FROM, FROM_NOW) == FROM_QUARTER) {
		set_quarter(r, f, out);
		return;
	}
	bool story = (frame_get(f, FIELD_FROM, FROM_NOW) == FROM_STORY || a->narrative) && story_of(r);
	struct civil base = story ? story_of(r)->begin : a->now;
	/* "the same day" of a quarter is not known: no day is made up */
	bool coarser = story && story_of(r)->unit > unit && !(unit == UNIT_WEEK && story_of(r)->unit == UNIT_WEEKEND);
	out->from_now = !story;
	out->anchor = story ? a->story_time : NONE;
	if (!civil_has_date(base) || coarser) {
		out->value = open_value(unit);
		return;
	}
	/* the weekend spoken of on a Monday is the one just over */
	struct period p = period_of(base, (uint8_t)unit);
	if (unit == UNIT_WEEKEND && !frame_has(f, FIELD_STEP) && civil_weekday(base) <= 5 &&
		tense_at(r->d, r->e->first[0], r->e->last[0], r->limit) != 1 && !a->listing)
		step = -1;
	p = period_shift(p, step);
	if (p.unit == UNIT_NONE)
		out->nothing = true;
	else
		resolved_period(r, f, p, out);
}

/* Whether the text just spoke of a quarter or month, so that "a year ago" is that one a year before. */
static const struct period *finer_story(const struct resolving *r, int64_t unit, int64_t count, bool from_story) {
	const struct anchors *a = r->anchors;
	if (unit == UNIT_YEAR && count == 1000 && a->spoken.unit == UNIT_QUARTER)
		return &a->spoken;
	if (from_story && a->story.unit != UNIT_NONE && a->story.unit != UNIT_WEEK && (a->story.unit < unit || unit == UNIT_DAY))
		return &a->story;
	return NULL;
}

/* The period `thousandths` of `unit` away from the anchor, as exact as the unit is, or as the anchor where that is finer and `keep`. */
static struct period moved(struct period base, int64_t unit, int64_t thousandths, bool keep) {
	int64_t count = thousandths / 1000, rest = thousandths % 1000;
	if (unit == UNIT_FORTNIGHT)
		unit = UNIT_WEEK, count *= 2;
	if (unit == UNIT_WEEKDAY)
		unit = UNIT_DAY;
	if (rest && (unit == UNIT_DECADE || unit == UNIT_CENTURY || unit == UNIT_MILLENNIUM)) { /* "half a century ago": to the year */
		count = thousandths * unit_months(unit) / 12000;
		unit = UNIT_YEAR;
		rest = 0;
	}
	struct period p = period_shift(period_of(base.begin, (uint8_t)(unit == UNIT_DECADE ? UNIT_YEAR : unit)), unit == UNIT_DECADE ? count * 10 : count);
	if (p.unit == UNIT_NONE)
		return p;
	if (keep && base.unit < unit && unit >= UNIT_MONTH && base.unit != UNIT_WEEK)
		return period_of(civil_add_months(base.begin, count * unit_months(unit)), base.unit);
	if (rest && unit == UNIT_YEAR)
		return period_shift(period_of(base.begin, UNIT_MONTH), count * 12 + rest * 12 / 1000);
	return p;
}

/* "a few years ago": before, or behind, no one knows how far. */
static void set_vague(struct resolved *out, int64_t way) {
	out->type = TIMEX_DATE;
	out->value = way < 0 ? STR("PAST_REF") : STR("FUTURE_REF");
}

/* "the 1988 quarter": the quarter last spoken of, in that year. */
static void set_same_quarter(const struct resolving *r, const struct frame *f, struct resolved *out) {
	struct period p = r->anchors->spoken;
	if (p.unit != UNIT_QUARTER || !frame_has(f, FIELD_YEAR)) {
		out->nothing = true;
		return;
	}
	p.begin.year = (int32_t)f->value[FIELD_YEAR];
	out->anchor = r->anchors->spoken_time;
	resolved_period(r, f, p, out);
}

/* "in two weeks" is the point of time where the verb looks ahead or there is none; else how long something took. */
static bool is_stretch(const struct resolving *r, const struct frame *f) {
	if (frame_get(f, FIELD_TENSE, 0) != 1)
		return false;
	int tense = tense_at(r->d, r->e->first[0], r->e->last[0], r->limit);
	return tense == -1 || tense == 2 || ((tense == 0 || tense == 3) && frame_get(f, FIELD_UNIT, UNIT_DAY) >= UNIT_MONTH) || r->anchors->narrative || !civil_has_date(r->anchors->now) ||
		frame_get(f, FIELD_COUNT, 1000) == COUNT_SOME || frame_get(f, FIELD_UNIT, UNIT_DAY) >= UNIT_GENERATION ||
		(frame_get(f, FIELD_UNIT, UNIT_DAY) < UNIT_DAY && !civil_has_time(r->anchors->moment));
}

/* The day `thousandths` of `unit` behind, or before, a day; unknown where that cannot be said to the day, as of trading days. */
static struct civil day_away(struct civil day, int64_t unit, int64_t thousandths) {
	int64_t days = unit == UNIT_DAY ? 1 : unit == UNIT_WEEK ? 7 : unit == UNIT_FORTNIGHT ? 14 : 0;
	int64_t months = unit_months(unit);
	if (!civil_has_date(day) || (!days && !months) || thousandths % 1000 || thousandths > 4000000 || thousandths < -4000000)
		return CIVIL_UNKNOWN;
	return days ? civil_add_days(day, days * thousandths / 1000) : civil_add_months(day, months * thousandths / 1000);
}

/* "3 days after May 5", "a week from Friday", "1 month and 21 days ago": to the day, from a day that is named or the anchor's. */
static void set_beside(const struct resolving *r, const struct frame *f, struct resolved *out) {
	struct frame stated = *f;
	const uint64_t named = (uint64_t)1 << FIELD_MONTH | (uint64_t)1 << FIELD_WEEKDAY | (uint64_t)1 << FIELD_HOLIDAY;
	stated.has &= ~((uint64_t)1 << FIELD_COUNT | (uint64_t)1 << FIELD_WAY | (uint64_t)1 << FIELD_MOD);
	int64_t way = frame_get(f, FIELD_WAY, 1), unit = frame_get(f, FIELD_UNIT, UNIT_DAY);
	struct civil day = r->anchors->now;
	out->from_now = true;
	if (stated.has & named) {
		stated.has &= ~((uint64_t)1 << FIELD_UNIT);
		resolve_date(r, &stated, out);
		day = out->period.unit == UNIT_DAY ? out->period.begin : CIVIL_UNKNOWN;
	} else if (frame_get(f, FIELD_FROM, FROM_NOW) == FROM_STORY && story_of(r)) {
		day = story_of(r)->unit == UNIT_DAY ? story_of(r)->begin : CIVIL_UNKNOWN;
		out->anchor = r->anchors->story_time;
		out->from_now = false;
	}
	day = day_away(day, unit, way * frame_get(f, FIELD_COUNT, 1000));
	if (frame_has(f, FIELD_LOWER))
		day = day_away(day, f->value[FIELD_LOWER], way * frame_get(f, FIELD_MORE, 1000));
	out->nothing = !civil_has_date(day);
	out->weekday = 0;
	stated.has = 0;
	if (!out->nothing)
		resolved_period(r, &stated, period_of(day, UNIT_DAY), out);
}

void resolve_offset(const struct resolving *r, const struct frame *f, struct resolved *out) {
	const struct anchors *a = r->anchors;
	if (is_stretch(r, f)) {
		struct frame stretch = *f;
		if (!frame_has(f, FIELD_COUNT))
			stretch.has |= (uint64_t)1 << FIELD_COUNT, stretch.value[FIELD_COUNT] = 1000;
		resolve_duration(r, &stretch, out);
		return;
	}
	if (frame_get(f, FIELD_FROM, FROM_NOW) == FROM_QUARTER) {
		set_same_quarter(r, f, out);
		return;
	}
	int64_t unit = frame_get(f, FIELD_UNIT, UNIT_DAY), way = frame_get(f, FIELD_WAY, 1);
	int64_t count = frame_get(f, FIELD_COUNT, 1000) + frame_get(f, FIELD_MORE, 0);
	bool from_story = frame_get(f, FIELD_FROM, FROM_NOW) == FROM_STORY;
	if (frame_get(f, FIELD_COUNT, 0) == COUNT_SOME || unit == UNIT_GENERATION) {
		set_vague(out, way);
		return;
	}
	if (unit_seconds(unit) && civil_has_time(a->moment) && !(from_story && story_of(r))) {
		int64_t away = count > (int64_t)1 << 40 ? 0 : way * count * unit_seconds(unit) / 1000;
		set_moment(r, out, civil_seconds(a->moment) + away, unit == UNIT_HOUR ? UNIT_MINUTE : unit);
		return;
	}
	if (frame_has(f, FIELD_MONTH) || frame_has(f, FIELD_WEEKDAY) || frame_has(f, FIELD_HOLIDAY) || frame_has(f, FIELD_LOWER)) {
		set_beside(r, f, out);
		return;
	}
	const struct period *finer = finer_story(r, unit, count, from_story);
	struct period base = finer ? *finer : (from_story || !civil_has_date(a->now)) && story_of(r) ? *story_of(r) : period_of(a->now, UNIT_DAY);
	if (!civil_has_date(base.begin) || !is_calendar(unit == UNIT_FORTNIGHT ? UNIT_WEEK : unit)) {
		out->type = unit < UNIT_DAY ? TIMEX_DURATION : TIMEX_DATE;
		out->value = unit < UNIT_DAY ? duration_value(r->arena, count, unit) : open_value(unit);
		return;
	}
	out->anchor = finer == &a->spoken ? a->spoken_time : finer || (from_story && story_of(r)) ? a->story_time : NONE;
	out->from_now = out->anchor == NONE;
	if (frame_has(f, FIELD_DAYNAME))
		base = period_of(civil_add_days(base.begin, f->value[FIELD_DAYNAME]), UNIT_DAY);
	bool to_the_day = frame_get(f, FIELD_TENSE, 0) == 1 || unit == UNIT_FORTNIGHT || (frame_has(f, FIELD_DAYNAME) && way == 1);
	if (to_the_day && (unit == UNIT_WEEK || unit == UNIT_FORTNIGHT) && count < 1000000) {
		count *= unit == UNIT_WEEK ? 7 : 14;
		unit = UNIT_DAY;
	}
	struct period p = moved(base, unit, way * count, finer || frame_has(f, FIELD_DAYNAME));
	if (p.unit == UNIT_NONE)
		set_vague(out, way);
	else
		resolved_period(r, f, p, out);
}
