/* A string by reference: bytes of UTF-8 with a length, not ended by NUL, owned by somebody else
 * (the source's text, a record's arena, a constant table). Passed by value. */
#ifndef DAYBOOK_STR_H
#define DAYBOOK_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
	const char *at; /* NULL where there is no string at all (JSON null); "" with len 0 is an empty one */
	size_t len;
};

/* A part of a document's text: bytes [begin, end). {0, 0} where nothing is stated. */
struct span {
	uint32_t begin, end;
};

/* A str of a string literal. */
#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_NULL ((struct str){NULL, 0})

static inline struct str str_from(const char *text) {
	return (struct str){text, text ? strlen(text) : 0};
}

static inline struct str str_of(const char *at, size_t len) {
	return (struct str){at, len};
}

static inline bool str_equal(struct str a, struct str b) {
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static inline bool span_empty(struct span s) {
	return s.end <= s.begin;
}

static inline bool span_contains(struct span outer, struct span inner) {
	return outer.begin <= inner.begin && inner.end <= outer.end;
}

/* The bytes of `text` that `span` points at. */
static inline struct str str_at(struct str text, struct span span) {
	return (struct str){text.at + span.begin, span.end - span.begin};
}

/* Equal but for the case of A-Z. */
bool str_equal_nocase(struct str a, struct str b);

/* Whether `s` begins (ends) with `part`. */
bool str_starts(struct str s, struct str part);
bool str_ends(struct str s, struct str part);

/* The position of `part` in `s` at or after `from`, or SIZE_MAX. */
size_t str_find(struct str s, struct str part, size_t from);

/* `s` without white space (ASCII, NBSP, zero-width and other Unicode spaces, BOM) at both ends. */
struct str str_trim(struct str s);

/* `span` of `text` without white space at both ends, as str_trim. */
struct span span_trim(struct str text, struct span span);

#endif
