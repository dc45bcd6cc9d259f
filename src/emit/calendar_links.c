#include "calendar_links.h"

#include "page.h"
#include "when.h"

bool has_calendar_links(const struct scheduled *event) {
	return event->status != STATUS_CANCELLED && event->status != STATUS_POSTPONED && civil_has_date(event->when.start) &&
		!when_has_clock_only(&event->when);
}

static void add_query(struct buf *out, const char *key, struct str value) {
	if (!value.at || !value.len)
		return;
	buf_text(out, "&amp;");
	buf_text(out, key);
	buf_byte(out, '=');
	buf_percent(out, value);
}

/* The last day, exclusive, of an event without hours. */
static struct civil day_after(const struct scheduled *event) {
	struct civil last = civil_has_date(event->when.end) ? event->when.end : event->when.start;
	last.hour = last.minute = last.second = -1;
	if (civil_compare(last, event->when.start) < 0)
		last = event->when.start;
	return civil_add_days(last, 1);
}

static void add_basic_moment(struct buf *out, int64_t moment) {
	struct civil c = civil_from_seconds(moment);
	buf_format(out, "%04d%02d%02dT%02d%02d%02dZ", c.year, c.month, c.day, c.hour, c.minute, c.second);
}

static void add_moment(struct buf *out, int64_t moment) {
	struct civil c = civil_from_seconds(moment);
	buf_format(out, "%04d-%02d-%02dT%02d%%3A%02d%%3A%02dZ", c.year, c.month, c.day, c.hour, c.minute, c.second);
}

/* The end, or the beginning where none is stated: no hour is invented. */
static int64_t end_moment(const struct publication *p, const struct occasion *when) {
	return zone_moment(p->zones, when->zone, when_ends_after_start(p->zones, when) ? when->end : when->start);
}

static void add_place_and_page(struct buf *out, const struct publication *p, const struct published_event *event,
	const char *place, const char *details) {
	add_query(out, place, event->event->location.at ? event->event->location : event->event->venue);
	if (!p->house->url.at)
		return;
	struct buf url = {0};
	add_base(&url, p);
	buf_text(&url, "events/");
	buf_add(&url, event->slug);
	buf_text(&url, ".html");
	add_query(out, details, buf_str(&url));
	buf_release(&url);
}

void add_google_link(struct buf *out, const struct publication *p, const struct published_event *published) {
	const struct occasion *when = &published->event->when;
	struct str label;
	buf_text(out, "https://calendar.google.com/calendar/render?action=TEMPLATE");
	add_query(out, "text", event_heading(published->event, &label));
	buf_text(out, "&amp;dates=");
	if (when_is_timed(when)) {
		add_basic_moment(out, zone_moment(p->zones, when->zone, when->start));
		buf_byte(out, '/');
		add_basic_moment(out, end_moment(p, when));
		if (when->zone[0] != '+' && when->zone[0] != '-')
			add_query(out, "ctz", str_from(when->zone));
	} else {
		struct civil after = day_after(published->event);
		buf_format(out, "%04d%02d%02d/%04d%02d%02d", when->start.year, when->start.month, when->start.day, after.year,
			after.month, after.day);
	}
	add_place_and_page(out, p, published, "location", "details");
}

void add_outlook_link(struct buf *out, const struct publication *p, const struct published_event *published, const char *host) {
	const struct occasion *when = &published->event->when;
	struct str label;
	buf_text(out, "https://");
	buf_text(out, host);
	buf_text(out, "/calendar/0/deeplink/compose?path=%2Fcalendar%2Faction%2Fcompose&amp;rru=addevent");
	add_query(out, "subject", event_heading(published->event, &label));
	buf_text(out, "&amp;startdt=");
	if (when_is_timed(when)) {
		add_moment(out, zone_moment(p->zones, when->zone, when->start));
		buf_text(out, "&amp;enddt=");
		add_moment(out, end_moment(p, when));
	} else {
		struct civil after = day_after(published->event);
		buf_format(out, "%04d-%02d-%02d&amp;enddt=%04d-%02d-%02d&amp;allday=true", when->start.year, when->start.month,
			when->start.day, after.year, after.month, after.day);
	}
	add_place_and_page(out, p, published, "location", "body");
}
