/* A first look at the tables of a page: mail and old pages are laid out with tables, and only what
 * stands in rows and columns is data. */
#include "html_tags.h"
#include "libxml.h"
#include "reader.h"

/* Longer than anybody writes into a cell of data. */
enum { CELL_LIMIT = 600 };

/* More words than the tags of any page have. */
enum { ATTRIBUTES_LIMIT = 1000 };

/* Longer than a conditional section's mark is ("<![if !supportLists]>", as Word writes it). */
enum { SECTION_LIMIT = 200 };

struct table {
	uint32_t index;      /* in html_tables */
	uint32_t columns;    /* cells of this row */
	uint32_t wide_rows;  /* rows of two cells or more */
	uint32_t blocks, bytes; /* of this cell */
	bool layout, heading_cells, many_blocks;
};

struct survey {
	struct arena *arena;
	struct html_tables *tables;
	array_of(struct table) open;
	void *parser;
	uint32_t depth;
};

static void begin_table(struct survey *s, const xmlChar **attributes) {
	if (s->open.count)
		s->open.at[s->open.count - 1].layout = true;
	struct str role = html_attribute(attributes, "role");
	bool presentation = str_equal_nocase(role, STR("presentation")) || str_equal_nocase(role, STR("none"));
	uint32_t index = s->tables->count++;
	s->tables->is_data = array_room(s->arena, s->tables->is_data, index + 1, &s->tables->room, sizeof *s->tables->is_data);
	s->tables->is_data[index] = false;
	*array_push(s->arena, &s->open) = (struct table){.index = index, .layout = presentation};
}

static void end_row(struct table *table) {
	table->wide_rows += table->columns >= 2;
	table->columns = 0;
}

static void end_table(struct survey *s) {
	if (s->open.count == 0)
		return;
	struct table *table = &s->open.at[--s->open.count];
	end_row(table);
	bool short_cells = table->heading_cells || !table->many_blocks;
	s->tables->is_data[table->index] = !table->layout && table->wide_rows >= 2 && short_cells;
}

static void begin(void *data, const xmlChar *name, const xmlChar **attributes) {
	struct survey *s = data;
	const struct html_tag *tag = html_tag((const char *)name);
	struct table *table = s->open.count ? &s->open.at[s->open.count - 1] : NULL;
	if (++s->depth > HTML_DEPTH)
		libxml()->stop(s->parser);
	else if (tag->id == HTML_TABLE)
		begin_table(s, attributes);
	else if (!table)
		return;
	else if (tag->id == HTML_TR)
		end_row(table);
	else if (tag->id == HTML_TD || tag->id == HTML_TH) {
		table->columns++;
		table->heading_cells |= tag->id == HTML_TH;
		table->blocks = table->bytes = 0;
	} else if (tag->mark == MARK_HEADING)
		table->layout = true;
	else if ((tag->flags & HTML_BLOCK) && ++table->blocks > 1)
		table->many_blocks = true;
}

static void end(void *data, const xmlChar *name) {
	struct survey *s = data;
	s->depth -= s->depth > 0;
	if (html_tag((const char *)name)->id == HTML_TABLE)
		end_table(s);
}

static void characters(void *data, const xmlChar *at, int len) {
	(void)at;
	struct survey *s = data;
	if (s->open.count == 0)
		return;
	struct table *table = &s->open.at[s->open.count - 1];
	table->bytes += (uint32_t)len;
	table->many_blocks |= table->bytes > CELL_LIMIT;
}

/* Where a tag's attributes go beyond the limit, from `at` (its `<`) on; *end is its end. */
static size_t too_many(struct str page, size_t at, size_t *end) {
	size_t words = 0, from = SIZE_MAX;
	while (at < page.len && page.at[at] != '>') {
		bool begins = (unsigned char)page.at[at] <= ' ' && at + 1 < page.len && (unsigned char)page.at[at + 1] > ' ';
		if (begins && ++words == ATTRIBUTES_LIMIT)
			from = at;
		at++;
	}
	*end = at;
	return from == SIZE_MAX ? at : from;
}

/* Where what libxml2 cannot take begins and ends, from the `<` at `at` on; empty where there is nothing. *next is
 * where to look on. */
static struct span hard_to_take(struct str page, size_t at, size_t *next) {
	char c = at + 1 < page.len ? page.at[at + 1] : '\0';
	*next = at + 1;
	if ((c | 32) >= 'a' && (c | 32) <= 'z')
		return (struct span){(uint32_t)too_many(page, at, next), (uint32_t)*next};
	struct str rest = str_of(page.at + at, page.len - at);
	if (str_starts(rest, STR("<!--"))) {
		size_t end = str_find(page, STR("-->"), at + 2);
		*next = end == SIZE_MAX ? page.len : end + 3;
		return (struct span){0, 0};
	}
	const char *close = str_starts(rest, STR("<![")) && !str_starts(rest, STR("<![CDATA[")) ?
		memchr(rest.at, '>', rest.len < SECTION_LIMIT ? rest.len : SECTION_LIMIT) : NULL;
	if (!close)
		return (struct span){0, 0};
	*next = (size_t)(close + 1 - page.at);
	return (struct span){(uint32_t)at, (uint32_t)*next};
}

struct str html_mask(struct arena *arena, struct str page) {
	char *copy = page.len && memchr(page.at, '\0', page.len) ? (char *)(uintptr_t)arena_copy(arena, page).at : NULL;
	for (size_t i = 0; copy && i < page.len; i++)
		copy[i] = copy[i] ? copy[i] : ' ';
	const char *open;
	for (size_t at = 0; at < page.len && (open = memchr(page.at + at, '<', page.len - at));) {
		struct span span = hard_to_take(page, (size_t)(open - page.at), &at);
		if (span_empty(span))
			continue;
		if (!copy)
			copy = (char *)(uintptr_t)arena_copy(arena, page).at;
		memset(copy + span.begin, ' ', span.end - span.begin);
	}
	return copy ? str_of(copy, page.len) : page;
}

int html_parse(struct str page, xmlSAXHandler *handler, void *data, void **parser) {
	if (page.len == 0)
		return 0;
	htmlParserCtxtPtr context = libxml()->html_open(page.at, (int)page.len);
	if (!context)
		return -1;
	libxml()->html_use_options(context, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
		HTML_PARSE_IGNORE_ENC | HTML_PARSE_COMPACT);
	libxml()->switch_encoding(context, XML_CHAR_ENCODING_UTF8);
	xmlSAXHandler *own = context->sax;
	context->sax = handler;
	context->userData = data;
	*parser = context;
	libxml()->html_parse(context);
	context->sax = own;
	if (context->myDoc)
		libxml()->free_doc(context->myDoc);
	context->myDoc = NULL;
	libxml()->html_close(context);
	return 0;
}

void html_survey(struct html_tables *tables, struct arena *arena, struct str page) {
	*tables = (struct html_tables){0};
	xmlSAXHandler handler = {.startElement = begin, .endElement = end, .characters = characters};
	struct survey survey = {.arena = arena, .tables = tables};
	html_parse(page, &handler, &survey, &survey.parser);
	while (survey.open.count)
		end_table(&survey);
}
