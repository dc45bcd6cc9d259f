/* Memory. An arena gives memory that is all freed at once; a document and its record live in one.
 * Out of memory ends the process with a message: inputs have size limits, so it is not a way of
 * refusing one. Nothing here is shared between threads. */
#ifndef DAYBOOK_MEMORY_H
#define DAYBOOK_MEMORY_H

#include "str.h"

struct arena {
	struct arena_chunk *chunk; /* the newest; each links to the one before */
	struct arena_chunk *large; /* those that hold one large thing each */
	char *at, *end;
	size_t total; /* bytes taken from the system */
};

/* An empty arena; takes nothing from the system until the first allocation. */
void arena_init(struct arena *arena);

/* Frees all that was allocated from it; the arena is then as after arena_init. */
void arena_release(struct arena *arena);

/* Forgets all that was allocated, but keeps the largest chunk for the next document. */
void arena_reset(struct arena *arena);

/* Whether `at` was allocated from it, or points into what was. */
bool arena_owns(const struct arena *arena, const void *at);

/* `size` zeroed bytes, aligned for any type. */
void *arena_alloc(struct arena *arena, size_t size);

/* A copy of the bytes of `s`, with a NUL after them that is not counted. A null str stays null. */
struct str arena_copy(struct arena *arena, struct str s);

/* A formatted string in the arena. */
struct str arena_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Room for at least `count` items in a growing array of the arena: returns `at` or a larger copy of it, and sets
 * *room. Where it is large it grows in its place. Use array_push and array_reserve. */
void *array_room(struct arena *arena, void *at, uint32_t count, uint32_t *room, size_t item);

/* A growing array in an arena, e.g. `array_of(struct token) tokens;`. Zeroed is empty. */
#define array_of(type) \
	struct { \
		type *at; \
		uint32_t count, room; \
	}

/* Adds one item and gives its address, zeroed: `*array_push(arena, &list) = value;` */
#define array_push(arena, array) \
	((void)((array)->count < (array)->room || (array_reserve(arena, array, (array)->count + 1), false)), \
	 memset(&(array)->at[(array)->count], 0, sizeof *(array)->at), &(array)->at[(array)->count++])

/* Makes room for `items` in all, where one knows about how many there will be. */
#define array_reserve(arena, array, items) \
	((array)->at = array_room(arena, (array)->at, items, &(array)->room, sizeof *(array)->at))

/* malloc, realloc and strdup that end the process when there is no memory. */
void *memory_get(size_t size);
void *memory_grow(void *at, size_t size);

/* `size` bytes from the beginning of a line of the cache (64 bytes), for a large table; `size` is a multiple of that. */
void *memory_get_lines(size_t size);

/* Keeps what is freed in the process, for a program to say at its beginning. Each document's memory is freed at once and
 * wanted again by the next: giving it back to the system between them costs more than reading the document. */
void memory_keep(void);

#endif
