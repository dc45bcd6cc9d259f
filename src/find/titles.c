/* An entry's title, with the series and kind that stand before it. An entry that is told in a sentence ("The Institute
 * hosts a forum titled …") has the title it quotes, else the sentence. */
#include "scheduled.h"

/* ---- small steps ---- */

static bool is_upper_word(const struct token *t) {
	return t->kind == TOKEN_WORD && t->shape == SHAPE_UPPER;
}

/* Words in `at`, and whether none of them is in small letters. */
static uint32_t count_words(const struct document *d, struct range at, bool *capitals) {
	uint32_t n = 0;
	*capitals = true;
	for (uint32_t i = at.from; i < at.to; i++) {
		if (d->tokens.at[i].kind != TOKEN_WORD)
			continue;
		n++;
		*capitals = *capitals && !(d->tokens.at[i].shape == SHAPE_LOWER || (d->tokens.at[i].shape == SHAPE_CAPITAL && d->tokens.at[i].end - d->tokens.at[i].begin > 1));
	}
	return n;
}

static bool is_joint(const struct token *t) {
	return t->kind == TOKEN_PUNCT && (is_ornament(t) || t->number == ',' || t->number == '.' || t->number == ';' || t->number == ':' || t->number == '-' ||
		t->number == '|' || t->number == '/' || t->number == ')' || t->number == '*' || t->number == 0xB7 || t->number == 0x2022 || t->number == ']');
}

/* The first token of `at` that is neither taken nor a separator. */
static uint32_t first_free(const struct reading *r, struct range at) {
	while (at.from < at.to && (is_taken(r, at.from) || is_joint(&r->d->tokens.at[at.from])))
		at.from++;
	return at.from;
}

static bool has_when_before(const struct reading *r, struct range at, uint32_t token) {
	for (uint32_t i = at.from; i < token; i++)
		if (r->taken[i - r->at.from] == TAKEN_WHEN)
			return true;
	return false;
}

/* A dash between spaces. */
static uint32_t find_dash(const struct document *d, struct range at) {
	for (uint32_t i = at.from + 1; i + 1 < at.to; i++)
		if (is_sign(d, i, at.to, '-') && is_spaced(d, i) && is_spaced(d, i + 1))
			return i;
	return at.to;
}

static bool is_connector(const struct reading *r, uint32_t at) {
	static const char *const words[] = {"on", "at", "from", "by", "in", "held", "will", "be", "and", "to", "takes", "place", "is", "for"};
	if (r->d->tokens.at[at].shape != SHAPE_LOWER)
		return false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_equal(token_text(r->d, at), str_from(words[i])))
			return true;
	return false;
}

/* ---- tags before a title ---- */

static void set_kind(struct reading *r, struct range at) {
	r->event->kind = range_words(r, at);
	r->event->spans.kind = range_span(r, at);
}

/* "(TRADE/MEXICO) FORUM --": an agency's topics and kind; the token behind them. */
static uint32_t skip_tags(struct reading *r, uint32_t at, uint32_t limit) {
	const struct document *d = r->d;
	uint32_t from = at;
	if (is_sign(d, at, limit, '(')) {
		uint32_t close = bracket_close(d, at, limit);
		bool capitals;
		if (close >= limit || count_words(d, (struct range){at, close}, &capitals) > 8 || !capitals)
			return at;
		uint32_t open = at;
		from = at = close + 1;
		uint32_t kind = at, n;
		while ((n = phrase_at(d, at, limit, WORD_SERIES_KIND, NULL))) /* "LUNCHEON DISCUSSION" */
			at += n;
		if (at > kind)
			set_kind(r, (struct range){kind, at});
		while (at < limit && is_joint(&d->tokens.at[at]))
			at++;
		take(r, (struct range){open, at}, TAKEN_ELSE);
		return at;
	}
	uint32_t n = is_upper_word(&d->tokens.at[at]) ? phrase_at(d, at, limit, WORD_TAG, NULL) : 0; /* "NEW EVENT:", "ADDED --" */
	if (n && (is_sign(d, at + n, limit, ':') || (is_sign(d, at + n, limit, '-') && is_spaced(d, at + n + 1)))) {
		take(r, (struct range){at, at + n + 1}, TAKEN_ELSE);
		return at + n + 1;
	}
	n = phrase_at(d, at, limit, WORD_SERIES_KIND, NULL);
	bool quoted = n && at + n + 1 < limit && d->tokens.at[at + n + 1].kind == TOKEN_PUNCT && d->tokens.at[at + n + 1].number == '"'; /* 'Talk - "Eels"' */
	if (n && (is_upper_word(&d->tokens.at[at]) || quoted) && is_sign(d, at + n, limit, '-') && is_spaced(d, at + n + 1)) {
		set_kind(r, (struct range){at, at + n});
		if (quoted)
			take(r, (struct range){at, at + n + 1}, TAKEN_ELSE);
		from = at + n + 1;
	}
	return from;
}

/* ---- a sentence that tells of an event ---- */

/* The verb by which somebody holds something, in small letters: its token, or at.to. */
static uint32_t find_verb(const struct document *d, struct range at, uint32_t *tokens) {
	bool name = false;
	for (uint32_t i = at.from; i < at.to && i < at.from + 40; i++) {
		const struct token *t = &d->tokens.at[i];
		if (t->kind == TOKEN_PUNCT && (t->flags & TOKEN_OPENS) && t->number == '"')
			return at.to;
		if (name && t->kind == TOKEN_WORD && t->shape == SHAPE_LOWER && (*tokens = phrase_at(d, i, at.to, WORD_HOLD_VERB, NULL)) &&
			i + *tokens < at.to && !is_sign(d, i - 1, at.to, '-'))
			return i;
		name = name || (t->kind == TOKEN_WORD && t->shape != SHAPE_LOWER && (t->shape != SHAPE_CAPITAL || i > at.from ||
			!word_is(t->word, WORD_FUNCTION, NULL)));
	}
	return at.to;
}

/* The words quoted right behind "titled", or as the thing held itself; empty where there are none. */
static struct range quoted_title(const struct document *d, struct range at, bool any) {
	bool called = any, part = false;
	for (uint32_t i = at.from; i < at.to; i++) {
		const struct token *t = &d->tokens.at[i];
		struct str word = token_text(d, i);
		if (t->kind == TOKEN_PUNCT && t->number == '"' && (t->flags & TOKEN_OPENS)) {
			uint32_t close = i + 1;
			while (close < at.to && !(d->tokens.at[close].kind == TOKEN_PUNCT && d->tokens.at[close].number == '"'))
				close++;
			uint32_t end = close;
			while (end > i + 1 && (is_sign(d, end - 1, at.to, ',') || is_sign(d, end - 1, at.to, '.')))
				end--;
			if ((called || !part) && close < at.to && end > i + 2)
				return (struct range){i + 1, end};
			called = false;
			i = close;
			continue;
		}
		called = str_equal_nocase(word, STR("titled")) || str_equal_nocase(word, STR("entitled")) || str_equal_nocase(word, STR("called")) ||
			str_equal_nocase(word, STR("named")) || (called && t->kind == TOKEN_PUNCT) || any;
		part = part || str_equal(word, STR("for")) || str_equal(word, STR("of")) || str_equal(word, STR("about")) || str_equal(word, STR("to")) ||
			str_equal(word, STR("with"));
	}
	return (struct range){0, 0};
}

/* The sentence up to the time it tells, where that stands behind what is held. */
static struct range without_time(const struct reading *r, struct range sentence) {
	uint32_t at = r->told.from;
	while (at < sentence.to && r->taken[at - r->at.from] != TAKEN_WHEN)
		at++;
	if (at >= sentence.to || at < r->told.from + 4)
		return sentence;
	sentence.to = at;
	while (sentence.to > r->told.from && (is_connector(r, sentence.to - 1) || is_joint(&r->d->tokens.at[sentence.to - 1])))
		sentence.to--;
	return sentence;
}

/* "… will take place", "… is held": the verb's token and its length, or at.to. */
static uint32_t find_place_verb(const struct document *d, struct range at, uint32_t *tokens) {
	for (uint32_t i = at.from + 1; i + 1 < at.to && i < at.from + 20; i++) {
		uint32_t will = is_word(d, i, at.to, "will"), be = i + will + is_word(d, i + will, at.to, "be");
		bool takes = (is_word(d, i + will, at.to, "take") || is_word(d, i + will, at.to, "takes")) && is_word(d, i + will + 1, at.to, "place");
		bool held = (be > i + will || is_word(d, i, at.to, "is") || is_word(d, i, at.to, "are")) && is_word(d, be + (be == i), at.to, "held");
		*tokens = takes ? will + 2 : be + (be == i) + 1 - i;
		if ((takes || held) && d->tokens.at[i].shape == SHAPE_LOWER)
			return i;
	}
	return at.to;
}

/* "Finally, our | annual general meeting": what takes place, without the words that lead to it. */
static struct range thing_named(const struct reading *r, struct range at) {
	static const char *const leads[] = {"our", "the", "its", "their", "a", "an", "this", "year's"};
	for (uint32_t i = at.from; i < at.to; i++)
		if (is_taken(r, i) || is_sign(r->d, i, at.to, ','))
			at.from = i + 1;
	for (size_t k = 0; k < sizeof leads / sizeof *leads; k++)
		at.from += is_word(r->d, at.from, at.to, leads[k]);
	return at;
}

/* "a lunch with Dr Pieter Vos": what "we" hold, up to a comma, its place or its time. */
static struct range thing_held(const struct reading *r, struct range told) {
	const struct document *d = r->d;
	uint32_t to = told.from + (is_word(d, told.from, told.to, "a") || is_word(d, told.from, told.to, "an") || is_word(d, told.from, told.to, "our") ||
		is_word(d, told.from, told.to, "the"));
	struct range at = {to, told.to};
	for (; to < told.to && !is_taken(r, to) && !is_sign(d, to, told.to, ',') && !is_stop(d, to, told.to); to++)
		if ((is_word(d, to, told.to, "at") || is_word(d, to, told.to, "in")) && to + 1 < told.to &&
			(is_word(d, to + 1, told.to, "the") || d->tokens.at[to + 1].shape >= SHAPE_CAPITAL))
			break;
	at.to = to;
	while (at.to > at.from && is_connector(r, at.to - 1))
		at.to--;
	return at;
}

static bool is_pronoun(const struct document *d, uint32_t at) {
	return is_word(d, at, at + 1, "we") || is_word(d, at, at + 1, "i") || is_word(d, at, at + 1, "they");
}

/* 'Ambassador Ruth Kamau will speak on "Red Sea Ports"': the verb of speaking before a quoted title, or at.to. */
static uint32_t find_speaking(const struct document *d, struct range at, uint32_t *tokens) {
	for (uint32_t i = at.from + 1; i < at.to && i < at.from + 40; i++)
		if (d->tokens.at[i].shape == SHAPE_LOWER && (*tokens = phrase_at(d, i, at.to, WORD_SPEAK_VERB, NULL)))
			return range_empty(quoted_title(d, (struct range){i + *tokens, at.to}, true)) ? at.to : i;
	return at.to;
}

/* The sentence that tells when, where one in front does not: "We announce three talks. On Tuesday, …". */
static struct range telling_sentence(const struct reading *r, struct range at) {
	const struct document *d = r->d;
	uint32_t tokens, from = at.from;
	if (at.to - at.from < 40)
		return at;
	for (uint32_t i = at.from; i < at.to; i++) {
		if (r->taken[i - r->at.from] == TAKEN_WHEN) {
			struct range sentence = {from, sentence_stop(d, (struct range){i, at.to})};
			bool told = from > at.from && (find_verb(d, sentence, &tokens) < sentence.to || find_speaking(d, sentence, &tokens) < sentence.to ||
				find_place_verb(d, sentence, &tokens) < sentence.to);
			return told ? (struct range){from, at.to} : at;
		}
		if (is_stop(d, i, at.to))
			from = i + 1;
	}
	return at;
}

static bool read_sentence(struct reading *r, struct range at, struct range *title) {
	const struct document *d = r->d;
	uint32_t tokens = 0, stop = sentence_stop(d, at);
	struct range sentence = {at.from, stop < at.to ? stop + 1 : at.to};
	uint32_t invitation = phrase_at(d, at.from, sentence.to, WORD_INVITATION, NULL);
	uint32_t verb = invitation ? at.from : find_verb(d, sentence, &tokens);
	bool speaking = verb >= sentence.to && (verb = find_speaking(d, sentence, &tokens)) < sentence.to;
	bool passive = verb >= sentence.to && (verb = find_place_verb(d, sentence, &tokens)) < sentence.to;
	if (verb >= sentence.to)
		return false;
	tokens = invitation ? invitation : tokens;
	/* the stop may stand inside the quotation that ends the sentence */
	if (sentence.to < at.to && (d->tokens.at[sentence.to].flags & TOKEN_CLOSES))
		sentence.to++;
	r->sentence = true;
	r->subject = (struct range){at.from, verb};
	r->told = (struct range){verb + tokens, sentence.to};
	*title = passive ? thing_named(r, r->subject) : quoted_title(d, r->told, invitation > 0 || speaking);
	if (range_empty(*title) && verb > at.from && is_pronoun(d, verb - 1))
		*title = thing_held(r, r->told);
	if (range_empty(*title))
		*title = range_trim(r, without_time(r, sentence));
	return true;
}

/* ---- where a title ends ---- */

/* A mark of emphasis or a link that begins at the title's first word is the title. */
static bool marked(const struct reading *r, struct range *at) {
	static const enum mark_kind kinds[] = {MARK_STRONG, MARK_LINK, MARK_EMPHASIS};
	struct span first = token_span(r->d, at->from, at->from);
	for (int k = 0; k < 3; k++) {
		uint32_t from = 0;
		const struct mark *mark;
		while ((mark = document_mark(r->d, kinds[k], first, &from))) {
			uint32_t end = document_token_at(r->d, mark->span.end);
			uint32_t begin = document_token_at(r->d, mark->span.begin);
			if (end > at->to || begin + 3 < at->from || end <= at->from)
				continue;
			at->to = end;
			return true;
		}
	}
	return false;
}

/* The end of the first stretch of words that nothing has taken. */
static uint32_t free_end(const struct reading *r, struct range at) {
	for (uint32_t i = at.from; i < at.to; i++) {
		uint8_t taken = r->taken[i - r->at.from];
		if ((taken && taken != TAKEN_STATUS) || is_sign(r->d, i, at.to, '|'))
			return i;
		if (i > at.from && (r->d->tokens.at[i].flags & TOKEN_LINE) && r->d->measure == 0 && !(r->d->tokens.at[i].flags & TOKEN_SPACE))
			return i;
	}
	return at.to;
}

/* Whether `at` is one short question that ends its line. */
static bool ends_in_question(const struct reading *r, struct range at) {
	return at.to - at.from <= 14 && is_sign(r->d, at.to - 1, at.to, '?') && sentence_stop(r->d, at) == at.to - 1 &&
		(r->d->tokens.at[at.to].flags & TOKEN_BLOCK);
}

/* A title of several sentences is in capitals, or is a question and what follows it. */
static uint32_t first_sentence(const struct reading *r, struct range at) {
	bool capitals;
	count_words(r->d, at, &capitals);
	if (capitals)
		return at.to;
	for (uint32_t i = at.from; i + 1 < at.to; i++) {
		if (!is_stop(r->d, i, at.to))
			continue;
		bool small;
		uint32_t rest = count_words(r->d, (struct range){i + 1, at.to}, &small);
		bool stop = is_sign(r->d, i, at.to, '.');
		if (stop && ends_in_question(r, (struct range){i + 1, at.to}))
			return at.to; /* "The War Is Over. What Now for the Harbour?" */
		bool quoted = i + 1 < at.to && r->d->tokens.at[i + 1].flags & TOKEN_CLOSES && !is_spaced(r->d, i + 1); /* “… the Passport.” */
		bool place = is_place(r->d, range_trim(r, (struct range){i + 1, sentence_stop(r->d, (struct range){i + 1, at.to})}));
		if (stop || rest > 9 || place)
			return i + 1 + quoted;
	}
	return at.to;
}

static bool ends_in_venue(const struct document *d, struct range at) {
	for (uint32_t i = at.from; i < at.to; i++)
		if (d->tokens.at[i].shape == SHAPE_LOWER)
			return false;
	return word_is(d->tokens.at[at.to - 1].word, WORD_PLACE_HEAD, NULL);
}

/* "Title, Galle Face Hotel, Colombo": where the place begins that follows the title, or at.to. */
static uint32_t place_behind(const struct reading *r, struct range at) {
	bool capitals;
	count_words(r->d, at, &capitals);
	for (uint32_t i = at.from + 1; i + 1 < at.to; i++) {
		if (!is_sign(r->d, i, at.to, ',') || capitals)
			continue;
		uint32_t comma = i + 1;
		while (comma < at.to && !is_sign(r->d, comma, at.to, ','))
			comma++;
		struct range first = {i + 1, comma}, rest = {i + 1, at.to};
		if (comma == at.to)
			first = without_mode(r, first);
		if (comma < at.to && rest.to - rest.from <= 14 && is_place(r->d, rest) && ends_in_venue(r->d, first)) /* "…, Cohoes Library, 169 Mohawk St." */
			return i;
		if (first.to - first.from <= 7 && is_place(r->d, first) && (comma < at.to || !is_organisation(r->d, first)))
			return i;
	}
	return at.to;
}

/* "Jazz Night (Carver Club, 1520 K St; $35)": where a bracket begins that holds the place, or at.to. */
static uint32_t place_in_bracket(const struct reading *r, struct range at) {
	uint32_t open = at.to;
	while (open > at.from + 1 && !is_sign(r->d, open - 1, at.to, '('))
		open--;
	if (open <= at.from + 1)
		return at.to;
	uint32_t end = bracket_close(r->d, open - 1, at.to);
	return end + 1 >= at.to && is_place(r->d, range_trim(r, (struct range){open, end < at.to ? end : at.to})) ? open - 1 : at.to;
}

/* "Title, with Ana Ruiz (author)": where the people begin that follow a title, or at.to. */
static uint32_t people_behind(const struct document *d, struct range at) {
	for (uint32_t i = at.from + 1; i + 2 < at.to; i++)
		if (is_sign(d, i, at.to, '"') && (d->tokens.at[i].flags & TOKEN_CLOSES) && is_sign(d, i + 1, at.to, ',') && names_people(d, (struct range){i + 2, at.to}))
			return i + 1; /* 'Lecture "Law of the Flood", Prof. Ineke Bos' */
		else if (is_sign(d, i, at.to, ',') || (d->tokens.at[i].flags & TOKEN_CLOSES)) {
			uint32_t verb = d->tokens.at[i + 1].shape == SHAPE_LOWER ? phrase_at(d, i + 1, at.to, WORD_PART_VERB, NULL) : 0;
			if (verb && person_at(d, i + 1 + verb, at.to) > 1)
				return i + !is_sign(d, i, at.to, ',');
		}
	return at.to;
}

/* "Title (Org)", "Title – Org": the organisation at a title's end, which is its sponsor. */
static struct range organisation_behind(const struct reading *r, struct range *title) {
	const struct document *d = r->d;
	struct range org = {0, 0};
	if (is_sign(d, title->to - 1, title->to, ')')) {
		uint32_t open = title->to - 1;
		while (open > title->from && !is_sign(d, open, title->to, '('))
			open--;
		if (open > title->from && is_organisation(d, (struct range){open + 1, title->to - 1})) {
			org = (struct range){open + 1, title->to - 1};
			title->to = open;
		}
		return org;
	}
	for (uint32_t i = title->to - 1; i > title->from + 1; i--) {
		if (!is_sign(d, i, title->to, '-') || i + 1 >= title->to || !is_spaced(d, i + 1))
			continue;
		struct range behind = {i + 1, title->to};
		if (behind.to - behind.from <= 8 && is_organisation(d, behind)) {
			title->to = i;
			return behind;
		}
		break;
	}
	return org;
}

/* 'Centre for Lakes: "Water after the Drought"': the house before a quoted title is its sponsor. */
static void house_before(struct reading *r, struct range *title) {
	const struct document *d = r->d;
	uint32_t colon = title->from;
	while (colon < title->to && !is_sign(d, colon, title->to, ':'))
		colon++;
	bool quoted = colon + 2 < title->to && d->tokens.at[colon + 1].number == '"' && d->tokens.at[colon + 1].kind == TOKEN_PUNCT;
	struct range house = {title->from, colon};
	if (!quoted || house.to - house.from < 2 || !is_organisation(d, house) || phrase_at(d, house.from, house.to, WORD_SERIES_KIND, NULL))
		return;
	sponsor_add(r, house, false);
	title->from = colon + 1;
}

/* ---- a lecturer before the title: "Name (Affiliation): Title" ---- */

/* Names that "and" joins, each alone or with its affiliation: "Ana Ruiz and Bo Lind (Columbia)". */
static bool are_people(const struct document *d, struct range at) {
	bool told = false;
	while (at.from < at.to) {
		uint32_t n = person_at(d, at.from, at.to);
		if (n < 2)
			return false;
		at.from += n;
		if (is_sign(d, at.from, at.to, '(')) {
			told = true;
			at.from = bracket_close(d, at.from, at.to) + 1;
		}
		if (at.from < at.to && !is_word(d, at.from, at.to, "and") && !is_sign(d, at.from, at.to, '&') && !is_sign(d, at.from, at.to, ','))
			return false;
		at.from++;
	}
	return told;
}

/* Several of them: 'Ana Ruiz (Lima) and Bo Lind (Lund): Roofs', 'Ana Ruiz and Bo Lind (Columbia), "Debt"'. */
static struct range people_before(const struct reading *r, struct range *title) {
	const struct document *d = r->d;
	uint32_t end = title->from, depth = 0;
	bool joined = false;
	for (; end < title->to && end < title->from + 40; end++) {
		const struct token *t = &d->tokens.at[end];
		depth += token_is_punct(t, '(');
		depth -= depth && token_is_punct(t, ')');
		joined = joined || (!depth && (is_word(d, end, title->to, "and") || token_is_punct(t, '&')));
		if (!depth && (token_is_punct(t, ':') || (t->kind == TOKEN_PUNCT && (t->number == '"' || t->number == '\'') && (t->flags & TOKEN_OPENS))))
			break;
	}
	struct range people = range_trim(r, (struct range){title->from, end});
	if (!joined || end + 1 >= title->to || end >= title->from + 40 || !(names_people(d, people) || are_people(d, people)))
		return (struct range){0, 0};
	title->from = end + is_sign(d, end, title->to, ':');
	return people;
}

static struct range person_before(const struct reading *r, struct range *title) {
	const struct document *d = r->d;
	uint32_t n = person_at(d, title->from, title->to), at = title->from + n;
	struct range none = {0, 0};
	if (n < 2 || at >= title->to)
		return none;
	struct range several = people_before(r, title);
	if (!range_empty(several))
		return several;
	if (is_sign(d, at, title->to, '(')) {
		at = bracket_close(d, at, title->to) + 1;
	} else if (is_sign(d, at, title->to, ',')) {
		uint32_t from = at + 1;
		while (at < title->to && !is_sign(d, at, title->to, ':') && !(d->tokens.at[at].number == '"' && (d->tokens.at[at].flags & TOKEN_OPENS)) &&
			!(is_sign(d, at, title->to, '-') && is_spaced(d, at)))
			at++;
		if (at >= title->to || !is_organisation(d, (struct range){from, at - is_sign(d, at - 1, title->to, ',')}))
			return none;
	} else {
		return none;
	}
	if (at + 1 >= title->to)
		return none;
	bool marked_off = is_sign(d, at, title->to, ':') || is_sign(d, at, title->to, '-') || is_sign(d, at, title->to, ',') || is_sign(d, at, title->to, '.') ||
		d->tokens.at[at].number == '"';
	if (!marked_off)
		return none;
	struct range person = {title->from, at};
	title->from = at + (d->tokens.at[at].number != '"');
	return person;
}

/* ---- a title's own parts ---- */

/* "BOOK TALK: …" is a kind, "… SERIES: …" a series. */
static void read_prefix(struct reading *r, struct range title) {
	const struct document *d = r->d;
	uint32_t colon = title.from;
	while (colon < title.to && !is_sign(d, colon, title.to, ':'))
		colon++;
	if (colon == title.to || colon == title.from)
		return;
	struct range before = {title.from, colon};
	if (str_equal_nocase(token_text(d, colon - 1), STR("series")) && !r->event->series.at) {
		r->event->series = range_words(r, before);
		r->event->spans.series = range_span(r, before);
	} else if (phrase_at(d, title.from, colon, WORD_SERIES_KIND, NULL) == colon - title.from && !r->event->kind.at) {
		set_kind(r, before);
	}
}

/* "Conference on ports (final day)": without a bracket that is a remark. */
static struct range without_remark(const struct document *d, struct range at) {
	if (at.to < at.from + 4 || !is_sign(d, at.to - 1, at.to, ')'))
		return at;
	uint32_t open = at.to - 1;
	while (open > at.from + 1 && !is_sign(d, open, at.to, '('))
		open--;
	if (is_sign(d, open, at.to, '(') && phrase_at(d, open + 1, at.to - 1, WORD_TAG, NULL) == at.to - 2 - open)
		at.to = open;
	return at;
}

static void set_title(struct reading *r, struct range at) {
	at = without_remark(r->d, at);
	if (!range_empty(at) && is_sign(r->d, at.to - 1, at.to, '.') && at.to - at.from > 1)
		at.to--;
	uint32_t words = at.from;
	while (words < at.to && r->d->tokens.at[words].kind == TOKEN_PUNCT)
		words++;
	if (words >= at.to || phrase_at(r->d, at.from, at.to, WORD_TO_BE, NULL) == at.to - at.from)
		return;
	r->event->title = range_words(r, at);
	r->event->spans.title = range_span(r, at);
	read_prefix(r, at);
	if (!r->sentence) /* a sentence is still to be read for who and where */
		take(r, at, TAKEN_TITLE);
}

/* Trims what cannot end or begin a title, but keeps brackets and quotation marks whole. */
static struct range trim_title(const struct reading *r, struct range at) {
	at.from = first_free(r, at);
	while (at.to > at.from) {
		const struct token *t = &r->d->tokens.at[at.to - 1];
		bool joint = t->kind == TOKEN_PUNCT && (t->number == ',' || t->number == ';' || t->number == ':' || t->number == '-' || t->number == '|' ||
			t->number == '(' || t->number == '/' || t->number == '*' || t->number == '[' || is_ornament(t));
		if (!joint && !is_taken(r, at.to - 1) && !(is_connector(r, at.to - 1)))
			break;
		at.to--;
	}
	return at;
}

/* Whether what stands at `at`, behind a title in quotation marks, is no part of it: a sign that parts, a remark, its author. */
static bool parts_title(const struct document *d, uint32_t at, uint32_t limit) {
	if (is_sign(d, at, limit, ',') || is_sign(d, at, limit, '(') || is_sign(d, at, limit, ';'))
		return true;
	if (is_word(d, at, limit, "by") || is_word(d, at, limit, "with"))
		return person_at(d, at + 1, limit) > 1;
	if (is_sign(d, at, limit, '-'))
		return at + 1 < limit && d->tokens.at[at + 1].shape < SHAPE_CAPITAL;
	return d->tokens.at[at].kind == TOKEN_NUMBER && d->tokens.at[at - 2].kind == TOKEN_PUNCT; /* '"Who Pays?" 12 Hill Road' */
}

/* '"Taxing Ships" - note the room', '"Gauge Wars", Hall 2': where a title in marks that is parted from what follows ends. */
static uint32_t quotation_end(const struct document *d, struct range title) {
	const struct token *open = &d->tokens.at[title.from];
	if (open->kind != TOKEN_PUNCT || (open->number != '"' && open->number != '\'') || !(open->flags & TOKEN_OPENS))
		return title.to;
	for (uint32_t i = title.from + 1; i < title.to; i++) {
		const struct token *t = &d->tokens.at[i];
		if (t->kind == TOKEN_PUNCT && t->number == open->number && (t->flags & TOKEN_CLOSES))
			return i > title.from + 2 && parts_title(d, i + 1, title.to) ? i + 1 : title.to;
	}
	return title.to;
}

static void finish(struct reading *r, struct range title) {
	title = trim_title(r, title);
	if (range_empty(title))
		return;
	house_before(r, &title);
	struct range person = person_before(r, &title);
	if (!range_empty(person))
		people_list(r, person, PART_SPEAKER, false, true);
	struct range org = organisation_behind(r, &title);
	if (!range_empty(org))
		sponsor_add(r, org, false);
	uint32_t end = quotation_end(r->d, title);
	if (end + 1 < title.to && is_word(r->d, end, title.to, "by")) /* '"Eels" by Dr Hal Brook' */
		people_list(r, (struct range){end + 1, end + 1 + person_at(r->d, end + 1, title.to)}, PART_SPEAKER, false, false);
	title.to = end;
	title.to = people_behind(r->d, title);
	title.to = place_in_bracket(r, title);
	title.to = place_behind(r, title);
	set_title(r, trim_title(r, title));
}

/* Whether the sentence behind `dash` tells the words before it again, as an agency's headline and its sentence do. */
static bool tells_again(const struct document *d, struct range at, uint32_t dash) {
	uint32_t again = 0;
	for (uint32_t i = at.from; i < dash; i++) {
		const struct token *t = &d->tokens.at[i];
		if (t->kind != TOKEN_WORD || t->end - t->begin < 4)
			continue;
		for (uint32_t k = dash + 1; k < at.to && k < dash + 40; k++)
			if (d->tokens.at[k].kind == TOKEN_WORD && str_equal_nocase(token_text(d, i), token_text(d, k))) {
				again++;
				break;
			}
	}
	return again > 1;
}

/* "Headline – longer sentence" behind a time. */
static bool is_headline(const struct reading *r, struct range at, uint32_t dash) {
	uint32_t tokens;
	bool capitals;
	if (dash >= at.to || dash - at.from > 24 || count_words(r->d, (struct range){dash, at.to}, &capitals) < 8)
		return dash < at.to && dash - at.from <= 24 && tells_again(r->d, at, dash);
	return (dash - at.from <= 16 && find_verb(r->d, (struct range){at.from, dash}, &tokens) >= dash) || tells_again(r->d, at, dash);
}

static bool has_dash(const struct document *d, struct range at) {
	return find_dash(d, at) < at.to;
}

/* "8 a.m. Albany — Senate committee …", "1:15 p.m., Troy — …": the token behind a town between the time and a dash. */
static uint32_t skip_dateline(struct reading *r, uint32_t at, uint32_t limit) {
	const struct document *d = r->d;
	uint32_t dash = at;
	while (dash < limit && dash < at + 4 && d->tokens.at[dash].kind == TOKEN_WORD && d->tokens.at[dash].shape != SHAPE_LOWER && !is_taken(r, dash))
		dash++;
	bool joined = at > r->at.from + 1 && is_sign(d, at - 1, limit, ',') && r->taken[at - 2 - r->at.from] == TAKEN_WHEN;
	bool dashed = at > r->at.from + 3 && is_sign(d, at - 1, limit, '-') && is_spaced(d, at - 1) && r->taken[at - 2 - r->at.from] == TAKEN_WHEN;
	if (dashed && dash > at && dash <= at + 2 && is_sign(d, dash, limit, '-') && is_spaced(d, dash) && !phrase_at(d, at, dash, WORD_SERIES_KIND, NULL) &&
		(is_place(d, (struct range){at, dash}) || has_dash(d, (struct range){r->at.from, at - 1}))) { /* "14/7 - 18:30 - Koper - Film" */
		r->dateline = (struct range){at, dash};
		take(r, r->dateline, TAKEN_PLACE);
		return dash + 1;
	}
	bool behind_time = joined || (at > r->at.from && r->taken[at - 1 - r->at.from] == TAKEN_WHEN);
	if (dash == at || !behind_time || !is_sign(d, dash, limit, '-') || !is_spaced(d, dash) || !(joined || is_place(d, (struct range){at, dash})))
		return at;
	r->dateline = (struct range){at, dash};
	take(r, r->dateline, TAKEN_PLACE);
	return dash + 1;
}

/* "Hotel Bristol (breakfast served)" without the remark. */
static struct range without_bracket(const struct document *d, struct range at) {
	uint32_t open = at.to - 1;
	while (open > at.from && is_sign(d, at.to - 1, at.to, ')') && !is_sign(d, open, at.to, '('))
		open--;
	if (open > at.from && is_sign(d, open, at.to, '('))
		at.to = open;
	return at;
}

/* Whether a line without a label stands below `at` that may be the title. */
static bool has_line_below(const struct reading *r, struct range at) {
	for (uint32_t i = 0; i < r->pieces.count; i++) {
		const struct piece *piece = &r->pieces.at[i];
		if (piece->at.from >= at.to && piece->line && piece->label == LABEL_NONE && !range_empty(range_trim(r, piece->at)))
			return true;
	}
	return false;
}

/* Of fields between bars, where the first begins that is not a house, a place or people: "10:00 | Town Hall | The Price of Gravel". */
static uint32_t titled_field(struct reading *r, const struct piece *piece, struct range at) {
	uint32_t from = at.from;
	bool bars = false;
	for (uint32_t i = piece->at.from; i < at.from; i++) /* behind the day and the hour */
		bars = bars || is_sign(r->d, i, at.from, '|');
	for (uint32_t i = at.from; i <= at.to; i++) {
		bool bar = is_sign(r->d, i, at.to, '|');
		if (i < at.to && !bar)
			continue;
		struct range field = range_trim(r, (struct range){from, i});
		bars = bars || bar;
		bool kind = !range_empty(field) && phrase_at(r->d, field.from, field.to, WORD_SERIES_KIND, NULL) == field.to - field.from;
		if (kind && bar && !r->event->kind.at)
			set_kind(r, field);
		bool place = !range_empty(field) && is_place(r->d, without_bracket(r->d, field));
		if (!range_empty(field) && !kind && !is_organisation(r->d, field) && !place && !names_people(r->d, field))
			return bars ? field.from : at.from;
		from = i + 1;
	}
	return bars && (r->event->kind.at || has_line_below(r, at)) ? at.to : at.from;
}

/* "On Tuesday …", "From Monday 3 to …". */
static bool leads_to_time(const struct document *d, uint32_t at) {
	static const char *const words[] = {"on", "from", "between", "at", "until", "every", "starting"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (is_word(d, at, at + 1, words[i]))
			return true;
	return false;
}

/* "1. …", "(2) …" of a numbered list. */
static uint32_t behind_number(const struct reading *r, const struct piece *piece) {
	const struct document *d = r->d;
	uint32_t at = piece->at.from + (is_sign(d, piece->at.from, piece->at.to, '(') || is_sign(d, piece->at.from, piece->at.to, '['));
	bool number = at + 2 < piece->at.to && d->tokens.at[at].kind == TOKEN_NUMBER && d->tokens.at[at].digits <= 3 && !is_taken(r, at) &&
		(is_sign(d, at + 1, piece->at.to, '.') || is_sign(d, at + 1, piece->at.to, ')') || is_sign(d, at + 1, piece->at.to, ']')) && is_spaced(d, at + 2);
	return number && (d->tokens.at[piece->at.from].flags & TOKEN_BLOCK) ? at + 2 : piece->at.from;
}

/* 'Institute for Dunes, 1:00 p.m., "Who Owns the Sand?"': the token behind an organisation and the time that follows it, where what
 * follows is what it holds; else `from`. The organisation is its sponsor. */
static uint32_t behind_house(struct reading *r, const struct piece *piece, uint32_t from) {
	const struct document *d = r->d;
	uint32_t time = from;
	while (time < piece->at.to && !is_taken(r, time) && !is_stop(d, time, piece->at.to))
		time++;
	struct range house = range_trim(r, (struct range){from, time});
	if (time >= piece->at.to || r->taken[time - r->at.from] != TAKEN_WHEN || time == from || !is_sign(d, time - 1, time, ',') ||
		has_when_before(r, piece->at, from) || range_empty(house) || !is_organisation(d, house))
		return from;
	uint32_t behind = first_free(r, (struct range){time, piece->at.to});
	if (behind >= piece->at.to || !is_sign(d, behind - 1, behind, ',') || is_place(d, range_trim(r, (struct range){behind, sentence_stop(d, (struct range){behind, piece->at.to})})))
		return from;
	sponsors_list(r, house, true, false);
	take(r, house, TAKEN_SPONSOR);
	return behind;
}

static bool read_piece(struct reading *r, const struct piece *piece) {
	const struct document *d = r->d;
	uint32_t from = first_free(r, (struct range){behind_number(r, piece), piece->at.to});
	if (from < piece->at.to && is_connector(r, from)) /* "On Tuesday …" */
		from = first_free(r, (struct range){from + 1, piece->at.to});
	while (from < piece->at.to && leads_to_time(d, from) && is_taken(r, from + 1))
		from = first_free(r, (struct range){from + 1, piece->at.to});
	from = behind_house(r, piece, from);
	from = skip_tags(r, from, piece->at.to);
	from = skip_dateline(r, first_free(r, (struct range){from, piece->at.to}), piece->at.to);
	from = first_free(r, (struct range){from, piece->at.to});
	struct range at = {titled_field(r, piece, (struct range){from, piece->at.to}), piece->at.to}, title;
	if (range_empty(at))
		return false;
	if (marked(r, &at)) {
		at.to = free_end(r, at);
		finish(r, at);
		return r->event->title.at != NULL;
	}
	bool when_first = has_when_before(r, piece->at, from);
	uint32_t dash = when_first ? find_dash(d, (struct range){from, sentence_stop(d, at)}) : at.to;
	if (when_first && is_headline(r, (struct range){from, sentence_stop(d, at)}, dash)) {
		read_sentence(r, (struct range){dash + 1, at.to}, &title);
		finish(r, (struct range){from, dash});
		return true;
	}
	if (d->blocks.at[piece->block].kind != BLOCK_HEADING && read_sentence(r, telling_sentence(r, at), &title)) {
		set_title(r, title);
		return true;
	}
	at.to = free_end(r, at);
	at.to = first_sentence(r, at);
	finish(r, at);
	return r->event->title.at != NULL;
}

/* "[MUSIC]" above the title: what sort of event it is. */
static bool is_kicker(const struct reading *r, uint32_t index) {
	struct range at = r->pieces.at[index].at;
	return r->pieces.at[index].line && index + 1 < r->pieces.count && at.to - at.from >= 3 && at.to - at.from <= 6 && is_sign(r->d, at.from, at.to, '[') &&
		bracket_close(r->d, at.from, at.to) + 1 == at.to;
}

/* A line of names above the line that may be the title: "Dr Ana Ruiz (University of Lima)" / "Salt and Sovereignty". */
static bool is_line_of_names(const struct reading *r, uint32_t index) {
	const struct piece *piece = &r->pieces.at[index];
	if (!piece->line || !names_people(r->d, range_trim(r, piece->at)))
		return false;
	for (uint32_t i = index + 1; i < r->pieces.count; i++) {
		const struct piece *below = &r->pieces.at[i];
		struct range at = range_trim(r, below->at);
		if (below->label == LABEL_NONE && below->line && !range_empty(at) && !names_people(r->d, at) && r->d->tokens.at[at.from].shape != SHAPE_LOWER)
			return true;
	}
	return false;
}

/* Whether the entry begins with a heading of the form that names it; "What:" below then tells more of it. A "Title:" names it better. */
static bool has_heading(const struct reading *r) {
	const struct document *d = r->d;
	const struct block *first = &d->blocks.at[r->entry->block];
	uint32_t limit = first->token + first->tokens;
	if (first->kind != BLOCK_HEADING || phrase_at(d, first->token, limit, WORD_SERIES_KIND, NULL) == first->tokens || first->tokens < 3)
		return false;
	for (uint32_t i = r->at.from; i + 1 < r->at.to; i++)
		if (r->taken[i - r->at.from] == TAKEN_LABEL && is_word(d, i, r->at.to, "title"))
			return false;
	return true;
}

void title_read(struct reading *r) {
	uint32_t at = 0;
	const struct piece *piece;
	while ((piece = piece_next(r, LABEL_SERIES, &at)) && !r->event->series.at) {
		struct range series = range_trim(r, piece->at);
		r->event->series = range_words(r, series);
		r->event->spans.series = range_span(r, series);
		take(r, piece->at, TAKEN_ELSE);
	}
	at = 0;
	bool headed = has_heading(r);
	while (!headed && (piece = piece_next(r, LABEL_TITLE, &at)) && !r->event->title.at) {
		if (!range_empty(piece->at))
			read_piece(r, piece);
		struct range open = range_trim(r, piece->at);
		if (!r->event->title.at && !range_empty(open)) { /* "Title: TBC" */
			r->event->title = range_words(r, open);
			r->event->spans.title = range_span(r, open);
		}
	}
	for (uint32_t i = 0; i < r->pieces.count && !r->event->title.at; i++) {
		if (r->pieces.at[i].label != LABEL_NONE)
			continue;
		if (is_kicker(r, i))
			take(r, r->pieces.at[i].at, TAKEN_ELSE);
		else if (is_line_of_names(r, i))
			people_list(r, range_trim(r, r->pieces.at[i].at), PART_SPEAKER, false, true);
		else
			read_piece(r, &r->pieces.at[i]);
	}
}
