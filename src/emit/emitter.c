#include "emitter.h"

#include "calendars.h"
#include "page.h"

#include <stdlib.h>

#define PARTS 8 /* that a family of many pages is written in */

struct emitter {
	struct publication own; /* shares all but the zones */
	struct site *site;
	struct calendars *calendars;
};

/* Jobs that take long come first, so that no thread is left alone with one. */
enum job { JOB_SEARCH, JOB_CALENDARS, JOB_SITE = JOB_CALENDARS + PARTS, JOB_FEEDS = JOB_SITE + PARTS, JOB_MAIL, JOB_PAGES, JOB_COUNT };

uint32_t emitter_jobs(void) {
	return JOB_COUNT;
}

struct emitter *emitter_open(const struct publication *p, struct zones *zones, struct sink *sink) {
	struct emitter *e = memory_get(sizeof *e);
	*e = (struct emitter){.own = *p};
	e->own.zones = zones;
	e->site = site_open(&e->own, sink);
	e->calendars = calendars_open(&e->own, sink);
	return e;
}

void emitter_close(struct emitter *e) {
	site_close(e->site);
	calendars_close(e->calendars);
	free(e);
}

int emitter_run(struct emitter *e, uint32_t job, struct error *error) {
	struct sink *sink = e->site->sink;
	if (job == JOB_SEARCH)
		return site_run(e->site, SITE_SEARCH, 0, 1, error);
	if (job >= JOB_CALENDARS && job < JOB_CALENDARS + PARTS)
		return calendars_run(e->calendars, job - JOB_CALENDARS, PARTS, error);
	if (job >= JOB_SITE && job < JOB_SITE + PARTS)
		return site_run(e->site, SITE_MANY, job - JOB_SITE, PARTS, error);
	if (job == JOB_FEEDS)
		return emit_feeds(&e->own, sink, error);
	if (job == JOB_MAIL)
		return emit_mail(&e->own, sink, error);
	return site_run(e->site, SITE_FEW, 0, 1, error);
}
