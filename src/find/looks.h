/* How each block looks to the layout finders: judged once, from its tokens, without knowing its neighbours. */
#ifndef DAYBOOK_LOOKS_H
#define DAYBOOK_LOOKS_H

#include "find.h"

enum look_flag {
	LOOK_HEADING = 1,      /* short, no final stop, title case or capitals, or a heading by the form */
	LOOK_BYLINE = 2,       /* begins "By Name" */
	LOOK_DATE = 4,         /* holds a date, and little else */
	LOOK_HAS_DATE = 8,     /* holds a full date */
	LOOK_PROVENANCE = 16,
	LOOK_DISCLAIMER = 32,
	LOOK_LISTING = 64,     /* names a listing: "Events", "On the calendar" */
	LOOK_NOTES = 128,      /* heads the notes */
	LOOK_NOTE = 256,       /* a note: "[1] …" */
	LOOK_BODY = 512,       /* a paragraph of prose */
	LOOK_STRAY = 1024,     /* a fragment that cannot be a paragraph */
	LOOK_LABELLED = 2048,  /* begins with an entry's label: "Time:" */
	LOOK_CAPITALS = 4096,  /* a heading all in capitals */
	LOOK_TITLE_CASE = 8192,
	LOOK_BIO = 16384,      /* "Name is a …" of a person, short */
	LOOK_FORM_HEADING = 32768,
	LOOK_NAME = 65536,     /* a person's name and nothing else */
	LOOK_NAME_FIRST = 131072, /* a person's name, a separator, and what may be a role: "Ann Lee, editor, The Post" */
	LOOK_CONTENTS = 262144,   /* of a table of contents */
	LOOK_SET_OFF = 524288,    /* a heading between signs: "== LATER ==" */
};

struct look {
	uint32_t flags;
	uint16_t words;
	uint8_t event; /* how much it looks like an entry of a listing: 3 and more does */
	uint8_t level; /* of a heading by the form */
	uint16_t refers; /* the highest note that a raised or bracketed figure in it refers to, or 0 */
};

/* One look a block, in scratch memory; judged once a document. */
const struct look *looks_of(struct finding *f);

/* Whether tokens [at, limit) hold a phrase of class `c`; its place goes to *where (may be NULL). */
bool block_has(const struct document *d, uint32_t at, uint32_t limit, enum word_class c, uint32_t *where);

/* The first full date (with a year when `year` is set) among tokens [at, limit), with its place; false for none. */
struct dates_read;
bool block_date(const struct document *d, uint32_t at, uint32_t limit, bool year, struct dates_read *out, uint32_t *where);

/* Whether the block begins by saying when the issue was made, whatever else it tells: "Compiled on Friday 6 March by …". */
bool block_issued(const struct document *d, const struct block *b);

/* What a phrase of WORD_PROVENANCE is: a cue; one that counts only at a block's beginning or behind words that name the essay
 * ("was published"); such words ("this article"). */
enum provenance_cue { PROVENANCE_CUE, PROVENANCE_WEAK, PROVENANCE_ESSAY };

/* Whether tokens [at, limit) say where an essay first appeared; the cue's place goes to *where (may be NULL); provenance.c. */
bool provenance_at(const struct document *d, uint32_t at, uint32_t limit, uint32_t *where);

/* A person's name at token `at`: capitalised words, initials, particles, hyphens; tokens taken, 0 for none. Honorifics before
 * it are taken and *skip says how many tokens they are. */
uint32_t name_at(const struct document *d, uint32_t at, uint32_t limit, uint32_t *skip);

/* The number that raised figures at token `at` write ("¹⁰"); *tokens says how many they are, 0 for none. */
uint32_t raised_number(const struct document *d, uint32_t at, uint32_t limit, uint32_t *tokens);

#endif
