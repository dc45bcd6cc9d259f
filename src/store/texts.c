#include "texts.h"

#include <stdlib.h>

static int by_begin(const void *a, const void *b) {
	const struct searched_text *x = a, *y = b;
	if (x->span.begin != y->span.begin)
		return x->span.begin < y->span.begin ? -1 : 1;
	return (x->span.end > y->span.end) - (x->span.end < y->span.end);
}

static bool has_letters(struct str s) {
	for (size_t i = 0; i < s.len; i++)
		if ((s.at[i] | 0x20) >= 'a' && (s.at[i] | 0x20) <= 'z')
			return true;
	return false;
}

static void add_gap(struct searched_texts *texts, const struct record *record, struct arena *arena, uint32_t begin, uint32_t end) {
	if (begin >= end)
		return;
	struct span span = span_trim(record->source->text, (struct span){begin, end});
	if (!span_empty(span) && has_letters(str_at(record->source->text, span)))
		*array_push(arena, &texts->list) = (struct searched_text){.kind = TEXT_OTHER, .item = NONE, .span = span};
}

struct searched_texts texts_of(const struct record *record, struct arena *arena) {
	struct searched_texts texts = {0};
	array_reserve(arena, &texts.list, (record->articles.count + record->scheduled.count) * 2 + 2);
	for (uint32_t i = 0; i < record->articles.count; i++)
		*array_push(arena, &texts.list) = (struct searched_text){
			.kind = TEXT_ESSAY, .item = i, .title = record->articles.at[i].title, .span = record->articles.at[i].span};
	for (uint32_t i = 0; i < record->scheduled.count; i++) {
		const struct scheduled *e = &record->scheduled.at[i];
		*array_push(arena, &texts.list) = (struct searched_text){
			.kind = TEXT_EVENT, .item = i, .title = e->display.at ? e->display : e->title, .span = e->span};
	}
	if (texts.list.count > 1)
		qsort(texts.list.at, texts.list.count, sizeof *texts.list.at, by_begin);
	uint32_t items = texts.list.count, reached = 0;
	for (uint32_t i = 0; i < items; i++) {
		struct span span = texts.list.at[i].span;
		add_gap(&texts, record, arena, reached, span.begin);
		reached = span.end > reached ? span.end : reached;
	}
	add_gap(&texts, record, arena, reached, (uint32_t)record->source->text.len);
	if (texts.list.count > items)
		qsort(texts.list.at, texts.list.count, sizeof *texts.list.at, by_begin);
	return texts;
}
