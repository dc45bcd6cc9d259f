#include "../base/utf8.h"
#include "words_table.h"

/* The eight bytes at `at` as a little-endian number; `len` of them are read, the others are 0. */
static uint64_t chunk_at(const char *at, size_t len) {
	uint64_t chunk = 0;
	if (len == 8) {
		memcpy(&chunk, at, 8);
	} else if (len >= 4) { /* two reads that overlap are quicker than a copy of a length not known */
		uint32_t low, high;
		memcpy(&low, at, 4);
		memcpy(&high, at + len - 4, 4);
		chunk = low | (uint64_t)high << 8 * (len - 4);
	} else if (len) {
		chunk = (unsigned char)at[0] | (uint64_t)(unsigned char)at[len / 2] << 8 * (len / 2) | (uint64_t)(unsigned char)at[len - 1] << 8 * (len - 1);
	}
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#error "the hash of tools/make_words.py is made for little-endian machines"
#endif
	return chunk;
}

#define SMALL 0x2020202020202020u

/* A key's upper byte is 1 where it stands for a word longer than itself; no byte of a word is below 0x20.
 * ORDER KEY: key_of in tools/make_words.py is the same. */
static uint64_t key_of(struct str word, uint64_t small) {
	if (word.len <= 8)
		return chunk_at(word.at, word.len) | small >> 8 * (8 - word.len);
	uint64_t key = chunk_at(word.at, 8) | small;
	for (size_t at = 8; at < word.len; at += 8) {
		size_t len = word.len - at < 8 ? word.len - at : 8;
		key = (key ^ (chunk_at(word.at + at, len) | small >> 8 * (8 - len))) * 0x9E3779B97F4A7C15u;
		key ^= key >> 32;
	}
	return (key & UINT64_MAX >> 8) | (uint64_t)1 << 56;
}

/* Whether `written` is `normal`, where bits of `small` are set in both. */
static bool same_word(const char *normal, struct str written, uint64_t small) {
	size_t at = 0;
	for (; at + 8 <= written.len; at += 8)
		if (chunk_at(normal + at, 8) != (chunk_at(written.at + at, 8) | small))
			return false;
	size_t rest = written.len - at;
	return rest == 0 || chunk_at(normal + at, rest) == (chunk_at(written.at + at, rest) | (small >> 8 * (8 - rest)));
}

static uint32_t find_word(struct str word, uint64_t small) {
	if (word.len == 0 || word.len > 63)
		return 0;
	uint32_t id = word_find(key_of(word, small));
	if (word.len <= 8)
		return id;
	const struct word_entry *entry = &word_entries[id];
	return entry->length == word.len && same_word(word_pool + entry->text, word, small) ? id : 0;
}

uint32_t words_id(struct str normal) {
	return find_word(normal, 0);
}

uint32_t words_id_ascii(struct str written) {
	return find_word(written, SMALL);
}

struct str words_text(uint32_t id) {
	return id < word_count ? str_of(word_pool + word_entries[id].text, word_entries[id].length) : STR("");
}

/* Where letter `code` stands in word_folds, or -1. */
static int fold_index(uint32_t code) {
	if (code >= 0xC0 && code < 0x250)
		return (int)code - 0xC0;
	return code >= 0x1E00 && code < 0x1F00 ? (int)code - 0x1E00 + 0x190 : -1;
}

static bool has_lower(uint32_t code) {
	return code >= 0x370 && code < 0x530;
}

bool words_is_capital(uint32_t code) {
	int index = fold_index(code);
	if (index >= 0)
		return word_capitals[index / 8] >> index % 8 & 1;
	return has_lower(code) && word_lower[code - 0x370] != code;
}

int words_fold(uint32_t code, char out[4]) {
	/* combining accents, the soft hyphen and joiners leave nothing */
	if ((code >= 0x300 && code < 0x370) || code == 0xAD || code == 0x200C || code == 0x200D)
		return 0;
	if (code == 0x2019 || code == 0x2018) {
		out[0] = '\'';
		return 1;
	}
	int index = fold_index(code);
	size_t len = index >= 0 ? strlen(word_folds[index]) : 0;
	if (len)
		memcpy(out, word_folds[index], len);
	if (len)
		return (int)len;
	return utf8_encode(has_lower(code) ? word_lower[code - 0x370] : code, out);
}
