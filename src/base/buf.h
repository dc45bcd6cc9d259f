/* A growing buffer of output bytes, and the ways text is escaped for a format. */
#ifndef DAYBOOK_BUF_H
#define DAYBOOK_BUF_H

#include "str.h"

struct buf {
	char *at; /* owned; may be NULL when empty */
	size_t len, room;
};

/* Zeroed ({0}) is an empty buffer. Frees its bytes and makes it empty. */
void buf_release(struct buf *buf);
/* Empties it but keeps the memory. */
void buf_clear(struct buf *buf);

/* Makes room for `more` bytes behind the end and gives their address. */
char *buf_reserve(struct buf *buf, size_t more);

void buf_add(struct buf *buf, struct str s);
void buf_text(struct buf *buf, const char *text);
void buf_byte(struct buf *buf, char byte);
void buf_format(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_number(struct buf *buf, int64_t number);

/* What it holds; valid until the next change. */
struct str buf_str(const struct buf *buf);

/* `s` with & < > " ' as character references, and characters that XML 1.0 §2.2 forbids left out:
 * fit for HTML and XML text and attribute values. */
void buf_markup(struct buf *buf, struct str s);

/* `s` as a JSON string with its quotation marks, or null for a null str (RFC 8259 §7). Bytes that
 * are not UTF-8 become U+FFFD. */
void buf_json(struct buf *buf, struct str s);

/* As buf_json, but < > & and U+2028/2029 as \u escapes, fit for a script element. */
void buf_json_script(struct buf *buf, struct str s);

/* `s` percent-encoded for a URL path segment or query value (RFC 3986 §2.3: unreserved stay). */
void buf_percent(struct buf *buf, struct str s);

#endif
