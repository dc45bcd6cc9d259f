#include "ics_zone.h"

#include "../base/library.h"
#include "../base/memory.h"

#include <libical/ical.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/* Opened for the first calendar with a zone: it brings ICU with it. */
#define LIBICAL_FUNCTIONS(F) \
	F(builtin_zone, icaltimezone_get_builtin_timezone) \
	F(component_clone, icalcomponent_new_clone) \
	F(component_free, icalcomponent_free) \
	F(component_text, icalcomponent_as_ical_string_r) \
	F(first_property, icalcomponent_get_first_property) \
	F(memory_free, icalmemory_free_buffer) \
	F(next_property, icalcomponent_get_next_property) \
	F(null_time, icaltime_null_time) \
	F(property_free, icalproperty_free) \
	F(property_name, icalproperty_get_property_name) \
	F(remove_property, icalcomponent_remove_property) \
	F(set_tzid, icalproperty_set_tzid) \
	F(truncate_zone, icaltimezone_truncate_vtimezone) \
	F(utc_zone, icaltimezone_get_utc_timezone) \
	F(zone_component, icaltimezone_get_component)

struct libical {
	LIBICAL_FUNCTIONS(LIBRARY_POINTER)
};

static const struct libical *libical(void) {
	static const char *const names[] = {LIBICAL_FUNCTIONS(LIBRARY_NAME) NULL};
	static struct libical functions;
	static struct library library = {"libical.so.3", names, &functions, NULL, false};
	library_need(&library);
	return &functions;
}

/* libical marks its own zones with a prefix, and truncating adds RFC 7808's TZUNTIL, which few read. */
static void mend(icalcomponent *zone, const char *id) {
	for (icalproperty *p = libical()->first_property(zone, ICAL_ANY_PROPERTY), *next; p; p = next) {
		next = libical()->next_property(zone, ICAL_ANY_PROPERTY);
		const char *name = libical()->property_name(p);
		if (strcmp(name, "TZID") == 0) {
			libical()->set_tzid(p, id);
		} else if (strcmp(name, "TZUNTIL") == 0 || strcmp(name, "X-LIC-LOCATION") == 0) {
			libical()->remove_property(zone, p);
			libical()->property_free(p);
		}
	}
}

static void make_alone(struct buf *out, const char *id, int year) {
	icaltimezone *known = libical()->builtin_zone(id);
	icalcomponent *data = known ? libical()->zone_component(known) : NULL;
	if (!data)
		return;
	icalcomponent *zone = libical()->component_clone(data);
	struct icaltimetype from = libical()->null_time();
	from.year = year;
	from.month = from.day = 1;
	from.zone = libical()->utc_zone();
	libical()->truncate_zone(zone, from, libical()->null_time(), true);
	mend(zone, id);
	char *text = libical()->component_text(zone);
	struct ics_line line = {0};
	ics_refold(out, &line, str_from(text));
	buf_release(&line.text);
	libical()->memory_free(text);
	libical()->component_free(zone);
}

/* libical loads its zones when they are asked for, into tables that all threads share. */
static void make(struct buf *out, const char *id, int year) {
	static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
	pthread_mutex_lock(&one);
	make_alone(out, id, year);
	pthread_mutex_unlock(&one);
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
