/* Threads that work on what one thread finds, thing after thing, and hand it over in its order: like crew.h, where how
 * many things there are is not known beforehand. Knows nothing of what the things are. */
#ifndef DAYBOOK_STREAM_H
#define DAYBOOK_STREAM_H

#include <stdbool.h>

struct stream;

struct stream_orders {
	void *context;
	/* In a thread of its own: calls stream_push for each thing, until that says false. */
	void (*find)(struct stream *stream, void *context);
	/* What a working thread keeps for itself: made when it begins, given to `work`, taken back at its end. */
	void *(*begin)(void *context);
	void (*end)(void *own);
	/* In some thread. */
	void (*work)(void *thing, void *own, void *context);
	/* In the caller's thread, in the order of finding. False stops the rest. */
	bool (*deliver)(void *thing, void *context);
	/* Frees a thing that was never delivered. */
	void (*drop)(void *thing);
};

/* Hands a thing over to be worked on; waits while too many are ahead. False when no more are wanted; it is dropped then. */
bool stream_push(struct stream *stream, void *thing);

/* Finds, works and delivers until all is done. False when `deliver` stopped it. */
bool stream_run(const struct stream_orders *orders);

#endif
