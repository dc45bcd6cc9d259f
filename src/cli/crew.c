#include "crew.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	THREAD_LIMIT = 16,
	AHEAD = 16, /* jobs done but not delivered, a thread */
};

struct crew {
	const struct crew_orders *orders;
	uint32_t threads;
	bool *done; /* for each job */
	uint32_t next, delivered;
	bool stop;
	pthread_mutex_t lock; /* of all above */
	pthread_cond_t job_done, room_made;
};

/* The next job for a thread; false when there is none. Waits while too many are ahead of delivery. */
static bool next_job(struct crew *crew, uint32_t *job) {
	pthread_mutex_lock(&crew->lock);
	while (!crew->stop && crew->next < crew->orders->count && crew->next >= crew->delivered + crew->threads * AHEAD)
		pthread_cond_wait(&crew->room_made, &crew->lock);
	bool is_one = !crew->stop && crew->next < crew->orders->count;
	if (is_one)
		*job = crew->next++;
	pthread_mutex_unlock(&crew->lock);
	return is_one;
}

static void *thread_main(void *argument) {
	struct crew *crew = argument;
	const struct crew_orders *orders = crew->orders;
	void *own = orders->begin(orders->context);
	uint32_t job;
	while (next_job(crew, &job)) {
		orders->work(job, own, orders->context);
		pthread_mutex_lock(&crew->lock);
		crew->done[job] = true;
		pthread_cond_signal(&crew->job_done);
		pthread_mutex_unlock(&crew->lock);
	}
	orders->end(own);
	return NULL;
}

static bool deliver_all(struct crew *crew) {
	for (uint32_t job = 0; job < crew->orders->count; job++) {
		pthread_mutex_lock(&crew->lock);
		while (!crew->done[job])
			pthread_cond_wait(&crew->job_done, &crew->lock);
		pthread_mutex_unlock(&crew->lock);

		if (!crew->orders->deliver(job, crew->orders->context))
			return false;

		pthread_mutex_lock(&crew->lock);
		crew->delivered = job + 1;
		pthread_cond_broadcast(&crew->room_made);
		pthread_mutex_unlock(&crew->lock);
	}
	return true;
}

static bool run_alone(const struct crew_orders *orders) {
	void *own = orders->begin(orders->context);
	uint32_t job = 0;
	for (bool more = true; more && job < orders->count; job += more) {
		orders->work(job, own, orders->context);
		more = orders->deliver(job, orders->context);
	}
	orders->end(own);
	return job == orders->count;
}

static bool run_threads(const struct crew_orders *orders, uint32_t threads) {
	struct crew crew = {.orders = orders, .threads = threads, .lock = PTHREAD_MUTEX_INITIALIZER,
		.job_done = PTHREAD_COND_INITIALIZER, .room_made = PTHREAD_COND_INITIALIZER};
	crew.done = calloc(orders->count, sizeof *crew.done);
	pthread_t thread[THREAD_LIMIT];
	uint32_t started = 0;
	while (crew.done && started < threads && pthread_create(&thread[started], NULL, thread_main, &crew) == 0)
		started++;
	bool whole = started ? deliver_all(&crew) : run_alone(orders);

	pthread_mutex_lock(&crew.lock);
	crew.stop = true;
	pthread_cond_broadcast(&crew.room_made);
	pthread_mutex_unlock(&crew.lock);
	for (uint32_t i = 0; i < started; i++)
		pthread_join(thread[i], NULL);
	free(crew.done);
	return whole;
}

bool crew_run(const struct crew_orders *orders) {
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	uint32_t threads = cores < 1 ? 1 : cores > THREAD_LIMIT ? THREAD_LIMIT : (uint32_t)cores;
	if (threads > orders->count)
		threads = orders->count;
	return threads < 2 ? run_alone(orders) : run_threads(orders, threads);
}
