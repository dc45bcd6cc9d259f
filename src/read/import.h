/* What the importers share; private to this room. */
#ifndef DAYBOOK_IMPORT_H
#define DAYBOOK_IMPORT_H

#include <sys/types.h>

#include "../base/buf.h"
#include "importer.h"
#include "reader.h"

/* ------------------------------------------------------------------ streams (import_stream.c) */

/* Bytes that come one behind the other: of a file, of an entry of an archive. */
struct stream {
	/* Reads up to `room` bytes: how many, 0 at the end, -1 with `error`. */
	ssize_t (*more)(struct stream *stream, char *at, size_t room);
	void *context;
	int fd;
	struct buf ahead; /* what was read; what is not yet taken begins at `taken` */
	size_t taken;
	bool ended, failed;
	struct error error;
};

/* Opens a file, or standard input for "-". 0, or -1 with `error`. Close in any case. */
int stream_open(struct stream *stream, const char *path, struct error *error);
void stream_close(struct stream *stream);

/* The next bytes, at least `want` of them unless the stream ends (or fails) before; they stay in the stream, and at
 * their place until the next call. */
struct str stream_ahead(struct stream *stream, size_t want);

/* Takes bytes that stream_ahead has shown. */
void stream_take(struct stream *stream, size_t count);

/* Takes some bytes: their number, 0 at the end, -1 with stream->error. */
ssize_t stream_read(struct stream *stream, char *at, size_t room);

/* All that is left, which stays in the stream. 0, or -1 with `error` for more than `limit` bytes or what cannot be read. */
int stream_whole(struct stream *stream, size_t limit, struct str *whole, struct error *error);

/* All that is left, in a nameless file on the disk, so that one can go back in it. 0, or -1 with `error` for more than
 * `limit` bytes or what cannot be read or kept. Opens `spooled`; close it in any case. */
int stream_spool(struct stream *stream, uint64_t limit, struct stream *spooled, struct error *error);

/* Whether one can go back in it; then stream_seek goes to a byte counted as lseek(2) does: its place, or -1. */
bool stream_can_seek(const struct stream *stream);
int64_t stream_seek(struct stream *stream, int64_t offset, int whence);

/* ------------------------------------------------------------------ the walk (import.c) */

struct posts; /* what an export says of its posts in a file of its own (import_substack.c) */

/* An import on its way. */
struct importing {
	const struct import_limits *limits;
	enum source_form form; /* asked for, or SOURCE_UNKNOWN */
	imported_fn *take;
	imported_failed_fn *failed;
	void *user;
	struct buf origin; /* of what is being read */
	uint64_t consumed;
	const struct stream *file; /* the file that is open, or null: what was read of it counts as consumed, too */
	uint32_t depth;            /* archives that are open */
	uint64_t unpacked;         /* bytes that came out of them */
	bool bomb;                 /* one of them is no archive to be read: nothing more of them all is */
	struct str url;            /* of a document that has no other, or null */
	const struct posts *posts; /* of the export that is being read, or null */
	bool stopped;              /* by the taker: nothing more may be handed over */
};

/* Adds a part to the origin, behind `sign`; gives what to put back with import_leave. */
size_t import_enter(struct importing *im, const char *sign, struct str part);
void import_leave(struct importing *im, size_t before);

/* Reads what is in `stream`, whatever it is, and hands it over. `name` is its path, of which only the last parts tell
 * something. Unless `sure` that it is a document, only what is known by name or bytes is read. */
void import_stream(struct importing *im, struct stream *stream, struct str name, bool sure);

/* Whether a file of a folder or an archive, with the path `name`, may hold documents. */
bool import_wants(struct str name);

/* Hands over a document of the present origin, all but its origin and `consumed` filled. */
void import_hand(struct importing *im, struct imported *document);

/* The same of a post: its title becomes a heading before its text, unless the text begins with it. */
void import_hand_post(struct importing *im, struct imported *post);

/* A post's title as text, where it may be HTML; null where nothing is left. */
struct str import_plain_title(struct arena *arena, struct str title);

/* Adds HTML in which lines' ends mean paragraphs and breaks, as WordPress reads it, with the tags for them. */
void import_wordpress_lines(struct buf *out, struct str text);

/* A date as containers state it (RFC 3339, RFC 5322, "2026-03-18 09:00:00") in ISO 8601; null where it is none. */
struct str import_date(struct arena *arena, struct str text);

/* Says that what has the present origin could not be read: with a whole error, or "'ORIGIN' …". Either hint or null. */
void import_fail(struct importing *im, const struct error *error);
void import_refuse(struct importing *im, const char *hint, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The part of a path behind its last slash. */
struct str import_last_name(struct str path);

/* A name without the ending that says how the file is compressed. */
struct str import_unpacked_name(struct str name);

/* Whether `name` ends in `ending`, whatever the case, and has something before it. */
bool import_has_ending(struct str name, struct str ending);

/* ------------------------------------------------------------------ Substack (import_substack.c) */

/* What posts.csv says; in the arena. */
const struct posts *posts_read(struct arena *arena, struct str csv);

/* Hands over the file `path` of an export as the post that im->posts says it is, unless it is a draft. False where it is
 * none of its posts. */
bool posts_hand(struct importing *im, struct str path, struct str bytes);

/* ------------------------------------------------------------------ XML as a stream (import_xml.c) */

/* An element that begins; lent. */
struct xml_tag {
	struct str space, name;  /* its name space and local name; "" for none */
	const void *attributes;  /* see xml_attribute */
	int attribute_count;
};

/* The value of the attribute with this local name, in whatever name space; null where there is none. */
struct str xml_attribute(const struct xml_tag *tag, const char *name, struct arena *arena);

struct xml_taker {
	void (*begin)(void *user, const struct xml_tag *tag);
	void (*end)(void *user, struct str name);
	void (*text)(void *user, struct str text);
	bool (*stop)(void *user); /* asked now and then */
};

/* Reads the stream as XML to its end. What is damaged is read around where that can be: -1 with `error`, which then
 * says where the damage began (like the end of a sentence with the file's name: "is damaged in line 3: …"). Declared
 * entities are refused: they could swell without bounds. HTML's names for characters (&nbsp;) are known. */
int xml_stream(struct stream *stream, const struct xml_taker *taker, void *user, struct error *error);

/* Adds the element's begin, or its end, as HTML. */
void xml_write_tag(struct buf *out, const struct xml_tag *tag);
void xml_write_end(struct buf *out, struct str name);

/* Whether `head` begins XML whose root has one of these local names (ended by NULL). */
bool xml_root_is(struct str head, const char *const *names);

/* ------------------------------------------------------------------ zips (import_archive.c) */

/* Shows each file of a zip, with its path, to `visit`. 0, or -1 with `error` (as xml_stream's). */
typedef void zip_visit_fn(void *user, struct str name, struct stream *file);
int zip_visit(struct importing *im, struct stream *packed, zip_visit_fn *visit, void *user, struct error *error);

/* ------------------------------------------------------------------ programs (import_program.c) */

/* Runs a program of PATH, `arguments` as for execve(2), with `input` as its standard input, and adds what it prints to
 * `out`. It is ended when it takes longer than so many seconds or prints more than `most` bytes. 0, or -1 with `error`. */
int program_run(char *const *arguments, int input, size_t most, unsigned seconds, struct buf *out, struct error *error);

/* ------------------------------------------------------------------ addresses (import_url.c) */

/* Whether a path is an address on the web. */
bool import_is_address(struct str path);

/* Fetches what is at the address, which is the origin, and reads it. */
void import_address(struct importing *im, const char *address);

/* ------------------------------------------------------------------ kinds of containers */

/* Each kind knows itself by the name (a path) and the first bytes, and reads what is in the stream. */
struct import_kind {
	bool (*judge)(struct str name, struct str head);
	void (*import)(struct importing *im, struct stream *stream, struct str name, bool sure);
};
extern const struct import_kind import_kind_docx;    /* before archives: it is a zip, too */
extern const struct import_kind import_kind_archive; /* .zip .tar .gz .bz2 .xz .zst (import_archive.c) */
extern const struct import_kind import_kind_pdf;
extern const struct import_kind import_kind_mbox;
extern const struct import_kind import_kind_ghost;
extern const struct import_kind import_kind_feed;    /* RSS, Atom, Blogger, WordPress */

#endif
