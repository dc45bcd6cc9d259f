/* Paragraphs of plain text for mail, in lines of at most WRAP_COLUMNS columns: format=flowed (RFC 3676). */
#ifndef DAYBOOK_WRAP_H
#define DAYBOOK_WRAP_H

#include "../base/buf.h"

#define WRAP_COLUMNS 72

/* Adds `text` as a paragraph. Its first line begins with `first`, the others with `rest`, spaces or "> "; '\n' in it ends a
 * line. Lines that a reader's program may join again end with a space where nothing is indented (§4.1); a line that could be
 * taken for a quotation or is indented has one space more in front (§4.4). A word that is wider than the line stands alone,
 * but text without spaces is cut between its characters. Control characters are left out as plain_add does. */
void wrap_text(struct buf *out, struct str text, const char *first, const char *rest);

/* A line of `mark`, as wide as `text`, behind it. */
void wrap_underlined(struct buf *out, struct str text, char mark);

#endif
