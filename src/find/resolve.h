/* Working out what an expression means: the TIMEX3 value from the fields its words state and the anchors of its place. */
#ifndef DAYBOOK_RESOLVE_H
#define DAYBOOK_RESOLVE_H

#include "../know/period.h"
#include "expressions.h"

/* What a place in the text resolves against. */
struct anchors {
	struct civil now;     /* the document's date, the essay's inside an essay; unknown where there is none */
	struct civil about;   /* where there is none, the first of the month or term that the masthead names; else unknown */
	bool about_month;     /* it names a month */
	struct civil moment;  /* the same with the clock, where it was given; else unknown */
	bool listing;         /* a listing of coming events: what is to come is meant */
	bool narrative;       /* a text of the past: months and days belong to the year last spoken of */
	bool history;         /* such a text, so long that nothing in it is a listing of what is to come */
	bool report;          /* a text of its own week, whatever years it names */
	struct period story;  /* the period last spoken of, UNIT_NONE before the first */
	uint32_t story_time;  /* its index in record.times, or NONE */
	struct period spoken; /* the quarter last named: "a year ago" of a quarter is a quarter */
	uint32_t spoken_time; /* its index in record.times */
	int32_t dwelling;     /* the past year in which the text now is, or CIVIL_NO_YEAR */
	uint32_t dwelling_time;
};

/* One half of an expression, resolved. */
struct resolved {
	uint8_t type;          /* enum timex_type */
	bool nothing;          /* no time after all */
	struct str value;      /* in the arena */
	struct str quant, freq;
	struct period period;  /* of the calendar, UNIT_NONE where there is none */
	uint32_t anchor;       /* the time in record.times it was resolved against, or NONE */
	bool from_now;         /* resolved against the document's date */
	struct civil begin, end; /* the interval where it is not the period's own */
	struct civil when;     /* the calendar fields known, as struct timex has them */
	bool year_given;
	int8_t weekday;
	bool impossible;
};

struct resolving {
	const struct document *d;
	struct arena *arena;
	const struct anchors *anchors;
	const struct expression *e;
	uint32_t limit;
	uint32_t begin;       /* the expression's first token, or that of the hour that stands before a day */
};

/* Each fills *out from the fields of one half. */
void resolve_date(const struct resolving *r, const struct frame *f, struct resolved *out);
void resolve_period(const struct resolving *r, const struct frame *f, struct resolved *out);
void resolve_offset(const struct resolving *r, const struct frame *f, struct resolved *out);
void resolve_duration(const struct resolving *r, const struct frame *f, struct resolved *out);
void resolve_set(const struct resolving *r, const struct frame *f, struct resolved *out);
void resolve_ref(const struct resolving *r, const struct frame *f, struct resolved *out);

/* Sets value and period, with the part of the day that the frame states. */
void resolved_period(const struct resolving *r, const struct frame *f, struct period p, struct resolved *out);

/* The mod of EDGE and MOD together, as TIMEX3 names it; null where none. */
struct str mod_name(int64_t mod);

/* "T" and the part's two letters: TMO, TNI. */
const char *part_name_of(int64_t part);

/* A duration's value: "P3D", "PT1H30M", "PXW". */
struct str duration_value(struct arena *arena, int64_t thousandths, int64_t unit);

/* -1: the verbs about tokens first..last look back, 1: ahead, 2: are of the present, 3: tell what is planned
 * ("opens Friday"), 0: there are none. */
int tense_at(const struct document *d, uint32_t first, uint32_t last, uint32_t limit);

/* Whether the verb before token `first` tells of what was done: "was built in May", "bought it in May". */
bool is_done_at(const struct document *d, uint32_t first);

#endif
