/* The mail edition of an issue, on its way: what its two forms share. */
#ifndef DAYBOOK_MAIL_H
#define DAYBOOK_MAIL_H

#include "prose.h"
#include "publication.h"

struct edition {
	const struct publication *p;
	const struct published_issue *issue;
	struct prose prose;
	const uint32_t *events; /* of the issue: by begin, those without a date last */
	uint32_t event_count;
	struct buf scratch, url; /* reused */
	struct arena *arena;
};

/* A page of the site as a URL, NUL-ended; null where its address is not known. Valid until the next call. */
struct str edition_url(struct edition *e, const char *folder, struct str slug, const char *ending);

/* When an event is, without its day: "5:45–8:30 pm JST; 4:45–7:30 am EDT", the home zone added where the text does not
 * state it. */
void edition_hours(struct edition *e, const struct scheduled *event, struct buf *out);

/* Where an event leads: its page, else the first link of its own; null where there is none. */
struct str edition_event_url(struct edition *e, const struct published_event *event);

/* Whether the event at `i` of e->events begins a day, and that day; unknown for those without a date. */
bool edition_new_day(const struct edition *e, uint32_t i, struct civil *day);

/* The label, mode, place and sponsors of an event, in one line of text. */
void edition_facts(const struct scheduled *event, struct str label, struct buf *out);

/* The edition as plain text (format=flowed), and as HTML of at most MAIL_HTML_MOST bytes: Gmail cuts at 102 KB. */
#define MAIL_HTML_MOST (90 << 10)
void mail_text(struct edition *e, struct buf *out);
void mail_html(struct edition *e, struct buf *out);

#endif
