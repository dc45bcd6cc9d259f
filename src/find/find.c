#include "find.h"

/* In the order they run. A finder reads only what the document states and what rows above it write. */
const struct finder finders[] = {
	{"times", find_times, "issue articles listings", "times"},
};
const int finder_count = (int)(sizeof finders / sizeof *finders);

void find_all(struct finding *f) {
	for (int i = 0; i < finder_count; i++)
		finders[i].find(f);
}
