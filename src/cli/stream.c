#include "stream.h"

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

enum { THREAD_LIMIT = 16, AHEAD = 16 /* things found and not delivered */ };

enum slot_state { SLOT_EMPTY, SLOT_FOUND, SLOT_DONE };

struct slot {
	void *thing;
	enum slot_state state;
};

/* Things are numbered from 0; thing n is in slot n % AHEAD. */
struct stream {
	const struct stream_orders *orders;
	struct slot slots[AHEAD];
	uint64_t found, taken, delivered;
	bool all_found, stop;
	pthread_mutex_t lock; /* of all above */
	pthread_cond_t thing_found, thing_done, room_made;
};

bool stream_push(struct stream *s, void *thing) {
	pthread_mutex_lock(&s->lock);
	while (!s->stop && s->found - s->delivered >= AHEAD)
		pthread_cond_wait(&s->room_made, &s->lock);
	bool wanted = !s->stop;
	if (wanted) {
		s->slots[s->found++ % AHEAD] = (struct slot){thing, SLOT_FOUND};
		pthread_cond_signal(&s->thing_found);
	}
	pthread_mutex_unlock(&s->lock);
	if (!wanted)
		s->orders->drop(thing);
	return wanted;
}

static void *find_main(void *argument) {
	struct stream *s = argument;
	s->orders->find(s, s->orders->context);
	pthread_mutex_lock(&s->lock);
	s->all_found = true;
	pthread_cond_broadcast(&s->thing_found);
	pthread_cond_broadcast(&s->thing_done);
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

/* The next slot to work on, or NULL when there will be none. */
static struct slot *next_slot(struct stream *s) {
	pthread_mutex_lock(&s->lock);
	while (!s->stop && s->taken == s->found && !s->all_found)
		pthread_cond_wait(&s->thing_found, &s->lock);
	struct slot *slot = !s->stop && s->taken < s->found ? &s->slots[s->taken++ % AHEAD] : NULL;
	pthread_mutex_unlock(&s->lock);
	return slot;
}

static void *work_main(void *argument) {
	struct stream *s = argument;
	void *own = s->orders->begin(s->orders->context);
	struct slot *slot;
	while ((slot = next_slot(s))) {
		s->orders->work(slot->thing, own, s->orders->context);
		pthread_mutex_lock(&s->lock);
		slot->state = SLOT_DONE;
		pthread_cond_signal(&s->thing_done);
		pthread_mutex_unlock(&s->lock);
	}
	s->orders->end(own);
	return NULL;
}

/* The next thing in order when it is done; NULL when all are delivered. */
static void *next_done(struct stream *s) {
	pthread_mutex_lock(&s->lock);
	struct slot *slot = &s->slots[s->delivered % AHEAD];
	while (!(s->delivered < s->found && slot->state == SLOT_DONE) && !(s->all_found && s->delivered == s->found))
		pthread_cond_wait(&s->thing_done, &s->lock);
	void *thing = s->delivered < s->found ? slot->thing : NULL;
	pthread_mutex_unlock(&s->lock);
	return thing;
}

static void mark_delivered(struct stream *s) {
	pthread_mutex_lock(&s->lock);
	s->slots[s->delivered++ % AHEAD] = (struct slot){0};
	pthread_cond_signal(&s->room_made);
	pthread_mutex_unlock(&s->lock);
}

static bool deliver_all(struct stream *s) {
	void *thing;
	bool more = true;
	while (more && (thing = next_done(s))) {
		more = s->orders->deliver(thing, s->orders->context);
		mark_delivered(s);
	}
	return more;
}

static void stop(struct stream *s) {
	pthread_mutex_lock(&s->lock);
	s->stop = true;
	pthread_cond_broadcast(&s->thing_found);
	pthread_cond_broadcast(&s->room_made);
	pthread_mutex_unlock(&s->lock);
}

bool stream_run(const struct stream_orders *orders) {
	struct stream s = {.orders = orders, .lock = PTHREAD_MUTEX_INITIALIZER, .thing_found = PTHREAD_COND_INITIALIZER,
		.thing_done = PTHREAD_COND_INITIALIZER, .room_made = PTHREAD_COND_INITIALIZER};
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	int wanted = cores < 1 ? 1 : cores > THREAD_LIMIT ? THREAD_LIMIT : (int)cores, started = 0;
	pthread_t threads[THREAD_LIMIT], finder;
	while (started < wanted && pthread_create(&threads[started], NULL, work_main, &s) == 0)
		started++;
	bool finding = started && pthread_create(&finder, NULL, find_main, &s) == 0;
	bool whole = finding && deliver_all(&s);
	stop(&s);
	if (finding)
		pthread_join(finder, NULL);
	for (int i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	for (uint64_t i = s.delivered; i < s.found; i++)
		orders->drop(s.slots[i % AHEAD].thing);
	return whole;
}
