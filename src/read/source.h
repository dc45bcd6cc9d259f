/* A source: the text of one input and what its form said about it. After this room nobody asks
 * whether the input was plain text, Markdown, HTML or mail: the form's knowledge is in the marks.
 *
 * `text` is the UTF-8 that every span points into. For plain text and Markdown in UTF-8 it is the
 * input's own bytes, BOM and markup included, so that a span is a place in the file; for other
 * encodings, HTML, mail and TimeML it is extracted, and `runs` lead back to the file. */
#ifndef DAYBOOK_SOURCE_H
#define DAYBOOK_SOURCE_H

#include "../base/memory.h"

enum source_form { SOURCE_UNKNOWN, SOURCE_TEXT, SOURCE_MARKDOWN, SOURCE_HTML, SOURCE_MAIL, SOURCE_TIMEML };

enum mark_kind {
	/* what has an extent of whole lines */
	MARK_PARAGRAPH,
	MARK_HEADING, /* level 1-6 */
	MARK_ITEM,    /* an item of a list; level is its depth from 1 */
	MARK_QUOTE,   /* a block quotation; level is its depth */
	MARK_TABLE,
	MARK_ROW,      /* level 1 for a heading row */
	MARK_CELL,     /* level is the column from 1 */
	MARK_CODE,     /* preformatted text */
	MARK_RULE,     /* a thematic break */
	MARK_NOTE,     /* the text of a note; value is its label */
	MARK_CONTENTS, /* page furniture, forwarded headers, unsubscribe footers: not the bulletin's own words */
	/* what stands inside a line */
	MARK_EMPHASIS,
	MARK_STRONG,
	MARK_LINK,           /* value is the target */
	MARK_NOTE_REFERENCE, /* value is the label */
	MARK_BREAK,          /* an explicit line break; an empty span */
	MARK_HIDDEN,         /* bytes of markup, not of text: never read as words, never shown */
};

struct mark {
	struct span span; /* of source.text */
	uint8_t kind, level;
	struct str value; /* null where the kind has none */
};

/* From text position `text` on, byte for byte, the original goes on from `original`; `exact` is false
 * where a run's bytes are decoded (an entity, quoted-printable) and only its begin is true. */
struct source_run {
	uint32_t text, original;
	bool exact;
};

/* A map from one text to another: runs in the order of `text`. Empty: the same bytes. */
struct source_map {
	struct source_run *at;
	uint32_t count, room;
};

/* The column (from 1) at `at`: kept every so often inside very long lines. */
struct source_column {
	uint32_t at, column;
};

/* Where the encoding looks damaged: shown as encoding-suspect. */
struct source_suspect {
	struct span span;
	struct str reason; /* e.g. "“â€™” looks like UTF-8 read as Windows-1252: ’" */
	struct str repair; /* what it should read, or null where that is not certain */
};

struct source {
	struct str name;       /* as given: a path, or "-" */
	struct str media_type; /* text/plain text/markdown text/html message/rfc822 application/xml */
	struct str original;   /* the input's bytes */
	struct str text;
	struct str encoding; /* what the original was read as: "utf-8", "windows-1252", … */
	array_of(struct mark) marks;         /* by span.begin; an outer one before those inside it */
	struct source_map runs;              /* text -> original; empty when they are the same bytes */
	array_of(struct source_suspect) suspects;
	/* for source_place: */
	struct str page;                     /* the original as UTF-8; its own bytes when it is UTF-8, and for mail */
	struct source_map page_runs;         /* page -> original; empty when they are the same bytes */
	array_of(uint32_t) lines;            /* where each line of `page` begins */
	array_of(struct source_column) columns;
	/* what the form states beside the text; null or zero where it does not */
	struct str title;    /* the mail's Subject, the page's <title>, TimeML's <TITLE> */
	struct str date;     /* YYYY-MM-DD of the mail's Date in its own offset, or a page's published time,
	                      * TimeML's creation time */
	struct str from;     /* the mail's From as written */
	struct arena arena;  /* owns all of the above but `original` where it was lent */
};

/* Reads `bytes`, which the caller keeps alive as long as the source, as `form` (SOURCE_UNKNOWN: judged
 * by name, then by the bytes). 0, or -1 with `error` for what cannot be text at all (binary, too
 * large, broken container). Damage that can be read around becomes suspects. */
struct error;
int source_read(struct source *source, struct str name, struct str bytes, enum source_form form, struct error *error);

/* Frees what the source owns. */
void source_release(struct source *source);

/* The place in `original` of position `at` of `text`. */
uint32_t source_original(const struct source *source, uint32_t at);

/* Line and column (both from 1, columns in code points) in the original file of a position of `text`.
 * The one place where spans become lines. */
struct place {
	uint32_t line, column;
	struct str line_text; /* that line of the original, as UTF-8 (but a mail's raw bytes), without its end; borrowed */
};
struct place source_place(const struct source *source, uint32_t at);

#endif
