#include "period.h"

#include <stdio.h>

static int64_t floor_div(int64_t a, int64_t b) {
	return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

static struct civil first_of_month(int64_t months) {
	return civil_of(floor_div(months, 12), (int)(months - floor_div(months, 12) * 12) + 1, 1);
}

static int64_t months_of(struct civil c) {
	return (int64_t)c.year * 12 + c.month - 1;
}

int unit_months(int64_t unit) {
	switch (unit) {
	case UNIT_MONTH: return 1;
	case UNIT_QUARTER: case UNIT_SEASON: return 3;
	case UNIT_HALFYEAR: return 6;
	case UNIT_YEAR: return 12;
	case UNIT_DECADE: return 120;
	case UNIT_CENTURY: return 1200;
	case UNIT_MILLENNIUM: return 12000;
	default: return 0;
	}
}

struct period period_of(struct civil at, enum time_unit unit) {
	struct civil day = civil_date(at);
	struct period p = {.unit = (uint8_t)unit};
	int months = unit_months(p.unit);
	if (unit == UNIT_SEASON) {
		int64_t from_march = months_of(day) - 2;
		p.begin = first_of_month(floor_div(from_march, 3) * 3 + 2);
	} else if (unit == UNIT_CENTURY || unit == UNIT_MILLENNIUM) { /* named by their figures: the 20th is 19.., the century of 1900 too */
		p.begin = civil_of(floor_div(day.year, months / 12) * (months / 12), 1, 1);
	} else if (months) {
		p.begin = first_of_month(floor_div(months_of(day), months) * months);
	} else if (unit == UNIT_WEEK) {
		p.begin = civil_from_days(civil_day_number(day) - (civil_weekday(day) - 1));
	} else if (unit == UNIT_WEEKEND) {
		p.begin = civil_from_days(civil_day_number(day) - (civil_weekday(day) - 1) + 5);
	} else {
		p.unit = UNIT_DAY;
		p.begin = day;
	}
	return p;
}

struct period period_shift(struct period p, int64_t count) {
	int months = unit_months(p.unit);
	if (count > 2000000 || count < -2000000)
		return PERIOD_NONE;
	if (months)
		p.begin = first_of_month(months_of(p.begin) + count * months);
	else
		p.begin = civil_from_days(civil_day_number(p.begin) + count * (p.unit == UNIT_WEEK || p.unit == UNIT_WEEKEND ? 7 : 1));
	return p;
}

struct civil period_end(struct period p) {
	if (p.unit == UNIT_WEEKEND)
		return civil_from_days(civil_day_number(p.begin) + 2);
	return period_shift(p, 1).begin;
}

struct period period_season(int32_t year, int season) {
	return (struct period){UNIT_SEASON, civil_of(year, season * 3, 1)};
}

static int put_year(char *out, int64_t year) {
	return year > 0 ? snprintf(out, PERIOD_TEXT, "%04d", (int)(year % 10000)) : snprintf(out, PERIOD_TEXT, "BC%04d", (int)((1 - year) % 10000));
}

static int put_week(char out[PERIOD_TEXT], struct period p) {
	int32_t year;
	int week = civil_week(p.begin, &year);
	return snprintf(out, PERIOD_TEXT, "%04d-W%02d%s", (int)(year % 10000), week, p.unit == UNIT_WEEKEND ? "-WE" : "");
}

int period_format(struct period p, char out[PERIOD_TEXT]) {
	static const char *const seasons[] = {"WI", "SP", "SU", "FA"};
	int year = p.begin.year;
	int n = 0;
	switch (p.unit) {
	case UNIT_WEEK: case UNIT_WEEKEND: return put_week(out, p);
	case UNIT_DECADE: return year > 0 ? snprintf(out, PERIOD_TEXT, "%03d", year / 10) : snprintf(out, PERIOD_TEXT, "BC%03d", -year / 10);
	case UNIT_CENTURY: return year >= 0 ? snprintf(out, PERIOD_TEXT, "%02d", year / 100) : snprintf(out, PERIOD_TEXT, "BC%02d", (-year - 1) / 100);
	case UNIT_MILLENNIUM: return year >= 0 ? snprintf(out, PERIOD_TEXT, "%d", year / 1000) : snprintf(out, PERIOD_TEXT, "BC%d", (-year - 1) / 1000);
	default: n = put_year(out, year);
	}
	size_t room = PERIOD_TEXT - (size_t)n;
	switch (p.unit) {
	case UNIT_YEAR: return n;
	case UNIT_HALFYEAR: return n + snprintf(out + n, room, "-H%d", p.begin.month > 6 ? 2 : 1);
	case UNIT_QUARTER: return n + snprintf(out + n, room, "-Q%d", (p.begin.month + 2) / 3);
	case UNIT_SEASON: return n + snprintf(out + n, room, "-%s", seasons[p.begin.month / 3 % 4]);
	case UNIT_MONTH: return n + snprintf(out + n, room, "-%02d", p.begin.month);
	default: return n + snprintf(out + n, room, "-%02d-%02d", p.begin.month, p.begin.day);
	}
}
