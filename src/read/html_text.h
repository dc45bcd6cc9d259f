/* Text being taken from a page of HTML; private to this room. */
#ifndef DAYBOOK_HTML_TEXT_H
#define DAYBOOK_HTML_TEXT_H

#include "html_tags.h"
#include "reader.h"

struct html_element {
	const struct html_tag *tag;
	struct str value;      /* of the mark: a target, a label */
	uint32_t begin;        /* where its text begins, once it has begun */
	uint32_t mark;         /* its mark's index, UINT32_MAX for none */
	uint32_t count;        /* row: its columns so far */
	uint16_t *reach;       /* table: for each column, how many more rows a cell from above fills (rowspan) */
	uint8_t kind, level;   /* kind: HTML_NO_MARK where nothing is marked */
	bool is_data, drops;   /* a table of data; the first of the elements that are dropped */
};

/* A note that is called otherwise by what refers to it ("1") than by its name ("fn2-1"). */
struct html_alias {
	struct str named, shown;
};

struct extraction {
	struct html *html;
	struct str page;     /* what is parsed: markup that is hard to take is blank in it */
	struct str whole;    /* the same page with nothing blanked */
	void *parser; /* libxml2's context */
	struct html_tables tables;
	uint32_t table; /* tables begun so far */
	struct html_element stack[HTML_DEPTH + 1];
	uint32_t depth, begun; /* elements open; those at the bottom whose text has begun */
	uint32_t dropped, preformatted, lists, quotes, articles; /* open elements of these kinds */
	uint32_t raw;        /* how far in the page the text has been found */
	uint32_t space_raw;  /* where the white space stood that is still to be written */
	uint8_t breaks;      /* line ends still to be written, 0 to 2 */
	bool space, tab;     /* white space still to be written */
	array_of(struct html_alias) aliases;
	bool in_title, too_deep;
	struct buf title;
};

/* How much text there is so far. */
uint32_t html_here(const struct extraction *x);

/* Writes characters that the parser gave: white space is folded, and each stretch gets its run. */
void html_write(struct extraction *x, struct str text);

/* Asks for line ends before the next text: 1 ends a line, 2 a block. */
void html_want_breaks(struct extraction *x, uint8_t count);

/* Goes on in the page where the parser is. */
void html_follow(struct extraction *x);

static inline bool html_is_white(char c) {
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static inline bool html_is_digit(char c) {
	return c >= '0' && c <= '9';
}

/* The label in a name such as "fn:3", "_ftn3", "footnote-3", "cite_note-x"; null for other names. *back is set for
 * those of the places that refer to notes ("fnref3"). */
struct str html_note_label(struct str name, bool *back);

/* Says that the element is the note called `label`, unless it stands in a note. */
void html_name_note(struct extraction *x, struct html_element *element, struct str label);

/* Whether a raised number that ends here is a note's: it cannot be a square or "2nd" behind a stop or a quotation
 * mark, or behind a word of three letters or more. */
bool html_is_raised_note(const struct extraction *x, const struct html_element *element);

/* Calls the notes as what refers to them shows it, at the end of the page. */
void html_rename_notes(struct extraction *x);

/* What a reference that ends here shows, without brackets: its label, as in "[3]", "3", "*". */
struct str html_shown_label(const struct extraction *x, const struct html_element *element);

#endif
