/* The compiler as the rooms behind the front door see it (cli, bench, fuzz targets, later serve). */
#ifndef DAYBOOK_COMPILER_H
#define DAYBOOK_COMPILER_H

#include "base/buf.h"
#include "know/zone.h"
#include "read/importer.h"
#include "record/house.h"
#include "record/record.h"

struct compilation {
	struct source source;
	struct record record;
	struct arena arena; /* of the record */
	size_t memory;      /* bytes that the arenas took at most: those of the source, the document and the record */
};

/* Reads, cuts, finds, checks. `bytes` and `name` are borrowed as long as the compilation lives. 0, or -1 with
 * `error` for bytes that cannot be a text. Free with compilation_release in any case. */
int compile(struct compilation *c, struct str name, struct str bytes, enum source_form form, const struct house *house,
	struct zones *zones, struct error *error);
/* The same; unless `whole`, without names, entities and quotations: all that checks, calendars and pages need, in less time. */
int compile_as_asked(bool whole, struct compilation *c, struct str name, struct str bytes, enum source_form form,
	const struct house *house, struct zones *zones, struct error *error);
/* The same of a document that an importer found. A date that its container states is the date of an issue that
 * states none, before the house's; its container's title is the where neither its text nor its form has one. */
int compile_imported(bool whole, struct compilation *c, const struct imported *imported, const struct house *house,
	struct zones *zones, struct error *error);
void compilation_release(struct compilation *c);

/* Makes a compilation that is to be kept small: what finding left behind, half of it, is freed. */
void compilation_tighten(struct compilation *c);

/* Prints the cut of its text into lines, blocks, sentences and tokens, for people who debug. */
void compilation_print_document(struct compilation *c, struct buf *out);

#endif
