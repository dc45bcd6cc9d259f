#include "lock.h"

#include "memory.h"

#include <pthread.h>
#include <stdlib.h>

struct lock {
	pthread_mutex_t mutex;
};

struct lock *lock_open(void) {
	struct lock *lock = memory_get(sizeof *lock);
	pthread_mutex_init(&lock->mutex, NULL);
	return lock;
}

void lock_close(struct lock *lock) {
	if (!lock)
		return;
	pthread_mutex_destroy(&lock->mutex);
	free(lock);
}

void lock_take(struct lock *lock) {
	pthread_mutex_lock(&lock->mutex);
}

void lock_give(struct lock *lock) {
	pthread_mutex_unlock(&lock->mutex);
}
