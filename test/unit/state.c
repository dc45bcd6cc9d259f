/* Which event is which, from build to build. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "store/state.h"

static char path[64];

static int setup(void **state) {
	(void)state;
	snprintf(path, sizeof path, "/tmp/daybook-state-%d.json", (int)getpid());
	unlink(path);
	return 0;
}

static struct event_version version(const char *key, const char *issue, const char *title, const char *start, const char *fingerprint) {
	return (struct event_version){.key = str_from(key), .issue = str_from(issue), .title = str_from(title), .start = str_from(start),
		.fingerprint = str_from(fingerprint), .issued = 1000};
}

/* One build: applies `v` to the state at `path` and saves it. The UID is copied out. */
static void build(struct event_version *v, char uid[64]) {
	struct error error = {0};
	struct state *s = state_open(path, &error);
	assert_non_null(s);
	state_apply(s, v, 1);
	snprintf(uid, 64, "%.*s", (int)v->uid.len, v->uid.at);
	assert_int_equal(state_save(s, &error), 0);
	state_close(s);
}

static void keeps_identity(void **state) {
	(void)state;
	char uid[64];
	struct event_version v = version("k1", "2026-05-03", "TIDES OF TRADE", "2026-05-04T10:00:00Z", "f1");
	build(&v, uid);
	assert_string_equal(uid, "k1");
	assert_int_equal(v.sequence, 0);
	build(&v, uid);
	assert_int_equal(v.sequence, 0);

	struct event_version moved = version("k2", "2026-05-03", "Tides of Trade.", "2026-05-05T10:00:00Z", "f2");
	build(&moved, uid);
	assert_string_equal(uid, "k1");
	assert_int_equal(moved.sequence, 1);
	assert_int_equal(moved.modified, 1060);

	struct event_version renamed = version("k3", "2026-05-03", "Tides and Trade", "2026-05-05T10:00:00Z", "f2");
	build(&renamed, uid);
	assert_string_equal(uid, "k1");
	assert_int_equal(renamed.sequence, 1);

	struct event_version other = version("k4", "2026-05-10", "Tides and Trade", "2026-05-12T10:00:00Z", "f3");
	build(&other, uid);
	assert_string_equal(uid, "k4");

	struct event_version cancelled = version("k5", "2026-05-17", "TIDES AND TRADE", "2026-05-12T11:00:00Z", "f4");
	cancelled.revises = true;
	build(&cancelled, uid);
	assert_string_equal(uid, "k4");
	assert_int_equal(cancelled.sequence, 1);
}

static void refuses_nonsense(void **state) {
	(void)state;
	FILE *f = fopen(path, "w");
	fputs("{\"daybook\":", f);
	fclose(f);
	struct error error = {0};
	assert_null(state_open(path, &error));
	assert_non_null(strstr(error.message, path));
	unlink(path);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test_setup(keeps_identity, setup), cmocka_unit_test(refuses_nonsense)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
