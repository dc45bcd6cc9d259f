/* The mail edition as plain text: an edition of its own, not what is left of the HTML. */
#include "mail.h"

#include "page.h"
#include "when.h"
#include "wrap.h"

#include <stdio.h>

static void add_blank(struct buf *out) {
	buf_byte(out, '\n');
}

/* Adds what is in e->scratch as a paragraph, and empties it. */
static void flush(struct edition *e, struct buf *out, const char *first, const char *rest) {
	wrap_text(out, buf_str(&e->scratch), first, rest);
	buf_clear(&e->scratch);
}

static void add_capitals(struct buf *out, struct str text) {
	for (size_t i = 0; i < text.len; i++)
		buf_byte(out, text.at[i] >= 'a' && text.at[i] <= 'z' ? (char)(text.at[i] - 32) : text.at[i]);
}

/* ---- the head ---- */

static void add_address(struct edition *e, struct buf *out, const char *label, const char *folder, struct str slug, const char *ending) {
	struct str url = edition_url(e, folder, slug, ending);
	if (!url.at)
		return;
	buf_text(&e->scratch, label);
	buf_add(&e->scratch, url);
	flush(e, out, "", "");
}

static void add_count(struct buf *out, uint32_t count, const char *one, const char *many) {
	buf_number(out, count);
	buf_text(out, count == 1 ? one : many);
}

static void add_contents(struct edition *e, struct buf *out) {
	const struct published_issue *issue = e->issue;
	buf_text(out, "IN THIS ISSUE\n");
	for (uint32_t i = issue->article; i < issue->article + issue->articles; i++) {
		const struct article *article = e->p->articles.at[i].article;
		buf_add(&e->scratch, article->title.at ? article->title : STR("Untitled"));
		for (uint32_t k = 0; k < article->byline.count; k++) {
			buf_text(&e->scratch, k == 0 ? ", by " : k + 1 == article->byline.count ? " and " : ", ");
			buf_add(&e->scratch, article->byline.at[k].name);
		}
		flush(e, out, "* ", "  ");
	}
	if (e->event_count) {
		add_count(&e->scratch, e->event_count, " event", " events");
		flush(e, out, "* ", "  ");
	}
	add_blank(out);
}

static void add_head(struct edition *e, struct buf *out) {
	const struct issue *issue = &e->issue->record->issue;
	add_capitals(&e->scratch, issue->title.at ? issue->title : e->p->name);
	flush(e, out, "", "");
	when_weekday_day(&e->scratch, issue->date);
	flush(e, out, "", "");
	if (e->p->house->description.at)
		wrap_text(out, e->p->house->description, "", "");
	add_blank(out);
	size_t before = out->len;
	add_address(e, out, "On the web: ", "issues/", e->issue->slug, ".html");
	if (e->event_count)
		add_address(e, out, "Calendar: ", "issues/", e->issue->slug, ".ics");
	if (out->len > before)
		add_blank(out);
	add_contents(e, out);
}

static void add_part_name(struct buf *out, struct str name) {
	add_blank(out);
	wrap_underlined(out, name, '=');
	add_blank(out);
}

/* ---- essays ---- */

static void add_passage(struct edition *e, const struct passage *passage, struct text_links *links, uint32_t *number, struct buf *out) {
	char item[16] = "* ";
	*number = passage->kind == PASSAGE_ITEM && passage->ordered ? *number + 1 : 0;
	if (*number)
		snprintf(item, sizeof item, "%u. ", *number);
	if (passage->kind == PASSAGE_RULE) {
		buf_text(out, "* * *\n\n");
		return;
	}
	prose_text(&e->prose, passage->span, links, &e->scratch);
	if (passage->kind == PASSAGE_HEADING) {
		wrap_underlined(out, buf_str(&e->scratch), '-');
		buf_clear(&e->scratch);
	} else if (passage->kind == PASSAGE_QUOTE) {
		flush(e, out, "> ", "> ");
	} else if (passage->kind == PASSAGE_ITEM) {
		flush(e, out, item, *number > 9 ? "    " : *number ? "   " : "  ");
	} else if (passage->kind == PASSAGE_CODE) {
		flush(e, out, "    ", "    ");
	} else {
		flush(e, out, "", "");
	}
	if (passage->kind != PASSAGE_ITEM)
		add_blank(out);
}

static void add_body(struct edition *e, const struct article *article, struct text_links *links, struct buf *out) {
	uint32_t number = 0;
	for (uint32_t i = 0; i < article->passages.count; i++) {
		if (i && article->passages.at[i - 1].kind == PASSAGE_ITEM && article->passages.at[i].kind != PASSAGE_ITEM)
			add_blank(out);
		add_passage(e, &article->passages.at[i], links, &number, out);
	}
	if (article->passages.count && article->passages.at[article->passages.count - 1].kind == PASSAGE_ITEM)
		add_blank(out);
}

static void add_notes(struct edition *e, const struct print *print, struct text_links *links, struct buf *out) {
	uint32_t count = prose_note_count(print);
	if (!count)
		return;
	wrap_underlined(out, STR("Notes"), '-');
	for (uint32_t i = 0; i < count; i++) {
		const struct note *note = &e->prose.record->notes.at[prose_note(print, i)];
		buf_byte(&e->scratch, '[');
		buf_add(&e->scratch, note->label);
		buf_text(&e->scratch, "] ");
		prose_text(&e->prose, note->text, links, &e->scratch);
		flush(e, out, "", "");
	}
	add_blank(out);
}

static void add_links(struct edition *e, const struct text_links *links, struct buf *out) {
	for (uint32_t i = 0; i < links->list.count; i++) {
		buf_byte(&e->scratch, '[');
		text_link_letters(&e->scratch, i);
		buf_text(&e->scratch, "] ");
		buf_add(&e->scratch, links->list.at[i]);
		flush(e, out, "", "");
	}
	if (links->list.count)
		add_blank(out);
}

static void add_essay_head(struct edition *e, const struct article *article, struct buf *out) {
	if (article->kicker.at) {
		add_capitals(&e->scratch, article->kicker);
		flush(e, out, "", "");
	}
	wrap_underlined(out, article->title.at ? article->title : STR("Untitled"), '-');
	for (uint32_t i = 0; i < article->byline.count; i++) {
		buf_text(&e->scratch, "By ");
		buf_add(&e->scratch, article->byline.at[i].name);
		if (article->byline.at[i].affiliation.at) {
			buf_text(&e->scratch, ", ");
			buf_add(&e->scratch, article->byline.at[i].affiliation);
		}
		flush(e, out, "", "");
	}
	if (civil_has_date(article->date)) {
		when_day(&e->scratch, article->date);
		flush(e, out, "", "");
	}
	if (article->provenance.outlet.at) {
		buf_text(&e->scratch, "From ");
		buf_add(&e->scratch, article->provenance.outlet);
		flush(e, out, "", "");
	}
	add_blank(out);
}

static void add_essay(struct edition *e, const struct published_article *published, struct buf *out) {
	const struct article *article = published->article;
	struct text_links links = {.arena = e->arena};
	struct print print = {.prose = &e->prose, .article = (uint32_t)(article - e->prose.record->articles.at)};
	add_essay_head(e, article, out);
	add_body(e, article, &links, out);
	if (!span_empty(article->disclaimer)) {
		prose_text(&e->prose, article->disclaimer, &links, &e->scratch);
		flush(e, out, "", "");
		add_blank(out);
	}
	add_notes(e, &print, &links, out);
	add_links(e, &links, out);
	add_address(e, out, "On the web: ", "essays/", published->slug, ".html");
	add_blank(out);
}

/* ---- events ---- */

static void add_people(struct edition *e, const struct scheduled *event, struct buf *out) {
	for (uint32_t i = 0; i < event->people.count; i++) {
		const struct person *person = &event->people.at[i];
		bool first = i == 0 || person->part != event->people.at[i - 1].part;
		if (first && i)
			flush(e, out, "  ", "    ");
		if (first) {
			buf_text(&e->scratch, event_part_words(person->part));
			buf_text(&e->scratch, i + 1 < event->people.count && event->people.at[i + 1].part == person->part ? "s: " : ": ");
		} else {
			buf_text(&e->scratch, "; ");
		}
		buf_add(&e->scratch, person->name);
		for (uint32_t k = 0; k < person->roles.count; k++) {
			buf_text(&e->scratch, ", ");
			buf_add(&e->scratch, person->roles.at[k].text);
		}
	}
	if (event->people.count)
		flush(e, out, "  ", "    ");
}

static void add_event(struct edition *e, const struct published_event *published, struct buf *out) {
	const struct scheduled *event = published->event;
	struct str label, heading = event_heading(event, &label);
	const char *state = event_state(event);
	if (published->begins != INT64_MIN) {
		edition_hours(e, event, &e->scratch);
		flush(e, out, "", "");
	}
	if (state) {
		add_capitals(&e->scratch, str_from(state));
		buf_text(&e->scratch, ": ");
	}
	buf_add(&e->scratch, heading);
	flush(e, out, "  ", "  ");
	edition_facts(event, label, &e->scratch);
	flush(e, out, "  ", "  ");
	add_people(e, event, out);
	struct str url = edition_event_url(e, published);
	if (url.at)
		wrap_text(out, url, "  ", "  ");
	add_blank(out);
}

static void add_events(struct edition *e, struct buf *out) {
	for (uint32_t i = 0; i < e->event_count; i++) {
		struct civil day;
		if (edition_new_day(e, i, &day)) {
			if (civil_has_date(day))
				when_weekday_day(&e->scratch, day);
			else
				buf_text(&e->scratch, "Date not stated");
			wrap_underlined(out, buf_str(&e->scratch), '-');
			buf_clear(&e->scratch);
			add_blank(out);
		}
		add_event(e, &e->p->events.at[e->events[i]], out);
	}
}

/* ---- all ---- */

static void add_foot(struct edition *e, struct buf *out) {
	buf_text(out, "-- \n");
	wrap_text(out, e->p->name, "", "");
	add_address(e, out, "", "", STR("index"), ".html");
	if (e->p->house->email.at)
		wrap_text(out, e->p->house->email, "", "");
}

void mail_text(struct edition *e, struct buf *out) {
	buf_clear(&e->scratch);
	add_head(e, out);
	if (e->issue->articles)
		add_part_name(out, STR("ESSAYS"));
	for (uint32_t i = e->issue->article; i < e->issue->article + e->issue->articles; i++)
		add_essay(e, &e->p->articles.at[i], out);
	if (e->event_count)
		add_part_name(out, STR("EVENTS"));
	add_events(e, out);
	add_foot(e, out);
}
