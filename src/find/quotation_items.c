/* A paragraph as a row of items: words and signs, what is in quotation marks as one item, brackets left out. */
#include "quoting.h"

enum { BRACKET_MOST = 40, SENTENCE_MOST = 400 }; /* tokens of a bracket, a longer one is read; items of a sentence */

/* Behind the bracket that opens at token `at`, or `at`. */
static uint32_t skip_bracket(const struct quoting *q, uint32_t at, uint32_t end) {
	const struct token *t = q->d->tokens.at;
	if (!token_is_punct(&t[at], '(') && !token_is_punct(&t[at], '['))
		return at;
	int depth = 0;
	for (uint32_t i = at; i < end && i < at + BRACKET_MOST; i++) {
		if (t[i].kind != TOKEN_PUNCT)
			continue;
		depth += t[i].number == '(' || t[i].number == '[';
		depth -= t[i].number == ')' || t[i].number == ']';
		if (depth == 0)
			return i + 1;
	}
	return at;
}

static uint8_t sign_of(const struct token *t) {
	if (t->number == 0x2026)
		return '*';
	return t->number < 0x80 && strchr(",.:;-?!", (int)t->number) ? (uint8_t)t->number : '*';
}

static bool ends_in_ed(const struct quoting *q, const struct token *t) {
	const char *end = q->d->text.at + t->end;
	return t->shape == SHAPE_LOWER && t->end - t->begin > 3 && end[-1] == 'd' && end[-2] == 'e';
}

#define CLASS(c) ((uint64_t)1 << (c))

static void read_word(struct quoting *q, struct item *item, uint32_t at, uint32_t end) {
	const struct token *t = &q->d->tokens.at[at];
	int32_t value;
	item->flags |= t->kind == TOKEN_NUMBER ? ITEM_NUMBER : t->shape != SHAPE_LOWER &&
		t->shape != SHAPE_NONE ? ITEM_CAPITAL : 0;
	if (t->flags & TOKEN_POSSESSIVE)
		item->flags |= ITEM_OWNS;
	if (ends_in_ed(q, t))
		item->flags |= ITEM_ED;
	if (!t->word)
		return;
	if (word_is(t->word, WORD_GRAMMAR, &value) && !(t->flags & TOKEN_POSSESSIVE))
		item->grammar = (uint8_t)value;
	bool month = word_is_any(t->word, CLASS(WORD_MONTH)) &&
		(item->flags & ITEM_CAPITAL), period = item->grammar == GRAMMAR_PERIOD;
	if (month || period)
		item->grammar = GRAMMAR_NONE; /* "May" may be one */
	if (month || period || word_is_any(t->word, CLASS(WORD_WEEKDAY)) || item->grammar == GRAMMAR_TIME)
		item->flags |= ITEM_TIME;
	if (word_is_any(t->word, CLASS(WORD_ROLE)))
		item->flags |= ITEM_ROLE;
	if (word_starts(t->word, WORD_CUE) && !(t->flags & TOKEN_POSSESSIVE))
		item->cue_items = (uint8_t)phrase_at(q->d, at, end, WORD_CUE, &item->cue);
}

static struct item *add_item(struct quoting *q, uint32_t first, uint32_t last) {
	struct item *item = array_push(q->f->scratch, &q->items);
	*item = (struct item){.first = first, .last = last, .quoted = NONE};
	return item;
}

/* Adds what is in quotation marks as one item and gives the token behind it. */
static uint32_t add_quote(struct quoting *q, uint32_t index, uint32_t at) {
	const struct quoted *s = &q->quoted.at[index];
	uint32_t behind = s->closed ? s->close + 1 : s->close;
	struct item *item = add_item(q, s->open, behind - 1);
	item->quoted = index;
	item->flags = q->d->tokens.at[at].flags & TOKEN_SENTENCE ? ITEM_SENTENCE : 0;
	return behind;
}

static void add_token(struct quoting *q, uint32_t at, uint32_t end, bool sentence) {
	const struct token *t = &q->d->tokens.at[at];
	struct item *item = add_item(q, at, at);
	item->flags = sentence || (t->flags & TOKEN_SENTENCE) ? ITEM_SENTENCE : 0;
	if (t->kind == TOKEN_PUNCT)
		item->sign = sign_of(t);
	else
		read_word(q, item, at, end);
}

/* Adds the items of tokens [at, end); the first of q->quoted to be one is `next`. */
static void add_items(struct quoting *q, uint32_t at, uint32_t end, uint32_t next) {
	bool sentence = false;
	q->items.count = 0;
	while (at < end) {
		if (next < q->quoted.count && q->quoted.at[next].open <= at) {
			at = add_quote(q, next++, at);
			sentence = false;
			continue;
		}
		uint32_t behind = skip_bracket(q, at, end);
		if (behind > at) {
			sentence = sentence || (q->d->tokens.at[at].flags & TOKEN_SENTENCE);
			at = behind;
			continue;
		}
		add_token(q, at++, end, sentence);
		sentence = false;
	}
	struct item *fence = add_item(q, end, end);
	fence->sign = '.';
	fence->flags = ITEM_SENTENCE;
	q->items.count--;
}

void items_make(struct quoting *q, uint32_t block, uint32_t *from) {
	const struct block *b = &q->d->blocks.at[block];
	q->block = block;
	while (*from < q->quoted.count && q->quoted.at[*from].close < b->token)
		++*from;
	add_items(q, b->token, b->token + b->tokens, *from);
}

void items_inside(struct quoting *q, const struct quoted *s) {
	add_items(q, s->open + 1, s->close, q->quoted.count);
}

/* Whether the quotation at `at` ends in ? or !, so that "“Why?” Park asked" may go on. */
static bool ends_open(const struct quoting *q, uint32_t at) {
	if (q->items.at[at].quoted == NONE)
		return false;
	const struct quoted *s = &q->quoted.at[q->items.at[at].quoted];
	const struct token *t = &q->d->tokens.at[s->close - 1];
	return s->close > s->open && (token_is_punct(t, '?') || token_is_punct(t, '!'));
}

/* Whether the sentence at `from` tells only who said what stands before it: "Park asked her colleagues." */
static bool only_attributes(const struct quoting *q, uint32_t from) {
	for (uint32_t i = from; i < q->items.count && i < from + 7; i++) {
		const struct item *item = &q->items.at[i];
		if (item->cue && !(item->cue & CUE_NOUN) && (item->cue & CUE_DIRECT_MASK) &&
			(item->cue & (CUE_SAY | CUE_TELL | CUE_THAT))) {
			uint32_t behind = i + item->cue_items;
			return !item_quoted(q, behind, q->items.count) && !item_quoted(q, behind + 1, q->items.count) &&
				item_grammar(q, behind, q->items.count) != GRAMMAR_THAT;
		}
		if (item->sign || item->quoted != NONE || item->grammar == GRAMMAR_BE || item->grammar == GRAMMAR_BUT ||
			item->grammar == GRAMMAR_AUXILIARY || item->grammar == GRAMMAR_SUBORDINATE ||
				item->grammar == GRAMMAR_PREPOSITION)
			return false;
	}
	return false;
}

uint32_t items_sentence(const struct quoting *q, uint32_t from) {
	uint32_t i = from + 1;
	while (i < q->items.count && i < from + SENTENCE_MOST && (!(q->items.at[i].flags & ITEM_SENTENCE) ||
		(ends_open(q, i - 1) && only_attributes(q, i))))
		i++;
	return i;
}
