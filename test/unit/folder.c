/* The folder sink: what it writes, leaves alone and removes. */
#include "emit/folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char base[64];

static const char *in(const char *name) {
	static char paths[4][256];
	static int next;
	char *path = paths[next++ % 4];
	snprintf(path, sizeof paths[0], "%s/%s", base, name);
	return path;
}

static int make_base(void **state) {
	(void)state;
	strcpy(base, "/tmp/daybook-folder-XXXXXX");
	return mkdtemp(base) ? 0 : -1;
}

static int remove_base(void **state) {
	(void)state;
	char command[128];
	snprintf(command, sizeof command, "rm -rf %s", base);
	return system(command);
}

static void user_writes(const char *name, const char *text) {
	assert_int_equal(file_write(in(name), str_from(text), NULL), 0);
}

static bool has(const char *name, const char *text) {
	struct buf now = {0};
	bool same = file_read(in(name), &now, NULL) == 0 && str_equal(buf_str(&now), str_from(text));
	buf_release(&now);
	return same;
}

/* Builds `names` (NULL-ended), each file with its own name as text. */
static int build(struct folder *folder, const char *const *names, bool finish, struct error *error) {
	int result = folder_open(folder, in("out"), error);
	struct folder_sink to = folder_sink(folder);
	for (; result == 0 && *names; names++)
		result = to.sink.put(&to.sink, str_from(*names), str_from(*names), error);
	if (result == 0 && finish)
		result = folder_finish(folder, error);
	folder_close(folder);
	return result;
}

static void writes_what_changed(void **state) {
	(void)state;
	struct folder folder;
	struct error error = {0};
	const char *const names[] = {"index.html", "days/a.html", NULL};
	assert_int_equal(build(&folder, names, true, &error), 0);
	assert_int_equal(folder.written, 2);
	assert_true(has("out/days/a.html", "days/a.html"));
	assert_int_equal(build(&folder, names, true, &error), 0);
	assert_int_equal(folder.written, 0);
	assert_int_equal(folder.unchanged, 2);
}

static void removes_only_its_own(void **state) {
	(void)state;
	struct folder folder;
	const char *const before[] = {"index.html", "days/a.html", "days/b.html", NULL}, *const after[] = {"index.html", NULL};
	assert_int_equal(build(&folder, before, true, NULL), 0);
	user_writes("out/days/b.html", "edited by hand");
	user_writes("out/CNAME", "theirs");
	assert_int_equal(build(&folder, after, true, NULL), 0);
	assert_int_equal(folder.removed, 1);
	assert_int_not_equal(access(in("out/days/a.html"), F_OK), 0);
	assert_true(has("out/days/b.html", "edited by hand"));
	assert_true(has("out/CNAME", "theirs"));
}

static void removes_empty_folders(void **state) {
	(void)state;
	struct folder folder;
	const char *const before[] = {"index.html", "x/y/a.html", NULL}, *const after[] = {"index.html", NULL};
	assert_int_equal(build(&folder, before, true, NULL), 0);
	assert_int_equal(build(&folder, after, true, NULL), 0);
	assert_int_not_equal(access(in("out/x"), F_OK), 0);
	assert_int_equal(access(in("out"), F_OK), 0);
}

static void refuses_a_foreign_folder(void **state) {
	(void)state;
	struct folder folder;
	struct error error = {0};
	const char *const names[] = {"index.html", NULL};
	user_writes("out/thesis.txt", "years of work");
	assert_int_equal(build(&folder, names, true, &error), -1);
	assert_non_null(strstr(error.message, "not an output folder"));
	assert_int_not_equal(access(in("out/.daybook"), F_OK), 0);
	assert_int_not_equal(access(in("out/index.html"), F_OK), 0);
}

static void refuses_to_write_over_a_foreign_file(void **state) {
	(void)state;
	struct folder folder;
	struct error error = {0};
	const char *const first[] = {"index.html", NULL}, *const second[] = {"index.html", "about.html", NULL};
	assert_int_equal(build(&folder, first, true, NULL), 0);
	user_writes("out/about.html", "theirs");
	assert_int_equal(build(&folder, second, true, &error), -1);
	assert_non_null(strstr(error.message, "about.html"));
	assert_true(has("out/about.html", "theirs"));
}

/* A build that was stopped takes up its own files again. */
static void goes_on_after_a_stop(void **state) {
	(void)state;
	struct folder folder;
	const char *const names[] = {"index.html", "days/a.html", NULL};
	assert_int_equal(build(&folder, names, false, NULL), 0);
	assert_int_equal(build(&folder, names, true, NULL), 0);
	assert_int_equal(folder.unchanged, 2);
	assert_int_not_equal(access(in("out/.daybook/journal"), F_OK), 0);
}

static void stays_inside(void **state) {
	(void)state;
	const char *const bad[] = {"../x", "/x", "a/../../x", ".daybook/manifest", "", "a/.."};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct folder folder;
		const char *const names[] = {bad[i], NULL};
		assert_int_equal(build(&folder, names, true, NULL), -1);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_base, remove_base)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(writes_what_changed),
		TEST(removes_only_its_own),
		TEST(removes_empty_folders),
		TEST(refuses_a_foreign_folder),
		TEST(refuses_to_write_over_a_foreign_file),
		TEST(goes_on_after_a_stop),
		TEST(stays_inside),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
