/* The texts of a record that are searched: each essay, each listing of an event, and what stands between them. */
#ifndef DAYBOOK_TEXTS_H
#define DAYBOOK_TEXTS_H

#include "../record/record.h"

enum text_kind { TEXT_ESSAY, TEXT_EVENT, TEXT_OTHER };

struct searched_text {
	uint8_t kind;     /* enum text_kind */
	uint32_t item;    /* index in the record's articles or scheduled; NONE for TEXT_OTHER */
	struct str title; /* null where it has none */
	struct span span;
};

struct searched_texts {
	array_of(struct searched_text) list; /* by span.begin */
};

/* The record's texts; they live in `arena`. */
struct searched_texts texts_of(const struct record *record, struct arena *arena);

#endif
