/* What the readers share; private to this room. */
#ifndef DAYBOOK_READER_H
#define DAYBOOK_READER_H

#include "../base/buf.h"
#include "../base/error.h"
#include "source.h"

/* Adds a run to `map`; nothing where it only continues the last one. */
void map_add(struct arena *arena, struct source_map *map, uint32_t text, uint32_t original, bool exact);

/* Where `map` leads from `at`; `at` itself when the map is empty. */
uint32_t map_at(const struct source_map *map, uint32_t at);

/* Each reader fills `text`, `runs`, `marks`, `suspects` and what the form states from `page` (mail:
 * from `original`). 0, or -1 with `error`. */
int read_text(struct source *source, struct error *error);

#endif
