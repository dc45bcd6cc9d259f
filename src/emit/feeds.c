/* Feeds: essays in full with their notes, and events; each as Atom (RFC 4287) and JSON Feed 1.1. Ids are tag: URIs
 * (RFC 4151) or made from the event's UID, and never change; dates are the issues' own. */
#include "../base/hash.h"
#include "page.h"
#include "when.h"

#define ESSAYS_MOST 40
#define EVENTS_MOST 200

/* One entry of a feed, as both formats need it. */
struct entry {
	struct str title;
	struct str folder, slug; /* its page */
	struct str uid;          /* of an event, or null */
	int64_t published, updated;
	const struct article *article; /* whose authors it has, or NULL */
	const struct scheduled *event;
	struct str category;
};

struct feed {
	const struct publication *p;
	struct sink *sink;
	struct error *error;
	struct buf out, content, url;
	struct str name; /* "feed" or "events" */
	struct str title;
	uint32_t count; /* of the publication's articles or events, from the newest issue on */
	void (*describe)(struct feed *feed, uint32_t index, struct entry *entry);
	struct prose prose; /* of the record whose essays are being written */
	uint32_t issue;     /* that record's issue, or NONE */
};

/* ---- pieces ---- */

static void add_moment(struct buf *out, int64_t moment) {
	char text[CIVIL_TEXT];
	buf_add(out, str_of(text, (size_t)civil_format(civil_from_seconds(moment), text)));
	buf_byte(out, 'Z');
}

/* Whether `s` can stand as the authority of a tag: URI: a host name or an address. */
static bool is_authority(struct str s) {
	bool dot = false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.at[i];
		dot |= c == '.' && i > 0;
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' || c == '@'))
			return false;
	}
	return dot;
}

/* What the ids are minted under: the house's id, its site, its address; null where none of them is a name of the net. */
static struct str authority(const struct publication *p) {
	struct str choices[] = {p->house->id, p->house->url.at ? publication_host(p) : STR_NULL, p->house->email};
	for (size_t i = 0; i < 3; i++)
		if (choices[i].at && is_authority(choices[i]))
			return choices[i];
	return STR_NULL;
}

/* `tag:AUTHORITY,2000:essays/SLUG`; without an authority a UUID of the publication and the page. The slug has the date. */
static void add_id(struct feed *feed, struct buf *out, struct str folder, struct str slug) {
	struct str minter = authority(feed->p);
	if (minter.at) {
		buf_text(out, "tag:");
		buf_add(out, minter);
		buf_text(out, ",2000:");
		buf_add(out, folder);
		buf_add(out, slug);
		return;
	}
	struct buf name = {0};
	char uuid[37];
	buf_add(&name, feed->p->house->id.at ? feed->p->house->id : feed->p->name);
	buf_byte(&name, '\n');
	buf_add(&name, folder);
	buf_add(&name, slug);
	hash_uuid5(buf_str(&name), uuid);
	buf_text(out, "urn:uuid:");
	buf_text(out, uuid);
	buf_release(&name);
}

static void add_entry_id(struct feed *feed, struct buf *out, const struct entry *entry) {
	if (!entry->uid.at) {
		add_id(feed, out, entry->folder, entry->slug);
		return;
	}
	buf_text(out, "urn:uuid:");
	buf_markup(out, entry->uid);
}

/* The URL of an entry's page; relative to the feed where the site's address is not known. */
static struct str entry_url(struct feed *feed, const struct entry *entry) {
	buf_clear(&feed->url);
	add_base(&feed->url, feed->p);
	buf_add(&feed->url, entry->folder);
	buf_add(&feed->url, entry->slug);
	buf_text(&feed->url, ".html");
	return buf_str(&feed->url);
}

/* ---- essays ---- */

static void set_prose(struct feed *feed, uint32_t issue) {
	if (feed->issue == issue)
		return;
	if (feed->issue != NONE)
		prose_release(&feed->prose);
	prose_init(&feed->prose, feed->p->issues.at[issue].record);
	feed->issue = issue;
}

static void add_paragraph(struct buf *out, struct str text) {
	if (!text.at || !text.len)
		return;
	buf_text(out, "<p>");
	buf_markup(out, text);
	buf_text(out, "</p>\n");
}

static void add_essay(struct feed *feed, const struct published_article *published, struct str url) {
	const struct article *article = published->article;
	const struct record *record = feed->p->issues.at[published->issue].record;
	struct buf *out = &feed->content;
	struct buf ids = {0};
	set_prose(feed, published->issue);
	buf_add(&ids, published->slug);
	buf_byte(&ids, '-');
	struct print print = {.prose = &feed->prose, .article = (uint32_t)(article - record->articles.at), .ids = buf_str(&ids),
		.here = feed->p->house->url.at ? url : STR(""), .level = 2};
	add_paragraph(out, article->kicker);
	prose_body(&print, out);
	if (!span_empty(article->disclaimer)) {
		buf_text(out, "<p><em>");
		prose_inline(&print, article->disclaimer, out);
		buf_text(out, "</em></p>\n");
	}
	prose_notes(&print, out);
	buf_release(&ids);
}

static void describe_essay(struct feed *feed, uint32_t index, struct entry *entry) {
	const struct published_article *published = &feed->p->articles.at[index];
	const struct article *article = published->article;
	int64_t issued = publication_issued(feed->p, feed->p->issues.at[published->issue].record);
	int64_t written = civil_has_date(article->date) ? civil_days(article->date.year, article->date.month, article->date.day) * 86400 : issued;
	*entry = (struct entry){.title = article->title.at ? article->title : STR("Untitled"), .folder = STR("essays/"),
		.slug = published->slug, .updated = issued, .published = written < issued ? written : issued, .article = article,
		.category = article->kicker};
	add_essay(feed, published, entry_url(feed, entry));
}

/* ---- events ---- */

static void add_people(struct buf *out, const struct scheduled *event) {
	if (!event->people.count)
		return;
	buf_text(out, "<ul>\n");
	for (uint32_t i = 0; i < event->people.count; i++) {
		const struct person *person = &event->people.at[i];
		buf_text(out, "<li>");
		buf_markup(out, person->name);
		for (uint32_t k = 0; k < person->roles.count; k++) {
			buf_text(out, k ? "; " : ", ");
			buf_markup(out, person->roles.at[k].text);
		}
		if (person->part == PART_MODERATOR)
			buf_text(out, " (moderator)");
		buf_text(out, "</li>\n");
	}
	buf_text(out, "</ul>\n");
}

static void add_when_words(struct feed *feed, const struct occasion *when) {
	struct buf words = {0};
	when_words(&words, feed->p->zones, when);
	add_paragraph(&feed->content, buf_str(&words));
	buf_release(&words);
}

static void describe_event(struct feed *feed, uint32_t index, struct entry *entry) {
	const struct published_event *published = &feed->p->events.at[index];
	const struct scheduled *event = published->event;
	struct str label, heading = event_heading(event, &label);
	struct buf *out = &feed->content;
	*entry = (struct entry){.title = heading, .folder = STR("events/"), .slug = published->slug, .uid = published->uid,
		.published = published->modified, .updated = published->modified, .event = event, .category = label};
	set_prose(feed, published->issue);
	if (event_state(event))
		add_paragraph(out, str_from(event_state(event)));
	add_when_words(feed, &event->when);
	for (uint32_t i = 0; i < event->also.count; i++)
		add_when_words(feed, &event->also.at[i]);
	add_paragraph(out, str_from(event_mode_words(event->mode)));
	add_paragraph(out, event->location);
	for (uint32_t i = 0; i < event->sponsors.count; i++)
		add_paragraph(out, event->sponsors.at[i].name);
	add_people(out, event);
	buf_text(out, "<blockquote><p>");
	prose_inline(&(struct print){.prose = &feed->prose, .article = NONE}, event->span, out);
	buf_text(out, "</p></blockquote>\n");
}

/* ---- Atom ---- */

static void add_element(struct buf *out, const char *name, struct str text) {
	if (!text.at || !text.len)
		return;
	buf_byte(out, '<');
	buf_text(out, name);
	buf_byte(out, '>');
	buf_markup(out, text);
	buf_text(out, "</");
	buf_text(out, name);
	buf_text(out, ">\n");
}

static void add_link(struct feed *feed, const char *rel, const char *type, struct str path) {
	struct buf *out = &feed->out;
	buf_text(out, "<link rel=\"");
	buf_text(out, rel);
	buf_text(out, "\" type=\"");
	buf_text(out, type);
	buf_text(out, "\" href=\"");
	add_base(out, feed->p);
	buf_add(out, path);
	buf_text(out, "\"/>\n");
}

static int64_t newest(const struct feed *feed) {
	int64_t last = 0;
	for (uint32_t i = 0; i < feed->p->issues.count; i++) {
		int64_t issued = publication_issued(feed->p, feed->p->issues.at[i].record);
		last = issued > last ? issued : last;
	}
	return last;
}

static void open_atom(struct feed *feed) {
	struct buf *out = &feed->out;
	buf_text(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"");
	buf_markup(out, feed->p->language);
	buf_text(out, "\">\n<id>");
	add_id(feed, out, STR(""), feed->name);
	buf_text(out, "</id>\n");
	add_element(out, "title", feed->title);
	add_element(out, "subtitle", feed->p->house->description);
	buf_text(out, "<updated>");
	add_moment(out, newest(feed));
	buf_text(out, "</updated>\n<author>");
	add_element(out, "name", feed->p->name);
	add_element(out, "email", feed->p->house->email);
	buf_text(out, "</author>\n");
	buf_clear(&feed->url);
	buf_add(&feed->url, feed->name);
	buf_text(&feed->url, ".atom");
	add_link(feed, "self", "application/atom+xml", buf_str(&feed->url));
	add_link(feed, "alternate", "text/html", STR("index.html"));
	buf_text(out, "<generator>daybook</generator>\n");
}

static void add_atom_entry(struct feed *feed, const struct entry *entry) {
	struct buf *out = &feed->out;
	buf_text(out, "<entry>\n<id>");
	add_entry_id(feed, out, entry);
	buf_text(out, "</id>\n");
	add_element(out, "title", entry->title);
	buf_text(out, "<published>");
	add_moment(out, entry->published);
	buf_text(out, "</published>\n<updated>");
	add_moment(out, entry->updated);
	buf_text(out, "</updated>\n");
	for (uint32_t i = 0; entry->article && i < entry->article->byline.count; i++) {
		buf_text(out, "<author>");
		add_element(out, "name", entry->article->byline.at[i].name);
		buf_text(out, "</author>\n");
	}
	if (entry->category.at && entry->category.len) {
		buf_text(out, "<category term=\"");
		buf_markup(out, entry->category);
		buf_text(out, "\"/>\n");
	}
	buf_text(out, "<link rel=\"alternate\" type=\"text/html\" href=\"");
	buf_add(out, entry_url(feed, entry));
	buf_text(out, "\"/>\n<content type=\"html\">");
	buf_markup(out, buf_str(&feed->content));
	buf_text(out, "</content>\n</entry>\n");
}

/* ---- JSON Feed ---- */

static void add_member(struct buf *out, const char *key, struct str value) {
	if (!value.at || !value.len)
		return;
	buf_text(out, ",\n\"");
	buf_text(out, key);
	buf_text(out, "\": ");
	buf_json(out, value);
}

static void open_json(struct feed *feed) {
	struct buf *out = &feed->out;
	buf_text(out, "{\"version\": \"https://jsonfeed.org/version/1.1\"");
	add_member(out, "title", feed->title);
	add_member(out, "description", feed->p->house->description);
	add_member(out, "language", feed->p->language);
	if (feed->p->house->url.at) {
		buf_clear(&feed->url);
		add_base(&feed->url, feed->p);
		size_t base = feed->url.len;
		buf_text(&feed->url, "index.html");
		add_member(out, "home_page_url", buf_str(&feed->url));
		feed->url.len = base;
		buf_add(&feed->url, feed->name);
		buf_text(&feed->url, ".json");
		add_member(out, "feed_url", buf_str(&feed->url));
	}
	buf_text(out, ",\n\"authors\": [{\"name\": ");
	buf_json(out, feed->p->name);
	buf_text(out, "}],\n\"items\": [");
}

static void add_json_moment(struct buf *out, const char *key, int64_t moment) {
	buf_text(out, ",\n\"");
	buf_text(out, key);
	buf_text(out, "\": \"");
	add_moment(out, moment);
	buf_byte(out, '"');
}

static void add_stated(struct feed *feed, const char *key, const struct occasion *when, struct civil at) {
	char text[CIVIL_TEXT];
	if (!civil_has_date(at))
		return;
	int n = when->zone ? zone_format(feed->p->zones, when->zone, at, text) : civil_format(at, text);
	add_member(&feed->out, key, str_of(text, (size_t)n));
}

/* What JSON Feed has no names for, under a name of our own as the format asks. */
static void add_extension(struct feed *feed, const struct scheduled *event) {
	buf_text(&feed->out, ",\n\"_event\": {\"about\": \"An event as daybook reads it\"");
	add_stated(feed, "start", &event->when, event->when.start);
	add_stated(feed, "end", &event->when, event->when.end);
	add_member(&feed->out, "zone", str_from(event->when.zone));
	add_member(&feed->out, "mode", str_from(mode_name(event->mode)));
	add_member(&feed->out, "location", event->location);
	buf_text(&feed->out, "}");
}

static void add_json_authors(struct buf *out, const struct article *article) {
	if (!article->byline.count)
		return;
	buf_text(out, ",\n\"authors\": [");
	for (uint32_t i = 0; i < article->byline.count; i++) {
		buf_text(out, i ? ", {\"name\": " : "{\"name\": ");
		buf_json(out, article->byline.at[i].name);
		buf_byte(out, '}');
	}
	buf_byte(out, ']');
}

static void add_json_item(struct feed *feed, const struct entry *entry, bool first) {
	struct buf *out = &feed->out;
	struct buf id = {0};
	add_entry_id(feed, &id, entry);
	buf_text(out, first ? "\n{\"id\": " : ",\n{\"id\": ");
	buf_json(out, buf_str(&id));
	buf_release(&id);
	if (feed->p->house->url.at)
		add_member(out, "url", entry_url(feed, entry));
	add_member(out, "title", entry->title);
	add_member(out, "content_html", buf_str(&feed->content));
	add_json_moment(out, "date_published", entry->published);
	add_json_moment(out, "date_modified", entry->updated);
	if (entry->article)
		add_json_authors(out, entry->article);
	if (entry->category.at && entry->category.len) {
		buf_text(out, ",\n\"tags\": [");
		buf_json(out, entry->category);
		buf_byte(out, ']');
	}
	if (entry->event)
		add_extension(feed, entry->event);
	buf_text(out, "}");
}

/* ---- a feed in a format ---- */

static int put_feed(struct feed *feed, bool json) {
	struct entry entry;
	buf_clear(&feed->out);
	if (json)
		open_json(feed);
	else
		open_atom(feed);
	for (uint32_t i = 0; i < feed->count; i++) {
		buf_clear(&feed->content);
		feed->describe(feed, i, &entry);
		if (json)
			add_json_item(feed, &entry, i == 0);
		else
			add_atom_entry(feed, &entry);
	}
	buf_text(&feed->out, json ? "\n]}\n" : "</feed>\n");
	buf_clear(&feed->url);
	buf_add(&feed->url, feed->name);
	buf_text(&feed->url, json ? ".json" : ".atom");
	return feed->sink->put(feed->sink, buf_str(&feed->url), buf_str(&feed->out), feed->error);
}

static int put_both(struct feed *feed) {
	feed->issue = NONE;
	int result = put_feed(feed, false) < 0 ? -1 : put_feed(feed, true);
	if (feed->issue != NONE)
		prose_release(&feed->prose);
	buf_release(&feed->out);
	buf_release(&feed->content);
	buf_release(&feed->url);
	return result;
}

static uint32_t at_most(uint32_t count, uint32_t most) {
	return count < most ? count : most;
}

int emit_feeds(const struct publication *p, struct sink *sink, struct error *error) {
	struct feed essays = {.p = p, .sink = sink, .error = error, .name = STR("feed"), .title = p->name,
		.count = at_most(p->articles.count, ESSAYS_MOST), .describe = describe_essay};
	if (put_both(&essays) < 0)
		return -1;
	struct buf title = {0};
	buf_add(&title, p->name);
	buf_text(&title, ": coming events");
	struct feed events = {.p = p, .sink = sink, .error = error, .name = STR("events"), .title = buf_str(&title),
		.count = at_most(p->events.count, EVENTS_MOST), .describe = describe_event};
	int result = put_both(&events);
	buf_release(&title);
	return result;
}
