/* The public face of the library, include/daybook.h, over the rooms. */
#include "../include/daybook.h"

#include "daybook.h"
#include "emit/emit.h"
#include "emit/publication.h"

#include <stdlib.h>

struct daybook {
	struct house house;
	struct zones *zones;
};

struct daybook_record {
	struct daybook *daybook;
	struct compilation compilation;
	struct buf json, ics;
};

const char *daybook_version(void) {
	return DAYBOOK_VERSION;
}

static void tell(const struct error *error, char *message, size_t size) {
	if (size)
		snprintf(message, size, "%s", error->message);
}

struct daybook *daybook_open(const char *house, char *message, size_t size) {
	struct error error = {0};
	struct daybook *daybook = memory_get(sizeof *daybook);
	house_init(&daybook->house);
	daybook->zones = zones_open();
	if (house && house_read(&daybook->house, house, &error) < 0) {
		tell(&error, message, size);
		daybook_close(daybook);
		return NULL;
	}
	return daybook;
}

void daybook_close(struct daybook *daybook) {
	if (!daybook)
		return;
	zones_close(daybook->zones);
	house_release(&daybook->house);
	free(daybook);
}

bool daybook_set_date(struct daybook *daybook, const char *date) {
	return civil_parse_moment(str_from(date), &daybook->house.date);
}

static struct daybook_record *read_bulletin(bool whole, struct daybook *daybook, const char *name, const char *bytes,
	size_t size, enum daybook_form form, char *message, size_t message_size) {
	struct error error = {0};
	struct daybook_record *record = memory_get(sizeof *record);
	*record = (struct daybook_record){.daybook = daybook};
	/* The forms have the same order on both sides of the door. */
	if (compile_as_asked(whole, &record->compilation, str_from(name), str_of(bytes, size), (enum source_form)form,
			&daybook->house, daybook->zones, &error) < 0) {
		tell(&error, message, message_size);
		daybook_record_free(record);
		return NULL;
	}
	return record;
}

struct daybook_record *daybook_annotate(struct daybook *daybook, const char *name, const char *bytes, size_t size,
	enum daybook_form form, char *message, size_t message_size) {
	return read_bulletin(true, daybook, name, bytes, size, form, message, message_size);
}

struct daybook_record *daybook_check(struct daybook *daybook, const char *name, const char *bytes, size_t size,
	enum daybook_form form, char *message, size_t message_size) {
	return read_bulletin(false, daybook, name, bytes, size, form, message, message_size);
}

void daybook_record_free(struct daybook_record *record) {
	if (!record)
		return;
	compilation_release(&record->compilation);
	buf_release(&record->json);
	buf_release(&record->ics);
	free(record);
}

static const char *ended(struct buf *buf) {
	*buf_reserve(buf, 1) = '\0';
	return buf->at;
}

const char *daybook_record_json(struct daybook_record *record) {
	if (!record->json.len)
		emit_json(&record->compilation.record, record->daybook->zones, &record->json);
	return ended(&record->json);
}

const char *daybook_record_ics(struct daybook_record *record) {
	if (!record->ics.len) {
		const struct record *one = &record->compilation.record;
		struct publication p;
		publication_init(&p, &one, 1, &record->daybook->house, record->daybook->zones);
		emit_ics(&p, p.name, p.calendar.at, p.calendar.count, &record->ics);
		publication_release(&p);
	}
	return ended(&record->ics);
}

size_t daybook_record_count(const struct daybook_record *record, const char *severity) {
	const struct record *r = &record->compilation.record;
	int least = SEVERITY_NOTE;
	while (least < SEVERITY_OFF && strcmp(severity_name((uint8_t)least), severity) != 0)
		least++;
	size_t count = 0;
	for (uint32_t i = 0; i < r->diagnostics.count; i++)
		count += r->diagnostics.at[i].severity >= least;
	return count;
}
