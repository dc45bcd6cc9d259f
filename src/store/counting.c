/* Counting a text's words, and their beginnings. */
#include "ranking.h"

#include "../base/hash.h"
#include "tokenizer.h"

#include <stdlib.h>

enum { SLOTS_FIRST = 256, WORD_LONGEST = 64 };

/* A word, or a beginning, while a text is counted. */
struct counted {
	uint64_t key;
	uint32_t word, count; /* word: where it begins in the letters */
	uint8_t letters;
};

/* What was counted, in the order it came, and a table of it by key; its size is a power of two. Both are kept for the next text. */
struct counts {
	struct counted *at;
	uint32_t count, room;
	uint32_t *slots; /* index + 1, or 0 */
	uint32_t mask, slots_room;
};

struct word_counter {
	sqlite3 *db; /* holds FTS5 and its tokenizers */
	fts5_tokenizer methods;
	Fts5Tokenizer *tokenizer;
	/* of the text that is counted */
	struct counts words, beginnings;
	struct buf letters; /* of the folded words, one after another */
	uint32_t length, weight;
};

struct word_counter *word_counter_open(void) {
	struct word_counter *c = memory_get(sizeof *c);
	*c = (struct word_counter){0};
	const char *arguments[] = {"remove_diacritics", "2"};
	sql_start();
	void *context;
	fts5_api *api = sqlite3_open(":memory:", &c->db) == SQLITE_OK && tokenizer_quicken(c->db) == 0 ? fts5_of(c->db) : NULL;
	if (!api || api->xFindTokenizer(api, "unicode61", &context, &c->methods) != SQLITE_OK ||
		c->methods.xCreate(context, arguments, 2, &c->tokenizer) != SQLITE_OK) {
		word_counter_close(c);
		return NULL;
	}
	return c;
}

static void counts_release(struct counts *c) {
	free(c->at);
	free(c->slots);
}

void word_counter_close(struct word_counter *c) {
	if (!c)
		return;
	if (c->tokenizer)
		c->methods.xDelete(c->tokenizer);
	sqlite3_close(c->db);
	counts_release(&c->words);
	counts_release(&c->beginnings);
	buf_release(&c->letters);
	free(c);
}

/* ---- the table ---- */

/* Empties the table, which has `slots` then. */
static void counts_clear(struct counts *c, uint32_t slots) {
	if (slots > c->slots_room) {
		c->slots = memory_grow(c->slots, slots * sizeof *c->slots);
		c->slots_room = slots;
	}
	c->mask = slots - 1;
	memset(c->slots, 0, slots * sizeof *c->slots);
}

static uint32_t *counts_slot(const struct counts *c, uint64_t key) {
	uint32_t at = (uint32_t)(key >> 32) & c->mask;
	while (c->slots[at] && c->at[c->slots[at] - 1].key != key)
		at = (at + 1) & c->mask;
	return &c->slots[at];
}

static void counts_grow(struct counts *c) {
	counts_clear(c, (c->mask + 1) * 4);
	for (uint32_t i = 0; i < c->count; i++)
		*counts_slot(c, c->at[i].key) = i + 1;
}

/* What is counted of the key; a new one has no letters. */
static struct counted *counts_find(struct counts *c, uint64_t key) {
	uint32_t *slot = counts_slot(c, key);
	if (*slot)
		return &c->at[*slot - 1];
	if (c->count == c->room) {
		c->room = c->room * 2 + 256;
		c->at = memory_grow(c->at, c->room * sizeof *c->at);
	}
	c->at[c->count++] = (struct counted){.key = key};
	*slot = c->count;
	if (c->count > c->mask / 2)
		counts_grow(c);
	return &c->at[c->count - 1];
}

/* ---- counting ---- */

/* 64 bits of a word, or of a beginning; never 0. */
static uint64_t key_of(uint64_t hash, bool beginning) {
	hash = (hash + beginning) * 0x9E3779B97F4A7C15;
	return (hash ^ hash >> 29) | 1;
}

/* FTS5 calls this for each word. */
static int take_word(void *context, int flags, const char *word, int len, int begin, int end) {
	(void)flags, (void)begin, (void)end;
	struct word_counter *c = context;
	c->length += c->weight == 1;
	if (len <= 0 || len > WORD_LONGEST)
		return SQLITE_OK;
	struct str text = str_of(word, (size_t)len);
	struct counted *found = counts_find(&c->words, key_of(hash_bytes(text), false));
	if (!found->letters) {
		found->word = (uint32_t)c->letters.len;
		found->letters = (uint8_t)len;
		buf_add(&c->letters, text);
	}
	found->count += c->weight;
	return SQLITE_OK;
}

/* Counts the word's beginnings, of 1 to RANKING_PREFIX letters. */
static void count_beginnings(struct word_counter *c, const struct counted *word) {
	const char *letters = c->letters.at + word->word;
	uint64_t hash = 0;
	for (uint32_t i = 0, n = 0; i < word->letters && n < RANKING_PREFIX; i++) {
		hash = hash * 0x100000001B3 + (unsigned char)letters[i];
		if (i + 1 < word->letters && ((unsigned char)letters[i + 1] & 0xC0) == 0x80)
			continue; /* within a letter */
		n++;
		struct counted *found = counts_find(&c->beginnings, key_of(hash, true));
		if (!found->letters) {
			found->word = word->word;
			found->letters = (uint8_t)(i + 1);
		}
		found->count += word->count;
	}
}

static void add_keys(struct text_words *words, const struct counts *counts, uint32_t length, bool beginning) {
	for (uint32_t i = 0; i < counts->count; i++) {
		const struct counted *k = &counts->at[i];
		words->at[words->count++] = (struct text_key){k->key, k->word, k->letters, beginning,
			(uint16_t)(ranking_score(k->count, length) * RANKING_SCALE)};
	}
}

struct text_words word_counter_count(struct word_counter *c, struct str title, struct str body, struct arena *arena) {
	c->words.count = c->beginnings.count = c->length = 0;
	counts_clear(&c->words, SLOTS_FIRST);
	counts_clear(&c->beginnings, SLOTS_FIRST);
	buf_clear(&c->letters);
	c->weight = 3;
	if (title.len)
		c->methods.xTokenize(c->tokenizer, c, FTS5_TOKENIZE_DOCUMENT, title.at, (int)title.len, take_word);
	c->weight = 1;
	c->methods.xTokenize(c->tokenizer, c, FTS5_TOKENIZE_DOCUMENT, body.at, (int)body.len, take_word);
	for (uint32_t i = 0; i < c->words.count; i++)
		count_beginnings(c, &c->words.at[i]);
	struct text_words words = {.at = arena_alloc(arena, (c->words.count + c->beginnings.count + 1) * sizeof *words.at),
		.letters = arena_copy(arena, buf_str(&c->letters)).at};
	add_keys(&words, &c->words, c->length, false);
	add_keys(&words, &c->beginnings, c->length, true);
	return words;
}

/* ---- folding ---- */

struct folding {
	char *out;
	size_t len;
	int words;
};

static int take_folded(void *context, int flags, const char *word, int len, int begin, int end) {
	(void)flags, (void)begin, (void)end;
	struct folding *f = context;
	f->words++;
	f->len = len > 0 && len <= 64 ? (size_t)len : 0;
	memcpy(f->out, word, f->len);
	return SQLITE_OK;
}

size_t word_counter_fold(struct word_counter *counter, struct str text, char out[80]) {
	struct folding f = {.out = out};
	counter->methods.xTokenize(counter->tokenizer, &f, FTS5_TOKENIZE_QUERY, text.at, (int)text.len, take_folded);
	return f.words == 1 ? f.len : 0;
}

static int take_for_line(void *context, int flags, const char *word, int len, int begin, int end) {
	(void)flags, (void)begin, (void)end;
	buf_byte(context, ' ');
	buf_add(context, str_of(word, (size_t)len));
	return SQLITE_OK;
}

void word_counter_line(struct word_counter *counter, struct str text, struct buf *out) {
	counter->methods.xTokenize(counter->tokenizer, out, FTS5_TOKENIZE_DOCUMENT, text.at, (int)text.len, take_for_line);
	buf_byte(out, ' ');
}
