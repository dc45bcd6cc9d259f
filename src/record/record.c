#include "record.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const char *name_in(const char *const *names, uint8_t count, uint8_t value) {
	return value < count ? names[value] : NULL;
}
#define NAME_IN(names, value) name_in(names, sizeof(names) / sizeof *(names), value)

const char *mode_name(uint8_t mode) {
	static const char *const names[] = {NULL, "in-person", "virtual", "hybrid"};
	return NAME_IN(names, mode);
}

const char *part_name(uint8_t part) {
	static const char *const names[] = {"speaker", "moderator", "host", "discussant", "author", "organizer"};
	return NAME_IN(names, part);
}

const char *timex_type_name(uint8_t type) {
	static const char *const names[] = {"DATE", "TIME", "DURATION", "SET"};
	return NAME_IN(names, type);
}

const char *entity_type_name(uint8_t type) {
	static const char *const names[] = {"PER", "ORG", "GPE", "LOC", "MISC"};
	return NAME_IN(names, type);
}

const char *quotation_kind_name(uint8_t kind) {
	static const char *const names[] = {"direct", "indirect", "mixed", "block"};
	return NAME_IN(names, kind);
}

const char *status_name(uint8_t status) {
	static const char *const names[] = {"scheduled", "cancelled", "postponed", "moved-online", "rescheduled"};
	return NAME_IN(names, status);
}

struct diagnostic *record_diagnose(struct record *record, enum diagnostic_code code, struct span span, const char *format, ...) {
	char text[1024];
	va_list arguments;
	va_start(arguments, format);
	int n = vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	size_t len = n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
	struct diagnostic *d = array_push(record->arena, &record->diagnostics);
	d->code = (uint8_t)code;
	d->severity = diagnostic_kind(code)->severity;
	d->message = arena_copy(record->arena, str_of(text, len));
	d->span = span;
	return d;
}

static int compare(uint32_t a, uint32_t b) {
	return (a > b) - (a < b);
}

static int by_place(const void *a, const void *b) {
	const struct diagnostic *x = a, *y = b;
	int order = compare(x->span.begin, y->span.begin);
	if (!order)
		order = compare(x->code, y->code);
	if (!order)
		order = compare(x->span.end, y->span.end);
	return order;
}

void record_finish(struct record *record) {
	struct diagnostic *all = record->diagnostics.at;
	uint32_t kept = 0;
	if (record->diagnostics.count > 1)
		qsort(all, record->diagnostics.count, sizeof *all, by_place);
	for (uint32_t i = 0; i < record->diagnostics.count; i++)
		if (kept == 0 || by_place(&all[kept - 1], &all[i]) != 0 || !str_equal(all[kept - 1].message, all[i].message))
			all[kept++] = all[i];
	record->diagnostics.count = kept;
}

uint32_t record_time_from(const struct record *record, uint32_t at) {
	uint32_t low = 0, high = record->times.count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (record->times.at[middle].span.begin < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

uint32_t record_name_from(const struct record *record, uint32_t at) {
	uint32_t low = 0, high = record->names.count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (record->names.at[middle].span.end <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

uint32_t record_article_at(const struct record *record, uint32_t at) {
	uint32_t low = 0, high = record->articles.count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (record->articles.at[middle].span.end <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low < record->articles.count && record->articles.at[low].span.begin <= at ? low : NONE;
}
