/* Events: a page each. */
#include "calendar_links.h"
#include "jsonld.h"
#include "page.h"
#include "when.h"

/* ---- when ---- */

/* "Japan Standard Time (JST)", the zone in words. */
static void add_zone_words(struct site *site, const struct occasion *when) {
	struct buf *out = &site->out;
	buf_text(out, " <span class=\"zone\">");
	if (when->zone) {
		const char *words = say_zone(site, when);
		const char *letters = zone_abbreviation(site->p->zones, when->zone, when->start);
		buf_text(out, words);
		if (strcmp(words, letters) != 0) {
			buf_text(out, " (");
			buf_text(out, letters);
			buf_byte(out, ')');
		}
	} else {
		buf_text(out, site_label(site, LABEL("time zone not stated")));
	}
	buf_text(out, "</span>");
}

/* The clock with both ends machine-readable: the script reads the second from data-end. */
static void add_clock_words(struct site *site, const struct occasion *when) {
	struct buf *out = &site->out;
	buf_text(out, "<time datetime=\"");
	add_datetime(site, when->zone, when->start);
	if (when_ends_after_start(site->p->zones, when)) {
		buf_text(out, "\" data-end=\"");
		add_datetime(site, when->zone, when->end);
	}
	buf_text(out, "\">");
	say_clock(site, out, when->start, when->end);
	buf_text(out, "</time>");
	add_zone_words(site, when);
}

/* "Monday 4 August 2025", "Wednesday 17 – Thursday 18 September 2025"; a link to the day. */
static void add_days_words(struct site *site, const struct scheduled *event) {
	struct buf *out = &site->out;
	char text[CIVIL_TEXT];
	struct civil start = event->when.start, end = event->when.end;
	start.hour = end.hour = -1;
	buf_text(out, "<a");
	add_href(site, "days/", str_of(text, (size_t)civil_format(start, text)));
	buf_byte(out, '>');
	add_day(site, start, true);
	buf_text(out, "</a>");
	if (!civil_has_time(event->when.start) && civil_has_date(end) && civil_compare(end, start) > 0) {
		buf_text(out, " – ");
		add_day(site, end, true);
	}
}

static void add_when(struct site *site, const struct scheduled *event) {
	struct buf *out = &site->out;
	const char *mode = mode_name(event->mode);
	add_label(site, "<section class=\"when\" aria-label=\"", LABEL("When"), "\" data-mode=\"");
	buf_text(out, mode ? mode : "");
	buf_text(out, "\">\n<p class=\"date\">");
	if (civil_has_date(event->when.start))
		add_days_words(site, event);
	else
		buf_text(out, site_label(site, LABEL("Date not stated")));
	buf_text(out, "</p>\n<p class=\"hours\">");
	if (civil_has_time(event->when.start))
		add_clock_words(site, &event->when);
	else
		buf_text(out, site_label(site, event_hour_words(event)));
	buf_text(out, "</p>\n");
	for (uint32_t i = 0; i < event->also.count; i++) {
		const struct occasion *also = &event->also.at[i];
		if (!civil_has_time(also->start))
			continue;
		buf_text(out, "<p class=\"also\">");
		add_clock_words(site, also);
		if (civil_has_date(also->start) && (also->start.day != event->when.start.day || also->start.month != event->when.start.month)) {
			buf_text(out, ", ");
			add_day(site, also->start, true);
		}
		buf_text(out, "</p>\n");
	}
	buf_text(out, "</section>\n");
}

/* ---- what ---- */

static void add_fact(struct site *site, const char *name, struct str value) {
	struct buf *out = &site->out;
	if (!value.at || !value.len)
		return;
	buf_text(out, "<div><dt>");
	buf_text(out, site_label(site, name));
	buf_text(out, "</dt><dd>");
	buf_markup(out, value);
	buf_text(out, "</dd></div>\n");
}

static void add_sponsors(struct site *site, uint32_t index, bool co, const char *name) {
	struct buf *out = &site->out;
	const struct scheduled *event = site->p->events.at[index].event;
	uint32_t shown = 0;
	for (uint32_t i = 0; i < event->sponsors.count; i++) {
		if (event->sponsors.at[i].co != co)
			continue;
		if (!shown++) {
			buf_text(out, "<div><dt>");
			buf_text(out, site_label(site, name));
			buf_text(out, "</dt>");
		}
		buf_text(out, "<dd>");
		add_subject_link(site, subject_of_sponsor(site->p, index, i), event->sponsors.at[i].name);
		buf_text(out, "</dd>");
	}
	buf_text(out, shown ? "</div>\n" : "");
}

/* Where it takes place, a link to all that does. */
static void add_place(struct site *site, uint32_t index) {
	struct buf *out = &site->out;
	const struct scheduled *event = site->p->events.at[index].event;
	struct str place = event->location.at ? event->location : event->venue;
	if (!place.at || !place.len)
		return;
	add_label(site, "<div><dt>", LABEL("Where"), "</dt><dd>");
	add_subject_link(site, subject_of_event(site->p, index, SUBJECT_PLACE), place);
	buf_text(out, "</dd></div>\n");
}

static void add_facts(struct site *site, uint32_t index) {
	const struct scheduled *event = site->p->events.at[index].event;
	struct buf *out = &site->out;
	size_t before = out->len;
	const char *mode = event_mode_words(event->mode);
	buf_text(out, "<dl class=\"facts\">\n");
	size_t empty = out->len;
	add_fact(site, LABEL("Format"), mode ? str_from(site_label(site, mode)) : STR_NULL);
	add_place(site, index);
	add_sponsors(site, index, false, LABEL("Sponsor"));
	add_sponsors(site, index, true, LABEL("With"));
	add_fact(site, LABEL("Series"), event->series);
	if (event->fee >= 0)
		add_fact(site, LABEL("Fee"), event->fee && event->price.at ? event->price :
			str_from(site_label(site, event->fee ? LABEL("There is a fee") : LABEL("Free"))));
	if (out->len == empty)
		out->len = before;
	else
		buf_text(out, "</dl>\n");
}

static void add_person(struct site *site, uint32_t subject, const struct person *person) {
	struct buf *out = &site->out;
	buf_text(out, "<li><p class=\"name\">");
	if (person->honorific.at) {
		buf_markup(out, person->honorific);
		buf_byte(out, ' ');
	}
	add_subject_link(site, subject, person->name);
	buf_text(out, "</p>");
	for (uint32_t i = 0; i < person->roles.count; i++) {
		buf_text(out, "<p class=\"role\">");
		buf_markup(out, person->roles.at[i].text);
		buf_text(out, "</p>");
	}
	buf_text(out, "</li>\n");
}

/* The people, one list for each part they take. */
static void add_people(struct site *site, uint32_t index) {
	struct buf *out = &site->out;
	const struct scheduled *event = site->p->events.at[index].event;
	static const struct {
		enum part part;
		const char *one, *many;
	} parts[] = {{PART_SPEAKER, LABEL("Speaker"), LABEL("Speakers")}, {PART_AUTHOR, LABEL("Author"), LABEL("Authors")},
		{PART_DISCUSSANT, LABEL("Discussant"), LABEL("Discussants")},
		{PART_MODERATOR, LABEL("Moderator"), LABEL("Moderators")}, {PART_HOST, LABEL("Host"), LABEL("Hosts")},
		{PART_ORGANIZER, LABEL("Organizer"), LABEL("Organizers")}};
	for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
		uint32_t count = 0;
		for (uint32_t i = 0; i < event->people.count; i++)
			count += event->people.at[i].part == parts[k].part;
		if (!count)
			continue;
		buf_text(out, "<section class=\"people\">\n<h2 class=\"part\">");
		buf_text(out, site_label(site, count == 1 ? parts[k].one : parts[k].many));
		buf_text(out, "</h2>\n<ul>\n");
		for (uint32_t i = 0; i < event->people.count; i++)
			if (event->people.at[i].part == parts[k].part)
				add_person(site, subject_of_person(site->p, index, i), &event->people.at[i]);
		buf_text(out, "</ul>\n</section>\n");
	}
}

static void add_links(struct buf *out, const struct scheduled *event) {
	uint32_t shown = 0;
	for (uint32_t i = 0; i < event->links.count; i++) {
		const struct event_link *link = &event->links.at[i];
		if (!is_safe_link(link->href))
			continue;
		buf_text(out, shown++ ? "<li><a href=\"" : "<ul class=\"links\">\n<li><a href=\"");
		buf_markup(out, link->href);
		buf_text(out, "\">");
		buf_markup(out, link->label.at && link->label.len ? link->label : link->href);
		buf_text(out, "</a></li>\n");
	}
	buf_text(out, shown ? "</ul>\n" : "");
}

static void add_to_calendar(struct site *site, const struct published_event *event) {
	struct buf *out = &site->out;
	if (event->begins == INT64_MIN)
		return;
	add_label(site, "<section class=\"add\" aria-labelledby=\"add\">\n<h2 id=\"add\" class=\"part\">", LABEL("Add to your calendar"), "</h2>\n<ul>\n<li><a");
	add_file_href(site, "events/", event->slug, ".ics");
	add_label(site, ">", LABEL("Calendar file (.ics)"), "</a></li>\n");
	if (has_calendar_links(event->event)) {
		buf_text(out, "<li><a href=\"");
		add_google_link(out, site->p, event);
		buf_text(out, "\">Google</a></li>\n<li><a href=\"");
		add_outlook_link(out, site->p, event, "outlook.live.com");
		buf_text(out, "\">Outlook.com</a></li>\n<li><a href=\"");
		add_outlook_link(out, site->p, event, "outlook.office.com");
		buf_text(out, "\">Microsoft 365</a></li>\n");
	}
	buf_text(out, "</ul>\n</section>\n");
}

/* The sentence all this was read from, and where it stands. */
static void add_printed(struct site *site, const struct published_event *event) {
	struct buf *out = &site->out;
	const struct published_issue *issue = &site->p->issues.at[event->issue];
	struct print print = {.prose = site_prose(site, event->issue), .article = NONE};
	add_label(site, "<section class=\"source\" aria-labelledby=\"source\">\n<h2 id=\"source\" class=\"part\">", LABEL("As listed"), "</h2>\n<blockquote");
	add_lang(site, str_at(issue->record->source->text, event->event->span));
	buf_text(out, "><p>");
	prose_inline(&print, event->event->span, out);
	buf_text(out, "</p></blockquote>\n<p class=\"more\"><a");
	buf_text(out, " href=\"");
	buf_add(out, site->root);
	buf_text(out, "issues/");
	buf_add(out, issue->slug);
	buf_text(out, ".html#");
	prose_id(out, event->event->span);
	buf_text(out, "\">");
	buf_markup(out, issue->title);
	buf_text(out, "</a></p>\n</section>\n");
}

/* ---- the page ---- */

static void add_event_head(struct site *site, uint32_t index) {
	const struct scheduled *event = site->p->events.at[index].event;
	struct buf *out = &site->out;
	struct str label, heading = event_heading(event, &label);
	const char *state = event_state(event);
	buf_text(out, "<header class=\"head\">\n");
	if (label.at && label.len) {
		buf_text(out, "<p class=\"label\">");
		add_subject_link(site, subject_of_event(site->p, index, SUBJECT_TOPIC), label);
		buf_text(out, "</p>\n");
	}
	buf_text(out, "<h1");
	add_lang(site, heading);
	buf_byte(out, '>');
	buf_markup(out, heading);
	buf_text(out, "</h1>\n");
	if (state) {
		buf_text(out, "<p class=\"state\">");
		buf_text(out, site_label(site, state));
		buf_text(out, "</p>\n");
	}
	buf_text(out, "</header>\n");
}

static void open_event(struct site *site, const struct published_event *published) {
	const struct scheduled *event = published->event;
	struct buf description = {0};
	struct str label, heading = event_heading(event, &label);
	say_when(site, &description, &event->when);
	for (uint32_t i = 0; i < event->sponsors.count && i < 2; i++) {
		buf_text(&description, description.len ? i ? ", " : ". " : "");
		buf_add(&description, event->sponsors.at[i].name);
	}
	struct str calendar = published->begins == INT64_MIN ? STR_NULL :
		arena_format(&site->arena, "events/%.*s.ics", (int)published->slug.len, published->slug.at);
	page_open(site, &(struct page){.folder = "events/", .name = published->slug, .title = heading, .place = PLACE_EVENTS,
		.description = description.len ? buf_str(&description) : STR_NULL, .calendar = calendar});
	buf_release(&description);
	struct crumb crumbs[] = {{"events/", STR("index"), str_from(site_label(site, LABEL("Events")))}, {"events/", published->slug, heading}};
	add_crumbs(site, crumbs, 2);
	jsonld_event(&site->out, site->p, published);
}

static int put_event(struct site *site, const struct published_event *published) {
	const struct scheduled *event = published->event;
	uint32_t index = (uint32_t)(published - site->p->events.at);
	struct buf *out = &site->out;
	open_event(site, published);
	buf_text(out, "<article class=\"occasion\">\n");
	add_event_head(site, index);
	buf_text(out, "<div class=\"particulars\">\n");
	add_when(site, event);
	add_facts(site, index);
	add_links(out, event);
	add_to_calendar(site, published);
	buf_text(out, "</div>\n<div class=\"story\">\n");
	if (event->description.at && event->description.len) {
		buf_text(out, "<p class=\"description\"");
		add_lang(site, event->description);
		buf_byte(out, '>');
		buf_markup(out, event->description);
		buf_text(out, "</p>\n");
	}
	add_people(site, index);
	add_printed(site, published);
	buf_text(out, "</div>\n</article>\n");
	return page_close(site);
}

int site_events(struct site *site) {
	for (uint32_t i = site_part(site, site->part, site->p->events.count), end = site_part(site, site->part + 1, site->p->events.count); i < end; i++)
		if (!page_stands(site, "events/", site->p->events.at[i].slug, site->p->stamps.all ? site->p->stamps.events[i] : 0) && put_event(site, &site->p->events.at[i]) < 0)
			return -1;
	return 0;
}
