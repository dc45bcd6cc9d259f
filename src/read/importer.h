/* Documents from anything: a file, a folder of files, and whatever holds many (mailboxes, exports, feeds, archives).
 * They are handed over one at a time, so that memory is bounded by the largest document and not by what holds it.
 * doc/importers.md says what is read and how. */
#ifndef DAYBOOK_IMPORTER_H
#define DAYBOOK_IMPORTER_H

#include "../base/error.h"
#include "../base/memory.h"
#include "source.h"

/* A document as it was found; all but its bytes is UTF-8. All of it is lent: it lives until `take` returns. */
struct imported {
	/* Where it came from, as a person would cite it: the path of a file; for a document in a container the container's
	 * origin, "!", and what names it there: a path in an archive, a Message-ID, the address of a post. */
	struct str origin;
	struct str url;    /* its address on the web, where the container states one; else null */
	/* What the container states beside the document; null where it states nothing. Mail and pages of HTML state such
	 * things themselves (source.h), and these are null for them. */
	struct str title;
	struct str date;   /* ISO 8601: YYYY-MM-DD, or YYYY-MM-DDThh:mm:ss with an offset (+hh:mm, Z) where one is stated */
	struct str author;
	/* To be read with source_read or, better, compile_imported (daybook.h). A post's bytes begin with its title as a
	 * heading of the form, as its readers see it, unless its text begins with that title itself. */
	enum source_form form; /* never SOURCE_UNKNOWN */
	struct str bytes;
	bool is_file; /* the bytes are those of the file at `origin`, not unpacked or made of it */
	uint64_t consumed; /* bytes of the input's files read up to here, of import_measure's; for showing progress */
};

/* Takes a document; false stops the import. */
typedef bool imported_fn(void *user, const struct imported *document);

/* Takes note of a document, or of a whole file, that could not be read; the import goes on behind it. False stops it. */
typedef bool imported_failed_fn(void *user, struct str origin, const struct error *error);

struct import_limits {
	size_t document;    /* bytes of one document; no more than FILE_LIMIT */
	uint32_t folders;   /* folders in folders */
	uint32_t archives;  /* archives in archives */
	uint32_t entries;   /* files of one archive */
	uint64_t unpacked;  /* bytes unpacked from one input */
	uint32_t ratio;     /* bytes unpacked for each packed one, beyond the first 16 MB */
	uint64_t download;  /* bytes from one address */
	uint32_t seconds;   /* for another program that reads a document (PDF), or in which a server must say something */
};
extern const struct import_limits import_limits_usual;

/* Walks `path` (a file, a folder, "-" for standard input, an http or https address) and hands over its documents, always in the same order: folders by name. What is read is judged by
 * name and bytes; a `form` other than SOURCE_UNKNOWN says how each document is to be read. Of a folder's files those are
 * read whose names say that they are documents; others are passed over in silence, as are names that begin with a dot.
 * False when `take` or `failed` stopped it. */
bool import_path(const char *path, enum source_form form, const struct import_limits *limits, imported_fn *take,
	imported_failed_fn *failed, void *user);

/* The one document of a file ("-": of standard input), however it is packed. 0, or -1 with `error` where there is none,
 * or more than one, or it cannot be read. What `document` lends is in the arena. */
int import_one(const char *path, enum source_form form, struct arena *arena, struct imported *document, struct error *error);

/* Whether a file of a folder is, by its name, one document that may be a bulletin: text, Markdown, HTML, mail, Word, PDF,
 * TimeML, or one of those compressed. */
bool import_is_one(struct str name);

/* The bytes of the files that import_path would read, 0 where that cannot be known. */
uint64_t import_measure(const char *path);

#endif
