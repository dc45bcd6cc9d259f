/* What is said: the clause, infinitive or object behind a verb, with whom it is said to. */
#include "quoting.h"

enum { ADJUNCT_MOST = 14, ADDRESSEE_MOST = 9, OUTLET_MOST = 16 }; /* items */

/* Where speech may begin: "that", a quotation, a colon. */
static bool opens_speech(const struct quoting *q, uint32_t at, uint32_t to) {
	return item_quoted(q, at, to) || item_grammar(q, at, to) == GRAMMAR_THAT || item_is(q, at, to, ':') ||
		(item_is(q, at, to, ',') && item_quoted(q, at + 1, to));
}

uint32_t skip_adjuncts(const struct quoting *q, uint32_t at, uint32_t to, int32_t cue) {
	while (at < to && (q->items.at[at].grammar == GRAMMAR_ADVERB || q->items.at[at].grammar == GRAMMAR_TIME ||
		(q->items.at[at].flags & ITEM_TIME)))
		at++;
	uint8_t g = item_grammar(q, at, to);
	bool aside = item_is(q, at, to, ',') && !item_quoted(q, at + 1, to); /* "said, without a smile, that" */
	if (!aside && g != GRAMMAR_PREPOSITION && g != GRAMMAR_TO && g != GRAMMAR_SUBORDINATE && g != GRAMMAR_OF &&
		(g != GRAMMAR_NONE || (cue & CUE_OBJECT)))
		return at;
	for (uint32_t i = at + aside; i < to && i < at + ADJUNCT_MOST; i++) {
		if (aside && item_is(q, i, to, ',') && (item_grammar(q, i + 1, to) == GRAMMAR_THAT || item_quoted(q, i + 1, to)))
			return i + 1;
		if (aside && !item_is(q, i, to, ','))
			continue;
		if (opens_speech(q, i, to))
			return i;
		const struct item *item = &q->items.at[i];
		if (item->sign == ',' || item->sign == ';' || item->grammar == GRAMMAR_MODAL || item->grammar == GRAMMAR_PERSON ||
			item->grammar == GRAMMAR_BE)
			break;
	}
	return at;
}

/* Whom it is told: "Russian reporters", "her", "the Seimas"; empty where a clause follows at once. */
static struct item_range addressee_at(const struct quoting *q, uint32_t at, uint32_t to) {
	struct item_range r = {at, at};
	uint8_t first = item_grammar(q, at, to);
	if (first == GRAMMAR_OBJECT || first == GRAMMAR_IT || (first == GRAMMAR_POSSESSIVE && item_quoted(q, at + 1, to)) ||
		(first == GRAMMAR_POSSESSIVE && (item_grammar(q, at + 1, to) || (q->items.at[at + 1].sign))))
		return (struct item_range){at, at + 1};
	bool capitals = false;
	while (r.to < to && r.to < at + ADDRESSEE_MOST && !q->items.at[r.to].sign && q->items.at[r.to].quoted == NONE) {
		const struct item *i = &q->items.at[r.to];
		bool opens = i->grammar == GRAMMAR_DETERMINER || i->grammar == GRAMMAR_POSSESSIVE;
		if (opens ? r.to > at && q->items.at[r.to - 1].grammar != GRAMMAR_OF : i->grammar &&
			i->grammar != GRAMMAR_OF && i->grammar != GRAMMAR_DOCUMENT &&
			!(i->grammar == GRAMMAR_AND && (q->items.at[r.to + 1].flags & ITEM_CAPITAL)))
			break;
		if ((i->flags & ITEM_TIME) || (i->cue && (i->cue & CUE_FORM_MASK) == CUE_ING))
			break;
		if (capitals && !i->grammar && !(i->flags & (ITEM_CAPITAL | ITEM_ROLE)) &&
			!(q->items.at[r.to - 1].flags & ITEM_OWNS))
			break; /* "told Park prices …" */
		capitals = (i->flags & ITEM_CAPITAL) && !word_is(q->d->tokens.at[i->first].word, WORD_DEMONYM, NULL);
		r.to++;
	}
	return r;
}

struct item_range outlet_behind(const struct quoting *q, uint32_t at, uint32_t to) {
	struct item_range none = {at, at};
	uint32_t end = at + OUTLET_MOST < to ? at + OUTLET_MOST : to;
	bool document = false;
	for (uint32_t i = at; i < end; i++) {
		const struct item *item = &q->items.at[i];
		if (item->sign || item->quoted != NONE || item->grammar == GRAMMAR_THAT)
			return none;
		if (document && item->grammar == GRAMMAR_PREPOSITION && i + 1 < to) {
			uint32_t from = i + 1 + (q->items.at[i + 1].grammar == GRAMMAR_DETERMINER), last = from;
			while (last < to && (q->items.at[last].flags & ITEM_CAPITAL) && !(q->items.at[last].flags & ITEM_TIME))
				last++;
			return last > from ? (struct item_range){from, last} : none;
		}
		document = document || item->grammar == GRAMMAR_DOCUMENT;
	}
	return none;
}

/* ---- the end of what is said ---- */

static bool same_form(int32_t a, int32_t b) {
	return (a & CUE_FORM_MASK) == (b & CUE_FORM_MASK);
}

/* Whether another statement of the same speaker begins at `at`: "and said", ", adding that", ", but", ", according to". */
static bool new_statement(const struct quoting *q, uint32_t at, uint32_t to, int32_t cue) {
	uint32_t i = at + (q->items.at[at].sign == ',');
	bool comma = i > at, joined = item_grammar(q, i, to) == GRAMMAR_AND || item_grammar(q, i, to) == GRAMMAR_BUT;
	if (comma && item_grammar(q, i, to) == GRAMMAR_BUT)
		return true;
	if (!comma && !joined)
		return false;
	i += joined;
	if (joined && comma && (item_grammar(q, i, to) == GRAMMAR_PERSON || item_grammar(q, i, to) == GRAMMAR_IT))
		i++;
	while (i < to && q->items.at[i].grammar == GRAMMAR_ADVERB)
		i++;
	if (i >= to || !q->items.at[i].cue)
		return false;
	int32_t other = q->items.at[i].cue;
	if (other & CUE_BY)
		return comma;
	if (!(other & (CUE_SAY | CUE_TELL | CUE_THAT)) || !(other & CUE_INDIRECT_MASK))
		return false;
	return (other & CUE_FORM_MASK) == CUE_ING ? comma : joined && same_form(other, cue) &&
		(other & CUE_INDIRECT_MASK) >= CUE_INDIRECT2;
}

/* Whether an object or infinitive is over at the comma `at`. */
static bool object_ends(const struct quoting *q, uint32_t at, uint32_t to) {
	switch (item_grammar(q, at + 1, to)) {
	case GRAMMAR_AND: case GRAMMAR_BUT: case GRAMMAR_SUBORDINATE: case GRAMMAR_RELATIVE: case GRAMMAR_PERSON: case GRAMMAR_IT:
		return true;
	default:
		return at + 1 < to && q->items.at[at + 1].quoted == NONE && !q->items.at[at + 1].grammar &&
			str_ends(token_text(q->d, q->items.at[at + 1].first), STR("ing"));
	}
}

static uint32_t content_end(const struct quoting *q, uint32_t at, uint32_t to, int32_t cue, bool object) {
	for (uint32_t i = at + 1; i < to; i++) {
		const struct item *item = &q->items.at[i];
		if (item->sign == ':' && item_quoted(q, i + 1, to))
			return i;
		if (item->sign != ',' && item->grammar != GRAMMAR_AND)
			continue;
		if (new_statement(q, i, to, cue) || (object && item->sign == ',' && object_ends(q, i, to)))
			return i;
	}
	while (to > at && (q->items.at[to - 1].sign == '.' || q->items.at[to - 1].sign == ',' ||
		q->items.at[to - 1].sign == ';'))
		to--;
	return to;
}

/* ---- what follows the verb ---- */

static bool is_clause(const struct quoting *q, uint32_t at, uint32_t to, int32_t cue) {
	if (!begins_noun(q, at, to) && item_grammar(q, at, to) != GRAMMAR_SUBORDINATE)
		return (cue & CUE_SAY) && (cue & CUE_INDIRECT_MASK) == CUE_INDIRECT3 &&
			(item_grammar(q, at, to) == GRAMMAR_NEGATION ||
			item_grammar(q, at, to) == GRAMMAR_ADVERB) && has_finite(q, at, to);
	uint8_t first = item_grammar(q, at, to);
	if ((cue & (CUE_SAY | CUE_TELL)) && (cue & CUE_INDIRECT_MASK) >= CUE_INDIRECT2)
		return to - at > 2 && (first == GRAMMAR_PERSON || first == GRAMMAR_IT || has_finite(q, at, to) || to - at > 6);
	uint32_t most = at + 14 < to ? at + 14 : to;
	for (uint32_t i = at + 1; i < most; i++)
		if (q->items.at[i].sign == ',' || q->items.at[i].grammar == GRAMMAR_RELATIVE ||
			q->items.at[i].grammar == GRAMMAR_THAT ||
			q->items.at[i].grammar == GRAMMAR_SUBORDINATE || q->items.at[i].grammar == GRAMMAR_BUT)
			most = i;
	return has_finite(q, at, most);
}

static struct said said_clause(const struct quoting *q, uint32_t at, uint32_t to, int32_t cue, struct said s) {
	uint8_t g = item_grammar(q, at, to);
	s.that = g == GRAMMAR_THAT || g == GRAMMAR_QUESTION;
	if (g == GRAMMAR_THAT)
		at++;
	else if (g != GRAMMAR_QUESTION && !item_quoted(q, at, to) && !is_clause(q, at, to, cue))
		return s;
	if (at < to)
		s.content = (struct item_range){at, content_end(q, at, to, cue, false)};
	return s;
}

struct said said_behind(const struct quoting *q, uint32_t at, uint32_t to, int32_t cue) {
	struct said s = {.content = {at, at}, .addressee = {at, at}};
	if (cue & CUE_TELL) {
		s.addressee = addressee_at(q, at, to);
		at = s.addressee.to;
	} else if (item_grammar(q, at, to) == GRAMMAR_TO && !(cue & CUE_TO) && begins_noun(q, at + 1, to)) {
		s.addressee = addressee_at(q, at + 1, to);
		if (s.addressee.to > at + 1 && (opens_speech(q, s.addressee.to, to) ||
			skip_adjuncts(q, s.addressee.to, to, cue) > s.addressee.to))
			at = s.addressee.to;
		else
			s.addressee = (struct item_range){at, at};
	}
	at = skip_adjuncts(q, at, to, cue);
	if (item_is(q, at, to, ':')) {
		s.colon = at + 1 >= to;
		if (!s.colon)
			s.content = (struct item_range){at + 1, content_end(q, at + 1, to, cue, false)};
		return s;
	}
	if (item_is(q, at, to, ',') && item_quoted(q, at + 1, to))
		at++;
	if (at >= to)
		return s;
	if ((cue & CUE_TO) && item_grammar(q, at, to) == GRAMMAR_TO) {
		s.content = (struct item_range){at, content_end(q, at, to, cue, true)};
		return s;
	}
	bool speech = opens_speech(q, at, to) || item_grammar(q, at, to) == GRAMMAR_QUESTION;
	if ((cue & (CUE_SAY | CUE_THAT | CUE_TELL)) && (speech || !(cue & CUE_OBJECT) ||
		is_clause(q, at, to, cue & ~CUE_SAY)))
		s = said_clause(q, at, to, cue, s);
	if (s.content.to == s.content.from && (cue & CUE_OBJECT) && (begins_noun(q, at, to) ||
		item_grammar(q, at, to) == GRAMMAR_OBJECT || item_quoted(q, at, to)))
		s.content = (struct item_range){at, content_end(q, at, to, cue, true)};
	return s;
}
