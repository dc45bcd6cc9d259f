#include "name_key.h"

#include "../base/utf8.h"
#include "words.h"

#include <stdio.h>

enum { WORD_MOST = 48 };

static bool parts_words(uint32_t code) {
	return utf8_is_space(code) || code == '-' || code == ',' || code == '/' || (code >= 0x2010 && code <= 0x2015);
}

static bool is_left_out(uint32_t code) {
	return code == '.' || code == '"' || code == '(' || code == ')' || code == 0xAD || (code >= 0x201C && code <= 0x201D);
}

int name_fold(uint32_t code, char out[4]) {
	if (code >= 0x80)
		return words_fold(code, out);
	out[0] = (char)(code >= 'A' && code <= 'Z' ? code | 0x20 : code);
	return 1;
}

/* Reads the word at *at of `name`, folded, into out[WORD_MOST]; moves *at behind it; returns its length. */
static size_t next_word(struct str name, size_t *at, char out[WORD_MOST]) {
	const char *from = name.at + *at, *end = name.at + name.len;
	size_t len = 0;
	while (from < end) {
		int length;
		uint32_t code = utf8_decode(from, end, &length);
		if (parts_words(code))
			break;
		from += length;
		if (is_left_out(code) || len > WORD_MOST - 5)
			continue;
		len += (size_t)name_fold(code, out + len);
	}
	*at = (size_t)(from - name.at);
	if (len > 2 && out[len - 2] == '\'' && out[len - 1] == 's')
		len -= 2;
	return len;
}

/* The word as keys have it: a variant's group in place of its letters. */
static size_t canonical(char word[WORD_MOST], size_t len) {
	int32_t group;
	if (word_is(words_id(str_of(word, len)), WORD_VARIANT, &group))
		return (size_t)snprintf(word, WORD_MOST, "~%d", group);
	return len;
}

size_t name_key(struct str name, char out[NAME_KEY]) {
	size_t key = 0;
	for (size_t at = 0; at < name.len;) {
		char word[WORD_MOST];
		size_t len = canonical(word, next_word(name, &at, word)), before = at;
		bool article = key == 0 && len == 3 && memcmp(word, "the", 3) == 0;
		if (len && !article && key + len + 1 < NAME_KEY) {
			if (key)
				out[key++] = ' ';
			memcpy(out + key, word, len);
			key += len;
		}
		if (at < name.len) {
			int length;
			utf8_decode(name.at + at, name.at + name.len, &length);
			at = before + (size_t)length; /* what parted the words */
		}
	}
	return key;
}
