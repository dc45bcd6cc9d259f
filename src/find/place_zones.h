/* The zone that a place keeps, as people write places: "Kyiv", "Cambridge, MA", "New York, NY 10019, USA". */
#ifndef DAYBOOK_PLACE_ZONES_H
#define DAYBOOK_PLACE_ZONES_H

#include "../text/document.h"

struct place_zone {
	uint32_t tokens;  /* what the place takes, with the states and countries behind it; 0: there is none here */
	int32_t place;    /* its number among the zones' places (know/zone.h) */
	const char *zone; /* the one zone that it means, or NULL: it may be in several */
	bool region;      /* a state or a country alone */
};

/* The place that begins at token `at`. A state or a country behind a town decides which town of that name it is, and whose
 * it is where no town of that name is known there. */
struct place_zone place_zone_at(const struct document *d, uint32_t at, uint32_t limit);

/* Whether the place's name, tokens [from, to) of [begin, limit), is a part of another's: "25 Queen Victoria Street", "Reading Room",
 * "St. John's Church". */
bool place_is_street(const struct document *d, uint32_t begin, uint32_t limit, uint32_t from, uint32_t to);

/* The last place in tokens [from, to), where an address has its town: its zone, or NULL for none and for one of several. */
const char *place_zone_last(const struct document *d, uint32_t from, uint32_t to);

#endif
