/* The cut into tokens: a table says what a byte begins, words of ASCII are taken eight bytes at a
 * time, and all else is read letter by letter. Every word is looked up in the vocabulary once, here. */
#include "cut.h"
#include "letters.h"

#include "../base/utf8.h"

struct cutter {
	struct document *d;
	const char *text;       /* the document's */
	const char *begin, *end; /* the stretch between hidden bytes and line ends that is being cut */
	const char *eight;      /* from here on fewer than eight bytes are left of the text */
	uint8_t pending;        /* flags of the next token */
	uint32_t floor;         /* tokens before this one are of earlier stretches */
};

enum byte_class { BYTE_SPACE, BYTE_LETTER, BYTE_DIGIT, BYTE_SIGN, BYTE_HIGH };

#define S BYTE_SPACE
#define L BYTE_LETTER
#define D BYTE_DIGIT
#define P BYTE_SIGN
#define H BYTE_HIGH
#define SIXTEEN(x) x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x
static const uint8_t byte_class[256] = {
	SIXTEEN(S), SIXTEEN(S),
	S, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P,
	D, D, D, D, D, D, D, D, D, D, P, P, P, P, P, P,
	P, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
	L, L, L, L, L, L, L, L, L, L, L, P, P, P, P, P,
	P, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
	L, L, L, L, L, L, L, L, L, L, L, P, P, P, P, S,
	SIXTEEN(H), SIXTEEN(H), SIXTEEN(H), SIXTEEN(H), SIXTEEN(H), SIXTEEN(H), SIXTEEN(H), SIXTEEN(H),
};
#undef S
#undef L
#undef D
#undef P
#undef H

static enum byte_class class_of(char c) {
	return byte_class[(unsigned char)c];
}

static bool is_letter(char c) {
	return class_of(c) == BYTE_LETTER;
}

static bool is_digit(char c) {
	return class_of(c) == BYTE_DIGIT;
}

static struct token *add_token(struct cutter *c, enum token_kind kind, const char *begin, const char *end) {
	struct token *token = array_push(c->d->arena, &c->d->tokens);
	*token = (struct token){.begin = (uint32_t)(begin - c->text), .end = (uint32_t)(end - c->text), .kind = kind, .flags = c->pending};
	c->pending = 0;
	return token;
}

/* --- words of ASCII letters --- */

#define EACH(byte) ((uint64_t)0x0101010101010101u * (byte))

/* The eight bytes at `at`, the first the lowest; what is behind the text is 0. */
static inline uint64_t load_eight(const struct cutter *c, const char *at) {
	uint64_t chunk = 0;
	if (at < c->eight)
		memcpy(&chunk, at, 8);
	else
		memcpy(&chunk, at, (size_t)(c->text + c->d->text.len - at));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	chunk = __builtin_bswap64(chunk);
#endif
	return chunk;
}

/* The high bit of each byte of `chunk` that is not an ASCII letter. */
static inline uint64_t not_letters(uint64_t chunk) {
	uint64_t small = (chunk | EACH(0x20)) & EACH(0x7F);
	uint64_t from_a = small + EACH(0x80 - 'a'), past_z = small + EACH(0x7F - 'z');
	return ~(from_a & ~past_z & ~chunk) & EACH(0x80);
}

/* A run of ASCII letters, and which of them are capitals: bit 5 of each byte that is one. */
struct letters {
	const char *end;
	uint64_t key;      /* of know/words.h, when the run is of eight letters or fewer */
	uint64_t capitals; /* not 0 where there are any */
	uint64_t inner;    /* likewise, behind the first letter */
	uint64_t smalls;
	bool longer;       /* more than eight letters */
};

/* How many of the eight bytes at `at` are letters of the stretch. */
static inline uint32_t letter_run(const struct cutter *c, const char *at, uint64_t chunk) {
	uint64_t other = not_letters(chunk);
	uint32_t run = other ? (uint32_t)__builtin_ctzll(other) / 8 : 8;
	return c->end - at < (ptrdiff_t)run ? (uint32_t)(c->end - at) : run;
}

/* Takes in the letters behind the first eight. */
static void read_further(const struct cutter *c, struct letters *l) {
	for (uint32_t run = 8; run == 8; l->end += run) {
		uint64_t chunk = load_eight(c, l->end);
		run = letter_run(c, l->end, chunk);
		uint64_t kept = run == 8 ? EACH(0x20) : (((uint64_t)1 << 8 * run) - 1) & EACH(0x20);
		l->longer |= run > 0;
		l->capitals |= ~chunk & kept;
		l->inner |= ~chunk & kept;
		l->smalls |= chunk & kept;
	}
}

static inline struct letters letters_at(const struct cutter *c, const char *at) {
	uint64_t chunk = load_eight(c, at);
	uint32_t run = letter_run(c, at, chunk);
	uint64_t kept = run == 8 ? ~(uint64_t)0 : ((uint64_t)1 << 8 * run) - 1, five = kept & EACH(0x20);
	struct letters l = {.end = at + run, .key = (chunk & kept) | five, .capitals = ~chunk & five, .smalls = chunk & five};
	l.inner = l.capitals & ~(uint64_t)0x20;
	if (run == 8)
		read_further(c, &l);
	return l;
}

static inline enum token_shape letters_shape(const struct letters *l) {
	if (!l->capitals)
		return SHAPE_LOWER;
	if (!l->smalls)
		return SHAPE_UPPER;
	return l->inner ? SHAPE_MIXED : SHAPE_CAPITAL;
}

static inline uint32_t letters_id(const struct letters *l, const char *at) {
	return l->longer ? words_id_ascii(str_of(at, (size_t)(l->end - at))) : word_find(l->key);
}

/* --- words of any letters --- */

struct letter_count {
	uint32_t capitals, smalls;
};

static enum token_shape shape_of(struct letter_count count, bool first_is_capital) {
	if (count.capitals == 0)
		return count.smalls ? SHAPE_LOWER : SHAPE_NONE;
	if (count.smalls == 0)
		return SHAPE_UPPER;
	return first_is_capital && count.capitals == 1 ? SHAPE_CAPITAL : SHAPE_MIXED;
}

struct reading {
	char normal[80];
	size_t len; /* of the normal form; larger than the buffer: too long to be known */
	struct letter_count count;
	bool first_is_capital, begun;
};

static void read_letter(struct reading *r, uint32_t code) {
	char folded[4];
	int len = 1;
	if (code < 0x80)
		folded[0] = (char)(code >= 'A' && code <= 'Z' ? code | 0x20 : code);
	else
		len = words_fold(code, folded);
	if (r->len + 4 <= sizeof r->normal)
		memcpy(r->normal + r->len, folded, 4);
	r->len += (size_t)len;
	enum letter_case letter = letter_case(code);
	if (!r->begun)
		r->first_is_capital = letter == LETTER_CAPITAL;
	r->begun = true;
	r->count.capitals += letter == LETTER_CAPITAL;
	r->count.smalls += letter == LETTER_SMALL;
}

static bool letter_at(const char *at, const char *end, uint32_t *code, int *length) {
	if (at >= end)
		return false;
	*code = (unsigned char)*at;
	*length = 1;
	if (*code < 0x80)
		return is_letter(*at);
	*code = utf8_decode(at, end, length);
	return letter_is(*code);
}

/* Whether an apostrophe stands at `at` between letters; its length goes to *length. */
static bool inner_apostrophe(const char *at, const char *end, int *length) {
	*length = at < end && *at == '\'' ? 1 : end - at > 3 && memcmp(at, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
	uint32_t code;
	int next;
	return *length && letter_at(at + *length, end, &code, &next);
}

/* Reads letters and inner apostrophes from `at`; returns their end. */
static const char *read_word(struct reading *r, const char *at, const char *end) {
	uint32_t code;
	int length;
	for (;;) {
		if (letter_at(at, end, &code, &length))
			read_letter(r, code);
		else if (r->begun && inner_apostrophe(at, end, &length))
			read_letter(r, '\'');
		else
			return at;
		at += length;
	}
}

static uint32_t reading_id(const struct reading *r, size_t len) {
	return len <= sizeof r->normal - 4 ? words_id(str_of(r->normal, len)) : 0;
}

/* A word that is not known with its "'s" is looked up without. */
static uint32_t look_up(struct reading *r, uint8_t *flags) {
	uint32_t id = reading_id(r, r->len);
	bool possessive = r->len > 2 && r->len <= sizeof r->normal - 4 && memcmp(r->normal + r->len - 2, "'s", 2) == 0;
	if (id || !possessive)
		return id;
	*flags |= TOKEN_POSSESSIVE;
	if (r->count.smalls == 1)
		r->count.smalls = 0;
	return reading_id(r, r->len - 2);
}

static const char *cut_word(struct cutter *c, const char *at) {
	struct reading r = {0};
	r.len = 0;
	const char *end = read_word(&r, at, c->end);
	uint8_t flags = 0;
	uint32_t id = look_up(&r, &flags);
	struct token *token = add_token(c, TOKEN_WORD, at, end);
	token->word = id;
	token->flags |= flags;
	token->shape = shape_of(r.count, r.first_is_capital);
	return end;
}

/* --- addresses of the net --- */

static bool is_host(char c) {
	return is_letter(c) || is_digit(c) || c == '-' || c == '.';
}

enum { HOST_LONGEST = 253, LOCAL_LONGEST = 64 };

/* The end of the host name at `at`, without a stop or dash at its end; *top is where its last part begins. */
static const char *host_end(const char *at, const char *end, const char **top) {
	const char *limit = end - at > HOST_LONGEST ? at + HOST_LONGEST : end, *stop = at;
	while (stop < limit && is_host(*stop))
		stop++;
	while (stop > at && (stop[-1] == '.' || stop[-1] == '-'))
		stop--;
	*top = stop;
	while (*top > at && (*top)[-1] != '.')
		--*top;
	return stop;
}

static bool all_small(const char *at, const char *end) {
	for (; at < end; at++)
		if (*at >= 'A' && *at <= 'Z')
			return false;
	return true;
}

static bool all_letters(const char *at, const char *end) {
	for (; at < end; at++)
		if (!is_letter(*at))
			return false;
	return true;
}

/* Whether a host name written without a scheme is one: "www.…", "amzn.to/…", or a known last part. */
static bool bare_host(const char *at, const char *host, const char *top, const char *end) {
	if (top == at || host - top < 2 || !all_letters(top, host))
		return false;
	if (host - at > 4 && str_equal_nocase(str_of(at, 4), STR("www.")))
		return true;
	if (!all_small(top, host))
		return false;
	if (end - host > 1 && *host == '/' && (is_letter(host[1]) || is_digit(host[1])))
		return all_small(at, host);
	return word_is(words_id_ascii(str_of(top, (size_t)(host - top))), WORD_DOMAIN, NULL);
}

static bool ends_url(const char *at, const char *end, int *length) {
	unsigned char c = (unsigned char)*at;
	*length = 1;
	if (c < 0x80)
		return c <= ' ' || c == 0x7F || c == '<' || c == '>' || c == '"' || c == '`' || c == '|';
	return !letter_is(utf8_decode(at, end, length));
}

/* The end of the URL that goes on at `at`, without the sentence's own punctuation and brackets. */
static const char *url_end(const char *at, const char *end) {
	const char *stop = at;
	int32_t open = 0, length;
	for (; stop < end && !ends_url(stop, end, &length); stop += length) {
		open += *stop == '(' || *stop == '[' || *stop == '{';
		if ((*stop == ')' || *stop == ']' || *stop == '}') && --open < 0)
			break;
	}
	while (stop > at && strchr(".,;:!?'*_~", stop[-1]))
		stop--;
	return stop;
}

static const char *cut_url(struct cutter *c, const char *at, const char *rest) {
	const char *end = url_end(rest, c->end);
	add_token(c, TOKEN_URL, at, end);
	return end;
}

static bool is_local(char c) {
	return is_letter(c) || is_digit(c) || strchr("._%+-", c);
}

/* At an `@`: when it stands in an e-mail address, takes back the tokens of its local part and makes
 * one of the whole. NULL when it does not. */
static const char *cut_email(struct cutter *c, const char *at) {
	const char *top, *host = host_end(at + 1, c->end, &top);
	if (top <= at + 1 || host - top < 2 || !is_letter(*top))
		return NULL;
	const char *local = at;
	while (local > c->begin && at - local < LOCAL_LONGEST && local[-1] && is_local(local[-1]))
		local--;
	struct document *d = c->d;
	uint32_t count = d->tokens.count;
	while (count > c->floor && d->tokens.at[count - 1].begin >= (uint32_t)(local - c->text))
		count--;
	if (count == d->tokens.count || c->pending || (count > c->floor && d->tokens.at[count - 1].end > (uint32_t)(local - c->text)))
		return NULL;
	c->pending = d->tokens.at[count].flags & (TOKEN_SPACE | TOKEN_LINE);
	local = c->text + d->tokens.at[count].begin;
	d->tokens.count = count;
	add_token(c, TOKEN_EMAIL, local, host);
	return host;
}

/* --- words with full stops --- */

/* The end of the single letters with stops at `at` ("U.S.", "p.m."), or NULL. */
static const char *initials_end(const char *at, const char *end) {
	const char *stop = at;
	uint32_t letters = 0;
	while (end - stop > 1 && is_letter(stop[0]) && stop[1] == '.') {
		stop += 2;
		letters++;
	}
	/* "a.m" without the last stop */
	bool last = letters && stop < end && is_letter(*stop) && (end - stop == 1 || !(is_letter(stop[1]) || is_digit(stop[1])));
	if (last)
		return stop + 1;
	return letters > 1 ? stop : NULL;
}

/* Reads letters across stops ("Ph.D") up to the longest that the vocabulary knows as an abbreviation. */
static const char *known_end(const char *at, const char *end) {
	char joined[16];
	size_t len = 0;
	const char *best = NULL;
	while (at < end && len < sizeof joined && (is_letter(*at) || *at == '.')) {
		if (*at == '.' && (end - at == 1 || !is_letter(at[1])))
			break;
		if (*at != '.')
			joined[len++] = *at;
		at++;
		bool whole = at == end || !(is_letter(*at) || is_digit(*at));
		if (whole && at[-1] != '.' && word_is_any(words_id_ascii(str_of(joined, len)),
			(uint64_t)1 << WORD_ABBREVIATION | (uint64_t)1 << WORD_HONORIFIC | (uint64_t)1 << WORD_MERIDIEM))
			best = at;
	}
	if (!best)
		return NULL;
	return best < end && *best == '.' ? best + 1 : best;
}

static const char *add_dotted(struct cutter *c, const char *at, const char *end) {
	struct reading r = {0};
	for (const char *p = at; p < end; p++)
		if (*p != '.')
			read_letter(&r, (unsigned char)*p);
	struct token *token = add_token(c, TOKEN_WORD, at, end);
	token->word = reading_id(&r, r.len);
	token->flags |= TOKEN_DOTTED;
	token->shape = shape_of(r.count, r.first_is_capital);
	return end;
}

/* At a word followed by a stop and a letter or digit. NULL when the stop is not the word's. */
static const char *cut_joined(struct cutter *c, const char *at) {
	const char *top, *host = host_end(at, c->end, &top);
	if (bare_host(at, host, top, c->end))
		return cut_url(c, at, host);
	const char *end = known_end(at, c->end);
	if (!end)
		end = initials_end(at, c->end);
	return end ? add_dotted(c, at, end) : NULL;
}

/* Whether the letter at `at`, with a stop behind it, is an initial: a capitalised word follows that is
 * not a function word. */
static bool is_initial(const struct cutter *c, const char *at) {
	const char *end = c->end;
	if (*at < 'A' || *at > 'Z' || end - at < 4)
		return false;
	const char *next = at + 2;
	if (*next == '-')
		return next[1] >= 'A' && next[1] <= 'Z';
	if (*next != ' ' || !(next[1] >= 'A' && next[1] <= 'Z'))
		return (unsigned char)next[1] >= 0x80 && *next == ' ';
	struct letters l = letters_at(c, next + 1);
	if (l.end < end && *l.end == '.' && l.end - next == 2)
		return true;
	return !word_is(letters_id(&l, next + 1), WORD_FUNCTION, NULL);
}

/* Whether the stop at `stop` belongs to the word before it. */
static bool takes_stop(const struct cutter *c, const char *at, const char *stop, uint32_t word, enum token_shape shape) {
	const char *end = c->end;
	int32_t kind;
	if (stop - at == 1)
		return is_initial(c, at);
	if (!word_is(word, WORD_ABBREVIATION, &kind) || (shape == SHAPE_UPPER && word_is(word, WORD_ZONE_REGION, NULL))) /* "Mobile, AL." */
		return false;
	const char *next = stop + 1;
	while (next < end && *next == ' ')
		next++;
	bool digit = next < end && is_digit(*next);
	if (kind == ABBREVIATION_NUMBER)
		return digit;
	if (kind == ABBREVIATION_CAPITAL)
		return shape == SHAPE_CAPITAL || (shape == SHAPE_UPPER && digit);
	return true;
}

/* --- each kind of token --- */

/* What the letters from `at` to `end` are that something else than white space follows: the end of their token, or
 * NULL when they are a word by themselves. */
static const char *cut_letters_on(struct cutter *c, const char *at, const char *end) {
	int length;
	if ((unsigned char)*end >= 0x80 || (*end == '\'' && inner_apostrophe(end, c->end, &length)))
		return cut_word(c, at);
	bool joined = *end == '.' && c->end - end > 1 && (is_letter(end[1]) || is_digit(end[1]));
	const char *other = joined ? cut_joined(c, at) : NULL;
	if (!other && *end == ':' && c->end - end > 3 && end[1] == '/' && end[2] == '/')
		return cut_url(c, at, end + 3);
	return other;
}

/* A run of ASCII letters; what may follow it makes it something else now and then. */
static inline const char *cut_letters(struct cutter *c, const char *at) {
	struct letters l = letters_at(c, at);
	bool over = l.end == c->end || *l.end == ' ';
	const char *other = over ? NULL : cut_letters_on(c, at, l.end);
	if (other)
		return other;
	struct token *token = add_token(c, TOKEN_WORD, at, l.end);
	token->word = letters_id(&l, at);
	token->shape = letters_shape(&l);
	if (over || *l.end != '.' || !takes_stop(c, at, l.end, token->word, token->shape))
		return l.end;
	token->flags |= TOKEN_DOTTED;
	token->end++;
	return l.end + 1;
}

/* Whether ",ddd" stands at `at`, and no further digit. */
static bool thousands_at(const char *at, const char *end) {
	return end - at > 3 && at[0] == ',' && is_digit(at[1]) && is_digit(at[2]) && is_digit(at[3]) &&
		(end - at == 4 || !is_digit(at[4]));
}

static const char *cut_number(struct cutter *c, const char *at) {
	uint64_t value = 0;
	const char *end = at;
	uint32_t digits = 0;
	for (; end < c->end && is_digit(*end); end++, digits++)
		value = value > UINT32_MAX ? value : value * 10 + (uint64_t)(*end - '0');
	if (end < c->end && (is_letter(*end) || *end == '.')) {
		const char *top, *host = host_end(at, c->end, &top);
		if (bare_host(at, host, top, c->end))
			return cut_url(c, at, host);
	}
	if (digits <= 3)
		for (; thousands_at(end, c->end); end += 4, digits += 3)
			for (int i = 1; i <= 3; i++)
				value = value > UINT32_MAX ? value : value * 10 + (uint64_t)(end[i] - '0');
	struct token *token = add_token(c, TOKEN_NUMBER, at, end);
	token->number = value > TOKEN_NUMBER_MOST ? TOKEN_NUMBER_MOST : (uint32_t)value;
	token->digits = digits > TOKEN_DIGITS_MOST ? TOKEN_DIGITS_MOST : digits;
	return end;
}

static bool opens_after(const struct cutter *c, const char *at) {
	if (at == c->begin || (c->pending & (TOKEN_SPACE | TOKEN_LINE)))
		return true;
	if (strchr("([{-/\"'", at[-1]))
		return true;
	/* dashes U+2010-2015 and opening quotation marks */
	unsigned char last = (unsigned char)at[-1];
	return at - c->begin > 2 && memcmp(at - 3, "\xE2\x80", 2) == 0 &&
		((last >= 0x90 && last <= 0x95) || last == 0x98 || last == 0x9C);
}

/* Whether white space, the end, or a sign stands at `at`. */
static bool word_over(const char *at, const char *end) {
	return at == end || class_of(*at) == BYTE_SPACE || class_of(*at) == BYTE_SIGN;
}

/* Which way a quotation mark or bracket looks; straight marks are judged by what stands about them. */
static uint8_t facing(const struct cutter *c, uint32_t code, const char *at, const char *end) {
	switch (code) {
	case '(': case '[': case '{': case 0xAB: case 0x201E: case 0x201A: case 0x2039: case 0x300C: case 0x300E: case 0x2018:
		return TOKEN_OPENS;
	case ')': case ']': case '}': case 0xBB: case 0x201D: case 0x203A: case 0x300D: case 0x300F:
		return TOKEN_CLOSES;
	case 0x201C:
		return opens_after(c, at) || !word_over(end, c->end) ? TOKEN_OPENS : TOKEN_CLOSES;
	case '"': case 0x2033:
		return opens_after(c, at) && !(end < c->end && class_of(*end) == BYTE_SPACE) ? TOKEN_OPENS : TOKEN_CLOSES;
	case '\'': case 0x2019:
		if (!opens_after(c, at))
			return TOKEN_CLOSES;
		/* an apostrophe that stands for what is left out: ’90s */
		return code == '\'' && end < c->end && !is_digit(*end) && !word_over(end, c->end) ? TOKEN_OPENS : 0;
	default:
		return 0;
	}
}

/* A run of one sign that is one token: dashes of two or more, an ellipsis, and rules. */
static const char *run_end(const char *at, const char *end) {
	const char *stop = at + 1;
	if (!strchr("-.=_*~#", *at))
		return stop; /* no run of these is one token: it would be walked again from each of them */
	while (stop < end && *stop == *at)
		stop++;
	long long count = stop - at;
	bool one = *at == '-' ? count > 1 : *at == '.' ? count > 2 : strchr("=_*~#", *at) && count > 3;
	return one ? stop : at + 1;
}

static const char *cut_sign(struct cutter *c, const char *at) {
	if (*at == '@') {
		const char *end = cut_email(c, at);
		if (end)
			return end;
	}
	const char *end = at + 1 < c->end && at[1] == *at ? run_end(at, c->end) : at + 1;
	uint32_t code = (unsigned char)*at;
	uint8_t flags = facing(c, code, at, end);
	struct token *token = add_token(c, TOKEN_PUNCT, at, end);
	token->flags |= flags;
	token->number = code == '.' && end - at > 2 ? 0x2026 : code == '`' ? '\'' : code;
	token->word = word_marks[code];
	return end;
}

static const char *cut_high(struct cutter *c, const char *at) {
	int length;
	uint32_t code = utf8_decode(at, c->end, &length);
	if (letter_is(code))
		return cut_word(c, at);
	if (utf8_is_space(code) || letter_joins(code)) {
		c->pending |= utf8_is_space(code) ? TOKEN_SPACE : 0;
		return at + length;
	}
	uint8_t flags = facing(c, code, at, at + length);
	struct token *token = add_token(c, TOKEN_PUNCT, at, at + length);
	token->flags |= flags;
	token->number = sign_fold(code);
	token->word = token->number < 0x80 ? word_marks[token->number] : 0;
	return at + length;
}

static void cut_stretch(struct cutter *c, uint32_t begin, uint32_t end) {
	c->begin = c->text + begin;
	c->end = c->text + end;
	c->floor = c->d->tokens.count;
	const char *at = c->begin;
	while (at < c->end) {
		if (is_letter(*at)) { /* most often; a branch of its own is foreseen better than one for all */
			at = cut_letters(c, at);
			if (at == c->end)
				return;
		}
		switch (class_of(*at)) {
		case BYTE_SPACE:
			c->pending |= TOKEN_SPACE;
			at++;
			break;
		case BYTE_LETTER:
			break;
		case BYTE_DIGIT:
			at = cut_number(c, at);
			break;
		case BYTE_SIGN:
			at = cut_sign(c, at);
			break;
		case BYTE_HIGH:
			at = cut_high(c, at);
			break;
		}
	}
}

/* The next hidden span that ends behind `at`, from mark *from on; empty at the text's end where there is none. */
static struct span next_hidden(const struct document *d, uint32_t *from, uint32_t at) {
	const struct source *source = d->source;
	for (; *from < source->marks.count; ++*from) {
		const struct mark *mark = &source->marks.at[*from];
		if (mark->kind == MARK_HIDDEN && mark->span.end > at && mark->span.end > mark->span.begin)
			return mark->span;
	}
	return (struct span){(uint32_t)d->text.len, (uint32_t)d->text.len};
}

static bool is_space_at(const struct document *d, uint32_t at) {
	return class_of(d->text.at[at]) == BYTE_SPACE;
}

static void cut_line(struct cutter *c, struct span line, uint32_t *mark) {
	uint32_t at = line.begin;
	c->pending = TOKEN_SPACE | TOKEN_LINE;
	while (at < line.end) {
		struct span hidden = next_hidden(c->d, mark, at);
		uint32_t stop = hidden.begin < at ? at : hidden.begin < line.end ? hidden.begin : line.end;
		if (stop > at)
			cut_stretch(c, at, stop);
		at = stop;
		if (stop < line.end) {
			at = hidden.end;
			if (is_space_at(c->d, hidden.begin) || is_space_at(c->d, hidden.end - 1))
				c->pending |= TOKEN_SPACE;
		}
	}
}

void cut_tokens(struct document *d) {
	struct cutter c = {.d = d, .text = d->text.at};
	c.eight = d->text.len < 8 ? c.text : c.text + d->text.len - 7;
	/* About four tokens to 20 bytes of prose; more are made room for as they come. */
	array_reserve(d->arena, &d->tokens, (uint32_t)(d->text.len / 5 + 64));
	uint32_t mark = 0;
	for (uint32_t i = 0; i < d->lines.count; i++) {
		struct line *line = &d->lines.at[i];
		line->token = d->tokens.count;
		cut_line(&c, line->span, &mark);
		line->tokens = d->tokens.count - line->token;
	}
	*array_push(d->arena, &d->tokens) = (struct token){
		.begin = (uint32_t)d->text.len, .end = (uint32_t)d->text.len, .kind = TOKEN_PUNCT, .flags = TOKEN_SPACE | TOKEN_LINE};
}
