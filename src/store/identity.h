/* Who is who across documents: the rows of `entities`.
 *
 * Organisations, places and the rest are one where their type and key (know/name_key.h) are. A person with a full name is
 * the one of the same key, unless all that is stated speaks against it: both have offices or affiliations stated that
 * share no word, and no other person or organisation is named with both. Then it is another row, whose `same_name` names
 * the first. A person known by one name alone stays apart from those with full names. */
#ifndef DAYBOOK_IDENTITY_H
#define DAYBOOK_IDENTITY_H

#include "../record/record.h"
#include "sql.h"

/* A memory of what was looked up, so that it need not be again: only for speed. */
struct identity {
	struct identity_slot *slots;
	uint64_t *names; /* hashes of names that were written */
};

/* What a document says of one of its entities. */
struct described {
	const struct entity *entity;
	struct str stated[16]; /* offices and affiliations it states of a person */
	uint32_t stated_count;
};

/* The row of an entity; a new one where it is not known. `others` are rows of the document's entities known so far. -1 on
 * trouble, with `error`. */
int64_t identity_find(struct identity *identity, struct sql *sql, const struct described *described, const int64_t *others,
	uint32_t others_count, struct error *error);

/* Forgets everything looked up: after a transaction was rolled back. */
void identity_forget(struct identity *identity);

#endif
