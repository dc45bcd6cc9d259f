/* The model that tells names: a linear-chain conditional random field (Lafferty, McCallum, Pereira 2001)
 * over hashed features, trained by tools/train (doc/model.md), its weights in whole numbers of one byte. It and
 * the gazetteer are constant data of the program: nothing is read or made when it starts. */
#ifndef DAYBOOK_MODEL_H
#define DAYBOOK_MODEL_H

#include "../base/str.h"

/* What a token is: outside any name, the first of one, or one that goes on; by type, in the order of the record's entity_type. */
enum { MODEL_TYPES = 5, MODEL_OUTSIDE = 0, MODEL_BEGIN = 1, MODEL_INSIDE = MODEL_BEGIN + MODEL_TYPES, MODEL_LABELS = MODEL_INSIDE + MODEL_TYPES };

/* Scores of labels; the lanes behind MODEL_LABELS, and those before MODEL_LANE, are not used: a row of weights is one
 * piece of 16 bytes. */
enum { MODEL_LANE = 4, MODEL_LANES = 16 };
struct model_scores {
	int16_t lane[MODEL_LANES]; /* label k at lane[MODEL_LANE + k] */
};

/* A value that a feature or a word is looked up by. */
static inline uint32_t model_mix(uint32_t a, uint32_t b) {
	uint64_t product = ((uint64_t)a << 32 | b) * 0x9E3779B97F4A7C15u;
	product ^= product >> 29;
	return (uint32_t)(product * 0xBF58476D1CE4E5B9u >> 32);
}

/* The hash of a word in normal form (small letters, no accents, no full stops; know/words.h). */
uint32_t model_word(struct str normal);

/* Weights are added up in two steps, so that memory fetches those of one token while those of another are added.
 * model_ask keeps of `count` features, MODEL_FEATURES at most, those that may have weights, and gives their number;
 * model_score adds up what is left. */
enum { MODEL_FEATURES = 128 };
uint32_t model_ask(uint32_t *features, uint32_t count);
void model_score(const uint32_t *asked, uint32_t count, struct model_scores *scores);

/* The best labels for `count` tokens that follow each other, the first and last with nothing but MODEL_OUTSIDE beside
 * them (Viterbi 1967). `allowed` has a bit for each label that a token may have. `back` is room for count * MODEL_LABELS bytes. */
void model_path(const struct model_scores *scores, const uint16_t *allowed, uint32_t count, uint8_t *back, uint8_t *labels);

/* ---- the gazetteer ---- */

/* What words are by the lists of data/gazetteer/; a word may be many things. ORDER GAZETTEER: tools/make_model.py. */
enum gazetteer_class {
	GAZETTEER_GIVEN = 1,
	GAZETTEER_SURNAME = 2,
	GAZETTEER_CITY = 4,
	GAZETTEER_COUNTRY = 8,
	GAZETTEER_PLACE = 16,
	GAZETTEER_PEOPLE = 32,
	GAZETTEER_ORGANISATION = 64,
	GAZETTEER_MISC = 128,
	GAZETTEER_COMMON = 256, /* English writes it small */
	GAZETTEER_PERSON_NOUN = 512,
	GAZETTEER_GROUP_NOUN = 1024,
	GAZETTEER_PLACE_NOUN = 2048,
	GAZETTEER_EVENT_NOUN = 4096,
	GAZETTEER_MESSAGE_NOUN = 8192,
	GAZETTEER_SPEECH_VERB = 16384,
	GAZETTEER_MADE_NOUN = 32768, /* buildings, ships and other things made */
	GAZETTEER_NATURE_NOUN = 65536,
	GAZETTEER_THOUGHT_NOUN = 131072,
};
#define GAZETTEER_STARTS 0x80000000u /* a phrase of several words begins with it */

/* What the lists say of a word or phrase. */
struct gazetteer_word {
	uint32_t classes;
	uint16_t kind, wide; /* the kind of words it keeps company with, and the wider kind that is in; 0: not known */
};

/* Of the word or phrase that hashes to `key`; zeros where no list has it. A phrase's key is model_mix(key of all but the
 * last word, the last word's). */
struct gazetteer_word gazetteer_find(uint32_t key);

#endif
