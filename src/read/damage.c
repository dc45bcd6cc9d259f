/* Text that a wrong encoding has passed through. Mojibake is UTF-8 that was read as Windows-1252 (or
 * Mac Roman) and written as UTF-8 again: "don’t" becomes "donâ€™t". Its characters, put back into the
 * bytes of that encoding, are well-formed UTF-8, which real text almost never is. */
#include "../base/utf8.h"
#include "reader.h"

enum { ROUNDS = 3 };

/* The byte of Windows-1252 for a code point, or -1. */
static int byte_of(uint32_t code) {
	if (code < 0x80 || (code >= 0xA0 && code <= 0xFF))
		return (int)code;
	for (int byte = 0x80; byte < 0xA0; byte++)
		if (code == windows_1252((unsigned char)byte) || code == (uint32_t)byte)
			return byte;
	return -1;
}

/* The character whose UTF-8 the characters at `at` spell in Windows-1252; 0 if none. *taken is how many
 * bytes of text it takes. */
static uint32_t spelled(const char *at, const char *end, size_t *taken) {
	char bytes[4];
	int need = 0, length;
	const char *from = at;
	for (int i = 0; at < end; i++) {
		int byte = byte_of(utf8_decode(at, end, &length));
		if (byte < 0x80)
			return 0;
		if (i == 0)
			need = byte < 0xC2 || byte > 0xF4 ? 0 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
		if (need == 0)
			return 0;
		bytes[i] = (char)byte;
		at += length;
		if (i + 1 == need) {
			uint32_t code = utf8_decode(bytes, bytes + need, &length);
			*taken = (size_t)(at - from);
			return length == need ? code : 0;
		}
	}
	return 0;
}

static bool is_small_letter(struct str text, size_t at) {
	return at < text.len && text.at[at] >= 'a' && text.at[at] <= 'z';
}

/* Whether the characters at `begin` cannot be meant as they are: `É”` closes a quotation in capitals and
 * `Ä“` a German one, but nobody writes `cafÃ©`. `code` is what they spell. */
static bool is_certain(struct str text, size_t begin, size_t taken, uint32_t code) {
	if (code >= 0x800)
		return true;
	bool after_small = begin > 0 && is_small_letter(text, begin - 1);
	bool small = after_small || is_small_letter(text, begin + taken);
	if (code < 0x100) {
		bool circumflex = (unsigned char)text.at[begin + 1] == 0x82; /* Â, as in "Â°" */
		return circumflex || small || code >= 0xE0;
	}
	if (code < 0x180)
		return small;
	/* Greek and Cyrillic come in words. */
	size_t next, end = begin + taken;
	uint32_t following = spelled(text.at + end, text.at + text.len, &next);
	return code >= 0x370 && code < 0x530 && following >= 0x370 && following < 0x530;
}

/* Puts back a run of such characters from `begin` on into `out`; gives its end, or begin if there is none. */
static size_t put_back(struct str text, size_t begin, struct buf *out) {
	size_t at = begin, taken;
	while (at < text.len) {
		uint32_t code = spelled(text.at + at, text.at + text.len, &taken);
		if (code == 0 || (at == begin && !is_certain(text, at, taken, code)))
			break;
		char utf8[4];
		buf_add(out, str_of(utf8, (size_t)utf8_encode(code, utf8)));
		at += taken;
	}
	return at;
}

static void add_suspect(struct source *source, size_t begin, size_t end, struct str reason, struct str repair) {
	*array_push(&source->arena, &source->suspects) =
		(struct source_suspect){{(uint32_t)begin, (uint32_t)end}, reason, repair};
}

/* Mojibake at `at`: its end, or `at`. What comes out is looked at again, for text damaged twice. */
static size_t find_mojibake(struct source *source, size_t at) {
	struct buf now = {0}, next = {0};
	size_t end = put_back(source->text, at, &now);
	for (int round = 1; round < ROUNDS && end > at; round++) {
		buf_clear(&next);
		size_t stop = put_back(buf_str(&now), 0, &next);
		if (stop == 0)
			break;
		buf_add(&next, str_of(now.at + stop, now.len - stop));
		struct buf swap = now;
		now = next;
		next = swap;
	}
	if (end > at) {
		struct str repair = arena_copy(&source->arena, buf_str(&now));
		int shown = end - at < 48 ? (int)(end - at) : 48;
		while (shown && shown < (int)(end - at) && (source->text.at[at + (size_t)shown] & 0xC0) == 0x80)
			shown--;
		add_suspect(source, at, end, arena_format(&source->arena,
			"“%.*s” looks like UTF-8 read as Windows-1252: %.*s", shown, source->text.at + at, repair.len < 48 ? (int)repair.len : 48, repair.at), repair);
	}
	buf_release(&now);
	buf_release(&next);
	return end;
}

/* The punctuation that UTF-8 read as Mac Roman makes of curly quotes and dashes. */
static size_t find_mac_roman(struct source *source, size_t at) {
	static const struct { const char *damaged, *meant; } table[] = {
		{"‚Äô", "’"}, {"‚Äò", "‘"}, {"‚Äú", "“"}, {"‚Äù", "”"}, 
		{"‚Äì", "–"}, {"‚Äî", "—"}, {"‚Ä¶", "…"}, {"¬†", "\xC2\xA0"}, {"√©", "é"}};
	struct str rest = str_of(source->text.at + at, source->text.len - at);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct str damaged = str_from(table[i].damaged);
		if (!str_starts(rest, damaged))
			continue;
		add_suspect(source, at, at + damaged.len, arena_format(&source->arena,
			"“%s” looks like UTF-8 read as Mac Roman: %s", table[i].damaged, table[i].meant), str_from(table[i].meant));
		return at + damaged.len;
	}
	return at;
}

/* The end of a run of the same character. */
static size_t run_end(struct str text, size_t at, struct str one) {
	while (str_starts(str_of(text.at + at, text.len - at), one))
		at += one.len;
	return at;
}

/* Looks at the character at `at`, which is not plain ASCII; gives where to go on. */
static size_t examine(struct source *source, size_t at) {
	struct str text = source->text;
	if (text.at[at] == '\0') {
		size_t end = run_end(text, at, str_of("", 1));
		add_suspect(source, at, end, STR("a NUL byte, which is not text"), STR(""));
		return end;
	}
	int length;
	uint32_t code = utf8_decode(text.at + at, text.at + text.len, &length);
	size_t end = at;
	if (code >= 0xC2 && code <= 0xF4)
		end = find_mojibake(source, at);
	if (end == at && (code == 0x201A || code == 0xAC || code == 0x221A))
		end = find_mac_roman(source, at);
	if (end == at && str_starts(str_of(text.at + at, text.len - at), STR("\xC3\xA2\xE2\x82\xAC"))) {
		end = at + 5;
		add_suspect(source, at, end, 
			STR("“â€” looks like the rest of a quotation mark or dash read as Windows-1252"), STR_NULL);
	}
	if (end == at && code == 0xFFFD) {
		end = run_end(text, at, STR("\xEF\xBF\xBD"));
		add_suspect(source, at, end, STR("a character was lost here (U+FFFD)"), STR_NULL);
	}
	if (end == at && code >= 0x80 && code < 0xA0 && windows_1252((unsigned char)code) != code) {
		char utf8[4];
		struct str meant = str_of(utf8, (size_t)utf8_encode(windows_1252((unsigned char)code), utf8));
		end = at + (size_t)length;
		add_suspect(source, at, end, arena_format(&source->arena,
			"the control character U+%04X stands for %.*s in Windows-1252", (unsigned)code, (int)meant.len, meant.at), arena_copy(&source->arena, meant));
	}
	return end > at ? end : at + (size_t)length;
}

/* The first byte from `at` on that is NUL or not ASCII. */
static size_t next_odd(struct str text, size_t at) {
	const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
	for (uint64_t word; at + 8 <= text.len; at += 8) {
		memcpy(&word, text.at + at, 8);
		if ((word | (word - ones)) & tops)
			break;
	}
	while (at < text.len && text.at[at] && !((unsigned char)text.at[at] & 0x80))
		at++;
	return at;
}

/* Puts those that the decoder found and those found here into one order; both are in order. Of two for
 * the same place the decoder's stays, which knows more. */
static void merge(struct source *source, uint32_t first) {
	uint32_t count = source->suspects.count;
	struct source_suspect *all = source->suspects.at;
	struct source_suspect *sorted = arena_alloc(&source->arena, (count + 1) * sizeof *sorted);
	uint32_t kept = 0;
	for (uint32_t a = 0, b = first; a < first || b < count;) {
		bool take_first = a < first && (b == count || all[a].span.begin <= all[b].span.begin);
		if (take_first)
			sorted[kept++] = all[a++];
		else if (kept > 0 && sorted[kept - 1].span.begin == all[b].span.begin)
			b++;
		else
			sorted[kept++] = all[b++];
	}
	source->suspects.at = sorted;
	source->suspects.count = kept;
	source->suspects.room = count + 1;
}

void damage_find(struct source *source) {
	uint32_t first = source->suspects.count;
	for (size_t at = next_odd(source->text, 0); at < source->text.len; at = next_odd(source->text, at)) {
		at = examine(source, at);
		if (source->suspects.count >= SUSPECTS_LIMIT)
			break; /* more would help nobody */
	}
	if (first)
		merge(source, first);
}
