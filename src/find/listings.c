/* Listings: runs of entries for coming events, with the headings above them. */
#include "dates.h"
#include "layout.h"

static bool is_entry(const struct document *d, const struct look *look, uint32_t block) {
	uint8_t kind = d->blocks.at[block].kind;
	if (kind == BLOCK_CONTENTS || (look->flags & (LOOK_NOTE | LOOK_CONTENTS)))
		return false;
	return look->event >= 3 || ((kind == BLOCK_ITEM || kind == BLOCK_ROW) && look->event >= 1) ||
		((look->flags & LOOK_LABELLED) && look->event >= 1) || (look->words <= 24 && look->event >= 2 && !(look->flags & LOOK_BYLINE));
}

static bool is_essay_matter(const struct look *look) {
	return (look->flags & (LOOK_BYLINE | LOOK_BIO | LOOK_PROVENANCE | LOOK_NOTE | LOOK_STRAY)) != 0 ||
		((look->flags & LOOK_BODY) && look->words >= 25);
}

/* A short block under a line that is a date, one of several such: a series that names its hour once, above. */
static bool is_under_day(const struct document *d, const struct look *looks, uint32_t block) {
	if (block == 0 || !(looks[block - 1].flags & LOOK_DATE) || looks[block].words == 0 || looks[block].words > 40 ||
		(looks[block].flags & (LOOK_DATE | LOOK_BYLINE | LOOK_BIO | LOOK_PROVENANCE | LOOK_DISCLAIMER | LOOK_NOTE | LOOK_CONTENTS)))
		return false;
	uint32_t days = 0, from = block > 3 ? block - 3 : 0;
	for (uint32_t i = from; i < d->blocks.count && i <= block + 2; i++)
		days += i != block - 1 && (looks[i].flags & LOOK_DATE) && looks[i].words <= 4;
	return days > 0;
}

/* Whether block `at` heads an essay: a heading with a byline or provenance close behind, or with paragraphs and no entry. */
static bool heads_essay(const struct document *d, const struct look *looks, uint32_t at) {
	uint32_t bodies = 0;
	bool signed_below = at + 1 < d->blocks.count && looks[at + 1].flags & LOOK_NAME_FIRST;
	if (!(looks[at].flags & LOOK_HEADING) || (looks[at].flags & (LOOK_DATE | LOOK_LISTING | LOOK_NAME_FIRST)))
		return false;
	if (!(looks[at].flags & LOOK_FORM_HEADING) && d->blocks.at[at].gap == 0) /* a line of an entry */
		return false;
	for (uint32_t i = at + 1; i < d->blocks.count && i <= at + 4; i++) {
		if (is_entry(d, &looks[i], i))
			return false;
		if (i <= at + 3 && (looks[i].flags & (LOOK_BYLINE | LOOK_BIO)))
			return true;
		bodies += (looks[i].flags & LOOK_BODY) && looks[i].words >= 40;
	}
	return bodies + signed_below >= 2;
}

/* Where the headings above the first entry begin. */
static uint32_t listing_begin(const struct finding *f, const struct look *looks, uint32_t from, uint32_t entry) {
	const struct document *d = f->document;
	bool essay_before = false;
	for (uint32_t i = from; i < entry; i++)
		essay_before = essay_before || is_essay_matter(&looks[i]);
	if (!essay_before)
		return from;
	uint32_t begin = entry;
	while (begin > from && !is_essay_matter(&looks[begin - 1]) && looks[begin - 1].words < 40 &&
		d->blocks.at[begin - 1].kind != BLOCK_QUOTE && !(looks[begin - 1].flags & (LOOK_DISCLAIMER | LOOK_NOTES))) {
		begin--;
		if (looks[begin].flags & LOOK_LISTING) /* "Events" heads it; what is above belongs elsewhere */
			return begin;
	}
	/* an essay's list or last lines may have been taken along: begin at the first heading */
	while (begin < entry && !(looks[begin].flags & (LOOK_HEADING | LOOK_LISTING | LOOK_DATE)) && d->blocks.at[begin].kind != BLOCK_ROW &&
		!(looks[begin + 1].flags & LOOK_LABELLED && d->blocks.at[begin + 1].gap == 0)) /* the first one's title */
		begin++;
	return begin;
}

static uint32_t listing_end(const struct document *d, const struct look *looks, uint32_t entry) {
	uint32_t end = entry + 1;
	for (uint32_t i = entry + 1; i < d->blocks.count; i++) {
		if ((looks[i].flags & (LOOK_NOTES | LOOK_NOTE)) || d->blocks.at[i].kind == BLOCK_CONTENTS || heads_essay(d, looks, i))
			break;
		end = i + 1;
	}
	return end;
}

/* The first block at or after `at` that reads as an entry; under a heading that says "Events", a date is enough. */
static uint32_t first_entry(const struct document *d, const struct look *looks, uint32_t at) {
	bool under_head = false;
	for (; at < d->blocks.count; at++) {
		if (is_entry(d, &looks[at], at) || is_under_day(d, looks, at) || (under_head && (looks[at].flags & LOOK_HAS_DATE) && looks[at].words <= 30))
			return at;
		under_head = (under_head || (looks[at].flags & LOOK_LISTING)) && !is_essay_matter(&looks[at]);
	}
	return at;
}

/* A listing has a heading that says so, or more than one sign of an entry: a lone clock time in prose is none. */
static bool is_listing(const struct document *d, const struct look *looks, struct block_range range) {
	uint32_t score = 0;
	for (uint32_t i = range.begin; i < range.end; i++) {
		if (looks[i].flags & LOOK_LISTING)
			return true;
		score += is_entry(d, &looks[i], i) ? looks[i].event : is_under_day(d, looks, i) ? 2 : 0;
	}
	return score >= 3;
}

/* A paragraph of prose that tells when: no label, no time at its head. */
static bool is_told(const struct document *d, const struct look *looks, uint32_t block) {
	const struct block *b = &d->blocks.at[block];
	uint32_t limit = b->token + b->tokens;
	return b->kind == BLOCK_TEXT && looks[block].words > 24 && !(looks[block].flags & LOOK_LABELLED) && !dates_read(d, b->token, limit).tokens &&
		!clocks_read(d, b->token, limit).tokens && !is_under_day(d, looks, block);
}

uint32_t listing_last_head(struct finding *f) {
	const struct document *d = f->document;
	const struct look *looks = looks_of(f);
	uint32_t last = 0;
	for (uint32_t i = 0; i < d->blocks.count; i++)
		if ((looks[i].flags & LOOK_LISTING) && (looks[i].flags & LOOK_HEADING))
			last = i;
	return last;
}

struct block_range listing_next(struct finding *f, uint32_t at, uint32_t head) {
	const struct document *d = f->document;
	const struct look *looks = looks_of(f);
	bool under_head = false;
	for (uint32_t entry = first_entry(d, looks, at), seen = at; entry < d->blocks.count; entry = first_entry(d, looks, entry + 1)) {
		for (; seen < entry; seen++)
			if (looks[seen].flags & LOOK_HEADING)
				under_head = looks[seen].flags & LOOK_LISTING;
		if (entry < head && !under_head && is_told(d, looks, entry)) /* what an essay tells before the events */
			continue;
		struct block_range range = {listing_begin(f, looks, at, entry), listing_end(d, looks, entry)};
		if (is_listing(d, looks, range))
			return range;
	}
	return (struct block_range){d->blocks.count, d->blocks.count};
}
