/* Who a source means: the person or organisation named in it, or the one that a pronoun or a description stands for where
 * that is clear; else nobody. */
#include "quoting.h"

#include "roles.h"

enum { BACK_MOST = 200, SENTENCES_BACK = 6 }; /* names and sentences that are looked at before a source */

static bool is_type(const struct record *r, uint32_t entity, uint8_t type) {
	return entity != NONE && entity < r->entities.count && r->entities.at[entity].type == type;
}

/* ---- names in the source ---- */

/* Whether the name at tokens [from, to) is only a part of who speaks: "Park’s adviser", "the sister of Park", "an aide to
 * President Park". */
static bool is_complement(const struct document *d, uint32_t begin, uint32_t from, uint32_t to) {
	if (d->tokens.at[to - 1].flags & TOKEN_POSSESSIVE)
		return true;
	while (from > begin && d->tokens.at[from - 1].kind == TOKEN_WORD && grammar_of(d, from - 1) == GRAMMAR_NONE)
		from--;
	if (from == begin)
		return false;
	uint8_t g = grammar_of(d, from - 1);
	if (g == GRAMMAR_DETERMINER && from - 1 > begin)
		g = grammar_of(d, from - 2);
	return g == GRAMMAR_OF || g == GRAMMAR_PREPOSITION || g == GRAMMAR_TO;
}

/* "a recent report from the Institute": a document speaks for who is named behind it. */
static bool is_document(const struct document *d, uint32_t begin, uint32_t end) {
	for (uint32_t i = begin; i < end; i++) {
		uint8_t g = grammar_of(d, i);
		if (g == GRAMMAR_DOCUMENT)
			return true;
		if (g == GRAMMAR_PREPOSITION || g == GRAMMAR_OF)
			return false;
	}
	return false;
}

static bool has_role(const struct document *d, uint32_t begin, uint32_t end) {
	for (uint32_t i = begin; i < end; i++)
		if (word_is(d->tokens.at[i].word, WORD_ROLE, NULL))
			return true;
	return false;
}

/* The one named in tokens [begin, end). A person before an organisation before a place; what a role is held of is none. */
static uint32_t named_in(const struct quoting *q, uint32_t begin, uint32_t end) {
	const struct document *d = q->d;
	struct span span = token_span(d, begin, end - 1);
	uint32_t best = NONE, rank = 3;
	bool document = is_document(d, begin, end);
	for (uint32_t i = record_name_from(q->r, span.begin); i < q->r->names.count &&
		q->r->names.at[i].span.begin < span.end; i++) {
		const struct name *n = &q->r->names.at[i];
		uint32_t from = document_token_at(d, n->span.begin), to = document_token_at(d, n->span.end);
		to = to > from ? to : from + 1;
		if (from < begin)
			continue;
		bool complement = is_complement(d, begin, from, to);
		if (n->type == ENTITY_PER && !complement)
			return n->entity;
		if ((complement && !document) || has_role(d, begin, from) || has_role(d, to, end))
			continue;
		uint32_t mine = n->type == ENTITY_PER || n->type == ENTITY_ORG ? 0 : n->type == ENTITY_MISC ? 1 : 2;
		if (mine < rank && (mine < 1 || !document)) {
			rank = mine;
			best = n->entity;
		}
	}
	return best;
}

/* ---- before the source ---- */

/* Whether text position `at` is in quotation marks. */
static bool in_quotes(const struct quoting *q, uint32_t at) {
	uint32_t low = 0, high = q->quoted.count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		const struct quoted *s = &q->quoted.at[middle];
		if (q->d->tokens.at[s->close].begin <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low < q->quoted.count && q->d->tokens.at[q->quoted.at[low].open].begin < at;
}

/* The first name of `type` in `span` that is a subject, or may be: no possessive, nothing in quotation marks. */
static uint32_t first_name(const struct quoting *q, struct span span, uint8_t type) {
	for (uint32_t i = record_name_from(q->r, span.begin); i < q->r->names.count &&
		q->r->names.at[i].span.begin < span.end; i++) {
		const struct name *n = &q->r->names.at[i];
		uint32_t last = document_token_at(q->d, n->span.end);
		if (n->type != type || n->span.begin < span.begin || in_quotes(q, n->span.begin))
			continue;
		if (type == ENTITY_PER && last && (q->d->tokens.at[last - 1].flags & TOKEN_POSSESSIVE))
			continue;
		return n->entity;
	}
	return NONE;
}

static struct span sentence_span(const struct document *d, const struct sentence *s) {
	return token_span(d, s->token, s->token + s->tokens - 1);
}

static uint32_t sentence_at(const struct document *d, uint32_t at) {
	uint32_t low = 0, high = d->sentences.count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (sentence_span(d, &d->sentences.at[middle]).end <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Whether somebody who is not named is its subject: "A liaison officer …". */
static bool unnamed_subject(const struct quoting *q, const struct sentence *s) {
	for (uint32_t i = s->token; i < s->token + s->tokens && i < s->token + 5; i++)
		if (word_is(q->d->tokens.at[i].word, WORD_ROLE, NULL))
			return true;
	return false;
}

/* The subject of the sentences before the source, nearest first, in its paragraph. */
static uint32_t subject_before(const struct quoting *q, uint32_t at, uint8_t type) {
	const struct document *d = q->d;
	uint32_t s = sentence_at(d, at);
	if (s >= d->sentences.count)
		return NONE;
	uint32_t block = d->sentences.at[s].block, found = first_name(q, (struct span){sentence_span(d,
		&d->sentences.at[s]).begin, at}, type);
	for (uint32_t i = 0; found == NONE && i < SENTENCES_BACK && s-- > 0 && d->sentences.at[s].block == block; i++) {
		found = first_name(q, sentence_span(d, &d->sentences.at[s]), type);
		if (found == NONE && unnamed_subject(q, &d->sentences.at[s]))
			return NONE;
	}
	return found;
}

/* Whether a person is named between the last source and this one, outside quotation marks: then a pronoun may mean either. */
static uint32_t named_between(const struct quoting *q, uint32_t at) {
	if (q->voice.source.end >= at)
		return NONE;
	uint32_t first = sentence_at(q->d, q->voice.source.end) + 1;
	if (first >= q->d->sentences.count)
		return NONE;
	uint32_t begin = sentence_span(q->d, &q->d->sentences.at[first]).begin;
	return begin < at ? first_name(q, (struct span){begin, at}, ENTITY_PER) : NONE;
}

static uint32_t person_before(const struct quoting *q, uint32_t at) {
	if (q->voice.block != NONE && q->voice.block == q->block && !span_empty(q->voice.source)) {
		uint32_t between = named_between(q, at);
		if (between == NONE)
			return is_type(q->r, q->voice.speaker, ENTITY_PER) ? q->voice.speaker : NONE;
	}
	uint32_t found = subject_before(q, at, ENTITY_PER);
	if (found != NONE)
		return found;
	uint32_t s = sentence_at(q->d, at);
	bool first = s < q->d->sentences.count &&
		q->d->sentences.at[s].token == q->d->blocks.at[q->d->sentences.at[s].block].token;
	return first && q->voice.block != NONE && q->voice.block + 1 == q->block &&
		is_type(q->r, q->voice.speaker, ENTITY_PER) ?
		q->voice.speaker : NONE;
}

static uint32_t thing_before(const struct quoting *q, uint32_t at) {
	if (q->voice.block != NONE && q->voice.block == q->block && q->voice.speaker != NONE &&
		!is_type(q->r, q->voice.speaker, ENTITY_PER))
		return q->voice.speaker;
	return subject_before(q, at, ENTITY_ORG);
}

/* "Park, who said": the name that ends before the pronoun. */
static uint32_t name_ending(const struct quoting *q, uint32_t token) {
	uint32_t last = token && token_is_punct(&q->d->tokens.at[token - 1], ',') ? token - 1 : token;
	if (!last)
		return NONE;
	uint32_t i = record_name_from(q->r, q->d->tokens.at[last - 1].begin);
	return i < q->r->names.count &&
		q->r->names.at[i].span.begin <= q->d->tokens.at[last - 1].begin ? q->r->names.at[i].entity : NONE;
}

static uint32_t pronoun(const struct quoting *q, uint32_t token) {
	uint32_t at = q->d->tokens.at[token].begin;
	if (grammar_of(q->d, token) == GRAMMAR_RELATIVE)
		return name_ending(q, token);
	if (grammar_of(q->d, token) == GRAMMAR_IT)
		return thing_before(q, at);
	if (is_word(q->d, token, token + 1, "he") || is_word(q->d, token, token + 1, "she"))
		return person_before(q, at);
	if (is_word(q->d, token, token + 1, "i") || is_word(q->d, token, token + 1, "we"))
		return q->inside ? q->self : NONE;
	if (is_word(q->d, token, token + 1, "they"))
		return q->voice.block == q->block && !is_type(q->r, q->voice.speaker, ENTITY_PER) ? q->voice.speaker : NONE;
	return NONE;
}

/* ---- descriptions ---- */

/* "the veteran Russian diplomat": the last one named before who holds or held such a role. */
static uint32_t described(const struct quoting *q, uint32_t begin, uint32_t end) {
	const struct document *d = q->d;
	if (!is_word(d, begin, end, "the"))
		return NONE;
	struct description what = description_read(q->f, begin + 1, end);
	if (!what.tokens)
		return NONE;
	uint32_t name = record_name_from(q->r, d->tokens.at[begin].begin);
	for (uint32_t i = 0; i < BACK_MOST && name-- > 0; i++) {
		const struct name *n = &q->r->names.at[name];
		if (n->type == ENTITY_PER && n->entity != NONE && description_fits(q->f, &what, &q->r->entities.at[n->entity]))
			return n->entity;
	}
	return NONE;
}

uint32_t speaker_of(struct quoting *q, struct span source) {
	if (span_empty(source))
		return NONE;
	uint32_t begin = document_token_at(q->d, source.begin), end = document_token_at(q->d, source.end);
	if (begin >= end)
		return NONE;
	uint8_t g = grammar_of(q->d, begin);
	if (end == begin + 1 && (g == GRAMMAR_PERSON || g == GRAMMAR_IT || g == GRAMMAR_RELATIVE))
		return pronoun(q, begin);
	uint32_t found = named_in(q, begin, end);
	return found != NONE ? found : described(q, begin, end);
}
