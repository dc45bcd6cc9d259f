/* What the model of names (know/model.h) sees of a text: windows of tokens around capitals, and features of each
 * token in one. The tagger (names.c) and the trainer (tools/train) share it, so that what is learnt is what is asked. */
#ifndef DAYBOOK_NAME_FEATURES_H
#define DAYBOOK_NAME_FEATURES_H

#include "../know/model.h"
#include "find.h"

enum { NAME_WINDOW = 160, NAME_MARGIN = 2, NAME_FEATURES = MODEL_FEATURES, NAME_LISTED = 1024 };

/* A token as the model sees it. */
struct name_word {
	uint32_t hash;       /* of its normal form; of its kind for what is no word */
	uint32_t head, tail; /* the first and last four letters of the normal form */
	uint32_t classes;    /* of the gazetteer */
	uint16_t kind, wide; /* of the gazetteer */
	uint32_t phrase;     /* of the gazetteer's longest phrase that holds it, 0 for none */
	uint8_t place;       /* in that phrase: 1 first, 2 behind it */
	uint8_t shape;       /* enum name_form */
	uint8_t vocabulary;  /* enum name_vocabulary */
	uint8_t seen;        /* enum name_seen: what the rest of the document says of the word */
	bool acronym;        /* a few capitals among words that are written otherwise */
	bool possessive;     /* a capital that ends in 's */
	bool capital;        /* a word that begins with a capital or holds one */
	uint16_t run_from, run_to; /* the capitals it stands among, as places in the window; equal where it is no capital */
};

/* What the gazetteer says of a word: kept, for most words come again, and the gazetteer is large. */
struct name_listed {
	uint32_t hash;
	struct gazetteer_word word;
};

struct name_reader {
	const struct document *document;
	uint32_t sentence, next; /* where to look for the next window */
	uint32_t from, to;       /* the window's tokens */
	bool title;              /* most of its sentence's words have capitals */
	struct name_word words[NAME_WINDOW + 2 * NAME_MARGIN]; /* of tokens from - NAME_MARGIN and on */
	struct name_seen_word *seen; /* of capitals, by hash; and a bit for each word seen small */
	uint64_t *small;
	uint32_t seen_mask, small_mask;
	struct name_listed listed[NAME_LISTED]; /* by the low bits of their hashes */
};

/* Looks through the document once. What it keeps is in `scratch`. */
void name_reader_open(struct name_reader *r, const struct document *document, struct arena *scratch);

/* Goes to the next window, [r->from, r->to); false where there is none. Outside windows no name is. */
bool name_window(struct name_reader *r);

/* The features of token `at` of the window; how many. */
uint32_t name_features(const struct name_reader *r, uint32_t at, uint32_t out[NAME_FEATURES]);

/* The labels that token `at` of the window may have, a bit each. */
uint16_t name_allowed(const struct name_reader *r, uint32_t at);

/* The window's word for token `at`. */
static inline const struct name_word *name_word_at(const struct name_reader *r, uint32_t at) {
	return &r->words[at - r->from + NAME_MARGIN];
}

/* The word of token `at` in normal form, without a possessive's 's, in `out`; its length, at most 32. */
uint32_t name_normal(const struct document *d, uint32_t at, char out[36]);

#endif
