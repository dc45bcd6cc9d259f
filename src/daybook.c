#include "daybook.h"

#include "check/check.h"
#include "find/date_order.h"
#include "find/expressions.h"
#include "find/find.h"
#include "text/document.h"

static void keep_sentences(const struct document *document, struct record *record) {
	array_reserve(record->arena, &record->sentences, document->sentences.count);
	for (uint32_t i = 0; i < document->sentences.count; i++) {
		const struct token *first = &document->tokens.at[document->sentences.at[i].token];
		const struct token *last = first + document->sentences.at[i].tokens - 1;
		if (last >= first)
			*array_push(record->arena, &record->sentences) = (struct span){first->begin, last->end};
	}
}

int compile_imported(bool whole, struct compilation *c, const struct imported *imported, const struct house *house,
	struct zones *zones, struct error *error) {
	struct house own = *house; /* borrows what the house owns */
	if (imported->date.len >= 10 && civil_parse_date(str_of(imported->date.at, 10), &own.date))
		house = &own;
	*c = (struct compilation){0};
	arena_init(&c->arena);
	if (source_read(&c->source, imported->origin, imported->bytes, imported->form, error) < 0)
		return -1;
	if (!c->source.title.at)
		c->source.title = arena_copy(&c->source.arena, imported->title);

	struct arena scratch;
	struct document document;
	arena_init(&scratch);
	document_cut(&document, &c->source, &scratch, &c->arena);
	document.matches = matches_open(&document);
	document.day_first = dates_day_first(&document, civil_has_date(house->date) ? house->date.year : 0);

	c->record = (struct record){.source = &c->source, .arena = &c->arena};
	find_all(&(struct finding){&document, house, zones, &c->record, &scratch, NULL}, whole ? FIND_ALL : FIND_EVENTS);
	if (whole)
		keep_sentences(&document, &c->record);
	c->memory = c->source.arena.total + scratch.total + matches_close(document.matches) + c->arena.total;
	arena_release(&scratch);

	check_all(&(struct checking){&c->record, house, zones, &c->record});
	return 0;
}

int compile_as_asked(bool whole, struct compilation *c, struct str name, struct str bytes, enum source_form form,
	const struct house *house, struct zones *zones, struct error *error) {
	return compile_imported(whole, c, &(struct imported){.origin = name, .form = form, .bytes = bytes}, house, zones, error);
}

int compile(struct compilation *c, struct str name, struct str bytes, enum source_form form, const struct house *house,
	struct zones *zones, struct error *error) {
	return compile_as_asked(true, c, name, bytes, form, house, zones, error);
}

void compilation_tighten(struct compilation *c) {
	struct arena tight;
	arena_init(&tight);
	record_move(&c->record, &tight);
	arena_release(&c->arena);
	c->arena = tight;
	c->record.arena = &c->arena;
}

void compilation_release(struct compilation *c) {
	source_release(&c->source);
	arena_release(&c->arena);
}

void compilation_print_document(struct compilation *c, struct buf *out) {
	struct arena scratch;
	struct document document;
	arena_init(&scratch);
	document_cut(&document, &c->source, &scratch, &scratch);
	document_print(&document, out);
	arena_release(&scratch);
}
