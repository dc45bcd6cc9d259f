/* Essays: a page each, with its notes. */
#include "jsonld.h"
#include "page.h"
#include "stamp.h"

#define CONTENTS_LEAST 3 /* headings that make a table of contents worth its place */

static void add_author_lines(struct site *site, const struct published_article *published) {
	const struct article *article = published->article;
	struct buf *out = &site->out;
	uint32_t index = (uint32_t)(published - site->p->articles.at);
	if (!article->byline.count)
		return;
	buf_text(out, "<div class=\"byline\">\n");
	for (uint32_t i = 0; i < article->byline.count; i++) {
		add_label(site, "<p>", i ? "" : LABEL("By "), "<span class=\"author\">");
		add_subject_link(site, subject_of_author(site->p, index, i), article->byline.at[i].name);
		buf_text(out, "</span>");
		if (article->byline.at[i].affiliation.at) {
			buf_text(out, " <span class=\"affiliation\">");
			buf_markup(out, article->byline.at[i].affiliation);
			buf_text(out, "</span>");
		}
		buf_text(out, "</p>\n");
	}
	buf_text(out, "</div>\n");
}

static bool same_date(struct civil a, struct civil b) {
	return a.year == b.year && a.month == b.month && a.day == b.day;
}

/* "WASHINGTON · 28 July 2025 · From Asia Policy Point". */
static void add_dateline(struct site *site, const struct article *article, struct civil issue) {
	struct buf *out = &site->out;
	const struct provenance *from = &article->provenance;
	struct civil date = civil_has_date(article->date) ? article->date : issue;
	buf_text(out, "<p class=\"dateline\">");
	if (article->place.at) {
		buf_markup(out, article->place);
		buf_text(out, " · ");
	}
	if (civil_has_date(date))
		add_day(site, date, false);
	if (from->outlet.at) {
		add_label(site, civil_has_date(date) ? " · " : "", LABEL("From "), "<cite>");
		buf_markup(out, from->outlet);
		buf_text(out, "</cite>");
		if (civil_has_date(from->date) && !same_date(from->date, date)) {
			buf_text(out, ", ");
			add_day(site, from->date, false);
		}
	}
	buf_text(out, "</p>\n");
}

static void add_contents(struct site *site, const struct print *print, const struct article *article) {
	struct buf *out = &site->out;
	uint32_t headings = 0;
	for (uint32_t i = 0; i < article->passages.count; i++)
		headings += article->passages.at[i].kind == PASSAGE_HEADING;
	if (headings < CONTENTS_LEAST)
		return;
	add_label(site, "<nav class=\"contents\" aria-label=\"", LABEL("In this essay"), "\">\n<ol>\n");
	for (uint32_t i = 0; i < article->passages.count; i++) {
		const struct passage *passage = &article->passages.at[i];
		if (passage->kind != PASSAGE_HEADING)
			continue;
		buf_text(out, "<li><a href=\"#");
		prose_id(out, passage->span);
		buf_text(out, "\">");
		buf_clear(&site->scratch);
		prose_plain(print->prose, passage->span, 160, &site->scratch);
		buf_markup(out, buf_str(&site->scratch));
		buf_text(out, "</a></li>\n");
	}
	buf_text(out, "</ol>\n</nav>\n");
}

static void add_essay_head(struct site *site, const struct published_article *published, const struct published_issue *issue) {
	const struct article *article = published->article;
	struct buf *out = &site->out;
	buf_text(out, "<header class=\"head\">\n");
	if (article->kicker.at) {
		buf_text(out, "<p class=\"label\">");
		add_subject_link(site, subject_of_kicker(site->p, (uint32_t)(published - site->p->articles.at)), article->kicker);
		buf_text(out, "</p>\n");
	}
	buf_text(out, "<h1");
	add_lang(site, article_heading(site, article));
	buf_byte(out, '>');
	buf_markup(out, article_heading(site, article));
	buf_text(out, "</h1>\n");
	add_author_lines(site, published);
	add_dateline(site, article, issue->record->issue.date);
	buf_text(out, "</header>\n");
}

static void add_more(struct site *site, const struct published_issue *issue, const struct published_article *self) {
	struct buf *out = &site->out;
	add_label(site, "<aside class=\"more-of\" aria-labelledby=\"more\">\n<h2 id=\"more\" class=\"part\">", LABEL("In this issue"), "</h2>\n");
	for (uint32_t i = issue->article, shown = 0; i < issue->article + issue->articles && shown < 4; i++)
		if (&site->p->articles.at[i] != self) {
			add_essay_item(site, &site->p->articles.at[i], 3, 0);
			shown++;
		}
	buf_text(out, "<p class=\"more\"><a");
	add_href(site, "issues/", issue->slug);
	buf_byte(out, '>');
	buf_markup(out, issue->title);
	buf_text(out, "</a></p>\n</aside>\n");
}

static void open_essay(struct site *site, const struct published_article *published, const struct published_issue *issue) {
	const struct article *article = published->article;
	struct buf description = {0};
	add_opening(site, published, 200, &description);
	page_open(site, &(struct page){.folder = "essays/", .name = published->slug, .place = PLACE_ISSUES, .is_article = true,
		.title = article_heading(site, article), .article = article,
		.description = description.len ? buf_str(&description) : STR_NULL, .published = issue->record->issue.date});
	buf_release(&description);
	struct crumb crumbs[] = {{"issues/", STR("index"), str_from(site_label(site, LABEL("Issues")))}, {"issues/", issue->slug, issue->title},
		{"essays/", published->slug, article_heading(site, article)}};
	add_crumbs(site, crumbs, 3);
	jsonld_article(&site->out, site->p, published);
}

static int put_essay(struct site *site, const struct published_article *published) {
	const struct published_issue *issue = &site->p->issues.at[published->issue];
	const struct article *article = published->article;
	struct buf *out = &site->out;
	struct print print = {.prose = site_prose(site, published->issue), .level = 2, .places = true, .labels = site->labels,
		.article = (uint32_t)(article - issue->record->articles.at)};
	open_essay(site, published, issue);
	buf_text(out, "<article class=\"essay\">\n");
	add_essay_head(site, published, issue);
	add_contents(site, &print, article);
	buf_text(out, "<div class=\"body\"");
	add_lang(site, str_at(issue->record->source->text, article->span));
	buf_text(out, ">\n");
	prose_body(&print, out);
	buf_text(out, "</div>\n");
	if (!span_empty(article->disclaimer)) {
		buf_text(out, "<p class=\"disclaimer\"");
		add_lang(site, str_at(issue->record->source->text, article->disclaimer));
		buf_byte(out, '>');
		prose_inline(&print, article->disclaimer, out);
		buf_text(out, "</p>\n");
	}
	prose_notes(&print, out);
	buf_text(out, "</article>\n");
	add_more(site, issue, published);
	return page_close(site);
}

/* Beside the essay stand the others of its issue. */
static uint64_t essay_stamp(const struct publication *p, uint32_t index) {
	return p->stamps.all ? stamp_add(p->stamps.issues[p->articles.at[index].issue], p->stamps.articles[index]) : 0;
}

int site_essays(struct site *site) {
	for (uint32_t i = site_part(site, site->part, site->p->articles.count), end = site_part(site, site->part + 1, site->p->articles.count); i < end; i++)
		if (!page_stands(site, "essays/", site->p->articles.at[i].slug, essay_stamp(site->p, i)) && put_essay(site, &site->p->articles.at[i]) < 0)
			return -1;
	return 0;
}
