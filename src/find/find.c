#include "find.h"

/* In the order they run. A finder reads only what the document states and what rows above it write. */
const struct finder finders[] = {
	{"issue", find_issue, "", "issue"},
	{"articles", find_articles, "issue", "articles listings strays"},
	{"notes", find_notes, "articles", "notes note_references_missing"},
	{"times", find_times, "issue articles listings", "times"},
	{"scheduled", find_scheduled, "issue articles listings times", "scheduled strays"},
	{"names", find_names, "articles scheduled", "names"},
	{"entities", find_entities, "names", "entities"},
	{"roles", find_roles, "articles listings scheduled names", "entities"},
	{"quotations", find_quotations, "articles listings notes scheduled names entities", "quotations"},
};
const int finder_count = (int)(sizeof finders / sizeof *finders);

void find_all(struct finding *f, enum find_extent extent) {
	for (int i = 0; i < finder_count; i++) {
		finders[i].find(f);
		if (extent == FIND_EVENTS && finders[i].find == find_scheduled)
			return;
	}
}
