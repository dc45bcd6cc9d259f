/* Days that have names, from the rules of data/times/LANGUAGE/holidays.tsv. */
#include "hindu.h"
#include "icu.h"
#include "period.h"

/* Western Easter, days since 1970: the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8). */
static int64_t easter(int32_t year) {
	int a = year % 19, b = year / 100, c = year % 100;
	int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
	int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7, m = (a + 11 * h + 22 * l) / 451;
	int month = (h + l - 7 * m + 114) / 31, day = (h + l - 7 * m + 114) % 31 + 1;
	return civil_days(year, month, day);
}

/* Orthodox Easter: Meeus's Julian algorithm, turned into a Gregorian day. */
static int64_t orthodox_easter(int32_t year) {
	int a = year % 4, b = year % 7, c = year % 19, d = (19 * c + 15) % 30, e = (2 * a + 4 * b - d + 34) % 7;
	int month = (d + e + 114) / 31, day = (d + e + 114) % 31 + 1;
	return civil_days(year, month, day) + year / 100 - year / 400 - 2;
}

static struct civil nth_weekday(int32_t year, int month, int nth, int weekday, int behind) {
	struct civil first = civil_from_days(civil_days(year, month, 1));
	int64_t days;
	if (nth > 0) {
		days = civil_days(year, month, 1) + (weekday - civil_weekday(first) + 7) % 7 + 7 * (nth - 1);
	} else {
		int64_t last = civil_days(year, month, civil_month_days(year, month));
		days = last - (civil_weekday(civil_from_days(last)) - weekday + 7) % 7 + 7 * (nth + 1);
	}
	return civil_from_days(days + behind);
}

/* The Gregorian day, in year `year`, of a month and day of the Chinese calendar. */
static struct civil chinese(int32_t year, int month, int day) {
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *calendar = icu()->open(u"Asia/Shanghai", -1, "zh@calendar=chinese", UCAL_DEFAULT, &status);
	struct civil found = CIVIL_UNKNOWN;
	if (U_FAILURE(status))
		return found;
	/* Lunar years begin between 21 January and 20 February: the middle of the Gregorian year is in the one meant. */
	icu()->set_millis(calendar, (double)civil_days(year, 7, 1) * 86400e3, &status);
	icu()->set(calendar, UCAL_MONTH, month - 1);
	icu()->set(calendar, UCAL_DATE, day);
	icu()->set(calendar, UCAL_IS_LEAP_MONTH, 0);
	double at = icu()->get_millis(calendar, &status);
	icu()->close(calendar);
	return U_FAILURE(status) ? found : civil_from_days((int64_t)((at + 8 * 3600e3) / 86400e3));
}

/* The first day in Gregorian year `year` that is this day of another calendar. */
static struct civil other_calendar(const char *name, int32_t year, int month, int day) {
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *calendar = icu()->open(u"Etc/UTC", -1, name, UCAL_DEFAULT, &status);
	struct civil found = CIVIL_UNKNOWN;
	if (U_FAILURE(status))
		return found;
	icu()->set_millis(calendar, (double)civil_days(year, 1, 1) * 86400e3, &status);
	int32_t first = icu()->get(calendar, UCAL_YEAR, &status);
	for (int32_t i = first; i <= first + 2 && U_SUCCESS(status) && found.year != year; i++) {
		icu()->clear(calendar);
		icu()->set_date(calendar, i, month - 1, day, &status);
		found = civil_from_days((int64_t)(icu()->get_millis(calendar, &status) / 86400e3));
	}
	icu()->close(calendar);
	return U_FAILURE(status) || found.year != year ? CIVIL_UNKNOWN : found;
}

/* From 1420 on the calendar of Mecca as it is printed, before that the moon's own. */
static struct civil islamic(int32_t year, int month, int day) {
	return other_calendar(year >= 1999 ? "@calendar=islamic-umalqura" : "@calendar=islamic", year, month, day);
}

struct civil holiday_day(int32_t index, int32_t year) {
	const struct holiday *h = &time_holidays[index];
	struct civil day = CIVIL_UNKNOWN;
	if (index < 0 || index >= time_holiday_count || year < 1 || year > 9999)
		return day;
	switch (h->rule) {
	case HOLIDAY_FIXED:
		day.year = year;
		day.month = h->month;
		day.day = (int8_t)h->day;
		return day;
	case HOLIDAY_NTH: return nth_weekday(year, h->month, h->nth, h->weekday, h->day);
	case HOLIDAY_EASTER: return civil_from_days(easter(year) + h->day);
	case HOLIDAY_ORTHODOX: return civil_from_days(orthodox_easter(year) + h->day);
	case HOLIDAY_ISLAMIC: return islamic(year, h->month, h->day);
	case HOLIDAY_HINDU:
		day = hindu_lunar_day(year, h->month, h->day, h->nth);
		return civil_has_date(day) ? civil_add_days(day, h->weekday) : day;
	case HOLIDAY_SIGN:
		day = hindu_solar_day(year, h->month);
		return civil_has_date(day) ? civil_add_days(day, h->day) : day;
	case HOLIDAY_HEBREW: return other_calendar("@calendar=hebrew", year, h->month, h->day);
	default: return chinese(year, h->month, h->day);
	}
}
