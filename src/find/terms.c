/* An entry's terms: how one takes part (mode), what it costs, whether it takes place. */
#include "looks.h"
#include "scheduled.h"

/* ---- mode ---- */

static void add_mode(struct reading *r, uint8_t mode, struct range at) {
	struct scheduled *e = r->event;
	r->streamed = mode == MODE_STREAMED && (e->mode == MODE_UNKNOWN || r->streamed);
	if (mode == MODE_STREAMED)
		mode = MODE_VIRTUAL;
	if (e->mode == MODE_UNKNOWN)
		e->spans.mode = range_span(r, at);
	if (e->mode == MODE_UNKNOWN || e->mode == mode)
		e->mode = mode;
	else
		e->mode = MODE_HYBRID;
}

/* A mark that closes a quotation: what stands behind it belongs to what is quoted. */
static bool is_closing_mark(const struct document *d, uint32_t at) {
	const struct token *t = &d->tokens.at[at];
	return (t->number == '"' || t->number == '\'') && (t->flags & TOKEN_CLOSES) && !is_stop(d, at, at + 2);
}

/* "In person | and by livestream": a second mode that "and" or "or" joins to the first. */
static bool joins_mode(const struct document *d, uint32_t at, uint32_t limit) {
	static const char *const ways[] = {"by", "via", "on", "as", "with", "a", "through"};
	if (!is_word(d, at, limit, "and") && !is_word(d, at, limit, "or") && !is_sign(d, at, limit, '&') && !is_sign(d, at, limit, '+'))
		return false;
	at++;
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		at += is_word(d, at, limit, ways[i]);
	return phrase_at(d, at, limit, WORD_MODE, NULL) > 0;
}

/* Whether the words at `at` are a statement of their own: between separators, or in a bracket. */
static bool stands_alone(const struct reading *r, const struct piece *piece, uint32_t at, uint32_t n) {
	const struct document *d = r->d;
	uint32_t end = at + n;
	bool begins = at == piece->at.from || is_taken(r, at - 1) || (d->tokens.at[at - 1].kind == TOKEN_PUNCT && !is_closing_mark(d, at - 1)) || (d->tokens.at[at - 1].flags & TOKEN_DOTTED) || (d->tokens.at[at].flags & TOKEN_LINE);
	bool ends = end >= piece->at.to || is_taken(r, end) || d->tokens.at[end].kind == TOKEN_PUNCT || (d->tokens.at[end].flags & (TOKEN_LINE | TOKEN_BLOCK)) ||
		joins_mode(d, end, piece->at.to);
	bool leads = d->tokens.at[at].shape != SHAPE_LOWER && (is_word(d, end, piece->at.to, "at") || is_word(d, end, piece->at.to, "in") ||
		is_word(d, end, piece->at.to, "via") || (is_word(d, end, piece->at.to, "on") && end + 1 < piece->at.to &&
		d->tokens.at[end + 1].shape != SHAPE_LOWER)); /* "In person at …", "Live on YouTube", not "Webinar on ice" */
	return begins && (ends || leads);
}

/* "an online discussion", "will be held online", "via Zoom": in running text. */
static bool is_said(const struct reading *r, const struct piece *piece, uint32_t at, uint32_t n) {
	const struct document *d = r->d;
	uint32_t end = at + n;
	bool begins = at == piece->at.from || is_stop(d, at - 1, piece->at.to);
	if (begins && end < piece->at.to && d->tokens.at[end].shape == SHAPE_LOWER && phrase_at(d, end, piece->at.to, WORD_SERIES_KIND, NULL))
		return true; /* "Online seminar of the Institute" */
	bool led = is_word(d, at, end, "by") || is_word(d, at, end, "via") || is_word(d, at, end, "over"); /* "meet by video link" */
	if (begins && end < piece->at.to && phrase_at(d, at, end, WORD_SERIES_KIND, NULL) && is_word(d, end, piece->at.to, "on"))
		return true; /* "Webinar on ice" */
	if (n > 1 && d->tokens.at[at].shape == SHAPE_LOWER && word_is(d->tokens.at[end - 1].word, WORD_SERIES_KIND, NULL)) /* "… virtual event" */
		return true;
	if (led && n > 1 && d->tokens.at[at].shape == SHAPE_LOWER)
		return true;
	if (d->tokens.at[at].shape == SHAPE_LOWER || at > piece->at.from + 3) {
		if (end < piece->at.to && phrase_at(d, end, piece->at.to, WORD_SERIES_KIND, NULL))
			return true;
		struct str before = at > piece->at.from ? token_text(d, at - 1) : STR("");
		return str_equal_nocase(before, STR("via")) || str_equal_nocase(before, STR("on")) || str_equal_nocase(before, STR("held")) ||
			str_equal_nocase(before, STR("by")) || str_equal_nocase(before, STR("a")) || str_equal_nocase(before, STR("this")) ||
			str_equal_nocase(before, STR("and")) || str_equal_nocase(before, STR("or")) || str_equal_nocase(before, STR("place")) ||
			str_equal_nocase(before, STR("join")) || str_equal_nocase(before, STR("held"));
	}
	return false;
}

static void read_mode(struct reading *r, const struct piece *piece) {
	const struct document *d = r->d;
	bool labelled = piece->label == LABEL_FORMAT || piece->label == LABEL_PLACE;
	for (uint32_t i = piece->at.from; i < piece->at.to; i++) {
		int32_t mode;
		uint32_t n = phrase_at(d, i, piece->at.to, WORD_MODE, &mode);
		if (!n || (is_taken(r, i) && piece->label == LABEL_NONE && r->taken[i - r->at.from] != TAKEN_WHEN))
			continue;
		bool alone = stands_alone(r, piece, i, n);
		bool colon = is_sign(d, i + n, piece->at.to, ':'); /* "WEBINAR: …" */
		if (labelled || alone || is_said(r, piece, i, n)) {
			struct range at = {i, i + n};
			add_mode(r, (uint8_t)mode, at);
			if (is_sign(d, i - 1, piece->at.to, '(') && is_sign(d, i + n, piece->at.to, ')') && i > piece->at.from)
				at.from--, at.to++;
			if ((alone && !colon) || labelled)
				take(r, at, TAKEN_MODE);
		}
		i += n - 1;
	}
}

/* ---- fee ---- */

static bool is_money(const struct document *d, uint32_t at, uint32_t limit) {
	const struct token *t = &d->tokens.at[at];
	if (t->kind != TOKEN_PUNCT || at + 1 >= limit || d->tokens.at[at + 1].kind != TOKEN_NUMBER)
		return false;
	return t->number == '$' || t->number == 0x20AC || t->number == 0xA3 || t->number == 0xA5;
}

/* A letter alone ("R450", "K80") is a currency only where the figure is joined to it. */
static bool is_currency(const struct document *d, uint32_t at, uint32_t limit) {
	if (at >= limit || !word_is(d->tokens.at[at].word, WORD_CURRENCY, NULL))
		return false;
	const struct token *t = &d->tokens.at[at];
	return t->end - t->begin > 1 || (t->shape == SHAPE_UPPER && at + 1 < limit && t[1].kind == TOKEN_NUMBER && !is_spaced(d, at + 1));
}

/* "$25", "USD 30", "3,000 yen", with the words about it up to the next separator. */
static struct range price_at(const struct document *d, uint32_t at, uint32_t limit) {
	if (is_money(d, at, limit))
		return (struct range){at, at + 2};
	if (d->tokens.at[at].kind == TOKEN_NUMBER && is_currency(d, at + 1, limit))
		return (struct range){at, at + 2};
	uint32_t figure = at + 1 + is_sign(d, at + 1, limit, '.'); /* "Rs. 500" */
	if (is_currency(d, at, limit) && figure < limit && d->tokens.at[figure].kind == TOKEN_NUMBER)
		return (struct range){at, figure + 1};
	return (struct range){at, at};
}

static void set_fee(struct reading *r, int8_t fee, struct range at) {
	struct scheduled *e = r->event;
	bool figure = fee == 1 && r->d->tokens.at[at.to - 1].kind == TOKEN_NUMBER;
	if (e->fee == 1 || (e->fee == 0 && !figure)) /* "free, but ticketed" */
		return;
	e->fee = fee;
	e->spans.fee = range_span(r, at);
}

static bool reads_of_cost(const struct document *d, const struct piece *piece, uint32_t at) {
	uint32_t from = at > piece->at.from + 6 ? at - 6 : piece->at.from, to = at + 8 < piece->at.to ? at + 8 : piece->at.to;
	return block_has(d, from, to, WORD_COST, NULL);
}

static void read_price(struct reading *r, const struct piece *piece, uint32_t at) {
	struct range price = price_at(r->d, at, piece->at.to);
	bool alone = stands_alone(r, piece, at, price.to - price.from) || (piece->line && at == piece->at.from && piece->at.to - at < 8);
	if (range_empty(price) || !(piece->label == LABEL_FEE || alone || reads_of_cost(r->d, piece, at)))
		return;
	uint32_t figure = r->d->tokens.at[at].kind == TOKEN_NUMBER ? at : price.to - 1;
	bool zero = r->d->tokens.at[figure].number == 0;
	set_fee(r, zero ? 0 : 1, price);
	if (!r->event->price.at && !zero)
		r->event->price = range_words(r, price);
	if (alone)
		take(r, price, TAKEN_FEE);
}

static void read_fee(struct reading *r, const struct piece *piece) {
	for (uint32_t i = piece->at.from; i < piece->at.to; i++) {
		int32_t asked;
		uint32_t n = phrase_at(r->d, i, piece->at.to, WORD_FEE, &asked);
		uint8_t taken = r->taken[i - r->at.from];
		if (taken == TAKEN_LABEL || (!n && taken && taken != TAKEN_LINK))
			continue;
		if (!n) {
			read_price(r, piece, i);
			continue;
		}
		bool alone = stands_alone(r, piece, i, n);
		if (piece->label == LABEL_FEE || alone || (n > 1 && r->d->tokens.at[i].shape == SHAPE_LOWER)) {
			set_fee(r, (int8_t)asked, (struct range){i, i + n});
			if (alone)
				take(r, (struct range){i, i + n}, TAKEN_FEE);
		}
		i += n - 1;
	}
	if (piece->label == LABEL_FEE)
		take(r, piece->at, TAKEN_FEE);
}

/* ---- status ---- */

static void read_status(struct reading *r, const struct piece *piece) {
	for (uint32_t i = piece->at.from; i < piece->at.to; i++) {
		int32_t status;
		uint32_t n = phrase_at(r->d, i, piece->at.to, WORD_STATUS, &status);
		if (!n)
			continue;
		bool verb = n > 1 && r->d->tokens.at[i].shape == SHAPE_LOWER;
		bool colon = is_sign(r->d, i + n, piece->at.to, ':') || is_sign(r->d, i + n, piece->at.to, '-');
		if (piece->label == LABEL_STATUS || stands_alone(r, piece, i, n) || verb || (i == r->at.from && colon)) {
			struct range at = {i, i + n};
			r->event->status = (uint8_t)status;
			r->event->spans.status = range_span(r, at);
			if (i > piece->at.from && is_sign(r->d, i - 1, piece->at.to, '(') && is_sign(r->d, i + n, piece->at.to, ')'))
				at.from--, at.to++;
			if (!verb)
				take(r, at, TAKEN_STATUS);
			return;
		}
	}
}

/* What is said above of all, where the entry itself says nothing. */
static void inherit_mode(struct reading *r) {
	const struct inherited *above = &r->entry->above;
	if (r->event->mode != MODE_UNKNOWN || !above->mode)
		return;
	r->event->mode = above->mode;
	r->event->spans.mode = above->mode_span;
}

void terms_read(struct reading *r) {
	for (uint32_t i = 0; i < r->pieces.count; i++) {
		const struct piece *piece = &r->pieces.at[i];
		if (piece->label == LABEL_NONE || piece->label == LABEL_STATUS || piece->label == LABEL_TITLE)
			read_status(r, piece);
		if (piece->label == LABEL_NONE || piece->label == LABEL_FORMAT || piece->label == LABEL_PLACE || piece->label == LABEL_WHEN ||
			piece->label == LABEL_TIME || piece->label == LABEL_TITLE || piece->label == LABEL_DATE)
			read_mode(r, piece);
		if (piece->label == LABEL_NONE || piece->label == LABEL_FEE || piece->label == LABEL_LINK || piece->label == LABEL_DESCRIPTION ||
			piece->label == LABEL_PLACE)
			read_fee(r, piece);
	}
	inherit_mode(r);
}
