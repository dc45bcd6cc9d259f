/* brat's standoff annotations (brat rapid annotation tool 1.3): names, their entities as equivalences, times with their
 * values as notes. Places are counted in characters; a span over a line's end is written in pieces, as brat wants it. */
#include "emit.h"

#include <stdlib.h>

struct standoff {
	const struct record *record;
	struct str text;
	struct buf *out;
	uint32_t at, characters; /* a place in the text, and how many characters stand before it */
	uint32_t marks, notes;
};

/* The number of characters before byte `to`; places are asked for in rising order, else the count begins anew. */
static uint32_t characters_before(struct standoff *s, uint32_t to) {
	if (to < s->at)
		s->at = s->characters = 0;
	for (; s->at < to; s->at++)
		s->characters += ((unsigned char)s->text.at[s->at] & 0xC0) != 0x80;
	return s->characters;
}

static uint32_t piece_end(const struct standoff *s, uint32_t at, uint32_t end) {
	while (at < end && s->text.at[at] != '\n' && s->text.at[at] != '\r')
		at++;
	return at;
}

/* Writes `T1<TAB>TYPE 0 5;6 9<TAB>the words`. */
static void put_mark(struct standoff *s, const char *type, struct span span) {
	buf_format(s->out, "T%u\t%s", (unsigned)++s->marks, type);
	for (uint32_t at = span.begin, end; at < span.end; at = end) {
		while (at < span.end && (s->text.at[at] == '\n' || s->text.at[at] == '\r'))
			at++;
		end = piece_end(s, at, span.end);
		if (end > at) {
			uint32_t begin = characters_before(s, at);
			buf_format(s->out, "%c%u %u", at == span.begin ? ' ' : ';', (unsigned)begin, (unsigned)characters_before(s, end));
		}
	}
	buf_byte(s->out, '\t');
	for (uint32_t at = span.begin; at < span.end; at++)
		buf_byte(s->out, s->text.at[at] == '\n' || s->text.at[at] == '\r' ? ' ' : s->text.at[at]);
	buf_byte(s->out, '\n');
}

/* The mentions of one entity, in lists that `next` links. */
static void put_equivalences(struct standoff *s, const uint32_t *first, const uint32_t *next) {
	const struct record *r = s->record;
	for (uint32_t e = 0; e < r->entities.count; e++) {
		if (first[e] == NONE || next[first[e]] == NONE)
			continue;
		buf_text(s->out, "*\tEquiv");
		for (uint32_t i = first[e]; i != NONE; i = next[i])
			buf_format(s->out, " T%u", (unsigned)i + 1);
		buf_byte(s->out, '\n');
	}
}

static void put_entities(struct standoff *s) {
	const struct record *r = s->record;
	size_t size = ((size_t)r->entities.count + r->names.count + 1) * sizeof(uint32_t);
	uint32_t *first = memory_get(size), *next = first + r->entities.count;
	memset(first, 0xFF, size); /* NONE */
	for (uint32_t i = r->names.count; i-- > 0;) {
		uint32_t entity = r->names.at[i].entity;
		if (entity == NONE)
			continue;
		next[i] = first[entity];
		first[entity] = i;
	}
	put_equivalences(s, first, next);
	free(first);
}

void emit_brat(const struct record *record, struct buf *out) {
	struct standoff s = {.record = record, .text = record->source->text, .out = out};
	for (uint32_t i = 0; i < record->names.count; i++)
		put_mark(&s, entity_type_name(record->names.at[i].type), record->names.at[i].span);
	put_entities(&s);
	for (uint32_t i = 0; i < record->times.count; i++) {
		const struct timex *t = &record->times.at[i];
		put_mark(&s, timex_type_name(t->type), t->span);
		buf_format(out, "#%u\tAnnotatorNotes T%u\t", (unsigned)++s.notes, (unsigned)s.marks);
		buf_add(out, t->value);
		buf_byte(out, '\n');
	}
}
