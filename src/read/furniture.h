/* Phrases of furniture, made from data/furniture.tsv; private to this room. */
#ifndef DAYBOOK_FURNITURE_H
#define DAYBOOK_FURNITURE_H

#include "../base/str.h"

/* Phrases in small letters and in order; those that begin with byte b are first[b] to first[b + 1]. */
struct phrases {
	const char *const *at;
	uint16_t first[257];
};

extern const struct phrases furniture_line, furniture_forwarded, furniture_begins, furniture_quotes, furniture_header,
	furniture_dropped, furniture_class;

/* The length of the longest of `phrases` that `s` begins with in any case of A-Z, or 0. */
size_t phrases_begin(const struct phrases *phrases, struct str s);

/* Whether one of `phrases` stands anywhere in `s`. */
bool phrases_hold(const struct phrases *phrases, struct str s);

/* Whether one of the words of `s`, parted by white space, is one of `phrases`. */
bool phrases_word(const struct phrases *phrases, struct str s);

#endif
