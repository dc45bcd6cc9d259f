/* The days that have events, each with its events in order of their beginning. An event of several days
 * stands on each of them. */
#ifndef DAYBOOK_DAYS_H
#define DAYBOOK_DAYS_H

#include "publication.h"

struct day {
	int64_t number; /* since 1970-01-01 */
	uint32_t first, count; /* in days.events */
};

struct days {
	array_of(struct day) list; /* by number */
	array_of(uint32_t) events; /* indices of the publication's events, day by day */
	struct arena arena;
};

void days_init(struct days *days, const struct publication *p);
void days_release(struct days *days);

/* The index of the first day at or after `number`. */
uint32_t days_from(const struct days *days, int64_t number);

/* The stamp (stamp.h) of the days [first, end) and their events, with the numbers of the days beside them. */
uint64_t days_stamp(const struct days *days, const struct publication *p, uint32_t first, uint32_t end);

/* The day that "the coming week" begins with: the newest dated issue's, else the first with an event. */
int64_t days_present(const struct days *days, const struct publication *p);

#endif
