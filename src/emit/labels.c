#include "labels.h"

#include <stdlib.h>

const struct labels *labels_for(struct str language) {
	size_t len = 0;
	while (len < language.len && language.at[len] != '-' && language.at[len] != '_')
		len++;
	for (uint32_t i = 0; i < label_language_count; i++)
		if (str_equal_nocase(str_of(language.at, len), str_from(label_languages[i].language)))
			return &label_languages[i];
	return NULL;
}

static int by_english(const void *english, const void *row) {
	return strcmp(english, ((const struct label_row *)row)->english);
}

const char *label(const struct labels *labels, const char *english) {
	const struct label_row *row = labels ? bsearch(english, labels->rows, labels->count, sizeof *labels->rows, by_english) : NULL;
	return row ? row->words : english;
}

static void fill(struct buf *out, const char *words, struct str value, void (*add)(struct buf *out, struct str value)) {
	const char *hole = strstr(words, "{}");
	buf_add(out, str_of(words, hole ? (size_t)(hole - words) : strlen(words)));
	if (!hole)
		return;
	add(out, value);
	buf_text(out, hole + 2);
}

void label_fill(struct buf *out, const char *words, struct str value) {
	fill(out, words, value, buf_add);
}

void label_fill_markup(struct buf *out, const char *words, struct str value) {
	fill(out, words, value, buf_markup);
}
