#include "html_tags.h"

#include <stdlib.h>

/* In the order of strcmp. */
static const struct html_tag tags[] = {
	{"a", 0, HTML_NO_MARK, 0, HTML_A},
	{"address", HTML_BLOCK, HTML_NO_MARK, 0, 0},
	{"article", HTML_BLOCK | HTML_ARTICLE, HTML_NO_MARK, 0, 0},
	{"aside", HTML_BLOCK, HTML_NO_MARK, 0, 0},
	{"audio", HTML_DROPPED, HTML_NO_MARK, 0, 0},
	{"b", 0, MARK_STRONG, 0, 0},
	{"blockquote", HTML_BLOCK | HTML_ARTICLE, MARK_QUOTE, 1, 0},
	{"body", HTML_BLOCK, HTML_NO_MARK, 0, 0},
	{"br", 0, HTML_NO_MARK, 0, HTML_BR},
	{"button", HTML_DROPPED, HTML_NO_MARK, 0, 0},
	{"caption", HTML_BLOCK, HTML_NO_MARK, 0, 0},
	{"center", HTML_BLOCK, HTML_NO_MARK, 0, 0},
	{"cite", 0, MARK_EMPHASIS, 0, 0},
	{"dd", HTML_BLOCK, HTML_NO_MARK, 0, 0},
	{"details", HTML_BLOCK, HTML_NO_MARK, 0, 0},
	{"div", HTML_BLOCK, HTML_NO_MARK, 0, 0},
	{"dl", HTML_BLOCK, HTML_NO_MARK, 0, 0},
	{"dt", HTML_BLOCK, MARK_HEADING, 6, 0}, /* heads the dd below it */
	{"em", 0, MARK_EMPHASIS, 0, 0},
	{"fieldset", HTML_BLOCK, HTML_NO_MARK, 0, 0},
	{"figcaption", HTML_BLOCK, HTML_NO_MARK, 0, 0},
	{"figure", HTML_BLOCK, HTML_NO_MARK, 0, 0},
	{"footer", HTML_BLOCK, HTML_NO_MARK, 0, HTML_FOOTER},
	{"form", HTML_BLOCK, HTML_NO_MARK, 0, 0},
	{"h1", HTML_BLOCK, MARK_HEADING, 1, 0},
	{"h2", HTML_BLOCK, MARK_HEADING, 2, 0},
	{"h3", HTML_BLOCK, MARK_HEADING, 3, 0},
	{"h4", HTML_BLOCK, MARK_HEADING, 4, 0},
	{"h5", HTML_BLOCK, MARK_HEADING, 5, 0},
	{"h6", HTML_BLOCK, MARK_HEADING, 6, 0},
	{"head", HTML_DROPPED, HTML_NO_MARK, 0, 0},
	{"header", HTML_BLOCK, HTML_NO_MARK, 0, 0},
	{"hr", HTML_BLOCK, HTML_NO_MARK, 0, HTML_HR},
	{"html", HTML_BLOCK, HTML_NO_MARK, 0, 0},
	{"i", 0, MARK_EMPHASIS, 0, 0},
	{"iframe", HTML_DROPPED, HTML_NO_MARK, 0, 0},
	{"li", HTML_BLOCK, MARK_ITEM, 1, HTML_LI},
	{"main", HTML_BLOCK, HTML_NO_MARK, 0, 0},
	{"menu", HTML_BLOCK | HTML_LIST, HTML_NO_MARK, 0, 0},
	{"meta", 0, HTML_NO_MARK, 0, HTML_META},
	{"nav", HTML_DROPPED, HTML_NO_MARK, 0, 0},
	{"noscript", HTML_DROPPED, HTML_NO_MARK, 0, 0},
	{"object", HTML_DROPPED, HTML_NO_MARK, 0, 0},
	{"ol", HTML_BLOCK | HTML_LIST, HTML_NO_MARK, 0, 0},
	{"p", HTML_BLOCK, MARK_PARAGRAPH, 0, HTML_P},
	{"pre", HTML_BLOCK | HTML_PRE, MARK_CODE, 0, 0},
	{"script", HTML_DROPPED, HTML_NO_MARK, 0, 0},
	{"section", HTML_BLOCK | HTML_ARTICLE, HTML_NO_MARK, 0, 0},
	{"select", HTML_DROPPED, HTML_NO_MARK, 0, 0},
	{"strong", 0, MARK_STRONG, 0, 0},
	{"style", HTML_DROPPED, HTML_NO_MARK, 0, 0},
	{"summary", HTML_BLOCK, HTML_NO_MARK, 0, 0},
	{"sup", 0, HTML_NO_MARK, 0, HTML_SUP},
	{"svg", HTML_DROPPED, HTML_NO_MARK, 0, 0},
	{"table", HTML_BLOCK, HTML_NO_MARK, 0, HTML_TABLE},
	{"td", 0, HTML_NO_MARK, 0, HTML_TD},
	{"template", HTML_DROPPED, HTML_NO_MARK, 0, 0},
	{"textarea", HTML_DROPPED, HTML_NO_MARK, 0, 0},
	{"th", 0, HTML_NO_MARK, 0, HTML_TH},
	{"time", 0, HTML_NO_MARK, 0, HTML_TIME},
	{"title", HTML_DROPPED, HTML_NO_MARK, 0, HTML_TITLE},
	{"tr", 0, HTML_NO_MARK, 0, HTML_TR},
	{"ul", HTML_BLOCK | HTML_LIST, HTML_NO_MARK, 0, 0},
	{"video", HTML_DROPPED, HTML_NO_MARK, 0, 0},
};

static int compare_name(const void *name, const void *tag) {
	return strcmp(name, ((const struct html_tag *)tag)->name);
}

const struct html_tag *html_tag(const char *name) {
	static const struct html_tag other = {"", 0, HTML_NO_MARK, 0, HTML_OTHER};
	const struct html_tag *tag = bsearch(name, tags, sizeof tags / sizeof *tags, sizeof *tags, compare_name);
	return tag ? tag : &other;
}

struct str html_attribute(const unsigned char **attributes, const char *name) {
	for (; attributes && *attributes; attributes += 2)
		if (strcmp((const char *)attributes[0], name) == 0)
			return attributes[1] ? str_from((const char *)attributes[1]) : STR("");
	return STR_NULL;
}
