/* Zones that disagree with each other, with the season, or with nothing at all. */
#include "check.h"

#include <stdio.h>

static struct str stated(const struct checking *c, const struct occasion *o) {
	if (!span_empty(o->zone_stated.span))
		return str_at(c->record->source->text, o->zone_stated.span);
	return str_from(zone_abbreviation(c->zones, o->zone, o->start));
}

static bool is_timed(const struct occasion *o) {
	return o->zone && civil_has_date(o->start) && civil_has_time(o->start);
}

/* ---- zone-mismatch ---- */

static void mismatch(struct checking *c, const struct occasion *own, const struct occasion *other, struct civil mine, struct civil theirs,
	struct span span) {
	char here[CIVIL_TEXT], there[CIVIL_TEXT], written[CIVIL_TEXT];
	struct civil right = zone_civil(c->zones, other->zone, zone_moment(c->zones, own->zone, mine));
	struct str own_zone = stated(c, own), other_zone = stated(c, other);
	civil_clock_words(mine, here);
	civil_clock_words(right, there);
	civil_clock_words(theirs, written);
	const char *day = right.day == mine.day ? "" : civil_compare(right, mine) > 0 ? " the next day" : " the day before";
	bool same_clock = strcmp(there, written) == 0;
	struct diagnostic *d = record_diagnose(c->findings, DIAGNOSTIC_zone_mismatch, span, "%s %.*s is %s %.*s%s, not %s%s", here,
		(int)own_zone.len, own_zone.at, there, (int)other_zone.len, other_zone.at, day, written, same_clock ? " on this day" : "");
	diagnostic_relate(c->record->arena, d, own->span, "the event's own time is given here");
}

static void check_pair(struct checking *c, const struct occasion *own, const struct occasion *other) {
	if (!is_timed(own) || !is_timed(other))
		return;
	struct span span = span_empty(other->start_span) ? other->span : other->start_span;
	if (zone_moment(c->zones, own->zone, own->start) != zone_moment(c->zones, other->zone, other->start)) {
		mismatch(c, own, other, own->start, other->start, span);
		return;
	}
	if (civil_has_time(own->end) && civil_has_time(other->end) && civil_has_date(own->end) && civil_has_date(other->end) &&
		zone_moment(c->zones, own->zone, own->end) != zone_moment(c->zones, other->zone, other->end))
		mismatch(c, own, other, own->end, other->end, span_empty(other->end_span) ? other->span : other->end_span);
}

/* ---- zone-season ---- */

static bool is_abbreviation(struct str s) {
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] < 'A' || s.at[i] > 'Z')
			return false;
	return s.len >= 2 && s.len <= 5;
}

static void check_season(struct checking *c, const struct occasion *o) {
	const struct zone_name *name = zone_name(o->zone_stated.name);
	if (!name || name->season == ZONE_EITHER || !o->zone || !civil_has_date(o->start) ||
		span_empty(o->zone_stated.span))
		return;
	bool summer = false;
	int32_t offset = zone_offset(c->zones, o->zone, o->start, &summer);
	if (name->offset == ZONE_NO_OFFSET) { /* of several zones: its winter name is wrong where clocks are put forward */
		if (!summer || name->season == ZONE_SUMMER)
			return;
	} else if (offset == name->offset * 60 || summer == (name->season == ZONE_SUMMER)) {
		return;
	}
	struct str written = str_at(c->record->source->text, o->zone_stated.span);
	const char *right = zone_abbreviation(c->zones, o->zone, o->start);
	struct diagnostic *d = record_diagnose(c->findings, DIAGNOSTIC_zone_season, o->zone_stated.span,
		"%.*s is the name for %s time; on %d %s the clocks there show %s", (int)written.len, written.at,
		name->season == ZONE_STANDARD ? "winter" : "summer", o->start.day, civil_month_name(o->start.month), right);
	if (!is_abbreviation(written) || !is_abbreviation(str_from(right)))
		return;
	char title[64];
	snprintf(title, sizeof title, "replace “%.*s” by “%s”", (int)written.len, written.at, right);
	diagnostic_fix(c->record->arena, d, title, o->zone_stated.span, str_from(right));
}

/* ---- zone-ambiguous, no-zone ---- */

static bool lacks_zone(const struct occasion *o) {
	return !o->zone && civil_has_time(o->start);
}

static void check_ambiguous(struct checking *c, const struct occasion *o) {
	if (!lacks_zone(o) || span_empty(o->zone_stated.span))
		return;
	struct str written = str_at(c->record->source->text, o->zone_stated.span);
	const struct zone_name *name = zone_name(o->zone_stated.name);
	if (name && name->zones[0] && name->zones[1])
		record_diagnose(c->findings, DIAGNOSTIC_zone_ambiguous, o->zone_stated.span, "%.*s may be the time of %s or %s", (int)written.len,
			written.at, name->zones[0], name->zones[1]);
	else
		record_diagnose(c->findings, DIAGNOSTIC_zone_ambiguous, o->zone_stated.span, "%.*s is not a zone's name that is known",
			(int)written.len, written.at);
}

/* A listing whose entries name no zone is one finding, at the first of them. */
static void check_missing(struct checking *c) {
	const struct record *r = c->record;
	for (uint32_t i = 0; i < r->scheduled.count;) {
		uint32_t listing = r->scheduled.at[i].listing, count = 0;
		struct span first = {0, 0};
		for (; i < r->scheduled.count && r->scheduled.at[i].listing == listing; i++) {
			const struct occasion *o = &r->scheduled.at[i].when;
			if (!lacks_zone(o) || !span_empty(o->zone_stated.span))
				continue;
			if (!count++)
				first = span_empty(o->start_span) ? r->scheduled.at[i].span : o->start_span;
		}
		if (count == 1)
			record_diagnose(c->findings, DIAGNOSTIC_no_zone, first, "the time's zone is not stated; name it, or the house's in house.ini");
		else if (count)
			record_diagnose(c->findings, DIAGNOSTIC_no_zone, first, "the zone of this time and %u more is not stated; name it, or the house's in "
				"house.ini", (unsigned)count - 1);
	}
}

void check_zones(struct checking *c) {
	const struct record *r = c->record;
	for (uint32_t i = 0; i < r->scheduled.count; i++) {
		const struct scheduled *e = &r->scheduled.at[i];
		check_season(c, &e->when);
		check_ambiguous(c, &e->when);
		for (uint32_t k = 0; k < e->also.count; k++) {
			check_pair(c, &e->when, &e->also.at[k]);
			check_season(c, &e->also.at[k]);
			check_ambiguous(c, &e->also.at[k]);
		}
	}
	check_missing(c);
}
