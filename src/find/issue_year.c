/* The year of an issue whose day is stated without one, and the time of an issue that names a month, a term or a year alone. */
#include "issue_year.h"

/* A year of four figures that a text of today may name, or 0. */
static int32_t year_at(const struct token *t) {
	return t->kind == TOKEN_NUMBER && t->digits == 4 && t->end - t->begin == 4 && t->number >= 1990 && t->number <= 2099 ? (int32_t)t->number : 0;
}

static bool falls_on(struct civil date, int weekday) {
	return civil_valid(date) && civil_weekday(date) == weekday;
}

/* "Copyright 2026", "© 2026". */
static bool is_copyright(const struct document *d, uint32_t at) {
	return at > 0 && (is_word(d, at - 1, at, "copyright") || is_sign(d, at - 1, at, 0xA9));
}

int32_t issue_year(const struct document *d, const struct date_read *date) {
	for (uint32_t i = 0; i < d->tokens.count; i++) {
		int32_t year = year_at(&d->tokens.at[i]);
		if (year && (date->weekday ? falls_on(civil_of(year, date->when.month, date->when.day), date->weekday) : is_copyright(d, i)))
			return year;
	}
	return CIVIL_NO_YEAR;
}

/* "2025-26", "2025/2026": whether the year at `at` begins a range of two. */
static bool begins_two(const struct document *d, uint32_t at, uint32_t limit) {
	if (at + 2 >= limit || !(is_sign(d, at + 1, limit, '-') || is_sign(d, at + 1, limit, '/')) || d->tokens.at[at + 2].kind != TOKEN_NUMBER)
		return false;
	return d->tokens.at[at + 2].number % 100 == (d->tokens.at[at].number + 1) % 100;
}

struct civil issue_about(const struct document *d, uint32_t at, uint32_t limit, bool *month) {
	int32_t first = 0, term = 0, value;
	*month = false;
	for (uint32_t i = at; i < limit; i++) {
		int32_t year = year_at(&d->tokens.at[i]);
		if (!first && word_is(d->tokens.at[i].word, WORD_MONTH, &value) && d->tokens.at[i].shape != SHAPE_LOWER)
			first = value;
		else if (!term && d->tokens.at[i].shape != SHAPE_LOWER && phrase_at(d, i, limit, WORD_TERM, &value))
			term = value;
		else if (year) {
			*month = first > 0;
			return civil_of(year, first ? first : term ? term : begins_two(d, i, limit) ? 11 : 3, 1);
		}
	}
	return CIVIL_UNKNOWN;
}
