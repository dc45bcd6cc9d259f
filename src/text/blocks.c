/* The cut into blocks: paragraphs as a reader sees them. */
#include "cut.h"

enum { LEVELS = 8 };

struct builder {
	struct document *d;
	const struct line_form *forms;
	const struct line_look *looks;
	uint32_t from, to;       /* the stanza at hand: lines without a blank one between them */
	uint32_t measure;        /* of the stanza: the document's, or its own */
	bool labelled;           /* the stanza has labels at the beginning of its lines as a rule */
	uint32_t tables;
	uint32_t bars, barred; /* of a table without bars at its sides: the bars of its rows, its number; 0: none has been */
	uint16_t item_indent[LEVELS];
	uint32_t item_depth;
};

/* Whether line `i` was broken because the first word of the next would not have fitted. */
static bool is_full(const struct builder *b, uint32_t i) {
	const struct line_look *line = &b->looks[i], *next = &b->looks[i + 1];
	if (!b->measure)
		return false;
	if (line->width > b->measure + 3)
		return b->d->lines.at[i].tokens == 1;
	return line->width + 1u + next->first > b->measure;
}

/* Whether the line reads on into the next without looking at widths. */
static bool reads_on(const struct builder *b, uint32_t i) {
	const struct line_look *line = &b->looks[i];
	uint32_t least = b->measure ? b->measure * 6 / 10 : 40;
	bool fits = line->width >= least && (!b->measure || line->width <= b->measure + 3) && line->width < 160;
	return fits && !line->stops && b->looks[i + 1].lower;
}

/* Whether the line after `i` begins something although `i` is full. */
static bool begins_anew(const struct builder *b, uint32_t first, uint32_t i) {
	const struct line_look *line = &b->looks[i], *next = &b->looks[i + 1];
	switch (next->start) {
	case START_RULE: case START_PIPE: case START_BULLET:
		return true;
	case START_NOTE: /* in wrapped prose a reference may come to stand first */
		return b->looks[first].start == START_NOTE || !is_full(b, i) || i == first;
	case START_NUMBER:
		return line->stops || b->looks[first].start == START_NUMBER;
	case START_LABEL:
		return b->labelled;
	case START_BY:
		return i == first && !line->stops;
	case START_CLOCK:
		return (line->stops || !is_full(b, i)) && b->looks[first].start == START_CLOCK;
	default:
		return line->start == START_RULE || line->start == START_PIPE;
	}
}

/* Whether the change of indentation from `i` to the next line begins a paragraph. */
static bool indent_breaks(const struct builder *b, uint32_t first, uint32_t i) {
	const struct line *lines = b->d->lines.at;
	uint32_t here = lines[i].indent, next = lines[i + 1].indent;
	if (here == next)
		return false;
	bool item = b->looks[first].start == START_BULLET || b->looks[first].start == START_NUMBER ||
		b->looks[first].start == START_NOTE;
	if (next > here) {
		/* a hanging paragraph keeps its indentation; the first line of a new one gives it back */
		bool kept = i + 2 >= b->to || lines[i + 2].indent >= next;
		return !(i == first && (kept || item));
	}
	return i != first || item;
}

static bool hangs(const struct builder *b, uint32_t first, uint32_t i) {
	uint8_t start = b->looks[first].start;
	return (start == START_BULLET || start == START_NUMBER) && b->d->lines.at[i + 1].indent > b->d->lines.at[first].indent &&
		b->looks[i + 1].start == START_TEXT && b->looks[i].width < 160;
}

/* Whether the block that begins at line `first` and holds line `i` goes on with line `i + 1`. */
static bool goes_on(const struct builder *b, uint32_t first, uint32_t i) {
	const struct line_form *form = &b->forms[i + 1];
	if (form->leaf != b->forms[i].leaf)
		return false;
	if (form->leaf && (form->kind == BLOCK_CODE || form->kind == BLOCK_HEADING || form->kind == BLOCK_ROW))
		return true;
	if (form->broken || b->d->lines.at[i + 1].quote != b->d->lines.at[i].quote)
		return false;
	bool markdown = form->leaf && str_equal(b->d->source->media_type, STR("text/markdown"));
	if (begins_anew(b, first, i))
		return false;
	if (markdown)
		return !(b->looks[i + 1].start == START_LABEL && !is_full(b, i));
	if (indent_breaks(b, first, i))
		return false;
	return is_full(b, i) || reads_on(b, i) || hangs(b, first, i);
}

/* In wrapped prose a label begins a line only where the one before is full; one that doesn't shows a list. */
static bool has_labels(const struct builder *b) {
	if (b->looks[b->from].start == START_LABEL)
		return true;
	for (uint32_t i = b->from; i + 1 < b->to; i++)
		if (b->looks[i + 1].start == START_LABEL && !is_full(b, i))
			return true;
	return false;
}

/* --- a block's fields --- */

static uint8_t item_level(struct builder *b, uint16_t indent) {
	while (b->item_depth && b->item_indent[b->item_depth - 1] > indent)
		b->item_depth--;
	if (b->item_depth < LEVELS && (!b->item_depth || b->item_indent[b->item_depth - 1] + 1 < indent))
		b->item_indent[b->item_depth++] = indent;
	return (uint8_t)(b->item_depth ? b->item_depth : 1);
}

/* The bullet is not one of the item's words. */
static void skip_bullet(struct builder *b, struct block *block) {
	const struct token *t = &b->d->tokens.at[block->token];
	uint32_t skip = 1;
	while (!(t[skip].flags & TOKEN_SPACE))
		skip++;
	block->token += skip;
	block->tokens -= skip;
}

static void set_plain_kind(struct builder *b, struct block *block, uint32_t line) {
	uint16_t quote = b->d->lines.at[line].quote;
	switch (b->looks[line].start) {
	case START_RULE:
		block->kind = BLOCK_RULE;
		return;
	case START_BULLET:
		skip_bullet(b, block);
		/* fall through */
	case START_NUMBER:
		block->kind = BLOCK_ITEM;
		block->level = item_level(b, block->indent);
		break;
	default:
		b->item_depth = block->indent ? b->item_depth : 0;
	}
	if (quote) {
		block->kind = BLOCK_QUOTE;
		block->level = (uint8_t)(quote > UINT8_MAX ? UINT8_MAX : quote);
	}
}

static void set_kind(struct builder *b, struct block *block, uint32_t line) {
	const struct line_form *form = &b->forms[line];
	if (!form->leaf) {
		set_plain_kind(b, block, line);
		return;
	}
	block->kind = form->kind;
	block->level = form->level;
	block->note = form->note;
	/* further lines of an item that stand for themselves */
	if (form->kind == BLOCK_ITEM && line && b->forms[line - 1].leaf == form->leaf)
		block->kind = BLOCK_TEXT;
	if (form->kind == BLOCK_TEXT && !form->level && b->looks[line].start == START_RULE)
		block->kind = BLOCK_RULE;
}

/* --- rows --- */

static void add_cell(struct builder *b, struct block *block, struct span span, uint32_t column) {
	struct document *d = b->d;
	struct cell cell = {.span = span_trim(d->text, span), .column = column};
	cell.token = document_token_at(d, cell.span.begin);
	uint32_t end = block->token + block->tokens;
	while (cell.token + cell.tokens < end && d->tokens.at[cell.token + cell.tokens].end <= cell.span.end)
		cell.tokens++;
	*array_push(d->arena, &d->cells) = cell;
	block->cells++;
}

static void cut_form_row(struct builder *b, struct block *block, const struct line_form *form) {
	const struct source *source = b->d->source;
	struct span row = source->marks.at[form->row - 1].span;
	block->heading_row = form->level == 1;
	block->level = 0;
	block->table = b->tables;
	for (uint32_t i = form->row; i < source->marks.count && source->marks.at[i].span.begin < row.end; i++)
		if (source->marks.at[i].kind == MARK_CELL)
			add_cell(b, block, source->marks.at[i].span, source->marks.at[i].level);
}

/* A plain line "| a | b |". */
static void cut_pipe_row(struct builder *b, struct block *block) {
	struct document *d = b->d;
	uint32_t begin = block->span.begin, column = 1;
	for (uint32_t i = block->token; i < block->token + block->tokens; i++) {
		const struct token *t = &d->tokens.at[i];
		if (!token_is_punct(t, '|'))
			continue;
		if (i > block->token)
			add_cell(b, block, (struct span){begin, t->begin}, column++);
		begin = t->end;
	}
	struct span rest = span_trim(d->text, (struct span){begin, block->span.end});
	if (!span_empty(rest))
		add_cell(b, block, rest, column);
	block->kind = BLOCK_ROW;
	block->table = b->tables;
}

static uint32_t count_bars(const struct builder *b, uint32_t line) {
	const struct line *l = &b->d->lines.at[line];
	uint32_t bars = 0;
	for (uint32_t i = l->token; i < l->token + l->tokens; i++)
		bars += token_is_punct(&b->d->tokens.at[i], '|');
	return bars;
}

/* "---- | ----- | -----" under a line of as many bars: a table that has none at its sides. */
static void find_barred(struct builder *b) {
	for (uint32_t i = b->from + 1; i < b->to; i++) {
		uint32_t bars = b->looks[i].start == START_RULE && !b->forms[i].leaf ? count_bars(b, i) : 0;
		if (!bars || count_bars(b, i - 1) != bars || token_is_punct(&b->d->tokens.at[b->d->lines.at[i].token], '|'))
			continue;
		b->bars = bars;
		b->barred = ++b->tables;
		return;
	}
}

static void set_row(struct builder *b, struct block *block, uint32_t line) {
	const struct line_form *form = &b->forms[line];
	bool plain = !form->leaf && b->looks[line].start == START_PIPE && token_is_punct(&b->d->tokens.at[block->token], '|');
	bool barred = !form->leaf && !plain && b->looks[line].start == START_PIPE && b->bars && count_bars(b, line) == b->bars;
	if (block->kind != BLOCK_ROW && !plain && !barred)
		return;
	const struct block *before = b->d->blocks.count > 1 ? block - 1 : NULL;
	bool same = before && before->kind == BLOCK_ROW && (form->leaf ? b->forms[before->line].table == form->table : !block->gap);
	b->tables += !same;
	block->cell = b->d->cells.count;
	if (form->leaf)
		cut_form_row(b, block, form);
	else
		cut_pipe_row(b, block);
	if (barred) {
		b->tables -= !same;
		block->table = b->barred;
	}
}

/* --- --- */

static uint16_t gap_before(const struct builder *b, uint32_t line) {
	uint32_t gap = 0;
	while (gap < line && !b->d->lines.at[line - 1 - gap].tokens && gap < UINT16_MAX)
		gap++;
	const struct line_form *form = &b->forms[line];
	bool paragraph = form->leaf && form->first && form->kind != BLOCK_ITEM && form->kind != BLOCK_ROW;
	return (uint16_t)(gap == 0 && paragraph ? 1 : gap);
}

static void add_block(struct builder *b, uint32_t first, uint32_t end) {
	struct document *d = b->d;
	struct block *block = array_push(d->arena, &d->blocks);
	const struct line *lines = d->lines.at;
	*block = (struct block){
		.token = lines[first].token,
		.tokens = lines[end - 1].token + lines[end - 1].tokens - lines[first].token,
		.line = first,
		.lines = end - first,
		.indent = lines[first].indent,
		.gap = gap_before(b, first),
	};
	set_kind(b, block, first);
	block->span = token_span(d, block->token, block->token + block->tokens - 1);
	set_row(b, block, first);
	d->tokens.at[block->token].flags |= TOKEN_BLOCK | TOKEN_LINE;
	for (uint32_t i = first; i < end; i++)
		d->lines.at[i].block = d->blocks.count - 1;
}

static void cut_stanza(struct builder *b) {
	b->measure = b->d->measure;
	uint32_t own = b->to - b->from > 2 ? lines_measure(b->d, b->looks, b->from, b->to) : 0;
	if (own)
		b->measure = own;
	else if (b->measure)
		b->measure = lines_measure_near(b->d, b->looks, b->from, b->to, b->measure);
	b->labelled = has_labels(b);
	find_barred(b);
	for (uint32_t first = b->from, i; first < b->to; first = i + 1) {
		for (i = first; i + 1 < b->to && goes_on(b, first, i); i++) {
		}
		add_block(b, first, i + 1);
	}
}

void cut_blocks(struct document *d) {
	struct arena lines; /* what is known of single lines is not needed for longer */
	arena_init(&lines);
	struct builder b = {.d = d, .forms = form_lines(d, &lines)};
	b.looks = look_lines(d, b.forms, &lines);
	d->measure = lines_measure(d, b.looks, 0, d->lines.count);
	for (b.from = 0; b.from < d->lines.count; b.from = b.to) {
		b.to = b.from + 1;
		if (!d->lines.at[b.from].tokens)
			continue;
		while (b.to < d->lines.count && d->lines.at[b.to].tokens)
			b.to++;
		cut_stanza(&b);
	}
	arena_release(&lines);
}
