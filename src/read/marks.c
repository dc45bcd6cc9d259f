/* The order of marks. */
#include "reader.h"

/* Whether `a` stands before `b`; an outer mark before those inside it. */
static bool comes_first(const struct mark *a, const struct mark *b) {
	return a->span.begin < b->span.begin || (a->span.begin == b->span.begin && a->span.end >= b->span.end);
}

/* Merges two neighbouring stretches of `from` into `to`. */
static void merge(const struct mark *from, struct mark *to, uint32_t begin, uint32_t middle, uint32_t end) {
	for (uint32_t i = begin, a = begin, b = middle; i < end; i++)
		to[i] = b == end || (a < middle && comes_first(&from[a], &from[b])) ? from[a++] : from[b++];
}

void marks_sort(struct source *source) {
	uint32_t count = source->marks.count;
	struct mark *marks = source->marks.at, *other = NULL;
	uint32_t sorted = 1;
	while (sorted < count && comes_first(&marks[sorted - 1], &marks[sorted]))
		sorted++;
	if (sorted >= count)
		return;
	other = arena_alloc(&source->arena, count * sizeof *other);
	for (uint64_t width = 1; width < count; width *= 2) {
		for (uint64_t begin = 0; begin < count; begin += 2 * width) {
			uint64_t middle = begin + width < count ? begin + width : count;
			uint64_t end = begin + 2 * width < count ? begin + 2 * width : count;
			merge(marks, other, (uint32_t)begin, (uint32_t)middle, (uint32_t)end);
		}
		struct mark *swap = marks;
		marks = other;
		other = swap;
	}
	source->marks.at = marks;
	source->marks.room = count;
}
