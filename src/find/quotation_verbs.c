/* Words that attribute: whether they do so where they stand, who their source is, and what they open or close. */
#include "quoting.h"

/* A cue with its source. */
struct attribution {
	struct item_range source;
	uint32_t at; /* the cue's own item */
	int32_t cue;
	bool same; /* the source is that of the cue before it: "and said", "adding" */
};


static void speak(struct quoting *q, const struct utterance *s, const struct attribution *a) {
	struct voice v = {.block = q->block, .speaker = NONE};
	v.cue = item_span(q, (struct item_range){a->at, a->at + q->items.at[a->at].cue_items});
	if (a->same) {
		v.source = q->voice.source;
		v.speaker = q->voice.speaker;
	} else if (a->source.to > a->source.from) {
		v.source = item_span(q, trimmed(q, a->source));
		v.speaker = speaker_of(q, v.source);
	}
	q->voice = v;
	q->sentence = s->number;
	uint32_t behind = a->at + q->items.at[a->at].cue_items;
	if (a->source.from >= behind) /* "said Jo Park in …" */
		behind = a->source.to;
	struct item_range to_whom = a->cue & CUE_BY ? (struct item_range){0, 0} : said_behind(q, behind, s->to,
		a->cue).addressee;
	if (to_whom.to > to_whom.from)
		q->voice.addressee = item_span(q, to_whom);
	struct item_range outlet = outlet_behind(q, to_whom.to > behind ? to_whom.to : behind, s->to);
	if (outlet.to > outlet.from)
		q->voice.outlet = item_span(q, outlet);
}

/* Whether the quotation's last sign makes room for who said it: "…,” said". */
static bool leads_to_source(const struct quoting *q, uint32_t item) {
	const struct quoted *s = &q->quoted.at[q->items.at[item].quoted];
	const struct token *last = &q->d->tokens.at[s->close > s->open + 1 ? s->close - 1 : s->open];
	return token_is_punct(last, ',') || token_is_punct(last, '?') || token_is_punct(last, '!') ||
		token_is_punct(last, '-') ||
		token_is_punct(last, 0x2026);
}

/* Whether nothing is said behind the verb: the sentence ends, or goes on with a circumstance. */
static bool nothing_behind(const struct quoting *q, uint32_t at, uint32_t to, int32_t cue) {
	struct said said = said_behind(q, at, to, cue & ~CUE_OBJECT);
	return said.content.to == said.content.from && !said.colon;
}

/* What stands before the source or inverted verb that begins at `before`: a quotation, a clause, or nothing. */
static struct item_range said_before(struct quoting *q, const struct utterance *s, uint32_t before, uint32_t behind,
	int32_t cue) {
	struct item_range none = {before, before};
	uint32_t at = before;
	bool comma = at > s->from && q->items.at[at - 1].sign == ',';
	at -= comma;
	if (at > s->from && q->items.at[at - 1].quoted != NONE) {
		struct quoted *last = quoted_at(q, at - 1);
		bool leads = comma || leads_to_source(q, at - 1);
		if (last->used || (!leads && !nothing_behind(q, behind, s->to, cue)))
			return none;
		uint32_t from = s->from;
		for (uint32_t i = at - 1; i > s->from; i--)
			if (q->items.at[i - 1].quoted != NONE && quoted_at(q, i - 1)->used) {
				from = i;
				break;
			}
		return (struct item_range){from, at};
	}
	bool room = behind >= s->to || q->items.at[behind].sign || (q->items.at[behind].flags & ITEM_TIME) ||
		q->items.at[behind].grammar == GRAMMAR_PREPOSITION || q->items.at[behind].grammar == GRAMMAR_ADVERB ||
		q->items.at[behind].grammar == GRAMMAR_TIME || (cue & CUE_TELL);
	if (!comma || !room || at - s->from < 3 || scene_end(q, s->from, s->to) >= at ||
		q->items.at[before].grammar == GRAMMAR_RELATIVE || !(cue & (CUE_SAY | CUE_TELL | CUE_THAT | CUE_BY)) ||
		!nothing_behind(q, behind, s->to, cue) ||
		!has_finite(q, s->from, at))
		return none;
	return (struct item_range){s->from, at};
}

/* Whether the words before the quotation that ends at `before` are of its sentence, or tell of something else. */
static struct item_range quotation_begin(struct quoting *q, struct item_range r) {
	uint32_t i = r.to;
	while (i > r.from && (q->items.at[i - 1].quoted != NONE || q->items.at[i - 1].sign))
		i--;
	return i == r.to || i == r.from ? r : has_finite(q, r.from, i) ||
		r.to - r.from < 12 ? r : (struct item_range){i, r.to};
}

/* A quotation behind what attributes the one before: "…,” he said, “…". */
static void go_on(struct quoting *q, const struct utterance *s, uint32_t at) {
	for (uint32_t i = at; i < s->to && i < at + 16; i++) {
		if (item_quoted(q, i, s->to) && !quoted_at(q, i)->used && i > at && q->items.at[i - 1].sign) {
			state_items(q, (struct item_range){i, quotes_end(q, i, s->to)}, QUOTATION_DIRECT, &q->voice);
			return;
		}
		if (q->items.at[i].cue && (q->items.at[i].cue & CUE_FORM_MASK) != CUE_BASE)
			return;
	}
}

static bool attribute_before(struct quoting *q, const struct utterance *s, struct attribution *a, uint32_t before,
	uint32_t behind) {
	struct item_range r = said_before(q, s, before, behind, a->cue);
	if (r.to == r.from)
		return false;
	uint8_t kind = kind_of(q, quotation_begin(q, r));
	if (kind == QUOTATION_INDIRECT && !(a->cue & CUE_INDIRECT_MASK))
		return false;
	speak(q, s, a);
	state_items(q, quotation_begin(q, r), kind, &q->voice);
	if (kind != QUOTATION_INDIRECT)
		go_on(q, s, behind);
	return true;
}

/* A quotation that opens what is said and is all of it, or is followed by a comma: the direct kind. */
static bool opens_direct(struct quoting *q, struct item_range r, uint32_t *end) {
	r = trimmed(q, r);
	if (!item_quoted(q, r.from, r.to))
		return false;
	*end = quotes_end(q, r.from, r.to);
	return *end == r.to || q->items.at[*end].sign;
}

static bool attribute_behind(struct quoting *q, const struct utterance *s, struct attribution *a, uint32_t behind) {
	struct said said = said_behind(q, behind, s->to, a->cue);
	if (said.content.to <= said.content.from)
		return false;
	uint32_t end;
	uint8_t kind = kind_of(q, said.content);
	bool direct = kind != QUOTATION_INDIRECT && opens_direct(q, said.content, &end);
	bool speech = a->cue & (CUE_SAY | CUE_TELL | CUE_THAT);
	if (direct) {
		bool mixed = said.that || !speech;
		if (mixed && !speech && quoted_words(q, quoted_at(q, trimmed(q, said.content).from), 2) < 1)
			return false;
		speak(q, s, a);
		state_items(q, (struct item_range){trimmed(q, said.content).from, end}, mixed ?
			QUOTATION_MIXED : QUOTATION_DIRECT, &q->voice);
		return true;
	}
	if (kind == QUOTATION_INDIRECT && said.content.to < said.content.from + 2)
		return false;
	if (kind == QUOTATION_INDIRECT && (a->cue & CUE_INDIRECT_MASK) < (speech &&
		said.that ? CUE_INDIRECT1 : CUE_INDIRECT2))
		return false;
	speak(q, s, a);
	state_items(q, said.content, kind == QUOTATION_DIRECT ? QUOTATION_MIXED : kind, &q->voice);
	return true;
}

/* ---- the verb ---- */

/* "The crew, he told me, were “tired”": the cue stands within what is said. The longer part is stated. */
static bool attribute_around(struct quoting *q, const struct utterance *s, struct attribution *a, uint32_t before,
	uint32_t behind) {
	if (!(a->cue & (CUE_SAY | CUE_TELL)) || before < s->from + 2 || q->items.at[before - 1].sign != ',')
		return false;
	struct said said = said_behind(q, behind, s->to, a->cue);
	uint32_t at = behind;
	if (said.addressee.to > at && said.addressee.to - at < 6)
		at = said.addressee.to;
	while (at < s->to && at < behind + 12 && !q->items.at[at].sign)
		at++;
	if (!item_is(q, at, s->to, ',') || at + 2 >= s->to || item_quoted(q, before - 2, s->to))
		return false;
	struct item_range first = {s->from, before - 1}, second = {at + 1, s->to};
	if (!has_finite(q, second.from - 1, second.to))
		return false;
	uint8_t kind = kind_of(q, second);
	bool longer = first.to - first.from > second.to - second.from && kind == QUOTATION_INDIRECT;
	speak(q, s, a);
	state_items(q, longer ? first : second, kind == QUOTATION_DIRECT ? QUOTATION_MIXED : kind, &q->voice);
	return true;
}

/* ---- the verb ---- */

/* Whether the source can be that of a plural verb: "they", "reporters", "police and press". */
static bool is_plural(const struct quoting *q, struct item_range source) {
	const struct item *last = &q->items.at[source.to - 1];
	struct str s = token_text(q->d, last->first);
	if (last->grammar == GRAMMAR_PERSON)
		return !str_equal_nocase(s, STR("he")) && !str_equal_nocase(s, STR("she"));
	for (uint32_t i = source.from; i < source.to; i++)
		if (q->items.at[i].grammar == GRAMMAR_AND || q->items.at[i].grammar == GRAMMAR_RELATIVE)
			return true;
	if (!last->grammar && !(last->flags & (ITEM_CAPITAL | ITEM_TIME)) && s.at[s.len - 1] != 's' &&
		!str_equal(s, STR("people")) && !(last->flags & ITEM_ED) &&
		!str_equal(s, STR("police")) && !str_equal(s, STR("media")))
		return false;
	for (uint32_t i = source.from; i < source.to; i++) {
		struct str word = token_text(q->d, q->items.at[i].first);
		if (!q->items.at[i].grammar && !q->items.at[i].sign && !(q->items.at[i].flags & (ITEM_OWNS | ITEM_TIME)) &&
			word.len > 3 && word.at[word.len - 1] == 's')
			return true;
	}
	return !(last->flags & ITEM_OWNS) && s.len > 2 && (s.at[s.len - 1] == 's' || str_equal(s, STR("people")) ||
		str_equal(s, STR("police")) ||
		str_equal(s, STR("media")));
}

/* Whether someone or something that can speak is in the source. */
static bool can_speak(const struct quoting *q, struct item_range source) {
	for (uint32_t i = source.from; i < source.to; i++)
		if ((q->items.at[i].flags & (ITEM_CAPITAL | ITEM_ROLE)) || q->items.at[i].grammar == GRAMMAR_PERSON ||
			q->items.at[i].grammar == GRAMMAR_DOCUMENT || q->items.at[i].grammar == GRAMMAR_RELATIVE)
			return true;
	return false;
}

/* Whether a form that is a noun too ("reports", "plan") is a verb where it stands. */
static bool is_verb(const struct quoting *q, const struct utterance *s, uint32_t at, struct item_range source) {
	const struct item *i = &q->items.at[at];
	if (at == s->from || source.to == source.from || (i->flags & ITEM_CAPITAL) || q->items.at[at - 1].sign == '-' ||
		(q->items.at[at - 1].flags & (ITEM_OWNS | ITEM_NUMBER)) || q->items.at[at - 1].grammar == GRAMMAR_PREPOSITION)
		return false;
	if ((i->cue & CUE_FORM_MASK) == CUE_BASE && !is_plural(q, source))
		return false;
	uint32_t behind = at + i->cue_items;
	if (behind >= s->to || !can_speak(q, source))
		return behind >= s->to && can_speak(q, source);
	switch (q->items.at[behind].grammar) {
	case GRAMMAR_BE: case GRAMMAR_AUXILIARY: case GRAMMAR_MODAL: case GRAMMAR_OF: case GRAMMAR_AND: case GRAMMAR_VERB:
		return false;
	case GRAMMAR_NONE:
		return q->items.at[behind].sign || q->items.at[behind].quoted != NONE || (i->cue & CUE_OBJECT) ||
			(q->items.at[behind].flags & (ITEM_CAPITAL | ITEM_NUMBER));
	default:
		return true;
	}
}

/* Whether the word at `at`, whose verb begins at `begin`, states something: not "his claims", "to say", "would say",
 * "was told", "a widely cited expert". */
static bool states(const struct quoting *q, const struct utterance *s, uint32_t at, uint32_t begin) {
	uint8_t before = begin > s->from ? q->items.at[begin - 1].grammar : GRAMMAR_NONE;
	if (before == GRAMMAR_TO || before == GRAMMAR_DETERMINER || before == GRAMMAR_POSSESSIVE || before == GRAMMAR_OF)
		return false;
	uint32_t form = q->items.at[at].cue & CUE_FORM_MASK;
	bool be = false, have = false;
	for (uint32_t k = begin; k < at; k++) {
		uint8_t g = q->items.at[k].grammar;
		if (g == GRAMMAR_NEGATION || g == GRAMMAR_MODAL)
			return false;
		be = be || g == GRAMMAR_BE;
		have = have || g == GRAMMAR_AUXILIARY;
	}
	return !(be && form != CUE_ING) && !(form == CUE_PARTICIPLE && !have);
}

/* Whether an earlier cue of the sentence has a source that this one shares. */
static bool heard(const struct quoting *q, const struct utterance *s) {
	return q->sentence == s->number && q->voice.block == q->block && !span_empty(q->voice.source);
}

/* The sentence's subject, behind what sets the scene. */
static struct item_range subject_of(const struct quoting *q, const struct utterance *s) {
	uint32_t from = scene_end(q, s->from, s->to), chain;
	for (uint32_t i = from + 1; i < s->to && i < from + 40; i++)
		if (has_finite(q, i - 1, i + 1)) {
			struct item_range r = source_before(q, from, i, &chain);
			if (r.to > r.from)
				return r;
			break;
		}
	return source_behind(q, from, s->to);
}

/* "…, adding that …", "writing: “…”": the one who spoke last in this sentence, or its subject. */
static bool participle(struct quoting *q, const struct utterance *s, struct attribution *a) {
	if (a->source.to == a->source.from) {
		if (a->at == s->from || (!q->items.at[a->at - 1].sign && q->items.at[a->at - 1].quoted == NONE &&
			q->items.at[a->at - 1].grammar != GRAMMAR_AND))
			return false;
		a->same = heard(q, s);
		a->source = subject_of(q, s);
	}
	return attribute_behind(q, s, a, a->at + q->items.at[a->at].cue_items);
}

/* Paragraphs that end in "wrote:" or "stated," introduce the next. */
static void introduce(struct quoting *q, const struct utterance *s, struct attribution *a, uint32_t behind) {
	struct said said = said_behind(q, behind, s->to, a->cue);
	bool comma = behind + 1 == s->to && q->items.at[behind].sign == ',';
	if (s->to != q->items.count || !(said.colon || comma) || !(a->cue & (CUE_SAY | CUE_TELL | CUE_THAT)))
		return;
	struct voice before = q->voice;
	speak(q, s, a);
	q->intro = q->voice;
	q->voice = before;
}

/* "The results of the study, revealed": a comma between source and verb, and none to open it. */
static bool alone_in_commas(const struct quoting *q, struct item_range source) {
	uint32_t commas = 0;
	for (uint32_t i = source.from; i < source.to; i++)
		commas += q->items.at[i].sign == ',';
	return commas == 1 && q->items.at[source.to - 1].sign == ',';
}

/* "has asked us to say that the bridge is “as good as shut”": stated where its words are quoted. */
static bool to_say(struct quoting *q, const struct utterance *s, struct attribution *a, uint32_t behind) {
	if (a->at == s->from || q->items.at[a->at - 1].grammar != GRAMMAR_TO || !(a->cue & (CUE_SAY | CUE_TELL)))
		return false;
	struct said said = said_behind(q, behind, s->to, a->cue);
	if (!said.that || kind_of(q, said.content) == QUOTATION_INDIRECT)
		return false;
	a->source = subject_of(q, s);
	return a->source.to > a->source.from && attribute_behind(q, s, a, behind);
}

static bool verb(struct quoting *q, const struct utterance *s, struct attribution *a) {
	uint32_t chain, behind = a->at + q->items.at[a->at].cue_items;
	a->source = source_before(q, s->from, a->at, &chain);
	bool has_source = a->source.to > a->source.from;
	uint32_t before = has_source ? a->source.from : chain;
	bool after_quote = before > s->from && (q->items.at[before - 1].quoted != NONE ||
		(before > s->from + 1 && q->items.at[before - 1].sign == ',' && item_quoted(q, before - 2, before)));
	if (!states(q, s, a->at, chain) && !(after_quote && (a->cue & CUE_DIRECT_MASK)))
		return to_say(q, s, a, behind);
	if ((a->cue & CUE_NOUN) && !(after_quote && !has_source) && !is_verb(q, s, a->at, a->source))
		return false;
	if ((a->cue & CUE_FORM_MASK) == CUE_ING && chain == a->at)
		return participle(q, s, a);
	if (!has_source && before > s->from && (q->items.at[before - 1].grammar == GRAMMAR_AND ||
		q->items.at[before - 1].grammar == GRAMMAR_BUT)) {
		a->same = heard(q, s);
		a->source = subject_of(q, s);
		return a->source.to > a->source.from && attribute_behind(q, s, a, behind);
	}
	if (!has_source) {
		a->source = source_behind(q, behind, s->to);
		if (a->source.to == a->source.from || before == s->from)
			return false;
		return (q->items.at[before - 1].sign == ',' || q->items.at[before - 1].quoted != NONE) &&
			attribute_before(q, s, a, before, a->source.to);
	}
	if (alone_in_commas(q, a->source) && item_grammar(q, behind, s->to) != GRAMMAR_THAT &&
		!((a->cue & CUE_INDIRECT_MASK) == CUE_INDIRECT3 && (a->cue & CUE_SAY)))
		return false;
	if (attribute_before(q, s, a, before, behind) || attribute_around(q, s, a, before, behind) ||
		attribute_behind(q, s, a, behind))
		return true;
	introduce(q, s, a, behind);
	return false;
}

/* ---- "according to" ---- */

/* Behind the comma that ends "according to X, citing Y,"; a title's own comma does too: "the journal “Tide,”". */
static uint32_t by_end(const struct quoting *q, uint32_t at, uint32_t to) {
	for (uint32_t i = at; i < to && i < at + 30; i++) {
		if (item_quoted(q, i, to)) {
			const struct quoted *s = &q->quoted.at[q->items.at[i].quoted];
			if (token_is_punct(&q->d->tokens.at[s->close - 1], ','))
				return i + 1;
		}
		if (!item_is(q, i, to, ','))
			continue;
		if (i + 1 < to && (q->items.at[i + 1].cue & CUE_FORM_MASK) == CUE_ING)
			continue;
		return i;
	}
	return to;
}

static bool is_used(struct quoting *q, struct item_range r) {
	for (uint32_t i = r.from; i < r.to; i++)
		if (q->items.at[i].quoted != NONE && quoted_at(q, i)->used)
			return true;
	return false;
}

/* "according to X": what stands before it, or behind where it begins a clause. */
static bool by_phrase(struct quoting *q, const struct utterance *s, struct attribution *a) {
	uint32_t behind = a->at + q->items.at[a->at].cue_items;
	a->source = source_behind(q, behind, s->to);
	if (a->source.to == a->source.from)
		return false;
	uint32_t from = a->at - (a->at > s->from && q->items.at[a->at - 1].sign == ',');
	uint8_t before = from > s->from ? q->items.at[from - 1].grammar : GRAMMAR_NONE;
	struct item_range r = {s->from, from};
	if (before == GRAMMAR_THAT || before == GRAMMAR_RELATIVE || from - s->from < 3 || !has_finite(q, s->from, from)) {
		uint32_t end = by_end(q, a->source.to, s->to);
		if (end + 1 >= s->to && !begins_noun(q, a->source.to, s->to))
			return false;
		if (begins_noun(q, a->source.to, s->to))
			end = a->source.to; /* "According to Park the plan …" */
		else if (q->items.at[end].sign != ',')
			a->source.to = end;
		r = (struct item_range){end, s->to};
	}
	if (is_used(q, r))
		return false;
	uint8_t kind = kind_of(q, r);
	speak(q, s, a);
	state_items(q, r, kind, &q->voice);
	return true;
}

/* "came to the conclusion that …": said by the sentence's subject. */
static bool noun(struct quoting *q, const struct utterance *s, struct attribution *a) {
	uint32_t behind = a->at + q->items.at[a->at].cue_items;
	if (a->at == s->from || item_grammar(q, behind, s->to) != GRAMMAR_THAT || !has_finite(q, behind + 1, s->to))
		return false;
	a->cue = CUE_SAY | CUE_INDIRECT1;
	a->source = subject_of(q, s);
	return a->source.to > a->source.from && a->source.to <= a->at && attribute_behind(q, s, a, behind);
}

bool attribute(struct quoting *q, const struct utterance *s, uint32_t at) {
	struct attribution a = {.at = at, .cue = q->items.at[at].cue};
	if (q->inside && !(a.cue & (CUE_SAY | CUE_TELL | CUE_THAT | CUE_HEAD)))
		return false;
	if (a.cue & CUE_BY)
		return by_phrase(q, s, &a);
	if ((a.cue & ~(CUE_INDIRECT_MASK | CUE_HEAD | CUE_NOUN)) && verb(q, s, &a))
		return true;
	return (a.cue & CUE_HEAD) && noun(q, s, &a);
}

void speak_subject(struct quoting *q, const struct utterance *s) {
	struct item_range source = subject_of(q, s);
	struct voice v = {.block = q->block, .speaker = NONE};
	if (source.to > source.from) {
		v.source = item_span(q, trimmed(q, source));
		v.speaker = speaker_of(q, v.source);
	}
	q->voice = v;
	q->sentence = s->number;
}
