/* What each thread that compiles keeps for itself: its zones (know/zone.h), as a crew's or a stream's `begin` and `end`. */
#ifndef DAYBOOK_HANDS_H
#define DAYBOOK_HANDS_H

void *hands_begin(void *context);
void hands_end(void *zones);

#endif
