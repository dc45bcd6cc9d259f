/* The steps of document_cut, in their order. Private to text/. */
#ifndef DAYBOOK_CUT_H
#define DAYBOOK_CUT_H

#include "document.h"

/* Sorts the marks by kind for document_mark. */
void index_marks(struct document *d);

/* Fills document->lines but for their tokens and blocks. */
void cut_lines(struct document *d);

/* Fills document->tokens, and each line's. */
void cut_tokens(struct document *d);

/* What the form's marks say of a line. */
struct line_form {
	uint32_t leaf;   /* the mark that holds the line's text, its index + 1; lines of one leaf belong together; 0: none */
	uint32_t row;    /* the mark of the row, its index + 1 */
	uint32_t table;  /* the mark of the table, its index + 1 */
	uint8_t kind;    /* enum block_kind */
	uint8_t level;
	bool first;      /* the leaf begins here */
	bool broken;     /* an explicit break stands before it */
	uint32_t note;   /* the mark of the note, its index + 1 */
};

/* What each line's marks say: document->lines.count of them, in `arena`. */
struct line_form *form_lines(const struct document *d, struct arena *arena);

/* How a line without marks looks. */
enum line_start {
	START_TEXT,
	START_BULLET,
	START_NUMBER, /* "1." "(a)" */
	START_NOTE,   /* "[1]" */
	START_LABEL,  /* "Date: …" */
	START_BY,
	START_PIPE,
	START_RULE,
	START_CLOCK,  /* "9 a.m. …", "Noon …", "Monday, …" */
};

struct line_look {
	uint16_t width;      /* columns with its indentation, saturating */
	uint16_t first;      /* columns of its first word */
	uint8_t start;       /* enum line_start */
	bool lower;          /* begins with a small letter */
	bool stops;          /* ends like a sentence: . ! ? : and closing marks after them */
	bool breaks;         /* the form begins something here, so it never goes on from the line before */
};

/* How each line looks, in `arena`. */
struct line_look *look_lines(const struct document *d, const struct line_form *forms, struct arena *arena);

/* The columns at which the text is hard-wrapped, or 0. */
uint32_t lines_measure(const struct document *d, const struct line_look *looks, uint32_t from, uint32_t to);
/* `measure`, or one up to three columns narrower where all lines [from, to) agree on it: who wraps by bytes breaks a line earlier. */
uint32_t lines_measure_near(const struct document *d, const struct line_look *looks, uint32_t from, uint32_t to, uint32_t measure);

/* Fills document->blocks, cells, measure, and the lines' blocks; sets TOKEN_BLOCK. */
void cut_blocks(struct document *d);

/* Fills document->sentences; sets TOKEN_SENTENCE. */
void cut_sentences(struct document *d);

#endif
