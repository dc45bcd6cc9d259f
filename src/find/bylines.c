/* Bylines: "By Name, role, and Name, role"; "Name is a lawyer in Place." */
#include "layout.h"

/* The text of tokens [first, limit) without separators at its ends; null where nothing is left. */
static struct str words_between(struct finding *f, uint32_t first, uint32_t limit) {
	const struct document *d = f->document;
	while (first < limit && d->tokens.at[first].kind == TOKEN_PUNCT && !(d->tokens.at[first].flags & TOKEN_OPENS))
		first++;
	while (limit > first && (is_sign(d, limit - 1, limit, '.') || is_sign(d, limit - 1, limit, ',') || is_sign(d, limit - 1, limit, ';') ||
		is_sign(d, limit - 1, limit, '-') || is_sign(d, limit - 1, limit, '|') || is_sign(d, limit - 1, limit, '*')))
		limit--;
	if (first >= limit)
		return STR_NULL;
	struct span span = token_span(d, first, limit - 1);
	/* a full stop that belongs to the last word ("Inc.", "U.S.") is in its token */
	return document_words(d, span);
}

static void add(struct finding *f, struct article *a, uint32_t first, uint32_t skip, uint32_t name, uint32_t affiliation, uint32_t end) {
	const struct document *d = f->document;
	struct byline *b = array_push(f->record->arena, &a->byline);
	b->name_span = token_span(d, first + skip, first + name - 1);
	b->name = document_words(d, b->name_span);
	b->affiliation = words_between(f, affiliation, end);
	b->span = token_span(d, first, end > first + name ? end - 1 : first + name - 1);
}

/* Whether a second author begins at `at`: a name of two words or more that is no role or organisation, before a comma, "and" or
 * the end. */
static bool is_next_author(const struct document *d, uint32_t at, uint32_t limit) {
	uint32_t skip, n = name_at(d, at, limit, &skip);
	if (n < skip + 2)
		return false;
	for (uint32_t i = at + skip; i < at + n; i++)
		if (word_is(d->tokens.at[i].word, WORD_ROLE, NULL) || word_is(d->tokens.at[i].word, WORD_ORG_HEAD, NULL))
			return false;
	return at + n >= limit || is_sign(d, at + n, limit, ',') || is_sign(d, at + n, limit, '.') || is_word(d, at + n, limit, "and") ||
		is_sign(d, at + n, limit, '(') || is_sign(d, at + n, limit, '|') || is_sign(d, at + n, limit, '*');
}

/* Where the author's affiliation ends: at "and Name", "; Name", "& Name", or the end. */
static uint32_t affiliation_end(const struct document *d, uint32_t at, uint32_t limit, uint32_t *next) {
	for (uint32_t i = at; i < limit; i++) {
		bool joins = is_word(d, i, limit, "and") || is_sign(d, i, limit, '&') || is_sign(d, i, limit, ';') || is_word(d, i, limit, "with");
		if (joins && is_next_author(d, i + 1, limit)) {
			*next = i + 1;
			return i;
		}
	}
	*next = limit;
	return limit;
}

/* "(Ret.)", ", PhD" behind a name: tokens taken. */
static uint32_t postnominals(const struct document *d, uint32_t at, uint32_t limit) {
	int32_t value = 0;
	if (!is_sign(d, at, limit, '(') && !is_sign(d, at, limit, ','))
		return 0;
	uint32_t n = phrase_at(d, at + 1, limit, WORD_HONORIFIC, &value);
	if (!n || value != 2)
		return 0;
	n++;
	n += is_sign(d, at + n, limit, '.');
	if (is_sign(d, at, limit, '('))
		return is_sign(d, at + n, limit, ')') ? n + 1 : 0;
	return n;
}

static void read_by(struct finding *f, struct article *a, uint32_t at, uint32_t limit) {
	const struct document *d = f->document;
	while (at < limit) {
		uint32_t skip, next, n = name_at(d, at, limit, &skip);
		if (!n)
			return;
		uint32_t end = affiliation_end(d, at + n, limit, &next);
		bool list = is_sign(d, at + n, limit, ',') && is_next_author(d, at + n + 1, limit) && end > at + n + 1;
		if (list && !word_is(d->tokens.at[at + n + 1].word, WORD_ROLE, NULL)) { /* "By A, B and C" */
			uint32_t other_skip, m = name_at(d, at + n + 1, limit, &other_skip), after = at + n + 1 + m;
			if (after < limit && (is_word(d, after, limit, "and") || is_sign(d, after, limit, ',')) && is_next_author(d, after + 1, limit)) {
				end = at + n;
				next = at + n + 1;
			}
		}
		uint32_t titles = postnominals(d, at + n, end);
		add(f, a, at, skip, n, at + n + titles, end);
		at = next;
	}
}

/* The end of the first sentence of the block. */
static uint32_t sentence_end(const struct document *d, uint32_t at, uint32_t limit) {
	for (uint32_t i = at + 1; i < limit; i++)
		if (d->tokens.at[i].flags & TOKEN_SENTENCE)
			return i;
	return limit;
}

static bool already(const struct article *a, struct str name) {
	for (uint32_t i = 0; i < a->byline.count; i++)
		if (str_equal(a->byline.at[i].name, name))
			return true;
	return false;
}

static void read_bio(struct finding *f, const struct block *b, struct article *a) {
	const struct document *d = f->document;
	uint32_t limit = sentence_end(d, b->token, b->token + b->tokens), skip, n = name_at(d, b->token, limit, &skip);
	struct str name = document_words(d, token_span(d, b->token + skip, b->token + n - 1));
	if (!already(a, name))
		add(f, a, b->token, skip, n, b->token + n + 1, limit);
}

void byline_read(struct finding *f, uint32_t block, struct article *article) {
	const struct document *d = f->document;
	const struct block *b = &d->blocks.at[block];
	uint32_t flags = looks_of(f)[block].flags, limit = b->token + b->tokens, skip;
	if (flags & LOOK_BYLINE)
		read_by(f, article, b->token + phrase_at(d, b->token, limit, WORD_BY, NULL), limit);
	else if (flags & LOOK_BIO)
		read_bio(f, b, article);
	else if (flags & LOOK_NAME_FIRST)
		read_by(f, article, b->token, limit);
	else
		read_by(f, article, b->token, b->token + name_at(d, b->token, limit, &skip));
}
