#include "page.h"

#include "jsonld.h"
#include "stamp.h"
#include "theme.h"

/* ---- links ---- */

bool add_base(struct buf *out, const struct publication *p) {
	if (!p->house->url.at || !p->house->url.len)
		return false;
	struct str url = p->house->url;
	while (url.len && url.at[url.len - 1] == '/')
		url.len--;
	buf_markup(out, url);
	buf_byte(out, '/');
	return true;
}

void add_file_href(struct site *site, const char *folder, struct str name, const char *ending) {
	buf_text(&site->out, " href=\"");
	buf_add(&site->out, site->root);
	buf_text(&site->out, folder);
	buf_add(&site->out, name); /* a slug: nothing to escape */
	buf_text(&site->out, ending);
	buf_byte(&site->out, '"');
}

void add_href(struct site *site, const char *folder, struct str name) {
	add_file_href(site, folder, name, ".html");
}

/* ---- the head ---- */

static void add_meta(struct buf *out, const char *key, const char *name, struct str value) {
	buf_text(out, "<meta ");
	buf_text(out, key);
	buf_text(out, "=\"");
	buf_text(out, name);
	buf_text(out, "\" content=\"");
	buf_markup(out, value);
	buf_text(out, "\">\n");
}

static void add_title(struct site *site, const struct page *page) {
	const struct publication *p = site->p;
	buf_text(&site->out, "<title>");
	if (page->title.at) {
		buf_markup(&site->out, page->title);
		buf_text(&site->out, " – ");
	}
	buf_markup(&site->out, p->name);
	buf_text(&site->out, "</title>\n");
}

/* `<meta property="article:published_time">` and the authors. */
static void add_article_meta(struct site *site, const struct page *page) {
	char day[CIVIL_TEXT];
	if (civil_has_date(page->published))
		add_meta(&site->out, "property", "article:published_time", str_of(day, (size_t)civil_format(page->published, day)));
	if (!page->article)
		return;
	for (uint32_t i = 0; i < page->article->byline.count; i++)
		if (page->article->byline.at[i].name.at)
			add_meta(&site->out, "name", "author", page->article->byline.at[i].name);
}

/* Open Graph, and what needs the site's address: canonical. */
static void add_sharing(struct site *site, const struct page *page) {
	struct buf *out = &site->out;
	add_meta(out, "property", "og:title", page->title.at ? page->title : site->p->name);
	add_meta(out, "property", "og:type", page->is_article ? STR("article") : STR("website"));
	add_meta(out, "property", "og:site_name", site->p->name);
	if (page->description.at)
		add_meta(out, "property", "og:description", page->description);
	add_meta(out, "name", "twitter:card", STR("summary"));
	if (page->is_article)
		add_article_meta(site, page);
	if (page->unlisted || !site->p->house->url.at)
		return;
	buf_text(out, "<meta property=\"og:url\" content=\"");
	add_base(out, site->p);
	buf_add(out, buf_str(&site->path));
	buf_text(out, "\">\n<link rel=\"canonical\" href=\"");
	add_base(out, site->p);
	buf_add(out, buf_str(&site->path));
	buf_text(out, "\">\n");
}

static void add_alternate(struct site *site, const char *type, const char *title, const char *file) {
	struct buf *out = &site->out;
	buf_text(out, "<link rel=\"alternate\" type=\"");
	buf_text(out, type);
	buf_text(out, "\" title=\"");
	buf_text(out, site_label(site, title));
	buf_text(out, "\" href=\"");
	if (!add_base(out, site->p))
		buf_add(out, site->root);
	buf_text(out, file);
	buf_text(out, "\">\n");
}

static void add_head(struct site *site, const struct page *page) {
	struct buf *out = &site->out;
	buf_text(out, "<meta charset=\"utf-8\">\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; script-src 'self'; "
		"img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		"<meta name=\"color-scheme\" content=\"light dark\">\n"
		"<meta name=\"referrer\" content=\"strict-origin-when-cross-origin\">\n");
	add_title(site, page);
	if (page->description.at)
		add_meta(out, "name", "description", page->description);
	if (page->unlisted)
		add_meta(out, "name", "robots", STR("noindex"));
	add_sharing(site, page);
	add_alternate(site, "application/atom+xml", LABEL("Essays (Atom)"), "feed.atom");
	add_alternate(site, "application/feed+json", LABEL("Essays (JSON Feed)"), "feed.json");
	add_alternate(site, "application/atom+xml", LABEL("Events (Atom)"), "events.atom");
	if (page->calendar.at) {
		buf_text(out, "<link rel=\"alternate\" type=\"text/calendar\" title=\"");
		add_label(site, "", LABEL("Calendar"), "\"");
		add_file_href(site, "", page->calendar, "");
		buf_text(out, ">\n");
	}
	if (page->absolute && site->p->house->url.at)
		buf_text(out, "<link rel=\"stylesheet\" href=\"style.css\">\n"); /* where it is looked at from disk */
	buf_text(out, "<link rel=\"stylesheet\"");
	add_file_href(site, "", STR("style"), ".css");
	buf_text(out, ">\n<script defer src=\"");
	buf_add(out, site->root);
	buf_text(out, "script.js\"></script>\n");
}

/* ---- the frame ---- */

static void add_menu(struct site *site, enum page_place place) {
	static const struct {
		const char *folder, *name, *text;
		enum page_place place;
	} entries[] = {
		{"", "index", LABEL("This week"), PLACE_FRONT},
		{"events/", "index", LABEL("Events"), PLACE_EVENTS},
		{"issues/", "index", LABEL("Issues"), PLACE_ISSUES},
		{"people/", "index", LABEL("Index"), PLACE_INDEX},
		{"", "search", LABEL("Search"), PLACE_SEARCH},
		{"", "subscribe", LABEL("Subscribe"), PLACE_SUBSCRIBE},
	};
	add_label(site, "<nav class=\"menu\" aria-label=\"", LABEL("Main"), "\">\n<ul>\n");
	for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
		buf_text(&site->out, "<li><a");
		add_href(site, entries[i].folder, str_from(entries[i].name));
		if (entries[i].place == place)
			buf_text(&site->out, " aria-current=\"true\"");
		buf_byte(&site->out, '>');
		buf_text(&site->out, site_label(site, entries[i].text));
		buf_text(&site->out, "</a></li>\n");
	}
	buf_text(&site->out, "</ul>\n</nav>\n");
}

static void set_path(struct site *site, const struct page *page) {
	buf_clear(&site->path);
	buf_text(&site->path, page->folder);
	buf_add(&site->path, page->name);
	buf_text(&site->path, ".html");
	site->root = *page->folder ? STR("../") : STR("");
	if (page->absolute && site->p->house->url.at) {
		buf_clear(&site->scratch);
		add_base(&site->scratch, site->p);
		site->root = arena_copy(&site->arena, buf_str(&site->scratch));
	}
}

static void add_foot(struct site *site) {
	struct buf *out = &site->out;
	buf_text(out, "<ul>\n<li><a");
	add_file_href(site, "", STR("calendar"), ".ics");
	add_label(site, ">", LABEL("Calendar"), "</a></li>\n<li><a");
	add_file_href(site, "", STR("feed"), ".atom");
	add_label(site, ">", LABEL("Essays feed"), "</a></li>\n<li><a");
	add_file_href(site, "", STR("events"), ".atom");
	add_label(site, ">", LABEL("Events feed"), "</a></li>\n<li><a");
	add_file_href(site, "", STR("timeline"), ".html");
	add_label(site, ">", LABEL("Timeline"), "</a></li>\n");
	if (site->p->house->email.at) {
		buf_text(out, "<li><a href=\"mailto:");
		buf_markup(out, site->p->house->email);
		add_label(site, "\">", LABEL("Write to us"), "</a></li>\n");
	}
	buf_text(out, "</ul>\n");
}

/* The frame's values that are text; null is empty. */
static struct str frame_text(const struct site *site, uint8_t value) {
	switch (value) {
	case FRAME_LANGUAGE:
		return site->p->language;
	case FRAME_ROOT:
		return site->root;
	case FRAME_NAME:
		return site->p->name;
	case FRAME_MOTTO:
		return site->p->house->description;
	case FRAME_FRONT:
		return site->page.place == PLACE_FRONT ? STR("1") : STR_NULL;
	case FRAME_YOURS:
		return site->labels ? str_from(site_label(site, LABEL("your time"))) : STR_NULL;
	default: /* HTML, which is never empty */
		return STR("1");
	}
}

static void add_frame_html(struct site *site, uint8_t value) {
	if (value == FRAME_HEAD)
		add_head(site, &site->page);
	else if (value == FRAME_SKIP)
		add_label(site, "<a class=\"skip\" href=\"#main\">", LABEL("Skip to the text"), "</a>\n");
	else if (value == FRAME_MENU)
		add_menu(site, site->page.place);
	else if (value == FRAME_FOOT)
		add_foot(site);
	else
		buf_add(&site->out, frame_text(site, value));
}

/* Prints the frame from `part` on, up to the slot of the page's own text; gives the part behind it. */
static uint32_t add_frame(struct site *site, uint32_t part) {
	const struct template *frame = &site->theme->frame;
	for (; part < frame->parts.count; part++) {
		const struct template_part *at = &frame->parts.at[part];
		if (at->kind == TEMPLATE_TEXT)
			buf_add(&site->out, at->text);
		else if (at->kind == TEMPLATE_VALUE)
			buf_markup(&site->out, frame_text(site, at->value));
		else if (at->kind == TEMPLATE_RAW && at->value == FRAME_MAIN)
			return part + 1;
		else if (at->kind == TEMPLATE_RAW)
			add_frame_html(site, at->value);
		else if (at->kind != TEMPLATE_END && (frame_text(site, at->value).len > 0) != (at->kind == TEMPLATE_IF))
			part = at->end;
	}
	return part;
}

void page_open(struct site *site, const struct page *page) {
	buf_clear(&site->out);
	site->page = *page;
	set_path(site, page);
	site->behind = add_frame(site, 0);
}

uint32_t site_part(const struct site *site, uint32_t part, uint32_t count) {
	return (uint32_t)((uint64_t)count * part / site->parts);
}

bool page_stands(struct site *site, const char *folder, struct str name, uint64_t stamp) {
	buf_clear(&site->path);
	buf_text(&site->path, folder);
	buf_add(&site->path, name);
	buf_text(&site->path, ".html");
	return stamp_stands(site->p, site->sink, buf_str(&site->path), stamp);
}

const struct prose *site_prose(struct site *site, uint32_t issue) {
	struct prose *prose = &site->proses[issue];
	if (!prose->record)
		prose_init(prose, site->p->issues.at[issue].record);
	return prose;
}

int page_close(struct site *site) {
	add_frame(site, site->behind);
	return site->sink->put(site->sink, buf_str(&site->path), buf_str(&site->out), site->error);
}

void add_crumbs(struct site *site, const struct crumb *crumbs, uint32_t count) {
	struct buf *out = &site->out;
	add_label(site, "<nav class=\"crumbs\" aria-label=\"", LABEL("You are here"), "\">\n<ol>\n");
	for (uint32_t i = 0; i < count; i++) {
		buf_text(out, "<li><a");
		add_href(site, crumbs[i].folder, crumbs[i].name);
		if (i + 1 == count)
			buf_text(out, " aria-current=\"page\"");
		buf_byte(out, '>');
		buf_markup(out, crumbs[i].text);
		buf_text(out, "</a></li>\n");
	}
	buf_text(out, "</ol>\n</nav>\n");
	jsonld_crumbs(out, site->p, crumbs, count);
}

bool page_is_full(const struct site *site) {
	return site->out.len > 88 << 10;
}

/* ---- pieces ---- */

void add_day(struct site *site, struct civil day, bool weekday) {
	struct buf *out = &site->out;
	char text[CIVIL_TEXT];
	day.hour = -1;
	buf_text(out, "<time datetime=\"");
	buf_add(out, str_of(text, (size_t)civil_format(day, text)));
	buf_text(out, "\">");
	say_day(site, out, day, weekday);
	buf_text(out, "</time>");
}

void add_datetime(struct site *site, const char *zone, struct civil at) {
	char text[CIVIL_TEXT];
	if (!civil_has_date(at)) { /* an hour of no day: HTML takes a clock alone */
		buf_format(&site->out, "%02d:%02d", at.hour % 24, at.minute > 0 ? at.minute : 0);
		return;
	}
	int n = zone && civil_has_time(at) ? zone_format(site->p->zones, zone, at, text) : civil_format(at, text);
	buf_add(&site->out, str_of(text, (size_t)n));
}

void add_subject_link(struct site *site, uint32_t subject, struct str text) {
	struct buf *out = &site->out;
	if (subject != NONE) {
		const struct subject *to = &site->p->subjects.list.at[subject];
		buf_text(out, "<a");
		add_href(site, subject_folder(to->kind), to->slug);
		buf_byte(out, '>');
	}
	buf_markup(out, text);
	if (subject != NONE)
		buf_text(out, "</a>");
}

struct str subject_heading(const struct site *site, const struct subject *subject) {
	return subject->kind == SUBJECT_MODE ? str_from(site_label(site, subject->name.at)) : subject->name;
}

bool add_webcal(struct buf *out, const struct publication *p, const char *folder, struct str slug) {
	struct str url = p->house->url;
	size_t scheme = url.at ? str_find(url, STR("://"), 0) : SIZE_MAX;
	if (scheme == SIZE_MAX)
		return false;
	buf_text(out, "webcal");
	buf_markup(out, str_of(url.at + scheme, url.len - scheme));
	buf_byte(out, '/');
	buf_text(out, folder);
	buf_add(out, slug);
	buf_text(out, ".ics");
	return true;
}

void add_subscription(struct site *site, const char *folder, struct str slug) {
	struct buf *out = &site->out;
	size_t before = out->len;
	buf_text(out, "<a href=\"");
	if (add_webcal(out, site->p, folder, slug))
		add_label(site, "\">", LABEL("Subscribe to this calendar"), "</a> · ");
	else
		out->len = before;
	buf_text(out, "<a");
	add_file_href(site, folder, slug, ".ics");
	add_label(site, ">", LABEL("Calendar file (.ics)"), "</a>");
}

bool add_authors(struct site *site, const struct published_article *published) {
	const struct article *article = published->article;
	uint32_t count = article->byline.count, index = (uint32_t)(published - site->p->articles.at);
	for (uint32_t i = 0; i < count; i++) {
		if (i)
			buf_text(&site->out, site_label(site, i + 1 == count ? LABEL(" and ") : LABEL(", ")));
		add_subject_link(site, subject_of_author(site->p, index, i), article->byline.at[i].name);
	}
	return count > 0;
}

const char *event_part_words(uint8_t part) {
	static const char *const words[] = {LABEL("Speaker"), LABEL("Moderator"), LABEL("Host"), LABEL("Discussant"), LABEL("Author"), LABEL("Organizer")};
	return words[part < sizeof words / sizeof *words ? part : 0];
}

/* Whether `heading` is these words, a colon and more. */
static bool begins_with_label(struct str heading, struct str label) {
	return label.at && label.len && heading.len > label.len + 2 && heading.at[label.len] == ':' &&
		str_equal_nocase(str_of(heading.at, label.len), label);
}

struct str event_heading(const struct scheduled *event, struct str *label) {
	struct str heading = event->display.at ? event->display : event->title;
	if (!heading.at || !heading.len)
		heading = STR("Untitled event");
	*label = event->series.at ? event->series : event->kind;
	struct str first = begins_with_label(heading, event->series) ? event->series : event->kind;
	if (!begins_with_label(heading, first))
		return heading;
	*label = str_of(heading.at, first.len); /* as displayed, not in the capitals of print */
	return str_trim(str_of(heading.at + first.len + 1, heading.len - first.len - 1));
}

struct str article_heading(const struct site *site, const struct article *article) {
	return article->title.at ? article->title : str_from(site_label(site, LABEL("Untitled")));
}

const char *event_state(const struct scheduled *event) {
	static const char *const words[] = {NULL, LABEL("Cancelled"), LABEL("Postponed"), LABEL("Moved online"), LABEL("Rescheduled")};
	return event->status < sizeof words / sizeof *words ? words[event->status] : NULL;
}

const char *event_mode_words(uint8_t mode) {
	static const char *const words[] = {NULL, LABEL("In person"), LABEL("Online"), LABEL("In person and online")};
	return mode < sizeof words / sizeof *words ? words[mode] : NULL;
}

const char *event_hour_words(const struct scheduled *event) {
	return event->all_day ? LABEL("All day") : event->time_open ? LABEL("Time to be announced") : LABEL("Hour not stated");
}

/* The clock of an event with its zone's short name, each as the text states it. */
static void add_clock(struct site *site, const struct occasion *when) {
	struct buf *out = &site->out;
	buf_text(out, "<time datetime=\"");
	add_datetime(site, when->zone, when->start);
	buf_text(out, "\">");
	say_clock(site, out, when->start, when->end);
	buf_text(out, "</time>");
	if (when->zone) {
		buf_text(out, " <abbr title=\"");
		buf_text(out, say_zone(site, when));
		buf_text(out, "\">");
		buf_text(out, zone_abbreviation(site->p->zones, when->zone, when->start));
		buf_text(out, "</abbr>");
	}
}

static void add_item_clock(struct site *site, const struct scheduled *event) {
	struct buf *out = &site->out;
	buf_text(out, "<div class=\"clock\"><p>");
	if (civil_has_time(event->when.start))
		add_clock(site, &event->when);
	else if (civil_has_date(event->when.end) && civil_compare(event->when.end, event->when.start) > 0)
		say_when(site, out, &event->when);
	else
		buf_text(out, site_label(site, event_hour_words(event)));
	buf_text(out, "</p>");
	for (uint32_t i = 0; i < event->also.count && i < 4; i++) {
		if (!civil_has_time(event->also.at[i].start))
			continue;
		buf_text(out, "<p class=\"also\">");
		add_clock(site, &event->also.at[i]);
		buf_text(out, "</p>");
	}
	buf_text(out, "</div>\n");
}

/* "Online · Mitchell Institute". */
static void add_item_facts(struct site *site, const struct scheduled *event) {
	struct buf *out = &site->out;
	const char *mode = event_mode_words(event->mode);
	struct str place = event->location.at ? event->location : event->venue;
	size_t before;
	buf_text(out, "<p class=\"facts\">");
	before = out->len;
	if (mode)
		buf_text(out, site_label(site, mode));
	if (place.at && place.len) {
		buf_text(out, out->len > before ? " · " : "");
		buf_markup(out, place);
	}
	for (uint32_t i = 0; i < event->sponsors.count && i < 3; i++) {
		buf_text(out, out->len > before ? i ? ", " : " · " : "");
		buf_markup(out, event->sponsors.at[i].name);
	}
	buf_text(out, "</p>\n");
}

static void add_heading_open(struct buf *out, int level) {
	buf_text(out, "<h");
	buf_number(out, level);
	buf_byte(out, '>');
}

static void add_heading_close(struct buf *out, int level) {
	buf_text(out, "</h");
	buf_number(out, level);
	buf_text(out, ">\n");
}

/* "Postponed · Book Talk". */
static void add_item_label(struct site *site, const char *state, struct str label) {
	struct buf *out = &site->out;
	bool labelled = label.at && label.len;
	if (!state && !labelled)
		return;
	buf_text(out, "<p class=\"label\">");
	if (state) {
		buf_text(out, "<strong class=\"state\">");
		buf_text(out, site_label(site, state));
		buf_text(out, labelled ? "</strong> · " : "</strong>");
	}
	buf_markup(out, label);
	buf_text(out, "</p>\n");
}

void add_event_item(struct site *site, const struct published_event *published, int level) {
	struct buf *out = &site->out;
	const struct scheduled *event = published->event;
	struct str label, heading = event_heading(event, &label);
	bool full = page_is_full(site);
	buf_text(out, event->status == STATUS_CANCELLED ? "<li class=\"event off\">\n" : "<li class=\"event\">\n");
	if (!full)
		add_item_clock(site, event);
	buf_text(out, "<div class=\"what\">\n");
	if (!full)
		add_item_label(site, event_state(event), label);
	add_heading_open(out, level);
	buf_text(out, "<a");
	add_href(site, "events/", published->slug);
	add_lang(site, heading);
	buf_byte(out, '>');
	buf_markup(out, heading);
	buf_text(out, "</a>");
	add_heading_close(out, level);
	if (!full)
		add_item_facts(site, event);
	buf_text(out, "</div>\n</li>\n");
}

void add_day_rail(struct site *site, struct civil day, int level) {
	struct buf *out = &site->out;
	char text[CIVIL_TEXT];
	day.hour = -1;
	struct str name = str_of(text, (size_t)civil_format(day, text));
	buf_text(out, "<h");
	buf_number(out, level);
	buf_text(out, " class=\"rail\"><a");
	add_href(site, "days/", name);
	buf_text(out, "><time datetime=\"");
	buf_add(out, name);
	buf_text(out, "\"><span class=\"weekday\">");
	buf_text(out, say_weekday_name(site, civil_weekday(day)));
	buf_text(out, "</span> <span class=\"day\">");
	buf_number(out, day.day);
	buf_text(out, "</span> <span class=\"month\">");
	buf_text(out, say_month_name(site, day.month));
	buf_text(out, "</span></time></a>");
	add_heading_close(out, level);
}

struct span sentence_around(const struct record *record, struct span span) {
	uint32_t low = 0, high = record->sentences.count;
	while (low < high) {
		uint32_t middle = (low + high) / 2;
		if (record->sentences.at[middle].end <= span.begin)
			low = middle + 1;
		else
			high = middle;
	}
	bool found = low < record->sentences.count && span_contains(record->sentences.at[low], span);
	return found ? record->sentences.at[low] : span;
}

void add_passage_href(struct site *site, uint32_t issue, struct span span) {
	const struct published_issue *at = &site->p->issues.at[issue];
	uint32_t holder = record_article_at(at->record, span.begin);
	struct buf *out = &site->out;
	if (holder == NONE) {
		add_href(site, "issues/", at->slug);
		return;
	}
	const struct article *article = &at->record->articles.at[holder];
	buf_text(out, " href=\"");
	buf_add(out, site->root);
	buf_text(out, "essays/");
	buf_add(out, site->p->articles.at[at->article + holder].slug);
	buf_text(out, ".html");
	for (uint32_t i = 0; i < article->passages.count; i++) {
		const struct passage *passage = &article->passages.at[i];
		if (passage->kind == PASSAGE_CODE || passage->kind == PASSAGE_RULE || !span_contains(passage->span, span))
			continue;
		buf_byte(out, '#');
		prose_id(out, passage->span);
		break;
	}
	buf_byte(out, '"');
}

void add_opening(struct site *site, const struct published_article *published, size_t limit, struct buf *out) {
	const struct article *article = published->article;
	for (uint32_t i = 0; i < article->passages.count; i++) {
		if (article->passages.at[i].kind != PASSAGE_TEXT)
			continue;
		prose_plain(site_prose(site, published->issue), article->passages.at[i].span, limit, out);
		return;
	}
}

void add_essay_item(struct site *site, const struct published_article *published, int level, size_t words) {
	struct buf *out = &site->out;
	const struct article *article = published->article;
	buf_text(out, "<article class=\"teaser\">\n");
	if (article->kicker.at) {
		buf_text(out, "<p class=\"label\">");
		buf_markup(out, article->kicker);
		buf_text(out, "</p>\n");
	}
	add_heading_open(out, level);
	buf_text(out, "<a");
	add_href(site, "essays/", published->slug);
	add_lang(site, article_heading(site, article));
	buf_byte(out, '>');
	buf_markup(out, article_heading(site, article));
	buf_text(out, "</a>");
	add_heading_close(out, level);
	if (article->byline.count) {
		add_label(site, "<p class=\"byline\">", LABEL("By "), "");
		add_authors(site, published);
		buf_text(out, "</p>\n");
	}
	if (words) {
		buf_clear(&site->scratch);
		add_opening(site, published, words, &site->scratch);
		buf_text(out, "<p class=\"opening\"");
		add_lang(site, buf_str(&site->scratch));
		buf_byte(out, '>');
		buf_markup(out, buf_str(&site->scratch));
		buf_text(out, "</p>\n");
	}
	buf_text(out, "</article>\n");
}
