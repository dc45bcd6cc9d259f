#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "know/words.h"
#include "know/zone.h"

static struct zones *zones;

static int set_up(void **state) {
	(void)state;
	zones = zones_open();
	return 0;
}

static int tear_down(void **state) {
	(void)state;
	zones_close(zones);
	return 0;
}

/* "2025-03-30T01:30" */
static struct civil at(const char *text) {
	struct civil c;
	assert_true(civil_parse_date(str_of(text, 10), &c));
	c.hour = (int8_t)((text[11] - '0') * 10 + text[12] - '0');
	c.minute = (int8_t)((text[14] - '0') * 10 + text[15] - '0');
	return c;
}

static void formats(const char *id, const char *local, const char *want) {
	char out[CIVIL_TEXT];
	zone_format(zones, id, at(local), out);
	assert_string_equal(out, want);
	/* and there and back through the moment, but for times that a clock change skips */
	struct civil back = zone_civil(zones, id, zone_moment(zones, id, at(local)));
	char again[CIVIL_TEXT];
	civil_format(back, again);
	if (strncmp(want, again, 16) != 0)
		assert_int_equal(zone_moment(zones, id, back), zone_moment(zones, id, at(local)));
}

static void offsets_around_clock_changes(void **state) {
	(void)state;
	formats("America/New_York", "2025-03-09T01:59", "2025-03-09T01:59:00-05:00");
	formats("America/New_York", "2025-03-09T02:30", "2025-03-09T02:30:00-05:00"); /* skipped */
	formats("America/New_York", "2025-03-09T03:00", "2025-03-09T03:00:00-04:00");
	formats("America/New_York", "2025-11-02T01:30", "2025-11-02T01:30:00-04:00"); /* repeated */
	formats("America/New_York", "2025-11-02T02:00", "2025-11-02T02:00:00-05:00");
	formats("America/New_York", "2025-12-31T23:30", "2025-12-31T23:30:00-05:00");
	formats("America/New_York", "2025-08-04T24:00", "2025-08-05T00:00:00-04:00");
	formats("Europe/London", "2025-03-30T00:59", "2025-03-30T00:59:00+00:00");
	formats("Europe/London", "2025-03-30T02:00", "2025-03-30T02:00:00+01:00");
	formats("Europe/London", "2025-10-26T01:30", "2025-10-26T01:30:00+01:00");
	formats("Europe/London", "2025-10-26T02:00", "2025-10-26T02:00:00+00:00");
	formats("Australia/Sydney", "2025-04-06T02:30", "2025-04-06T02:30:00+11:00");
	formats("Australia/Sydney", "2025-04-06T03:00", "2025-04-06T03:00:00+10:00");
	formats("Australia/Sydney", "2026-01-01T00:00", "2026-01-01T00:00:00+11:00");
	formats("Asia/Kathmandu", "2025-07-01T09:00", "2025-07-01T09:00:00+05:45");
	formats("Australia/Lord_Howe", "2025-07-01T09:00", "2025-07-01T09:00:00+10:30");
	formats("Australia/Lord_Howe", "2025-10-05T02:15", "2025-10-05T02:15:00+10:30");
	formats("Australia/Lord_Howe", "2025-10-05T02:30", "2025-10-05T02:30:00+11:00");
	formats("Asia/Tokyo", "2025-08-04T17:45", "2025-08-04T17:45:00+09:00");
	formats("+09:00", "2025-08-04T17:45", "2025-08-04T17:45:00+09:00");
	formats("UTC-3:30", "2025-08-04T17:45", "2025-08-04T17:45:00-03:30");
}

static void a_date_alone_has_no_offset(void **state) {
	(void)state;
	char out[CIVIL_TEXT];
	struct civil date = CIVIL_UNKNOWN;
	assert_true(civil_parse_date(STR("2025-08-04"), &date));
	zone_format(zones, "Asia/Tokyo", date, out);
	assert_string_equal(out, "2025-08-04");
}

static void many_years_in_turn(void **state) {
	(void)state;
	for (int round = 0; round < 2; round++)
		for (int32_t year = 1995; year < 2060; year++) {
			bool summer;
			struct civil july = {year, 7, 4, 12, 0, 0}, january = {year, 1, 4, 12, 0, 0};
			assert_int_equal(zone_offset(zones, "Europe/Paris", july, &summer), 7200);
			assert_true(summer);
			assert_int_equal(zone_offset(zones, "Europe/Paris", january, &summer), 3600);
			assert_false(summer);
		}
}

static void known(const char *id, const char *want) {
	const char *got = zone_known(zones, str_from(id));
	if (!want)
		assert_null(got);
	else
		assert_string_equal(got, want);
}

static void zones_are_known_by_their_iana_names(void **state) {
	(void)state;
	known("Asia/Tokyo", "Asia/Tokyo");
	known("Asia/Kolkata", "Asia/Kolkata");
	known("Asia/Calcutta", "Asia/Kolkata");
	known("Europe/Kyiv", "Europe/Kyiv");
	known("US/Eastern", "America/New_York");
	known("Eastern Standard Time", "America/New_York");
	known("Tokyo Standard Time", "Asia/Tokyo");
	known("UTC+9", "Etc/GMT-9");
	known("+05:30", "+05:30");
	known("Mars/Olympus", NULL);
	known("", NULL);
}

static void abbreviations_are_those_people_use(void **state) {
	(void)state;
	struct civil july = at("2025-07-01T12:00"), january = at("2025-01-01T12:00");
	assert_string_equal(zone_abbreviation(zones, "America/New_York", july), "EDT");
	assert_string_equal(zone_abbreviation(zones, "America/New_York", january), "EST");
	assert_string_equal(zone_abbreviation(zones, "Asia/Tokyo", july), "JST");
	assert_string_equal(zone_abbreviation(zones, "Europe/Paris", july), "CEST");
	assert_string_equal(zone_abbreviation(zones, "Europe/London", july), "BST");
	assert_string_equal(zone_abbreviation(zones, "Asia/Kolkata", july), "IST");
	assert_string_equal(zone_abbreviation(zones, "Etc/UTC", july), "UTC");
	assert_string_equal(zone_abbreviation(zones, "Asia/Pyongyang", july), "GMT+9");
	assert_string_equal(zone_abbreviation(zones, "+05:45", july), "GMT+5:45");
	assert_string_equal(zone_words(zones, "America/New_York", july), "Eastern Daylight Time");
	assert_string_equal(zone_words(zones, "Asia/Tokyo", july), "Japan Standard Time");
}

static void every_row_names_a_zone_that_keeps_its_promise(void **state) {
	(void)state;
	struct civil july = at("2025-07-01T12:00"), january = at("2025-01-01T12:00");
	const struct zone_name *name;
	for (int32_t i = 0; (name = zone_name(i)); i++)
		for (int k = 0; name->zones[k]; k++) {
			assert_string_equal(zone_known(zones, str_from(name->zones[k])), name->zones[k]);
			int32_t a = zone_offset(zones, name->zones[k], july, NULL), b = zone_offset(zones, name->zones[k], january, NULL);
			/* names of seasons that are no longer kept promise an hour more than standard time */
			if (name->offset != ZONE_NO_OFFSET && name->offset * 60 != a && name->offset * 60 != b)
				assert_string_equal(name->season == ZONE_SUMMER && name->offset * 60 == a + 3600 ? name->text : "", name->text);
		}
	for (int32_t i = 0; (name = zone_place(i)); i++)
		for (int k = 0; name->zones[k]; k++)
			assert_true(str_ends(str_from(name->zones[k]), STR("/*")) || zone_known(zones, str_from(name->zones[k])));
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(offsets_around_clock_changes),
		cmocka_unit_test(a_date_alone_has_no_offset),
		cmocka_unit_test(many_years_in_turn),
		cmocka_unit_test(zones_are_known_by_their_iana_names),
		cmocka_unit_test(abbreviations_are_those_people_use),
		cmocka_unit_test(every_row_names_a_zone_that_keeps_its_promise),
	};
	return cmocka_run_group_tests_name("zone", tests, set_up, tear_down);
}
