/* The parts of the Markdown reader; private to this room. */
#ifndef DAYBOOK_MARKDOWN_H
#define DAYBOOK_MARKDOWN_H

#include "reader.h"

/* The extent of YAML front matter, its two rules included; empty where there is none. */
struct span markdown_front_matter(struct str page);

/* The copy of the page that cmark reads, in the arena; of the same length. */
char *markdown_mask(struct arena *arena, struct str page, struct span front_matter);

/* What of a page is shown to the reader; everything between is markup and becomes MARK_HIDDEN. */
struct showing {
	struct source *source;
	uint32_t shown; /* up to here the page is shown or hidden */
};

/* The bytes [begin, end) are text; what stands between the last text and them is hidden. */
void show(struct showing *showing, uint32_t begin, uint32_t end);
/* Hides what stands between the last text and `end`. */
void hide_until(struct showing *showing, uint32_t end);
/* The same for the page's end. */
void show_end(struct showing *showing);

/* A leaf block: a paragraph, heading or cell, whose inline nodes are to be found in [begin, end). */
struct cmark_node;
struct leaf {
	struct cmark_node *node;
	struct span span;
};

/* What a link to a note inside the page ("[1](#footnote-1)"), or from a note back to its place ("[1](#fnref1)", *back), shows: its
 * number; null for other nodes. As editors export notes; names of notes as those of HTML (html_notes.c). */
struct str markdown_note_link(struct cmark_node *node, bool *back);

/* Shows the words of a leaf and marks its emphasis, links, notes and breaks: its inline nodes are followed
 * in order through the bytes of `copy`, since cmark's columns of inline nodes cannot be relied on. */
void markdown_inlines(struct showing *showing, const char *copy, const struct leaf *leaf);

#endif
