#include "memory.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { CHUNK_FIRST = 64 << 10, CHUNK_LARGEST = 8 << 20, ALIGNMENT = alignof(max_align_t) };

struct arena_chunk {
	struct arena_chunk *before;
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

void arena_init(struct arena *arena) {
	*arena = (struct arena){0};
}

void arena_release(struct arena *arena) {
	for (struct arena_chunk *chunk = arena->chunk, *before; chunk; chunk = before) {
		before = chunk->before;
		free(chunk);
	}
	arena_init(arena);
}

static size_t round_up(size_t size) {
	return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

/* Starts a chunk that has room for `size` bytes; each is twice the one before, up to a limit. */
static void add_chunk(struct arena *arena, size_t size) {
	size_t room = arena->chunk ? arena->chunk->size * 2 : CHUNK_FIRST;
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
	largest->before = NULL;
	*arena = (struct arena){largest, largest->bytes, largest->bytes + largest->size, sizeof *largest + largest->size};
}

/* `size` bytes, not zeroed: what is taken is zeroed by whoever does not fill it, not the whole chunk. */
static void *take(struct arena *arena, size_t size) {
	if (size > SIZE_MAX / 2)
		or_die(NULL);
	size = round_up(size ? size : 1);
	if ((size_t)(arena->end - arena->at) < size)
		add_chunk(arena, size);
	void *at = arena->at;
	arena->at += size;
	return at;
}

void *arena_alloc(struct arena *arena, size_t size) {
	return memset(take(arena, size), 0, size);
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

void *array_room(struct arena *arena, void *at, uint32_t count, uint32_t *room, size_t item) {
	if (count < *room)
		return at;
	if (*room > UINT32_MAX / 2)
		or_die(NULL);
	uint32_t more = *room ? *room * 2 : 8;
	size_t had = round_up(*room * item), need = round_up(more * item);
	if (at && (char *)at + had == arena->at && (size_t)(arena->end - arena->at) >= need - had) {
		memset(arena->at, 0, need - had); /* the newest allocation grows in its place */
		arena->at += need - had;
	} else {
		char *larger = take(arena, need);
		if (count)
			memcpy(larger, at, count * item);
		memset(larger + count * item, 0, need - count * item);
		at = larger;
	}
	*room = more;
	return at;
}
