/* The formats of feeds: Atom (RFC 4287) with archives (RFC 5005), RSS 2.0, JSON Feed 1.1. */
#include "feed.h"
#include "page.h"

static void add_moment(struct buf *out, int64_t moment) {
	char text[CIVIL_TEXT];
	buf_add(out, str_of(text, (size_t)civil_format(civil_from_seconds(moment), text)));
	buf_byte(out, 'Z');
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
	struct buf *out = feed->to;
	buf_text(out, "<link rel=\"");
	buf_text(out, rel);
	buf_text(out, "\" type=\"");
	buf_text(out, type);
	buf_text(out, "\" href=\"");
	add_base(out, feed->p);
	buf_add(out, path);
	buf_text(out, "\"/>\n");
}

/* A link to an archive of the feed, or to itself for 0. */
static void add_atom_link(struct feed *feed, const char *rel, uint32_t archive) {
	buf_clear(&feed->url);
	buf_add(&feed->url, feed->name);
	if (archive)
		buf_format(&feed->url, "-archive-%u", archive);
	buf_text(&feed->url, ".atom");
	add_link(feed, rel, "application/atom+xml", buf_str(&feed->url));
}

void atom_open(struct feed *feed) {
	struct buf *out = feed->to;
	buf_text(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:fh=\"http://purl.org/syndication/history/1.0\" xml:lang=\"");
	buf_markup(out, feed->p->language);
	buf_text(out, "\">\n<id>");
	feed_id(feed, out, STR(""), feed->name);
	buf_text(out, "</id>\n");
	add_element(out, "title", feed->title);
	add_element(out, "subtitle", feed->p->house->description);
	buf_text(out, "<updated>");
	add_moment(out, feed->updated);
	buf_text(out, "</updated>\n<author>");
	add_element(out, "name", feed->p->name);
	add_element(out, "email", feed->p->house->email);
	buf_text(out, "</author>\n");
	add_atom_link(feed, "self", feed->archive);
	add_link(feed, "alternate", "text/html", feed->page);
	if (feed->archive) {
		buf_text(out, "<fh:archive/>\n");
		add_atom_link(feed, "current", 0);
	}
	if (feed->archive > 1 || (!feed->archive && feed->archives))
		add_atom_link(feed, "prev-archive", feed->archive ? feed->archive - 1 : feed->archives);
	if (feed->archive && feed->archive < feed->archives)
		add_atom_link(feed, "next-archive", feed->archive + 1);
	buf_text(out, "<generator>daybook</generator>\n");
}

void atom_add(struct feed *feed, const struct entry *entry) {
	struct buf *out = feed->to;
	buf_text(out, "<entry>\n<id>");
	feed_entry_id(feed, out, entry);
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
	buf_add(out, feed_entry_url(feed, entry));
	buf_text(out, "\"/>\n<content type=\"html\">");
	buf_markup(out, buf_str(&feed->content));
	buf_text(out, "</content>\n</entry>\n");
}

/* ---- RSS 2.0 ---- */

/* RFC 822 with a year of four digits, as RSS has it. */
static void add_rss_date(struct buf *out, const char *name, int64_t moment) {
	struct civil c = civil_from_seconds(moment);
	buf_format(out, "<%s>%.3s, %02d %.3s %04d %02d:%02d:%02d GMT</%s>\n", name, civil_weekday_name(civil_weekday(c)), c.day,
		civil_month_name(c.month), c.year, c.hour, c.minute, c.second, name);
}

void rss_open(struct feed *feed) {
	struct buf *out = feed->to;
	buf_text(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\""
		" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n");
	add_element(out, "title", feed->title);
	buf_text(out, "<link>");
	add_base(out, feed->p);
	buf_add(out, feed->page);
	buf_text(out, "</link>\n");
	add_element(out, "description", feed->p->house->description.at ? feed->p->house->description : feed->title);
	add_element(out, "language", feed->p->language);
	add_rss_date(out, "lastBuildDate", feed->updated);
	buf_text(out, "<generator>daybook</generator>\n<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"");
	add_base(out, feed->p);
	buf_add(out, feed->name);
	buf_text(out, ".rss\"/>\n");
}

void rss_add(struct feed *feed, const struct entry *entry) {
	struct buf *out = feed->to;
	buf_text(out, "<item>\n");
	add_element(out, "title", entry->title);
	buf_text(out, "<link>");
	buf_add(out, feed_entry_url(feed, entry));
	buf_text(out, "</link>\n<guid isPermaLink=\"false\">");
	feed_entry_id(feed, out, entry);
	buf_text(out, "</guid>\n");
	add_rss_date(out, "pubDate", entry->published);
	for (uint32_t i = 0; entry->article && i < entry->article->byline.count; i++)
		add_element(out, "dc:creator", entry->article->byline.at[i].name);
	add_element(out, "category", entry->category);
	buf_text(out, "<content:encoded>");
	buf_markup(out, buf_str(&feed->content));
	buf_text(out, "</content:encoded>\n</item>\n");
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

void json_open(struct feed *feed) {
	struct buf *out = feed->to;
	buf_text(out, "{\"version\": \"https://jsonfeed.org/version/1.1\"");
	add_member(out, "title", feed->title);
	add_member(out, "description", feed->p->house->description);
	add_member(out, "language", feed->p->language);
	if (feed->p->house->url.at) {
		buf_clear(&feed->url);
		add_base(&feed->url, feed->p);
		size_t base = feed->url.len;
		buf_add(&feed->url, feed->page);
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
	add_member(feed->to, key, str_of(text, (size_t)n));
}

/* What JSON Feed has no names for, under a name of our own as the format asks. */
static void add_extension(struct feed *feed, const struct scheduled *event) {
	buf_text(feed->to, ",\n\"_event\": {\"about\": \"An event as daybook reads it\"");
	add_stated(feed, "start", &event->when, event->when.start);
	add_stated(feed, "end", &event->when, event->when.end);
	add_member(feed->to, "zone", str_from(event->when.zone));
	add_member(feed->to, "mode", str_from(mode_name(event->mode)));
	add_member(feed->to, "location", event->location);
	buf_text(feed->to, "}");
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

void json_add(struct feed *feed, const struct entry *entry, bool first) {
	struct buf *out = feed->to;
	struct buf id = {0};
	feed_entry_id(feed, &id, entry);
	buf_text(out, first ? "\n{\"id\": " : ",\n{\"id\": ");
	buf_json(out, buf_str(&id));
	buf_release(&id);
	if (feed->p->house->url.at)
		add_member(out, "url", feed_entry_url(feed, entry));
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

