#include "letters.h"

#include "../base/utf8.h"
#include "../know/words.h"

struct range {
	uint32_t first, last;
};

/* What is not a letter at U+0080 and above. */
static const struct range signs[] = {
	{0x80, 0xA9}, {0xAB, 0xAC}, {0xAE, 0xB4}, {0xB6, 0xB9}, {0xBB, 0xBF}, {0xD7, 0xD7}, {0xF7, 0xF7},
	{0x37E, 0x37E}, {0x387, 0x387}, {0x5BE, 0x5BE}, {0x60C, 0x60D}, {0x61B, 0x61F}, {0x660, 0x66D}, {0x6D4, 0x6D4},
	{0x6F0, 0x6F9}, {0x964, 0x965}, {0xE3F, 0xE3F}, {0x2000, 0x200B}, {0x200E, 0x2BFF}, {0x3000, 0x3004}, {0x3008, 0x3020},
	{0x3030, 0x3030}, {0x30FB, 0x30FB}, {0xE000, 0xF8FF}, {0xFD3E, 0xFD3F}, {0xFE10, 0xFE1F}, {0xFE30, 0xFE6F}, {0xFEFF, 0xFF20},
	{0xFF3B, 0xFF40}, {0xFF5B, 0xFF65}, {0xFFE0, 0xFFFF}, {0x1F000, 0x1FAFF}, {0xE0000, 0x10FFFF},
};

static bool within(const struct range *ranges, uint32_t count, uint32_t code) {
	uint32_t low = 0, high = count;
	while (low < high) {
		uint32_t middle = (low + high) / 2;
		if (code > ranges[middle].last)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && code >= ranges[low].first;
}

bool letter_joins(uint32_t code) {
	return (code >= 0x300 && code < 0x370) || code == 0xAD || code == 0x200C || code == 0x200D ||
		(code >= 0xFE00 && code <= 0xFE0F);
}

bool letter_is(uint32_t code) {
	if (code == 0xAD)
		return true;
	return !within(signs, sizeof signs / sizeof *signs, code);
}

enum letter_case letter_case(uint32_t code) {
	if (code < 0x80)
		return code >= 'A' && code <= 'Z' ? LETTER_CAPITAL : code >= 'a' && code <= 'z' ? LETTER_SMALL : LETTER_CASELESS;
	if (letter_joins(code) || code >= 0x1F00 || (code >= 0x530 && code < 0x1E00))
		return LETTER_CASELESS;
	return words_is_capital(code) ? LETTER_CAPITAL : LETTER_SMALL;
}

uint32_t sign_fold(uint32_t code) {
	if ((code >= 0x2010 && code <= 0x2015) || code == 0x2212 || code == 0x2E3A || code == 0x2E3B || code == 0xFE58 ||
		code == 0xFE63)
		return '-';
	if (code == 0x2018 || code == 0x2019 || code == 0x201A || code == 0x201B || code == 0x2032 || code == 0x2039 ||
		code == 0x203A || code == 0xB4)
		return '\'';
	if ((code >= 0x201C && code <= 0x201F) || code == 0x2033 || code == 0xAB || code == 0xBB)
		return '"';
	return code >= 0xFF01 && code <= 0xFF5E ? code - 0xFEE0 : code;
}
