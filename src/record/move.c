/* Moving a record into an arena of its size. */
#include "record.h"

struct moving {
	struct arena *from, *to;
};

/* Only what the old arena owns is copied: what points into the source, or is static, stays. */
static void move_text(const struct moving *m, struct str *text) {
	if (arena_owns(m->from, text->at))
		*text = arena_copy(m->to, *text);
}

static void move_name(const struct moving *m, const char **name) {
	if (arena_owns(m->from, *name))
		*name = arena_copy(m->to, str_from(*name)).at;
}

static void *move_items(const struct moving *m, const void *at, size_t size) {
	return size ? memcpy(arena_alloc(m->to, size), at, size) : NULL;
}

#define MOVE_ARRAY(m, array) \
	((array)->at = move_items(m, (array)->at, (array)->count * sizeof *(array)->at), (array)->room = (array)->count)

static void move_articles(const struct moving *m, struct record *r) {
	MOVE_ARRAY(m, &r->articles);
	for (uint32_t i = 0; i < r->articles.count; i++) {
		struct article *a = &r->articles.at[i];
		struct str *const texts[] = {&a->kicker, &a->title, &a->place, &a->provenance.outlet};
		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
			move_text(m, texts[k]);
		MOVE_ARRAY(m, &a->byline);
		for (uint32_t k = 0; k < a->byline.count; k++) {
			move_text(m, &a->byline.at[k].name);
			move_text(m, &a->byline.at[k].affiliation);
		}
		MOVE_ARRAY(m, &a->sections);
		for (uint32_t k = 0; k < a->sections.count; k++)
			move_text(m, &a->sections.at[k].heading);
		MOVE_ARRAY(m, &a->passages);
	}
}

static void move_notes(const struct moving *m, struct record *r) {
	MOVE_ARRAY(m, &r->notes);
	for (uint32_t i = 0; i < r->notes.count; i++) {
		move_text(m, &r->notes.at[i].label);
		move_text(m, &r->notes.at[i].same_as);
		MOVE_ARRAY(m, &r->notes.at[i].references);
	}
}

static void move_times(const struct moving *m, struct record *r) {
	MOVE_ARRAY(m, &r->times);
	for (uint32_t i = 0; i < r->times.count; i++) {
		struct timex *t = &r->times.at[i];
		struct str *const texts[] = {&t->value, &t->mod, &t->begin, &t->end, &t->quant, &t->freq};
		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
			move_text(m, texts[k]);
		move_name(m, &t->rule);
		move_name(m, &t->zone.id);
	}
}

static void move_entities(const struct moving *m, struct record *r) {
	MOVE_ARRAY(m, &r->entities);
	for (uint32_t i = 0; i < r->entities.count; i++) {
		struct entity *e = &r->entities.at[i];
		move_text(m, &e->name);
		MOVE_ARRAY(m, &e->aliases);
		for (uint32_t k = 0; k < e->aliases.count; k++)
			move_text(m, &e->aliases.at[k]);
		MOVE_ARRAY(m, &e->roles);
		for (uint32_t k = 0; k < e->roles.count; k++) {
			move_text(m, &e->roles.at[k].title);
			move_text(m, &e->roles.at[k].of);
		}
	}
}

static void move_occasion(const struct moving *m, struct occasion *when) {
	move_name(m, &when->zone);
	move_name(m, &when->zone_stated.id);
}

static void move_people(const struct moving *m, struct scheduled *e) {
	MOVE_ARRAY(m, &e->people);
	for (uint32_t i = 0; i < e->people.count; i++) {
		struct person *p = &e->people.at[i];
		move_text(m, &p->name);
		move_text(m, &p->honorific);
		MOVE_ARRAY(m, &p->roles);
		for (uint32_t k = 0; k < p->roles.count; k++)
			move_text(m, &p->roles.at[k].text);
	}
}

static void move_event(const struct moving *m, struct scheduled *e) {
	struct str *const texts[] = {&e->uid, &e->title, &e->display, &e->series, &e->kind, &e->location, &e->venue, &e->address, &e->room,
		&e->price, &e->description, &e->language};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		move_text(m, texts[i]);
	move_occasion(m, &e->when);
	MOVE_ARRAY(m, &e->also);
	for (uint32_t i = 0; i < e->also.count; i++)
		move_occasion(m, &e->also.at[i]);
	MOVE_ARRAY(m, &e->sponsors);
	for (uint32_t i = 0; i < e->sponsors.count; i++)
		move_text(m, &e->sponsors.at[i].name);
	move_people(m, e);
	MOVE_ARRAY(m, &e->links);
	for (uint32_t i = 0; i < e->links.count; i++) {
		move_text(m, &e->links.at[i].label);
		move_text(m, &e->links.at[i].href);
	}
}

static void move_diagnostics(const struct moving *m, struct record *r) {
	MOVE_ARRAY(m, &r->diagnostics);
	for (uint32_t i = 0; i < r->diagnostics.count; i++) {
		struct diagnostic *d = &r->diagnostics.at[i];
		move_text(m, &d->message);
		move_text(m, &d->fix_title);
		MOVE_ARRAY(m, &d->edits);
		for (uint32_t k = 0; k < d->edits.count; k++)
			move_text(m, &d->edits.at[k].text);
		MOVE_ARRAY(m, &d->related);
		for (uint32_t k = 0; k < d->related.count; k++)
			move_text(m, &d->related.at[k].message);
	}
}

void record_move(struct record *r, struct arena *to) {
	const struct moving m = {r->arena, to};
	move_text(&m, &r->issue.title);
	move_text(&m, &r->issue.number);
	move_articles(&m, r);
	move_notes(&m, r);
	MOVE_ARRAY(&m, &r->note_references_missing);
	MOVE_ARRAY(&m, &r->listings);
	for (uint32_t i = 0; i < r->listings.count; i++)
		move_text(&m, &r->listings.at[i].heading);
	move_times(&m, r);
	MOVE_ARRAY(&m, &r->names);
	move_entities(&m, r);
	MOVE_ARRAY(&m, &r->quotations);
	for (uint32_t i = 0; i < r->quotations.count; i++)
		move_text(&m, &r->quotations.at[i].text);
	MOVE_ARRAY(&m, &r->scheduled);
	for (uint32_t i = 0; i < r->scheduled.count; i++)
		move_event(&m, &r->scheduled.at[i]);
	MOVE_ARRAY(&m, &r->strays);
	MOVE_ARRAY(&m, &r->sentences);
	move_diagnostics(&m, r);
	r->arena = to;
}
