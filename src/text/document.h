/* The document: a source's text cut once into lines, blocks, sentences and tokens. Finders walk its
 * arrays of tokens; vocabulary look-up has been done for each token. Hidden bytes (markup) are in
 * no token. */
#ifndef DAYBOOK_DOCUMENT_H
#define DAYBOOK_DOCUMENT_H

#include "../know/words.h"
#include "../read/source.h"

enum token_kind {
	TOKEN_WORD,   /* letters, with inner apostrophes, and inner or last full stops in abbreviations of single
	                 letters or known ones ("U.S.", "p.m.", "Ph.D.", "don't"); hyphens stand between words */
	TOKEN_NUMBER, /* digits; with thousands commas ("1,200") they are one token */
	TOKEN_PUNCT,  /* one character, `number` says which; or a run: "--", "...", a rule's "======" */
	TOKEN_URL,
	TOKEN_EMAIL,
};

enum token_shape { SHAPE_NONE, SHAPE_LOWER, SHAPE_CAPITAL /* Xxx */, SHAPE_UPPER /* XXX, X */, SHAPE_MIXED /* xXx, iPhone, DeAnna */ };

enum token_flag {
	TOKEN_SPACE = 1,     /* white space, a line end or hidden bytes with white space stand before it */
	TOKEN_LINE = 2,      /* first of its line */
	TOKEN_BLOCK = 4,     /* first of its block */
	TOKEN_SENTENCE = 8,  /* first of its sentence */
	TOKEN_DOTTED = 16,   /* a word with full stops inside or one at its end: U.S., p.m., Lt. */
	TOKEN_OPENS = 32,    /* an opening quotation mark or bracket (judged by context for straight marks) */
	TOKEN_CLOSES = 64,   /* a closing one */
	TOKEN_POSSESSIVE = 128, /* a word with "'s" that was looked up without it: "Tokyo's" has the id of Tokyo */
};

enum { TOKEN_NUMBER_MOST = (1 << 27) - 1, TOKEN_DIGITS_MOST = 31 };

/* Sixteen bytes: there is one for every fifth byte of the text. */
struct token {
	uint32_t begin, end;  /* of the text */
	uint32_t number : 27; /* TOKEN_NUMBER: its value, TOKEN_NUMBER_MOST when larger; TOKEN_PUNCT: its code point with
	                         dashes folded to '-' (also U+2212 and "--"), quotes to ' and ", "…" to U+2026 */
	uint32_t digits : 5;  /* TOKEN_NUMBER: how many digits are written (08 has two), TOKEN_DIGITS_MOST when more */
	uint32_t word : 18;   /* TOKEN_WORD, TOKEN_PUNCT: its id in the vocabulary (know/words.h), 0 when it is not there */
	uint32_t kind : 3, shape : 3, flags : 8;
};

enum block_kind {
	BLOCK_TEXT,
	BLOCK_HEADING, /* the form says so (Markdown, HTML); plain-text headings are for finders to judge */
	BLOCK_ITEM,    /* an item of a list, by the form or by a bullet or number at the line's start */
	BLOCK_QUOTE,   /* a block quotation by the form, or by `>` at the line's start */
	BLOCK_ROW,     /* a row of a table; its cells are in `cells` */
	BLOCK_NOTE,    /* the text of a note, by the form */
	BLOCK_CODE,
	BLOCK_RULE,    /* a line of dashes, stars, equals signs or underscores, or the form's own */
	BLOCK_CONTENTS,
};

/* A paragraph, as a reader sees it: hard-wrapped lines are joined, lines that stand for themselves
 * ("By …", "Date: …", one entry a line) are blocks of their own. A line is taken as going on when the
 * first word of the next would not have fitted in the document's own measure. */
struct block {
	struct span span;       /* without white space at the ends; hidden bytes may be inside */
	uint32_t token, tokens; /* the first and how many */
	uint32_t line, lines;   /* in document.lines */
	uint8_t kind, level;    /* level: of a heading, the depth of an item or quotation */
	bool heading_row;       /* BLOCK_ROW: the table's heading */
	uint16_t gap;           /* blank lines before it (2 or more is a wide gap); the form's paragraphs count as 1 */
	uint16_t indent;        /* columns of white space before its first line */
	uint32_t note;          /* BLOCK_NOTE: the mark that says so, its index + 1; else 0 */
	uint32_t cell, cells;   /* BLOCK_ROW: in document.cells */
	uint32_t table;         /* BLOCK_ROW: a number that rows of the same table share, from 1 */
};

struct line {
	struct span span; /* without its end and without white space at the ends */
	uint32_t token, tokens;
	uint32_t block; /* UINT32_MAX for a blank line */
	uint16_t indent; /* columns before `span` */
	uint16_t quote;  /* plain text: how many `>` stand before it; they are in no token */
};

struct cell {
	struct span span;
	uint32_t token, tokens;
	uint32_t column; /* from 1 */
};

struct sentence {
	uint32_t token, tokens;
	uint32_t block;
};

struct document {
	const struct source *source;
	struct str text; /* source->text */
	array_of(struct token) tokens; /* one TOKEN_PUNCT of code 0 stands behind the last, as a fence */
	array_of(struct line) lines;
	array_of(struct block) blocks;
	array_of(struct sentence) sentences;
	array_of(struct cell) cells;
	bool day_first;   /* its dates in figures stand day first; set before anything is found (find/date_order.h) */
	uint32_t measure; /* the columns at which the text is wrapped, or 0 where paragraphs are one line each */
	struct arena *arena; /* lent; everything above is in it */
	struct arena *words; /* lent; what document_words makes is in it */
	struct mark_index *marks; /* private to document_mark */
	struct matches *matches;  /* private to expression_at (find/expressions.h); NULL: nothing is kept */
};

/* Cuts the source's text. Both arenas are lent: the document lives in `arena`, and the strings that document_words
 * makes of it, which may outlive it, in `words`. Linear in the text. */
void document_cut(struct document *document, const struct source *source, struct arena *arena, struct arena *words);

/* The text at `span` as a reader sees it: hidden bytes left out, line ends and runs of white space
 * made one space, trimmed. In the arena of words only where that changes anything; else borrowed. */
struct str document_words(const struct document *document, struct span span);

/* The text of token `i` as written. */
static inline struct str token_text(const struct document *d, uint32_t i) {
	return (struct str){d->text.at + d->tokens.at[i].begin, d->tokens.at[i].end - d->tokens.at[i].begin};
}

/* From the first byte of token `first` to the last byte of token `last` (inclusive). */
static inline struct span token_span(const struct document *d, uint32_t first, uint32_t last) {
	return (struct span){d->tokens.at[first].begin, d->tokens.at[last].end};
}

/* The label of a BLOCK_NOTE, by the form; null where there is none. */
static inline struct str block_label(const struct document *d, const struct block *b) {
	return b->note ? d->source->marks.at[b->note - 1].value : STR_NULL;
}

static inline bool token_is_punct(const struct token *t, uint32_t code) {
	return t->kind == TOKEN_PUNCT && t->number == code;
}

/* Whether token `at`, before `limit`, is the sign `code`; the word `word`, but for the case of A-Z; stands behind white space. */
static inline bool is_sign(const struct document *d, uint32_t at, uint32_t limit, uint32_t code) {
	return at < limit && token_is_punct(&d->tokens.at[at], code);
}

static inline bool is_word(const struct document *d, uint32_t at, uint32_t limit, const char *word) {
	return at < limit && d->tokens.at[at].end - d->tokens.at[at].begin == strlen(word) &&
		str_equal_nocase(token_text(d, at), str_from(word));
}

static inline bool is_spaced(const struct document *d, uint32_t at) {
	return d->tokens.at[at].flags & TOKEN_SPACE;
}

/* The first token that begins at or after text position `at` (the fence's index where there is none);
 * the block that holds it (or the next one; blocks.count where there is none). By bisection. */
uint32_t document_token_at(const struct document *document, uint32_t at);
uint32_t document_block_at(const struct document *document, uint32_t at);

/* The marks of `kind` that overlap `span`: gives the first whose index is *from or more and sets *from behind
 * it, or NULL. Begin with 0. */
const struct mark *document_mark(const struct document *document, enum mark_kind kind, struct span span, uint32_t *from);

/* Phrases (know/words.h) at token `at`: how many tokens the longest phrase of class `c` takes that
 * begins there, 0 for none; its value goes to *value (may be NULL). Single words are phrases of one.
 * Does not run past `limit` (a token index), nor over a block's end. */
static inline uint32_t phrase_at(const struct document *document, uint32_t at, uint32_t limit, enum word_class c, int32_t *value);

/* Private part: what phrase_at asks where the word does begin such phrases, one token in a hundred. */
uint32_t phrase_match(const struct document *document, uint32_t at, uint32_t limit, enum word_class c, int32_t *value);

static inline uint32_t phrase_at(const struct document *document, uint32_t at, uint32_t limit, enum word_class c, int32_t *value) {
	if (at >= limit || at >= document->tokens.count || !word_starts(document->tokens.at[at].word, c))
		return 0;
	return phrase_match(document, at, limit, c, value);
}

/* Prints lines, blocks, sentences and tokens, for people who debug. */
struct buf;
void document_print(const struct document *document, struct buf *out);

#endif
