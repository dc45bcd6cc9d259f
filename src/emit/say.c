/* Labels, dates and clocks of pages in the publication's language; English as when.h has it, other languages by ICU. */
#include "../base/utf8.h"
#include "../know/dates.h"
#include "page.h"
#include "when.h"

#include <stdio.h>

/* ---- labels ---- */

const char *site_label(const struct site *site, const char *english) {
	return label(site->labels, english);
}

void add_label(struct site *site, const char *before, const char *english, const char *behind) {
	buf_text(&site->out, before);
	buf_text(&site->out, label(site->labels, english));
	buf_text(&site->out, behind);
}

void add_label_with(struct site *site, const char *before, const char *english, struct str value, const char *behind) {
	buf_text(&site->out, before);
	label_fill(&site->out, label(site->labels, english), value);
	buf_text(&site->out, behind);
}

void add_label_count(struct site *site, const char *before, int64_t count, const char *one, const char *many, const char *behind) {
	char digits[24];
	int len = snprintf(digits, sizeof digits, "%lld", (long long)count);
	add_label_with(site, before, count == 1 ? one : many, str_of(digits, (size_t)len), behind);
}

/* ---- languages ---- */

/* Kana says that a text is Japanese; Latin letters that it is in the bulletins' own language. NULL: it cannot be told. */
static struct str language_of(const struct site *site, struct str text) {
	bool latin = false;
	for (const char *at = text.at, *end = at + (text.len < 400 ? text.len : 400); at < end;) {
		int length;
		uint32_t code = utf8_decode(at, end, &length);
		at += length;
		if (code >= 0x3040 && code <= 0x30FF)
			return STR("ja");
		latin |= (code | 0x20) >= 'a' && (code | 0x20) <= 'z';
	}
	return latin ? site->p->house->text : STR_NULL;
}

static bool same_language(struct str a, struct str b) {
	return a.len >= 2 && b.len >= 2 && str_equal_nocase(str_of(a.at, 2), str_of(b.at, 2));
}

void add_lang(struct site *site, struct str text) {
	struct str language = text.at ? language_of(site, text) : STR_NULL;
	if (!language.at || same_language(language, site->p->language))
		return;
	buf_text(&site->out, " lang=\"");
	buf_markup(&site->out, language);
	buf_byte(&site->out, '"');
}

/* ---- dates ---- */

void say_day(const struct site *site, struct buf *out, struct civil day, bool weekday) {
	if (site->dates)
		dates_say(site->dates, weekday ? DATE_WEEKDAY_DAY : DATE_DAY, day, out);
	else if (weekday)
		when_weekday_day(out, day);
	else
		when_day(out, day);
}

void say_month(const struct site *site, struct buf *out, struct civil month) {
	if (site->dates) {
		dates_say(site->dates, DATE_MONTH, month, out);
		return;
	}
	buf_text(out, when_month(month.month));
	buf_byte(out, ' ');
	buf_number(out, month.year);
}

void say_clock(const struct site *site, struct buf *out, struct civil start, struct civil end) {
	if (!site->dates) {
		when_clock(out, start, end);
		return;
	}
	if (!civil_has_time(start))
		return;
	dates_say(site->dates, DATE_CLOCK, start, out);
	if (!civil_has_time(end))
		return;
	buf_text(out, site_label(site, LABEL("–")));
	dates_say(site->dates, DATE_CLOCK, end, out);
}

void say_when(const struct site *site, struct buf *out, const struct occasion *when) {
	if (!site->dates) {
		when_words(out, site->p->zones, when);
		return;
	}
	if (!civil_has_date(when->start))
		return;
	dates_say(site->dates, DATE_DAY, when->start, out);
	if (civil_has_time(when->start)) {
		buf_byte(out, ' ');
		say_clock(site, out, when->start, when->end);
		if (when->zone)
			buf_format(out, " %s", zone_abbreviation(site->p->zones, when->zone, when->start));
	} else if (civil_has_date(when->end) && civil_compare(when->end, when->start) > 0) {
		buf_text(out, site_label(site, LABEL("–")));
		dates_say(site->dates, DATE_DAY, when->end, out);
	}
}

const char *say_weekday_name(const struct site *site, int weekday) {
	return site->dates ? dates_weekday(site->dates, weekday) : when_weekday(weekday);
}

struct str say_weekday_short(const struct site *site, int weekday) {
	return site->dates ? str_from(dates_weekday_short(site->dates, weekday)) : str_of(when_weekday(weekday), 2);
}

const char *say_month_name(const struct site *site, int month) {
	return site->dates ? dates_month(site->dates, month) : when_month(month);
}

const char *say_zone(const struct site *site, const struct occasion *when) {
	return zone_words(site->p->zones, when->zone, when->start);
}
