/* TimeML 1.2.1 with TempEval-3's elements around the text: who strips the tags from <TEXT> has the source's text again,
 * byte for byte. What XML 1.0 cannot hold is replaced by as many bytes (control characters by spaces, U+FFFE and U+FFFF
 * by U+FFFD), so that spans stay true. TIMEX3 do not nest: where times overlap, the longest is written. */
#include "anchors.h"
#include "emit.h"

#include <stdlib.h>

struct writer {
	const struct record *record;
	struct buf *out;
	bool *written; /* for each time: whether it has a tag */
};

/* ------------------------------------------------------------------ text */

/* What stands for the character at `at`, and its length; a null str where it stands for itself. */
static struct str replaced(struct str s, size_t at, size_t *length) {
	unsigned char byte = (unsigned char)s.at[at];
	*length = 1;
	switch (byte) {
	case '&': return STR("&amp;");
	case '<': return STR("&lt;");
	case '>': return STR("&gt;");
	case '\r': return STR("&#13;"); /* XML's readers make a LF of it */
	case '\t': case '\n': return STR_NULL;
	case 0xEF: break;
	default: return byte < ' ' ? STR(" ") : STR_NULL;
	}
	*length = 3;
	bool forbidden = at + 2 < s.len && (unsigned char)s.at[at + 1] == 0xBF && (unsigned char)s.at[at + 2] >= 0xBE;
	return forbidden ? STR("\xEF\xBF\xBD") : STR_NULL;
}

static void put_text(struct buf *out, struct str s) {
	size_t begin = 0, length;
	for (size_t at = 0; at < s.len; at++) {
		struct str other = replaced(s, at, &length);
		if (!other.at)
			continue;
		buf_add(out, str_of(s.at + begin, at - begin));
		buf_add(out, other);
		begin = at + length;
		at = begin - 1;
	}
	buf_add(out, str_of(s.at + begin, s.len - begin));
}

/* ------------------------------------------------------------------ times */

static void put_attribute(struct buf *out, const char *name, struct str value) {
	if (!value.at)
		return;
	buf_format(out, " %s=\"", name);
	buf_markup(out, value);
	buf_byte(out, '"');
}

/* A reference to a time's tag, or to t0, the document's date. */
static void put_reference(struct writer *w, const char *name, uint32_t time) {
	buf_format(w->out, " %s=\"t%u\"", name, time == NONE ? 0 : (unsigned)time + 1);
}

/* Whether the document's date is what the anchor says. */
static bool is_document_date(const struct record *record, struct civil date) {
	struct civil own = record->issue.date;
	return civil_has_date(date) && date.year == own.year && date.month == own.month && date.day == own.day;
}

/* The anchor, if it has a tag, and whether a stretch of time begins or ends with it. */
static void put_anchor(struct writer *w, const struct timex *t, struct anchor anchor) {
	bool stated = anchor.time != NONE && w->written[anchor.time];
	if (!stated && !is_document_date(w->record, anchor.date))
		return;
	uint32_t time = stated ? anchor.time : NONE;
	struct civil date = anchor.kind == ANCHOR_TIME ? w->record->times.at[anchor.time].when : anchor.date;
	put_reference(w, "anchorTimeID", time);
	if (anchor_begins(t, date))
		put_reference(w, "beginPoint", time);
	if (anchor_ends(t, date))
		put_reference(w, "endPoint", time);
}

static void put_time(struct writer *w, uint32_t index) {
	const struct timex *t = &w->record->times.at[index];
	struct anchor anchor = anchor_of(w->record, index);
	buf_format(w->out, "<TIMEX3 tid=\"t%u\" type=\"%s\"", (unsigned)index + 1, timex_type_name(t->type));
	put_attribute(w->out, "value", t->value.at ? t->value : STR(""));
	put_attribute(w->out, "mod", t->mod);
	if (t->type == TIMEX_SET) {
		put_attribute(w->out, "quant", t->quant);
		put_attribute(w->out, "freq", t->freq);
	}
	buf_format(w->out, " temporalFunction=\"%s\" functionInDocument=\"NONE\"", anchor.kind == ANCHOR_NONE ? "false" : "true");
	put_anchor(w, t, anchor);
	buf_byte(w->out, '>');
	put_text(w->out, str_at(w->record->source->text, t->span));
	buf_text(w->out, "</TIMEX3>");
}

static uint32_t span_length(struct span span) {
	return span.end - span.begin;
}

/* Chooses the times that get a tag: none overlaps another, and of two that would, the longer stays. */
static void choose(struct writer *w) {
	const struct record *r = w->record;
	uint32_t last = NONE;
	for (uint32_t i = 0; i < r->times.count; i++) {
		struct span span = r->times.at[i].span;
		if (span_empty(span))
			continue;
		bool overlaps = last != NONE && span.begin < r->times.at[last].span.end;
		if (overlaps && span_length(span) <= span_length(r->times.at[last].span))
			continue;
		if (overlaps)
			w->written[last] = false;
		w->written[i] = true;
		last = i;
	}
}

/* ------------------------------------------------------------------ the document */

/* A path's last part without its ending, as corpora call their documents. */
static struct str document_name(struct str name) {
	for (size_t at = name.len; at > 0; at--)
		if (name.at[at - 1] == '/') {
			name = str_of(name.at + at, name.len - at);
			break;
		}
	for (size_t at = name.len; at > 1; at--)
		if (name.at[at - 1] == '.')
			return str_of(name.at, at - 1);
	return name;
}

static void put_head(struct writer *w) {
	const struct record *r = w->record;
	char date[CIVIL_TEXT] = "XXXX-XX-XX";
	struct civil issue = civil_date(r->issue.date);
	if (civil_has_date(issue))
		date[civil_format(issue, date)] = '\0';
	buf_text(w->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeML xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
		"xsi:noNamespaceSchemaLocation=\"http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd\">\n<DOCID>");
	buf_markup(w->out, document_name(r->source->name));
	buf_format(w->out, "</DOCID>\n<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"%s\" temporalFunction=\"false\" "
		"functionInDocument=\"CREATION_TIME\">%s</TIMEX3></DCT>\n", date, date);
	if (r->source->title.at) {
		buf_text(w->out, "<TITLE>");
		buf_markup(w->out, r->source->title);
		buf_text(w->out, "</TITLE>\n");
	}
}

void emit_timeml(const struct record *record, struct buf *out) {
	struct writer w = {record, out, memory_get(record->times.count + 1)};
	memset(w.written, 0, record->times.count + 1);
	choose(&w);
	put_head(&w);
	buf_text(out, "<TEXT>");
	uint32_t at = 0;
	for (uint32_t i = 0; i < record->times.count; i++) {
		if (!w.written[i])
			continue;
		struct span span = record->times.at[i].span;
		put_text(out, str_at(record->source->text, (struct span){at, span.begin}));
		put_time(&w, i);
		at = span.end;
	}
	put_text(out, str_at(record->source->text, (struct span){at, (uint32_t)record->source->text.len}));
	buf_text(out, "</TEXT>\n</TimeML>\n");
	free(w.written);
}
