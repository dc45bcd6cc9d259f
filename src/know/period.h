/* Periods of the calendar: a day, a week, a quarter, a century … as the first day and the unit, their arithmetic and their
 * TIMEX3 values (ISO 24617-1, TimeML 1.2.1 section 2.2). */
#ifndef DAYBOOK_PERIOD_H
#define DAYBOOK_PERIOD_H

#include "civil.h"
#include "time_rules.h"

struct period {
	uint8_t unit;       /* UNIT_DAY, WEEK, WEEKEND, MONTH, QUARTER, HALFYEAR, SEASON, YEAR, DECADE, CENTURY, MILLENNIUM; UNIT_NONE: none */
	struct civil begin; /* its first day; years before 1 are counted astronomically (1 BC is 0) */
};
#define PERIOD_NONE ((struct period){.begin = {CIVIL_NO_YEAR, -1, -1, -1, -1, -1}})

/* The period of `unit` that holds `at`. A season is of the northern half of the earth, from the first of March on; the winter
 * that holds January began the year before. */
struct period period_of(struct civil at, enum time_unit unit);

/* The months of a unit, 0 of one that is counted in days or is no part of the calendar. */
int unit_months(int64_t unit);

/* The period so many later (or, negative, earlier). */
struct period period_shift(struct period p, int64_t count);

/* The first day behind it. */
struct civil period_end(struct period p);

/* Season `season` (enum season) that begins in year `year`; winter begins in December. */
struct period period_season(int32_t year, int season);

#define PERIOD_TEXT 24
/* The TIMEX3 value: 2025-08-03, 2025-W31, 2025-W31-WE, 2025-08, 2025-Q3, 2025-H2, 2025-SU, 2025, 202, 20, 2; returns its length.
 * A year before 1 is BC and four figures. */
int period_format(struct period p, char out[PERIOD_TEXT]);

/* The day of holiday `index` (time_holidays) in `year`; unknown where the rule cannot tell. */
struct civil holiday_day(int32_t index, int32_t year);

#endif
