/* Ranking without reading every text: for each word, and beginning of a word, that stands in many texts, the best of them.
 *
 * A text's score for a word is BM25's term weight (Robertson and Zaragoza 2009, eq. 3.15) with k1 = 1.2, b = 0.75, a word
 * of the title counting three times, and a fixed mean length, so that scores do not change as the archive grows. Keys are
 * words as FTS5's own tokenizer folds them, and their first 1 to 5 letters with a '*' behind. */
#ifndef DAYBOOK_RANKING_H
#define DAYBOOK_RANKING_H

#include "../base/buf.h"
#include "archive.h"
#include "sql.h"

enum {
	RANKING_BEST = 20,   /* texts kept for a key */
	RANKING_MANY = 32,   /* texts that make a key worth keeping: fewer are ranked when they are asked for */
	RANKING_PREFIX = 5,  /* letters of the longest beginning */
	RANKING_SCALE = 4096,
};

/* The score of a text with `count` occurrences of a word (those in the title counted three times) among `length` words. */
double ranking_score(double count, double length);

/* ---- counting: on any thread ---- */

struct text_key {
	uint64_t key;     /* of the folded word, or of its beginning: ranking_key */
	uint32_t word;    /* where it begins in the counted words' letters */
	uint8_t letters;  /* bytes of it */
	bool beginning;
	uint16_t score;   /* in 1/RANKING_SCALE */
};

/* The keys of one text. */
struct text_words {
	struct text_key *at;
	uint32_t count;
	const char *letters;
};

struct word_counter; /* counts with FTS5's tokenizer; of one thread; opened by word_counter_open (archive.h) */

/* The keys of a text; they live in `arena`. */
struct text_words word_counter_count(struct word_counter *counter, struct str title, struct str body, struct arena *arena);

/* Folds `text` to out[80] when it is one word; its length, or 0 when it is none, several, or too long. */
size_t word_counter_fold(struct word_counter *counter, struct str text, char out[80]);

/* Adds the folded words of `text` to `out`, each with a space before it and one behind the last: " of the law ". */
void word_counter_line(struct word_counter *counter, struct str text, struct buf *out);

/* ---- collecting: the writer ---- */

struct ranking;
struct ranking *ranking_open(void);
void ranking_close(struct ranking *ranking);

/* Takes the keys of text `id`; ids rise. */
void ranking_add(struct ranking *ranking, int64_t id, const struct text_words *words);

/* Whether so much is held that it should be written. */
bool ranking_is_large(const struct ranking *ranking);

/* The ids of the first and last text taken; first is 0 when there is none. */
int64_t ranking_first(const struct ranking *ranking);

/* Writes what it holds to ranked_texts and ranked_words, and empties it. 0, or -1 with `error`. */
int ranking_write(struct ranking *ranking, struct sql *sql, struct error *error);

#endif
