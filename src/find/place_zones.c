#include "place_zones.h"

#include "../know/zone.h"

enum { ZONES_MOST = 6, CODE_LENGTH = 3 /* bytes of a state's code */ };

/* ---- sets of zones ---- */

/* Whether the zone is one that the region's name stands for: itself, or "America/" followed by a star. */
static bool is_of(const char *zone, const char *region) {
	size_t len = strlen(region);
	return region[len - 1] == '*' ? strncmp(zone, region, len - 1) == 0 : strcmp(zone, region) == 0;
}

struct choice {
	const char *zones[ZONES_MOST];
	uint32_t count;
};

static struct choice choice_of(int32_t place) {
	const struct zone_name *row = zone_place(place);
	struct choice all = {.count = 0};
	while (row && all.count < ZONES_MOST && row->zones[all.count]) {
		all.zones[all.count] = row->zones[all.count];
		all.count++;
	}
	return all;
}

static struct choice narrowed(const struct choice *town, const struct choice *region) {
	struct choice both = {.count = 0};
	for (uint32_t i = 0; i < town->count; i++)
		for (uint32_t k = 0; k < region->count; k++)
			if (is_of(town->zones[i], region->zones[k])) {
				both.zones[both.count++] = town->zones[i];
				break;
			}
	return both;
}

static const char *only(const struct choice *c) {
	return c->count == 1 && !strchr(c->zones[0], '*') ? c->zones[0] : NULL;
}

/* ---- reading ---- */

/* A state or country at `at`: a code only in capitals, where a place or a comma stands before it. */
static uint32_t region_at(const struct document *d, uint32_t at, uint32_t limit, bool behind_place, int32_t *region) {
	if (at >= limit || d->tokens.at[at].shape == SHAPE_LOWER)
		return 0;
	uint32_t n = phrase_at(d, at, limit, WORD_ZONE_REGION, region);
	const struct token *t = &d->tokens.at[at];
	bool code = n && d->tokens.at[at + n - 1].end - t->begin <= CODE_LENGTH;
	return code && (t->shape == SHAPE_CAPITAL || !(behind_place || (at > 0 && is_sign(d, at - 1, limit, ',')))) ? 0 : n;
}

/* What decides between places of one name, behind it: ", MA", " NY 10019", ", USA". */
static uint32_t regions_behind(const struct document *d, uint32_t at, uint32_t limit, struct choice *town) {
	uint32_t end = at;
	for (;;) {
		uint32_t next = at;
		while (next < limit && next < at + 2 && (is_sign(d, next, limit, ',') || d->tokens.at[next].kind == TOKEN_NUMBER))
			next++;
		int32_t region;
		uint32_t n = region_at(d, next, limit, true, &region);
		if (!n && next > at && next < limit && d->tokens.at[next].shape != SHAPE_LOWER)
			n = phrase_at(d, next, limit, WORD_ZONE_PLACE, &region);
		if (!n)
			return end;
		struct choice its = choice_of(region), both = narrowed(town, &its);
		if (!both.count && phrase_at(d, next, limit, WORD_CITY, NULL) == n)
			return end; /* "Paris, London": another place */
		*town = both.count ? both : its;
		end = at = next + n;
	}
}

struct place_zone place_zone_at(const struct document *d, uint32_t at, uint32_t limit) {
	struct place_zone found = {.tokens = 0};
	int32_t region;
	if (at >= limit || d->tokens.at[at].shape == SHAPE_LOWER)
		return found;
	uint32_t n = phrase_at(d, at, limit, WORD_ZONE_PLACE, &found.place), r = region_at(d, at, limit, false, &region);
	found.region = r > n;
	if (found.region)
		found.place = region;
	n = r > n ? r : n;
	if (!n)
		return found;
	struct choice zones = choice_of(found.place);
	found.tokens = regions_behind(d, at + n, limit, &zones) - at;
	found.zone = only(&zones);
	return found;
}

bool place_is_street(const struct document *d, uint32_t begin, uint32_t limit, uint32_t from, uint32_t to) {
	if (to >= limit || !word_is(d->tokens.at[to].word, WORD_PLACE_HEAD, NULL))
		return false;
	if (is_word(d, from, to, "st") || is_word(d, from, to, "st.") || is_word(d, from, to, "saint"))
		return true;
	if (is_word(d, to, limit, "room") || is_word(d, to, limit, "street") || is_word(d, to, limit, "road"))
		return true;
	while (from > begin && !is_sign(d, from - 1, limit, ','))
		if (d->tokens.at[--from].kind == TOKEN_NUMBER)
			return true;
	return false;
}

const char *place_zone_last(const struct document *d, uint32_t from, uint32_t to) {
	const char *zone = NULL;
	for (uint32_t i = from; i < to;) {
		struct place_zone p = place_zone_at(d, i, to);
		if (p.tokens && !(p.region && !p.zone) && !place_is_street(d, from, to, i, i + p.tokens))
			zone = p.zone;
		i += p.tokens ? p.tokens : 1;
	}
	return zone;
}
