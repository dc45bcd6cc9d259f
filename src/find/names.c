/* Names: the model's labels, window by window, become mentions; what a document says elsewhere of the same words then
 * helps to tell their type, since one name is seldom two things in one text. */
#include "name_features.h"

#include <stdlib.h>

/* Room for one window. */
struct tagging {
	struct model_scores scores[NAME_WINDOW];
	uint16_t allowed[NAME_WINDOW];
	uint8_t back[NAME_WINDOW * MODEL_LABELS], labels[NAME_WINDOW];
};

/* How well each type suits a mention, and all mentions of the same words. */
struct suit {
	uint32_t words; /* a hash of its words */
	uint32_t last;  /* the hash of its last word */
	bool single, acronym;
	int32_t type[MODEL_TYPES];
};

/* A name that a listing or a byline states. */
struct stated {
	struct span span;
	uint8_t type;
};

struct naming {
	struct finding *f;
	struct name_reader reader;
	struct tagging tagging;
	array_of(struct suit) suits; /* one for each of record.names */
	array_of(struct stated) stated;
};

static void tag_window(const struct name_reader *r, struct tagging *t) {
	uint32_t asked[2][NAME_FEATURES], kept[2], count = r->to - r->from;
	for (uint32_t i = 0; i <= count; i++) {
		if (i < count) {
			t->allowed[i] = name_allowed(r, r->from + i);
			kept[i & 1] = model_ask(asked[i & 1], name_features(r, r->from + i, asked[i & 1]));
		}
		if (i > 0)
			model_score(asked[(i - 1) & 1], kept[(i - 1) & 1], &t->scores[i - 1]);
	}
	model_path(t->scores, t->allowed, count, t->back, t->labels);
}

/* `span` without a possessive's 's at its end. */
static struct span without_possessive(const struct document *d, struct span span) {
	struct str text = str_at(d->text, span);
	if (str_ends(text, STR("'s")) || str_ends(text, STR("'S")))
		span.end -= 2;
	else if (str_ends(text, STR("\xE2\x80\x99s")) || str_ends(text, STR("\xE2\x80\x99S")))
		span.end -= 4;
	return span;
}

/* The window's words [from, to), places in it, as a mention. */
static void add_mention(struct naming *n, uint32_t from, uint32_t to) {
	const struct name_reader *r = &n->reader;
	const struct tagging *t = &n->tagging;
	struct suit suit = {.words = 0, .single = to - from == 1, .acronym = to - from == 1 && r->words[from + NAME_MARGIN].acronym};
	for (uint32_t i = from; i < to; i++) {
		suit.last = r->words[i + NAME_MARGIN].hash + r->words[i + NAME_MARGIN].acronym; /* UN is nothing of Kim Jong Un */
		suit.words = i == from ? suit.last : model_mix(suit.words, suit.last);
		for (int type = 0; type < MODEL_TYPES; type++)
			suit.type[type] += t->scores[i].lane[MODEL_LANE + (i == from ? MODEL_BEGIN : MODEL_INSIDE) + type];
	}
	*array_push(n->f->scratch, &n->suits) = suit;
	*array_push(n->f->record->arena, &n->f->record->names) = (struct name){
		.span = without_possessive(n->f->document, token_span(n->f->document, r->from + from, r->from + to - 1)), .entity = NONE, .type = (uint8_t)(t->labels[from] - MODEL_BEGIN)};
}

/* The zone of a clock time, "5:45pm (CEST)": looks like an organisation to the model. */
static bool is_clocks_zone(const struct document *d, uint32_t at) {
	if (!word_is(d->tokens.at[at].word, WORD_ZONE, NULL) || at == 0)
		return false;
	const struct token *before = &d->tokens.at[at - 1];
	if (token_is_punct(before, '(') && at > 1)
		before--;
	return before->kind == TOKEN_NUMBER || word_is(before->word, WORD_MERIDIEM, NULL);
}

static void add_mentions(struct naming *n) {
	const uint8_t *labels = n->tagging.labels;
	uint32_t count = n->reader.to - n->reader.from;
	for (uint32_t i = 0; i < count; i++) {
		if (labels[i] < MODEL_BEGIN || labels[i] >= MODEL_INSIDE)
			continue;
		uint32_t to = i + 1;
		while (to < count && labels[to] == labels[i] + MODEL_TYPES)
			to++;
		if (to > i + 1 || !is_clocks_zone(n->f->document, n->reader.from + i))
			add_mention(n, i, to);
	}
}

/* ---- where an event is ---- */

/* The first of the record's names that ends behind `at`: by bisection. */
static uint32_t first_name(const struct record *r, uint32_t at) {
	uint32_t low = 0, high = r->names.count;
	while (low < high) {
		uint32_t middle = (low + high) / 2;
		if (r->names.at[middle].span.end <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Whether the name is of somebody whose place it is: "at the home of Mary Foley". */
static bool is_whose(const struct naming *n, struct span name) {
	const struct document *d = n->f->document;
	uint32_t at = document_token_at(d, name.begin);
	return at > 0 && is_word(d, at - 1, at, "of");
}

/* What stands where an event is says nothing for a person: "Calle Aguayo 12", "Brasserie Le Cercle". */
static void weigh_places(struct naming *n) {
	const struct record *r = n->f->record;
	for (uint32_t k = 0; k < r->scheduled.count; k++) {
		struct span location = r->scheduled.at[k].spans.location;
		for (uint32_t i = first_name(r, location.begin); i < r->names.count && r->names.at[i].span.end <= location.end; i++) {
			int32_t *type = n->suits.at[i].type;
			if (r->names.at[i].span.begin < location.begin || is_whose(n, r->names.at[i].span))
				continue;
			for (int t = 0; t < MODEL_TYPES; t++)
				type[ENTITY_PER] = type[t] < type[ENTITY_PER] ? type[t] - 1 : type[ENTITY_PER];
		}
	}
}

/* ---- the same words elsewhere ---- */

/* The sums of suits by their words. */
struct suits {
	struct arena *arena;
	array_of(struct suit) sums;
	uint32_t *of; /* by the hash of words: an index into `sums` + 1, or 0 */
	uint32_t mask;
};

/* Until the next one is asked for. */
static struct suit *suit_of(struct suits *all, uint32_t words) {
	uint32_t at = words & all->mask;
	while (all->of[at] && all->sums.at[all->of[at] - 1].words != words)
		at = (at + 1) & all->mask;
	if (!all->of[at]) {
		*array_push(all->arena, &all->sums) = (struct suit){.words = words};
		all->of[at] = all->sums.count;
	}
	return &all->sums.at[all->of[at] - 1];
}

static uint8_t best_type(const struct suit *s) {
	uint8_t best = 0;
	for (uint8_t type = 1; type < MODEL_TYPES; type++)
		if (s->type[type] > s->type[best])
			best = type;
	return best;
}

/* Whether name `i` is an acronym in brackets behind the name that it stands for: "Liberal Democratic Party (LDP)". */
static bool spells_out(const struct naming *n, uint32_t i) {
	struct str text = n->f->document->text;
	struct span before = n->f->record->names.at[i - 1].span, acronym = n->f->record->names.at[i].span;
	if (!n->suits.at[i].acronym || n->suits.at[i - 1].single || acronym.begin != before.end + 2 || acronym.end >= text.len)
		return false;
	return text.at[acronym.begin - 1] == '(' && text.at[acronym.end] == ')' && text.at[acronym.begin] == text.at[before.begin];
}

/* An acronym is what it stands for. All words are among the sums by now. */
static void join_acronyms(struct naming *n, struct suits *all) {
	for (uint32_t i = 1; i < n->suits.count; i++) {
		if (!spells_out(n, i))
			continue;
		struct suit *name = suit_of(all, n->suits.at[i - 1].words), *acronym = suit_of(all, n->suits.at[i].words);
		if (best_type(name) == ENTITY_PER)
			continue;
		for (int type = 0; type < MODEL_TYPES; type++)
			name->type[type] = acronym->type[type] = name->type[type] + acronym->type[type];
	}
}

/* A surname alone is the person that the text names in full; else a name is what all its mentions suit best. */
static void agree(struct naming *n) {
	struct suits all = {.arena = n->f->scratch, .mask = 63};
	while (all.mask < n->suits.count * 4)
		all.mask = all.mask * 2 + 1;
	all.of = arena_alloc(n->f->scratch, (all.mask + (size_t)1) * sizeof *all.of);
	for (uint32_t i = 0; i < n->suits.count; i++) {
		const struct suit *s = &n->suits.at[i];
		struct suit *sum = suit_of(&all, s->words);
		for (int type = 0; type < MODEL_TYPES; type++)
			sum->type[type] += s->type[type];
		if (!s->single && n->f->record->names.at[i].type == ENTITY_PER) {
			uint8_t next = 0;
			for (uint8_t type = 1; type < MODEL_TYPES; type++)
				if (next == 0 || s->type[type] > s->type[next])
					next = type;
			suit_of(&all, s->last)->type[ENTITY_PER] += s->type[ENTITY_PER] - s->type[next];
		}
	}
	join_acronyms(n, &all);
	for (uint32_t i = 0; i < n->suits.count; i++)
		n->f->record->names.at[i].type = best_type(suit_of(&all, n->suits.at[i].words));
}

/* ---- names that listings and bylines state ---- */

static void state(struct naming *n, struct span span, uint8_t type) {
	span = without_possessive(n->f->document, span);
	if (!span_empty(span))
		*array_push(n->f->scratch, &n->stated) = (struct stated){span, type};
}

static int by_begin(const void *a, const void *b) {
	const struct stated *x = a, *y = b;
	int order = (x->span.begin > y->span.begin) - (x->span.begin < y->span.begin);
	return order ? order : (x->span.end < y->span.end) - (x->span.end > y->span.end);
}

static void state_all(struct naming *n) {
	const struct record *r = n->f->record;
	for (uint32_t i = 0; i < r->scheduled.count; i++) {
		const struct scheduled *e = &r->scheduled.at[i];
		for (uint32_t k = 0; k < e->people.count; k++)
			state(n, e->people.at[k].name_span, ENTITY_PER);
	}
	for (uint32_t i = 0; i < r->articles.count; i++)
		for (uint32_t k = 0; k < r->articles.at[i].byline.count; k++)
			state(n, r->articles.at[i].byline.at[k].name_span, ENTITY_PER);
	if (n->stated.count > 1)
		qsort(n->stated.at, n->stated.count, sizeof *n->stated.at, by_begin);
}

/* Puts the stated names among the others; what overlaps one gives way to it. */
static void merge_stated(struct naming *n) {
	struct record *r = n->f->record;
	struct name *found = r->names.at;
	uint32_t count = r->names.count, i = 0, end = 0;
	if (n->stated.count == 0)
		return;
	r->names.at = NULL;
	r->names.count = r->names.room = 0;
	for (uint32_t k = 0; k < n->stated.count; k++) {
		struct stated s = n->stated.at[k];
		if (s.span.begin < end)
			continue; /* stated twice */
		while (i < count && found[i].span.end <= s.span.begin)
			*array_push(r->arena, &r->names) = found[i++];
		while (i < count && found[i].span.begin < s.span.end)
			i++;
		*array_push(r->arena, &r->names) = (struct name){.span = s.span, .entity = NONE, .type = s.type};
		end = s.span.end;
	}
	while (i < count)
		*array_push(r->arena, &r->names) = found[i++];
}

void find_names(struct finding *f) {
	struct naming *n = arena_alloc(f->scratch, sizeof *n);
	n->f = f;
	name_reader_open(&n->reader, f->document, f->scratch);
	while (name_window(&n->reader)) {
		tag_window(&n->reader, &n->tagging);
		add_mentions(n);
	}
	weigh_places(n);
	agree(n);
	state_all(n);
	merge_stated(n);
}
