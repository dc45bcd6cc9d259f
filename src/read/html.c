/* HTML, through libxml2's SAX parser: its text with blocks on lines of their own, marks for what the
 * elements mean, and a run for each stretch of text that leads back to the page. */
#include <libxml/HTMLparser.h>

#include "../base/utf8.h"
#include "furniture.h"
#include "html_tags.h"
#include "reader.h"

/* Markup that the parser passed over without a word is looked for this far. */
enum { SKIP_LIMIT = 4096 };

/* Columns in which cells may reach over rows. */
enum { COLUMNS_LIMIT = 64 };

struct element {
	const struct html_tag *tag;
	struct str value;      /* of the mark: a target, a label */
	uint32_t begin;        /* where its text begins, once it has begun */
	uint32_t mark;         /* its mark's index, UINT32_MAX for none */
	uint32_t count;        /* row: its columns so far */
	uint16_t *reach;       /* table: for each column, how many more rows a cell from above fills (rowspan) */
	uint8_t kind, level;   /* kind: HTML_NO_MARK where nothing is marked */
	bool is_data, drops;   /* a table of data; the first of the elements that are dropped */
};

struct extraction {
	struct html *html;
	struct str page;
	void *parser; /* libxml2's context */
	struct html_tables tables;
	uint32_t table; /* tables begun so far */
	struct element stack[HTML_DEPTH + 1];
	uint32_t depth, begun; /* elements open; those at the bottom whose text has begun */
	uint32_t dropped, preformatted, lists, quotes, articles; /* open elements of these kinds */
	uint32_t raw;        /* how far in the page the text has been found */
	uint32_t space_raw;  /* where the white space stood that is still to be written */
	uint8_t breaks;      /* line ends still to be written, 0 to 2 */
	bool space, tab;     /* white space still to be written */
	bool in_title, too_deep;
	struct buf title;
};

/* ------------------------------------------------------------------ writing text */

static uint32_t here(const struct extraction *x) {
	return (uint32_t)x->html->text.len;
}

static void write_bytes(struct extraction *x, struct str bytes, uint32_t raw, bool exact) {
	map_add(x->html->arena, &x->html->runs, here(x), raw, exact);
	buf_add(&x->html->text, bytes);
}

/* Writes the white space that has been put off. */
static void write_space(struct extraction *x) {
	if (here(x) > 0) {
		if (x->breaks)
			write_bytes(x, str_of("\n\n", x->breaks), x->raw, false);
		else if (x->tab)
			write_bytes(x, STR("\t"), x->raw, false);
		else if (x->space)
			write_bytes(x, STR(" "), x->space_raw, true);
	}
	x->html->blocks += x->breaks > 0;
	x->breaks = 0;
	x->tab = x->space = false;
}

/* The marks of the elements whose text begins here. */
static void begin_marks(struct extraction *x) {
	for (; x->begun < x->depth; x->begun++) {
		struct element *element = &x->stack[x->begun];
		element->begin = here(x);
		/* A <sup> may turn out to be a note's number. */
		if (element->kind == HTML_NO_MARK && element->tag->id != HTML_SUP)
			continue;
		element->mark = x->html->marks.count;
		*array_push(x->html->arena, &x->html->marks) =
			(struct mark){{here(x), here(x)}, element->kind, element->level, element->value};
	}
}

static void write_text(struct extraction *x, struct str bytes, uint32_t raw, bool exact) {
	if (x->breaks || x->tab || x->space)
		write_space(x);
	if (x->begun < x->depth)
		begin_marks(x);
	write_bytes(x, bytes, raw, exact);
}

static void want_breaks(struct extraction *x, uint8_t count) {
	if (x->breaks < count)
		x->breaks = count;
	x->space = false;
}

/* ------------------------------------------------------------------ finding text in the page */

/* The bytes of the character reference at `raw`, or 0. */
static uint32_t reference_length(struct str page, uint32_t raw) {
	uint32_t at = raw + 1;
	if (raw >= page.len || page.at[raw] != '&')
		return 0;
	while (at < page.len && at - raw < 40 && (page.at[at] == '#' || (page.at[at] >= '0' && page.at[at] <= '9') ||
		((page.at[at] | 32) >= 'a' && (page.at[at] | 32) <= 'z')))
		at++;
	return at < page.len && page.at[at] == ';' ? at + 1 - raw : at - raw;
}

/* Moves over a comment or a tag that the parser ignored. */
static void skip_markup(struct extraction *x) {
	struct str page = x->page;
	bool comment = str_starts(str_of(page.at + x->raw, page.len - x->raw), STR("<!--"));
	size_t limit = page.len - x->raw < SKIP_LIMIT ? page.len : x->raw + SKIP_LIMIT;
	size_t end = str_find(str_of(page.at, limit), comment ? STR("-->") : STR(">"), x->raw);
	if (end != SIZE_MAX)
		x->raw = (uint32_t)(end + (comment ? 3 : 1));
}

/* Brings `raw` to where `byte` stands, near by. False: it is not found, and raw stays. */
static bool find_raw(struct extraction *x, char byte) {
	for (int tries = 0; tries < 16 && x->raw < x->page.len && x->page.at[x->raw] == '<' && byte != '<'; tries++) {
		uint32_t before = x->raw;
		skip_markup(x);
		if (x->raw == before)
			break;
	}
	if (x->raw + 1 < x->page.len && x->page.at[x->raw] == '\r' && byte == '\n')
		x->raw++;
	return x->raw < x->page.len && x->page.at[x->raw] == byte;
}

static bool is_white(char c) {
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* The length of what begins `text` and stands in the page at `raw` byte for byte, up to white space
 * (single spaces go with it). */
static size_t same_length(const struct extraction *x, struct str text) {
	const char *page = x->page.at + x->raw;
	size_t limit = x->page.len - x->raw < text.len ? x->page.len - x->raw : text.len, i = 0;
	bool fold = !x->preformatted;
	while (i < limit && text.at[i] == page[i]) {
		if (i > 0 && text.at[i] == '&')
			break;
		if (fold && is_white(text.at[i]) &&
			(text.at[i] != ' ' || i == 0 || i + 1 >= limit || is_white(text.at[i + 1]) || page[i + 1] != text.at[i + 1]))
			break;
		i++;
	}
	return i;
}

static void note_space(struct extraction *x, char byte) {
	if (!x->space)
		x->space_raw = x->raw;
	x->space = true;
	if (find_raw(x, byte)) {
		x->raw++;
	} else {
		uint32_t length = reference_length(x->page, x->raw);
		x->raw += length;
	}
}

/* Whether the page has an ampersand at `raw` that stands for itself, as in "&unknown;" or "R&D". */
static bool is_plain_ampersand(const struct extraction *x) {
	static const char *const names[] = {"&amp", "&AMP", "&#38", "&#x26", "&#X26", "&#038", NULL};
	struct str rest = str_of(x->page.at + x->raw, x->page.len - x->raw);
	for (const char *const *name = names; *name; name++)
		if (str_starts(rest, str_from(*name)))
			return false;
	return str_starts(rest, STR("&"));
}

/* A character that the page writes as a reference, or that is not found in it. */
static size_t write_reference(struct extraction *x, struct str text) {
	int length;
	utf8_decode(text.at, text.at + text.len, &length);
	write_text(x, str_of(text.at, (size_t)length), x->raw, false);
	x->raw += reference_length(x->page, x->raw);
	return (size_t)length;
}

static void write_characters(struct extraction *x, struct str text) {
	while (text.len) {
		size_t length;
		if (!x->preformatted && is_white(text.at[0])) {
			note_space(x, text.at[0]);
			length = 1;
		} else {
			bool found = find_raw(x, text.at[0]);
			bool reference = !found || (text.at[0] == '&' && !is_plain_ampersand(x));
			length = reference ? 0 : same_length(x, text);
			if (length) {
				write_text(x, str_of(text.at, length), x->raw, true);
				x->raw += (uint32_t)length;
			} else {
				length = write_reference(x, text);
			}
		}
		text = str_of(text.at + length, text.len - length);
	}
}

/* The parser's own place in the page. */
static uint32_t parser_place(const struct extraction *x) {
	const xmlParserInput *input = ((htmlParserCtxtPtr)x->parser)->input;
	return input ? (uint32_t)(input->consumed + (unsigned long)(input->cur - input->base)) : x->raw;
}

static void follow_parser(struct extraction *x) {
	uint32_t place = parser_place(x);
	if (place > x->page.len)
		place = (uint32_t)x->page.len;
	if (place > x->raw)
		x->raw = place;
}

static void characters(void *data, const xmlChar *at, int len) {
	struct extraction *x = data;
	struct str text = str_of((const char *)at, (size_t)len);
	if (x->in_title)
		buf_add(&x->title, text);
	if (!x->dropped)
		write_characters(x, text);
}

/* ------------------------------------------------------------------ notes */

static bool is_digit(char c) {
	return c >= '0' && c <= '9';
}

/* The label in a name such as "fn:3", "_ftn3", "footnote-3", "cite_note-x"; null for other names. Names
 * of the places that refer to notes ("fnref3") go to *back. */
static struct str note_label(struct str name, bool *back) {
	static const char *const heads[] = {"footnote", "endnote", "cite_note", "note", "_ftn", "_edn", "ftn", "edn", "fn", "en", NULL};
	*back = false;
	for (const char *const *head = heads; *head; head++) {
		struct str rest = name;
		if (!str_starts(rest, str_from(*head)))
			continue;
		rest = str_of(rest.at + strlen(*head), rest.len - strlen(*head));
		*back = str_starts(rest, STR("ref")) || str_starts(rest, STR("-ref")) || str_starts(rest, STR("_ref"));
		while (rest.len && strchr(":-_.", rest.at[0]) && rest.at[0])
			rest = str_of(rest.at + 1, rest.len - 1);
		return rest.len && (is_digit(rest.at[0]) || rest.at - name.at > (ptrdiff_t)strlen(*head)) ? rest : STR_NULL;
	}
	return STR_NULL;
}

/* Names the block that is open as the note called `label`. */
static void name_note(struct extraction *x, struct element *element, struct str label) {
	for (uint32_t i = 0; i < x->depth; i++)
		if (x->stack[i].kind == MARK_NOTE)
			return; /* it is in a note already */
	element->kind = MARK_NOTE;
	element->level = 0;
	element->value = arena_copy(x->html->arena, label);
	if (element->mark != UINT32_MAX) {
		struct mark *mark = &x->html->marks.at[element->mark];
		mark->kind = MARK_NOTE;
		mark->level = 0;
		mark->value = element->value;
	}
}

/* The nearest open paragraph, item or division. */
static struct element *open_block(struct extraction *x) {
	for (uint32_t i = x->depth; i > 0; i--)
		if (x->stack[i - 1].tag->flags & HTML_BLOCK)
			return &x->stack[i - 1];
	return NULL;
}

static void begin_anchor(struct extraction *x, struct element *element, const xmlChar **attributes) {
	struct str href = str_trim(html_attribute(attributes, "href"));
	bool back;
	if (str_starts(href, STR("#"))) {
		struct str label = note_label(str_of(href.at + 1, href.len - 1), &back);
		if (label.at && !back) {
			element->kind = MARK_NOTE_REFERENCE;
			element->value = arena_copy(x->html->arena, label);
		}
	} else if (href.len && !str_starts(href, STR("javascript:"))) {
		element->kind = MARK_LINK;
		element->value = arena_copy(x->html->arena, href);
	}
	struct str name = html_attribute(attributes, "id");
	struct str label = note_label(name.at ? name : html_attribute(attributes, "name"), &back);
	struct element *block = open_block(x);
	if (label.at && !back && block && (block->mark != UINT32_MAX || block->tag->id == HTML_P || block->tag->id == HTML_LI))
		name_note(x, block, label);
}

/* ------------------------------------------------------------------ elements begin */

static bool any_name(const xmlChar **attributes, const struct phrases *names) {
	return phrases_word(names, html_attribute(attributes, "class")) || phrases_word(names, html_attribute(attributes, "id")) ||
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
		str_equal_nocase(html_attribute(attributes, "aria-hidden"), STR("true")) || any_name(attributes, &furniture_dropped));
}

/* The date of YYYY-MM-DD that a time stamp begins with, or null. */
static struct str stamp_date(struct str stamp) {
	static const char form[] = "dddd-dd-dd";
	stamp = str_trim(stamp);
	if (stamp.len < 10)
		return STR_NULL;
	for (size_t i = 0; i < 10; i++)
		if (form[i] == 'd' ? !is_digit(stamp.at[i]) : stamp.at[i] != form[i])
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

static struct element *open_table_part(struct extraction *x, uint8_t id) {
	for (uint32_t i = x->depth; i > 0; i--) {
		if (x->stack[i - 1].tag->id == id)
			return &x->stack[i - 1];
		if (x->stack[i - 1].tag->id == HTML_TABLE)
			return NULL;
	}
	return NULL;
}

static struct element *open_table(struct extraction *x) {
	for (uint32_t i = x->depth; i > 0; i--)
		if (x->stack[i - 1].tag->id == HTML_TABLE)
			return &x->stack[i - 1];
	return NULL;
}

static void begin_table(struct extraction *x, struct element *element) {
	element->is_data = x->table < x->tables.count && x->tables.is_data[x->table];
	x->table++;
	if (!element->is_data)
		return;
	element->kind = MARK_TABLE;
	element->reach = arena_alloc(x->html->arena, COLUMNS_LIMIT * sizeof *element->reach);
}

static void begin_row(struct extraction *x, struct element *element) {
	struct element *table = open_table(x);
	bool is_data = table && table->is_data;
	want_breaks(x, is_data ? 1 : 2);
	x->tab = false;
	if (is_data)
		element->kind = MARK_ROW;
}

static uint32_t small_number(struct str digits) {
	uint32_t number = 0;
	for (size_t i = 0; i < digits.len && is_digit(digits.at[i]) && number < 1000; i++)
		number = number * 10 + (uint32_t)(digits.at[i] - '0');
	return number;
}

/* Passes columns of this row that a cell from a row above fills. */
static uint32_t pass_reached(struct element *table, uint32_t column, bool all) {
	for (; column < COLUMNS_LIMIT && (all || table->reach[column]); column++)
		table->reach[column] -= table->reach[column] > 0;
	return column;
}

static void begin_cell(struct extraction *x, struct element *element, const xmlChar **attributes) {
	struct element *table = open_table(x), *row = open_table_part(x, HTML_TR);
	if (!table || !table->is_data || !row) {
		want_breaks(x, 2);
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

static void begin_item(struct extraction *x, struct element *element) {
	element->level = (uint8_t)(x->lists < 1 ? 1 : x->lists < 255 ? x->lists : 255);
}

static void begin_break(struct extraction *x) {
	if (x->dropped || here(x) == 0 || x->breaks >= 2)
		return;
	if (x->breaks == 0)
		*array_push(x->html->arena, &x->html->marks) = (struct mark){{here(x), here(x)}, MARK_BREAK, 0, STR_NULL};
	x->breaks++;
	x->space = false;
}

/* A rule between blocks: it stands for no text, so its mark is empty. */
static void begin_rule(struct extraction *x) {
	if (!x->dropped && here(x) > 0)
		*array_push(x->html->arena, &x->html->marks) = (struct mark){{here(x), here(x)}, MARK_RULE, 0, STR_NULL};
}

static void begin_block(struct extraction *x, struct element *element, const xmlChar **attributes) {
	bool back;
	struct str label = note_label(html_attribute(attributes, "id"), &back);
	if (label.at && !back)
		name_note(x, element, label);
	if (x->articles == 0 && (element->tag->id == HTML_FOOTER || any_name(attributes, &furniture_class)))
		element->kind = MARK_CONTENTS;
}

static void begin_kind(struct extraction *x, struct element *element, const xmlChar **attributes) {
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
		xmlStopParser(x->parser);
		return;
	}
	follow_parser(x);
	if (x->raw < x->page.len && x->page.at[x->raw] == '/')
		x->raw++;
	if (x->raw < x->page.len && x->page.at[x->raw] == '>')
		x->raw++;
	const struct html_tag *tag = html_tag((const char *)name);
	struct element element = {.tag = tag, .mark = UINT32_MAX, .kind = tag->mark, .level = tag->level};
	if ((tag->flags & HTML_BLOCK) && !x->dropped)
		want_breaks(x, 2);
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

/* A raised number is a note's where it cannot be a square or "2nd": behind a stop or a quotation mark, or
 * behind a word of three letters or more. */
static bool is_raised_note(const struct extraction *x, const struct element *element) {
	const char *text = x->html->text.at;
	struct str number = str_trim(str_of(text + element->begin, here(x) - element->begin));
	if (number.len == 0 || number.len > 3)
		return false;
	for (size_t i = 0; i < number.len; i++)
		if (!is_digit(number.at[i]))
			return false;
	uint32_t at = element->begin, letters = 0;
	while (at > 0 && letters < 3 && (text[at - 1] | 32) >= 'a' && (text[at - 1] | 32) <= 'z') {
		letters++;
		at--;
	}
	return letters == 3 || (letters == 0 && at > 0 && (strchr(".,;:!?)\"'", text[at - 1]) || (text[at - 1] & 0x80)));
}

/* What a reference shows is its label, without brackets: "[3]", "3", "*". */
static struct str shown_label(const struct extraction *x, const struct element *element) {
	struct str shown = str_trim(str_of(x->html->text.at + element->begin, here(x) - element->begin));
	while (shown.len > 1 && strchr("[(", shown.at[0]))
		shown = str_of(shown.at + 1, shown.len - 1);
	while (shown.len > 1 && strchr("])", shown.at[shown.len - 1]))
		shown.len--;
	return shown;
}

static void end_mark(struct extraction *x, struct element *element) {
	struct mark *mark = &x->html->marks.at[element->mark];
	mark->span.end = here(x);
	if (element->kind == MARK_NOTE_REFERENCE) {
		struct str shown = shown_label(x, element);
		if (shown.len > 8) /* words: a link to a note, not its number */
			mark->kind = HTML_NO_MARK;
		else if (shown.len && is_digit(shown.at[0]))
			mark->value = arena_copy(x->html->arena, shown);
	} else if (element->tag->id == HTML_SUP && element->mark + 1 == x->html->marks.count && is_raised_note(x, element)) {
		mark->kind = MARK_NOTE_REFERENCE;
		mark->value = arena_copy(x->html->arena, shown_label(x, element));
	}
}

static void end_element(struct extraction *x) {
	struct element *element = &x->stack[--x->depth];
	const struct html_tag *tag = element->tag;
	if (x->begun > x->depth) {
		x->begun = x->depth;
		if (element->mark != UINT32_MAX)
			end_mark(x, element);
	}
	if (tag->id == HTML_TR && element->kind == MARK_ROW) {
		struct element *table = open_table(x);
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
		want_breaks(x, 2);
}

static void end(void *data, const xmlChar *name) {
	struct extraction *x = data;
	follow_parser(x);
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
	follow_parser(data);
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
		if (!is_white(words.at[i]))
			at[len++] = words.at[i];
		else if (at[len - 1] != ' ')
			at[len++] = ' ';
	return str_of(at, len);
}

int html_extract(struct html *html, struct arena *arena, struct str page, struct error *error) {
	*html = (struct html){.arena = arena};
	struct extraction *x = arena_alloc(arena, sizeof *x);
	x->html = html;
	x->page = html_mask(arena, page);
	if (str_find(page, STR("<table"), 0) != SIZE_MAX || str_find(page, STR("<TABLE"), 0) != SIZE_MAX)
		html_survey(&x->tables, arena, x->page);
	xmlSAXHandler handler = {.startElement = begin, .endElement = end, .characters = characters, .ignorableWhitespace = characters,
		.cdataBlock = characters, .comment = passed};
	int result = html_parse(x->page, &handler, x, &x->parser);
	while (x->depth)
		end_element(x);
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
