#include "utf8.h"

/* The two-, three- or four-byte sequence at `at`, checked against RFC 3629 §4. */
static uint32_t decode_long(const unsigned char *at, size_t left, int *length) {
	uint32_t code = 0xFFFD;
	*length = 1;
	if (at[0] >= 0xC2 && at[0] <= 0xDF) {
		if (left >= 2 && (at[1] & 0xC0) == 0x80) {
			*length = 2;
			code = (uint32_t)(at[0] & 0x1F) << 6 | (at[1] & 0x3F);
		}
	} else if (at[0] >= 0xE0 && at[0] <= 0xEF) {
		if (left < 3 || (at[1] & 0xC0) != 0x80 || (at[2] & 0xC0) != 0x80)
			return code;
		uint32_t value = (uint32_t)(at[0] & 0x0F) << 12 | (uint32_t)(at[1] & 0x3F) << 6 | (at[2] & 0x3F);
		if (value >= 0x800 && (value < 0xD800 || value > 0xDFFF)) {
			*length = 3;
			code = value;
		}
	} else if (at[0] >= 0xF0 && at[0] <= 0xF4) {
		if (left < 4 || (at[1] & 0xC0) != 0x80 || (at[2] & 0xC0) != 0x80 || (at[3] & 0xC0) != 0x80)
			return code;
		uint32_t value = (uint32_t)(at[0] & 0x07) << 18 | (uint32_t)(at[1] & 0x3F) << 12 |
			(uint32_t)(at[2] & 0x3F) << 6 | (at[3] & 0x3F);
		if (value >= 0x10000 && value <= 0x10FFFF) {
			*length = 4;
			code = value;
		}
	}
	return code;
}

uint32_t utf8_decode(const char *at, const char *end, int *length) {
	const unsigned char *byte = (const unsigned char *)at;
	*length = 1;
	if (byte[0] < 0x80)
		return byte[0];
	return decode_long(byte, (size_t)(end - at), length);
}

int utf8_encode(uint32_t code, char out[4]) {
	if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
		code = 0xFFFD;
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	int length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	static const unsigned char head[] = {0, 0, 0xC0, 0xE0, 0xF0};
	for (int i = length - 1; i > 0; i--, code >>= 6)
		out[i] = (char)(0x80 | (code & 0x3F));
	out[0] = (char)(head[length] | code);
	return length;
}

/* Bytes of ASCII from `at` on, in whole blocks of 32: the compiler turns the loop into vectors. */
static const char *skip_ascii(const char *at, const char *end) {
	while (end - at >= 32) {
		uint64_t w[4];
		memcpy(w, at, sizeof w);
		if ((w[0] | w[1] | w[2] | w[3]) & 0x8080808080808080u)
			break;
		at += 32;
	}
	return at;
}

bool utf8_valid(struct str s, size_t *bad) {
	const char *at = s.at, *end = s.at + s.len;
	while (at < end) {
		if (!((unsigned char)*at & 0x80)) {
			const char *next = skip_ascii(at, end);
			at = next > at ? next : at + 1;
			continue;
		}
		int length;
		decode_long((const unsigned char *)at, (size_t)(end - at), &length);
		if (length == 1) {
			if (bad)
				*bad = (size_t)(at - s.at);
			return false;
		}
		at += length;
	}
	return true;
}

size_t utf8_count(struct str s) {
	size_t count = 0;
	const char *at = s.at, *end = s.at + s.len;
	while (at < end) {
		uint64_t eight;
		int length;
		while (end - at >= 8 && (memcpy(&eight, at, 8), !(eight & 0x8080808080808080u))) {
			at += 8;
			count += 8;
		}
		if (at >= end)
			break;
		utf8_decode(at, end, &length);
		at += length;
		count++;
	}
	return count;
}

size_t utf8_count_utf16(struct str s) {
	size_t count = 0;
	for (const char *at = s.at, *end = s.at + s.len; at < end;) {
		int length;
		count += utf8_decode(at, end, &length) >= 0x10000 ? 2 : 1;
		at += length;
	}
	return count;
}

bool utf8_is_space(uint32_t code) {
	if (code < 0x80)
		return code == ' ' || (code >= '\t' && code <= '\r');
	if (code < 0x2000)
		return code == 0x85 || code == 0xA0 || code == 0x1680 || code == 0x180E;
	return code <= 0x200B || code == 0x200E || code == 0x200F ||       /* spaces, zero-width space, direction marks */
		(code >= 0x2028 && code <= 0x202F) ||                          /* line ends, embeddings, narrow NBSP */
		code == 0x205F || code == 0x2060 || (code >= 0x2066 && code <= 0x2069) || /* word joiner, isolates */
		code == 0x3000 || code == 0xFEFF;
}
