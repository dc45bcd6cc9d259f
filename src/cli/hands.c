#include "hands.h"

#include "../daybook.h"

void *hands_begin(void *context) {
	(void)context;
	return zones_open();
}

void hands_end(void *zones) {
	zones_close(zones);
}
