/* What the checks say. A code is a row of diagnostics.def: name, severity, one line of what it means. */
#ifndef DAYBOOK_DIAGNOSTIC_H
#define DAYBOOK_DIAGNOSTIC_H

#include "../base/memory.h"

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR, SEVERITY_OFF };

enum diagnostic_code {
#define DIAGNOSTIC(id, text, severity, summary) DIAGNOSTIC_##id,
#include "diagnostics.def"
#undef DIAGNOSTIC
	DIAGNOSTIC_COUNT
};

/* One replacement of the bytes of the text at `span`. */
struct edit {
	struct span span;
	struct str text;
};

/* Another place that the finding is about: the other zone, the note cited. */
struct related {
	struct span span;
	struct str message;
};

struct diagnostic {
	uint8_t code;     /* enum diagnostic_code */
	uint8_t severity; /* enum severity, after the house's settings */
	struct str message;
	struct span span;
	struct str fix_title; /* null: no edit is certain */
	array_of(struct edit) edits;
	array_of(struct related) related;
};

struct diagnostic_kind {
	const char *code; /* "zone-mismatch" */
	uint8_t severity;
	const char *summary;
};

/* The row of a code; and the code of a name, or DIAGNOSTIC_COUNT. */
const struct diagnostic_kind *diagnostic_kind(enum diagnostic_code code);
enum diagnostic_code diagnostic_code(struct str name);

/* The page of a code (doc/diagnostics/CODE.md) as a terminal shows it; NULL where none is written yet. */
const char *diagnostic_page(enum diagnostic_code code);

const char *severity_name(uint8_t severity);

/* Gives a diagnostic its certain fix: replace `span` by `text`. Adds an edit when called again. */
void diagnostic_fix(struct arena *arena, struct diagnostic *diagnostic, const char *title, struct span span, struct str text);

void diagnostic_relate(struct arena *arena, struct diagnostic *diagnostic, struct span span, const char *message);

#endif
