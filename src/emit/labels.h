/* What pages say of themselves ("Coming events"), in the languages of data/labels. The English is in the code, marked
 * LABEL(), and is the key of the tables; tools/make_labels.py sees to it that each language has every one. */
#ifndef DAYBOOK_LABELS_H
#define DAYBOOK_LABELS_H

#include "../base/buf.h"

/* Marks words as a label; tools/make_labels.py looks for it. */
#define LABEL(english) english

struct label_row {
	const char *english, *words;
};

/* A language's labels; made by tools/make_labels.py, by English. */
struct labels {
	const char *language; /* primary subtag: "ja" */
	const struct label_row *rows;
	uint32_t count;
};

extern const struct labels label_languages[];
extern const uint32_t label_language_count;

/* The table for a language (BCP 47; its first subtag counts), or NULL: English, and languages that have none. */
const struct labels *labels_for(struct str language);

/* The label in that language: static. NULL gives the English. */
const char *label(const struct labels *labels, const char *english);

/* Adds `words` with "{}" replaced by `value`; the second escapes the value for HTML. */
void label_fill(struct buf *out, const char *words, struct str value);
void label_fill_markup(struct buf *out, const char *words, struct str value);

#endif
