#include "dates.h"

#include <stdlib.h>

#include "../base/memory.h"
#include "icu.h"

enum { PATTERN_MOST = 96, NAME_MOST = 48 };

/* Months from January, weekdays from Sunday, as ICU counts them. */
struct dates {
	UChar patterns[DATE_FORMS][PATTERN_MOST]; /* Unicode TR 35 */
	char months[2][12][NAME_MOST];            /* within a date, alone */
	char weekdays[3][7][NAME_MOST];           /* within a date, alone, alone and short */
	char halves[2][NAME_MOST];                /* of the day */
};

static void read_names(const struct icu *i, UDateFormat *format, UDateFormatSymbolType type, int from, int count, char names[][NAME_MOST]) {
	UChar units[NAME_MOST];
	for (int k = 0; k < count; k++) {
		UErrorCode status = U_ZERO_ERROR;
		int32_t len = i->get_symbols(format, type, k + from, units, NAME_MOST, &status);
		i->to_utf8(names[k], NAME_MOST, NULL, units, len, &status);
		if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING)
			names[k][0] = '\0';
	}
}

static void read_patterns(const struct icu *i, const char *locale, struct dates *dates) {
	static const UChar skeletons[DATE_FORMS][12] = {u"yMMMMd", u"yMMMMEEEEd", u"yMMMM", u"jm"};
	UErrorCode status = U_ZERO_ERROR;
	UDateTimePatternGenerator *generator = i->open_patterns(locale, &status);
	for (int k = 0; k < DATE_FORMS && U_SUCCESS(status); k++)
		i->best_pattern(generator, skeletons[k], -1, dates->patterns[k], PATTERN_MOST - 1, &status);
	i->close_patterns(generator);
}

struct dates *dates_open(struct str language) {
	const struct icu *i = icu();
	struct dates *dates = memory_get(sizeof *dates);
	char locale[32] = {0};
	memset(dates, 0, sizeof *dates);
	memcpy(locale, language.at, language.len < sizeof locale ? language.len : 0);
	read_patterns(i, locale, dates);
	UErrorCode status = U_ZERO_ERROR;
	UDateFormat *format = i->open_format(UDAT_LONG, UDAT_LONG, locale, u"UTC", -1, NULL, 0, &status);
	read_names(i, format, UDAT_MONTHS, 0, 12, dates->months[0]);
	read_names(i, format, UDAT_STANDALONE_MONTHS, 0, 12, dates->months[1]);
	read_names(i, format, UDAT_WEEKDAYS, 1, 7, dates->weekdays[0]);
	read_names(i, format, UDAT_STANDALONE_WEEKDAYS, 1, 7, dates->weekdays[1]);
	read_names(i, format, UDAT_STANDALONE_SHORT_WEEKDAYS, 1, 7, dates->weekdays[2]);
	read_names(i, format, UDAT_AM_PMS, 0, 2, dates->halves);
	i->close_format(format);
	return dates;
}

void dates_close(struct dates *dates) {
	free(dates);
}

const char *dates_month(const struct dates *dates, int month) {
	return dates->months[1][month - 1];
}

const char *dates_weekday(const struct dates *dates, int weekday) {
	return dates->weekdays[1][weekday % 7];
}

const char *dates_weekday_short(const struct dates *dates, int weekday) {
	return dates->weekdays[2][weekday % 7];
}

static void add_padded(struct buf *out, int number, int width) {
	buf_format(out, "%0*d", width, number);
}

/* One field of a pattern: `width` times the same letter. Letters that no form asks for are left out. */
static void add_field(const struct dates *dates, UChar letter, int width, struct civil c, struct buf *out) {
	int hour = c.hour % 24;
	switch (letter) {
	case 'y':
		add_padded(out, width == 2 ? c.year % 100 : c.year, width == 2 ? 2 : 1);
		break;
	case 'M':
	case 'L':
		if (width < 3)
			add_padded(out, c.month, width);
		else
			buf_text(out, dates->months[letter == 'L'][c.month - 1]);
		break;
	case 'd':
		add_padded(out, c.day, width);
		break;
	case 'E':
	case 'c':
		buf_text(out, dates->weekdays[letter == 'c'][civil_weekday(c) % 7]);
		break;
	case 'H':
		add_padded(out, hour, width);
		break;
	case 'h':
		add_padded(out, hour % 12 ? hour % 12 : 12, width);
		break;
	case 'K':
		add_padded(out, hour % 12, width);
		break;
	case 'm':
		add_padded(out, c.minute > 0 ? c.minute : 0, width);
		break;
	case 'a':
	case 'b':
	case 'B':
		buf_text(out, dates->halves[hour >= 12]);
		break;
	}
}

static bool is_field(UChar unit) {
	return (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z');
}

/* Adds the unit at *at, and the second of a pair. */
static void add_unit(const UChar *pattern, int *at, struct buf *out) {
	char bytes[8];
	int32_t len = 0, units = pattern[*at] >= 0xD800 && pattern[*at] < 0xDC00 && pattern[*at + 1] ? 2 : 1;
	UErrorCode status = U_ZERO_ERROR;
	icu()->to_utf8(bytes, sizeof bytes, &len, pattern + *at, units, &status);
	if (U_SUCCESS(status))
		buf_add(out, str_of(bytes, (size_t)len));
	*at += units;
}

void dates_say(const struct dates *dates, enum date_form form, struct civil c, struct buf *out) {
	const UChar *pattern = dates->patterns[form];
	bool quoted = false;
	for (int at = 0; pattern[at];) {
		int width = 1;
		if (pattern[at] == '\'') {
			quoted = !quoted;
			at++;
		} else if (quoted || !is_field(pattern[at])) {
			add_unit(pattern, &at, out);
		} else {
			while (pattern[at + width] == pattern[at])
				width++;
			add_field(dates, pattern[at], width, c, out);
			at += width;
		}
	}
}
