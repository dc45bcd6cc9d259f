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
		if (!n && !(towns && (is_sign(d, at.from, at.to, ',') || is_sign(d, at.from, at.to, '/') || is_sign(d, at.from, at.to, '.') ||
			d->tokens.at[at.from].shape == SHAPE_UPPER)))
			return false;
		towns += n > 0;
		at.from += n ? n : 1;
	}
	return towns > 0;
}

bool is_place(const struct document *d, struct range at) {
	if (range_empty(at) || at.to - at.from > 30 || d->tokens.at[at.from].shape == SHAPE_LOWER)
		return false;
	if (is_town(d, at) || has_address(d, at))
		return true;
	bool head = false;
	uint32_t comma = at.to;
	for (uint32_t i = at.from; i < at.to; i++) {
		const struct token *t = &d->tokens.at[i];
		if (t->kind == TOKEN_PUNCT && (t->number == '?' || t->number == '!' || t->number == '"' || t->number == ':'))
			return false;
		if (is_sign(d, i, at.to, ',') && comma == at.to)
			comma = i;
		if (t->shape == SHAPE_LOWER && !word_is_any(t->word, (uint64_t)1 << WORD_SMALL | (uint64_t)1 << WORD_FUNCTION | (uint64_t)1 << WORD_PLACE_HEAD))
			return false;
		head = head || (t->shape != SHAPE_LOWER && word_is(t->word, WORD_PLACE_HEAD, NULL) && !word_is(t->word, WORD_ORG_HEAD, NULL));
	}
	if (head)
		return true;
	if (comma == at.from + 1 && is_town(d, (struct range){comma + 1, at.to})) /* "Leticia, Colombia": a town that is not known */
		return true;
	/* "House of the Seminar, 4 Ropewalk, Helsinki", "Brookings Institution, Washington" */
	return comma < at.to && is_town(d, (struct range){comma + 1, at.to}) && is_organisation(d, (struct range){at.from, comma});
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

/* "Casa Larco, Lima, and Zoom": what stands behind the last "and" may be a mode. */
static struct range without_mode(const struct reading *r, struct range at) {
	for (uint32_t i = at.to; i-- > at.from + 1 && at.to - i < 5;)
		if ((is_word(r->d, i, at.to, "and") || is_word(r->d, i, at.to, "or") || is_sign(r->d, i, at.to, '&')) &&
			i + 1 + phrase_at(r->d, i + 1, at.to, WORD_MODE, NULL) == at.to)
			return range_trim(r, (struct range){at.from, i});
	return at;
}

static bool set_location(struct reading *r, struct range at) {
	at = range_trim(r, at);
	while (!range_empty(at) && (is_word(r->d, at.from, at.to, "at") || is_word(r->d, at.from, at.to, "in")))
		at = range_trim(r, (struct range){at.from + 1, at.to});
	at = without_mode(r, at);
	if (range_empty(at) || r->event->location.at || phrase_at(r->d, at.from, at.to, WORD_TO_BE, NULL))
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

static void read_beside_mode(struct reading *r) {
	const struct document *d = r->d;
	if (span_empty(r->event->spans.mode) || r->event->mode == MODE_VIRTUAL)
		return;
	uint32_t at = document_token_at(d, r->event->spans.mode.end), to = at;
	while (to < r->at.to && !is_taken(r, to) && !is_stop(d, to, r->at.to) && !is_sign(d, to, r->at.to, '|') && !is_sign(d, to, r->at.to, ';') &&
		!(d->tokens.at[to].flags & TOKEN_BLOCK))
		to++;
	struct range beside = range_trim(r, (struct range){at, to});
	if (is_word(d, beside.from, beside.to, "at") || is_word(d, beside.from, beside.to, "in"))
		beside.from++;
	bool joined = at < r->at.to && (is_sign(d, at, r->at.to, ',') || is_sign(d, at, r->at.to, '(') || is_sign(d, at, r->at.to, ':') ||
		is_sign(d, at, r->at.to, '-') || is_word(d, at, r->at.to, "at") || is_word(d, at, r->at.to, "in"));
	if (joined && !range_empty(beside) && beside.to - beside.from <= 24 && d->tokens.at[beside.from].shape != SHAPE_LOWER &&
		(is_place(d, beside) || is_organisation(d, beside) || is_sign(d, at, r->at.to, ',')))
		set_location(r, beside);
}

static void read_alone(struct reading *r, const struct piece *piece) {
	struct range field;
	uint32_t at = piece->at.from;
	while (!r->event->location.at && field_next(r, piece, &at, &field)) {
		struct range place = field;
		if (is_word(r->d, place.from, place.to, "at") || is_word(r->d, place.from, place.to, "in"))
			place.from++;
		if (is_word(r->d, place.from, place.to, "the"))
			place.from++;
		bool person = person_at(r->d, place.from, place.to) >= place.to - place.from;
		if (!range_empty(place) && (!person || is_town(r->d, place)) && is_place(r->d, place))
			set_location(r, place);
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
		if (!range_empty(place) && is_place(d, place) && (!in || has_address(d, place)) && r->taken[from - r->at.from] != TAKEN_PEOPLE)
			set_location(r, place);
	}
}

/* "ATHENS - …" at the head of a diary's item. */
void dateline_read(struct reading *r) {
	const struct document *d = r->d;
	uint32_t i = r->at.from;
	while (i < r->at.to && (d->tokens.at[i].shape == SHAPE_UPPER || is_sign(d, i, r->at.to, '/') || is_sign(d, i, r->at.to, ',')) && i < r->at.from + 6)
		i++;
	struct range place = {r->at.from, i};
	if (is_sign(d, i, r->at.to, '-') && !range_empty(place) && is_spaced(d, i + 1) && (is_town(d, place) || d->blocks.at[r->entry->block].kind == BLOCK_ITEM))
		set_location(r, place);
}

void place_read(struct reading *r) {
	read_labelled(r);
	if (!r->event->location.at)
		read_beside_mode(r);
	for (uint32_t i = 0; i < r->pieces.count && !r->event->location.at; i++)
		if (r->pieces.at[i].label == LABEL_NONE || r->pieces.at[i].label == LABEL_TITLE)
			read_alone(r, &r->pieces.at[i]);
	for (uint32_t i = 0; i < r->pieces.count && !r->event->location.at; i++)
		if (r->pieces.at[i].label == LABEL_NONE || r->pieces.at[i].label == LABEL_TITLE)
			read_told(r, r->sentence && r->pieces.at[i].at.from <= r->told.from && r->told.to <= r->pieces.at[i].at.to ?
				(struct range){r->told.from, r->pieces.at[i].at.to} : r->pieces.at[i].at);
	if (!r->event->location.at && !range_empty(r->entry->above.place) && r->event->mode != MODE_VIRTUAL) {
		r->event->location = document_words(r->d, token_span(r->d, r->entry->above.place.from, r->entry->above.place.to - 1));
		r->event->spans.location = token_span(r->d, r->entry->above.place.from, r->entry->above.place.to - 1);
	}
}
