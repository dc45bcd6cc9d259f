/* Positions of the text as lines and columns of the file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/file.h"
#include "read/source.h"

static void is(struct str got, const char *want) {
	assert_int_equal(got.len, strlen(want));
	assert_memory_equal(got.at, want, got.len);
}

static void lines_end_with_lf_crlf_or_cr(void **state) {
	(void)state;
	struct source source;
	assert_int_equal(source_read(&source, STR("-"), STR("a\nb\r\nc\rd\r\r\n\nz"), SOURCE_TEXT, NULL), 0);
	static const struct { uint32_t at, line, column; const char *text; } want[] = {
		{0, 1, 1, "a"}, {2, 2, 1, "b"}, {5, 3, 1, "c"}, {7, 4, 1, "d"}, {8, 4, 2, "d"}, {9, 5, 1, ""}, {11, 6, 1, ""},
		{12, 7, 1, "z"}, {13, 7, 2, "z"},
	};
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		struct place place = source_place(&source, want[i].at);
		assert_int_equal(place.line, want[i].line);
		assert_int_equal(place.column, want[i].column);
		is(place.line_text, want[i].text);
	}
	source_release(&source);
}

static void columns_are_code_points(void **state) {
	(void)state;
	struct source source;
	assert_int_equal(source_read(&source, STR("-"), STR("x\n\xC3\xA9\xE2\x80\x99t"), SOURCE_TEXT, NULL), 0);
	assert_int_equal(source_place(&source, 7).column, 3);
	source_release(&source);
}

static void long_lines_are_counted_right(void **state) {
	(void)state;
	size_t count = 20000;
	char *line = malloc(count * 2 + 6);
	memcpy(line, "short\n", 6);
	for (size_t i = 0; i < count; i++)
		memcpy(line + 6 + 2 * i, "\xC3\xA9", 2);
	struct source source;
	assert_int_equal(source_read(&source, STR("-"), str_of(line, count * 2 + 6), SOURCE_TEXT, NULL), 0);
	for (uint32_t i = 0; i < count; i += 7) {
		assert_int_equal(source_place(&source, 6 + 2 * i).column, i + 1);
		assert_int_equal(source_place(&source, 6 + 2 * i).line, 2);
	}
	source_release(&source);
	free(line);
}

static void empty_input_is_one_empty_line(void **state) {
	(void)state;
	struct source source;
	assert_int_equal(source_read(&source, STR("-"), STR_NULL, SOURCE_TEXT, NULL), 0);
	struct place place = source_place(&source, 0);
	assert_int_equal(place.line, 1);
	assert_int_equal(place.column, 1);
	is(place.line_text, "");
	source_release(&source);
}

static void too_large_is_refused(void **state) {
	(void)state;
	struct source source;
	struct error error = {0};
	assert_int_equal(source_read(&source, STR("big"), str_of("x", FILE_LIMIT + 1), SOURCE_TEXT, &error), -1);
	assert_non_null(strstr(error.message, "too large"));
	source_release(&source);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_end_with_lf_crlf_or_cr), cmocka_unit_test(columns_are_code_points),
		cmocka_unit_test(long_lines_are_counted_right), cmocka_unit_test(empty_input_is_one_empty_line),
		cmocka_unit_test(too_large_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
