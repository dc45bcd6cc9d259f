/* Features of names: the word and its neighbours, how they are written, what lists say of them, and what the rest
 * of the document says. After Ratinov and Roth, "Design Challenges and Misconceptions in Named Entity Recognition" (2009). */
#include "name_features.h"

#include "../base/utf8.h"

enum name_form {
	FORM_EDGE, FORM_PUNCT, FORM_DIGITS, FORM_YEAR, FORM_LINK, FORM_SMALL, FORM_NAME, FORM_FIRST, FORM_TITLED,
	FORM_LETTER, FORM_ACRONYM, FORM_LONG, FORM_SHOUTED, FORM_ODD, FORM_STOPS,
	FORM_HYPHEN, FORM_GLUED,
};

enum name_vocabulary {
	VOCABULARY_RANK = 1, VOCABULARY_ROLE = 2, VOCABULARY_HEAD = 4, VOCABULARY_TAIL = 8, VOCABULARY_PLACE = 16,
	VOCABULARY_TIME = 32, VOCABULARY_FUNCTION = 64, VOCABULARY_PARTICLE = 128,
};

enum name_seen {
	SEEN_INSIDE = 1,    /* with a capital inside a sentence */
	SEEN_SMALL = 2,     /* written small */
	SEEN_TITLED = 4,    /* behind a title or a rank */
	SEEN_GIVEN = 8,     /* behind a given name */
	SEEN_SPEAKS = 16,   /* before a verb of speech */
	SEEN_HEADED = 32,   /* before a head of organisations */
	SEEN_BRACKETS = 64, /* alone in brackets */
};

struct name_seen_word {
	uint32_t hash;
	uint32_t bits;
};

#define BIT(class) ((uint64_t)1 << (class))

/* ---- words ---- */

#define EACH(byte) ((uint64_t)0x0101010101010101u * (byte))

/* Most words are a few letters of ASCII: their normal form in out[8], false for others. */
static bool short_normal(const struct document *d, const struct token *t, char out[8]) {
	uint32_t len = t->end - t->begin;
	uint64_t chunk, kept;
	if (len > 8 || t->begin + (size_t)8 > d->text.len)
		return false;
	memcpy(&chunk, d->text.at + t->begin, 8);
	kept = len == 8 ? ~(uint64_t)0 : ((uint64_t)1 << 8 * len) - 1;
	uint64_t small = ((chunk & EACH(0x7F)) | EACH(0x20)) + EACH(0x80 - 'a'), past = ((chunk & EACH(0x7F)) | EACH(0x20)) + EACH(0x7F - 'z');
	if ((~(small & ~past & ~chunk) & EACH(0x80)) & kept)
		return false;
	chunk = (chunk | EACH(0x20)) & kept;
	memcpy(out, &chunk, 8);
	return true;
}

uint32_t name_normal(const struct document *d, uint32_t at, char out[36]) {
	const struct token *t = &d->tokens.at[at];
	const char *from = d->text.at + t->begin, *end = d->text.at + t->end;
	uint32_t len = 0;
	if (short_normal(d, t, out))
		return t->end - t->begin;
	while (from < end && len < 32) {
		unsigned char c = (unsigned char)*from;
		if (c < 0x80) {
			out[len] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
			len += c != '.';
			from++;
			continue;
		}
		int length;
		uint32_t code = utf8_decode(from, end, &length);
		len += (uint32_t)words_fold(code, out + len);
		from += length;
	}
	if (len > 2 && out[len - 2] == '\'' && out[len - 1] == 's')
		len -= 2;
	if (len > 2 && out[0] == 'i' && out[1] == '\'')
		len = 1; /* I'm, I'd, I'll */
	return len;
}

static uint32_t four(const char *at, uint32_t len) {
	uint32_t letters = 0;
	memcpy(&letters, at, len < 4 ? len : 4);
	return letters;
}

static uint8_t vocabulary_of(uint32_t word) {
	static const struct {
		uint64_t classes;
		uint8_t bit;
	} rows[] = {
		{BIT(WORD_HONORIFIC) | BIT(WORD_RANK), VOCABULARY_RANK},
		{BIT(WORD_ROLE), VOCABULARY_ROLE},
		{BIT(WORD_ORG_HEAD), VOCABULARY_HEAD},
		{BIT(WORD_ORG_TAIL), VOCABULARY_TAIL},
		{BIT(WORD_PLACE_HEAD), VOCABULARY_PLACE},
		{BIT(WORD_MONTH) | BIT(WORD_WEEKDAY), VOCABULARY_TIME},
		{BIT(WORD_FUNCTION) | BIT(WORD_SMALL), VOCABULARY_FUNCTION},
		{BIT(WORD_PARTICLE), VOCABULARY_PARTICLE},
	};
	const uint64_t any = BIT(WORD_HONORIFIC) | BIT(WORD_RANK) | BIT(WORD_ROLE) | BIT(WORD_ORG_HEAD) | BIT(WORD_ORG_TAIL) |
		BIT(WORD_PLACE_HEAD) | BIT(WORD_MONTH) | BIT(WORD_WEEKDAY) | BIT(WORD_FUNCTION) | BIT(WORD_SMALL) | BIT(WORD_PARTICLE);
	uint8_t bits = 0;
	if (!word_is_any(word, any))
		return 0;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (word_is_any(word, rows[i].classes))
			bits |= rows[i].bit;
	return bits;
}

static uint32_t classes_of(uint32_t word) {
	static const struct {
		uint8_t class;
		uint32_t bit;
	} rows[] = {
		{WORD_GIVEN_NAME, GAZETTEER_GIVEN},
		{WORD_SURNAME, GAZETTEER_SURNAME},
		{WORD_CITY, GAZETTEER_CITY},
		{WORD_COUNTRY, GAZETTEER_COUNTRY},
		{WORD_REGION, GAZETTEER_PLACE},
	};
	const uint64_t any = BIT(WORD_GIVEN_NAME) | BIT(WORD_SURNAME) | BIT(WORD_CITY) | BIT(WORD_COUNTRY) | BIT(WORD_REGION);
	uint32_t bits = 0;
	if (!word_is_any(word, any))
		return 0;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (word_is(word, rows[i].class, NULL))
			bits |= rows[i].bit;
	return bits;
}

static bool is_capital(const struct token *t) {
	return t->kind == TOKEN_WORD && (t->shape == SHAPE_CAPITAL || t->shape == SHAPE_UPPER || t->shape == SHAPE_MIXED);
}

static uint32_t kind_hash(const struct token *t) {
	if (t->kind == TOKEN_PUNCT)
		return model_mix(TOKEN_PUNCT, t->number);
	if (t->kind == TOKEN_NUMBER)
		return model_mix(TOKEN_NUMBER, t->digits == 4 && t->number > 1700 && t->number < 2100 ? 5 : t->digits);
	return model_mix(t->kind, 0);
}

static uint32_t word_hash(const struct document *d, uint32_t at) {
	char normal[36];
	if (d->tokens.at[at].kind != TOKEN_WORD)
		return kind_hash(&d->tokens.at[at]);
	return model_word(str_of(normal, name_normal(d, at, normal)));
}

/* ---- the rest of the document ---- */

static struct name_seen_word *seen_slot(const struct name_reader *r, uint32_t hash) {
	uint32_t at = hash & r->seen_mask;
	while (r->seen[at].hash && r->seen[at].hash != hash)
		at = (at + 1) & r->seen_mask;
	return &r->seen[at];
}

static bool begins_sentence(const struct document *d, uint32_t at) {
	if (d->tokens.at[at].flags & (TOKEN_SENTENCE | TOKEN_BLOCK) || at == 0)
		return true;
	const struct token *before = &d->tokens.at[at - 1];
	return before->kind == TOKEN_PUNCT && (before->number == ':' || before->flags & TOKEN_OPENS || before->flags & TOKEN_SENTENCE);
}

/* What the tokens beside capital `at` say of its word. */
static uint32_t seen_here(const struct document *d, uint32_t at) {
	const struct token *before = at ? &d->tokens.at[at - 1] : &d->tokens.at[d->tokens.count - 1], *after = &d->tokens.at[at + 1];
	uint32_t bits = begins_sentence(d, at) ? 0 : SEEN_INSIDE;
	if (!(bits & SEEN_INSIDE))
		before = &d->tokens.at[d->tokens.count - 1];
	if (before->kind == TOKEN_WORD && word_is_any(before->word, BIT(WORD_HONORIFIC) | BIT(WORD_RANK) | BIT(WORD_ROLE)))
		bits |= SEEN_TITLED;
	if (before->kind == TOKEN_WORD && is_capital(before) && word_is(before->word, WORD_GIVEN_NAME, NULL))
		bits |= SEEN_GIVEN;
	if (after->kind == TOKEN_WORD && word_is(after->word, WORD_SPEAK_VERB, NULL))
		bits |= SEEN_SPEAKS;
	if (after->kind == TOKEN_WORD && is_capital(after) && word_is_any(after->word, BIT(WORD_ORG_HEAD) | BIT(WORD_ORG_TAIL)))
		bits |= SEEN_HEADED;
	if (token_is_punct(before, '(') && token_is_punct(after, ')'))
		bits |= SEEN_BRACKETS;
	return bits;
}

static uint32_t power_above(uint32_t count) {
	uint32_t size = 64;
	while (size < count)
		size *= 2;
	return size;
}

void name_reader_open(struct name_reader *r, const struct document *document, struct arena *scratch) {
	*r = (struct name_reader){.document = document};
	uint32_t count = document->tokens.count, capitals = 0;
	for (uint32_t i = 0; i < count; i++)
		capitals += is_capital(&document->tokens.at[i]);
	r->seen_mask = power_above(capitals * 2) - 1;
	r->small_mask = power_above(count * 4) - 1;
	r->seen = arena_alloc(scratch, (r->seen_mask + (size_t)1) * sizeof *r->seen);
	r->small = arena_alloc(scratch, (r->small_mask + (size_t)1) / 8);
	for (uint32_t i = 0; i < count; i++) {
		const struct token *t = &document->tokens.at[i];
		if (t->kind != TOKEN_WORD)
			continue;
		uint32_t hash = word_hash(document, i);
		if (is_capital(t)) {
			struct name_seen_word *slot = seen_slot(r, hash);
			slot->hash = hash;
			slot->bits |= seen_here(document, i);
		} else {
			r->small[(hash & r->small_mask) / 64] |= (uint64_t)1 << hash % 64;
		}
	}
}

/* ---- windows ---- */

/* A hyphen inside a compound; a word behind one. */
static bool is_hyphen(const struct document *d, uint32_t at) {
	const struct token *t = &d->tokens.at[at];
	return token_is_punct(t, '-') && t->end - t->begin == 1 && !(t->flags & TOKEN_SPACE) && !(t[1].flags & TOKEN_SPACE) && t[1].kind == TOKEN_WORD;
}

static bool is_glued(const struct document *d, uint32_t at) {
	return at > 0 && is_hyphen(d, at - 1);
}

/* Whether token `at`, no capital, may begin a name: "38 North", "al-Shabaab", "de Gaulle". */
static bool leads(const struct document *d, uint32_t at) {
	const struct token *t = &d->tokens.at[at];
	return t->kind == TOKEN_NUMBER || (t->kind == TOKEN_WORD && word_is(t->word, WORD_PARTICLE, NULL)) ||
		is_hyphen(d, at);
}

enum { WINDOW_GAP = 4, WINDOW_LEAD = 3 };

/* Whether a name may go on across token `at`: signs and small words do, "of the", "for"; other words end it. */
static bool may_join(const struct token *t) {
	return t->kind == TOKEN_PUNCT || (t->kind == TOKEN_WORD && word_is_any(t->word, BIT(WORD_SMALL) | BIT(WORD_FUNCTION) | BIT(WORD_PARTICLE)));
}

static uint32_t window_end(const struct document *d, uint32_t at, uint32_t first, uint32_t limit) {
	uint32_t last = at, end = limit - first > NAME_WINDOW ? first + NAME_WINDOW : limit;
	for (uint32_t i = at + 1; i < end && i - last <= WINDOW_GAP; i++)
		if (is_capital(&d->tokens.at[i]) || (i == last + 1 && (leads(d, i) || is_glued(d, i))))
			last = i;
		else if (!may_join(&d->tokens.at[i]))
			break;
	return last + 1;
}

/* Whether capital `at` is sure to be no name: a word of time, or a function word that only begins a sentence, with no
 * other capital beside it. */
static bool is_plain(const struct document *d, uint32_t at) {
	const struct token *t = &d->tokens.at[at];
	uint64_t time = BIT(WORD_MONTH) | BIT(WORD_WEEKDAY);
	if (!word_is_any(t->word, time | BIT(WORD_FUNCTION)) || is_capital(t + 1) || (at > 0 && is_capital(t - 1)) || is_hyphen(d, at + 1))
		return false;
	return word_is_any(t->word, time) ? t[1].kind != TOKEN_WORD || t->flags & TOKEN_SENTENCE || !may_join(t + 1) : t->flags & TOKEN_SENTENCE;
}

/* Whether most words of the sentence have capitals, but for small ones. */
static bool is_titled(const struct document *d, const struct sentence *s) {
	uint32_t capitals = 0, small = 0;
	for (uint32_t i = s->token; i < s->token + s->tokens; i++) {
		const struct token *t = &d->tokens.at[i];
		capitals += is_capital(t);
		small += t->kind == TOKEN_WORD && t->shape == SHAPE_LOWER && t->end - t->begin > 3;
	}
	return capitals > 2 && small * 5 < capitals;
}

static void fill_window(struct name_reader *r);

bool name_window(struct name_reader *r) {
	const struct document *d = r->document;
	for (; r->sentence < d->sentences.count; r->sentence++) {
		const struct sentence *s = &d->sentences.at[r->sentence];
		uint32_t limit = s->token + s->tokens, begin = r->next > s->token ? r->next : s->token, at = begin;
		while (at < limit && (!is_capital(&d->tokens.at[at]) || is_plain(d, at)))
			at++;
		if (at >= limit)
			continue;
		r->from = at;
		for (int lead = 0; lead < WINDOW_LEAD && r->from > begin && leads(d, r->from - 1); lead++)
			r->from--;
		r->to = window_end(d, at, r->from, limit);
		if (r->next <= s->token)
			r->title = is_titled(d, s);
		r->next = r->to;
		fill_window(r);
		return true;
	}
	return false;
}

/* ---- the words of a window ---- */

static uint8_t shape_of(const struct name_reader *r, uint32_t at, bool shouted) {
	const struct token *t = &r->document->tokens.at[at];
	if (t->kind == TOKEN_PUNCT)
		return is_hyphen(r->document, at) ? FORM_HYPHEN : FORM_PUNCT;
	if (t->kind == TOKEN_NUMBER)
		return t->digits == 4 ? FORM_YEAR : FORM_DIGITS;
	if (t->kind != TOKEN_WORD)
		return FORM_LINK;
	uint32_t length = t->end - t->begin;
	if (t->flags & TOKEN_DOTTED && t->shape != SHAPE_LOWER)
		return FORM_STOPS;
	switch (t->shape) {
	case SHAPE_CAPITAL:
		return begins_sentence(r->document, at) ? FORM_FIRST : r->title ? FORM_TITLED : FORM_NAME;
	case SHAPE_UPPER:
		return shouted ? FORM_SHOUTED : length == 1 ? FORM_LETTER : length < 6 ? FORM_ACRONYM : FORM_LONG;
	case SHAPE_MIXED:
		return FORM_ODD;
	default:
		return is_glued(r->document, at) ? FORM_GLUED : FORM_SMALL;
	}
}

/* Whether capital `at` stands in a stretch all in capitals, as titles of listings are written. */
static bool is_shouted(const struct document *d, uint32_t at) {
	uint32_t upper = 0, other = 0, long_words = 0;
	uint32_t from = at > 6 ? at - 6 : 0, to = at + 7 < d->tokens.count ? at + 7 : d->tokens.count;
	if (d->tokens.at[at].shape != SHAPE_UPPER)
		return false;
	for (uint32_t i = from; i < to; i++) {
		const struct token *t = &d->tokens.at[i];
		uint32_t length = t->end - t->begin;
		if (t->kind != TOKEN_WORD)
			continue;
		upper += t->shape == SHAPE_UPPER && length > 1;
		long_words += t->shape == SHAPE_UPPER && length > 5;
		other += t->shape != SHAPE_UPPER;
	}
	return upper > 2 * other && upper > 2 && long_words;
}

/* Whether the token ends in 's. */
static bool is_possessive(const struct document *d, const struct token *t) {
	const char *end = d->text.at + t->end;
	if (t->end - t->begin < 3 || (end[-1] != 's' && end[-1] != 'S'))
		return false;
	return end[-2] == '\'' || (t->end - t->begin > 4 && memcmp(end - 4, "\xE2\x80\x99", 3) == 0);
}

static struct gazetteer_word listed_as(struct name_reader *r, uint32_t hash) {
	struct name_listed *kept = &r->listed[hash % NAME_LISTED];
	if (kept->hash != hash)
		*kept = (struct name_listed){hash, gazetteer_find(hash)};
	return kept->word;
}

static void read_word(struct name_reader *r, uint32_t at, struct name_word *w) {
	const struct document *d = r->document;
	const struct token *t = &d->tokens.at[at];
	*w = (struct name_word){.capital = is_capital(t)};
	w->shape = shape_of(r, at, w->capital && is_shouted(d, at));
	w->acronym = w->shape == FORM_ACRONYM || w->shape == FORM_STOPS;
	if (t->kind != TOKEN_WORD) {
		w->hash = kind_hash(t);
		return;
	}
	w->possessive = w->capital && is_possessive(d, t);
	char normal[36];
	uint32_t len = name_normal(d, at, normal);
	w->hash = model_word(str_of(normal, len));
	w->head = four(normal, len);
	w->tail = len < 4 ? w->head : four(normal + len - 4, 4);
	w->vocabulary = vocabulary_of(t->word);
	struct gazetteer_word listed = listed_as(r, w->hash);
	w->classes = listed.classes;
	w->kind = listed.kind;
	w->wide = listed.wide;
	if (w->capital) {
		w->classes |= classes_of(t->word);
		w->seen = (uint8_t)seen_slot(r, w->hash)->bits;
		if (r->small[(w->hash & r->small_mask) / 64] >> w->hash % 64 & 1)
			w->seen |= SEEN_SMALL;
	}
}

enum { PHRASE_LONGEST = 6 };

/* Marks the longest phrase of the gazetteer that begins at the window's word `at`. */
static void mark_phrase(struct name_word *words, uint32_t at, uint32_t count) {
	uint32_t key = words[at].hash, best = 0;
	uint32_t classes = 0;
	for (uint32_t i = at + 1; i < count && i < at + PHRASE_LONGEST; i++) {
		key = model_mix(key, words[i].hash);
		uint32_t found = gazetteer_find(key).classes;
		if (found & ~GAZETTEER_STARTS) {
			classes = found;
			best = i;
		}
	}
	for (uint32_t i = at; best && i <= best; i++) {
		words[i].phrase = classes;
		words[i].place = i == at ? 1 : 2;
	}
}

/* The stretches of capitals, with hyphens, initials' stops and "&" between them. */
static void mark_runs(const struct name_reader *r, struct name_word *words, uint32_t count) {
	const struct document *d = r->document;
	for (uint32_t i = NAME_MARGIN; i < count - NAME_MARGIN; i++) {
		uint32_t to = i;
		while (to < count - NAME_MARGIN && (words[to].capital || words[to].shape == FORM_GLUED || (to > i && to + 1 < count - NAME_MARGIN && (words[to].shape == FORM_HYPHEN ||
			(words[to + 1].capital && is_sign(d, r->from + to - NAME_MARGIN, r->to, '&'))))))
			to++;
		if (to == i)
			continue;
		for (uint32_t k = i; k < to; k++) {
			words[k].run_from = (uint16_t)i;
			words[k].run_to = (uint16_t)to;
		}
		i = to - 1;
	}
}

static void fill_window(struct name_reader *r) {
	const struct document *d = r->document;
	const struct sentence *s = &d->sentences.at[r->sentence];
	uint32_t count = r->to - r->from + 2 * NAME_MARGIN;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t at = r->from + i - NAME_MARGIN; /* below 0 it is past the end, too */
		if (at < s->token + s->tokens && at >= s->token)
			read_word(r, at, &r->words[i]);
		else
			r->words[i] = (struct name_word){.hash = 1};
	}
	for (uint32_t i = NAME_MARGIN; i < count - NAME_MARGIN; i++)
		if (r->words[i].classes & GAZETTEER_STARTS && r->words[i].capital && !r->words[i].place)
			mark_phrase(r->words, i, count);
	mark_runs(r, r->words, count);
}

/* Whether the word stands behind a possessive that is sure to end a name: of a place or a body that is nothing else. */
static bool is_owned(const struct name_word *w) {
	const uint32_t ends = GAZETTEER_COUNTRY | GAZETTEER_CITY | GAZETTEER_PLACE | GAZETTEER_ORGANISATION;
	return w[-1].possessive && w[-1].classes & ends && !(w[-1].classes & (GAZETTEER_GIVEN | GAZETTEER_SURNAME | GAZETTEER_COMMON));
}

uint16_t name_allowed(const struct name_reader *r, uint32_t at) {
	const uint16_t inside = ((1 << MODEL_TYPES) - 1) << MODEL_INSIDE, begin = ((1 << MODEL_TYPES) - 1) << MODEL_BEGIN;
	const struct name_word *w = name_word_at(r, at);
	if (w->shape == FORM_LINK)
		return 1;
	if (w->capital && is_owned(w))
		return 1 | begin;
	bool may_begin = w->capital || w->shape == FORM_DIGITS || w->shape == FORM_YEAR || w->vocabulary & VOCABULARY_PARTICLE;
	return may_begin ? 1 | inside | begin : 1 | inside;
}

/* ---- features ---- */

struct features {
	uint32_t *out, count;
};

static void add(struct features *f, uint32_t template, uint32_t value) {
	uint32_t feature = model_mix(template, value);
	if (f->count < NAME_FEATURES)
		f->out[f->count++] = feature ? feature : 1;
}

/* A feature for each bit. */
static void add_bits(struct features *f, uint32_t template, uint32_t bits) {
	for (; bits; bits &= bits - 1)
		add(f, template, (uint32_t)__builtin_ctz(bits));
}

/* A number for each feature's kind: changing one forgets what was learnt of it. */
enum template {
	T_BIAS = 1, T_WORD, T_BEFORE, T_AFTER, T_BEFORE2, T_AFTER2, T_BEFORE_WORD, T_WORD_AFTER, T_SHAPES, T_TAIL3, T_TAIL4,
	T_HEAD3, T_CLASS, T_CLASSES, T_CLASSES_BEFORE, T_CLASSES_AFTER, T_PHRASE, T_PHRASE_CLASSES, T_VOCABULARY,
	T_SEEN, T_CLASS_BEFORE, T_CLASS_AFTER, T_HEAD4, T_WIDE_BEFORE, T_WIDE_AFTER, T_RUN_LAST_TAIL, T_SEEN_ALL, T_RUN,
	T_RUN_FIRST, T_RUN_LAST, T_RUN_LAST_BITS, T_RUN_FIRST_BITS, T_RUN_RIGHT_BITS, T_RUN_LEFT_BITS,
	T_SMALL_WORD, T_SMALL_BEFORE, T_SMALL_AFTER, T_SMALL_SHAPES, T_SMALL_AROUND, T_SMALL_WORD_BEFORE,
	T_SMALL_WORD_AFTER, T_SMALL_CLASS_BEFORE, T_SMALL_CLASS_AFTER, T_SMALL_RUN_LEFT, T_SMALL_RUN_RIGHT, T_RUN_WORDS,
	T_SMALL_PHRASE, T_KIND, T_KIND_BEFORE, T_KIND_AFTER, T_WIDE, T_WIDES_BEFORE, T_WIDES_AFTER, T_RUN_LEFT_KIND,
	T_RUN_RIGHT_KIND, T_RUN_LAST_KIND, T_RUN_FIRST_KIND, T_SMALL_KIND_BEFORE, T_SMALL_KIND_AFTER, T_OWNS, T_OWNED,
	T_SMALL_LEFT, T_SMALL_RIGHT, T_SMALL_LENGTHS, T_SMALL_PHRASES,
};

enum { NAMING = GAZETTEER_COMMON - 1 }; /* the classes of names */

static uint32_t shapes(const struct name_word *a, const struct name_word *b) {
	return (uint32_t)a->shape << 8 | b->shape;
}

static void add_spelling(struct features *f, const struct name_word *w) {
	add(f, T_TAIL4, w->tail);
	add(f, T_TAIL3, w->tail >> 8);
	add(f, T_HEAD4, w->head);
	add(f, T_HEAD3, w->head & 0xffffff);
}

static void add_neighbours(struct features *f, const struct name_word *w) {
	const struct name_word *b = w - 1, *a = w + 1;
	add(f, T_BEFORE, b->hash);
	add(f, T_AFTER, a->hash);
	add(f, T_BEFORE2, w[-2].hash);
	add(f, T_AFTER2, w[2].hash);
	add(f, T_BEFORE_WORD, model_mix(b->hash, w->hash));
	add(f, T_WORD_AFTER, model_mix(w->hash, a->hash));
	add(f, T_SHAPES, shapes(b, w) << 8 | a->shape);
}

static void add_lists(struct features *f, const struct name_word *w) {
	const struct name_word *b = w - 1, *a = w + 1;
	add_bits(f, T_CLASS, w->classes & ~GAZETTEER_STARTS);
	add(f, T_CLASSES, model_mix(w->classes & ~GAZETTEER_STARTS, w->shape));
	add_bits(f, T_CLASS_BEFORE, b->classes & ~GAZETTEER_STARTS);
	add_bits(f, T_CLASS_AFTER, a->classes & ~GAZETTEER_STARTS);
	if (b->classes & NAMING)
		add(f, T_CLASSES_BEFORE, model_mix(b->classes & NAMING, w->classes & NAMING));
	if (a->classes & NAMING)
		add(f, T_CLASSES_AFTER, model_mix(a->classes & NAMING, w->classes & NAMING));
	if (w->phrase) {
		add(f, T_PHRASE, w->place);
		add(f, T_PHRASE_CLASSES, (uint32_t)w->phrase << 2 | w->place);
	}
	add_bits(f, T_VOCABULARY, w->vocabulary);
}

/* Words stand for others of their kind, which may be learnt of when they were not. */
static void add_kinds(struct features *f, const struct name_word *w) {
	const struct name_word *b = w - 1, *a = w + 1;
	add(f, T_KIND, w->kind);
	add(f, T_WIDE, (uint32_t)w->wide << 8 | w->shape);
	if (b->kind) {
		add(f, T_KIND_BEFORE, b->kind);
		add(f, T_WIDE_BEFORE, (uint32_t)b->wide << 8 | b->shape);
		add(f, T_WIDES_BEFORE, (uint32_t)b->wide << 8 | w->wide);
	}
	if (a->kind) {
		add(f, T_KIND_AFTER, a->kind);
		add(f, T_WIDE_AFTER, (uint32_t)a->wide << 8 | a->shape);
		add(f, T_WIDES_AFTER, (uint32_t)w->wide << 8 | a->wide);
	}
}

/* A possessive ends most names, but not all ("Queen's Park"). */
static void add_possessive(struct features *f, const struct name_word *w) {
	if (w->possessive)
		add(f, T_OWNS, model_mix(w->classes & NAMING, w[1].capital));
	if (w[-1].possessive)
		add(f, T_OWNED, model_mix(w[-1].classes & NAMING, w->classes & NAMING));
}

/* The stretch of capitals around the word: what stands at its ends and beside it. */
static void add_run(struct features *f, const struct name_reader *r, const struct name_word *w) {
	if (w->run_from == w->run_to)
		return;
	const struct name_word *first = &r->words[w->run_from], *last = &r->words[w->run_to - 1], *left = first - 1, *right = last + 1;
	uint32_t place = first == last ? 3 : w == first ? 0 : w == last ? 2 : 1;
	uint32_t length = (uint32_t)(last - first) < 4 ? (uint32_t)(last - first) : 4;
	add(f, T_RUN, place << 4 | length);
	add(f, T_RUN_LEFT_KIND, (uint32_t)left->kind << 2 | place);
	add(f, T_RUN_RIGHT_KIND, (uint32_t)right->kind << 2 | place);
	add_bits(f, T_RUN_LEFT_BITS | place << 8, left->classes & ~NAMING & ~GAZETTEER_STARTS);
	add_bits(f, T_RUN_RIGHT_BITS | place << 8, right->classes & ~NAMING & ~GAZETTEER_STARTS);
	if (w != last) {
		add(f, T_RUN_LAST, last->hash);
		add(f, T_RUN_LAST_KIND, last->kind);
		add(f, T_RUN_LAST_TAIL, last->tail >> 8);
		add_bits(f, T_RUN_LAST_BITS, last->vocabulary | (last->classes & ~GAZETTEER_STARTS) << 8);
	}
	if (w != first) {
		add(f, T_RUN_FIRST, first->hash);
		add(f, T_RUN_FIRST_KIND, first->kind);
		add_bits(f, T_RUN_FIRST_BITS, first->vocabulary | (first->classes & ~GAZETTEER_STARTS) << 8);
	}
	if (length == 1)
		add(f, T_RUN_WORDS, model_mix(model_mix(first->classes & NAMING, last->classes & NAMING), place));
}

static uint32_t run_length(const struct name_word *w) {
	return w->run_to - w->run_from < 3 ? (uint32_t)(w->run_to - w->run_from) : 3;
}

/* What stands beyond the stretches that a small word parts: "A, B and C meet" are three. */
static void add_parted(struct features *f, const struct name_reader *r, const struct name_word *w) {
	const struct name_word *b = w - 1, *a = w + 1;
	if (b->run_from == b->run_to || a->run_from == a->run_to)
		return;
	add(f, T_SMALL_LEFT, model_mix(w->hash, r->words[b->run_from - 1].hash));
	add(f, T_SMALL_RIGHT, model_mix(w->hash, r->words[a->run_to].hash));
	add(f, T_SMALL_LENGTHS, model_mix(w->hash, run_length(b) << 2 | run_length(a)));
	add(f, T_SMALL_PHRASES, model_mix(model_mix(w->hash, b->phrase), a->phrase));
}

/* Small words and signs inside a window: whether they join two parts of a name. */
static void add_small(struct features *f, const struct name_reader *r, uint32_t at) {
	const struct name_word *w = name_word_at(r, at), *b = w - 1, *a = w + 1;
	add(f, T_SMALL_WORD, w->hash);
	add(f, T_SMALL_WORD_BEFORE, model_mix(b->hash, w->hash));
	add(f, T_SMALL_WORD_AFTER, model_mix(w->hash, a->hash));
	add(f, T_SMALL_SHAPES, model_mix(w->hash, shapes(b, a)));
	add(f, T_SMALL_AROUND, model_mix(b->shape, shapes(w, a)));
	add(f, T_SMALL_BEFORE, b->hash);
	add(f, T_SMALL_AFTER, a->hash);
	add_bits(f, T_SMALL_CLASS_BEFORE, b->vocabulary | (b->classes & ~GAZETTEER_STARTS) << 8);
	add_bits(f, T_SMALL_CLASS_AFTER, a->vocabulary | (a->classes & ~GAZETTEER_STARTS) << 8);
	add(f, T_SMALL_KIND_BEFORE, model_mix(w->hash, b->kind));
	add(f, T_SMALL_KIND_AFTER, model_mix(w->hash, a->kind));
	if (w->phrase)
		add(f, T_SMALL_PHRASE, w->phrase);
	if (b->run_from != b->run_to)
		add(f, T_SMALL_RUN_LEFT, model_mix(r->words[b->run_from].hash, w->hash));
	if (a->run_from != a->run_to)
		add(f, T_SMALL_RUN_RIGHT, model_mix(r->words[a->run_to - 1].hash, w->hash));
	add_parted(f, r, w);
}

uint32_t name_features(const struct name_reader *r, uint32_t at, uint32_t out[NAME_FEATURES]) {
	const struct name_word *w = name_word_at(r, at);
	struct features f = {out, 0};
	add(&f, T_BIAS, w->capital);
	if (!w->capital && w->shape != FORM_DIGITS && w->shape != FORM_YEAR && w->shape != FORM_GLUED) {
		add_small(&f, r, at);
		return f.count;
	}
	add(&f, T_WORD, w->hash);
	add_spelling(&f, w);
	add_neighbours(&f, w);
	add_lists(&f, w);
	add_kinds(&f, w);
	add_possessive(&f, w);
	add_bits(&f, T_SEEN, w->seen);
	add(&f, T_SEEN_ALL, (uint32_t)w->seen << 8 | w->shape);
	add_run(&f, r, w);
	return f.count;
}
