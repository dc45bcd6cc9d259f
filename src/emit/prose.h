/* Running text as HTML: an essay's body with its notes, any span of a record's text with its emphasis, links and
 * breaks. Pages and feeds print the same text from here. */
#ifndef DAYBOOK_PROSE_H
#define DAYBOOK_PROSE_H

#include "../base/buf.h"
#include "../record/record.h"
#include "labels.h"

/* Where a note is referred to. */
struct note_reference {
	struct span span;
	uint32_t note;   /* index in record->notes */
	uint32_t number; /* from 1 among the note's references */
};

/* A record's notes in the order that printing needs. Made once a record; borrows it. */
struct prose {
	const struct record *record;
	struct note_reference *references; /* by place */
	uint32_t reference_count;
	uint32_t *homes;   /* the article of each note, or NONE */
	uint32_t *order;   /* notes by article, then print */
	uint32_t *numbers; /* of each note, from 1 in its article */
	struct arena arena;
};

void prose_init(struct prose *prose, const struct record *record);
void prose_release(struct prose *prose);

/* How a text is to be printed. */
struct print {
	const struct prose *prose;
	uint32_t article;  /* whose notes are at hand, or NONE: references are then plain text */
	struct str ids;    /* stands before every id: unique in a feed, empty on a page */
	struct str here;   /* URL of the text's own page, where notes are led to from a feed; empty on the page itself */
	int level;         /* of the highest headings */
	bool one_way;      /* notes do not lead back: their text stands elsewhere than `here` */
	const struct labels *labels; /* of notes; NULL for English */
	bool places;       /* each passage has its span as an id: s120-340 */
};

/* The text at `span` with its marks. */
void prose_inline(const struct print *print, struct span span, struct buf *out);

/* The words at `span` as text for mail: notes as "[1]", hidden bytes left out, a break as a line's end, and "[a]" behind
 * what is a link, whose target joins `links` (in an arena). White space is folded to one space. */
struct text_links {
	struct arena *arena;
	array_of(struct str) list;
};
void prose_text(const struct prose *prose, struct span span, struct text_links *links, struct buf *out);
/* The letters of the link at `index`: "a" … "z", "aa" … */
void text_link_letters(struct buf *out, uint32_t index);

/* The body of the article. */
void prose_body(const struct print *print, struct buf *out);

/* How many notes the article has, and the notes: a section with a heading and links back. */
uint32_t prose_note_count(const struct print *print);
/* The index in record->notes of the article's note `number`, from 0. */
uint32_t prose_note(const struct print *print, uint32_t number);
void prose_notes(const struct print *print, struct buf *out);

/* An essay as feeds and mails carry it: its body, the disclaimer, the notes. */
void prose_essay(const struct print *print, struct buf *out);

/* The words at `span` as plain text on one line, without marks and note references, cut with "…" at a word's end
 * when longer than `limit` bytes. */
void prose_plain(const struct prose *prose, struct span span, size_t limit, struct buf *out);

/* Whether a link's target may be followed: http, https or mailto. Nothing else is printed as a link. */
bool is_safe_link(struct str href);

/* The id of a place in the text: s120-340. */
void prose_id(struct buf *out, struct span span);

#endif
