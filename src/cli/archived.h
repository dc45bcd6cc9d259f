/* Documents of an archive, compiled again from the bytes that it keeps: for back ends, which print records. */
#ifndef DAYBOOK_ARCHIVED_H
#define DAYBOOK_ARCHIVED_H

#include "../base/buf.h"
#include "../daybook.h"
#include "../store/archive.h"
#include "../emit/publication.h"
#include "../store/document.h"
#include "inputs.h"
#include "terminal.h"

/* Compiles a document. Its bytes are the document's, which must live as long as the compilation. */
int archived_compile(const struct archived_document *document, bool whole, const struct house *house, struct zones *zones,
	struct compilation *compilation, struct error *error);

/* All documents of an archive, compiled. */
struct archived_set {
	struct archive *archive;
	struct house house; /* the archive's, and what the run's own house says */
	struct arena arena;
	array_of(struct compilation *) compilations;
	array_of(const struct record *) records;
	array_of(int64_t) documents; /* of each record */
	uint32_t failed;
	struct progress progress;
};

/* Opens an archive and compiles what stands in it, on every core. An exit code; release it in any case. */
int archived_open(struct archived_set *set, const char *path, const struct inputs *inputs, const struct settings *settings, struct error *error);
void archived_release(struct archived_set *set);

/* Gives the publication's events the UIDs and revisions that the archive knows them by, and puts its calendar in order again. */
void archived_identify(const struct archived_set *set, struct publication *publication);

/* A calendar of the events with these listings, under the UIDs that the archive knows them by. */
int archived_calendar(struct archive *archive, const int64_t *listings, uint32_t count, struct buf *out, struct error *error);

#endif
