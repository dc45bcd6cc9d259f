/* Where an event is held: behind a label, beside its mode, or a field that reads as an address, a room, a city. */
#include "scheduled.h"

/* "1755 P Street", "Room 2.04", "37 Observatory Circle": a number and a word of places. */
static bool has_address(const struct document *d, struct range at) {
	bool number = false, head = false;
	for (uint32_t i = at.from; i < at.to; i++) {
		number = number || d->tokens.at[i].kind == TOKEN_NUMBER;
		head = head || (word_is(d->tokens.at[i].word, WORD_PLACE_HEAD, NULL) && d->tokens.at[i].shape != SHAPE_LOWER);
	}
	return number && head;
}

static uint32_t town_at(const struct document *d, uint32_t at, uint32_t limit) {
	static const enum word_class places[] = {WORD_CITY, WORD_COUNTRY, WORD_REGION};
	const struct token *t = &d->tokens.at[at];
	if (at >= limit || t->shape == SHAPE_LOWER || (t->end - t->begin == 2 && t->shape != SHAPE_UPPER)) /* "On" is no Ontario */
		return 0;
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		uint32_t n = phrase_at(d, at, limit, places[i], NULL);
		if (n)
			return n;
	}
	return 0;
}

/* Towns and countries alone: "Washington, DC", "Kyiv". */
static bool is_town(const struct document *d, struct range at) {
	uint32_t towns = 0;
	while (at.from < at.to) {
		uint32_t n = town_at(d, at.from, at.to);
		if (!n && !(towns && (is_sign(d, at.from, at.to, ',') || is_word(d, at.from, at.to, "and") ||
			is_sign(d, at.from, at.to, '/') || is_sign(d, at.from, at.to, '.') ||
			d->tokens.at[at.from].shape == SHAPE_UPPER)))
			return false;
		towns += n > 0;
		at.from += n ? n : 1;
	}
	return towns > 0;
}

/* ---- how much words look like a place ---- */

#define ENOUGH 3
#define NEVER (-20)

static bool is_name_word(const struct token *t) {
	return t->kind != TOKEN_WORD || t->shape != SHAPE_LOWER || word_is_any(t->word, (uint64_t)1 << WORD_SMALL | (uint64_t)1 << WORD_FUNCTION |
		(uint64_t)1 << WORD_PLACE_HEAD | (uint64_t)1 << WORD_PARTICLE | (uint64_t)1 << WORD_ORDINAL);
}

/* What single words and signs say: NEVER where one cannot stand in a place's name. */
static int words_score(const struct document *d, struct range at) {
	bool head = false, house = false, number = false, role = false;
	int small = 0;
	uint32_t words = 0;
	for (uint32_t i = at.from; i < at.to; i++) {
		const struct token *t = &d->tokens.at[i];
		words += t->kind == TOKEN_WORD;
		if (t->kind == TOKEN_PUNCT && (t->number == '?' || t->number == '!' || t->number == '"' || t->number == ':'))
			return NEVER;
		small += !is_name_word(t) && !(i + 1 < at.to && word_is(t[1].word, WORD_PLACE_HEAD, NULL)); /* "ground floor" */
		bool capital = t->kind == TOKEN_WORD && t->shape != SHAPE_LOWER;
		bool place = capital && word_is(t->word, WORD_PLACE_HEAD, NULL);
		house = house || (place && word_is(t->word, WORD_ORG_HEAD, NULL));
		head = head || (place && !word_is(t->word, WORD_ORG_HEAD, NULL));
		number = number || t->kind == TOKEN_NUMBER;
		role = role || (capital && !place && word_is(t->word, WORD_ROLE, NULL));
	}
	head = head || (at.to - at.from > 1 && phrase_at(d, at.from, at.to, WORD_PLACE_HEAD, NULL) == at.to - at.from); /* "Lecture Theatre" */
	if (small > 2 || !words)
		return NEVER;
	return (number && (head || house) ? 4 : (head ? 3 : house ? 1 : 0) + number - (role ? 4 : 0)) - 3 * small;
}

/* "Europa building", "Moravian church": a name of one word or two and what it is in small letters, which is nothing but a place. */
static bool is_named_house(const struct document *d, struct range at) {
	const struct token *last = &d->tokens.at[at.to - 1];
	if (at.to - at.from < 2 || at.to - at.from > 3 || last->shape != SHAPE_LOWER || last->end - last->begin < 4 ||
		!word_is(last->word, WORD_PLACE_HEAD, NULL) || word_is(last->word, WORD_ORG_HEAD, NULL))
		return false;
	for (uint32_t i = at.from; i + 1 < at.to; i++)
		if (d->tokens.at[i].kind != TOKEN_WORD || d->tokens.at[i].shape == SHAPE_LOWER)
			return false;
	return true;
}

/* "Colin Moss Room, Mill Building": a room that bears somebody's name, and where it is. */
static bool bears_name(const struct document *d, struct range at) {
	uint32_t comma = at.from;
	while (comma < at.to && !is_sign(d, comma, at.to, ','))
		comma++;
	if (comma < at.from + 3 || comma >= at.to || !word_is(d->tokens.at[comma - 1].word, WORD_PLACE_HEAD, NULL))
		return false;
	for (uint32_t i = comma; i < at.to; i++)
		if (d->tokens.at[i].kind == TOKEN_NUMBER || (word_is(d->tokens.at[i].word, WORD_PLACE_HEAD, NULL) && d->tokens.at[i].shape != SHAPE_LOWER))
			return true;
	return is_town(d, (struct range){comma + 1, at.to});
}

/* "22087 Hamburg", "1000 Brussels" at the end: a town behind its postal number. */
static bool has_postcode(const struct document *d, struct range at) {
	for (uint32_t i = at.from + 1; i + 1 < at.to; i++)
		if (d->tokens.at[i].kind == TOKEN_NUMBER && d->tokens.at[i].digits >= 4 && d->tokens.at[i].digits <= 5 && is_sign(d, i - 1, at.to, ',') &&
			is_town(d, (struct range){i + 1, at.to}))
			return true;
	return false;
}

static int place_score(const struct document *d, struct range at) {
	if (range_empty(at) || at.to - at.from > 30 || d->tokens.at[at.from].shape == SHAPE_LOWER || d->tokens.at[at.from].kind == TOKEN_PUNCT)
		return NEVER;
	if (is_town(d, at) || is_named_house(d, at))
		return ENOUGH;
	int score = words_score(d, at);
	if (score == NEVER || (score < 4 && !bears_name(d, at) && names_people(d, at)) || phrase_at(d, at.from, at.to, WORD_LINK_LABEL, NULL))
		return NEVER;
	uint32_t comma = at.to;
	while (comma > at.from && !is_sign(d, comma - 1, at.to, ','))
		comma--;
	if (comma > at.from && is_town(d, (struct range){comma, at.to})) /* "House of the Seminar, 4 Ropewalk, Helsinki" */
		score += 3;
	return score + (has_postcode(d, at) ? 3 : 0);
}

bool is_place(const struct document *d, struct range at) {
	return place_score(d, at) >= ENOUGH;
}

/* ---- parts ---- */

static bool is_room(const struct document *d, struct range at) {
	static const char *const heads[] = {"room", "suite", "floor", "hall", "auditorium", "rm", "theatre", "theater", "ballroom", "lobby", "atrium", "salon"};
	for (uint32_t i = at.from; i < at.to; i++)
		for (size_t k = 0; k < sizeof heads / sizeof *heads; k++)
			if (is_word(d, i, at.to, heads[k]))
				return true;
	return false;
}

static void add_parts(struct reading *r, struct range at) {
	const struct document *d = r->d;
	struct scheduled *e = r->event;
	uint32_t from = at.from;
	for (uint32_t i = at.from; i <= at.to; i++) {
		if (i < at.to && !is_sign(d, i, at.to, ','))
			continue;
		struct range part = {from, i};
		from = i + 1;
		if (range_empty(part))
			continue;
		bool number = d->tokens.at[part.from].kind == TOKEN_NUMBER && part.to - part.from > 1;
		if (number && !e->address.at) {
			e->address = range_words(r, (struct range){part.from, at.to});
			return;
		}
		if (is_room(d, part) && !e->room.at)
			e->room = range_words(r, part);
		else if (!e->venue.at && !is_town(d, part))
			e->venue = range_words(r, part);
	}
}

/* "and", "or", "&"; no "Portland, OR". */
static bool joins(const struct reading *r, uint32_t at, uint32_t limit) {
	return is_word(r->d, at, limit, "and") || is_sign(r->d, at, limit, '&') ||
		(is_word(r->d, at, limit, "or") && r->d->tokens.at[at].shape == SHAPE_LOWER);
}

/* "Casa Larco, Lima, and Zoom": what stands behind the last "and" may be a mode. */
struct range without_mode(const struct reading *r, struct range at) {
	for (uint32_t i = at.to; i-- > at.from + 1 && at.to - i < 5;)
		if (joins(r, i, at.to) &&
			i + 1 + phrase_at(r->d, i + 1, at.to, WORD_MODE, NULL) == at.to)
			return range_trim(r, (struct range){at.from, i});
	while (at.to > at.from && joins(r, at.to - 1, at.to))
		at = range_trim(r, (struct range){at.from, at.to - 1});
	return at;
}

/* "Main Street 4 | , and live on YouTube". */
static bool goes_on_with_mode(const struct reading *r, uint32_t at) {
	at += is_sign(r->d, at, r->at.to, ',');
	return (is_word(r->d, at, r->at.to, "and") || is_sign(r->d, at, r->at.to, '&')) && phrase_at(r->d, at + 1, r->at.to, WORD_MODE, NULL);
}

/* Behind the words that lead to a place: "at the", "Meet at the". */
static uint32_t behind_lead(const struct document *d, struct range at) {
	int32_t lead;
	uint32_t n;
	while (!(is_word(d, at.from, at.to, "the") && d->tokens.at[at.from].shape != SHAPE_LOWER) &&
		(n = phrase_at(d, at.from, at.to, WORD_LEAD, &lead)) && lead & 2)
		at.from += n;
	return at.from;
}

static bool set_location(struct reading *r, struct range at) {
	at = range_trim(r, at);
	if (!is_word(r->d, at.from, at.to, "the"))
		at = range_trim(r, (struct range){behind_lead(r->d, at), at.to});
	struct range place = without_mode(r, at);
	if (!range_empty(place) && r->event->mode == MODE_VIRTUAL && (place.to < at.to || goes_on_with_mode(r, place.to)))
		r->event->mode = MODE_HYBRID;
	at = place;
	if (range_empty(at) || r->event->location.at || phrase_at(r->d, at.from, at.to, WORD_TO_BE, NULL) ||
		is_sign(r->d, at.from, at.to, '('))
		return false;
	r->event->location = range_words(r, at);
	r->event->spans.location = range_span(r, at);
	add_parts(r, at);
	take(r, at, TAKEN_PLACE);
	return true;
}

/* ---- labels ---- */

/* The address may go on in the lines below. */
static struct range with_lines_below(const struct reading *r, uint32_t index) {
	struct range at = r->pieces.at[index].at;
	for (uint32_t i = index + 1; i < r->pieces.count; i++) {
		const struct piece *next = &r->pieces.at[i];
		const struct block *block = &r->d->blocks.at[next->block];
		if (next->label != LABEL_NONE || block->gap > 0 || next->at.from != at.to || block->kind == BLOCK_ROW || !has_address(r->d, next->at) ||
			next->at.to - next->at.from > 14)
			break;
		at.to = next->at.to;
	}
	return at;
}

static void read_labelled(struct reading *r) {
	for (uint32_t i = 0; i < r->pieces.count; i++) {
		const struct piece *piece = &r->pieces.at[i];
		if (piece->label != LABEL_PLACE && piece->label != LABEL_ROOM)
			continue;
		struct range at = range_trim(r, with_lines_below(r, i));
		for (uint32_t k = at.from; k < at.to; k++) /* up to a link, a mode, a time */
			if (is_taken(r, k) || is_sign(r->d, k, at.to, ';') || r->d->tokens.at[k].kind == TOKEN_URL)
				at.to = k;
		at = range_trim(r, at);
		if (range_empty(at))
			continue;
		if (piece->label == LABEL_ROOM && r->event->location.at)
			r->event->room = range_words(r, at);
		else
			set_location(r, at);
	}
}

/* ---- beside the mode, alone, in a sentence ---- */

/* The sign or word that joins what begins at `at` to what is taken before it as `as`: "6 pm, X", "in person at X", "HYBRID: X". */
static bool is_joined_to(const struct reading *r, uint32_t at, enum taken as) {
	const struct document *d = r->d;
	bool joined = false;
	for (uint32_t i = at; i > r->at.from && at - i < 4; i--) {
		if (r->taken[i - 1 - r->at.from] == as)
			return joined || !(d->tokens.at[at].flags & TOKEN_LINE);
		if (is_taken(r, i - 1) || (d->tokens.at[i].flags & TOKEN_BLOCK))
			return false;
		bool joint = is_sign(d, i - 1, at, ',') || is_sign(d, i - 1, at, '(') || is_sign(d, i - 1, at, ')') || is_sign(d, i - 1, at, ':') ||
			is_sign(d, i - 1, at, '-') || is_sign(d, i - 1, at, '@') || is_word(d, i - 1, at, "at") || is_word(d, i - 1, at, "in") ||
			is_word(d, i - 1, at, "the");
		if (!joint)
			return false;
		joined = true;
	}
	return false;
}

bool stands_behind_time(const struct reading *r, struct range at) {
	return is_joined_to(r, at.from, TAKEN_WHEN);
}

/* "Hybrid: Casa Larco, Lima": `field` without the mode that leads it; whether one does. */
static bool skip_mode(const struct reading *r, struct range *field) {
	uint32_t n = phrase_at(r->d, field->from, field->to, WORD_MODE, NULL);
	if (!n || !is_sign(r->d, field->from + n, field->to, ':'))
		return false;
	field->from += n + 1;
	return true;
}

/* Stretches between separators, at their best beside a mode or behind the time. */
static void read_alone(struct reading *r, const struct piece *piece, struct range *best, int *score, bool *fixed) {
	if (*fixed && r->d->blocks.at[piece->block].gap > 0) /* what stands beside the time needs no second place in a later paragraph */
		return;
	struct range field;
	uint32_t at = piece->at.from;
	while (field_next(r, piece, &at, &field)) {
		struct range place = field;
		bool led = skip_mode(r, &place);
		place.from = behind_lead(r->d, place);
		bool told = place.from > field.from + 1 && !range_empty(place) && r->d->tokens.at[place.from].shape != SHAPE_LOWER; /* "Meet at …" */
		place = without_mode(r, place);
		if (range_empty(place))
			continue;
		bool mode = r->event->mode != MODE_VIRTUAL && (led || is_joined_to(r, field.from, TAKEN_MODE));
		bool beside = mode || is_joined_to(r, field.from, TAKEN_WHEN);
		bool cell = piece->line && (r->d->blocks.at[piece->block].kind == BLOCK_ROW || piece->column) && place.from == piece->at.from && place.to == piece->at.to;
		int its = place_score(r->d, place) + (beside ? 3 : 0);
		its += told && its >= 0 && place.to - place.from <= 6 ? 3 : 0;
		its += cell && its > 0 ? 2 : 0; /* "Learning Studio" in a cell of its own */
		if (its < ENOUGH)
			continue;
		its = 2 * its - is_organisation(r->d, place); /* of two alike, the one that is no house */
		if (its > *score) {
			*score = its;
			*best = place;
			*fixed = beside;
		}
	}
}

/* "… at the Lantern Hotel, Kyoto." */
static void read_told(struct reading *r, struct range at) {
	const struct document *d = r->d;
	for (uint32_t i = at.from; i + 1 < at.to && !r->event->location.at; i++) {
		if (!is_word(d, i, at.to, "at") && !(is_word(d, i, at.to, "in")))
			continue;
		bool in = is_word(d, i, at.to, "in");
		uint32_t from = i + 1 + is_word(d, i + 1, at.to, "the"), to;
		if (is_word(d, from, at.to, "its") || is_word(d, from, at.to, "our") || is_word(d, from, at.to, "their")) /* "its headquarters, …" */
			while (from < at.to && d->tokens.at[from].shape == SHAPE_LOWER && d->tokens.at[from].kind == TOKEN_WORD)
				from++;
		from += is_sign(d, from, at.to, ',');
		to = from;
		while (to < at.to && !is_stop(d, to, at.to) && !(r->taken[to - r->at.from] == TAKEN_WHEN) &&
			(d->tokens.at[to].kind != TOKEN_WORD || d->tokens.at[to].shape != SHAPE_LOWER || is_word(d, to, at.to, "of")) && !is_sign(d, to, at.to, ';'))
			to++;
		struct range place = {from, to};
		while (place.to > place.from && d->tokens.at[place.to - 1].kind == TOKEN_PUNCT && !is_sign(d, place.to - 1, at.to, ')'))
			place.to--;
		if (!range_empty(place) && is_place(d, place) && (!in || !is_town(d, place)) && r->taken[from - r->at.from] != TAKEN_PEOPLE)
			set_location(r, place);
	}
}

/* Whether the bracket at `at` holds a name and nothing that tells how or when. */
static bool holds_name(const struct reading *r, uint32_t at, uint32_t close) {
	static const enum word_class others[] = {WORD_WEEKDAY, WORD_MONTH, WORD_MODE, WORD_STATUS, WORD_FEE, WORD_ZONE,
		WORD_ZONE_PLACE, WORD_TO_BE, WORD_ALL_DAY, WORD_PART};
	if (close >= r->at.to || close < at + 2 || close > at + 6)
		return false;
	for (uint32_t i = at + 1; i < close; i++)
		if (r->d->tokens.at[i].kind != TOKEN_WORD || r->d->tokens.at[i].shape != SHAPE_CAPITAL)
			return false;
	for (size_t k = 0; k < sizeof others / sizeof *others; k++)
		if (phrase_at(r->d, at + 1, close, others[k], NULL))
			return false;
	return true;
}

/* "11.00am (Kildare)  Harvest Mass": a place in brackets between the time and the title. */
static void read_bracket(struct reading *r) {
	for (uint32_t i = r->at.from + 1; i < r->at.to && !r->event->location.at; i++) { /* "hybrid (Grange Hall, Bath, and Zoom)" */
		if (!is_sign(r->d, i, r->at.to, '(') || r->taken[i - 1 - r->at.from] != TAKEN_MODE || is_taken(r, i))
			continue;
		uint32_t close = bracket_close(r->d, i, r->at.to);
		struct range place = without_mode(r, range_trim(r, (struct range){i + 1, close}));
		if (close < r->at.to && !range_empty(place) && is_place(r->d, place) && set_location(r, place))
			take(r, (struct range){i, close + 1}, TAKEN_PLACE);
	}
	for (uint32_t i = r->at.from + 1; i < r->at.to; i++) {
		if (!is_sign(r->d, i, r->at.to, '(') || r->taken[i - 1 - r->at.from] != TAKEN_WHEN || is_taken(r, i))
			continue;
		uint32_t close = bracket_close(r->d, i, r->at.to);
		if (holds_name(r, i, close) && close + 1 < r->at.to && r->d->tokens.at[close + 1].shape != SHAPE_LOWER &&
			set_location(r, (struct range){i + 1, close}))
			take(r, (struct range){i, close + 1}, TAKEN_PLACE);
		return;
	}
}

/* "ATHENS - …" at the head of a diary's item. */
void dateline_read(struct reading *r) {
	read_bracket(r);
	const struct document *d = r->d;
	uint32_t i = r->at.from;
	while (i < r->at.to && (d->tokens.at[i].shape == SHAPE_UPPER || is_sign(d, i, r->at.to, '/') || is_sign(d, i, r->at.to, ',')) && i < r->at.from + 6)
		i++;
	struct range place = {r->at.from, i};
	if (is_sign(d, i, r->at.to, '-') && !range_empty(place) && is_spaced(d, i + 1) && (is_town(d, place) || d->blocks.at[r->entry->block].kind == BLOCK_ITEM))
		set_location(r, place);
}

void place_read(struct reading *r) {
	struct range best = {0, 0};
	int score = 0;
	bool fixed = false;
	read_labelled(r);
	for (uint32_t i = 0; i < r->pieces.count && !r->event->location.at; i++)
		if (r->pieces.at[i].label == LABEL_NONE || r->pieces.at[i].label == LABEL_TITLE)
			read_alone(r, &r->pieces.at[i], &best, &score, &fixed);
	if (!range_empty(best))
		set_location(r, best);
	for (uint32_t i = 0; i < r->pieces.count && !r->event->location.at; i++) {
		const struct piece *piece = &r->pieces.at[i];
		if (piece->label == LABEL_NONE || piece->label == LABEL_TITLE || piece->label == LABEL_DESCRIPTION)
			read_told(r, r->sentence && piece->at.from <= r->told.from && r->told.to <= piece->at.to ? (struct range){r->told.from, piece->at.to} : piece->at);
	}
	if (!range_empty(r->dateline)) {
		take(r, r->dateline, TAKEN_NOT);
		set_location(r, r->dateline);
	}
	if (r->streamed && r->event->location.at && r->event->mode == MODE_VIRTUAL)
		r->event->mode = MODE_HYBRID;
	if (!r->event->location.at && !range_empty(r->entry->above.place) && r->event->mode != MODE_VIRTUAL) {
		r->event->location = document_words(r->d, token_span(r->d, r->entry->above.place.from, r->entry->above.place.to - 1));
		r->event->spans.location = token_span(r->d, r->entry->above.place.from, r->entry->above.place.to - 1);
	}
}
