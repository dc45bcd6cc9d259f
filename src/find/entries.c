/* The entries of a listing, each with what it inherits from the headings and statements above it. */
#include "entries.h"
#include "place_zones.h"

struct walk {
	const struct cutting *c;
	entries *out;
	struct inherited above;
	uint32_t listing, columns, table;
};

static void add_entry(struct walk *w, uint32_t block, uint32_t blocks, uint32_t columns) {
	*array_push(w->c->f->scratch, w->out) = (struct entry){.block = block, .blocks = blocks, .columns = columns,
		.listing = w->listing, .above = w->above};
}

/* The day that begins block `i`, or NONE. */
static uint32_t day_first(const struct walk *w, uint32_t i) {
	const struct fact *fact = fact_at(w->c, i);
	const struct record *r = w->c->f->record;
	return fact->date && fact->first && fact->time < r->times.count && timex_is_day(&r->times.at[fact->time]) ? fact->time : NONE;
}

/* "Wed 10 June 10am Communion" above "7pm Bell ringing": the day of a line goes for hours right below it. */
static void keep_day(struct walk *w, uint32_t first, uint32_t next) {
	const struct fact *below = fact_at(w->c, next);
	uint32_t day = day_first(w, first);
	if (day != NONE && (below->kind == FACT_ENTRY || below->kind == FACT_WHEN) && below->first && below->clock && !below->date && !below->gap)
		w->above.date = day;
}

/* The events of one entry's blocks: one, or several that share a block, and with it the day it begins with. */
static void add_entries(struct walk *w, uint32_t block, uint32_t blocks) {
	struct range parts[SEVERAL];
	uint32_t count = blocks == 1 ? several_in(w->c, block, parts) : 0, date = w->above.date;
	if (!count)
		add_entry(w, block, blocks, NONE);
	for (uint32_t i = 0; i < count; i++) {
		add_entry(w, block, 1, NONE);
		w->out->at[w->out->count - 1].part = parts[i];
		if (i == 0 && day_first(w, block) != NONE)
			w->above.date = day_first(w, block);
	}
	w->above.date = date;
	keep_day(w, block, block + blocks);
}

static void on_day(struct walk *w, uint32_t i) {
	const struct record *r = w->c->f->record;
	uint32_t t = fact_at(w->c, i)->time;
	while (t < r->times.count && !timex_is_day(&r->times.at[t]))
		t++;
	w->above.date = t < r->times.count ? t : NONE;
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

static void on_row(struct walk *w, uint32_t i) {
	const struct block *row = &w->c->d->blocks.at[i];
	const struct fact *fact = fact_at(w->c, i);
	uint32_t filled = 0;
	for (uint32_t k = 0; k < row->cells; k++)
		filled += w->c->d->cells.at[row->cell + k].tokens > 0;
	if (w->table != row->table) {
		w->columns = NONE;
		w->table = row->table;
	}
	if (row->heading_row || (!fact->clock && !fact->date && all_labels(w->c, row)))
		w->columns = i;
	else if (filled == 1 && fact->date && !fact->clock)
		on_day(w, i);
	else if (filled > 1 && !fact->none && (fact->date || fact->clock || w->above.date != NONE))
		add_entry(w, i, 1, w->columns);
}

/* "SACRAMENTO" above the events of that town: its zone is theirs, until another stands there. */
static void on_town(struct walk *w, uint32_t i) {
	const struct document *d = w->c->d;
	const struct block *b = &d->blocks.at[i];
	struct place_zone p = place_zone_at(d, b->token, b->token + b->tokens);
	if (!b->tokens || p.tokens != b->tokens || (!span_empty(w->above.zone.span) && !w->above.town))
		return;
	w->above.town = true;
	w->above.zone = (struct zone_mention){.span = b->span, .name = -1, .place = p.place, .offset = ZONE_NO_OFFSET, .id = p.zone};
}

static void on_other(struct walk *w, uint32_t i) {
	switch (fact_at(w->c, i)->kind) {
	case FACT_ROW: on_row(w, i); break;
	case FACT_DAY: on_day(w, i); break;
	case FACT_SKIP: break;
	default:
		statement_read(w->c, i, &w->above);
		on_town(w, i);
		break;
	}
}

/* An entry's last blocks that are rules are none of it. */
static uint32_t without_skipped(const struct cutting *c, uint32_t block, uint32_t blocks) {
	while (blocks > 1 && fact_at(c, block + blocks - 1)->kind == FACT_SKIP)
		blocks--;
	return blocks;
}

void entries_cut(struct finding *f, uint32_t listing, entries *out) {
	const struct document *d = f->document;
	struct span span = f->record->listings.at[listing].span;
	struct cutting c = {.f = f, .d = d, .looks = looks_of(f),
		.from = document_block_at(d, span.begin), .to = document_block_at(d, span.end)};
	facts_read(&c);
	struct walk w = {.c = &c, .out = out, .above = above_listing(&c, listing), .listing = listing, .columns = NONE};
	const uint16_t *lengths = cut_best(&c, w.above.date != NONE);
	for (uint32_t i = c.from; i < c.to;) {
		uint32_t blocks = lengths[i - c.from];
		if (blocks)
			add_entries(&w, i, without_skipped(&c, i, blocks));
		else
			on_other(&w, i);
		i += blocks ? blocks : 1;
	}
}
