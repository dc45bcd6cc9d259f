/* A lock between threads. (The system's header of threads defines a `struct timex`, and so does the record.) */
#ifndef DAYBOOK_LOCK_H
#define DAYBOOK_LOCK_H

struct lock *lock_open(void);
void lock_close(struct lock *lock);
/* Waits until no other thread has it. */
void lock_take(struct lock *lock);
void lock_give(struct lock *lock);

#endif
