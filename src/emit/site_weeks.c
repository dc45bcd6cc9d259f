/* The calendar by week and by month: a page for each week that has events; a month as a grid of its days. */
#include "days.h"
#include "page.h"

/* The Monday of a day's week, as a day number. */
static int64_t monday(int64_t day) {
	return day - (civil_weekday(civil_from_days(day)) - 1);
}

static struct str week_name(struct site *site, int64_t day) {
	int32_t year;
	int week = civil_week(civil_from_days(day), &year);
	return arena_format(&site->arena, "%04d-W%02d", (int)year, week);
}

/* ---- weeks ---- */

/* The index behind the last day of the week that the day at `first` is in. */
static uint32_t week_end(const struct days *days, uint32_t first) {
	return days_from(days, monday(days->list.at[first].number) + 7);
}

/* "Week of 4 May 2026". */
static void add_week_title(struct site *site, struct buf *out, int64_t day) {
	buf_clear(&site->scratch);
	say_day(site, &site->scratch, civil_from_days(monday(day)), false);
	label_fill(out, site_label(site, LABEL("Week of {}")), buf_str(&site->scratch));
}

static void add_week_link(struct site *site, uint32_t day, const char *class, const char *rel, const char *label) {
	struct buf *out = &site->out;
	int64_t number = site->days->list.at[day].number;
	buf_text(out, "<li class=\"");
	buf_text(out, class);
	buf_text(out, "\"><a rel=\"");
	buf_text(out, rel);
	buf_byte(out, '"');
	add_href(site, "weeks/", week_name(site, number));
	buf_text(out, "><span class=\"label\">");
	buf_text(out, site_label(site, label));
	buf_text(out, "</span> ");
	add_week_title(site, out, number);
	buf_text(out, "</a></li>\n");
}

static void add_week_neighbours(struct site *site, uint32_t first, uint32_t end) {
	add_label(site, "<nav class=\"neighbours\" aria-label=\"", LABEL("Weeks"), "\">\n<ul>\n");
	if (first > 0)
		add_week_link(site, first - 1, "before", "prev", LABEL("Earlier week"));
	if (end < site->days->list.count)
		add_week_link(site, end, "after", "next", LABEL("Later week"));
	buf_text(&site->out, "</ul>\n</nav>\n");
}

static int put_week(struct site *site, uint32_t first, uint32_t end) {
	struct buf title = {0};
	int64_t number = site->days->list.at[first].number;
	struct str name = week_name(site, number);
	add_week_title(site, &title, number);
	page_open(site, &(struct page){.folder = "weeks/", .name = name, .title = buf_str(&title), .place = PLACE_EVENTS});
	struct crumb crumbs[] = {{"events/", STR("index"), str_from(site_label(site, LABEL("Events")))}, {"weeks/", name, buf_str(&title)}};
	add_crumbs(site, crumbs, 2);
	buf_text(&site->out, "<header class=\"head\">\n<h1>");
	buf_add(&site->out, buf_str(&title));
	buf_text(&site->out, "</h1>\n</header>\n<div class=\"days\">\n");
	for (uint32_t day = first; day < end; day++)
		add_day_events(site, day, 2);
	buf_text(&site->out, "</div>\n");
	if (first > 0 || end < site->days->list.count)
		add_week_neighbours(site, first, end);
	buf_release(&title);
	return page_close(site);
}

int site_weeks(struct site *site) {
	for (uint32_t first = 0, end; first < site->days->list.count; first = end) {
		end = week_end(site->days, first);
		if (!page_stands(site, "weeks/", week_name(site, site->days->list.at[first].number), days_stamp(site->days, site->p, first, end)) &&
			put_week(site, first, end) < 0)
			return -1;
	}
	return 0;
}

/* ---- the grid of a month ---- */

static void add_grid_head(struct site *site, struct civil month) {
	struct buf *out = &site->out;
	buf_text(out, "<table class=\"grid\">\n<caption>");
	say_month(site, out, month);
	add_label(site, "</caption>\n<thead>\n<tr><th scope=\"col\"><abbr title=\"", LABEL("Week"), "\">");
	add_label(site, "", LABEL("W"), "</abbr></th>");
	for (int weekday = 1; weekday <= 7; weekday++) {
		struct str abbreviation = say_weekday_short(site, weekday);
		buf_format(out, "<th scope=\"col\"><abbr title=\"%s\">%.*s</abbr></th>", say_weekday_name(site, weekday),
			(int)abbreviation.len, abbreviation.at);
	}
	buf_text(out, "</tr>\n</thead>\n<tbody>\n");
}

/* A cell: the day, a link where it has events, with their number. */
static void add_cell(struct site *site, int64_t number, uint32_t *day) {
	struct buf *out = &site->out;
	struct civil date = civil_from_days(number);
	char text[CIVIL_TEXT];
	if (*day >= site->days->list.count || site->days->list.at[*day].number != number) {
		buf_format(out, "<td>%d</td>", date.day);
		return;
	}
	uint32_t count = site->days->list.at[(*day)++].count;
	buf_text(out, "<td><a");
	add_href(site, "days/", str_of(text, (size_t)civil_format(date, text)));
	buf_format(out, ">%d<span class=\"count\"> %u<span class=\"unseen\"> %s</span></span></a></td>", date.day, count,
		site_label(site, count == 1 ? LABEL("event") : LABEL("events")));
}

static void add_row_head(struct site *site, int64_t number) {
	struct buf *out = &site->out;
	int32_t year;
	uint32_t day = days_from(site->days, number);
	int week = civil_week(civil_from_days(number), &year);
	bool any = day < site->days->list.count && site->days->list.at[day].number < number + 7;
	buf_text(out, "<tr><th scope=\"row\">");
	if (any) {
		buf_text(out, "<a");
		add_href(site, "weeks/", week_name(site, number));
		buf_byte(out, '>');
	}
	buf_number(out, week);
	buf_text(out, any ? "</a></th>" : "</th>");
}

void add_month_grid(struct site *site, struct civil month) {
	struct buf *out = &site->out;
	int64_t first = civil_days(month.year, month.month, 1), end = first + civil_month_days(month.year, month.month);
	uint32_t day = days_from(site->days, first);
	add_grid_head(site, month);
	for (int64_t week = monday(first); week < end; week += 7) {
		add_row_head(site, week);
		for (int64_t number = week; number < week + 7; number++) {
			if (number < first || number >= end)
				buf_text(out, "<td></td>");
			else
				add_cell(site, number, &day);
		}
		buf_text(out, "</tr>\n");
	}
	buf_text(out, "</tbody>\n</table>\n");
}
