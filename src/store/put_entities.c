/* The record's entities and names as rows. */
#include "../base/buf.h"
#include "rows.h"
#include "writer.h"

#include <stdlib.h>

int64_t entity_at(const struct putting *p, struct span span, enum entity_type type) {
	const struct record *r = p->record;
	for (uint32_t i = record_name_from(r, span.begin); i < r->names.count && r->names.at[i].span.begin < span.end; i++)
		if (r->names.at[i].type == type && r->names.at[i].entity != NONE)
			return p->entities[r->names.at[i].entity];
	return -1;
}

/* The index of the entity that is named in `span` as a person, or NONE. */
static uint32_t person_in(const struct record *r, struct span span) {
	for (uint32_t i = record_name_from(r, span.begin); i < r->names.count && r->names.at[i].span.begin < span.end; i++)
		if (r->names.at[i].type == ENTITY_PER)
			return r->names.at[i].entity;
	return NONE;
}

static void state(struct described *d, struct str what) {
	if (what.len && d->stated_count < sizeof d->stated / sizeof *d->stated)
		d->stated[d->stated_count++] = what;
}

/* What the document states of each entity: its offices, those of listings, affiliations of bylines. */
static struct described *describe(struct putting *p) {
	const struct record *r = p->record;
	struct described *list = arena_alloc(&p->arena, (r->entities.count + 1) * sizeof *list);
	for (uint32_t i = 0; i < r->entities.count; i++) {
		list[i].entity = &r->entities.at[i];
		for (uint32_t k = 0; k < r->entities.at[i].roles.count; k++) {
			state(&list[i], r->entities.at[i].roles.at[k].title);
			state(&list[i], r->entities.at[i].roles.at[k].of);
		}
	}
	for (uint32_t i = 0; i < r->scheduled.count; i++) {
		for (uint32_t k = 0; k < r->scheduled.at[i].people.count; k++) {
			const struct person *person = &r->scheduled.at[i].people.at[k];
			uint32_t entity = person_in(r, person->name_span);
			for (uint32_t n = 0; entity != NONE && n < person->roles.count; n++)
				state(&list[entity], person->roles.at[n].text);
		}
	}
	for (uint32_t i = 0; i < r->articles.count; i++) {
		for (uint32_t k = 0; k < r->articles.at[i].byline.count; k++) {
			const struct byline *byline = &r->articles.at[i].byline.at[k];
			uint32_t entity = person_in(r, byline->name_span);
			if (entity != NONE)
				state(&list[entity], byline->affiliation);
		}
	}
	return list;
}

/* A mention on its way into the row of the archive's entity. */
struct placed {
	int64_t entity;
	struct span span;
};

static int by_entity(const void *a, const void *b) {
	const struct placed *x = a, *y = b;
	if (x->entity != y->entity)
		return x->entity < y->entity ? -1 : 1;
	return (x->span.begin > y->span.begin) - (x->span.begin < y->span.begin);
}

/* A row for each entity named, with all its mentions: two of the record's may be one of the archive's. */
static int put_named(struct putting *p) {
	const struct record *r = p->record;
	struct placed *placed = arena_alloc(&p->arena, (r->names.count + 1) * sizeof *placed);
	uint32_t count = 0;
	for (uint32_t i = 0; i < r->names.count; i++)
		if (r->names.at[i].entity != NONE)
			placed[count++] = (struct placed){p->entities[r->names.at[i].entity], r->names.at[i].span};
	qsort(placed, count, sizeof *placed, by_entity);
	struct buf spans = {0};
	struct rows rows = {.arena = &p->arena};
	for (uint32_t i = 0; i < count; i++) {
		buf_byte(&spans, spans.len ? ',' : '[');
		buf_byte(&spans, '[');
		buf_number(&spans, placed[i].span.begin);
		buf_byte(&spans, ',');
		buf_number(&spans, placed[i].span.end);
		buf_byte(&spans, ']');
		if (i + 1 < count && placed[i + 1].entity == placed[i].entity)
			continue;
		buf_byte(&spans, ']');
		rows_add(&rows, "iis", p->document, placed[i].entity, arena_copy(&p->arena, buf_str(&spans)));
		buf_clear(&spans);
	}
	buf_release(&spans);
	return rows_insert(&rows, &p->archive->sql, "INSERT OR FAIL INTO named SELECT a, b, c FROM given(?1)", p->error);
}

static int put_roles(struct putting *p) {
	struct rows rows = {.arena = &p->arena};
	int64_t n = 0;
	for (uint32_t i = 0; i < p->record->entities.count; i++) {
		const struct entity *e = &p->record->entities.at[i];
		for (uint32_t k = 0; k < e->roles.count; k++) {
			const struct office *o = &e->roles.at[k];
			rows_add(&rows, "iiissizp", p->document, n++, p->entities[i], o->title, o->of, (int64_t)o->former, *p->date ? p->date : NULL, o->span);
		}
	}
	return rows_insert(&rows, &p->archive->sql, "INSERT OR FAIL INTO roles SELECT a, b, c, d, e, f, g, h, i FROM given(?1)", p->error);
}

int put_entities(struct putting *p) {
	const struct record *r = p->record;
	struct described *list = describe(p);
	p->entities = arena_alloc(&p->arena, (r->entities.count + 1) * sizeof *p->entities);
	for (uint32_t i = 0; i < r->entities.count; i++) {
		p->entities[i] = identity_find(&p->archive->identity, &p->archive->sql, &list[i], p->entities, i, p->error);
		if (p->entities[i] < 0)
			return -1;
	}
	return put_named(p) < 0 || put_roles(p) < 0 ? -1 : 0;
}
