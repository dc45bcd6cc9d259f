/* A record that was moved into an arena of its own says what it said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "../src/daybook.h"
#include "emit/emit.h"

static void print(const struct record *record, struct zones *zones, struct buf *out) {
	emit_json(record, zones, out);
	emit_explanations(record, out);
	emit_diagnostics_json(record, out);
	emit_timeml(record, out);
}

static void check(const char *path, struct zones *zones, const struct house *house) {
	struct buf bytes = {0}, before = {0}, after = {0};
	struct compilation c;
	assert_int_equal(file_read(path, &bytes, NULL), 0);
	assert_int_equal(compile(&c, str_from(path), buf_str(&bytes), SOURCE_UNKNOWN, house, zones, NULL), 0);
	print(&c.record, zones, &before);
	size_t size = c.arena.total;
	compilation_tighten(&c);
	print(&c.record, zones, &after);
	assert_true(str_equal(buf_str(&before), buf_str(&after)));
	assert_true(before.len > 100);
	assert_true(c.arena.total <= size);
	compilation_release(&c);
	buf_release(&bytes);
	buf_release(&before);
	buf_release(&after);
}

static void says_the_same_afterwards(void **state) {
	(void)state;
	char folder[512], path[1024];
	struct house house;
	struct zones *zones = zones_open();
	uint32_t count = 0;
	house_init(&house);
	snprintf(folder, sizeof folder, "%s/examples", getenv("DAYBOOK_ROOT"));
	DIR *listing = opendir(folder);
	assert_non_null(listing);
	for (struct dirent *entry; (entry = readdir(listing));) {
		struct str name = str_from(entry->d_name);
		if (!str_ends(name, STR(".txt")) && !str_ends(name, STR(".md")) && !str_ends(name, STR(".html")) && !str_ends(name, STR(".eml")))
			continue;
		snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
		check(path, zones, &house);
		count++;
	}
	closedir(listing);
	assert_true(count > 2);
	zones_close(zones);
	house_release(&house);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(says_the_same_afterwards)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
