/* VTIMEZONE blocks (RFC 5545 §3.6.5), made by libical from the system's zone data. */
#ifndef DAYBOOK_ICS_ZONE_H
#define DAYBOOK_ICS_ZONE_H

#include "ics_text.h"

/* Blocks made so far: making one takes as long as writing a hundred events. Zeroed is empty. */
struct ics_zones {
	struct ics_zone *at;
	uint32_t count;
};

void ics_zones_release(struct ics_zones *zones);

/* Adds the VTIMEZONE of IANA zone `id` for events from `year` on, its TZID the IANA name. False, and nothing
 * added, where libical does not know the zone. */
bool ics_zone(struct ics_zones *zones, struct buf *out, const char *id, int year);

#endif
