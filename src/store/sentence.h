/* The sentence around a place of a document of the archive, and where it stands. */
#ifndef DAYBOOK_SENTENCE_H
#define DAYBOOK_SENTENCE_H

#include "../base/memory.h"
#include "sql.h"

/* The document read last, so that rows of one document read it once. Zeroed at first; release it. */
struct sentences {
	int64_t document;
	struct arena arena;
	struct str text, name;
	array_of(struct span) list;
};

struct stated {
	struct span span; /* of the sentence; of the place itself where no sentence holds it */
	struct str text;  /* the sentence, its white space folded; in the arena given */
	struct str name;  /* the document's; lives until another document is read */
	uint32_t line, column; /* of the place, in the document's text, from 1; columns in code points */
};

/* Finds the sentence that holds `place` of `document`. False when there is no such document. */
bool sentence_at(struct sentences *sentences, struct sql *sql, int64_t document, struct span place, struct arena *arena,
	struct stated *stated);
void sentences_release(struct sentences *sentences);

#endif
