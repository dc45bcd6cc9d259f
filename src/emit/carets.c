/* Diagnostics for people: place and message in GCC's form, the source line, a caret and a range below it, the fix. */
#include "emit.h"
#include "plain.h"

#include "../base/utf8.h"

enum {
	SHOWN = 100, /* columns of a line that are shown; of a longer line, the part around the caret */
	BEFORE = 40, /* of them before the caret */
};

struct painter {
	struct buf *out;
	const struct record *record;
	bool colour;
};

static void paint(struct painter *p, const char *code) {
	if (p->colour)
		buf_format(p->out, "\033[%sm", code);
}

static const char *severity_colour(uint8_t severity) {
	return severity == SEVERITY_ERROR ? "1;31" : severity == SEVERITY_WARNING ? "1;35" : "1;36";
}

/* The byte of `s` where code point number `count` begins, or its end. */
static size_t skip(struct str s, size_t from, size_t count) {
	const char *at = s.at + from, *end = s.at + s.len;
	for (int len; count > 0 && at < end; count--, at += len)
		utf8_decode(at, end, &len);
	return (size_t)(at - s.at);
}

static void repeat(struct buf *out, char byte, int count) {
	for (int i = 0; i < count; i++)
		buf_byte(out, byte);
}

/* The line, or the part of it that is shown, with `^~~~` below code points [first, last). */
static void show_line(struct painter *p, struct str line, size_t first, size_t last, const char *colour) {
	size_t skipped = first > BEFORE && utf8_count(line) > SHOWN ? first - BEFORE : 0;
	size_t begin = skip(line, 0, skipped), end = skip(line, begin, SHOWN);
	size_t from = skip(line, begin, first - skipped), to = skip(line, from, last > first ? last - first : 1);
	if (to > end)
		to = end;
	if (to < from)
		to = from;

	buf_text(p->out, "  ");
	int before = begin > 0 ? 1 : 0, range = 0;
	if (begin > 0)
		buf_text(p->out, "…");
	before += plain_add(p->out, str_of(line.at + begin, from - begin));
	range += plain_add(p->out, str_of(line.at + from, to - from));
	plain_add(p->out, str_of(line.at + to, end - to));
	if (end < line.len)
		buf_text(p->out, "…");
	buf_text(p->out, "\n  ");
	repeat(p->out, ' ', before);
	paint(p, colour);
	buf_byte(p->out, '^');
	repeat(p->out, '~', range - 1);
	paint(p, "0");
	buf_byte(p->out, '\n');
}

static void show_place(struct painter *p, struct span span, const char *severity, const char *colour, struct str message,
	const char *code) {
	struct place from = source_place(p->record->source, span.begin);
	struct place to = source_place(p->record->source, span.end > span.begin ? span.end : span.begin);
	paint(p, "1");
	plain_add(p->out, p->record->source->name);
	buf_format(p->out, ":%u:%u: ", from.line, from.column);
	paint(p, colour);
	buf_format(p->out, "%s: ", severity);
	paint(p, "0");
	plain_add(p->out, message);
	if (code)
		buf_format(p->out, " [%s]", code);
	buf_byte(p->out, '\n');
	bool one_line = to.line == from.line;
	show_line(p, from.line_text, from.column - 1, one_line ? to.column - 1 : utf8_count(from.line_text), colour);
}

static void show_fix(struct painter *p, const struct diagnostic *d) {
	if (!d->fix_title.at)
		return;
	buf_text(p->out, "  ");
	paint(p, "1;32");
	buf_text(p->out, "fix: ");
	paint(p, "0");
	plain_add(p->out, d->fix_title);
	buf_byte(p->out, '\n');
}

void emit_carets(const struct record *record, const struct carets *how, struct buf *out) {
	struct painter p = {out, record, how->colour};
	for (uint32_t i = 0; i < record->diagnostics.count; i++) {
		const struct diagnostic *d = &record->diagnostics.at[i];
		show_place(&p, d->span, severity_name(d->severity), severity_colour(d->severity), d->message,
			diagnostic_kind(d->code)->code);
		for (uint32_t r = 0; r < d->related.count; r++)
			show_place(&p, d->related.at[r].span, "note", severity_colour(SEVERITY_NOTE), d->related.at[r].message, NULL);
		show_fix(&p, d);
	}
}
