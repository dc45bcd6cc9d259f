/* Labels of an entry's parts: "Sponsor:", "Where:", "Speakers:"; the columns of a table have the same. */
#ifndef DAYBOOK_LABELS_H
#define DAYBOOK_LABELS_H

#include "../record/record.h"
#include "../text/document.h"

/* What a label announces; data/words/listings.tsv names these. */
enum label {
	LABEL_NONE,
	LABEL_TITLE,
	LABEL_WHEN,
	LABEL_DATE,
	LABEL_TIME,
	LABEL_END,
	LABEL_PLACE,
	LABEL_ROOM,
	LABEL_FORMAT,
	LABEL_SPONSOR,
	LABEL_COSPONSOR,
	LABEL_WHO,    /* people, or an organisation */
	LABEL_PEOPLE, /* of a part: read from the words of WORD_PART */
	LABEL_LINK,
	LABEL_FEE,
	LABEL_CONTACT,
	LABEL_DEADLINE,
	LABEL_DESCRIPTION,
	LABEL_SERIES,
	LABEL_STATUS,
	LABEL_IGNORE,
};

struct label_read {
	uint32_t tokens; /* the label with its colon; 0: there is none here */
	uint32_t words;  /* without it */
	uint8_t label;
	uint8_t part;    /* LABEL_PEOPLE */
	bool plural;     /* "Moderators:" */
};

/* Reads the label at token `at`: known words in capitals or capitalised, then a colon. */
struct label_read label_read(const struct document *d, uint32_t at, uint32_t limit);

/* The label that the first of a row's two cells is, of a table that has its labels at the left ("When | Friday"); words 0: none. */
struct label_read label_of_row(const struct document *d, const struct block *row);

/* The same without a colon, of the whole range: a column's heading. */
struct label_read label_of_column(const struct document *d, uint32_t at, uint32_t limit);

#endif
