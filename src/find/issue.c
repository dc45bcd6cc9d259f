/* The issue: its date and title, from the masthead, the blocks before the first paragraph of prose. */
#include "issue_year.h"
#include "looks.h"

#define MASTHEAD_BLOCKS 8

/* The masthead ends before the first body, byline or entry. */
static uint32_t masthead_end(const struct document *d, const struct look *looks) {
	uint32_t i = 0, seen = 0;
	for (; i < d->blocks.count && seen < MASTHEAD_BLOCKS; i++) {
		if (d->blocks.at[i].kind == BLOCK_CONTENTS || d->blocks.at[i].kind == BLOCK_RULE)
			continue;
		if (block_issued(d, &d->blocks.at[i])) {
			seen++;
			continue;
		}
		if ((looks[i].flags & (LOOK_BYLINE | LOOK_NOTE)) || looks[i].event >= 3 || ((looks[i].flags & LOOK_BODY) && !(looks[i].flags & LOOK_HAS_DATE)) ||
			((looks[i].flags & LOOK_BODY) && looks[i].words > 30))
			break;
		seen++;
	}
	return i;
}

/* Whether block `i` may date the issue: no row of a table, and no "Date: …" above "Time: …", which are an event's. */
static bool is_masthead_date(const struct document *d, const struct look *looks, uint32_t i) {
	const struct look *look = &looks[i];
	bool label = (look->flags & LOOK_LABELLED) && i + 1 < d->blocks.count && (look[1].flags & LOOK_LABELLED) && look[1].event > 0;
	return (look->flags & LOOK_HAS_DATE) && look->words <= 30 && !(look->flags & (LOOK_PROVENANCE | LOOK_BYLINE)) && !label &&
		d->blocks.at[i].kind != BLOCK_ROW;
}

/* The block that says so ("Updated 26 September 2025", "This edition: …"), or `end`. */
static uint32_t issued_block(const struct document *d, const struct look *looks, uint32_t end, bool year, struct dates_read *date, uint32_t *where) {
	for (uint32_t i = 0; i < end; i++) {
		const struct block *b = &d->blocks.at[i];
		uint32_t lead, limit = b->token + b->tokens;
		if (b->kind != BLOCK_CONTENTS && (is_masthead_date(d, looks, i) || block_issued(d, b)) && block_has(d, b->token, limit, WORD_ISSUED, &lead) &&
			block_date(d, lead, lead + 8 < limit ? lead + 8 : limit, year, date, where))
			return i;
	}
	return end;
}

/* The first block that holds a date, or `end`. */
static uint32_t date_block(const struct document *d, const struct look *looks, uint32_t end, bool year, struct dates_read *date, uint32_t *where) {
	for (uint32_t i = 0; i < end; i++) {
		const struct block *b = &d->blocks.at[i];
		if (b->kind != BLOCK_CONTENTS && is_masthead_date(d, looks, i) &&
			block_date(d, b->token, b->token + b->tokens, year, date, where))
			return i;
	}
	return end;
}

/* The year of `date`, which states none: that of `other`, a whole date of the masthead, nearest to it; else one that the text names. */
static bool settle_year(const struct document *d, const struct dates_read *other, struct dates_read *date) {
	struct civil *when = &date->from.when;
	when->year = other ? other->from.when.year : issue_year(d, &date->from);
	if (other && when->month - other->from.when.month > 6)
		when->year--;
	else if (other && other->from.when.month - when->month > 6)
		when->year++;
	return when->year != CIVIL_NO_YEAR && civil_valid(*when);
}

/* The month, term or year of a masthead that names no day. */
static void read_about(struct finding *f, const struct look *looks, uint32_t end) {
	const struct document *d = f->document;
	struct issue *issue = &f->record->issue;
	bool month = false;
	for (uint32_t i = 0; i < d->blocks.count && i < end && !civil_has_date(issue->about); i++) {
		const struct block *b = &d->blocks.at[i];
		if (b->kind != BLOCK_CONTENTS && looks[i].words <= 14 && looks[i].event < 2 && looks[i].flags & (LOOK_HEADING | LOOK_LISTING))
			issue->about = issue_about(d, b->token, b->token + b->tokens, &month), issue->about_end = i + 1;
	}
	issue->about_month = month;
}

/* The block that dates the issue, or `end`. One that says so counts before others, one that states its year before one that does
 * not ("Compiled on Friday 6 March"). */
static uint32_t dated_block(const struct finding *f, const struct look *looks, uint32_t end, struct dates_read *date, uint32_t *where) {
	const struct document *d = f->document;
	struct dates_read open;
	uint32_t at, block = issued_block(d, looks, end, true, date, where);
	if (block < end)
		return block;
	block = date_block(d, looks, end, true, date, where);
	uint32_t issued = issued_block(d, looks, end, false, &open, &at);
	if (issued < end && settle_year(d, block < end ? date : NULL, &open)) {
		*date = open;
		*where = at;
		return issued;
	}
	if (block < end || civil_has_date(f->house->date) || f->document->source->date.at || civil_has_date(f->record->issue.about))
		return block;
	block = date_block(d, looks, end, false, date, where);
	return block < end && (looks[block].flags & LOOK_DATE) && looks[block].event < 2 && date->from.weekday && settle_year(d, NULL, date) ? block : end;
}

/* "Issue 12 — 18 December 2025" is no range: the first figure numbers the issue. */
static bool begins_with_number(const struct document *d, const struct dates_read *date, uint32_t where) {
	uint32_t word = where - 1;
	if (!date->is_range || where == 0 || date->from.weekday || d->tokens.at[where].kind != TOKEN_NUMBER)
		return false;
	word -= word > 0 && token_is_punct(&d->tokens.at[word], '.');
	return word_is(d->tokens.at[word].word, WORD_ISSUE_NUMBER, NULL) && !(d->tokens.at[where].flags & TOKEN_BLOCK);
}

static void take_date(struct finding *f, const struct dates_read *date, uint32_t where) {
	struct issue *issue = &f->record->issue;
	if (begins_with_number(f->document, date, where)) {
		issue->date = date->until.when;
		issue->span = token_span(f->document, date->until.first, date->until.last);
		return;
	}
	issue->date = date->from.when;
	issue->span = token_span(f->document, where, date->from.last > where ? date->from.last : where + date->tokens - 1);
	issue->weekday = date->is_range ? 0 : date->from.weekday;
	issue->weekday_span = issue->weekday ? date->from.weekday_span : (struct span){0, 0};
}

/* Where the text gives no date: the mail's or page's own, else the caller's. */
static void date_from_outside(struct finding *f) {
	struct issue *issue = &f->record->issue;
	if (civil_has_date(f->house->date))
		issue->date = civil_date(f->house->date);
	else if (!f->document->source->date.at || !civil_parse_date(f->document->source->date, &issue->date))
		return;
	issue->date_given = true;
	if (civil_has_time(f->house->date))
		issue->moment = f->house->date;
}

static bool is_separator(const struct token *t) {
	return t->kind == TOKEN_PUNCT && (t->number == '|' || t->number == '-' || t->number == ',' || t->number == ':' || t->number == ';' ||
		t->number == 0xB7 || t->number == 0x2022 || t->number == '/' || t->number == '(' || t->number == ')');
}

/* Where "| No. 4" that ends at `end` begins, its sign included; `end` where there is none. */
static uint32_t before_number(const struct document *d, uint32_t first, uint32_t end) {
	if (end < first + 3 || d->tokens.at[end - 1].kind != TOKEN_NUMBER)
		return end;
	uint32_t word = end - 2 - token_is_punct(&d->tokens.at[end - 2], '.');
	return word > first && word_is(d->tokens.at[word].word, WORD_ISSUE_NUMBER, NULL) && is_separator(&d->tokens.at[word - 1]) ? word - 1 : end;
}

/* What stands in a dated block before its date, without the words that lead to it ("Events", "Week of", "|"). */
static struct span before_date(const struct document *d, const struct block *b, uint32_t where) {
	uint32_t end = where;
	for (;;) {
		uint32_t number = before_number(d, b->token, end);
		if (number < end)
			end = number;
		else if (end > b->token && (is_separator(&d->tokens.at[end - 1]) || word_is(d->tokens.at[end - 1].word, WORD_SMALL, NULL)))
			end--;
		else if (end > b->token + 1 && is_separator(&d->tokens.at[end - 2]) && word_starts(d->tokens.at[end - 1].word, WORD_LISTING_HEAD))
			end--;
		else if (end > b->token && str_equal_nocase(token_text(d, end - 1), STR("week")))
			end--;
		else
			break;
	}
	return end > b->token ? token_span(d, b->token, end - 1) : (struct span){0, 0};
}

/* "MPP | Visit | Shop": links and nothing between them but signs. */
static bool is_links(const struct document *d, const struct block *b) {
	uint32_t limit = b->token + b->tokens, links = 0, from = 0, behind = b->token;
	const struct mark *mark;
	while ((mark = document_mark(d, MARK_LINK, b->span, &from))) {
		uint32_t begin = document_token_at(d, mark->span.begin);
		for (; behind < begin && behind < limit; behind++)
			if (d->tokens.at[behind].kind != TOKEN_PUNCT)
				return false;
		behind = document_token_at(d, mark->span.end);
		links++;
	}
	return links > 1 && behind >= limit;
}

static bool can_be_title(const struct document *d, const struct look *look, uint32_t block) {
	return d->blocks.at[block].kind != BLOCK_CONTENTS && (look->flags & LOOK_HEADING) && look->words <= 14 &&
		!(look->flags & (LOOK_DATE | LOOK_LABELLED | LOOK_NOTES | LOOK_NAME)) && !is_links(d, &d->blocks.at[block]);
}

static void set_title(struct finding *f, struct span span) {
	f->record->issue.title_span = span;
	f->record->issue.title = document_words(f->document, span);
}

/* Whether prose stands under the heading before the next one: then it is an essay's headline and no masthead. */
static bool heads_prose(const struct document *d, const struct look *looks, uint32_t block) {
	for (uint32_t i = block + 1; i < d->blocks.count && !(looks[i].flags & LOOK_FORM_HEADING); i++)
		if ((looks[i].flags & LOOK_BODY) && !(looks[i].flags & (LOOK_HAS_DATE | LOOK_DISCLAIMER)) && looks[i].words >= 20)
			return (looks[block].flags & LOOK_FORM_HEADING) != 0;
	return false;
}

/* The form's highest heading, where lower ones follow: a masthead even behind the date. */
static bool is_top_heading(const struct document *d, const struct look *looks, uint32_t block) {
	uint32_t others = 0;
	if (!(looks[block].flags & LOOK_FORM_HEADING))
		return false;
	for (uint32_t i = 0; i < d->blocks.count; i++) {
		if (i == block || !(looks[i].flags & LOOK_FORM_HEADING))
			continue;
		if (looks[i].level <= looks[block].level)
			return false;
		others++;
	}
	return others > 0;
}

/* A name in capitals with a line below it that explains it, at the top of a letter. */
static bool is_letterhead(const struct document *d, const struct look *looks) {
	return d->blocks.count > 2 && can_be_title(d, &looks[0], 0) && (looks[0].flags & LOOK_CAPITALS) && d->blocks.at[0].kind == BLOCK_TEXT &&
		d->blocks.at[1].gap == 0 && (looks[1].flags & LOOK_HEADING) && !(looks[1].flags & (LOOK_BYLINE | LOOK_NAME_FIRST | LOOK_NAME)) &&
		d->blocks.at[2].gap > 0;
}

/* A masthead's title stands before the date, or is the form's one highest heading. */
static void find_title(struct finding *f, const struct look *looks, uint32_t end, uint32_t dated, uint32_t where) {
	const struct document *d = f->document;
	for (uint32_t i = 0; i < end && i < d->blocks.count; i++) {
		if (!can_be_title(d, &looks[i], i) || heads_prose(d, looks, i))
			continue;
		if ((i < dated && dated < end) || is_top_heading(d, looks, i)) {
			set_title(f, d->blocks.at[i].span);
			return;
		}
	}
	if (dated < end) {
		struct span span = before_date(d, &d->blocks.at[dated], where);
		if (!span_empty(span) && (looks[dated].flags & LOOK_HEADING) && !(looks[dated].flags & LOOK_NAME)) {
			set_title(f, span);
			return;
		}
	}
	if (dated >= end && is_letterhead(d, looks))
		set_title(f, d->blocks.at[0].span);
	else
		f->record->issue.title = f->document->source->title;
}

static void find_number(struct finding *f, uint32_t end) {
	const struct document *d = f->document;
	uint32_t limit = end < d->blocks.count ? d->blocks.at[end].token : d->tokens.count - 1;
	for (uint32_t i = 0; i + 1 < limit; i++) {
		uint32_t n = i + 1 + token_is_punct(&d->tokens.at[i + 1], '.');
		if (word_is(d->tokens.at[i].word, WORD_ISSUE_NUMBER, NULL) && n < limit && d->tokens.at[n].kind == TOKEN_NUMBER) {
			f->record->issue.number = token_text(d, n);
			return;
		}
	}
}

/* The masthead's last block: the date, or the title below it. An essay's headline above the date is not part of it. */
static void set_end(struct finding *f, const struct look *looks, uint32_t end, uint32_t dated) {
	const struct document *d = f->document;
	struct issue *issue = &f->record->issue;
	issue->end = dated < end ? dated + 1 : civil_has_date(issue->about) ? issue->about_end : 0;
	for (uint32_t i = issue->end; i < end; i++)
		if (!span_empty(issue->title_span) && d->blocks.at[i].span.begin <= issue->title_span.begin)
			issue->end = i + 1;
	for (uint32_t i = 0; i < issue->end; i++)
		if (heads_prose(d, looks, i))
			issue->end = i;
}

/* A date that stands alone further down, where the masthead has none: behind a letter from the editor. */
static uint32_t later_date(const struct document *d, const struct look *looks, uint32_t from, struct dates_read *date, uint32_t *where) {
	for (uint32_t i = from; i < d->blocks.count && i < from + 12 && looks[i].event < 3; i++) {
		const struct block *b = &d->blocks.at[i];
		if ((looks[i].flags & LOOK_DATE) && b->kind != BLOCK_CONTENTS && !(looks[i].flags & (LOOK_BYLINE | LOOK_PROVENANCE)) &&
			block_date(d, b->token, b->token + b->tokens, true, date, where))
			return i;
	}
	return UINT32_MAX;
}

/* Whether the date the caller gives makes a masthead's unlikely: a year of the text, a maturity, no issue of that day. */
static bool is_far(const struct finding *f, const struct dates_read *date) {
	struct civil given = f->house->date, stated = date->from.when;
	if (!civil_has_date(given) || !civil_has_date(stated))
		return false;
	int64_t away = civil_day_number(stated) - civil_day_number(given);
	return away > 45 || away < -400;
}

void find_issue(struct finding *f) {
	const struct look *looks = looks_of(f);
	const struct document *d = f->document;
	struct dates_read date;
	struct issue *issue = &f->record->issue;
	issue->date = issue->moment = issue->about = CIVIL_UNKNOWN;
	uint32_t where = 0, end = masthead_end(d, looks);
	read_about(f, looks, end);
	uint32_t dated = dated_block(f, looks, end, &date, &where);
	if (dated < end && is_far(f, &date))
		dated = end;
	if (dated < end)
		take_date(f, &date, where);
	else
		date_from_outside(f);
	if (!civil_has_date(issue->date) && later_date(d, looks, end, &date, &where) != UINT32_MAX)
		take_date(f, &date, where);
	if (civil_has_date(issue->date))
		issue->about = CIVIL_UNKNOWN;
	else if (issue->about_month)
		issue->date = issue->about, issue->date.day = -1;
	find_title(f, looks, end, dated, where);
	find_number(f, end);
	set_end(f, looks, end, dated);
}
