/* What the elements of HTML mean for text; private to this room. */
#ifndef DAYBOOK_HTML_TAGS_H
#define DAYBOOK_HTML_TAGS_H

#include "source.h"

enum html_flag {
	HTML_BLOCK = 1,    /* begins and ends a paragraph */
	HTML_DROPPED = 2,  /* its content is not text of the page */
	HTML_PRE = 4,      /* white space counts */
	HTML_LIST = 8,
	HTML_ARTICLE = 16, /* what is in it belongs to an article, footers too */
};

enum { HTML_NO_MARK = 255 };

enum html_tag_id {
	HTML_OTHER, HTML_A, HTML_BR, HTML_HR, HTML_LI, HTML_META, HTML_SUP, HTML_TABLE, HTML_TD, HTML_TH, HTML_TIME,
	HTML_TITLE, HTML_TR, HTML_FOOTER, HTML_P,
};

struct html_tag {
	const char *name;
	uint8_t flags, mark, level, id;
};

/* The element called `name` (in small letters); one without meaning where it is not known. */
const struct html_tag *html_tag(const char *name);

/* For each table of the page, in the order of their beginnings: whether it holds data, not layout. */
struct html_tables {
	bool *is_data;
	uint32_t count, room;
};

/* The largest depth of elements that is read; libxml2's time grows with it. */
enum { HTML_DEPTH = 1000 };

struct _xmlSAXHandler;
struct error;
/* Runs libxml2's HTML parser over `page` with `handler` (its user data is `data`, its context is put
 * into *parser before it begins). 0, or -1 where it could not begin. */
int html_parse(struct str page, struct _xmlSAXHandler *handler, void *data, void **parser);

/* The page, or a copy of the same length in the arena where it has what libxml2 cannot take: NULs, tags of
 * thousands of attributes (its time for one grows with their square), Word's "<![if …]>"; they become spaces. */
struct str html_mask(struct arena *arena, struct str page);

/* Fills `tables` (in the arena). */
void html_survey(struct html_tables *tables, struct arena *arena, struct str page);

/* The value of an attribute among libxml2's name and value pairs, or a null str. */
struct str html_attribute(const unsigned char **attributes, const char *name);

#endif
