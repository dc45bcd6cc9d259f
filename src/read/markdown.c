/* Markdown, through cmark-gfm: the text is the file's own bytes, its markup is marked as hidden. cmark's
 * positions of blocks are used; inline nodes are found again in the bytes (markdown_inlines.c). */
#include "markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <pthread.h>
#include <stdlib.h>

struct reading {
	struct source *source;
	struct arena *arena;
	const char *copy;
	array_of(struct leaf) leaves;
	struct showing showing;
	uint8_t lists, quotes; /* how deep */
	uint32_t columns, cell_end; /* of this table row */
	cmark_node_type row, cell; /* of tables: an extension's types, known by their names */
	struct str note; /* the number of a note whose words are the next paragraph; null: none is awaited */
};

static void add(struct reading *r, struct span span, uint8_t kind, uint8_t level, struct str value) {
	if (!span_empty(span))
		*array_push(r->arena, &r->source->marks) = (struct mark){span, kind, level, value};
}

static void add_leaf(struct reading *r, cmark_node *node, struct span span) {
	if (!span_empty(span))
		*array_push(r->arena, &r->leaves) = (struct leaf){node, span};
}

/* ------------------------------------------------------------------ positions */

/* The position of cmark's line (from 1) and column; past the file's end for what was added behind it. */
static uint32_t position(const struct reading *r, int line, int column) {
	const struct source *source = r->source;
	if (line < 1 || (uint32_t)line > source->lines.count)
		return (uint32_t)source->text.len;
	uint32_t begin = source->lines.at[line - 1] + (uint32_t)(column > 0 ? column : 0);
	return begin < source->text.len ? begin : (uint32_t)source->text.len;
}

static struct span node_span(const struct reading *r, cmark_node *node) {
	int column = cmark_node_get_start_column(node);
	uint32_t begin = position(r, cmark_node_get_start_line(node), column > 0 ? column - 1 : 0);
	uint32_t end = position(r, cmark_node_get_end_line(node), cmark_node_get_end_column(node));
	return begin < end ? span_trim(r->source->text, (struct span){begin, end}) : (struct span){begin, begin};
}

/* Behind the `#` signs of a heading. */
static struct span heading_words(const struct reading *r, struct span span) {
	while (span.begin < span.end && r->copy[span.begin] == '#')
		span.begin++;
	while (span.begin < span.end && (r->copy[span.begin] == ' ' || r->copy[span.begin] == '\t'))
		span.begin++;
	return span;
}

/* ------------------------------------------------------------------ blocks */

/* The "[^label]:" on the line that the note's text begins on. */
static void enter_note(struct reading *r, cmark_node *node) {
	struct span span = node_span(r, node);
	struct str text = r->source->text;
	int line = cmark_node_get_start_line(node);
	if (span_empty(span) || line < 1 || (uint32_t)line > r->source->lines.count)
		return;
	size_t open = str_find(str_of(text.at, span.begin), STR("[^"), r->source->lines.at[line - 1]);
	size_t close = open == SIZE_MAX ? SIZE_MAX : str_find(str_of(text.at, span.begin), STR("]:"), open);
	if (close != SIZE_MAX)
		add(r, (struct span){(uint32_t)open, span.end}, MARK_NOTE, 0,
			arena_copy(r->arena, str_of(text.at + open + 2, close - open - 2)));
}

static void enter_item(struct reading *r, cmark_node *node) {
	/* A note's list item begins where its paragraph does: the bullet belongs to it. */
	add(r, node_span(r, node), MARK_ITEM, r->lists ? r->lists : 1, STR_NULL);
}

static uint32_t line_number(const struct reading *r, uint32_t at) {
	uint32_t low = 0, high = r->source->lines.count;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (r->source->lines.at[middle] <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* The lines of a code block without its fences are a leaf without inline nodes. */
static void enter_code(struct reading *r, cmark_node *node) {
	struct span span = node_span(r, node);
	add(r, span, MARK_CODE, 0, STR_NULL);
	int length, offset;
	char character;
	if (!span_empty(span) && cmark_node_get_fenced(node, &length, &offset, &character)) {
		uint32_t first = line_number(r, span.begin), last = line_number(r, span.end - 1);
		uint32_t at = span.end - 1;
		bool closed = last > first && r->copy[at] == character;
		span.end = closed ? r->source->lines.at[last] : span.end;
		span.begin = first < last ? r->source->lines.at[first + 1] : span.end;
	}
	add_leaf(r, NULL, span_trim(r->source->text, span));
}

/* A block of HTML: what stands outside its tags is text. */
static void enter_html(struct reading *r, cmark_node *node) {
	struct span span = node_span(r, node);
	for (uint32_t at = span.begin; at < span.end;) {
		const char *open = memchr(r->copy + at, '<', span.end - at);
		uint32_t stop = open ? (uint32_t)(open - r->copy) : span.end;
		add_leaf(r, NULL, span_trim(r->source->text, (struct span){at, stop}));
		if (!open)
			break;
		bool comment = span.end - stop >= 4 && memcmp(open, "<!--", 4) == 0;
		size_t close = str_find(str_of(r->copy, span.end), comment ? STR("-->") : STR(">"), stop);
		at = close == SIZE_MAX ? span.end : (uint32_t)(close + (comment ? 3 : 1));
	}
}

static void enter_cell(struct reading *r, cmark_node *node) {
	struct span span = node_span(r, node);
	if (cmark_node_get_start_column(node) < 1)
		return; /* a row that is too short */
	r->columns++;
	while (span.end > span.begin && r->copy[span.end - 1] == '|' && (span.end < 2 || r->copy[span.end - 2] != '\\'))
		span = span_trim(r->source->text, (struct span){span.begin, span.end - 1});
	r->cell_end = span.end;
	add(r, span, MARK_CELL, (uint8_t)(r->columns < 255 ? r->columns : 255), STR_NULL);
	add_leaf(r, node, span);
}

static bool is_bar(char c) {
	return c == '|' || c == ' ' || c == '\t';
}

/* cmark drops what a row has beyond the heading's columns; it is text all the same, in one more cell. */
static void leave_row(struct reading *r, cmark_node *node) {
	struct span rest = {r->cell_end, node_span(r, node).end};
	while (rest.begin < rest.end && is_bar(r->copy[rest.begin]))
		rest.begin++;
	while (rest.begin < rest.end && is_bar(r->copy[rest.end - 1]))
		rest.end--;
	if (r->columns)
		add(r, rest, MARK_CELL, (uint8_t)(r->columns < 255 ? r->columns + 1 : 255), STR_NULL);
	if (r->columns)
		add_leaf(r, NULL, rest);
}

static void enter_table_part(struct reading *r, cmark_node *node, cmark_node_type type) {
	const char *name = cmark_node_get_type_string(node);
	if (strcmp(name, "table") == 0) {
		add(r, node_span(r, node), MARK_TABLE, 0, STR_NULL);
	} else if (strcmp(name, "table_row") == 0 || strcmp(name, "table_header") == 0) {
		r->row = type;
		r->columns = 0;
		add(r, node_span(r, node), MARK_ROW, cmark_gfm_extensions_get_table_row_is_header(node) ? 1 : 0, STR_NULL);
	} else if (strcmp(name, "table_cell") == 0) {
		r->cell = type;
		enter_cell(r, node);
	}
}

/* A paragraph; "[1](#fnref1) Harbour Board, …" is a note, and so is the one below "[1](#fnref1)" alone. */
static void enter_paragraph(struct reading *r, cmark_node *node) {
	bool back;
	cmark_node *first = cmark_node_first_child(node);
	struct str number = markdown_note_link(first, &back);
	if (number.at && back && !cmark_node_next(first)) {
		r->note = arena_copy(r->arena, number);
		return;
	}
	struct str note = r->note.at ? r->note : number.at && back ? arena_copy(r->arena, number) : STR_NULL;
	r->note = STR_NULL;
	if (note.at)
		add(r, node_span(r, node), MARK_NOTE, 0, note);
	add(r, node_span(r, node), MARK_PARAGRAPH, 0, STR_NULL);
	add_leaf(r, node, node_span(r, node));
}

static void enter(struct reading *r, cmark_node *node) {
	cmark_node_type type = cmark_node_get_type(node);
	switch (type) {
	case CMARK_NODE_PARAGRAPH: enter_paragraph(r, node); break;
	case CMARK_NODE_HEADING:
		add(r, node_span(r, node), MARK_HEADING, (uint8_t)cmark_node_get_heading_level(node), STR_NULL);
		add_leaf(r, node, heading_words(r, node_span(r, node)));
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		r->quotes += r->quotes < 255;
		add(r, node_span(r, node), MARK_QUOTE, r->quotes, STR_NULL);
		break;
	case CMARK_NODE_LIST: r->lists += r->lists < 255; break;
	case CMARK_NODE_ITEM: enter_item(r, node); break;
	case CMARK_NODE_CODE_BLOCK: enter_code(r, node); break;
	case CMARK_NODE_HTML_BLOCK: enter_html(r, node); break;
	case CMARK_NODE_THEMATIC_BREAK: add(r, node_span(r, node), MARK_RULE, 0, STR_NULL); break;
	case CMARK_NODE_FOOTNOTE_DEFINITION: enter_note(r, node); break;
	default: enter_table_part(r, node, type); break;
	}
}

static void leave(struct reading *r, cmark_node *node) {
	cmark_node_type type = cmark_node_get_type(node);
	r->quotes -= type == CMARK_NODE_BLOCK_QUOTE && r->quotes > 0;
	r->lists -= type == CMARK_NODE_LIST && r->lists > 0;
	if (type == r->row)
		leave_row(r, node);
}

/* Blocks only: the inline nodes of a leaf are passed over. */
static void walk_blocks(struct reading *r, cmark_node *root) {
	cmark_node *node = root;
	while (node) {
		cmark_node_type type = cmark_node_get_type(node);
		enter(r, node);
		bool is_leaf = type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING || type == r->cell;
		cmark_node *next = is_leaf ? NULL : cmark_node_first_child(node);
		while (!next && node && node != root) {
			leave(r, node);
			next = cmark_node_next(node);
			if (!next)
				node = cmark_node_parent(node);
		}
		node = next;
	}
}

/* ------------------------------------------------------------------ the page */

static int compare_leaves(const void *a, const void *b) {
	const struct leaf *x = a, *y = b;
	return x->span.begin < y->span.begin ? -1 : x->span.begin > y->span.begin;
}

static void show_leaves(struct reading *r) {
	/* cmark moves notes to the end. */
	if (r->leaves.count)
		qsort(r->leaves.at, r->leaves.count, sizeof *r->leaves.at, compare_leaves);
	for (uint32_t i = 0; i < r->leaves.count; i++) {
		struct leaf *leaf = &r->leaves.at[i];
		if (i + 1 < r->leaves.count && leaf->span.end > leaf[1].span.begin)
			leaf->span.end = leaf[1].span.begin;
		hide_until(&r->showing, leaf->span.begin);
		if (leaf->node)
			markdown_inlines(&r->showing, r->copy, leaf);
		else
			show(&r->showing, leaf->span.begin, leaf->span.end);
	}
	show_end(&r->showing);
}

/* A note whose words begin on the next line was seen by cmark and among what it passed over. */
static void drop_second_notes(struct source *source) {
	uint32_t kept = 0, last = UINT32_MAX;
	for (uint32_t i = 0; i < source->marks.count; i++) {
		struct mark mark = source->marks.at[i];
		if (mark.kind == MARK_NOTE && mark.span.begin == last)
			continue;
		last = mark.kind == MARK_NOTE ? mark.span.begin : last;
		source->marks.at[kept++] = mark;
	}
	source->marks.count = kept;
}

/* "[^9]" without a note of that name is text for cmark. */
static void find_lost_references(struct reading *r) {
	struct str text = r->source->text;
	uint32_t next = 0, covered = 0, count = r->source->marks.count;
	for (size_t at = 0; (at = str_find(text, STR("[^"), at)) != SIZE_MAX; at += 2) {
		for (; next < count && r->source->marks.at[next].span.begin <= at; next++) {
			const struct mark *mark = &r->source->marks.at[next];
			bool covers = mark->kind == MARK_HIDDEN || mark->kind == MARK_CODE || mark->kind == MARK_NOTE_REFERENCE ||
				mark->kind == MARK_CONTENTS;
			if (covers && mark->span.end > covered)
				covered = mark->span.end;
		}
		size_t end = at + 2;
		while (end < text.len && end - at < 40 && text.at[end] != ']' && (unsigned char)text.at[end] > ' ')
			end++;
		if (at >= covered && end < text.len && text.at[end] == ']' && end > at + 2)
			add(r, (struct span){(uint32_t)at, (uint32_t)end + 1}, MARK_NOTE_REFERENCE, 0,
				arena_copy(r->arena, str_of(text.at + at + 2, end - at - 2)));
	}
}

/* The value of `key` in front matter, without quotation marks; null where it is not there. */
static struct str front_value(struct str front, struct str key) {
	for (size_t at = 0; (at = str_find(front, key, at)) != SIZE_MAX; at += key.len) {
		if (at == 0 || (front.at[at - 1] != '\n' && front.at[at - 1] != '\r'))
			continue;
		size_t begin = at + key.len, end = begin;
		while (end < front.len && front.at[end] != '\n' && front.at[end] != '\r')
			end++;
		struct str value = str_trim(str_of(front.at + begin, end - begin));
		if (value.len >= 2 && (value.at[0] == '"' || value.at[0] == '\'') && value.at[value.len - 1] == value.at[0])
			value = str_of(value.at + 1, value.len - 2);
		return value.len ? value : STR_NULL;
	}
	return STR_NULL;
}

static bool is_date(struct str s) {
	static const char form[] = "dddd-dd-dd";
	for (size_t i = 0; i < 10; i++)
		if (s.len < 10 || (form[i] == 'd' ? s.at[i] < '0' || s.at[i] > '9' : s.at[i] != form[i]))
			return false;
	return s.len == 10 || s.at[10] == 'T' || s.at[10] == ' ';
}

static void read_front_matter(struct reading *r, struct span span) {
	struct source *source = r->source;
	if (span_empty(span))
		return;
	struct str front = str_at(source->text, span), date = front_value(front, STR("date:"));
	add(r, span, MARK_CONTENTS, 0, STR_NULL);
	source->title = arena_copy(r->arena, front_value(front, STR("title:")));
	if (date.at && is_date(date))
		source->date = arena_copy(r->arena, str_of(date.at, 10));
	r->showing.shown = span.end;
}

static void start_cmark(void) {
	cmark_gfm_core_extensions_ensure_registered();
}

static cmark_node *parse(struct reading *r) {
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	static const char *const extensions[] = {"table", "strikethrough", "autolink"};
	pthread_once(&once, start_cmark);
	cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES | CMARK_OPT_SOURCEPOS);
	for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
		cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extensions[i]));
	cmark_parser_feed(parser, r->copy, r->source->text.len);
	/* cmark drops a note that nothing refers to: behind the page's end, something does. */
	struct str copy = str_of(r->copy, r->source->text.len);
	for (size_t at = 0; (at = str_find(copy, STR("[^"), at)) != SIZE_MAX; at += 2) {
		size_t end = at + 2;
		while (end < copy.len && end - at < 100 && copy.at[end] != ']' && (unsigned char)copy.at[end] > ' ')
			end++;
		if (end + 1 < copy.len && copy.at[end] == ']' && copy.at[end + 1] == ':') {
			cmark_parser_feed(parser, "\n\n", 2);
			cmark_parser_feed(parser, copy.at + at, end + 1 - at);
		}
	}
	cmark_node *root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	return root;
}

int read_markdown(struct source *source, struct error *error) {
	(void)error;
	source->text = source->page;
	source->runs = source->page_runs;
	if (source->text.len == 0)
		return 0;
	struct span front = markdown_front_matter(source->text);
	struct reading r = {.source = source, .arena = &source->arena, .showing = {.source = source}};
	r.copy = markdown_mask(r.arena, source->text, front);
	read_front_matter(&r, front);
	cmark_node *root = parse(&r);
	walk_blocks(&r, root);
	show_leaves(&r);
	cmark_node_free(root);
	marks_sort(source);
	drop_second_notes(source);
	find_lost_references(&r);
	marks_sort(source);
	return 0;
}
