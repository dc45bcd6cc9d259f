/* Names for pages: from a date and a title, unique within one folder of the site. */
#ifndef DAYBOOK_SLUG_H
#define DAYBOOK_SLUG_H

#include "../base/buf.h"
#include "../base/memory.h"

/* The names taken so far. Zeroed is empty; it lives in the arena given to slug_take. */
struct slugs {
	struct slug_row *rows;
	uint32_t count, room; /* room is a power of two, or 0 */
};

/* Adds `text` to `out` in lower-case ASCII letters and digits with single hyphens between words, cut
 * at a word's end near 64 bytes. Latin letters lose their accents; apostrophes and other scripts are dropped.
 * Adds nothing when nothing is left. */
void slug_add(struct buf *out, struct str text);

/* `wanted`, or `wanted`-2, -3 … where that is taken already; a copy in `arena`. Constant time. */
struct str slug_take(struct slugs *slugs, struct arena *arena, struct str wanted);

#endif
