/* Block quotations: paragraphs that speak for somebody without quotation marks. By the form, or behind a paragraph that ends
 * in a colon and says who speaks. */
#include "layout.h"
#include "quoting.h"

enum { BLOCK_WORDS = 8 }; /* fewer are no block */

/* Whether a paragraph says "I", "we", "our". */
static bool first_person(const struct quoting *q, uint32_t block) {
	const struct block *b = &q->d->blocks.at[block];
	for (uint32_t i = b->token; i < b->token + b->tokens; i++) {
		const struct token *t = &q->d->tokens.at[i];
		if (t->kind != TOKEN_WORD || t->end - t->begin > 3)
			continue;
		static const char *const words[] = {"I", "we", "our", "us", "my"};
		for (uint32_t k = 0; k < sizeof words / sizeof *words; k++)
			if (is_word(q->d, i, i + 1, words[k]) && (k || t->shape == SHAPE_UPPER) && !(t->shape == SHAPE_UPPER && k))
				return true;
	}
	return false;
}

static bool has_marks(const struct quoting *q, uint32_t block) {
	const struct block *b = &q->d->blocks.at[block];
	for (uint32_t i = b->token; i < b->token + b->tokens; i++)
		if (token_is_punct(&q->d->tokens.at[i], '"'))
			return true;
	return false;
}

static bool is_paragraph(const struct quoting *q, uint32_t block) {
	return block < q->d->blocks.count && (q->kinds[block] == VOICE_PROSE || q->kinds[block] == VOICE_QUIET) &&
		q->d->blocks.at[block].kind == BLOCK_TEXT && q->d->blocks.at[block].tokens >= BLOCK_WORDS && !has_marks(q, block);
}

/* The blocks by the form from `block`; *source is a last line that begins with a dash: "— Jo Park". */
static uint32_t form_end(const struct quoting *q, uint32_t block, struct span *source) {
	uint32_t end = block;
	while (end < q->d->blocks.count && q->kinds[end] == VOICE_QUOTED) {
		const struct block *b = &q->d->blocks.at[end++];
		if (end > block + 1 && b->tokens > 1 && b->tokens < 16 && token_is_punct(&q->d->tokens.at[b->token], '-')) {
			*source = token_span(q->d, b->token + 1, b->token + b->tokens - 1);
			break;
		}
	}
	return end;
}

static uint32_t read_form(struct quoting *q, uint32_t block) {
	struct span source = {0, 0};
	uint32_t end = form_end(q, block, &source), last = end - 1 - !span_empty(source);
	struct voice v = {.speaker = NONE, .block = NONE};
	if (q->intro.block != NONE && q->intro.block + 1 == block)
		v = q->intro;
	else if (q->voice.block != NONE && q->voice.block + 1 == block)
		v = (struct voice){.speaker = q->voice.speaker, .source = q->voice.source};
	if (!span_empty(source)) {
		v = (struct voice){.source = source, .block = block};
		v.speaker = speaker_of(q, source);
	}
	struct span content = {q->d->blocks.at[block].span.begin, q->d->blocks.at[last].span.end};
	const struct block *b = &q->d->blocks.at[block];
	content.begin = q->d->tokens.at[b->token].begin;
	if (q->d->blocks.at[block].tokens >= 3)
		state(q, QUOTATION_BLOCK, content, &v);
	return end;
}

uint32_t block_read(struct quoting *q, uint32_t block) {
	if (q->kinds[block] == VOICE_QUOTED)
		return read_form(q, block);
	if (q->intro.block == NONE || q->intro.block + 1 != block || !is_paragraph(q, block) || span_empty(q->intro.source))
		return block;
	uint32_t end = block + 1;
	if (first_person(q, block))
		while (is_paragraph(q, end) && first_person(q, end))
			end++;
	state(q, QUOTATION_BLOCK, (struct span){q->d->blocks.at[block].span.begin, q->d->blocks.at[end - 1].span.end},
		&q->intro);
	return end;
}

/* ---- between two paragraphs of one voice ---- */

/* Whether block `block` is one sentence that tells in other words what somebody said. */
static bool only_tells(const struct quoting *q, uint32_t block, const struct quotation *said) {
	const struct block *b = &q->d->blocks.at[block];
	for (uint32_t i = b->token + 1; i < b->token + b->tokens; i++)
		if (q->d->tokens.at[i].flags & TOKEN_SENTENCE)
			return false;
	return said->kind == QUOTATION_INDIRECT && said->speaker != NONE && said->content.end + 2 >= b->span.end;
}

/* Whether the quotation's verb goes on with one before it: "Park also argues". */
static bool says_also(const struct quoting *q, const struct quotation *said) {
	uint32_t from = document_token_at(q->d, said->source.end), to = document_token_at(q->d, said->cue.begin);
	for (uint32_t i = from; i < to && i < from + 6; i++)
		if (is_word(q->d, i, to, "also"))
			return true;
	return false;
}

void blocks_between(struct quoting *q) {
	uint32_t count = q->r->quotations.count;
	for (uint32_t i = 0; i + 1 < count; i++) {
		const struct quotation one = q->r->quotations.at[i], *next = &q->r->quotations.at[i + 1];
		if (one.kind != QUOTATION_INDIRECT || next->speaker != one.speaker || one.speaker == NONE)
			continue;
		uint32_t block = document_block_at(q->d, one.content.begin);
		if (document_block_at(q->d, next->source.begin) != block + 2 || !is_paragraph(q, block + 1) ||
			!only_tells(q, block, &one) ||
			!says_also(q, next))
			continue;
		struct voice v = {.cue = one.cue, .source = one.source, .speaker = one.speaker};
		state(q, QUOTATION_BLOCK, q->d->blocks.at[block + 1].span, &v);
	}
}
