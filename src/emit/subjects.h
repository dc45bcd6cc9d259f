/* Who and what the publication is about: each person, organisation, place and topic that events and bylines name, once,
 * with all that names it. Two ways of writing a name are one subject when their keys (know/name_key.h) are the same. */
#ifndef DAYBOOK_SUBJECTS_H
#define DAYBOOK_SUBJECTS_H

#include "../know/civil.h"
#include "../record/record.h"

enum subject_kind {
	SUBJECT_PERSON,       /* who speaks at an event, who writes an essay */
	SUBJECT_ORGANISATION, /* a sponsor */
	SUBJECT_PLACE,        /* as listings state it */
	SUBJECT_TOPIC,        /* what stands over an essay; the series or kind of an event */
	SUBJECT_MODE,         /* in person, online, both */
	SUBJECT_KINDS,
};

/* What a person is or was, as some text says it. */
struct subject_role {
	struct str text;
	struct civil since, until; /* the first and the last issue that says it; unknown where issues have no date */
	uint32_t event, article;   /* the newest that does: in the publication's events or articles; the other is NONE */
};

/* Words of a person that an issue quotes. */
struct subject_words {
	uint32_t issue, quotation; /* indices in the publication's issues, in its record's quotations */
};

struct subject {
	uint8_t kind;
	struct str name, slug; /* as first written */
	struct str key;
	array_of(uint32_t) events;   /* indices in the publication's events, by begin; those without a date last */
	array_of(uint32_t) articles; /* indices in its articles, oldest first */
	array_of(struct subject_role) roles; /* of a person: by their first issue */
	array_of(struct subject_words) said; /* of a person: oldest issue first; of whole records only */
	array_of(uint32_t) people;   /* of an organisation: indices of the subjects whose roles name it */
};

struct subjects {
	array_of(struct subject) list; /* in order of their first mention, oldest issue first */
	array_of(uint32_t) mentions;   /* the subjects of each event and article, one behind the other; see below */
	uint32_t *events, *articles;   /* of each: where its mentions begin */
};

struct publication;
/* Gathers them in the publication's arena, when its issues, articles, events have their slugs. */
void subjects_init(struct publication *p);

/* The subject of an event's sponsor, person, or NONE; of its place, topic, mode: NONE where none is stated. */
uint32_t subject_of_sponsor(const struct publication *p, uint32_t event, uint32_t sponsor);
uint32_t subject_of_person(const struct publication *p, uint32_t event, uint32_t person);
uint32_t subject_of_event(const struct publication *p, uint32_t event, enum subject_kind kind);

/* The subject of an author, and of what stands over the essay. */
uint32_t subject_of_author(const struct publication *p, uint32_t article, uint32_t author);
uint32_t subject_of_kicker(const struct publication *p, uint32_t article);

/* How many of its events have a date; they stand first. */
uint32_t subject_dated(const struct publication *p, const struct subject *subject);

/* The folder of a kind's pages and calendars: "people/". */
const char *subject_folder(uint8_t kind);

#endif
