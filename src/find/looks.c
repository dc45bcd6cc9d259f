#include "looks.h"

#include "dates.h"
#include "resolve.h"

#define HEADING_WORDS 18
#define BODY_WORDS 14
#define DATED_WORDS 60 /* a longer block is prose, whatever dates it tells of */

bool block_has(const struct document *d, uint32_t at, uint32_t limit, enum word_class c, uint32_t *where) {
	for (; at < limit; at++) {
		if (!phrase_at(d, at, limit, c, NULL))
			continue;
		if (where)
			*where = at;
		return true;
	}
	return false;
}

bool block_date(const struct document *d, uint32_t at, uint32_t limit, bool year, struct dates_read *out, uint32_t *where) {
	for (; at < limit; at++) {
		const struct token *t = &d->tokens.at[at];
		if (t->kind != TOKEN_NUMBER && !word_starts(t->word, WORD_MONTH) && !word_starts(t->word, WORD_WEEKDAY))
			continue;
		struct dates_read r = dates_read(d, at, limit);
		if (!r.tokens || r.from.is_relative || r.from.when.month < 0 || r.from.when.day < 0 || r.from.impossible)
			continue;
		if (year && r.from.when.year == CIVIL_NO_YEAR)
			continue;
		*out = r;
		if (where)
			*where = at;
		return true;
	}
	return false;
}

bool block_issued(const struct document *d, const struct block *b) {
	uint32_t limit = b->token + b->tokens, n = phrase_at(d, b->token, limit, WORD_ISSUED, NULL), where;
	struct dates_read date;
	return n && block_date(d, b->token + n, b->token + n + 4 < limit ? b->token + n + 4 : limit, false, &date, &where);
}

/* ---- names ---- */

static bool is_initial(const struct document *d, uint32_t at) {
	const struct token *t = &d->tokens.at[at];
	return t->kind == TOKEN_WORD && t->shape == SHAPE_UPPER && (t->end - t->begin == 1 || (t->flags & TOKEN_DOTTED));
}

static bool is_capital(const struct token *t) {
	return t->kind == TOKEN_WORD && (t->shape == SHAPE_CAPITAL || t->shape == SHAPE_MIXED || t->shape == SHAPE_UPPER);
}

/* "van", "de", "al" between two names. */
static bool is_particle(const struct document *d, uint32_t at, uint32_t limit) {
	const struct token *t = &d->tokens.at[at];
	return at + 1 < limit && t->kind == TOKEN_WORD && t->shape == SHAPE_LOWER && word_is(t->word, WORD_PARTICLE, NULL);
}

static uint32_t skip_honorifics(const struct document *d, uint32_t at, uint32_t limit) {
	uint32_t n = 0, m;
	int32_t value;
	for (;;) {
		value = 1;
		m = phrase_at(d, at + n, limit, WORD_HONORIFIC, &value);
		if (!m || value != 1)
			m = phrase_at(d, at + n, limit, WORD_RANK, NULL);
		if (!m)
			return n;
		n += m;
		while (at + n < limit && (token_is_punct(&d->tokens.at[at + n], '.') || token_is_punct(&d->tokens.at[at + n], ',')) &&
			!(d->tokens.at[at + n].flags & TOKEN_SPACE))
			n++;
	}
}

uint32_t name_at(const struct document *d, uint32_t at, uint32_t limit, uint32_t *skip) {
	uint32_t n = *skip = skip_honorifics(d, at, limit), words = 0;
	while (at + n < limit && words < 7) {
		const struct token *t = &d->tokens.at[at + n];
		if (is_capital(t) && !(words > 1 && word_starts(t->word, WORD_MONTH) && at + n + 1 < limit && t[1].kind == TOKEN_NUMBER)) {
			n++;
			words++;
			if (at + n < limit && is_initial(d, at + n - 1) && token_is_punct(&d->tokens.at[at + n], '.'))
				n++;
		} else if (words && (t->number == '-' || t->number == 0x2019 || t->number == '\'') && t->kind == TOKEN_PUNCT &&
			!(t->flags & TOKEN_SPACE) && at + n + 1 < limit && d->tokens.at[at + n + 1].kind == TOKEN_WORD &&
			!(d->tokens.at[at + n + 1].flags & TOKEN_SPACE)) {
			n += 2;
		} else if (is_particle(d, at + n, limit) && (words || at + n + 1 < limit)) {
			n++;
		} else {
			break;
		}
	}
	return words ? n : 0;
}

/* ---- references to notes ---- */

/* The digit that a raised figure stands for, or -1. */
static int raised_digit(const struct token *t) {
	if (t->kind != TOKEN_PUNCT || t->number < 0xB2)
		return -1;
	switch (t->number) {
	case 0xB9: return 1;
	case 0xB2: return 2;
	case 0xB3: return 3;
	case 0x2070: return 0;
	default: return t->number >= 0x2074 && t->number <= 0x2079 ? (int)(t->number - 0x2070) : -1;
	}
}

uint32_t raised_number(const struct document *d, uint32_t at, uint32_t limit, uint32_t *tokens) {
	uint32_t number = 0, n = 0;
	for (int digit; at + n < limit && n < 3 && (digit = raised_digit(&d->tokens.at[at + n])) >= 0; n++) {
		if (n && (d->tokens.at[at + n].flags & TOKEN_SPACE))
			break;
		number = number * 10 + (uint32_t)digit;
	}
	*tokens = n;
	return number;
}

/* The number of the note that the sign at `at` refers to, 0 for none: "²" or "[2]". */
static uint32_t note_referred(const struct document *d, uint32_t at, uint32_t limit) {
	uint32_t tokens;
	const struct token *t = &d->tokens.at[at];
	if (t->number >= 0xB2)
		return raised_number(d, at, limit, &tokens);
	bool bracketed = t->number == '[' && at + 2 < limit && t[1].kind == TOKEN_NUMBER && t[1].digits <= 3 && token_is_punct(&t[2], ']');
	return bracketed ? t[1].number : 0;
}

/* ---- the look of one block ---- */

struct tally {
	uint32_t words, capital, upper, letters_upper, big; /* big: words of four letters and more, or not small words */
	uint32_t big_capital;
	uint32_t refers;
};

static struct tally tally_of(const struct document *d, uint32_t at, uint32_t limit) {
	struct tally t = {0};
	for (; at < limit; at++) {
		const struct token *k = &d->tokens.at[at];
		if (k->kind == TOKEN_PUNCT && (k->number >= 0xB2 || k->number == '[')) {
			uint32_t note = note_referred(d, at, limit);
			t.refers = note > t.refers ? note : t.refers;
		}
		if (k->kind != TOKEN_WORD)
			continue;
		t.words++;
		t.capital += is_capital(k);
		t.upper += k->shape == SHAPE_UPPER;
		if (word_is(k->word, WORD_SMALL, NULL) || (at && !(k->flags & TOKEN_SPACE)))
			continue;
		t.big++;
		t.big_capital += is_capital(k);
	}
	return t;
}

/* A final stop, seen through closing marks and references to notes behind it. */
static bool ends_with_stop(const struct document *d, const struct block *b) {
	for (uint32_t i = b->token + b->tokens; i-- > b->token;) {
		const struct token *t = &d->tokens.at[i];
		if (t->kind == TOKEN_PUNCT && (t->number == ']' || t->number == ')') && i > b->token + 2 && t[-1].kind == TOKEN_NUMBER) {
			i -= 2;
			continue;
		}
		if (t->kind == TOKEN_PUNCT && (t->flags & TOKEN_CLOSES))
			continue;
		return t->kind == TOKEN_PUNCT && (t->number == '.' || t->number == '!' || t->number == 0x2026);
	}
	return false;
}

static bool ends_with(const struct document *d, const struct block *b, uint32_t code) {
	return b->tokens && token_is_punct(&d->tokens.at[b->token + b->tokens - 1], code);
}

/* A label at the block's start: one to three words, a colon. */
static bool is_labelled(const struct document *d, const struct block *b) {
	uint32_t limit = b->token + b->tokens, n = phrase_at(d, b->token, limit, WORD_LABEL, NULL);
	if (!n)
		n = phrase_at(d, b->token, limit, WORD_PART, NULL);
	return n && b->token + n < limit && token_is_punct(&d->tokens.at[b->token + n], ':');
}

#define BIT(class) ((uint64_t)1 << (class))

/* What one word in fifty begins; the others tell nothing of an event. */
static const uint64_t telling = BIT(WORD_CLOCK_NAME) | BIT(WORD_WEEKDAY) | BIT(WORD_MONTH) | BIT(WORD_LABEL) | BIT(WORD_PART) | BIT(WORD_MODE) |
	BIT(WORD_HOLD_VERB) | BIT(WORD_INVITATION);

static uint8_t event_score(const struct document *d, const struct block *b) {
	uint32_t limit = b->token + b->tokens, score = 0, labels = 0;
	uint32_t first = b->token;
	bool clock = false, ranged = false, date = false, mode = false, early = false, leads = false, held = false;
	for (uint32_t i = b->token; i < limit;) {
		const struct token *t = &d->tokens.at[i];
		uint32_t n = 1;
		if (t->kind != TOKEN_NUMBER && !word_starts_any(t->word, telling)) {
			i++;
			continue;
		}
		if (t->kind == TOKEN_NUMBER || word_starts_any(t->word, BIT(WORD_CLOCK_NAME) | BIT(WORD_WEEKDAY) | BIT(WORD_MONTH))) {
			struct dates_read r = dates_read(d, i, limit);
			if (r.tokens) {
				date = date || (r.from.when.day > 0 && i < b->token + 40);
				n = r.tokens;
			} else {
				struct clocks_read c = clocks_read(d, i, limit);
				if (c.tokens) {
					score += c.is_range || c.zoned ? 2 : 1;
					first = clock ? first : i;
					clock = true;
					ranged = ranged || c.is_range;
					early = early || i < b->token + 16;
					leads = leads || i < b->token + 3;
					n = c.tokens;
				}
			}
		} else if (t->kind == TOKEN_WORD && i + 1 < limit) {
			uint32_t m = phrase_at(d, i, limit, WORD_LABEL, NULL);
			if (!m)
				m = phrase_at(d, i, limit, WORD_PART, NULL);
			labels += m && i + m < limit && token_is_punct(&d->tokens.at[i + m], ':') && t->shape != SHAPE_LOWER;
			mode = mode || (t->shape != SHAPE_LOWER && phrase_at(d, i, limit, WORD_MODE, NULL));
			held = held || (t->shape == SHAPE_LOWER ? phrase_at(d, i, limit, WORD_HOLD_VERB, NULL) ||
				(is_word(d, i, limit, "will") && phrase_at(d, i, limit, WORD_SPEAK_VERB, NULL)) : phrase_at(d, i, limit, WORD_INVITATION, NULL));
		}
		i += n;
	}
	if (clock && !leads && !labels && !mode && !held && b->tokens > 12 && ends_with_stop(d, b) && tense_at(d, first, first, limit) == -1)
		return 0; /* "The traders opened at 8 am on Monday and had gone home by noon." */
	if (b->tokens > 50 && !labels && !mode && !leads && !(early && date) && !(held && clock && date)) /* prose that tells the time */
		return clock && (date || ranged) ? 2 : 0;
	score = leads && b->tokens > 8 ? score + 2 : score; /* "9 a.m. -- The Institute holds …" */
	score += held && clock && date; /* "On Tuesday at 6 pm the Institute hosts …" */
	score = (clock ? (score > 3 ? 3 : score) : 0) + (labels > 3 ? 3 : labels) + (date && (clock || labels || b->tokens < 30)) + mode;
	return (uint8_t)score;
}

static bool is_stray(const struct document *d, const struct block *b, const struct tally *t) {
	const struct token *first = &d->tokens.at[b->token];
	if ((b->kind != BLOCK_TEXT && b->kind != BLOCK_ROW) || b->span.end - b->span.begin > 24 || t->words > 2 || !b->tokens)
		return false;
	if (first->kind == TOKEN_PUNCT && first->number == '|') { /* "| | gister He": what is left of a link */
		uint32_t i = b->token;
		while (i < b->token + b->tokens && d->tokens.at[i].kind == TOKEN_PUNCT)
			i++;
		return i < b->token + b->tokens && d->tokens.at[i].shape == SHAPE_LOWER && !d->tokens.at[i].word;
	}
	if (b->kind != BLOCK_TEXT)
		return false;
	if (first->kind == TOKEN_PUNCT)
		return first->number == ',' || first->number == ';' || first->number == '.' || first->number == ')' || first->number == ':';
	const struct token *last = &d->tokens.at[b->token + b->tokens - 1];
	if (t->words == 2 && first->shape == SHAPE_LOWER && !first->word && last->kind == TOKEN_PUNCT && (last->number == '>' || last->number == '|' ||
		last->number == 0xBB)) /* "icket info >>" */
		return true;
	return first->kind == TOKEN_WORD && first->shape == SHAPE_LOWER && t->words == 1 && !ends_with_stop(d, b) && !ends_with(d, b, ':');
}

static bool is_note(const struct document *d, const struct block *b) {
	const struct token *t = &d->tokens.at[b->token];
	uint32_t raised = 0;
	if (b->tokens > 3)
		raised_number(d, b->token, b->token + b->tokens, &raised);
	return b->kind == BLOCK_NOTE || raised || (b->tokens > 3 && token_is_punct(t, '[') && (t[1].kind == TOKEN_NUMBER || t[1].end - t[1].begin <= 2) &&
		token_is_punct(&t[2], ']'));
}

/* "Elodie Marchetti is a senior analyst at …": a person's name and a present verb at the start of a short block. */
static bool is_bio(const struct document *d, const struct block *b, uint32_t words) {
	uint32_t skip, limit = b->token + b->tokens, n = name_at(d, b->token, limit, &skip);
	if (words > 70 || n < skip + 2 || n > skip + 7 || b->token + n >= limit)
		return false;
	struct str verb = token_text(d, b->token + n);
	if (!str_equal(verb, STR("is")) && !str_equal(verb, STR("was")))
		return false;
	return block_has(d, b->token + n, limit < b->token + n + 14 ? limit : b->token + n + 14, WORD_ROLE, NULL);
}

static uint32_t heading_flags(const struct document *d, const struct block *b, const struct tally *t) {
	uint32_t flags = 0;
	if (b->kind == BLOCK_HEADING)
		return LOOK_HEADING | LOOK_FORM_HEADING | (t->upper == t->words && t->words > 1 ? LOOK_CAPITALS : 0) | LOOK_TITLE_CASE;
	if (b->kind != BLOCK_TEXT || t->words == 0 || t->words > HEADING_WORDS || ends_with_stop(d, b) || ends_with(d, b, ',') ||
		ends_with(d, b, ':') || ends_with(d, b, ';') || b->span.end - b->span.begin > 140)
		return 0;
	const struct token *first = &d->tokens.at[b->token];
	if (first->kind == TOKEN_WORD && first->shape == SHAPE_LOWER)
		return 0;
	flags |= LOOK_HEADING;
	if (t->upper == t->words && (t->words > 1 || b->span.end - b->span.begin > 4))
		flags |= LOOK_CAPITALS;
	if (t->big_capital * 10 >= t->big * 7)
		flags |= LOOK_TITLE_CASE;
	return t->words > 9 && !(flags & (LOOK_CAPITALS | LOOK_TITLE_CASE)) ? 0 : flags;
}

/* "== LATER ==", "*** Events ***", "--- Next week ---": a line set between signs is a heading, whatever the form. */
static bool is_set_off(const struct document *d, const struct block *b) {
	if (b->kind != BLOCK_TEXT || b->tokens < 3 || b->tokens > 14)
		return false;
	struct str first = token_text(d, b->token), last = token_text(d, b->token + b->tokens - 1);
	if (first.at[0] == '<' && last.at[last.len - 1] == '>') /* "<Report>" */
		return true;
	return d->tokens.at[b->token].kind == TOKEN_PUNCT && first.len > 1 && strchr("=*-#~_", first.at[0]) && str_equal(first, last);
}

static uint32_t date_flags(const struct document *d, const struct block *b, const struct tally *t) {
	struct dates_read r;
	uint32_t where;
	if (t->words > DATED_WORDS || !block_date(d, b->token, b->token + b->tokens, false, &r, &where))
		return 0;
	uint32_t others = b->tokens - r.tokens;
	return LOOK_HAS_DATE | (others <= 2 || (others <= 8 && t->words <= 7) ? LOOK_DATE : 0);
}

static bool is_byline(const struct document *d, const struct block *b) {
	uint32_t limit = b->token + b->tokens, n = phrase_at(d, b->token, limit, WORD_BY, NULL), skip;
	return n && b->tokens < 90 && name_at(d, b->token + n, limit, &skip);
}

/* A given name that is known, a surname, and nothing else but perhaps a date. */
static bool is_name(const struct document *d, const struct block *b) {
	uint32_t skip, limit = b->token + b->tokens, n = name_at(d, b->token, limit, &skip), at = b->token + n;
	if (b->tokens > 20 || n < skip + 2 || !word_is(d->tokens.at[b->token + skip].word, WORD_GIVEN_NAME, NULL))
		return false;
	while (at < limit && d->tokens.at[at].kind == TOKEN_PUNCT)
		at++;
	return at == limit || at + dates_read(d, at, limit).tokens == limit;
}

/* Whether the words at [first, limit) that look like a name are one: a known given name, or what follows the sign is a role
 * (an organisation, behind a bar). */
static bool names_person(const struct document *d, uint32_t first, uint32_t sign, uint32_t limit) {
	if (word_is(d->tokens.at[first].word, WORD_GIVEN_NAME, NULL))
		return true;
	for (uint32_t i = first; i < sign; i++)
		if (word_is(d->tokens.at[i].word, WORD_ORG_HEAD, NULL) || word_is(d->tokens.at[i].word, WORD_COUNTRY, NULL) ||
			word_is(d->tokens.at[i].word, WORD_ROLE, NULL))
			return false;
	return phrase_at(d, sign + 1, limit, WORD_ROLE, NULL) ||
		(d->tokens.at[sign].number == '|' && block_has(d, sign + 1, limit, WORD_ORG_HEAD, NULL));
}

/* "Petter Lund, headmaster, Strand School", "Ann Lee | Center for Trade": a person, a separator, capitals or a role, and no
 * sentence. */
static bool is_name_first(const struct document *d, const struct block *b, const struct tally *t) {
	uint32_t skip, limit = b->token + b->tokens, n = name_at(d, b->token, limit, &skip), at = b->token + n;
	if (b->kind != BLOCK_TEXT || t->words > 30 || n < skip + 2 || n > skip + 5 || at + 1 >= limit)
		return false;
	if (!names_person(d, b->token + skip, at, limit))
		return false;
	uint32_t sign = d->tokens.at[at].kind == TOKEN_PUNCT ? d->tokens.at[at].number : 0;
	if (sign != ',' && sign != '|' && sign != '/' && !(sign == '-' && (d->tokens.at[at].flags & TOKEN_SPACE)))
		return false;
	if (block_has(d, at, limit, WORD_HOLD_VERB, NULL) || (t->words > 8 && t->big_capital * 2 < t->big && !block_has(d, at, limit, WORD_ROLE, NULL)))
		return false;
	return !ends_with(d, b, '.') || block_has(d, at, limit, WORD_ROLE, NULL);
}

/* Whether a heading names a listing: the phrase begins it, ends it, or stands before a date or a sign ("Policy Events, August 4"). */
static bool names_listing(const struct document *d, const struct block *b) {
	uint32_t limit = b->token + b->tokens;
	for (uint32_t i = b->token, n; i < limit; i++) {
		if (!(n = phrase_at(d, i, limit, WORD_LISTING_HEAD, NULL)))
			continue;
		if (i == b->token || i + n >= limit || d->tokens.at[i + n].kind != TOKEN_WORD || dates_read(d, i + n, limit).tokens ||
			word_is(d->tokens.at[i + n].word, WORD_SMALL, NULL))
			return true;
	}
	return false;
}

static struct look look_of(const struct document *d, const struct block *b) {
	struct look look = {0};
	uint32_t limit = b->token + b->tokens;
	if (!b->tokens || b->kind == BLOCK_RULE || b->kind == BLOCK_CONTENTS)
		return look;
	struct tally t = tally_of(d, b->token, limit);
	look.words = (uint16_t)(t.words < UINT16_MAX ? t.words : UINT16_MAX);
	look.level = b->kind == BLOCK_HEADING ? b->level : 0;
	look.event = event_score(d, b);
	look.flags = heading_flags(d, b, &t) | date_flags(d, b, &t);
	look.flags |= is_set_off(d, b) ? LOOK_HEADING | LOOK_SET_OFF : 0;
	look.flags |= is_byline(d, b) ? LOOK_BYLINE : 0;
	look.flags |= is_name(d, b) ? LOOK_NAME : 0;
	look.flags |= !(look.flags & LOOK_NAME) && look.event < 2 && is_name_first(d, b, &t) ? LOOK_NAME_FIRST : 0;
	look.refers = (uint16_t)(t.refers < 1000 ? t.refers : 0);
	look.flags |= is_note(d, b) ? LOOK_NOTE : 0;
	look.flags |= is_labelled(d, b) ? LOOK_LABELLED : 0;
	look.flags |= is_stray(d, b, &t) ? LOOK_STRAY : 0;
	if (t.words < 70) {
		look.flags |= provenance_at(d, b->token, limit, NULL) ? LOOK_PROVENANCE : 0;
		look.flags |= block_has(d, b->token, limit, WORD_DISCLAIMER, NULL) ? LOOK_DISCLAIMER : 0;
		look.flags |= is_bio(d, b, t.words) ? LOOK_BIO : 0;
	}
	if (t.words <= HEADING_WORDS && (look.flags & LOOK_HEADING)) {
		look.flags |= names_listing(d, b) ? LOOK_LISTING : 0;
		look.flags |= t.words <= 2 && word_is(d->tokens.at[b->token].word, WORD_NOTES_HEAD, NULL) ? LOOK_NOTES : 0;
	}
	if (t.words >= BODY_WORDS && !(look.flags & LOOK_NOTE) && (b->kind == BLOCK_TEXT || b->kind == BLOCK_QUOTE) && look.event < 3)
		look.flags |= LOOK_BODY;
	return look;
}

static bool is_numbered(const struct document *d, const struct block *b) {
	const struct token *t = &d->tokens.at[b->token];
	if (b->tokens > 3 && token_is_punct(t, '(') && t[1].kind == TOKEN_NUMBER && token_is_punct(&t[2], ')'))
		return true;
	return b->tokens > 1 && t->kind == TOKEN_NUMBER && t->digits <= 3;
}

static void mark_note(struct look *look) {
	look->flags = (look->flags & ~(uint32_t)(LOOK_HEADING | LOOK_BODY | LOOK_DATE | LOOK_PROVENANCE)) | LOOK_NOTE;
}

/* The number that begins a block, or 0. */
static uint32_t block_number(const struct document *d, const struct block *b) {
	const struct token *t = &d->tokens.at[b->token];
	return is_numbered(d, b) ? (t->kind == TOKEN_NUMBER ? t->number : t[1].number) : 0;
}

/* Numbered blocks are notes under a heading that says Notes; and without one, a run from 1 on that the text before it refers to. */
static void mark_notes(const struct document *d, struct look *looks) {
	bool under = false;
	uint32_t referred = 0, next = 1;
	for (uint32_t i = 0; i < d->blocks.count; i++) {
		const struct block *b = &d->blocks.at[i];
		uint32_t number = b->kind == BLOCK_HEADING || (looks[i].flags & LOOK_NOTE) ? 0 : block_number(d, b);
		if (looks[i].flags & LOOK_NOTES)
			under = true;
		else if (under && number)
			mark_note(&looks[i]);
		else if (number && number == next && number <= referred) {
			mark_note(&looks[i]);
			next++;
			continue;
		} else if (looks[i].flags & (LOOK_HEADING | LOOK_BODY))
			under = false;
		if (next > 1 || (looks[i].flags & LOOK_NOTE)) /* the run is over: the next essay counts anew */
			referred = 0;
		next = 1;
		if (looks[i].refers > referred && !(looks[i].flags & LOOK_NOTE))
			referred = looks[i].refers;
	}
}

/* "[1] The Salt Road" above "Date: …": a numbered event, and no note. */
static void unmark_events(const struct document *d, struct look *looks) {
	for (uint32_t i = 0; i + 1 < d->blocks.count; i++)
		if ((looks[i].flags & LOOK_NOTE) && (looks[i + 1].flags & LOOK_LABELLED) && !d->blocks.at[i + 1].gap && looks[i].words <= HEADING_WORDS)
			looks[i].flags &= ~(uint32_t)LOOK_NOTE;
}

/* "Date:", "From:", "Subject:" of a mail that a digest holds: the length of such a head at block `at`, 0 where there is none.
 * `digest`: there has been one, and a subject may stand alone. */
static uint32_t mail_head(const struct document *d, uint32_t at, bool digest) {
	static const char *const names[] = {"from", "subject", "date", "to", "message", "cc", "sent", "reply"};
	uint32_t seen = 0, i = at;
	for (; i < d->blocks.count && (i == at || !d->blocks.at[i].gap); i++) {
		const struct block *b = &d->blocks.at[i];
		uint32_t limit = b->token + b->tokens, known = 0;
		while (known < 8 && !is_word(d, b->token, limit, names[known]))
			known++;
		if (known == 8 || !(is_sign(d, b->token + 1, limit, ':') || is_sign(d, b->token + 1, limit, '-')))
			break;
		seen |= (uint32_t)1 << known;
	}
	return (seen & 3) == 3 || (digest && seen == 2) ? i - at : 0;
}

/* Heads of mails inside the text say nothing of events and essays. */
static void mark_mail_heads(const struct document *d, struct look *looks) {
	bool digest = false;
	for (uint32_t i = 1, n; i < d->blocks.count; i++) {
		bool apart = d->blocks.at[i].gap || d->blocks.at[i - 1].kind == BLOCK_RULE;
		for (n = apart ? mail_head(d, i, digest) : 0; n > 0; n--, digest = true)
			looks[i++] = (struct look){.flags = LOOK_CONTENTS};
	}
}

/* "In this issue" and the list under it. */
static void mark_contents(const struct document *d, struct look *looks) {
	for (uint32_t i = 0; i < d->blocks.count; i++) {
		const struct block *b = &d->blocks.at[i];
		uint32_t n = looks[i].words && looks[i].words <= 5 ? phrase_at(d, b->token, b->token + b->tokens, WORD_CONTENTS_HEAD, NULL) : 0;
		if (!n || b->tokens > n + 1)
			continue;
		looks[i] = (struct look){.flags = LOOK_CONTENTS};
		for (uint32_t k = i + 1; k < d->blocks.count && looks[k].words <= HEADING_WORDS; k++) {
			if (d->blocks.at[k].kind != BLOCK_ITEM && (d->blocks.at[k].kind != BLOCK_TEXT || d->blocks.at[k].gap > 0))
				break;
			looks[k] = (struct look){.flags = LOOK_CONTENTS};
		}
	}
}

const struct look *looks_of(struct finding *f) {
	const struct document *d = f->document;
	if (f->looks)
		return f->looks;
	f->looks = arena_alloc(f->scratch, (d->blocks.count + 1) * sizeof *f->looks);
	for (uint32_t i = 0; i < d->blocks.count; i++)
		f->looks[i] = look_of(d, &d->blocks.at[i]);
	unmark_events(d, f->looks);
	mark_notes(d, f->looks);
	mark_mail_heads(d, f->looks);
	mark_contents(d, f->looks);
	return f->looks;
}
