/* The people of an entry: "Name, role, unit, org; Name (org); …" behind a label, or told of in a sentence. */
#include "cues.h"
#include "scheduled.h"

/* ---- names ---- */

struct name_read {
	struct range honorific, name;
	uint32_t end; /* behind the name and what clings to it: ", Ph.D.", "(ret.)" */
};

static bool is_capital(const struct token *t) {
	return t->kind == TOKEN_WORD && t->shape != SHAPE_LOWER && t->shape != SHAPE_NONE;
}

/* "van", "de", "al", "bin" between two parts of a name. */
static bool is_particle(const struct document *d, uint32_t at, uint32_t limit) {
	if (at + 1 >= limit || d->tokens.at[at].shape != SHAPE_LOWER ||
		!(is_capital(&d->tokens.at[at + 1]) || d->tokens.at[at + 1].shape == SHAPE_LOWER || is_sign(d, at + 1, limit, '-')))
		return false;
	return word_is(d->tokens.at[at].word, WORD_PARTICLE, NULL);
}

/* "(R-ND)", "(I-Maine)", "(D)": the party and state of a member of a parliament; the token behind it, or `at`. */
static uint32_t skip_party(const struct document *d, uint32_t at, uint32_t limit) {
	if (!is_sign(d, at, limit, '(') || at + 2 >= limit || d->tokens.at[at + 1].shape != SHAPE_UPPER || d->tokens.at[at + 1].end - d->tokens.at[at + 1].begin != 1)
		return at;
	uint32_t close = bracket_close(d, at, limit);
	bool state = is_sign(d, at + 2, limit, '-') && close <= at + 6 && phrase_at(d, at + 3, close, WORD_REGION, NULL) == close - at - 3;
	return close + 1 < limit && (state || close == at + 2) && is_sign(d, close + 1, limit, ',') ? close + 1 : at; /* alone it is his role */
}

/* A bracket that tells of a rank's end or branch: "(ret.)", "(USMC, Ret.)"; the token behind it, or `at`. */
static uint32_t skip_retired(const struct document *d, uint32_t at, uint32_t limit) {
	if (!is_sign(d, at, limit, '('))
		return at;
	uint32_t close = bracket_close(d, at, limit);
	if (close >= limit || close - at > 9)
		return at;
	for (uint32_t i = at + 1; i < close; i++) {
		int32_t where;
		if (word_is(d->tokens.at[i].word, WORD_HONORIFIC, &where) && where == 2)
			return close + 1;
	}
	return at;
}

static uint32_t honorific_at(const struct document *d, uint32_t at, uint32_t limit) {
	int32_t where = 0;
	if (at >= limit || !is_capital(&d->tokens.at[at]))
		return 0;
	uint32_t n = phrase_at(d, at, limit, WORD_RANK, NULL), m = phrase_at(d, at, limit, WORD_HONORIFIC, &where);
	if (m && where == 1 && m > n)
		n = m;
	if (n && (d->tokens.at[at + n - 1].flags & TOKEN_POSSESSIVE)) /* "King's College" */
		return 0;
	if (n == 1 && is_word(d, at, limit, "he") && !(d->tokens.at[at].flags & TOKEN_DOTTED))
		return 0;
	if (n && d->tokens.at[at].end - d->tokens.at[at].begin == 1 && n == 1)
		return 0;
	if (!n) /* "H.E." where the vocabulary has no such word */
		n = str_equal(token_text(d, at), STR("H.E.")) ? 1 : 0;
	return n;
}

static uint32_t skip_honorifics(const struct document *d, uint32_t at, uint32_t limit) {
	uint32_t n;
	for (;;) {
		if ((n = honorific_at(d, at, limit))) {
			at += n;
			if (is_sign(d, at, limit, '.') && !is_spaced(d, at))
				at++;
		} else if ((n = skip_retired(d, at, limit)) > at) {
			at = n;
		} else {
			return at;
		}
	}
}

/* ", Ph.D., MBA", "(USN, ret.)" behind a name. */
static uint32_t skip_suffixes(const struct document *d, uint32_t at, uint32_t limit) {
	for (;;) {
		int32_t where;
		uint32_t comma = is_sign(d, at, limit, ',') ? 1 : 0;
		uint32_t n = phrase_at(d, at + comma, limit, WORD_HONORIFIC, &where);
		bool office = comma && at + 1 < limit && d->tokens.at[at + 1].shape == SHAPE_UPPER && !(d->tokens.at[at + 1].flags & TOKEN_DOTTED) &&
			word_is(d->tokens.at[at + 1].word, WORD_ROLE, NULL); /* ", MEP" tells what he is */
		if (n && where == 2 && is_capital(&d->tokens.at[at + comma]) && !office) {
			at += comma + n;
			if (is_sign(d, at, limit, '.') && !is_spaced(d, at) && !is_stop(d, at, limit))
				at++;
			continue;
		}
		uint32_t behind = skip_retired(d, at, limit);
		behind = behind == at ? skip_party(d, at, limit) : behind;
		if (behind == at)
			return at;
		at = behind;
	}
}

/* Words that are no part of a name although they begin with a capital. */
static bool is_other_word(const struct document *d, uint32_t at) {
	const struct token *t = &d->tokens.at[at];
	return word_is_any(t->word, (uint64_t)1 << WORD_ROLE | (uint64_t)1 << WORD_FUNCTION | (uint64_t)1 << WORD_MONTH | (uint64_t)1 << WORD_WEEKDAY) &&
		!word_is(t->word, WORD_GIVEN_NAME, NULL) && t->end - t->begin > 1;
}

/* "Angus King", "Richard J. Baker": a calling is a surname right behind a given name, where the name ends with it. */
static bool is_surname(const struct document *d, uint32_t from, uint32_t at, uint32_t limit) {
	uint32_t given = at;
	while (given > from && (is_sign(d, given - 1, limit, '.') || d->tokens.at[given - 1].end - d->tokens.at[given - 1].begin <= 2))
		given--;
	bool ends = at + 1 >= limit || (d->tokens.at[at + 1].kind == TOKEN_PUNCT && d->tokens.at[at + 1].number != '-') ||
		d->tokens.at[at + 1].shape == SHAPE_LOWER;
	return ends && given == from + 1 && word_is(d->tokens.at[from].word, WORD_GIVEN_NAME, NULL) &&
		d->tokens.at[at].shape == d->tokens.at[from].shape && word_is(d->tokens.at[at].word, WORD_ROLE, NULL);
}

/* "CBE" behind a name. */
static bool is_letters_behind(const struct document *d, uint32_t from, uint32_t at) {
	const struct token *t = &d->tokens.at[at];
	int32_t where;
	return at > from + 1 && t->shape == SHAPE_UPPER && d->tokens.at[at - 1].shape != SHAPE_UPPER && word_is(t->word, WORD_HONORIFIC, &where) && where == 2;
}

/* How many tokens the name's next part takes at `at`; 0 where the name ends. */
static uint32_t part_at(const struct document *d, uint32_t from, uint32_t at, uint32_t limit) {
	const struct token *t = &d->tokens.at[at];
	if (at >= limit || (at > from && (t->flags & TOKEN_BLOCK)) || is_letters_behind(d, from, at))
		return 0;
	if (at == from && phrase_at(d, at, limit, WORD_INVITATION, NULL)) /* "Join Ana Ruiz" */
		return 0;
	if (is_capital(t) && (!is_other_word(d, at) || is_surname(d, from, at, limit))) {
		bool initial = t->end - t->begin == 1 && is_sign(d, at + 1, limit, '.') && !is_spaced(d, at + 1);
		return initial ? 2 : 1;
	}
	if (at > from && t->kind == TOKEN_PUNCT && t->number == '-' && !is_spaced(d, at) && at + 1 < limit && !is_spaced(d, at + 1) &&
		d->tokens.at[at + 1].kind == TOKEN_WORD)
		return 2;
	if (at > from && t->kind == TOKEN_PUNCT && t->number == '"' && (t->flags & TOKEN_OPENS) && at + 2 < limit && is_capital(&d->tokens.at[at + 1]) &&
		d->tokens.at[at + 2].number == '"' && d->tokens.at[at + 2].kind == TOKEN_PUNCT)
		return 3;
	return is_particle(d, at, limit) ? 1 : 0;
}

static struct name_read name_read(const struct document *d, uint32_t at, uint32_t limit) {
	struct name_read r = {.honorific = {at, skip_honorifics(d, at, limit)}};
	uint32_t i = r.honorific.to, n, words = 0;
	while (words < 7 && (n = part_at(d, r.honorific.to, i, limit))) {
		i += n;
		words++;
	}
	if (i == r.honorific.to && r.honorific.to > at) { /* "General" may itself be the name's first word, or no honorific at all */
		r.honorific.to = at;
		return r;
	}
	r.name = (struct range){r.honorific.to, i};
	if (is_sign(d, i, limit, ',') && (is_word(d, i + 1, limit, "jr") || is_word(d, i + 1, limit, "sr") || is_word(d, i + 1, limit, "jr."))) {
		r.name.to = i = i + 2;
		if (is_sign(d, i, limit, '.') && !is_spaced(d, i))
			r.name.to = ++i;
	} else if (i > at && (is_word(d, i - 1, limit, "jr") || is_word(d, i - 1, limit, "sr")) && is_sign(d, i, limit, '.') && !is_stop(d, i, limit)) {
		r.name.to = ++i;
	}
	r.end = skip_suffixes(d, i, limit);
	return r;
}

static uint32_t name_words(const struct document *d, struct range name) {
	uint32_t n = 0;
	for (uint32_t i = name.from; i < name.to; i++)
		n += is_capital(&d->tokens.at[i]) && /* the second half of Jean-Luc is no word, that of al-Jubouri is */
			(i < name.from + 2 || !is_sign(d, i - 1, name.to, '-') || !is_capital(&d->tokens.at[i - 2]));
	return n;
}

/* "Russell Senate Office Building", "Wilson Center": a house that bears somebody's name. "Jane Hall" bears it herself. */
static bool names_house(const struct document *d, struct range name, uint32_t words) {
	uint32_t last = d->tokens.at[name.to - 1].word;
	if (word_is(last, WORD_ORG_HEAD, NULL))
		return true;
	return words > 2 && (word_is(last, WORD_PLACE_HEAD, NULL) || word_is(last, WORD_ORG_TAIL, NULL));
}

/* Whether words in capitals read as a person, not as an organisation or a place. */
static bool reads_as_person(const struct document *d, const struct name_read *r) {
	uint32_t words = name_words(d, r->name);
	bool honoured = r->honorific.to > r->honorific.from;
	if (!words || (words == 1 && !honoured))
		return false;
	if (honoured || (word_is(d->tokens.at[r->name.from].word, WORD_GIVEN_NAME, NULL) && !names_house(d, r->name, words)))
		return true;
	static const enum word_class places[] = {WORD_COUNTRY, WORD_CITY, WORD_REGION};
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (phrase_at(d, r->name.from, r->name.to, places[i], NULL) == r->name.to - r->name.from)
			return false;
	uint32_t upper = 0;
	for (uint32_t i = r->name.from; i < r->name.to; i++) {
		if (word_is_any(d->tokens.at[i].word, (uint64_t)1 << WORD_ORG_HEAD | (uint64_t)1 << WORD_ORG_TAIL | (uint64_t)1 << WORD_MODE))
			return false;
		upper += d->tokens.at[i].shape == SHAPE_UPPER && d->tokens.at[i].end - d->tokens.at[i].begin > 1 && !(d->tokens.at[i].flags & TOKEN_DOTTED);
	}
	return upper < words || words > 1;
}

uint32_t person_at(const struct document *d, uint32_t at, uint32_t limit) {
	if (at >= limit)
		return 0;
	struct name_read r = name_read(d, at, limit);
	return reads_as_person(d, &r) ? r.end - at : 0;
}

static bool block_has_verb(const struct document *d, struct range at) {
	for (uint32_t i = at.from; i < at.to && !is_sign(d, i, at.to, ';'); i++)
		if (d->tokens.at[i].shape == SHAPE_LOWER && (phrase_at(d, i, at.to, WORD_HOLD_VERB, NULL) || phrase_at(d, i, at.to, WORD_SPEAK_VERB, NULL)))
			return true;
	return false;
}

/* Whether "Ana Ruiz" at the head of `at` is surely a person: the name is a known one or honoured, or what follows it behind a
 * sign is a role or an organisation. */
static bool surely_person(const struct document *d, const struct name_read *name, uint32_t limit) {
	if (!range_empty(name->honorific) || word_is(d->tokens.at[name->name.from].word, WORD_GIVEN_NAME, NULL))
		return true;
	if (!is_sign(d, name->end, limit, ',') && !is_sign(d, name->end, limit, '('))
		return false;
	for (uint32_t i = name->end + 1; i < limit && i < name->end + 6; i++)
		if (word_is_any(d->tokens.at[i].word, (uint64_t)1 << WORD_ROLE | (uint64_t)1 << WORD_ORG_HEAD))
			return true;
	return false;
}

/* Names and nothing else: "Ana Ruiz, Bo Lind and Cy Park". */
static bool is_names(const struct document *d, struct range at) {
	uint32_t names = 0, sure = 0;
	while (at.from < at.to) {
		struct name_read name = name_read(d, at.from, at.to);
		if (!reads_as_person(d, &name) || name_words(d, name.name) > 4)
			return false;
		names++;
		sure += surely_person(d, &name, name.end);
		at.from = name.end;
		if (at.from < at.to && !is_sign(d, at.from, at.to, ',') && !is_word(d, at.from, at.to, "and") && !is_sign(d, at.from, at.to, '&'))
			return false;
		while (is_sign(d, at.from, at.to, ',') || is_word(d, at.from, at.to, "and") || is_sign(d, at.from, at.to, '&'))
			at.from++;
	}
	return sure * 2 > names || (names > 2 && sure);
}

bool names_people(const struct document *d, struct range at) {
	struct range whole = at;
	int32_t value;
	uint32_t titles = at.from + 4 < at.to ? at.from + 4 : at.to;
	for (uint32_t i = at.from; i < titles && d->tokens.at[i].kind == TOKEN_WORD; i++) /* "Emerita Professor Jane Roe" */
		if (word_is(d->tokens.at[i].word, WORD_ROLE, NULL) && d->tokens.at[i].shape == SHAPE_CAPITAL && honorific_at(d, i, at.to))
			at.from = i;
	struct name_read name = name_read(d, at.from, at.to);
	if (!reads_as_person(d, &name) || name_words(d, name.name) > 5 || (name_words(d, name.name) < 2 && range_empty(name.honorific)))
		return false;
	for (uint32_t i = at.from; i < at.to; i++)
		if (is_sign(d, i, at.to, ':') || is_sign(d, i, at.to, '?') || is_sign(d, i, at.to, '"') || is_sign(d, i, at.to, '!'))
			return false;
	if (name.end >= at.to || is_names(d, whole))
		return name.end < at.to || surely_person(d, &name, at.to);
	if (is_sign(d, name.end, at.to, '(')) {
		uint32_t close = bracket_close(d, name.end, at.to);
		bool list = close + 1 >= at.to || is_sign(d, close + 1, at.to, ',') || is_sign(d, close + 1, at.to, ';') || is_word(d, close + 1, at.to, "and");
		return close < at.to && list && !phrase_at(d, name.end + 1, close, WORD_MODE, &value) && surely_person(d, &name, at.to);
	}
	if (is_sign(d, name.end, at.to, ',') && name.end + 1 < at.to && d->tokens.at[name.end + 1].kind == TOKEN_NUMBER)
		return false; /* "Hollis Hall, 12 Quincy Lane" */
	if (is_sign(d, name.end, at.to, ';')) /* "Ana Ruiz; Bo Lind, Fellow, Institute" */
		return surely_person(d, &name, at.to) || names_people(d, (struct range){name.end + 1, at.to});
	return is_sign(d, name.end, at.to, ',') && surely_person(d, &name, at.to) && !block_has_verb(d, (struct range){name.end, at.to});
}

/* ---- one person ---- */

static struct range trim_role(const struct reading *r, struct range at) {
	at = range_trim(r, at);
	while (at.to > at.from && (is_word(r->d, at.to - 1, at.to, "and") || is_sign(r->d, at.to - 1, at.to, ',') || is_sign(r->d, at.to - 1, at.to, '&')))
		at.to--;
	while (at.to > at.from && is_word(r->d, at.from, at.to, "and"))
		at.from++;
	return at;
}

/* A clause that tells more of somebody: "who served there until 2009", "as she shares what she found". */
static bool begins_clause(const struct document *d, uint32_t at, uint32_t limit) {
	int32_t grammar = GRAMMAR_NONE;
	if (d->tokens.at[at].shape != SHAPE_LOWER)
		return false;
	return is_word(d, at, limit, "who") || is_word(d, at, limit, "whose") || (is_word(d, at, limit, "as") && at + 1 < limit &&
		word_is(d->tokens.at[at + 1].word, WORD_GRAMMAR, &grammar) && grammar == GRAMMAR_PERSON);
}

static struct range without_clause(const struct document *d, struct range at) {
	for (uint32_t i = at.from; i < at.to; i++)
		if (begins_clause(d, i, at.to))
			at.to = i;
	return at;
}

static void add_role(struct reading *r, struct person *person, struct range at) {
	int32_t part;
	at = trim_role(r, without_clause(r->d, at));
	if (range_empty(at))
		return;
	if (phrase_at(r->d, at.from, at.to, WORD_PART, &part) == at.to - at.from && part != PART_AUTHOR) { /* "Ana Ruiz (CSIS), moderator" */
		person->part = (uint8_t)part;
		person->part_stated = true;
		return;
	}
	struct role *role = array_push(r->f->record->arena, &person->roles);
	*role = (struct role){.text = range_words(r, at), .span = range_span(r, at)};
	/* "Inc." keeps its stop, a sentence's is not the role's */
	if (person->span.end < role->span.end)
		person->span.end = role->span.end;
	if (role->span.begin < person->span.begin)
		person->span.begin = role->span.begin;
}

/* "(moderator)" at the end of `at`: takes it off and sets the part. */
static bool take_part(const struct document *d, struct range *at, uint8_t *part) {
	if (range_empty(*at) || !is_sign(d, at->to - 1, at->to, ')'))
		return false;
	uint32_t open = at->to - 1;
	int32_t value;
	while (open > at->from && !is_sign(d, open, at->to, '('))
		open--;
	uint32_t n = phrase_at(d, open + 1, at->to - 1, WORD_PART, &value);
	if (!n || open + 1 + n != at->to - 1)
		return false;
	*part = (uint8_t)value;
	at->to = open;
	return true;
}

/* What stands behind a name in roles: "(CSIS), fellow", ", role, org", " of org". */
static void read_roles(struct reading *r, struct person *person, struct range at) {
	const struct document *d = r->d;
	if (range_empty(at))
		return;
	if (is_sign(d, at.from, at.to, '(')) {
		uint32_t close = bracket_close(d, at.from, at.to);
		add_role(r, person, (struct range){at.from + 1, close < at.to ? close : at.to});
		if (close + 1 < at.to)
			read_roles(r, person, (struct range){close + 1, at.to});
		return;
	}
	if (is_word(d, at.from, at.to, "of") || is_word(d, at.from, at.to, "from") || is_word(d, at.from, at.to, "at")) {
		at.from++;
		if (is_word(d, at.from, at.to, "the"))
			at.from++;
	}
	add_role(r, person, at);
}

static struct person *add_person(struct reading *r, const struct name_read *name, uint8_t part, bool stated) {
	struct str text = range_words(r, name->name);
	for (uint32_t i = 0; i < r->event->people.count; i++)
		if (str_equal_nocase(r->event->people.at[i].name, text))
			return &r->event->people.at[i];
	struct person *person = array_push(r->f->record->arena, &r->event->people);
	*person = (struct person){.name = text, .part = part, .part_stated = stated, .name_span = range_span(r, name->name)};
	if (name->honorific.to > name->honorific.from)
		person->honorific = range_words(r, name->honorific);
	person->span = range_span(r, (struct range){name->honorific.from, name->end});
	return person;
}

/* ---- a list ---- */

struct list {
	struct reading *r;
	uint8_t part, first_part;
	bool stated, plural;
	bool commas; /* no semicolon parts them: commas may */
	uint32_t count;
	struct person *last; /* roles without a name are this one's */
};

/* "Moderator Jane Roe", "chair: Jane Roe", "moderated by Jane Roe": the tokens before the name. */
static uint32_t part_before(const struct document *d, struct range at, uint8_t *part) {
	int32_t value;
	uint32_t n = phrase_at(d, at.from, at.to, WORD_PART, &value), m = phrase_at(d, at.from, at.to, WORD_PART_VERB, NULL);
	if (m > n)
		n = phrase_at(d, at.from, at.to, WORD_PART_VERB, &value);
	if (!n || at.from + n >= at.to)
		return 0;
	uint32_t end = at.from + n;
	end += is_sign(d, end, at.to, '.') && !is_spaced(d, end); /* "mod. Jane Roe" */
	if (is_sign(d, end, at.to, ':') || is_sign(d, end, at.to, '-'))
		end++;
	else if (!person_at(d, end, at.to))
		return 0;
	if (value != PART_AUTHOR || d->tokens.at[end - 1].kind == TOKEN_PUNCT) /* "Author Jane Roe" tells what she is, not what she does */
		*part = (uint8_t)value;
	return end - at.from;
}

/* "Foreign Minister Ana Ruiz": words of a role before the name; the name's token, or at.to. */
static uint32_t name_behind_role(const struct document *d, struct range at) {
	bool role = false;
	for (uint32_t i = at.from; i < at.to && i < at.from + 8; i++) {
		const struct token *t = &d->tokens.at[i];
		if (t->kind == TOKEN_PUNCT && t->number != '-')
			return at.to;
		if (t->kind == TOKEN_WORD && t->shape == SHAPE_LOWER && !role && !word_is(t->word, WORD_ROLE, NULL))
			return at.to;
		if (role) {
			uint32_t n = person_at(d, i, at.to);
			if (n > 1 && (i + n >= at.to || is_sign(d, i + n, at.to, ',') || is_sign(d, i + n, at.to, '(') || is_word(d, i + n, at.to, "of")))
				return i;
		}
		role = role || word_is(t->word, WORD_ROLE, NULL);
	}
	return at.to;
}

static uint8_t part_of_next(const struct list *l) {
	/* whoever follows a moderator is a speaker again */
	return l->count && l->part == PART_MODERATOR && !l->plural ? PART_SPEAKER : l->part;
}

static void add_one(struct list *l, struct range at) {
	const struct document *d = l->r->d;
	uint8_t part = part_of_next(l);
	bool stated = l->stated;
	uint32_t before = part_before(d, at, &part);
	at.from += before;
	if (take_part(d, &at, &part) || before)
		stated = true;
	struct name_read name = name_read(d, at.from, at.to);
	bool single = l->count == 0 && l->stated && name_words(d, name.name) == 1 && name.end == at.to &&
		!word_is_any(d->tokens.at[name.name.from].word, (uint64_t)1 << WORD_ORG_HEAD | (uint64_t)1 << WORD_COUNTRY | (uint64_t)1 << WORD_TO_BE) &&
		d->tokens.at[name.name.from].shape == SHAPE_CAPITAL;
	struct range role = {at.from, at.from};
	if (!reads_as_person(d, &name) && !single) {
		uint32_t behind = name_behind_role(d, at);
		if (behind >= at.to)
			return;
		role.to = behind;
		name = name_read(d, behind, at.to);
	}
	l->last = add_person(l->r, &name, part, stated);
	l->count++;
	if (l->last->roles.count)
		return;
	add_role(l->r, l->last, role);
	read_roles(l->r, l->last, (struct range){name.end, at.to});
}

/* Whether a chunk between semicolons begins with somebody's name. */
static bool begins_with_person(const struct list *l, struct range at) {
	const struct document *d = l->r->d;
	uint8_t part;
	at.from += part_before(d, at, &part);
	struct name_read name = name_read(d, at.from, at.to);
	if (!reads_as_person(d, &name))
		return name_behind_role(d, at) < at.to || (!l->last && l->stated);
	return name.end >= at.to || d->tokens.at[name.end].kind == TOKEN_PUNCT || d->tokens.at[name.end].shape == SHAPE_LOWER;
}

/* Whether a new person begins at `at`, behind a comma or an "and" inside a chunk. */
static bool begins_inside(const struct document *d, struct range chunk, uint32_t at, bool bare, bool behind_and, bool commas) {
	uint8_t part;
	uint32_t n = person_at(d, at, chunk.to), end = at + n;
	if (!n)
		return part_before(d, (struct range){at, chunk.to}, &part) > 0;
	struct name_read name = name_read(d, at, chunk.to);
	if (name_words(d, name.name) < 2 && range_empty(name.honorific))
		return false;
	uint32_t before = at - 1;
	while (before > chunk.from && (is_sign(d, before, chunk.to, ',') || is_word(d, before, chunk.to, "and") || is_sign(d, before, chunk.to, '&')))
		before--;
	bool closed = is_sign(d, before, chunk.to, ')');
	bool follows = end >= chunk.to || is_sign(d, end, chunk.to, ',') || is_sign(d, end, chunk.to, '(') || is_word(d, end, chunk.to, "of") ||
		is_word(d, end, chunk.to, "from") || is_word(d, end, chunk.to, "and") || is_sign(d, end, chunk.to, '-');
	if (!follows)
		return false;
	bool known = commas && is_sign(d, end, chunk.to, ',') && word_is(d->tokens.at[name.name.from].word, WORD_GIVEN_NAME, NULL) &&
		name_words(d, name.name) < 4 && before > chunk.from + 3;
	return closed || bare || behind_and || known;
}

/* Whether a chunk is names alone: "Ana Ruiz, Bo Lind, and Cy Park". */
static bool names_alone(const struct list *l, struct range at) {
	const struct document *d = l->r->d;
	uint32_t names = 0, i = at.from;
	bool joined = false, given = true;
	while (i < at.to) {
		struct name_read name = name_read(d, i, at.to);
		if (!reads_as_person(d, &name))
			return false;
		bool initial = d->tokens.at[name.name.from].end - d->tokens.at[name.name.from].begin <= 2 && d->tokens.at[name.name.from].shape == SHAPE_UPPER;
		given = given && (word_is(d->tokens.at[name.name.from].word, WORD_GIVEN_NAME, NULL) || !range_empty(name.honorific) || initial);
		names++;
		i = name.end;
		if (i < at.to && !is_sign(d, i, at.to, ',') && !is_word(d, i, at.to, "and") && !is_sign(d, i, at.to, '&'))
			return false;
		for (; i < at.to && (is_sign(d, i, at.to, ',') || is_word(d, i, at.to, "and") || is_sign(d, i, at.to, '&')); i++)
			joined = joined || !is_sign(d, i, at.to, ',');
	}
	return names > 1 && (joined || (names > 2 && l->plural) || (given && l->plural));
}

/* The next comma or "and" in `at` behind `i`, or at.to. */
static uint32_t next_joint(const struct document *d, uint32_t i, uint32_t limit) {
	while (i < limit && !is_sign(d, i, limit, ',') && !is_word(d, i, limit, "and") && !is_sign(d, i, limit, '&'))
		i++;
	return i;
}

/* "Harbour Institute Senior Fellow Ana Ruiz": whether a person whose role stands before the name ends at the next joint behind `at`. */
static bool ends_in_name(const struct document *d, uint32_t at, uint32_t limit) {
	for (uint32_t end = next_joint(d, at, limit); end <= limit; end = next_joint(d, end + 1, limit)) { /* "Trade and Ports Minister Bo Lind" */
		uint32_t name = name_behind_role(d, (struct range){at, end});
		if (name < end)
			return name + person_at(d, name, end) == end;
		if (end >= limit || is_sign(d, end, limit, ','))
			return false;
	}
	return false;
}

/* A chunk between semicolons may hold several people. */
static void add_chunk(struct list *l, struct range at) {
	const struct document *d = l->r->d;
	bool bare = names_alone(l, at), titled = !bare && !person_at(d, at.from, at.to) && ends_in_name(d, at.from, at.to);
	uint32_t from = at.from, depth = 0;
	for (uint32_t i = at.from + 1; i + 1 < at.to; i++) {
		if (is_sign(d, i, at.to, '('))
			depth++;
		else if (is_sign(d, i, at.to, ')') && depth)
			depth--;
		bool comma = is_sign(d, i, at.to, ','), joint = is_word(d, i, at.to, "and") || is_sign(d, i, at.to, '&');
		if (depth || !(comma || joint))
			continue;
		uint32_t next = i + 1;
		while (next + 1 < at.to && (is_word(d, next, at.to, "and") || is_sign(d, next, at.to, '&')))
			joint = true, next++;
		if (!begins_inside(d, at, next, bare, joint, l->commas) && !(titled && ends_in_name(d, next, at.to)))
			continue;
		add_one(l, (struct range){from, i});
		from = next;
		i = next;
	}
	add_one(l, (struct range){from, at.to});
}

bool goes_on_with_person(const struct document *d, uint32_t at, uint32_t limit) {
	uint32_t n = person_at(d, at, limit);
	return n > 1 && (is_sign(d, at + n, limit, ',') || is_sign(d, at + n, limit, '(')) &&
		!is_place(d, (struct range){at, sentence_stop(d, (struct range){at, limit})});
}

static bool ends_chunk(const struct document *d, struct range at, uint32_t i) {
	if (is_sign(d, i, at.to, '/') && is_spaced(d, i) && person_at(d, i + 1, at.to) > 1)
		return true;
	if (is_sign(d, i, at.to, ';') || is_sign(d, i, at.to, '|') || is_sign(d, i, at.to, 0x2022))
		return true;
	if (i > at.from && (d->tokens.at[i].flags & TOKEN_LINE) && person_at(d, i, at.to) > 1 && d->measure == 0)
		return true;
	if (!is_stop(d, i, at.to) || i + 1 >= at.to)
		return false;
	return goes_on_with_person(d, i + 1, at.to);
}

static struct range trim_chunk(const struct reading *r, struct range at) {
	const struct document *d = r->d;
	for (;;) {
		struct range before = at;
		while (at.from < at.to && (is_word(d, at.from, at.to, "and") || is_sign(d, at.from, at.to, '&') || is_sign(d, at.from, at.to, ',') ||
			is_sign(d, at.from, at.to, ';') || is_sign(d, at.from, at.to, '-') || is_sign(d, at.from, at.to, '|') || is_sign(d, at.from, at.to, 0x2022) ||
			is_sign(d, at.from, at.to, '/')))
			at.from++;
		while (at.to > at.from && (is_word(d, at.to - 1, at.to, "and") || is_sign(d, at.to - 1, at.to, ',') || is_sign(d, at.to - 1, at.to, ';')))
			at.to--;
		if (at.to > at.from && is_stop(d, at.to - 1, at.to) && d->tokens.at[at.to - 1].kind == TOKEN_PUNCT)
			at.to--;
		if (at.from == before.from && at.to == before.to)
			return at;
	}
}

void people_list(struct reading *r, struct range at, uint8_t part, bool stated, bool plural) {
	struct list l = {.r = r, .part = part, .stated = stated, .plural = plural, .commas = plural};
	uint32_t from = at.from, depth = 0;
	for (uint32_t i = at.from; i < at.to; i++)
		l.commas = l.commas && !is_sign(r->d, i, at.to, ';');
	for (uint32_t i = at.from; i <= at.to; i++) {
		depth += i < at.to && is_sign(r->d, i, at.to, '(');
		depth -= i < at.to && depth && is_sign(r->d, i, at.to, ')');
		if (i < at.to && (depth || !ends_chunk(r->d, at, i)))
			continue;
		struct range chunk = trim_chunk(r, (struct range){from, i});
		if (!range_empty(chunk) && phrase_at(r->d, chunk.from, chunk.to, WORD_LINK_LABEL, NULL) == chunk.to - chunk.from)
			chunk.from = chunk.to; /* "Register here" */
		if (!range_empty(chunk) && begins_with_person(&l, chunk))
			add_chunk(&l, chunk);
		else if (!range_empty(chunk) && l.last)
			add_role(r, l.last, chunk);
		from = i;
	}
	if (l.count)
		take(r, at, TAKEN_PEOPLE);
}

/* ---- people told of in sentences ---- */

/* "with", "featuring", "moderated by" before a person: its tokens, and the part. */
static uint32_t verb_at(const struct document *d, uint32_t at, uint32_t limit, uint8_t *part) {
	int32_t value;
	uint32_t n = phrase_at(d, at, limit, WORD_PART_VERB, &value);
	if (!n || is_word(d, at, limit, "including"))
		return 0;
	n += is_sign(d, at + n, limit, ',') && person_at(d, at + n + 1, limit) > 1; /* "with the author, Jane Roe" */
	n += is_word(d, at + n, limit, "the") && honorific_at(d, at + n + 1, limit); /* "by the Very Revd Jane Roe" */
	uint32_t behind = at + n;
	struct range rest = {behind, limit};
	if (!person_at(d, behind, limit) && name_behind_role(d, rest) >= limit)
		return 0;
	*part = (uint8_t)value;
	return n;
}

static uint32_t find_part_verb(const struct document *d, struct range at, uint32_t *tokens, uint8_t *part) {
	for (uint32_t i = at.from; i < at.to; i++)
		if ((*tokens = verb_at(d, i, at.to, part)))
			return i;
	return at.to;
}

/* Where a list told in a sentence ends: at a verb, or at words that begin something else. */
static uint32_t told_end(const struct document *d, struct range at) {
	for (uint32_t i = at.from + 1; i < at.to; i++) {
		if (d->tokens.at[i].shape != SHAPE_LOWER)
			continue;
		if (begins_clause(d, i, at.to) || (phrase_at(d, i, at.to, WORD_SPEAK_VERB, NULL) && !is_word(d, i - 1, at.to, "of")) || is_word(d, i, at.to, "will") || is_word(d, i, at.to, "to") ||
			is_word(d, i, at.to, "on") || is_word(d, i, at.to, "about")) {
			bool inside = is_word(d, i, at.to, "on") || is_word(d, i, at.to, "to") || is_word(d, i, at.to, "about");
			if (!inside || !is_capital(&d->tokens.at[i + 1 < at.to ? i + 1 : i]))
				return i;
		}
	}
	return at.to;
}

static void read_told(struct reading *r, struct range at) {
	const struct document *d = r->d;
	uint32_t tokens;
	uint8_t part = PART_SPEAKER, next_part = PART_SPEAKER;
	for (uint32_t verb = find_part_verb(d, at, &tokens, &part); verb < at.to;) {
		struct range list = {verb + tokens, at.to};
		uint32_t next_tokens;
		uint32_t next = find_part_verb(d, list, &next_tokens, &next_part);
		list.to = told_end(d, (struct range){list.from, next});
		for (uint32_t i = list.from; i < list.to; i++) { /* a time in a bracket is not of the list */
			if (r->taken[i - r->at.from] == TAKEN_WHEN) {
				list.to = i;
				break;
			}
		}
		people_list(r, list, part, true, true);
		verb = next;
		tokens = next_tokens;
		part = next_part;
	}
}

/* "A of B; C, role; and D of E, participate." */
static void read_speaking(struct reading *r, struct range at) {
	const struct document *d = r->d;
	at.from += phrase_at(d, at.from, at.to, WORD_INVITATION, NULL); /* "Join Ana Ruiz, curator, as she leads …" */
	uint32_t n = person_at(d, at.from, at.to);
	if (n < 2 && name_behind_role(d, at) >= at.to)
		return;
	uint32_t behind = at.from + n; /* "Ana Ruiz (Lima) on a century of charts" */
	behind = is_sign(d, behind, at.to, '(') ? bracket_close(d, behind, at.to) + 1 : behind;
	if (n > 1 && behind > at.from + n && is_word(d, behind, at.to, "on") && behind + 1 < at.to && d->tokens.at[behind + 1].shape == SHAPE_LOWER) {
		people_list(r, (struct range){at.from, behind}, PART_SPEAKER, true, true);
		return;
	}
	for (uint32_t i = at.from + n; i < at.to; i++) {
		if (d->tokens.at[i].shape == SHAPE_LOWER && (phrase_at(d, i, at.to, WORD_SPEAK_VERB, NULL) || is_word(d, i, at.to, "will"))) {
			bool moderates = is_word(d, i, at.to, "moderates") || is_word(d, i, at.to, "chairs") || is_word(d, i + 1, at.to, "moderate");
			people_list(r, (struct range){at.from, i}, moderates ? PART_MODERATOR : PART_SPEAKER, true, true);
			return;
		}
	}
}

static void read_sentences(struct reading *r, struct range at) {
	while (at.from < at.to) {
		uint32_t stop = sentence_stop(r->d, at);
		struct range sentence = {at.from, stop};
		at.from = stop + 1;
		while (at.from < at.to && (r->d->tokens.at[at.from].flags & TOKEN_CLOSES))
			at.from++;
		while (sentence.from < sentence.to && (r->d->tokens.at[sentence.from].flags & TOKEN_CLOSES))
			sentence.from++;
		read_speaking(r, sentence);
		read_told(r, sentence);
	}
}

/* A stretch that names people without a label: "Ana Ruiz, Fellow, Institute; Bo Lind, …" */
static void read_bare(struct reading *r, struct range at) {
	at = range_trim(r, at);
	at.from += phrase_at(r->d, at.from, at.to, WORD_INVITATION, NULL);
	if (!range_empty(at) && !is_taken(r, at.from) && names_people(r->d, at))
		people_list(r, at, PART_SPEAKER, false, true);
}

/* 'Dr Alan Prior (Survey): "How High?"': where the names end and what is said begins. */
static uint32_t before_words(const struct document *d, struct range at) {
	for (uint32_t i = at.from; i + 1 < at.to; i++) {
		if (is_sign(d, i, at.to, ')') && is_sign(d, i + 1, at.to, ':'))
			return i + 1;
		if (i > at.from && d->tokens.at[i].shape == SHAPE_LOWER && phrase_at(d, i, at.to, WORD_PART_VERB, NULL))
			return i;
	}
	return at.to;
}

/* "Book launch: The Last Pilot, by Ana Ruiz": who wrote it, where the entry does not name her elsewhere. */
static void read_title_author(struct reading *r) {
	const struct document *d = r->d;
	if (span_empty(r->event->spans.title) || span_empty(r->event->spans.kind))
		return;
	struct range title = {document_token_at(d, r->event->spans.title.begin), document_token_at(d, r->event->spans.title.end)};
	uint32_t kind = document_token_at(d, r->event->spans.kind.begin), by = title.to;
	if (!is_word(d, kind, title.to, "book"))
		return;
	while (by > title.from && !is_word(d, by - 1, title.to, "by"))
		by--;
	if (by == title.from || person_at(d, by, title.to) < 2 || by + person_at(d, by, title.to) != title.to)
		return;
	struct name_read name = name_read(d, by, title.to);
	add_person(r, &name, PART_AUTHOR, true);
}

void people_read(struct reading *r) {
	for (uint32_t i = 0; i < r->pieces.count; i++) {
		const struct piece *piece = &r->pieces.at[i];
		if (piece->label == LABEL_PEOPLE)
			people_list(r, piece->at, piece->part, true, piece->plural);
		else if (piece->label == LABEL_WHO && (person_at(r->d, piece->at.from, piece->at.to) || name_behind_role(r->d, piece->at) < piece->at.to))
			people_list(r, piece->at, PART_SPEAKER, false, true);
		else if (piece->label == LABEL_WHO) /* "introduced by Ana Ruiz, curator" */
			read_told(r, piece->at);
	}
	for (uint32_t i = 0; i < r->pieces.count; i++) {
		const struct piece *piece = &r->pieces.at[i];
		if (piece->label != LABEL_NONE && piece->label != LABEL_DESCRIPTION && piece->label != LABEL_TITLE)
			continue;
		if (r->sentence && r->told.from >= piece->at.from && r->told.to <= piece->at.to) {
			read_told(r, r->told);
			read_sentences(r, (struct range){r->told.to, piece->at.to});
			continue;
		}
		if (piece->label == LABEL_TITLE)
			continue;
		struct range field;
		uint32_t at = piece->at.from;
		while (field_next(r, piece, &at, &field)) {
			uint32_t to = field.to;
			while (to < piece->at.to && !is_taken(r, to) && !is_stop(r->d, to, piece->at.to))
				to++; /* semicolons do not end a sentence */
			read_speaking(r, (struct range){field.from, to});
			read_told(r, (struct range){field.from, to});
			if (piece->label == LABEL_NONE)
				read_bare(r, (struct range){field.from, before_words(r->d, (struct range){field.from, to})});
			at = to > at ? to : at;
		}
	}
	read_title_author(r);
}
