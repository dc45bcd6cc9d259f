#include "stamp.h"

#include "../base/hash.h"

uint64_t stamp_add(uint64_t stamp, uint64_t more) {
	stamp = (stamp ^ more) * 0x9E3779B97F4A7C15u;
	return stamp ^ stamp >> 32;
}

uint64_t stamp_text(uint64_t stamp, struct str text) {
	return stamp_add(stamp, text.at ? hash_bytes(text) : 0);
}

static uint64_t add_civil(uint64_t stamp, struct civil c) {
	return stamp_add(stamp_add(stamp, (uint64_t)(uint32_t)c.year << 32 | (uint64_t)(uint8_t)c.month << 8 | (uint8_t)c.day),
		(uint64_t)(uint8_t)c.hour << 16 | (uint64_t)(uint8_t)c.minute << 8 | (uint8_t)c.second);
}

/* What the record was made from. What the importer states of a document has gone into its source, or its date. */
static uint64_t of_record(const struct record *record) {
	const struct source *source = record->source;
	const struct str texts[] = {source->original, source->name, source->media_type, source->title, source->date, source->from};
	uint64_t stamp = 0;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		stamp = stamp_text(stamp, texts[i]);
	return add_civil(stamp, record->issue.date);
}

static uint64_t add_link(uint64_t stamp, const struct publication *p, uint32_t subject) {
	return subject == NONE ? stamp_add(stamp, 0) : stamp_text(stamp, p->subjects.list.at[subject].slug);
}

static uint64_t of_event(const struct publication *p, uint32_t index, uint64_t issue) {
	const struct published_event *event = &p->events.at[index];
	uint64_t stamp = stamp_text(stamp_text(stamp_add(issue, event->event->span.begin), event->slug), event->uid);
	stamp = stamp_add(stamp_add(stamp, event->sequence), (uint64_t)event->modified);
	for (uint8_t kind = 0; kind < SUBJECT_KINDS; kind++)
		stamp = add_link(stamp, p, subject_of_event(p, index, (enum subject_kind)kind));
	for (uint32_t i = 0; i < event->event->sponsors.count; i++)
		stamp = add_link(stamp, p, subject_of_sponsor(p, index, i));
	for (uint32_t i = 0; i < event->event->people.count; i++)
		stamp = add_link(stamp, p, subject_of_person(p, index, i));
	return stamp;
}

static uint64_t of_article(const struct publication *p, uint32_t index, uint64_t issue) {
	const struct published_article *article = &p->articles.at[index];
	uint64_t stamp = stamp_text(stamp_add(issue, article->article->span.begin), article->slug);
	stamp = add_link(stamp, p, subject_of_kicker(p, index));
	for (uint32_t i = 0; i < article->article->byline.count; i++)
		stamp = add_link(stamp, p, subject_of_author(p, index, i));
	return stamp;
}

/* An issue's has those of all that stands in it. */
static uint64_t of_issue(const struct publication *p, uint32_t index) {
	const struct published_issue *issue = &p->issues.at[index];
	uint64_t own = stamp_text(stamp_text(of_record(issue->record), issue->slug), issue->title), stamp = own;
	for (uint32_t i = issue->article; i < issue->article + issue->articles; i++)
		stamp = stamp_add(stamp, p->stamps.articles[i] = of_article(p, i, own));
	for (uint32_t i = issue->event; i < issue->event + issue->events; i++)
		stamp = stamp_add(stamp, p->stamps.events[i] = of_event(p, i, own));
	return stamp;
}

static uint64_t of_subject(const struct publication *p, const struct subject *subject) {
	uint64_t stamp = stamp_text(stamp_text(subject->kind, subject->name), subject->slug);
	for (uint32_t i = 0; i < subject->events.count; i++)
		stamp = stamp_add(stamp, p->stamps.events[subject->events.at[i]]);
	stamp = stamp_add(stamp, subject->events.count);
	for (uint32_t i = 0; i < subject->articles.count; i++)
		stamp = stamp_add(stamp, p->stamps.articles[subject->articles.at[i]]);
	stamp = stamp_add(stamp, subject->articles.count);
	for (uint32_t i = 0; i < subject->roles.count; i++) {
		const struct subject_role *role = &subject->roles.at[i];
		stamp = add_civil(add_civil(stamp_text(stamp, role->text), role->since), role->until);
		stamp = stamp_add(stamp, role->event != NONE ? p->stamps.events[role->event] : p->stamps.articles[role->article]);
	}
	for (uint32_t i = 0; i < subject->said.count; i++)
		stamp = stamp_add(stamp_add(stamp, p->stamps.issues[subject->said.at[i].issue]), subject->said.at[i].quotation);
	for (uint32_t i = 0; i < subject->people.count; i++)
		stamp = stamp_text(add_link(stamp, p, subject->people.at[i]), p->subjects.list.at[subject->people.at[i]].name);
	return stamp;
}

void stamps_make(struct publication *p, uint64_t all) {
	struct stamps *s = &p->stamps;
	*s = (struct stamps){0};
	if (!all)
		return;
	s->all = stamp_text(stamp_text(all, p->name), p->language) | 1;
	s->issues = arena_alloc(&p->arena, (p->issues.count + 1) * sizeof *s->issues);
	s->articles = arena_alloc(&p->arena, (p->articles.count + 1) * sizeof *s->articles);
	s->events = arena_alloc(&p->arena, (p->events.count + 1) * sizeof *s->events);
	s->subjects = arena_alloc(&p->arena, (p->subjects.list.count + 1) * sizeof *s->subjects);
	for (uint32_t i = 0; i < p->issues.count; i++)
		s->issues[i] = of_issue(p, i);
	for (uint32_t i = 0; i < p->subjects.list.count; i++)
		s->subjects[i] = of_subject(p, &p->subjects.list.at[i]);
}

bool stamp_stands(const struct publication *p, struct sink *sink, struct str path, uint64_t stamp) {
	if (!p->stamps.all || !sink->has)
		return false;
	stamp = stamp_add(p->stamps.all, stamp);
	sink->stamp = 0;
	if (sink->has(sink, path, stamp))
		return true;
	sink->stamp = stamp;
	return false;
}
