/* Checkers: each looks at a finished record and adds diagnostics of one family. They never see the
 * document: what they judge by must be in the record. */
#ifndef DAYBOOK_CHECK_H
#define DAYBOOK_CHECK_H

#include "../know/zone.h"
#include "../record/house.h"
#include "../record/record.h"

struct checking {
	const struct record *record;
	const struct house *house;
	struct zones *zones;
	struct record *findings; /* the same record: only record_diagnose goes here */
};

void check_dates(struct checking *c);    /* weekday-mismatch end-before-start date-outside-issue date-impossible no-date */
void check_zones(struct checking *c);    /* zone-mismatch zone-season zone-ambiguous no-zone */
void check_notes(struct checking *c);    /* note-missing note-unreferenced ibid-dangling */
void check_events(struct checking *c);   /* duplicate-event */
void check_text(struct checking *c);     /* stray-text unbalanced-quote encoding-suspect */

/* Runs all, then applies the house's severities and record_finish. */
void check_all(struct checking *c);

#endif
