/* Feeds: essays in full with their notes, events, topics; each in several formats. Ids are tag: URIs (RFC 4151) or made
 * from the event's UID, and never change; dates are the issues' own. */
#include "../base/hash.h"
#include "feed.h"
#include "stamp.h"
#include "page.h"
#include "when.h"

#include <stdlib.h>

#define ESSAYS_MOST 50 /* in a feed; older ones are in its archives (RFC 5005) */
#define EVENTS_MOST 200
#define TOPIC_MOST 30
#define TOPIC_LEAST 2 /* entries that make a topic worth a feed */

/* ---- pieces ---- */

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
void feed_id(struct feed *feed, struct buf *out, struct str folder, struct str slug) {
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

void feed_entry_id(struct feed *feed, struct buf *out, const struct entry *entry) {
	if (!entry->uid.at) {
		feed_id(feed, out, entry->folder, entry->slug);
		return;
	}
	buf_text(out, "urn:uuid:");
	buf_markup(out, entry->uid);
}

struct str feed_entry_url(struct feed *feed, const struct entry *entry) {
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
	prose_essay(&print, out);
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
	add_essay(feed, published, feed_entry_url(feed, entry));
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

/* ---- a feed in its formats ---- */

static void open_all(struct feed *feed, unsigned formats) {
	static void (*const open[FEED_FORMATS])(struct feed *) = {atom_open, rss_open, json_open};
	for (int format = 0; format < FEED_FORMATS; format++) {
		feed->to = &feed->outs[format];
		buf_clear(feed->to);
		if (formats & 1u << format)
			open[format](feed);
	}
}

/* Describes an entry once, and adds it to each format. */
static void add_item(struct feed *feed, unsigned formats, const struct feed_item *item, bool first) {
	struct entry entry;
	buf_clear(&feed->content);
	if (item->article != NONE)
		describe_essay(feed, item->article, &entry);
	else
		describe_event(feed, item->event, &entry);
	for (int format = 0; format < FEED_FORMATS; format++) {
		feed->to = &feed->outs[format];
		if (!(formats & 1u << format))
			continue;
		if (format == FEED_ATOM)
			atom_add(feed, &entry);
		else if (format == FEED_RSS)
			rss_add(feed, &entry);
		else
			json_add(feed, &entry, first);
	}
}

/* The path of the feed in a format; valid until the next call. */
static struct str feed_path(struct feed *feed, int format) {
	static const char *const endings[FEED_FORMATS] = {".atom", ".rss", ".json"};
	buf_clear(&feed->url);
	buf_add(&feed->url, feed->name);
	if (feed->archive)
		buf_format(&feed->url, "-archive-%u", feed->archive);
	buf_text(&feed->url, endings[format]);
	return buf_str(&feed->url);
}

static int put_all(struct feed *feed, unsigned formats, uint64_t stamp) {
	static const char *const ends[FEED_FORMATS] = {"</feed>\n", "</channel>\n</rss>\n", "\n]}\n"};
	int result = 0;
	for (int format = 0; format < FEED_FORMATS && result == 0; format++) {
		if (!(formats & 1u << format))
			continue;
		buf_text(&feed->outs[format], ends[format]);
		feed->sink->stamp = stamp;
		result = feed->sink->put(feed->sink, feed_path(feed, format), buf_str(&feed->outs[format]), feed->error);
	}
	return result;
}

static int64_t updated_at(const struct publication *p, const struct feed_item *item) {
	return item->event != NONE ? p->events.at[item->event].modified :
		publication_issued(p, p->issues.at[p->articles.at[item->article].issue].record);
}

/* Whether the feed stands as it is in all its formats (stamp.h); else *stamp is what it is to be put with. */
static bool feed_stands(struct feed *feed, unsigned formats, const struct feed_item *items, uint32_t count, uint64_t *stamp) {
	const struct publication *p = feed->p;
	uint64_t own = stamp_text(stamp_add(feed->archive, feed->archives), feed->title);
	bool stands = p->stamps.all != 0;
	*stamp = 0;
	for (uint32_t i = 0; i < count && stands; i++)
		own = stamp_add(own, items[i].event != NONE ? p->stamps.events[items[i].event] : p->stamps.articles[items[i].article]);
	for (int format = 0; format < FEED_FORMATS && stands; format++)
		stands = !(formats & 1u << format) || stamp_stands(p, feed->sink, feed_path(feed, format), own);
	if (!stands)
		*stamp = feed->sink->stamp;
	return stands;
}

static int put_feed(struct feed *feed, unsigned formats, const struct feed_item *items, uint32_t count) {
	uint64_t stamp;
	if (feed_stands(feed, formats, items, count, &stamp))
		return 0;
	feed->updated = 0;
	for (uint32_t i = 0; i < count; i++) {
		int64_t updated = updated_at(feed->p, &items[i]);
		feed->updated = updated > feed->updated ? updated : feed->updated;
	}
	open_all(feed, formats);
	for (uint32_t i = 0; i < count; i++)
		add_item(feed, formats, &items[i], i == 0);
	return put_all(feed, formats, stamp);
}

static uint32_t at_most(uint32_t count, uint32_t most) {
	return count < most ? count : most;
}

/* ---- which feeds there are ---- */

#define ALL_FORMATS ((1u << FEED_FORMATS) - 1)

/* The newest essays in every format; all of them in archives of fifty that never change: the oldest are in the first. */
static int put_essays(struct feed *feed, struct feed_item *items) {
	const struct publication *p = feed->p;
	uint32_t count = p->articles.count;
	for (uint32_t i = 0; i < count; i++)
		items[i] = (struct feed_item){i, NONE};
	feed->name = STR("feed");
	feed->title = p->name;
	feed->page = STR("index.html");
	feed->archives = count > ESSAYS_MOST ? count / ESSAYS_MOST : 0;
	if (put_feed(feed, ALL_FORMATS, items, at_most(count, ESSAYS_MOST)) < 0)
		return -1;
	for (feed->archive = 1; feed->archive <= feed->archives; feed->archive++)
		if (put_feed(feed, 1u << FEED_ATOM, items + count - feed->archive * ESSAYS_MOST, ESSAYS_MOST) < 0)
			return -1;
	feed->archive = feed->archives = 0;
	return 0;
}

static int put_events(struct feed *feed, struct feed_item *items) {
	struct buf title = {0};
	uint32_t count = at_most(feed->p->events.count, EVENTS_MOST);
	for (uint32_t i = 0; i < count; i++)
		items[i] = (struct feed_item){NONE, i};
	buf_add(&title, feed->p->name);
	buf_text(&title, ": coming events");
	feed->name = STR("events");
	feed->title = buf_str(&title);
	feed->page = STR("events/index.html");
	int result = put_feed(feed, ALL_FORMATS, items, count);
	buf_release(&title);
	return result;
}

/* By issue, the newest first. */
static int newest_first(const void *a, const void *b, void *publication) {
	const struct publication *p = publication;
	const struct feed_item *x = a, *y = b;
	uint32_t i = x->event != NONE ? p->events.at[x->event].issue : p->articles.at[x->article].issue;
	uint32_t k = y->event != NONE ? p->events.at[y->event].issue : p->articles.at[y->article].issue;
	if (i != k)
		return i < k ? -1 : 1;
	if ((x->event != NONE) != (y->event != NONE))
		return x->event != NONE ? 1 : -1;
	return x->event != NONE ? (x->event > y->event) - (x->event < y->event) : (x->article > y->article) - (x->article < y->article);
}

bool has_feed(const struct subject *subject) {
	return subject->kind == SUBJECT_TOPIC && subject->articles.count + subject->events.count >= TOPIC_LEAST;
}

static int put_topic(struct feed *feed, struct feed_item *items, const struct subject *subject) {
	struct buf name = {0};
	uint32_t count = 0;
	for (uint32_t i = 0; i < subject->articles.count; i++)
		items[count++] = (struct feed_item){subject->articles.at[i], NONE};
	for (uint32_t i = 0; i < subject->events.count; i++)
		items[count++] = (struct feed_item){NONE, subject->events.at[i]};
	qsort_r(items, count, sizeof *items, newest_first, (void *)(uintptr_t)feed->p);
	buf_text(&name, subject_folder(subject->kind));
	buf_add(&name, subject->slug);
	size_t path = name.len;
	buf_text(&name, ".html");
	size_t page = name.len;
	buf_add(&name, feed->p->name);
	buf_text(&name, ": ");
	buf_add(&name, subject->name);
	feed->name = str_of(name.at, path);
	feed->page = str_of(name.at, page);
	feed->title = str_of(name.at + page, name.len - page);
	int result = put_feed(feed, 1u << FEED_ATOM | 1u << FEED_RSS, items, at_most(count, TOPIC_MOST));
	buf_release(&name);
	return result;
}

int emit_feeds(const struct publication *p, struct sink *sink, struct error *error) {
	struct feed feed = {.p = p, .sink = sink, .error = error, .issue = NONE};
	struct feed_item *items = memory_get((p->articles.count + p->events.count + 1) * sizeof *items);
	int result = put_essays(&feed, items) < 0 ? -1 : put_events(&feed, items);
	for (uint32_t i = 0; i < p->subjects.list.count && result == 0; i++)
		if (has_feed(&p->subjects.list.at[i]))
			result = put_topic(&feed, items, &p->subjects.list.at[i]);
	if (feed.issue != NONE)
		prose_release(&feed.prose);
	for (int format = 0; format < FEED_FORMATS; format++)
		buf_release(&feed.outs[format]);
	buf_release(&feed.content);
	buf_release(&feed.url);
	free(items);
	return result;
}
