/* What the form (Markdown, HTML, mail) says of each line, out of the source's marks. */
#include "cut.h"

enum { DEEPEST = 64 };

/* The marks that hold the line at hand, from the outside in. */
struct nest {
	const struct source *source;
	uint32_t mark[DEEPEST];
	uint32_t depth;
	uint32_t next; /* the first mark not looked at */
	bool broken;     /* an explicit break stands before the line at hand */
	bool breaks;     /* and one inside or behind it */
	uint32_t item_seen; /* the item whose first words have been met, its index + 1 */
};

static bool holds_lines(enum mark_kind kind) {
	return kind <= MARK_CONTENTS;
}

static const struct mark *nest_at(const struct nest *n, uint32_t level) {
	return &n->source->marks.at[n->mark[level]];
}

/* Drops marks that end before the line and takes in those that begin in it. */
static void nest_move(struct nest *n, struct span line) {
	while (n->depth && nest_at(n, n->depth - 1)->span.end <= line.begin)
		n->depth--;
	n->broken = n->breaks;
	n->breaks = false;
	for (; n->next < n->source->marks.count; n->next++) {
		const struct mark *mark = &n->source->marks.at[n->next];
		if (mark->span.begin >= line.end)
			return;
		if (mark->kind == MARK_BREAK)
			*(mark->span.begin <= line.begin ? &n->broken : &n->breaks) = true;
		if (!holds_lines(mark->kind) || mark->span.end <= line.begin)
			continue;
		while (n->depth && nest_at(n, n->depth - 1)->span.end <= mark->span.begin)
			n->depth--;
		if (n->depth < DEEPEST)
			n->mark[n->depth++] = n->next;
	}
}

/* What the marks around the innermost one say, gathered from the outside in. */
struct around {
	uint32_t item, quote_depth, row, table, note; /* marks: their index + 1 */
	uint8_t item_level;
	bool contents;
};

static struct around look_around(const struct nest *n) {
	struct around a = {0};
	for (uint32_t i = 0; i < n->depth; i++) {
		const struct mark *mark = nest_at(n, i);
		switch (mark->kind) {
		case MARK_ITEM:
			a.item = n->mark[i] + 1;
			a.item_level = mark->level;
			break;
		case MARK_QUOTE:
			a.quote_depth++;
			break;
		case MARK_TABLE:
			a.table = n->mark[i] + 1;
			a.row = 0;
			break;
		case MARK_ROW:
			a.row = n->mark[i] + 1;
			break;
		case MARK_NOTE:
			a.note = n->mark[i] + 1;
			break;
		case MARK_CONTENTS:
			a.contents = true;
			break;
		default:
			break;
		}
	}
	return a;
}

static void set_kind(struct line_form *form, struct nest *n, const struct mark *leaf, const struct around *a) {
	if (a->contents)
		form->kind = BLOCK_CONTENTS;
	else if (leaf->kind == MARK_HEADING)
		form->kind = BLOCK_HEADING, form->level = leaf->level;
	else if (leaf->kind == MARK_CODE)
		form->kind = BLOCK_CODE;
	else if (leaf->kind == MARK_RULE)
		form->kind = BLOCK_RULE;
	else if (leaf->kind == MARK_ROW)
		form->kind = BLOCK_ROW, form->row = a->row, form->table = a->table, form->level = leaf->level;
	else if (a->note)
		form->kind = BLOCK_NOTE, form->note = a->note;
	else if (a->quote_depth)
		form->kind = BLOCK_QUOTE, form->level = (uint8_t)a->quote_depth;
	else if (a->item)
		form->kind = n->item_seen < a->item ? BLOCK_ITEM : BLOCK_TEXT, form->level = a->item_level;
	if (a->item > n->item_seen)
		n->item_seen = a->item;
}

static struct line_form form_of(struct nest *n) {
	struct line_form form = {.broken = n->broken};
	struct around a = look_around(n);
	uint32_t leaf = n->depth;
	while (leaf && (nest_at(n, leaf - 1)->kind == MARK_CELL || nest_at(n, leaf - 1)->kind == MARK_TABLE))
		leaf--;
	if (!leaf)
		return form;
	form.leaf = n->mark[leaf - 1] + 1;
	set_kind(&form, n, nest_at(n, leaf - 1), &a);
	return form;
}

struct line_form *form_lines(const struct document *d, struct arena *arena) {
	struct line_form *forms = arena_alloc(arena, (d->lines.count + 1) * sizeof *forms);
	struct nest nest = {.source = d->source};
	uint32_t leaf = 0;
	for (uint32_t i = 0; d->source->marks.count && i < d->lines.count; i++) {
		const struct line *line = &d->lines.at[i];
		if (span_empty(line->span))
			continue;
		nest_move(&nest, line->span);
		forms[i] = form_of(&nest);
		forms[i].first = forms[i].leaf != leaf;
		leaf = forms[i].leaf;
	}
	return forms;
}
