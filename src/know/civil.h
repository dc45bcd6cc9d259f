/* The calendar and the clock as people write them: dates of the proleptic Gregorian calendar,
 * ISO 8601 weeks. Pure arithmetic, no zones. */
#ifndef DAYBOOK_CIVIL_H
#define DAYBOOK_CIVIL_H

#include "../base/str.h"

/* A date, clock time, or part of one. A field that is not known is -1 (year: CIVIL_NO_YEAR). */
#define CIVIL_NO_YEAR INT32_MIN
struct civil {
	int32_t year;
	int8_t month, day;           /* from 1 */
	int8_t hour, minute, second; /* hour 24 only as the end of a day */
};
#define CIVIL_UNKNOWN ((struct civil){CIVIL_NO_YEAR, -1, -1, -1, -1, -1})

/* Whether year, month and day are all known. */
bool civil_has_date(struct civil c);
/* Whether the hour is known. */
bool civil_has_time(struct civil c);
/* Whether the date exists (month 1-12, day within the month) and the clock fields are in range. */
bool civil_valid(struct civil c);

/* Days since 1970-01-01, and back (clock fields of the result are -1). */
int64_t civil_days(int32_t year, int month, int day);
struct civil civil_from_days(int64_t days);
/* civil_days of a date. */
int64_t civil_day_number(struct civil date);
int civil_month_days(int32_t year, int month);

/* 1 Monday - 7 Sunday. */
int civil_weekday(struct civil date);
/* ISO 8601 week and the year it belongs to. */
int civil_week(struct civil date, int32_t *week_year);

/* Seconds since 1970-01-01T00:00:00 as if in UTC; unknown clock fields count as 0. */
int64_t civil_seconds(struct civil c);
struct civil civil_from_seconds(int64_t seconds);

/* `date` moved by so many days; clock fields are kept. */
struct civil civil_add_days(struct civil date, int64_t days);
/* `date` moved by so many months, on the last day of a month that is too short; clock fields are kept. */
struct civil civil_add_months(struct civil date, int64_t months);

/* -1, 0, 1 by date then clock. */
int civil_compare(struct civil a, struct civil b);

/* Reads YYYY-MM-DD (exactly); false when it is not one or does not exist. */
bool civil_parse_date(struct str s, struct civil *out);
/* Reads YYYY-MM-DD, or YYYY-MM-DDTHH:MM or YYYY-MM-DDTHH:MM:SS; false when it is none of them or does not exist. */
bool civil_parse_moment(struct str s, struct civil *out);
/* The same date without a clock. */
struct civil civil_date(struct civil c);
/* The date of these figures, without a clock; they are not looked at. */
struct civil civil_of(int64_t year, int64_t month, int64_t day);

#define CIVIL_TEXT 40
/* Writes YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SS where the hour is known, into out; returns its length. */
int civil_format(struct civil c, char out[CIVIL_TEXT]);

/* Writes the last two digits of `number` (not negative) at `to`; the place behind them. */
char *civil_two_digits(char *to, int number);

/* English names, for messages: "Monday" of 1, "January" of 1. */
const char *civil_weekday_name(int weekday);
const char *civil_month_name(int month);

/* Writes the clock time as people say it: "5:45 pm", "noon", "11 am". */
void civil_clock_words(struct civil c, char out[CIVIL_TEXT]);

#endif
