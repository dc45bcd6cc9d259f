/* Search: a page that works from a folder of files, without a server. Its script (theme/search.js) loads, as scripts, the
 * words that a question needs (search/w-*.js) and the documents that it finds (search/d-*.js, of names search/n-*.js). */
#include "page.h"
#include "search_index.h"

#include "../base/utf8.h"
#include "../know/name_key.h"

#define CHUNK 128     /* documents in a file */
#define EXCERPT 150   /* bytes that are shown of a document */
#define OPENING 600   /* bytes of an essay whose words count though they stand once */

/* What is found, in the order of the words in the page's data-kinds. */
enum found { FOUND_ESSAY, FOUND_EVENT, FOUND_SUBJECT /* and its kind */ };

/* Documents on their way into their files. Essays and events have even numbers, oldest issue first, subjects odd ones, so
 * that what is new comes behind and leaves the older files as they are. */
struct finding {
	struct site *site;
	struct search_index *index;
	struct buf chunk, text;
	const char *family; /* "d" or "n" */
	uint32_t count;     /* of the family */
};

static int put_chunk(struct finding *f) {
	if (!f->chunk.len)
		return 0;
	struct str path = arena_format(&f->site->arena, "search/%s-%u.js", f->family, (f->count - 1) / CHUNK);
	buf_text(&f->chunk, "]);\n");
	int result = f->site->sink->put(f->site->sink, path, buf_str(&f->chunk), f->site->error);
	buf_clear(&f->chunk);
	return result;
}

/* Begins a document's row: kind, page, title. */
static void open_row(struct finding *f, uint32_t kind, const char *folder, struct str slug, struct str title) {
	struct buf *out = &f->chunk;
	if (out->len)
		buf_byte(out, ',');
	else
		buf_format(out, "daybookSearch.documents(\"%s\",%u,[", f->family, f->count / CHUNK);
	buf_format(out, "\n[%u,\"%s%.*s.html\",", kind, folder, (int)slug.len, slug.at);
	buf_json_script(out, title);
	buf_byte(out, ',');
}

/* Its end: date in words and excerpt, both what f->text holds before and behind `date`. */
static int close_row(struct finding *f, size_t date) {
	struct buf *out = &f->chunk;
	buf_json_script(out, str_of(f->text.at, date));
	buf_byte(out, ',');
	buf_json_script(out, str_of(f->text.at + date, f->text.len - date));
	buf_byte(out, ']');
	search_index_end(f->index, f->count * 2 + (*f->family == 'n'));
	return ++f->count % CHUNK ? 0 : put_chunk(f);
}

static void add(struct finding *f, struct str text, enum search_weight weight) {
	if (text.at)
		search_index_add(f->index, text, weight);
}

/* ---- essays ---- */

static void add_passages(struct finding *f, const struct published_article *published) {
	struct buf *text = &f->site->scratch;
	size_t opening = 0;
	for (uint32_t i = 0; i < published->article->passages.count; i++) {
		const struct passage *passage = &published->article->passages.at[i];
		buf_clear(text);
		prose_plain(site_prose(f->site, published->issue), passage->span, SIZE_MAX, text);
		add(f, buf_str(text), opening < OPENING || passage->kind == PASSAGE_HEADING ? SEARCH_NAMED : SEARCH_BODY);
		opening += text->len;
	}
}

static void add_names(struct finding *f, const struct record *record, struct span span) {
	for (uint32_t i = record_name_from(record, span.begin); i < record->names.count && record->names.at[i].span.begin < span.end; i++)
		add(f, str_at(record->source->text, record->names.at[i].span), SEARCH_NAMED);
}

static int add_essay(struct finding *f, const struct published_article *published) {
	const struct article *article = published->article;
	const struct record *record = f->site->p->issues.at[published->issue].record;
	struct str title = article_heading(f->site, article);
	add(f, title, SEARCH_TITLE);
	add(f, article->kicker, SEARCH_NAMED);
	for (uint32_t i = 0; i < article->byline.count; i++)
		add(f, article->byline.at[i].name, SEARCH_TITLE);
	add_names(f, record, article->span);
	add_passages(f, published);
	open_row(f, FOUND_ESSAY, "essays/", published->slug, title);
	buf_clear(&f->text);
	if (civil_has_date(record->issue.date))
		say_day(f->site, &f->text, record->issue.date, false);
	size_t date = f->text.len;
	add_opening(f->site, published, EXCERPT, &f->text);
	return close_row(f, date);
}

/* ---- events ---- */

static void add_fact(struct buf *out, size_t begin, struct str fact) {
	if (!fact.at || !fact.len || out->len - begin + fact.len > EXCERPT)
		return;
	buf_text(out, out->len > begin ? " · " : "");
	buf_add(out, fact);
}

static void add_people(struct finding *f, const struct scheduled *event) {
	for (uint32_t i = 0; i < event->people.count; i++) {
		add(f, event->people.at[i].name, SEARCH_NAMED);
		for (uint32_t k = 0; k < event->people.at[i].roles.count; k++)
			add(f, event->people.at[i].roles.at[k].text, SEARCH_NAMED);
	}
}

static int add_event(struct finding *f, const struct published_event *published) {
	const struct scheduled *event = published->event;
	struct str label, heading = event_heading(event, &label), place = event->location.at ? event->location : event->venue;
	add(f, heading, SEARCH_TITLE);
	add(f, label, SEARCH_NAMED);
	add(f, place, SEARCH_NAMED);
	add(f, event->description, SEARCH_NAMED);
	add_people(f, event);
	open_row(f, FOUND_EVENT, "events/", published->slug, heading);
	buf_clear(&f->text);
	if (civil_has_date(event->when.start)) {
		struct civil day = event->when.start;
		day.hour = day.minute = day.second = -1;
		say_day(f->site, &f->text, day, false);
	}
	size_t date = f->text.len;
	if (event_state(event))
		add_fact(&f->text, date, str_from(site_label(f->site, event_state(event))));
	if (event_mode_words(event->mode))
		add_fact(&f->text, date, str_from(site_label(f->site, event_mode_words(event->mode))));
	add_fact(&f->text, date, place);
	for (uint32_t i = 0; i < event->sponsors.count; i++) {
		add(f, event->sponsors.at[i].name, SEARCH_NAMED);
		add_fact(&f->text, date, event->sponsors.at[i].name);
	}
	return close_row(f, date);
}

static int add_texts(struct finding *f) {
	const struct publication *p = f->site->p;
	f->family = "d";
	f->count = 0;
	for (uint32_t i = p->issues.count; i-- > 0;) {
		const struct published_issue *issue = &p->issues.at[i];
		for (uint32_t k = issue->article; k < issue->article + issue->articles; k++)
			if (add_essay(f, &p->articles.at[k]) < 0)
				return -1;
		for (uint32_t k = issue->event; k < issue->event + issue->events; k++)
			if (add_event(f, &p->events.at[k]) < 0)
				return -1;
	}
	return put_chunk(f);
}

/* ---- people, organisations, places, topics ---- */

static int add_subjects(struct finding *f) {
	const struct subjects *subjects = &f->site->p->subjects;
	f->family = "n";
	f->count = 0;
	for (uint32_t i = 0; i < subjects->list.count; i++) {
		const struct subject *subject = &subjects->list.at[i];
		if (subject->kind == SUBJECT_MODE)
			continue;
		add(f, subject->name, SEARCH_TITLE);
		open_row(f, FOUND_SUBJECT + subject->kind, subject_folder(subject->kind), subject->slug, subject->name);
		buf_clear(&f->text);
		if (subject->roles.count)
			add_fact(&f->text, 0, subject->roles.at[subject->roles.count - 1].text);
		if (close_row(f, 0) < 0)
			return -1;
	}
	return put_chunk(f);
}

/* ---- the head of the index ---- */

/* Letters with accents, each with what it folds to, for what a reader types. */
static void add_folds(struct buf *out) {
	static const uint32_t ranges[][2] = {{0xC0, 0x24F}, {0x1E00, 0x1EFF}};
	bool any = false;
	buf_text(out, ",\"folds\":\"");
	for (int range = 0; range < 2; range++)
		for (uint32_t code = ranges[range][0]; code <= ranges[range][1]; code++) {
			char folded[4], letter[4];
			int from = utf8_encode(code, letter), to = name_fold(code, folded);
			if (from == to && memcmp(letter, folded, (size_t)to) == 0)
				continue;
			buf_text(out, any ? " " : "");
			buf_add(out, str_of(letter, (size_t)from));
			buf_add(out, str_of(folded, (size_t)to));
			any = true;
		}
	buf_byte(out, '"');
}

static int put_index(struct site *site) {
	struct finding f = {.site = site, .index = search_index_open()};
	struct buf head = {0};
	buf_text(&head, "daybookSearch.open({");
	int result = add_texts(&f);
	if (result == 0)
		result = add_subjects(&f);
	if (result == 0)
		result = search_index_put(f.index, &head, site->sink, site->error);
	buf_format(&head, ",\"chunk\":%d", CHUNK);
	add_folds(&head);
	buf_text(&head, "});\n");
	if (result == 0)
		result = site->sink->put(site->sink, STR("search/index.js"), buf_str(&head), site->error);
	search_index_close(f.index);
	buf_release(&head);
	buf_release(&f.chunk);
	buf_release(&f.text);
	return result;
}

/* ---- the page ---- */

static void add_elsewhere_item(struct site *site, const char *folder, const char *name, const char *text) {
	buf_text(&site->out, "<li><a");
	add_href(site, folder, str_from(name));
	buf_byte(&site->out, '>');
	buf_text(&site->out, site_label(site, text));
	buf_text(&site->out, "</a></li>\n");
}

/* Where else to look: the only way where scripts do not run. */
static void add_elsewhere(struct site *site) {
	add_label(site, "<noscript><p>", LABEL("The search needs JavaScript, which is switched off here. These lists have everything, too."), "</p></noscript>\n");
	add_label(site, "<nav class=\"elsewhere\" aria-labelledby=\"elsewhere\">\n<h2 id=\"elsewhere\" class=\"part\">", LABEL("Or look in the lists"),
		"</h2>\n<ul>\n");
	add_elsewhere_item(site, "people/", "index", LABEL("People"));
	add_elsewhere_item(site, "organisations/", "index", LABEL("Organisations"));
	add_elsewhere_item(site, "places/", "index", LABEL("Places"));
	add_elsewhere_item(site, "topics/", "index", LABEL("Topics"));
	add_elsewhere_item(site, "events/", "index", LABEL("Events by month"));
	add_elsewhere_item(site, "issues/", "index", LABEL("Issues by year"));
	buf_text(&site->out, "</ul>\n</nav>\n");
}

/* What the script says, as attributes of the form. */
static void add_script_words(struct site *site) {
	static const char *const found[] = {LABEL("Essay"), LABEL("Event"), LABEL("Person"), LABEL("Organisation"), LABEL("Place"), LABEL("Topic")};
	for (size_t i = 0; i < sizeof found / sizeof *found; i++)
		add_label(site, i ? "|" : " data-kinds=\"", found[i], "");
	add_label(site, "\" data-none=\"", LABEL("Nothing was found."), "\"");
	add_label(site, " data-one=\"", LABEL("1 found"), "\"");
	add_label(site, " data-many=\"", LABEL("{} found"), "\"");
	add_label(site, " data-more=\"", LABEL("Show more"), "\"");
	add_label(site, " data-common=\"", LABEL("Stands nearly everywhere and was left out: {}"), "\"");
	add_label(site, " data-broken=\"", LABEL("The index could not be loaded."), "\"");
}

static int put_page(struct site *site) {
	struct buf *out = &site->out;
	page_open(site, &(struct page){.folder = "", .name = STR("search"), .title = str_from(site_label(site, LABEL("Search"))),
		.place = PLACE_SEARCH});
	add_label(site, "<header class=\"head\">\n<h1>", LABEL("Search"), "</h1>\n</header>\n<form class=\"search\" role=\"search\" action=\"search.html\" hidden");
	add_script_words(site);
	add_label(site, ">\n<label for=\"q\">", LABEL("Words or the beginnings of words"), "</label>\n<div class=\"asked\">");
	buf_text(out, "<input id=\"q\" name=\"q\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\" aria-describedby=\"covers\">");
	add_label(site, "<button type=\"submit\">", LABEL("Search"), "</button></div>\n");
	add_label(site, "<p id=\"covers\" class=\"none\">", LABEL("Searches titles, names, roles, places, what is said of events, and of essays the headings, "
		"the first words and every word that they use more than once; not every word of the text."), "</p>\n</form>\n");
	buf_text(out, "<p id=\"found\" class=\"part\" role=\"status\" aria-live=\"polite\" hidden></p>\n<ol id=\"results\" class=\"results\"></ol>\n");
	add_elsewhere(site);
	buf_text(out, "<script defer src=\"search.js\"></script>\n<script defer src=\"search/index.js\"></script>\n");
	return page_close(site);
}

int site_search(struct site *site) {
	return put_index(site) < 0 ? -1 : put_page(site);
}
