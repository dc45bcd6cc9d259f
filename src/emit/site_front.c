/* The front page: the newest issue's essays, the coming week day by day, earlier issues. The week is counted
 * from the issue's date, never from a clock: the same records give the same page. */
#include "days.h"
#include "jsonld.h"
#include "page.h"

#define WEEK 7

static void add_week(struct site *site) {
	struct buf *out = &site->out;
	int64_t first = days_present(site->days, site->p);
	uint32_t day = days_from(site->days, first), end = days_from(site->days, first + WEEK);
	add_label(site, "<section class=\"week\" aria-labelledby=\"week\">\n<h2 id=\"week\" class=\"part\">", LABEL("The coming week"), "</h2>\n");
	if (day == end)
		add_label(site, "<p class=\"none\">", LABEL("No events are listed for this week."), "</p>\n");
	for (; day < end && !page_is_full(site); day++)
		add_day_events(site, day, 3);
	uint32_t later = days_from(site->days, first + 3 * WEEK);
	if (end < later && !page_is_full(site)) {
		add_label(site, "<h2 class=\"part\">", LABEL("Later"), "</h2>\n");
		for (uint32_t shown = 0; end < later && shown < 12 && !page_is_full(site); shown += site->days->list.at[end++].count)
			add_day_events(site, end, 3);
	}
	buf_text(out, "<p class=\"more\"><a");
	add_href(site, "events/", STR("index"));
	add_label(site, ">", LABEL("All events"), "</a></p>\n</section>\n");
}

#define ESSAYS_LEAST 4

/* The newest issue's essays; where they are few, those of the issues before it behind them. */
static void add_essays(struct site *site, const struct published_issue *issue) {
	struct buf *out = &site->out;
	const struct publication *p = site->p;
	uint32_t count = issue->articles > ESSAYS_LEAST ? issue->articles : ESSAYS_LEAST;
	if (count > p->articles.count)
		count = p->articles.count;
	add_label(site, "<section class=\"essays\" aria-labelledby=\"essays\">\n<h2 id=\"essays\" class=\"part\">", LABEL("Essays"), "</h2>\n");
	for (uint32_t i = 0; i < count && !page_is_full(site); i++)
		add_essay_item(site, &p->articles.at[i], 3, i ? 260 : 520);
	if (!count)
		add_label(site, "<p class=\"none\">", LABEL("There are no essays yet."), "</p>\n");
	buf_text(out, "</section>\n");
}

static void add_edition(struct site *site, const struct published_issue *issue) {
	struct buf *out = &site->out;
	buf_text(out, "<p class=\"edition\">");
	if (civil_has_date(issue->record->issue.date))
		add_day(site, issue->record->issue.date, true);
	buf_text(out, " <a");
	add_href(site, "issues/", issue->slug);
	add_label(site, ">", LABEL("This issue"), "</a></p>\n");
}

static void add_earlier(struct site *site) {
	const struct publication *p = site->p;
	if (p->issues.count < 2)
		return;
	add_label(site, "<section class=\"earlier\" aria-labelledby=\"earlier\">\n<h2 id=\"earlier\" class=\"part\">", LABEL("Earlier issues"), "</h2>\n<ul>\n");
	for (uint32_t i = 1; i < p->issues.count && i <= 6; i++)
		add_issue_item(site, &p->issues.at[i]);
	buf_text(&site->out, "</ul>\n<p class=\"more\"><a");
	add_href(site, "issues/", STR("index"));
	add_label(site, ">", LABEL("All issues"), "</a></p>\n</section>\n");
}

int site_front(struct site *site) {
	const struct publication *p = site->p;
	page_open(site, &(struct page){.folder = "", .name = STR("index"), .description = p->house->description,
		.place = PLACE_FRONT, .calendar = STR("calendar.ics")});
	jsonld_periodical(&site->out, p);
	if (p->issues.count) {
		add_edition(site, &p->issues.at[0]);
		buf_text(&site->out, "<div class=\"front\">\n");
		add_essays(site, &p->issues.at[0]);
		add_week(site);
		buf_text(&site->out, "</div>\n");
	}
	add_earlier(site);
	return page_close(site);
}
