/* What the files that read entries of listings share: an entry's place, what it inherits, its parts, and which of its
 * tokens have been understood. */
#ifndef DAYBOOK_SCHEDULED_H
#define DAYBOOK_SCHEDULED_H

#include "find.h"
#include "labels.h"

/* Tokens [from, to). */
struct range {
	uint32_t from, to;
};

/* What headings and statements above an entry say for it. */
struct inherited {
	uint32_t date;  /* in record.times, or NONE */
	uint32_t clock; /* likewise: "Seminars are held on Wednesdays 13.15-14.05" */
	struct zone_mention zone; /* span empty: none is stated */
	bool town;                /* that of a town which stands as a heading */
	struct range place;       /* empty: none */
	uint8_t mode;             /* "All talks are online"; MODE_UNKNOWN: none */
	struct span mode_span;
};

struct entry {
	uint32_t block, blocks;
	struct range part; /* of the block, where several events share it; empty: all of it */
	uint32_t columns; /* of a table's row: the block of its heading row, or NONE */
	uint32_t listing;
	struct inherited above;
};

/* A stretch of an entry under one label, or under none. */
struct piece {
	struct range at;
	uint32_t block;
	uint8_t label, part;
	bool plural;
	bool line; /* a line, cell or block of its own, not a part of a paragraph */
	bool column; /* between wide spaces of its line */
	bool barred; /* its label stands behind a bar: a field of a line "… | Speakers: … | Online" */
};

/* What a token of an entry was understood as. */
enum taken {
	TAKEN_NOT,
	TAKEN_LABEL,
	TAKEN_WHEN,
	TAKEN_MODE,
	TAKEN_FEE,
	TAKEN_STATUS,
	TAKEN_TITLE,
	TAKEN_PLACE,
	TAKEN_SPONSOR,
	TAKEN_PEOPLE,
	TAKEN_LINK,
	TAKEN_ELSE, /* contacts, deadlines: understood, and no part of the record */
};

struct reading {
	struct finding *f;
	const struct document *d;
	const struct entry *entry;
	struct scheduled *event;
	struct range at; /* all its tokens */
	array_of(struct piece) pieces;
	uint8_t *taken; /* enum taken of each token of `at` */
	uint32_t dated; /* bits of event->also: whether a time in another zone carries its own day */
	bool sentence;  /* the entry says in a sentence who holds what: "The Institute hosts …" */
	struct range dateline; /* a town between the time and a dash: "8 a.m. Albany — …"; empty where none */
	bool streamed;  /* it is virtual as far as a stream is: one that has a place is held there too */
	struct range subject, told; /* of that sentence: who holds it; what follows the verb, to its end */
};

/* The value of words that tell of a stream ("livestreamed"), in the vocabulary's class of modes beside enum mode. */
enum { MODE_STREAMED = 9 };

/* Nothing is named. */
#define NO_ZONE ((struct zone_mention){.name = -1, .place = -1, .offset = ZONE_NO_OFFSET})

/* ---- entries.c: the cut of a listing ---- */
typedef array_of(struct entry) entries;
void entries_cut(struct finding *f, uint32_t listing, entries *out);

/* ---- pieces.c ---- */
void pieces_cut(struct reading *r);
/* The first piece with `label` at or after *at; sets *at behind it. NULL where there is none. Begin with 0. */
const struct piece *piece_next(const struct reading *r, enum label label, uint32_t *at);
bool is_taken(const struct reading *r, uint32_t token);
/* Whether the token is a sign that only adorns or parts: an emoji, an arrow, a row of dots. */
bool is_ornament(const struct token *t);
void take(struct reading *r, struct range at, enum taken as);
/* `at` without taken tokens and separators (. , ; : | - brackets that hold nothing) at its ends. */
struct range range_trim(const struct reading *r, struct range at);
bool range_empty(struct range at);
struct span range_span(const struct reading *r, struct range at);
struct str range_words(const struct reading *r, struct range at);
/* Whether token `at` is a full stop that ends a sentence; or any end of one (. ? !). */
bool is_stop(const struct document *d, uint32_t at, uint32_t limit);
/* The first sentence end in `at`, its stop's token, or at.to. */
uint32_t sentence_stop(const struct document *d, struct range at);
/* The next stretch of `piece` that nothing has taken, between separators (stops, |, ;, line ends); begin with *at =
 * piece->at.from. False where there is none. */
bool field_next(const struct reading *r, const struct piece *piece, uint32_t *at, struct range *field);
/* The token that closes the bracket opened at `at`, or `limit`. */
uint32_t bracket_close(const struct document *d, uint32_t at, uint32_t limit);

/* "Week 3", "Session 2" at the head of a block, which number an entry of a series: its tokens, 0 for none; pieces.c. */
uint32_t session_number(const struct document *d, uint32_t at, uint32_t limit);

/* ---- one file a part; each reads the pieces that are left and takes what it understands ---- */
void when_read(struct reading *r);     /* when.c */
void links_read(struct reading *r);    /* links.c */
void terms_read(struct reading *r);    /* terms.c: mode, fee, status */
void title_read(struct reading *r);    /* titles.c: title, series, kind */
void people_read(struct reading *r);   /* people.c */
void sponsors_read(struct reading *r); /* sponsors.c */
void dateline_read(struct reading *r);  /* places.c: "ATHENS - …" at the head of a diary's item */
void place_read(struct reading *r);     /* places.c */

/* The zone of each occasion, once the place is known, and with it the day of those in other zones; scheduled_zones.c. */
void when_settle(struct reading *r);

/* The title as a page shows it: capitals to title case; title_case.c. */
struct str title_display(const struct reading *r);

/* How many tokens of a person's name with honorifics begin at `at` (0: none); people.c. */
uint32_t person_at(const struct document *d, uint32_t at, uint32_t limit);
/* Whether behind a full stop a list of people goes on at `at`: a person with a sign for the role, and no place ("Old Granary, 11 Canal
 * Street"); people.c. */
bool goes_on_with_person(const struct document *d, uint32_t at, uint32_t limit);
/* Whether `at` names people and nothing else, without a label: "Ana Ruiz (Institute)", "Ana Ruiz, Fellow, Institute; Bo Lind, …";
 * people.c. */
bool names_people(const struct document *d, struct range at);
/* Reads a list of people in `at` with part `part`; people.c. */
void people_list(struct reading *r, struct range at, uint8_t part, bool stated, bool plural);
/* Whether `at` reads as an organisation's name; sponsors.c. */
bool is_organisation(const struct document *d, struct range at);
void sponsor_add(struct reading *r, struct range at, bool co);
/* Reads a list of organisations; sponsors.c. */
void sponsors_list(struct reading *r, struct range at, bool plural, bool co);
/* Whether `at` follows the event's time in the same clause: "8 pm, Parish Hall"; places.c. */
bool stands_behind_time(const struct reading *r, struct range at);
/* `at` without a mode at its end that "and" or "or" joins to it: "Casa Larco, Lima, and Zoom"; places.c. */
struct range without_mode(const struct reading *r, struct range at);
/* Whether `at` reads as a place: a street, a room, a city; places.c. */
bool is_place(const struct document *d, struct range at);

#endif
