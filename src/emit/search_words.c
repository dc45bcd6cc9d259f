#include "search_words.h"

#include "../base/utf8.h"
#include "../know/name_key.h"

/* What stands between words beyond ASCII: spaces, punctuation, symbols. All else is a letter. */
static bool is_letter(uint32_t code) {
	static const uint32_t others[][2] = {{0x80, 0xBF}, {0xD7, 0xD7}, {0xF7, 0xF7}, {0x2000, 0x2BFF}, {0x2E00, 0x2E7F}, {0x3000, 0x3004},
		{0x3008, 0x3020}, {0x3030, 0x3030}, {0xFE10, 0xFE6F}, {0xFF00, 0xFF0F}, {0xFF1A, 0xFF20}, {0xFF3B, 0xFF40}, {0xFF5B, 0xFF65},
		{0xFFF0, 0x10FFFF}};
	if (code < 0x80)
		return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || (code >= '0' && code <= '9');
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (code >= others[i][0] && code <= others[i][1])
			return false;
	return true;
}

static bool is_unspaced(uint32_t code) {
	return (code >= 0x3040 && code <= 0x30FF) || (code >= 0x3400 && code <= 0x9FFF) || (code >= 0xF900 && code <= 0xFAFF) ||
		(code >= 0x3005 && code <= 0x3007);
}

/* The code point at *at; moves behind it. 0 at the end. */
static uint32_t next_code(struct str text, size_t *at) {
	int length;
	if (*at >= text.len)
		return 0;
	uint32_t code = utf8_decode(text.at + *at, text.at + text.len, &length);
	*at += (size_t)length;
	return code;
}

/* The pair that begins with `first`, which stands before `behind`; 0 where it is alone and belongs to the pair before. */
static size_t pair(struct search_words *words, uint32_t first, size_t behind, char out[SEARCH_WORD]) {
	size_t after = behind, len = (size_t)utf8_encode(first, out);
	uint32_t second = next_code(words->text, &after);
	bool paired = is_unspaced(second), whole = paired || !words->paired;
	if (paired)
		len += (size_t)utf8_encode(second, out + len);
	words->at = behind;
	words->paired = paired;
	return whole ? len : 0;
}

/* The word that begins at words->at, folded; its length is 0 or 1 where it is none. */
static size_t word(struct search_words *words, char out[SEARCH_WORD]) {
	size_t len = 0, letters = 0, at = words->at;
	for (uint32_t code; (code = next_code(words->text, &at)); words->at = at) {
		if (code == '.' && letters == 1) {
			letters = 0;
			continue;
		}
		if (!is_letter(code) || is_unspaced(code))
			break;
		letters++;
		if (len < SEARCH_WORD - 4)
			len += (size_t)name_fold(code, out + len);
	}
	return len;
}

size_t search_words_next(struct search_words *words, char out[SEARCH_WORD]) {
	while (words->at < words->text.len) {
		size_t behind = words->at, len = 0;
		uint32_t code = next_code(words->text, &behind);
		if (is_unspaced(code)) {
			len = pair(words, code, behind, out);
		} else if (is_letter(code)) {
			len = word(words, out);
			len = len > 1 ? len : 0;
			words->paired = false;
		} else {
			words->at = behind;
			words->paired = false;
		}
		if (len)
			return len;
	}
	return 0;
}
