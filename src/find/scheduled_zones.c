/* Which zone an event's times are in. A name is a name for a place first; one of several meanings is decided by the
 * entry's place, by its other times, by the house; else it stays open. */
#include "place_zones.h"
#include "scheduled.h"

#include <stdio.h>

#define DAY (24 * 60 * 60)

static const struct zone_name *meaning(const struct zone_mention *m) {
	return m->name >= 0 ? zone_name(m->name) : m->place >= 0 ? zone_place(m->place) : NULL;
}

static const char *offset_id(struct reading *r, int16_t minutes) {
	int size = minutes < 0 ? -minutes : minutes;
	return arena_format(r->f->record->arena, "%c%02d:%02d", minutes < 0 ? '-' : '+', size / 60, size % 60).at;
}

/* The zone that a mention certainly means, or NULL. */
static const char *certain(struct reading *r, const struct zone_mention *m) {
	if (m->id)
		return m->id;
	if (m->offset != ZONE_NO_OFFSET)
		return offset_id(r, m->offset);
	const struct zone_name *name = meaning(m);
	return name && name->zones[0] && !name->zones[1] ? name->zones[0] : NULL;
}

static bool same_clock(struct reading *r, const char *a, const char *b, struct civil at) {
	return str_equal(str_from(a), str_from(b)) ||
		(civil_has_date(at) && zone_offset(r->f->zones, a, at, NULL) == zone_offset(r->f->zones, b, at, NULL));
}

static const char *zone_in_span(const struct reading *r, struct span span) {
	if (span_empty(span))
		return NULL;
	return place_zone_last(r->d, document_token_at(r->d, span.begin), document_token_at(r->d, span.end));
}

/* ---- a name of several meanings ---- */

static const char *among(struct reading *r, const struct zone_name *name, const char *zone, struct civil at) {
	for (int i = 0; zone && i < 6 && name->zones[i]; i++)
		if (same_clock(r, name->zones[i], zone, at))
			return name->zones[i];
	return NULL;
}

static const char *by_place(struct reading *r, const struct zone_name *name, struct civil at) {
	const char *zone = among(r, name, zone_in_span(r, r->event->spans.location), at);
	if (zone)
		return zone;
	for (uint32_t i = 0; i < r->event->sponsors.count; i++)
		if ((zone = among(r, name, zone_in_span(r, r->event->sponsors.at[i].span), at)))
			return zone;
	return among(r, name, place_zone_last(r->d, r->at.from, r->at.to), at);
}

/* The reading under which `o` is the moment that `other` is in `zone`. */
static const char *same_moment(struct reading *r, const struct zone_name *name, const struct occasion *o, const struct occasion *other,
	const char *zone) {
	int64_t moment = zone_moment(r->f->zones, zone, other->start);
	for (int i = 0; i < 6 && name->zones[i]; i++)
		if ((zone_moment(r->f->zones, name->zones[i], o->start) - moment) % DAY == 0)
			return name->zones[i];
	return NULL;
}

/* The reading under which `o` is the same moment as another of the entry's times, itself certain or of several meanings. */
static const char *by_other_times(struct reading *r, const struct zone_name *name, const struct occasion *o) {
	struct scheduled *e = r->event;
	for (uint32_t k = 0; k <= e->also.count; k++) {
		const struct occasion *other = k ? &e->also.at[k - 1] : &e->when;
		if (other == o || !civil_has_date(other->start) || !civil_has_time(other->start) || !civil_has_date(o->start))
			continue;
		const char *zone = certain(r, &other->zone_stated), *found = zone ? same_moment(r, name, o, other, zone) : NULL;
		const struct zone_name *names = zone ? NULL : meaning(&other->zone_stated);
		for (int i = 0; names && !found && i < 6 && names->zones[i]; i++)
			found = same_moment(r, name, o, other, names->zones[i]);
		if (found)
			return found;
	}
	return NULL;
}

static const char *decide(struct reading *r, const struct occasion *o) {
	const struct zone_name *name = meaning(&o->zone_stated);
	const char *zone;
	if (!name)
		return NULL;
	if ((zone = by_other_times(r, name, o)) || (zone = by_place(r, name, o->start)))
		return zone;
	return r->f->house->zone.at ? among(r, name, r->f->house->zone.at, o->start) : NULL;
}

/* ---- no name at all ---- */

static const char *unnamed(struct reading *r, struct occasion *o) {
	const struct inherited *above = &r->entry->above;
	if (!span_empty(above->zone.span)) {
		const char *zone = certain(r, &above->zone);
		r->event->spans.zone = above->zone.span;
		if (!zone) {
			o->zone_stated = above->zone;
			zone = decide(r, o);
		}
		return zone;
	}
	if (r->event->mode != MODE_VIRTUAL) {
		const char *zone = zone_in_span(r, r->event->spans.location);
		if (zone) {
			r->event->spans.zone = r->event->spans.location;
			return zone;
		}
	}
	return r->f->house->zone.at ? zone_known(r->f->zones, r->f->house->zone) : NULL;
}

/* "AEST (Brisbane)", "6 pm AEST, Brisbane": the zone of the place beside the name, or else of the event's own, where the name
 * promises the clock there; else NULL. */
static const char *of_place_beside(struct reading *r, const struct occasion *o) {
	const struct zone_mention *m = &o->zone_stated;
	const struct zone_name *name = m->name >= 0 ? zone_name(m->name) : NULL, *place = name ? zone_place(m->place) : NULL;
	const char *zone = place && !place->zones[1] ? place->zones[0] : NULL;
	if (!zone && name && name->offset != ZONE_NO_OFFSET && name->offset != 0 && o == &r->event->when && r->event->mode != MODE_VIRTUAL)
		zone = zone_in_span(r, r->event->spans.location);
	if (!zone || !civil_has_date(o->start))
		return NULL;
	int32_t offset = zone_offset(r->f->zones, zone, o->start, NULL);
	bool promised = name->offset != ZONE_NO_OFFSET ? offset == name->offset * 60 : same_clock(r, zone, name->zones[0], o->start);
	return promised ? zone : NULL;
}

/* "GMT" of a summer's day in London: the winter name of the clock where it is held, or where the house is, unless its other times
 * say otherwise; else NULL. */
static const char *of_winter_name(struct reading *r, const struct occasion *o) {
	const struct zone_name *name = o->zone_stated.name >= 0 ? zone_name(o->zone_stated.name) : NULL;
	if (!name || name->season != ZONE_STANDARD || name->offset != 0 || o != &r->event->when || !civil_has_date(o->start))
		return NULL;
	const char *zone = zone_in_span(r, r->event->spans.location);
	if (!zone && !range_empty(r->entry->above.place))
		zone = place_zone_last(r->d, r->entry->above.place.from, r->entry->above.place.to);
	struct civil winter = o->start;
	winter.month = 1;
	bool summer;
	if (!zone || zone_offset(r->f->zones, zone, winter, NULL) != 0 || zone_offset(r->f->zones, zone, o->start, &summer) == 0 || !summer)
		return NULL;
	for (uint32_t i = 0; i < r->event->also.count; i++) {
		const struct occasion *other = &r->event->also.at[i];
		const char *theirs = certain(r, &other->zone_stated);
		if (theirs && civil_has_time(other->start) && civil_has_date(other->start) &&
			(zone_moment(r->f->zones, zone, o->start) - zone_moment(r->f->zones, theirs, other->start)) % DAY != 0)
			return NULL;
	}
	return zone;
}

static const char *zone_for(struct reading *r, struct occasion *o) {
	if (!civil_has_time(o->start))
		return NULL;
	if (span_empty(o->zone_stated.span))
		return unnamed(r, o);
	const char *beside = of_place_beside(r, o);
	if (beside || (beside = of_winter_name(r, o)))
		return beside;
	const char *zone = certain(r, &o->zone_stated);
	return zone ? zone : decide(r, o);
}

/* ---- the day in another zone ---- */

static void move(struct occasion *o, int64_t days) {
	o->start = civil_add_days(o->start, days);
	if (civil_has_date(o->end))
		o->end = civil_add_days(o->end, days);
}

/* A time in another zone is on the day nearest the same moment. */
static void set_nearest_day(struct reading *r, struct occasion *o) {
	const struct occasion *first = &r->event->when;
	if (!first->zone || !o->zone || !civil_has_date(o->start) || !civil_has_time(first->start))
		return;
	int64_t off = zone_moment(r->f->zones, o->zone, o->start) - zone_moment(r->f->zones, first->zone, first->start);
	if (off > DAY / 2)
		move(o, -1);
	else if (off < -DAY / 2)
		move(o, 1);
}

/* Further times in the event's own zone are parts of a programme, not other readings of it. */
static void drop_repeats(struct reading *r) {
	struct scheduled *e = r->event;
	uint32_t kept = 0;
	for (uint32_t i = 0; i < e->also.count; i++) {
		const struct occasion *o = &e->also.at[i];
		bool same = o->zone && e->when.zone && str_equal(str_from(o->zone), str_from(e->when.zone));
		if (!same && !span_empty(o->zone_stated.span))
			e->also.at[kept++] = *o;
	}
	e->also.count = kept;
}

void when_settle(struct reading *r) {
	struct scheduled *e = r->event;
	e->when.zone = zone_for(r, &e->when);
	for (uint32_t i = 0; i < e->also.count; i++) {
		e->also.at[i].zone = zone_for(r, &e->also.at[i]);
		if (!(r->dated >> i & 1))
			set_nearest_day(r, &e->also.at[i]);
	}
	drop_repeats(r);
}
