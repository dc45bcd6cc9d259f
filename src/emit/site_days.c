/* Days: a page each; and the lists of events: what comes, month by month, what has no date. */
#include "days.h"
#include "page.h"
#include "stamp.h"

static struct str day_name(const struct day *day, char text[CIVIL_TEXT]) {
	return str_of(text, (size_t)civil_format(civil_from_days(day->number), text));
}

/* "12 more events", to the day's own page. */
static void add_rest(struct site *site, const struct day *day, uint32_t count) {
	char text[CIVIL_TEXT];
	buf_text(&site->out, "<li class=\"more\"><a");
	add_href(site, "days/", day_name(day, text));
	add_label_count(site, ">", count, LABEL("{} more event"), LABEL("{} more events"), "</a></li>\n");
}

void add_day_events(struct site *site, uint32_t index, int level) {
	const struct day *day = &site->days->list.at[index];
	buf_text(&site->out, "<section class=\"daily\">\n");
	add_day_rail(site, civil_from_days(day->number), level);
	buf_text(&site->out, "<ol class=\"agenda\">\n");
	for (uint32_t i = 0; i < day->count; i++) {
		if (page_is_full(site)) {
			add_rest(site, day, day->count - i);
			break;
		}
		add_event_item(site, &site->p->events.at[site->days->events.at[day->first + i]], level + 1);
	}
	buf_text(&site->out, "</ol>\n</section>\n");
}

/* ---- a day ---- */

static void add_day_link(struct site *site, uint32_t day, const char *class, const char *rel, const char *label) {
	struct buf *out = &site->out;
	char text[CIVIL_TEXT];
	buf_text(out, "<li class=\"");
	buf_text(out, class);
	buf_text(out, "\"><a rel=\"");
	buf_text(out, rel);
	buf_byte(out, '"');
	add_href(site, "days/", day_name(&site->days->list.at[day], text));
	buf_text(out, "><span class=\"label\">");
	buf_text(out, site_label(site, label));
	buf_text(out, "</span> ");
	say_day(site, out, civil_from_days(site->days->list.at[day].number), true);
	buf_text(out, "</a></li>\n");
}

static void add_day_neighbours(struct site *site, uint32_t day) {
	if (site->days->list.count < 2)
		return;
	add_label(site, "<nav class=\"neighbours\" aria-label=\"", LABEL("Days"), "\">\n<ul>\n");
	if (day > 0)
		add_day_link(site, day - 1, "before", "prev", LABEL("Earlier day"));
	if (day + 1 < site->days->list.count)
		add_day_link(site, day + 1, "after", "next", LABEL("Later day"));
	buf_text(&site->out, "</ul>\n</nav>\n");
}

static void add_agenda(struct site *site, const struct day *day, int level) {
	struct buf *out = &site->out;
	buf_text(out, "<ol class=\"agenda\">\n");
	for (uint32_t i = day->first; i < day->first + day->count; i++)
		add_event_item(site, &site->p->events.at[site->days->events.at[i]], level);
	buf_text(out, "</ol>\n");
}

static int put_day(struct site *site, uint32_t index) {
	const struct day *day = &site->days->list.at[index];
	struct civil date = civil_from_days(day->number);
	struct buf title = {0};
	char text[CIVIL_TEXT];
	say_day(site, &title, date, true);
	struct str name = day_name(day, text);
	page_open(site, &(struct page){.folder = "days/", .name = name, .title = buf_str(&title), .place = PLACE_EVENTS,
		.calendar = arena_format(&site->arena, "days/%.*s.ics", (int)name.len, name.at)});
	struct crumb crumbs[] = {{"events/", STR("index"), str_from(site_label(site, LABEL("Events")))}, {"days/", name, buf_str(&title)}};
	add_crumbs(site, crumbs, 2);
	add_label_count(site, "<header class=\"head\">\n<p class=\"label\">", day->count, LABEL("{} event"), LABEL("{} events"), "</p>\n<h1>");
	add_day(site, date, true);
	buf_text(&site->out, "</h1>\n<p class=\"dateline\">");
	add_subscription(site, "days/", name);
	buf_text(&site->out, "</p>\n</header>\n");
	add_agenda(site, day, 2);
	add_day_neighbours(site, index);
	buf_release(&title);
	return page_close(site);
}

static bool day_stands(struct site *site, uint32_t index) {
	char text[CIVIL_TEXT];
	return page_stands(site, "days/", day_name(&site->days->list.at[index], text), days_stamp(site->days, site->p, index, index + 1));
}

int site_days(struct site *site) {
	for (uint32_t i = site_part(site, site->part, site->days->list.count), end = site_part(site, site->part + 1, site->days->list.count); i < end; i++)
		if (!day_stands(site, i) && put_day(site, i) < 0)
			return -1;
	return 0;
}

/* ---- lists of events ---- */

/* The days of one month from `first` on; returns the index behind them. */
static uint32_t month_end(const struct days *days, uint32_t first) {
	struct civil month = civil_from_days(days->list.at[first].number);
	int64_t next = civil_days(month.year, month.month, 1) + civil_month_days(month.year, month.month);
	uint32_t end = first;
	while (end < days->list.count && days->list.at[end].number < next)
		end++;
	return end;
}

static struct str month_name(struct site *site, uint32_t first) {
	struct civil month = civil_from_days(site->days->list.at[first].number);
	return arena_format(&site->arena, "%04d-%02d", month.year, month.month);
}

static uint32_t events_between(const struct days *days, uint32_t first, uint32_t end) {
	return days->list.at[end - 1].first + days->list.at[end - 1].count - days->list.at[first].first;
}

static void add_month_link(struct site *site, uint32_t first, uint32_t end) {
	struct civil month = civil_from_days(site->days->list.at[first].number);
	struct buf *out = &site->out;
	buf_text(out, "<li><a");
	add_href(site, "events/", month_name(site, first));
	buf_byte(out, '>');
	say_month(site, out, month);
	buf_text(out, "</a> <span class=\"count\">");
	buf_number(out, events_between(site->days, first, end));
	buf_text(out, "</span></li>\n");
}

static void add_months(struct site *site) {
	struct buf *out = &site->out;
	if (!site->days->list.count)
		return;
	add_label(site, "<nav class=\"months\" aria-labelledby=\"months\">\n<h2 id=\"months\" class=\"part\">", LABEL("By month"), "</h2>\n<ul>\n");
	for (uint32_t first = 0, end; first < site->days->list.count; first = end) {
		end = month_end(site->days, first);
		add_month_link(site, first, end);
	}
	buf_text(out, "</ul>\n</nav>\n");
}

static void add_month_neighbour(struct site *site, uint32_t day, const char *class, const char *rel, const char *label) {
	struct civil month = civil_from_days(site->days->list.at[day].number);
	buf_format(&site->out, "<li class=\"%s\"><a rel=\"%s\"", class, rel);
	add_href(site, "events/", month_name(site, day));
	buf_format(&site->out, "><span class=\"label\">%s</span> ", site_label(site, label));
	say_month(site, &site->out, month);
	buf_text(&site->out, "</a></li>\n");
}

static void add_month_neighbours(struct site *site, uint32_t first, uint32_t end) {
	if (first == 0 && end == site->days->list.count)
		return;
	add_label(site, "<nav class=\"neighbours\" aria-label=\"", LABEL("Months"), "\">\n<ul>\n");
	if (first > 0)
		add_month_neighbour(site, first - 1, "before", "prev", LABEL("Earlier month"));
	if (end < site->days->list.count)
		add_month_neighbour(site, end, "after", "next", LABEL("Later month"));
	buf_text(&site->out, "</ul>\n</nav>\n");
}

/* "Events in May 2026". */
static struct str events_in(struct site *site, struct civil month) {
	struct buf words = {0}, title = {0};
	say_month(site, &words, month);
	label_fill(&title, site_label(site, LABEL("Events in {}")), buf_str(&words));
	struct str kept = arena_copy(&site->arena, buf_str(&title));
	buf_release(&words);
	buf_release(&title);
	return kept;
}

static int put_month(struct site *site, uint32_t first, uint32_t end) {
	struct civil month = civil_from_days(site->days->list.at[first].number);
	struct str name = month_name(site, first);
	struct str title = events_in(site, month);
	page_open(site, &(struct page){.folder = "events/", .name = name, .title = title, .place = PLACE_EVENTS});
	struct crumb crumbs[] = {{"events/", STR("index"), str_from(site_label(site, LABEL("Events")))}, {"events/", name, title}};
	add_crumbs(site, crumbs, 2);
	buf_text(&site->out, "<header class=\"head\">\n<h1>");
	buf_add(&site->out, title);
	buf_text(&site->out, "</h1>\n</header>\n");
	add_month_grid(site, month);
	buf_text(&site->out, "<div class=\"days\">\n");
	for (uint32_t day = first; day < end; day++)
		add_day_events(site, day, 2);
	buf_text(&site->out, "</div>\n");
	add_month_neighbours(site, first, end);
	return page_close(site);
}

/* Events without a date stand in no calendar, but are not lost. */
static int put_undated(struct site *site, uint32_t count) {
	const struct publication *p = site->p;
	if (!count)
		return 0;
	page_open(site, &(struct page){.folder = "events/", .name = STR("undated"), .title = str_from(site_label(site, LABEL("Events without a date"))),
		.place = PLACE_EVENTS});
	add_label(site, "<header class=\"head\">\n<h1>", LABEL("Events without a date"), "</h1>\n</header>\n<ol class=\"agenda\">\n");
	for (uint32_t i = 0; i < p->events.count && !page_is_full(site); i++)
		if (p->events.at[i].begins == INT64_MIN)
			add_event_item(site, &p->events.at[i], 2);
	buf_text(&site->out, "</ol>\n");
	return page_close(site);
}

static int put_coming(struct site *site, bool undated) {
	struct buf *out = &site->out;
	uint32_t day = days_from(site->days, days_present(site->days, site->p));
	page_open(site, &(struct page){.folder = "events/", .name = STR("index"), .title = str_from(site_label(site, LABEL("Events"))), .place = PLACE_EVENTS,
		.calendar = STR("calendar.ics")});
	add_label(site, "<header class=\"head\">\n<h1>", LABEL("Coming events"), "</h1>\n<p class=\"dateline\"><a");
	add_href(site, "", STR("subscribe"));
	add_label(site, ">", LABEL("Subscribe to the calendar"), "</a></p>\n</header>\n<div class=\"days\">\n");
	if (day == site->days->list.count)
		add_label(site, "<p class=\"none\">", LABEL("No events are listed."), "</p>\n");
	for (; day < site->days->list.count && out->len < 70 << 10; day++)
		add_day_events(site, day, 2);
	buf_text(out, "</div>\n");
	if (site->days->list.count)
		add_month_grid(site, civil_from_days(days_present(site->days, site->p)));
	if (undated) {
		buf_text(out, "<p class=\"more\"><a");
		add_href(site, "events/", STR("undated"));
		add_label(site, ">", LABEL("Events without a date"), "</a></p>\n");
	}
	add_months(site);
	return page_close(site);
}

/* A month's grid has whole weeks: which of the days beside it have events. */
static bool month_stands(struct site *site, uint32_t first, uint32_t end) {
	const struct days *days = site->days;
	uint64_t stamp = days_stamp(days, site->p, first, end);
	for (uint32_t i = first; i-- > 0 && days->list.at[i].number + 7 > days->list.at[first].number - 31;)
		stamp = stamp_add(stamp, (uint64_t)days->list.at[i].number);
	for (uint32_t i = end; i < days->list.count && days->list.at[i].number < days->list.at[end - 1].number + 38; i++)
		stamp = stamp_add(stamp, (uint64_t)days->list.at[i].number);
	return page_stands(site, "events/", month_name(site, first), stamp);
}

int site_event_lists(struct site *site) {
	uint32_t undated = site->p->events.count - site->p->calendar.count;
	for (uint32_t first = 0, end; first < site->days->list.count; first = end) {
		end = month_end(site->days, first);
		if (!month_stands(site, first, end) && put_month(site, first, end) < 0)
			return -1;
	}
	return put_undated(site, undated) < 0 ? -1 : put_coming(site, undated > 0);
}
