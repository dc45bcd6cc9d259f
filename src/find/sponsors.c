/* Who holds an event: behind a label, as the subject of its sentence, or an organisation that stands alone. */
#include "scheduled.h"

static bool is_acronym(const struct token *t) {
	return t->kind == TOKEN_WORD && t->shape == SHAPE_UPPER && t->end - t->begin > 1 &&
		!word_is_any(t->word, (uint64_t)1 << WORD_MODE | (uint64_t)1 << WORD_SERIES_KIND);
}

bool is_organisation(const struct document *d, struct range at) {
	bool head = false;
	int32_t lead;
	if (range_empty(at) || at.to - at.from > 16 || (phrase_at(d, at.from, at.to, WORD_LEAD, &lead) > 1 && lead & 2))
		return false;
	if (at.to - at.from == 1)
		return is_acronym(&d->tokens.at[at.from]) ||
			(d->tokens.at[at.from].shape == SHAPE_CAPITAL && word_is(d->tokens.at[at.from].word, WORD_ORG_HEAD, NULL) &&
			!word_is(d->tokens.at[at.from].word, WORD_PLACE_HEAD, NULL));
	for (uint32_t i = at.from; i < at.to; i++) {
		const struct token *t = &d->tokens.at[i];
		if (t->kind == TOKEN_NUMBER && i == at.from)
			continue; /* 38 North */
		if (t->kind == TOKEN_PUNCT ? t->number == '?' || t->number == ':' || t->number == '!' || t->number == '"' : t->kind != TOKEN_WORD && t->kind != TOKEN_NUMBER)
			return false;
		if (t->shape == SHAPE_LOWER && !word_is_any(t->word, (uint64_t)1 << WORD_SMALL | (uint64_t)1 << WORD_FUNCTION))
			return false;
		head = head || (t->kind == TOKEN_WORD && t->shape != SHAPE_LOWER && word_is_any(t->word, (uint64_t)1 << WORD_ORG_HEAD | (uint64_t)1 << WORD_ORG_TAIL));
	}
	return head && d->tokens.at[at.from].shape != SHAPE_LOWER;
}

void sponsor_add(struct reading *r, struct range at, bool co) {
	at = range_trim(r, at);
	while (at.from < at.to && (is_word(r->d, at.from, at.to, "the") || is_word(r->d, at.from, at.to, "and") || is_sign(r->d, at.from, at.to, '&')))
		at.from++;
	if (range_empty(at))
		return;
	struct str name = range_words(r, at);
	for (uint32_t i = 0; i < r->event->sponsors.count; i++)
		if (str_equal_nocase(r->event->sponsors.at[i].name, name))
			return;
	*array_push(r->f->record->arena, &r->event->sponsors) = (struct sponsor){name, co, range_span(r, at)};
	take(r, at, TAKEN_SPONSOR);
}

/* ---- lists ---- */

/* The tokens of a sponsor the house knows that begins at `at`; 0 for none. */
static uint32_t known_at(const struct reading *r, uint32_t at, uint32_t limit) {
	uint32_t longest = 0;
	for (uint32_t k = 0; k < r->f->house->sponsors.count; k++) {
		struct str name = r->f->house->sponsors.at[k];
		uint32_t begin = r->d->tokens.at[at].begin, i = at;
		if (begin + name.len > r->d->text.len || !str_equal_nocase(str_of(r->d->text.at + begin, name.len), name))
			continue;
		while (i < limit && r->d->tokens.at[i].end < begin + name.len)
			i++;
		if (i < limit && r->d->tokens.at[i].end == begin + name.len && i + 1 - at > longest)
			longest = i + 1 - at;
	}
	return longest;
}

struct commas {
	uint32_t at[16], count;
};

/* Commas between parts: not those before "Inc." or inside brackets and known names. */
static struct commas find_commas(const struct reading *r, struct range at) {
	const struct document *d = r->d;
	struct commas c = {.count = 0};
	uint32_t depth = 0;
	for (uint32_t i = at.from; i < at.to && c.count < 16; i++) {
		bool begins = i == at.from || is_sign(d, i - 1, at.to, ',') || is_word(d, i - 1, at.to, "and");
		uint32_t known = begins ? known_at(r, i, at.to) : 0;
		if (known) {
			i += known - 1;
			continue;
		}
		depth += is_sign(d, i, at.to, '(');
		depth -= depth && is_sign(d, i, at.to, ')');
		bool tail = i + 1 < at.to && word_is(d->tokens.at[i + 1].word, WORD_ORG_TAIL, NULL);
		if (!depth && is_sign(d, i, at.to, ',') && !tail)
			c.at[c.count++] = i;
	}
	return c;
}

static bool is_place_name(const struct document *d, struct range at) {
	static const enum word_class places[] = {WORD_CITY, WORD_COUNTRY, WORD_REGION};
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (phrase_at(d, at.from, at.to, places[i], NULL) == at.to - at.from)
			return true;
	return false;
}

static bool is_university(const struct document *d, struct range at) {
	int32_t parent = 0;
	for (uint32_t i = at.from; i < at.to && !parent; i++)
		word_is(d->tokens.at[i].word, WORD_ORG_HEAD, &parent);
	return parent != 0;
}

/* Two whole names, neither a university that the other is a part of: "Polder Institute, Agri Futures Europe". */
static bool are_two(const struct document *d, struct range left, struct range right) {
	bool whole = left.to - left.from > 1 && right.to - right.from > 1 && d->tokens.at[right.from].shape != SHAPE_LOWER;
	return whole && !is_place(d, right) && !is_university(d, left) && !is_university(d, right) &&
		(is_organisation(d, left) || is_organisation(d, right));
}

/* Whether commas part sponsors, and are not inside the name of one ("SAIS, Johns Hopkins University"). */
static bool commas_part(const struct reading *r, struct range at, const struct commas *c, bool plural) {
	const struct document *d = r->d;
	if (!c->count)
		return false;
	uint32_t last = c->at[c->count - 1] + 1;
	if (is_word(d, last, at.to, "and") || is_sign(d, last, at.to, '&'))
		return true;
	if (is_place_name(d, (struct range){last, at.to}) && c->count < 3)
		return false;
	if (c->count == 1) {
		uint32_t known = known_at(r, at.from, at.to);
		return plural || (known && at.from + known == c->at[0]) || known_at(r, last, at.to) > 0 ||
			are_two(d, (struct range){at.from, c->at[0]}, (struct range){last, at.to});
	}
	return true;
}

/* Whether "and" at `i` stands between two organisations, and not inside the name of one. */
static bool and_parts(const struct reading *r, struct range at, uint32_t i, bool plural) {
	const struct document *d = r->d;
	struct range left = {at.from, i}, right = {i + 1, at.to};
	bool the = is_word(d, right.from, right.to, "the");
	if (the)
		right.from++;
	if (range_empty(left) || range_empty(right))
		return false;
	if (known_at(r, left.from, at.to) == i - left.from || known_at(r, right.from, right.to) == right.to - right.from)
		return true;
	bool left_is = is_organisation(d, left) || is_acronym(&d->tokens.at[i - 1]), right_is = is_organisation(d, right);
	if (the)
		return left_is || right_is;
	bool open = false; /* "Center for Strategic | and International Studies" */
	for (uint32_t k = left.from; k < left.to; k++)
		open = open || is_word(d, k, left.to, "for") || is_word(d, k, left.to, "of") || is_word(d, k, left.to, "on");
	if (open && !is_acronym(&d->tokens.at[right.from]))
		return plural && left_is && right_is;
	return left_is && right_is;
}

static void add_part(struct reading *r, struct range at, bool plural, bool co) {
	uint32_t depth = 0, known = known_at(r, at.from, at.to);
	for (uint32_t i = at.from + (known ? known : 1); i + 1 < at.to; i++) {
		depth += is_sign(r->d, i, at.to, '(');
		depth -= depth && is_sign(r->d, i, at.to, ')');
		bool joint = is_word(r->d, i, at.to, "and") || is_sign(r->d, i, at.to, '&');
		if (!joint || depth || !and_parts(r, at, i, plural))
			continue;
		sponsor_add(r, (struct range){at.from, i}, co);
		add_part(r, (struct range){i + 1, at.to}, plural, co);
		return;
	}
	sponsor_add(r, at, co);
}

static void add_chunk(struct reading *r, struct range at, bool plural, bool co) {
	struct commas c = find_commas(r, at);
	if (!commas_part(r, at, &c, plural)) {
		add_part(r, at, plural, co);
		return;
	}
	uint32_t from = at.from;
	for (uint32_t i = 0; i <= c.count; i++) {
		uint32_t to = i < c.count ? c.at[i] : at.to;
		add_part(r, (struct range){from, to}, plural, co);
		from = to + 1;
	}
}

static bool has_semicolon(const struct reading *r, struct range at) {
	for (uint32_t i = at.from; i < at.to; i++)
		if (is_sign(r->d, i, at.to, ';'))
			return true;
	return false;
}

void sponsors_list(struct reading *r, struct range at, bool plural, bool co) {
	uint32_t from = at.from, depth = 0;
	plural = plural && !has_semicolon(r, at); /* where semicolons part sponsors, their commas do not */
	for (uint32_t i = at.from; i <= at.to; i++) {
		depth += i < at.to && is_sign(r->d, i, at.to, '(');
		depth -= i < at.to && depth && is_sign(r->d, i, at.to, ')');
		bool parts = i == at.to || (!depth && (is_sign(r->d, i, at.to, ';') || is_sign(r->d, i, at.to, '|') ||
			(i > at.from && (r->d->tokens.at[i].flags & TOKEN_BLOCK))));
		if (!parts)
			continue;
		struct range chunk = range_trim(r, (struct range){from, i});
		if (!range_empty(chunk))
			add_chunk(r, chunk, plural, co);
		from = i < at.to && is_sign(r->d, i, at.to, ';') ? i + 1 : i;
	}
}

/* ---- sentences ---- */

/* Who holds it, without what stands before ("In Brussels, …") and without relative clauses. */
static void read_subject(struct reading *r) {
	const struct document *d = r->d;
	struct range at = range_trim(r, r->subject);
	for (uint32_t i = at.from; i < at.to; i++)
		if (is_taken(r, i) && r->taken[i - r->at.from] == TAKEN_WHEN)
			at.from = i + 1;
	at = range_trim(r, at);
	bool co = false;
	while (at.to > at.from && (is_word(d, at.to - 1, at.to, "jointly") || is_word(d, at.to - 1, at.to, "will") || is_word(d, at.to - 1, at.to, "also")))
		at.to--;
	struct commas c = find_commas(r, at);
	if (c.count && !commas_part(r, at, &c, false))
		at.to = c.at[0];
	struct range first = at;
	if (is_word(d, first.from, first.to, "the"))
		first.from++;
	if (!range_empty(first) && (is_organisation(d, first) || known_at(r, first.from, first.to)))
		add_chunk(r, at, false, co);
}

/* "Online seminar of the Canal Network, with …": the tokens up to the house; 0 for none. */
static uint32_t kind_of_house(const struct reading *r, uint32_t at, uint32_t limit) {
	const struct document *d = r->d;
	uint32_t n = phrase_at(d, at, limit, WORD_SERIES_KIND, NULL), to;
	if (!n || is_taken(r, at) || d->tokens.at[at].shape != SHAPE_LOWER || !(is_word(d, at + n, limit, "of") || is_word(d, at + n, limit, "by")))
		return 0;
	uint32_t from = at + n + 1;
	from += is_word(d, from, limit, "the");
	for (to = from; to < limit && (d->tokens.at[to].kind == TOKEN_WORD || is_sign(d, to, limit, '\'')) && !(d->tokens.at[to].shape == SHAPE_LOWER &&
		!word_is_any(d->tokens.at[to].word, (uint64_t)1 << WORD_SMALL | (uint64_t)1 << WORD_FUNCTION)); to++)
		;
	uint32_t person = person_at(d, from, to);
	bool people = person && (from + person >= to || is_word(d, from + person, to, "of"));
	return is_organisation(d, (struct range){from, to}) && !people ? from - at : 0;
}

/* "hosted by X", "in partnership with Y" in running text. */
static void read_told(struct reading *r, struct range at) {
	const struct document *d = r->d;
	for (uint32_t i = at.from; i + 1 < at.to; i++) {
		int32_t label;
		uint32_t n = phrase_at(d, i, at.to, WORD_LABEL, &label), of = kind_of_house(r, i, at.to);
		if (of) {
			n = of;
			label = LABEL_SPONSOR;
		}
		if (n < 2 || (label != LABEL_SPONSOR && label != LABEL_COSPONSOR))
			continue;
		uint32_t from = i + n, to = from;
		while (to < at.to && !(is_taken(r, to) && r->taken[to - r->at.from] != TAKEN_TITLE) && !is_stop(d, to, at.to) && !is_sign(d, to, at.to, ';') &&
			!is_sign(d, to, at.to, '|') && !(to > from && d->tokens.at[to].shape == SHAPE_LOWER &&
			!word_is_any(d->tokens.at[to].word, (uint64_t)1 << WORD_SMALL | (uint64_t)1 << WORD_FUNCTION)) &&
			!(of && is_sign(d, to, at.to, ',')) && phrase_at(d, to, at.to, WORD_PART_VERB, NULL) < 2 && !(to > from && phrase_at(d, to, at.to, WORD_LABEL, NULL) > 1) && !is_word(d, to, at.to, "with") &&
			!(is_word(d, to, at.to, "on") && !(to + 1 < at.to && d->tokens.at[to + 1].kind == TOKEN_WORD && d->tokens.at[to + 1].shape != SHAPE_LOWER)))
			to++;
		struct range list = {from, to};
		if (is_word(d, list.from, list.to, "the"))
			list.from++;
		if (!range_empty(list) && d->tokens.at[list.from].shape != SHAPE_LOWER && !(label == LABEL_SPONSOR && names_people(d, list)))
			sponsors_list(r, list, false, label == LABEL_COSPONSOR);
		i = to > i + 1 ? to - 1 : i;
	}
}

static bool block_has_number(const struct document *d, struct range at) {
	for (uint32_t i = at.from; i < at.to; i++)
		if (d->tokens.at[i].kind == TOKEN_NUMBER)
			return true;
	return false;
}

/* "In person, Gem Theatre, Beirut": what stands behind a mode is a place. */
static bool is_joined_to_mode(const struct reading *r, struct range at) {
	uint32_t before = at.from;
	while (before > r->at.from && r->d->tokens.at[before - 1].kind == TOKEN_PUNCT && !is_sign(r->d, before - 1, at.to, '|'))
		before--;
	return before > r->at.from && r->taken[before - 1 - r->at.from] == TAKEN_MODE;
}

/* Two words or more, all with a capital but small ones: a name of something. */
static bool reads_as_name(const struct document *d, struct range at) {
	uint32_t words = 0;
	for (uint32_t i = at.from; i < at.to; i++) {
		const struct token *t = &d->tokens.at[i];
		if (t->kind != TOKEN_WORD || (t->shape == SHAPE_LOWER && !word_is(t->word, WORD_SMALL, NULL)) || word_is(t->word, WORD_LINK_LABEL, NULL))
			return false;
		words += t->shape != SHAPE_LOWER;
	}
	return words > 1 && !phrase_at(d, at.from, at.to, WORD_LINK_LABEL, NULL) && phrase_at(d, at.from, at.to, WORD_SERIES_KIND, NULL) < at.to - at.from;
}

/* A field between pipes, or a line of its own, that is an organisation's name. */
static void read_alone(struct reading *r, const struct piece *piece) {
	struct range field;
	uint32_t at = piece->at.from;
	while (!r->event->sponsors.count && field_next(r, piece, &at, &field)) {
		bool pipe = is_sign(r->d, field.from - (field.from > 0), piece->at.to, '|') || is_sign(r->d, field.to, piece->at.to, '|');
		bool line = field.from == piece->at.from && field.to + 1 >= piece->at.to && piece->line;
		bool room = (r->d->blocks.at[piece->block].kind == BLOCK_ROW || piece->column) && line && word_is(r->d->tokens.at[field.to - 1].word, WORD_PLACE_HEAD, NULL);
		bool stop = is_sign(r->d, field.to, piece->at.to, '.') && !room;
		line = line && !room;
		if ((pipe || line || stop) && field.to - field.from <= 10 && is_organisation(r->d, field) && !is_place(r->d, field) &&
			!names_people(r->d, field) && !stands_behind_time(r, field))
			add_part(r, field, false, false);
	}
}

/* A field between bars that is a house, even with its town ("Creek Institute, Dubai"), or several; and where no field tells who holds
 * it, one behind the title and the time that tells nothing else. */
static void read_bars(struct reading *r, const struct piece *piece) {
	const struct document *d = r->d;
	struct range left = {0, 0};
	uint32_t from = piece->at.from, bars = 0, others = 0;
	for (uint32_t i = piece->at.from; i <= piece->at.to; i++) {
		if (i < piece->at.to && !is_sign(d, i, piece->at.to, '|'))
			continue;
		struct range field = range_trim(r, (struct range){from, i}), first = field;
		bars += i < piece->at.to;
		from = i + 1;
		if (range_empty(field) || is_taken(r, field.from) || names_people(d, field) || is_joined_to_mode(r, field))
			continue;
		while (first.from < first.to && !is_sign(d, first.from, first.to, ',') && !is_sign(d, first.from, first.to, ';'))
			first.from++;
		first = (struct range){field.from, first.from};
		bool address = is_place(d, field) && block_has_number(d, field);
		if (is_organisation(d, first) && !address && !(range_empty(first)))
			sponsors_list(r, field, false, false);
		else if (!is_place(d, field) && field.to - field.from <= 6 && reads_as_name(d, field))
			left = others++ ? (struct range){0, 0} : field;
	}
	if (bars > 2 && !r->event->sponsors.count && !range_empty(left))
		sponsor_add(r, left, false);
}

/* Whether the piece is of a line of three fields and more between bars. */
static bool is_barred(const struct reading *r, const struct piece *piece) {
	uint32_t bars = 0;
	for (uint32_t i = piece->at.from; i < piece->at.to; i++)
		bars += is_sign(r->d, i, piece->at.to, '|');
	return bars > 1;
}

/* Whether `at` is somebody who signs an essay of the issue. */
static bool is_author(const struct reading *r, struct range at) {
	const struct record *record = r->f->record;
	struct str name = range_words(r, at);
	for (uint32_t i = 0; name.at && i < record->articles.count; i++)
		for (uint32_t k = 0; k < record->articles.at[i].byline.count; k++)
			if (str_equal(record->articles.at[i].byline.at[k].name, name))
				return true;
	return false;
}

/* A person where a house is expected: "Host: Dora Wills". */
static bool is_host(const struct reading *r, struct range at) {
	uint64_t sure = (uint64_t)1 << WORD_GIVEN_NAME | (uint64_t)1 << WORD_HONORIFIC | (uint64_t)1 << WORD_RANK;
	return !range_empty(at) && (is_author(r, at) || (word_is_any(r->d->tokens.at[at.from].word, sure) && names_people(r->d, at)));
}

void sponsors_read(struct reading *r) {
	for (uint32_t i = 0; i < r->pieces.count; i++) {
		const struct piece *piece = &r->pieces.at[i];
		if (piece->label == LABEL_SPONSOR && is_host(r, range_trim(r, piece->at)))
			people_list(r, piece->at, PART_HOST, true, piece->plural);
		else if (piece->label == LABEL_SPONSOR || piece->label == LABEL_COSPONSOR)
			sponsors_list(r, range_trim(r, piece->at), piece->plural, piece->label == LABEL_COSPONSOR);
		else if (piece->label == LABEL_WHO && !person_at(r->d, piece->at.from, piece->at.to) && is_organisation(r->d, range_trim(r, piece->at)))
			sponsors_list(r, range_trim(r, piece->at), false, false);
	}
	if (r->sentence && !r->event->sponsors.count)
		read_subject(r);
	for (uint32_t i = 0; i < r->pieces.count; i++)
		if (r->pieces.at[i].label == LABEL_NONE || r->pieces.at[i].label == LABEL_TITLE || r->pieces.at[i].label == LABEL_DESCRIPTION)
			read_told(r, r->pieces.at[i].at);
	for (uint32_t i = 0; i < r->pieces.count && !r->sentence; i++)
		if (r->pieces.at[i].label == LABEL_NONE) {
			if (is_barred(r, &r->pieces.at[i]))
				read_bars(r, &r->pieces.at[i]);
			read_alone(r, &r->pieces.at[i]);
		}
}
