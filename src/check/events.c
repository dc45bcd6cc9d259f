/* The same event twice. */
#include "check.h"

#include "../base/hash.h"

#include <stdlib.h>

struct key {
	uint64_t hash; /* of the folded title and the start */
	uint32_t event;
};

static bool counts(unsigned char c) {
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
}

/* Case, spacing and punctuation do not make another event, nor does its status. */
static uint64_t key_of(const struct scheduled *e) {
	uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a */
	for (size_t i = 0; i < e->title.len; i++) {
		unsigned char c = (unsigned char)e->title.at[i];
		if (c >= 'A' && c <= 'Z')
			c = (unsigned char)(c + 32);
		if (counts(c))
			hash = (hash ^ c) * 0x100000001b3u;
	}
	const struct civil *s = &e->when.start;
	int32_t when[6] = {s->year, s->month, s->day, s->hour, s->minute, e->when.zone != NULL};
	return hash ^ hash_bytes(str_of((const char *)when, sizeof when));
}

static int by_hash(const void *a, const void *b) {
	const struct key *x = a, *y = b;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->event > y->event) - (x->event < y->event);
}

void check_events(struct checking *c) {
	const struct record *r = c->record;
	uint32_t count = 0;
	struct key *keys = memory_get((r->scheduled.count + 1) * sizeof *keys);
	for (uint32_t i = 0; i < r->scheduled.count; i++)
		if (r->scheduled.at[i].title.len && civil_has_date(r->scheduled.at[i].when.start))
			keys[count++] = (struct key){key_of(&r->scheduled.at[i]), i};
	qsort(keys, count, sizeof *keys, by_hash);
	for (uint32_t i = 1; i < count; i++) {
		if (keys[i].hash != keys[i - 1].hash)
			continue;
		const struct scheduled *first = &r->scheduled.at[keys[i - 1].event], *again = &r->scheduled.at[keys[i].event];
		struct span span = span_empty(again->spans.title) ? again->span : again->spans.title;
		struct diagnostic *d = record_diagnose(c->findings, DIAGNOSTIC_duplicate_event, span, "this event is listed already");
		diagnostic_relate(r->arena, d, span_empty(first->spans.title) ? first->span : first->spans.title, "it stands here first");
	}
	free(keys);
}
