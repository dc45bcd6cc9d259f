/* An entry in pieces: stretches under one label or none; and small questions about tokens that its readers share. */
#include "scheduled.h"

bool range_empty(struct range at) {
	return at.from >= at.to;
}

struct span range_span(const struct reading *r, struct range at) {
	return range_empty(at) ? (struct span){0, 0} : token_span(r->d, at.from, at.to - 1);
}

struct str range_words(const struct reading *r, struct range at) {
	return range_empty(at) ? STR_NULL : document_words(r->d, range_span(r, at));
}

bool is_taken(const struct reading *r, uint32_t token) {
	return r->at.from <= token && token < r->at.to && r->taken[token - r->at.from];
}

void take(struct reading *r, struct range at, enum taken as) {
	for (uint32_t i = at.from; i < at.to; i++)
		if (r->at.from <= i && i < r->at.to)
			r->taken[i - r->at.from] = (uint8_t)as;
}

bool is_ornament(const struct token *t) {
	return t->kind == TOKEN_PUNCT && ((t->number >= 0x2190 && (t->number < 0x3000 || t->number > 0x303F)) ||
		(t->number == 0x2026 && t->end - t->begin > 3));
}

static bool is_separator(const struct token *t) {
	if (t->kind != TOKEN_PUNCT)
		return false;
	if (is_ornament(t))
		return true;
	switch (t->number) {
	case '.': case ',': case ';': case ':': case '|': case '-': case '/': case 0xB7: case 0x2022: case '~': case '*': case '@': case '>':
		return true;
	default:
		return false;
	}
}

struct range range_trim(const struct reading *r, struct range at) {
	const struct token *t = r->d->tokens.at;
	for (bool again = true; again && !range_empty(at);) {
		again = false;
		if (is_taken(r, at.from) || is_separator(&t[at.from]) || token_is_punct(&t[at.from], ')'))
			at.from++, again = true;
		else if (is_taken(r, at.to - 1) || is_separator(&t[at.to - 1]) || token_is_punct(&t[at.to - 1], '('))
			at.to--, again = true;
		else if (token_is_punct(&t[at.from], '(') && bracket_close(r->d, at.from, at.to) >= at.to)
			at.from++, again = true;
	}
	return at;
}

uint32_t bracket_close(const struct document *d, uint32_t at, uint32_t limit) {
	uint32_t open = d->tokens.at[at].number, close = open == '[' ? ']' : open == '(' ? ')' : open, depth = 0;
	for (uint32_t i = at; i < limit; i++) {
		if (is_sign(d, i, limit, open))
			depth++;
		else if (is_sign(d, i, limit, close) && --depth == 0)
			return i;
	}
	return limit;
}

/* "M." of a name, "p." of a page. */
static bool is_initial(const struct document *d, uint32_t at) {
	const struct token *t = &d->tokens.at[at];
	return t->kind == TOKEN_WORD && t->shape == SHAPE_UPPER && t->end - t->begin == 1 && !(d->tokens.at[at + 1].flags & TOKEN_SPACE);
}

bool is_stop(const struct document *d, uint32_t at, uint32_t limit) {
	const struct token *t = &d->tokens.at[at];
	if (t->kind == TOKEN_WORD) /* "Inc.", "Ave." at the end of a line */
		return at + 1 < limit && (t->flags & TOKEN_DOTTED) && (d->tokens.at[at + 1].flags & (TOKEN_SENTENCE | TOKEN_BLOCK));
	if (t->kind != TOKEN_PUNCT || (t->number != '.' && t->number != '?' && t->number != '!'))
		return false;
	uint32_t next = at + 1;
	while (next < limit && (d->tokens.at[next].flags & TOKEN_CLOSES) && !is_spaced(d, next))
		next++;
	if (next >= limit || (d->tokens.at[next].flags & TOKEN_BLOCK))
		return true;
	if (!is_spaced(d, next) || (d->tokens.at[next].kind == TOKEN_WORD && d->tokens.at[next].shape == SHAPE_LOWER))
		return false;
	if (t->number != '.' || at == 0)
		return true;
	const struct token *before = &d->tokens.at[at - 1];
	return !is_initial(d, at - 1) && !(before->kind == TOKEN_WORD && is_spaced(d, next) &&
		(phrase_at(d, at - 1, at, WORD_RANK, NULL) || word_is(before->word, WORD_HONORIFIC, NULL)) && before->end - before->begin < 5);
}

uint32_t sentence_stop(const struct document *d, struct range at) {
	for (uint32_t i = at.from; i < at.to; i++)
		if (is_stop(d, i, at.to))
			return i;
	return at.to;
}

uint32_t session_number(const struct document *d, uint32_t at, uint32_t limit) {
	bool word = is_word(d, at, limit, "week") || is_word(d, at, limit, "wk") || is_word(d, at, limit, "session");
	const struct token *t = &d->tokens.at[at];
	return word && (t->flags & TOKEN_BLOCK) && t->shape != SHAPE_LOWER && at + 1 < limit && t[1].kind == TOKEN_NUMBER && t[1].digits < 3 ? 2 : 0;
}

static bool parts_fields(const struct reading *r, uint32_t from, uint32_t at, uint32_t limit) {
	const struct token *t = &r->d->tokens.at[at];
	if (is_taken(r, at) || is_ornament(t) || is_sign(r->d, at, limit, '|') || is_sign(r->d, at, limit, ';') || is_sign(r->d, at, limit, 0x2022) ||
		is_sign(r->d, at, limit, 0xB7))
		return true;
	if (is_sign(r->d, at, limit, '-') && t->flags & TOKEN_SPACE && at + 1 < limit && is_spaced(r->d, at + 1))
		return true;
	return at > from && (t->flags & TOKEN_BLOCK || (t->flags & TOKEN_LINE && !r->d->measure)); /* a line that was not wrapped ends a field */
}

bool field_next(const struct reading *r, const struct piece *piece, uint32_t *at, struct range *field) {
	while (*at < piece->at.to) {
		uint32_t from = *at, to = from;
		while (to < piece->at.to && !parts_fields(r, from, to, piece->at.to) && !is_stop(r->d, to, piece->at.to))
			to++;
		*at = to < piece->at.to && to > from && (r->d->tokens.at[to].flags & (TOKEN_BLOCK | TOKEN_LINE)) && !is_taken(r, to) ? to : to + 1;
		*field = range_trim(r, (struct range){from, to});
		if (!range_empty(*field))
			return true;
	}
	return false;
}

/* ---- the cut ---- */

static struct piece *add(struct reading *r, uint32_t from, uint32_t to, uint32_t block) {
	/* The cells of a row that holds paragraphs may reach out of the entry. */
	from = from < r->at.from ? r->at.from : from > r->at.to ? r->at.to : from;
	to = to < from ? from : to > r->at.to ? r->at.to : to;
	struct piece *piece = array_push(r->f->scratch, &r->pieces);
	*piece = (struct piece){.at = {from, to}, .block = block};
	return piece;
}

/* Whether a label may begin at `at` inside a paragraph. */
static bool may_begin(const struct document *d, uint32_t from, uint32_t at) {
	if (at == from || (d->tokens.at[at].flags & TOKEN_LINE))
		return true;
	const struct token *before = &d->tokens.at[at - 1];
	if (!is_spaced(d, at))
		return false;
	if (before->kind == TOKEN_PUNCT)
		return before->number == '.' || before->number == ';' || before->number == ',' || before->number == ')' || before->number == '|' ||
			before->number == '?' || before->number == '!' || before->number == '-' || before->number == 0xB7 || before->number == 0x2022 ||
			(before->flags & TOKEN_CLOSES) || is_ornament(before) || before->number == ']' || before->number == '/';
	return before->kind == TOKEN_URL || before->kind == TOKEN_EMAIL || (before->flags & TOKEN_DOTTED);
}

/* "PANEL: …", "Talk: …" at the head of an entry is a kind, not a label; so is "Panel:" anywhere before words that name nobody. */
static bool is_kind(const struct reading *r, uint32_t at, const struct label_read *label, bool head) {
	if (phrase_at(r->d, at, r->at.to, WORD_SERIES_KIND, NULL) < label->words)
		return false;
	return head || (label->label == LABEL_PEOPLE && is_sign(r->d, at + label->tokens, r->at.to, '"'));
}

/* In a paragraph, what a label announces ends with its sentence; a list of people may have several. */
static bool goes_on_behind(const struct document *d, const struct piece *piece, uint32_t at) {
	if (piece->label == LABEL_PEOPLE || piece->label == LABEL_WHO)
		return goes_on_with_person(d, at, piece->at.to);
	return piece->label == LABEL_CONTACT || piece->label == LABEL_DEADLINE || piece->label == LABEL_DESCRIPTION || piece->label == LABEL_TITLE ||
		piece->label == LABEL_IGNORE || piece->label == LABEL_LINK;
}

/* Whether a field of a barred line ends at the bar at `at`: unless more people follow. */
static bool ends_field(const struct reading *r, const struct piece *piece, uint32_t at) {
	uint32_t next = at + 1;
	if (!piece->barred || !is_sign(r->d, at, piece->at.to, '|'))
		return false;
	while (next < piece->at.to && !is_sign(r->d, next, piece->at.to, '|'))
		next++;
	return !names_people(r->d, range_trim(r, (struct range){at + 1, next}));
}

static void cut_behind(struct reading *r, uint32_t index) {
	struct piece *piece = &r->pieces.at[index];
	if (piece->label == LABEL_NONE)
		return;
	for (uint32_t i = piece->at.from; i + 1 < piece->at.to; i++) {
		if (ends_field(r, piece, i)) {
			uint32_t to = piece->at.to, block = piece->block;
			piece->at.to = i;
			add(r, i, to, block);
			return;
		}
		if (!is_stop(r->d, i, piece->at.to))
			continue;
		uint32_t behind = i + 1;
		while (behind < piece->at.to && (r->d->tokens.at[behind].flags & TOKEN_CLOSES))
			behind++;
		if (behind >= piece->at.to || goes_on_behind(r->d, piece, behind))
			continue;
		uint32_t to = piece->at.to, block = piece->block;
		piece->at.to = behind;
		add(r, behind, to, block);
		return;
	}
}

static void cut_range(struct reading *r, struct range at, uint32_t block, const struct label_read *given) {
	struct piece *piece = add(r, at.from, at.to, block);
	piece->line = true;
	if (given) {
		piece->label = given->label;
		piece->part = given->part;
		piece->plural = given->plural;
	}
	uint32_t first = r->pieces.count - 1;
	for (uint32_t i = at.from; i < at.to; i++) {
		if (!may_begin(r->d, at.from, i))
			continue;
		struct label_read label = label_read(r->d, i, at.to);
		if (!label.tokens || is_kind(r, i, &label, i == r->at.from) ||
			(given && given->label == LABEL_TITLE && label.label != LABEL_PEOPLE))
			continue;
		bool barred = piece->barred || (i > at.from && is_sign(r->d, i - 1, at.to, '|'));
		piece->at.to = i;
		if (piece->at.from == piece->at.to)
			r->pieces.count--;
		else
			cut_behind(r, r->pieces.count - 1);
		take(r, (struct range){i, i + label.tokens}, TAKEN_LABEL);
		piece = add(r, i + label.tokens, at.to, block);
		piece->label = label.label;
		piece->part = label.part;
		piece->plural = label.plural;
		piece->line = i == at.from;
		piece->barred = barred;
		i += label.tokens - 1;
	}
	if (r->pieces.count > first)
		cut_behind(r, r->pieces.count - 1);
}

static void cut_row(struct reading *r, const struct block *row, uint32_t block) {
	const struct document *d = r->d;
	struct label_read left = label_of_row(d, row);
	if (left.words) {
		const struct cell *value = &d->cells.at[row->cell + 1];
		take(r, (struct range){row->token, value->token}, TAKEN_LABEL);
		cut_range(r, (struct range){value->token, value->token + value->tokens}, block, &left);
		return;
	}
	const struct block *head = r->entry->columns == NONE ? NULL : &d->blocks.at[r->entry->columns];
	for (uint32_t i = 0; i < row->cells; i++) {
		const struct cell *cell = &d->cells.at[row->cell + i];
		struct label_read label = {0};
		for (uint32_t k = 0; head && k < head->cells; k++) {
			const struct cell *name = &d->cells.at[head->cell + k];
			if (name->column == cell->column)
				label = label_of_column(d, name->token, name->token + name->tokens);
		}
		if (cell->tokens)
			cut_range(r, (struct range){cell->token, cell->token + cell->tokens}, block, label.words ? &label : NULL);
	}
}

/* A label alone on its line announces the lines below it. */
static bool announces(const struct reading *r) {
	if (!r->pieces.count)
		return false;
	const struct piece *last = &r->pieces.at[r->pieces.count - 1];
	return last->label != LABEL_NONE && (range_empty(last->at) || last->label == LABEL_PEOPLE || last->label == LABEL_WHO) && last->line;
}

/* Whether a wide space stands before token `at` of a line: three columns and more, or a tab. */
static bool is_wide(const struct document *d, uint32_t at) {
	uint32_t end = d->tokens.at[at - 1].end, begin = d->tokens.at[at].begin;
	return begin >= end + 3 || (begin > end && memchr(d->text.at + end, '\t', begin - end));
}

/* A line in columns that wide spaces part ("22 January    Prof. Lena Fisk (Bergen)    Tar and Trust"): each is a piece. Whether it is one. */
static bool cut_columns(struct reading *r, const struct block *b, uint32_t block) {
	uint32_t from = b->token, limit = b->token + b->tokens, wide = 0;
	for (uint32_t i = from + 1; i < limit; i++)
		wide += is_wide(r->d, i);
	if (b->kind != BLOCK_TEXT || b->lines != 1 || !wide || r->d->source->marks.count)
		return false;
	for (uint32_t i = from + 1; i <= limit; i++) {
		if (i < limit && !is_wide(r->d, i))
			continue;
		uint32_t first = r->pieces.count;
		cut_range(r, (struct range){from, i}, block, NULL);
		for (; first < r->pieces.count; first++)
			r->pieces.at[first].column = true;
		from = i;
	}
	return true;
}

static void cut_block(struct reading *r, uint32_t block) {
	const struct block *b = &r->d->blocks.at[block];
	struct range at = {b->token, b->token + b->tokens};
	if (!range_empty(r->entry->part)) {
		cut_range(r, r->entry->part, block, NULL);
		return;
	}
	if (b->kind == BLOCK_ROW && b->cells) {
		cut_row(r, b, block);
		return;
	}
	struct label_read above = {0};
	if (!announces(r) && cut_columns(r, b, block))
		return;
	if (announces(r) && !label_read(r->d, at.from, at.to).tokens) {
		const struct piece *last = &r->pieces.at[r->pieces.count - 1];
		bool people = last->label == LABEL_PEOPLE || last->label == LABEL_WHO;
		bool goes_on = range_empty(last->at) ? true : b->kind == BLOCK_ITEM || (b->gap == 0 && people && person_at(r->d, at.from, at.to) > 1);
		if (goes_on)
			above = (struct label_read){.label = last->label, .part = last->part, .plural = last->plural};
	}
	cut_range(r, at, block, above.label ? &above : NULL);
}

void pieces_cut(struct reading *r) {
	for (uint32_t i = 0; i < r->entry->blocks; i++) {
		uint8_t kind = r->d->blocks.at[r->entry->block + i].kind;
		if (kind != BLOCK_RULE && kind != BLOCK_CONTENTS && r->d->blocks.at[r->entry->block + i].tokens)
			cut_block(r, r->entry->block + i);
	}
}

const struct piece *piece_next(const struct reading *r, enum label label, uint32_t *at) {
	while (*at < r->pieces.count) {
		const struct piece *piece = &r->pieces.at[(*at)++];
		if (piece->label == label)
			return piece;
	}
	return NULL;
}
