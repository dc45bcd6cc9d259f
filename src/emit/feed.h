/* Feeds on their way: what the formats share. */
#ifndef DAYBOOK_FEED_H
#define DAYBOOK_FEED_H

#include "prose.h"
#include "publication.h"

/* One entry of a feed, as the formats need it. */
struct entry {
	struct str title;
	struct str folder, slug; /* its page */
	struct str uid;          /* of an event, or null */
	int64_t published, updated;
	const struct article *article; /* whose authors it has, or NULL */
	const struct scheduled *event;
	struct str category;
};

/* What is to stand in a feed: an essay or an event of the publication. */
struct feed_item {
	uint32_t article, event; /* the other is NONE */
};

enum feed_format { FEED_ATOM, FEED_RSS, FEED_JSON, FEED_FORMATS };

struct feed {
	const struct publication *p;
	struct sink *sink;
	struct error *error;
	struct buf outs[FEED_FORMATS];
	struct buf *to; /* the one that is being written */
	struct buf content, url;
	struct str name;  /* "feed", "events", "topics/book-talk": the feed's path without its ending */
	struct str title;
	struct str page;  /* of the site that shows the same: "index.html" */
	int64_t updated;  /* its newest entry's, in seconds since 1970 UTC */
	struct prose prose; /* of the record whose essays are being written */
	uint32_t issue;     /* that record's issue, or NONE */
	/* RFC 5005, of Atom: how many archives there are, which this one is (0: the feed that is subscribed to) */
	uint32_t archives, archive;
};

/* Each begins, adds to, ends a feed in feed->to; content is what feed->content holds. */
void atom_open(struct feed *feed);
void atom_add(struct feed *feed, const struct entry *entry);
void rss_open(struct feed *feed);
void rss_add(struct feed *feed, const struct entry *entry);
void json_open(struct feed *feed);
void json_add(struct feed *feed, const struct entry *entry, bool first);

/* The id of the feed (both empty but the feed's name as slug) or of an entry, as XML text. */
void feed_id(struct feed *feed, struct buf *out, struct str folder, struct str slug);
void feed_entry_id(struct feed *feed, struct buf *out, const struct entry *entry);
/* The URL of an entry's page; relative to the site where its address is not known. Valid until the next call. */
struct str feed_entry_url(struct feed *feed, const struct entry *entry);

#endif
