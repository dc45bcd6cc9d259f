/* The grammar of time expressions as tables: made at build time by tools/make_times.py from data/times/, which tells how
 * rules are written. A rule is a pattern over tokens whose elements state fields, and an operation that says what the
 * fields mean; find/expressions.c matches it, find/resolve*.c work the value out. */
#ifndef DAYBOOK_TIME_RULES_H
#define DAYBOOK_TIME_RULES_H

#include "../base/str.h"

/* What an element of a pattern, or the rule itself, states. ORDER FIELDS: tools/make_times.py reads this list. */
enum time_field {
	FIELD_NONE,
	FIELD_YEAR,      /* as written; two figures are completed when resolved */
	FIELD_MONTH,     /* 1-12 */
	FIELD_DAY,       /* of the month */
	FIELD_WEEKDAY,   /* 1 Monday - 7 Sunday */
	FIELD_HOUR,
	FIELD_MINUTE,
	FIELD_SECOND,
	FIELD_MERIDIEM,  /* 0 am, 12 pm */
	FIELD_CLOCK,     /* a clock time's name: minutes of the day */
	FIELD_PAST,      /* minutes past (or, negative, before) the hour: "half past", "quarter to" */
	FIELD_PART,      /* part of a day: enum day_part */
	FIELD_SEASON,    /* enum season */
	FIELD_QUARTER,   /* 1-4 */
	FIELD_HALFYEAR,  /* 1-2 */
	FIELD_WEEK,      /* ISO week of the year */
	FIELD_DECADE,    /* "1990s": 1990; "nineties": 90 */
	FIELD_CENTURY,   /* 19 of "19th century" */
	FIELD_HOLIDAY,   /* a row of data/times/LANGUAGE/holidays.tsv */
	FIELD_ERA,       /* -1 BC, 1 AD */
	FIELD_FISCAL,    /* a fiscal year or quarter is meant */
	FIELD_DAYNAME,   /* today 0, yesterday -1 */
	FIELD_UNIT,      /* enum time_unit */
	FIELD_UNITS,     /* the same of a plural; resolved as FIELD_UNIT */
	FIELD_LOWER,     /* a second, smaller unit: "three hours and 20 minutes" */
	FIELD_COUNT,     /* thousandths; COUNT_SOME where vague */
	FIELD_UPTO,      /* the larger end of a counted range, thousandths */
	FIELD_MORE,      /* the count of the smaller unit, thousandths */
	FIELD_ORDINAL,   /* first 1, second 2, last -1 */
	FIELD_STEP,      /* last -1, this 0, next 1: how many periods from the anchor's own */
	FIELD_WAY,       /* ago, earlier -1; later, hence 1 */
	FIELD_FROM,      /* enum time_anchor: what the step or way starts from */
	FIELD_MOD,       /* enum time_mod */
	FIELD_EDGE,      /* beginning, middle, end of a period: enum time_mod START MID END */
	FIELD_REF,       /* enum time_ref */
	FIELD_FREQ,      /* how often: thousandths of a time */
	FIELD_QUANT,     /* every, each, every other: enum time_quant */
	FIELD_ZONE,      /* its first token */
	FIELD_TENSE,     /* -1 the past is meant, 1 the future */
	FIELD_COUNTED,   /* the unit within which the nth is counted, enum time_unit */
	FIELD_ARTICLE,   /* says nothing; its word begins a half of a range */
	FIELD_COUNT_OF
};

/* What the fields together mean. ORDER OPS: tools/make_times.py reads this list. */
enum time_op {
	OP_NOTHING,  /* the words look like a time and are none */
	OP_DATE,     /* calendar fields, what is left open is taken from the anchor */
	OP_PERIOD,   /* the anchor's own period of a unit, moved by steps: "last week" */
	OP_OFFSET,   /* so many units before or after the anchor: "three days ago" */
	OP_DURATION,
	OP_SET,
	OP_REF,      /* PRESENT_REF, PAST_REF, FUTURE_REF */
	OP_CLOCK,    /* a clock time, with its date where one is stated */
	OP_COUNT
};

enum time_unit {
	UNIT_NONE, UNIT_SECOND, UNIT_MINUTE, UNIT_HOUR, UNIT_DAY, UNIT_WEEKDAY, UNIT_WEEK, UNIT_WEEKEND, UNIT_FORTNIGHT, UNIT_MONTH,
	UNIT_QUARTER, UNIT_HALFYEAR, UNIT_SEASON, UNIT_YEAR, UNIT_DECADE, UNIT_CENTURY, UNIT_MILLENNIUM, UNIT_GENERATION, UNIT_TIME,
};

enum time_anchor { FROM_NOW, FROM_STORY /* the time last spoken of */, FROM_QUARTER /* the quarter last spoken of, else the one just over */, FROM_WEEK /* a weekday of the week stepped to */ };

enum time_mod { MOD_NONE, MOD_START, MOD_MID, MOD_END, MOD_APPROX, MOD_BEFORE, MOD_AFTER, MOD_LESS_THAN, MOD_MORE_THAN,
	MOD_EQUAL_OR_LESS, MOD_EQUAL_OR_MORE };

enum time_ref { REF_NONE, REF_PRESENT, REF_PAST, REF_FUTURE };

enum time_quant { QUANT_NONE, QUANT_EVERY, QUANT_EACH, QUANT_OTHER /* every other */, QUANT_ALL };

enum day_part { PART_NONE, PART_MORNING, PART_MIDDAY, PART_AFTERNOON, PART_EVENING, PART_NIGHT, PART_DAYTIME, PART_DAWN };

enum season { SEASON_NONE, SEASON_SPRING, SEASON_SUMMER, SEASON_AUTUMN, SEASON_WINTER };

enum { COUNT_SOME = INT32_MAX }; /* a few, several: how many is not said */

/* ---- patterns ---- */

enum time_edge_kind { EDGE_WORD, EDGE_SIGN, EDGE_SET, EDGE_NUMBER, EDGE_CALL };

enum time_edge_flag {
	EDGE_JOINED = 1,     /* no white space before it */
	EDGE_SPACED = 2,     /* white space before it */
	EDGE_CAPITAL = 4,    /* begins with a capital */
	EDGE_ANYCASE = 8,    /* also where its word wants a capital */
	EDGE_POSSESSIVE = 16, /* written with 's */
	EDGE_OUTSIDE = 32    /* must be there, but is no part of the expression */
};

/* Tests of a number written in figures. ORDER NUMBERS: tools/make_times.py reads this list. */
enum time_number {
	NUMBER_ANY,
	NUMBER_YEAR,    /* four figures, 1000-2999 */
	NUMBER_MODERN,  /* 1700-2099: a year whatever stands before it */
	NUMBER_YEAR2,   /* two figures */
	NUMBER_YEAR3,   /* one to four figures that are no four-figure year: of an era */
	NUMBER_DAY,     /* 1-31, at most two figures */
	NUMBER_MONTH,   /* 1-12, at most two figures */
	NUMBER_HOUR,    /* 0-24, at most two figures */
	NUMBER_HOUR12,  /* 1-12 */
	NUMBER_SIXTY,   /* 00-59, two figures */
	NUMBER_CLOCK,   /* four figures that are a 24-hour time: 1430 */
	NUMBER_DECADE,  /* 1000-2990, a multiple of ten */
	NUMBER_DECADE2, /* 00, 10, … 90 */
	NUMBER_SMALL,   /* 1-4 */
	NUMBER_OLD2,    /* two figures beyond any day: 32-99, a year */
	NUMBER_BIG,     /* days beyond a month's, for slips: 32-39 */
};

/* What is read by code, several tokens at once. ORDER CALLS: tools/make_times.py reads this list. */
enum time_call {
	CALL_COUNT,   /* a number in words or figures, with its fraction: "two and a half", "1,200", "2.5" */
	CALL_ORDINAL, /* first, 21st, twenty-first */
	CALL_YEAR,    /* nineteen ninety-seven, two thousand and eight */
	CALL_ZONE,    /* a zone with its brackets */
	CALL_COUNT_OF
};

enum time_test { TEST_CAPITAL, TEST_NUMBER, TEST_WORD, TEST_START /* the sentence's first */, TEST_JOINED, TEST_PLURAL, TEST_MONEY, TEST_DECIMAL /* a full stop between figures */,
	TEST_HOUR /* figures that begin a clock time: "6.30", "6:30", "6 pm" */,
	TEST_STREET /* the name of a street: "Massachusetts Avenue", "E Street NW" */ };

struct time_edge {
	uint8_t kind, flags, field, half;
	uint16_t what, target;
};

/* A node's edges stand so that those for one kind of tokens are side by side. */
struct time_node {
	uint16_t edge, accept;
	uint8_t accepts;
	uint8_t figures;          /* of its edges, [0, figures) may take figures, */
	uint8_t words, words_end; /* [words, words_end) a word, */
	uint8_t signs, edges;     /* and [signs, edges) a sign */
	bool zone;                /* one takes a zone */
	uint16_t ops;             /* bits of the operations of the rules it accepts */
};

struct time_statement {
	uint8_t field;
	int32_t value;
};

/* What may not, or must, stand beside the expression. */
struct time_guard {
	bool after, wanted;
	uint8_t kind; /* EDGE_WORD, EDGE_SIGN, EDGE_SET, or TEST_KIND */
	uint16_t what;
};
enum { TEST_KIND = 200 };

struct time_rule {
	const char *name;
	uint8_t op, statements, guards;
	uint16_t statement, guard;
};

/* A phrase of a set. Those that begin with one word stand together: of one token first, then in the order of their second
 * token's code, those of one set the longest first. */
struct time_entry {
	uint8_t set, length;
	uint8_t flags; /* enum time_entry_flag */
	uint16_t rest; /* the codes of its other tokens: a word's id, with TIME_POSSESSIVE where written with 's; TIME_SIGN | code point */
	int32_t value;
};
enum time_entry_flag { ENTRY_CAPITAL = 1 /* more often something else: only with a capital, unless the edge says any case */, ENTRY_POSSESSIVE = 2 };
#define TIME_SIGN 0x80000000u
#define TIME_POSSESSIVE 0x40000000u

struct time_word {
	uint16_t entry, root;   /* its first entry; its first edge of the root, in time_roots */
	uint8_t entries, singles, roots; /* singles: the entries of one token, which stand first */
	int8_t verb; /* what the word tells of the tense: -1 past, 1 future, 2 present, 3 what is planned ("opens"), 0 nothing */
};

extern const struct time_edge time_edges[];
extern const struct time_node time_nodes[]; /* 0 is the root, whose edges are in time_roots */
extern const uint16_t time_accepts[];       /* numbers of rules */
extern const struct time_rule time_rules[]; /* those above win where two are as long */
extern const struct time_statement time_statements[];
extern const struct time_guard time_guards[];
extern const uint16_t time_word_of[];       /* a word's id → its row in time_words, 0 where it has none */
/* What may stand behind the first token of an expression, for the quick "no": row 0 is of figures, then the rows 1 to
 * time_beginners of time_words. Words are in time_pairs, a row of time_follow_stride each. */
struct time_start {
	uint64_t signs[2]; /* bits of the ASCII signs */
	bool alone, figures, every;
};
extern const struct time_start time_starts[];
extern const uint64_t time_pairs[];
extern const uint16_t time_beginners;       /* rows 1 to this may begin an expression */
extern const uint64_t time_follows[];       /* for each node a row of time_follow_stride: bits of the rows in time_words its edges may take */
extern const uint16_t time_follow_stride;
extern const struct time_word time_words[];
extern const struct time_entry time_entries[];
extern const uint32_t time_rests[];
extern const struct time_edge time_roots[]; /* the edges of the root that a word, figures, a sign may take, side by side */
extern const uint16_t time_number_root, time_number_roots, time_sign_root, time_sign_roots; /* of figures, of signs: first, how many */

/* ORDER SETS: sets that code asks for by name; tools/make_times.py numbers these first. */
enum time_set { SET_CARDINAL, SET_FRACTION, SET_ORDINALWORD, SET_VAGUE, SET_RANGE, SET_ERA, SET_PREPDAY, SET_PREPCLOCK, SET_NEXTWORD, SET_DEADLINE, SET_WILLWORD, SET_REPORTVERB, SET_STREET, SET_NAMED_COUNT };

/* ---- days that have names ---- */

enum holiday_rule { HOLIDAY_FIXED /* month, day */, HOLIDAY_NTH /* nth weekday of month, from `day` days behind it */, HOLIDAY_EASTER /* days from Easter */,
	HOLIDAY_ORTHODOX, HOLIDAY_CHINESE /* lunar month and day */, HOLIDAY_ISLAMIC, HOLIDAY_HEBREW /* months from Tishri on, 6 and 7 are both Adars */,
	HOLIDAY_HINDU /* lunar month, tithi `day`, at hour `nth`, `weekday` days behind it */, HOLIDAY_SIGN /* sign of the sun `month`, `day` days behind it */ };
struct holiday {
	const char *name;
	uint8_t rule;
	int8_t month, nth, weekday;
	int16_t day;
	uint8_t days; /* how many it takes */
};
extern const struct holiday time_holidays[];
extern const int32_t time_holiday_count;

#endif
