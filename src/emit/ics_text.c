#include "ics_text.h"

#define FOLD 75

void ics_begin(struct ics_line *line, const char *head) {
	buf_clear(&line->text);
	buf_text(&line->text, head);
}

void ics_raw(struct ics_line *line, struct str s) {
	buf_add(&line->text, s);
}

void ics_escape(struct ics_line *line, struct str s) {
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.at[i];
		if (c == '\\' || c == ';' || c == ',') {
			buf_byte(&line->text, '\\');
			buf_byte(&line->text, (char)c);
		} else if (c == '\n') {
			buf_text(&line->text, "\\n");
		} else if (c == '\t') {
			buf_byte(&line->text, ' ');
		} else if (c >= 0x20 && c != 0x7F) {
			buf_byte(&line->text, (char)c);
		}
	}
}

/* Where a piece of at most `room` octets from `at` may end: not before a continuation byte of UTF-8, and
 * not between a backslash and its letter. */
static size_t fold_end(struct str s, size_t at, size_t room) {
	if (s.len - at <= room)
		return s.len;
	size_t end = at + room;
	while (end > at && ((unsigned char)s.at[end] & 0xC0) == 0x80)
		end--;
	size_t slashes = 0;
	while (end - slashes > at && s.at[end - slashes - 1] == '\\')
		slashes++;
	return slashes % 2 ? end - 1 : end;
}

void ics_end(struct ics_line *line, struct buf *out) {
	struct str s = buf_str(&line->text);
	size_t at = fold_end(s, 0, FOLD);
	buf_add(out, str_of(s.at, at));
	while (at < s.len) {
		size_t end = fold_end(s, at, FOLD - 1);
		if (end == at) /* only for bytes that are not UTF-8 */
			end = at + FOLD - 1 < s.len ? at + FOLD - 1 : s.len;
		buf_text(out, "\r\n ");
		buf_add(out, str_of(s.at + at, end - at));
		at = end;
	}
	buf_text(out, "\r\n");
}

void ics_property(struct buf *out, struct ics_line *line, const char *head, struct str value) {
	if (!value.at || value.len == 0)
		return;
	ics_begin(line, head);
	ics_escape(line, value);
	ics_end(line, out);
}

void ics_plain(struct buf *out, struct ics_line *line, const char *head, struct str value) {
	ics_begin(line, head);
	ics_raw(line, value);
	ics_end(line, out);
}

void ics_refold(struct buf *out, struct ics_line *line, struct str folded) {
	buf_clear(&line->text);
	for (size_t i = 0; i < folded.len; i++) {
		if (folded.at[i] == '\r')
			continue;
		if (folded.at[i] != '\n') {
			buf_byte(&line->text, folded.at[i]);
		} else if (i + 1 < folded.len && (folded.at[i + 1] == ' ' || folded.at[i + 1] == '\t')) {
			i++;
		} else {
			ics_end(line, out);
			buf_clear(&line->text);
		}
	}
	if (line->text.len)
		ics_end(line, out);
}
