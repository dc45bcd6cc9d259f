/* Essays: headline and kicker, head matter, the body with its section headings. */
#include "dates.h"
#include "layout.h"

struct essays {
	struct finding *f;
	const struct document *d;
	const struct look *looks;
	struct block_range range;
	uint32_t last_body; /* the last paragraph of prose in the range */
	uint32_t level;   /* of the headlines, where the form has headings; 0: the text is plain */
};

static bool is_heading(const struct essays *e, uint32_t i) {
	if (i >= e->range.end || !(e->looks[i].flags & LOOK_HEADING) || (e->looks[i].flags & (LOOK_DATE | LOOK_NOTES | LOOK_BYLINE | LOOK_BIO | LOOK_NOTE)))
		return false;
	if (e->looks[i].flags & (LOOK_PROVENANCE | LOOK_DISCLAIMER | LOOK_NAME_FIRST))
		return false;
	return !e->level || (e->looks[i].flags & LOOK_FORM_HEADING);
}

static bool is_head_matter(const struct essays *e, uint32_t i) {
	return i < e->range.end && ((e->looks[i].flags & (LOOK_BYLINE | LOOK_DATE)) ||
		((e->looks[i].flags & (LOOK_BIO | LOOK_PROVENANCE | LOOK_DISCLAIMER)) && e->looks[i].words < 60));
}

static bool has_body_after(const struct essays *e, uint32_t i) {
	return i <= e->last_body;
}

/* "Essays" above the first essay's headline: a heading of the form with a lower one right below it, which is signed. */
static bool heads_headings(const struct essays *e, uint32_t i) {
	return i + 2 < e->range.end && (e->looks[i + 1].flags & LOOK_FORM_HEADING) && e->looks[i + 1].level > e->looks[i].level &&
		(e->looks[i + 2].flags & (LOOK_BYLINE | LOOK_BIO | LOOK_NAME_FIRST | LOOK_NAME));
}

/* Whether a headline, or the kicker above it, stands at `i`. `open`: an essay is under way. */
static bool begins_essay(const struct essays *e, uint32_t i, bool open) {
	if (!is_heading(e, i) || !has_body_after(e, i))
		return false;
	if (e->level)
		return e->looks[i].level <= e->level && !heads_headings(e, i);
	if (!open)
		return true;
	uint32_t next = i + 1;
	if (is_heading(e, next))
		next++;
	if (next < e->range.end && (e->looks[next].flags & (LOOK_BYLINE | LOOK_BIO | LOOK_NAME_FIRST)))
		return true;
	return is_head_matter(e, next) || (next == i + 2 && !is_heading(e, next) && (e->looks[i].flags & LOOK_TITLE_CASE) &&
		(e->looks[i + 1].flags & LOOK_TITLE_CASE));
}

/* A line under the headline that explains it: sentence case under title case, without a blank line between. */
static bool is_deck(const struct essays *e, uint32_t i) {
	return !(e->looks[i + 1].flags & (LOOK_TITLE_CASE | LOOK_CAPITALS)) && (e->looks[i].flags & (LOOK_TITLE_CASE | LOOK_CAPITALS));
}

static void set_title(struct essays *e, struct article *a, uint32_t i) {
	a->title_span = e->d->blocks.at[i].span;
	a->title = document_words(e->d, a->title_span);
}

static void set_kicker(struct essays *e, struct article *a, uint32_t i) {
	const struct block *b = &e->d->blocks.at[i];
	uint32_t first = b->token, last = b->token + b->tokens - 1;
	if (last > first + 1 && token_is_punct(&e->d->tokens.at[first], '[') && token_is_punct(&e->d->tokens.at[last], ']')) /* "[Column]" */
		first++, last--;
	a->kicker_span = token_span(e->d, first, last);
	a->kicker = document_words(e->d, a->kicker_span);
}

/* A short line above the form's headline, not the last link of what stands before. */
static bool is_kicker(const struct essays *e, uint32_t i) {
	const struct look *look = &e->looks[i];
	uint32_t from = 0;
	return look->words <= 6 && (look->flags & LOOK_HEADING) && !(look->flags & (LOOK_FORM_HEADING | LOOK_HAS_DATE | LOOK_LISTING)) &&
		!document_mark(e->d, MARK_LINK, e->d->blocks.at[i].span, &from);
}

/* Takes kicker and headline at `i`; the block behind them. */
static uint32_t take_title(struct essays *e, struct article *a, uint32_t i) {
	if (e->level) {
		if (i > e->range.begin && is_kicker(e, i - 1))
			set_kicker(e, a, i - 1);
		set_title(e, a, i);
		return i + 1;
	}
	if (!is_heading(e, i + 1)) {
		set_title(e, a, i);
		return i + 1;
	}
	if (is_deck(e, i)) {
		set_title(e, a, i);
	} else {
		set_kicker(e, a, i);
		set_title(e, a, i + 1);
	}
	return i + 2;
}

/* "Japan Times, March 17, 2018": whether the words before the date name a paper, and not a place or an edition. */
static bool is_outlet(const struct document *d, uint32_t at, uint32_t date) {
	if (date < at + 2 || !is_sign(d, date - 1, date, ',') || date - at > 9)
		return false;
	static const enum word_class others[] = {WORD_CITY, WORD_COUNTRY, WORD_REGION, WORD_ISSUED, WORD_WEEKDAY, WORD_ISSUE_NUMBER};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (phrase_at(d, at, date, others[i], NULL) && (phrase_at(d, at, date, others[i], NULL) == date - 1 - at || others[i] >= WORD_ISSUED))
			return false;
	for (uint32_t i = at; i < date - 1; i++)
		if (d->tokens.at[i].kind != TOKEN_WORD || (d->tokens.at[i].shape == SHAPE_LOWER && !word_is(d->tokens.at[i].word, WORD_SMALL, NULL)))
			return false;
	return true;
}

static void set_outlet(struct essays *e, struct article *a, uint32_t at, uint32_t date, const struct dates_read *read) {
	at += is_word(e->d, at, date, "the");
	a->provenance.span = token_span(e->d, at, date - 2);
	a->provenance.outlet = document_words(e->d, a->provenance.span);
	a->provenance.date = read->from.when;
}

/* A bare date line, or a date with an outlet or a place. */
static void take_date_line(struct essays *e, struct article *a, uint32_t i) {
	const struct block *b = &e->d->blocks.at[i];
	struct dates_read date;
	uint32_t where;
	if (!block_date(e->d, b->token, b->token + b->tokens, true, &date, &where) || civil_has_date(a->date))
		return;
	a->date = date.from.when;
	a->date_span = token_span(e->d, where, where + date.tokens - 1);
	a->weekday = date.from.weekday;
	a->weekday_span = date.from.weekday_span;
	if (!a->provenance.outlet.at && is_outlet(e->d, b->token, where))
		set_outlet(e, a, b->token, where, &date);
}

static void take_disclaimer(struct essays *e, struct article *a, uint32_t i) {
	if (span_empty(a->disclaimer))
		a->disclaimer = e->d->blocks.at[i].span;
}

static void take_head(struct essays *e, struct article *a, uint32_t i) {
	uint32_t flags = e->looks[i].flags;
	if (flags & (LOOK_BYLINE | LOOK_BIO))
		byline_read(e->f, i, a);
	if (flags & LOOK_PROVENANCE)
		provenance_read(e->f, i, a);
	else if (flags & LOOK_DATE)
		take_date_line(e, a, i);
	if (flags & LOOK_DISCLAIMER)
		take_disclaimer(e, a, i);
}

/* Whether a short line between head matter ("You can find her blog here.") belongs to it. */
static bool leads_to_head(const struct essays *e, uint32_t i) {
	if (e->looks[i].words >= 20)
		return false;
	for (uint32_t k = i + 1; k < e->range.end && k <= i + 2; k++) {
		if (is_head_matter(e, k) || (e->looks[k].flags & LOOK_NAME))
			return true;
		if (e->looks[k].words >= 20)
			return false;
	}
	return false;
}

/* A line that is only a person's name, right under the headline. */
static bool is_bare_byline(const struct essays *e, const struct article *a, uint32_t i, uint32_t first) {
	return i <= first + 1 && a->byline.count == 0 && (e->looks[i].flags & (LOOK_NAME | LOOK_NAME_FIRST)) &&
		!(e->looks[i].flags & LOOK_FORM_HEADING);
}

/* The line right under a byline that says what the author is: "Staff Writer". */
static bool is_affiliation(const struct essays *e, const struct article *a, uint32_t i) {
	const struct block *b = &e->d->blocks.at[i];
	if (i == e->range.begin || a->byline.count != 1 || a->byline.at[0].affiliation.at || b->kind != BLOCK_TEXT || b->gap > 0 ||
		!(e->looks[i - 1].flags & (LOOK_BYLINE | LOOK_NAME)) || !(e->looks[i].flags & LOOK_HEADING) || e->looks[i].words > 12)
		return false;
	uint32_t limit = b->token + b->tokens;
	return block_has(e->d, b->token, limit, WORD_ROLE, NULL) || block_has(e->d, b->token, limit, WORD_ORG_HEAD, NULL);
}

static uint32_t take_head_matter(struct essays *e, struct article *a, uint32_t i) {
	for (uint32_t first = i; i < e->range.end; i++) {
		if (is_head_matter(e, i))
			take_head(e, a, i);
		else if (is_bare_byline(e, a, i, first))
			byline_read(e->f, i, a);
		else if (is_affiliation(e, a, i))
			a->byline.at[0].affiliation = document_words(e->d, e->d->blocks.at[i].span);
		else if (!leads_to_head(e, i))
			break;
	}
	return i;
}

static bool ends_with_colon(const struct essays *e, uint32_t i) {
	const struct block *b = &e->d->blocks.at[i];
	return b->tokens && token_is_punct(&e->d->tokens.at[b->token + b->tokens - 1], ':');
}

static bool has_quote_mark(const struct document *d, const struct block *b) {
	const struct token *t = &d->tokens.at[b->token];
	return b->tokens && t->kind == TOKEN_PUNCT && (t->number == '"' || t->number == '\'');
}

/* Set in by three columns or more against the essay's first paragraph, all its lines; one line alone only behind such a block. */
static bool is_set_in(const struct essays *e, uint32_t i, uint32_t first) {
	const struct block *b = &e->d->blocks.at[i], *before = b - 1;
	uint32_t margin = e->d->blocks.at[first].indent + 3u;
	if (e->level || i <= first || b->indent < margin || !b->tokens)
		return false;
	return b->lines > 1 ? e->d->lines.at[b->line + 1].indent >= margin : before->indent == b->indent;
}

static uint8_t passage_kind(const struct essays *e, uint32_t i, uint32_t first) {
	const struct block *b = &e->d->blocks.at[i];
	switch (b->kind) {
	case BLOCK_ITEM:
		return PASSAGE_ITEM;
	case BLOCK_QUOTE:
		return PASSAGE_QUOTE;
	case BLOCK_CODE:
		return PASSAGE_CODE;
	case BLOCK_RULE:
		return PASSAGE_RULE;
	default:
		/* after a colon a whole paragraph without quotation marks is what somebody wrote */
		if (!e->level && i > first && ends_with_colon(e, i - 1) && !has_quote_mark(e->d, b) && (e->looks[i].flags & LOOK_BODY))
			return PASSAGE_QUOTE;
		return is_set_in(e, i, first) ? PASSAGE_QUOTE : PASSAGE_TEXT;
	}
}

static void add_passage(struct essays *e, struct article *a, uint32_t i, uint8_t kind, uint8_t level) {
	const struct block *b = &e->d->blocks.at[i];
	const struct token *t = &e->d->tokens.at[b->token];
	struct passage *p = array_push(e->f->record->arena, &a->passages);
	*p = (struct passage){b->span, kind, level, kind == PASSAGE_ITEM && b->tokens && t->kind == TOKEN_NUMBER};
}

static void add_section(struct essays *e, struct article *a, uint32_t i) {
	const struct block *b = &e->d->blocks.at[i];
	uint8_t level = e->level && e->looks[i].level > e->level ? (uint8_t)(e->looks[i].level - e->level) : 1;
	struct section *s = array_push(e->f->record->arena, &a->sections);
	*s = (struct section){document_words(e->d, b->span), b->span, level};
	add_passage(e, a, i, PASSAGE_HEADING, level);
}

/* "HONOLULU --", "WASHINGTON, Aug. 3 —" before the first sentence. */
static void find_place(struct essays *e, struct article *a, uint32_t i) {
	const struct block *b = &e->d->blocks.at[i];
	uint32_t end = b->token, limit = b->token + b->tokens;
	while (end < limit && end < b->token + 4 && e->d->tokens.at[end].kind == TOKEN_WORD && e->d->tokens.at[end].shape == SHAPE_UPPER)
		end++;
	uint32_t dash = end;
	while (dash < limit && dash < end + 6 && !token_is_punct(&e->d->tokens.at[dash], '-'))
		dash++;
	if (end > b->token && dash < limit && dash < end + 6 && (e->d->tokens.at[dash].flags & TOKEN_SPACE))
		a->place = document_words(e->d, token_span(e->d, b->token, end - 1));
}

/* Behind the body: "X is a fellow at Y.", "This article first appeared in Z." */
static bool is_tail(const struct essays *e, uint32_t i) {
	uint32_t flags = e->looks[i].flags;
	if (e->looks[i].words >= 60 || !(flags & (LOOK_BIO | LOOK_PROVENANCE | LOOK_DISCLAIMER)))
		return false;
	for (uint32_t k = i + 1; k < e->range.end && k < i + 8 && !is_heading(e, k); k++)
		if ((e->looks[k].flags & LOOK_BODY) && !(e->looks[k].flags & (LOOK_BIO | LOOK_PROVENANCE | LOOK_DISCLAIMER)))
			return false;
	return true;
}

/* Takes one block behind the head matter; whether it closes the essay, as an author's biography at its end does. */
static bool take_body_block(struct essays *e, struct article *a, uint32_t i, uint32_t first) {
	const struct block *b = &e->d->blocks.at[i];
	struct str label;
	uint32_t text;
	if (b->kind == BLOCK_CONTENTS || b->tokens == 0 || (e->looks[i].flags & (LOOK_NOTES | LOOK_CONTENTS)))
		return false;
	if (note_label(e->d, e->looks, i, &label, &text))
		return false;
	bool tail = false;
	if (e->looks[i].flags & LOOK_STRAY)
		*array_push(e->f->record->arena, &e->f->record->strays) = b->span;
	else if (is_heading(e, i) && (e->level || has_body_after(e, i)))
		add_section(e, a, i);
	else if ((tail = is_tail(e, i)))
		take_head(e, a, i);
	else
		add_passage(e, a, i, passage_kind(e, i, first), b->kind == BLOCK_ITEM || b->kind == BLOCK_QUOTE ? (uint8_t)b->level : 0);
	return tail;
}

static uint32_t take_essay(struct essays *e, uint32_t i) {
	struct article *a = array_push(e->f->record->arena, &e->f->record->articles);
	a->date = a->provenance.date = CIVIL_UNKNOWN;
	uint32_t first = take_head_matter(e, a, take_title(e, a, i));
	bool closed = false;
	for (i = first; i < e->range.end && !begins_essay(e, i, !closed); i++) {
		if (i == first)
			find_place(e, a, i);
		closed = take_body_block(e, a, i, first);
	}
	a->span.begin = span_empty(a->kicker_span) ? a->title_span.begin : a->kicker_span.begin;
	a->span.end = e->d->blocks.at[i - 1].span.end;
	if (!civil_has_date(a->date) && civil_has_date(a->provenance.date))
		a->date = a->provenance.date;
	return i;
}

/* The level of headlines: the highest heading of the form that has prose under it. */
static uint32_t headline_level(const struct essays *e) {
	uint32_t level = 0;
	for (uint32_t i = e->range.begin; i < e->range.end; i++)
		if ((e->looks[i].flags & LOOK_FORM_HEADING) && !heads_headings(e, i) && (!level || e->looks[i].level < level))
			level = e->looks[i].level;
	return level;
}

void find_essays(struct finding *f, struct block_range range) {
	struct essays e = {.f = f, .d = f->document, .looks = looks_of(f), .range = range};
	e.level = headline_level(&e);
	for (uint32_t i = range.begin; i < range.end; i++)
		if ((e.looks[i].flags & LOOK_BODY) && e.looks[i].event < 2) /* one that tells hours and days announces */
			e.last_body = i;
	for (uint32_t i = range.begin; i < range.end;)
		i = begins_essay(&e, i, false) ? take_essay(&e, i) : i + 1;
}
