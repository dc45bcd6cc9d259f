#include "search_index.h"

#include "../base/hash.h"
#include "../base/utf8.h"
#include "search_words.h"

#include <stdlib.h>

#define SHARD_MOST (40 << 10) /* bytes of a shard; a word whose own places take more is left out */

/* A word, with 2 * document + (1 where it stands in the title) of each of its places. */
struct term {
	struct str text;
	array_of(uint32_t) places;
	uint32_t seen;   /* in the document at hand */
	uint8_t weight;  /* the greatest there */
};

struct search_index {
	array_of(struct term) terms;
	array_of(uint32_t) touched; /* by the document at hand */
	uint32_t *rows; /* hash table: index in terms and 1 */
	uint32_t mask;
	struct arena arena;
};

/* ---- gathering ---- */

static uint32_t *row_of(const struct search_index *index, struct str text) {
	uint32_t row = (uint32_t)hash_bytes(text) & index->mask;
	while (index->rows[row] && !str_equal(index->terms.at[index->rows[row] - 1].text, text))
		row = (row + 1) & index->mask;
	return &index->rows[row];
}

static void grow(struct search_index *index) {
	free(index->rows);
	index->mask = index->mask * 2 + 1;
	index->rows = memory_get((index->mask + 1) * sizeof *index->rows);
	memset(index->rows, 0, (index->mask + 1) * sizeof *index->rows);
	for (uint32_t i = 0; i < index->terms.count; i++)
		*row_of(index, index->terms.at[i].text) = i + 1;
}

struct search_index *search_index_open(void) {
	struct search_index *index = memory_get(sizeof *index);
	*index = (struct search_index){.mask = 4095};
	arena_init(&index->arena);
	grow(index);
	return index;
}

void search_index_close(struct search_index *index) {
	arena_release(&index->arena);
	free(index->rows);
	free(index);
}

static void add_word(struct search_index *index, struct str text, enum search_weight weight) {
	uint32_t *row = row_of(index, text);
	if (!*row) {
		*array_push(&index->arena, &index->terms) = (struct term){.text = arena_copy(&index->arena, text)};
		*row = index->terms.count;
		if (index->terms.count * 2 >= index->mask) {
			grow(index);
			row = row_of(index, text);
		}
	}
	struct term *term = &index->terms.at[*row - 1];
	if (!term->seen++) {
		*array_push(&index->arena, &index->touched) = *row - 1;
		term->weight = SEARCH_BODY;
	}
	if (weight > term->weight)
		term->weight = (uint8_t)weight;
}

void search_index_add(struct search_index *index, struct str text, enum search_weight weight) {
	struct search_words words = {.text = text};
	char word[SEARCH_WORD];
	for (size_t len; (len = search_words_next(&words, word));)
		add_word(index, str_of(word, len), weight);
}

void search_index_end(struct search_index *index, uint32_t document) {
	for (uint32_t i = 0; i < index->touched.count; i++) {
		struct term *term = &index->terms.at[index->touched.at[i]];
		if (term->weight > SEARCH_BODY || term->seen > 1)
			*array_push(&index->arena, &term->places) = document * 2 + (term->weight == SEARCH_TITLE);
		term->seen = 0;
	}
	index->touched.count = 0;
}

/* ---- printing ---- */

static int by_number(const void *a, const void *b) {
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

static int by_text(const void *a, const void *b) {
	struct str x = ((const struct term *)a)->text, y = ((const struct term *)b)->text;
	int order = memcmp(x.at, y.at, x.len < y.len ? x.len : y.len);
	return order ? order : (x.len > y.len) - (x.len < y.len);
}

/* A number in digits of five bits, the highest first; the last has 32 more. */
static void add_digits(struct buf *out, uint32_t number) {
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	int shift = 0;
	while (shift < 30 && number >> (shift + 5))
		shift += 5;
	for (; shift > 0; shift -= 5)
		buf_byte(out, digits[number >> shift & 31]);
	buf_byte(out, digits[32 + (number & 31)]);
}

/* "word places": the places as differences, the first from 0. */
static void add_term(struct buf *out, const struct term *term) {
	uint32_t before = 0;
	buf_add(out, term->text);
	buf_byte(out, ' ');
	for (uint32_t i = 0; i < term->places.count; before = term->places.at[i++])
		add_digits(out, term->places.at[i] - before);
	buf_byte(out, ' ');
}

/* The index on its way out: terms[0..count) sorted, those with places; ends[i] is what all up to i take. */
struct printing {
	const struct term *terms;
	uint32_t *ends;
	struct buf *head, bytes, path;
	struct sink *sink;
	struct error *error;
	bool any;
};

/* A beginning as a part of a file's name: what is not a-z or 0-9 in hexadecimal. */
static void add_name(struct buf *out, struct str beginning) {
	for (const char *at = beginning.at, *end = at + beginning.len; at < end;) {
		int length;
		uint32_t code = utf8_decode(at, end, &length);
		at += length;
		if (code < 0x80)
			buf_byte(out, (char)code);
		else
			buf_format(out, "-%x", code);
	}
}

static int put_shard(struct printing *p, uint32_t first, uint32_t end, struct str beginning) {
	buf_clear(&p->path);
	buf_text(&p->path, "search/w-");
	add_name(&p->path, beginning);
	buf_text(&p->path, ".js");
	buf_clear(&p->bytes);
	buf_text(&p->bytes, "daybookSearch.words(");
	buf_json_script(&p->bytes, beginning);
	buf_text(&p->bytes, ",\"");
	for (uint32_t i = first; i < end; i++)
		add_term(&p->bytes, &p->terms[i]);
	buf_text(&p->bytes, "\");\n");
	buf_text(p->head, p->any ? "," : "");
	buf_json_script(p->head, beginning);
	p->any = true;
	return p->sink->put(p->sink, buf_str(&p->path), buf_str(&p->bytes), p->error);
}

/* How many bytes of the term `beginning` and the letter behind it take; beginning.len where the term ends there. */
static size_t longer(struct str text, size_t beginning) {
	int length = 0;
	if (beginning < text.len)
		utf8_decode(text.at + beginning, text.at + text.len, &length);
	return beginning + (size_t)length;
}

/* The terms of one beginning: one shard, or where that is too large one for each letter that may follow. */
static int put_beginning(struct printing *p, uint32_t first, uint32_t end, size_t beginning) {
	if (p->ends[end] - p->ends[first] <= SHARD_MOST || end - first < 2)
		return put_shard(p, first, end, str_of(p->terms[first].text.at, beginning));
	while (first < end) {
		struct str text = p->terms[first].text;
		size_t next = longer(text, beginning);
		uint32_t behind = first + 1;
		while (next > beginning && behind < end && str_starts(p->terms[behind].text, str_of(text.at, next)))
			behind++;
		int result = next > beginning ? put_beginning(p, first, behind, next) : put_shard(p, first, behind, str_of(text.at, next));
		if (result < 0)
			return -1;
		first = behind;
	}
	return 0;
}

/* Sorts the terms, leaves out those without a place and the common ones, which it names in the head; gives how many stay. */
static uint32_t choose(struct search_index *index, struct printing *p) {
	struct term *terms = index->terms.at;
	uint32_t kept = 0, named = 0, at = 0;
	if (index->terms.count)
		qsort(terms, index->terms.count, sizeof *terms, by_text);
	buf_text(p->head, "\"common\":[");
	for (uint32_t i = 0; i < index->terms.count; i++) {
		if (!terms[i].places.count)
			continue;
		qsort(terms[i].places.at, terms[i].places.count, sizeof(uint32_t), by_number);
		buf_clear(&p->bytes);
		add_term(&p->bytes, &terms[i]);
		if (p->bytes.len > SHARD_MOST) {
			buf_text(p->head, named++ ? "," : "");
			buf_json_script(p->head, terms[i].text);
			continue;
		}
		p->ends[kept] = at;
		at += (uint32_t)p->bytes.len;
		terms[kept++] = terms[i];
	}
	p->ends[kept] = at;
	buf_text(p->head, "]");
	return kept;
}

int search_index_put(struct search_index *index, struct buf *head, struct sink *sink, struct error *error) {
	struct printing p = {.head = head, .sink = sink, .error = error};
	p.ends = memory_get((index->terms.count + 1) * sizeof *p.ends);
	uint32_t count = choose(index, &p);
	p.terms = index->terms.at;
	buf_text(head, ",\"shards\":[");
	int result = count ? put_beginning(&p, 0, count, 0) : 0;
	buf_text(head, "]");
	index->terms.count = 0; /* sorted: the table no longer leads to them */
	free(p.ends);
	buf_release(&p.bytes);
	buf_release(&p.path);
	return result;
}
