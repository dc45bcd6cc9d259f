/* Time expressions as TIMEX3 (ISO 24617-1): the grammar's matches, resolved against the issue's date, the essay's own inside an
 * essay, or the time last spoken of; ranges linked; in prose a clock time and its date made one. */
#include "find.h"
#include "resolve_clock.h"

#include <stdio.h>

/* An expression as a neighbour sees it. */
struct neighbour {
	uint8_t clocks;    /* its clock times: 0, 1, or 2 of a range */
	bool day, set;     /* it is one day, with its part or without; a repetition */
	uint8_t unit;      /* the smallest unit of a counted duration, else UNIT_NONE */
	uint8_t part;      /* the part of that day, or PART_NONE */
	struct civil date; /* the day */
};

enum { HEADING_TOKENS = 12, SWALLOWED = 4 };

/* Where the walk is. */
struct walk {
	struct finding *f;
	struct anchors anchors;
	uint32_t article, listing;   /* the next ones */
	uint32_t last_token;         /* the token behind the last expression, NONE at a block's beginning */
	uint32_t last_from;          /* its first token */
	struct neighbour last;       /* what the last expression was: a clock time and its day may be joined */
	uint32_t block_tokens;       /* of the block */
};

/* ---- anchors ---- */

static bool inside(struct span span, uint32_t at) {
	return span.begin <= at && at < span.end;
}

/* An essay is as old as its issue or older, by no more than a year or so. */
static bool is_own_date(struct civil date, struct civil issue) {
	if (!civil_has_date(date) || !civil_has_date(issue))
		return civil_has_date(date);
	int64_t age = civil_day_number(issue) - civil_day_number(date);
	return age >= -7 && age <= 500;
}

static void set_anchors(struct walk *w, uint32_t at) {
	const struct record *r = w->f->record;
	struct anchors *a = &w->anchors;
	struct civil now = r->issue.date;
	while (w->article < r->articles.count && r->articles.at[w->article].span.end <= at)
		w->article++;
	while (w->listing < r->listings.count && r->listings.at[w->listing].span.end <= at)
		w->listing++;
	a->listing = !a->history && w->listing < r->listings.count && inside(r->listings.at[w->listing].span, at);
	if (w->article < r->articles.count && inside(r->articles.at[w->article].span, at) && is_own_date(r->articles.at[w->article].date, now))
		now = r->articles.at[w->article].date;
	if (a->listing || civil_compare(now, a->now) != 0)
		a->story = a->spoken = PERIOD_NONE, a->dwelling = CIVIL_NO_YEAR;
	a->now = now;
	a->about = r->issue.about;
	a->about_month = r->issue.about_month;
	a->moment = civil_compare(now, r->issue.date) == 0 ? r->issue.moment : CIVIL_UNKNOWN;
}

/* The year that token `at` may be, astronomically counted; 0 where it is none. */
static int32_t year_at(const struct document *d, uint32_t at) {
	const struct token *t = &d->tokens.at[at];
	int64_t era;
	if (t->kind != TOKEN_NUMBER || t->digits > 4 || t->end - t->begin != t->digits)
		return 0;
	if (t->digits == 4)
		return (int32_t)t->number;
	return time_set_at(d, at + 1, d->tokens.count, SET_ERA, &era) && era < 0 ? -(int32_t)t->number : 0;
}

/* A text whose years are mostly past, and that hardly names a day of the week or today, tells of them and not of its own day; one
 * that names many is a report of its own week. */
static void judge_text(const struct document *d, struct civil now, struct anchors *a) {
	uint32_t old = 0, recent = 0, days = 0, figures = 0;
	a->history = false;
	a->narrative = !civil_has_date(now);
	if (a->narrative)
		return;
	for (uint32_t i = 0; i + 1 < d->tokens.count; i++) {
		const struct token *t = &d->tokens.at[i];
		if (t->kind == TOKEN_WORD) {
			days += t->word && word_is_any(t->word, (uint64_t)1 << WORD_WEEKDAY | (uint64_t)1 << WORD_DAY_NAME);
			continue;
		}
		if (token_is_punct(t, '/') && t[1].kind == TOKEN_NUMBER && i > 0 && t[-1].kind == TOKEN_NUMBER) { /* "2/10" of a listing */
			figures++;
			continue;
		}
		int32_t year = t->kind == TOKEN_NUMBER ? year_at(d, i) : 0;
		if (year != 0 && year <= now.year + 1 && (year < 0 || year >= 1000))
			*(year < now.year - 1 ? &old : &recent) += 1;
	}
	a->history = old >= 12 && old * 2 > recent * 3 && old > (days + figures) * 3;
	a->narrative = a->history || (old >= 6 && old > recent * 3 && old > days * 3);
	a->report = days * 3 > old;
}

/* ---- the record ---- */

static struct timex *add(struct finding *f, struct span span, const struct expression *e) {
	struct timex *t = array_push(f->record->arena, &f->record->times);
	*t = (struct timex){.span = span, .anchor = NONE, .until = NONE, .since = NONE, .date = NONE, .when = CIVIL_UNKNOWN,
		.zone = NO_ZONE_MENTION, .rule = time_rules[e->rule].name};
	return t;
}

static struct str date_text(struct finding *f, struct civil c) {
	char text[CIVIL_TEXT];
	if (!civil_has_date(c) || c.year < 1 || c.year > 9999)
		return STR_NULL;
	return arena_copy(f->record->arena, str_of(text, (size_t)civil_format(c, text)));
}

/* Times `first` and the one behind it are the halves of a range. */
static void link_range(struct record *r, uint32_t first) {
	r->times.at[first].until = first + 1;
	r->times.at[first + 1].since = first;
}

/* Moves a day or month that is there already. */
static void set_date(struct finding *f, struct timex *t, struct period p) {
	char text[PERIOD_TEXT];
	t->value = arena_copy(f->record->arena, str_of(text, (size_t)period_format(p, text)));
	t->when.year = p.begin.year;
	t->when.month = p.begin.month;
	t->when.day = p.unit == UNIT_DAY ? p.begin.day : -1;
	t->begin = date_text(f, p.begin);
	t->end = date_text(f, period_end(p));
}

static void set_year(struct finding *f, struct timex *t, int32_t year) {
	set_date(f, t, period_of(civil_of(year, t->when.month, t->when.day > 0 ? t->when.day : 1), t->when.day > 0 ? UNIT_DAY : UNIT_MONTH));
}

/* The tokens' text without an 's or a full stop of the sentence at its end. */
static struct span span_of(const struct document *d, uint32_t first, uint32_t last) {
	struct span span = token_span(d, first, last);
	const struct token *t = &d->tokens.at[last];
	if (t->kind == TOKEN_WORD && (t->flags & TOKEN_POSSESSIVE) && t->end - t->begin > 2) {
		uint32_t end = t->end - 1; /* behind the apostrophe, of one byte or three */
		span.end = d->text.at[end - 1] == '\'' ? end - 1 : end - 3;
	}
	return span;
}

/* "Wed.-Thurs., May 6-7": the second of two days of the week is not that of the first day of the month. */
static bool is_second_weekday(const struct document *d, uint32_t at) {
	uint32_t joint = at ? at - 1 : 0;
	bool joined = at > 1 && (token_is_punct(&d->tokens.at[joint], '-') || token_is_punct(&d->tokens.at[joint], '&') ||
		is_word(d, joint, at, "and") || is_word(d, joint, at, "to"));
	uint32_t first = joined ? joint - 1 : 0;
	first -= joined && first > 0 && token_is_punct(&d->tokens.at[first], '.');
	return joined && word_is(d->tokens.at[first].word, WORD_WEEKDAY, NULL);
}

static void set_weekday(struct timex *t, const struct document *d, const struct frame *f, const struct resolved *x) {
	t->weekday = x->weekday && frame_has(f, FIELD_WEEKDAY) && frame_has(f, FIELD_DAY) && is_second_weekday(d, f->at[FIELD_WEEKDAY]) ? 0 : x->weekday;
	if (!t->weekday)
		return;
	if (x->weekday && frame_has(f, FIELD_WEEKDAY))
		t->weekday_span = token_span(d, f->at[FIELD_WEEKDAY], f->at[FIELD_WEEKDAY]);
}

static void speak_of(struct walk *w, uint32_t index, uint8_t op, const struct resolved *x) {
	struct anchors *a = &w->anchors;
	if (x->period.unit == UNIT_NONE)
		return;
	/* a year named in passing, of an edition or a monument, is not when the story goes on */
	int32_t away = a->story.unit == UNIT_NONE ? 0 : x->period.begin.year - a->story.begin.year;
	if (!a->narrative || x->period.unit < UNIT_YEAR || away <= 8) {
		a->story = x->period;
		a->story_time = index;
	}
	if (x->period.unit == UNIT_QUARTER && op != OP_OFFSET) {
		a->spoken = x->period;
		a->spoken_time = index;
	}
}

/* A past day or month with its year, or a year that heads a section, is where the text now is, until it speaks of its own time again. */
static void dwell(struct walk *w, const struct expression *e, const struct frame *frame, const struct resolved *x) {
	struct anchors *a = &w->anchors;
	const struct document *d = w->f->document;
	bool heads = x->period.unit == UNIT_YEAR && (d->tokens.at[e->from].flags & TOKEN_BLOCK) && w->block_tokens <= HEADING_TOKENS;
	bool dated = frame_has(frame, FIELD_YEAR) && (x->period.unit == UNIT_DAY || x->period.unit == UNIT_MONTH || heads);
	if (dated && civil_has_date(a->now) && !a->report) {
		a->dwelling = x->period.begin.year < a->now.year - 1 ? x->period.begin.year : CIVIL_NO_YEAR;
		a->dwelling_time = w->f->record->times.count - 1;
	} else if (x->from_now || frame_has(frame, FIELD_WEEKDAY) || frame_has(frame, FIELD_DAYNAME)) {
		a->dwelling = CIVIL_NO_YEAR;
	}
}

static uint8_t counted_unit(const struct frame *f, const struct resolved *x) {
	bool counted = x->type == TIMEX_DURATION && frame_has(f, FIELD_COUNT) && f->value[FIELD_COUNT] != COUNT_SOME && !frame_has(f, FIELD_UPTO);
	return counted ? (uint8_t)frame_get(f, FIELD_LOWER, frame_get(f, FIELD_UNIT, UNIT_NONE)) : UNIT_NONE;
}

static void add_resolved(struct walk *w, const struct expression *e, int half, const struct frame *frame, const struct resolved *x) {
	struct finding *f = w->f;
	struct timex *t = add(f, span_of(f->document, e->first[half], e->last[half]), e);
	t->type = x->type;
	t->value = x->value;
	t->mod = frame_has(frame, FIELD_EDGE) ? mod_name(frame->value[FIELD_EDGE]) : mod_name(frame_get(frame, FIELD_MOD, 0));
	t->quant = x->quant;
	t->freq = x->freq;
	t->anchor = x->anchor;
	t->from_now = x->from_now;
	t->when = x->when;
	t->year_given = x->year_given;
	t->impossible = x->impossible;
	set_weekday(t, f->document, frame, x);
	if (x->period.unit != UNIT_NONE) {
		t->begin = date_text(f, x->period.begin);
		t->end = date_text(f, period_end(x->period));
	} else {
		t->begin = date_text(f, x->begin);
		t->end = date_text(f, x->end);
	}
	speak_of(w, f->record->times.count - 1, time_rules[e->rule].op, x);
	w->last = (struct neighbour){.day = x->period.unit == UNIT_DAY && !e->is_range, .set = x->type == TIMEX_SET,
		.part = (uint8_t)frame_get(frame, FIELD_PART, PART_NONE), .date = x->period.begin, .unit = counted_unit(frame, x)};
	dwell(w, e, frame, x);
}

/* ---- dates, periods, durations, sets ---- */

typedef void resolver(const struct resolving *r, const struct frame *f, struct resolved *out);

static resolver *const resolvers[OP_COUNT] = {
	[OP_DATE] = resolve_date, [OP_PERIOD] = resolve_period, [OP_OFFSET] = resolve_offset,
	[OP_DURATION] = resolve_duration, [OP_SET] = resolve_set, [OP_REF] = resolve_ref,
};

static void lend(struct frame *to, const struct frame *from, enum time_field field) {
	if (frame_has(to, field) || !frame_has(from, field))
		return;
	to->has |= (uint64_t)1 << field;
	to->value[field] = from->value[field];
	to->at[field] = from->at[field];
}

/* What one half of a range states serves the other: "5–7 July", "June to August 1950", "1990-95". */
static void share(struct frame *a, struct frame *b) {
	if (frame_has(a, FIELD_YEAR) && frame_has(b, FIELD_YEAR) && b->value[FIELD_YEAR] < 100 && a->value[FIELD_YEAR] >= 1000)
		b->value[FIELD_YEAR] += a->value[FIELD_YEAR] / 100 * 100;
	lend(a, b, FIELD_MONTH);
	lend(b, a, FIELD_MONTH);
	lend(a, b, FIELD_ERA);
	if (frame_has(b, FIELD_DAY) && !frame_has(b, FIELD_MONTH)) { /* "4 to 23 next month" */
		lend(a, b, FIELD_STEP);
		lend(a, b, FIELD_UNIT);
	}
	bool lent = !frame_has(a, FIELD_YEAR) && frame_has(b, FIELD_YEAR);
	lend(a, b, FIELD_YEAR);
	lend(b, a, FIELD_YEAR);
	if (lent && frame_get(a, FIELD_MONTH, 0) > frame_get(b, FIELD_MONTH, 0))
		a->value[FIELD_YEAR]--;
}

/* "2016-11" is no range of years but a month. */
static void settle_years(struct expression *e, struct frame frames[2]) {
	const uint64_t year = (uint64_t)1 << FIELD_YEAR;
	int64_t from = frames[0].value[FIELD_YEAR], to = frames[1].value[FIELD_YEAR];
	if (frames[0].has != year || frames[1].has != year || to < 1 || to > 12 || from < 100 || to > from % 100)
		return;
	frames[0].has |= (uint64_t)1 << FIELD_MONTH;
	frames[0].value[FIELD_MONTH] = to;
	frames[0].at[FIELD_MONTH] = frames[1].at[FIELD_YEAR];
	e->last[0] = e->last[1];
	e->is_range = false;
}

static bool take_frames(struct walk *w, struct expression *e, uint32_t limit) {
	struct finding *f = w->f;
	struct frame frames[2];
	uint32_t first = f->record->times.count;
	expression_frame(e, 0, &frames[0]);
	if (e->is_range) {
		expression_frame(e, 1, &frames[1]);
		settle_years(e, frames);
	}
	if (e->is_range)
		share(&frames[0], &frames[1]);
	bool hour_before = w->last.clocks == 1 && w->last_token == e->from;
	struct resolving r = {f->document, f->record->arena, &w->anchors, e, limit, hour_before ? w->last_from : e->first[0]};
	struct period before = PERIOD_NONE;
	for (int half = 0; half <= e->is_range; half++) {
		struct resolved x = {.type = TIMEX_DATE, .anchor = NONE, .begin = CIVIL_UNKNOWN, .end = CIVIL_UNKNOWN, .when = CIVIL_UNKNOWN,
			.period = PERIOD_NONE};
		resolvers[time_rules[e->rule].op](&r, &frames[half], &x);
		if (x.nothing || !x.value.at)
			return half > 0;
		if (half && !frame_has(&frames[1], FIELD_YEAR) && (x.period.unit == UNIT_DAY || x.period.unit == UNIT_MONTH) &&
			x.period.unit == before.unit && civil_compare(x.period.begin, before.begin) < 0) { /* across New Year */
			x.period.begin.year++;
			resolved_period(&r, &frames[1], x.period, &x);
		}
		before = x.period;
		add_resolved(w, e, half, &frames[half], &x);
	}
	if (e->is_range && !frame_has(&frames[0], FIELD_QUANT)) /* "18 and 19 June" are two days each */
		link_range(f->record, first);
	return true;
}

/* ---- clock times ---- */

/* The value of a clock time: behind its day, "T17:45"; UTC is Z. */
static struct str clock_value(struct finding *f, const char *day, int minute, int second, const struct zone_mention *zone) {
	bool utc = zone->id && (strcmp(zone->id, "Etc/UTC") == 0 || strcmp(zone->id, "UTC") == 0 || strcmp(zone->id, "Etc/GMT") == 0);
	char seconds[8] = "";
	if (second >= 0)
		snprintf(seconds, sizeof seconds, ":%02d", second % 100);
	return arena_format(f->record->arena, "%sT%02d:%02d%s%s", day, minute / 60, minute % 60, seconds, utc ? "Z" : "");
}

static void add_clock(struct walk *w, const struct expression *e, const struct clocks *c, int half) {
	struct finding *f = w->f;
	struct span span = span_of(f->document, e->first[half], e->last[half]);
	const struct zone_mention *own = &e->zone[half], *zone = span_empty(own->span) ? &e->zone[!half] : own;
	int minute = half ? c->end : c->start;
	struct timex *t = add(f, span, e);
	struct frame frame;
	expression_frame(e, half, &frame);
	t->mod = mod_name(frame_get(&frame, FIELD_MOD, 0));
	if (!w->anchors.listing && !span_empty(own->span) && own->span.begin <= span.end + 1)
		t->span.end = own->span.end;
	t->type = TIMEX_TIME;
	t->when.hour = (int8_t)(minute / 60);
	t->when.minute = (int8_t)(minute % 60);
	t->when.second = half ? -1 : (int8_t)c->second;
	t->impossible = c->impossible;
	t->half_unknown = c->half_unknown;
	t->zone = *zone;
	char day[PERIOD_TEXT] = "XXXX-XX-XX";
	const struct anchors *a = &w->anchors;
	if (!a->listing && (a->story.unit == UNIT_DAY || civil_has_date(a->now)))
		period_format(a->story.unit == UNIT_DAY ? a->story : period_of(a->now, UNIT_DAY), day);
	t->value = clock_value(f, day, minute, t->when.second, zone);
	t->from_now = !a->listing && a->story.unit != UNIT_DAY && civil_has_date(a->now);
	t->anchor = !a->listing && a->story.unit == UNIT_DAY ? a->story_time : NONE;
	w->last = (struct neighbour){.clocks = 1 + e->is_range, .date = CIVIL_UNKNOWN};
}

/* Whether only signs and small words that join a date and its hour stand in [from, to). */
static bool only_joints(const struct document *d, uint32_t from, uint32_t to) {
	if (to - from > 3)
		return false;
	for (uint32_t i = from; i < to; i++) {
		const struct token *t = &d->tokens.at[i];
		bool sign = token_is_punct(t, ',');
		bool local = (is_word(d, i, to, "local") && is_word(d, i + 1, to, "time")) || (i > from && is_word(d, i - 1, to, "local") && is_word(d, i, to, "time"));
		if (!sign && !local && !is_word(d, i, to, "at") && !is_word(d, i, to, "around") && !is_word(d, i, to, "on") && !is_word(d, i, to, "of"))
			return false;
	}
	return true;
}

/* Whether a day stands behind the expression, "on" or not: "between 3 and 5 on Friday". */
static bool day_follows(const struct document *d, const struct expression *e, uint32_t limit) {
	struct expression day;
	uint32_t at = e->from + e->tokens;
	at += is_word(d, at, limit, "on") || is_word(d, at, limit, "of");
	return at < limit && expression_at(d, at, limit, (uint32_t)1 << OP_CLOCK, &day) && time_rules[day.rule].op == OP_DATE;
}

/* "14.30: Debate", "19.00 Film": a figure with two digits of minutes at the head of a listing's line. */
static bool heads_entry(const struct document *d, const struct expression *e) {
	const struct token *hour = &d->tokens.at[e->from], *minute = hour + 2, *behind = hour + 3;
	return (hour->flags & TOKEN_BLOCK) && hour->number < 24 && minute->digits == 2 && minute->number % 5 == 0 &&
		!is_sign(d, e->from + 3, UINT32_MAX, '.') && (behind->kind == TOKEN_PUNCT || behind->shape != SHAPE_LOWER);
}

/* Bare figures are hours where a day stands before them and "at", or where they are between two words that say so. */
static bool takes_bare(const struct walk *w, const struct expression *e, uint32_t limit) {
	const struct document *d = w->f->document;
	uint32_t behind = e->from + e->tokens;
	bool beside_day = w->last.day && w->last_token != NONE && only_joints(d, w->last_token, e->from);
	int64_t value;
	if (e->is_range)
		return e->first[0] > e->from && (beside_day || (is_word(d, e->from, limit, "between") && day_follows(d, e, limit)));
	bool dotted = e->tokens == 3 && e->first[0] == e->from && token_is_punct(&d->tokens.at[e->from + 1], '.') && !is_spaced(d, e->from + 2);
	bool elsewhere = e->from > 0 && token_is_punct(&d->tokens.at[e->from - 1], '(') &&
		phrase_at(d, behind + is_word(d, behind, limit, "in"), limit, WORD_ZONE_PLACE, NULL);
	if (dotted && w->anchors.listing && (beside_day || elsewhere || heads_entry(d, e) || (e->from > 0 && is_word(d, e->from - 1, limit, "at")))) /* "Tue 10 Nov 14.30 Debate" */
		return true;
	bool introduced = e->from > w->last_token || time_set_at(d, e->from, limit, SET_PREPCLOCK, &value);
	return beside_day && introduced && (behind >= limit || d->tokens.at[behind].kind == TOKEN_PUNCT || time_set_at(d, behind, limit, SET_NEXTWORD, &value));
}

static bool take_clocks(struct walk *w, const struct expression *e, uint32_t limit) {
	struct clocks c;
	struct resolving r = {w->f->document, w->f->record->arena, &w->anchors, e, limit, e->first[0]};
	if (!resolve_clocks(&r, takes_bare(w, e, limit), &c))
		return false;
	uint32_t first = w->f->record->times.count;
	bool twice = w->anchors.listing && e->is_range && is_word(w->f->document, e->first[1] - 1, limit, "and") &&
		!is_word(w->f->document, e->from, limit, "between"); /* "3pm and 8pm" are two showings */
	add_clock(w, e, &c, 0);
	if (c.end >= 0) {
		add_clock(w, e, &c, 1);
		if (!twice)
			link_range(w->f->record, first);
	}
	return true;
}

/* ---- what stands beside one another ---- */

/* Gives a clock time its day, and the half of it that the part of the day says. */
static void set_day_of(struct walk *w, struct timex *clock, const struct neighbour *day) {
	char text[PERIOD_TEXT];
	int minute = clock->when.hour * 60 + clock->when.minute;
	bool late = day->part == PART_AFTERNOON || day->part == PART_EVENING || (day->part == PART_NIGHT && minute >= 360);
	if (clock->half_unknown && late && minute < 720) {
		minute += 720;
		clock->when.hour = (int8_t)(clock->when.hour + 12);
	}
	if (clock->half_unknown && day->part != PART_NONE)
		clock->half_unknown = false;
	period_format(period_of(day->date, UNIT_DAY), text);
	clock->value = clock_value(w->f, text, minute, clock->when.second, &clock->zone);
}

/* One clock time and its day, times `last - 1` and `last`, become one. */
static void merge(struct walk *w, uint32_t last, bool clock_first) {
	struct record *r = w->f->record;
	struct timex *a = &r->times.at[last - 1], *b = &r->times.at[last];
	const struct timex *hour = clock_first ? a : b, *date = clock_first ? b : a;
	struct timex whole = *hour;
	whole.span = (struct span){a->span.begin, b->span.end};
	whole.begin = date->begin;
	whole.end = date->end;
	whole.anchor = date->anchor;
	whole.from_now = date->from_now;
	whole.weekday = date->weekday;
	whole.weekday_span = date->weekday_span;
	whole.when.year = date->when.year;
	whole.when.month = date->when.month;
	whole.when.day = date->when.day;
	*a = whole;
	r->times.count--;
	if (w->anchors.story_time == last)
		w->anchors.story_time = last - 1;
}

/* "Tuesdays at 9am": the repetition of the clock time. */
static void merge_set(struct walk *w, uint32_t last, bool clock_first) {
	struct record *r = w->f->record;
	struct timex *a = &r->times.at[last - 1], *b = &r->times.at[last];
	const struct timex *hour = clock_first ? a : b, *set = clock_first ? b : a;
	bool weekly = str_starts(set->value, STR("XXXX-WXX-")) && set->value.len == 10;
	if (!weekly && !str_equal(set->value, STR("P1D")) && !str_starts(set->value, STR("XXXX-XX-XXT")))
		return;
	struct timex whole = *set;
	whole.span = (struct span){a->span.begin, b->span.end};
	whole.value = arena_format(r->arena, "%.*sT%02d:%02d", weekly ? 10 : 0, set->value.at, hour->when.hour, hour->when.minute);
	*a = whole;
	r->times.count--;
}

/* "1 year 1 month" and "21 days": one duration, where its units grow smaller. */
static void merge_duration(struct walk *w, const struct neighbour *before, const struct neighbour *now, uint32_t from) {
	struct record *r = w->f->record;
	const struct document *d = w->f->document;
	uint32_t last = r->times.count - 1, comma = is_sign(d, w->last_token, from, ',') ? 1 : 0;
	uint32_t joints = comma + is_word(d, w->last_token + comma, from, "and");
	if (!before->unit || now->unit == UNIT_NONE || now->unit >= before->unit || w->last_token + joints != from || last == 0)
		return;
	struct timex *a = &r->times.at[last - 1], *b = &r->times.at[last];
	uint32_t skip = b->value.len > 1 && b->value.at[1] == 'T' && memchr(a->value.at, 'T', a->value.len) ? 2 : 1;
	a->value = arena_format(r->arena, "%.*s%.*s", (int)a->value.len, a->value.at, (int)(b->value.len - skip), b->value.at + skip);
	a->span.end = b->span.end;
	a->begin = a->end = STR_NULL;
	r->times.count--;
}

/* "10 p.m. Wednesday", "Nov. 9 at 5 p.m. EST", "tomorrow from 10 to 12": clock times take their day; in prose one time with its
 * day is one. In a listing they stay apart, for scheduled.c. */
static void join(struct walk *w, const struct expression *e, const struct neighbour *before, const struct neighbour *now) {
	struct record *r = w->f->record;
	uint32_t last = r->times.count - 1, clocks = before->clocks + now->clocks;
	bool clock_first = before->clocks > 0;
	const struct neighbour *day = clock_first ? now : before;
	if (w->last_token == NONE)
		return;
	if (now->unit)
		merge_duration(w, before, now, e->from);
	if ((before->clocks && now->clocks) || !clocks || !only_joints(w->f->document, w->last_token, e->from))
		return;
	if (day->set && clocks == 1 && last > 0 && !w->anchors.listing)
		merge_set(w, last, clock_first);
	if (!day->day || !civil_has_date(day->date) || last < clocks)
		return;
	for (uint32_t i = 0; i < clocks; i++)
		set_day_of(w, &r->times.at[clock_first ? last - 1 - i : last - i], day);
	if (clocks == 1 && !w->anchors.listing && r->times.at[last].until == NONE && r->times.at[last - 1].until == NONE &&
		r->times.at[last - 1].since == NONE)
		merge(w, last, clock_first);
}

static bool is_between(const struct document *d, uint32_t at, uint32_t from) {
	return is_word(d, at, UINT32_MAX, "and") && from > 0 && is_word(d, from - 1, UINT32_MAX, "between");
}

/* "from May 3 to June 7, 2010": one half takes the year that the other states; the second is behind the first, be it New Year or
 * Sunday that lies between. */
static void settle_halves(struct walk *w, const struct expression *e, struct timex *a, struct timex *b) {
	bool months = a->when.month > 0 && b->when.month > 0 && a->when.year != CIVIL_NO_YEAR && b->when.year != CIVIL_NO_YEAR;
	if (a->type != TIMEX_DATE || !months || (a->when.day > 0) != (b->when.day > 0) || a->impossible || b->impossible)
		return;
	struct frame second;
	expression_frame(e, 0, &second);
	int32_t across = a->when.month > b->when.month;
	if (!a->year_given && b->year_given)
		set_year(w->f, a, b->when.year - across);
	else if (frame_has(&second, FIELD_MONTH) && !b->year_given && !b->weekday && (a->year_given || b->when.year < a->when.year + across))
		set_year(w->f, b, a->when.year + across);
	else if (b->weekday && b->from_now && civil_has_date(a->when) && civil_has_date(b->when)) {
		int64_t back = civil_day_number(a->when) - civil_day_number(b->when);
		if (back > 0 && back <= 7)
			set_date(w->f, b, period_of(civil_add_days(civil_date(b->when), 7), UNIT_DAY));
	}
}

/* Two dates with a dash or "to" between them, or "between … and …", are a range. */
static void link(struct walk *w, const struct expression *e) {
	struct record *r = w->f->record;
	uint32_t last = r->times.count - 1;
	int64_t value;
	if (last == 0 || e->is_range || w->last_token == NONE || w->last_token >= e->from)
		return;
	struct timex *a = &r->times.at[last - 1], *b = &r->times.at[last];
	uint32_t comma = is_sign(w->f->document, w->last_token, e->from, ',') ? 1 : 0;
	uint32_t mark = time_set_at(w->f->document, w->last_token + comma, e->from, SET_RANGE, &value);
	mark += mark ? comma : 0;
	if (!mark && is_between(w->f->document, w->last_token, w->last_from))
		mark = 1;
	if (!mark || w->last_token + mark != e->from || a->until != NONE || a->since != NONE || a->type != b->type || a->type > TIMEX_TIME ||
		(a->type == TIMEX_TIME && (a->when.hour < 0 || b->when.hour < 0)))
		return;
	link_range(r, last - 1);
	settle_halves(w, e, a, b);
}

/* ---- the walk ---- */

static bool take_as_is(struct walk *w, struct expression *e, uint32_t limit) {
	return time_rules[e->rule].op == OP_CLOCK ? take_clocks(w, e, limit) : take_frames(w, e, limit);
}

static bool take(struct walk *w, struct expression *e, uint32_t limit) {
	const struct document *d = w->f->document;
	uint8_t op = time_rules[e->rule].op;
	uint32_t split = e->first[1] - 1, from = e->from;
	if (take_as_is(w, e, limit))
		return true;
	/* what is no range of hours may still begin with one; what is none at all may be something else */
	if (op == OP_CLOCK && e->is_range && split > from && expression_at(d, from, split, 0, e) && time_rules[e->rule].op == OP_CLOCK &&
		take_clocks(w, e, split))
		return true;
	return expression_at(d, from, limit, (uint32_t)1 << op | (uint32_t)1 << OP_NOTHING, e) && take_as_is(w, e, limit);
}

/* The tokens that an expression at `at` takes, 0 where there is none. */
static uint32_t find_at(struct walk *w, uint32_t at, uint32_t limit) {
	struct expression e;
	uint32_t before = w->f->record->times.count;
	if (!expression_at(w->f->document, at, limit, 0, &e))
		return 0;
	if (time_rules[e.rule].op == OP_NOTHING)
		return e.tokens;
	struct neighbour was = w->last;
	uint32_t tokens = e.tokens;
	if (!take(w, &e, limit)) /* what only looks like a date is passed over whole: "15/28/2022" */
		return tokens > SWALLOWED && expression_at(w->f->document, at, limit, ~((uint32_t)1 << OP_NOTHING), &e) ? e.tokens : 0;
	struct neighbour is = w->last;
	uint32_t count = w->f->record->times.count;
	join(w, &e, &was, &is);
	if (count == before + 1 && w->f->record->times.count == count)
		link(w, &e);
	if (w->f->record->times.count < count)
		w->last = (struct neighbour){.date = CIVIL_UNKNOWN, .unit = is.unit};
	w->last_from = e.from;
	w->last_token = e.from + e.tokens;
	return e.tokens;
}

static void find_in_block(struct walk *w, const struct block *block) {
	const struct document *d = w->f->document;
	uint32_t limit = block->token + block->tokens;
	w->last_token = NONE;
	w->last = (struct neighbour){.date = CIVIL_UNKNOWN};
	w->block_tokens = block->tokens;
	for (uint32_t i = block->token; i < limit;) {
		uint32_t n = expression_may_begin(&d->tokens.at[i]) ? find_at(w, i, limit) : 0;
		i += n ? n : 1;
	}
}

void find_times(struct finding *f) {
	struct walk w = {.f = f, .anchors = {.now = CIVIL_UNKNOWN, .story = PERIOD_NONE, .spoken = PERIOD_NONE, .story_time = NONE,
		.dwelling = CIVIL_NO_YEAR}};
	judge_text(f->document, f->record->issue.date, &w.anchors);
	for (uint32_t i = 0; i < f->document->blocks.count; i++) {
		const struct block *block = &f->document->blocks.at[i];
		if (block->kind == BLOCK_CONTENTS)
			continue;
		set_anchors(&w, block->span.begin);
		find_in_block(&w, block);
	}
	matches_forget(f->document->matches);
}
