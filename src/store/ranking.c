#include "ranking.h"

#include <stdlib.h>

#define MEAN_LENGTH 200.0

double ranking_score(double count, double length) {
	const double k1 = 1.2, b = 0.75;
	return count * (k1 + 1) / (count + k1 * (1 - b + b * length / MEAN_LENGTH));
}

/* ---- collecting ---- */

struct hit {
	uint32_t text; /* less the first id */
	uint16_t score;
};

/* A word, or a beginning, with its best texts so far; 32 bytes, so that none lies across two lines of the cache. */
struct collected {
	uint64_t key;
	struct hit *hits;  /* room for 2, 4, 8, 16, RANKING_BEST */
	const char *word;  /* behind a byte that says how many letters */
	uint32_t texts;
	uint16_t least;    /* the worst score, once RANKING_BEST are held */
	uint8_t worst;     /* and the index of that hit */
	uint8_t count : 7;
	bool beginning : 1;
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

static struct collected *slot_of(const struct ranking *r, uint64_t key) {
	uint32_t at = (uint32_t)(key >> 32) & r->mask;
	while (r->table[at].key && r->table[at].key != key)
		at = (at + 1) & r->mask;
	return &r->table[at];
}

static void grow(struct ranking *r) {
	struct collected *old = r->table;
	uint32_t old_room = old ? r->mask + 1 : 0;
	r->mask = old ? r->mask * 2 + 1 : (1 << 15) - 1;
	size_t size = (r->mask + (size_t)1) * sizeof *r->table;
	r->table = memory_get_lines(size);
	memset(r->table, 0, size);
	for (uint32_t i = 0; i < old_room; i++)
		if (old[i].key)
			*slot_of(r, old[i].key) = old[i];
	free(old);
}

static void find_worst(struct collected *c) {
	c->worst = 0;
	for (uint8_t i = 1; i < RANKING_BEST; i++)
		if (c->hits[i].score < c->hits[c->worst].score)
			c->worst = i;
	c->least = c->hits[c->worst].score;
}

static void make_room(struct ranking *r, struct collected *c) {
	uint32_t room = !c->count ? 2 : c->count * 2 > RANKING_BEST ? RANKING_BEST : c->count * 2u;
	struct hit *more = arena_alloc(&r->arena, room * sizeof *more);
	if (c->count)
		memcpy(more, c->hits, c->count * sizeof *more);
	c->hits = more;
}

static void add_hit(struct ranking *r, struct collected *c, struct hit hit) {
	c->texts++;
	if (c->count == RANKING_BEST) {
		if (hit.score < c->least)
			return; /* as good as the worst: the newer text takes its place */
		c->hits[c->worst] = hit;
		find_worst(c);
		return;
	}
	if (c->count != 1 && (c->count & (c->count - 1)) == 0)
		make_room(r, c);
	c->hits[c->count++] = hit;
	if (c->count == RANKING_BEST)
		find_worst(c);
}

static const char *keep_word(struct ranking *r, struct str word) {
	char *kept = arena_alloc(&r->arena, word.len + 1);
	kept[0] = (char)word.len;
	memcpy(kept + 1, word.at, word.len);
	return kept;
}

void ranking_add(struct ranking *r, int64_t id, const struct text_words *words) {
	enum { AHEAD = 12 }; /* the table is larger than the caches: its lines are asked for before they are needed */
	if (!r->first)
		r->first = id;
	r->last = id;
	while (!r->table || r->used + words->count > r->mask / 2)
		grow(r);
	for (uint32_t i = 0; i < words->count; i++) {
		const struct text_key *k = &words->at[i];
		if (i + AHEAD < words->count)
			__builtin_prefetch(&r->table[(uint32_t)(k[AHEAD].key >> 32) & r->mask], 1);
		struct collected *c = slot_of(r, k->key);
		if (!c->key) {
			*c = (struct collected){.key = k->key, .beginning = k->beginning, .word = keep_word(r, str_of(words->letters + k->word, k->letters))};
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
	size_t len = *(*x)->word < *(*y)->word ? (size_t)*(*x)->word : (size_t)*(*y)->word;
	int order = memcmp((*x)->word + 1, (*y)->word + 1, len);
	return order ? order : *(*x)->word - *(*y)->word;
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
	size_t letters = (size_t)*c->word;
	memcpy(key, c->word + 1, letters);
	key[letters] = '*';
	sql_bind(s, "isi", r->first, str_of(key, letters + c->beginning), (int64_t)c->texts);
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
