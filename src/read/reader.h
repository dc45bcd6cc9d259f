/* What the readers share; private to this room. */
#ifndef DAYBOOK_READER_H
#define DAYBOOK_READER_H

#include "../base/buf.h"
#include "../base/error.h"
#include "source.h"

/* ------------------------------------------------------------------ maps (map.c) */

/* Adds a run to `map`; nothing where it only continues the last one. */
void map_add(struct arena *arena, struct source_map *map, uint32_t text, uint32_t original, bool exact);

/* Where `map` leads from `at`; `at` itself when the map is empty. */
uint32_t map_at(const struct source_map *map, uint32_t at);

/* The first position that leads to `original` or behind it, for a map that never goes back. */
uint32_t map_back(const struct source_map *map, uint32_t original);

/* Adds to `out`, from its position `text` on, the way through `first` (text -> middle) and then `second`
 * (middle -> original), of `len` bytes of text. An empty map is the same bytes. */
void map_through(struct arena *arena, struct source_map *out, uint32_t text, const struct source_map *first,
	uint32_t len, const struct source_map *second);

/* Puts source->marks into their order, an outer one before those inside it; stable (marks.c). */
void marks_sort(struct source *source);

/* Fills source->lines and source->columns from source->page (source.c). */
void lines_index(struct source *source);

/* ------------------------------------------------------------------ characters (encoding.c) */

/* Bytes of one encoding as UTF-8. */
struct decoded {
	struct str text;         /* the bytes themselves when they are UTF-8 */
	struct str encoding;     /* constant or in the arena */
	struct source_map runs;  /* text -> bytes; empty when they are the same */
	array_of(struct source_suspect) suspects; /* bytes that do not belong to the encoding; spans of `text` */
};

/* Reads `bytes` as UTF-8. A BOM decides; then what is well-formed UTF-8; then `declared` (a charset's
 * name or null); else UTF-16 by its zeros, UTF-8 with some bad bytes, or Windows-1252, which
 * "iso-8859-1" also means (WHATWG Encoding §4.2). */
void encoding_decode(struct arena *arena, struct decoded *out, struct str bytes, struct str declared);

/* Whether `bytes` can be text at all: -1 with `error` for pictures, archives, office files, noise. */
int encoding_check_text(struct str bytes, struct str name, struct error *error);

/* The code point of a byte of Windows-1252 (WHATWG: the five holes are C1 controls). */
uint32_t windows_1252(unsigned char byte);

/* ------------------------------------------------------------------ damage (damage.c) */

/* Of so many suspects in one file more would help nobody. */
enum { SUSPECTS_LIMIT = 1000 };

/* Finds in source->text what a wrong encoding left (mojibake, U+FFFD, C1 controls, NUL) and puts it into
 * source->suspects, in order, with those already there. */
void damage_find(struct source *source);

/* ------------------------------------------------------------------ forms */

/* The form of a file by its name, then by its bytes (form.c). */
enum source_form form_judge(struct str name, struct str bytes);

/* The form that the end of a file's name tells, or SOURCE_UNKNOWN. */
enum source_form form_of_name(struct str name);

/* Each reader fills `text`, `runs`, `marks` and what the form states from `page` (mail: from `original`).
 * HTML and TimeML give the way from their text to the page in *runs. 0, or -1 with `error`. */
int read_text(struct source *source, struct error *error);
int read_markdown(struct source *source, struct error *error);
int read_html(struct source *source, struct source_map *runs, struct error *error);
int read_mail(struct source *source, struct error *error);
int read_timeml(struct source *source, struct source_map *runs, struct error *error);

/* Whether a file that begins with `head` is TimeML: by its root. */
bool timeml_judge(struct str head);

/* The date of YYYY-MM-DD that a time stamp begins with, or null (html.c). */
struct str stamp_date(struct str stamp);

/* The charset that a page declares in its first 1024 bytes (HTML §13.2.3.2), or null. */
struct str html_charset(struct str bytes);

/* Text taken from a page of HTML. Released with html_release. */
struct html {
	struct arena *arena; /* of the source */
	struct buf text;
	struct source_map runs; /* text -> page */
	array_of(struct mark) marks;
	struct str title, date;
	uint32_t blocks; /* how many paragraphs, headings, items, rows and breaks it has */
};
int html_extract(struct html *html, struct arena *arena, struct str page, struct error *error);
void html_release(struct html *html);

/* Adds to the source the suspects of a page whose text stands at `text` and is found by `runs`
 * (text -> page); those in markup are left out. */
void suspects_add(struct source *source, const struct decoded *page, uint32_t text, const struct source_map *runs);

/* ------------------------------------------------------------------ mail's encodings (transfer.c) */

enum transfer { TRANSFER_PLAIN, TRANSFER_QUOTED, TRANSFER_BASE64 };

/* Decodes `raw`, which stands in the file at `base`; `map` leads from the result to the file. Bytes that
 * the encoding does not know are passed over (base64) or kept (quoted-printable). */
struct str transfer_decode(struct arena *arena, struct str raw, uint32_t base, enum transfer transfer,
	struct source_map *map);

/* Undoes format=flowed; `map` leads from the result to `page`. */
struct str flowed_decode(struct arena *arena, struct str page, bool delete_space, struct source_map *map);

/* Adds MARK_CONTENTS over what is not the bulletin's own words in extracted text: forwarded headers,
 * quoted mail, signatures, "View in browser", unsubscribe footers (furniture.c). */
void furniture_mark(struct source *source);

#endif
