/* What tools/make_model.py makes of data/model/ and data/gazetteer/: private to know/. */
#ifndef DAYBOOK_MODEL_TABLE_H
#define DAYBOOK_MODEL_TABLE_H

#include "model.h"

/* Open addressing with linear probing, at most seven rows in ten taken. A row's first four bytes are the feature, 0 for
 * a row that is free; the weights of labels follow. */
struct model_row {
	int8_t byte[MODEL_LANES];
};
extern const struct model_row model_rows[];
extern const uint32_t model_row_mask;

/* A bit for each feature that has a row, by its upper bits: most that are asked for have none, and this is small. */
extern const uint64_t model_filter[];
extern const uint32_t model_filter_shift;

/* How well label [to] follows label [from]; the last `from` is the edge before the first token. */
extern const int16_t model_follows[MODEL_LABELS + 1][MODEL_LANES];

struct gazetteer_slot {
	uint32_t key; /* 0: free */
	struct gazetteer_word word;
};
extern const struct gazetteer_slot gazetteer_slots[];
extern const uint32_t gazetteer_mask;
extern const uint64_t gazetteer_filter[];
extern const uint32_t gazetteer_filter_shift;

#endif
