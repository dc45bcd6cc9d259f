/* Maps between texts: from what was extracted back to where it stood. */
#include "reader.h"

void map_add(struct arena *arena, struct source_map *map, uint32_t text, uint32_t original, bool exact) {
	if (map->count) {
		struct source_run *last = &map->at[map->count - 1];
		if (last->exact && exact && text - last->text == original - last->original)
			return;
		if (last->text == text) { /* the last one was empty */
			*last = (struct source_run){text, original, exact};
			return;
		}
	}
	*array_push(arena, map) = (struct source_run){text, original, exact};
}

/* The last run that begins at or before `at`. */
static uint32_t run_index(const struct source_map *map, uint32_t at) {
	uint32_t low = 0, high = map->count;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (map->at[middle].text <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static uint32_t run_at(const struct source_run *run, uint32_t at) {
	return run->exact && at >= run->text ? run->original + (at - run->text) : run->original;
}

uint32_t map_at(const struct source_map *map, uint32_t at) {
	return map->count ? run_at(&map->at[run_index(map, at)], at) : at;
}

uint32_t map_back(const struct source_map *map, uint32_t original) {
	if (map->count == 0)
		return original;
	uint32_t low = 0, high = map->count;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (map->at[middle].original <= original)
			low = middle;
		else
			high = middle;
	}
	const struct source_run *run = &map->at[low];
	if (original <= run->original)
		return run->text;
	uint32_t next = low + 1 < map->count ? map->at[low + 1].text : UINT32_MAX;
	uint32_t at = run->exact ? run->text + (original - run->original) : run->text;
	return at < next ? at : next;
}

/* Adds the way of the stretch [middle, middle + len) through `second`. */
static void through_second(struct arena *arena, struct source_map *out, uint32_t text, uint32_t middle, uint32_t len,
	const struct source_map *second) {
	if (second->count == 0) {
		map_add(arena, out, text, middle, true);
		return;
	}
	for (uint32_t i = run_index(second, middle), end = middle + len; i < second->count; i++) {
		const struct source_run *run = &second->at[i];
		uint32_t from = run->text > middle ? run->text : middle;
		if (from >= end && from != middle)
			return;
		map_add(arena, out, text + (from - middle), run_at(run, from), run->exact);
	}
}

void map_through(struct arena *arena, struct source_map *out, uint32_t text, const struct source_map *first,
	uint32_t len, const struct source_map *second) {
	if (first->count == 0) {
		through_second(arena, out, text, 0, len, second);
		return;
	}
	for (uint32_t i = 0; i < first->count; i++) {
		const struct source_run *run = &first->at[i];
		uint32_t end = i + 1 < first->count ? first->at[i + 1].text : len;
		if (run->exact)
			through_second(arena, out, text + run->text, run->original, end - run->text, second);
		else
			map_add(arena, out, text + run->text, map_at(second, run->original), false);
	}
}
