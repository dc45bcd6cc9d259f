/* The cut into sentences: after . ! ? and the closing marks and note references that cling to them,
 * where what follows can begin a sentence. */
#include "cut.h"

struct walk {
	const struct token *at;
	uint32_t end;
};

static bool clings(const struct walk *w, uint32_t i) {
	return i < w->end && !(w->at[i].flags & TOKEN_SPACE);
}

/* Behind "2]" or, in Markdown, "^note]"; 0 where there is none. */
static uint32_t skip_reference(const struct walk *w, uint32_t i) {
	bool form = i < w->end && token_is_punct(&w->at[i], '^');
	i += form;
	return i + 1 < w->end && (form || w->at[i].kind == TOKEN_NUMBER) && token_is_punct(&w->at[i + 1], ']') ? i + 2 : 0;
}

/* Behind closing marks and references like [2] that stand right after a sentence's stop. */
static uint32_t skip_closing(const struct walk *w, uint32_t i) {
	for (uint32_t behind;;) {
		if (clings(w, i) && (w->at[i].flags & TOKEN_CLOSES))
			i++;
		else if (clings(w, i) && token_is_punct(&w->at[i], '[') && (behind = skip_reference(w, i + 1)))
			i = behind;
		else
			return i;
	}
}

static bool is_capital(const struct token *t) {
	return t->kind == TOKEN_WORD && t->shape >= SHAPE_CAPITAL;
}

/* The token that a sentence beginning at `i` has as its first word: opening marks are skipped. */
static const struct token *first_word(const struct walk *w, uint32_t i) {
	while (i + 1 < w->end && (w->at[i].flags & TOKEN_OPENS))
		i++;
	return &w->at[i];
}

static bool can_begin(const struct walk *w, uint32_t i) {
	const struct token *t = first_word(w, i);
	switch (t->kind) {
	case TOKEN_WORD:
		return t->shape != SHAPE_LOWER;
	case TOKEN_PUNCT:
		return (t->flags & TOKEN_OPENS) || t->number == '$' || t->number == '-' || t->number == '#' || t->number >= 0x80;
	default:
		return true;
	}
}

/* Whether a word with its own stop ("p.m.", "Inc.") ends a sentence: only before a capitalised function word. */
static bool dotted_ends(const struct walk *w, uint32_t i, uint32_t next) {
	int32_t kind;
	const struct token *t = &w->at[i];
	if (t->end - t->begin <= 2 || (word_is(t->word, WORD_ABBREVIATION, &kind) && kind != ABBREVIATION_EITHER))
		return false;
	const struct token *word = first_word(w, next);
	return is_capital(word) && !(word->flags & TOKEN_DOTTED) && word_is(word->word, WORD_FUNCTION, NULL);
}

/* Where the sentence ends that has token `i`, if it ends there; else 0. */
static uint32_t end_after(const struct walk *w, const struct document *d, uint32_t first, uint32_t i) {
	const struct token *t = &w->at[i];
	bool dotted = (t->flags & TOKEN_DOTTED) && d->text.at[t->end - 1] == '.';
	bool stop = t->kind == TOKEN_PUNCT && (t->number == '.' || t->number == '!' || t->number == '?' || t->number == 0x2026);
	if (!dotted && !stop)
		return 0;
	uint32_t next = skip_closing(w, i + 1);
	if (next >= w->end || !(w->at[next].flags & TOKEN_SPACE) || !can_begin(w, next))
		return 0;
	if (dotted)
		return dotted_ends(w, i, next) ? next : 0;
	bool number = i == first + 1 && w->at[first].kind == TOKEN_NUMBER; /* "1. …" */
	return number ? 0 : next;
}

static void add_sentence(struct document *d, uint32_t first, uint32_t end, uint32_t block) {
	if (first == end)
		return;
	d->tokens.at[first].flags |= TOKEN_SENTENCE;
	*array_push(d->arena, &d->sentences) = (struct sentence){first, end - first, block};
}

static void cut_text(struct document *d, uint32_t token, uint32_t tokens, uint32_t block) {
	struct walk w = {d->tokens.at, token + tokens};
	uint32_t first = token;
	for (uint32_t i = token; i < w.end; i++) {
		uint32_t end = end_after(&w, d, first, i);
		if (!end)
			continue;
		add_sentence(d, first, end, block);
		first = end;
		i = end - 1;
	}
	add_sentence(d, first, w.end, block);
}

void cut_sentences(struct document *d) {
	for (uint32_t i = 0; i < d->blocks.count; i++) {
		const struct block *block = &d->blocks.at[i];
		if (!block->cells)
			cut_text(d, block->token, block->tokens, i);
		for (uint32_t k = 0; k < block->cells; k++)
			cut_text(d, d->cells.at[block->cell + k].token, d->cells.at[block->cell + k].tokens, i);
	}
}
