/* A document as the archive keeps it. */
#ifndef DAYBOOK_STORE_DOCUMENT_H
#define DAYBOOK_STORE_DOCUMENT_H

#include "../base/error.h"
#include "../base/memory.h"

struct archive;

struct archived_document {
	int64_t id;
	struct str name, origin, url, media_type;
	struct str date;  /* where the text does not state it: what its container or an option said; else null */
	struct str bytes; /* the original */
};

/* Reads a document; its strings live in `arena`. 0, or -1 with `error`. */
int archive_document(struct archive *archive, int64_t id, struct arena *arena, struct archived_document *document, struct error *error);

/* The ids of the documents that stand, by date and then as they were added; of the dates `since` to `until` (YYYY-MM-DD,
 * inclusive) where those are not null. */
struct document_list {
	array_of(int64_t) ids;
};
int archive_documents(struct archive *archive, struct str since, struct str until, struct arena *arena, struct document_list *list,
	struct error *error);

/* What the archive knows of a listing: its document, its place there, and its event. */
struct archived_listing {
	int64_t document;
	struct span span;
	struct str uid;
	uint32_t sequence;
};
/* -1 with `error` where there is none. */
int archive_listing(struct archive *archive, int64_t listing, struct arena *arena, struct archived_listing *out, struct error *error);
/* The same of the listing that begins at `begin` of a document's text. */
int archive_listing_at(struct archive *archive, int64_t document, uint32_t begin, struct arena *arena, struct archived_listing *out,
	struct error *error);

#endif
