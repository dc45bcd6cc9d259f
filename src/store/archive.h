/* The archive: every document of a publication and all that is stated in it, in one SQLite file whose schema
 * (schema.sql, doc/archive.md) is a public format. One writer at a time, any number of readers. */
#ifndef DAYBOOK_ARCHIVE_H
#define DAYBOOK_ARCHIVE_H

#include "../base/error.h"
#include "../base/memory.h"

struct record;
struct zones;
struct archive; /* an open archive; of one thread */
struct text_words;

enum archive_access { ARCHIVE_READ, ARCHIVE_WRITE /* made where it is missing */ };

/* Opens the archive at `path`. NULL with `error`: missing, no archive of ours, of a newer daybook, broken, not writable. */
struct archive *archive_open(const char *path, enum archive_access access, struct error *error);
/* Whether the file at `path` begins as an SQLite file does. */
bool archive_is_one(const char *path);

/* What was put but not committed is dropped. */
void archive_close(struct archive *archive);

/* A document to be put. All is borrowed. */
struct deposit {
	const struct record *record;
	struct str origin; /* see read/importer.h */
	struct str url;    /* or null */
	char sha256[65];   /* archive_digest */
	const struct text_words *words; /* deposit_count's, or NULL: they are counted here */
};

enum put_result { PUT_FAILED = -1, PUT_ADDED, PUT_KNOWN /* nothing changed */, PUT_REPLACED /* a newer version of its origin */ };

/* What can be counted of a record beforehand, on any thread: the words of each of its texts, which live in `arena`. One
 * counter a thread; NULL where SQLite has no FTS5. */
struct word_counter;
struct word_counter *word_counter_open(void);
void word_counter_close(struct word_counter *counter);
const struct text_words *deposit_count(struct word_counter *counter, const struct record *record, struct arena *arena);

/* Puts a document with all that its record states. It is kept from the next archive_commit on. PUT_FAILED is the disk's or the
 * file's refusal, with `error`, and drops what was not committed. */
enum put_result archive_put(struct archive *archive, const struct deposit *deposit, struct zones *zones, struct error *error);

/* Makes what was put lasting: after 0 it survives the end of the process. -1 with `error`; the put documents are then gone. */
int archive_commit(struct archive *archive, struct error *error);

/* Brings what helps searching up to date; to be called after many documents were put and committed. */
int archive_finish(struct archive *archive, struct error *error);

/* The digest that says whether a document is in the archive: SHA-256 of its bytes. */
void archive_digest(struct str bytes, char out[65]);

/* Whether a document with this digest is there and stands (no newer version has taken its place). */
bool archive_has(struct archive *archive, const char *sha256);

/* The digests of the documents that stand, for any thread to ask. NULL with `error`. */
struct digests;
struct digests *archive_digests(struct archive *archive, struct error *error);
bool digests_have(const struct digests *digests, const char *sha256);
void digests_free(struct digests *digests);

#endif
