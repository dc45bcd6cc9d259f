/* Notes, the places that refer to them, and what Ibid. repeats. */
#include "layout.h"

/* The label at the start of a note and the token at which its text begins. */
bool note_label(const struct document *d, const struct look *looks, uint32_t block, struct str *label, uint32_t *text) {
	const struct block *b = &d->blocks.at[block];
	const struct token *t = &d->tokens.at[b->token];
	uint32_t bracket = token_is_punct(t, '[') || token_is_punct(t, '(') ? 1 : 0;
	*text = b->token;
	if (b->kind == BLOCK_NOTE && block_label(d, b).at) {
		*label = block_label(d, b);
		return true;
	}
	if (!(looks[block].flags & LOOK_NOTE) || b->tokens < 2 + bracket)
		return false;
	uint32_t raised;
	raised_number(d, b->token, b->token + b->tokens, &raised);
	if (raised) {
		*label = token_text(d, b->token);
		label->len = d->tokens.at[b->token + raised - 1].end - d->tokens.at[b->token].begin;
		*text = b->token + raised;
		return *text < b->token + b->tokens;
	}
	*label = token_text(d, b->token + bracket);
	*text = b->token + bracket + 1;
	if (d->tokens.at[*text].kind == TOKEN_PUNCT && !(d->tokens.at[*text].flags & (TOKEN_SPACE | TOKEN_OPENS)))
		++*text;
	return *text < b->token + b->tokens;
}

struct notes {
	struct finding *f;
	const struct document *d;
	struct record *r;
	bool bracketed; /* the notes' labels stand in square brackets, or the form marks them */
};

static uint32_t article_before(const struct record *r, uint32_t at) {
	uint32_t found = NONE;
	for (uint32_t i = 0; i < r->articles.count && r->articles.at[i].span.begin <= at; i++)
		found = i;
	return found;
}

static void add_note(struct notes *n, uint32_t block, struct str label, uint32_t text) {
	const struct block *b = &n->d->blocks.at[block];
	struct note *note = array_push(n->r->arena, &n->r->notes);
	note->label = label;
	note->span = b->span;
	note->text = (struct span){n->d->tokens.at[text].begin, b->span.end};
	note->article = article_before(n->r, b->span.begin);
	int32_t kind;
	if (text < b->token + b->tokens && phrase_at(n->d, text, b->token + b->tokens, WORD_IBID, &kind) && kind == 1)
		note->ibid = token_span(n->d, text, text);
}

static struct str number_text(struct notes *n, uint32_t number) {
	char text[4];
	int at = 4;
	do
		text[--at] = (char)('0' + number % 10);
	while ((number /= 10) && at > 0);
	return arena_copy(n->r->arena, str_of(text + at, (size_t)(4 - at)));
}

/* Raised figures as plain ones, so that "²" finds "2." and "²" alike. */
static struct str plain_label(struct notes *n, struct str label, uint32_t token) {
	uint32_t raised, number = raised_number(n->d, token, n->d->tokens.count - 1, &raised);
	return raised ? number_text(n, number) : label;
}

static void collect(struct notes *n) {
	const struct look *looks = looks_of(n->f);
	for (uint32_t i = 0; i < n->d->blocks.count; i++) {
		struct str label;
		uint32_t text;
		if (note_label(n->d, looks, i, &label, &text)) {
			label = plain_label(n, label, n->d->blocks.at[i].token);
			n->bracketed = n->bracketed || token_is_punct(&n->d->tokens.at[n->d->blocks.at[i].token], '[');
			add_note(n, i, label, text);
		}
	}
}

/* ---- references ---- */

/* The note with this label nearest behind `at`, in the same essay; NONE for none. */
static uint32_t note_for(const struct notes *n, struct str label, uint32_t at) {
	uint32_t article = article_before(n->r, at);
	for (uint32_t i = 0; i < n->r->notes.count; i++)
		if (n->r->notes.at[i].article == article && str_equal(n->r->notes.at[i].label, label))
			return i;
	return NONE;
}

static bool in_a_note(const struct notes *n, uint32_t at) {
	for (uint32_t i = 0; i < n->r->notes.count; i++)
		if (n->r->notes.at[i].span.begin <= at && at < n->r->notes.at[i].span.end)
			return true;
	return false;
}

static void refer(struct notes *n, struct str label, struct span span) {
	uint32_t note = note_for(n, label, span.begin);
	if (note != NONE)
		*array_push(n->r->arena, &n->r->notes.at[note].references) = span;
	else if (n->r->notes.count || n->bracketed)
		*array_push(n->r->arena, &n->r->note_references_missing) = span;
}

static void refer_by_form(struct notes *n) {
	const struct source *s = n->d->source;
	for (uint32_t i = 0; i < s->marks.count; i++)
		if (s->marks.at[i].kind == MARK_NOTE_REFERENCE)
			refer(n, s->marks.at[i].value, s->marks.at[i].span);
}

static bool marked_by_form(const struct notes *n, struct span span) {
	uint32_t from = 0;
	return document_mark(n->d, MARK_NOTE_REFERENCE, span, &from) != NULL;
}

/* "[1]" behind a word or its stop; "(1)" where the notes are not bracketed. */
static bool is_reference(const struct notes *n, uint32_t at) {
	const struct token *t = &n->d->tokens.at[at];
	bool square = token_is_punct(t, '[');
	if ((!square && (n->bracketed || !token_is_punct(t, '('))) || at == 0 || (t->flags & TOKEN_BLOCK))
		return false;
	uint32_t close = square ? ']' : ')';
	return t[1].kind == TOKEN_NUMBER && t[1].digits <= 3 && token_is_punct(&t[2], close) && !(t[1].flags & TOKEN_SPACE) &&
		!(t[2].flags & TOKEN_SPACE);
}

/* "word.²": only where there is such a note, for "m²" is none. Gives the tokens to step over. */
static uint32_t refer_by_raised(struct notes *n, uint32_t at) {
	uint32_t raised, number = raised_number(n->d, at, n->d->tokens.count - 1, &raised);
	if (!raised)
		return 0;
	struct str label = number_text(n, number);
	struct span span = token_span(n->d, at, at + raised - 1);
	if (!(n->d->tokens.at[at].flags & TOKEN_BLOCK) && note_for(n, label, span.begin) != NONE && !in_a_note(n, span.begin) &&
		!marked_by_form(n, span))
		refer(n, label, span);
	return raised;
}

static void refer_by_text(struct notes *n) {
	for (uint32_t i = 0; i + 3 < n->d->tokens.count; i++) {
		if (n->d->tokens.at[i].kind != TOKEN_PUNCT)
			continue;
		if (n->d->tokens.at[i].number >= 0xB2)
			i += refer_by_raised(n, i);
		if (n->d->tokens.at[i].kind != TOKEN_PUNCT || !is_reference(n, i))
			continue;
		struct span span = token_span(n->d, i, i + 2);
		if (token_is_punct(&n->d->tokens.at[i], '(') && note_for(n, token_text(n->d, i + 1), span.begin) == NONE)
			continue;
		if (article_before(n->r, span.begin) != NONE && !in_a_note(n, span.begin) && !marked_by_form(n, span))
			refer(n, token_text(n->d, i + 1), span);
	}
}

/* Ibid. repeats the note before it in the same essay, and what that one repeats. */
static void resolve_ibid(struct notes *n) {
	for (uint32_t i = 0; i < n->r->notes.count; i++) {
		struct note *note = &n->r->notes.at[i];
		if (span_empty(note->ibid) || i == 0 || n->r->notes.at[i - 1].article != note->article)
			continue;
		const struct note *before = &n->r->notes.at[i - 1];
		if (span_empty(before->ibid))
			note->same_as = before->label;
		else
			note->same_as = before->same_as;
	}
}

void find_notes(struct finding *f) {
	struct notes n = {.f = f, .d = f->document, .r = f->record};
	collect(&n);
	if (n.r->notes.count == 0 && n.r->articles.count == 0)
		return;
	refer_by_form(&n);
	refer_by_text(&n);
	resolve_ibid(&n);
}
