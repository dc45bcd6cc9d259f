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

/* "WHEN", "Location", "Speakers" alone on a line announce the lines below without a colon. */
static bool stands_alone(const struct document *d, uint32_t at, uint32_t end, uint32_t limit, const struct label_read *r) {
	if (end != limit || !(d->tokens.at[at].flags & TOKEN_BLOCK) || !((d->tokens.at[end].flags & TOKEN_BLOCK) || end + 1 >= d->tokens.count))
		return false;
	switch (r->label) {
	case LABEL_WHEN: case LABEL_DATE: case LABEL_TIME: case LABEL_PLACE: case LABEL_SPONSOR: case LABEL_COSPONSOR: case LABEL_FEE:
		return d->tokens.at[at].end - d->tokens.at[at].begin > 2; /* not "At" */
	case LABEL_WHO: case LABEL_PEOPLE:
		return r->plural || is_word(d, at, end, "who") || is_word(d, at, end, "speaker") || is_word(d, at, end, "moderator");
	default:
		return false;
	}
}

/* What a sign at the beginning of a line stands for: a pin for the place, a calendar for the day. */
static uint8_t sign_label(uint32_t code) {
	static const struct {
		uint32_t first, last;
		uint8_t label;
	} signs[] = {{0x1F4CC, 0x1F4CD, LABEL_PLACE}, {0x1F4C5, 0x1F4C6, LABEL_WHEN}, {0x1F5D3, 0x1F5D3, LABEL_WHEN}, {0x23F0, 0x23F0, LABEL_TIME},
		{0x1F550, 0x1F567, LABEL_TIME}, {0x1F39F, 0x1F39F, LABEL_FEE}, {0x1F3AB, 0x1F3AB, LABEL_FEE}, {0x1F4B0, 0x1F4B7, LABEL_FEE},
		{0x1F464, 0x1F465, LABEL_WHO}, {0x1F3A4, 0x1F3A4, LABEL_WHO}, {0x1F5E3, 0x1F5E3, LABEL_WHO}, {0x1F517, 0x1F517, LABEL_LINK}};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (code >= signs[i].first && code <= signs[i].last)
			return signs[i].label;
	return LABEL_NONE;
}

/* "📍 The Old Mill", "📍 Where: the Old Mill": the sign with the words behind it that say the same. */
static struct label_read sign_read(const struct document *d, uint32_t at, uint32_t limit) {
	struct label_read r = {.label = sign_label(d->tokens.at[at].number)};
	if (r.label == LABEL_NONE || !(d->tokens.at[at].flags & (TOKEN_BLOCK | TOKEN_LINE)))
		return (struct label_read){0};
	r.tokens = r.words = 1 + is_sign(d, at + 1, limit, 0xFE0F);
	struct label_read more = at + r.tokens < limit && d->tokens.at[at + r.tokens].kind == TOKEN_WORD ? label_read(d, at + r.tokens, limit) : (struct label_read){0};
	if (!more.tokens || r.tokens + more.tokens >= limit - at)
		return r;
	more.tokens += r.tokens;
	more.words += r.tokens;
	return more;
}

struct label_read label_read(const struct document *d, uint32_t at, uint32_t limit) {
	struct label_read r = {0};
	if (at < limit && d->tokens.at[at].kind == TOKEN_PUNCT && d->tokens.at[at].number > 0x2300)
		return sign_read(d, at, limit);
	if (at >= limit || d->tokens.at[at].kind != TOKEN_WORD || d->tokens.at[at].shape == SHAPE_LOWER)
		return r;
	r = words_read(d, at, limit);
	if (!r.words)
		return r;
	uint32_t end = at + r.words;
	end += skip_more(d, end, limit);
	if (stands_alone(d, at, end, limit, &r)) {
		r.tokens = end - at;
		return r;
	}
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

struct label_read label_of_row(const struct document *d, const struct block *row) {
	const struct label_read none = {0};
	if (row->cells != 2)
		return none;
	const struct cell *head = &d->cells.at[row->cell], *value = head + 1;
	if (!head->tokens || !value->tokens || head->tokens > 5)
		return none;
	struct label_read r = label_of_column(d, head->token, head->token + head->tokens);
	bool whole = r.words == head->tokens || (r.words + 1 == head->tokens && is_sign(d, head->token + r.words, head->token + head->tokens, ':'));
	struct label_read other = label_of_column(d, value->token, value->token + value->tokens);
	return whole && other.words != value->tokens ? r : none;
}
