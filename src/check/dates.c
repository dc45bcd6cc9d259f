/* Dates that cannot be: the wrong weekday, a day that does not exist, an end before its beginning, an event far from its issue. */
#include "check.h"

#include <stdio.h>

#define DAYS_BEFORE 2       /* an issue may list what began yesterday */
#define DAYS_BEFORE_GIVEN 8 /* where the issue's date is the mail's, not the text's */
#define DAYS_AFTER 430      /* fourteen months */

/* ---- weekdays ---- */

static bool in_listing(const struct record *r, struct span span) {
	for (uint32_t i = 0; i < r->listings.count; i++)
		if (span_contains(r->listings.at[i].span, span))
			return true;
	return false;
}

/* The right weekday in the form of the wrong one: "Mon", "MONDAY", "Monday". */
static void weekday_like(struct str written, int weekday, char out[16]) {
	snprintf(out, 16, "%s", civil_weekday_name(weekday));
	if (written.len <= 3)
		out[3] = 0;
	if (written.len > 1 && written.at[1] >= 'A' && written.at[1] <= 'Z')
		for (char *c = out; *c; c++)
			*c = (char)(*c >= 'a' && *c <= 'z' ? *c - 32 : *c);
}

static void check_weekday(struct checking *c, const struct timex *t) {
	const struct record *r = c->record;
	struct civil date = t->when;
	if (!t->weekday || !civil_has_date(date) || t->impossible || span_empty(t->weekday_span) || civil_weekday(date) == t->weekday ||
		!(t->year_given || in_listing(r, t->span)))
		return;
	int right = civil_weekday(date);
	struct diagnostic *d = record_diagnose(c->findings, DIAGNOSTIC_weekday_mismatch, t->weekday_span, "%d %s %d is a %s, not a %s", date.day,
		civil_month_name(date.month), date.year, civil_weekday_name(right), civil_weekday_name(t->weekday));
	if (!civil_has_date(r->issue.date) || civil_day_number(date) < civil_day_number(r->issue.date) - 1 || civil_day_number(date) > civil_day_number(r->issue.date) + 10)
		return;
	struct str written = str_at(r->source->text, t->weekday_span);
	char text[16], title[96];
	weekday_like(written, right, text);
	snprintf(title, sizeof title, "replace “%.*s” by “%s”", (int)written.len, written.at, text);
	diagnostic_fix(r->arena, d, title, t->weekday_span, str_from(text));
}

/* ---- days and hours that do not exist ---- */

static void check_possible(struct checking *c, const struct timex *t) {
	if (!t->impossible)
		return;
	struct civil w = t->when;
	if (t->type == TIMEX_TIME)
		record_diagnose(c->findings, DIAGNOSTIC_date_impossible, t->span, "there is no hour %d:%02d", w.hour, w.minute < 0 ? 0 : w.minute);
	else if (w.month >= 1 && w.month <= 12)
		record_diagnose(c->findings, DIAGNOSTIC_date_impossible, t->span, "%s has no day %d", civil_month_name(w.month), w.day);
	else
		record_diagnose(c->findings, DIAGNOSTIC_date_impossible, t->span, "there is no month %d", w.month);
}

/* ---- events ---- */

static bool ends_first(struct checking *c, const struct occasion *o) {
	if (!civil_has_date(o->start) || !civil_has_date(o->end))
		return false;
	if (civil_has_time(o->start) && civil_has_time(o->end)) {
		if (o->zone)
			return zone_moment(c->zones, o->zone, o->end) <= zone_moment(c->zones, o->zone, o->start);
		return civil_compare(o->end, o->start) <= 0;
	}
	return civil_day_number(o->end) < civil_day_number(o->start);
}

static void check_order(struct checking *c, const struct occasion *o) {
	if (!ends_first(c, o))
		return;
	struct span span = span_empty(o->end_span) ? o->span : o->end_span;
	char start[CIVIL_TEXT], end[CIVIL_TEXT];
	if (civil_has_time(o->start) && civil_has_time(o->end)) {
		civil_clock_words(o->start, start);
		civil_clock_words(o->end, end);
		record_diagnose(c->findings, DIAGNOSTIC_end_before_start, span, "it ends at %s, before it begins at %s", end, start);
	} else {
		record_diagnose(c->findings, DIAGNOSTIC_end_before_start, span, "it ends on %d %s, before it begins on %d %s", o->end.day,
			civil_month_name(o->end.month), o->start.day, civil_month_name(o->start.month));
	}
}

static void check_distance(struct checking *c, const struct scheduled *e) {
	const struct issue *issue = &c->record->issue;
	if (!civil_has_date(issue->date) || !civil_has_date(e->when.start))
		return;
	struct civil last = civil_has_date(e->when.end) ? e->when.end : e->when.start;
	int64_t before = civil_day_number(issue->date) - civil_day_number(last), after = civil_day_number(e->when.start) - civil_day_number(issue->date);
	struct span span = span_empty(e->spans.start) ? e->span : e->spans.start;
	if (before >= (issue->date_given ? DAYS_BEFORE_GIVEN : DAYS_BEFORE))
		record_diagnose(c->findings, DIAGNOSTIC_date_outside_issue, span, "%d %s %d is %d days before the issue", last.day,
			civil_month_name(last.month), last.year, (int)before);
	else if (after > DAYS_AFTER)
		record_diagnose(c->findings, DIAGNOSTIC_date_outside_issue, span, "%d %s %d is more than a year after the issue",
			e->when.start.day, civil_month_name(e->when.start.month), e->when.start.year);
}

/* Whether the event states a day that does not exist: reported as that. */
static bool states_impossible(const struct record *r, struct span event) {
	for (uint32_t i = record_time_from(r, event.begin); i < r->times.count && r->times.at[i].span.begin < event.end; i++)
		if (r->times.at[i].impossible)
			return true;
	return false;
}

static void check_dated(struct checking *c) {
	const struct record *r = c->record;
	struct span first = {0, 0};
	if (!civil_has_date(r->issue.date) && !civil_has_date(r->issue.about) && (r->articles.count || r->scheduled.count)) {
		first = r->articles.count ? r->articles.at[0].title_span : r->scheduled.at[0].span;
		record_diagnose(c->findings, DIAGNOSTIC_no_date, first, "the issue states no date: give one with --date or in its first lines");
	}
	for (uint32_t i = 0; i < r->scheduled.count; i++) {
		const struct scheduled *e = &r->scheduled.at[i];
		if (!civil_has_date(e->when.start) && !civil_has_date(e->when.end) && !e->time_open && civil_has_date(r->issue.date) && !states_impossible(r, e->span))
			record_diagnose(c->findings, DIAGNOSTIC_no_date, span_empty(e->spans.title) ? e->span : e->spans.title,
				"no date is found for this event");
	}
}

void check_dates(struct checking *c) {
	const struct record *r = c->record;
	for (uint32_t i = 0; i < r->times.count; i++) {
		check_weekday(c, &r->times.at[i]);
		check_possible(c, &r->times.at[i]);
	}
	for (uint32_t i = 0; i < r->scheduled.count; i++) {
		check_order(c, &r->scheduled.at[i].when);
		for (uint32_t k = 0; k < r->scheduled.at[i].also.count; k++)
			check_order(c, &r->scheduled.at[i].also.at[k]);
		check_distance(c, &r->scheduled.at[i]);
	}
	check_dated(c);
}
