/* What `build` publishes: all records of a run, their articles and events in the orders and under the
 * names that every back end uses. Calendar, site and feeds agree because they all read this. */
#ifndef DAYBOOK_PUBLICATION_H
#define DAYBOOK_PUBLICATION_H

#include "../base/file.h"
#include "../know/zone.h"
#include "../record/house.h"
#include "../record/record.h"
#include "subjects.h"

struct published_issue {
	const struct record *record;
	struct str slug;  /* "2025-08-03", with "-2" behind it where two issues share a day */
	struct str title; /* for people: the issue's own title and date, or the house's name and date */
	uint32_t article, articles, event, events; /* ranges in the publication's arrays below; events in order of print */
};

struct published_article {
	const struct article *article;
	uint32_t issue;
	struct str slug; /* "2025-08-03-the-struggle-to-bring-ishiba-down" */
};

struct published_event {
	const struct scheduled *event;
	const struct record *record;
	uint32_t issue;
	struct str slug;    /* "2025-08-04-the-future-of-european-defense" */
	struct str uid;     /* the event's own, or the one it had in an earlier build */
	uint32_t sequence;  /* RFC 5545 §3.8.7.4: 0 at first, one more when time, place or status changed */
	int64_t modified;   /* the issue's date that last changed it, seconds since 1970 UTC: DTSTAMP, LAST-MODIFIED */
	int64_t begins;     /* moment in UTC seconds (midnight of a day in its zone or UTC), INT64_MIN: no date */
};

/* See stamp.h. */
struct stamps {
	uint64_t all; /* of what every page depends on; 0: there are no stamps */
	uint64_t *issues, *articles, *events, *subjects;
};

struct theme;
struct publication {
	const struct house *house;
	const struct theme *theme; /* of the site; NULL: the built-in one */
	struct zones *zones;
	struct str name;     /* of the publication: the house's, else the newest issue's title, else "Bulletin" */
	struct str language;
	const char *home; /* the house's zone, or NULL */
	array_of(struct published_issue) issues;     /* newest first */
	array_of(struct published_article) articles; /* in order of their issues, then of print */
	array_of(struct published_event) events;     /* in order of their issues, then of print; an event that a later issue
	                                                lists again stands once, as the newest issue has it */
	struct subjects subjects;
	struct stamps stamps;
	array_of(uint32_t) calendar;                 /* indices of events that have a date, by begins, then UID */
	struct arena arena;
};

/* Gathers records (borrowed, in any order) for publishing. */
void publication_init(struct publication *p, const struct record *const *records, uint32_t count, const struct house *house,
	struct zones *zones);
void publication_release(struct publication *p);

/* Puts the calendar in order again, after UIDs were changed. */
void publication_order(struct publication *p);

/* When a record of it was issued: the beginning of its day in the house's zone, else UTC, in seconds since 1970; 0
 * where it has no date. */
int64_t publication_issued(const struct publication *p, const struct record *record);

/* A name of the net for what is minted: the host of the site, of the house's address, else "localhost" (RFC 2919 §3). */
struct str publication_host(const struct publication *p);

/* Sorts `count` indices of p->events as calendars have them: those without a date first, by begin, then UID. */
void publication_sort(const struct publication *p, uint32_t *which, uint32_t count);

/* Where output goes: a folder, memory in a test. `path` is relative, with slashes. 0, or -1 with `error`. */
struct sink {
	int (*put)(struct sink *sink, struct str path, struct str bytes, struct error *error);
	/* Whether a file that was put in an earlier build, with this stamp (stamp.h), still stands: then it need not be put.
	 * NULL where nothing is remembered. */
	bool (*has)(struct sink *sink, struct str path, uint64_t stamp);
	uint64_t stamp; /* of what is put next, or 0; put takes it */
};

/* The calendars: calendar.ics, and in folders one for each issue, event, day, person, organisation (sponsor), place, topic
 * and mode. */
int emit_calendars(const struct publication *p, struct sink *sink, struct error *error);
/* feed (essays, the older ones in archives) and events as .atom, .rss, .json; topics/SLUG as .atom and .rss. */
int emit_feeds(const struct publication *p, struct sink *sink, struct error *error);
/* mail/SLUG.eml: the mail edition (RFC 5322) of each of the 52 newest issues that has a date, as plain text and HTML. */
int emit_mail(const struct publication *p, struct sink *sink, struct error *error);
/* The pages, their style and script, sitemap, robots. */
int emit_site(const struct publication *p, struct sink *sink, struct error *error);

/* One calendar of the events at `which` (indices of p->events), as bytes of RFC 5545. */
void emit_ics(const struct publication *p, struct str title, const uint32_t *which, uint32_t count, struct buf *out);

#endif
