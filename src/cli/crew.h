/* Threads that do numbered jobs, and hand them over in their order. Knows nothing of what the jobs are. */
#ifndef DAYBOOK_CREW_H
#define DAYBOOK_CREW_H

#include <stdbool.h>
#include <stdint.h>

struct crew_orders {
	uint32_t count; /* jobs, numbered from 0 */
	void *context;
	/* What a thread keeps for itself (a cache): made when it begins, given to `work`, taken back at its end. */
	void *(*begin)(void *context);
	void (*end)(void *own);
	/* In some thread. */
	void (*work)(uint32_t job, void *own, void *context);
	/* In the caller's thread, job after job. False stops the rest. */
	bool (*deliver)(uint32_t job, void *context);
};

/* Does all jobs on as many threads as there are cores, in the caller's own where one is enough. Only some jobs
 * are ever done ahead of their delivery. False when `deliver` stopped it. */
bool crew_run(const struct crew_orders *orders);

#endif
