/* Maps between texts: from what was extracted back to where it stood. */
#include "reader.h"

void map_add(struct arena *arena, struct source_map *map, uint32_t text, uint32_t original, bool exact) {
	if (map->count) {
		const struct source_run *last = &map->at[map->count - 1];
		if (last->exact && exact && text - last->text == original - last->original)
			return;
	}
	*array_push(arena, map) = (struct source_run){text, original, exact};
}

uint32_t map_at(const struct source_map *map, uint32_t at) {
	if (map->count == 0)
		return at;
	uint32_t low = 0, high = map->count; /* the last run that begins at or before `at` is in [low, high) */
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (map->at[middle].text <= at)
			low = middle;
		else
			high = middle;
	}
	const struct source_run *run = &map->at[low];
	return run->exact && at >= run->text ? run->original + (at - run->text) : run->original;
}
