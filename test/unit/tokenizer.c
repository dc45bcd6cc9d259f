/* The quick tokenizer gives the words that FTS5's own gives, with their places. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "store/tokenizer.h"

struct reader {
	sqlite3 *db;
	fts5_tokenizer methods;
	Fts5Tokenizer *own;
};

static struct reader open_reader(bool quick, const char **arguments, int count) {
	struct reader r = {0};
	void *user = NULL;
	assert_int_equal(sqlite3_open(":memory:", &r.db), SQLITE_OK);
	if (quick)
		assert_int_equal(tokenizer_quicken(r.db), 0);
	fts5_api *api = fts5_of(r.db);
	assert_non_null(api);
	assert_int_equal(api->xFindTokenizer(api, "unicode61", &user, &r.methods), SQLITE_OK);
	assert_int_equal(r.methods.xCreate(user, arguments, count, &r.own), SQLITE_OK);
	return r;
}

static void close_reader(struct reader *r) {
	r->methods.xDelete(r->own);
	sqlite3_close(r->db);
}

static int list(void *context, int flags, const char *word, int len, int begin, int end) {
	buf_format(context, "%d %d-%d %.*s\n", flags, begin, end, len, word);
	return SQLITE_OK;
}

static void read_both(const char **arguments, int count, const char *text, size_t len) {
	struct buf words[2] = {0};
	for (int quick = 0; quick < 2; quick++) {
		struct reader r = open_reader(quick, arguments, count);
		r.methods.xTokenize(r.own, &words[quick], FTS5_TOKENIZE_DOCUMENT, text, (int)len, list);
		close_reader(&r);
	}
	buf_byte(&words[0], '\0');
	buf_byte(&words[1], '\0');
	assert_string_equal(words[0].at, words[1].at);
	buf_release(&words[0]);
	buf_release(&words[1]);
}

static const char *plain[] = {"remove_diacritics", "2"};

static void words_are_the_same(void **state) {
	(void)state;
	static const char *const texts[] = {
		"", "a", "The Harbor's 3rd quay, 10:30am", "caf\xC3\xA9 na\xC3\xAFve \xE2\x80\x9Cquoted\xE2\x80\x9D word\xE2\x80\x94word",
		"\xE6\xB8\xAF\xE3\x81\xAE\xE8\xA9\xB1 port", "e\xCC\x81t\xC3\xA9 \xCC\x81", "under_score x-y z+", "\xC2\xBD \xC2\xB2 \xE2\x85\xA3",
		"bad \x80\xBF\xC3 bytes \xC3", "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl mn",
		"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnop qr", "ends with\xE2\x80\xA6",
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		read_both(plain, 2, texts[i], strlen(texts[i]));
}

/* Bytes drawn at random, of those that meet at the edges. */
static void so_are_those_of_noise(void **state) {
	(void)state;
	static const char drawn[] = "aZ9 .,'\n_\x80\xBF\xC3\xA9\xE2\x80\x94\xCC\x81\xF0\x9F\x98\x80\xFF";
	uint32_t seed = 1;
	for (int round = 0; round < 300; round++) {
		char text[96];
		for (size_t i = 0; i < sizeof text; i++) {
			seed = seed * 1664525 + 1013904223;
			text[i] = drawn[(seed >> 16) % (sizeof drawn - 1)];
		}
		read_both(plain, 2, text, sizeof text);
	}
}

static void other_characters_between_words_are_left_to_its_own(void **state) {
	(void)state;
	const char *arguments[] = {"tokenchars", "-_"};
	read_both(arguments, 2, "under_score well-known", 22);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_the_same), cmocka_unit_test(so_are_those_of_noise),
		cmocka_unit_test(other_characters_between_words_are_left_to_its_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
