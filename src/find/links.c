/* Links of an entry: those of the form, and addresses of the net with the words that lead to them. */
#include "scheduled.h"

static void add_link(struct reading *r, struct str label, struct str href, struct span span) {
	for (uint32_t i = 0; i < r->event->links.count; i++)
		if (str_equal(r->event->links.at[i].href, href))
			return;
	*array_push(r->f->record->arena, &r->event->links) = (struct event_link){label, href, span};
}

/* "Register: https://…", "Register here https://…": the label's words before a bare address. */
static struct range label_before(const struct reading *r, const struct piece *piece, uint32_t url) {
	const struct document *d = r->d;
	uint32_t from = url;
	if (url == piece->at.from && piece->label != LABEL_NONE) { /* the piece's own label */
		uint32_t end = url;
		while (end > r->at.from && d->tokens.at[end - 1].kind == TOKEN_PUNCT)
			end--;
		from = end;
		while (from > r->at.from && r->taken[from - 1 - r->at.from] == TAKEN_LABEL && d->tokens.at[from - 1].kind != TOKEN_PUNCT)
			from--;
		return (struct range){from, end};
	}
	for (uint32_t i = url > piece->at.from + 4 ? url - 4 : piece->at.from; i < url; i++) {
		uint32_t n = phrase_at(d, i, url, WORD_LINK_LABEL, NULL);
		if (n)
			return (struct range){i, i + n};
	}
	return (struct range){from, from};
}

static struct str href_of(struct reading *r, uint32_t token) {
	struct str text = token_text(r->d, token);
	if (r->d->tokens.at[token].kind == TOKEN_EMAIL)
		return arena_format(r->f->record->arena, "mailto:%.*s", (int)text.len, text.at);
	if (str_find(text, STR("://"), 0) == SIZE_MAX)
		return arena_format(r->f->record->arena, "https://%.*s", (int)text.len, text.at);
	return text;
}

static bool in_link_mark(const struct reading *r, struct span span) {
	uint32_t from = 0;
	return document_mark(r->d, MARK_LINK, span, &from) != NULL;
}

static void read_addresses(struct reading *r, const struct piece *piece) {
	for (uint32_t i = piece->at.from; i < piece->at.to; i++) {
		uint8_t kind = r->d->tokens.at[i].kind;
		struct span span = token_span(r->d, i, i);
		if (kind != TOKEN_URL && kind != TOKEN_EMAIL)
			continue;
		bool mail_counts = piece->label == LABEL_LINK;
		struct range label = label_before(r, piece, i);
		if (!in_link_mark(r, span) && (kind == TOKEN_URL || mail_counts))
			add_link(r, range_words(r, label), href_of(r, i), range_empty(label) ? span : (struct span){range_span(r, label).begin, span.end});
		take(r, (struct range){range_empty(label) ? i : label.from, i + 1}, TAKEN_LINK);
	}
}

/* Links of the form. One whose words are only a call ("Register here") says nothing else. */
static void read_marks(struct reading *r) {
	const struct mark *mark;
	uint32_t at = 0;
	while ((mark = document_mark(r->d, MARK_LINK, r->event->span, &at))) {
		if (!mark->value.at || !mark->value.len || mark->value.at[0] == '#')
			continue;
		struct range words = {document_token_at(r->d, mark->span.begin), document_token_at(r->d, mark->span.end)};
		if (words.from < r->at.from || words.to > r->at.to)
			continue;
		uint32_t n = phrase_at(r->d, words.from, words.to, WORD_LINK_LABEL, NULL);
		bool contact = words.from < r->at.to && !range_empty(words) && r->taken[words.from - r->at.from] == TAKEN_ELSE;
		bool mail = str_starts(mark->value, STR("mailto:"));
		if (!contact && !(mail && !n))
			add_link(r, document_words(r->d, mark->span), mark->value, mark->span);
		if (n && words.to - words.from <= n + 3)
			take(r, words, TAKEN_LINK);
	}
}

/* "Register here." where the link itself is lost; "REGISTER TO ATTEND". */
static void take_residue(struct reading *r, const struct piece *piece) {
	const struct document *d = r->d;
	for (uint32_t i = piece->at.from; i < piece->at.to; i++) {
		bool begins = i == piece->at.from || d->tokens.at[i - 1].kind == TOKEN_PUNCT || is_taken(r, i - 1);
		uint32_t n = begins && d->tokens.at[i].shape != SHAPE_LOWER ? phrase_at(d, i, piece->at.to, WORD_LINK_LABEL, NULL) : 0;
		bool ends = i + n == piece->at.to || (n && d->tokens.at[i + n].kind == TOKEN_PUNCT && !is_sign(d, i + n, piece->at.to, '-') &&
			!is_sign(d, i + n, piece->at.to, ',') && !is_sign(d, i + n, piece->at.to, ':'));
		if (n && ends && i > r->at.from) {
			take(r, (struct range){i, i + n}, TAKEN_LINK);
			i += n - 1;
		}
	}
}

void links_read(struct reading *r) {
	read_marks(r);
	for (uint32_t i = 0; i < r->pieces.count; i++) {
		const struct piece *piece = &r->pieces.at[i];
		if (piece->label == LABEL_CONTACT || piece->label == LABEL_IGNORE || piece->label == LABEL_DEADLINE)
			continue;
		read_addresses(r, piece);
		if (piece->label == LABEL_NONE)
			take_residue(r, piece);
		if (piece->label == LABEL_LINK && (i + 1 == r->pieces.count || piece->line))
			take(r, piece->at, TAKEN_LINK);
	}
}
