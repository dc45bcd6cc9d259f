/* The cut of a listing into entries, and what each inherits from the headings and statements above it. */
#include "scheduled.h"

#include "looks.h"

enum fact_kind {
	FACT_SKIP,  /* a rule, page furniture */
	FACT_ROW,
	FACT_LABEL, /* begins with a label */
	FACT_DAY,   /* a date without a clock time, and little else */
	FACT_WHEN,  /* a date or time with a clock, and little else */
	FACT_ENTRY, /* when and what in one */
	FACT_HEAD,  /* a short line that may be a heading or a title */
	FACT_TEXT,
};

/* What the cut asks of a block. */
struct fact {
	uint8_t kind, label;
	bool date, clock;
	bool first;    /* a time stands at its beginning */
	uint32_t time; /* the first of its times, in record.times */
};

struct cutting {
	struct finding *f;
	const struct document *d;
	const struct look *looks;
	struct fact *facts; /* of blocks [from, to) */
	uint32_t from, to;
	uint32_t listing;
	entries *out;
	struct inherited above;
	uint32_t columns, table;
	bool when_first;   /* cards whose first line is their time */
	bool after_day;    /* a day heading stands right above */
	/* the entry under way; open.blocks is 0 where there is none */
	struct entry open;
	bool has_date, has_clock, by_item;
	uint32_t labels;   /* bits of enum label seen in it */
};

/* ---- facts ---- */

/* Words that stand beside times without saying more: "from", "and", "(ET)", a mode, "all day". */
static uint32_t filler_at(const struct document *d, uint32_t at, uint32_t limit) {
	static const enum word_class classes[] = {WORD_MODE, WORD_ALL_DAY, WORD_TO_BE, WORD_ZONE, WORD_ZONE_PLACE, WORD_RANGE, WORD_WEEKDAY, WORD_FUNCTION};
	if (d->tokens.at[at].kind == TOKEN_PUNCT)
		return 1;
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
		uint32_t n = phrase_at(d, at, limit, classes[i], NULL);
		if (n)
			return n;
	}
	return 0;
}

/* Words of the block that belong to no time, and whether one begins it. */
static uint32_t other_words(const struct cutting *c, const struct block *b, struct fact *fact) {
	const struct record *r = c->f->record;
	uint32_t words = 0, t = fact->time, limit = b->token + b->tokens;
	for (uint32_t i = b->token; i < limit;) {
		while (t < r->times.count && r->times.at[t].span.end <= c->d->tokens.at[i].begin)
			t++;
		if (t < r->times.count && r->times.at[t].span.begin <= c->d->tokens.at[i].begin && c->d->tokens.at[i].begin < b->span.end) {
			fact->first = fact->first || words == 0;
			i++;
			continue;
		}
		uint32_t n = filler_at(c->d, i, limit);
		words += n == 0;
		i += n ? n : 1;
	}
	return words;
}

static void look_at_times(const struct cutting *c, const struct block *b, struct fact *fact) {
	const struct record *r = c->f->record;
	fact->time = record_time_from(r, b->span.begin);
	for (uint32_t t = fact->time; t < r->times.count && r->times.at[t].span.begin < b->span.end; t++) {
		const struct timex *x = &r->times.at[t];
		fact->clock = fact->clock || (x->type == TIMEX_TIME && x->when.hour >= 0);
		fact->date = fact->date || (x->type == TIMEX_DATE && (x->when.day > 0 || x->weekday));
	}
}

/* "ATHENS - …", "STOCKHOLM/ HELSINKI – …": a diary's item begins with its place. */
static bool has_dateline(const struct document *d, const struct block *b) {
	uint32_t i = b->token, limit = b->token + b->tokens, words = 0;
	for (; i < limit && words < 6; i++) {
		const struct token *t = &d->tokens.at[i];
		if (t->kind == TOKEN_WORD && t->shape == SHAPE_UPPER)
			words++;
		else if (t->kind != TOKEN_PUNCT || (t->number != '/' && t->number != ',' && t->number != '.'))
			break;
	}
	return words && b->tokens > 6 && is_sign(d, i, limit, '-') && is_spaced(d, i + 1) &&
		d->tokens.at[b->token].end - d->tokens.at[b->token].begin > 2;
}

static bool is_link_alone(const struct document *d, const struct block *b) {
	uint32_t limit = b->token + b->tokens, n = phrase_at(d, b->token, limit, WORD_LINK_LABEL, NULL);
	return (n && b->tokens <= n + 2) || d->tokens.at[b->token].kind == TOKEN_URL || d->tokens.at[b->token].kind == TOKEN_EMAIL;
}

static bool is_head(const struct cutting *c, uint32_t i) {
	const struct block *b = &c->d->blocks.at[i];
	if (b->kind == BLOCK_HEADING)
		return true;
	bool stop = is_sign(c->d, b->token + b->tokens - 1, b->token + b->tokens, '.');
	return (b->kind == BLOCK_TEXT || b->kind == BLOCK_ITEM) && b->tokens <= 32 && !stop && !is_link_alone(c->d, b) &&
		c->d->tokens.at[b->token].shape != SHAPE_LOWER && !is_sign(c->d, b->token, b->token + 1, '(');
}

/* Whether bold or linked words begin the block: in a form that has them, a title. */
static bool begins_strong(const struct document *d, const struct block *b) {
	struct span start = {b->span.begin, b->span.begin + 3};
	uint32_t from = 0;
	if (document_mark(d, MARK_STRONG, start, &from))
		return true;
	from = 0;
	return document_mark(d, MARK_LINK, start, &from) != NULL;
}

/* "4-5 June – Baltic Energy Days": words behind a dash behind the date are what happens then. */
static bool has_dash_behind_date(const struct cutting *c, const struct block *b, const struct fact *fact) {
	const struct record *r = c->f->record;
	uint32_t t = fact->time, limit = b->token + b->tokens;
	if (!fact->first || t >= r->times.count)
		return false;
	if (r->times.at[t].until != NONE)
		t = r->times.at[t].until;
	uint32_t at = document_token_at(c->d, r->times.at[t].span.end);
	return at + 2 < limit && is_spaced(c->d, at) && (is_sign(c->d, at, limit, '-') || is_sign(c->d, at, limit, ':'));
}

static struct fact fact_of(const struct cutting *c, uint32_t i) {
	const struct block *b = &c->d->blocks.at[i];
	struct fact fact = {.kind = FACT_SKIP};
	if (!b->tokens || b->kind == BLOCK_RULE || b->kind == BLOCK_CONTENTS || b->kind == BLOCK_NOTE)
		return fact;
	look_at_times(c, b, &fact);
	uint32_t words = other_words(c, b, &fact), limit = b->token + b->tokens;
	struct label_read label = label_read(c->d, b->token, limit);
	bool kind_first = label.tokens && phrase_at(c->d, b->token, limit, WORD_SERIES_KIND, NULL) >= label.words;
	if (b->kind == BLOCK_ROW && b->cells)
		fact.kind = FACT_ROW;
	else if (label.tokens && !(kind_first && label.label == LABEL_PEOPLE)) {
		fact.kind = FACT_LABEL;
		fact.label = label.label;
	} else if (fact.date && !fact.clock && (words <= 1 || (words <= 4 && fact.first && b->tokens < 14 && !has_dash_behind_date(c, b, &fact))))
		fact.kind = FACT_DAY;
	else if (fact.clock && (words <= 2 || (fact.first && words <= 4 && fact.date)))
		fact.kind = FACT_WHEN;
	else if (has_dateline(c->d, b) || ((fact.clock || fact.date) && (c->looks[i].event >= 2 || fact.first || b->kind == BLOCK_ITEM || begins_strong(c->d, b))))
		fact.kind = FACT_ENTRY;
	else
		fact.kind = is_head(c, i) ? FACT_HEAD : fact.clock && fact.date ? FACT_ENTRY : FACT_TEXT;
	return fact;
}

static const struct fact *fact_at(const struct cutting *c, uint32_t i) {
	static const struct fact none = {.kind = FACT_SKIP};
	return i >= c->from && i < c->to ? &c->facts[i - c->from] : &none;
}

static uint32_t next_block(const struct cutting *c, uint32_t i) {
	do
		i++;
	while (i < c->to && fact_at(c, i)->kind == FACT_SKIP);
	return i;
}

static uint16_t gap_of(const struct cutting *c, uint32_t i) {
	return c->d->blocks.at[i].gap;
}

static bool form_heading(const struct cutting *c, uint32_t i) {
	return i < c->to && c->d->blocks.at[i].kind == BLOCK_HEADING;
}

/* ---- entries ---- */

static void close_entry(struct cutting *c) {
	if (c->open.blocks && (c->has_date || c->has_clock || c->open.above.date != NONE || c->labels))
		*array_push(c->f->scratch, c->out) = c->open;
	c->open.blocks = 0;
}

static void note_fact(struct cutting *c, uint32_t i) {
	const struct fact *fact = fact_at(c, i);
	c->open.blocks = i + 1 - c->open.block;
	c->has_date = c->has_date || fact->date;
	c->has_clock = c->has_clock || fact->clock;
	if (fact->kind == FACT_LABEL)
		c->labels |= (uint32_t)1 << fact->label;
}

static void begin_entry(struct cutting *c, uint32_t i) {
	close_entry(c);
	c->open = (struct entry){.block = i, .columns = NONE, .listing = c->listing, .above = c->above};
	c->has_date = c->has_clock = false;
	c->labels = 0;
	c->by_item = c->d->blocks.at[i].kind == BLOCK_ITEM;
	c->after_day = false;
	note_fact(c, i);
}

static bool has_when(const struct cutting *c) {
	return c->has_date || c->has_clock;
}

static bool is_when_label(uint8_t label) {
	return label == LABEL_WHEN || label == LABEL_DATE || label == LABEL_TIME;
}

/* The line below `i` that says when, if it is near and nothing that says it itself stands between; else NONE. */
static uint32_t next_when(const struct cutting *c, uint32_t i) {
	uint32_t steps = 0;
	for (uint32_t k = next_block(c, i); k < c->to && steps < 5; k = next_block(c, k), steps++) {
		const struct fact *fact = fact_at(c, k);
		if (fact->kind == FACT_WHEN || fact->kind == FACT_DAY || (fact->kind == FACT_LABEL && (is_when_label(fact->label) || fact->date)))
			return k;
		if (fact->kind == FACT_ENTRY || fact->kind == FACT_ROW)
			return NONE;
		if (fact->kind == FACT_LABEL && fact->label == LABEL_TITLE)
			return NONE;
	}
	return NONE;
}

/* Whether a heading between `i` and `when` heads what `when` says better than `i`. */
static bool better_head(const struct cutting *c, uint32_t i, uint32_t when) {
	for (uint32_t k = next_block(c, i); k < when; k = next_block(c, k)) {
		if (fact_at(c, k)->kind != FACT_HEAD)
			continue;
		if (form_heading(c, k) || (!form_heading(c, i) && gap_of(c, k) > 0) || next_block(c, k) == when)
			return !(form_heading(c, i) && !form_heading(c, k) && c->d->blocks.at[i].level > 2 && gap_of(c, k) == 0);
	}
	return false;
}

/* A heading over prose that says when: "Title" / "Join us on Tuesday, September 9, at 6 pm …". */
static bool heads_prose(const struct cutting *c, uint32_t i) {
	uint32_t k = next_block(c, i);
	const struct fact *next = fact_at(c, k);
	if (next->kind != FACT_ENTRY || next->first || c->d->blocks.at[k].kind == BLOCK_ITEM || c->looks[i].flags & LOOK_LISTING)
		return false;
	uint32_t from = 0;
	struct span start = {c->d->blocks.at[k].span.begin, c->d->blocks.at[k].span.begin + 1};
	if (document_mark(c->d, MARK_STRONG, start, &from) || has_dateline(c->d, &c->d->blocks.at[k]))
		return false;
	if (fact_at(c, next_block(c, k))->kind == FACT_ENTRY)
		return false;
	return gap_of(c, k) == 0 || form_heading(c, i);
}

static bool opens(const struct cutting *c, uint32_t i) {
	if (c->open.blocks && !has_when(c) && !form_heading(c, i))
		return false;
	if (c->when_first && c->open.blocks)
		return false;
	if (heads_prose(c, i))
		return true;
	uint32_t when = next_when(c, i);
	if (when != NONE && fact_at(c, when)->kind == FACT_DAY && form_heading(c, when))
		when = NONE;
	if (when == NONE) /* a title under a day heading, its hour not said */
		return c->after_day && fact_at(c, next_block(c, i))->kind != FACT_ENTRY && fact_at(c, next_block(c, i))->kind != FACT_ROW;
	if ((c->looks[i].flags & LOOK_LISTING) && form_heading(c, i) && better_head(c, i, when))
		return false;
	/* a line over a stanza that has its own title below its time */
	if (gap_of(c, when) > 0 && !form_heading(c, i) && fact_at(c, when)->kind == FACT_WHEN && next_block(c, when) < c->to &&
		gap_of(c, next_block(c, when)) == 0 && fact_at(c, next_block(c, when))->kind == FACT_HEAD)
		return false;
	/* the last line of a stanza, before another stanza's time */
	if (c->open.blocks && has_when(c) && gap_of(c, i) == 0 && gap_of(c, when) > 0 && !form_heading(c, i))
		return false;
	/* the venue or a blurb of the entry under way */
	if (c->open.blocks && gap_of(c, i) == 0 && next_block(c, i) != when && fact_at(c, when)->kind != FACT_LABEL)
		return false;
	return !better_head(c, i, when);
}

static void on_head(struct cutting *c, uint32_t i) {
	if (opens(c, i))
		begin_entry(c, i);
	else if (form_heading(c, i) && !(c->open.blocks && !has_when(c)))
		close_entry(c);
	else if (c->open.blocks && !(gap_of(c, i) > 0 && (c->looks[i].flags & LOOK_CAPITALS) && has_when(c)))
		note_fact(c, i);
	else
		close_entry(c);
}

/* ---- what stands above ---- */

/* Whether a date on its own is a heading for the entries below it, not the date of a card. */
static bool is_day_heading(const struct cutting *c, uint32_t i) {
	uint32_t next = next_block(c, i);
	bool waits = c->open.blocks && !c->has_date && c->open.above.date == NONE;
	if (form_heading(c, i))
		return !waits || !form_heading(c, c->open.block) || c->d->blocks.at[i].level <= c->d->blocks.at[c->open.block].level;
	if (!waits)
		return fact_at(c, next)->kind != FACT_DAY;
	switch (fact_at(c, next)->kind) {
	case FACT_ENTRY: case FACT_ROW:
		return gap_of(c, i) > 0 && !(c->open.blocks && !has_when(c));
	default:
		return false;
	}
}

/* "All times are Eastern", "Times in CET unless noted": a zone for all entries below. */
static bool read_zone_statement(struct cutting *c, const struct block *b) {
	uint32_t limit = b->token + b->tokens;
	bool times = false;
	for (uint32_t i = b->token; i < limit; i++) {
		const struct token *t = &c->d->tokens.at[i];
		struct str word = token_text(c->d, i);
		int32_t value;
		times = times || str_equal_nocase(word, STR("times")) || str_equal_nocase(word, STR("hours"));
		if (!times || t->kind != TOKEN_WORD || t->shape == SHAPE_LOWER)
			continue;
		uint32_t n = phrase_at(c->d, i, limit, WORD_ZONE, &value);
		bool place = !n;
		if (place)
			n = phrase_at(c->d, i, limit, WORD_ZONE_PLACE, &value);
		if (!n)
			continue;
		const struct zone_name *name = place ? zone_place(value) : zone_name(value);
		c->above.zone = (struct zone_mention){.span = token_span(c->d, i, i + n - 1), .name = place ? -1 : value, .place = place ? value : -1,
			.offset = ZONE_NO_OFFSET, .id = name && !name->zones[1] ? name->zones[0] : NULL};
		return true;
	}
	return false;
}

/* "Room 2.04", "Hall B". */
static bool is_room(const struct document *d, uint32_t at, uint32_t limit) {
	return at + 1 < limit && d->tokens.at[at].shape == SHAPE_CAPITAL && word_is(d->tokens.at[at].word, WORD_PLACE_HEAD, NULL) &&
		(d->tokens.at[at + 1].kind == TOKEN_NUMBER || d->tokens.at[at + 1].shape == SHAPE_UPPER);
}

/* "… are held on Wednesdays 13.15-14.05 in Room 2.04 unless noted": an hour and a room for all. */
static void read_default(struct cutting *c, uint32_t block) {
	const struct block *b = &c->d->blocks.at[block];
	const struct record *r = c->f->record;
	bool held = false;
	uint32_t limit = b->token + b->tokens;
	for (uint32_t i = b->token; i < limit; i++) {
		struct str word = token_text(c->d, i);
		held = held || str_equal_nocase(word, STR("held")) || str_equal_nocase(word, STR("unless")) || str_equal_nocase(word, STR("otherwise")) ||
			str_equal_nocase(word, STR("all")) || str_equal_nocase(word, STR("place"));
		if (range_empty(c->above.place) && i > b->token && is_room(c->d, i, limit)) {
			uint32_t end = i + 1;
			while (end < limit && !is_stop(c->d, end, limit) && !is_sign(c->d, end, limit, ',') && !is_sign(c->d, end, limit, '(') &&
				!str_equal_nocase(token_text(c->d, end), STR("unless")) && !str_equal_nocase(token_text(c->d, end), STR("and")) &&
				!str_equal_nocase(token_text(c->d, end), STR("at")))
				end++;
			c->above.place = (struct range){i, end};
		}
	}
	if (!held) {
		c->above.place = (struct range){0, 0};
		return;
	}
	for (uint32_t t = fact_at(c, block)->time; t < r->times.count && r->times.at[t].span.begin < b->span.end; t++)
		if (c->above.clock == NONE && r->times.at[t].type == TIMEX_TIME)
			c->above.clock = t;
	if (c->above.clock != NONE && r->times.at[c->above.clock].zone.id && span_empty(c->above.zone.span))
		c->above.zone = r->times.at[c->above.clock].zone;
}

static bool read_statement(struct cutting *c, uint32_t block) {
	bool zone = read_zone_statement(c, &c->d->blocks.at[block]);
	uint32_t clock = c->above.clock;
	read_default(c, block);
	return zone || c->above.clock != clock;
}

/* ---- the walk ---- */

static void on_label(struct cutting *c, uint32_t i) {
	const struct fact *fact = fact_at(c, i);
	uint32_t bit = (uint32_t)1 << fact->label;
	uint32_t single = (uint32_t)1 << LABEL_TITLE | (uint32_t)1 << LABEL_WHEN | (uint32_t)1 << LABEL_DATE | (uint32_t)1 << LABEL_TIME |
		(uint32_t)1 << LABEL_PLACE | (uint32_t)1 << LABEL_DEADLINE;
	bool again = (c->labels & bit & single) && !(fact->label == LABEL_TITLE && !has_when(c));
	bool titled = fact->label == LABEL_TITLE && has_when(c) && gap_of(c, i) > 0;
	if (!c->open.blocks || again || titled)
		begin_entry(c, i);
	else
		note_fact(c, i);
}

static void on_day(struct cutting *c, uint32_t i) {
	if (!is_day_heading(c, i)) {
		if (c->open.blocks)
			note_fact(c, i);
		else
			begin_entry(c, i);
		return;
	}
	close_entry(c);
	const struct record *r = c->f->record;
	uint32_t t = fact_at(c, i)->time;
	while (t < r->times.count && r->times.at[t].type != TIMEX_DATE)
		t++;
	c->above.date = t < r->times.count ? t : NONE;
	c->after_day = true;
}

static void on_when(struct cutting *c, uint32_t i) {
	const struct fact *fact = fact_at(c, i);
	bool adds = (!c->has_clock && fact->clock) || (!c->has_date && fact->date && c->open.above.date == NONE);
	bool stanza = gap_of(c, i) == 0 && !c->when_first;
	if (c->open.blocks && (!has_when(c) || adds || stanza) && !(c->when_first && c->has_clock))
		note_fact(c, i);
	else
		begin_entry(c, i);
}

/* Whether the block tells of another moment of the entry above it: "RSVP by 10 am", "Doors open at 6". */
static bool tells_other_moment(const struct cutting *c, uint32_t i) {
	const struct block *b = &c->d->blocks.at[i];
	const struct fact *fact = fact_at(c, i);
	return !fact->first && b->tokens < 24 && !has_dateline(c->d, b) && fact->time < c->f->record->times.count &&
		block_has(c->d, b->token, document_token_at(c->d, c->f->record->times.at[fact->time].span.begin), WORD_OTHER_MOMENT, NULL);
}

/* An entry whole in itself; under a title that waits for its time, the line that tells it. */
static void on_entry(struct cutting *c, uint32_t i) {
	const struct fact *fact = fact_at(c, i);
	const struct block *b = &c->d->blocks.at[i];
	bool waits = c->open.blocks && !has_when(c);
	bool like_first = c->open.blocks && gap_of(c, i) > 0 && fact->date && c->looks[i].event >= 2 && fact_at(c, c->open.block)->kind == FACT_ENTRY;
	bool strong = like_first || fact->first || b->kind == BLOCK_ITEM || c->looks[i].event >= 3 || has_dateline(c->d, b) ||
		(gap_of(c, i) > 0 && begins_strong(c->d, b));
	if (waits && !(b->kind == BLOCK_ITEM && c->by_item))
		note_fact(c, i);
	else if (c->open.blocks && tells_other_moment(c, i))
		c->open.blocks = i + 1 - c->open.block;
	else if (c->open.blocks && (!strong || (c->labels && gap_of(c, i) == 0 && !fact->first)))
		note_fact(c, i);
	else if (c->open.blocks && c->has_clock && form_heading(c, c->open.block) && !fact->first && b->kind != BLOCK_ITEM)
		note_fact(c, i);
	else
		begin_entry(c, i);
}

static bool all_labels(const struct cutting *c, const struct block *row) {
	uint32_t known = 0;
	for (uint32_t i = 0; i < row->cells; i++) {
		const struct cell *cell = &c->d->cells.at[row->cell + i];
		if (cell->tokens > 6)
			return false;
		known += label_of_column(c->d, cell->token, cell->token + cell->tokens).words > 0;
	}
	return known >= 2 || (known && row->cells <= 2);
}

static void on_row(struct cutting *c, uint32_t i) {
	const struct block *row = &c->d->blocks.at[i];
	const struct fact *fact = fact_at(c, i);
	uint32_t filled = 0;
	for (uint32_t k = 0; k < row->cells; k++)
		filled += c->d->cells.at[row->cell + k].tokens > 0;
	if (c->table != row->table) {
		c->columns = NONE;
		c->table = row->table;
	}
	if (row->heading_row || (!fact->clock && !fact->date && all_labels(c, row))) {
		close_entry(c);
		c->columns = i;
	} else if (filled == 1 && fact->date && !fact->clock) {
		on_day(c, i);
	} else if (filled > 1) {
		begin_entry(c, i);
		c->open.columns = c->columns;
		close_entry(c);
	}
}

static void on_text(struct cutting *c, uint32_t i) {
	const struct block *b = &c->d->blocks.at[i];
	bool item = b->kind == BLOCK_ITEM && c->above.date != NONE && !c->labels && (!c->open.blocks || c->by_item);
	if (item)
		begin_entry(c, i);
	else if (c->open.blocks)
		note_fact(c, i);
	else
		read_statement(c, i);
}

static void walk(struct cutting *c) {
	for (uint32_t i = c->from; i < c->to; i++) {
		const struct fact *fact = fact_at(c, i);
		bool statement = (fact->kind == FACT_ENTRY || fact->kind == FACT_TEXT || fact->kind == FACT_WHEN || fact->kind == FACT_HEAD) && !c->open.blocks &&
			!c->out->count && c->d->blocks.at[i].tokens < 60 && (!fact->date || fact->kind != FACT_ENTRY);
		bool may_default = fact->kind == FACT_TEXT || (fact->kind == FACT_ENTRY && fact->clock);
		if (statement && (may_default ? read_statement(c, i) : read_zone_statement(c, &c->d->blocks.at[i])))
			continue;
		switch (fact->kind) {
		case FACT_ROW: on_row(c, i); break;
		case FACT_LABEL: on_label(c, i); break;
		case FACT_DAY: on_day(c, i); break;
		case FACT_WHEN: on_when(c, i); break;
		case FACT_ENTRY: on_entry(c, i); break;
		case FACT_HEAD: on_head(c, i); break;
		case FACT_TEXT: on_text(c, i); break;
		default: break;
		}
	}
	close_entry(c);
}

/* Whether the first time of the listing stands above its title: right under a heading, or under nothing. */
static bool time_comes_first(const struct cutting *c) {
	bool head = false;
	for (uint32_t i = c->from; i < c->to; i++) {
		const struct fact *fact = fact_at(c, i);
		if (fact->kind == FACT_WHEN || (fact->kind == FACT_DAY && fact_at(c, next_block(c, i))->kind == FACT_HEAD))
			return !head && fact_at(c, next_block(c, i))->kind == FACT_HEAD;
		if (fact->kind == FACT_ENTRY || fact->kind == FACT_ROW || fact->kind == FACT_LABEL)
			return false;
		if (fact->kind == FACT_HEAD)
			head = !(c->looks[i].flags & LOOK_LISTING) && i > c->from;
	}
	return false;
}

/* Statements of a default zone may stand between the masthead and the listing, or in it. */
static void look_above(struct cutting *c, uint32_t from) {
	for (uint32_t i = from; i < c->from; i++) {
		const struct block *b = &c->d->blocks.at[i];
		if (b->kind != BLOCK_CONTENTS && b->tokens < 60)
			read_zone_statement(c, b);
	}
}

/* A daily listing's entries tell the hour alone: their day is that of the heading or the issue. */
static void inherit_day(struct cutting *c) {
	const struct record *r = c->f->record;
	struct span spans[] = {r->listings.at[c->listing].heading_span, r->issue.span};
	uint32_t dated = 0, hours = 0;
	for (uint32_t i = c->from; i < c->to; i++) {
		const struct fact *fact = fact_at(c, i);
		bool entry = fact->kind == FACT_ENTRY || fact->kind == FACT_WHEN || fact->kind == FACT_ROW;
		bool hour = (fact->date || fact->clock) && r->times.at[fact->time].type == TIMEX_TIME; /* the first it says is an hour */
		dated += (entry && fact->date && !hour) || fact->kind == FACT_DAY || (fact->kind == FACT_LABEL && fact->date);
		hours += entry && hour;
	}
	for (size_t i = 0; i < 2 && hours > dated && c->above.date == NONE; i++) {
		uint32_t t = span_empty(spans[i]) ? r->times.count : record_time_from(r, spans[i].begin);
		if (t < r->times.count && r->times.at[t].span.end <= spans[i].end && r->times.at[t].type == TIMEX_DATE && r->times.at[t].when.day > 0)
			c->above.date = t;
	}
}

/* "Monday in Washington": a heading that names the place of its events names their time. */
static void read_heading_place(struct cutting *c, struct span heading) {
	if (span_empty(heading) || !span_empty(c->above.zone.span))
		return;
	uint32_t limit = document_token_at(c->d, heading.end);
	for (uint32_t i = document_token_at(c->d, heading.begin); i + 1 < limit; i++) {
		int32_t place;
		uint32_t n = str_equal_nocase(token_text(c->d, i), STR("in")) ? phrase_at(c->d, i + 1, limit, WORD_ZONE_PLACE, &place) : 0;
		if (!n)
			continue;
		const struct zone_name *name = zone_place(place);
		c->above.zone = (struct zone_mention){.span = token_span(c->d, i + 1, i + n), .name = -1, .place = place,
			.offset = ZONE_NO_OFFSET, .id = name && !name->zones[1] ? name->zones[0] : NULL};
		return;
	}
}

void entries_cut(struct finding *f, uint32_t listing, entries *out) {
	const struct record *r = f->record;
	const struct document *d = f->document;
	struct span span = r->listings.at[listing].span;
	struct cutting c = {.f = f, .d = d, .looks = looks_of(f), .listing = listing, .out = out, .columns = NONE,
		.from = document_block_at(d, span.begin), .to = document_block_at(d, span.end)};
	c.above = (struct inherited){.date = NONE, .clock = NONE};
	c.facts = arena_alloc(f->scratch, (c.to - c.from + 1) * sizeof *c.facts);
	for (uint32_t i = c.from; i < c.to; i++)
		c.facts[i - c.from] = fact_of(&c, i);
	uint32_t first = 0;
	for (uint32_t i = 0; i < r->articles.count && r->articles.at[i].span.begin < span.begin; i++)
		first = document_block_at(d, r->articles.at[i].span.end);
	look_above(&c, first);
	read_heading_place(&c, r->listings.at[listing].heading_span);
	inherit_day(&c);
	c.when_first = time_comes_first(&c);
	walk(&c);
}
