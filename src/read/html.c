/* HTML, through libxml2's SAX parser: its text with blocks on lines of their own, marks for what the
 * elements mean, and a run for each stretch of text that leads back to the page. */
#include "furniture.h"
#include "html_text.h"
#include "libxml.h"

/* Columns in which cells may reach over rows. */
enum { COLUMNS_LIMIT = 64 };

static void characters(void *data, const xmlChar *at, int len) {
	struct extraction *x = data;
	struct str text = str_of((const char *)at, (size_t)len);
	if (x->in_title)
		buf_add(&x->title, text);
	if (!x->dropped)
		html_write(x, text);
}

/* ------------------------------------------------------------------ elements begin */

/* The nearest open paragraph, item or division. */
static struct html_element *open_block(struct extraction *x) {
	for (uint32_t i = x->depth; i > 0; i--)
		if (x->stack[i - 1].tag->flags & HTML_BLOCK)
			return &x->stack[i - 1];
	return NULL;
}

static void begin_anchor(struct extraction *x, struct html_element *element, const xmlChar **attributes) {
	struct str href = str_trim(html_attribute(attributes, "href"));
	bool back;
	if (str_starts(href, STR("#"))) {
		struct str label = html_note_label(str_of(href.at + 1, href.len - 1), &back);
		if (label.at && !back) {
			element->kind = MARK_NOTE_REFERENCE;
			element->value = arena_copy(x->html->arena, label);
		}
	} else if (href.len && !str_starts(href, STR("javascript:"))) {
		element->kind = MARK_LINK;
		element->value = arena_copy(x->html->arena, href);
	}
	struct str name = html_attribute(attributes, "id");
	struct str label = html_note_label(name.at ? name : html_attribute(attributes, "name"), &back);
	struct html_element *block = open_block(x);
	bool is_text = block && (block->mark != UINT32_MAX || block->tag->id == HTML_P || block->tag->id == HTML_LI);
	if (label.at && !back && is_text)
		html_name_note(x, block, label);
}

static bool any_name(const xmlChar **attributes, const struct phrases *names) {
	return phrases_word(names, html_attribute(attributes, "class")) ||
		phrases_word(names, html_attribute(attributes, "id")) ||
		phrases_word(names, html_attribute(attributes, "role"));
}

/* Whether a style says display:none, however it is spaced. */
static bool styled_away(struct str style) {
	size_t at = str_find(style, STR("display"), 0);
	while (at != SIZE_MAX) {
		size_t value = at + 7;
		while (value < style.len && (style.at[value] == ' ' || style.at[value] == ':'))
			value++;
		if (str_starts(str_of(style.at + value, style.len - value), STR("none")))
			return true;
		at = str_find(style, STR("display"), value);
	}
	return false;
}

static bool is_hidden(const xmlChar **attributes) {
	return attributes && (html_attribute(attributes, "hidden").at || styled_away(html_attribute(attributes, "style")) ||
		str_equal_nocase(html_attribute(attributes, "aria-hidden"), STR("true")) ||
		any_name(attributes, &furniture_dropped));
}

struct str stamp_date(struct str stamp) {
	static const char form[] = "dddd-dd-dd";
	stamp = str_trim(stamp);
	if (stamp.len < 10)
		return STR_NULL;
	for (size_t i = 0; i < 10; i++)
		if (form[i] == 'd' ? !html_is_digit(stamp.at[i]) : stamp.at[i] != form[i])
			return STR_NULL;
	return str_of(stamp.at, 10);
}

static void take_date(struct extraction *x, struct str stamp) {
	struct str date = stamp_date(stamp);
	if (date.at && !x->html->date.at)
		x->html->date = arena_copy(x->html->arena, date);
}

/* Names that pages give to the date of their publication. */
static bool is_date_name(struct str name) {
	static const char *const names[] = {"article:published_time", "date", "dc.date", "dc.date.issued", "dcterms.date",
		"dcterms.issued", "pubdate", "publish-date", "publish_date", "og:published_time", "datepublished",
		"citation_publication_date", "citation_date", "published", "entry-date", "post-date", NULL};
	for (const char *const *at = names; *at; at++)
		if (str_equal_nocase(name, str_from(*at)))
			return true;
	return false;
}

static void read_meta(struct extraction *x, const xmlChar **attributes) {
	if (is_date_name(html_attribute(attributes, "name")) || is_date_name(html_attribute(attributes, "property")) ||
		is_date_name(html_attribute(attributes, "itemprop")))
		take_date(x, html_attribute(attributes, "content"));
}

/* A <time> dates the page only where it says so: those of events do not. */
static void read_time(struct extraction *x, const xmlChar **attributes) {
	if (html_attribute(attributes, "pubdate").at || is_date_name(html_attribute(attributes, "itemprop")) ||
		is_date_name(html_attribute(attributes, "class")))
		take_date(x, html_attribute(attributes, "datetime"));
}

static struct html_element *open_table_part(struct extraction *x, uint8_t id) {
	for (uint32_t i = x->depth; i > 0; i--) {
		if (x->stack[i - 1].tag->id == id)
			return &x->stack[i - 1];
		if (x->stack[i - 1].tag->id == HTML_TABLE)
			return NULL;
	}
	return NULL;
}

static struct html_element *open_table(struct extraction *x) {
	for (uint32_t i = x->depth; i > 0; i--)
		if (x->stack[i - 1].tag->id == HTML_TABLE)
			return &x->stack[i - 1];
	return NULL;
}

static void begin_table(struct extraction *x, struct html_element *element) {
	element->is_data = x->table < x->tables.count && x->tables.is_data[x->table];
	x->table++;
	if (!element->is_data)
		return;
	element->kind = MARK_TABLE;
	element->reach = arena_alloc(x->html->arena, COLUMNS_LIMIT * sizeof *element->reach);
}

static void begin_row(struct extraction *x, struct html_element *element) {
	struct html_element *table = open_table(x);
	bool is_data = table && table->is_data;
	html_want_breaks(x, is_data ? 1 : 2);
	x->tab = false;
	if (is_data)
		element->kind = MARK_ROW;
}

static uint32_t small_number(struct str digits) {
	uint32_t number = 0;
	for (size_t i = 0; i < digits.len && html_is_digit(digits.at[i]) && number < 1000; i++)
		number = number * 10 + (uint32_t)(digits.at[i] - '0');
	return number;
}

/* Passes columns of this row that a cell from a row above fills. */
static uint32_t pass_reached(struct html_element *table, uint32_t column, bool all) {
	for (; column < COLUMNS_LIMIT && (all || table->reach[column]); column++)
		table->reach[column] -= table->reach[column] > 0;
	return column;
}

static void begin_cell(struct extraction *x, struct html_element *element, const xmlChar **attributes) {
	struct html_element *table = open_table(x), *row = open_table_part(x, HTML_TR);
	if (!table || !table->is_data || !row) {
		html_want_breaks(x, 2);
		return;
	}
	row->count = pass_reached(table, row->count, false);
	element->kind = MARK_CELL;
	element->level = (uint8_t)(row->count < 255 ? row->count + 1 : 255);
	x->tab = row->count > 0;
	x->space = false;
	if (row->count == 0 && element->tag->id == HTML_TH)
		row->level = 1;
	if (row->mark != UINT32_MAX && element->tag->id == HTML_TD)
		x->html->marks.at[row->mark].level = 0; /* <th> names the row only */
	else if (element->tag->id == HTML_TD)
		row->level = 0;
	uint32_t span = small_number(html_attribute(attributes, "colspan"));
	uint32_t rows = small_number(html_attribute(attributes, "rowspan"));
	for (uint32_t end = row->count + (span > 1 ? span : 1); row->count < end; row->count++)
		if (row->count < COLUMNS_LIMIT && rows > 1)
			table->reach[row->count] = (uint16_t)(rows - 1);
}

static void begin_item(struct extraction *x, struct html_element *element) {
	element->level = (uint8_t)(x->lists < 1 ? 1 : x->lists < 255 ? x->lists : 255);
}

static void begin_break(struct extraction *x) {
	if (x->dropped || html_here(x) == 0 || x->breaks >= 2)
		return;
	if (x->breaks == 0)
		*array_push(x->html->arena, &x->html->marks) = (struct mark){{html_here(x), html_here(x)}, MARK_BREAK, 0, STR_NULL};
	x->breaks++;
	x->space = false;
}

/* A rule between blocks: it stands for no text, so its mark is empty. */
static void begin_rule(struct extraction *x) {
	if (!x->dropped && html_here(x) > 0)
		*array_push(x->html->arena, &x->html->marks) = (struct mark){{html_here(x), html_here(x)}, MARK_RULE, 0, STR_NULL};
}

static void begin_block(struct extraction *x, struct html_element *element, const xmlChar **attributes) {
	bool back;
	struct str label = html_note_label(html_attribute(attributes, "id"), &back);
	if (label.at && !back)
		html_name_note(x, element, label);
	if (x->articles == 0 && (element->tag->id == HTML_FOOTER || any_name(attributes, &furniture_class)))
		element->kind = MARK_CONTENTS;
}

static void begin_kind(struct extraction *x, struct html_element *element, const xmlChar **attributes) {
	switch (element->tag->id) {
	case HTML_A: begin_anchor(x, element, attributes); break;
	case HTML_BR: begin_break(x); break;
	case HTML_HR: begin_rule(x); break;
	case HTML_LI: begin_item(x, element); break;
	case HTML_META: read_meta(x, attributes); break;
	case HTML_TIME: read_time(x, attributes); break;
	case HTML_TITLE: x->in_title = x->title.len == 0; break;
	case HTML_TABLE: begin_table(x, element); break;
	case HTML_TR: begin_row(x, element); break;
	case HTML_TD: case HTML_TH: begin_cell(x, element, attributes); break;
	default: break;
	}
	if (element->tag->flags & HTML_BLOCK)
		begin_block(x, element, attributes);
	if (element->kind == MARK_QUOTE)
		element->level = (uint8_t)(x->quotes < 254 ? x->quotes + 1 : 255);
}

static void begin(void *data, const xmlChar *name, const xmlChar **attributes) {
	struct extraction *x = data;
	if (x->depth >= HTML_DEPTH) {
		x->too_deep = true;
		libxml()->stop(x->parser);
		return;
	}
	html_follow(x);
	if (x->raw < x->page.len && x->page.at[x->raw] == '/')
		x->raw++;
	if (x->raw < x->page.len && x->page.at[x->raw] == '>')
		x->raw++;
	const struct html_tag *tag = html_tag((const char *)name);
	struct html_element element = {.tag = tag, .mark = UINT32_MAX, .kind = tag->mark, .level = tag->level};
	if ((tag->flags & HTML_BLOCK) && !x->dropped)
		html_want_breaks(x, 2);
	begin_kind(x, &element, attributes);
	/* A body that is hidden or called "menu" is the page all the same. */
	bool is_root = x->depth < 2;
	element.drops = (tag->flags & HTML_DROPPED) || (!is_root && is_hidden(attributes));
	x->dropped += element.drops;
	x->preformatted += (tag->flags & HTML_PRE) != 0;
	x->lists += (tag->flags & HTML_LIST) != 0;
	x->quotes += tag->mark == MARK_QUOTE;
	x->articles += (tag->flags & HTML_ARTICLE) != 0;
	x->stack[x->depth++] = element;
}

/* ------------------------------------------------------------------ elements end */

static void end_mark(struct extraction *x, struct html_element *element) {
	struct mark *mark = &x->html->marks.at[element->mark];
	mark->span.end = html_here(x);
	if (element->kind == MARK_NOTE_REFERENCE) {
		struct str shown = html_shown_label(x, element);
		if (shown.len > 8) /* words: a link to a note, not its number */
			mark->kind = HTML_NO_MARK;
		else if (shown.len && html_is_digit(shown.at[0])) {
			struct str named = mark->value;
			mark->value = arena_copy(x->html->arena, shown);
			if (!str_equal(named, mark->value))
				*array_push(x->html->arena, &x->aliases) = (struct html_alias){named, mark->value};
		}
	} else if (element->tag->id == HTML_SUP && element->mark + 1 == x->html->marks.count &&
		html_is_raised_note(x, element)) {
		mark->kind = MARK_NOTE_REFERENCE;
		mark->value = arena_copy(x->html->arena, html_shown_label(x, element));
	}
}

static void end_element(struct extraction *x) {
	struct html_element *element = &x->stack[--x->depth];
	const struct html_tag *tag = element->tag;
	if (x->begun > x->depth) {
		x->begun = x->depth;
		if (element->mark != UINT32_MAX)
			end_mark(x, element);
	}
	if (tag->id == HTML_TR && element->kind == MARK_ROW) {
		struct html_element *table = open_table(x);
		if (table)
			pass_reached(table, element->count, true);
	}
	x->dropped -= element->drops;
	x->preformatted -= (tag->flags & HTML_PRE) != 0;
	x->lists -= (tag->flags & HTML_LIST) != 0;
	x->quotes -= tag->mark == MARK_QUOTE;
	x->articles -= (tag->flags & HTML_ARTICLE) != 0;
	if (tag->id == HTML_TITLE)
		x->in_title = false;
	if ((tag->flags & HTML_BLOCK) && !x->dropped)
		html_want_breaks(x, 2);
}

static void end(void *data, const xmlChar *name) {
	struct extraction *x = data;
	html_follow(x);
	const struct html_tag *tag = html_tag((const char *)name);
	if (x->depth == 0)
		return;
	if (x->stack[x->depth - 1].tag != tag) {
		/* libxml2 balances its elements; be sure all the same. */
		uint32_t i = x->depth;
		while (i > 0 && x->stack[i - 1].tag != tag)
			i--;
		if (i == 0)
			return;
		while (x->depth > i)
			end_element(x);
	}
	end_element(x);
}

static void passed(void *data, const xmlChar *comment) {
	(void)comment;
	html_follow(data);
}

/* ------------------------------------------------------------------ the page */

/* Leaves out the marks that came to nothing. */
static void keep_marks(struct html *html) {
	uint32_t kept = 0;
	for (uint32_t i = 0; i < html->marks.count; i++)
		if (html->marks.at[i].kind != HTML_NO_MARK)
			html->marks.at[kept++] = html->marks.at[i];
	html->marks.count = kept;
}

/* `words` with white space folded, in the arena; null when there are none. */
static struct str fold(struct arena *arena, struct str words) {
	words = str_trim(words);
	if (words.len == 0 || str_starts(words, STR("*|"))) /* a field that a mailing program left unfilled */
		return STR_NULL;
	char *at = arena_alloc(arena, words.len + 1);
	size_t len = 0;
	for (size_t i = 0; i < words.len; i++)
		if (!html_is_white(words.at[i]))
			at[len++] = words.at[i];
		else if (at[len - 1] != ' ')
			at[len++] = ' ';
	return str_of(at, len);
}

int html_extract(struct html *html, struct arena *arena, struct str page, struct error *error) {
	*html = (struct html){.arena = arena};
	struct extraction *x = arena_alloc(arena, sizeof *x);
	x->html = html;
	x->whole = page;
	x->page = html_mask(arena, page);
	if (str_find(page, STR("<table"), 0) != SIZE_MAX || str_find(page, STR("<TABLE"), 0) != SIZE_MAX)
		html_survey(&x->tables, arena, x->page);
	xmlSAXHandler handler = {.startElement = begin, .endElement = end, .characters = characters,
		.ignorableWhitespace = characters, .cdataBlock = characters, .comment = passed};
	int result = html_parse(x->page, &handler, x, &x->parser);
	while (x->depth)
		end_element(x);
	html_rename_notes(x);
	keep_marks(html);
	html->title = fold(arena, buf_str(&x->title));
	buf_release(&x->title);
	if (x->too_deep)
		result = error_set(error, "the HTML is nested more than %d elements deep", HTML_DEPTH);
	else if (result < 0)
		error_set(error, "the HTML cannot be read");
	return result;
}

void html_release(struct html *html) {
	buf_release(&html->text);
}

int read_html(struct source *source, struct source_map *runs, struct error *error) {
	struct html html;
	int result = html_extract(&html, &source->arena, source->page, error);
	source->text = arena_copy(&source->arena, buf_str(&html.text));
	html_release(&html);
	map_through(&source->arena, &source->runs, 0, &html.runs, (uint32_t)source->text.len, &source->page_runs);
	source->marks.at = html.marks.at;
	source->marks.count = html.marks.count;
	source->marks.room = html.marks.room;
	source->title = html.title;
	source->date = html.date;
	*runs = html.runs;
	furniture_mark(source);
	return result;
}

struct str html_charset(struct str bytes) {
	if (bytes.len > 1024)
		bytes.len = 1024;
	size_t at = str_find(bytes, STR("charset="), 0);
	if (at == SIZE_MAX || str_find(bytes, STR("<meta"), 0) > at)
		at = str_find(bytes, STR("encoding="), 0); /* of an XML declaration */
	if (at == SIZE_MAX)
		return STR_NULL;
	at = str_find(bytes, STR("="), at) + 1;
	while (at < bytes.len && (bytes.at[at] == '"' || bytes.at[at] == '\''))
		at++;
	size_t end = at;
	while (end < bytes.len && !strchr("\"' />;?", bytes.at[end]) && (unsigned char)bytes.at[end] > ' ')
		end++;
	return str_of(bytes.at + at, end - at);
}
