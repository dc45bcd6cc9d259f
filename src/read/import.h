/* What the importers share; private to this room. */
#ifndef DAYBOOK_IMPORT_H
#define DAYBOOK_IMPORT_H

#include "../base/buf.h"
#include "importer.h"
#include "reader.h"

/* An import on its way. */
struct importing {
	const struct import_limits *limits;
	enum source_form form; /* asked for, or SOURCE_UNKNOWN */
	imported_fn *take;
	imported_failed_fn *failed;
	void *user;
	struct buf origin; /* of what is being read */
	uint64_t consumed;
	bool stopped; /* by the taker: nothing more may be handed over */
};

/* Adds a part to the origin, behind `sign`; gives what to put back with import_leave. */
size_t import_enter(struct importing *im, const char *sign, struct str part);
void import_leave(struct importing *im, size_t before);

/* Hands over a document of the present origin. */
void import_hand(struct importing *im, struct imported *document);

/* Says that what has the present origin could not be read. */
void import_fail(struct importing *im, const struct error *error);

#endif
