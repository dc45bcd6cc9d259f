#include "ics_zone.h"

#include "../base/memory.h"

#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

/* libical marks its own zones with a prefix, and truncating adds RFC 7808's TZUNTIL, which few read. */
static void mend(icalcomponent *zone, const char *id) {
	for (icalproperty *p = icalcomponent_get_first_property(zone, ICAL_ANY_PROPERTY), *next; p; p = next) {
		next = icalcomponent_get_next_property(zone, ICAL_ANY_PROPERTY);
		const char *name = icalproperty_get_property_name(p);
		if (strcmp(name, "TZID") == 0) {
			icalproperty_set_tzid(p, id);
		} else if (strcmp(name, "TZUNTIL") == 0 || strcmp(name, "X-LIC-LOCATION") == 0) {
			icalcomponent_remove_property(zone, p);
			icalproperty_free(p);
		}
	}
}

static bool make(struct buf *out, const char *id, int year) {
	icaltimezone *known = icaltimezone_get_builtin_timezone(id);
	icalcomponent *data = known ? icaltimezone_get_component(known) : NULL;
	if (!data)
		return false;
	icalcomponent *zone = icalcomponent_new_clone(data);
	struct icaltimetype from = icaltime_null_time();
	from.year = year;
	from.month = from.day = 1;
	from.zone = icaltimezone_get_utc_timezone();
	icaltimezone_truncate_vtimezone(zone, from, icaltime_null_time(), true);
	mend(zone, id);
	char *text = icalcomponent_as_ical_string_r(zone);
	struct ics_line line = {0};
	ics_refold(out, &line, str_from(text));
	buf_release(&line.text);
	icalmemory_free_buffer(text);
	icalcomponent_free(zone);
	return true;
}

struct ics_zone {
	char id[64];
	int year;
	struct buf text; /* empty where libical does not know it */
};

static struct ics_zone *find(struct ics_zones *zones, const char *id, int year) {
	for (uint32_t i = 0; i < zones->count; i++)
		if (zones->at[i].year == year && strcmp(zones->at[i].id, id) == 0)
			return &zones->at[i];
	zones->at = memory_grow(zones->at, (zones->count + 1) * sizeof *zones->at);
	struct ics_zone *zone = &zones->at[zones->count++];
	*zone = (struct ics_zone){.year = year};
	snprintf(zone->id, sizeof zone->id, "%s", id);
	make(&zone->text, id, year);
	return zone;
}

bool ics_zone(struct ics_zones *zones, struct buf *out, const char *id, int year) {
	const struct ics_zone *zone = find(zones, id, year);
	buf_add(out, buf_str(&zone->text));
	return zone->text.len > 0;
}

void ics_zones_release(struct ics_zones *zones) {
	for (uint32_t i = 0; i < zones->count; i++)
		buf_release(&zones->at[i].text);
	free(zones->at);
	*zones = (struct ics_zones){0};
}
