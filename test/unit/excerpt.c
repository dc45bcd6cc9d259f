/* text_excerpt() gives what FTS5's snippet() gives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "store/excerpt.h"
#include "store/tokenizer.h"

static uint32_t seed = 7;

static uint32_t draw(uint32_t below) {
	seed = seed * 1664525 + 1013904223;
	return (seed >> 16) % below;
}

/* Sentences of words from a small vocabulary: "harbor" is frequent, "quay" rare. */
static void write_text(struct buf *text, uint32_t words) {
	static const char *const vocabulary[] = {"harbor", "the", "Ferry", "caf\xC3\xA9", "of", "light", "harbors", "quay", "fog"};
	static const char *const between[] = {" ", " ", " ", " ", ", ", ". ", ":\n", " \xE2\x80\x94 ", ".x", " . "};
	buf_text(text, draw(4) ? "" : "\xE2\x80\x9C");
	for (uint32_t i = 0; i < words; i++) {
		buf_text(text, vocabulary[draw(draw(3) ? 5 : 9)]);
		buf_text(text, between[draw(10)]);
	}
	buf_byte(text, '\0');
}

static void make_table(sqlite3 *db) {
	sqlite3_stmt *s;
	assert_int_equal(sqlite3_exec(db, "CREATE VIRTUAL TABLE t USING fts5(title, body)", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, "INSERT INTO t VALUES ('The quay', ?1)", -1, &s, NULL), SQLITE_OK);
	for (int i = 0; i < 120; i++) {
		struct buf text = {0};
		write_text(&text, i < 40 ? draw(40) + 1 : draw(300) + 1);
		sqlite3_bind_text(s, 1, text.at, -1, SQLITE_TRANSIENT);
		assert_int_equal(sqlite3_step(s), SQLITE_DONE);
		sqlite3_reset(s);
		buf_release(&text);
	}
	sqlite3_finalize(s);
}

static void excerpts_are_those_of_snippet(void **state) {
	(void)state;
	static const char *const queries[] = {"harbor", "quay", "fog quay", "\"the ferry\"", "\"harbor harbor harbor\"", "har*", "light OR fog",
		"\"the harbor\" OR \"harbor the\"", "title : quay", "fog AND light AND quay", "NEAR(fog light, 6)", "the OR harbor OR ferry OR of"};
	sqlite3 *db;
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	tokenizer_quicken(db);
	assert_int_equal(excerpt_teach(fts5_of(db)), SQLITE_OK);
	make_table(db);
	sqlite3_stmt *s;
	assert_int_equal(sqlite3_prepare_v2(db, "SELECT snippet(t, 1, char(1), char(2), '\xE2\x80\xA6', 28), text_excerpt(t) FROM t WHERE t MATCH ?1",
		-1, &s, NULL), SQLITE_OK);
	int rows = 0;
	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
		sqlite3_bind_text(s, 1, queries[i], -1, SQLITE_STATIC);
		for (; sqlite3_step(s) == SQLITE_ROW; rows++)
			assert_string_equal((const char *)sqlite3_column_text(s, 0), (const char *)sqlite3_column_text(s, 1));
		sqlite3_reset(s);
	}
	assert_true(rows > 500);
	sqlite3_finalize(s);
	sqlite3_close(db);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(excerpts_are_those_of_snippet)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
