/* Between the publication and the state of the output folder: gives each event the UID, SEQUENCE and stamp
 * it had, or now gets. */
#ifndef DAYBOOK_VERSIONS_H
#define DAYBOOK_VERSIONS_H

#include "../emit/publication.h"
#include "../store/state.h"

/* Changes p->events' uid (borrowed from `state`, which must outlive `p`), sequence and modified, and puts
 * p->calendar in order again. */
void versions_apply(struct publication *p, struct state *state);

#endif
