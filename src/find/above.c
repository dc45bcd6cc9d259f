/* What holds for all entries of a listing: the zone, hour, room and day that statements and headings give. */
#include "entries.h"
#include "place_zones.h"

#define NEAR_TOP 40 /* blocks of a listing among which a series' own line stands */
#define OPENING 60 /* tokens at a block's head that may say what holds for all */
#define ZONE_NEAR 4 /* tokens between "times" and the town whose they are */

/* "All times are Eastern", "Times in CET unless noted": a zone for all entries below. */
static bool read_zone(const struct cutting *c, const struct block *b, struct inherited *above) {
	uint32_t limit = b->token + (b->tokens < OPENING ? b->tokens : OPENING);
	bool times = false;
	uint32_t said = 0;
	for (uint32_t i = b->token; i < limit; i++) {
		const struct token *t = &c->d->tokens.at[i];
		int32_t value;
		if (is_word(c->d, i, limit, "times") || is_word(c->d, i, limit, "hours")) {
			times = true;
			said = i;
		}
		bool of_clock = i > b->token && (t[-1].kind == TOKEN_NUMBER || word_is(t[-1].word, WORD_MERIDIEM, NULL)); /* "(12:00 CAT)" */
		if (!times || of_clock || t->kind != TOKEN_WORD || t->shape == SHAPE_LOWER)
			continue;
		uint32_t n = phrase_at(c->d, i, limit, WORD_ZONE, &value);
		bool place = !n;
		if (place && !(t->flags & TOKEN_POSSESSIVE) && i - said <= ZONE_NEAR)
			n = phrase_at(c->d, i, limit, WORD_ZONE_PLACE, &value);
		if (!n)
			continue;
		if (is_sign(c->d, i + n, limit, '(') && i + n + 1 < limit && c->d->tokens.at[i + n + 1].kind == TOKEN_NUMBER)
			continue; /* "the same in Windhoek (12:00 CAT)" */
		const struct zone_name *name = place ? zone_place(value) : zone_name(value);
		above->zone = (struct zone_mention){.span = token_span(c->d, i, i + n - 1), .name = place ? -1 : value, .place = place ? value : -1,
			.offset = ZONE_NO_OFFSET, .id = name && !name->zones[1] ? name->zones[0] : NULL};
		return true;
	}
	return false;
}

/* "Room 2.04", "Hall B"; "the Lower Lecture Room" behind "in" or "at". */
static bool is_room(const struct document *d, uint32_t at, uint32_t limit) {
	uint32_t lead = at - 1 - is_word(d, at - 1, limit, "the"), i = at;
	if (at + 1 < limit && d->tokens.at[at].shape == SHAPE_CAPITAL && word_is(d->tokens.at[at].word, WORD_PLACE_HEAD, NULL) &&
		(d->tokens.at[at + 1].kind == TOKEN_NUMBER || d->tokens.at[at + 1].shape == SHAPE_UPPER))
		return true;
	if (!is_word(d, lead, limit, "in") && !is_word(d, lead, limit, "at"))
		return false;
	while (i < limit && i < at + 6 && d->tokens.at[i].kind == TOKEN_WORD && d->tokens.at[i].shape != SHAPE_LOWER)
		i++;
	return i > at + 1 && word_is(d->tokens.at[i - 1].word, WORD_PLACE_HEAD, NULL);
}

/* The words that a room's name and its address take from `at`. */
static struct range room_at(const struct document *d, uint32_t at, uint32_t limit) {
	uint32_t end = at + 1;
	while (end < limit && !is_stop(d, end, limit) && !is_sign(d, end, limit, '(') && !is_word(d, end, limit, "unless") &&
		!is_word(d, end, limit, "and") && !is_word(d, end, limit, "at") &&
		!(is_sign(d, end, limit, ',') && (end + 1 >= limit || d->tokens.at[end + 1].shape == SHAPE_LOWER)))
		end++;
	return (struct range){at, end};
}

/* Words by which a sentence says what holds for all events. */
static bool is_for_all(const struct document *d, uint32_t at, uint32_t limit) {
	static const char *const words[] = {"held", "unless", "otherwise", "all", "place", "usually", "normally", "sessions", "meetings", "seminars",
		"lectures", "talks", "screenings", "classes", "workshops", "webinars", "services"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (is_word(d, at, limit, words[i]))
			return true;
	return false;
}

/* "Thursdays, 4.30pm, Weavers' Room, Mill Building": a weekday of every week, its hour, and where; the place goes to *room. */
static bool is_weekly(const struct cutting *c, struct range sentence, struct range *room) {
	const struct record *r = c->f->record;
	struct span span = token_span(c->d, sentence.from, sentence.to - 1);
	bool weekly = false;
	uint32_t behind = sentence.from, clocks = 0;
	for (uint32_t t = record_time_from(r, span.begin); t < r->times.count && r->times.at[t].span.begin < span.end; t++) {
		weekly = weekly || (r->times.at[t].type == TIMEX_SET && str_starts(r->times.at[t].value, STR("XXXX-WXX-")));
		clocks += timex_is_clock(&r->times.at[t]) && r->times.at[t].since == NONE;
		behind = document_token_at(c->d, r->times.at[t].span.end);
	}
	while (behind < sentence.to && (c->d->tokens.at[behind].kind == TOKEN_PUNCT || is_word(c->d, behind, sentence.to, "in") ||
		is_word(c->d, behind, sentence.to, "at") || is_word(c->d, behind, sentence.to, "the")))
		behind++;
	uint32_t stop = sentence.to - is_sign(c->d, sentence.to - 1, sentence.to, '.');
	bool place = behind < stop && is_place(c->d, (struct range){behind, stop});
	if (weekly && clocks == 1 && place)
		*room = (struct range){behind, stop};
	return weekly && clocks == 1 && (place || behind >= stop);
}

/* "All talks are online", "… unless noted, on Zoom": how all are held. */
static void read_mode(const struct cutting *c, struct range sentence, struct inherited *above) {
	for (uint32_t i = sentence.from + 1, n; i < sentence.to; i += n ? n : 1) {
		int32_t mode;
		n = phrase_at(c->d, i, sentence.to, WORD_MODE, &mode);
		bool said = n && (is_word(c->d, i - 1, sentence.to, "are") || is_word(c->d, i - 1, sentence.to, "held") || is_word(c->d, i - 1, sentence.to, "place") ||
			is_word(c->d, i - 1, sentence.to, "be") || is_word(c->d, i - 1, sentence.to, "and") || is_word(c->d, i - 1, sentence.to, "on") ||
			is_word(c->d, i - 1, sentence.to, "via") || is_word(c->d, i, sentence.to, "via") || is_word(c->d, i, sentence.to, "on"));
		if (!said)
			continue;
		mode = mode == MODE_STREAMED ? MODE_VIRTUAL : mode;
		above->mode_span = above->mode ? above->mode_span : token_span(c->d, i, i + n - 1);
		above->mode = above->mode && above->mode != mode ? MODE_HYBRID : (uint8_t)mode;
	}
}

/* "… are held on Wednesdays 13.15-14.05 in Room 2.04 unless noted": an hour and a room for all, of one sentence. */
static bool read_default(const struct cutting *c, struct range sentence, struct inherited *above) {
	const struct record *r = c->f->record;
	struct range room = {0, 0};
	bool held = false, clock = false;
	for (uint32_t i = sentence.from; i < sentence.to; i++) {
		held = held || is_for_all(c->d, i, sentence.to);
		if (range_empty(room) && i > sentence.from && is_room(c->d, i, sentence.to))
			room = room_at(c->d, i, sentence.to);
	}
	if (held && !above->mode)
		read_mode(c, sentence, above);
	held = held || is_weekly(c, sentence, &room);
	if (!held)
		return false;
	if (range_empty(above->place))
		above->place = room;
	struct span span = token_span(c->d, sentence.from, sentence.to - 1);
	for (uint32_t t = record_time_from(r, span.begin); t < r->times.count && r->times.at[t].span.begin < span.end; t++) {
		if (!timex_is_clock(&r->times.at[t]))
			continue;
		clock = true;
		if (above->clock == NONE)
			above->clock = t;
	}
	if (above->clock != NONE && r->times.at[above->clock].zone.id && span_empty(above->zone.span))
		above->zone = r->times.at[above->clock].zone;
	return clock;
}

/* The sentences of the block's opening; whether one of them gives an hour. */
static bool read_defaults(const struct cutting *c, const struct block *b, struct inherited *above) {
	uint32_t limit = b->token + (b->tokens < OPENING ? b->tokens : OPENING);
	bool clock = false;
	for (uint32_t from = b->token, to; from < limit; from = to) {
		for (to = from + 1; to < limit && !(c->d->tokens.at[to].flags & TOKEN_SENTENCE);)
			to++;
		clock = read_default(c, (struct range){from, to}, above) || clock;
	}
	return clock;
}

/* A line that nothing but headings stands above and a gap below: of no entry. */
static bool is_alone(const struct cutting *c, uint32_t block) {
	if (block > c->from + NEAR_TOP)
		return false;
	for (uint32_t i = c->from; i < block; i++)
		if (fact_at(c, i)->date || fact_at(c, i)->clock)
			return false;
	return fact_at(c, block + 1)->gap > 0 || fact_at(c, block + 1)->date;
}

/* "When: Mondays 3-4.30pm", "Where: Room 2" above lines that begin with days: the series' hour and room. */
static bool read_label(const struct cutting *c, uint32_t block, struct inherited *above) {
	const struct block *b = &c->d->blocks.at[block];
	const struct fact *fact = fact_at(c, block);
	struct range room = {0, 0}, whole = {b->token, b->token + b->tokens};
	if (block > c->from + NEAR_TOP)
		return false;
	for (uint32_t i = c->from; i < block; i++)
		if (fact_at(c, i)->date || fact_at(c, i)->first)
			return false;
	if ((fact->label == LABEL_WHEN || fact->label == LABEL_TIME) && fact->clock && !fact->date && is_weekly(c, whole, &room)) {
		above->clock = fact->time;
		return true;
	}
	bool beside = fact_at(c, block - 1)->kind == FACT_LABEL && fact_at(c, block - 1)->statement;
	uint32_t label = label_read(c->d, whole.from, whole.to).tokens;
	if (fact->label != LABEL_PLACE || !beside || label >= b->tokens)
		return false;
	above->place = (struct range){whole.from + label, whole.to};
	return true;
}

bool statement_read(const struct cutting *c, uint32_t block, struct inherited *above) {
	const struct block *b = &c->d->blocks.at[block];
	const struct fact *fact = fact_at(c, block);
	bool long_prose = b->tokens >= OPENING && c->from <= block && block < c->to;
	if (long_prose || (fact->date && fact->kind == FACT_ENTRY))
		return false;
	bool zone = read_zone(c, b, above);
	bool listed = c->from <= block && block < c->to;
	if (listed && fact->kind == FACT_LABEL)
		return read_label(c, block, above);
	bool may_default = !listed || fact->kind == FACT_TEXT || (fact->kind == FACT_ENTRY && fact->clock) ||
		(fact->kind == FACT_WHEN && !fact->date && is_alone(c, block));
	return (may_default && read_defaults(c, b, above)) || zone;
}

/* A daily listing's entries tell the hour alone: their day is that of the heading or the issue. */
static uint32_t day_above(const struct cutting *c, uint32_t listing) {
	const struct record *r = c->f->record;
	struct span spans[] = {r->listings.at[listing].heading_span, r->issue.span};
	uint32_t dated = 0, hours = 0;
	for (uint32_t i = c->from; i < c->to; i++) {
		const struct fact *fact = fact_at(c, i);
		bool entry = fact->kind == FACT_ENTRY || fact->kind == FACT_WHEN || fact->kind == FACT_ROW;
		bool hour = (fact->date || fact->clock) && timex_is_clock(&r->times.at[fact->time]); /* the first it says is an hour */
		dated += (entry && fact->date && !hour) || fact->kind == FACT_DAY || (fact->kind == FACT_LABEL && fact->date);
		hours += entry && hour;
	}
	for (size_t i = 0; i < 2 && hours > dated; i++) {
		uint32_t t = span_empty(spans[i]) ? r->times.count : record_time_from(r, spans[i].begin);
		if (t < r->times.count && r->times.at[t].span.end <= spans[i].end && timex_is_day(&r->times.at[t]) && r->times.at[t].when.day > 0)
			return t;
	}
	return NONE;
}

/* "Monday in Washington": a heading that names the place of its events names their time. */
static struct zone_mention zone_of_heading(const struct cutting *c, struct span heading) {
	uint32_t limit = document_token_at(c->d, heading.end);
	for (uint32_t i = document_token_at(c->d, heading.begin); i + 1 < limit; i++) {
		if (!is_word(c->d, i, limit, "in"))
			continue;
		struct place_zone p = place_zone_at(c->d, i + 1, limit);
		if (p.tokens)
			return (struct zone_mention){.span = token_span(c->d, i + 1, i + p.tokens), .name = -1, .place = p.place,
				.offset = ZONE_NO_OFFSET, .id = p.zone};
	}
	return (struct zone_mention){0};
}

static void read_blocks(const struct cutting *c, uint32_t from, uint32_t to, struct inherited *above) {
	for (uint32_t i = from; i < to; i++)
		if (c->d->blocks.at[i].kind != BLOCK_CONTENTS)
			statement_read(c, i, above);
}

struct inherited above_listing(const struct cutting *c, uint32_t listing) {
	const struct record *r = c->f->record;
	struct inherited above = {.date = day_above(c, listing), .clock = NONE};
	uint32_t essay = c->from, behind = c->from; /* the first essay's block; the one behind the last */
	for (uint32_t i = 0; i < r->articles.count && r->articles.at[i].span.begin < c->d->blocks.at[c->from].span.begin; i++) {
		behind = document_block_at(c->d, r->articles.at[i].span.end);
		essay = i ? essay : document_block_at(c->d, r->articles.at[i].span.begin);
	}
	read_blocks(c, 0, essay, &above);
	read_blocks(c, behind, c->from, &above);
	struct span heading = c->f->record->listings.at[listing].heading_span;
	if (!span_empty(heading) && span_empty(above.zone.span))
		above.zone = zone_of_heading(c, heading);
	return above;
}
