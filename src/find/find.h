/* Finders: each reads the document and what finders before it wrote, and fills one key of the record.
 * The order and what each reads and writes is the table in find.c. */
#ifndef DAYBOOK_FIND_H
#define DAYBOOK_FIND_H

#include "../know/zone.h"
#include "../record/house.h"
#include "../record/record.h"
#include "../text/document.h"

struct finding {
	const struct document *document;
	const struct house *house;
	struct zones *zones;
	struct record *record;
	struct arena *scratch; /* memory that lasts as long as the document; what the record keeps is in the record's arena */
	struct look *looks;    /* how each block looks (looks.h); made by the first finder that asks */
};

void find_issue(struct finding *f);
void find_articles(struct finding *f); /* articles and listings */
void find_notes(struct finding *f);
void find_times(struct finding *f);
void find_scheduled(struct finding *f);
void find_names(struct finding *f);
void find_entities(struct finding *f);
void find_roles(struct finding *f); /* roles of entities */
void find_quotations(struct finding *f);

/* Runs the finders in their order, as far as asked: FIND_EVENTS is all that checks, calendars and pages need. */
enum find_extent { FIND_EVENTS, FIND_ALL };
void find_all(struct finding *f, enum find_extent extent);

/* The table, for the test that nothing is read before it is written. Keys are names of the record's members. */
struct finder {
	const char *name;
	void (*find)(struct finding *f);
	const char *reads, *writes; /* names with spaces between */
};
extern const struct finder finders[];
extern const int finder_count;

#endif
