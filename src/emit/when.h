/* What back ends ask of an event's time, and how it is said in words. */
#ifndef DAYBOOK_WHEN_H
#define DAYBOOK_WHEN_H

#include "../base/buf.h"
#include "../know/zone.h"
#include "../record/record.h"

/* Whether the start is a moment: date, hour and zone are known. */
bool when_is_timed(const struct occasion *when);

/* Whether an hour is stated whose zone is not known. */
bool when_has_clock_only(const struct occasion *when);

/* Whether an end is stated as a moment, and is after the start. */
bool when_ends_after_start(struct zones *zones, const struct occasion *when);

/* The moment that the start is at, in seconds since 1970 UTC; the beginning of the day in its zone, or UTC, where
 * only a day is known; INT64_MIN without a date. */
int64_t when_begins(struct zones *zones, const struct occasion *when);

/* Adds e.g. "4 August 2025, 5:45–8:30 pm JST", "17–18 September 2025". */
void when_words(struct buf *out, struct zones *zones, const struct occasion *when);

/* The same moments in another zone: start and end, or the start alone where no end is stated. Only of a timed occasion. */
struct occasion when_in_zone(struct zones *zones, const struct occasion *when, const char *zone);

/* Adds a date: "4 August 2025"; with its weekday: "Monday 4 August 2025". */
void when_day(struct buf *out, struct civil date);
void when_weekday_day(struct buf *out, struct civil date);

/* The names of a weekday (1 Monday - 7 Sunday) and a month (1-12). */
const char *when_weekday(int weekday);
const char *when_month(int month);

/* Adds the clock alone: "5:45–8:30 pm", "11 am–12:30 pm", "noon"; nothing where no hour is known. */
void when_clock(struct buf *out, struct civil start, struct civil end);

#endif
