/* How to follow the publication, and the page for what is not there. */
#include "page.h"

static void add_subscribing(struct site *site) {
	struct buf *out = &site->out;
	buf_clear(&site->scratch);
	if (!add_webcal(&site->scratch, site->p, "", STR("calendar")))
		return;
	buf_text(out, "<li><a href=\"");
	buf_add(out, buf_str(&site->scratch));
	buf_text(out, "\">Subscribe in a calendar program</a></li>\n<li><a href=\"https://calendar.google.com/calendar/render?cid=");
	buf_percent(out, buf_str(&site->scratch));
	buf_text(out, "\">Subscribe in Google Calendar</a></li>\n");
}

/* The ways of meeting, each a calendar; others are on the pages of the index. */
static void add_modes(struct site *site) {
	struct buf *out = &site->out;
	const struct subjects *subjects = &site->p->subjects;
	for (uint32_t i = 0; i < subjects->list.count; i++) {
		const struct subject *subject = &subjects->list.at[i];
		if (subject->kind != SUBJECT_MODE || !subject_dated(site->p, subject))
			continue;
		buf_text(out, "<li>");
		buf_markup(out, subject->name);
		buf_text(out, " <span class=\"facts\">");
		add_subscription(site, subject_folder(SUBJECT_MODE), subject->slug);
		buf_text(out, "</span></li>\n");
	}
	buf_text(out, "<li>One person, organisation, place or topic: <span class=\"facts\">from its page in the <a");
	add_href(site, "people/", STR("index"));
	buf_text(out, ">index</a></span></li>\n");
}

static void add_file_item(struct site *site, const char *name, const char *ending, const char *text, const char *what) {
	struct buf *out = &site->out;
	buf_text(out, "<li><a");
	add_file_href(site, "", str_from(name), ending);
	buf_byte(out, '>');
	buf_text(out, text);
	buf_text(out, "</a> <span class=\"facts\">");
	buf_text(out, what);
	buf_text(out, "</span></li>\n");
}

static int put_subscribe(struct site *site) {
	struct buf *out = &site->out;
	page_open(site, &(struct page){.folder = "", .name = STR("subscribe"), .title = STR("Subscribe"), .place = PLACE_SUBSCRIBE,
		.calendar = STR("calendar.ics")});
	buf_text(out, "<header class=\"head\">\n<h1>Subscribe</h1>\n</header>\n<div class=\"body\">\n"
		"<h2 class=\"part\">Calendar</h2>\n"
		"<p>Every coming event, with its hour in the zone where it takes place. A calendar that subscribes "
		"follows changes by itself. How often it looks is up to the program: some look within hours, Google Calendar about once "
		"a day.</p>\n<ul class=\"offers\">\n");
	add_subscribing(site);
	add_file_item(site, "calendar", ".ics", "calendar.ics", "The file itself, for any calendar program");
	add_modes(site);
	buf_text(out, "</ul>\n<h2 class=\"part\">Feeds</h2>\n<p>For a feed reader: essays in full with their notes, and a feed of "
		"events.</p>\n<ul class=\"offers\">\n");
	add_file_item(site, "feed", ".atom", "Essays", "Atom");
	add_file_item(site, "feed", ".rss", "Essays", "RSS");
	add_file_item(site, "feed", ".json", "Essays", "JSON Feed");
	add_file_item(site, "events", ".atom", "Events", "Atom");
	add_file_item(site, "events", ".rss", "Events", "RSS");
	add_file_item(site, "events", ".json", "Events", "JSON Feed");
	buf_text(out, "<li>One topic: <span class=\"facts\">from its page in the <a");
	add_href(site, subject_folder(SUBJECT_TOPIC), STR("index"));
	buf_text(out, ">list of topics</a></span></li>\n</ul>\n</div>\n");
	return page_close(site);
}

/* A server shows it for any address, however deep, so its links lead from the site's own. */
static int put_missing(struct site *site) {
	page_open(site, &(struct page){.folder = "", .name = STR("404"), .title = STR("Page not found"), .absolute = true,
		.unlisted = true});
	buf_text(&site->out, "<header class=\"head\">\n<h1>Page not found</h1>\n</header>\n<div class=\"body\">\n<p>There is no page at "
		"this address. It may be among the <a");
	add_href(site, "issues/", STR("index"));
	buf_text(&site->out, ">issues</a> or the <a");
	add_href(site, "events/", STR("index"));
	buf_text(&site->out, ">events</a>.</p>\n</div>\n");
	return page_close(site);
}

int site_about(struct site *site) {
	return put_subscribe(site) < 0 ? -1 : put_missing(site);
}
