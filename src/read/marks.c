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

/* The end of the stretch from `begin` on that is in order. */
static uint32_t run_end(const struct mark *marks, uint32_t begin, uint32_t count) {
	uint32_t end = begin + 1;
	while (end < count && comes_first(&marks[end - 1], &marks[end]))
		end++;
	return end < count ? end : count;
}

/* One round: merges the stretches that are in order two by two. Gives how many are left. */
static uint32_t merge_runs(const struct mark *from, struct mark *to, uint32_t count) {
	uint32_t runs = 0;
	for (uint32_t begin = 0; begin < count; runs++) {
		uint32_t middle = run_end(from, begin, count);
		uint32_t end = middle < count ? run_end(from, middle, count) : count;
		merge(from, to, begin, middle, end);
		begin = end;
	}
	return runs;
}

void marks_sort(struct source *source) {
	uint32_t count = source->marks.count;
	if (count == 0 || run_end(source->marks.at, 0, count) == count)
		return;
	struct mark *marks = source->marks.at, *other = arena_alloc(&source->arena, count * sizeof *other);
	uint32_t runs;
	do {
		runs = merge_runs(marks, other, count);
		struct mark *swap = marks;
		marks = other;
		other = swap;
	} while (runs > 1);
	source->marks.at = marks;
	source->marks.room = count;
}
