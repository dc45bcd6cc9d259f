/* How a language writes dates and clocks, by ICU: its patterns and names are asked once, and filled in here. */
#ifndef DAYBOOK_DATES_H
#define DAYBOOK_DATES_H

#include "../base/buf.h"
#include "civil.h"

enum date_form {
	DATE_DAY,         /* 4 août 2025 */
	DATE_WEEKDAY_DAY, /* lundi 4 août 2025 */
	DATE_MONTH,       /* août 2025 */
	DATE_CLOCK,       /* 17:45 */
	DATE_FORMS,
};

struct dates;
/* Of a language (BCP 47). ICU's root patterns where it does not know the language. */
struct dates *dates_open(struct str language);
void dates_close(struct dates *dates);

/* Adds a date or a clock time; fields that the form needs must be known. */
void dates_say(const struct dates *dates, enum date_form form, struct civil c, struct buf *out);

/* The names of a month (1-12) and of a weekday (1 Monday - 7 Sunday), as they stand alone; live as long as `dates`. */
const char *dates_month(const struct dates *dates, int month);
const char *dates_weekday(const struct dates *dates, int weekday);
const char *dates_weekday_short(const struct dates *dates, int weekday);

#endif
