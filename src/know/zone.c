/* Zones by ICU. Asking ICU takes microseconds, so the offsets of a zone in a year are asked once and
 * kept; after that a look-up is arithmetic. ICU opens its data when the first zone is asked for. */
#include "zone.h"

#include <stdio.h>
#include <stdlib.h>

#include "../base/memory.h"
#include "icu.h"
#include "words_table.h"

enum { ID_LONGEST = 63, CHANGES = 6, YEARS_KEPT = 8, ZONE_ROWS = 64 };

/* An offset that holds from a moment on. */
struct change {
	int64_t from; /* seconds since 1970 UTC */
	int32_t offset;
	bool summer;
};

/* What holds from a day before a year's begin to a day after its end; the first is in force at the begin. */
struct zone_year {
	int32_t year;
	uint32_t count;
	struct change change[CHANGES];
};

struct zone_rules {
	char id[ID_LONGEST + 1];
	UCalendar *calendar; /* NULL for a fixed offset */
	int32_t fixed;
	uint32_t years, oldest;
	struct zone_year year[YEARS_KEPT];
	struct zone_rules *next; /* in its row */
};

/* A text that was made once and is given again. */
struct zone_text {
	struct zone_text *next;
	char text[];
};

struct zones {
	struct zone_rules *rules[ZONE_ROWS];
	struct zone_text *texts;
};

struct zones *zones_open(void) {
	struct zones *zones = memory_get(sizeof *zones);
	memset(zones, 0, sizeof *zones);
	return zones;
}

void zones_close(struct zones *zones) {
	if (!zones)
		return;
	for (int i = 0; i < ZONE_ROWS; i++)
		for (struct zone_rules *rules = zones->rules[i], *next; rules; rules = next) {
			next = rules->next;
			if (rules->calendar)
				icu()->close(rules->calendar);
			free(rules);
		}
	for (struct zone_text *text = zones->texts, *next; text; text = next) {
		next = text->next;
		free(text);
	}
	free(zones);
}

static const char *keep_text(struct zones *zones, const char *text) {
	for (struct zone_text *kept = zones->texts; kept; kept = kept->next)
		if (strcmp(kept->text, text) == 0)
			return kept->text;
	size_t len = strlen(text) + 1;
	struct zone_text *kept = memory_get(sizeof *kept + len);
	memcpy(kept->text, text, len);
	kept->next = zones->texts;
	zones->texts = kept;
	return kept->text;
}

/* --- names --- */

const struct zone_name *zone_name(int32_t index) {
	return index >= 0 && index < zone_names_count ? &zone_names[index] : NULL;
}

const struct zone_name *zone_place(int32_t index) {
	return index >= 0 && index < zone_places_count ? &zone_place_rows[zone_places[index]] : NULL;
}

/* Reads "+09:00", "UTC+9", "GMT-0330", "Z"; the offset in seconds goes to *offset. */
static bool read_fixed(struct str id, int32_t *offset) {
	*offset = 0;
	if (str_equal(id, STR("Z")))
		return true;
	if (str_starts(id, STR("UTC")) || str_starts(id, STR("GMT")))
		id = str_of(id.at + 3, id.len - 3);
	if (id.len < 2 || id.len > 6 || (id.at[0] != '+' && id.at[0] != '-'))
		return false;
	int digits[4], count = 0;
	for (size_t i = 1; i < id.len; i++) {
		if (id.at[i] == ':' && i + 3 == id.len && count)
			continue;
		if (id.at[i] < '0' || id.at[i] > '9' || count == 4)
			return false;
		digits[count++] = id.at[i] - '0';
	}
	int number = 0;
	for (int i = 0; i < count; i++)
		number = number * 10 + digits[i];
	int hours = count > 2 ? number / 100 : number, minutes = count > 2 ? number % 100 : 0;
	if (!count || hours > 14 || minutes > 59)
		return false;
	*offset = (hours * 3600 + minutes * 60) * (id.at[0] == '-' ? -1 : 1);
	return true;
}

static bool to_units(struct str id, UChar out[ID_LONGEST + 1]) {
	if (id.len == 0 || id.len > ID_LONGEST)
		return false;
	for (size_t i = 0; i < id.len; i++)
		if (id.at[i] <= ' ' && id.at[i] != ' ')
			return false;
	UErrorCode status = U_ZERO_ERROR;
	icu()->from_utf8(out, ID_LONGEST + 1, NULL, id.at, (int32_t)id.len, &status);
	return U_SUCCESS(status);
}

static bool from_units(const UChar *units, int32_t count, char out[ID_LONGEST + 1]) {
	UErrorCode status = U_ZERO_ERROR;
	icu()->to_utf8(out, ID_LONGEST + 1, NULL, units, count, &status);
	return U_SUCCESS(status);
}

/* ICU's own id of a zone; whether it is one that the zone data know. */
static bool canonical_id(struct str id, char out[ID_LONGEST + 1]) {
	UChar units[ID_LONGEST + 1], canonical[ID_LONGEST + 1];
	UErrorCode status = U_ZERO_ERROR;
	UBool known = false;
	if (!to_units(id, units))
		return false;
	int32_t count = icu()->get_canonical_id(units, -1, canonical, ID_LONGEST, &known, &status);
	return U_SUCCESS(status) && known && from_units(canonical, count, out);
}

static bool windows_id(struct str id, char out[ID_LONGEST + 1]) {
	UChar units[ID_LONGEST + 1], found[ID_LONGEST + 1];
	UErrorCode status = U_ZERO_ERROR;
	if (!to_units(id, units))
		return false;
	int32_t count = icu()->get_id_for_windows(units, -1, NULL, found, ID_LONGEST, &status);
	return U_SUCCESS(status) && count > 0 && from_units(found, count, out);
}

/* ICU keeps old names where the IANA data have renamed a zone. */
static const char *renamed(const char *id) {
	for (int32_t i = 0; i < zone_renamed_count; i++)
		if (strcmp(zone_renamed[i].old, id) == 0)
			return zone_renamed[i].now;
	return id;
}

const char *zone_known(struct zones *zones, struct str id) {
	char found[ID_LONGEST + 1];
	int32_t offset;
	if (read_fixed(id, &offset)) {
		if (offset % 3600)
			snprintf(found, sizeof found, "%c%02d:%02d", offset < 0 ? '-' : '+', abs(offset) / 3600, abs(offset) / 60 % 60);
		else
			/* in Etc/ the sign says how far UTC is ahead of the zone */
			snprintf(found, sizeof found, offset ? "Etc/GMT%+d" : "Etc/UTC", -offset / 3600);
		return keep_text(zones, found);
	}
	if (canonical_id(id, found) || windows_id(id, found))
		return keep_text(zones, renamed(found));
	return NULL;
}

/* --- rules --- */

static UCalendar *open_calendar(const char *id) {
	UChar units[ID_LONGEST + 1];
	UErrorCode status = U_ZERO_ERROR;
	if (!to_units(str_from(id), units))
		return NULL;
	UCalendar *calendar = icu()->open(units, -1, "en_US", UCAL_GREGORIAN, &status);
	return U_SUCCESS(status) ? calendar : NULL;
}

static uint32_t row_of(const char *id) {
	uint32_t row = 0;
	for (; *id; id++)
		row = row * 31 + (unsigned char)*id;
	return row % ZONE_ROWS;
}

/* The rules of zone `id`; an id that nobody knows counts as UTC. */
static struct zone_rules *rules_of(struct zones *zones, const char *id) {
	uint32_t row = row_of(id);
	for (struct zone_rules *rules = zones->rules[row]; rules; rules = rules->next)
		if (strcmp(rules->id, id) == 0)
			return rules;
	struct zone_rules *rules = memory_get(sizeof *rules);
	memset(rules, 0, sizeof *rules);
	snprintf(rules->id, sizeof rules->id, "%s", id);
	if (!read_fixed(str_from(id), &rules->fixed))
		rules->calendar = open_calendar(id);
	rules->next = zones->rules[row];
	zones->rules[row] = rules;
	return rules;
}

static struct change change_at(UCalendar *calendar, double milliseconds) {
	UErrorCode status = U_ZERO_ERROR;
	icu()->set_millis(calendar, milliseconds, &status);
	int32_t standard = icu()->get(calendar, UCAL_ZONE_OFFSET, &status), summer = icu()->get(calendar, UCAL_DST_OFFSET, &status);
	if (U_FAILURE(status))
		standard = summer = 0;
	return (struct change){(int64_t)(milliseconds / 1000), (standard + summer) / 1000, summer != 0};
}

static void ask_year(UCalendar *calendar, struct zone_year *year) {
	double at = (double)((civil_days(year->year, 1, 1) - 1) * 86400) * 1000;
	double end = (double)((civil_days(year->year + 1, 1, 1) + 1) * 86400) * 1000;
	year->count = 0;
	while (at < end && year->count < CHANGES) {
		year->change[year->count++] = change_at(calendar, at);
		UErrorCode status = U_ZERO_ERROR;
		if (!icu()->get_transition(calendar, UCAL_TZ_TRANSITION_NEXT, &at, &status) || U_FAILURE(status))
			break;
	}
}

/* What holds in a year of the zone; asked once for each of the years asked for last. */
static const struct zone_year *year_of(struct zone_rules *rules, int64_t number) {
	int32_t year = number < 1800 ? 1800 : number > 2500 ? 2500 : (int32_t)number;
	for (uint32_t i = 0; i < rules->years; i++)
		if (rules->year[i].year == year)
			return &rules->year[i];
	bool room = rules->years < YEARS_KEPT;
	struct zone_year *place = &rules->year[room ? rules->years++ : rules->oldest++ % YEARS_KEPT];
	place->year = year;
	ask_year(rules->calendar, place);
	return place;
}

static struct change change_of_moment(struct zones *zones, const char *id, int64_t moment) {
	struct zone_rules *rules = rules_of(zones, id);
	if (!rules->calendar)
		return (struct change){INT64_MIN, rules->fixed, false};
	const struct zone_year *year = year_of(rules, civil_from_seconds(moment).year);
	uint32_t i = 0;
	while (i + 1 < year->count && year->change[i + 1].from <= moment)
		i++;
	return year->change[i];
}

static struct change change_of_local(struct zones *zones, const char *id, struct civil local) {
	struct zone_rules *rules = rules_of(zones, id);
	if (!rules->calendar)
		return (struct change){INT64_MIN, rules->fixed, false};
	const struct zone_year *year = year_of(rules, local.year);
	int64_t seconds = civil_seconds(local);
	uint32_t i = 0;
	for (; i + 1 < year->count; i++) {
		/* A change takes hold of a local time only when both clocks have passed it. */
		int32_t before = year->change[i].offset, after = year->change[i + 1].offset;
		if (seconds < year->change[i + 1].from + (before > after ? before : after))
			break;
	}
	return year->change[i];
}

int32_t zone_offset(struct zones *zones, const char *id, struct civil local, bool *summer) {
	struct change change = change_of_local(zones, id, local);
	if (summer)
		*summer = change.summer;
	return change.offset;
}

int64_t zone_moment(struct zones *zones, const char *id, struct civil local) {
	return civil_seconds(local) - change_of_local(zones, id, local).offset;
}

struct civil zone_civil(struct zones *zones, const char *id, int64_t moment) {
	return civil_from_seconds(moment + change_of_moment(zones, id, moment).offset);
}

int zone_format(struct zones *zones, const char *id, struct civil local, char out[CIVIL_TEXT]) {
	if (!civil_has_time(local))
		return civil_format(local, out);
	int32_t offset = zone_offset(zones, id, local, NULL), minutes = abs(offset) / 60;
	int len = civil_format(civil_from_seconds(civil_seconds(local)), out);
	char *to = out + len;
	*to++ = offset < 0 ? '-' : '+';
	to = civil_two_digits(to, minutes / 60);
	*to++ = ':';
	to = civil_two_digits(to, minutes % 60);
	*to = 0;
	return (int)(to - out);
}

/* --- names for readers --- */

/* An abbreviation is written in capitals. */
static bool is_abbreviation(const char *text) {
	size_t len = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	return len >= 2 && text[len] == '\0';
}

/* The abbreviation zones.tsv has for the zone in that season, with its own offset. */
static const char *listed_abbreviation(const char *id, struct change now) {
	int32_t best_place = 6;
	const char *best = NULL;
	for (int32_t i = 0; i < zone_names_count; i++) {
		const struct zone_name *name = &zone_names[i];
		if (name->offset * 60 != now.offset || (name->season == ZONE_SUMMER) != now.summer || !is_abbreviation(name->text))
			continue;
		for (int32_t place = 0; place < best_place && name->zones[place]; place++)
			if (strcmp(name->zones[place], id) == 0) {
				best = name->text;
				best_place = place;
			}
	}
	return best;
}

static bool display_name(struct zone_rules *rules, UCalendarDisplayNameType type, const char *locale, char out[CIVIL_TEXT * 2]) {
	UChar units[CIVIL_TEXT * 2];
	UErrorCode status = U_ZERO_ERROR;
	int32_t count = icu()->get_display_name(rules->calendar, type, locale, units, CIVIL_TEXT * 2, &status);
	if (U_FAILURE(status))
		return false;
	icu()->to_utf8(out, CIVIL_TEXT * 2, NULL, units, count, &status);
	return U_SUCCESS(status) && status != U_STRING_NOT_TERMINATED_WARNING;
}

static const char *offset_name(struct zones *zones, int32_t offset) {
	char text[CIVIL_TEXT];
	int minutes = abs(offset) / 60 % 60, len = snprintf(text, sizeof text, "GMT");
	if (offset)
		len += snprintf(text + len, sizeof text - (size_t)len, "%c%d", offset < 0 ? '-' : '+', abs(offset) / 3600);
	if (minutes)
		snprintf(text + len, sizeof text - (size_t)len, ":%02d", minutes);
	return keep_text(zones, text);
}

const char *zone_abbreviation(struct zones *zones, const char *id, struct civil local) {
	struct zone_rules *rules = rules_of(zones, id);
	struct change now = change_of_local(zones, id, local);
	const char *listed = listed_abbreviation(id, now);
	if (listed)
		return listed;
	static const char *const locales[] = {"en_US", "en_GB", "en_AU", "en_CA", "en_IN", "en_NZ", "en_ZA"};
	char text[CIVIL_TEXT * 2];
	for (size_t i = 0; rules->calendar && i < sizeof locales / sizeof *locales; i++)
		if (display_name(rules, now.summer ? UCAL_SHORT_DST : UCAL_SHORT_STANDARD, locales[i], text) && is_abbreviation(text))
			return keep_text(zones, text);
	return offset_name(zones, now.offset);
}

const char *zone_words(struct zones *zones, const char *id, struct civil local) {
	struct zone_rules *rules = rules_of(zones, id);
	struct change now = change_of_local(zones, id, local);
	char text[CIVIL_TEXT * 2];
	if (rules->calendar && display_name(rules, now.summer ? UCAL_DST : UCAL_STANDARD, "en_US", text))
		return keep_text(zones, text);
	return offset_name(zones, now.offset);
}
