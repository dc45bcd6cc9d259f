/* The cut of a listing into entries: of all ways to cut it, the one whose entries look best. An entry looks good when it has
 * one title and one time, begins where a gap, a heading or an item begins, and holds no second one of what one event has once.
 * What no entry takes (headings, days, statements) stands above. The best cut is found from the end backwards, as a shortest
 * path (Bellman's principle): each block looks ahead as far as one entry may reach, so the work is linear in the blocks. */
#include "entries.h"


#define LONGEST 64     /* blocks an entry may have */
#define HOPELESS (-60) /* a score that no block behind mends */
#define NEVER (-100000)

/* What stands above an entry, for one that says no date of its own. */
enum above { ABOVE_NOTHING, ABOVE_DATE, ABOVE_DAY /* a heading of the day, and no other since */, ABOVES };

/* An entry that grows block by block. */
struct growth {
	int score;
	bool title, date, clock;
	bool told_date;  /* prose tells of a date */
	bool words;      /* a line of its time has words besides, which may be a title */
	bool day;        /* a day stands below its first line */
	bool under;      /* the line above says its day */
	bool told;       /* begins as an entry of its listing does: an item, a dateline */
	bool people;     /* the lines of a list of people are under way */
	uint32_t labels; /* bits of enum label */
	uint8_t before;  /* the kind of the block before */
	uint8_t lines;   /* blocks that are neither title nor time */
	bool announced;  /* a label alone stands right above */
	bool headed;     /* a heading of the form is its title */
	bool link;       /* a link alone, which ends most entries, has been */
};

struct cut {
	const struct cutting *c;
	bool form; /* the form has headings: other short lines are none */
	bool paired; /* titles stand above paragraphs that begin with their time, one by one */
	bool days; /* days head the entries below them, of which some have several: none begins an entry */
	uint32_t heads; /* how many days stand above hours */
	int gain[3], cost[3]; /* of no gap, one blank line, a wide gap: what it is worth before an entry, what it costs inside one */
	uint32_t tail; /* the first block behind all entries, where none has a paragraph but this one */
	int *value[ABOVES];
	uint16_t *choice[ABOVES];
};

static uint32_t bit(uint8_t label) {
	return (uint32_t)1 << label;
}

static bool is_when_label(uint8_t label) {
	return label == LABEL_WHEN || label == LABEL_DATE || label == LABEL_TIME;
}

/* How far gaps tell entries apart in this listing: blank lines mean something where other blocks stand without them, and
 * less where there are wider gaps. */
static void weigh_gaps(struct cut *cut) {
	const struct cutting *c = cut->c;
	uint32_t blocks = 1, counts[3] = {0};
	for (uint32_t i = c->from + 1; i < c->to; i++) {
		const struct fact *fact = fact_at(c, i);
		cut->form = cut->form || form_heading(c, i);
		if (fact->kind == FACT_SKIP || fact->kind == FACT_ROW || (c->d->blocks.at[i].kind == BLOCK_ITEM && !fact->gap))
			continue;
		blocks++;
		counts[fact->gap < 2 ? fact->gap : 2]++;
	}
	int tight = (int)(counts[0] * 50 / blocks) - 5, wide = (int)(counts[2] * 100 / blocks);
	tight = tight < 0 ? 0 : tight > 10 ? 10 : tight;
	bool levels = counts[2] > 2 && wide >= 8 && counts[1] > counts[2] / 2;
	cut->gain[0] = levels ? -15 : -15 * tight / 10;
	cut->gain[1] = levels ? 0 : 15 * tight / 10;
	cut->gain[2] = levels ? 15 : cut->gain[1];
	cut->cost[1] = levels ? 3 : 1 + 11 * tight / 10;
	cut->cost[2] = levels ? 25 : cut->cost[1] + 5;
}

/* Whether short lines and paragraphs that begin with their date alternate: titles, each above what tells of it. */
static bool has_pairs(const struct cutting *c) {
	uint32_t pairs = 0, bare = 0;
	for (uint32_t i = c->from + 1; i < c->to; i++) {
		const struct fact *fact = fact_at(c, i), *before = fact_at(c, i - 1);
		if (fact->kind != FACT_ENTRY || !fact->first || !fact->date || fact->other || c->d->blocks.at[i].kind != BLOCK_TEXT)
			continue;
		bool line = before->kind == FACT_HEAD && !form_heading(c, i - 1) && !before->statement && !(c->looks[i - 1].flags & LOOK_LISTING);
		pairs += line;
		bare += !line;
	}
	return pairs > 1 && pairs > 2 * bare;
}

/* The first paragraph behind everything that says when or has a label, in a listing whose entries have no paragraphs besides: the
 * house's last words. c->to where there is none. */
static uint32_t tail_of(const struct cutting *c) {
	uint32_t tail = c->to, whens = 0;
	for (uint32_t i = c->from; i < c->to; i++) {
		const struct fact *fact = fact_at(c, i);
		bool matter = fact->date || fact->clock || fact->kind == FACT_LABEL || fact->kind == FACT_ROW || fact->none;
		if (matter && tail < c->to)
			return c->to;
		whens += matter && (fact->kind == FACT_ENTRY || fact->kind == FACT_ROW);
		if (fact->kind == FACT_TEXT && !fact->statement && fact->gap && tail == c->to)
			tail = i;
	}
	return whens > 2 ? tail : c->to;
}

static uint32_t count_heads(const struct cutting *c) {
	uint32_t n = 0;
	for (uint32_t i = c->from; i < c->to; i++)
		n += fact_at(c, i)->heads;
	return n;
}

/* Whether a day stands above several entries that tell the hour alone. */
static bool has_day_headings(const struct cutting *c) {
	uint32_t hours = 0;
	bool under = false;
	for (uint32_t i = c->from; i < c->to; i++) {
		const struct fact *fact = fact_at(c, i);
		if (fact->kind == FACT_DAY)
			under = true, hours = 0;
		else if (under && fact->kind == FACT_ENTRY && fact->first && fact->clock && !fact->date && !fact->other && ++hours > 1)
			return true;
	}
	return false;
}

/* What the gap before the block is worth when an entry begins there. */
static int gap_gain(const struct cut *cut, uint32_t i) {
	const struct cutting *c = cut->c;
	const struct fact *fact = fact_at(c, i), *before = fact_at(c, i - 1);
	if (form_heading(c, i - 1) && !form_heading(c, i)) /* what stands under a heading may be its own */
		return 0;
	if (i == c->from || (before->kind == FACT_DAY && fact->kind != FACT_WHEN && !fact->gap) || before->kind == FACT_ROW)
		return cut->gain[1];
	if (c->d->blocks.at[i].kind == BLOCK_ITEM && !fact->gap)
		return cut->gain[1];
	return cut->gain[fact->gap < 2 ? fact->gap : 2];
}

/* ---- an entry ---- */

/* Whether the block may be its entry's title: a line that is not a person's name. */
static bool may_be_title(const struct cutting *c, const struct growth *g, uint32_t i) {
	const struct fact *fact = fact_at(c, i);
	if (fact->kind == FACT_LABEL)
		return fact->label == LABEL_TITLE;
	return fact->kind == FACT_ENTRY || (fact->kind == FACT_HEAD && !g->people && !g->announced && !(c->looks[i].flags & (LOOK_NAME_FIRST | LOOK_NAME)));
}

static void note(const struct cutting *c, struct growth *g, uint32_t i) {
	const struct fact *fact = fact_at(c, i);
	g->date = g->date || (fact->date && !fact->other && fact->kind != FACT_TEXT);
	g->told_date = g->told_date || (fact->date && !fact->other);
	g->clock = g->clock || (fact->clock && !fact->other);
	g->title = g->title || may_be_title(c, g, i);
	g->words = g->words || ((fact->kind == FACT_WHEN || fact->kind == FACT_DAY) && fact->words > 1);
	if (fact->kind == FACT_LABEL)
		g->labels |= bit(fact->label);
	g->people = fact->kind == FACT_LABEL ? fact->label == LABEL_PEOPLE || fact->label == LABEL_WHO : g->people && fact->kind == FACT_HEAD && !fact->gap;
	g->announced = fact->kind == FACT_LABEL && fact->alone;
	g->before = fact->kind;
	g->lines += fact->kind == FACT_HEAD || fact->kind == FACT_TEXT;
	g->link = g->link || fact->link;
}

/* A paragraph alone between two days: what happens on the first. */
static bool is_under_day(const struct cutting *c, uint32_t i) {
	if (fact_at(c, i)->told)
		return true;
	return fact_at(c, i - 1)->kind == FACT_DAY && fact_at(c, i + 1)->kind == FACT_DAY && !fact_at(c, i)->none;
}

static int begin_kind(const struct cut *cut, uint32_t i) {
	const struct cutting *c = cut->c;
	const struct fact *fact = fact_at(c, i);
	bool item = c->d->blocks.at[i].kind == BLOCK_ITEM;
	if (fact->none || fact->listed)
		return -100;
	if (fact->statement || ((c->looks[i].flags & LOOK_LISTING) && fact->kind != FACT_ENTRY))
		return -40;
	switch (fact->kind) {
	case FACT_ENTRY:
		return fact->other ? -30 : fact->first || fact->dateline || item || fact->strong || c->looks[i].event >= 3 ? 10 : -5;
	case FACT_HEAD:
		return (form_heading(c, i) ? fact->section ? -5 : 10 : 0) + (fact->strong ? 3 : 0);
	case FACT_LABEL:
		return fact->label == LABEL_TITLE ? 5 : is_when_label(fact->label) ? 0 : -20;
	case FACT_TEXT:
		return item ? -3 : fact->strong ? -8 : is_under_day(c, i) ? 0 : -20;
	case FACT_DAY:
		return cut->days ? -30 : 0;
	default:
		return 0;
	}
}

static struct growth begin(const struct cut *cut, uint32_t i) {
	const struct cutting *c = cut->c;
	bool item = c->d->blocks.at[i].kind == BLOCK_ITEM;
	struct growth g = {.under = fact_at(c, i)->under, .told = item || fact_at(c, i)->dateline || is_under_day(c, i)};
	g.title = item || is_under_day(c, i);
	g.headed = form_heading(c, i) && fact_at(c, i)->kind == FACT_HEAD;
	g.score = begin_kind(cut, i) + gap_gain(cut, i);
	note(c, &g, i);
	return g;
}

/* A second statement of when inside an entry. */
static int more_when(const struct cut *cut, const struct growth *g, const struct fact *fact) {
	if (fact->kind == FACT_DAY && cut->days && fact->gap && (g->clock || fact->issue || (fact->heads && cut->heads > 1)))
		return -40;
	bool again = (fact->clock && g->clock) || (fact->date && g->date);
	if (!again) /* the time stands near the title */
		return g->date || g->clock ? 0 : (g->lines > 2 ? -4 * (g->lines - 2) : 0) - (g->link ? 10 : 0);
	bool beside = !fact->gap && (g->before == FACT_WHEN || g->before == FACT_DAY); /* the same in another zone */
	return beside && fact->kind == FACT_WHEN ? -2 : -35;
}

static int more_entry(const struct cut *cut, const struct growth *g, uint32_t i) {
	const struct fact *fact = fact_at(cut->c, i);
	const struct fact *next = fact_at(cut->c, i + 1);
	bool when = g->date || g->clock, item = cut->c->d->blocks.at[i].kind == BLOCK_ITEM;
	if (!when && g->before == FACT_HEAD && next->kind == FACT_ENTRY && next->first == fact->first && !next->other)
		return -25; /* the first of several under a heading */
	if (fact->other)
		return 0;
	if (fact->dateline)
		return -40;
	if (!when && fact->strong && g->headed)
		return -12; /* it has a title of its own */
	if (!when)
		return (fact->first || item ? -2 : 0) + (cut->paired && fact->first && g->before == FACT_HEAD ? 15 : 0);
	if (fact->line)
		return -20;
	if (!(g->clock && fact->clock) && !(g->date && fact->date))
		return -2; /* the hour behind the day */
	if (fact->first || item)
		return g->labels & ~bit(LABEL_NONE) && item ? -15 : -40;
	return cut->c->looks[i].event >= 3 ? -30 : cut->c->looks[i].event == 2 ? -12 : -3;
}

static int more_label(const struct growth *g, const struct fact *fact) {
	uint32_t single = bit(LABEL_TITLE) | bit(LABEL_WHEN) | bit(LABEL_DATE) | bit(LABEL_TIME) | bit(LABEL_PLACE) | bit(LABEL_DEADLINE);
	if (g->labels & single & bit(fact->label))
		return -40;
	if (fact->label == LABEL_TITLE && g->title) /* "What: …" below the heading tells more of it */
		return g->headed && !fact->gap ? 0 : fact->gap ? (g->date || g->clock ? -40 : -20) : -10;
	if (is_when_label(fact->label))
		return (fact->clock && g->clock) || (fact->date && g->date) ? -30 : 0;
	return 0;
}

static int more_heading(const struct cutting *c, const struct growth *g, uint32_t first, uint32_t i) {
	if (form_heading(c, first) && c->d->blocks.at[i].level <= c->d->blocks.at[first].level)
		return HOPELESS;
	return !g->title ? -2 : g->date || g->clock ? -25 : -12;
}

static int more_head(const struct growth *g, const struct fact *fact) {
	if (!g->title)
		return 0;
	return g->date || g->clock ? -2 : fact->gap ? -5 : -1;
}

/* What block `i` adds to the score of the entry that begins at `first`. */
static int more(const struct cut *cut, const struct growth *g, uint32_t first, uint32_t i) {
	const struct cutting *c = cut->c;
	const struct fact *fact = fact_at(c, i);
	const struct block *b = &c->d->blocks.at[i];
	int gap = -cut->cost[fact->gap < 2 ? fact->gap : 2];
	if ((i == first + 1 && form_heading(c, first) && fact->kind != FACT_HEAD) || (b->kind == BLOCK_HEADING && !g->title))
		gap = 0;
	if (g->announced && b->kind != BLOCK_HEADING)
		gap = 0;
	if (fact->none || i >= cut->tail)
		return HOPELESS;
	if (fact->told)
		gap -= 30;
	if (fact->statement && fact->clock)
		gap -= 40;
	if (b->kind == BLOCK_ITEM && c->d->blocks.at[first].kind == BLOCK_ITEM && b->level <= c->d->blocks.at[first].level)
		return HOPELESS;
	if (b->kind == BLOCK_HEADING && fact->kind != FACT_LABEL)
		gap += more_heading(c, g, first, i);
	switch (fact->kind) {
	case FACT_HEAD:
		return gap + (b->kind == BLOCK_HEADING ? 0 : more_head(g, fact));
	case FACT_WHEN: case FACT_DAY:
		return gap + more_when(cut, g, fact);
	case FACT_ENTRY:
		return gap + more_entry(cut, g, i);
	case FACT_LABEL:
		return gap + more_label(g, fact);
	case FACT_ROW:
		return HOPELESS;
	default:
		return gap;
	}
}

/* The score of the entry as it is, whole, under what stands above it. */
static int whole(const struct growth *g, enum above above) {
	int score = g->score + (g->title ? 0 : g->words ? -12 : -50);
	if (g->date)
		return score + (g->day && above == ABOVE_DAY ? 5 : 20);
	if (g->clock)
		return score + (above == ABOVE_NOTHING && !g->under ? -25 : 20);
	if (above == ABOVE_DAY)
		return score + (g->told ? 15 : -20);
	if (g->told_date)
		return score + 3;
	if (above == ABOVE_DATE)
		return score - 30;
	uint32_t labels = g->labels & ~bit(LABEL_NONE);
	return labels & (labels - 1) ? score - 15 : NEVER; /* one label alone may be a mail's "Subject:" */
}

/* ---- what is in no entry ---- */

static int outside(const struct cut *cut, uint32_t i) {
	const struct cutting *c = cut->c;
	const struct fact *fact = fact_at(c, i);
	if (fact->none || i >= cut->tail)
		return 0;
	switch (fact->kind) {
	case FACT_SKIP: case FACT_ROW:
		return 0;
	case FACT_DAY:
		return 0;
	case FACT_HEAD:
		return fact->statement || (c->looks[i].flags & LOOK_LISTING) ? 0 : cut->form && !form_heading(c, i) ? -10 : -3;
	case FACT_TEXT:
		return fact->statement ? 0 : fact->gap > 1 ? -4 : -15;
	default:
		return fact->statement ? -2 : fact->other ? fact->gap > 1 ? -4 : -15 : -25;
	}
}

static enum above above_behind(const struct cut *cut, uint32_t i, enum above above) {
	switch (fact_at(cut->c, i)->kind) {
	case FACT_DAY: return ABOVE_DAY;
	case FACT_HEAD: case FACT_TEXT: return above == ABOVE_DAY ? ABOVE_DATE : above;
	default: return above;
	}
}

/* ---- the best cut ---- */

static void try_entries(struct cut *cut, uint32_t i) {
	const struct cutting *c = cut->c;
	uint32_t at = i - c->from, kind = fact_at(c, i)->kind;
	if (kind == FACT_SKIP || kind == FACT_ROW)
		return;
	struct growth g = begin(cut, i);
	for (uint32_t end = i + 1; end <= c->to && end - i <= LONGEST && g.score > HOPELESS; end++) {
		for (int above = 0; above < ABOVES; above++) {
			int score = whole(&g, (enum above)above) + cut->value[above][end - c->from];
			if (score > cut->value[above][at]) {
				cut->value[above][at] = score;
				cut->choice[above][at] = (uint16_t)(end - i);
			}
		}
		if (end == c->to)
			break;
		if (fact_at(c, end)->kind != FACT_SKIP) {
			g.score += more(cut, &g, i, end);
			g.day = g.day || fact_at(c, end)->kind == FACT_DAY;
			note(c, &g, end);
		}
	}
}

uint16_t *cut_best(const struct cutting *c, bool dated) {
	uint32_t count = c->to - c->from;
	struct cut cut = {.c = c};
	weigh_gaps(&cut);
	cut.heads = count_heads(c);
	cut.days = cut.heads > 1 || has_day_headings(c);
	cut.paired = has_pairs(c);
	cut.tail = tail_of(c);
	for (int above = 0; above < ABOVES; above++) {
		cut.value[above] = arena_alloc(c->f->scratch, (count + 1) * sizeof *cut.value[above]);
		cut.choice[above] = arena_alloc(c->f->scratch, (count + 1) * sizeof *cut.choice[above]);
	}
	for (uint32_t i = c->to; i-- > c->from;) {
		for (int above = 0; above < ABOVES; above++)
			cut.value[above][i - c->from] = outside(&cut, i) + cut.value[above_behind(&cut, i, (enum above)above)][i + 1 - c->from];
		try_entries(&cut, i);
	}
	uint16_t *lengths = arena_alloc(c->f->scratch, (count + 1) * sizeof *lengths);
	enum above above = dated ? ABOVE_DATE : ABOVE_NOTHING;
	for (uint32_t i = 0; i < count;) {
		lengths[i] = cut.choice[above][i];
		if (!lengths[i])
			above = above_behind(&cut, c->from + i, above);
		i += lengths[i] ? lengths[i] : 1;
	}
	return lengths;
}
