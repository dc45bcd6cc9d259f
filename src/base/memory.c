#include "memory.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	CHUNK_FIRST = 2 << 10,
	CHUNK_LARGEST = 512 << 10,
	LARGE = 256 << 10, /* what is as large has a chunk of its own: the system moves it without copying when it grows */
	ALIGNMENT = alignof(max_align_t)
};

struct arena_chunk {
	struct arena_chunk *before;
	struct arena_chunk *after; /* of a large one */
	size_t size; /* bytes behind this head */
	alignas(max_align_t) char bytes[];
};

static void *or_die(void *at) {
	if (at)
		return at;
	fputs("daybook: out of memory\n", stderr);
	abort();
}

void *memory_get(size_t size) {
	return or_die(malloc(size ? size : 1));
}

void *memory_grow(void *at, size_t size) {
	return or_die(realloc(at, size ? size : 1));
}

void *memory_get_lines(size_t size) {
	return or_die(aligned_alloc(64, size));
}

void memory_keep(void) {
#ifdef __GLIBC__
	mallopt(M_MMAP_THRESHOLD, 1 << 20);
	mallopt(M_TRIM_THRESHOLD, 256 << 20);
#endif
}

void arena_init(struct arena *arena) {
	*arena = (struct arena){0};
}

static void free_chunks(struct arena_chunk *chunk) {
	for (struct arena_chunk *before; chunk; chunk = before) {
		before = chunk->before;
		free(chunk);
	}
}

void arena_release(struct arena *arena) {
	free_chunks(arena->chunk);
	free_chunks(arena->large);
	arena_init(arena);
}

static size_t round_up(size_t size) {
	return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

/* Starts a chunk that has room for `size` bytes. Each takes half of what was taken before, up to a limit: many arenas live as
 * long as a build, and what the last chunk has left is lost. */
static void add_chunk(struct arena *arena, size_t size) {
	size_t room = arena->total / 2;
	if (room < CHUNK_FIRST)
		room = CHUNK_FIRST;
	if (room > CHUNK_LARGEST)
		room = CHUNK_LARGEST;
	if (room < size)
		room = size;
	struct arena_chunk *chunk = or_die(malloc(sizeof *chunk + room));
	chunk->before = arena->chunk;
	chunk->size = room;
	arena->chunk = chunk;
	arena->at = chunk->bytes;
	arena->end = chunk->bytes + room;
	arena->total += sizeof *chunk + room;
}

void arena_reset(struct arena *arena) {
	if (!arena->chunk)
		return;
	struct arena_chunk *largest = arena->chunk;
	for (struct arena_chunk *chunk = arena->chunk; chunk; chunk = chunk->before)
		if (chunk->size > largest->size)
			largest = chunk;
	for (struct arena_chunk *chunk = arena->chunk, *before; chunk; chunk = before) {
		before = chunk->before;
		if (chunk != largest)
			free(chunk);
	}
	free_chunks(arena->large);
	largest->before = NULL;
	*arena = (struct arena){.chunk = largest, .at = largest->bytes, .end = largest->bytes + largest->size,
		.total = sizeof *largest + largest->size};
}

/* --- large things --- */

static void *link_large(struct arena *arena, struct arena_chunk *chunk, size_t size) {
	arena->total += sizeof *chunk + size - chunk->size;
	chunk->size = size;
	if (chunk->before)
		chunk->before->after = chunk;
	*(chunk->after ? &chunk->after->before : &arena->large) = chunk;
	return chunk->bytes;
}

/* Zeroed; the system gives pages of zeros when they are first written to. */
static void *take_large(struct arena *arena, size_t size) {
	struct arena_chunk *chunk = or_die(calloc(1, sizeof *chunk + size));
	chunk->before = arena->large;
	return link_large(arena, chunk, size);
}

static void *grow_large(struct arena *arena, void *at, size_t size) {
	struct arena_chunk *chunk = memory_grow((char *)at - offsetof(struct arena_chunk, bytes), sizeof *chunk + size);
	arena->total -= sizeof *chunk;
	return link_large(arena, chunk, size);
}

/* --- --- */

static bool chunks_own(const struct arena_chunk *chunk, const char *at) {
	while (chunk && (at < chunk->bytes || at > chunk->bytes + chunk->size))
		chunk = chunk->before;
	return chunk;
}

bool arena_owns(const struct arena *arena, const void *at) {
	return at && (chunks_own(arena->chunk, at) || chunks_own(arena->large, at));
}

/* `size` bytes, not zeroed: what is taken is zeroed by whoever does not fill it, not the whole chunk. */
static void *take(struct arena *arena, size_t size) {
	if (size > SIZE_MAX / 2)
		or_die(NULL);
	size = round_up(size ? size : 1);
	if (size >= LARGE)
		return take_large(arena, size);
	if ((size_t)(arena->end - arena->at) < size)
		add_chunk(arena, size);
	void *at = arena->at;
	arena->at += size;
	return at;
}

void *arena_alloc(struct arena *arena, size_t size) {
	void *at = take(arena, size);
	return round_up(size) >= LARGE ? at : memset(at, 0, size);
}

struct str arena_copy(struct arena *arena, struct str s) {
	if (!s.at)
		return STR_NULL;
	char *at = take(arena, s.len + 1);
	if (s.len)
		memcpy(at, s.at, s.len);
	at[s.len] = 0;
	return str_of(at, s.len);
}

struct str arena_format(struct arena *arena, const char *format, ...) {
	va_list arguments, again;
	va_start(arguments, format);
	va_copy(again, arguments);
	char brief[128];
	int len = vsnprintf(brief, sizeof brief, format, arguments);
	va_end(arguments);
	if (len < 0)
		len = 0;
	char *at = take(arena, (size_t)len + 1);
	if ((size_t)len < sizeof brief)
		memcpy(at, brief, (size_t)len + 1);
	else
		vsnprintf(at, (size_t)len + 1, format, again);
	va_end(again);
	return str_of(at, (size_t)len);
}

/* The items that fit into the array when it has grown to hold `count`. */
static uint32_t grown(uint32_t room, uint32_t count, size_t item) {
	if (count > UINT32_MAX / 2)
		or_die(NULL);
	uint32_t first = item >= 64 ? 2 : item >= 24 ? 4 : 8; /* most arrays are an event's, of a few items */
	uint32_t more = room ? room + (room * item < LARGE ? room : room / 2) : first;
	return more < count ? count : more;
}

void *array_room(struct arena *arena, void *at, uint32_t count, uint32_t *room, size_t item) {
	if (count <= *room)
		return at;
	uint32_t more = grown(*room, count, item);
	size_t had = round_up(*room * item), need = round_up(more * item);
	if (had >= LARGE) {
		at = grow_large(arena, at, need);
	} else if (need < LARGE && at && (char *)at + had == arena->at && (size_t)(arena->end - arena->at) >= need - had) {
		arena->at += need - had; /* the newest allocation grows in its place */
	} else {
		char *larger = take(arena, need);
		if (*room)
			memcpy(larger, at, *room * item);
		at = larger;
	}
	*room = more;
	return at;
}
