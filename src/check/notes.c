/* Notes that nothing refers to, references to no note, Ibid. that repeats nothing. */
#include "check.h"

static void check_references(struct checking *c) {
	const struct record *r = c->record;
	for (uint32_t i = 0; i < r->note_references_missing.count; i++) {
		struct span span = r->note_references_missing.at[i];
		struct str written = str_at(r->source->text, span);
		record_diagnose(c->findings, DIAGNOSTIC_note_missing, span, "there is no note for %.*s", (int)written.len, written.at);
	}
}

void check_notes(struct checking *c) {
	const struct record *r = c->record;
	check_references(c);
	for (uint32_t i = 0; i < r->notes.count; i++) {
		const struct note *n = &r->notes.at[i];
		struct span label = {n->span.begin, n->text.begin > n->span.begin ? n->text.begin : n->span.end};
		label = span_trim(r->source->text, label);
		if (n->references.count == 0)
			record_diagnose(c->findings, DIAGNOSTIC_note_unreferenced, label, "nothing in the text refers to note %.*s", (int)n->label.len,
				n->label.at);
		if (!span_empty(n->ibid) && !n->same_as.at)
			record_diagnose(c->findings, DIAGNOSTIC_ibid_dangling, n->ibid, "note %.*s repeats the note before it, and there is none",
				(int)n->label.len, n->label.at);
	}
}
