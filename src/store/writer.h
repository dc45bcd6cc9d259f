/* Inside the archive: what the files that write to it share. */
#ifndef DAYBOOK_WRITER_H
#define DAYBOOK_WRITER_H

#include "../know/zone.h"
#include "../record/record.h"
#include "archive.h"
#include "identity.h"
#include "ranking.h"
#include "sql.h"

struct archive {
	struct sql sql;
	enum archive_access access;
	bool putting;             /* a transaction is open */
	struct identity identity; /* who is who across documents */
	struct ranking *ranking;  /* of the texts put since it was opened; NULL until the first */
	struct word_counter *counter;
};

/* One document on its way in. */
struct putting {
	struct archive *archive;
	const struct deposit *deposit;
	const struct record *record;
	struct zones *zones;
	struct error *error;
	struct arena arena;
	int64_t document;
	char date[CIVIL_TEXT];    /* the document's, or "" */
	int64_t *entities;        /* archive id of each of the record's entities */
	int64_t *essays, *listings; /* rows of the record's articles and events */
};

/* Opens a transaction unless one is open. */
int archive_begin(struct archive *archive, struct error *error);

/* Drops what was put since the last commit: SQLite refused something, and a savepoint for each document would make FTS5 write
 * its words document by document. Returns -1. */
int archive_roll_back(struct archive *archive);

/* Makes the indexes that only asking needs, where they are missing. */
int archive_index(struct archive *archive, struct error *error);

/* Writes the ranking of the texts that none covers yet. */
int rank_tail(struct archive *archive, struct error *error);

/* Puts the record's entities, mentions, roles; fills p->entities. 0, or -1 with the error filled. */
int put_entities(struct putting *p);
/* Puts its events; fills p->listings. Needs p->entities. */
int put_events(struct putting *p);

/* The archive's person, or organisation, that the name at `span` means; or -1. */
int64_t entity_at(const struct putting *p, struct span span, enum entity_type type);

/* `date` as YYYY-MM-DD in `out`; a str of it, or null where it is none. */
struct str date_text(struct civil date, char out[CIVIL_TEXT]);

#endif
