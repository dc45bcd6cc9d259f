#include "versions.h"

#include "../base/hash.h"

#include <stdlib.h>

static struct str start_text(struct publication *p, const struct occasion *when, struct civil at) {
	char text[CIVIL_TEXT];
	if (!civil_has_date(at))
		return STR_NULL;
	int n = when->zone ? zone_format(p->zones, when->zone, at, text) : civil_format(at, text);
	return arena_copy(&p->arena, str_of(text, (size_t)n));
}

/* What makes a revision: start, end, place, status. */
static struct str fingerprint(struct publication *p, const struct scheduled *e, struct str start) {
	struct str end = start_text(p, &e->when, e->when.end);
	struct str all = arena_format(&p->arena, "%.*s|%.*s|%.*s|%d", (int)start.len, start.at ? start.at : "", (int)end.len,
		end.at ? end.at : "", (int)e->location.len, e->location.at ? e->location.at : "", e->status);
	return arena_format(&p->arena, "%016llx", (unsigned long long)hash_bytes(all));
}

void versions_apply(struct publication *p, struct state *state) {
	struct event_version *versions = memory_get((p->events.count + 1) * sizeof *versions);
	for (uint32_t i = 0; i < p->events.count; i++) {
		const struct published_event *pe = &p->events.at[i];
		struct str start = start_text(p, &pe->event->when, pe->event->when.start);
		versions[i] = (struct event_version){
			.key = pe->event->uid,
			.issue = p->issues.at[pe->issue].slug,
			.title = pe->event->title.at ? pe->event->title : STR(""),
			.start = start,
			.fingerprint = fingerprint(p, pe->event, start),
			.revises = pe->event->status != STATUS_SCHEDULED,
			.issued = pe->modified,
		};
	}
	state_apply(state, versions, p->events.count);
	for (uint32_t i = 0; i < p->events.count; i++) {
		p->events.at[i].uid = versions[i].uid;
		p->events.at[i].sequence = versions[i].sequence;
		p->events.at[i].modified = versions[i].modified;
	}
	free(versions);
	publication_order(p);
}
