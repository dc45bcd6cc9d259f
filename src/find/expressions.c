#include "expressions.h"

struct reach {
	uint32_t first, last[2], second; /* tokens of the span so far; where the second half begins; NONE */
	uint8_t captures;
};

struct matcher {
	const struct document *d;
	uint32_t from, limit, without;
	struct capture stack[EXPRESSION_CAPTURES];
	struct expression *best;
	bool found;
};

/* ---- words ---- */

static bool is_capital(const struct token *t) {
	return t->shape != SHAPE_LOWER && t->shape != SHAPE_NONE;
}

/* Whether token `at` is `code` of a phrase: a word, with 's or without, or a sign. `last`: it ends the phrase, where 's is let pass. */
static bool is_code(const struct document *d, uint32_t at, uint32_t limit, uint32_t code, bool last) {
	if (at >= limit)
		return false;
	const struct token *t = &d->tokens.at[at];
	if (code & TIME_SIGN)
		return token_is_punct(t, code & ~TIME_SIGN);
	bool possessive = t->flags & TOKEN_POSSESSIVE;
	return t->kind == TOKEN_WORD && t->word == (code & ~TIME_POSSESSIVE) && (code & TIME_POSSESSIVE ? possessive : !possessive || last);
}

static uint32_t entry_at(const struct document *d, uint32_t at, uint32_t limit, const struct time_entry *entry, bool anycase) {
	const struct token *t = &d->tokens.at[at];
	if ((entry->flags & ENTRY_CAPITAL) && !anycase && !is_capital(t))
		return 0;
	bool possessive = t->flags & TOKEN_POSSESSIVE;
	if (entry->flags & ENTRY_POSSESSIVE ? !possessive : possessive && entry->length > 1)
		return 0;
	for (uint32_t i = 1; i < entry->length; i++)
		if (!is_code(d, at + i, limit, time_rests[entry->rest + i - 1], i + 1 == entry->length))
			return 0;
	return entry->length;
}

/* What the second token of a phrase would be: the code of token `at`. */
static uint32_t code_of(const struct document *d, uint32_t at) {
	const struct token *t = &d->tokens.at[at];
	return t->kind == TOKEN_WORD ? t->word : t->kind == TOKEN_PUNCT ? TIME_SIGN | t->number : 0;
}

/* The first of the word's phrases of two tokens and more whose second token is `code`, or behind them: by bisection. */
static uint32_t first_longer(const struct time_word *word, uint32_t code) {
	uint32_t low = word->singles, high = word->entries;
	while (low < high) {
		uint32_t middle = (low + high) / 2;
		if ((time_rests[time_entries[word->entry + middle].rest] & ~TIME_POSSESSIVE) < code)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The longest phrase of two tokens and more; how many it takes. */
static uint32_t longer_at(const struct document *d, uint32_t at, uint32_t limit, const struct time_word *word, unsigned set, bool anycase, int64_t *value) {
	uint32_t best = 0, code = code_of(d, at + 1);
	for (uint32_t i = first_longer(word, code); i < word->entries; i++) {
		const struct time_entry *entry = &time_entries[word->entry + i];
		if ((time_rests[entry->rest] & ~TIME_POSSESSIVE) != code)
			break;
		uint32_t n = entry->set == set ? entry_at(d, at, limit, entry, anycase) : 0;
		if (n > best) {
			best = n;
			*value = entry->value;
		}
	}
	return best;
}

static uint32_t set_at(const struct document *d, uint32_t at, uint32_t limit, unsigned set, bool anycase, int64_t *value) {
	const struct token *t = &d->tokens.at[at];
	if (at >= limit)
		return 0;
	if (t->kind == TOKEN_PUNCT) {
		*value = 0;
		return set == SET_RANGE && (t->number == '-' || t->number == '~');
	}
	if (t->kind != TOKEN_WORD)
		return 0;
	const struct time_word *word = &time_words[time_word_of[t->word]];
	uint32_t n = word->entries > word->singles && at + 1 < limit ? longer_at(d, at, limit, word, set, anycase, value) : 0;
	for (uint32_t i = 0; !n && i < word->singles; i++) {
		const struct time_entry *entry = &time_entries[word->entry + i];
		if (entry->set == set && (n = entry_at(d, at, limit, entry, anycase)))
			*value = entry->value;
	}
	return n;
}

uint32_t time_set_at(const struct document *d, uint32_t at, uint32_t limit, unsigned set, int64_t *value) {
	return set_at(d, at, limit, set, false, value);
}

/* ---- figures ---- */

static bool number_is(const struct token *t, unsigned test) {
	uint32_t n = t->number;
	bool plain = t->end - t->begin == t->digits;
	if (t->kind != TOKEN_NUMBER || (!plain && test != NUMBER_ANY))
		return false;
	switch (test) {
	case NUMBER_ANY: return true;
	case NUMBER_YEAR: return t->digits == 4 && n >= 1000 && n <= 2999;
	case NUMBER_MODERN: return t->digits == 4 && n >= 1700 && n <= 2099;
	case NUMBER_YEAR2: return t->digits == 2;
	case NUMBER_YEAR3: return t->digits <= 4 && n > 0;
	case NUMBER_DAY: return t->digits <= 2 && n >= 1 && n <= 31;
	case NUMBER_OLD2: return t->digits == 2 && n >= 32;
	case NUMBER_BIG: return t->digits == 2 && n >= 32 && n <= 39;
	case NUMBER_MONTH: return t->digits <= 2 && n >= 1 && n <= 12;
	case NUMBER_HOUR: return t->digits <= 2 && n <= 29;
	case NUMBER_HOUR12: return t->digits <= 2 && n >= 1 && n <= 12;
	case NUMBER_SIXTY: return t->digits == 2 && n <= 99;
	case NUMBER_CLOCK: return t->digits == 4 && n / 100 < 24 && n % 100 < 60;
	case NUMBER_DECADE: return t->digits == 4 && n >= 1000 && n <= 2990 && n % 10 == 0;
	case NUMBER_DECADE2: return t->digits == 2 && n % 10 == 0;
	case NUMBER_SMALL: return t->digits == 1 && n >= 1 && n <= 4;
	default: return false;
	}
}

static bool counts_thousandths(uint8_t field) {
	return field == FIELD_COUNT || field == FIELD_UPTO || field == FIELD_MORE || field == FIELD_FREQ;
}

static uint32_t call_at(const struct document *d, uint32_t at, uint32_t limit, const struct time_edge *edge, int64_t *value) {
	struct zone_mention zone;
	uint32_t n = 0;
	switch (edge->what) {
	case CALL_COUNT:
		n = read_count(d, at, limit, value);
		if (!counts_thousandths(edge->field)) {
			if (*value == COUNT_SOME || *value % 1000)
				return 0;
			*value /= 1000;
			if (edge->field == FIELD_DAY && (d->tokens.at[at].kind != TOKEN_WORD || *value < 1 || *value > 31))
				return 0;
		}
		return n;
	case CALL_ORDINAL: return read_ordinal(d, at, limit, value);
	case CALL_YEAR: return read_year_words(d, at, limit, value);
	case CALL_ZONE:
		*value = at;
		return zone_read(d, at, limit, &zone);
	}
	return n;
}

/* ---- guards ---- */

/* A form of a verb by its ending, where the vocabulary does not know the word. */
static bool is_money(const struct token *t) {
	return t->kind == TOKEN_PUNCT && (t->number == '$' || t->number == 0x20AC || t->number == 0xA3 || t->number == 0xA5 || t->number == '#');
}

static bool test_is(const struct document *d, const struct token *t, unsigned test) {
	switch (test) {
	case TEST_CAPITAL: return t->kind == TOKEN_WORD && is_capital(t);
	case TEST_NUMBER: return t->kind == TOKEN_NUMBER;
	case TEST_WORD: return t->kind == TOKEN_WORD;
	case TEST_MONEY: return is_money(t);
	case TEST_PLURAL: {
		uint32_t len = t->end - t->begin;
		return t->kind == TOKEN_WORD && t->shape == SHAPE_LOWER && len > 3 && d->text.at[t->end - 1] == 's' && d->text.at[t->end - 2] != 's';
	}
	default: return false;
	}
}

static bool guard_holds(const struct document *d, const struct time_guard *guard, uint32_t first, uint32_t behind, uint32_t limit) {
	bool there = guard->after ? behind < limit : first > 0 && !(d->tokens.at[first].flags & TOKEN_BLOCK);
	uint32_t at = guard->after ? behind : first - 1;
	bool is = false;
	int64_t value;
	if (guard->kind == TEST_KIND && guard->what == TEST_START)
		is = d->tokens.at[first].flags & (TOKEN_SENTENCE | TOKEN_BLOCK);
	else if (guard->kind == TEST_KIND && guard->what == TEST_JOINED)
		is = there && !is_spaced(d, guard->after ? behind : first);
	else if (!there)
		is = false;
	else if (guard->kind == TEST_KIND)
		is = test_is(d, &d->tokens.at[at], guard->what);
	else if (guard->kind == EDGE_SET)
		is = set_at(d, at, guard->after ? limit : first, guard->what, true, &value) > 0;
	else if (guard->kind == EDGE_SIGN)
		is = token_is_punct(&d->tokens.at[at], guard->what);
	else
		is = d->tokens.at[at].kind == TOKEN_WORD && d->tokens.at[at].word == guard->what;
	return is == guard->wanted;
}

/* ---- walking the automaton ---- */

static void consider(struct matcher *m, const struct time_node *node, uint32_t at, const struct reach *reach) {
	struct expression *best = m->best;
	uint32_t tokens = at - m->from;
	for (uint32_t i = 0; i < node->accepts; i++) {
		uint16_t number = time_accepts[node->accept + i];
		if (m->found && (tokens < best->tokens || (tokens == best->tokens && number >= best->rule)))
			return; /* rules of a node are in order, so the others are worse too */
		const struct time_rule *rule = &time_rules[number];
		bool holds = reach->first != NONE && !(m->without >> rule->op & 1);
		for (uint32_t g = 0; holds && g < rule->guards; g++)
			holds = guard_holds(m->d, &time_guards[rule->guard + g], m->from, at, m->limit);
		if (!holds)
			continue;
		best->tokens = tokens;
		best->rule = number;
		best->first[0] = reach->first;
		best->last[0] = reach->last[0];
		best->is_range = reach->second != NONE;
		best->first[1] = best->is_range ? reach->second : reach->first;
		best->last[1] = best->is_range ? reach->last[1] : reach->last[0];
		best->captures = reach->captures;
		memcpy(best->capture, m->stack, reach->captures * sizeof *m->stack);
		m->found = true;
		return;
	}
}

static uint32_t edge_tokens(const struct matcher *m, const struct time_edge *edge, uint32_t at, int64_t *value) {
	const struct document *d = m->d;
	const struct token *t = &d->tokens.at[at];
	*value = 0;
	if (at >= m->limit || ((edge->flags & EDGE_JOINED) && is_spaced(d, at)) || ((edge->flags & EDGE_SPACED) && !is_spaced(d, at)) ||
		((edge->flags & EDGE_CAPITAL) && !is_capital(t)))
		return 0;
	switch (edge->kind) {
	case EDGE_WORD: return t->kind == TOKEN_WORD && t->word == edge->what && (!(edge->flags & EDGE_POSSESSIVE) || (t->flags & TOKEN_POSSESSIVE));
	case EDGE_SIGN: return token_is_punct(t, edge->what);
	case EDGE_SET: return set_at(d, at, m->limit, edge->what, edge->flags & EDGE_ANYCASE, value);
	case EDGE_NUMBER:
		*value = t->number;
		return number_is(t, edge->what);
	default: return call_at(d, at, m->limit, edge, value);
	}
}

static void walk(struct matcher *m, uint32_t node_number, uint32_t at, struct reach reach);

/* Whether any edge of the node may take the token: one look, since most expressions end after a word or two. */
static bool may_take(const struct matcher *m, const struct time_node *node, uint32_t number, uint32_t at) {
	const struct token *t = &m->d->tokens.at[at];
	if (at >= m->limit || !node->edges)
		return false;
	if (node->takes & TAKES_ANY)
		return true;
	if (t->kind == TOKEN_WORD) {
		uint32_t word = time_word_of[t->word];
		return time_follows[number * time_follow_stride + word / 64] >> word % 64 & 1;
	}
	return t->kind == TOKEN_NUMBER ? node->takes & TAKES_FIGURES : node->takes & TAKES_SIGNS;
}

/* Whether the edge may take such a token at all: asked of many, true of few. */
static inline bool may_fit(const struct time_edge *edge, const struct token *t) {
	switch (edge->kind) {
	case EDGE_WORD: return t->word == edge->what && t->kind == TOKEN_WORD;
	case EDGE_SIGN: return t->number == edge->what && t->kind == TOKEN_PUNCT;
	case EDGE_NUMBER: return t->kind == TOKEN_NUMBER;
	case EDGE_SET: return t->kind == TOKEN_WORD || edge->what == SET_RANGE;
	default: return true;
	}
}

/* Whether behind an edge of one token nothing is accepted and nothing goes on. */
static inline bool is_dead_end(const struct matcher *m, const struct time_edge *edge, uint32_t at) {
	const struct time_node *target = &time_nodes[edge->target];
	return edge->kind <= EDGE_NUMBER && edge->kind != EDGE_SET && !target->accepts && !may_take(m, target, edge->target, at + 1);
}

static void take_edge(struct matcher *m, const struct time_edge *edge, uint32_t at, struct reach reach) {
	int64_t value;
	uint32_t n = edge_tokens(m, edge, at, &value);
	if (!n || (edge->field && reach.captures == EXPRESSION_CAPTURES))
		return;
	uint32_t last = at + n - 1;
	if (edge->field && !(edge->flags & EDGE_OUTSIDE))
		m->stack[reach.captures++] = (struct capture){edge->field, edge->half, at, last, value};
	if (!(edge->flags & EDGE_OUTSIDE)) {
		if (reach.first == NONE)
			reach.first = at;
		if (edge->half && edge->field && reach.second == NONE)
			reach.second = at;
		if (edge->field != FIELD_ZONE)
			reach.last[edge->half] = last;
	}
	const struct token *t = &m->d->tokens.at[last];
	bool closed = t->kind == TOKEN_WORD && (t->flags & TOKEN_POSSESSIVE) && !(edge->flags & EDGE_POSSESSIVE);
	if (closed)
		consider(m, &time_nodes[edge->target], at + n, &reach);
	else
		walk(m, edge->target, at + n, reach);
}

static void walk(struct matcher *m, uint32_t node_number, uint32_t at, struct reach reach) {
	const struct time_node *node = &time_nodes[node_number];
	if (node->accepts)
		consider(m, node, at, &reach);
	if (!may_take(m, node, node_number, at))
		return;
	const struct token *t = &m->d->tokens.at[at];
	for (uint32_t i = 0; i < node->edges; i++)
		if (may_fit(&time_edges[node->edge + i], t) && !is_dead_end(m, &time_edges[node->edge + i], at))
			take_edge(m, &time_edges[node->edge + i], at, reach);
}

static void read_zones(const struct document *d, uint32_t limit, struct expression *e) {
	e->zone[0] = e->zone[1] = NO_ZONE_MENTION;
	for (uint32_t i = 0; i < e->captures; i++)
		if (e->capture[i].field == FIELD_ZONE)
			zone_read(d, e->capture[i].first, limit, &e->zone[e->capture[i].half]);
}

/* Where the document's figures stand day first, 8/6 is the eighth of June. */
static void turn_figures(const struct document *d, struct expression *e) {
	for (uint32_t i = 0; i < e->captures; i++) {
		struct capture *month = &e->capture[i];
		bool sign = is_sign(d, month->first + 1, month->first + 2, '/') || is_sign(d, month->first + 1, month->first + 2, '.');
		bool iso = i > 0 && e->capture[i - 1].field == FIELD_YEAR && e->capture[i - 1].half == month->half;
		if (month->field != FIELD_MONTH || iso || d->tokens.at[month->first].kind != TOKEN_NUMBER || !sign)
			continue;
		for (uint32_t k = 0; k < e->captures; k++) {
			struct capture *day = &e->capture[k];
			if (day->field == FIELD_DAY && day->first == month->first + 2 && day->value <= 12) {
				month->field = FIELD_DAY;
				day->field = FIELD_MONTH;
				break;
			}
		}
	}
}

/* The quick "no": whether the token behind the first, or its end, can go on an expression at all. */
static bool may_go_on(const struct document *d, uint32_t at, uint32_t limit) {
	const struct token *t = &d->tokens.at[at], *next = t + 1;
	uint32_t row = t->kind == TOKEN_WORD ? time_word_of[t->word] : 0;
	const struct time_start *start = &time_starts[row];
	if (start->every || (start->alone && (t->kind == TOKEN_WORD || t->digits == 4)))
		return true;
	if (at + 1 >= limit)
		return false;
	if (next->kind == TOKEN_WORD) {
		uint32_t word = time_word_of[next->word];
		return time_pairs[row * time_follow_stride + word / 64] >> word % 64 & 1;
	}
	if (next->kind == TOKEN_NUMBER)
		return start->figures;
	return next->kind == TOKEN_PUNCT && (next->number > 127 || start->signs[next->number / 64] >> next->number % 64 & 1);
}

bool expression_at(const struct document *d, uint32_t at, uint32_t limit, uint32_t without, struct expression *out) {
	const struct token *t = &d->tokens.at[at];
	uint32_t root, roots;
	if (at >= limit || !expression_may_begin(t) || (t->kind != TOKEN_PUNCT && !may_go_on(d, at, limit)))
		return false;
	if (t->kind == TOKEN_WORD) {
		root = time_words[time_word_of[t->word]].root;
		roots = time_words[time_word_of[t->word]].roots;
	} else {
		root = t->kind == TOKEN_NUMBER ? time_number_root : time_sign_root;
		roots = t->kind == TOKEN_NUMBER ? time_number_roots : time_sign_roots;
	}
	struct matcher m = {.d = d, .from = at, .limit = limit, .without = without, .best = out};
	for (uint32_t i = 0; i < roots; i++) {
		const struct time_edge *edge = &time_edges[time_roots[root + i]];
		if (!is_dead_end(&m, edge, at))
			take_edge(&m, edge, at, (struct reach){NONE, {NONE, NONE}, NONE, 0});
	}
	if (!m.found)
		return false;
	out->from = at;
	if (d->day_first)
		turn_figures(d, out);
	read_zones(d, limit, out);
	return true;
}

void expression_frame(const struct expression *e, int half, struct frame *out) {
	const struct time_rule *rule = &time_rules[e->rule];
	out->has = 0;
	for (uint32_t i = 0; i < rule->statements; i++) {
		const struct time_statement *s = &time_statements[rule->statement + i];
		out->has |= (uint64_t)1 << s->field;
		out->value[s->field] = s->value;
		out->at[s->field] = e->from;
	}
	for (uint32_t i = 0; i < e->captures; i++) {
		const struct capture *c = &e->capture[i];
		if (c->half != half && e->is_range)
			continue;
		uint8_t field = c->field == FIELD_UNITS ? FIELD_UNIT : c->field;
		out->has |= (uint64_t)1 << field;
		out->value[field] = c->value;
		out->at[field] = c->first;
	}
}
