/* What the layout finders share: the ranges of blocks that a document is laid out in. */
#ifndef DAYBOOK_LAYOUT_H
#define DAYBOOK_LAYOUT_H

#include "looks.h"

/* Blocks [begin, end). */
struct block_range {
	uint32_t begin, end;
};

/* The last block that heads a listing ("Events"), or 0; looks at all blocks, so it is asked once a document. */
uint32_t listing_last_head(struct finding *f);

/* The next listing at or after block `at`; begin == end == blocks.count where there is none. `head`: listing_last_head. */
struct block_range listing_next(struct finding *f, uint32_t at, uint32_t head);

/* Writes the essays of blocks `range` into the record. */
void find_essays(struct finding *f, struct block_range range);

/* Reads the bylines of block `block` ("By A, role, and B, role"; "A is a lawyer in C.") into the article. */
void byline_read(struct finding *f, uint32_t block, struct article *article);

/* Reads where and when the essay first appeared, and its own date, from block `block`. */
void provenance_read(struct finding *f, uint32_t block, struct article *article);

/* Whether the block is the text of a note, and its label; notes.c. */
bool note_label(const struct document *d, const struct look *looks, uint32_t block, struct str *label, uint32_t *text);

#endif
