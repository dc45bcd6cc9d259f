/* Links that add an event to a calendar on the web. */
#ifndef DAYBOOK_CALENDAR_LINKS_H
#define DAYBOOK_CALENDAR_LINKS_H

#include "publication.h"

/* Whether there can be such links: the moment is known, or the day of an event without an hour. An hour in
 * an unknown zone would be taken for the reader's own. */
bool has_calendar_links(const struct scheduled *event);

/* The URL, fit for an attribute. */
void add_google_link(struct buf *out, const struct publication *p, const struct published_event *event);
/* `host` is outlook.live.com or outlook.office.com. */
void add_outlook_link(struct buf *out, const struct publication *p, const struct published_event *event, const char *host);

#endif
