/* From bytes to UTF-8: byte order marks, UTF-16, Windows-1252, declared charsets, stray bytes. */
#include "../base/utf8.h"
#include "reader.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>

/* ------------------------------------------------------------------ what cannot be text */

struct magic {
	const char *begins;
	const char *what, *hint;
};

static const struct magic magics[] = {
	{"%PDF-", "a PDF", "copy its text into a plain text file"},
	{"PK\x03\x04", "a ZIP archive or an office document", "save it as plain text or HTML"},
	{"\xD0\xCF\x11\xE0", "an old office document or an Outlook message", "save it as plain text, HTML or .eml"},
	{"{\\rtf", "an RTF document", "save it as plain text or HTML"},
	{"\x89PNG", "a picture", "daybook reads text"},
	{"\xFF\xD8\xFF", "a picture", "daybook reads text"},
	{"GIF8", "a picture", "daybook reads text"},
	{"\x1F\x8B", "compressed with gzip", "unpack it with gunzip"},
	{"BZh", "compressed with bzip2", "unpack it with bunzip2"},
	{"\xFD" "7zXZ", "compressed with xz", "unpack it with unxz"},
	{"\x28\xB5\x2F\xFD", "compressed with zstd", "unpack it with unzstd"},
	{"\x7F" "ELF", "a program", "daybook reads text"},
	{"SQLite format 3", "a database", "daybook reads text"},
};

/* Control characters that text has no use for, in at most the first 64 KB. */
static size_t count_controls(struct str bytes) {
	size_t count = 0;
	for (size_t i = 0; i < bytes.len; i++) {
		unsigned char c = (unsigned char)bytes.at[i];
		count += (c < ' ' && (c < '\t' || c > '\r') && c != 0x1B) || c == 0x7F;
	}
	return count;
}

static bool is_utf16(struct str bytes, bool *big_endian);

int encoding_check_text(struct str bytes, struct str name, struct error *error) {
	int name_len = name.len < 512 ? (int)name.len : 512;
	for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
		if (!str_starts(bytes, str_from(magics[i].begins)))
			continue;
		error_set(error, "'%.*s' is not text: it is %s", name_len, name.at, magics[i].what);
		return error_hint(error, "%s", magics[i].hint);
	}
	bool big_endian;
	if (is_utf16(bytes, &big_endian))
		return 0;
	struct str head = str_of(bytes.at, bytes.len < 65536 ? bytes.len : 65536);
	if (count_controls(head) * 20 <= head.len)
		return 0;
	error_set(error, "'%.*s' is not text: it is full of control characters", name_len, name.at);
	return error_hint(error, "save it as plain text in UTF-8");
}

/* ------------------------------------------------------------------ Windows-1252 */

static const uint16_t high[32] = {
	0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
	0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178};

uint32_t windows_1252(unsigned char byte) {
	return byte >= 0x80 && byte < 0xA0 ? high[byte - 0x80] : byte;
}

/* ------------------------------------------------------------------ UTF-8 under construction */

struct decoding {
	struct arena *arena;
	struct decoded *out;
	struct buf text;
};

static uint32_t here(const struct decoding *d) {
	return (uint32_t)d->text.len;
}

/* Bytes that are the same in both. */
static void add_same(struct decoding *d, struct str bytes, size_t begin, size_t end) {
	if (begin == end)
		return;
	map_add(d->arena, &d->out->runs, here(d), (uint32_t)begin, true);
	buf_add(&d->text, str_of(bytes.at + begin, end - begin));
}

/* A code point that stood at `at`. */
static struct span add_code(struct decoding *d, uint32_t code, size_t at) {
	char utf8[4];
	uint32_t begin = here(d);
	map_add(d->arena, &d->out->runs, begin, (uint32_t)at, false);
	buf_add(&d->text, str_of(utf8, (size_t)utf8_encode(code, utf8)));
	return (struct span){begin, here(d)};
}

static void finish(struct decoding *d, struct str encoding) {
	d->out->text = arena_copy(d->arena, buf_str(&d->text));
	d->out->encoding = encoding;
	buf_release(&d->text);
}

/* The first byte at or behind `at` that is not ASCII. */
static size_t skip_ascii(struct str bytes, size_t at) {
	for (uint64_t word; at + 8 <= bytes.len; at += 8) {
		memcpy(&word, bytes.at + at, 8);
		if (word & 0x8080808080808080u)
			break;
	}
	while (at < bytes.len && !((unsigned char)bytes.at[at] & 0x80))
		at++;
	return at;
}

static void decode_1252(struct decoding *d, struct str bytes) {
	for (size_t at = 0; at < bytes.len; at++) {
		size_t next = skip_ascii(bytes, at);
		add_same(d, bytes, at, next);
		if ((at = next) < bytes.len)
			add_code(d, windows_1252((unsigned char)bytes.at[at]), at);
	}
	finish(d, STR("windows-1252"));
}

/* ------------------------------------------------------------------ UTF-16 */

static uint32_t unit(struct str bytes, size_t at, bool big_endian) {
	unsigned first = (unsigned char)bytes.at[at], second = (unsigned char)bytes.at[at + 1];
	return big_endian ? first << 8 | second : second << 8 | first;
}

static void decode_utf16(struct decoding *d, struct str bytes, bool big_endian) {
	size_t at = 0;
	while (at + 1 < bytes.len) {
		uint32_t code = unit(bytes, at, big_endian);
		size_t begin = at;
		at += 2;
		if (code >= 0xD800 && code < 0xDC00 && at + 1 < bytes.len) {
			uint32_t low = unit(bytes, at, big_endian);
			if (low >= 0xDC00 && low < 0xE000) {
				code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
				at += 2;
			}
		}
		add_code(d, code, begin);
	}
	if (at < bytes.len)
		add_code(d, 0xFFFD, at);
	finish(d, big_endian ? STR("utf-16be") : STR("utf-16le"));
}

/* A mark, or mostly zeros in one half of the units: Latin text in UTF-16. */
static bool is_utf16(struct str bytes, bool *big_endian) {
	if (bytes.len < 2)
		return false;
	if (str_starts(bytes, STR("\xFF\xFE")) || str_starts(bytes, STR("\xFE\xFF"))) {
		*big_endian = bytes.at[0] == '\xFE';
		return true;
	}
	size_t zeros[2] = {0, 0}, pairs = (bytes.len < 4096 ? bytes.len : 4096) / 2;
	for (size_t i = 0; i < pairs * 2; i++)
		zeros[i & 1] += bytes.at[i] == '\0';
	*big_endian = zeros[0] > zeros[1];
	size_t many = zeros[*big_endian ? 0 : 1], few = zeros[*big_endian ? 1 : 0];
	return pairs >= 2 && many * 10 >= pairs * 6 && few * 20 <= pairs;
}

/* ------------------------------------------------------------------ UTF-8 with bad bytes */

struct tally {
	size_t good, bad; /* multi-byte characters, bad bytes */
	size_t tail;      /* where a character cut off by the end begins, or the length */
};

/* Whether [at, end) is the beginning of a well-formed character. */
static bool is_cut_off(struct str bytes, size_t at) {
	unsigned char head = (unsigned char)bytes.at[at];
	size_t have = bytes.len - at, need = head >= 0xF0 ? 4 : head >= 0xE0 ? 3 : 2;
	if (head < 0xC2 || head > 0xF4 || have >= need)
		return false;
	char whole[4] = {bytes.at[at], '\x80', '\x80', '\x80'};
	if (head == 0xE0 || head == 0xF0)
		whole[1] = head == 0xE0 ? '\xA0' : '\x90';
	memcpy(whole, bytes.at + at, have);
	return utf8_valid(str_of(whole, need), NULL);
}

static struct tally count_bytes(struct str bytes) {
	struct tally tally = {0, 0, bytes.len};
	for (size_t at = skip_ascii(bytes, 0); at < bytes.len; at = skip_ascii(bytes, at)) {
		int length;
		utf8_decode(bytes.at + at, bytes.at + bytes.len, &length);
		if (length == 1 && is_cut_off(bytes, at)) {
			tally.tail = at;
			break;
		}
		if (length > 1)
			tally.good++;
		else
			tally.bad++;
		at += (size_t)length;
	}
	return tally;
}

static void add_suspect(struct decoding *d, struct span span, struct str reason, struct str repair) {
	*array_push(d->arena, &d->out->suspects) = (struct source_suspect){span, reason, repair};
}

/* A bad byte amid UTF-8 is taken for Windows-1252: pasted from an older file. */
static void add_stray(struct decoding *d, unsigned char byte, size_t at) {
	uint32_t code = windows_1252(byte);
	bool hole = code >= 0x80 && code < 0xA0;
	struct span span = add_code(d, hole ? 0xFFFD : code, at);
	if (hole)
		return; /* damage.c will find the U+FFFD */
	struct str shown = str_of(d->text.at + span.begin, span.end - span.begin);
	if (d->out->suspects.count < SUSPECTS_LIMIT)
		add_suspect(d, span, arena_format(d->arena, "byte 0x%02X is not UTF-8; read as Windows-1252: %.*s", byte,
			(int)shown.len, shown.at), arena_copy(d->arena, shown));
}

static void decode_damaged(struct decoding *d, struct str bytes, size_t tail) {
	size_t same = 0, at = 0;
	for (at = skip_ascii(bytes, 0); at < tail; at = skip_ascii(bytes, at)) {
		int length;
		utf8_decode(bytes.at + at, bytes.at + bytes.len, &length);
		if (length == 1) {
			add_same(d, bytes, same, at);
			add_stray(d, (unsigned char)bytes.at[at], at);
			same = at + 1;
		}
		at += (size_t)length;
	}
	add_same(d, bytes, same, tail);
	if (tail < bytes.len)
		add_suspect(d, add_code(d, 0xFFFD, tail), STR("the text ends inside a character: it was cut off"), STR_NULL);
	finish(d, STR("utf-8"));
}

/* Without a name for it: UTF-8 with some damage, or Windows-1252. */
static void decode_unknown(struct decoding *d, struct str bytes) {
	struct tally tally = count_bytes(bytes);
	/* "caf\xE9" at the end is Windows-1252; "\xE2\x80" or any other good character before tells of UTF-8. */
	bool cut_off = tally.bad == 0 && (tally.good > 0 || bytes.len - tally.tail > 1);
	if (cut_off || (tally.good > 0 && tally.good >= tally.bad))
		decode_damaged(d, bytes, tally.tail);
	else
		decode_1252(d, bytes);
}

/* ------------------------------------------------------------------ declared charsets */

static bool named(struct str charset, const char *const *names) {
	for (; *names; names++)
		if (str_equal_nocase(charset, str_from(*names)))
			return true;
	return false;
}

/* Names that say no more than the bytes do: people write them for UTF-8 and Windows-1252 alike. */
static const char *const usual_names[] = {"utf-8", "utf8", "unicode-1-1-utf-8", "utf-16", "utf-16le", "utf-16be",
	"x-user-defined", "windows-1252", "cp1252", "x-cp1252", "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1",
	"latin-1", "us-ascii", "ascii", "ansi_x3.4-1968", NULL};

/* One character at a time, so that each has its place; false where iconv does not know the charset. */
static bool decode_iconv(struct decoding *d, struct str bytes, struct str charset) {
	char name[64];
	if (charset.len >= sizeof name)
		return false;
	snprintf(name, sizeof name, "%.*s", (int)charset.len, charset.at);
	iconv_t conversion = iconv_open("UTF-8", name);
	if (conversion == (iconv_t)-1)
		return false;
	for (size_t at = 0; at < bytes.len;) {
		bool done = false;
		for (size_t take = 1; take <= 8 && at + take <= bytes.len && !done; take++) {
			char *in = (char *)(uintptr_t)bytes.at + at, utf8[16], *out = utf8;
			size_t in_left = take, out_left = sizeof utf8;
			size_t result = iconv(conversion, &in, &in_left, &out, &out_left);
			if (result == (size_t)-1 && errno == EINVAL && in_left == take)
				continue; /* the beginning of a character */
			if (result == (size_t)-1 && errno != EINVAL)
				break;
			if (!utf8_valid(str_of(utf8, (size_t)(out - utf8)), NULL))
				break; /* iconv also makes code points beyond Unicode's */
			map_add(d->arena, &d->out->runs, here(d), (uint32_t)at, take == 1 && out - utf8 == 1);
			buf_add(&d->text, str_of(utf8, (size_t)(out - utf8)));
			at += take - in_left;
			done = true;
		}
		if (!done) {
			iconv(conversion, NULL, NULL, NULL, NULL);
			add_code(d, 0xFFFD, at++);
		}
	}
	iconv_close(conversion);
	finish(d, arena_copy(d->arena, charset));
	return true;
}

void encoding_decode(struct arena *arena, struct decoded *out, struct str bytes, struct str declared) {
	*out = (struct decoded){.text = bytes, .encoding = STR("utf-8")};
	struct decoding d = {.arena = arena, .out = out};
	bool big_endian, marked = str_starts(bytes, STR("\xEF\xBB\xBF"));
	if (!marked && is_utf16(bytes, &big_endian)) {
		decode_utf16(&d, bytes, big_endian);
		return;
	}
	bool other = declared.len && !named(declared, usual_names);
	/* ISO-2022 is made of ASCII bytes: only its name tells. */
	bool escaped = other && bytes.len && memchr(bytes.at, 0x1B, bytes.len);
	bool valid = utf8_valid(bytes, NULL);
	if (!marked && other && (escaped || !valid) && decode_iconv(&d, bytes, declared))
		return;
	if (!valid)
		decode_unknown(&d, bytes);
}
