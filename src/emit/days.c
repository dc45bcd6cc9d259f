#include "days.h"

#include "stamp.h"

#include <stdlib.h>

/* An event that runs longer stands on its first day only: a list of a season's exhibition every day helps nobody. */
#define RUN_MOST 14

struct stand {
	int64_t day;
	uint32_t rank, event; /* rank: place in the publication's calendar */
};

/* The last day an event stands on: its end's, but midnight and the small hours belong to the evening before. */
static int64_t last_day(const struct scheduled *event) {
	const struct occasion *when = &event->when;
	int64_t first = civil_day_number(when->start);
	if (!civil_has_date(when->end))
		return first;
	int64_t last = civil_day_number(when->end);
	if (last > first && civil_has_time(when->end) && when->end.hour < 6)
		last--;
	return last - first < RUN_MOST && last > first ? last : first;
}

static int by_day(const void *a, const void *b) {
	const struct stand *x = a, *y = b;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return (x->rank > y->rank) - (x->rank < y->rank);
}

void days_init(struct days *days, const struct publication *p) {
	array_of(struct stand) stands = {0};
	*days = (struct days){0};
	arena_init(&days->arena);
	for (uint32_t i = 0; i < p->calendar.count; i++) {
		const struct scheduled *event = p->events.at[p->calendar.at[i]].event;
		int64_t last = last_day(event);
		for (int64_t day = civil_day_number(event->when.start); day <= last; day++)
			*array_push(&days->arena, &stands) = (struct stand){day, i, p->calendar.at[i]};
	}
	if (stands.count)
		qsort(stands.at, stands.count, sizeof *stands.at, by_day);
	for (uint32_t i = 0; i < stands.count; i++) {
		if (i == 0 || stands.at[i].day != stands.at[i - 1].day)
			*array_push(&days->arena, &days->list) = (struct day){stands.at[i].day, i, 0};
		days->list.at[days->list.count - 1].count++;
		*array_push(&days->arena, &days->events) = stands.at[i].event;
	}
}

void days_release(struct days *days) {
	arena_release(&days->arena);
}

uint32_t days_from(const struct days *days, int64_t number) {
	uint32_t low = 0, high = days->list.count;
	while (low < high) {
		uint32_t middle = (low + high) / 2;
		if (days->list.at[middle].number < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int64_t days_present(const struct days *days, const struct publication *p) {
	for (uint32_t i = 0; i < p->issues.count; i++)
		if (civil_has_date(p->issues.at[i].record->issue.date))
			return civil_day_number(p->issues.at[i].record->issue.date);
	return days->list.count ? days->list.at[0].number : 0;
}

uint64_t days_stamp(const struct days *days, const struct publication *p, uint32_t first, uint32_t end) {
	uint64_t stamp = stamp_add(first > 0 ? (uint64_t)days->list.at[first - 1].number : 0,
		end < days->list.count ? (uint64_t)days->list.at[end].number : 0);
	for (uint32_t i = first; i < end; i++) {
		const struct day *day = &days->list.at[i];
		stamp = stamp_add(stamp_add(stamp, (uint64_t)day->number), day->count);
		for (uint32_t k = day->first; k < day->first + day->count && p->stamps.all; k++)
			stamp = stamp_add(stamp, p->stamps.events[days->events.at[k]]);
	}
	return stamp_add(stamp, (uint64_t)(first > 0) << 1 | (end < days->list.count));
}
