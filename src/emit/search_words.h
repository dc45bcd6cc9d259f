/* The words of a text as the search page of a site looks for them: small letters without accents. theme/search.js cuts
 * what a reader types in the same way. */
#ifndef DAYBOOK_SEARCH_WORDS_H
#define DAYBOOK_SEARCH_WORDS_H

#include "../base/str.h"

#define SEARCH_WORD 48 /* bytes that a word may have; longer ones are cut */

struct search_words {
	struct str text;
	size_t at;
	bool paired; /* the letter at `at` is the second of a pair that was given */
};

/* Writes the next word to out[SEARCH_WORD] and gives its length; 0 at the end. A word is two letters or digits at least;
 * full stops within an abbreviation are passed over ("U.S." is "us"). Where a script writes no spaces (Han, kana) each pair
 * of neighbours is a word, and a letter that stands alone. */
size_t search_words_next(struct search_words *words, char out[SEARCH_WORD]);

#endif
