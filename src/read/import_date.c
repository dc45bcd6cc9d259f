/* The dates that containers state: RFC 3339 (Atom, Ghost), RFC 5322 with its obsolete zones (mail, RSS), and the bare
 * "2026-03-18 09:00:00" of WordPress; all become ISO 8601. */
#include <stdio.h>

#include "import.h"

struct reading {
	const char *at, *end;
};

/* A number of `least` to `most` digits, or -1. */
static int number(struct reading *r, int least, int most) {
	int value = 0, digits = 0;
	for (; digits < most && r->at < r->end && *r->at >= '0' && *r->at <= '9'; digits++)
		value = value * 10 + (*r->at++ - '0');
	return digits < least ? -1 : value;
}

static bool sign(struct reading *r, const char *any) {
	if (r->at == r->end || !*r->at || !strchr(any, *r->at))
		return false;
	r->at++;
	return true;
}

static void skip_space(struct reading *r) {
	while (r->at < r->end && (*r->at == ' ' || *r->at == '\t' || *r->at == '\r' || *r->at == '\n'))
		r->at++;
}

/* The letters at the front. */
static struct str letters(struct reading *r) {
	const char *begin = r->at;
	while (r->at < r->end && ((*r->at | 32) >= 'a' && (*r->at | 32) <= 'z'))
		r->at++;
	return str_of(begin, (size_t)(r->at - begin));
}

static int month_named(struct str word) {
	static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
	for (int i = 0; i < 12 && word.len >= 3; i++)
		if (str_equal_nocase(str_of(word.at, 3), str_of(names + i * 3, 3)))
			return i + 1;
	return -1;
}

/* Hours that the zones of RFC 5322 §4.3 are from UTC. */
static bool named_zone(struct str word, int *minutes) {
	static const struct { const char *name; int hours; } zones[] = {{"UT", 0}, {"UTC", 0}, {"GMT", 0}, {"Z", 0}, {"EST", -5},
		{"EDT", -4}, {"CST", -6}, {"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}};
	for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
		if (str_equal_nocase(word, str_from(zones[i].name))) {
			*minutes = zones[i].hours * 60;
			return true;
		}
	return false;
}

/* "Z", "+01:00", "+0100", "EST" or nothing that one can tell. */
static bool zone(struct reading *r, int *minutes) {
	skip_space(r);
	bool minus = r->at < r->end && *r->at == '-';
	if (!sign(r, "+-"))
		return named_zone(letters(r), minutes);
	int hours = number(r, 2, 2);
	sign(r, ":");
	int rest = number(r, 2, 2);
	*minutes = (hours * 60 + (rest < 0 ? 0 : rest)) * (minus ? -1 : 1);
	return hours >= 0 && hours <= 14 && rest < 60;
}

struct moment {
	int year, month, day, hour, minute, second, offset;
	bool has_clock, has_offset;
};

static void clock_and_zone(struct reading *r, struct moment *m) {
	m->hour = number(r, 1, 2);
	m->minute = sign(r, ":") ? number(r, 2, 2) : -1;
	m->second = sign(r, ":") ? number(r, 2, 2) : 0;
	if (sign(r, ".,"))
		number(r, 0, 9);
	m->has_clock = m->hour >= 0 && m->hour < 24 && m->minute >= 0 && m->minute < 60 && m->second >= 0 && m->second <= 60;
	m->has_offset = m->has_clock && zone(r, &m->offset);
}

/* 2026-03-18, 2026-03-18T09:00:00Z */
static bool stamp(struct reading r, struct moment *m) {
	m->year = number(&r, 4, 4);
	m->month = sign(&r, "-") ? number(&r, 2, 2) : -1;
	m->day = sign(&r, "-") ? number(&r, 2, 2) : -1;
	if (sign(&r, "Tt ")) {
		skip_space(&r);
		clock_and_zone(&r, m);
	}
	return m->year > 0;
}

/* Wed, 18 Mar 2026 09:00:00 +0100 */
static bool written(struct reading r, struct moment *m) {
	letters(&r);
	sign(&r, ",");
	skip_space(&r);
	m->day = number(&r, 1, 2);
	while (sign(&r, " -"))
		;
	m->month = month_named(letters(&r));
	while (sign(&r, ". -"))
		;
	m->year = number(&r, 2, 4);
	if (m->year >= 0 && m->year < 100)
		m->year += m->year < 50 ? 2000 : 1900;
	skip_space(&r);
	clock_and_zone(&r, m);
	return m->year > 0;
}

struct str import_date(struct arena *arena, struct str text) {
	struct moment m = {0};
	text = str_trim(text);
	if (text.len == 0)
		return STR_NULL;
	struct reading r = {text.at, text.at + text.len};
	if (!stamp(r, &m) && !written(r, &m))
		return STR_NULL;
	if (m.year < 1000 || m.year > 9999 || m.month < 1 || m.month > 12 || m.day < 1 || m.day > 31)
		return STR_NULL;
	if (!m.has_clock)
		return arena_format(arena, "%04d-%02d-%02d", m.year, m.month, m.day);
	int away = m.offset < 0 ? -m.offset : m.offset;
	char offset[8] = "";
	if (m.has_offset && away)
		snprintf(offset, sizeof offset, "%c%02d:%02d", m.offset < 0 ? '-' : '+', away / 60 % 100, away % 60);
	return arena_format(arena, "%04d-%02d-%02dT%02d:%02d:%02d%s", m.year, m.month, m.day, m.hour, m.minute, m.second,
		m.has_offset && !away ? "Z" : offset);
}
