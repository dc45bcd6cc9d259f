/* What all pages of the site share: the frame around each, links between them, and the pieces (an event in a
 * list, a date rail) that stand on several. */
#ifndef DAYBOOK_PAGE_H
#define DAYBOOK_PAGE_H

#include "labels.h"
#include "prose.h"
#include "publication.h"

enum page_place { PLACE_NONE, PLACE_FRONT, PLACE_EVENTS, PLACE_ISSUES, PLACE_INDEX, PLACE_SEARCH, PLACE_SUBSCRIBE };

/* What the frame says of a page. Null strings leave their element out. */
struct page {
	const char *folder; /* "" or "events/" */
	struct str name;    /* without ".html" */
	struct str title;   /* without the publication's name */
	struct str description;
	enum page_place place;   /* which entry of the main menu it belongs to */
	bool is_article;         /* Open Graph's type */
	struct civil published;
	const struct article *article; /* whose authors the head names, or NULL */
	struct str calendar;     /* path of an .ics from the root, or null */
	bool absolute;           /* links lead from the site's address, where it is known: for the 404 page */
	bool unlisted;           /* not for search engines */
};

struct dates;
struct theme;

/* The site being written. One page at a time is built in `out`, which is reused. */
struct site {
	const struct publication *p;
	struct sink *sink;
	struct error *error;
	struct buf out;     /* the page */
	struct buf scratch; /* plain text on its way into an attribute or JSON */
	struct buf path;    /* of the page that is open, from the site's root */
	struct str root;    /* what leads from that page to the root: "" or "../" */
	struct prose *proses; /* one for each issue, made when it is asked for */
	struct days *days;   /* the days that have events */
	uint32_t part, parts; /* families of many pages are written in parts: which one this is, of how many */
	const struct labels *labels; /* in the publication's language; NULL for English */
	struct dates *dates;         /* how its dates are written; NULL for English */
	const struct theme *theme;
	struct theme *own_theme; /* the built-in one, where the publication has none */
	struct page page;        /* that is open; what it points at may be gone once its head is printed */
	uint32_t behind;         /* the part of the frame behind its text */
	struct arena arena;
};

/* Opens the site of a publication for one thread; close it with site_close. */
struct site *site_open(const struct publication *p, struct sink *sink);
void site_close(struct site *site);
/* The families of pages: those of many pages that may be written in parts, the search index, all else. */
enum site_families { SITE_MANY, SITE_SEARCH, SITE_FEW, SITE_FAMILIES };
/* Writes part `part` of `parts` of them. 0, or -1 with `error`. */
int site_run(struct site *site, enum site_families families, uint32_t part, uint32_t parts, struct error *error);

/* The first of `count` pages that stand in part `part` of the site; those of this part end where the next begins. */
uint32_t site_part(const struct site *site, uint32_t part, uint32_t count);
/* Whether the page stands as it is (stamp.h). If not, it must be the next that is closed. */
bool page_stands(struct site *site, const char *folder, struct str name, uint64_t stamp);
/* The prose of an issue. */
const struct prose *site_prose(struct site *site, uint32_t issue);

/* Begins a page: its head, masthead and menu, up to and including <main>. */
void page_open(struct site *site, const struct page *page);
/* Ends it with the footer and puts it into the sink. 0, or -1 with site->error. */
int page_close(struct site *site);

/* ` href="…"` to a page of the site, and to any file of it. */
void add_href(struct site *site, const char *folder, struct str name);
void add_file_href(struct site *site, const char *folder, struct str name, const char *ending);

/* The label in the publication's language. */
const char *site_label(const struct site *site, const char *english);
/* Adds `before`, the label, `behind`. */
void add_label(struct site *site, const char *before, const char *english, const char *behind);
/* The same, with "{}" in the label replaced by `value`, which is fit for HTML. */
void add_label_with(struct site *site, const char *before, const char *english, struct str value, const char *behind);
/* As many of something: `one` or `many`, in which "{}" is the number. */
void add_label_count(struct site *site, const char *before, int64_t count, const char *one, const char *many, const char *behind);

/* ` lang="en"` where words of a bulletin are in another language than the page. */
void add_lang(struct site *site, struct str text);

/* Dates and clocks in words, into any buffer: "4 August 2025", with its weekday, "August 2025", "4 August", "5:45–8:30 pm";
 * all of a statement of when. */
void say_day(const struct site *site, struct buf *out, struct civil day, bool weekday);
void say_month(const struct site *site, struct buf *out, struct civil month);
void say_clock(const struct site *site, struct buf *out, struct civil start, struct civil end);
void say_when(const struct site *site, struct buf *out, const struct occasion *when);
/* The names of a weekday (1 Monday - 7 Sunday), short ones too, and a month (1-12). */
const char *say_weekday_name(const struct site *site, int weekday);
struct str say_weekday_short(const struct site *site, int weekday);
const char *say_month_name(const struct site *site, int month);
/* A zone in words: "Japan Standard Time". */
const char *say_zone(const struct site *site, const struct occasion *when);

/* The site's address with a slash, or nothing where none is known; false then. */
bool add_base(struct buf *out, const struct publication *p);

/* `<time datetime=…>`: a day in words, with a weekday or without. */
void add_day(struct site *site, struct civil day, bool weekday);
/* The datetime attribute's value of a statement of when. */
void add_datetime(struct site *site, const char *zone, struct civil at);

/* "A, B and C" of an essay's authors, as HTML text; false when it has none. */
bool add_authors(struct site *site, const struct published_article *article);

/* The title an event is shown under, and what stands over it: the series or kind that its title begins with, or null. */
struct str event_heading(const struct scheduled *event, struct str *label);
/* The title an essay is shown under. */
struct str article_heading(const struct site *site, const struct article *article);
/* "Cancelled", "Postponed" …, or NULL for what goes ahead. */
const char *event_state(const struct scheduled *event);
/* What is said where no hour is known. */
const char *event_hour_words(const struct scheduled *event);
/* "In person" … or NULL. */
const char *event_mode_words(uint8_t mode);

/* The sentence that holds `span`, of a whole record; else the span itself. */
struct span sentence_around(const struct record *record, struct span span);
/* ` href` to the passage of an essay that holds `span`, else to its issue. */
void add_passage_href(struct site *site, uint32_t issue, struct span span);

/* The name a subject is shown under. */
struct str subject_heading(const struct site *site, const struct subject *subject);
/* Whether a subject has a feed: FOLDER/SLUG.atom and .rss. */
bool has_feed(const struct subject *subject);

/* "Speaker", "Moderator" … */
const char *event_part_words(uint8_t part);

/* `text` as a link to a subject's page; the text alone for NONE. */
void add_subject_link(struct site *site, uint32_t subject, struct str text);
/* Links that subscribe to a calendar of the site and that lead to its file. */
void add_subscription(struct site *site, const char *folder, struct str slug);
/* `webcal://host/FOLDER/SLUG.ics`, what calendar programs subscribe to; false and nothing where the site has no address. */
bool add_webcal(struct buf *out, const struct publication *p, const char *folder, struct str slug);

/* An event as an item of a list, its title alone when the page is full. `level` is the heading's. */
void add_event_item(struct site *site, const struct published_event *event, int level);
/* A day's name at the side of its events, a heading that leads to the day's page. */
void add_day_rail(struct site *site, struct civil day, int level);
/* An essay in a list, with its first words. */
void add_essay_item(struct site *site, const struct published_article *article, int level, size_t words);
/* "You are here": pairs of folder and page, from the root; the last is this page and no link. */
struct crumb {
	const char *folder;
	struct str name, text;
};
void add_crumbs(struct site *site, const struct crumb *crumbs, uint32_t count);

/* Adds the plain text of the essay's beginning, at most `limit` bytes. */
void add_opening(struct site *site, const struct published_article *article, size_t limit, struct buf *out);

/* An issue in a list: its date and its essays' titles. */
void add_issue_item(struct site *site, const struct published_issue *issue);
/* A day of site->days: its rail and its events, as many as the page has room for. */
void add_day_events(struct site *site, uint32_t day, int level);

/* A month as a table of weeks and days, each a link where it has events. */
void add_month_grid(struct site *site, struct civil month);

/* Whether a list on the open page should end here: pages stay under 100 KB. */
bool page_is_full(const struct site *site);

/* The pages: each writes one family of them. 0, or -1 with site->error. */
int site_front(struct site *site);
int site_issues(struct site *site);
int site_essays(struct site *site);
int site_events(struct site *site);
int site_event_lists(struct site *site);
int site_days(struct site *site);
int site_weeks(struct site *site);
int site_subjects(struct site *site);
int site_timeline(struct site *site);
int site_search(struct site *site);
int site_about(struct site *site);
int site_maps(struct site *site);

#endif
