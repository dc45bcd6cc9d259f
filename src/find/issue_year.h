/* What an issue says of its year where its date does not. */
#ifndef DAYBOOK_ISSUE_YEAR_H
#define DAYBOOK_ISSUE_YEAR_H

#include "dates.h"

/* The year of a day and month without one: the first that the text names in which the day has the weekday stated with it; where none
 * is stated, that of the copyright. CIVIL_NO_YEAR where the text names no such year. One walk over the text. */
int32_t issue_year(const struct document *d, const struct date_read *date);

/* The first day of the month, term or year that tokens [at, limit) name: "June 2026", "Michaelmas Term 2023", "Seminars 2025-26" (of
 * a year that spans two, the first day of its third month; of a plain year, of March: what lies about it is nearest). *month says
 * whether a month is named. CIVIL_UNKNOWN for none. */
struct civil issue_about(const struct document *d, uint32_t at, uint32_t limit, bool *month);

#endif
