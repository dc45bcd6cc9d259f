#include "model_table.h"

/* ORDER WORD: word_hash in tools/make_model.py is the same sum. */
uint32_t model_word(struct str normal) {
	uint64_t hash = normal.len;
	for (size_t at = 0; at < normal.len; at += 8) {
		uint64_t chunk = 0;
		memcpy(&chunk, normal.at + at, normal.len - at < 8 ? normal.len - at : 8);
		hash = (hash ^ chunk) * 0x9E3779B97F4A7C15u;
		hash ^= hash >> 32;
	}
	return (uint32_t)hash;
}

static bool may_hold(const uint64_t *filter, uint32_t shift, uint32_t key) {
	uint32_t bit = key >> shift;
	return filter[bit / 64] >> bit % 64 & 1;
}

static uint32_t row_feature(const struct model_row *row) {
	uint32_t feature;
	memcpy(&feature, row->byte, sizeof feature);
	return feature;
}

static void add_row(uint32_t feature, int16_t sum[MODEL_LANES]) {
	uint32_t at = feature & model_row_mask, found;
	while ((found = row_feature(&model_rows[at])) != 0 && found != feature)
		at = (at + 1) & model_row_mask;
	if (found)
		for (int lane = 0; lane < MODEL_LANES; lane++)
			sum[lane] = (int16_t)(sum[lane] + model_rows[at].byte[lane]);
}

uint32_t model_ask(uint32_t *features, uint32_t count) {
	uint32_t kept = 0;
	for (uint32_t i = 0; i < count; i++) {
		features[kept] = features[i];
		kept += may_hold(model_filter, model_filter_shift, features[i]);
	}
	for (uint32_t i = 0; i < kept; i++)
		__builtin_prefetch(&model_rows[features[i] & model_row_mask]);
	return kept;
}

void model_score(const uint32_t *asked, uint32_t count, struct model_scores *scores) {
	int16_t sum[MODEL_LANES] = {0};
	for (uint32_t i = 0; i < count; i++)
		add_row(asked[i], sum);
	memcpy(scores->lane, sum, sizeof sum);
}

enum { IMPOSSIBLE = INT32_MIN / 2 };

/* The best way to each label of one token, given the best to each label of the token before. */
static void path_step(const int32_t *before, const struct model_scores *scores, uint16_t allowed, uint8_t *back, int32_t *after) {
	for (int to = 0; to < MODEL_LABELS; to++) {
		after[to] = IMPOSSIBLE;
		back[to] = 0;
		if (!(allowed >> to & 1))
			continue;
		int32_t best = INT32_MIN;
		for (int from = 0; from < MODEL_LABELS; from++) {
			int32_t way = before[from] + model_follows[from][MODEL_LANE + to];
			if (way > best) {
				best = way;
				back[to] = (uint8_t)from;
			}
		}
		after[to] = best + scores->lane[MODEL_LANE + to];
	}
}

void model_path(const struct model_scores *scores, const uint16_t *allowed, uint32_t count, uint8_t *back, uint8_t *labels) {
	int32_t best[2][MODEL_LABELS];
	if (count == 0)
		return;
	for (int to = 0; to < MODEL_LABELS; to++)
		best[0][to] = allowed[0] >> to & 1 ? model_follows[MODEL_LABELS][MODEL_LANE + to] + scores[0].lane[MODEL_LANE + to] : IMPOSSIBLE;
	memset(back, 0, MODEL_LABELS);
	for (uint32_t i = 1; i < count; i++)
		path_step(best[(i - 1) & 1], &scores[i], allowed[i], back + (size_t)i * MODEL_LABELS, best[i & 1]);
	uint8_t label = 0;
	for (uint8_t to = 1; to < MODEL_LABELS; to++)
		if (best[(count - 1) & 1][to] > best[(count - 1) & 1][label])
			label = to;
	for (uint32_t i = count; i-- > 0;) {
		labels[i] = label;
		label = back[(size_t)i * MODEL_LABELS + label];
	}
}

struct gazetteer_word gazetteer_find(uint32_t key) {
	if (!may_hold(gazetteer_filter, gazetteer_filter_shift, key))
		return (struct gazetteer_word){0, 0, 0};
	for (uint32_t at = key & gazetteer_mask;; at = (at + 1) & gazetteer_mask) {
		const struct gazetteer_slot *slot = &gazetteer_slots[at];
		if (slot->key == key || slot->key == 0)
			return slot->word;
	}
}
