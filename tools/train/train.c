/* Trains the model of names (src/know/model.h): train OUT [key=value...] <DOCUMENTS
 *
 * A conditional random field by stochastic gradients (AdaGrad: Duchi, Hazan, Singer 2011), the mean of the later rounds'
 * weights taken, features left out at random against leaning on few of them. Marks that do not tell types apart are
 * learnt from as sets of labels (Tsuboi et al. 2008). tools/train_names.py writes DOCUMENTS:
 *
 *     D SET POLICY TEST WEIGHT BYTES SPANS     POLICY: full; places (LOC may be GPE); partial (as places, and MISC is not marked)
 *     TYPE BEGIN END                           as many as SPANS; ANY is a name of an unknown type
 *     the text, as many as BYTES, and a line end
 *
 * Documents with TEST 1 are not learnt from; their F1 is printed, by set; with show=1 what marks and weights disagree in,
 * too: = DOCUMENT BEGIN END found|marked TYPE. The same input gives the same bytes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "find/name_features.h"
#include "read/source.h"

enum { L = MODEL_LABELS, EDGE = MODEL_LABELS, FULL_MASK = (1 << MODEL_LABELS) - 1 };

struct options {
	double epochs, rate, l2, drop, least, prune, range, show;
	uint64_t seed;
};

struct window {
	uint32_t first, count; /* in corpus.tokens */
	float weight;
	uint32_t document;
};

struct example {
	uint32_t features, count; /* in corpus.features */
	uint32_t begin, end;      /* in the document */
	uint16_t allowed, gold;
};

struct sample {
	char set[40];
	bool test, places;
};

struct corpus {
	array_of(struct sample) documents;
	array_of(struct window) windows;
	array_of(struct example) tokens;
	array_of(uint32_t) features; /* hashes, then indices */
	struct arena arena;
};

struct weights {
	uint32_t count, mask;
	uint32_t *keys, *index, *hash_of; /* by slot; the feature of an index */
	float (*w)[L], (*g)[L], (*mean)[L];
	float follows[L + 1][L], follows_g[L + 1][L], follows_mean[L + 1][L];
};

static uint64_t random_state;

static double uniform(void) {
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (double)(random_state >> 11) / 9007199254740992.0;
}

static void die(const char *what) {
	fprintf(stderr, "train: %s\n", what);
	exit(2);
}

/* ---- reading ---- */

static const char *const type_names[] = {"PER", "ORG", "GPE", "LOC", "MISC", "ANY"};
enum { TYPE_ANY = 5 };

struct mark_read {
	uint32_t type, begin, end;
};

static uint16_t labels_of(uint32_t type, bool first, const char *policy) {
	uint16_t bit = (uint16_t)(1 << ((first ? MODEL_BEGIN : MODEL_INSIDE) + (int)type));
	if (type == TYPE_ANY)
		return FULL_MASK;
	if (type == ENTITY_LOC && strcmp(policy, "full") != 0)
		bit |= (uint16_t)(1 << ((first ? MODEL_BEGIN : MODEL_INSIDE) + ENTITY_GPE));
	return bit;
}

/* The labels that the marks leave a token of the window. */
static uint16_t gold_of(const struct token *t, const struct token *before, const struct mark_read *marks, uint32_t count,
	const char *policy, uint32_t *from) {
	while (*from < count && marks[*from].end <= t->begin)
		++*from;
	if (*from < count && marks[*from].begin < t->end) {
		bool first = !before || before->end <= marks[*from].begin;
		return labels_of(marks[*from].type, first, policy);
	}
	return strcmp(policy, "partial") == 0 ? 1 | 1 << (MODEL_BEGIN + ENTITY_MISC) | 1 << (MODEL_INSIDE + ENTITY_MISC) : 1;
}

static void add_windows(struct corpus *c, const struct document *d, const struct mark_read *marks, uint32_t count, const char *policy,
	float weight, struct arena *scratch) {
	static struct name_reader r;
	uint32_t out[NAME_FEATURES], from = 0;
	name_reader_open(&r, d, scratch);
	while (name_window(&r)) {
		*array_push(&c->arena, &c->windows) = (struct window){c->tokens.count, r.to - r.from, weight, c->documents.count - 1};
		for (uint32_t i = r.from; i < r.to; i++) {
			uint32_t n = name_features(&r, i, out);
			uint16_t gold = gold_of(&d->tokens.at[i], i > 0 ? &d->tokens.at[i - 1] : NULL, marks, count, policy, &from);
			*array_push(&c->arena, &c->tokens) = (struct example){c->features.count, n, d->tokens.at[i].begin, d->tokens.at[i].end,
				name_allowed(&r, i), gold};
			for (uint32_t k = 0; k < n; k++)
				*array_push(&c->arena, &c->features) = out[k];
		}
	}
}

static void read_document(struct corpus *c, const char *policy, float weight, uint32_t bytes, uint32_t spans) {
	struct mark_read *marks = memory_get((spans + 1) * sizeof *marks);
	for (uint32_t i = 0; i < spans; i++) {
		char type[16];
		if (scanf("%15s %u %u", type, &marks[i].begin, &marks[i].end) != 3)
			die("a mark is not TYPE BEGIN END");
		for (marks[i].type = 0; marks[i].type < TYPE_ANY && strcmp(type, type_names[marks[i].type]) != 0;)
			marks[i].type++;
	}
	getchar();
	char *text = memory_get(bytes + 1);
	if (fread(text, 1, bytes, stdin) != bytes)
		die("a text is shorter than it says");
	struct source source;
	struct error error = {{0}, {0}};
	struct document document;
	struct arena arena;
	arena_init(&arena);
	if (source_read(&source, STR("-"), str_of(text, bytes), SOURCE_TEXT, &error) < 0)
		die("a text that daybook refuses");
	if (!str_equal(source.text, str_of(text, bytes)))
		die("a text that daybook does not read byte for byte");
	document_cut(&document, &source, &arena, &arena);
	add_windows(c, &document, marks, spans, policy, weight, &arena);
	source_release(&source);
	arena_release(&arena);
	free(text);
	free(marks);
}

static void read_corpus(struct corpus *c) {
	struct sample s;
	char policy[16];
	int test;
	float weight;
	uint32_t bytes, spans;
	while (scanf(" D %39s %15s %d %f %u %u", s.set, policy, &test, &weight, &bytes, &spans) == 6) {
		s.test = test;
		s.places = strcmp(policy, "full") != 0;
		*array_push(&c->arena, &c->documents) = s;
		read_document(c, policy, weight, bytes, spans);
	}
}

/* ---- features ---- */

static uint32_t slot_of(const struct weights *w, uint32_t key) {
	uint32_t at = key & w->mask;
	while (w->keys[at] && w->keys[at] != key)
		at = (at + 1) & w->mask;
	return at;
}

/* Numbers the features that occur `least` times in what is learnt from, and puts numbers for hashes; UINT32_MAX for the others. */
static void number_features(struct weights *w, struct corpus *c, uint32_t least) {
	w->mask = (1 << 24) - 1;
	w->keys = calloc(w->mask + (size_t)1, 4);
	w->index = calloc(w->mask + (size_t)1, 4);
	for (uint32_t i = 0; i < c->windows.count; i++) {
		const struct window *x = &c->windows.at[i];
		const struct example *first = &c->tokens.at[x->first], *last = &c->tokens.at[x->first + x->count - 1];
		for (uint32_t k = first->features; !c->documents.at[x->document].test && k < last->features + last->count; k++) {
			uint32_t at = slot_of(w, c->features.at[k]);
			w->keys[at] = c->features.at[k];
			w->index[at]++;
		}
	}
	for (uint32_t at = 0; at <= w->mask; at++)
		w->index[at] = w->keys[at] && w->index[at] >= least ? ++w->count : 0;
	w->hash_of = calloc(w->count + 1, 4);
	for (uint32_t at = 0; at <= w->mask; at++)
		if (w->index[at])
			w->hash_of[w->index[at]] = w->keys[at];
	for (uint32_t i = 0; i < c->features.count; i++)
		c->features.at[i] = w->index[slot_of(w, c->features.at[i])];
	w->w = calloc(w->count + 1, sizeof *w->w);
	w->g = calloc(w->count + 1, sizeof *w->g);
	w->mean = calloc(w->count + 1, sizeof *w->mean);
}

/* ---- the field ---- */

struct lattice {
	double emit[NAME_WINDOW][L], all[NAME_WINDOW][L], marked[NAME_WINDOW][L];
	double pairs[L + 1][L]; /* expected under all, less those under the marks */
	double follows[L + 1][L]; /* exponentiated */
	double way[NAME_WINDOW][L], back[NAME_WINDOW][L];
	uint8_t kept[NAME_WINDOW][NAME_FEATURES];
};

static bool may_follow(int from, int to) {
	return to < MODEL_INSIDE || from == to || from == to - MODEL_TYPES;
}

/* Expected labels of each token among those `mask` leaves, and of pairs, added with `sign`; the logarithm of the sum of all ways. */
static double expect(struct lattice *t, uint32_t count, const uint16_t *mask, double marginal[NAME_WINDOW][L], double sign) {
	double log_sum = 0;
	for (uint32_t i = 0; i < count; i++) {
		double sum = 0;
		for (int to = 0; to < L; to++) {
			double into = i ? 0 : t->follows[EDGE][to];
			for (int from = 0; i && from < L; from++)
				into += t->way[i - 1][from] * t->follows[from][to];
			sum += t->way[i][to] = mask[i] >> to & 1 ? into * t->emit[i][to] : 0;
		}
		if (!(sum > 0))
			return -INFINITY;
		for (int to = 0; to < L; to++)
			t->way[i][to] /= sum;
		log_sum += log(sum);
	}
	for (int to = 0; to < L; to++)
		t->back[count - 1][to] = 1;
	for (uint32_t i = count; i-- > 0;) {
		double sum = 0, norm = 0;
		for (int to = 0; to < L; to++)
			sum += marginal[i][to] = t->way[i][to] * t->back[i][to];
		for (int to = 0; to < L; to++)
			marginal[i][to] /= sum;
		for (int from = 0; i && from < L; from++) {
			double out = 0;
			for (int to = 0; to < L; to++)
				if (mask[i] >> to & 1)
					out += t->follows[from][to] * t->emit[i][to] * t->back[i][to];
			norm += t->back[i - 1][from] = out;
		}
		if (i == 0) {
			for (int to = 0; to < L; to++)
				t->pairs[EDGE][to] += sign * marginal[0][to];
			break;
		}
		double whole = 0;
		for (int from = 0; from < L; from++)
			whole += t->way[i - 1][from] * t->back[i - 1][from];
		for (int from = 0; from < L; from++)
			for (int to = 0; to < L; to++)
				if (mask[i] >> to & 1)
					t->pairs[from][to] += sign * t->way[i - 1][from] * t->follows[from][to] * t->emit[i][to] * t->back[i][to] / whole;
		for (int from = 0; from < L; from++)
			t->back[i - 1][from] /= norm;
	}
	return log_sum;
}

static void emissions(struct lattice *t, const struct weights *w, const struct corpus *c, const struct window *x, double drop) {
	for (uint32_t i = 0; i < x->count; i++) {
		const struct example *e = &c->tokens.at[x->first + i];
		double score[L] = {0}, best = -INFINITY;
		for (uint32_t k = 0; k < e->count; k++) {
			uint32_t feature = c->features.at[e->features + k];
			t->kept[i][k] = feature && (drop <= 0 || uniform() >= drop);
			for (int to = 0; t->kept[i][k] && to < L; to++)
				score[to] += w->w[feature][to];
		}
		for (int to = 0; to < L; to++) {
			score[to] /= 1 - drop;
			best = score[to] > best ? score[to] : best;
		}
		for (int to = 0; to < L; to++)
			t->emit[i][to] = exp(score[to] - best);
	}
	for (int from = 0; from <= L; from++)
		for (int to = 0; to < L; to++)
			t->follows[from][to] = may_follow(from, to) ? exp((double)w->follows[from][to]) : 0;
}

static void step(float *w, float *g, double gradient, const struct options *o) {
	gradient += o->l2 * (double)*w;
	*g += (float)(gradient * gradient);
	*w -= (float)(o->rate * gradient / (1e-4 + sqrt((double)*g)));
}

/* One step on a window; its loss, or 0 where the marks cannot be had. */
static double learn(struct lattice *t, struct weights *w, const struct corpus *c, const struct window *x, const struct options *o) {
	uint16_t allowed[NAME_WINDOW], gold[NAME_WINDOW];
	for (uint32_t i = 0; i < x->count; i++) {
		allowed[i] = c->tokens.at[x->first + i].allowed;
		gold[i] = allowed[i] & c->tokens.at[x->first + i].gold;
	}
	emissions(t, w, c, x, o->drop);
	memset(t->pairs, 0, sizeof t->pairs);
	double marked = expect(t, x->count, gold, t->marked, -1);
	if (marked == -INFINITY)
		return 0;
	double all = expect(t, x->count, allowed, t->all, 1);
	for (uint32_t i = 0; i < x->count; i++) {
		const struct example *e = &c->tokens.at[x->first + i];
		for (uint32_t k = 0; k < e->count; k++)
			for (int to = 0; t->kept[i][k] && to < L; to++) {
				double gradient = (t->all[i][to] - t->marked[i][to]) * (double)x->weight / (1 - o->drop);
				uint32_t feature = c->features.at[e->features + k];
				if (fabs(gradient) > 1e-6)
					step(&w->w[feature][to], &w->g[feature][to], gradient, o);
			}
	}
	for (int from = 0; from <= L; from++)
		for (int to = 0; to < L; to++)
			if (may_follow(from, to))
				step(&w->follows[from][to], &w->follows_g[from][to], t->pairs[from][to] * (double)x->weight, o);
	return (all - marked) * (double)x->weight;
}

static void shuffle(uint32_t *order, uint32_t count) {
	for (uint32_t i = count; i > 1; i--) {
		uint32_t other = (uint32_t)(uniform() * i), kept = order[i - 1];
		order[i - 1] = order[other];
		order[other] = kept;
	}
}

static void train(struct weights *w, const struct corpus *c, const struct options *o) {
	uint32_t *order = memory_get((c->windows.count + 1) * sizeof *order), count = 0, rounds = 0;
	struct lattice *t = memory_get(sizeof *t);
	for (uint32_t i = 0; i < c->windows.count; i++)
		if (!c->documents.at[c->windows.at[i].document].test)
			order[count++] = i;
	for (int epoch = 0; epoch < (int)o->epochs; epoch++) {
		double loss = 0;
		shuffle(order, count);
		for (uint32_t i = 0; i < count; i++)
			loss += learn(t, w, c, &c->windows.at[order[i]], o);
		fprintf(stderr, "round %d: loss %.1f\n", epoch + 1, loss);
		if (epoch * 2 < (int)o->epochs)
			continue;
		rounds++;
		for (uint32_t i = 0; i <= w->count; i++)
			for (int to = 0; to < L; to++)
				w->mean[i][to] += (w->w[i][to] - w->mean[i][to]) / (float)rounds;
		for (int from = 0; from <= L; from++)
			for (int to = 0; to < L; to++)
				w->follows_mean[from][to] += (w->follows[from][to] - w->follows_mean[from][to]) / (float)rounds;
	}
	free(order);
	free(t);
}

/* ---- measuring ---- */

struct tally {
	uint32_t right, found, marked;
};

static void best_path(const struct weights *w, const struct corpus *c, const struct window *x, uint8_t *labels) {
	static double best[NAME_WINDOW][L];
	static uint8_t back[NAME_WINDOW][L];
	for (uint32_t i = 0; i < x->count; i++) {
		const struct example *e = &c->tokens.at[x->first + i];
		for (int to = 0; to < L; to++) {
			best[i][to] = i ? -INFINITY : (double)w->follows_mean[EDGE][to];
			for (int from = 0; i && from < L; from++) {
				double way = best[i - 1][from] + (double)w->follows_mean[from][to];
				if (may_follow(from, to) && way > best[i][to]) {
					best[i][to] = way;
					back[i][to] = (uint8_t)from;
				}
			}
			if (!(e->allowed >> to & 1) || (i == 0 && to >= MODEL_INSIDE))
				best[i][to] = -INFINITY;
			for (uint32_t k = 0; k < e->count; k++)
				best[i][to] += c->features.at[e->features + k] ? (double)w->mean[c->features.at[e->features + k]][to] : 0;
		}
	}
	uint8_t label = 0;
	for (uint8_t to = 0; to < L; to++)
		if (best[x->count - 1][to] > best[x->count - 1][label])
			label = to;
	for (uint32_t i = x->count; i-- > 0; label = back[i][label])
		labels[i] = label;
}

static int type_of(uint8_t label, bool places) {
	int type = label >= MODEL_INSIDE ? label - MODEL_INSIDE : label - MODEL_BEGIN;
	return places && type == ENTITY_GPE ? ENTITY_LOC : type;
}

static uint8_t marked_label(uint16_t gold, bool places) {
	if (gold == FULL_MASK)
		return 255; /* of no known type */
	if (gold & 1)
		return 0;
	for (uint8_t to = places ? MODEL_LABELS : 0; places ? to-- > 0 : to < L; to += !places)
		if (gold >> to & 1)
			return to;
	return 0;
}

/* Prints a name that only `side` has: its document, where, and its type. */
static void show(const struct corpus *c, const struct window *x, uint32_t from, uint32_t to, const char *side, int type) {
	printf("= %u %u %u %s %s\n", x->document, c->tokens.at[x->first + from].begin, c->tokens.at[x->first + to - 1].end, side, type_names[type]);
}

/* Compares a window's names of PER, ORG, GPE and LOC with its marks. */
static void compare_window(const struct corpus *c, const struct window *x, const uint8_t *found, struct tally *tally, bool shown) {
	bool places = c->documents.at[x->document].places;
	uint8_t marked[NAME_WINDOW];
	for (uint32_t i = 0; i < x->count; i++)
		marked[i] = marked_label(c->tokens.at[x->first + i].gold, places);
	for (uint32_t i = 0; i < x->count; i++) {
		bool begins = found[i] && found[i] < MODEL_INSIDE && type_of(found[i], places) != ENTITY_MISC;
		bool named = marked[i] && marked[i] < MODEL_INSIDE && type_of(marked[i], places) != ENTITY_MISC;
		uint32_t to = i + 1, end = i + 1;
		while (to < x->count && found[to] >= MODEL_INSIDE)
			to++;
		while (end < x->count && marked[end] >= MODEL_INSIDE && marked[end] != 255)
			end++;
		tally->found += begins && marked[i] != 255;
		tally->marked += named;
		bool right = begins && named && to == end && type_of(found[i], places) == type_of(marked[i], places);
		tally->right += right;
		if (shown && begins && !right && marked[i] != 255)
			show(c, x, i, to, "found", type_of(found[i], places));
		if (shown && named && !right)
			show(c, x, i, end, "marked", type_of(marked[i], places));
	}
}

static void measure(const struct weights *w, const struct corpus *c, bool shown) {
	uint8_t labels[NAME_WINDOW];
	for (uint32_t first = 0; first < c->documents.count; first++) {
		const char *set = c->documents.at[first].set;
		struct tally tally = {0, 0, 0};
		bool seen = !c->documents.at[first].test;
		for (uint32_t i = 0; i < first && !seen; i++)
			seen = c->documents.at[i].test && strcmp(c->documents.at[i].set, set) == 0;
		if (seen)
			continue;
		for (uint32_t i = 0; i < c->windows.count; i++) {
			const struct window *x = &c->windows.at[i];
			if (!c->documents.at[x->document].test || strcmp(c->documents.at[x->document].set, set) != 0)
				continue;
			best_path(w, c, x, labels);
			compare_window(c, x, labels, &tally, shown);
		}
		double p = (double)tally.right / (tally.found ? tally.found : 1), r = (double)tally.right / (tally.marked ? tally.marked : 1);
		printf("%-28s P %5.1f R %5.1f F1 %5.1f  n=%u\n", set, 100 * p, 100 * r, p + r > 0 ? 200 * p * r / (p + r) : 0, tally.marked);
	}
}

/* ---- writing ---- */

struct row {
	uint32_t feature;
	int8_t weight[L];
};

static int by_feature(const void *a, const void *b) {
	uint32_t x = ((const struct row *)a)->feature, y = ((const struct row *)b)->feature;
	return (x > y) - (x < y);
}

static int8_t small(double value) {
	return (int8_t)lrint(value < -127 ? -127 : value > 127 ? 127 : value);
}

/* Weights as whole numbers of one byte, `range` the largest; rows in which all are small are left out. */
static void save(const struct weights *w, const char *path, const struct options *o) {
	struct row *rows = calloc(w->count + 1, sizeof *rows);
	uint32_t kept = 0;
	double scale = 127 / o->range;
	for (uint32_t i = 1; i <= w->count; i++) {
		float most = 0;
		for (int to = 0; to < L; to++)
			most = fabsf(w->mean[i][to]) > most ? fabsf(w->mean[i][to]) : most;
		if ((double)most < o->prune)
			continue;
		rows[kept].feature = w->hash_of[i];
		for (int to = 0; to < L; to++)
			rows[kept].weight[to] = small((double)w->mean[i][to] * scale);
		kept++;
	}
	qsort(rows, kept, sizeof *rows, by_feature);
	FILE *file = fopen(path, "wb");
	if (!file)
		die("the weights cannot be written");
	fwrite(&kept, 4, 1, file);
	for (int from = 0; from <= L; from++)
		for (int to = 0; to < L; to++) {
			int16_t number = (int16_t)lrint((double)w->follows_mean[from][to] * scale);
			fwrite(&number, 2, 1, file);
		}
	for (uint32_t i = 0; i < kept; i++) {
		fwrite(&rows[i].feature, 4, 1, file);
		fwrite(rows[i].weight, 1, L, file);
	}
	fclose(file);
	printf("%u features, %u kept\n", w->count, kept);
	free(rows);
}

int main(int argc, char **argv) {
	struct options o = {.epochs = 12, .rate = 0.1, .l2 = 1e-5, .drop = 0.2, .least = 2, .prune = 0.05, .range = 4, .seed = 1};
	struct { const char *name; double *value; } settings[] = {{"epochs", &o.epochs}, {"rate", &o.rate}, {"l2", &o.l2}, {"drop", &o.drop},
		{"least", &o.least}, {"prune", &o.prune}, {"range", &o.range},
		{"show", &o.show}};
	if (argc < 2)
		die("train OUT [key=value...] <DOCUMENTS");
	for (int i = 2; i < argc; i++)
		for (size_t k = 0; k < sizeof settings / sizeof *settings; k++) {
			size_t len = strlen(settings[k].name);
			if (strncmp(argv[i], settings[k].name, len) == 0 && argv[i][len] == '=')
				*settings[k].value = atof(argv[i] + len + 1);
		}
	random_state = 0x9E3779B97F4A7C15u * o.seed;
	static struct corpus c;
	static struct weights w;
	arena_init(&c.arena);
	read_corpus(&c);
	number_features(&w, &c, (uint32_t)o.least);
	fprintf(stderr, "%u documents, %u windows, %u tokens, %u features\n", c.documents.count, c.windows.count, c.tokens.count, w.count);
	train(&w, &c, &o);
	measure(&w, &c, o.show > 0);
	save(&w, argv[1], &o);
	arena_release(&c.arena);
	return 0;
}
