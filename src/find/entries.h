/* What the files that cut a listing into entries share: what each block is to the cut, what stands above, the cut itself. */
#ifndef DAYBOOK_ENTRIES_H
#define DAYBOOK_ENTRIES_H

#include "looks.h"
#include "scheduled.h"

enum fact_kind {
	FACT_SKIP,  /* a rule, page furniture */
	FACT_ROW,
	FACT_LABEL, /* begins with a label */
	FACT_DAY,   /* a date without a clock time, and little else */
	FACT_WHEN,  /* a date or time with a clock, and little else */
	FACT_ENTRY, /* when and what in one */
	FACT_HEAD,  /* a short line that may be a heading or a title */
	FACT_TEXT,
};

/* What the cut asks of a block. */
struct fact {
	uint8_t kind, label;
	bool date, clock;
	bool first;     /* a time stands at its beginning */
	bool statement; /* says what holds for all entries: a zone, an hour, a room */
	bool dateline;  /* "ATHENS - …" */
	bool alone;     /* a label and nothing else: what it announces is below */
	bool section;   /* a heading that is a kind of event and nothing else: "Exhibitions" */
	bool strong;    /* begins in bold or as a link */
	bool listed;    /* an item of a list of people, below its label */
	bool none;      /* of no entry: says that nothing is on ("No events."), or is a heading set between signs */
	bool link;      /* a link alone: "Register here" */
	bool line;      /* one of the lines or paragraphs under a day of which each is an entry */
	bool heads;     /* a day above lines that begin with their hour and tell none */
	bool under;     /* begins with its hour, right below a line that begins with the day */
	bool issue;     /* the issue's own date stands in it */
	bool told;      /* a sentence right under such a day: what happens all that day */
	bool other;     /* tells of another moment of the entry above it: "RSVP by 10 am", "Doors open at 6" */
	uint8_t words;  /* that are of no time and no filler */
	uint8_t gap;    /* blank lines and rules before it; 2 and more is a wide gap */
	uint32_t time;  /* the first of its times, in record.times */
};

/* A listing as the cut sees it: the facts of blocks [from, to). */
struct cutting {
	struct finding *f;
	const struct document *d;
	const struct look *looks;
	struct fact *facts;
	uint32_t from, to;
};

/* ---- facts.c ---- */
void facts_read(struct cutting *c);
/* Words that stand beside times without saying more ("from", "and", "(ET)", a mode, "all day"): their tokens, 0 for none. */
uint32_t filler_at(const struct document *d, uint32_t at, uint32_t limit);

/* ---- several.c ---- */
enum { SEVERAL = 16 };
/* The parts of block `block`, an entry, where it holds several events; how many, 0 where it is one. */
uint32_t several_in(const struct cutting *c, uint32_t block, struct range out[SEVERAL]);

/* What block `i` is; FACT_SKIP outside of the listing. */
static inline const struct fact *fact_at(const struct cutting *c, uint32_t i) {
	static const struct fact none = {.kind = FACT_SKIP};
	return i >= c->from && i < c->to ? &c->facts[i - c->from] : &none;
}

static inline bool form_heading(const struct cutting *c, uint32_t i) {
	return i < c->to && c->d->blocks.at[i].kind == BLOCK_HEADING;
}

/* ---- above.c: what holds for all entries below ---- */

/* What the listing's heading says, and the masthead and what else stands above it outside of essays. */
struct inherited above_listing(const struct cutting *c, uint32_t listing);
/* "All times are Eastern", "Seminars are held on Wednesdays 13.15-14.05 in Room 2.04": reads it into `above`; whether it says so. */
bool statement_read(const struct cutting *c, uint32_t block, struct inherited *above);

/* ---- cut.c ---- */

/* Which blocks make an entry: in *lengths of scratch memory, for each block of [from, to), how many the entry takes that begins
 * there, 0 where none does. `dated`: a date stands above. Chooses, among all ways to cut, the one whose entries look best; linear. */
uint16_t *cut_best(const struct cutting *c, bool dated);

#endif
