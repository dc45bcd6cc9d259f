#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/utf8.h"

static void is(struct str got, const char *want) {
	assert_int_equal(got.len, strlen(want));
	assert_memory_equal(got.at, want, got.len);
}

static void arena_gives_zeroed_memory(void **state) {
	(void)state;
	struct arena arena;
	arena_init(&arena);
	for (int round = 0; round < 3; round++) {
		array_of(uint64_t) list = {0};
		for (uint32_t i = 0; i < 100000; i++) {
			uint64_t *item = array_push(&arena, &list);
			assert_int_equal(*item, 0);
			*item = i + 1;
			if (i % 1000 == 0) {
				char *other = arena_alloc(&arena, 33);
				assert_int_equal((uintptr_t)other % 16, 0);
				for (int k = 0; k < 33; k++)
					assert_int_equal(other[k], 0);
				memset(other, 0xEE, 33);
			}
		}
		assert_int_equal(list.at[77777], 77778);
		arena_reset(&arena);
	}
	assert_true(arena.total < 16 << 20);
	is(arena_format(&arena, "%s-%d", "seven", 7), "seven-7");
	assert_null(arena_copy(&arena, STR_NULL).at);
	arena_release(&arena);
	assert_int_equal(arena.total, 0);
}

/* Three arrays that grow past the size from which each has memory of its own: one alone first, so that it grows in its
 * place, then two by turns. Their spare room costs little, and what they held is still there. */
static void large_arrays_grow_side_by_side(void **state) {
	(void)state;
	struct arena arena;
	arena_init(&arena);
	array_of(uint32_t) list[3] = {0};
	enum { MANY = 500000 };
	for (uint32_t i = 0; i < MANY; i++)
		*array_push(&arena, &list[0]) = i;
	for (uint32_t i = 0; i < MANY; i++)
		for (uint32_t k = 1; k < 3; k++)
			*array_push(&arena, &list[k]) = i * k;
	for (uint32_t i = 0; i < MANY; i++) {
		assert_int_equal(list[0].at[i], i);
		assert_int_equal(list[1].at[i], i);
		assert_int_equal(list[2].at[i], i * 2);
	}
	assert_true(arena.total < 2 * 3 * MANY * sizeof(uint32_t));
	array_reserve(&arena, &list[1], 3 * MANY);
	assert_true(list[1].room >= 3 * MANY && list[1].count == MANY && list[1].at[MANY - 1] == MANY - 1);
	arena_reset(&arena);
	assert_true(arena.total < 1 << 20);
	arena_release(&arena);
}

static void strings_are_found_and_trimmed(void **state) {
	(void)state;
	is(str_trim(STR("\xEF\xBB\xBF \xC2\xA0 word\xE2\x80\x8B\xC2\xA0\r\n")), "word");
	is(str_trim(STR(" \n")), "");
	is(str_trim(STR("caf\xC3\xA9")), "caf\xC3\xA9");
	is(str_trim(STR("bad\xA0")), "bad\xA0"); /* a lone byte is not NBSP */
	struct span span = span_trim(STR("ab  cd  ef"), (struct span){2, 8});
	assert_int_equal(span.begin, 4);
	assert_int_equal(span.end, 6);
	assert_int_equal(str_find(STR("one two one"), STR("one"), 1), 8);
	assert_int_equal(str_find(STR("one"), STR("onet"), 0), SIZE_MAX);
	assert_true(str_equal_nocase(STR("Date"), STR("dATE")));
	assert_true(str_ends(STR("a.eml"), STR(".eml")));
}

static void utf8_follows_rfc3629(void **state) {
	(void)state;
	static const char *bad[] = {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80", "\xE2\x80", "\xF0\x9F\x98"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		size_t place = 99;
		assert_false(utf8_valid(str_from(bad[i]), &place));
		assert_int_equal(place, 0);
	}
	for (uint32_t code = 0; code <= 0x10FFFF; code++) {
		if (code == 0xD800)
			code = 0xE000;
		char out[4];
		int length, len = utf8_encode(code, out);
		assert_int_equal(utf8_decode(out, out + len, &length), code);
		assert_int_equal(length, len);
	}
	assert_true(utf8_valid(STR("plain text that is longer than one block of ASCII, \xF0\x9F\x98\x80."), NULL));
	assert_int_equal(utf8_count(STR("a\xC3\xA9\xF0\x9F\x98\x80\xFF")), 4);
	assert_int_equal(utf8_count_utf16(STR("a\xC3\xA9\xF0\x9F\x98\x80")), 4);
}

static void escapes(void **state) {
	(void)state;
	struct buf buf = {0};
	buf_markup(&buf, STR("a<b>&\"'\x01 \xC3\xA9\xFF\xEF\xBF\xBF"));
	is(buf_str(&buf), "a&lt;b&gt;&amp;&quot;&#39; \xC3\xA9\xEF\xBF\xBD");
	buf_clear(&buf);
	buf_json(&buf, STR("\"\\\n\x1f/\xC3\xA9\xE2\x80"));
	is(buf_str(&buf), "\"\\\"\\\\\\n\\u001f/\xC3\xA9\xEF\xBF\xBD\xEF\xBF\xBD\"");
	buf_clear(&buf);
	buf_json(&buf, STR_NULL);
	buf_json_script(&buf, STR("</\xE2\x80\xA8"));
	is(buf_str(&buf), "null\"\\u003c/\\u2028\"");
	buf_clear(&buf);
	buf_percent(&buf, STR("a b/\xC3\xA9~"));
	is(buf_str(&buf), "a%20b%2F%C3%A9~");
	buf_clear(&buf);
	buf_number(&buf, INT64_MIN);
	buf_number(&buf, 0);
	is(buf_str(&buf), "-92233720368547758080");
	buf_clear(&buf);
	buf_format(&buf, "%0300d", 5);
	assert_int_equal(buf.len, 300);
	buf_release(&buf);
}

static void digests(void **state) {
	(void)state;
	char hex[65], uuid[37], again[37];
	hash_sha256(STR("abc"), hex);
	assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	hash_uuid5(STR("an event"), uuid);
	hash_uuid5(STR("an event"), again);
	assert_string_equal(uuid, again);
	assert_int_equal(uuid[14], '5');
	assert_non_null(strchr("89ab", uuid[19]));
	assert_int_not_equal(hash_bytes(STR("a")), hash_bytes(STR("b")));
	assert_int_not_equal(hash_bytes(STR("a\0")), hash_bytes(STR("a")));
}

static void files_appear_whole(void **state) {
	(void)state;
	char folder[] = "/tmp/daybook-base-XXXXXX", path[64], link[64];
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/a/b/c.txt", folder);
	snprintf(link, sizeof link, "%s/link", folder);
	struct error error = {0};
	assert_int_equal(file_write(path, STR("one"), &error), 0);
	assert_int_equal(chmod(path, 0640), 0);
	assert_int_equal(symlink(path, link), 0);
	bool written;
	assert_int_equal(file_update(link, STR("two"), &written, &error), 0);
	assert_true(written);
	assert_int_equal(file_update(link, STR("two"), &written, &error), 0);
	assert_false(written);
	struct stat about;
	assert_int_equal(lstat(link, &about), 0);
	assert_true(S_ISLNK(about.st_mode));
	assert_int_equal(stat(link, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0640);
	struct buf buf = {0};
	assert_int_equal(file_read(path, &buf, &error), 0);
	is(buf_str(&buf), "two");
	assert_int_equal(file_read(folder, &buf, &error), -1);
	assert_non_null(strstr(error.message, "folder"));
	assert_int_equal(file_write(folder, STR("x"), &error), -1);
	snprintf(path, sizeof path, "%s/none", folder);
	assert_int_equal(file_read(path, &buf, &error), -1);
	assert_non_null(strstr(error.message, "No such file"));
	snprintf(path, sizeof path, "%s/link/under", folder);
	assert_int_equal(file_write(path, STR("x"), &error), -1);
	assert_non_null(strstr(error.message, "in the way"));
	assert_int_equal(file_write("/dev/full", STR("x"), &error), -1);
	assert_non_null(strstr(error.hint, "full"));
	is(buf_str(&buf), "two"); /* a failed read adds nothing */
	buf_release(&buf);
	snprintf(path, sizeof path, "rm -r '%s'", folder);
	assert_int_equal(system(path), 0);
}

/* A write that the system cuts short (a full disk, a limit) leaves what was there, and nothing beside it. */
static void a_failed_write_changes_nothing(void **state) {
	(void)state;
	char folder[] = "/tmp/daybook-base-XXXXXX", path[64];
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/page.html", folder);
	assert_int_equal(file_write(path, STR("old"), NULL), 0);
	struct rlimit before, small;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = 4096;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	struct buf large = {0};
	memset(buf_reserve(&large, 100000), 'x', 100000);
	large.len = 100000;
	struct error error = {{0}, {0}};
	int result = file_write(path, buf_str(&large), &error);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(result, -1);
	assert_non_null(strstr(error.message, "cannot write"));
	buf_clear(&large);
	assert_int_equal(file_read(path, &large, NULL), 0);
	is(buf_str(&large), "old");
	buf_release(&large);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(folder), 0); /* it is empty */
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arena_gives_zeroed_memory), cmocka_unit_test(large_arrays_grow_side_by_side),
		cmocka_unit_test(strings_are_found_and_trimmed),
		cmocka_unit_test(utf8_follows_rfc3629), cmocka_unit_test(escapes), cmocka_unit_test(digests),
		cmocka_unit_test(files_appear_whole), cmocka_unit_test(a_failed_write_changes_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
