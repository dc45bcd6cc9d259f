/* What stands in quotation marks: curly, straight, single, guillemets; over several paragraphs where each is opened by a
 * mark; an unclosed mark ends with its sentence. */
#include "layout.h"
#include "quoting.h"

enum { SINGLE_MOST = 400 }; /* tokens in single marks */

/* ---- which blocks are read ---- */

static bool holds(struct span outer, struct span inner) {
	return !span_empty(outer) && outer.begin <= inner.begin && inner.begin < outer.end;
}

/* A paragraph that is set in is quoted by the form; behind a colon it is left to the words before it. */
static void hear_set_in(struct quoting *q, const struct passage *passage) {
	if (passage->kind != PASSAGE_QUOTE)
		return;
	uint32_t block = document_block_at(q->d, passage->span.begin);
	if (block == 0 || block >= q->d->blocks.count || q->d->blocks.at[block].kind != BLOCK_TEXT ||
		q->kinds[block] != VOICE_QUIET)
		return;
	const struct block *before = &q->d->blocks.at[block - 1];
	if (before->tokens && !token_is_punct(&q->d->tokens.at[before->token + before->tokens - 1], ':'))
		q->kinds[block] = VOICE_QUOTED;
}

/* Marks blocks of listings that are no prose, and of notes, both in the order of the text. */
static void leave_out(struct quoting *q) {
	uint32_t listing = 0, note = 0;
	for (uint32_t i = 0; i < q->d->blocks.count; i++) {
		struct span s = q->d->blocks.at[i].span;
		while (listing < q->r->listings.count && q->r->listings.at[listing].span.end <= s.begin)
			listing++;
		while (note < q->r->notes.count && q->r->notes.at[note].span.end <= s.begin)
			note++;
		bool listed = listing < q->r->listings.count && holds(q->r->listings.at[listing].span, s);
		if ((listed && !(looks_of(q->f)[i].flags & LOOK_BODY)) || (note < q->r->notes.count &&
			holds(q->r->notes.at[note].span, s)))
			q->kinds[i] = VOICE_NONE;
	}
	for (uint32_t i = 0; i < q->r->scheduled.count; i++) {
		struct span s = q->r->scheduled.at[i].span;
		for (uint32_t k = document_block_at(q->d, s.begin); k < q->d->blocks.count &&
			q->d->blocks.at[k].span.begin < s.end; k++)
			q->kinds[k] = VOICE_NONE;
	}
	for (uint32_t i = 0; i < q->r->articles.count; i++) {
		const struct article *a = &q->r->articles.at[i];
		for (uint32_t k = 0; k < a->passages.count; k++)
			hear_set_in(q, &a->passages.at[k]);
		const struct span heads[] = {a->kicker_span, a->title_span, a->disclaimer, a->provenance.span,
			a->byline.count ? a->byline.at[0].span : (struct span){0, 0}};
		for (uint32_t k = 0; k < sizeof heads / sizeof *heads; k++) {
			uint32_t block = span_empty(heads[k]) ? q->d->blocks.count : document_block_at(q->d, heads[k].begin);
			if (block < q->d->blocks.count && !(looks_of(q->f)[block].flags & LOOK_BODY))
				q->kinds[block] = VOICE_NONE;
		}
	}
}

static uint8_t voice_of(struct quoting *q, uint32_t block) {
	const struct block *b = &q->d->blocks.at[block];
	switch (b->kind) {
	case BLOCK_QUOTE:
		return VOICE_QUOTED;
	case BLOCK_TEXT:
	case BLOCK_ITEM:
		if (looks_of(q->f)[block].flags & (LOOK_HEADING | LOOK_NOTE | LOOK_CAPITALS | LOOK_CONTENTS | LOOK_DISCLAIMER) || !b->tokens)
			return VOICE_NONE;
		return VOICE_QUIET;
	default:
		return VOICE_NONE;
	}
}

/* Prose with a mark, a word that attributes, or a colon at its end is worth reading. */
static void listen(struct quoting *q, uint32_t block) {
	const struct block *b = &q->d->blocks.at[block];
	const struct token *t = &q->d->tokens.at[b->token], *end = t + b->tokens;
	const uint64_t cues = (uint64_t)1 << WORD_CUE;
	if (token_is_punct(&end[-1], ':'))
		q->kinds[block] = VOICE_PROSE;
	for (; t < end; t++)
		if (t->kind == TOKEN_PUNCT ? t->number == '"' || (t->number == '\'' && (t->flags & TOKEN_OPENS)) :
			t->kind == TOKEN_WORD && word_starts_any(t->word, cues)) {
			q->kinds[block] = VOICE_PROSE;
			return;
		}
}

/* ---- pairs ---- */

/* The style of a mark: straight ones are paired with straight ones. */
static bool straight(const struct quoting *q, uint32_t token) {
	return q->d->text.at[q->d->tokens.at[token].begin] == '"';
}

static bool is_double(const struct quoting *q, uint32_t token, uint8_t facing) {
	const struct token *t = &q->d->tokens.at[token];
	return token_is_punct(t, '"') && (t->flags & facing);
}

static uint32_t block_end(const struct quoting *q, uint32_t block) {
	return q->d->blocks.at[block].token + q->d->blocks.at[block].tokens;
}

/* The mark that closes `open` among tokens [at, end); `end` for none before another opens. */
static uint32_t close_of(const struct quoting *q, uint32_t open, uint32_t at, uint32_t end) {
	for (uint32_t i = at; i < end; i++) {
		if (!is_double(q, i, TOKEN_OPENS | TOKEN_CLOSES) || straight(q, i) != straight(q, open))
			continue;
		return q->d->tokens.at[i].flags & TOKEN_CLOSES ? i : end;
	}
	return end;
}

/* The mark that closes a single one: a plural's apostrophe ("the ministers’ plan") is none. */
static uint32_t single_close(const struct quoting *q, uint32_t open, uint32_t end) {
	const struct token *t = q->d->tokens.at;
	for (uint32_t i = open + 1; i < end && i - open < SINGLE_MOST; i++) {
		if (!token_is_punct(&t[i], '\'') || !(t[i].flags & TOKEN_CLOSES))
			continue;
		bool plural = t[i - 1].kind == TOKEN_WORD && q->d->text.at[t[i - 1].end - 1] == 's' && i + 1 < end &&
			t[i + 1].kind == TOKEN_WORD && t[i + 1].shape == SHAPE_LOWER && (t[i + 1].flags & TOKEN_SPACE);
		if (!plural)
			return i;
	}
	return end;
}

static bool readable(const struct quoting *q, uint32_t block) {
	return block < q->d->blocks.count && (q->kinds[block] == VOICE_PROSE || q->kinds[block] == VOICE_QUIET);
}

/* A speech over paragraphs: each begins with a mark, or the next ends the one before. Gives the closing mark and sets
 * *block to its block; 0 where there is none. */
static uint32_t speech_close(const struct quoting *q, uint32_t open, uint32_t *block) {
	uint32_t last = 0;
	for (uint32_t b = *block + 1; readable(q, b); b++) {
		uint32_t first = q->d->blocks.at[b].token, end = block_end(q, b);
		bool again = is_double(q, first, TOKEN_OPENS) && straight(q, first) == straight(q, open);
		if (!again && (last || b > *block + 2))
			return last;
		uint32_t close = close_of(q, open, first + again, end);
		if (close < end) {
			*block = b;
			return close;
		}
		last = 0;
		if (again && b + 1 < q->d->blocks.count && !readable(q, b + 1))
			return 0;
	}
	return last;
}

/* Where an unclosed quotation stops: before ", she said", else with the sentence. */
static uint32_t open_end(const struct quoting *q, uint32_t open, uint32_t end) {
	const struct token *t = q->d->tokens.at;
	uint32_t i = open + 1;
	for (; i < end && (i == open + 1 || !(t[i].flags & TOKEN_SENTENCE)); i++) {
		if (!token_is_punct(&t[i], ','))
			continue;
		for (uint32_t k = i + 1; k < end && k < i + 4 && t[k].kind == TOKEN_WORD; k++) {
			int32_t cue;
			if (word_is(t[k].word, WORD_CUE, &cue) && (cue & CUE_DIRECT_MASK) && !(cue & CUE_NOUN))
				return i + 1;
			if (!word_is(t[k].word, WORD_GRAMMAR, NULL) && t[k].shape == SHAPE_LOWER)
				break;
		}
	}
	return i;
}

static void add_quoted(struct quoting *q, uint32_t open, uint32_t close, bool closed) {
	*array_push(q->f->scratch, &q->quoted) = (struct quoted){.open = open, .close = close, .closed = closed,
		.speaker = NONE};
}

/* Reads the marks of block *block from token `at`; *block is the one where the next is to be looked for, the token is
 * given back. */
static uint32_t pair_from(struct quoting *q, uint32_t at, uint32_t *block) {
	uint32_t end = block_end(q, *block), close;
	if (is_double(q, at, TOKEN_OPENS)) {
		if ((close = close_of(q, at, at + 1, end)) < end) {
			add_quoted(q, at, close, true);
			return close + 1;
		}
		uint32_t into = *block;
		bool open = true;
		for (uint32_t i = at + 1; i < end && open; i++)
			open = !is_double(q, i, TOKEN_OPENS) || straight(q, i) != straight(q, at);
		if (open && (close = speech_close(q, at, &into))) {
			add_quoted(q, at, close, true);
			*block = into;
			return close + 1;
		}
		close = open_end(q, at, end);
		add_quoted(q, at, close, false);
		return close;
	}
	if (token_is_punct(&q->d->tokens.at[at], '\'') && (q->d->tokens.at[at].flags & TOKEN_OPENS) &&
		(close = single_close(q, at, end)) < end) {
		add_quoted(q, at, close, true);
		return close + 1;
	}
	return at + 1;
}

void quoted_find(struct quoting *q) {
	q->kinds = arena_alloc(q->f->scratch, q->d->blocks.count + 1);
	for (uint32_t i = 0; i < q->d->blocks.count; i++)
		q->kinds[i] = voice_of(q, i);
	leave_out(q);
	for (uint32_t i = 0; i < q->d->blocks.count; i++)
		if (q->kinds[i] == VOICE_QUIET)
			listen(q, i);
	for (uint32_t i = 0; i < q->d->blocks.count; i++) {
		if (q->kinds[i] != VOICE_PROSE)
			continue;
		for (uint32_t at = q->d->blocks.at[i].token; at < block_end(q, i);)
			at = q->d->tokens.at[at].kind == TOKEN_PUNCT ? pair_from(q, at, &i) : at + 1;
	}
}

/* ---- what is in them ---- */

struct span quoted_inner(const struct quoting *q, const struct quoted *s) {
	if (s->close <= s->open + 1)
		return (struct span){0, 0};
	return token_span(q->d, s->open + 1, s->close - 1);
}

bool quoted_is_title(const struct quoting *q, const struct quoted *s) {
	uint32_t capitals = 0, small = 0, words = 0;
	bool article = false;
	for (uint32_t i = s->open + 1; i < s->close && i < s->open + 40; i++) {
		const struct token *t = &q->d->tokens.at[i];
		if (t->kind != TOKEN_WORD)
			continue;
		bool grammar = word_is_any(t->word, (uint64_t)1 << WORD_SMALL | (uint64_t)1 << WORD_GRAMMAR);
		if (words++ == 0)
			article = word_is(t->word, WORD_SMALL, NULL);
		else if (t->shape != SHAPE_LOWER)
			capitals++;
		else if (!grammar)
			small++;
	}
	return (capitals || (words == 1 && !article)) && capitals >= 2 * small;
}

uint32_t quoted_words(const struct quoting *q, const struct quoted *s, uint32_t most) {
	uint32_t n = 0;
	for (uint32_t i = s->open + 1; i < s->close && n < most; i++)
		n += q->d->tokens.at[i].kind == TOKEN_WORD;
	return n;
}
