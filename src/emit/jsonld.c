#include "jsonld.h"

#include "page.h"
#include "when.h"

/* ---- writing JSON: a member puts a comma before itself where one stands before it ---- */

static void add_comma(struct buf *out) {
	char last = out->at[out->len - 1];
	if (last != '{' && last != '[')
		buf_byte(out, ',');
}

static void add_key(struct buf *out, const char *key) {
	add_comma(out);
	buf_byte(out, '"');
	buf_text(out, key);
	buf_text(out, "\":");
}

static void add_string(struct buf *out, const char *key, struct str value) {
	if (!value.at || !value.len)
		return;
	add_key(out, key);
	buf_json_script(out, value);
}

static void add_word(struct buf *out, const char *key, const char *value) {
	add_string(out, key, str_from(value));
}

/* `"key":{"@type":"type"`, to be closed with add_end. Without a key: an item of an array. */
static void add_object(struct buf *out, const char *key, const char *type) {
	if (key)
		add_key(out, key);
	else
		add_comma(out);
	buf_byte(out, '{');
	add_word(out, "@type", type);
}

static void add_end(struct buf *out) {
	buf_byte(out, '}');
}

static void add_script(struct buf *out, const char *type) {
	buf_text(out, "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\"");
	add_word(out, "@type", type);
}

static void add_script_end(struct buf *out) {
	buf_text(out, "}</script>\n");
}

/* The address of a page, where the site's is known. */
static void add_url(struct buf *out, const struct publication *p, const char *key, const char *folder, struct str name) {
	if (!p->house->url.at)
		return;
	add_key(out, key);
	buf_byte(out, '"');
	add_base(out, p);
	buf_text(out, folder);
	buf_add(out, name);
	buf_text(out, ".html\"");
}

static void add_civil(struct buf *out, const char *key, struct civil date) {
	char text[CIVIL_TEXT];
	if (civil_has_date(date))
		add_string(out, key, str_of(text, (size_t)civil_format(date, text)));
}

/* ---- crumbs ---- */

void jsonld_crumbs(struct buf *out, const struct publication *p, const struct crumb *crumbs, uint32_t count) {
	if (!p->house->url.at)
		return;
	add_script(out, "BreadcrumbList");
	buf_text(out, ",\"itemListElement\":[");
	for (uint32_t i = 0; i < count; i++) {
		add_object(out, NULL, "ListItem");
		add_key(out, "position");
		buf_number(out, i + 1);
		add_string(out, "name", crumbs[i].text);
		add_url(out, p, "item", crumbs[i].folder, crumbs[i].name);
		add_end(out);
	}
	buf_byte(out, ']');
	add_script_end(out);
}

/* ---- events ---- */

static void add_moment(struct buf *out, const struct publication *p, const char *key, const struct occasion *when, struct civil at) {
	char text[CIVIL_TEXT];
	if (!civil_has_date(at))
		return;
	/* an hour in an unknown zone would be read as the reader's own: the day alone is sure */
	if (!when->zone)
		at.hour = at.minute = at.second = -1;
	int n = when->zone ? zone_format(p->zones, when->zone, at, text) : civil_format(at, text);
	add_string(out, key, str_of(text, (size_t)n));
}

static void add_place(struct buf *out, const char *key, const struct scheduled *event) {
	struct str name = event->venue.at ? event->venue : event->location;
	add_object(out, key, "Place");
	add_string(out, "name", name.at ? name : STR("To be announced"));
	add_string(out, "address", event->address.at ? event->address : name);
	add_end(out);
}

/* The first link of the event that may be followed, or null. */
static struct str first_link(const struct scheduled *event) {
	for (uint32_t i = 0; i < event->links.count; i++)
		if (is_safe_link(event->links.at[i].href))
			return event->links.at[i].href;
	return STR_NULL;
}

static void add_room(struct buf *out, const struct publication *p, const char *key, const struct published_event *event) {
	struct str link = first_link(event->event);
	add_object(out, key, "VirtualLocation");
	if (link.at)
		add_string(out, "url", link);
	else
		add_url(out, p, "url", "events/", event->slug);
	add_end(out);
}

static void add_location(struct buf *out, const struct publication *p, const struct published_event *event) {
	switch (event->event->mode) {
	case MODE_VIRTUAL:
		add_room(out, p, "location", event);
		break;
	case MODE_HYBRID:
		add_key(out, "location");
		buf_byte(out, '[');
		add_place(out, NULL, event->event);
		add_room(out, p, NULL, event);
		buf_byte(out, ']');
		break;
	default:
		if (event->event->venue.at || event->event->location.at)
			add_place(out, "location", event->event);
	}
}

static void add_people(struct buf *out, const struct scheduled *event) {
	if (!event->people.count)
		return;
	add_key(out, "performer");
	buf_byte(out, '[');
	for (uint32_t i = 0; i < event->people.count; i++) {
		add_object(out, NULL, "Person");
		add_string(out, "name", event->people.at[i].name);
		add_string(out, "honorificPrefix", event->people.at[i].honorific);
		if (event->people.at[i].roles.count)
			add_string(out, "jobTitle", event->people.at[i].roles.at[0].text);
		add_end(out);
	}
	buf_byte(out, ']');
}

static void add_sponsors(struct buf *out, const struct scheduled *event) {
	if (!event->sponsors.count)
		return;
	add_key(out, "organizer");
	buf_byte(out, '[');
	for (uint32_t i = 0; i < event->sponsors.count; i++) {
		add_object(out, NULL, "Organization");
		add_string(out, "name", event->sponsors.at[i].name);
		add_end(out);
	}
	buf_byte(out, ']');
}

static void add_status(struct buf *out, const struct scheduled *event) {
	static const char *const states[] = {"EventScheduled", "EventCancelled", "EventPostponed", "EventMovedOnline",
		"EventRescheduled"};
	static const char *const modes[] = {NULL, "OfflineEventAttendanceMode", "OnlineEventAttendanceMode", "MixedEventAttendanceMode"};
	add_key(out, "eventStatus");
	buf_text(out, "\"https://schema.org/");
	buf_text(out, states[event->status % 5]);
	buf_byte(out, '"');
	if (event->mode == MODE_UNKNOWN)
		return;
	add_key(out, "eventAttendanceMode");
	buf_text(out, "\"https://schema.org/");
	buf_text(out, modes[event->mode % 4]);
	buf_byte(out, '"');
}

void jsonld_event(struct buf *out, const struct publication *p, const struct published_event *published) {
	const struct scheduled *event = published->event;
	struct str label;
	if (!civil_has_date(event->when.start))
		return;
	add_script(out, "Event");
	add_string(out, "name", event_heading(event, &label));
	add_moment(out, p, "startDate", &event->when, event->when.start);
	add_moment(out, p, "endDate", &event->when, event->when.end);
	add_status(out, event);
	add_location(out, p, published);
	add_string(out, "description", event->description);
	add_sponsors(out, event);
	add_people(out, event);
	if (event->fee == 0)
		buf_text(out, ",\"isAccessibleForFree\":true");
	if (event->fee == 1)
		buf_text(out, ",\"isAccessibleForFree\":false");
	if (event->series.at) {
		add_object(out, "superEvent", "EventSeries");
		add_string(out, "name", event->series);
		add_end(out);
	}
	add_url(out, p, "url", "events/", published->slug);
	add_script_end(out);
}

/* ---- essays, issues, the periodical ---- */

static void add_periodical(struct buf *out, const struct publication *p, const char *key) {
	add_object(out, key, "Periodical");
	add_string(out, "name", p->name);
	add_url(out, p, "url", "", STR("index"));
	add_end(out);
}

void jsonld_article(struct buf *out, const struct publication *p, const struct published_article *published) {
	const struct article *article = published->article;
	const struct published_issue *issue = &p->issues.at[published->issue];
	add_script(out, "Article");
	add_string(out, "headline", article->title);
	add_string(out, "alternativeHeadline", article->kicker);
	add_key(out, "author");
	buf_byte(out, '[');
	for (uint32_t i = 0; i < article->byline.count; i++) {
		add_object(out, NULL, "Person");
		add_string(out, "name", article->byline.at[i].name);
		add_string(out, "jobTitle", article->byline.at[i].affiliation);
		add_end(out);
	}
	buf_byte(out, ']');
	add_civil(out, "datePublished", issue->record->issue.date);
	add_civil(out, "dateCreated", article->date);
	add_string(out, "inLanguage", p->language);
	if (article->provenance.outlet.at) {
		add_object(out, "isBasedOn", "Article");
		add_object(out, "publisher", "Organization");
		add_string(out, "name", article->provenance.outlet);
		add_end(out);
		add_civil(out, "datePublished", article->provenance.date);
		add_end(out);
	}
	add_object(out, "isPartOf", "PublicationIssue");
	add_string(out, "name", issue->title);
	add_url(out, p, "url", "issues/", issue->slug);
	add_periodical(out, p, "isPartOf");
	add_end(out);
	add_url(out, p, "url", "essays/", published->slug);
	add_script_end(out);
}

void jsonld_issue(struct buf *out, const struct publication *p, const struct published_issue *issue) {
	add_script(out, "PublicationIssue");
	add_string(out, "name", issue->title);
	add_string(out, "issueNumber", issue->record->issue.number);
	add_civil(out, "datePublished", issue->record->issue.date);
	add_periodical(out, p, "isPartOf");
	add_url(out, p, "url", "issues/", issue->slug);
	add_script_end(out);
}

void jsonld_periodical(struct buf *out, const struct publication *p) {
	add_script(out, "Periodical");
	add_string(out, "name", p->name);
	add_string(out, "description", p->house->description);
	add_string(out, "inLanguage", p->language);
	add_url(out, p, "url", "", STR("index"));
	add_script_end(out);
}
