#include "subjects.h"

#include "../base/hash.h"
#include "../know/name_key.h"
#include "page.h"
#include "publication.h"
#include "slug.h"

#include <stdlib.h>

/* The subjects while they are gathered. */
struct gathering {
	struct publication *p;
	struct subjects *s;
	uint32_t *rows; /* hash table: index in s->list and 1; 0 is empty */
	uint32_t mask;
	struct slugs slugs[SUBJECT_KINDS];
	struct buf scratch;
};

const char *subject_folder(uint8_t kind) {
	static const char *const folders[] = {"people/", "organisations/", "places/", "topics/", "modes/"};
	return folders[kind];
}

/* ---- the table ---- */

static uint32_t *row_of(const struct gathering *g, uint8_t kind, struct str key) {
	uint32_t row = ((uint32_t)hash_bytes(key) + kind * 0x9E3779B9u) & g->mask;
	while (g->rows[row]) {
		const struct subject *subject = &g->s->list.at[g->rows[row] - 1];
		if (subject->kind == kind && str_equal(subject->key, key))
			break;
		row = (row + 1) & g->mask;
	}
	return &g->rows[row];
}

static void grow(struct gathering *g) {
	free(g->rows);
	g->mask = g->mask ? g->mask * 2 + 1 : 255;
	g->rows = memory_get((g->mask + 1) * sizeof *g->rows);
	memset(g->rows, 0, (g->mask + 1) * sizeof *g->rows);
	for (uint32_t i = 0; i < g->s->list.count; i++)
		*row_of(g, g->s->list.at[i].kind, g->s->list.at[i].key) = i + 1;
}

static struct str take_slug(struct gathering *g, uint8_t kind, struct str name) {
	static const char *const otherwise[] = {"person", "organisation", "place", "topic", "mode"};
	struct arena *arena = &g->p->arena;
	if (!g->slugs[kind].count)
		slug_take(&g->slugs[kind], arena, STR("index")); /* the list of all */
	buf_clear(&g->scratch);
	slug_add(&g->scratch, name);
	if (!g->scratch.len)
		buf_text(&g->scratch, otherwise[kind]);
	return slug_take(&g->slugs[kind], arena, buf_str(&g->scratch));
}

/* The subject of this name, made where there is none; NONE for no name. */
static uint32_t subject(struct gathering *g, uint8_t kind, struct str name) {
	char letters[NAME_KEY];
	if (!name.at || !name.len)
		return NONE;
	struct str key = str_of(letters, name_key(name, letters));
	if (!key.len)
		return NONE;
	if (g->s->list.count * 2 >= g->mask)
		grow(g);
	uint32_t *row = row_of(g, kind, key);
	if (!*row) {
		struct subject *added = array_push(&g->p->arena, &g->s->list);
		*added = (struct subject){.kind = kind, .name = name, .key = arena_copy(&g->p->arena, key)};
		added->slug = take_slug(g, kind, name);
		*row = g->s->list.count;
	}
	return *row - 1;
}

/* ---- events and essays ---- */

#define ROLES_BACK 64 /* among how many of a person's last roles one is looked for */

static void add_role(struct gathering *g, uint32_t person, struct str text, uint32_t event, uint32_t article, struct civil date) {
	struct subject *who = &g->s->list.at[person];
	if (!text.at || !text.len)
		return;
	for (uint32_t i = who->roles.count > ROLES_BACK ? who->roles.count - ROLES_BACK : 0; i < who->roles.count; i++) {
		struct subject_role *role = &who->roles.at[i];
		if (!str_equal_nocase(role->text, text))
			continue;
		role->until = date;
		role->event = event;
		role->article = article;
		return;
	}
	*array_push(&g->p->arena, &who->roles) = (struct subject_role){text, date, date, event, article};
}

/* Notes what an event or article mentions; once in the subject's own list, though it be named twice. */
static void mention(struct gathering *g, uint32_t index, uint32_t event, uint32_t article) {
	*array_push(&g->p->arena, &g->s->mentions) = index;
	if (index == NONE)
		return;
	struct subject *at = &g->s->list.at[index];
	if (event != NONE && (!at->events.count || at->events.at[at->events.count - 1] != event))
		*array_push(&g->p->arena, &at->events) = event;
	if (article != NONE && (!at->articles.count || at->articles.at[at->articles.count - 1] != article))
		*array_push(&g->p->arena, &at->articles) = article;
}

/* Mentions of an event: its place, topic, mode, then its sponsors, then its people. */
static void add_event(struct gathering *g, uint32_t k, struct civil date) {
	const struct scheduled *event = g->p->events.at[k].event;
	struct str label;
	event_heading(event, &label);
	g->s->events[k] = g->s->mentions.count;
	mention(g, subject(g, SUBJECT_PLACE, event->location.at ? event->location : event->venue), k, NONE);
	mention(g, subject(g, SUBJECT_TOPIC, label), k, NONE);
	mention(g, subject(g, SUBJECT_MODE, str_from(event_mode_words(event->mode))), k, NONE);
	for (uint32_t i = 0; i < event->sponsors.count; i++)
		mention(g, subject(g, SUBJECT_ORGANISATION, event->sponsors.at[i].name), k, NONE);
	for (uint32_t i = 0; i < event->people.count; i++) {
		const struct person *person = &event->people.at[i];
		uint32_t who = subject(g, SUBJECT_PERSON, person->name);
		mention(g, who, k, NONE);
		for (uint32_t r = 0; who != NONE && r < person->roles.count; r++)
			add_role(g, who, person->roles.at[r].text, k, NONE, date);
	}
}

/* Mentions of an article: what stands over it, then its authors. */
static void add_article(struct gathering *g, uint32_t k, struct civil date) {
	const struct article *article = g->p->articles.at[k].article;
	g->s->articles[k] = g->s->mentions.count;
	mention(g, subject(g, SUBJECT_TOPIC, article->kicker), NONE, k);
	for (uint32_t i = 0; i < article->byline.count; i++) {
		uint32_t who = subject(g, SUBJECT_PERSON, article->byline.at[i].name);
		mention(g, who, NONE, k);
		if (who != NONE)
			add_role(g, who, article->byline.at[i].affiliation, NONE, k, date);
	}
}

/* ---- quotations ---- */

/* The person that an entity is, of those that events and bylines name; NONE for others. */
static uint32_t person_of(const struct gathering *g, const struct entity *entity) {
	char letters[NAME_KEY];
	if (entity->type != ENTITY_PER || !entity->name.at)
		return NONE;
	struct str key = str_of(letters, name_key(entity->name, letters));
	return key.len ? *row_of(g, SUBJECT_PERSON, key) - 1 : NONE; /* 0, no row, becomes NONE */
}

static void add_quotations(struct gathering *g, uint32_t issue) {
	const struct record *record = g->p->issues.at[issue].record;
	for (uint32_t i = 0; i < record->quotations.count; i++) {
		uint32_t speaker = record->quotations.at[i].speaker;
		uint32_t who = speaker < record->entities.count ? person_of(g, &record->entities.at[speaker]) : NONE;
		if (who != NONE)
			*array_push(&g->p->arena, &g->s->list.at[who].said) = (struct subject_words){issue, i};
	}
}

/* ---- who belongs where ---- */

/* Joins a person to the organisations that the pieces of a role name: "Fellow, Quay Club" to the Quay Club. */
static void join(struct gathering *g, uint32_t person, struct str role) {
	for (size_t begin = 0, end; begin < role.len; begin = end + 1) {
		char letters[NAME_KEY];
		end = begin;
		while (end < role.len && role.at[end] != ',' && role.at[end] != ';')
			end++;
		struct str key = str_of(letters, name_key(str_of(role.at + begin, end - begin), letters));
		uint32_t row = key.len ? *row_of(g, SUBJECT_ORGANISATION, key) : 0;
		if (!row)
			continue;
		struct subject *at = &g->s->list.at[row - 1];
		if (!at->people.count || at->people.at[at->people.count - 1] != person)
			*array_push(&g->p->arena, &at->people) = person;
	}
}

static void join_all(struct gathering *g) {
	for (uint32_t i = 0; i < g->s->list.count; i++)
		for (uint32_t k = 0; k < g->s->list.at[i].roles.count; k++)
			join(g, i, g->s->list.at[i].roles.at[k].text);
}

/* By begin, those without a date last, then by name of their pages. */
static int by_begin(const void *a, const void *b, void *publication) {
	const struct publication *p = publication;
	const struct published_event *x = &p->events.at[*(const uint32_t *)a], *y = &p->events.at[*(const uint32_t *)b];
	if (x->begins != y->begins)
		return x->begins == INT64_MIN ? 1 : y->begins == INT64_MIN ? -1 : x->begins < y->begins ? -1 : 1;
	return x < y ? -1 : x > y;
}

void subjects_init(struct publication *p) {
	struct gathering g = {.p = p, .s = &p->subjects};
	g.s->events = arena_alloc(&p->arena, (p->events.count + 1) * sizeof *g.s->events);
	g.s->articles = arena_alloc(&p->arena, (p->articles.count + 1) * sizeof *g.s->articles);
	grow(&g);
	for (uint32_t i = p->issues.count; i-- > 0;) {
		const struct published_issue *issue = &p->issues.at[i];
		for (uint32_t k = issue->article; k < issue->article + issue->articles; k++)
			add_article(&g, k, issue->record->issue.date);
		for (uint32_t k = issue->event; k < issue->event + issue->events; k++)
			add_event(&g, k, issue->record->issue.date);
	}
	for (uint32_t i = p->issues.count; i-- > 0;)
		add_quotations(&g, i);
	join_all(&g);
	for (uint32_t i = 0; i < g.s->list.count; i++)
		if (g.s->list.at[i].events.count > 1)
			qsort_r(g.s->list.at[i].events.at, g.s->list.at[i].events.count, sizeof(uint32_t), by_begin, p);
	free(g.rows);
	buf_release(&g.scratch);
}

/* ---- asking ---- */

uint32_t subject_dated(const struct publication *p, const struct subject *subject) {
	uint32_t count = subject->events.count;
	while (count && p->events.at[subject->events.at[count - 1]].begins == INT64_MIN)
		count--;
	return count;
}

uint32_t subject_of_event(const struct publication *p, uint32_t event, enum subject_kind kind) {
	static const int8_t places[SUBJECT_KINDS] = {-1, -1, 0, 1, 2};
	return places[kind] < 0 ? NONE : p->subjects.mentions.at[p->subjects.events[event] + (uint32_t)places[kind]];
}

uint32_t subject_of_sponsor(const struct publication *p, uint32_t event, uint32_t sponsor) {
	return p->subjects.mentions.at[p->subjects.events[event] + 3 + sponsor];
}

uint32_t subject_of_person(const struct publication *p, uint32_t event, uint32_t person) {
	return subject_of_sponsor(p, event, p->events.at[event].event->sponsors.count + person);
}

uint32_t subject_of_kicker(const struct publication *p, uint32_t article) {
	return p->subjects.mentions.at[p->subjects.articles[article]];
}

uint32_t subject_of_author(const struct publication *p, uint32_t article, uint32_t author) {
	return p->subjects.mentions.at[p->subjects.articles[article] + 1 + author];
}
