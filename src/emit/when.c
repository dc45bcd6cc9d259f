#include "when.h"

static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
	"November", "December"};
static const char *const weekdays[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

const char *when_weekday(int weekday) {
	return weekdays[weekday - 1];
}

const char *when_month(int month) {
	return months[month - 1];
}

void when_day(struct buf *out, struct civil c) {
	buf_number(out, c.day);
	buf_byte(out, ' ');
	buf_text(out, months[c.month - 1]);
	buf_byte(out, ' ');
	buf_number(out, c.year);
}

void when_weekday_day(struct buf *out, struct civil c) {
	buf_text(out, when_weekday(civil_weekday(c)));
	buf_byte(out, ' ');
	when_day(out, c);
}

bool when_is_timed(const struct occasion *when) {
	return civil_has_date(when->start) && civil_has_time(when->start) && when->zone;
}

bool when_has_clock_only(const struct occasion *when) {
	return civil_has_date(when->start) && civil_has_time(when->start) && !when->zone;
}

bool when_ends_after_start(struct zones *zones, const struct occasion *when) {
	return when_is_timed(when) && civil_has_date(when->end) && civil_has_time(when->end) &&
		zone_moment(zones, when->zone, when->end) > zone_moment(zones, when->zone, when->start);
}

int64_t when_begins(struct zones *zones, const struct occasion *when) {
	if (!civil_has_date(when->start))
		return INT64_MIN;
	return when->zone ? zone_moment(zones, when->zone, when->start) : civil_seconds(when->start);
}

struct occasion when_in_zone(struct zones *zones, const struct occasion *when, const char *zone) {
	struct occasion other = {.end = CIVIL_UNKNOWN, .zone = zone};
	other.start = zone_civil(zones, zone, zone_moment(zones, when->zone, when->start));
	if (when_ends_after_start(zones, when))
		other.end = zone_civil(zones, zone, zone_moment(zones, when->zone, when->end));
	return other;
}

static bool is_pm(struct civil c) {
	return c.hour % 24 >= 12;
}

static void clock_face(struct buf *out, struct civil c, bool half_day) {
	int hour = c.hour % 24;
	if (c.minute <= 0 && (hour == 0 || hour == 12)) {
		buf_text(out, hour ? "noon" : "midnight");
		return;
	}
	buf_number(out, hour % 12 ? hour % 12 : 12);
	if (c.minute > 0)
		buf_format(out, ":%02d", c.minute);
	if (half_day)
		buf_text(out, hour < 12 ? " am" : " pm");
}

static bool is_word(struct civil c) {
	return c.minute <= 0 && c.hour % 12 == 0;
}

void when_clock(struct buf *out, struct civil start, struct civil end) {
	if (!civil_has_time(start))
		return;
	bool range = civil_has_time(end);
	clock_face(out, start, !range || is_pm(start) != is_pm(end) || is_word(end));
	if (range) {
		buf_text(out, "–");
		clock_face(out, end, true);
	}
}

static bool same_day(struct civil a, struct civil b) {
	return a.year == b.year && a.month == b.month && a.day == b.day;
}

/* "17–18 September 2025", "30 September – 2 October 2025". */
static void days_words(struct buf *out, struct civil start, struct civil end) {
	if (!civil_has_date(end) || same_day(start, end)) {
		when_day(out, start);
	} else if (start.year == end.year && start.month == end.month) {
		buf_format(out, "%d–", start.day);
		when_day(out, end);
	} else {
		if (start.year == end.year)
			buf_format(out, "%d %s", start.day, months[start.month - 1]);
		else
			when_day(out, start);
		buf_text(out, " – ");
		when_day(out, end);
	}
}

void when_words(struct buf *out, struct zones *zones, const struct occasion *when) {
	if (!civil_has_date(when->start))
		return;
	if (!civil_has_time(when->start)) {
		days_words(out, when->start, when->end);
		return;
	}
	when_day(out, when->start);
	buf_text(out, ", ");
	when_clock(out, when->start, when->end);
	if (when->zone)
		buf_format(out, " %s", zone_abbreviation(zones, when->zone, when->start));
}
