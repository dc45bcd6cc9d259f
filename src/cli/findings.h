/* Counting what the checks found. */
#ifndef DAYBOOK_FINDINGS_H
#define DAYBOOK_FINDINGS_H

#include "../record/record.h"

struct findings {
	uint32_t errors, warnings, notes, fixes, files; /* files: with an error or a warning */
};

void findings_count(struct findings *findings, const struct record *record);

/* Whether there is an error or a warning; notes alone are clean. */
bool findings_any(const struct findings *findings);

/* Says "2 errors, 1 warning" on standard error; nothing where nothing was found. */
void findings_say(const struct findings *findings);

/* Takes the notes out of a record that is only to be shown, unless `verbose`. */
void findings_hide_notes(struct record *record, bool verbose);

#endif
