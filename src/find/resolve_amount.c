/* Durations, sets and vague references. */
#include "resolve.h"

#include <stdio.h>

struct str mod_name(int64_t mod) {
	static const char *const names[] = {NULL, "START", "MID", "END", "APPROX", "BEFORE", "AFTER", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS",
		"EQUAL_OR_MORE"};
	return mod > 0 && mod <= MOD_EQUAL_OR_MORE ? str_from(names[mod]) : STR_NULL;
}

const char *part_name_of(int64_t part) {
	static const char *const names[] = {"", "TMO", "TMI", "TAF", "TEV", "TNI", "TDT", "TMO"};
	return part >= 0 && part <= PART_DAWN ? names[part] : "";
}

/* ---- durations ---- */

/* How a unit is written: its letter, how many of that letter it is, whether behind T; the smaller unit that halves of it are told in. */
static const struct unit_form {
	const char *letter, *vague;
	int times;
	bool clock;
	uint8_t smaller;
	int parts;
} unit_forms[] = {
	[UNIT_NONE] = {"X", "X", 1, false, 0, 0},
	[UNIT_SECOND] = {"S", "S", 1, true, 0, 0},
	[UNIT_MINUTE] = {"M", "M", 1, true, UNIT_SECOND, 60},
	[UNIT_HOUR] = {"H", "H", 1, true, UNIT_MINUTE, 60},
	[UNIT_DAY] = {"D", "D", 1, false, UNIT_HOUR, 24},
	[UNIT_WEEKDAY] = {"D", "D", 1, false, UNIT_HOUR, 24},
	[UNIT_WEEK] = {"W", "W", 1, false, 0, 0},
	[UNIT_WEEKEND] = {"WE", "WE", 1, false, 0, 0},
	[UNIT_FORTNIGHT] = {"W", "W", 2, false, 0, 0},
	[UNIT_MONTH] = {"M", "M", 1, false, 0, 0},
	[UNIT_QUARTER] = {"Q", "Q", 1, false, 0, 0},
	[UNIT_HALFYEAR] = {"M", "M", 6, false, 0, 0},
	[UNIT_SEASON] = {"M", "M", 3, false, 0, 0},
	[UNIT_YEAR] = {"Y", "Y", 1, false, UNIT_MONTH, 12},
	[UNIT_DECADE] = {"Y", "DE", 10, false, UNIT_MONTH, 12},
	[UNIT_CENTURY] = {"Y", "CE", 100, false, 0, 0},
	[UNIT_MILLENNIUM] = {"Y", "ML", 1000, false, 0, 0},
	[UNIT_GENERATION] = {"Y", "GE", 25, false, 0, 0},
	[UNIT_TIME] = {"X", "X", 1, false, 0, 0},
};

struct str duration_value(struct arena *arena, int64_t thousandths, int64_t unit) {
	if (unit < 0 || unit > UNIT_TIME)
		unit = UNIT_NONE;
	const struct unit_form *form = &unit_forms[unit];
	const char *t = form->clock ? "T" : "";
	if (thousandths == COUNT_SOME || unit == UNIT_TIME)
		return arena_format(arena, "P%sX%s", t, form->vague);
	int64_t whole = thousandths * form->times / 1000, rest = thousandths * form->times % 1000;
	if (rest && form->parts && rest * form->parts % 1000 == 0) {
		const struct unit_form *small = &unit_forms[form->smaller];
		int64_t parts = rest * form->parts / 1000;
		const char *between = small->clock && !form->clock ? "T" : "";
		if (whole)
			return arena_format(arena, "P%s%lld%s%s%lld%s", t, (long long)whole, form->letter, between, (long long)parts, small->letter);
		return arena_format(arena, "P%s%lld%s", small->clock ? "T" : "", (long long)parts, small->letter);
	}
	if (rest)
		return arena_format(arena, "P%s%lld.%lld%s", t, (long long)whole, (long long)(rest % 100 ? rest % 10 ? rest : rest / 10 : rest / 100), form->letter);
	return arena_format(arena, "P%s%lld%s", t, (long long)whole, form->letter);
}

/* "three hours and 20 minutes". */
static struct str compound_value(const struct resolving *r, const struct frame *f) {
	struct str big = duration_value(r->arena, f->value[FIELD_COUNT], f->value[FIELD_UNIT]);
	struct str small = duration_value(r->arena, f->value[FIELD_MORE], f->value[FIELD_LOWER]);
	size_t skip = small.len > 1 && small.at[1] == 'T' && memchr(big.at, 'T', big.len) ? 2 : 1;
	return arena_format(r->arena, "%.*s%.*s", (int)big.len, big.at, (int)(small.len - skip), small.at + skip);
}

/* Where a duration stands against an anchor ("the past two weeks", "in two weeks"), its interval. */
static void set_interval(const struct resolving *r, const struct frame *f, struct resolved *out, int64_t count, int64_t unit) {
	int64_t step = frame_get(f, FIELD_STEP, 0);
	const struct civil now = r->anchors->now;
	if (!step || !civil_has_date(now) || count == COUNT_SOME || count % 1000 || unit < UNIT_DAY || unit > UNIT_CENTURY)
		return;
	int64_t days = unit == UNIT_DAY || unit == UNIT_WEEKDAY ? 1 : unit == UNIT_WEEK ? 7 : unit == UNIT_FORTNIGHT ? 14 : 0, steps = step * count / 1000;
	if (steps > 4000000 || steps < -4000000) /* beyond any year of four figures */
		return;
	struct civil other = days ? civil_add_days(now, days * steps) : civil_add_months(now, unit_months(unit) * steps);
	if (other.year < 1 || other.year > 9999)
		return;
	out->begin = step < 0 ? other : now;
	out->end = step < 0 ? now : other;
}

void resolve_duration(const struct resolving *r, const struct frame *f, struct resolved *out) {
	int64_t count = frame_get(f, FIELD_COUNT, COUNT_SOME), unit = frame_get(f, FIELD_UNIT, UNIT_NONE);
	out->type = TIMEX_DURATION;
	out->nothing = frame_has(f, FIELD_UPTO) && frame_get(f, FIELD_UPTO, 0) <= count; /* "the 2006-07 season" is no number of seasons */
	if (count != COUNT_SOME && frame_has(f, FIELD_LOWER)) {
		out->value = compound_value(r, f);
		return;
	}
	if (!frame_has(f, FIELD_COUNT) && frame_has(f, FIELD_MORE)) /* "a minute and a half" */
		count = 1000;
	if (count != COUNT_SOME)
		count += frame_get(f, FIELD_MORE, 0);
	out->value = duration_value(r->arena, count, unit);
	set_interval(r, f, out, count, unit);
}

/* ---- sets ---- */

static void set_of_calendar(const struct resolving *r, const struct frame *f, struct resolved *out) {
	static const char *const seasons[] = {"", "SP", "SU", "FA", "WI"};
	const char *part = frame_has(f, FIELD_PART) ? part_name_of(f->value[FIELD_PART]) : "";
	if (frame_has(f, FIELD_WEEKDAY))
		out->value = arena_format(r->arena, "XXXX-WXX-%d%s", (int)f->value[FIELD_WEEKDAY], part);
	else if (frame_has(f, FIELD_MONTH))
		out->value = arena_format(r->arena, "XXXX-%02d", (int)f->value[FIELD_MONTH]);
	else if (frame_has(f, FIELD_SEASON))
		out->value = arena_format(r->arena, "XXXX-%s", seasons[f->value[FIELD_SEASON]]);
	else if (frame_has(f, FIELD_PART))
		out->value = arena_format(r->arena, "XXXX-XX-XX%s", part);
	else if (frame_has(f, FIELD_HOLIDAY) && time_holidays[f->value[FIELD_HOLIDAY]].rule == HOLIDAY_FIXED)
		out->value = arena_format(r->arena, "XXXX-%02d-%02d", time_holidays[f->value[FIELD_HOLIDAY]].month, time_holidays[f->value[FIELD_HOLIDAY]].day);
	else if (frame_has(f, FIELD_HOLIDAY))
		out->value = STR("P1Y");
}

void resolve_set(const struct resolving *r, const struct frame *f, struct resolved *out) {
	static const char *const quants[] = {NULL, "EVERY", "EACH", "EVERY OTHER", "ALL"};
	int64_t unit = frame_get(f, FIELD_UNIT, UNIT_NONE), quant = frame_get(f, FIELD_QUANT, QUANT_NONE);
	out->type = TIMEX_SET;
	set_of_calendar(r, f, out);
	if (!out->value.at) {
		int64_t count = frame_get(f, FIELD_COUNT, frame_has(f, FIELD_ORDINAL) ? f->value[FIELD_ORDINAL] * 1000 : 1000);
		if (quant == QUANT_OTHER)
			count = 2000;
		if (unit == UNIT_WEEKEND || unit == UNIT_WEEKDAY)
			out->value = unit == UNIT_WEEKEND ? STR("XXXX-WXX-WE") : STR("XXXX-WXX-XX");
		else
			out->value = duration_value(r->arena, count, unit);
	}
	if (quant > 0 && quant <= QUANT_ALL)
		out->quant = str_from(quants[quant]);
	if (frame_has(f, FIELD_FREQ))
		out->freq = f->value[FIELD_FREQ] == COUNT_SOME ? STR("XX") : arena_format(r->arena, "%lldX", (long long)(f->value[FIELD_FREQ] / 1000));
}

void resolve_ref(const struct resolving *r, const struct frame *f, struct resolved *out) {
	static const char *const names[] = {"PRESENT_REF", "PRESENT_REF", "PAST_REF", "FUTURE_REF"};
	out->type = TIMEX_DATE;
	out->from_now = civil_has_date(r->anchors->now);
	/* "it was soon repaired": of what is told, not of the text's own future */
	out->nothing = frame_get(f, FIELD_TENSE, 0) == 1 &&
		(r->anchors->history || tense_at(r->d, r->e->first[0], r->e->last[0], r->limit) == -1);
	out->value = str_from(names[frame_get(f, FIELD_REF, REF_PRESENT) & 3]);
}
