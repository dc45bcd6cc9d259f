/* Text as a terminal may get it. */
#ifndef DAYBOOK_PLAIN_H
#define DAYBOOK_PLAIN_H

#include "../base/buf.h"

/* Adds `s`, but control characters, which could command a terminal, as U+FFFD and tabs as spaces; gives its columns. */
int plain_add(struct buf *out, struct str s);

/* The same on one line: white space is folded. */
void plain_words(struct buf *out, struct str s);

#endif
