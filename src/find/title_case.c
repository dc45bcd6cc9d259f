/* The display form of a title in capitals: title case, with acronyms as they are and names as the entry spells them. */
#include "scheduled.h"

#include "../base/buf.h"
#include "../base/utf8.h"

static uint32_t lower(uint32_t code) {
	if (code >= 'A' && code <= 'Z')
		return code + 0x20;
	if (code >= 0xC0 && code <= 0xDE && code != 0xD7)
		return code + 0x20;
	bool even_upper = (code >= 0x100 && code <= 0x137) || (code >= 0x14A && code <= 0x177) || (code >= 0x1E00 && code <= 0x1EFF);
	if (even_upper)
		return code | 1;
	return (code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17E) ? code + (code & 1) : code;
}

static bool is_capitals(const struct document *d, struct range at) {
	uint32_t upper = 0;
	for (uint32_t i = at.from; i < at.to; i++) {
		const struct token *t = &d->tokens.at[i];
		if (t->kind != TOKEN_WORD)
			continue;
		if (t->shape == SHAPE_LOWER || (t->shape == SHAPE_CAPITAL && t->end - t->begin > 2))
			return false;
		upper += t->shape == SHAPE_UPPER && t->end - t->begin > 1;
	}
	return upper > 1;
}

/* The spelling of a word elsewhere in the entry, in running text: "DeAnna", "CSIS"; null where it is none of its own. */
static struct str spelling(const struct reading *r, struct range title, struct str word) {
	for (uint32_t i = r->at.from; i < r->at.to; i++) {
		const struct token *t = &r->d->tokens.at[i];
		uint8_t taken = r->taken[i - r->at.from];
		if (i >= title.from && i < title.to) {
			i = title.to - 1;
			continue;
		}
		bool own = t->shape == SHAPE_MIXED || (t->shape == SHAPE_UPPER && t->end - t->begin > 1);
		if (t->kind == TOKEN_WORD && own && (taken == TAKEN_PEOPLE || taken == TAKEN_SPONSOR) && str_equal_nocase(token_text(r->d, i), word))
			return token_text(r->d, i);
	}
	return STR_NULL;
}

/* A word with its first letter kept and the rest small; a capital again behind "O'" and "Mc". */
static void add_capitalised(struct buf *buf, struct str word, bool first_small) {
	bool capital = !first_small;
	for (size_t i = 0; i < word.len;) {
		int length;
		uint32_t code = utf8_decode(word.at + i, word.at + word.len, &length);
		char out[4];
		uint32_t shown = capital ? code : lower(code);
		buf_add(buf, str_of(out, (size_t)utf8_encode(shown, out)));
		i += (size_t)length;
		bool apostrophe = code == '\'' || code == 0x2019;
		capital = (apostrophe && i + 1 < word.len && i <= 4) || (i == 2 && word.len > 4 && str_equal(str_of(word.at, 2), STR("MC")));
	}
}

static bool begins_part(const struct document *d, struct range at, uint32_t i) {
	if (i == at.from || i + 1 == at.to)
		return true;
	const struct token *before = &d->tokens.at[i - 1];
	return before->kind == TOKEN_PUNCT && (before->number == ':' || before->number == '?' || before->number == '!' || before->number == '.' ||
		(before->flags & TOKEN_OPENS) || (before->number == '-' && is_spaced(d, i)));
}

static void add_word(struct buf *buf, const struct reading *r, struct range at, uint32_t i) {
	const struct document *d = r->d;
	const struct token *t = &d->tokens.at[i];
	struct str word = token_text(d, i), own = spelling(r, at, word);
	bool last = i + 1 == at.to || (i + 2 == at.to && d->tokens.at[i + 1].kind == TOKEN_PUNCT);
	if (own.at)
		buf_add(buf, own);
	else if (str_find(str_of(word.at, word.len - 1), STR("."), 0) != SIZE_MAX || /* "U.S." */ (word_is(t->word, WORD_ACRONYM, NULL) && !(t->flags & TOKEN_POSSESSIVE)))
		buf_add(buf, word);
	else if (word_is(t->word, WORD_ACRONYM, NULL)) { /* "US'S" */
		buf_add(buf, str_of(word.at, word.len - 1));
		buf_byte(buf, 's');
	} else
		add_capitalised(buf, word, word_is(t->word, WORD_SMALL, NULL) && !begins_part(d, at, i) && !last);
}

struct str title_display(const struct reading *r) {
	const struct document *d = r->d;
	struct span span = r->event->spans.title;
	struct range at = {document_token_at(d, span.begin), document_token_at(d, span.end)};
	struct buf buf = {0};
	if (!is_capitals(d, at))
		return r->event->title;
	for (uint32_t i = at.from; i < at.to; i++) {
		if (i > at.from && is_spaced(d, i))
			buf_byte(&buf, ' ');
		if (d->tokens.at[i].kind == TOKEN_WORD)
			add_word(&buf, r, at, i);
		else
			buf_add(&buf, token_text(d, i));
	}
	struct str display = arena_copy(r->f->record->arena, buf_str(&buf));
	buf_release(&buf);
	return display;
}
