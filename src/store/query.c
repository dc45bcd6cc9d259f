#include "query.h"

#include <ctype.h>

struct reading {
	struct query *q;
	const char *at, *end;
	int open;        /* brackets */
	bool operand;    /* something stands before that an operator may join */
	bool pending;    /* an operator stands before that wants something */
};

static bool is_word(char c) {
	return (c & 0x80) || isalnum((unsigned char)c) || c == '\'' || c == '_';
}

/* Adds "…" to the expression, with the words of `text` (quotation marks left out); false when there is no letter in it. */
static bool add_phrase(struct reading *r, struct str text, bool beginning) {
	struct buf *out = &r->q->match;
	bool any = false;
	for (size_t i = 0; i < text.len; i++)
		any = any || (text.at[i] & 0x80) || isalnum((unsigned char)text.at[i]);
	if (!any)
		return false;
	if (r->operand && !r->pending)
		buf_text(out, " AND ");
	size_t from = out->len + 1;
	buf_byte(out, '"');
	for (size_t i = 0; i < text.len; i++)
		buf_byte(out, text.at[i] == '"' || text.at[i] == '\0' ? ' ' : text.at[i]);
	buf_byte(out, '"');
	if (beginning)
		buf_text(out, " *");
	if (r->q->count < QUERY_PHRASES) {
		r->q->phrases[r->q->count] = str_of((const char *)(uintptr_t)from, text.len); /* an offset until all is written */
		r->q->beginning[r->q->count] = beginning;
	}
	r->q->count++;
	r->operand = true;
	r->pending = false;
	return true;
}

static bool take_operator(struct reading *r, const char *word) {
	size_t len = strlen(word);
	if ((size_t)(r->end - r->at) <= len || memcmp(r->at, word, len) != 0 || r->at[len] != ' ')
		return false;
	r->at += len;
	if (!r->operand || r->pending)
		return true; /* nothing to join: left out */
	buf_format(&r->q->match, " %s ", word);
	r->q->plain = r->q->plain && strcmp(word, "AND") == 0;
	r->pending = true;
	return true;
}

/* NEAR(a b, 5): its words as phrases, in NEAR's own form. */
static bool take_near(struct reading *r) {
	const char *from = r->at + 5, *close = r->end - r->at > 5 && memcmp(r->at, "NEAR(", 5) == 0 ? memchr(from, ')', (size_t)(r->end - from)) : NULL;
	if (!close)
		return false;
	const char *comma = memchr(from, ',', (size_t)(close - from)), *words_end = comma ? comma : close;
	int distance = comma ? 0 : 10;
	for (const char *c = comma ? comma + 1 : close; c < close; c++)
		if (isdigit((unsigned char)*c) && distance < 10000)
			distance = distance * 10 + (*c - '0');
	if (r->operand && !r->pending)
		buf_text(&r->q->match, " AND ");
	buf_text(&r->q->match, "NEAR(");
	r->pending = true; /* so that no AND is written between its words */
	for (const char *c = from; c < words_end;) {
		while (c < words_end && !is_word(*c))
			c++;
		const char *word = c;
		while (c < words_end && is_word(*c))
			c++;
		if (c > word)
			add_phrase(r, str_of(word, (size_t)(c - word)), false);
		r->pending = true;
		buf_byte(&r->q->match, ' ');
	}
	buf_format(&r->q->match, ", %d)", distance);
	r->pending = false;
	r->operand = true;
	r->q->plain = false;
	r->at = close + 1;
	return true;
}

static void take_bracket(struct reading *r) {
	if (*r->at == '(') {
		if (r->operand && !r->pending)
			buf_text(&r->q->match, " AND ");
		buf_byte(&r->q->match, '(');
		r->open++;
		r->operand = false;
	} else if (r->open && r->operand && !r->pending) {
		buf_byte(&r->q->match, ')');
		r->open--;
	}
	r->q->plain = false;
	r->at++;
}

static void take_quoted(struct reading *r) {
	const char *from = ++r->at, *close = memchr(from, '"', (size_t)(r->end - from));
	if (!close)
		close = r->end;
	r->at = close < r->end ? close + 1 : close;
	bool beginning = r->at < r->end && *r->at == '*';
	r->at += beginning;
	add_phrase(r, str_of(from, (size_t)(close - from)), beginning);
}

/* A word, with what is no space and no sign of the query's inside it: "Jong-un", "U.S.". */
static void take_word(struct reading *r) {
	const char *from = r->at;
	while (r->at < r->end && !isspace((unsigned char)*r->at) && !strchr("\"()*", *r->at))
		r->at++;
	const char *end = r->at;
	bool beginning = r->at < r->end && *r->at == '*';
	r->at += beginning;
	if (end == from)
		r->at += !beginning;
	else
		add_phrase(r, str_of(from, (size_t)(end - from)), beginning);
}

static void take_next(struct reading *r) {
	bool first = r->at > r->end - 1 || r->q->match.len == 0;
	if (isspace((unsigned char)*r->at)) {
		r->at++;
	} else if (take_operator(r, "AND") || take_operator(r, "OR") || take_operator(r, "NOT") || take_near(r)) {
		return;
	} else if (*r->at == '-' && !first && r->end - r->at > 1 && is_word(r->at[1]) && isspace((unsigned char)r->at[-1]) && r->operand && !r->pending) {
		buf_text(&r->q->match, " NOT ");
		r->pending = true;
		r->q->plain = false;
		r->at++;
	} else if (*r->at == '(' || *r->at == ')') {
		take_bracket(r);
	} else if (*r->at == '"') {
		take_quoted(r);
	} else {
		take_word(r);
	}
}

/* Takes back an operator, or an opened bracket, behind which nothing came. */
static void mend_end(struct reading *r) {
	struct buf *out = &r->q->match;
	static const char *const loose[] = {" AND ", " OR ", " NOT ", "("};
	bool found = true;
	while (found) {
		found = false;
		for (size_t i = 0; i < sizeof loose / sizeof *loose; i++) {
			size_t len = strlen(loose[i]);
			if (out->len >= len && memcmp(out->at + out->len - len, loose[i], len) == 0) {
				out->len -= len;
				r->open -= *loose[i] == '(';
				found = true;
			}
		}
	}
	for (; r->open > 0; r->open--)
		buf_byte(out, ')');
}

void query_read(struct query *q, struct str text) {
	*q = (struct query){.plain = true};
	struct reading r = {.q = q, .at = text.at, .end = text.at + text.len};
	while (r.at < r.end)
		take_next(&r);
	mend_end(&r);
	buf_byte(&q->match, '\0');
	q->match.len--;
	if (q->count == 0)
		buf_clear(&q->match);
	q->all = q->plain;
	q->plain = q->plain && q->count == 1;
	for (uint32_t i = 0; i < q->count && i < QUERY_PHRASES; i++)
		q->phrases[i].at = q->match.at + (uintptr_t)q->phrases[i].at;
	if (q->count > QUERY_PHRASES)
		q->count = QUERY_PHRASES;
}
