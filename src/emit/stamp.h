/* Stamps: numbers that tell, without writing a page, whether it would be what it was. A stamp is a hash of all that a page is made
 * from: the documents that stand on it, the names of the pages that it leads to, and what every page depends on. Where two
 * builds give a page the same stamp, it has the same bytes. */
#ifndef DAYBOOK_STAMP_H
#define DAYBOOK_STAMP_H

#include "publication.h"

/* Makes the stamps of a publication whose events have their UIDs: of each issue, article, event and subject, from all that the
 * record says, the name of its page and of those it leads to. `all` is of what decides the output beside the documents
 * (the program, the house, the options); for 0 no stamps are made, and every page is written. */
void stamps_make(struct publication *p, uint64_t all);

/* `stamp` with one more number, or text, that the page depends on. */
uint64_t stamp_add(uint64_t stamp, uint64_t more);
uint64_t stamp_text(uint64_t stamp, struct str text);

/* Whether the sink has the file from an earlier build, made from the same; else the stamp is noted for the next put, which
 * must be of this file. `stamp` need not have p->stamps.all in it. */
bool stamp_stands(const struct publication *p, struct sink *sink, struct str path, uint64_t stamp);

#endif
