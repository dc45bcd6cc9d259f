#include "tokenizer.h"

#include <stdlib.h>

#include "../base/memory.h"

typedef int take_fn(void *context, int flags, const char *word, int len, int begin, int end);

enum { WORD_LONGEST = 64 /* of those found here */, OTHER = 0x80 /* not ASCII; negative as a signed char */ };

/* unicode61. */
struct slow {
	fts5_tokenizer methods;
	void *user;
};

/* One of it, and what each byte is: the lower case of a letter or a digit, OTHER, or 0 between words. */
struct quick {
	fts5_tokenizer slow;
	Fts5Tokenizer *slow_own;
	bool only_slow; /* it was told of other characters between words */
	unsigned char folded[256];
};

/* A stretch that unicode61 reads: its places are less `from`. */
struct stretch {
	take_fn *take;
	void *context;
	int from;
};

fts5_api *fts5_of(sqlite3 *db) {
	fts5_api *api = NULL;
	sqlite3_stmt *s = NULL;
	if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &s, NULL) == SQLITE_OK) {
		sqlite3_bind_pointer(s, 1, &api, "fts5_api_ptr", NULL);
		sqlite3_step(s);
	}
	sqlite3_finalize(s);
	return api;
}

static void fill(unsigned char folded[256]) {
	memset(folded, 0, 128);
	memset(folded + 128, OTHER, 128);
	for (int c = '0'; c <= '9'; c++)
		folded[c] = (unsigned char)c;
	for (int c = 'a'; c <= 'z'; c++)
		folded[c] = folded[c - 'a' + 'A'] = (unsigned char)c;
}

static int create(void *user, const char **arguments, int count, Fts5Tokenizer **out) {
	const struct slow *slow = user;
	struct quick *quick = memory_get(sizeof *quick);
	*quick = (struct quick){.slow = slow->methods};
	for (int i = 0; i + 1 < count; i += 2)
		quick->only_slow = quick->only_slow || sqlite3_stricmp(arguments[i], "remove_diacritics") != 0;
	fill(quick->folded);
	int code = quick->slow.xCreate(slow->user, arguments, count, &quick->slow_own);
	if (code != SQLITE_OK)
		free(quick);
	else
		*out = (Fts5Tokenizer *)quick;
	return code;
}

static void delete(Fts5Tokenizer *own) {
	struct quick *quick = (struct quick *)own;
	quick->slow.xDelete(quick->slow_own);
	free(quick);
}

static int take_shifted(void *context, int flags, const char *word, int len, int begin, int end) {
	const struct stretch *s = context;
	return s->take(s->context, flags, word, len, begin + s->from, end + s->from);
}

/* Where the stretch of letters, digits and all that is not ASCII ends. */
static int stretch_end(const struct quick *quick, const char *text, int at, int len) {
	while (at < len && quick->folded[(unsigned char)text[at]])
		at++;
	return at;
}

static int tokenize(Fts5Tokenizer *own, void *context, int flags, const char *text, int len, take_fn *take) {
	const struct quick *quick = (const struct quick *)own;
	if (quick->only_slow)
		return quick->slow.xTokenize(quick->slow_own, context, flags, text, len, take);
	int code = SQLITE_OK;
	for (int at = 0; at < len && code == SQLITE_OK;) {
		char word[WORD_LONGEST];
		int begin = at, count = 0, stop = len - at > WORD_LONGEST ? at + WORD_LONGEST : len;
		signed char c = 0;
		while (at < stop && (c = (signed char)quick->folded[(unsigned char)text[at]]) > 0) {
			word[count++] = (char)c;
			at++;
		}
		if (c == 0 && count == 0) {
			at++;
		} else if (at < len && c != 0) {
			struct stretch stretch = {take, context, begin};
			at = stretch_end(quick, text, at, len);
			code = quick->slow.xTokenize(quick->slow_own, &stretch, flags, text + begin, at - begin, take_shifted);
		} else {
			code = take(context, 0, word, count, begin, at);
		}
	}
	return code;
}

int tokenizer_quicken(sqlite3 *db) {
	static const fts5_tokenizer methods = {create, delete, tokenize};
	fts5_api *api = fts5_of(db);
	struct slow *slow = memory_get(sizeof *slow);
	if (!api || api->xFindTokenizer(api, "unicode61", &slow->user, &slow->methods) != SQLITE_OK) {
		free(slow);
		return -1;
	}
	fts5_tokenizer own = methods;
	return api->xCreateTokenizer(api, "unicode61", slow, &own, free) == SQLITE_OK ? 0 : -1;
}
