/* RFC 5545 §3.1 and §3.3.11: folding and escaping. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>

#include "emit/ics_text.h"

static void escapes_text(void **state) {
	(void)state;
	struct ics_line line = {0};
	struct buf out = {0};
	ics_property(&out, &line, "SUMMARY:", STR("Rice, prices; a \\ b\nnext\x01\r"));
	assert_true(str_equal(buf_str(&out), STR("SUMMARY:Rice\\, prices\\; a \\\\ b\\nnext\r\n")));
	buf_release(&out);
	buf_release(&line.text);
}

/* The invariant of every folded line: at most 75 octets, no sequence or escape cut, and the text comes back. */
static void check_fold(const char *text) {
	struct ics_line line = {0};
	struct buf out = {0}, whole = {0}, again = {0};
	ics_begin(&line, "DESCRIPTION:");
	ics_escape(&line, str_from(text));
	buf_add(&whole, buf_str(&line.text));
	ics_end(&line, &out);
	size_t from = 0;
	for (size_t i = 0; i + 1 < out.len; i++) {
		if (out.at[i] != '\r')
			continue;
		size_t skip = from > 0, slashes = 0;
		assert_true(i - from <= 75);
		assert_int_not_equal((unsigned char)out.at[from + skip] & 0xC0, 0x80);
		while (i - slashes > from && out.at[i - slashes - 1] == '\\')
			slashes++;
		assert_int_equal(slashes % 2, 0);
		buf_add(&again, str_of(out.at + from + skip, i - from - skip));
		from = i + 2;
	}
	assert_int_equal(from, out.len);
	assert_true(str_equal(buf_str(&whole), buf_str(&again)));
	buf_release(&again);
	buf_release(&whole);
	buf_release(&out);
	buf_release(&line.text);
}

static void folds_anything(void **state) {
	(void)state;
	static const char *const pieces[] = {"a", "é", "日", "\\", ",", "\n", "𝄞", ";", " "};
	srand(5);
	for (int round = 0; round < 2000; round++) {
		struct buf text = {0};
		for (int k = rand() % 200; k > 0; k--)
			buf_text(&text, pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)]);
		buf_byte(&text, 0);
		check_fold(text.at);
		buf_release(&text);
	}
}

static void refolds(void **state) {
	(void)state;
	struct ics_line line = {0};
	struct buf out = {0};
	ics_refold(&out, &line, STR("A:one\r\n  two\r\nB:three\r\n"));
	assert_true(str_equal(buf_str(&out), STR("A:one two\r\nB:three\r\n")));
	buf_release(&out);
	buf_release(&line.text);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(escapes_text), cmocka_unit_test(folds_anything), cmocka_unit_test(refolds)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
