/* What a character is, for the tokenizer: letters, their case, signs. By ranges of the Unicode
 * Standard's blocks; finer than that a bulletin does not need. Private to text/. */
#ifndef DAYBOOK_LETTERS_H
#define DAYBOOK_LETTERS_H

#include <stdbool.h>
#include <stdint.h>

enum letter_case { LETTER_CASELESS, LETTER_SMALL, LETTER_CAPITAL };

/* Whether `code` is a letter, or goes on a word as one does (accents, soft hyphen). */
bool letter_is(uint32_t code);

/* Whether `code` is nothing by itself: variation selectors, stray accents and joiners. */
bool letter_joins(uint32_t code);

enum letter_case letter_case(uint32_t code);

/* The sign's code with all dashes folded to '-', quotation marks to ' and ", fullwidth forms to ASCII. */
uint32_t sign_fold(uint32_t code);

#endif
