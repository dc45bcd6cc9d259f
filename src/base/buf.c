#include "buf.h"

#include "memory.h"
#include "utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void buf_release(struct buf *buf) {
	free(buf->at);
	*buf = (struct buf){0};
}

void buf_clear(struct buf *buf) {
	buf->len = 0;
}

char *buf_reserve(struct buf *buf, size_t more) {
	if (buf->room - buf->len < more) {
		size_t room = buf->room ? buf->room * 2 : 256;
		if (room < buf->len + more)
			room = buf->len + more;
		buf->at = memory_grow(buf->at, room);
		buf->room = room;
	}
	return buf->at + buf->len;
}

void buf_add(struct buf *buf, struct str s) {
	if (s.len == 0)
		return;
	memcpy(buf_reserve(buf, s.len), s.at, s.len);
	buf->len += s.len;
}

void buf_text(struct buf *buf, const char *text) {
	buf_add(buf, str_from(text));
}

void buf_byte(struct buf *buf, char byte) {
	*buf_reserve(buf, 1) = byte;
	buf->len++;
}

void buf_format(struct buf *buf, const char *format, ...) {
	va_list arguments, again;
	va_start(arguments, format);
	va_copy(again, arguments);
	char *at = buf_reserve(buf, 64);
	int len = vsnprintf(at, buf->room - buf->len, format, arguments);
	va_end(arguments);
	if (len > 0 && (size_t)len >= buf->room - buf->len) {
		at = buf_reserve(buf, (size_t)len + 1);
		vsnprintf(at, (size_t)len + 1, format, again);
	}
	va_end(again);
	if (len > 0)
		buf->len += (size_t)len;
}

void buf_number(struct buf *buf, int64_t number) {
	char digits[20];
	size_t at = sizeof digits;
	uint64_t left = number < 0 ? -(uint64_t)number : (uint64_t)number;
	do
		digits[--at] = (char)('0' + left % 10);
	while (left /= 10);
	if (number < 0)
		buf_byte(buf, '-');
	buf_add(buf, str_of(digits + at, sizeof digits - at));
}

struct str buf_str(const struct buf *buf) {
	return str_of(buf->at ? buf->at : "", buf->len);
}

/* What stands for `code` in an escaped form (it may be put in `scratch`); null: itself. */
typedef struct str escape_function(uint32_t code, char scratch[16]);

/* Adds `s` with what `escape` puts for its code points; bad bytes become U+FFFD. */
static void add_escaped(struct buf *buf, struct str s, escape_function *escape) {
	const char *at = s.at, *end = s.at + s.len, *run = at;
	buf_reserve(buf, s.len);
	while (at < end) {
		unsigned char byte = (unsigned char)*at;
		if ((byte >= '@' && byte < 0x7F && byte != '\\') || byte == ' ') {
			at++; /* nothing escapes these */
			continue;
		}
		int length;
		uint32_t code = utf8_decode(at, end, &length);
		char scratch[16];
		struct str put = code == 0xFFFD && length == 1 ? STR("\xEF\xBF\xBD") : escape(code, scratch);
		if (put.at) {
			buf_add(buf, str_of(run, (size_t)(at - run)));
			buf_add(buf, put);
			run = at + length;
		}
		at += length;
	}
	buf_add(buf, str_of(run, (size_t)(at - run)));
}

static struct str escape_markup(uint32_t code, char scratch[16]) {
	(void)scratch;
	switch (code) {
	case '&': return STR("&amp;");
	case '<': return STR("&lt;");
	case '>': return STR("&gt;");
	case '"': return STR("&quot;");
	case '\'': return STR("&#39;");
	case '\t': case '\n': case '\r': return STR_NULL;
	default: break;
	}
	/* HTML also has no use for DEL, the C1 controls and noncharacters. */
	bool left_out = code < 0x20 || (code >= 0x7F && code < 0xA0) || (code & 0xFFFE) == 0xFFFE ||
		(code >= 0xFDD0 && code <= 0xFDEF);
	return left_out ? STR("") : STR_NULL;
}

void buf_markup(struct buf *buf, struct str s) {
	add_escaped(buf, s, escape_markup);
}

static struct str escape_json(uint32_t code, char scratch[16]) {
	switch (code) {
	case '"': return STR("\\\"");
	case '\\': return STR("\\\\");
	case '\b': return STR("\\b");
	case '\f': return STR("\\f");
	case '\n': return STR("\\n");
	case '\r': return STR("\\r");
	case '\t': return STR("\\t");
	default: break;
	}
	if (code >= 0x20)
		return STR_NULL;
	return str_of(scratch, (size_t)snprintf(scratch, 16, "\\u%04x", (unsigned)code));
}

static struct str escape_script(uint32_t code, char scratch[16]) {
	if (code == '<' || code == '>' || code == '&' || code == 0x2028 || code == 0x2029)
		return str_of(scratch, (size_t)snprintf(scratch, 16, "\\u%04x", (unsigned)code));
	return escape_json(code, scratch);
}

static void add_json(struct buf *buf, struct str s, escape_function *escape) {
	if (!s.at) {
		buf_text(buf, "null");
		return;
	}
	buf_byte(buf, '"');
	add_escaped(buf, s, escape);
	buf_byte(buf, '"');
}

void buf_json(struct buf *buf, struct str s) {
	add_json(buf, s, escape_json);
}

void buf_json_script(struct buf *buf, struct str s) {
	add_json(buf, s, escape_script);
}

static bool unreserved(char c) {
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		c == '-' || c == '.' || c == '_' || c == '~';
}

void buf_percent(struct buf *buf, struct str s) {
	static const char digits[] = "0123456789ABCDEF";
	for (size_t i = 0; i < s.len; i++) {
		unsigned char byte = (unsigned char)s.at[i];
		if (unreserved(s.at[i]))
			buf_byte(buf, s.at[i]);
		else
			buf_add(buf, str_of((char[]){'%', digits[byte >> 4], digits[byte & 15]}, 3));
	}
}
