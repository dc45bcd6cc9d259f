#include "civil.h"

#include <stdio.h>

bool civil_has_date(struct civil c) {
	return c.year != CIVIL_NO_YEAR && c.month > 0 && c.day > 0;
}

bool civil_has_time(struct civil c) {
	return c.hour >= 0;
}

static bool is_leap(int32_t year) {
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int civil_month_days(int32_t year, int month) {
	static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	if (month < 1 || month > 12)
		return 0;
	return days[month - 1] + (month == 2 && is_leap(year));
}

static bool clock_valid(struct civil c) {
	if (c.hour < 0)
		return c.minute < 0 && c.second < 0;
	if (c.hour == 24)
		return c.minute <= 0 && c.second <= 0;
	return c.hour < 24 && c.minute < 60 && c.second <= 60;
}

bool civil_valid(struct civil c) {
	return civil_has_date(c) && c.month <= 12 && c.day <= civil_month_days(c.year, c.month) && clock_valid(c);
}

/* Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March, eras are of 400 years. */
int64_t civil_days(int32_t year, int month, int day) {
	int64_t y = (int64_t)year - (month <= 2);
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t year_of_era = y - era * 400;
	int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

struct civil civil_from_days(int64_t days) {
	days += 719468;
	int64_t era = (days >= 0 ? days : days - 146096) / 146097;
	int64_t day_of_era = days - era * 146097;
	int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t march_month = (5 * day_of_year + 2) / 153;
	struct civil c = CIVIL_UNKNOWN;
	c.day = (int8_t)(day_of_year - (153 * march_month + 2) / 5 + 1);
	c.month = (int8_t)(march_month < 10 ? march_month + 3 : march_month - 9);
	c.year = (int32_t)(year_of_era + era * 400 + (c.month <= 2));
	return c;
}

static int weekday_of(int64_t days) {
	/* 1970-01-01 was a Thursday */
	int64_t rest = (days + 3) % 7;
	return (int)(rest < 0 ? rest + 7 : rest) + 1;
}

int civil_weekday(struct civil date) {
	return weekday_of(civil_day_number(date));
}

int civil_week(struct civil date, int32_t *week_year) {
	/* A week belongs to the year of its Thursday. */
	int64_t days = civil_day_number(date), thursday = days + 4 - weekday_of(days);
	int32_t year = civil_from_days(thursday).year;
	if (week_year)
		*week_year = year;
	return (int)((thursday - civil_days(year, 1, 1)) / 7) + 1;
}

int64_t civil_seconds(struct civil c) {
	int64_t seconds = civil_day_number(c) * 86400;
	if (c.hour > 0)
		seconds += c.hour * 3600;
	if (c.minute > 0)
		seconds += c.minute * 60;
	return c.second > 0 ? seconds + c.second : seconds;
}

struct civil civil_from_seconds(int64_t seconds) {
	int64_t days = seconds / 86400, rest = seconds % 86400;
	if (rest < 0) {
		rest += 86400;
		days--;
	}
	struct civil c = civil_from_days(days);
	c.hour = (int8_t)(rest / 3600);
	c.minute = (int8_t)(rest / 60 % 60);
	c.second = (int8_t)(rest % 60);
	return c;
}

struct civil civil_add_days(struct civil date, int64_t days) {
	struct civil moved = civil_from_days(civil_day_number(date) + days);
	moved.hour = date.hour;
	moved.minute = date.minute;
	moved.second = date.second;
	return moved;
}

static int order(int64_t a, int64_t b) {
	return (a > b) - (a < b);
}

int civil_compare(struct civil a, struct civil b) {
	int by = order(a.year, b.year);
	if (!by)
		by = order(a.month, b.month);
	if (!by)
		by = order(a.day, b.day);
	if (!by)
		by = order(a.hour, b.hour);
	if (!by)
		by = order(a.minute, b.minute);
	return by ? by : order(a.second, b.second);
}

/* The number of the `count` digits at `at`, or -1. */
static int digits_at(const char *at, int count) {
	int value = 0;
	for (int i = 0; i < count; i++) {
		if (at[i] < '0' || at[i] > '9')
			return -1;
		value = value * 10 + at[i] - '0';
	}
	return value;
}

bool civil_parse_date(struct str s, struct civil *out) {
	if (s.len != 10 || s.at[4] != '-' || s.at[7] != '-')
		return false;
	int year = digits_at(s.at, 4), month = digits_at(s.at + 5, 2), day = digits_at(s.at + 8, 2);
	if (year < 0 || month < 1 || month > 12 || day < 1 || day > civil_month_days(year, month))
		return false;
	*out = CIVIL_UNKNOWN;
	out->year = year;
	out->month = (int8_t)month;
	out->day = (int8_t)day;
	return true;
}

bool civil_parse_moment(struct str s, struct civil *out) {
	struct civil c;
	if (s.len == 10)
		return civil_parse_date(s, out);
	if ((s.len != 16 && s.len != 19) || s.at[10] != 'T' || s.at[13] != ':' || (s.len == 19 && s.at[16] != ':') ||
		!civil_parse_date(str_of(s.at, 10), &c))
		return false;
	int hour = digits_at(s.at + 11, 2), minute = digits_at(s.at + 14, 2), second = s.len == 19 ? digits_at(s.at + 17, 2) : 0;
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
		return false;
	c.hour = (int8_t)hour;
	c.minute = (int8_t)minute;
	c.second = (int8_t)second;
	*out = c;
	return true;
}

int64_t civil_day_number(struct civil date) {
	return civil_days(date.year, date.month, date.day);
}

struct civil civil_of(int64_t year, int64_t month, int64_t day) {
	return (struct civil){(int32_t)year, (int8_t)month, (int8_t)day, -1, -1, -1};
}

struct civil civil_add_months(struct civil date, int64_t months) {
	int64_t total = (int64_t)date.year * 12 + date.month - 1 + months;
	date.year = (int32_t)(total >= 0 ? total / 12 : (total - 11) / 12);
	date.month = (int8_t)(total - (int64_t)date.year * 12 + 1);
	int last = civil_month_days(date.year, date.month);
	date.day = date.day > last ? (int8_t)last : date.day;
	return date;
}

struct civil civil_date(struct civil c) {
	c.hour = c.minute = c.second = -1;
	return c;
}

char *civil_two_digits(char *to, int number) {
	to[0] = (char)('0' + number / 10 % 10);
	to[1] = (char)('0' + number % 10);
	return to + 2;
}

/* Written for every time of an archive, so without printf where the year has its four digits. */
int civil_format(struct civil c, char out[CIVIL_TEXT]) {
	char *to = out;
	if (c.year >= 0 && c.year <= 9999)
		to = civil_two_digits(civil_two_digits(to, c.year / 100), c.year % 100);
	else
		to += snprintf(to, 16, "%05d", c.year);
	*to++ = '-';
	to = civil_two_digits(to, c.month);
	*to++ = '-';
	to = civil_two_digits(to, c.day);
	if (c.hour >= 0) {
		*to++ = 'T';
		to = civil_two_digits(to, c.hour);
		*to++ = ':';
		to = civil_two_digits(to, c.minute > 0 ? c.minute : 0);
		*to++ = ':';
		to = civil_two_digits(to, c.second > 0 ? c.second : 0);
	}
	*to = 0;
	return (int)(to - out);
}

const char *civil_weekday_name(int weekday) {
	static const char *const names[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
	return names[(weekday + 6) % 7];
}

const char *civil_month_name(int month) {
	static const char *const names[] = {"January", "February", "March", "April", "May", "June", "July", "August", "September",
		"October", "November", "December"};
	return names[(month + 11) % 12];
}

void civil_clock_words(struct civil c, char out[CIVIL_TEXT]) {
	int hour = c.hour % 24, face = hour % 12 ? hour % 12 : 12;
	const char *half = hour < 12 ? "am" : "pm";
	if (c.minute <= 0 && hour % 12 == 0)
		snprintf(out, CIVIL_TEXT, "%s", hour ? "noon" : "midnight");
	else if (c.minute <= 0)
		snprintf(out, CIVIL_TEXT, "%d %s", face, half);
	else
		snprintf(out, CIVIL_TEXT, "%d:%02d %s", face, c.minute, half);
}
