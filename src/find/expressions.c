#include "expressions.h"

enum { STREET_WORDS = 3 /* before "Street", in a street's name */ };

struct reach {
	uint32_t first, last[2], second; /* tokens of the span so far; where the second half begins; NONE */
	uint8_t captures;
};

/* What a call read: rules ask for the same number many times. */
struct call_read {
	uint32_t at, tokens; /* at: NONE while nothing is read */
	int64_t value;
};

struct matcher {
	const struct document *d;
	uint32_t from, limit, without;
	uint32_t figures; /* the tests that these figures pass */
	const struct token *figures_of;
	struct capture *stack;
	struct call_read calls[CALL_COUNT_OF];
	struct expression *best;
	uint16_t ops; /* of all that was considered */
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

#define BIT(test) ((uint32_t)1 << (test))

/* The tests that the figures pass, a bit each. */
static uint32_t numbers_of(const struct token *t) {
	uint32_t n = t->number, bits = BIT(NUMBER_ANY);
	if (t->end - t->begin != t->digits)
		return bits;
	if (t->digits == 4) {
		bits |= n >= 1000 && n <= 2999 ? BIT(NUMBER_YEAR) : 0;
		bits |= n >= 1700 && n <= 2099 ? BIT(NUMBER_MODERN) : 0;
		bits |= n >= 1000 && n <= 2990 && n % 10 == 0 ? BIT(NUMBER_DECADE) : 0;
		bits |= n / 100 < 24 && n % 100 < 60 ? BIT(NUMBER_CLOCK) : 0;
	} else if (t->digits <= 2) {
		bits |= n >= 1 && n <= 31 ? BIT(NUMBER_DAY) : 0;
		bits |= n >= 1 && n <= 12 ? BIT(NUMBER_MONTH) | BIT(NUMBER_HOUR12) : 0;
		bits |= n <= 29 ? BIT(NUMBER_HOUR) : 0;
		bits |= t->digits == 1 && n >= 1 && n <= 4 ? BIT(NUMBER_SMALL) : 0;
	}
	if (t->digits == 2) {
		bits |= BIT(NUMBER_YEAR2) | BIT(NUMBER_SIXTY) | (n % 10 == 0 ? BIT(NUMBER_DECADE2) : 0);
		bits |= n >= 32 ? BIT(NUMBER_OLD2) | (n <= 39 ? BIT(NUMBER_BIG) : 0) : 0;
	}
	return bits | (t->digits <= 4 && n > 0 ? BIT(NUMBER_YEAR3) : 0);
}

static inline bool number_is(struct matcher *m, const struct token *t, unsigned test) {
	if (t->kind != TOKEN_NUMBER)
		return false;
	if (m->figures_of != t) {
		m->figures_of = t;
		m->figures = numbers_of(t);
	}
	return m->figures >> test & 1;
}

static bool counts_thousandths(uint8_t field) {
	return field == FIELD_COUNT || field == FIELD_UPTO || field == FIELD_MORE || field == FIELD_FREQ;
}

static uint32_t read_call(const struct document *d, uint32_t at, uint32_t limit, unsigned call, int64_t *value) {
	struct zone_mention zone;
	switch (call) {
	case CALL_COUNT: return read_count(d, at, limit, value);
	case CALL_ORDINAL: return read_ordinal(d, at, limit, value);
	case CALL_YEAR: return read_year_words(d, at, limit, value);
	case CALL_ZONE:
		*value = at;
		return zone_read(d, at, limit, &zone);
	}
	return 0;
}

static uint32_t call_at(struct matcher *m, uint32_t at, const struct time_edge *edge, int64_t *value) {
	struct call_read *read = &m->calls[edge->what];
	if (read->at != at) {
		read->at = at;
		read->tokens = read_call(m->d, at, m->limit, edge->what, &read->value);
	}
	*value = read->value;
	if (!read->tokens || edge->what != CALL_COUNT || counts_thousandths(edge->field))
		return read->tokens;
	if (*value == COUNT_SOME || *value % 1000)
		return 0;
	*value /= 1000;
	if (edge->field == FIELD_DAY && (m->d->tokens.at[at].kind != TOKEN_WORD || *value < 1 || *value > 31))
		return 0;
	return read->tokens;
}

/* ---- guards ---- */

/* A form of a verb by its ending, where the vocabulary does not know the word. */
static bool is_money(const struct token *t) {
	return t->kind == TOKEN_PUNCT && (t->number == '$' || t->number == 0x20AC || t->number == 0xA3 || t->number == 0xA5 || t->number == '#');
}

/* Up to three words with a capital, or figures, and then a street; a name that goes on ("Silk Road Forum") is of something else. */
static bool is_street(const struct document *d, const struct token *t) {
	uint32_t at = (uint32_t)(t - d->tokens.at), last = at + STREET_WORDS, limit = d->tokens.count;
	int64_t value;
	for (; at < limit && at <= last; at++) {
		t = &d->tokens.at[at];
		if (t->kind != TOKEN_NUMBER && !(t->kind == TOKEN_WORD && is_capital(t)))
			return false;
		if (set_at(d, at, limit, SET_STREET, false, &value))
			return at + 1 >= limit || t[1].shape != SHAPE_CAPITAL || (t[1].flags & TOKEN_BLOCK);
	}
	return false;
}

static bool test_is(const struct document *d, const struct token *t, unsigned test) {
	switch (test) {
	case TEST_CAPITAL: return t->kind == TOKEN_WORD && is_capital(t);
	case TEST_NUMBER: return t->kind == TOKEN_NUMBER;
	case TEST_WORD: return t->kind == TOKEN_WORD;
	case TEST_MONEY: return is_money(t);
	case TEST_DECIMAL: return token_is_punct(t, '.') && !(t->flags & TOKEN_SPACE) && t[1].kind == TOKEN_NUMBER && !(t[1].flags & TOKEN_SPACE);
	case TEST_HOUR:
		return t->kind == TOKEN_NUMBER && t->digits <= 2 && (word_is(t[1].word, WORD_MERIDIEM, NULL) ||
			((token_is_punct(&t[1], '.') || token_is_punct(&t[1], ':')) && t[2].kind == TOKEN_NUMBER && t[2].digits == 2 && !(t[2].flags & TOKEN_SPACE)));
	case TEST_STREET: return is_street(d, t);
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

static bool flags_hold(const struct token *t, unsigned flags) {
	bool spaced = t->flags & TOKEN_SPACE;
	return !(flags & (spaced ? EDGE_JOINED : EDGE_SPACED)) && (!(flags & EDGE_CAPITAL) || is_capital(t));
}

/* The tokens that the edge takes at token `at`, which is before the limit; 0: none. */
static inline uint32_t edge_tokens(struct matcher *m, const struct time_edge *edge, uint32_t at, int64_t *value) {
	const struct token *t = &m->d->tokens.at[at];
	*value = 0;
	switch (edge->kind) {
	case EDGE_WORD:
		return t->word == edge->what && t->kind == TOKEN_WORD && flags_hold(t, edge->flags) &&
			(!(edge->flags & EDGE_POSSESSIVE) || (t->flags & TOKEN_POSSESSIVE));
	case EDGE_SIGN: return t->number == edge->what && t->kind == TOKEN_PUNCT && flags_hold(t, edge->flags);
	case EDGE_NUMBER:
		*value = t->number;
		return number_is(m, t, edge->what) && flags_hold(t, edge->flags);
	case EDGE_SET:
		return (t->kind == TOKEN_WORD || edge->what == SET_RANGE) && flags_hold(t, edge->flags) ?
			set_at(m->d, at, m->limit, edge->what, edge->flags & EDGE_ANYCASE, value) : 0;
	default: return flags_hold(t, edge->flags) ? call_at(m, at, edge, value) : 0;
	}
}

/* Edges side by side. */
struct edges {
	const struct time_edge *at, *end;
};

/* The edges of the node that may take token `at`: none where one look tells, since most expressions end after a word or two. */
static struct edges edges_for(const struct matcher *m, const struct time_node *node, uint32_t at) {
	const struct token *t = &m->d->tokens.at[at];
	const struct time_edge *edges = &time_edges[node->edge];
	if (at >= m->limit)
		return (struct edges){NULL, NULL};
	if (t->kind == TOKEN_PUNCT)
		return (struct edges){edges + node->signs, edges + node->edges};
	if (t->kind == TOKEN_NUMBER)
		return (struct edges){edges, edges + node->figures};
	uint32_t word = time_word_of[t->word];
	const uint64_t *row = &time_follows[(size_t)(node - time_nodes) * time_follow_stride];
	bool some = t->kind == TOKEN_WORD && (node->zone || (row[word / 64] >> word % 64 & 1));
	return some ? (struct edges){edges + node->words, edges + node->words_end} : (struct edges){NULL, NULL};
}

/* The reach behind an edge that takes tokens [at, last]. */
static struct reach go_on(struct matcher *m, const struct time_edge *edge, uint32_t at, uint32_t last, int64_t value, const struct reach *before) {
	struct reach reach = *before;
	if (edge->flags & EDGE_OUTSIDE)
		return reach;
	if (edge->field)
		m->stack[reach.captures++] = (struct capture){edge->field, edge->half, at, last, value};
	if (reach.first == NONE)
		reach.first = at;
	if (edge->half && edge->field && reach.second == NONE)
		reach.second = at;
	if (edge->field != FIELD_ZONE)
		reach.last[edge->half] = last;
	return reach;
}

static void take_edges(struct matcher *m, struct edges edges, uint32_t at, const struct reach *reach);

static void take_edge(struct matcher *m, const struct time_edge *edge, uint32_t at, uint32_t behind, int64_t value, const struct reach *before) {
	const struct time_node *target = &time_nodes[edge->target];
	const struct token *last = &m->d->tokens.at[behind - 1];
	bool closed = last->kind == TOKEN_WORD && (last->flags & TOKEN_POSSESSIVE) && !(edge->flags & EDGE_POSSESSIVE);
	struct edges edges = closed ? (struct edges){NULL, NULL} : edges_for(m, target, behind);
	if ((edges.at == edges.end && !target->accepts) || (edge->field && before->captures == EXPRESSION_CAPTURES))
		return;
	struct reach reach = go_on(m, edge, at, behind - 1, value, before);
	m->ops |= target->ops;
	consider(m, target, behind, &reach);
	take_edges(m, edges, behind, &reach);
}

static void take_edges(struct matcher *m, struct edges edges, uint32_t at, const struct reach *reach) {
	for (const struct time_edge *edge = edges.at; edge < edges.end; edge++) {
		int64_t value;
		uint32_t n = edge_tokens(m, edge, at, &value);
		if (n)
			take_edge(m, edge, at, at + n, value, reach);
	}
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

static bool find_expression(const struct document *d, uint32_t at, uint32_t limit, uint32_t without, struct expression *out) {
	const struct token *t = &d->tokens.at[at];
	struct edges edges;
	if (t->kind == TOKEN_WORD) {
		const struct time_word *word = &time_words[time_word_of[t->word]];
		edges = (struct edges){&time_roots[word->root], &time_roots[word->root + word->roots]};
	} else if (t->kind == TOKEN_NUMBER) {
		edges = (struct edges){&time_roots[time_number_root], &time_roots[time_number_root + time_number_roots]};
	} else {
		edges = (struct edges){&time_roots[time_sign_root], &time_roots[time_sign_root + time_sign_roots]};
	}
	struct capture stack[EXPRESSION_CAPTURES];
	struct matcher m = {.d = d, .from = at, .limit = limit, .without = without, .stack = stack, .best = out};
	for (int i = 0; i < CALL_COUNT_OF; i++)
		m.calls[i].at = NONE;
	const struct reach nothing = {NONE, {NONE, NONE}, NONE, 0};
	take_edges(&m, edges, at, &nothing);
	out->from = at;
	out->ops = m.ops;
	if (m.found && d->day_first)
		turn_figures(d, out);
	return m.found;
}

bool expression_at(const struct document *d, uint32_t at, uint32_t limit, uint32_t without, struct expression *out) {
	const struct token *t = &d->tokens.at[at];
	struct matches *matches = without ? NULL : d->matches;
	bool found;
	if (at >= limit || !expression_may_begin(t) || (t->kind != TOKEN_PUNCT && !may_go_on(d, at, limit)))
		return false;
	if (!matches || !matches_recall(matches, at, limit, &found, out)) {
		found = find_expression(d, at, limit, without, out);
		if (matches)
			matches_keep(matches, at, limit, found, out);
	}
	if (found)
		read_zones(d, limit, out);
	return found;
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
