/* Time zones: what names and abbreviations mean (data/zones.tsv, data/zone_places.tsv), and the zones' own
 * rules through ICU, behind this one door. A `struct zones` caches rules; one per thread. */
#ifndef DAYBOOK_ZONE_H
#define DAYBOOK_ZONE_H

#include "civil.h"

struct zones;
struct zones *zones_open(void);
void zones_close(struct zones *zones);

/* What a zone's name says of the season. */
enum zone_season { ZONE_EITHER /* ET, "Tokyo time" */, ZONE_STANDARD /* EST */, ZONE_SUMMER /* EDT */ };

/* A row of data/zones.tsv: an abbreviation or name ("EDT", "Eastern Standard Time", "Tokyo time"). */
struct zone_name {
	const char *text;        /* as it is usually written; "" of a place */
	const char *zones[6];    /* IANA names it may mean, likeliest first; NULL-ended. More than one: ambiguous */
	int16_t offset;          /* minutes east of UTC that the name promises, or ZONE_NO_OFFSET for "ET" */
	uint8_t season;          /* enum zone_season */
};
#define ZONE_NO_OFFSET INT16_MIN

/* Row `index` (the value of a WORD_ZONE), or of a place (the value of a WORD_ZONE_PLACE: "Tokyo"); NULL when out of range. */
const struct zone_name *zone_name(int32_t index);
const struct zone_name *zone_place(int32_t index);

/* Whether `id` is a zone that ICU knows; its canonical IANA name (static), or NULL. Windows names are read too. */
const char *zone_known(struct zones *zones, struct str id);

/* The zone's offset east of UTC in seconds at a civil time there; *summer (may be NULL) says whether it is
 * daylight saving. A time skipped or repeated by a clock change takes the offset before it. "UTC+9" style
 * ids ("+09:00") work too. */
int32_t zone_offset(struct zones *zones, const char *id, struct civil local, bool *summer);

/* The moment, in seconds since 1970 UTC, of a civil time in a zone; and the civil time in a zone of a moment. */
int64_t zone_moment(struct zones *zones, const char *id, struct civil local);
struct civil zone_civil(struct zones *zones, const char *id, int64_t moment);

/* RFC 3339 with the zone's own offset on that day, e.g. 2025-08-04T17:45:00+09:00; a bare date where the hour
 * is not known. Returns the length. */
int zone_format(struct zones *zones, const char *id, struct civil local, char out[CIVIL_TEXT]);

/* The short name people use for the zone at that moment ("EDT", "JST", "CEST"), else "GMT+9". Static or cached in `zones`. */
const char *zone_abbreviation(struct zones *zones, const char *id, struct civil local);

/* The zone's name in words, for readers ("Eastern Daylight Time", "Japan Standard Time"). Cached in `zones`. */
const char *zone_words(struct zones *zones, const char *id, struct civil local);

#endif
