/* Back ends of one record: each prints it in a format into a buffer. They see records and sources,
 * never a document. (What publishes many records is publication.h.) */
#ifndef DAYBOOK_EMIT_H
#define DAYBOOK_EMIT_H

#include "../base/buf.h"
#include "../know/zone.h"
#include "../record/record.h"

/* The record as one line of JSON, INTERFACE.md's fields and ours. */
void emit_json(const struct record *record, struct zones *zones, struct buf *out);

/* Diagnostics as a good compiler prints them: file:line:column: severity: message [code], the source line,
 * carets, notes, the fix. */
struct carets {
	bool colour;
};
void emit_carets(const struct record *record, const struct carets *how, struct buf *out);

/* Diagnostics as JSON Lines: one object each, with its file. */
void emit_diagnostics_json(const struct record *record, struct buf *out);

/* The text with its times marked as TIMEX3 (TimeML 1.2.1); of times that overlap, the longest. */
void emit_timeml(const struct record *record, struct buf *out);

/* The names in CoNLL's columns: token, begin, end, B- I- or O. */
void emit_conll(const struct record *record, struct buf *out);

/* Names, entities and times as brat's standoff annotations, over the text that annotate prints as source. */
void emit_brat(const struct record *record, struct buf *out);

/* Why the record says what it says: a line for each statement, file:line:column: key: words, anchor [rule]. */
void emit_explanations(const struct record *record, struct buf *out);

/* SARIF 2.1.0 (OASIS) of several records. */
void emit_sarif(const struct record *const *records, uint32_t count, struct buf *out);

#endif
