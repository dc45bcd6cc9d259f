/* When an entry takes place: its date, times and zones, out of record.times; and what is inherited. */
#include "scheduled.h"

#define MOST_CLOCKS 12
#define NEAR 5 /* tokens between a date and the time it belongs to */

/* A clock time or range of an entry. */
struct clock {
	uint32_t from, until; /* in record.times; until NONE */
	uint32_t date;        /* its own date, or NONE */
	struct zone_mention zone;
};

struct whens {
	struct reading *r;
	const struct record *record;
	struct clock clocks[MOST_CLOCKS];
	uint32_t count;
	uint32_t date; /* the entry's first date, or NONE */
	uint32_t last; /* "(to Oct. 20)": its last, or NONE */
	uint32_t block; /* the block that said when first, or NONE */
	bool clock_first;
};

static const struct timex *time_of(const struct whens *w, uint32_t index) {
	return &w->record->times.at[index];
}

static struct range tokens_of(const struct whens *w, struct span span) {
	const struct document *d = w->r->d;
	return (struct range){document_token_at(d, span.begin), document_token_at(d, span.end)};
}

/* ---- what is not the event's time ---- */

/* "RSVP by September 3", "doors open at 6", "register before noon": something else happens then. */
static bool is_other_moment(const struct whens *w, struct range piece, uint32_t token) {
	const struct document *d = w->r->d;
	bool by = false;
	if (token > piece.from && is_word(d, token - 1, token, "by"))
		return true;
	for (uint32_t i = token, n = 0; i > piece.from && n < 14; n++) {
		i--;
		bool dash = is_sign(d, i, piece.to, '-') && is_spaced(d, i) && is_spaced(d, i + 1);
		if (dash || is_stop(d, i, piece.to) || is_sign(d, i, piece.to, '|') || is_sign(d, i, piece.to, ';'))
			return false;
		struct str word = token_text(d, i);
		by = by || (n < 6 && (str_equal_nocase(word, STR("by")) || str_equal_nocase(word, STR("before")) || str_equal_nocase(word, STR("until")) ||
			str_equal_nocase(word, STR("at")) || str_equal_nocase(word, STR("from")) || str_equal_nocase(word, STR("is")) || str_equal_nocase(word, STR("on"))));
		if (phrase_at(d, i, token, WORD_OTHER_MOMENT, NULL))
			return by || n < 3;
		if (phrase_at(d, i, token, WORD_LABEL, NULL) > 1) {
			int32_t label;
			phrase_at(d, i, token, WORD_LABEL, &label);
			if (label == LABEL_DEADLINE)
				return true;
		}
	}
	return false;
}

static bool may_say_when(const struct piece *piece) {
	switch (piece->label) {
	case LABEL_NONE: case LABEL_WHEN: case LABEL_DATE: case LABEL_TIME: case LABEL_END: case LABEL_FORMAT: case LABEL_PLACE:
		return true;
	default:
		return false;
	}
}

/* A quoted title may hold a date: "The Road to 11 March". Moves *at on to `token`, so that each is looked at once. */
static bool is_quoted(const struct document *d, uint32_t *at, uint32_t token, bool *open) {
	for (; *at < token; ++*at)
		if (d->tokens.at[*at].kind == TOKEN_PUNCT && d->tokens.at[*at].number == '"')
			*open = d->tokens.at[*at].flags & TOKEN_OPENS;
	return *open;
}

/* ---- gathering ---- */

/* Whether a clock time begins at token `at`. */
static bool begins_clock(const struct whens *w, const struct document *d, uint32_t at) {
	uint32_t t = record_time_from(w->record, d->tokens.at[at].begin);
	return t < w->record->times.count && time_of(w, t)->span.begin == d->tokens.at[at].begin && timex_is_clock(time_of(w, t));
}

static struct zone_mention zone_of_place(const struct document *d, uint32_t from, uint32_t to, int32_t value) {
	const struct zone_name *place = zone_place(value);
	return (struct zone_mention){.span = token_span(d, from, to - 1), .name = -1, .place = value, .offset = ZONE_NO_OFFSET,
		.id = place && !place->zones[1] ? place->zones[0] : NULL};
}

/* "(1–2pm Buenos Aires)", "9:30 London", "(9:30 in Perth)": a place right behind a time names its zone. */
static void read_place_zone(struct whens *w, struct clock *clock, uint32_t limit) {
	const struct document *d = w->r->d;
	uint32_t last = clock->until != NONE ? clock->until : clock->from;
	uint32_t at = document_token_at(d, time_of(w, last)->span.end);
	int32_t value;
	if (at >= limit || !span_empty(clock->zone.span))
		return;
	uint32_t comma = is_sign(d, at, limit, ',') || is_word(d, at, limit, "in") ? 1 : 0;
	uint32_t n = phrase_at(d, at + comma, limit, WORD_ZONE_PLACE, &value);
	uint32_t end = at + comma + n;
	bool closes = end >= limit || is_sign(d, end, limit, ')') || is_sign(d, end, limit, '/') || is_sign(d, end, limit, ']') || is_sign(d, end, limit, '|') ||
		is_sign(d, end, limit, '(') || is_stop(d, end, limit) || (!comma && is_sign(d, end, limit, ',') && begins_clock(w, d, end + 1));
	bool time = end < limit && str_equal_nocase(token_text(d, end), STR("time"));
	if (!n || (!closes && !time && (comma || !is_sign(d, end, limit, ';'))))
		return;
	clock->zone = zone_of_place(d, at + comma, end + time, value);
}

/* "… with Lisbon (08:00 WET) and Houston (03:00)": of a further time in a bracket, the place before it. */
static void read_place_before(const struct whens *w, struct clock *clock) {
	const struct document *d = w->r->d;
	uint32_t open = document_token_at(d, time_of(w, clock->from)->span.begin) - 1;
	if (w->count < 2 || open < w->r->at.from + 1 || !is_sign(d, open, open + 1, '(') || clock->zone.place >= 0 || clock->zone.offset != ZONE_NO_OFFSET)
		return;
	for (uint32_t i = open > w->r->at.from + 3 ? open - 3 : w->r->at.from; i < open; i++) {
		int32_t value;
		uint32_t n = d->tokens.at[i].shape == SHAPE_LOWER ? 0 : phrase_at(d, i, open, WORD_ZONE_PLACE, &value);
		if (!n || i + n != open)
			continue;
		if (span_empty(clock->zone.span))
			clock->zone = zone_of_place(d, i, open, value);
		clock->zone.place = value;
		return;
	}
}

/* "18:30 (Montevideo and Buenos Aires)": the same hour in two places, whose zones are of the clock and of another behind it. */
static void read_two_places(struct whens *w, struct clock *clock, uint32_t limit) {
	const struct document *d = w->r->d;
	uint32_t last = clock->until != NONE ? clock->until : clock->from;
	uint32_t at = document_token_at(d, time_of(w, last)->span.end) + 1;
	int32_t first, second;
	if (!is_sign(d, at - 1, limit, '(') || !span_empty(clock->zone.span) || w->count == MOST_CLOCKS)
		return;
	uint32_t n = phrase_at(d, at, limit, WORD_ZONE_PLACE, &first), joint = at + n;
	uint32_t m = n && (is_word(d, joint, limit, "and") || is_sign(d, joint, limit, '/') || is_sign(d, joint, limit, '&')) ?
		phrase_at(d, joint + 1, limit, WORD_ZONE_PLACE, &second) : 0;
	if (!m || !is_sign(d, joint + 1 + m, limit, ')'))
		return;
	clock->zone = zone_of_place(d, at, joint, first);
	w->clocks[w->count++] = (struct clock){.from = clock->from, .until = clock->until, .date = NONE,
		.zone = zone_of_place(d, joint + 1, joint + 1 + m, second)};
}

static bool close_by(const struct whens *w, uint32_t from, uint32_t to, uint32_t most) {
	const struct document *d = w->r->d;
	uint32_t a = document_token_at(d, time_of(w, from)->span.end), b = document_token_at(d, time_of(w, to)->span.begin);
	if (b < a || b - a > most)
		return false;
	for (uint32_t i = a; i < b; i++)
		if (is_stop(d, i, b))
			return false;
	return true;
}

static void add_clock(struct whens *w, uint32_t index, uint32_t limit) {
	const struct timex *t = time_of(w, index);
	if (t->since != NONE || w->count == MOST_CLOCKS)
		return;
	struct clock *clock = &w->clocks[w->count++];
	*clock = (struct clock){.from = index, .until = t->until, .date = NONE, .zone = t->zone};
	read_place_zone(w, clock, limit);
	read_place_before(w, clock);
	read_two_places(w, clock, limit);
}

/* A date goes to the time behind it, else to the one before it; a date alone is the entry's. */
static void add_date(struct whens *w, uint32_t index, uint32_t next) {
	bool forward = next != NONE && timex_is_clock(time_of(w, next)) && close_by(w, index, next, NEAR + 2) && !w->clock_first;
	if (w->date == NONE && !(w->count && !forward && w->r->entry->above.date != NONE)) {
		w->date = index;
		if (!w->count)
			return;
		if (w->clocks[w->count - 1].date == NONE && !forward && w->r->entry->above.date == NONE) {
			for (uint32_t i = 0; i < w->count; i++)
				w->clocks[i].date = index;
			return;
		}
	}
	if (forward || !w->count)
		return;
	struct clock *last = &w->clocks[w->count - 1];
	if (last->date == NONE || w->clock_first)
		if (close_by(w, last->until != NONE ? last->until : last->from, index, NEAR))
			last->date = index;
}

static bool is_date(const struct timex *t) {
	return timex_is_day(t) && t->since == NONE && ((t->when.month > 0 && t->when.day > 0) || t->weekday);
}

/* Whether the times of `piece` may still say when: after the first block that does, only what adds to it. */
static bool is_open(const struct whens *w, const struct piece *piece, const struct timex *t) {
	if (w->block == NONE || piece->block == w->block || piece->label != LABEL_NONE)
		return true;
	if (timex_is_clock(t))
		return w->count == 0 || !span_empty(t->zone.span);
	return w->date == NONE;
}

/* "(to Oct. 20)", "until 5 September": a last day without a first. */
static bool ends_run(const struct whens *w, const struct piece *piece, uint32_t token) {
	const struct document *d = w->r->d;
	return token > piece->at.from && phrase_at(d, token - 1, token, WORD_RANGE, NULL) && d->tokens.at[token - 1].kind == TOKEN_WORD &&
		(token - 1 == piece->at.from || is_sign(d, token - 2, token, '(') || w->date == NONE);
}

/* A capitalised word that tells no time. */
static bool is_name_word(const struct document *d, uint32_t at) {
	static const uint64_t times = (uint64_t)1 << WORD_CLOCK_NAME | (uint64_t)1 << WORD_MONTH | (uint64_t)1 << WORD_WEEKDAY | (uint64_t)1 << WORD_FUNCTION;
	const struct token *t = &d->tokens.at[at];
	return t->kind == TOKEN_WORD && t->shape != SHAPE_LOWER && t->end - t->begin > 2 && !word_is_any(t->word, times);
}

static bool has_figures(const struct whens *w, const struct timex *t) {
	for (uint32_t i = document_token_at(w->r->d, t->span.begin); w->r->d->tokens.at[i].begin < t->span.end; i++)
		if (w->r->d->tokens.at[i].kind == TOKEN_NUMBER)
			return true;
	return false;
}

/* "EARTH DAY: THE ETHICS OF TREES. 4/22, noon": a feast that leads a title, where the piece says the day in figures. */
static bool is_in_title(const struct whens *w, const struct piece *piece, uint32_t index) {
	const struct timex *t = time_of(w, index);
	uint32_t behind = document_token_at(w->r->d, t->span.end), end = range_span(w->r, piece->at).end;
	if (t->weekday || document_token_at(w->r->d, t->span.begin) != piece->at.from || has_figures(w, t))
		return false;
	if (!is_sign(w->r->d, behind, piece->at.to, ':') && !is_sign(w->r->d, behind, piece->at.to, '-') && w->r->d->tokens.at[behind].kind != TOKEN_WORD)
		return false;
	for (uint32_t i = index + 1; i < w->record->times.count && time_of(w, i)->span.end <= end && i < index + 4; i++)
		if (timex_is_day(time_of(w, i)) && has_figures(w, time_of(w, i)))
			return true;
	return false;
}

/* "Third Thursday (Thursday, January 18th)": a weekday alone is no date where the piece says the day. */
static bool is_in_name(const struct whens *w, const struct piece *piece, uint32_t index) {
	const struct document *d = w->r->d;
	const struct timex *t = time_of(w, index);
	struct span span = range_span(w->r, piece->at);
	uint32_t word = document_token_at(d, t->span.begin), behind = document_token_at(d, t->span.end);
	if (t->weekday && behind == word + 1 && w->r->entry->above.date != NONE && word > piece->at.from && is_name_word(d, word - 1) &&
		is_name_word(d, behind) && behind < piece->at.to && !(d->tokens.at[behind].flags & TOKEN_SENTENCE)) /* "Ned's Friday Dance" */
		return true;
	if (!t->weekday || t->when.day < 0 || t->span.end - t->span.begin > 9 || t->until != NONE || t->since != NONE)
		return false;
	for (uint32_t i = index + 1; i < w->record->times.count && time_of(w, i)->span.end <= span.end && i < index + 4; i++)
		if (time_of(w, i)->weekday == t->weekday && timex_is_day(time_of(w, i)) && time_of(w, i)->span.end - time_of(w, i)->span.begin > 12)
			return true;
	return false;
}

static void gather(struct whens *w, const struct piece *piece) {
	const struct document *d = w->r->d;
	struct span span = range_span(w->r, piece->at);
	uint32_t dated = NONE; /* a date waiting for the time behind it */
	uint32_t looked = piece->at.from;
	bool open = false; /* in quotation marks at `looked` */
	for (uint32_t i = record_time_from(w->record, span.begin); i < w->record->times.count && time_of(w, i)->span.end <= span.end; i++) {
		const struct timex *t = time_of(w, i);
		bool clock = timex_is_clock(t);
		uint32_t token = document_token_at(d, t->span.begin);
		if ((!clock && !is_date(t)) || !is_open(w, piece, t) || is_other_moment(w, piece->at, token) ||
			is_quoted(d, &looked, token, &open) || (!clock && (is_in_name(w, piece, i) || is_in_title(w, piece, i))))
			continue;
		if (w->block == NONE)
			w->block = piece->block;
		if (clock && piece->label == LABEL_END && w->count && w->clocks[0].until == NONE) {
			w->clocks[0].until = i;
			continue;
		}
		if (clock) {
			w->clock_first = w->clock_first || (!w->count && w->date == NONE && w->r->entry->above.date == NONE);
			uint32_t count = w->count;
			add_clock(w, i, piece->at.to);
			if (w->count > count && dated != NONE && close_by(w, dated, i, NEAR + 2))
				w->clocks[count].date = dated;
			dated = NONE;
			continue;
		}
		if (ends_run(w, piece, token)) {
			w->last = i;
			continue;
		}
		uint32_t next = i + 1;
		while (next < w->record->times.count && (time_of(w, next)->since == i || !(timex_is_clock(time_of(w, next)) || is_date(time_of(w, next)))))
			next++;
		if (next >= w->record->times.count || time_of(w, next)->span.end > span.end)
			next = NONE;
		add_date(w, i, next);
		dated = w->count && w->clocks[w->count - 1].date == i ? NONE : i;
	}
}

/* ---- taking the words ---- */

static bool is_joint(const struct document *d, uint32_t at) {
	const struct token *t = &d->tokens.at[at];
	if (t->kind == TOKEN_PUNCT)
		return t->number == ',' || t->number == '-' || t->number == '/' || t->number == ':' || t->number == '|' || t->number == '(' ||
			t->number == ')' || t->number == '~' || t->number == '[' || t->number == ']' || t->number == '@' || t->number == ';' || t->number == '>';
	struct str word = token_text(d, at);
	return str_equal_nocase(word, STR("from")) || str_equal_nocase(word, STR("at")) || str_equal_nocase(word, STR("and")) ||
		str_equal_nocase(word, STR("on")) || str_equal_nocase(word, STR("or")) || str_equal_nocase(word, STR("h"));
}

/* Takes the tokens of a time and the brackets and zone that belong to it. */
static struct range take_span(struct whens *w, struct range at) {
	const struct document *d = w->r->d;
	while (at.from > w->r->at.from && at.to < w->r->at.to && is_sign(d, at.from - 1, w->r->at.to, '(') && is_sign(d, at.to, w->r->at.to, ')'))
		at.from--, at.to++;
	if (is_sign(d, at.to, w->r->at.to, ')') && bracket_close(d, at.from, at.to) >= at.to) {
		uint32_t open = at.to;
		while (open > at.from && !is_sign(d, open - 1, w->r->at.to, '('))
			open--;
		if (open > at.from)
			at.to++;
	}
	take(w->r, at, TAKEN_WHEN);
	return at;
}

/* Joins what stands between two times ("at", commas) to them. */
static void bridge(struct whens *w, struct range before, struct range after) {
	if (after.from < before.to || after.from - before.to > 3)
		return;
	for (uint32_t i = before.to; i < after.from; i++)
		if (!is_joint(w->r->d, i) && !is_taken(w->r, i))
			return;
	take(w->r, (struct range){before.to, after.from}, TAKEN_WHEN);
}

/* "6pm for | 6.30pm": where what stands before a time begins that tells when people gather. */
static uint32_t gathering(const struct reading *r, uint32_t at) {
	uint32_t from = at;
	if (at < r->at.from + 2 || !is_word(r->d, at - 1, at, "for"))
		return at;
	for (from = at - 1; from > r->at.from && at - from < 6; from--) {
		const struct token *t = &r->d->tokens.at[from - 1];
		if (t->kind != TOKEN_NUMBER && !is_sign(r->d, from - 1, at, '.') && !is_sign(r->d, from - 1, at, ':') && !word_is(t->word, WORD_MERIDIEM, NULL) &&
			!is_word(r->d, from - 1, at, "h"))
			break;
	}
	return from < at - 1 ? from : at;
}

/* "Approx. | 4:30 pm", "ca. | 19.00". */
static uint32_t approximately(const struct reading *r, uint32_t at) {
	uint32_t word = at > r->at.from ? at - 1 : at;
	word -= word > r->at.from && is_sign(r->d, word, at, '.');
	return is_word(r->d, word, at, "approx") || is_word(r->d, word, at, "ca") || is_word(r->d, word, at, "circa") ||
		is_word(r->d, word, at, "approximately") ? word : at;
}

/* "Week 3 (27 October)" */
static uint32_t numbered(const struct reading *r, uint32_t at) {
	uint32_t from = at;
	while (from > r->at.from && at - from < 2 && (is_sign(r->d, from - 1, at, '(') || is_sign(r->d, from - 1, at, ':') || is_sign(r->d, from - 1, at, ',') ||
		is_sign(r->d, from - 1, at, '-') || is_sign(r->d, from - 1, at, '|')))
		from--;
	return from >= r->at.from + 2 && session_number(r->d, from - 2, from) ? from - 2 : at;
}

/* "Mon.-Tue., May 11-12": the first of two days of the week goes with the date. */
static uint32_t first_weekday(const struct reading *r, uint32_t at) {
	const struct document *d = r->d;
	uint32_t joint = at > r->at.from + 1 ? at - 1 : at;
	if (joint == at || !(is_sign(d, joint, at, '-') || is_sign(d, joint, at, '&') || is_word(d, joint, at, "and") || is_word(d, joint, at, "to")))
		return at;
	uint32_t first = joint - 1;
	first -= first > r->at.from && is_sign(d, first, at, '.');
	return word_is(d->tokens.at[first].word, WORD_WEEKDAY, NULL) && word_is(d->tokens.at[at].word, WORD_WEEKDAY, NULL) ? first : at;
}

/* "Every Tuesday, | 2-4pm": how often, at the head of what says when or right before an hour. */
static bool is_repetition(const struct whens *w, const struct piece *piece, uint32_t i) {
	if (time_of(w, i)->type != TIMEX_SET)
		return false;
	uint32_t from = tokens_of(w, time_of(w, i)->span).from;
	bool next = i + 1 < w->record->times.count && timex_is_clock(time_of(w, i + 1)) && close_by(w, i, i + 1, 2);
	return next && (from <= piece->at.from + 1 || is_taken(w->r, from - 1));
}

static void take_times(struct whens *w) {
	struct range last = {0, 0};
	for (uint32_t p = 0; p < w->r->pieces.count; p++) {
		const struct piece *piece = &w->r->pieces.at[p];
		struct span span = range_span(w->r, piece->at);
		if (!may_say_when(piece))
			continue;
		for (uint32_t i = record_time_from(w->record, span.begin); i < w->record->times.count && time_of(w, i)->span.end <= span.end; i++) {
			bool used = i == w->date || i == w->last || (w->date != NONE && time_of(w, i)->since == w->date);
			struct span whole = time_of(w, i)->span;
			for (uint32_t k = 0; k < w->count; k++) {
				bool its = i == w->clocks[k].from || i == w->clocks[k].until || (w->clocks[k].date != NONE && i == w->clocks[k].date);
				struct span zone = w->clocks[k].zone.span;
				if (its && zone.end > whole.end && zone.begin >= time_of(w, i)->span.end && i != w->clocks[k].date)
					whole.end = zone.end;
				used = used || its;
			}
			if (!used && !is_repetition(w, piece, i))
				continue;
			struct range at = tokens_of(w, whole);
			at.from -= i == w->last; /* "(to Oct. 20)" with its word */
			at.from = numbered(w->r, first_weekday(w->r, approximately(w->r, gathering(w->r, at.from))));
			at = take_span(w, at);
			bridge(w, last, at);
			last = at;
		}
	}
}

/* Brackets around nothing but times go with them. */
static void take_brackets(struct reading *r) {
	for (uint32_t i = r->at.from; i < r->at.to; i++) {
		if (!is_sign(r->d, i, r->at.to, '(') || is_taken(r, i))
			continue;
		uint32_t close = bracket_close(r->d, i, r->at.to < i + 40 ? r->at.to : i + 40), k = i + 1;
		while (k < close && is_taken(r, k))
			k++;
		if (k == close && close > i + 1 && is_sign(r->d, close, r->at.to, ')'))
			take(r, (struct range){i, close + 1}, TAKEN_WHEN);
	}
}

/* "7pm (note the early start)": a remark behind the time that ends its line, where the entry has other lines. */
static void take_remark(struct reading *r) {
	for (uint32_t i = 0; i + 1 < r->pieces.count; i++) {
		struct range at = r->pieces.at[i].at;
		uint32_t open = at.to;
		while (open > at.from && !is_sign(r->d, open, at.to, '('))
			open--;
		if (open > at.from && is_taken(r, open - 1) && !is_taken(r, open) && is_sign(r->d, at.to - 1, at.to, ')') &&
			r->d->tokens.at[open + 1].shape == SHAPE_LOWER && r->taken[open - 1 - r->at.from] == TAKEN_WHEN)
			take(r, (struct range){open, at.to}, TAKEN_ELSE);
	}
}

/* ---- occasions ---- */

static struct civil with_clock(struct civil date, const struct timex *t) {
	date.hour = t->when.hour;
	date.minute = t->when.minute < 0 ? 0 : t->when.minute;
	date.second = 0;
	return date;
}

/* Half past two on a programme is in the afternoon; at eight the text has to say. */
static int half_day(const struct timex *from, const struct timex *until) {
	int hour = from->when.hour;
	return from->half_unknown && hour >= 1 && hour <= 6 && (!until || until->half_unknown || until->when.hour < 12) ? 12 : 0;
}

static struct civil settle_hour(struct civil c) {
	if (c.hour < 24)
		return c;
	struct civil next = civil_add_days(c, 1);
	next.hour = (int8_t)(c.hour - 24);
	return next;
}

/* Past midnight an evening ends on the next day; a morning's end before its start is a mistake, kept as written. */
static bool ends_next_day(struct civil start, struct civil end) {
	int from = start.hour * 60 + start.minute, to = end.hour * 60 + end.minute;
	return to < from && start.hour >= 16 && to <= 8 * 60;
}

static void set_occasion(struct whens *w, const struct clock *clock, struct occasion *o) {
	uint32_t date = clock->date != NONE ? clock->date : w->date != NONE ? w->date : w->r->entry->above.date;
	const struct timex *from = time_of(w, clock->from), *until = clock->until == NONE ? NULL : time_of(w, clock->until);
	o->zone_stated = clock->zone;
	o->start_span = from->span;
	o->end_span = until ? until->span : (struct span){0, 0};
	o->span = (struct span){from->span.begin, until ? until->span.end : from->span.end};
	if (clock->zone.span.end > o->span.end)
		o->span.end = clock->zone.span.end;
	o->start = o->end = CIVIL_UNKNOWN;
	if (from->impossible || (until && until->impossible))
		until = NULL;
	if (date == NONE || time_of(w, date)->impossible) {
		o->start = with_clock(CIVIL_UNKNOWN, from);
		return;
	}
	int shift = half_day(from, until);
	struct civil day = civil_date(time_of(w, date)->when);
	if (from->impossible) {
		o->start = day;
		return;
	}
	o->start = with_clock(day, from);
	o->start.hour = (int8_t)(o->start.hour + shift);
	uint32_t last = time_of(w, date)->until;
	if (!until)
		return;
	o->end = with_clock(last != NONE ? civil_date(time_of(w, last)->when) : day, until);
	o->end.hour = (int8_t)(o->end.hour + shift);
	if (o->end.hour < 24 && ends_next_day(o->start, o->end))
		o->end = civil_add_days(o->end, 1);
	o->start = settle_hour(o->start);
	o->end = settle_hour(o->end);
}

static void set_weekday(struct whens *w, uint32_t date) {
	struct scheduled *e = w->r->event;
	e->weekday = time_of(w, date)->weekday;
	e->weekday_span = time_of(w, date)->weekday_span;
}

static void set_dates(struct whens *w) {
	struct scheduled *e = w->r->event;
	uint32_t date = w->date != NONE ? w->date : w->r->entry->above.date;
	if (date == NONE && w->last != NONE && civil_has_date(time_of(w, w->last)->when)) { /* "until 30 August": an end without a start */
		e->when.end = civil_date(time_of(w, w->last)->when);
		e->when.end_span = e->when.span = time_of(w, w->last)->span;
		e->all_day = true;
	}
	if (date == NONE)
		return;
	const struct timex *t = time_of(w, date);
	e->when.span = e->when.start_span = t->span;
	if (t->impossible || !civil_has_date(t->when))
		return;
	e->when.start = civil_date(t->when);
	uint32_t last = t->until != NONE ? t->until : w->last;
	if (last == NONE || time_of(w, last)->impossible)
		return;
	e->when.end = civil_date(time_of(w, last)->when);
	e->when.end_span = time_of(w, last)->span;
	e->all_day = true;
}

/* "all day", "TBD" among the words that say when. */
static void read_open_time(struct whens *w) {
	struct reading *r = w->r;
	for (uint32_t p = 0; p < r->pieces.count; p++) {
		const struct piece *piece = &r->pieces.at[p];
		bool says = piece->label == LABEL_TIME || piece->label == LABEL_WHEN || piece->label == LABEL_DATE;
		uint32_t head = piece->at.from;
		while (head < piece->at.to && r->d->tokens.at[head].kind == TOKEN_PUNCT)
			head++;
		for (uint32_t i = piece->at.from; may_say_when(piece) && i < piece->at.to; i++) {
			uint32_t all = phrase_at(r->d, i, piece->at.to, WORD_ALL_DAY, NULL), open = phrase_at(r->d, i, piece->at.to, WORD_TO_BE, NULL);
			bool beside = says || (i == head && (all || is_stop(r->d, i + open, piece->at.to) || is_sign(r->d, i + open, piece->at.to, '-') || is_sign(r->d, i + open, piece->at.to, ':'))) || (i > r->at.from && (is_taken(r, i - 1) || (i > r->at.from + 1 && is_taken(r, i - 2))));
			if (!(all || open) || !beside)
				continue;
			r->event->all_day = r->event->all_day || all;
			r->event->time_open = r->event->time_open || open;
			take(r, (struct range){i, i + (all ? all : open)}, TAKEN_WHEN);
		}
	}
}

/* "Lunch at 12.15 (11.15 in Oslo)": whether clock `i` says again, elsewhere, when another than the event's first begins. */
static bool repeats_other(const struct whens *w, uint32_t i) {
	return i > 1 && !span_empty(w->clocks[0].zone.span) == !span_empty(w->clocks[i - 1].zone.span) && span_empty(w->clocks[i - 1].zone.span) &&
		close_by(w, w->clocks[i - 1].until != NONE ? w->clocks[i - 1].until : w->clocks[i - 1].from, w->clocks[i].from, 1);
}

static void take_other_clocks(struct whens *w) {
	for (uint32_t i = 1; i < w->count; i++) {
		if (repeats_other(w, i))
			continue;
		if (span_empty(w->clocks[i].zone.span) && span_empty(w->clocks[0].zone.span))
			continue;
		struct occasion *o = array_push(w->r->f->record->arena, &w->r->event->also);
		*o = (struct occasion){0};
		set_occasion(w, &w->clocks[i], o);
		if (w->clocks[i].date != NONE)
			w->r->dated |= (uint32_t)1 << (w->r->event->also.count - 1);
	}
}

void when_read(struct reading *r) {
	struct whens w = {.r = r, .record = r->f->record, .date = NONE, .last = NONE, .block = NONE};
	for (uint32_t i = 0; i < r->pieces.count; i++)
		if (may_say_when(&r->pieces.at[i]) && !range_empty(r->pieces.at[i].at))
			gather(&w, &r->pieces.at[i]);
	if (!w.count && r->entry->above.clock != NONE && (w.date != NONE || r->entry->above.date != NONE))
		w.clocks[w.count++] = (struct clock){.from = r->entry->above.clock, .until = w.record->times.at[r->entry->above.clock].until,
			.date = NONE, .zone = w.record->times.at[r->entry->above.clock].zone};
	if (w.count)
		set_occasion(&w, &w.clocks[0], &r->event->when);
	else
		set_dates(&w);
	take_times(&w);
	take_brackets(r);
	take_remark(r);
	take_other_clocks(&w);
	uint32_t date = w.count && w.clocks[0].date != NONE ? w.clocks[0].date : w.date;
	r->event->date_inherited = date == NONE && r->entry->above.date != NONE;
	if (date == NONE)
		date = r->entry->above.date;
	if (date != NONE)
		set_weekday(&w, date);
	read_open_time(&w);
	r->event->spans.start = r->event->when.start_span;
	if (date != NONE && w.count && !r->event->date_inherited) { /* "8/4, 5:45": the date and the hour where they stand together */
		struct span day = time_of(&w, date)->span, hour = r->event->when.start_span;
		if (day.begin < hour.begin && close_by(&w, date, w.clocks[0].from, NEAR + 2))
			r->event->spans.start = (struct span){day.begin, hour.end};
	}
	r->event->spans.end = r->event->when.end_span;
	r->event->spans.zone = r->event->when.zone_stated.span;
}
