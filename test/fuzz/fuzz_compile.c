/* The whole compiler and what prints its record, on any bytes as any form (see fuzz.h). */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "../../src/daybook.h" /* the compiler; include/daybook.h is the installed door */
#include "emit/emit.h"

/* The text in what was written as TimeML is as long as the record's: spans stay true. */
static void read_again(const struct record *record, struct str timeml) {
	struct source source;
	struct error error = {{0}, {0}};
	if (source_read(&source, STR("-"), timeml, SOURCE_TIMEML, &error) < 0 || source.text.len != record->source->text.len) {
		fprintf(stderr, "TimeML is not read again: %s\n", error.message);
		abort();
	}
	source_release(&source);
}

static void print(const struct record *record, struct zones *zones) {
	struct buf out = {0};
	emit_timeml(record, &out);
	read_again(record, buf_str(&out));
	buf_clear(&out);
	emit_explanations(record, &out);
	buf_clear(&out);
	emit_json(record, zones, &out);
	buf_clear(&out);
	emit_conll(record, &out);
	buf_clear(&out);
	emit_brat(record, &out);
	buf_clear(&out);
	emit_carets(record, &(struct carets){0}, &out);
	buf_clear(&out);
	emit_diagnostics_json(record, &out);
	buf_clear(&out);
	emit_sarif(&record, 1, &out);
	buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
	static struct zones *zones; /* as a long-running program keeps it */
	if (!zones)
		zones = zones_open();
	if (size == 0 || !zones)
		return 0;
	struct house house;
	house_init(&house);
	struct compilation c;
	struct error error = {{0}, {0}};
	struct str bytes = str_of((const char *)data + 1, size - 1);
	if (compile(&c, STR("-"), bytes, fuzz_form((char)data[0]), &house, zones, &error) == 0)
		print(&c.record, zones);
	compilation_release(&c);
	house_release(&house);
	return 0;
}
