/* How to follow the publication, and the page for what is not there. */
#include "page.h"

static void add_subscribing(struct site *site) {
	struct buf *out = &site->out;
	buf_clear(&site->scratch);
	if (!add_webcal(&site->scratch, site->p, "", STR("calendar")))
		return;
	buf_text(out, "<li><a href=\"");
	buf_add(out, buf_str(&site->scratch));
	add_label(site, "\">", LABEL("Subscribe in a calendar program"), "</a></li>\n<li><a href=\"https://calendar.google.com/calendar/render?cid=");
	buf_percent(out, buf_str(&site->scratch));
	add_label(site, "\">", LABEL("Subscribe in Google Calendar"), "</a></li>\n");
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
		buf_markup(out, subject_heading(site, subject));
		buf_text(out, " <span class=\"facts\">");
		add_subscription(site, subject_folder(SUBJECT_MODE), subject->slug);
		buf_text(out, "</span></li>\n");
	}
	add_label(site, "<li>", LABEL("One person, organisation, place or topic"), " <span class=\"facts\"><a");
	add_href(site, "people/", STR("index"));
	add_label(site, ">", LABEL("From its page in the index"), "</a></span></li>\n");
}

static void add_file_item(struct site *site, const char *name, const char *ending, const char *text, const char *what) {
	struct buf *out = &site->out;
	buf_text(out, "<li><a");
	add_file_href(site, "", str_from(name), ending);
	buf_byte(out, '>');
	buf_text(out, site_label(site, text));
	buf_text(out, "</a> <span class=\"facts\">");
	buf_text(out, site_label(site, what));
	buf_text(out, "</span></li>\n");
}

static int put_subscribe(struct site *site) {
	page_open(site, &(struct page){.folder = "", .name = STR("subscribe"), .title = str_from(site_label(site, LABEL("Subscribe"))), .place = PLACE_SUBSCRIBE,
		.calendar = STR("calendar.ics")});
	add_label(site, "<header class=\"head\">\n<h1>", LABEL("Subscribe"), "</h1>\n</header>\n<div class=\"body\">\n");
	add_label(site, "<h2 class=\"part\">", LABEL("Calendar"), "</h2>\n");
	add_label(site, "<p>", LABEL("Every coming event, with its hour in the zone where it takes place. A calendar that subscribes follows changes by "
		"itself. How often it looks is up to the program: some look within hours, Google Calendar about once a day."),
		"</p>\n<ul class=\"offers\">\n");
	add_subscribing(site);
	add_file_item(site, "calendar", ".ics", "calendar.ics", LABEL("The file itself, for any calendar program"));
	add_modes(site);
	add_label(site, "</ul>\n<h2 class=\"part\">", LABEL("Feeds"), "</h2>\n");
	add_label(site, "<p>", LABEL("For a feed reader: essays in full with their notes, and a feed of events."), "</p>\n<ul class=\"offers\">\n");
	add_file_item(site, "feed", ".atom", LABEL("Essays"), "Atom");
	add_file_item(site, "feed", ".rss", LABEL("Essays"), "RSS");
	add_file_item(site, "feed", ".json", LABEL("Essays"), "JSON Feed");
	add_file_item(site, "events", ".atom", LABEL("Events"), "Atom");
	add_file_item(site, "events", ".rss", LABEL("Events"), "RSS");
	add_file_item(site, "events", ".json", LABEL("Events"), "JSON Feed");
	add_label(site, "<li>", LABEL("One topic"), " <span class=\"facts\"><a");
	add_href(site, subject_folder(SUBJECT_TOPIC), STR("index"));
	add_label(site, ">", LABEL("From its page in the list of topics"), "</a></span></li>\n</ul>\n</div>\n");
	return page_close(site);
}

/* A server shows it for any address, however deep, so its links lead from the site's own. */
static int put_missing(struct site *site) {
	page_open(site, &(struct page){.folder = "", .name = STR("404"), .title = str_from(site_label(site, LABEL("Page not found"))), .absolute = true,
		.unlisted = true});
	add_label(site, "<header class=\"head\">\n<h1>", LABEL("Page not found"), "</h1>\n</header>\n<div class=\"body\">\n");
	add_label(site, "<p>", LABEL("There is no page at this address. It may be among these:"), "</p>\n<ul>\n<li><a");
	add_href(site, "issues/", STR("index"));
	add_label(site, ">", LABEL("Issues"), "</a></li>\n<li><a");
	add_href(site, "events/", STR("index"));
	add_label(site, ">", LABEL("Events"), "</a></li>\n</ul>\n</div>\n");
	return page_close(site);
}

int site_about(struct site *site) {
	return put_subscribe(site) < 0 ? -1 : put_missing(site);
}
