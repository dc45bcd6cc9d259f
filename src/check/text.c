/* The text itself: fragments, quotation marks, damaged characters. */
#include "check.h"

static void check_strays(struct checking *c) {
	const struct record *r = c->record;
	for (uint32_t i = 0; i < r->strays.count; i++) {
		struct str text = str_at(r->source->text, r->strays.at[i]);
		record_diagnose(c->findings, DIAGNOSTIC_stray_text, r->strays.at[i], "“%.*s” belongs to nothing around it", (int)text.len, text.at);
	}
}

static void check_encoding(struct checking *c) {
	const struct source *s = c->record->source;
	for (uint32_t i = 0; i < s->suspects.count; i++) {
		const struct source_suspect *suspect = &s->suspects.at[i];
		struct diagnostic *d = record_diagnose(c->findings, DIAGNOSTIC_encoding_suspect, suspect->span, "%.*s", (int)suspect->reason.len,
			suspect->reason.at);
		if (!suspect->repair.at)
			continue;
		struct str title = arena_format(c->record->arena, "replace by “%.*s”", (int)suspect->repair.len, suspect->repair.at);
		diagnostic_fix(c->record->arena, d, title.at, suspect->span, suspect->repair);
	}
}

/* ---- quotation marks ---- */

enum quote_mark { QUOTE_NONE, QUOTE_OPEN, QUOTE_CLOSE, QUOTE_STRAIGHT };

static enum quote_mark quote_at(struct str s, size_t i) {
	if (s.at[i] == '"')
		return i > 0 && s.at[i - 1] >= '0' && s.at[i - 1] <= '9' ? QUOTE_NONE : QUOTE_STRAIGHT; /* 6" is inches */
	if ((unsigned char)s.at[i] != 0xE2 || i + 2 >= s.len || (unsigned char)s.at[i + 1] != 0x80)
		return QUOTE_NONE;
	return (unsigned char)s.at[i + 2] == 0x9C ? QUOTE_OPEN : (unsigned char)s.at[i + 2] == 0x9D ? QUOTE_CLOSE : QUOTE_NONE;
}

/* The quotation marks of one paragraph. */
struct quotes {
	uint32_t open, straight;          /* still open at the end */
	uint32_t open_at, straight_at;    /* the outermost open one; the last straight one */
	uint32_t closed_at;               /* one that closes nothing, or UINT32_MAX */
	bool begins_open;                 /* the paragraph begins with an opening mark */
};

/* Whether none of the eight bytes at `at` can begin a quotation mark (Mycroft's test for a byte in a word). */
static bool no_mark(const char *at) {
	const uint64_t ones = 0x0101010101010101u, highs = ones * 0x80;
	uint64_t eight, straight, curly;
	memcpy(&eight, at, 8);
	straight = eight ^ ones * '"';
	curly = eight ^ ones * 0xE2;
	return !(((straight - ones) & ~straight & highs) | ((curly - ones) & ~curly & highs));
}

static struct quotes quotes_of(struct str text, struct span span) {
	struct quotes q = {.closed_at = UINT32_MAX};
	struct str s = str_at(text, span);
	uint32_t straight = 0;
	for (size_t i = 0; i < s.len; i++) {
		while (s.len - i > 8 && no_mark(s.at + i))
			i += 8;
		if (s.at[i] != '"' && (unsigned char)s.at[i] != 0xE2)
			continue;
		switch (quote_at(s, i)) {
		case QUOTE_OPEN:
			if (q.open++ == 0)
				q.open_at = span.begin + (uint32_t)i;
			q.begins_open = q.begins_open || i == 0;
			break;
		case QUOTE_CLOSE:
			if (q.open)
				q.open--;
			else if (q.closed_at == UINT32_MAX)
				q.closed_at = span.begin + (uint32_t)i;
			break;
		case QUOTE_STRAIGHT:
			straight++;
			q.straight_at = span.begin + (uint32_t)i;
			q.begins_open = q.begins_open || i == 0;
			break;
		default:
			break;
		}
	}
	q.straight = straight % 2;
	return q;
}

static struct span mark_span(struct str text, uint32_t at) {
	return (struct span){at, at + (text.at[at] == '"' ? 1 : 3)};
}

static void report_open(struct checking *c, uint32_t at) {
	record_diagnose(c->findings, DIAGNOSTIC_unbalanced_quote, mark_span(c->record->source->text, at), "this quotation is opened and not closed");
}

static void report_closed(struct checking *c, uint32_t at) {
	record_diagnose(c->findings, DIAGNOSTIC_unbalanced_quote, mark_span(c->record->source->text, at), "this mark closes a quotation that is not open");
}

/* A quotation of several paragraphs opens each and closes the last: an open paragraph is right where the next
 * begins with a mark. */
static void check_passages(struct checking *c, const struct article *a) {
	struct str text = c->record->source->text;
	bool carried = false;
	struct quotes q, next = {0};
	if (a->passages.count)
		next = quotes_of(text, a->passages.at[0].span);
	for (uint32_t i = 0; i < a->passages.count; i++) {
		q = next;
		next = i + 1 < a->passages.count ? quotes_of(text, a->passages.at[i + 1].span) : (struct quotes){0};
		bool next_opens = next.begins_open;
		if (q.closed_at != UINT32_MAX && !carried)
			report_closed(c, q.closed_at);
		if (q.open && !next_opens)
			report_open(c, q.open_at);
		if (q.straight && !next_opens && !carried)
			report_open(c, q.straight_at);
		carried = next_opens && (q.open || q.straight);
	}
}

static void check_quotes(struct checking *c, struct span span) {
	struct quotes q = quotes_of(c->record->source->text, span);
	if (q.closed_at != UINT32_MAX)
		report_closed(c, q.closed_at);
	if (q.open)
		report_open(c, q.open_at);
	else if (q.straight)
		report_open(c, q.straight_at);
}

/* The paragraphs of `span`, which blank lines part. */
static void check_paragraphs(struct checking *c, struct span span) {
	struct str text = c->record->source->text;
	for (uint32_t from = span.begin; from < span.end;) {
		size_t blank = str_find(text, STR("\n\n"), from);
		uint32_t to = blank < span.end ? (uint32_t)blank : span.end;
		check_quotes(c, (struct span){from, to});
		from = to + 2;
	}
}

/* What stands in a listing between its entries. */
static void check_remarks(struct checking *c) {
	const struct record *r = c->record;
	for (uint32_t i = 0, event = 0; i < r->listings.count; i++) {
		uint32_t at = r->listings.at[i].span.begin, end = r->listings.at[i].span.end;
		for (; event < r->scheduled.count && r->scheduled.at[event].span.begin < end; event++) {
			if (r->scheduled.at[event].span.begin > at)
				check_paragraphs(c, (struct span){at, r->scheduled.at[event].span.begin});
			at = r->scheduled.at[event].span.end > at ? r->scheduled.at[event].span.end : at;
		}
		check_paragraphs(c, (struct span){at, end > at ? end : at});
	}
}

void check_text(struct checking *c) {
	const struct record *r = c->record;
	check_strays(c);
	check_encoding(c);
	for (uint32_t i = 0; i < r->articles.count; i++)
		check_passages(c, &r->articles.at[i]);
	for (uint32_t i = 0; i < r->notes.count; i++)
		check_quotes(c, r->notes.at[i].text);
	for (uint32_t i = 0; i < r->scheduled.count; i++)
		check_quotes(c, r->scheduled.at[i].span);
	check_remarks(c);
}
