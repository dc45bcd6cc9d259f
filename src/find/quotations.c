/* Quotations: who said what, in quotation marks or in other words. A sentence at a time: each word that attributes is asked
 * for its source and for what it opens or closes; quotations that nobody claims go on with the voice before them. */
#include "quoting.h"

#include <stdlib.h>

enum { INSIDE_LEAST = 6 }; /* words of a quotation that is looked into */

/* ---- quotations that no cue has claimed ---- */

static bool only_quotes(const struct quoting *q, const struct utterance *s) {
	for (uint32_t i = s->from; i < s->to; i++)
		if (q->items.at[i].quoted == NONE && !q->items.at[i].sign && q->items.at[i].grammar != GRAMMAR_AND)
			return false;
	return true;
}

/* "“…” — Jo Park": the source behind a dash, which may count as a sentence of its own. */
static bool signed_by_dash(struct quoting *q, const struct utterance *s) {
	uint32_t dash = s->from + 1, to = s->to > dash ? s->to : q->items.count;
	if (!item_is(q, dash, to, '-') || dash + 2 > to || to - dash > 12)
		return false;
	for (uint32_t i = dash + 1; i < to; i++)
		if (!(q->items.at[i].flags & ITEM_CAPITAL) && !q->items.at[i].grammar && !q->items.at[i].sign)
			return false;
	struct item_range source = trimmed(q, (struct item_range){dash + 1, to});
	if (source.to == source.from)
		return false;
	struct voice v = {.source = item_span(q, source), .block = q->block};
	v.speaker = speaker_of(q, v.source);
	q->voice = v;
	q->sentence = s->number;
	state_items(q, (struct item_range){s->from, dash}, QUOTATION_DIRECT, &q->voice);
	return true;
}

/* The voice that a sentence of quotations alone goes on with: that of this paragraph, of the one before it, or nobody's. */
static struct voice voice_on(const struct quoting *q) {
	if (q->voice.block == q->block)
		return q->voice;
	if (q->intro.block != NONE && q->intro.block + 1 == q->block)
		return q->intro;
	struct voice v = {.speaker = NONE, .block = NONE};
	if (q->voice.block != NONE && q->voice.block + 1 == q->block)
		v.speaker = q->voice.speaker;
	return v;
}

static bool ends_sentence(const struct quoting *q, const struct quoted *s) {
	const struct token *last = &q->d->tokens.at[s->close - 1];
	return s->close > s->open + 1 && last->kind == TOKEN_PUNCT && (last->number == '.' || last->number == '?' ||
		last->number == '!' || last->number == 0x2026);
}

/* "But now there is a “deepening of ties …”" behind a sentence of the same voice. */
static bool goes_on(struct quoting *q, const struct utterance *s) {
	for (uint32_t i = s->from; i < s->to; i++) {
		if (!item_quoted(q, i, s->to) || quoted_at(q, i)->used || quoted_words(q, quoted_at(q, i), 4) < 4 ||
			quoted_is_title(q, quoted_at(q, i)))
			continue;
		uint32_t from = s->from;
		if (item_grammar(q, from, i) == GRAMMAR_BUT || item_grammar(q, from, i) == GRAMMAR_AND)
			from++;
		while (item_grammar(q, from, i) == GRAMMAR_ADVERB)
			from++;
		state_items(q, (struct item_range){from, s->to}, QUOTATION_MIXED, &q->voice);
		q->sentence = s->number;
		return true;
	}
	return false;
}

/* "He defended the plan: “…”": the sentence's voice, or its subject's. */
static bool behind_colon(struct quoting *q, const struct utterance *s) {
	uint32_t last = s->to - 1 - (s->to > s->from && q->items.at[s->to - 1].sign == '.');
	if (last < s->from + 2 || last >= s->to || !item_quoted(q, last, s->to) || q->items.at[last - 1].sign != ':' ||
		quoted_at(q, last)->used ||
		quoted_is_title(q, quoted_at(q, last)))
		return false;
	if (q->sentence != s->number || q->voice.block != q->block)
		speak_subject(q, s);
	state_items(q, (struct item_range){last, last + 1}, QUOTATION_DIRECT, &q->voice);
	return true;
}

static void only_quotes_left(struct quoting *q, const struct utterance *s) {
	struct voice v = voice_on(q);
	for (uint32_t i = s->from; i < s->to; i++) {
		struct quoted *one = item_quoted(q, i, s->to) ? quoted_at(q, i) : NULL;
		bool whole = one && !one->used && (ends_sentence(q, one) || quoted_words(q, one, 6) >= 6 || v.block != NONE) &&
			quoted_words(q, one, 2) && !quoted_is_title(q, one);
		if (!whole)
			continue;
		state_items(q, (struct item_range){i, i + 1}, QUOTATION_DIRECT, &v);
		if (v.block == q->block)
			q->sentence = s->number;
		else
			q->voice = (struct voice){.cue = v.cue, .source = v.source, .speaker = v.speaker, .block = q->block};
	}
}

static void leftovers(struct quoting *q, const struct utterance *s, bool attributed) {
	if (behind_colon(q, s) || (item_quoted(q, s->from, s->to) && !quoted_at(q, s->from)->used && signed_by_dash(q, s)))
		return;
	if (item_quoted(q, s->from, s->to) && only_quotes(q, s))
		only_quotes_left(q, s);
	else if (!attributed && q->voice.block == q->block && q->sentence + 1 == s->number)
		goes_on(q, s);
}

/* ---- the walk ---- */

static void read_sentence(struct quoting *q, const struct utterance *s) {
	bool any = false;
	for (uint32_t i = s->from; i < s->to; i++) {
		if (!q->items.at[i].cue)
			continue;
		bool done = attribute(q, s, i);
		any = any || done;
		i += q->items.at[i].cue_items - 1u;
	}
	leftovers(q, s, any);
}

/* "… gave it a blanket approval:" introduces the next paragraph in its subject's voice. */
static void introduce(struct quoting *q, const struct utterance *s) {
	struct voice before = q->voice;
	speak_subject(q, s);
	q->intro = q->voice;
	q->intro.cue = (struct span){0, 0};
	q->voice = before;
}

static void read_paragraph(struct quoting *q, uint32_t block, uint32_t *quoted) {
	items_make(q, block, quoted);
	q->sentence = NONE - 1;
	uint32_t number = 0;
	for (uint32_t from = 0, to; from < q->items.count; from = to) {
		to = items_sentence(q, from);
		struct utterance s = {from, to, number++};
		read_sentence(q, &s);
		if (to == q->items.count && q->items.at[to - 1].sign == ':' && q->intro.block != block)
			introduce(q, &s);
	}
}

/* What the speakers of the paragraph's quotations tell of themselves and others: "“I think that …”". */
static void read_inside(struct quoting *q, uint32_t quoted, uint32_t end) {
	struct voice voice = q->voice;
	q->inside = true;
	for (; quoted < q->quoted.count && q->quoted.at[quoted].open < end; quoted++) {
		const struct quoted *s = &q->quoted.at[quoted];
		if (!s->used || s->close > end || quoted_words(q, s, INSIDE_LEAST) < INSIDE_LEAST)
			continue;
		q->self = s->speaker;
		items_inside(q, s);
		for (uint32_t from = 0, to, number = 0; from < q->items.count; from = to, number++) {
			struct utterance u = {from, to = items_sentence(q, from), number};
			q->sentence = NONE - 1;
			for (uint32_t i = from; i < to; i++)
				if (q->items.at[i].cue)
					attribute(q, &u, i);
		}
	}
	q->inside = false;
	q->voice = voice;
}

static int by_place(const void *a, const void *b) {
	const struct quotation *x = a, *y = b;
	if (x->content.begin != y->content.begin)
		return x->content.begin < y->content.begin ? -1 : 1;
	return (x->content.end > y->content.end) - (x->content.end < y->content.end);
}

static void in_order(struct quoting *q) {
	if (q->r->quotations.count)
		qsort(q->r->quotations.at, q->r->quotations.count, sizeof *q->r->quotations.at, by_place);
}

static void read_prose(struct quoting *q, uint32_t block, uint32_t *quoted) {
	read_paragraph(q, block, quoted);
	struct voice intro = q->intro;
	read_inside(q, *quoted, q->d->blocks.at[block].token + q->d->blocks.at[block].tokens);
	q->intro = intro;
}

void find_quotations(struct finding *f) {
	struct quoting q = {.f = f, .d = f->document, .r = f->record, .voice = {.speaker = NONE, .block = NONE},
		.intro = {.speaker = NONE, .block = NONE}};
	quoted_find(&q);
	uint32_t quoted = 0;
	for (uint32_t i = 0; i < q.d->blocks.count; i++) {
		uint32_t behind = block_read(&q, i);
		if (behind > i)
			i = behind - 1;
		else if (q.kinds[i] == VOICE_PROSE)
			read_prose(&q, i, &quoted);
	}
	in_order(&q);
	blocks_between(&q);
	in_order(&q);
}
