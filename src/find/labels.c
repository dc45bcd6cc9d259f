#include "labels.h"

/* The words of a label: listings' own, then those of people's parts. */
static struct label_read words_read(const struct document *d, uint32_t at, uint32_t limit) {
	struct label_read r = {0};
	int32_t value;
	uint32_t part = phrase_at(d, at, limit, WORD_PART, &value);
	if (part)
		r = (struct label_read){.words = part, .label = LABEL_PEOPLE, .part = (uint8_t)value};
	uint32_t label = phrase_at(d, at, limit, WORD_LABEL, &value);
	if (label > part)
		r = (struct label_read){.words = label, .label = (uint8_t)value};
	uint32_t link = phrase_at(d, at, limit, WORD_LINK_LABEL, NULL);
	if (link > r.words)
		r = (struct label_read){.words = link, .label = LABEL_LINK};
	if (!r.words)
		return r;
	struct str last = token_text(d, at + r.words - 1);
	r.plural = last.len > 2 && (last.at[last.len - 1] | 0x20) == 's';
	return r;
}

/* "Speakers (in order):", "Moderator and Discussant:": words that may stand before the colon. */
static uint32_t skip_more(const struct document *d, uint32_t at, uint32_t limit) {
	uint32_t n = 0;
	if (at + 2 < limit && token_is_punct(&d->tokens.at[at], '(')) {
		while (n < 6 && at + n < limit && !token_is_punct(&d->tokens.at[at + n], ')'))
			n++;
		return at + n < limit && token_is_punct(&d->tokens.at[at + n], ')') ? n + 1 : 0;
	}
	if (at + 1 < limit && (token_is_punct(&d->tokens.at[at], '&') || token_is_punct(&d->tokens.at[at], '/') ||
		str_equal_nocase(token_text(d, at), STR("and")))) {
		struct label_read more = words_read(d, at + 1, limit);
		return more.words ? more.words + 1 : 0;
	}
	return 0;
}

struct label_read label_read(const struct document *d, uint32_t at, uint32_t limit) {
	struct label_read r = {0};
	if (at >= limit || d->tokens.at[at].kind != TOKEN_WORD || d->tokens.at[at].shape == SHAPE_LOWER)
		return r;
	r = words_read(d, at, limit);
	if (!r.words)
		return r;
	uint32_t end = at + r.words;
	end += skip_more(d, end, limit);
	if (end >= limit || !token_is_punct(&d->tokens.at[end], ':') ||
		(end + 1 < limit && !(d->tokens.at[end + 1].flags & TOKEN_SPACE) && d->tokens.at[end + 1].kind == TOKEN_NUMBER))
		return (struct label_read){0};
	r.tokens = end + 1 - at;
	return r;
}

struct label_read label_of_column(const struct document *d, uint32_t at, uint32_t limit) {
	struct label_read r = words_read(d, at, limit);
	if (r.words && at + r.words < limit && !token_is_punct(&d->tokens.at[at + r.words], ':') &&
		!token_is_punct(&d->tokens.at[at + r.words], '/') && !token_is_punct(&d->tokens.at[at + r.words], '(') &&
		!token_is_punct(&d->tokens.at[at + r.words], '&') && !str_equal_nocase(token_text(d, at + r.words), STR("and")))
		return (struct label_read){0};
	return r;
}
