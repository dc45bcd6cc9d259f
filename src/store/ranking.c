#include "ranking.h"

#include "../base/hash.h"

#include <stdlib.h>

#define MEAN_LENGTH 200.0

double ranking_score(double count, double length) {
	const double k1 = 1.2, b = 0.75;
	return count * (k1 + 1) / (count + k1 * (1 - b + b * length / MEAN_LENGTH));
}

/* ---- counting ---- */

struct word_counter {
	sqlite3 *db; /* holds FTS5 and its tokenizers */
	fts5_tokenizer methods;
	Fts5Tokenizer *tokenizer;
};

static fts5_api *fts5_of(sqlite3 *db) {
	fts5_api *api = NULL;
	sqlite3_stmt *s = NULL;
	if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &s, NULL) == SQLITE_OK) {
		sqlite3_bind_pointer(s, 1, &api, "fts5_api_ptr", NULL);
		sqlite3_step(s);
	}
	sqlite3_finalize(s);
	return api;
}

struct word_counter *word_counter_open(void) {
	struct word_counter *c = memory_get(sizeof *c);
	*c = (struct word_counter){0};
	const char *arguments[] = {"remove_diacritics", "2"};
	void *context;
	fts5_api *api = sqlite3_open(":memory:", &c->db) == SQLITE_OK ? fts5_of(c->db) : NULL;
	if (!api || api->xFindTokenizer(api, "unicode61", &context, &c->methods) != SQLITE_OK ||
		c->methods.xCreate(context, arguments, 2, &c->tokenizer) != SQLITE_OK) {
		word_counter_close(c);
		return NULL;
	}
	return c;
}

void word_counter_close(struct word_counter *c) {
	if (!c)
		return;
	if (c->tokenizer)
		c->methods.xDelete(c->tokenizer);
	sqlite3_close(c->db);
	free(c);
}

/* A word, or a beginning, while the text is counted. */
struct counted {
	uint64_t key;
	uint32_t word, count;
	uint8_t letters;
};

/* A table by key; its size is a power of two. */
struct counts {
	struct counted *at;
	uint32_t mask, used;
};

struct counting {
	struct arena *arena;
	struct counts words;
	uint32_t length, weight;
	char *letters; /* of the folded words, one after another */
	uint32_t letters_len, letters_room;
};

static void counts_grow(struct counts *c, struct arena *arena) {
	struct counted *old = c->at;
	uint32_t old_room = old ? c->mask + 1 : 0;
	c->mask = old ? c->mask * 2 + 1 : 255;
	c->at = arena_alloc(arena, (c->mask + (size_t)1) * sizeof *c->at);
	for (uint32_t i = 0; i < old_room; i++) {
		if (!old[i].key)
			continue;
		uint32_t at = (uint32_t)(old[i].key >> 32) & c->mask;
		while (c->at[at].key)
			at = (at + 1) & c->mask;
		c->at[at] = old[i];
	}
}

/* The key's place in the table: its own, or an empty one. */
static struct counted *counts_find(struct counts *c, uint64_t key, struct arena *arena) {
	if (!c->at || c->used > c->mask / 2)
		counts_grow(c, arena);
	uint32_t at = (uint32_t)(key >> 32) & c->mask;
	while (c->at[at].key && c->at[at].key != key)
		at = (at + 1) & c->mask;
	c->used += !c->at[at].key;
	return &c->at[at];
}

static uint32_t keep_letters(struct counting *c, const char *word, uint32_t len) {
	if (c->letters_len + len > c->letters_room) {
		char *more = arena_alloc(c->arena, c->letters_room * 2 + len + 1024);
		if (c->letters_len)
			memcpy(more, c->letters, c->letters_len);
		c->letters = more;
		c->letters_room = c->letters_room * 2 + len + 1024;
	}
	memcpy(c->letters + c->letters_len, word, len);
	c->letters_len += len;
	return c->letters_len - len;
}

/* 64 bits of a word, or of a beginning; never 0. */
static uint64_t key_of(uint64_t hash, bool beginning) {
	hash = (hash + beginning) * 0x9E3779B97F4A7C15;
	return (hash ^ hash >> 29) | 1;
}

/* FTS5 calls this for each word. */
static int take_word(void *context, int flags, const char *word, int len, int begin, int end) {
	(void)flags, (void)begin, (void)end;
	struct counting *c = context;
	c->length += c->weight == 1;
	if (len <= 0 || len > 64)
		return SQLITE_OK;
	uint64_t key = key_of(hash_bytes(str_of(word, (size_t)len)), false);
	struct counted *found = counts_find(&c->words, key, c->arena);
	if (!found->key)
		*found = (struct counted){key, keep_letters(c, word, (uint32_t)len), 0, (uint8_t)len};
	found->count += c->weight;
	return SQLITE_OK;
}

/* Counts the word's beginnings, of 1 to RANKING_PREFIX letters. */
static void count_beginnings(struct counting *c, struct counts *beginnings, const struct counted *word) {
	const char *letters = c->letters + word->word;
	uint64_t hash = 0;
	for (uint32_t i = 0, n = 0; i < word->letters && n < RANKING_PREFIX; i++) {
		hash = hash * 0x100000001B3 + (unsigned char)letters[i];
		if (i + 1 < word->letters && ((unsigned char)letters[i + 1] & 0xC0) == 0x80)
			continue; /* within a letter */
		n++;
		uint64_t key = key_of(hash, true);
		struct counted *found = counts_find(beginnings, key, c->arena);
		if (!found->key)
			*found = (struct counted){key, word->word, 0, (uint8_t)(i + 1)};
		found->count += word->count;
	}
}

static void add_keys(struct text_words *words, const struct counts *counts, uint32_t length, bool beginning) {
	for (uint32_t i = 0; counts->at && i <= counts->mask; i++) {
		const struct counted *k = &counts->at[i];
		if (k->key)
			words->at[words->count++] = (struct text_key){k->key, k->word, k->letters, beginning,
				(uint16_t)(ranking_score(k->count, length) * RANKING_SCALE)};
	}
}

struct text_words word_counter_count(struct word_counter *counter, struct str title, struct str body, struct arena *arena) {
	struct counting c = {.arena = arena, .weight = 3};
	struct counts beginnings = {0};
	if (title.len)
		counter->methods.xTokenize(counter->tokenizer, &c, FTS5_TOKENIZE_DOCUMENT, title.at, (int)title.len, take_word);
	c.weight = 1;
	counter->methods.xTokenize(counter->tokenizer, &c, FTS5_TOKENIZE_DOCUMENT, body.at, (int)body.len, take_word);
	for (uint32_t i = 0; c.words.at && i <= c.words.mask; i++)
		if (c.words.at[i].key)
			count_beginnings(&c, &beginnings, &c.words.at[i]);
	struct text_words words = {.at = arena_alloc(arena, (c.words.used + beginnings.used + 1) * sizeof *words.at), .letters = c.letters};
	add_keys(&words, &c.words, c.length, false);
	add_keys(&words, &beginnings, c.length, true);
	return words;
}

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

/* ---- collecting ---- */

struct hit {
	uint32_t text; /* less the first id */
	uint16_t score;
};

struct collected {
	uint64_t key;
	uint32_t texts, count, room;
	const char *word;
	uint8_t letters;
	bool beginning;
	uint8_t least; /* the index of the worst hit, once RANKING_BEST are held */
	struct hit *hits;
};

struct ranking {
	struct arena arena;
	struct collected *table;
	uint32_t mask, used;
	int64_t first, last;
};

struct ranking *ranking_open(void) {
	struct ranking *r = memory_get(sizeof *r);
	*r = (struct ranking){0};
	arena_init(&r->arena);
	return r;
}

static void empty(struct ranking *r) {
	free(r->table);
	arena_release(&r->arena);
	*r = (struct ranking){0};
	arena_init(&r->arena);
}

void ranking_close(struct ranking *r) {
	if (!r)
		return;
	empty(r);
	free(r);
}

bool ranking_is_large(const struct ranking *r) {
	return r->arena.total + (r->table ? r->mask * sizeof *r->table : 0) > (size_t)48 << 20;
}

int64_t ranking_first(const struct ranking *r) {
	return r->first;
}

static void grow(struct ranking *r) {
	struct collected *old = r->table;
	uint32_t old_room = old ? r->mask + 1 : 0;
	r->mask = old ? r->mask * 2 + 1 : (1 << 15) - 1;
	r->table = memory_get((r->mask + (size_t)1) * sizeof *r->table);
	memset(r->table, 0, (r->mask + (size_t)1) * sizeof *r->table);
	for (uint32_t i = 0; i < old_room; i++) {
		if (!old[i].key)
			continue;
		uint32_t at = (uint32_t)(old[i].key >> 32) & r->mask;
		while (r->table[at].key)
			at = (at + 1) & r->mask;
		r->table[at] = old[i];
	}
	free(old);
}

static void find_least(struct collected *c) {
	c->least = 0;
	for (uint8_t i = 1; i < RANKING_BEST; i++)
		if (c->hits[i].score < c->hits[c->least].score)
			c->least = i;
}

static void add_hit(struct ranking *r, struct collected *c, struct hit hit) {
	c->texts++;
	if (c->count == RANKING_BEST) {
		if (hit.score < c->hits[c->least].score)
			return; /* as good as the worst: the newer text takes its place */
		c->hits[c->least] = hit;
		find_least(c);
		return;
	}
	if (c->count == c->room) {
		c->room = c->room ? (c->room * 2 > RANKING_BEST ? RANKING_BEST : c->room * 2) : 2;
		struct hit *more = arena_alloc(&r->arena, c->room * sizeof *more);
		if (c->count)
			memcpy(more, c->hits, c->count * sizeof *more);
		c->hits = more;
	}
	c->hits[c->count++] = hit;
	if (c->count == RANKING_BEST)
		find_least(c);
}

void ranking_add(struct ranking *r, int64_t id, const struct text_words *words) {
	if (!r->first)
		r->first = id;
	r->last = id;
	for (uint32_t i = 0; i < words->count; i++) {
		const struct text_key *k = &words->at[i];
		if (!r->table || r->used > r->mask / 2)
			grow(r);
		uint32_t at = (uint32_t)(k->key >> 32) & r->mask;
		while (r->table[at].key && r->table[at].key != k->key)
			at = (at + 1) & r->mask;
		struct collected *c = &r->table[at];
		if (!c->key) {
			*c = (struct collected){.key = k->key, .letters = k->letters, .beginning = k->beginning,
				.word = arena_copy(&r->arena, str_of(words->letters + k->word, k->letters)).at};
			r->used++;
		}
		add_hit(r, c, (struct hit){(uint32_t)(id - r->first), k->score});
	}
}

/* ---- writing ---- */

static int best_first(const void *a, const void *b) {
	const struct hit *x = a, *y = b;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return (x->text < y->text) - (x->text > y->text); /* the newer first */
}

static int by_word(const void *a, const void *b) {
	const struct collected *const *x = a, *const *y = b;
	size_t len = (*x)->letters < (*y)->letters ? (*x)->letters : (*y)->letters;
	int order = memcmp((*x)->word, (*y)->word, len);
	return order ? order : (*x)->letters - (*y)->letters;
}

static int write_key(struct ranking *r, struct sql *sql, sqlite3_stmt *s, struct collected *c, struct error *error) {
	unsigned char best[RANKING_BEST * 6];
	char key[80];
	qsort(c->hits, c->count, sizeof *c->hits, best_first);
	for (uint32_t i = 0; i < c->count; i++) {
		unsigned char *to = best + i * 6;
		uint32_t text = c->hits[i].text, score = c->hits[i].score;
		to[0] = (unsigned char)(text >> 24), to[1] = (unsigned char)(text >> 16), to[2] = (unsigned char)(text >> 8), to[3] = (unsigned char)text;
		to[4] = (unsigned char)(score >> 8), to[5] = (unsigned char)score;
	}
	memcpy(key, c->word, c->letters);
	key[c->letters] = '*';
	sql_bind(s, "isi", r->first, str_of(key, c->letters + (size_t)c->beginning), (int64_t)c->texts);
	sqlite3_bind_blob(s, 4, best, (int)(c->count * 6), SQLITE_STATIC);
	int code = sqlite3_step(s);
	sqlite3_reset(s);
	return code == SQLITE_DONE ? 0 : sql_fail(sql, error);
}

int ranking_write(struct ranking *r, struct sql *sql, struct error *error) {
	if (!r->first)
		return 0;
	struct collected **many = memory_get((r->used + 1) * sizeof *many);
	uint32_t count = 0;
	for (uint32_t i = 0; r->table && i <= r->mask; i++)
		if (r->table[i].key && r->table[i].texts >= RANKING_MANY)
			many[count++] = &r->table[i];
	qsort(many, count, sizeof *many, by_word);
	int result = sql_run(sql, error, "INSERT INTO ranked_texts VALUES (?, ?)", "ii", r->first, r->last);
	sqlite3_stmt *s = sql_statement(sql, "INSERT INTO ranked_words VALUES (?, ?, ?, ?)");
	if (!s)
		result = sql_fail(sql, error);
	for (uint32_t i = 0; i < count && result == 0; i++)
		result = write_key(r, sql, s, many[i], error);
	free(many);
	if (result == 0)
		empty(r);
	return result;
}
