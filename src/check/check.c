#include "check.h"

/* The house has the last word on severities. What it has turned off is dropped. */
static void apply_house(struct record *record, const struct house *house) {
	uint32_t kept = 0;
	for (uint32_t i = 0; i < record->diagnostics.count; i++) {
		struct diagnostic d = record->diagnostics.at[i];
		d.severity = house->severities[d.code];
		if (d.severity != SEVERITY_OFF)
			record->diagnostics.at[kept++] = d;
	}
	record->diagnostics.count = kept;
}

void check_all(struct checking *c) {
	check_dates(c);
	check_zones(c);
	check_notes(c);
	check_events(c);
	check_text(c);
	apply_house(c->findings, c->house);
	record_finish(c->findings);
}
