/* What the files that find quotations share: stretches in quotation marks, and a paragraph as a row of items in which
 * such a stretch is one item, so that "“A. B?” he said" reads as "“…” he said". */
#ifndef DAYBOOK_QUOTING_H
#define DAYBOOK_QUOTING_H

#include "cues.h"
#include "find.h"

/* A stretch in quotation marks, over several paragraphs where each is opened by a mark. */
struct quoted {
	uint32_t open, close; /* the tokens of its marks; close is the token behind its last where no mark closes it */
	bool closed;
	bool used;         /* it is part of a quotation */
	uint32_t speaker;  /* of that, or NONE */
};

enum item_flag {
	ITEM_CAPITAL = 1,  /* a word that begins with a capital */
	ITEM_SENTENCE = 2, /* begins a sentence */
	ITEM_NUMBER = 4,
	ITEM_OWNS = 8,     /* a word with 's */
	ITEM_TIME = 16,    /* a weekday, a month, "today" */
	ITEM_ED = 32,      /* a small word that ends in -ed */
	ITEM_ROLE = 64,    /* heads or tells a role: minister, expert */
};

struct item {
	uint32_t first, last; /* tokens, inclusive */
	uint32_t quoted;      /* in quoting.quoted, or NONE */
	int32_t cue;          /* the sum of a phrase of WORD_CUE that begins here (cues.h), or 0 */
	uint8_t cue_items;    /* how many items that phrase takes */
	uint8_t grammar;      /* enum grammar */
	uint8_t sign;         /* , . : ; - ? ! and others as '*'; 0 for a word */
	uint8_t flags;        /* enum item_flag */
};

/* Items [from, to). */
struct item_range {
	uint32_t from, to;
};

/* Who said it, with which word; what the next sentence of the same voice goes by. */
struct voice {
	struct span cue, source, addressee, outlet;
	uint32_t speaker;
	uint32_t block; /* where it was heard, or NONE */
};

/* A sentence: items [from, to), which of its paragraph. */
struct utterance {
	uint32_t from, to, number;
};

struct quoting {
	struct finding *f;
	const struct document *d;
	struct record *r;
	array_of(struct quoted) quoted; /* in order, apart from each other */
	array_of(struct item) items;    /* of the paragraph being read, with a fence '.' behind them that is not counted */
	uint32_t block;                 /* that paragraph */
	uint8_t *kinds;                 /* of each block: enum block_voice */
	struct voice voice;
	bool inside;                    /* what is in quotation marks is read: who speaks of himself is `self` */
	uint32_t self;
	struct voice intro;             /* of a paragraph that ends in a colon or "wrote,": the next one's; block: that paragraph */
	uint32_t sentence;              /* the sentence of `voice`, counted in the paragraph; NONE: not in this one */
};

/* What a block may hold of speech. */
enum block_voice {
	VOICE_NONE,   /* headings, listings, notes, bylines: titles in quotation marks are none of ours */
	VOICE_PROSE,  /* to be read */
	VOICE_QUIET,  /* prose without quotation marks and words that attribute */
	VOICE_QUOTED, /* a block quotation by the form */
};

static inline bool item_is(const struct quoting *q, uint32_t at, uint32_t to, uint8_t sign) {
	return at < to && q->items.at[at].sign == sign;
}

static inline struct quoted *quoted_at(struct quoting *q, uint32_t item) {
	return &q->quoted.at[q->items.at[item].quoted];
}

static inline uint8_t item_grammar(const struct quoting *q, uint32_t at, uint32_t to) {
	return at < to ? q->items.at[at].grammar : GRAMMAR_NONE;
}

static inline bool item_quoted(const struct quoting *q, uint32_t at, uint32_t to) {
	return at < to && q->items.at[at].quoted != NONE;
}

/* The text of items [from, to), not empty. */
static inline struct span item_span(const struct quoting *q, struct item_range r) {
	return token_span(q->d, q->items.at[r.from].first, q->items.at[r.to - 1].last);
}

/* ---- quotation_marks.c ---- */

/* Judges all blocks (q->kinds) and finds what stands in quotation marks. */
void quoted_find(struct quoting *q);
/* Without its marks; empty where nothing is in them. */
struct span quoted_inner(const struct quoting *q, const struct quoted *s);
/* Whether it reads as the title of a work, an organisation or the like: most of its words begin with capitals. */
bool quoted_is_title(const struct quoting *q, const struct quoted *s);
/* How many words are in it, at most `most`. */
uint32_t quoted_words(const struct quoting *q, const struct quoted *s, uint32_t most);

/* ---- quotation_items.c ---- */

/* Makes q->items of block `block`. *from is the first of q->quoted that may end in it, and is moved on. */
void items_make(struct quoting *q, uint32_t block, uint32_t *from);
/* Makes q->items of what is in quotation marks. */
void items_inside(struct quoting *q, const struct quoted *s);
/* The end of the sentence that begins at item `from`. */
uint32_t items_sentence(const struct quoting *q, uint32_t from);

/* ---- quotation_sources.c ---- */

/* Who stands before the verb at item `verb` in a sentence that begins at `from`: the source, without the verb's
 * auxiliaries and adverbs; empty where nobody does. *chain is the first item of the verb with those. */
struct item_range source_before(const struct quoting *q, uint32_t from, uint32_t verb, uint32_t *chain);
/* Who stands behind a verb that ends before item `at`: "said the minister, Jo Park, on …". Empty where nobody does. */
struct item_range source_behind(const struct quoting *q, uint32_t at, uint32_t to);
/* Behind what sets the scene at a sentence's begin: "On Monday, after the vote,". */
uint32_t scene_end(const struct quoting *q, uint32_t from, uint32_t to);
/* Whether items [from, to) have a finite verb, as far as one can tell. */
bool has_finite(const struct quoting *q, uint32_t from, uint32_t to);
/* Whether a noun phrase may begin at `at`. */
bool begins_noun(const struct quoting *q, uint32_t at, uint32_t to);

/* ---- quotation_clauses.c ---- */

/* What is said, behind the verb. */
struct said {
	struct item_range content; /* empty: nothing is */
	struct item_range addressee;
	bool colon; /* a colon ends the sentence: a block follows */
	bool that;  /* "that" or a question word opens it */
};
/* "in a recent essay in Foreign Affairs": where what was written behind item `at` appeared; empty where that is not said. */
struct item_range outlet_behind(const struct quoting *q, uint32_t at, uint32_t to);
struct said said_behind(const struct quoting *q, uint32_t at, uint32_t to, int32_t cue);

/* Over "in a statement", "on Monday", "at a conference in Oslo" where speech follows. */
uint32_t skip_adjuncts(const struct quoting *q, uint32_t at, uint32_t to, int32_t cue);

/* ---- quotation_contents.c ---- */

/* What is in quotation marks among items [from, to): all of it, a part, or nothing. Titles count as nothing. */
uint8_t kind_of(struct quoting *q, struct item_range r);
/* Without signs at the ends. */
struct item_range trimmed(const struct quoting *q, struct item_range r);
/* Behind quotations that are listed from item `at`: "“A” and “B”". */
uint32_t quotes_end(const struct quoting *q, uint32_t at, uint32_t to);
/* Adds a quotation to the record. */
void state(struct quoting *q, uint8_t kind, struct span content, const struct voice *voice);
/* Adds the quotation of items `r`: one for each where quotations only are listed ("“A” and “B”"). */
void state_items(struct quoting *q, struct item_range r, uint8_t kind, const struct voice *voice);

/* ---- quotation_verbs.c ---- */

/* Reads the word that attributes at item `at`; whether it does so here. */
bool attribute(struct quoting *q, const struct utterance *s, uint32_t at);
/* Takes the sentence's subject for its voice: who "… gave it a blanket approval:" speaks of. */
void speak_subject(struct quoting *q, const struct utterance *s);

/* ---- quotation_blocks.c ---- */

/* Block quotations: by the form, or behind a paragraph that introduces them. Gives the block to go on with, or `block`
 * where it is none. */
uint32_t block_read(struct quoting *q, uint32_t block);
/* Adds paragraphs in another voice that stand between a sentence that tells what somebody holds and one that says what the
 * same "also" holds. Quotations are in the order of the text. */
void blocks_between(struct quoting *q);

/* ---- speakers.c ---- */

/* The entity that the source means, or NONE. `at` is the quotation's place in the text. */
uint32_t speaker_of(struct quoting *q, struct span source);

#endif
