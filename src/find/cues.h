/* What data/words/cues.tsv says of a word that attributes. A value is a sum of these. */
#ifndef DAYBOOK_CUES_H
#define DAYBOOK_CUES_H

#include "../text/document.h"

enum cue {
	/* how often it opens a quotation of that kind: 1 seldom or not known, 2 tens, 3 scores of times in a corpus */
	CUE_DIRECT1 = 1, CUE_DIRECT2 = 2, CUE_DIRECT3 = 3,
	CUE_MIXED1 = 4, CUE_MIXED2 = 8, CUE_MIXED3 = 12,
	CUE_INDIRECT1 = 16, CUE_INDIRECT2 = 32, CUE_INDIRECT3 = 48,
	/* its form */
	CUE_BASE = 0, CUE_THIRD = 64, CUE_PAST = 128, CUE_PARTICIPLE = 192, CUE_ING = 256,
	/* what may follow it */
	CUE_SAY = 512,    /* a clause, also without "that" */
	CUE_THAT = 1024,  /* a clause with "that", or one that is plainly a clause */
	CUE_TELL = 2048,  /* whom it is said to, then as CUE_SAY */
	CUE_TO = 4096,    /* an infinitive */
	CUE_OBJECT = 8192, /* what it is said of */
	CUE_BY = 16384,   /* a source: "according to" */
	CUE_NOUN = 32768, /* this form is a noun as well */
	CUE_HEAD = 65536, /* a noun that "that" and what is said may follow: "the conclusion that" */
};

enum { CUE_DIRECT_MASK = 3, CUE_MIXED_MASK = 12, CUE_INDIRECT_MASK = 48, CUE_FORM_MASK = 448 };

/* What a word does in a sentence: data/words/grammar.tsv. */
enum grammar {
	GRAMMAR_NONE,
	GRAMMAR_PERSON,      /* he, she, they …: a subject */
	GRAMMAR_IT,
	GRAMMAR_OBJECT,      /* him, them, reporters' "me" */
	GRAMMAR_RELATIVE,    /* who, which */
	GRAMMAR_DETERMINER,
	GRAMMAR_POSSESSIVE,  /* his, their */
	GRAMMAR_AUXILIARY,   /* forms of have and do */
	GRAMMAR_BE,
	GRAMMAR_MODAL,
	GRAMMAR_NEGATION,
	GRAMMAR_TO,
	GRAMMAR_PREPOSITION,
	GRAMMAR_OF,
	GRAMMAR_AND,
	GRAMMAR_BUT,         /* but, while, although: another clause, mostly in another voice */
	GRAMMAR_SUBORDINATE, /* because, as, when, if: begins a clause */
	GRAMMAR_QUESTION,    /* whether, how, why: begins a clause that is asked */
	GRAMMAR_THAT,
	GRAMMAR_ADVERB,
	GRAMMAR_TIME,        /* today, yesterday, recently */
	GRAMMAR_VERB,        /* finite forms of irregular verbs */
	GRAMMAR_DOCUMENT,    /* report, statement, letter: speaks for who made it */
	GRAMMAR_PERIOD,      /* day, week: tells when, and is a noun otherwise */
};

/* What the word at token `token` does; GRAMMAR_NONE of those not in the table. */
static inline uint8_t grammar_of(const struct document *d, uint32_t token) {
	int32_t value = GRAMMAR_NONE;
	word_is(d->tokens.at[token].word, WORD_GRAMMAR, &value);
	return (uint8_t)value;
}

#endif
