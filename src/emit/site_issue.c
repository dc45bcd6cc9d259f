/* Issues: a page each with its essays and its listing, and the list of all issues by year. */
#include "days.h"
#include "jsonld.h"
#include "page.h"
#include "stamp.h"

void add_issue_item(struct site *site, const struct published_issue *issue) {
	struct buf *out = &site->out;
	buf_text(out, "<li><p class=\"label\">");
	if (civil_has_date(issue->record->issue.date))
		add_day(site, issue->record->issue.date, false);
	else
		buf_text(out, site_label(site, LABEL("No date")));
	buf_text(out, "</p><p class=\"title\"><a");
	add_href(site, "issues/", issue->slug);
	buf_byte(out, '>');
	for (uint32_t i = 0; i < issue->articles && i < 3; i++) {
		struct str title = article_heading(site, site->p->articles.at[issue->article + i].article);
		buf_text(out, i ? "; <span" : "<span");
		add_lang(site, title);
		buf_byte(out, '>');
		buf_markup(out, title);
		buf_text(out, "</span>");
	}
	if (!issue->articles)
		buf_markup(out, issue->title);
	buf_text(out, "</a></p>");
	if (issue->events) {
		add_label_count(site, "<p class=\"facts\">", issue->events, LABEL("{} event"), LABEL("{} events"), "</p>");
	}
	buf_text(out, "</li>\n");
}

/* ---- one issue ---- */

static void add_issue_essays(struct site *site, const struct published_issue *issue) {
	if (!issue->articles)
		return;
	add_label(site, "<section class=\"essays\" aria-labelledby=\"essays\">\n<h2 id=\"essays\" class=\"part\">", LABEL("Essays"), "</h2>\n");
	for (uint32_t i = 0; i < issue->articles; i++)
		add_essay_item(site, &site->p->articles.at[issue->article + i], 3, page_is_full(site) ? 0 : 320);
	buf_text(&site->out, "</section>\n");
}

/* An entry as it stands in the bulletin, under its title and hour as read; other pages lead to its place. */
static void add_printed(struct site *site, const struct print *print, const struct published_event *event) {
	struct buf *out = &site->out;
	struct str label, heading = event_heading(event->event, &label);
	buf_text(out, "<li id=\"");
	prose_id(out, event->event->span);
	buf_text(out, "\"><h3><a");
	add_href(site, "events/", event->slug);
	add_lang(site, heading);
	buf_byte(out, '>');
	buf_markup(out, heading);
	buf_text(out, "</a></h3>");
	if (event->begins != INT64_MIN) {
		buf_text(out, "<p class=\"facts\">");
		say_when(site, out, &event->event->when);
		buf_text(out, "</p>");
	}
	if (!page_is_full(site)) {
		buf_text(out, "<p class=\"text\"");
		add_lang(site, str_at(site->p->issues.at[event->issue].record->source->text, event->event->span));
		buf_byte(out, '>');
		prose_inline(print, event->event->span, out);
		buf_text(out, "</p>");
	}
	buf_text(out, "</li>\n");
}

static void add_issue_events(struct site *site, const struct published_issue *issue, uint32_t index) {
	struct buf *out = &site->out;
	struct print print = {.prose = site_prose(site, index), .article = NONE};
	if (!issue->events)
		return;
	add_label(site, "<section class=\"listing\" aria-labelledby=\"events\">\n<h2 id=\"events\" class=\"part\">", LABEL("Events"), "</h2>\n");
	buf_text(out, "<ol class=\"printed\">\n");
	for (uint32_t i = issue->event; i < issue->event + issue->events; i++)
		add_printed(site, &print, &site->p->events.at[i]);
	buf_text(out, "</ol>\n</section>\n");
}

static void add_neighbours(struct site *site, uint32_t index) {
	const struct publication *p = site->p;
	struct buf *out = &site->out;
	if (p->issues.count < 2)
		return;
	add_label(site, "<nav class=\"neighbours\" aria-label=\"", LABEL("Issues"), "\">\n<ul>\n");
	if (index + 1 < p->issues.count) {
		buf_text(out, "<li class=\"before\"><a rel=\"prev\"");
		add_href(site, "issues/", p->issues.at[index + 1].slug);
		add_label(site, "><span class=\"label\">", LABEL("Earlier issue"), "</span> ");
		buf_markup(out, p->issues.at[index + 1].title);
		buf_text(out, "</a></li>\n");
	}
	if (index > 0) {
		buf_text(out, "<li class=\"after\"><a rel=\"next\"");
		add_href(site, "issues/", p->issues.at[index - 1].slug);
		add_label(site, "><span class=\"label\">", LABEL("Later issue"), "</span> ");
		buf_markup(out, p->issues.at[index - 1].title);
		buf_text(out, "</a></li>\n");
	}
	buf_text(out, "</ul>\n</nav>\n");
}

static int put_issue(struct site *site, uint32_t index) {
	const struct published_issue *issue = &site->p->issues.at[index];
	struct buf *out = &site->out;
	struct civil date = issue->record->issue.date;
	page_open(site, &(struct page){.folder = "issues/", .name = issue->slug, .title = issue->title, .place = PLACE_ISSUES,
		.published = date});
	struct crumb crumbs[] = {{"issues/", STR("index"), str_from(site_label(site, LABEL("Issues")))}, {"issues/", issue->slug, issue->title}};
	add_crumbs(site, crumbs, 2);
	jsonld_issue(out, site->p, issue);
	buf_text(out, "<header class=\"head\">\n<p class=\"label\">");
	if (issue->record->issue.number.at) {
		buf_clear(&site->scratch);
		buf_markup(&site->scratch, issue->record->issue.number);
		add_label_with(site, "", LABEL("Issue No. {}"), buf_str(&site->scratch), "");
	} else {
		buf_text(out, site_label(site, LABEL("Issue")));
	}
	buf_text(out, "</p>\n<h1>");
	buf_markup(out, issue->record->issue.title.at ? issue->record->issue.title : site->p->name);
	buf_text(out, "</h1>\n");
	if (civil_has_date(date)) {
		buf_text(out, "<p class=\"dateline\">");
		add_day(site, date, true);
		buf_text(out, "</p>\n");
	}
	buf_text(out, "</header>\n");
	buf_text(out, "<div class=\"front\">\n");
	add_issue_essays(site, issue);
	add_issue_events(site, issue, index);
	buf_text(out, "</div>\n");
	add_neighbours(site, index);
	return page_close(site);
}

static uint64_t issue_stamp(const struct publication *p, uint32_t index) {
	uint64_t stamp = p->stamps.all ? p->stamps.issues[index] : 0;
	if (index > 0)
		stamp = stamp_text(stamp_text(stamp, p->issues.at[index - 1].slug), p->issues.at[index - 1].title);
	if (index + 1 < p->issues.count)
		stamp = stamp_text(stamp_text(stamp, p->issues.at[index + 1].slug), p->issues.at[index + 1].title);
	return stamp_add(stamp, index == 0);
}

/* ---- all issues ---- */

/* The issues of one year, or those without a date, from `first` on; returns the index behind them. */
static uint32_t year_end(const struct publication *p, uint32_t first) {
	uint32_t end = first + 1;
	while (end < p->issues.count && p->issues.at[end].record->issue.date.year == p->issues.at[first].record->issue.date.year)
		end++;
	return end;
}

static struct str year_name(struct site *site, uint32_t first) {
	struct civil date = site->p->issues.at[first].record->issue.date;
	return civil_has_date(date) ? arena_format(&site->arena, "%d", date.year) : STR("undated");
}

static void add_years(struct site *site, uint32_t open) {
	const struct publication *p = site->p;
	if (!p->issues.count || year_end(p, 0) == p->issues.count)
		return;
	add_label(site, "<nav class=\"years\" aria-label=\"", LABEL("Years"), "\">\n<ul>\n");
	for (uint32_t first = 0; first < p->issues.count; first = year_end(p, first)) {
		struct str name = year_name(site, first);
		buf_text(&site->out, "<li><a");
		add_href(site, "issues/", first ? name : STR("index"));
		buf_text(&site->out, first == open ? " aria-current=\"page\">" : ">");
		buf_add(&site->out, name);
		buf_text(&site->out, "</a></li>\n");
	}
	buf_text(&site->out, "</ul>\n</nav>\n");
}

static int put_year(struct site *site, uint32_t first, uint32_t end) {
	struct buf *out = &site->out;
	struct str name = site->p->issues.count ? year_name(site, first) : STR_NULL;
	page_open(site, &(struct page){.folder = "issues/", .name = first ? name : STR("index"), .title = str_from(site_label(site, LABEL("Issues"))),
		.place = PLACE_ISSUES});
	add_label(site, "<header class=\"head\">\n<h1>", LABEL("Issues"), "</h1>\n</header>\n");
	add_years(site, first);
	if (first < end) {
		buf_text(out, "<h2 class=\"part\">");
		buf_add(out, name);
		buf_text(out, "</h2>\n<ul class=\"issues\">\n");
		for (uint32_t i = first; i < end; i++)
			add_issue_item(site, &site->p->issues.at[i]);
		buf_text(out, "</ul>\n");
	} else {
		add_label(site, "<p class=\"none\">", LABEL("No issue has been published yet."), "</p>\n");
	}
	return page_close(site);
}

int site_issues(struct site *site) {
	const struct publication *p = site->p;
	for (uint32_t i = site_part(site, site->part, p->issues.count), end = site_part(site, site->part + 1, p->issues.count); i < end; i++)
		if (!page_stands(site, "issues/", p->issues.at[i].slug, issue_stamp(p, i)) && put_issue(site, i) < 0)
			return -1;
	if (site->part)
		return 0;
	uint32_t first = 0;
	do {
		uint32_t end = p->issues.count ? year_end(p, first) : 0;
		if (put_year(site, first, end) < 0)
			return -1;
		first = end;
	} while (first < p->issues.count);
	return 0;
}
