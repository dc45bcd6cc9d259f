/* Who says it: the noun phrase before or behind a verb of saying, with what is put beside it in commas. */
#include "quoting.h"

enum { SOURCE_MOST = 45 }; /* items */

static bool is_adverb(const struct quoting *q, uint32_t at) {
	const struct item *i = &q->items.at[at];
	if (i->grammar == GRAMMAR_ADVERB || (i->grammar == GRAMMAR_TIME && !(i->flags & ITEM_CAPITAL)))
		return true;
	struct str s = token_text(q->d, i->first);
	return !i->sign && !i->grammar && i->quoted == NONE && !(i->flags & ITEM_CAPITAL) && s.len > 4 &&
		str_ends(s, STR("ly"));
}

bool begins_noun(const struct quoting *q, uint32_t at, uint32_t to) {
	if (at >= to || q->items.at[at].sign)
		return false;
	switch (q->items.at[at].grammar) {
	case GRAMMAR_PERSON: case GRAMMAR_IT: case GRAMMAR_DETERMINER: case GRAMMAR_POSSESSIVE: case GRAMMAR_THAT:
		return true;
	case GRAMMAR_NONE: case GRAMMAR_DOCUMENT: case GRAMMAR_TIME:
		return true;
	default:
		return false;
	}
}

/* Finite for certain enough: auxiliaries, irregular forms, words in -ed that no article stands before. */
static bool is_finite(const struct quoting *q, uint32_t at, uint32_t from) {
	const struct item *i = &q->items.at[at];
	switch (i->grammar) {
	case GRAMMAR_AUXILIARY: case GRAMMAR_BE: case GRAMMAR_MODAL: case GRAMMAR_VERB: case GRAMMAR_NEGATION:
		return at > from;
	default:
		break;
	}
	if (at == from || i->quoted != NONE)
		return false;
	uint32_t last = at - 1;
	while (last > from && is_adverb(q, last))
		last--; /* "a widely cited expert" */
	uint8_t before = q->items.at[last].grammar;
	bool noun = before == GRAMMAR_DETERMINER || before == GRAMMAR_POSSESSIVE || before == GRAMMAR_PREPOSITION ||
		before == GRAMMAR_OF || before == GRAMMAR_TO;
	if (i->cue && !(i->cue & (CUE_NOUN | CUE_BY)) && (i->cue & CUE_FORM_MASK) != CUE_ING)
		return !noun;
	return (i->flags & ITEM_ED) && !noun;
}

bool has_finite(const struct quoting *q, uint32_t from, uint32_t to) {
	for (uint32_t i = from; i < to && i < from + SOURCE_MOST; i++)
		if (is_finite(q, i, from))
			return true;
	return false;
}

/* As has_finite, without words in -ed and verbs of saying: "the study published in May, …". */
static bool has_verb(const struct quoting *q, uint32_t from, uint32_t to) {
	for (uint32_t i = from + 1; i < to; i++) {
		uint8_t g = q->items.at[i].grammar;
		if (g == GRAMMAR_RELATIVE)
			return false;
		if (g == GRAMMAR_AUXILIARY || g == GRAMMAR_BE || g == GRAMMAR_MODAL || g == GRAMMAR_VERB || g == GRAMMAR_PERSON)
			return true;
	}
	return false;
}

/* ---- before the verb ---- */

/* Back over "has", "would", "also", "later": the first item of the verb. */
static uint32_t verb_begin(const struct quoting *q, uint32_t from, uint32_t verb) {
	while (verb > from) {
		uint8_t g = q->items.at[verb - 1].grammar;
		if (g != GRAMMAR_AUXILIARY && g != GRAMMAR_BE && g != GRAMMAR_MODAL && g != GRAMMAR_NEGATION &&
			!is_adverb(q, verb - 1))
			break;
		verb--;
	}
	return verb;
}

/* A quotation that is a part of a noun phrase: "the “History” section". */
static bool within_noun(const struct quoting *q, uint32_t from, uint32_t at) {
	if (at == from || q->items.at[at - 1].sign || q->items.at[at].quoted == NONE)
		return false;
	const struct quoted *s = &q->quoted.at[q->items.at[at].quoted];
	const struct token *last = &q->d->tokens.at[s->close - 1];
	return !token_is_punct(last, ',') && !token_is_punct(last, '.') && quoted_words(q, s, 6) < 6;
}

/* "who", "which" a little before: what follows tells of the source. */
static bool relative_before(const struct quoting *q, uint32_t from, uint32_t at) {
	for (uint32_t i = at; i > from && at - i < 9 && q->items.at[i - 1].sign != '.'; i--)
		if (q->items.at[i - 1].grammar == GRAMMAR_RELATIVE)
			return true;
	return false;
}

static bool is_cue_verb(const struct item *i) {
	uint32_t form = i->cue & CUE_FORM_MASK;
	return (i->cue & (CUE_SAY | CUE_TELL)) && !(i->cue & CUE_NOUN) && form != CUE_ING && form != CUE_PARTICIPLE;
}

/* Whether item `at`, met on the way back from the verb, stands before all of the source. */
static bool ends_source(const struct quoting *q, uint32_t from, uint32_t at, uint32_t verb) {
	const struct item *i = &q->items.at[at];
	if (i->quoted != NONE)
		return !within_noun(q, from, at);
	if (is_cue_verb(i))
		return true;
	switch (i->grammar) {
	case GRAMMAR_SUBORDINATE:
		return !is_word(q->d, i->first + 1, q->d->tokens.count, "well") && !(at > from &&
			is_word(q->d, i->first - 1, i->first, "well"));
	case GRAMMAR_THAT: case GRAMMAR_BUT: case GRAMMAR_QUESTION:
		return true;
	case GRAMMAR_BE: case GRAMMAR_MODAL: case GRAMMAR_AUXILIARY:
		return !relative_before(q, from, at) && !(at > from && q->items.at[at - 1].grammar == GRAMMAR_TO);
	case GRAMMAR_PREPOSITION:
		return at > from && item_is(q, at - 1, verb, ',') && is_word(q->d, i->first, i->first + 1, "with");
	case GRAMMAR_AND:
		return has_finite(q, at > from + 30 ? at - 30 : from, at);
	default:
		return i->sign == ';' || i->sign == ':' || i->sign == '*' || i->sign == '!' || i->sign == '?' ||
			(i->sign == '-' && (q->d->tokens.at[i->first].flags & TOKEN_SPACE)) ||
			(i->sign == '-' && i->last == i->first &&
				q->d->tokens.at[i->first].end - q->d->tokens.at[i->first].begin > 1);
	}
}

/* Whether the stretch before a comma only sets the scene: "On Monday,", "After the vote,", "Asked about it,". */
static bool sets_scene(const struct quoting *q, uint32_t at, uint32_t comma) {
	const struct item *i = &q->items.at[at];
	switch (i->grammar) {
	case GRAMMAR_PREPOSITION: case GRAMMAR_SUBORDINATE: case GRAMMAR_ADVERB: case GRAMMAR_BUT: case GRAMMAR_TIME: case GRAMMAR_AND:
	case GRAMMAR_TO:
		return true;
	default:
		break;
	}
	struct str s = token_text(q->d, i->first);
	return (i->flags & (ITEM_NUMBER | ITEM_TIME)) || is_adverb(q, at) ||
		(s.len > 4 && (str_ends(s, STR("ing")) || (str_ends(s, STR("ed")) && comma > at + 1)));
}

static uint32_t comma_from(const struct quoting *q, uint32_t at, uint32_t to) {
	while (at < to && q->items.at[at].sign != ',')
		at++;
	return at;
}

static bool is_person_word(uint8_t g) {
	return g == GRAMMAR_PERSON || g == GRAMMAR_IT || g == GRAMMAR_RELATIVE;
}

/* "In an opinion of May the judge Jo Park", "The next day Park": where the noun phrase begins behind a circumstance
 * without a comma. */
static uint32_t scene_without_comma(const struct quoting *q, uint32_t from, uint32_t to) {
	if (q->items.at[from].grammar == GRAMMAR_DETERMINER) {
		for (uint32_t i = from + 1; i + 1 < to && i < from + 4; i++)
			if ((q->items.at[i].flags & ITEM_TIME) && ((q->items.at[i + 1].flags & ITEM_CAPITAL) ||
				q->items.at[i + 1].grammar == GRAMMAR_DETERMINER))
				return i + 1;
		return from;
	}
	for (uint32_t i = to; i > from + 2; i--) {
		const struct item *at = &q->items.at[i - 1], *before = &q->items.at[i - 2];
		bool opens = at->grammar == GRAMMAR_DETERMINER || at->grammar == GRAMMAR_POSSESSIVE ||
			((at->flags & ITEM_CAPITAL) && (before->flags & (ITEM_TIME | ITEM_NUMBER)));
		if (opens && !before->sign && !before->grammar)
			return i - 1;
	}
	return from;
}

/* The noun phrase at the end of items [from, to): without what sets the scene before it, with appositions. */
static uint32_t noun_begin(const struct quoting *q, uint32_t from, uint32_t to) {
	for (uint32_t comma; (comma = comma_from(q, from, to)) < to;) {
		bool last = comma + 1 >= to;
		if (!last && sets_scene(q, from, comma)) {
			from = comma + 1;
			continue;
		}
		/* "A did this, B" is a clause and another's name; "A, the head of C," is one source */
		if (!last && has_finite(q, from, comma)) {
			from = comma + 1;
			continue;
		}
		break;
	}
	if (from < to && (q->items.at[from].grammar == GRAMMAR_PREPOSITION ||
		q->items.at[from].grammar == GRAMMAR_DETERMINER))
		from = scene_without_comma(q, from, to);
	while (from < to && (q->items.at[from].sign == ',' || is_adverb(q, from) || q->items.at[from].grammar == GRAMMAR_AND))
		from++;
	return from;
}

uint32_t scene_end(const struct quoting *q, uint32_t from, uint32_t to) {
	for (uint32_t comma; (comma = comma_from(q, from, to)) + 1 < to && comma < from + SOURCE_MOST &&
		sets_scene(q, from, comma);)
		from = comma + 1;
	while (from < to && (is_adverb(q, from) || q->items.at[from].grammar == GRAMMAR_BUT ||
		q->items.at[from].grammar == GRAMMAR_AND ||
		q->items.at[from].grammar == GRAMMAR_SUBORDINATE))
		from++;
	return from;
}

/* Whether what stands before `begin` makes a clause of all up to a comma: "As a result of the vote, Park said"; "Prices are
 * low, Park said". */
static bool after_clause(const struct quoting *q, uint32_t begin, bool closed) {
	const struct item *i = &q->items.at[begin - 1];
	return i->grammar == GRAMMAR_SUBORDINATE ? !closed : i->grammar == GRAMMAR_BE || i->grammar == GRAMMAR_MODAL ||
		i->grammar == GRAMMAR_AUXILIARY || is_cue_verb(i);
}

static uint32_t comma_last(const struct quoting *q, uint32_t from, uint32_t to) {
	while (to > from && q->items.at[to - 1].sign != ',')
		to--;
	return to - 1;
}

struct item_range source_before(const struct quoting *q, uint32_t from, uint32_t verb, uint32_t *chain) {
	uint32_t to = verb_begin(q, from, verb);
	*chain = to;
	if (to == from)
		return (struct item_range){to, to};
	if (is_person_word(q->items.at[to - 1].grammar))
		return (struct item_range){to - 1, to};
	uint32_t begin = to, least = to > from + SOURCE_MOST ? to - SOURCE_MOST : from;
	while (begin > least && !ends_source(q, from, begin - 1, verb))
		begin--;
	struct item_range none = {to, to};
	bool closed = to > begin && q->items.at[to - 1].sign == ',';
	uint32_t comma = comma_from(q, begin, to);
	if (begin > from && closed && comma == to - 1 && after_clause(q, begin, closed))
		return none;
	if (begin > from && comma < to - closed && after_clause(q, begin, closed))
		begin = (closed ? comma : comma_last(q, begin, to)) + 1;
	begin = noun_begin(q, begin, to);
	if (begin >= to || !begins_noun(q, begin, to) || (closed && has_verb(q, begin, to)))
		return none; /* "…, said": a clause before the verb is no source */
	uint8_t last = q->items.at[to - 1].grammar;
	return last == GRAMMAR_PREPOSITION || last == GRAMMAR_OF ||
		last == GRAMMAR_TO ? none : (struct item_range){begin, to};
}

/* ---- behind the verb ---- */

/* Whether item `at` of a source behind a verb is still the source. */
static bool goes_on(const struct quoting *q, uint32_t at, uint32_t from) {
	const struct item *i = &q->items.at[at];
	if (i->quoted != NONE || i->cue & CUE_BY)
		return false;
	switch (i->grammar) {
	case GRAMMAR_OF:
		return true;
	case GRAMMAR_PREPOSITION: {
		struct str s = token_text(q->d, i->first);
		bool tied = str_equal(s, STR("for")) || str_equal(s, STR("from")) || str_equal(s, STR("at")) ||
			str_equal(s, STR("with"));
		return tied && at > from && begins_noun(q, at + 1, at + 2) && (!(q->items.at[at + 1].flags & ITEM_TIME)) &&
			(q->items.at[at + 1].grammar != GRAMMAR_DETERMINER || (q->items.at[at + 2].flags & ITEM_CAPITAL));
	}
	case GRAMMAR_NONE: case GRAMMAR_DOCUMENT: case GRAMMAR_DETERMINER: case GRAMMAR_POSSESSIVE: case GRAMMAR_AND:
		if ((i->flags & ITEM_ED) && at > from && !(q->items.at[at - 1].grammar == GRAMMAR_DETERMINER))
			return false; /* "a scholar based in …" */
		return (!(i->flags & ITEM_TIME) || (at && (q->items.at[at - 1].flags & ITEM_CAPITAL))) && !is_adverb(q, at) &&
			(i->grammar != GRAMMAR_DETERMINER || at == from || q->items.at[at - 1].grammar != GRAMMAR_NONE ||
				q->items.at[at - 1].sign);
	default:
		return false;
	}
}

/* Behind an apposition that begins behind the comma at `comma`: "a senior fellow at …,"; `comma` where there is none. */
static uint32_t apposition_end(const struct quoting *q, uint32_t comma, uint32_t to) {
	uint32_t at = comma + 1;
	if (at >= to)
		return comma;
	const struct item *i = &q->items.at[at];
	bool begins = i->grammar == GRAMMAR_DETERMINER || i->grammar == GRAMMAR_POSSESSIVE || (i->flags & ITEM_ROLE) ||
		((i->flags & ITEM_CAPITAL) && !i->grammar && !(i->flags & ITEM_TIME));
	if (!begins)
		return comma;
	while (at < to && at < comma + 30 && !q->items.at[at].sign && q->items.at[at].quoted == NONE) {
		uint8_t g = q->items.at[at].grammar;
		if (g == GRAMMAR_RELATIVE)
			return at;
		if (g == GRAMMAR_PERSON || (q->items.at[at].flags & ITEM_TIME) || (is_finite(q, at, comma + 1) &&
			!(q->items.at[at].flags & ITEM_ED)) ||
			q->items.at[at].cue)
			return comma;
		at++;
	}
	return at < to && (q->items.at[at].sign == ',' || q->items.at[at].sign == '.') ? at : at >= to ? to : comma;
}

struct item_range source_behind(const struct quoting *q, uint32_t at, uint32_t to) {
	struct item_range r = {at, at};
	if (at < to && is_person_word(q->items.at[at].grammar))
		return (struct item_range){at, at + 1};
	if (!begins_noun(q, at, to))
		return r;
	while (r.to < to && r.to < at + SOURCE_MOST && !q->items.at[r.to].sign && goes_on(q, r.to, at))
		r.to++;
	while (r.to < to && q->items.at[r.to].sign == '-' &&
		!(q->d->tokens.at[q->items.at[r.to].first].flags & TOKEN_SPACE) && r.to > at) {
		r.to++;
		while (r.to < to && r.to < at + SOURCE_MOST && !q->items.at[r.to].sign && goes_on(q, r.to, at))
			r.to++;
	}
	while (r.to > at && (q->items.at[r.to - 1].grammar == GRAMMAR_AND || q->items.at[r.to - 1].grammar == GRAMMAR_OF))
		r.to--;
	if (r.to > at && item_is(q, r.to, to, ',')) {
		uint32_t end = apposition_end(q, r.to, to);
		if (end > r.to)
			r.to = end;
	}
	return r;
}
