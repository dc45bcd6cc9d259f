/* Documents of an archive, compiled again from the bytes that it keeps: for back ends, which print records. */
#ifndef DAYBOOK_ARCHIVED_H
#define DAYBOOK_ARCHIVED_H

#include "../base/buf.h"
#include "../daybook.h"
#include "../store/archive.h"
#include "../store/document.h"

/* Compiles a document. Its bytes are the document's, which must live as long as the compilation. */
int archived_compile(const struct archived_document *document, bool whole, const struct house *house, struct zones *zones,
	struct compilation *compilation, struct error *error);

/* A calendar of the events with these listings, under the UIDs that the archive knows them by. */
int archived_calendar(struct archive *archive, const int64_t *listings, uint32_t count, struct buf *out, struct error *error);

#endif
