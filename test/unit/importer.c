/* What importers find in files and folders: origins, forms, dates and titles, and what they refuse. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "../../src/daybook.h"
#include "read/importer.h"

static char folder[64];
static struct buf got; /* a line for each document or failure */
static uint32_t most;  /* documents to take before stopping */

static const char *const forms[] = {"unknown", "text", "markdown", "html", "mail", "timeml"};

static struct str below_folder(struct str origin) {
	size_t len = strlen(folder) + 1;
	return origin.len > len ? str_of(origin.at + len, origin.len - len) : origin;
}

static bool take(void *user, const struct imported *document) {
	(void)user;
	struct str origin = below_folder(document->origin);
	buf_format(&got, "%.*s %s %zu\n", (int)origin.len, origin.at, forms[document->form], document->bytes.len);
	return --most > 0;
}

static bool failed(void *user, struct str origin, const struct error *error) {
	(void)user;
	origin = below_folder(origin);
	buf_format(&got, "%.*s: %s\n", (int)origin.len, origin.at, error->message);
	return true;
}

static const char *in_folder(const char *name) {
	static char path[4096];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static void put(const char *name, struct str bytes) {
	assert_int_equal(file_write(in_folder(name), bytes, NULL), 0);
}

/* Imports `path` as `form`: the lines that come of it must be `want`. */
static bool gives(const char *path, enum source_form form, const char *want) {
	bool whole = import_path(path, form, &import_limits_usual, take, failed, NULL);
	if (!str_equal(buf_str(&got), str_from(want)))
		fail_msg("got\n%.*sexpected\n%s", (int)got.len, got.len ? got.at : "", want);
	buf_clear(&got);
	most = UINT32_MAX;
	return whole;
}

static int set_up(void **state) {
	(void)state;
	const char *temporary = getenv("TMPDIR");
	snprintf(folder, sizeof folder, "%.40s/daybook-XXXXXX", temporary ? temporary : "/tmp");
	most = UINT32_MAX;
	return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state) {
	(void)state;
	char command[128];
	snprintf(command, sizeof command, "rm -rf '%s'", folder);
	buf_release(&got);
	return system(command);
}

static void test_folder(void **state) {
	(void)state;
	put("b.txt", STR("Second"));
	put("a/deep/one.md", STR("# One\n"));
	put("c.eml", STR("Subject: Third\n\nText\n"));
	put("d.html", STR("<p>Fourth"));
	put("README.md", STR("not a bulletin"));
	put(".hidden.txt", STR("not one either"));
	put("picture.png", STR("\x89PNG"));
	assert_true(gives(folder, SOURCE_UNKNOWN, "a/deep/one.md markdown 6\nb.txt text 6\nc.eml mail 21\nd.html html 9\n"));
	assert_int_equal(import_measure(folder), 6 + 6 + 21 + 9);
	most = 2;
	assert_false(gives(folder, SOURCE_UNKNOWN, "a/deep/one.md markdown 6\nb.txt text 6\n"));
}

static void test_file(void **state) {
	(void)state;
	put("no-ending", STR("<!doctype html><p>Judged by its bytes"));
	gives(in_folder("no-ending"), SOURCE_UNKNOWN, "no-ending html 37\n");
	gives(in_folder("no-ending"), SOURCE_TEXT, "no-ending text 37\n");
	char want[256];
	snprintf(want, sizeof want, "missing.txt: cannot read '%s/missing.txt': No such file or directory\n", folder);
	assert_true(gives(in_folder("missing.txt"), SOURCE_UNKNOWN, want));
}

/* What a container says of a document is used where the document says nothing. */
static void test_compiled(void **state) {
	(void)state;
	struct house house;
	struct zones *zones = zones_open();
	struct compilation c;
	struct error error = {0};
	house_init(&house);
	struct imported document = {.origin = STR("x"), .title = STR("Notes from the quay"), .date = STR("2026-03-18T09:00:00+01:00"),
		.form = SOURCE_TEXT, .bytes = STR("The ferry sailed yesterday.\n")};
	assert_int_equal(compile_imported(true, &c, &document, &house, zones, &error), 0);
	assert_int_equal(c.record.issue.date.day, 18);
	assert_true(str_equal(c.record.issue.title, document.title));
	compilation_release(&c);
	document.bytes = STR("Thursday, March 19, 2026\n\nThe ferry sailed yesterday.\n");
	assert_int_equal(compile_imported(true, &c, &document, &house, zones, &error), 0);
	assert_int_equal(c.record.issue.date.day, 19);
	compilation_release(&c);
	zones_close(zones);
	house_release(&house);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_folder, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_file, set_up, tear_down),
		cmocka_unit_test(test_compiled),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
