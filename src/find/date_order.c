#include "date_order.h"

#include "../know/civil.h"

static bool is_figure(const struct document *d, uint32_t at) {
	const struct token *t = &d->tokens.at[at];
	return t->kind == TOKEN_NUMBER && t->digits <= 2 && t->end - t->begin == t->digits && t->number > 0;
}

/* "8/6", "08.06.": two figures with a slash, or a full stop where a year or another full stop follows. */
static bool is_pair(const struct document *d, uint32_t at, uint32_t limit) {
	if (at + 2 >= limit || !is_figure(d, at) || !is_figure(d, at + 2) || is_spaced(d, at + 1) || is_spaced(d, at + 2))
		return false;
	if (at > 0 && !is_spaced(d, at) && d->tokens.at[at - 1].kind == TOKEN_NUMBER)
		return false;
	return is_sign(d, at + 1, limit, '/') || (is_sign(d, at + 1, limit, '.') && is_sign(d, at + 3, limit, '.') && !is_spaced(d, at + 3));
}

/* The first year that the text names in four figures, or 0. */
static int32_t named_year(const struct document *d) {
	for (uint32_t i = 0; i < d->tokens.count; i++) {
		const struct token *t = &d->tokens.at[i];
		if (t->kind == TOKEN_NUMBER && t->digits == 4 && t->end - t->begin == 4 && t->number >= 1900 && t->number <= 2099)
			return (int32_t)t->number;
	}
	return 0;
}

static int weekday_before(const struct document *d, uint32_t at) {
	int32_t value;
	while (at > 0 && d->tokens.at[at - 1].kind == TOKEN_PUNCT && !(d->tokens.at[at].flags & TOKEN_BLOCK))
		at--;
	return at > 0 && word_is(d->tokens.at[at - 1].word, WORD_WEEKDAY, &value) ? (int)value : 0;
}

static bool falls_on(int32_t year, uint32_t month, uint32_t day, int weekday) {
	if (month < 1 || month > 12 || day < 1 || day > (uint32_t)civil_month_days(year, (int)month))
		return false;
	return civil_weekday(civil_from_days(civil_days(year, (int)month, (int)day))) == weekday;
}

/* What one pair says: 1 day first, -1 month first, 0 nothing. */
static int vote(const struct document *d, uint32_t at, int32_t year) {
	uint32_t a = d->tokens.at[at].number, b = d->tokens.at[at + 2].number;
	if (a > 12 || b > 12)
		return a > 12 && a <= 31 && b <= 12 ? 1 : b > 12 && b <= 31 && a <= 12 ? -1 : 0;
	int weekday = year ? weekday_before(d, at) : 0;
	bool day_first = weekday && falls_on(year, b, a, weekday), month_first = weekday && falls_on(year, a, b, weekday);
	return day_first - month_first;
}

bool dates_day_first(const struct document *d, int32_t year) {
	int votes = 0;
	bool named = false;
	for (uint32_t i = 0; i < d->tokens.count; i++) {
		if (d->tokens.at[i].kind != TOKEN_NUMBER || !is_pair(d, i, d->tokens.count))
			continue;
		if (!named && named_year(d))
			year = named_year(d);
		named = true;
		votes += vote(d, i, year);
	}
	return votes > 0;
}
