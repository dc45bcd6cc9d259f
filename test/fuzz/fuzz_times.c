/* The times alone, on any text: what is found must stand in the text, in order, and point at what is there. The first byte
 * gives the issue's date, a day of the years around 2026; an odd one leaves it unknown. */
#include "fuzz.h"

#include "base/error.h"
#include "base/utf8.h"
#include "find/find.h"

static struct civil date_of(uint8_t byte) {
	if (byte & 1)
		return CIVIL_UNKNOWN;
	return civil_add_days(civil_of(2025, 12, 30), (byte - 128) * 3);
}

static bool points_at_time(const struct record *record, uint32_t index, uint32_t other) {
	return other == NONE || (other < record->times.count && other != index);
}

static void look_at_time(const struct record *record, uint32_t index) {
	const struct timex *t = &record->times.at[index];
	PROMISE(t->span.begin < t->span.end && t->span.end <= record->source->text.len);
	PROMISE(index == 0 || t[-1].span.begin <= t->span.begin);
	PROMISE(utf8_valid(str_at(record->source->text, t->span), NULL));
	PROMISE(timex_type_name(t->type) && t->value.len > 0 && t->value.len < 64 && utf8_valid(t->value, NULL));
	PROMISE(points_at_time(record, index, t->anchor) && points_at_time(record, index, t->date));
	PROMISE(points_at_time(record, index, t->until) && points_at_time(record, index, t->since));
	PROMISE(t->rule);
}

static void find(const struct source *source, struct civil date, struct zones *zones) {
	struct arena arena;
	struct document document;
	struct house house;
	arena_init(&arena);
	house_init(&house);
	document_cut(&document, source, &arena, &arena);
	struct record record = {.source = source, .arena = &arena, .issue = {.date = date}};
	find_times(&(struct finding){&document, &house, zones, &record, &arena, NULL});
	for (uint32_t i = 0; i < record.times.count; i++)
		look_at_time(&record, i);
	house_release(&house);
	arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
	static struct zones *zones; /* as a long-running program keeps it */
	struct source source;
	struct error error = {{0}, {0}};
	if (!zones)
		zones = zones_open();
	if (size == 0 || !zones)
		return 0;
	if (source_read(&source, STR("-"), str_of((const char *)data + 1, size - 1), SOURCE_TEXT, &error) == 0)
		find(&source, date_of(data[0]), zones);
	source_release(&source);
	return 0;
}
