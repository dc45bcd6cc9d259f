#include "excerpt.h"

#include "../base/buf.h"
#include "../base/memory.h"

enum { BODY = 1 /* the column */, WORDS = 28, PHRASES_MOST = 64, NEW_PHRASE = 1000, FROM_SENTENCE = 100, FROM_TEXT = 120 };

struct word {
	int begin, end; /* bytes */
};

/* Where a phrase of the query stands. */
struct instance {
	int at, phrase, words;
};

struct excerpting {
	const Fts5ExtensionApi *api;
	Fts5Context *fts;
	struct arena arena;
	const char *text;
	int len;
	array_of(struct word) words;
	array_of(int) sentences; /* the words that begin one */
	array_of(struct instance) instances; /* in the body, in order */
};

/* A stretch of WORDS words, and what it is worth. */
struct window {
	int begin, score;
};

/* ---- reading ---- */

/* Whether a sentence begins at byte `at`: behind white space, and that behind a full stop or colon. */
static bool begins_sentence(const struct excerpting *e, int at) {
	int before = at;
	while (before > 0 && strchr(" \t\n\r", e->text[before - 1]) && e->text[before - 1])
		before--;
	return before > 0 && before < at && (e->text[before - 1] == '.' || e->text[before - 1] == ':');
}

static int take_word(void *context, int flags, const char *word, int len, int begin, int end) {
	(void)flags, (void)word, (void)len;
	struct excerpting *e = context;
	if (e->words.count == 0 || begins_sentence(e, begin))
		*array_push(&e->arena, &e->sentences) = (int)e->words.count;
	*array_push(&e->arena, &e->words) = (struct word){begin, end};
	return SQLITE_OK;
}

static int read_instances(struct excerpting *e) {
	int count, code = e->api->xInstCount(e->fts, &count);
	for (int i = 0; code == SQLITE_OK && i < count; i++) {
		int phrase, column, at;
		code = e->api->xInst(e->fts, i, &phrase, &column, &at);
		if (code == SQLITE_OK && column == BODY && phrase < PHRASES_MOST)
			*array_push(&e->arena, &e->instances) = (struct instance){at, phrase, e->api->xPhraseSize(e->fts, phrase)};
	}
	return code;
}

/* ---- choosing ---- */

/* What the words from `at` on are worth; `first` is the first instance there. *last: the last instance among them. */
static int worth(const struct excerpting *e, uint32_t first, int at, uint32_t *last) {
	uint64_t seen = 0;
	int score = 0;
	for (uint32_t i = first; i < e->instances.count && e->instances.at[i].at < at + WORDS; i++) {
		uint64_t bit = (uint64_t)1 << e->instances.at[i].phrase;
		score += seen & bit ? 1 : NEW_PHRASE;
		seen |= bit;
		*last = i;
	}
	return score;
}

/* The instances from `first` on in the middle, within the text. */
static int centred(const struct excerpting *e, uint32_t first, uint32_t last) {
	const struct instance *from = &e->instances.at[first], *to = &e->instances.at[last];
	int begin = from->at - (WORDS - (to->at + to->words - from->at)) / 2, count = (int)e->words.count;
	begin = begin + WORDS > count ? count - WORDS : begin;
	return begin < 0 ? 0 : begin;
}

static struct window choose(const struct excerpting *e) {
	struct window best = {0, 0};
	uint32_t first = 0, sentence = 0, from_sentence = 0, last = 0;
	for (uint32_t i = 0; i < e->instances.count; i++) {
		int at = e->instances.at[i].at;
		first = e->instances.at[first].at < at ? i : first;
		int score = worth(e, first, at, &last);
		if (score > best.score)
			best = (struct window){centred(e, first, last), score};
		if (e->words.count <= WORDS)
			continue;
		while (sentence + 1 < e->sentences.count && e->sentences.at[sentence + 1] <= at)
			sentence++;
		int begin = e->sentences.at[sentence];
		while (e->instances.at[from_sentence].at < begin)
			from_sentence++;
		score = begin < at ? worth(e, from_sentence, begin, &last) + (begin == 0 ? FROM_TEXT : FROM_SENTENCE) : 0;
		if (score > best.score)
			best = (struct window){begin, score};
	}
	return best;
}

/* ---- showing ---- */

/* The words that instances from *next on take, where they touch as one; *next is then behind them. */
static struct word joined(const struct excerpting *e, uint32_t *next) {
	struct word words = {-1, -1};
	for (; *next < e->instances.count; ++*next) {
		const struct instance *i = &e->instances.at[*next];
		int end = i->at + i->words - 1;
		if (words.begin < 0)
			words = (struct word){i->at, end};
		else if (i->at > words.end)
			break;
		else if (end > words.end)
			words.end = end;
	}
	return words;
}

static void add(const struct excerpting *e, struct buf *out, int begin, int end) {
	buf_add(out, str_of(e->text + begin, (size_t)(end - begin)));
}

/* The words from `begin` on, with marks around matches; an ellipsis where text is left out. */
static void show(const struct excerpting *e, int begin, struct buf *out) {
	int count = (int)e->words.count, end = begin + WORDS < count ? begin + WORDS : count;
	int at = begin ? e->words.at[begin].begin : 0;
	uint32_t next = 0;
	struct word match = joined(e, &next);
	while (match.begin >= 0 && match.begin < begin)
		match = joined(e, &next);
	if (begin)
		buf_text(out, "\xE2\x80\xA6");
	while (match.begin >= 0 && match.begin < end) {
		add(e, out, at, e->words.at[match.begin].begin);
		buf_byte(out, '\x01');
		int last = match.end < end ? match.end : end - 1;
		add(e, out, e->words.at[match.begin].begin, e->words.at[last].end);
		buf_byte(out, '\x02');
		at = e->words.at[last].end;
		match = joined(e, &next);
	}
	add(e, out, at, end == count ? e->len : e->words.at[end - 1].end);
	if (end < count)
		buf_text(out, "\xE2\x80\xA6");
}

static void excerpt(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *context, int count, sqlite3_value **values) {
	(void)count, (void)values;
	struct excerpting e = {.api = api, .fts = fts};
	struct buf out = {0};
	arena_init(&e.arena);
	int code = api->xColumnText(fts, BODY, &e.text, &e.len);
	if (code == SQLITE_OK)
		code = api->xTokenize(fts, e.text, e.len, &e, take_word);
	if (code == SQLITE_OK)
		code = read_instances(&e);
	if (code == SQLITE_OK)
		show(&e, choose(&e).begin, &out);
	if (code == SQLITE_OK)
		sqlite3_result_text(context, buf_str(&out).at, (int)out.len, SQLITE_TRANSIENT);
	else
		sqlite3_result_error_code(context, code);
	buf_release(&out);
	arena_release(&e.arena);
}

int excerpt_teach(fts5_api *api) {
	return api->xCreateFunction(api, "text_excerpt", NULL, excerpt, NULL);
}
