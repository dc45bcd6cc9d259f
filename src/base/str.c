#include "str.h"

#include "utf8.h"

static unsigned char lower(char c) {
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

bool str_equal_nocase(struct str a, struct str b) {
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (lower(a.at[i]) != lower(b.at[i]))
			return false;
	return true;
}

bool str_starts(struct str s, struct str part) {
	return s.len >= part.len && str_equal(str_of(s.at, part.len), part);
}

bool str_ends(struct str s, struct str part) {
	return s.len >= part.len && str_equal(str_of(s.at + (s.len - part.len), part.len), part);
}

size_t str_find(struct str s, struct str part, size_t from) {
	if (from > s.len || part.len > s.len - from)
		return SIZE_MAX;
	if (part.len == 0)
		return from;
	const char *found = memmem(s.at + from, s.len - from, part.at, part.len);
	return found ? (size_t)(found - s.at) : SIZE_MAX;
}

/* How many bytes of white space s begins with. */
static size_t leading_space(struct str s) {
	const char *at = s.at, *end = s.at + s.len;
	while (at < end) {
		int length;
		if (!utf8_is_space(utf8_decode(at, end, &length)))
			break;
		at += length;
	}
	return (size_t)(at - s.at);
}

/* How many bytes of `s` are left without the white space at its end. */
static size_t without_trailing_space(struct str s) {
	size_t end = s.len;
	while (end > 0) {
		size_t begin = end - 1;
		while (begin > 0 && end - begin < 4 && ((unsigned char)s.at[begin] & 0xC0) == 0x80)
			begin--;
		int length;
		uint32_t code = utf8_decode(s.at + begin, s.at + end, &length);
		if ((size_t)length != end - begin || !utf8_is_space(code))
			break;
		end = begin;
	}
	return end;
}

struct str str_trim(struct str s) {
	if (s.len == 0)
		return s;
	s.len = without_trailing_space(s);
	size_t begin = leading_space(s);
	return str_of(s.at + begin, s.len - begin);
}

struct span span_trim(struct str text, struct span span) {
	if (span_empty(span))
		return span;
	struct str inner = str_trim(str_at(text, span));
	uint32_t begin = (uint32_t)(inner.at - text.at);
	return (struct span){begin, begin + (uint32_t)inner.len};
}
