/* Clock times as people write them, read from tokens: one expression at one place, with its zone. */
#ifndef DAYBOOK_CLOCKS_H
#define DAYBOOK_CLOCKS_H

#include "../know/zone.h"
#include "../record/record.h"
#include "../text/document.h"

struct clocks_read {
	uint32_t tokens;         /* how many it takes, zone included; 0: there is none here */
	uint32_t first[2], last[2]; /* tokens of the start and of the end */
	int16_t start, end;      /* minutes of the day; end -1 where there is none; 1440 or more: past midnight */
	bool half_unknown;       /* "2:30-4:00": morning or afternoon is not said */
	bool impossible;         /* 25:61 */
	struct zone_mention zone;
};

/* Reads the clock time or range of times that begins at token `at`: "5:45-8:30pm (JST)", "Noon-1:00pm", "14h30", "1430 GMT",
 * "18.00-19.30 CEST", "10-11:30 a.m. ET", "7 p.m. - midnight". A range is read as the shortest way forward. */
struct clocks_read clocks_read(const struct document *d, uint32_t at, uint32_t limit);

/* Reads a zone at token `at`, brackets allowed: "(EDT)", "GMT+5:30", "Tokyo time", "(Buenos Aires)"; tokens taken, or 0. */
uint32_t zone_read(const struct document *d, uint32_t at, uint32_t limit, struct zone_mention *zone);

#define NO_ZONE_MENTION ((struct zone_mention){.name = -1, .place = -1, .offset = ZONE_NO_OFFSET})

#endif
