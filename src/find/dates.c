#include "dates.h"

static bool is_number(const struct document *d, uint32_t at, uint32_t limit, int digits_least, int digits_most) {
	const struct token *t = &d->tokens.at[at];
	return at < limit && t->kind == TOKEN_NUMBER && t->digits >= digits_least && t->digits <= digits_most &&
		t->end - t->begin == t->digits;
}

static uint32_t number(const struct document *d, uint32_t at) {
	return d->tokens.at[at].number;
}

static bool is_year(const struct document *d, uint32_t at, uint32_t limit) {
	return is_number(d, at, limit, 4, 4) && number(d, at) >= 1000 && number(d, at) <= 2999;
}

uint32_t range_mark(const struct document *d, uint32_t at, uint32_t limit) {
	if (at >= limit)
		return 0;
	const struct token *t = &d->tokens.at[at];
	if (t->kind == TOKEN_PUNCT && (t->number == '-' || t->number == '~'))
		return 1;
	return phrase_at(d, at, limit, WORD_RANGE, NULL);
}

/* A day of the month with its ending ("4", "4th"); tokens taken, 0 for none. */
static uint32_t read_day(const struct document *d, uint32_t at, uint32_t limit, int8_t *day) {
	int32_t ending;
	if (!is_number(d, at, limit, 1, 2) || number(d, at) < 1 || number(d, at) > 39)
		return 0;
	*day = (int8_t)number(d, at);
	if (at + 1 < limit && !is_spaced(d, at + 1) && d->tokens.at[at + 1].kind == TOKEN_WORD)
		return word_is(d->tokens.at[at + 1].word, WORD_ORDINAL, &ending) && ending == 0 ? 2 : 0;
	return 1;
}

/* A month's name with its full stop. Words that are more often something else must be written as a name. */
static uint32_t read_month(const struct document *d, uint32_t at, uint32_t limit, int8_t *month) {
	int32_t value;
	if (at >= limit || d->tokens.at[at].shape == SHAPE_LOWER || !word_is(d->tokens.at[at].word, WORD_MONTH, &value))
		return 0;
	*month = (int8_t)value;
	uint32_t len = d->tokens.at[at].end - d->tokens.at[at].begin;
	bool whole = value == 5 || ((value == 6 || value == 7) && len == 4); /* May, June, July end sentences */
	return is_sign(d, at + 1, limit, '.') && !is_spaced(d, at + 1) && len <= 4 && !whole ? 2 : 1;
}

/* "Sun", "Sat", "Mon" behind another capitalised word are more often the end of a name or title than a day. */
static bool is_surname(const struct document *d, uint32_t at) {
	const struct token *t = &d->tokens.at[at];
	return at > 0 && t->end - t->begin <= 4 && !(t->flags & TOKEN_BLOCK) && t[-1].kind == TOKEN_WORD && t[-1].shape != SHAPE_LOWER;
}

static uint32_t read_weekday(const struct document *d, uint32_t at, uint32_t limit, struct date_read *out) {
	int32_t value;
	if (at >= limit || d->tokens.at[at].shape == SHAPE_LOWER || !word_is(d->tokens.at[at].word, WORD_WEEKDAY, &value) || is_surname(d, at))
		return 0;
	out->weekday = (int8_t)value;
	out->weekday_span = token_span(d, at, at);
	return is_sign(d, at + 1, limit, '.') && !is_spaced(d, at + 1) && d->tokens.at[at].end - d->tokens.at[at].begin <= 5 ? 2 : 1;
}

/* ", 2025" or " 2025" behind a day and month; "Sept. 9, 2025", "'25" is left alone. */
static uint32_t read_year_behind(const struct document *d, uint32_t at, uint32_t limit, struct date_read *out) {
	uint32_t comma = is_sign(d, at, limit, ',') ? 1 : 0;
	if (!is_year(d, at + comma, limit) || number(d, at + comma) < 1500)
		return 0;
	if (at + comma + 1 < limit && !is_spaced(d, at + comma + 1) && is_sign(d, at + comma + 1, limit, ':'))
		return 0;
	out->when.year = (int32_t)number(d, at + comma);
	return comma + 1;
}

/* "August 4th, 2025", "August 2025". */
static uint32_t read_month_day(const struct document *d, uint32_t at, uint32_t limit, struct date_read *out) {
	int8_t month, day;
	uint32_t n = read_month(d, at, limit, &month), m;
	if (!n)
		return 0;
	out->when.month = month;
	if (is_year(d, at + n, limit)) {
		out->when.year = (int32_t)number(d, at + n);
		return n + 1;
	}
	if (!(m = read_day(d, at + n, limit, &day)))
		return 0;
	out->when.day = day;
	n += m;
	return n + read_year_behind(d, at + n, limit, out);
}

/* "4th of August 2025", "4 August", "4-Aug-2025". */
static uint32_t read_day_month(const struct document *d, uint32_t at, uint32_t limit, struct date_read *out) {
	int8_t month, day;
	uint32_t n = read_day(d, at, limit, &day), m;
	if (!n)
		return 0;
	if (at + n < limit && (is_sign(d, at + n, limit, '-') && !is_spaced(d, at + n)))
		n++;
	else if (at + n < limit && str_equal(token_text(d, at + n), STR("of")))
		n++;
	if (!(m = read_month(d, at + n, limit, &month)))
		return 0;
	out->when.day = day;
	out->when.month = month;
	n += m;
	if (is_sign(d, at + n, limit, '-') && !is_spaced(d, at + n) && is_year(d, at + n + 1, limit)) {
		out->when.year = (int32_t)number(d, at + n + 1);
		return n + 2;
	}
	return n + read_year_behind(d, at + n, limit, out);
}

/* "2025-08-04". */
static uint32_t read_iso(const struct document *d, uint32_t at, uint32_t limit, struct date_read *out) {
	if (!is_year(d, at, limit) || !is_sign(d, at + 1, limit, '-') || !is_number(d, at + 2, limit, 2, 2) ||
		!is_sign(d, at + 3, limit, '-') || !is_number(d, at + 4, limit, 2, 2))
		return 0;
	out->when.year = (int32_t)number(d, at);
	out->when.month = (int8_t)number(d, at + 2);
	out->when.day = (int8_t)number(d, at + 4);
	return 5;
}

/* Figures with a slash or a full stop between: 8/4, 8/4/25, 9.19.2016, 30/10. */
static uint32_t read_figures(const struct document *d, uint32_t at, uint32_t limit, struct date_read *out, bool dotted_ok) {
	if (!is_number(d, at, limit, 1, 2) || at + 2 >= limit || !is_number(d, at + 2, limit, 1, 2))
		return 0;
	uint32_t code = d->tokens.at[at + 1].kind == TOKEN_PUNCT ? d->tokens.at[at + 1].number : 0;
	if ((code != '/' && code != '.') || is_spaced(d, at + 1) || is_spaced(d, at + 2))
		return 0;
	if (at > 0 && !is_spaced(d, at) && !(d->tokens.at[at - 1].kind == TOKEN_PUNCT && (d->tokens.at[at - 1].flags & TOKEN_OPENS)) &&
		!token_is_punct(&d->tokens.at[at - 1], '-') && !token_is_punct(&d->tokens.at[at - 1], ','))
		return 0; /* the tail of a longer number, a price, a path */
	uint32_t a = number(d, at), b = number(d, at + 2), n = 3;
	bool year = is_sign(d, at + 3, limit, code) && !is_spaced(d, at + 3) && at + 4 < limit && !is_spaced(d, at + 4) &&
		(is_year(d, at + 4, limit) || is_number(d, at + 4, limit, 2, 2));
	if (code == '.' && !year && !dotted_ok)
		return 0;
	if (at + n < limit && !is_spaced(d, at + n) && d->tokens.at[at + n].kind == TOKEN_WORD)
		return 0; /* 9.30pm, 1/2in */
	bool month_first = a <= 12 && (code == '/' || b > 12 || dotted_ok);
	bool beyond = code == '/' && a <= 12 && b > 31 && b < 40; /* 8/32: a slip */
	if (a < 1 || b < 1 || (a > 12 && b > 12) || a > 31 || (b > 31 && !beyond))
		return 0;
	out->numeric = true;
	out->swapped_possible = a <= 12 && b <= 12 && a != b;
	out->when.month = (int8_t)(month_first || b > 12 ? a : b);
	out->when.day = (int8_t)(month_first || b > 12 ? b : a);
	if (year) {
		uint32_t y = number(d, at + 4);
		out->when.year = (int32_t)(d->tokens.at[at + 4].digits == 2 ? 2000 + y : y);
		n = 5;
	}
	return n;
}

static void judge(struct date_read *r) {
	struct civil c = r->when;
	if (c.month > 0 && c.day > 0)
		r->impossible = c.month > 12 || c.day > civil_month_days(c.year == CIVIL_NO_YEAR ? 2024 : c.year, c.month);
}

/* A date with or without its weekday before it; `bare_day` also takes "17" and "Wed 17", of a range whose other half names
 * the month. */
static uint32_t read_one(const struct document *d, uint32_t at, uint32_t limit, bool bare_day, struct date_read *out) {
	*out = (struct date_read){.first = at, .when = CIVIL_UNKNOWN};
	int32_t value;
	uint32_t n = phrase_at(d, at, limit, WORD_DAY_NAME, &value), m;
	if (n) {
		out->is_relative = true;
		out->relative = (int8_t)value;
		out->last = at + n - 1;
		return n;
	}
	n = read_weekday(d, at, limit, out);
	uint32_t skip = n;
	if (n && is_sign(d, at + n, limit, ','))
		skip++;
	if (n && at + skip < limit && str_equal_nocase(token_text(d, at + skip), STR("the")))
		skip++;
	if ((m = read_month_day(d, at + skip, limit, out)) || (m = read_iso(d, at + skip, limit, out)) ||
		(m = read_day_month(d, at + skip, limit, out)) || (m = read_figures(d, at + skip, limit, out, false)))
		n = skip + m;
	else if (bare_day && (m = read_day(d, at + skip, limit, &out->when.day)))
		n = skip + m;
	if (n && out->when.day > 0 && out->weekday == 0 && is_sign(d, at + n, limit, '(')) { /* 4 August (Monday) */
		m = read_weekday(d, at + n + 1, limit, out);
		if (m && is_sign(d, at + n + 1 + m, limit, ')'))
			n += m + 2;
		else
			out->weekday = 0;
	}
	if (n)
		out->last = at + n - 1;
	judge(out);
	return n;
}

/* Whether a bare number behind a range mark can be a day: not "8/4, 5-7pm", "August 4-7pm", "4 - 10:30". */
static bool is_clock_here(const struct document *d, uint32_t at, uint32_t limit) {
	if (at + 1 >= limit)
		return false;
	const struct token *next = &d->tokens.at[at + 1];
	if (word_is(next->word, WORD_MERIDIEM, NULL) || word_is(next->word, WORD_OCLOCK, NULL))
		return true;
	return next->kind == TOKEN_PUNCT && next->number == ':' && !is_spaced(d, at + 1) && is_number(d, at + 2, limit, 2, 2);
}

static void share(struct date_read *from, struct date_read *until) {
	if (from->when.month < 0)
		from->when.month = until->when.month;
	if (until->when.month < 0)
		until->when.month = from->when.month;
	if (until->when.year == CIVIL_NO_YEAR && from->when.year != CIVIL_NO_YEAR)
		until->when.year = from->when.year + (until->when.month < from->when.month);
	if (from->when.year == CIVIL_NO_YEAR && until->when.year != CIVIL_NO_YEAR)
		from->when.year = until->when.year - (from->when.month > until->when.month);
	judge(from);
	judge(until);
}

/* "September 23 – 25, 2014": the year may stand behind the second day alone. */
static uint32_t read_until(const struct document *d, uint32_t at, uint32_t limit, const struct date_read *from, struct date_read *until) {
	uint32_t n = read_one(d, at, limit, from->when.month > 0, until);
	if (!n || until->is_relative)
		return 0;
	if (until->when.month < 0 && until->when.day > 0) {
		if (is_clock_here(d, until->last, limit))
			return 0;
		uint32_t year = read_year_behind(d, at + n, limit, until);
		until->last += year;
		n += year;
	}
	return until->when.day > 0 || (until->weekday && from->weekday && from->when.month < 0) ? n : 0;
}

/* "9.19-9.23.2016": figures with full stops, of which only the second half has its year. */
static bool read_dotted_range(const struct document *d, uint32_t at, uint32_t limit, struct dates_read *r) {
	r->from = (struct date_read){.first = at, .when = CIVIL_UNKNOWN};
	r->until = (struct date_read){.when = CIVIL_UNKNOWN};
	uint32_t n = read_figures(d, at, limit, &r->from, true);
	if (!n || !is_sign(d, at + n, limit, '-'))
		return false;
	uint32_t u = read_figures(d, at + n + 1, limit, &r->until, true);
	if (!u || r->until.when.year == CIVIL_NO_YEAR || r->from.when.year != CIVIL_NO_YEAR)
		return false;
	if (r->from.when.month > r->until.when.month && r->from.swapped_possible) {
		int8_t day = r->from.when.day;
		r->from.when.day = r->from.when.month;
		r->from.when.month = day;
	}
	r->from.last = at + n - 1;
	r->until.first = at + n + 1;
	r->until.last = at + n + u;
	share(&r->from, &r->until);
	r->is_range = true;
	r->tokens = n + 1 + u;
	return true;
}

struct dates_read dates_read(const struct document *d, uint32_t at, uint32_t limit) {
	struct dates_read r = {0};
	if (is_number(d, at, limit, 1, 2) && is_sign(d, at + 1, limit, '.') && read_dotted_range(d, at, limit, &r))
		return r;
	r = (struct dates_read){0};
	uint32_t n = read_one(d, at, limit, false, &r.from), m;
	if (n && r.from.is_relative)
		return (struct dates_read){.tokens = n, .from = r.from};
	if (!n || (r.from.when.month < 0 && r.from.weekday)) { /* perhaps "17 – 18 Sep", "Tuesday 4-Wednesday 5 June" */
		struct date_read bare;
		uint32_t k = read_one(d, at, limit, true, &bare);
		if (k && bare.when.day > 0 && (m = range_mark(d, at + k, limit))) {
			uint32_t u = read_one(d, at + k + m, limit, false, &r.until);
			if (u && r.until.when.month > 0 && r.until.when.day > 0 && !r.until.numeric && !r.until.weekday == !bare.weekday) {
				r.from = bare;
				r.is_range = true;
				share(&r.from, &r.until);
				r.tokens = k + m + u;
				return r;
			}
		}
		if (!n)
			return r;
	}
	r.tokens = n;
	if (r.from.when.month > 0 && r.from.when.day < 0)
		return r;
	m = range_mark(d, at + n, limit);
	uint32_t u = m ? read_until(d, at + n + m, limit, &r.from, &r.until) : 0;
	if (u) {
		share(&r.from, &r.until);
		r.is_range = true;
		r.tokens = n + m + u;
	}
	return r;
}
