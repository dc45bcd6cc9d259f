/* The key of a name: what its ways of writing have in common, so that names are compared as text. */
#ifndef DAYBOOK_NAME_KEY_H
#define DAYBOOK_NAME_KEY_H

#include "../base/str.h"

#define NAME_KEY 160

/* Writes the key of `name` to out[NAME_KEY] and returns its length: words in small letters with one space between,
 * without accents, full stops, possessive 's and a leading "the"; hyphens part words; a word that data/words/variants.tsv
 * lists is "~" and the number of its group, which archives keep, so groups keep their numbers. Longer names are cut. */
size_t name_key(struct str name, char out[NAME_KEY]);

/* A letter as keys have it, small and without its accent, as UTF-8 ("" of an accent that stands alone); gives its bytes. */
int name_fold(uint32_t code, char out[4]);

#endif
