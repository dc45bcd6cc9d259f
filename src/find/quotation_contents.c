/* Stating a quotation: its kind, its extent without marks and signs. */
#include "quoting.h"

void state(struct quoting *q, uint8_t kind, struct span content, const struct voice *voice) {
	*array_push(q->r->arena, &q->r->quotations) = (struct quotation){.kind = kind, .content = content, .cue = voice->cue,
		.source = voice->source, .text = document_words(q->d, content), .speaker = voice->speaker,
			.addressee = voice->addressee, .outlet = voice->outlet};
}

uint8_t kind_of(struct quoting *q, struct item_range r) {
	bool quoted = false, other = false;
	for (uint32_t i = r.from; i < r.to; i++) {
		if (q->items.at[i].quoted == NONE)
			other = other || !q->items.at[i].sign;
		else
			quoted = quoted || r.to == r.from + 1 || !quoted_is_title(q, quoted_at(q, i)) || !other;
	}
	return !quoted ? QUOTATION_INDIRECT : other ? QUOTATION_MIXED : QUOTATION_DIRECT;
}

static void use_quotes(struct quoting *q, struct item_range r, uint32_t speaker) {
	for (uint32_t i = r.from; i < r.to; i++)
		if (q->items.at[i].quoted != NONE) {
			quoted_at(q, i)->used = true;
			quoted_at(q, i)->speaker = speaker;
		}
}

struct item_range trimmed(const struct quoting *q, struct item_range r) {
	while (r.from < r.to && q->items.at[r.from].sign)
		r.from++;
	while (r.to > r.from && q->items.at[r.to - 1].sign)
		r.to--;
	return r;
}

void state_items(struct quoting *q, struct item_range r, uint8_t kind, const struct voice *voice) {
	r = trimmed(q, r);
	if (r.from >= r.to)
		return;
	use_quotes(q, r, voice->speaker);
	if (kind != QUOTATION_DIRECT && !(kind == QUOTATION_MIXED && r.to == r.from + 1)) {
		state(q, kind, item_span(q, r), voice);
		return;
	}
	for (uint32_t i = r.from; i < r.to; i++)
		if (q->items.at[i].quoted != NONE && !span_empty(quoted_inner(q, quoted_at(q, i))))
			state(q, kind, quoted_inner(q, quoted_at(q, i)), voice);
}

uint32_t quotes_end(const struct quoting *q, uint32_t at, uint32_t to) {
	while (item_quoted(q, at, to)) {
		uint32_t next = at + 1;
		while (next < to && (item_is(q, next, to, ',') || item_grammar(q, next, to) == GRAMMAR_AND))
			next++;
		if (next == at + 1 || !item_quoted(q, next, to))
			return at + 1;
		at = next;
	}
	return at;
}
