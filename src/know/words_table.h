/* What tools/make_words.py makes of data/: private to know/ but for the parts that words.h uses inline. */
#ifndef DAYBOOK_WORDS_TABLE_H
#define DAYBOOK_WORDS_TABLE_H

#include "words.h"
#include "zone.h"

extern const char word_pool[];
/* What letters fold to: U+00C0-024F, then U+1E00-1EFF; empty where they stay. */
extern const char word_folds[][4];
/* A bit for each letter of word_folds: whether it is a capital. */
extern const uint8_t word_capitals[];
/* The small letter of each of U+0370-052F. */
extern const uint16_t word_lower[];

extern const struct zone_name zone_names[];
extern const uint16_t zone_places[]; /* of each place, the row of its zones: many share one */
extern const struct zone_name zone_place_rows[];
extern const int32_t zone_names_count, zone_places_count;

/* Zones that ICU knows by an older name than the IANA data. */
struct zone_renaming {
	const char *old, *now;
};
extern const struct zone_renaming zone_renamed[];
extern const int32_t zone_renamed_count;

#endif
