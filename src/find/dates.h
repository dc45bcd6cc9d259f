/* What layout asks of the grammar of times: whether a date or a clock time stands at one place, without an anchor. */
#ifndef DAYBOOK_DATES_H
#define DAYBOOK_DATES_H

#include "../record/record.h"
#include "../text/document.h"

/* One date of an expression. Fields not stated are unknown. */
struct date_read {
	uint32_t first, last;      /* tokens, inclusive */
	struct civil when;
	int8_t weekday;            /* 1-7, or 0 */
	struct span weekday_span;
	bool is_relative;          /* today, tomorrow */
	bool impossible;           /* no such day */
};

/* A date, or a range of dates. */
struct dates_read {
	uint32_t tokens; /* how many it takes; 0: there is none here */
	struct date_read from, until;
	bool is_range;
};

/* Reads the longest date expression that begins at token `at`: "Monday, August 4th, 2025", "4 Aug", "8/4", "9.19-9.23.2016",
 * "Wed 17 – Thu 18 Sep", "2025-08-04", "Friday", "tomorrow", "August 2025". A month alone is not one. */
struct dates_read dates_read(const struct document *d, uint32_t at, uint32_t limit);

/* Whether token `at` is a dash or a word that makes a range ("to", "through"); how many tokens it takes. */
uint32_t range_mark(const struct document *d, uint32_t at, uint32_t limit);

/* A clock time, or a range of them. */
struct clocks_read {
	uint32_t tokens; /* how many it takes; 0: there is none here */
	bool is_range, zoned;
};
struct clocks_read clocks_read(const struct document *d, uint32_t at, uint32_t limit);

#endif
