/* Time expressions as the grammar (know/time_rules.h) finds them on tokens: which rule, what its elements state. Nothing is
 * resolved here: "last Friday" is a step of -1 and a weekday of 5. */
#ifndef DAYBOOK_EXPRESSIONS_H
#define DAYBOOK_EXPRESSIONS_H

#include "../know/time_rules.h"
#include "../know/zone.h"
#include "../record/record.h"
#include "../text/document.h"

enum { EXPRESSION_CAPTURES = 16 };

/* A field that an element states, and the tokens that say it. */
struct capture {
	uint8_t field, half;
	uint32_t first, last;
	int64_t value;
};

struct expression {
	uint32_t from, tokens;        /* all that it takes, with what is outside its span */
	uint32_t first[2], last[2];   /* its tokens, inclusive; of a range its two halves, else [1] is like [0] */
	bool is_range;
	uint16_t rule;                /* in time_rules */
	uint16_t ops;                 /* bits: what this and the other readings of the words do; those not set, none does */
	uint8_t captures;
	struct capture capture[EXPRESSION_CAPTURES];
	struct zone_mention zone[2];
};

/* The longest expression that begins at token `at` and ends before `limit`; the upper rule of two as long. False: none.
 * Its rule may be OP_NOTHING: the words only look like a time. Rules whose operation's bit is in `without` are left out.
 * Constant time, for patterns are short. Where the document has a memory of matches, who asks again is answered from it. */
bool expression_at(const struct document *d, uint32_t at, uint32_t limit, uint32_t without, struct expression *out);

/* A memory of what was found, for d->matches: layout asks first, the times for the same; behind them it may be forgotten
 * (m may be NULL). Closing it gives the bytes that it took. */
struct matches *matches_open(const struct document *d);
void matches_forget(struct matches *m);
size_t matches_close(struct matches *m);

/* Whether an expression may begin with this token: the cheap question asked of every one. */
static inline bool expression_may_begin(const struct token *t) {
	return t->kind == TOKEN_WORD ? (uint16_t)(time_word_of[t->word] - 1) < time_beginners : t->kind == TOKEN_NUMBER || (t->kind == TOKEN_PUNCT && t->number == '\'');
}

/* What the fields of an expression's half state, the rule's own statements among them. */
struct frame {
	uint64_t has; /* bits of the fields stated */
	int64_t value[FIELD_COUNT_OF];
	uint32_t at[FIELD_COUNT_OF]; /* the first token that states it, for spans */
};

static inline bool frame_has(const struct frame *f, enum time_field field) {
	return f->has >> field & 1;
}

/* The value of a field, or `missing`. */
static inline int64_t frame_get(const struct frame *f, enum time_field field, int64_t missing) {
	return frame_has(f, field) ? f->value[field] : missing;
}

/* The frame of half 0 or 1. */
void expression_frame(const struct expression *e, int half, struct frame *out);

/* The longest phrase of a set of words at token `at`: its tokens (0: none) and its value. */
uint32_t time_set_at(const struct document *d, uint32_t at, uint32_t limit, unsigned set, int64_t *value);

/* Private to expression_at (matches.c): keeps the first answer for a token; gives it back where the limit is the same, zones
 * left out, or returns false. */
void matches_keep(struct matches *m, uint32_t at, uint32_t limit, bool found, const struct expression *e);
bool matches_recall(const struct matches *m, uint32_t at, uint32_t limit, bool *found, struct expression *out);

/* ---- what is read by code (numbers.c) ---- */

/* A count in words or figures with its fraction, in thousandths; COUNT_SOME where vague. */
uint32_t read_count(const struct document *d, uint32_t at, uint32_t limit, int64_t *thousandths);
/* "first", "21st", "twenty-first"; -1 of "last". */
uint32_t read_ordinal(const struct document *d, uint32_t at, uint32_t limit, int64_t *value);
/* A year in words. */
uint32_t read_year_words(const struct document *d, uint32_t at, uint32_t limit, int64_t *value);

#define NO_ZONE_MENTION ((struct zone_mention){.name = -1, .place = -1, .offset = ZONE_NO_OFFSET})

/* Reads a zone at token `at`, brackets allowed: "(EDT)", "GMT+5:30", "Tokyo time", "(Buenos Aires)"; tokens taken, or 0. */
uint32_t zone_read(const struct document *d, uint32_t at, uint32_t limit, struct zone_mention *zone);

#endif
