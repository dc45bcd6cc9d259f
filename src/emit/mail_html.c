/* The mail edition as HTML: one column, tables around it, styles on the elements, no colour but one grey, so that Gmail's,
 * Outlook's and a reader's own dark mode all leave it legible. */
#include "mail.h"

#include "page.h"
#include "when.h"

#define EVENTS_MOST (45 << 10) /* bytes: where the listing is longer it has titles and hours only */
#define TITLES_MOST (64 << 10) /* bytes: where that is longer it ends with a link */
#define BRIEF 700              /* bytes of an essay that there is no room for */
#define BRIEF_ROOM (3 << 9)    /* what a brief essay takes with its head */

static void add_link(struct buf *out, struct str url, struct str text) {
	if (url.at) {
		buf_text(out, "<a href=\"");
		buf_markup(out, url);
		buf_text(out, "\">");
	}
	buf_markup(out, text);
	if (url.at)
		buf_text(out, "</a>");
}

static void open_grey(struct buf *out) {
	buf_text(out, "<p class=\"g\" style=\"margin:0;font-size:14px;color:#5c5c5c\">");
}

static void add_grey(struct buf *out, struct str text) {
	if (!text.at || !text.len)
		return;
	open_grey(out);
	buf_markup(out, text);
	buf_text(out, "</p>\n");
}

static void add_part_name(struct buf *out, const char *name) {
	buf_text(out, "<h2 style=\"margin:36px 0 12px;padding-top:10px;border-top:3px solid #7a7a7a;font-size:14px;"
		"letter-spacing:1px;text-transform:uppercase\">");
	buf_text(out, name);
	buf_text(out, "</h2>\n");
}

/* ---- essays ---- */

static void add_essay_head(struct edition *e, const struct published_article *published, struct buf *out) {
	const struct article *article = published->article;
	add_grey(out, article->kicker);
	buf_text(out, "<h3 style=\"margin:0 0 6px;font-size:24px;line-height:1.2\">");
	add_link(out, edition_url(e, "essays/", published->slug, ".html"), article->title.at ? article->title : STR("Untitled"));
	buf_text(out, "</h3>\n");
	for (uint32_t i = 0; i < article->byline.count; i++) {
		open_grey(out);
		buf_text(out, "By ");
		buf_markup(out, article->byline.at[i].name);
		if (article->byline.at[i].affiliation.at) {
			buf_text(out, ", ");
			buf_markup(out, article->byline.at[i].affiliation);
		}
		buf_text(out, "</p>\n");
	}
	if (article->provenance.outlet.at) {
		open_grey(out);
		buf_text(out, "From <cite>");
		buf_markup(out, article->provenance.outlet);
		buf_text(out, "</cite></p>\n");
	}
}

static void add_essay(struct edition *e, const struct published_article *published, struct buf *out) {
	const struct article *article = published->article;
	bool on_web = e->p->house->url.at;
	struct str here = arena_copy(e->arena, on_web ? edition_url(e, "essays/", published->slug, ".html") : STR(""));
	struct print print = {.prose = &e->prose, .article = (uint32_t)(article - e->prose.record->articles.at), .level = 4, .here = here,
		.ids = arena_format(e->arena, "%.*s-", (int)published->slug.len, published->slug.at), .one_way = on_web};
	add_essay_head(e, published, out);
	prose_essay(&print, out);
}

/* The essay's beginning, and where the rest is. */
static void add_brief(struct edition *e, const struct published_article *published, struct buf *out) {
	const struct article *article = published->article;
	add_essay_head(e, published, out);
	buf_clear(&e->scratch);
	for (uint32_t i = 0; i < article->passages.count; i++) {
		if (article->passages.at[i].kind != PASSAGE_TEXT)
			continue;
		prose_plain(&e->prose, article->passages.at[i].span, BRIEF, &e->scratch);
		break;
	}
	buf_text(out, "<p>");
	buf_markup(out, buf_str(&e->scratch));
	buf_text(out, "</p>\n<p>");
	struct str url = edition_url(e, "essays/", published->slug, ".html");
	add_link(out, url, url.at ? STR("Read the whole essay") : STR("The whole essay is in this message's plain text."));
	buf_text(out, "</p>\n");
}

/* Essays in print's order; each whole where it fits with all that must still come. */
static void add_essays(struct edition *e, size_t room, struct buf *out) {
	const struct published_issue *issue = e->issue;
	size_t end = out->len + room;
	if (issue->articles)
		add_part_name(out, "Essays");
	for (uint32_t i = 0; i < issue->articles; i++) {
		const struct published_article *published = &e->p->articles.at[issue->article + i];
		size_t begin = out->len, rest = (issue->articles - i - 1) * (size_t)BRIEF_ROOM;
		if (i)
			buf_text(out, "<hr style=\"margin:28px 0;border:0;border-top:1px solid #9a9a9a\">\n");
		size_t after = out->len;
		add_essay(e, published, out);
		if (out->len + rest <= end)
			continue;
		out->len = after;
		if (begin + BRIEF_ROOM <= end)
			add_brief(e, published, out);
		else
			out->len = begin;
	}
}

/* ---- events ---- */

static void add_people(const struct scheduled *event, struct buf *out) {
	if (!event->people.count)
		return;
	open_grey(out);
	for (uint32_t i = 0; i < event->people.count; i++) {
		const struct person *person = &event->people.at[i];
		buf_text(out, i ? "; " : "");
		buf_markup(out, person->name);
		if (person->roles.count) {
			buf_text(out, ", ");
			buf_markup(out, person->roles.at[0].text);
		}
		if (person->part == PART_MODERATOR)
			buf_text(out, " (moderator)");
	}
	buf_text(out, "</p>\n");
}

static void add_event(struct edition *e, const struct published_event *published, bool whole, struct buf *out) {
	const struct scheduled *event = published->event;
	struct str label, heading = event_heading(event, &label);
	const char *state = event_state(event);
	buf_text(out, "<tr><td style=\"padding:0 0 16px\">\n");
	if (published->begins != INT64_MIN) {
		buf_clear(&e->scratch);
		edition_hours(e, event, &e->scratch);
		add_grey(out, buf_str(&e->scratch));
	}
	buf_text(out, "<p style=\"margin:0;font-weight:bold\">");
	if (state) {
		buf_text(out, state);
		buf_text(out, ": ");
	}
	add_link(out, edition_event_url(e, published), heading);
	buf_text(out, "</p>\n");
	if (whole) {
		buf_clear(&e->scratch);
		edition_facts(event, label, &e->scratch);
		add_grey(out, buf_str(&e->scratch));
		add_people(event, out);
	}
	buf_text(out, "</td></tr>\n");
}

static void add_rest(struct edition *e, uint32_t count, struct buf *out) {
	buf_text(out, "<tr><td>");
	buf_clear(&e->scratch);
	buf_number(&e->scratch, count);
	buf_text(&e->scratch, count == 1 ? " more event" : " more events");
	add_link(out, edition_url(e, "issues/", e->issue->slug, ".html"), buf_str(&e->scratch));
	buf_text(out, "</td></tr>\n");
}

static void add_listing(struct edition *e, bool whole, struct buf *out) {
	size_t begin = out->len;
	for (uint32_t i = 0; i < e->event_count; i++) {
		struct civil day;
		if (!whole && out->len - begin > TITLES_MOST) {
			add_rest(e, e->event_count - i, out);
			break;
		}
		if (edition_new_day(e, i, &day)) {
			buf_text(out, "<tr><td style=\"padding:10px 0 6px\"><h3 style=\"margin:0;font-size:17px\">");
			if (civil_has_date(day))
				when_weekday_day(out, day);
			else
				buf_text(out, "Date not stated");
			buf_text(out, "</h3></td></tr>\n");
		}
		add_event(e, &e->p->events.at[e->events[i]], whole, out);
	}
}

static void add_events(struct edition *e, struct buf *out) {
	if (!e->event_count)
		return;
	add_part_name(out, "Events");
	struct str calendar = edition_url(e, "issues/", e->issue->slug, ".ics");
	open_grey(out);
	add_link(out, calendar, calendar.at ? STR("Add all to your calendar") : STR("The calendar that comes with this message has them all."));
	buf_text(out, "</p>\n<table role=\"presentation\" style=\"width:100%;border-collapse:collapse\">\n");
	size_t begin = out->len;
	add_listing(e, true, out);
	if (out->len - begin > EVENTS_MOST) {
		out->len = begin;
		add_listing(e, false, out);
	}
	buf_text(out, "</table>\n");
}

/* ---- the frame ---- */

/* What programs show beside the subject: the essays' titles. */
static void add_preheader(struct edition *e, struct buf *out) {
	buf_text(out, "<div style=\"display:none;max-height:0;overflow:hidden\">");
	for (uint32_t i = 0; i < e->issue->articles && i < 3; i++) {
		struct str title = e->p->articles.at[e->issue->article + i].article->title;
		buf_text(out, i ? " · " : "");
		buf_markup(out, title.at ? title : STR("Untitled"));
	}
	buf_text(out, "</div>\n");
}

static void open_frame(struct edition *e, struct buf *out) {
	buf_text(out, "<!DOCTYPE html>\n<html lang=\"");
	buf_markup(out, e->p->language);
	buf_text(out, "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		"<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
	buf_markup(out, e->issue->title);
	buf_text(out, "</title>\n<style>\n:root { color-scheme: light dark; }\n"
		"@media (prefers-color-scheme: dark) { .g { color: #b8b8b8 !important; } }\n</style>\n</head>\n<body style=\"margin:0;padding:0\">\n");
	add_preheader(e, out);
	buf_text(out, "<table role=\"presentation\" style=\"width:100%;border-collapse:collapse\"><tr><td style=\"padding:0\">\n"
		"<!--[if mso]><table role=\"presentation\" align=\"center\" width=\"640\"><tr><td><![endif]-->\n"
		"<table role=\"presentation\" style=\"width:100%;max-width:640px;margin:0 auto;border-collapse:collapse\"><tr>"
		"<td style=\"padding:20px 16px;font-family:Georgia,'Times New Roman',serif;font-size:17px;line-height:1.5;"
		"overflow-wrap:break-word\">\n");
}

static void add_head(struct edition *e, struct buf *out) {
	const struct issue *issue = &e->issue->record->issue;
	buf_text(out, "<h1 style=\"margin:0;font-size:32px;line-height:1.15\">");
	buf_markup(out, issue->title.at ? issue->title : e->p->name);
	buf_text(out, "</h1>\n<p style=\"margin:4px 0\">");
	when_weekday_day(out, issue->date);
	struct str url = edition_url(e, "issues/", e->issue->slug, ".html");
	if (url.at) {
		buf_text(out, " · ");
		add_link(out, url, STR("Read it on the web"));
	}
	buf_text(out, "</p>\n");
	add_grey(out, e->p->house->description);
}

static void close_frame(struct edition *e, struct buf *out) {
	buf_text(out, "<hr style=\"margin:36px 0 12px;border:0;border-top:3px solid #7a7a7a\">\n");
	open_grey(out);
	add_link(out, edition_url(e, "", STR("index"), ".html"), e->p->name);
	if (e->p->house->email.at) {
		buf_text(out, " · <a href=\"mailto:");
		buf_markup(out, e->p->house->email);
		buf_text(out, "\">Write to us</a> · <a href=\"mailto:");
		buf_markup(out, e->p->house->email);
		buf_text(out, "?subject=unsubscribe\">Unsubscribe</a>");
	}
	buf_text(out, "</p>\n</td></tr></table>\n<!--[if mso]></td></tr></table><![endif]-->\n</td></tr></table>\n</body>\n</html>\n");
}

void mail_html(struct edition *e, struct buf *out) {
	struct buf events = {0};
	add_events(e, &events);
	open_frame(e, out);
	add_head(e, out);
	size_t frame = out->len + (1 << 10); /* with what closes it */
	add_essays(e, MAIL_HTML_MOST > frame + events.len ? MAIL_HTML_MOST - frame - events.len : 0, out);
	buf_add(out, buf_str(&events));
	close_frame(e, out);
	buf_release(&events);
}
