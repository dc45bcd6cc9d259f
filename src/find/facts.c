/* What each block of a listing is to the cut. */
#include "entries.h"
#include "resolve.h"

uint32_t filler_at(const struct document *d, uint32_t at, uint32_t limit) {
	static const enum word_class classes[] = {WORD_MODE, WORD_ALL_DAY, WORD_TO_BE, WORD_ZONE, WORD_ZONE_PLACE, WORD_RANGE, WORD_WEEKDAY, WORD_FUNCTION};
	if (d->tokens.at[at].kind == TOKEN_PUNCT)
		return 1;
	if (session_number(d, at, limit))
		return session_number(d, at, limit);
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
		uint32_t n = phrase_at(d, at, limit, classes[i], NULL);
		if (n)
			return n;
	}
	return 0;
}

/* Durations, seasons, "recently" say nothing of when an event takes place. */
static bool says_when(const struct timex *t) {
	return timex_is_clock(t) || timex_is_day(t);
}

/* Words of the block that belong to no time, and whether one begins it. */
static uint32_t other_words(const struct cutting *c, const struct block *b, struct fact *fact) {
	const struct record *r = c->f->record;
	uint32_t words = 0, t = fact->time, limit = b->token + b->tokens;
	for (uint32_t i = b->token; i < limit;) {
		while (t < r->times.count && (r->times.at[t].span.end <= c->d->tokens.at[i].begin || !says_when(&r->times.at[t])))
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
	uint32_t head = b->token, limit = b->token + b->tokens;
	while (head < limit && c->d->tokens.at[head].kind == TOKEN_PUNCT)
		head++;
	uint32_t open = phrase_at(c->d, head, limit, WORD_TO_BE, NULL); /* "TBD. Committee meets in private" */
	bool apart = open && head + open + 1 < limit && c->d->tokens.at[head + open].kind == TOKEN_PUNCT;
	fact->first = fact->clock = phrase_at(c->d, head, limit, WORD_ALL_DAY, NULL) > 0 || apart;
	while (fact->time < r->times.count && r->times.at[fact->time].span.begin < b->span.end && !says_when(&r->times.at[fact->time]))
		fact->time++;
	for (uint32_t t = fact->time; t < r->times.count && r->times.at[t].span.begin < b->span.end; t++) {
		const struct timex *x = &r->times.at[t];
		fact->clock = fact->clock || timex_is_clock(x);
		fact->date = fact->date || timex_is_day(x);
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
	if (word_starts(d->tokens.at[b->token].word, WORD_LISTING_HEAD)) /* "DIARY - EUROPE" */
		return false;
	return words && b->tokens > 6 && is_sign(d, i, limit, '-') && is_spaced(d, i + 1) &&
		d->tokens.at[b->token].end - d->tokens.at[b->token].begin > 2;
}

static bool is_link_alone(const struct document *d, const struct block *b) {
	uint32_t limit = b->token + b->tokens, n = phrase_at(d, b->token, limit, WORD_LINK_LABEL, NULL);
	return (n && b->tokens <= n + 2) || d->tokens.at[b->token].kind == TOKEN_URL || d->tokens.at[b->token].kind == TOKEN_EMAIL;
}

/* "Lunch will be served. REGISTER": a call behind a sentence. */
static bool ends_in_call(const struct document *d, const struct block *b) {
	uint32_t limit = b->token + b->tokens, stop = sentence_stop(d, (struct range){b->token, limit}) + 1;
	uint32_t n = phrase_at(d, stop, limit, WORD_LINK_LABEL, NULL);
	return n && stop + n == limit;
}

static bool is_head(const struct cutting *c, uint32_t i) {
	const struct block *b = &c->d->blocks.at[i];
	if (b->kind == BLOCK_HEADING)
		return true;
	if (ends_in_call(c->d, b))
		return false;
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

/* Whether a time begins the block, without a blank line before it unless it is the first: one line of a list of such. */
static bool begins_with_time(const struct cutting *c, const struct block *b) {
	uint32_t t = b < c->d->blocks.at + c->d->blocks.count ? record_time_from(c->f->record, b->span.begin) : c->f->record->times.count;
	return t < c->f->record->times.count && c->f->record->times.at[t].span.begin == b->span.begin && says_when(&c->f->record->times.at[t]) && b->gap == 0;
}

/* Whether a time at token `time` goes with what ends at `at`: no capitalised word stands between. */
static bool follows(const struct document *d, uint32_t at, uint32_t time) {
	for (uint32_t i = at; i < time; i++)
		if (d->tokens.at[i].kind == TOKEN_WORD && d->tokens.at[i].shape != SHAPE_LOWER)
			return false;
	return time <= at + 3;
}

/* Whether words stand behind the block's first time, its hour or its day, that are marked off from it and name no place:
 * "Saturday 6 June, 11am: Knots for Beginners", "Tue 6 pm Book fair. Grange Hall". They are what happens then. */
static bool has_words_behind(const struct cutting *c, const struct block *b, const struct fact *fact) {
	const struct record *r = c->f->record;
	uint32_t at = b->token, limit = b->token + b->tokens;
	for (uint32_t t = fact->time; t < r->times.count && r->times.at[t].span.begin < b->span.end; t++)
		if (says_when(&r->times.at[t]) && follows(c->d, at, document_token_at(c->d, r->times.at[t].span.begin)))
			at = document_token_at(c->d, r->times.at[t].zone.span.end > r->times.at[t].span.end ? r->times.at[t].zone.span.end : r->times.at[t].span.end);
	bool marked = at > b->token && at < limit && c->d->tokens.at[at].begin >= c->d->tokens.at[at - 1].end + 2; /* a wide space */
	marked = marked || begins_with_time(c, b + 1) || (b > c->d->blocks.at && b->gap == 0 && begins_with_time(c, b - 1));
	while (at < limit && (c->d->tokens.at[at].kind == TOKEN_PUNCT)) {
		marked = marked || is_sign(c->d, at, limit, ':') || (is_sign(c->d, at, limit, '-') && is_spaced(c->d, at));
		at++;
	}
	uint32_t stop = sentence_stop(c->d, (struct range){at, limit});
	struct range first = {at, stop};
	if (range_empty(first) || first.to - first.from < 2 || c->d->tokens.at[at].shape == SHAPE_LOWER || c->d->tokens.at[at].kind != TOKEN_WORD)
		return false;
	return (marked || (stop + 1 < limit && !names_people(c->d, first))) && !is_place(c->d, first) && !filler_at(c->d, at, limit);
}

/* "… with Lisbon (08:00 WET) and Houston (03:00 CDT)": whether all its hours stand in brackets behind places: they say again
 * when it is, elsewhere. */
static bool is_elsewhere(const struct cutting *c, const struct block *b, const struct fact *fact) {
	const struct record *r = c->f->record;
	uint32_t limit = b->token + b->tokens, clocks = 0;
	for (uint32_t t = fact->time; t < r->times.count && r->times.at[t].span.begin < b->span.end; t++) {
		if (!says_when(&r->times.at[t]) || r->times.at[t].since != NONE)
			continue;
		uint32_t at = document_token_at(c->d, r->times.at[t].span.begin), from = at > b->token + 4 ? at - 4 : b->token, n = 0;
		for (uint32_t i = from; i + 1 < at && i + n + 1 != at; i++)
			n = c->d->tokens.at[i].shape == SHAPE_LOWER ? 0 : phrase_at(c->d, i, limit, WORD_ZONE_PLACE, NULL), from = i;
		if (!timex_is_clock(&r->times.at[t]) || at < b->token + 2 || !is_sign(c->d, at - 1, limit, '(') || !n || from + n + 1 != at)
			return false;
		clocks++;
	}
	return clocks > 0;
}

/* Whether the block's first date is past when the issue appears: it tells of something that has been. */
static bool is_past(const struct cutting *c, const struct fact *fact) {
	const struct record *r = c->f->record;
	const struct civil *issue = &r->issue.date;
	const struct timex *t = &r->times.at[fact->time];
	return civil_has_date(*issue) && t->type == TIMEX_DATE && civil_has_date(t->when) && civil_compare(t->when, *issue) < 0;
}

/* Whether the block tells of another moment than the event's: "RSVP by 10 am", "Doors open at 6". */
static bool tells_other_moment(const struct cutting *c, const struct block *b, const struct fact *fact) {
	const struct record *r = c->f->record;
	if (fact->first || fact->dateline || fact->time >= r->times.count)
		return false;
	uint32_t time = document_token_at(c->d, r->times.at[fact->time].span.begin), from = time;
	while (from > b->token && !(c->d->tokens.at[from].flags & TOKEN_SENTENCE))
		from--;
	bool by = time > b->token && is_word(c->d, time - 1, time, "by"); /* "Copy for the next number by 20 August" */
	return by || block_has(c->d, from, time, WORD_OTHER_MOMENT, NULL);
}

/* "On 3/11 we held a seminar with …": a sentence in the past tense. */
static bool tells_past(const struct cutting *c, const struct block *b, const struct fact *fact) {
	if (fact->time >= c->f->record->times.count || !(fact->date || fact->clock) || !is_past(c, fact))
		return false;
	uint32_t time = document_token_at(c->d, c->f->record->times.at[fact->time].span.begin), limit = b->token + b->tokens;
	if (time > b->token && block_has(c->d, time > b->token + 3 ? time - 3 : b->token, time, WORD_ISSUED, NULL)) /* "released 3 November" */
		return true;
	return fact->kind == FACT_ENTRY && is_sign(c->d, limit - 1, limit, '.') && tense_at(c->d, time, time, limit) == -1;
}

/* "No seminar", "No events today", "Nothing so far": not "No Conference Without Us". */
static bool denies(const struct document *d, uint32_t at, uint32_t limit) {
	if (!is_word(d, at, limit, "no"))
		return is_word(d, at, limit, "nothing") && (at + 1 >= limit || d->tokens.at[at + 1].shape == SHAPE_LOWER);
	uint32_t head = at + 1;
	while (head < limit && head < at + 3 && d->tokens.at[head].kind == TOKEN_WORD && d->tokens.at[head].shape == SHAPE_LOWER &&
		!phrase_at(d, head, limit, WORD_SERIES_KIND, NULL) && !phrase_at(d, head, limit, WORD_LISTING_HEAD, NULL))
		head++; /* "No committee meetings scheduled" */
	uint32_t n = phrase_at(d, head, limit, WORD_SERIES_KIND, NULL), m = phrase_at(d, head, limit, WORD_LISTING_HEAD, NULL);
	uint32_t behind = head + (n > m ? n : m);
	return behind > head && (behind >= limit || d->tokens.at[behind].kind == TOKEN_PUNCT || d->tokens.at[behind].shape == SHAPE_LOWER);
}

/* "The library is closed from …", but not "The meeting is closed to the press". */
static bool is_closed(const struct document *d, uint32_t at, uint32_t limit) {
	bool closed = is_word(d, at, limit, "closed") && d->tokens.at[at].shape == SHAPE_LOWER && !is_word(d, at + 1, limit, "to");
	return closed && (is_word(d, at - 1, limit, "be") || is_word(d, at - 1, limit, "is") || is_word(d, at - 1, limit, "are") ||
		is_word(d, at - 1, limit, "remains") || is_word(d, at - 1, limit, "remain"));
}

/* "Open Tuesday to Saturday, 10-5": the house's hours. */
static bool is_hours(const struct document *d, uint32_t at, uint32_t limit) {
	uint32_t next = at + 1 + is_sign(d, at + 1, limit, ':');
	return (is_word(d, at, limit, "open") || is_word(d, at, limit, "closed")) && next < limit &&
		(word_is(d->tokens.at[next].word, WORD_WEEKDAY, NULL) || is_word(d, next, limit, "daily") || is_word(d, next, limit, "every"));
}

/* "Good morning. Here is …", "Dear friends," */
static bool is_greeting(const struct document *d, uint32_t at, uint32_t limit) {
	static const char *const parts[] = {"morning", "afternoon", "evening", "day"};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (is_word(d, at, limit, "good") && is_word(d, at + 1, limit, parts[i]) && d->tokens.at[at + 1].shape == SHAPE_LOWER)
			return true;
	return is_word(d, at, limit, "dear") && (d->tokens.at[limit - 1].kind == TOKEN_PUNCT || limit - at < 6);
}

/* "28 August: no seminar (reading week)", "Public holiday. No events." */
static bool says_none(const struct document *d, const struct block *b) {
	uint32_t limit = b->token + b->tokens;
	bool nil = is_word(d, b->token, limit, "none") || is_word(d, b->token, limit, "nil") || (b->tokens == 3 && is_word(d, b->token, limit, "n") &&
		is_sign(d, b->token + 1, limit, '/') && is_word(d, b->token + 2, limit, "a"));
	if (nil && b->tokens <= 3)
		return true;
	if (is_hours(d, b->token, limit) || is_greeting(d, b->token, limit))
		return true;
	for (uint32_t i = b->token + 1; i < limit && i < b->token + 12; i++)
		if (is_closed(d, i, limit) || ((is_word(d, i - 1, limit, "is") || is_word(d, i - 1, limit, "are")) && is_hours(d, i, limit)))
			return true;
	for (uint32_t i = 0; b->kind == BLOCK_ROW && i < b->cells; i++)
		if (denies(d, d->cells.at[b->cell + i].token, d->cells.at[b->cell + i].token + d->cells.at[b->cell + i].tokens))
			return true;
	for (uint32_t i = b->token; i < limit && i < b->token + 12; i++)
		if ((i == b->token || (d->tokens.at[i].flags & TOKEN_SENTENCE) || is_sign(d, i - 1, limit, ':') || is_sign(d, i - 1, limit, '-')) &&
			denies(d, i, limit))
			return true;
	return false;
}

/* "SUNDAY 8 MARCH - Third of Lent" above "8.00am Communion": whether the next lines begin with hours and no days. */
static bool heads_hours(const struct cutting *c, uint32_t i) {
	const struct record *r = c->f->record;
	const struct block *b = &c->d->blocks.at[i + 1];
	uint32_t t = i + 1 < c->to ? record_time_from(r, b->span.begin) : r->times.count;
	return t < r->times.count && r->times.at[t].span.begin == b->span.begin && timex_is_clock(&r->times.at[t]) && b->kind != BLOCK_ROW;
}

static uint8_t kind_of(const struct cutting *c, uint32_t i, struct fact *fact) {
	const struct block *b = &c->d->blocks.at[i];
	uint32_t words = other_words(c, b, fact), limit = b->token + b->tokens;
	fact->words = (uint8_t)(words < 255 ? words : 255);
	struct label_read label = label_read(c->d, b->token, limit);
	bool kind_first = label.tokens && phrase_at(c->d, b->token, limit, WORD_SERIES_KIND, NULL) >= label.words;
	if (b->kind == BLOCK_ROW && b->cells) {
		fact->label = label_of_row(c->d, b).label;
		return fact->label ? FACT_LABEL : FACT_ROW;
	}
	if (label.tokens && !(kind_first && label.label == LABEL_PEOPLE)) {
		fact->label = label.label;
		fact->alone = label.tokens == b->tokens;
		return FACT_LABEL;
	}
	if (fact->date && !fact->clock && fact->first && words <= 8 && b->tokens < 20 && heads_hours(c, i))
		return FACT_DAY;
	if (fact->date && !fact->clock && (words <= 1 || (words <= 4 && fact->first && b->tokens < 14 && !has_dash_behind_date(c, b, fact))))
		return FACT_DAY;
	bool told = words > 1 && fact->first && fact->date && has_words_behind(c, b, fact);
	if (fact->clock && !told && (words <= 2 || (fact->first && words <= 4 && fact->date)))
		return FACT_WHEN;
	if (fact->dateline || ((fact->clock || fact->date) && (c->looks[i].event >= 2 || fact->first || b->kind == BLOCK_ITEM || fact->strong)))
		return FACT_ENTRY;
	return is_head(c, i) ? FACT_HEAD : fact->clock && fact->date ? FACT_ENTRY : FACT_TEXT;
}

/* "Exhibition", "Talks", "Workshop": a heading that only says of what kind the entries below are. */
static bool is_section(const struct document *d, const struct block *b) {
	return phrase_at(d, b->token, b->token + b->tokens, WORD_SERIES_KIND, NULL) == b->tokens ||
		phrase_at(d, b->token, b->token + b->tokens, WORD_LISTING_HEAD, NULL) == b->tokens;
}

static struct fact fact_of(const struct cutting *c, uint32_t i) {
	const struct block *b = &c->d->blocks.at[i];
	struct fact fact = {.kind = FACT_SKIP};
	if (!b->tokens || b->kind == BLOCK_RULE || b->kind == BLOCK_CONTENTS || b->kind == BLOCK_NOTE || (c->looks[i].flags & LOOK_CONTENTS) ||
		block_issued(c->d, b))
		return fact;
	look_at_times(c, b, &fact);
	fact.dateline = has_dateline(c->d, b);
	fact.strong = begins_strong(c->d, b);
	fact.section = is_section(c->d, b);
	fact.link = is_link_alone(c->d, b);
	fact.issue = b->span.begin <= c->f->record->issue.span.begin && c->f->record->issue.span.begin < b->span.end && !span_empty(c->f->record->issue.span);
	fact.none = says_none(c->d, b) || (c->looks[i].flags & (LOOK_SET_OFF | LOOK_DATE)) == LOOK_SET_OFF;
	fact.kind = kind_of(c, i, &fact);
	fact.other = (fact.clock || fact.date) && (tells_other_moment(c, b, &fact) || is_elsewhere(c, b, &fact) ||
		(fact.kind == FACT_TEXT && is_past(c, &fact)));
	fact.none = fact.none || tells_past(c, b, &fact);
	return fact;
}

/* A fragment alone between blank lines that no word of the language begins: "ubscribe |". */
static bool is_stray(const struct cutting *c, uint32_t i) {
	const struct token *first = &c->d->tokens.at[c->d->blocks.at[i].token];
	return (c->looks[i].flags & LOOK_STRAY) && fact_at(c, i)->gap && (i + 1 >= c->to || fact_at(c, i + 1)->gap) &&
		(first->kind == TOKEN_PUNCT || !first->word);
}

/* Items below "Speakers:" are people, one after another. */
static void mark_listed(struct cutting *c) {
	for (uint32_t i = c->from + 1; i < c->to; i++) {
		const struct fact *before = fact_at(c, i - 1);
		bool label = before->kind == FACT_LABEL && (before->label == LABEL_PEOPLE || before->label == LABEL_WHO) &&
			c->d->blocks.at[i - 1].kind != BLOCK_ITEM;
		const struct block *b = &c->d->blocks.at[i];
		bool person = !fact_at(c, i)->gap || person_at(c->d, b->token, b->token + b->tokens) > 1;
		c->facts[i - c->from].listed = b->kind == BLOCK_ITEM && !fact_at(c, i)->clock && person && (label || before->listed);
	}
}

/* The block behind `i` that is none of the skipped. */
static uint32_t next_fact(const struct cutting *c, uint32_t i) {
	for (i++; i < c->to && fact_at(c, i)->kind == FACT_SKIP; i++)
		;
	return i;
}

static bool begins_hour(const struct fact *fact) {
	return fact->kind == FACT_ENTRY && fact->first && fact->clock && !fact->date && !fact->other;
}

/* "The Minister travels to Oslo.": a short sentence that denies nothing. */
static bool is_told(const struct cutting *c, uint32_t i) {
	const struct fact *fact = fact_at(c, i);
	const struct block *b = &c->d->blocks.at[i];
	return fact->kind == FACT_TEXT && fact->gap && !fact->clock && !fact->date && !fact->none && b->kind == BLOCK_TEXT && c->looks[i].words >= 3 &&
		c->looks[i].words <= 20 && is_sign(c->d, b->token + b->tokens - 1, b->token + b->tokens, '.');
}

/* Whether the block is a paragraph under a day that tells an hour in its middle: "The Marsh Trio. Old Mill, Quay Road, 9 pm. $10." */
static bool tells_hour(const struct cutting *c, uint32_t i) {
	const struct fact *fact = fact_at(c, i);
	return (fact->kind == FACT_TEXT || fact->kind == FACT_ENTRY) && fact->clock && !fact->first && !fact->other && fact->gap &&
		c->d->blocks.at[i].kind == BLOCK_TEXT && c->looks[i].words > 5 && c->looks[i].words <= 60;
}

/* "The Mayor receives …", a line for each thing that is done that day: a name, and a verb of doing close behind. */
static bool is_deed(const struct cutting *c, uint32_t i) {
	const struct fact *fact = fact_at(c, i);
	const struct block *b = &c->d->blocks.at[i];
	uint32_t limit = b->token + b->tokens;
	if ((fact->kind != FACT_TEXT && fact->kind != FACT_ENTRY) || fact->first || fact->other || b->kind != BLOCK_TEXT ||
		!is_sign(c->d, limit - 1, limit, '.'))
		return false;
	for (uint32_t k = b->token + 1; k < limit && k < b->token + 10 && !is_stop(c->d, k, limit); k++)
		if (c->d->tokens.at[k].shape == SHAPE_LOWER && (phrase_at(c->d, k, limit, WORD_SPEAK_VERB, NULL) || phrase_at(c->d, k, limit, WORD_HOLD_VERB, NULL)))
			return true;
	return false;
}

/* Under a day whose lines tell deeds, each line is one. */
static void mark_deeds(struct cutting *c) {
	bool under = false;
	for (uint32_t i = c->from + 1; i < c->to; i++) {
		struct fact *fact = &c->facts[i - c->from];
		bool line = !fact->gap && !c->d->measure && (fact->kind == FACT_TEXT || fact->kind == FACT_ENTRY);
		bool day = fact_at(c, i - 1)->kind == FACT_DAY;
		bool first = day && line && fact_at(c, i + 1)->kind != FACT_LABEL && (is_deed(c, i) || (is_deed(c, i + 1) && !fact_at(c, i + 1)->gap));
		under = first || (under && line);
		if (under && (first || is_deed(c, i)))
			fact->told = true;
	}
}

/* Days above lines that begin with an hour, and what is told between such a day and the first hour. */
static void mark_days(struct cutting *c) {
	for (uint32_t i = c->from; i < c->to; i++) {
		struct fact *fact = &c->facts[i - c->from];
		uint32_t next = next_fact(c, i);
		if (fact->kind != FACT_DAY || next >= c->to)
			continue;
		uint32_t behind = next_fact(c, next);
		bool told = is_told(c, next) && behind < c->to && (begins_hour(fact_at(c, behind)) || fact_at(c, behind)->kind == FACT_DAY);
		const struct fact *below = fact_at(c, next);
		bool item = c->d->blocks.at[next].kind == BLOCK_ITEM && c->d->blocks.at[i].kind != BLOCK_ITEM && !below->date;
		fact->heads = told || item || begins_hour(below) || (below->kind == FACT_ENTRY && tells_hour(c, next) && !below->date);
		c->facts[next - c->from].told = told;
	}
}

/* "7pm Bell ringing" right below "Wed 10 June 10am Communion". */
static void mark_under(struct cutting *c) {
	for (uint32_t i = c->from + 1; i < c->to; i++) {
		const struct fact *before = fact_at(c, i - 1);
		bool dated = before->kind == FACT_ENTRY && before->first && before->date && before->clock;
		c->facts[i - c->from].under = begins_hour(fact_at(c, i)) && !fact_at(c, i)->gap && (dated || before->under);
	}
}

/* Where the first paragraph under a day tells an hour in its middle, so do the others, and each is an entry. */
static void mark_paragraphs(struct cutting *c) {
	bool under = false;
	for (uint32_t i = c->from; i < c->to; i++) {
		struct fact *fact = &c->facts[i - c->from];
		if (fact->kind == FACT_SKIP)
			continue;
		bool behind_day = i > c->from && fact_at(c, i - 1)->kind == FACT_DAY;
		under = behind_day ? tells_hour(c, i) : under && fact->kind != FACT_HEAD && fact->kind != FACT_LABEL;
		if (!under || !tells_hour(c, i))
			continue;
		fact->line = !behind_day;
		fact->kind = FACT_ENTRY;
	}
}

/* Under a day, where each entry is one line, a line that tells an hour is one though the hour stands in its middle. */
static void mark_lines(struct cutting *c) {
	bool day = false;
	for (uint32_t i = c->from; i < c->to; i++) {
		struct fact *fact = &c->facts[i - c->from];
		const struct fact *before = fact_at(c, i - 1);
		day = day || fact->kind == FACT_DAY;
		bool line = c->d->blocks.at[i].kind == BLOCK_TEXT && !c->d->measure && !fact->gap && before->clock &&
			(before->kind == FACT_ENTRY || before->line);
		fact->line = day && line && fact->kind == FACT_TEXT && fact->clock && !fact->other && c->looks[i].words > 5;
		if (fact->line)
			fact->kind = FACT_ENTRY;
	}
}

static void drop_strays(struct cutting *c) {
	for (uint32_t i = c->from; i < c->to; i++) {
		if (!is_stray(c, i))
			continue;
		*array_push(c->f->record->arena, &c->f->record->strays) = c->d->blocks.at[i].span;
		c->facts[i - c->from].kind = FACT_SKIP;
	}
}

void facts_read(struct cutting *c) {
	uint8_t gap = 0;
	c->facts = arena_alloc(c->f->scratch, (c->to - c->from + 1) * sizeof *c->facts);
	for (uint32_t i = c->from; i < c->to; i++) {
		struct fact *fact = &c->facts[i - c->from];
		const struct block *b = &c->d->blocks.at[i];
		uint8_t own = b->kind == BLOCK_RULE ? 2 : (uint8_t)(b->gap < 4 ? b->gap : 4);
		*fact = fact_of(c, i);
		fact->gap = gap > own ? gap : own;
		gap = fact->kind == FACT_SKIP ? fact->gap : 0;
	}
	drop_strays(c);
	mark_listed(c);
	mark_lines(c);
	mark_paragraphs(c);
	mark_days(c);
	mark_deeds(c);
	mark_under(c);
	for (uint32_t i = c->from; i < c->to; i++) {
		struct inherited none = {.date = NONE, .clock = NONE};
		uint8_t kind = fact_at(c, i)->kind;
		if (kind == FACT_ENTRY || kind == FACT_TEXT || kind == FACT_WHEN || kind == FACT_HEAD || kind == FACT_LABEL)
			c->facts[i - c->from].statement = statement_read(c, i, &none);
	}
}
