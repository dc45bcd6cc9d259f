/* The timeline: what the newest essays date, drawn on one scale of years (SVG) and listed with the sentences that say so. */
#include "page.h"

#include <stdlib.h>

#define ESSAYS_MOST 12 /* on the page */
#define DATES_LEAST 3  /* that make an essay worth a line */
#define DATES_MOST 14  /* listed of one essay; all are drawn */
#define YEARS_MOST 90  /* before the newest issue: what is older is listed, not drawn */
#define WIDTH 720

/* A date of an essay. */
struct dated {
	struct civil date; /* month and day -1 where not stated */
	double year;       /* with its part, for the drawing */
	struct span span;
	int64_t order;
};

struct lane {
	uint32_t article; /* in the publication */
	array_of(struct dated) dates; /* in time's order, each day once */
};

struct timeline {
	struct site *site;
	array_of(struct lane) lanes;
	double first, last; /* years that the scale runs from and to */
};

/* ---- gathering ---- */

static int number_at(struct str value, size_t at, size_t len) {
	int number = 0;
	for (size_t i = at; i < at + len; i++) {
		if (i >= value.len || value.at[i] < '0' || value.at[i] > '9')
			return -1;
		number = number * 10 + (value.at[i] - '0');
	}
	return number;
}

/* A TIMEX3 value as a date: of a day, a month or a year; false for others. */
static bool read_value(struct str value, struct civil *date) {
	*date = CIVIL_UNKNOWN;
	int year = number_at(value, 0, 4);
	if (year <= 0 || !value.at || (value.len != 4 && value.len != 7 && value.len != 10))
		return false;
	date->year = year;
	if (value.len >= 7)
		date->month = (int8_t)number_at(value, 5, 2);
	if (value.len == 10)
		date->day = (int8_t)number_at(value, 8, 2);
	return value.len == 4 || (date->month >= 1 && date->month <= 12 && (value.len == 7 || (date->day >= 1 && date->day <= 31)));
}

static int by_time(const void *a, const void *b) {
	const struct dated *x = a, *y = b;
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return (x->span.begin > y->span.begin) - (x->span.begin < y->span.begin);
}

static void add_date(struct timeline *t, struct lane *lane, const struct timex *time) {
	struct dated dated = {.span = time->span};
	if (time->type != TIMEX_DATE || !read_value(time->value, &dated.date))
		return;
	int month = dated.date.month > 0 ? dated.date.month : 1, day = dated.date.day > 0 ? dated.date.day : 1;
	dated.year = dated.date.year + (month - 1 + (day - 1) / 31.0) / 12;
	dated.order = civil_days(dated.date.year, month, day) * 4 + (dated.date.month > 0) + (dated.date.day > 0);
	*array_push(&t->site->arena, &lane->dates) = dated;
}

/* The essay's dates, without those that its passages do not hold: notes and heads date themselves. */
static void gather(struct timeline *t, uint32_t article) {
	const struct published_article *published = &t->site->p->articles.at[article];
	const struct record *record = t->site->p->issues.at[published->issue].record;
	struct lane lane = {.article = article};
	for (uint32_t i = 0; i < published->article->passages.count; i++) {
		struct span passage = published->article->passages.at[i].span;
		for (uint32_t k = record_time_from(record, passage.begin); k < record->times.count; k++) {
			if (record->times.at[k].span.begin >= passage.end)
				break;
			add_date(t, &lane, &record->times.at[k]);
		}
	}
	if (lane.dates.count)
		qsort(lane.dates.at, lane.dates.count, sizeof *lane.dates.at, by_time);
	uint32_t kept = 0;
	for (uint32_t i = 0; i < lane.dates.count; i++)
		if (!kept || lane.dates.at[kept - 1].order != lane.dates.at[i].order)
			lane.dates.at[kept++] = lane.dates.at[i];
	lane.dates.count = kept;
	if (kept >= DATES_LEAST)
		*array_push(&t->site->arena, &t->lanes) = lane;
}

/* The scale holds every date but those of long ago. */
static void set_scale(struct timeline *t, double present) {
	t->first = present;
	t->last = present + 1;
	for (uint32_t i = 0; i < t->lanes.count; i++)
		for (uint32_t k = 0; k < t->lanes.at[i].dates.count; k++) {
			double year = t->lanes.at[i].dates.at[k].year;
			if (year > present - YEARS_MOST && year < t->first)
				t->first = year;
			if (year < present + YEARS_MOST && year >= t->last)
				t->last = year + 1;
		}
	t->first = (int)t->first;
	t->last = (int)t->last;
}

/* ---- drawing ---- */

static void add_strip(struct timeline *t, const struct lane *lane) {
	struct buf *out = &t->site->out;
	buf_format(out, "<svg class=\"strip\" viewBox=\"0 0 %d 30\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">"
		"<path class=\"axis\" vector-effect=\"non-scaling-stroke\" d=\"M0 29H%d\"/>"
		"<path class=\"dates\" vector-effect=\"non-scaling-stroke\" d=\"", WIDTH, WIDTH);
	for (uint32_t i = 0; i < lane->dates.count; i++) {
		double year = lane->dates.at[i].year;
		if (year >= t->first && year <= t->last)
			buf_format(out, "M%.1f 4V29", (year - t->first) / (t->last - t->first) * (WIDTH - 2) + 1);
	}
	buf_format(out, "\"/></svg>\n<p class=\"scale\"><span>%d</span> <span>%d</span></p>\n", (int)t->first, (int)t->last);
}

static void add_date_words(struct site *site, struct civil date) {
	struct buf *out = &site->out;
	if (date.day > 0)
		say_day(site, out, date, false);
	else if (date.month > 0)
		say_month(site, out, date);
	else
		buf_number(out, date.year);
}

static void add_dates(struct timeline *t, const struct lane *lane) {
	struct site *site = t->site;
	struct buf *out = &site->out;
	uint32_t issue = site->p->articles.at[lane->article].issue;
	const struct record *record = site->p->issues.at[issue].record;
	buf_text(out, "<ol class=\"printed\">\n");
	for (uint32_t i = 0; i < lane->dates.count && i < DATES_MOST && !page_is_full(site); i++) {
		const struct dated *dated = &lane->dates.at[i];
		buf_text(out, "<li><a");
		add_passage_href(site, issue, dated->span);
		buf_byte(out, '>');
		add_date_words(site, dated->date);
		buf_clear(&site->scratch);
		prose_plain(site_prose(site, issue), sentence_around(record, dated->span), 200, &site->scratch);
		buf_text(out, "</a> <span class=\"text\"");
		add_lang(site, buf_str(&site->scratch));
		buf_byte(out, '>');
		buf_markup(out, buf_str(&site->scratch));
		buf_text(out, "</span></li>\n");
	}
	buf_text(out, "</ol>\n");
}

int site_timeline(struct site *site) {
	const struct publication *p = site->p;
	struct timeline t = {.site = site};
	struct buf *out = &site->out;
	for (uint32_t i = 0; i < p->articles.count && t.lanes.count < ESSAYS_MOST && i < 4 * ESSAYS_MOST; i++)
		gather(&t, i);
	struct civil newest = p->issues.count ? p->issues.at[0].record->issue.date : CIVIL_UNKNOWN;
	set_scale(&t, civil_has_date(newest) ? newest.year : t.lanes.count ? t.lanes.at[0].dates.at[t.lanes.at[0].dates.count - 1].year : 0);
	page_open(site, &(struct page){.folder = "", .name = STR("timeline"), .title = str_from(site_label(site, LABEL("Timeline"))), .place = PLACE_ISSUES});
	add_label(site, "<header class=\"head\">\n<h1>", LABEL("Timeline"), "</h1>\n");
	add_label(site, "<p class=\"dateline\">", LABEL("What the newest essays date"), "</p>\n</header>\n<div class=\"subject\">\n");
	if (!t.lanes.count)
		add_label(site, "<p class=\"none\">", LABEL("No essay names dates enough to draw."), "</p>\n");
	for (uint32_t i = 0; i < t.lanes.count && !page_is_full(site); i++) {
		buf_text(out, "<section>\n");
		add_essay_item(site, &p->articles.at[t.lanes.at[i].article], 2, 0);
		add_strip(&t, &t.lanes.at[i]);
		add_dates(&t, &t.lanes.at[i]);
		buf_text(out, "</section>\n");
	}
	buf_text(out, "</div>\n");
	return page_close(site);
}
