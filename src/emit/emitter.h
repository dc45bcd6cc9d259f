/* All that is published, as numbered jobs, so that several threads can share them. */
#ifndef DAYBOOK_EMITTER_H
#define DAYBOOK_EMITTER_H

#include "publication.h"

/* How many jobs there are. */
uint32_t emitter_jobs(void);

/* What a thread needs for them; `zones` and `sink` are the thread's own. The publication is only read. */
struct emitter *emitter_open(const struct publication *p, struct zones *zones, struct sink *sink);
/* 0, or -1 with `error`. */
int emitter_run(struct emitter *emitter, uint32_t job, struct error *error);
void emitter_close(struct emitter *emitter);

#endif
