/* The calendars of a publication, in parts. */
#ifndef DAYBOOK_CALENDARS_H
#define DAYBOOK_CALENDARS_H

#include "publication.h"

struct calendars *calendars_open(const struct publication *p, struct sink *sink);
/* Part `part` of `parts` of all calendars. 0, or -1 with `error`. */
int calendars_run(struct calendars *calendars, uint32_t part, uint32_t parts, struct error *error);
void calendars_close(struct calendars *calendars);

#endif
