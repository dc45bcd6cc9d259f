#include "plain.h"

#include "../base/utf8.h"

/* Columns that a terminal gives to a character: wide ones of East Asia and pictures take two, marks that combine and
 * invisible ones none (the ranges of UAX #11 that matter for prose). */
static int columns(uint32_t code) {
	bool none = (code >= 0x300 && code <= 0x36F) || (code >= 0x200B && code <= 0x200F) || code == 0xFEFF || code == 0xAD;
	bool wide = (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF && code != 0x303F) ||
		(code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF) || (code >= 0xFE30 && code <= 0xFE6F) ||
		(code >= 0xFF00 && code <= 0xFF60) || (code >= 0xFFE0 && code <= 0xFFE6) || (code >= 0x1F300 && code <= 0x1FAFF) ||
		(code >= 0x20000 && code <= 0x3FFFD);
	return none ? 0 : wide ? 2 : 1;
}

int plain_add(struct buf *out, struct str s) {
	int width = 0;
	for (const char *at = s.at, *end = s.at + s.len; at < end;) {
		int len;
		uint32_t code = utf8_decode(at, end, &len);
		bool control = (code < 0x20 && code != '\t') || (code >= 0x7F && code <= 0x9F) || (code >= 0x202A && code <= 0x202E) ||
			(code >= 0x2066 && code <= 0x2069);
		if (control || code == 0xFFFD)
			buf_text(out, "\xEF\xBF\xBD");
		else if (code == '\t')
			buf_byte(out, ' ');
		else
			buf_add(out, str_of(at, (size_t)len));
		width += control || code == '\t' ? 1 : columns(code);
		at += len;
	}
	return width;
}

void plain_words(struct buf *out, struct str s) {
	s = str_trim(s);
	for (size_t at = 0, end; at < s.len; at = end) {
		if (at)
			buf_byte(out, ' ');
		while (at < s.len && strchr(" \t\n\r\f", s.at[at]) && s.at[at])
			at++;
		end = at;
		while (end < s.len && !(strchr(" \t\n\r\f", s.at[end]) && s.at[end]))
			end++;
		plain_add(out, str_of(s.at + at, end - at));
	}
}
