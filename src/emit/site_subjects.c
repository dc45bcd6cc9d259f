/* People, organisations, places and topics: a page each with all that is said of them, and the lists of them. */
#include "days.h"
#include "page.h"
#include "stamp.h"

#include <stdlib.h>

#define LISTED_MOST 400       /* names on one page of a list */
#define EVIDENCE_MOST 360     /* bytes of a sentence that is shown */
#define SHORT_FROM (60 << 10) /* bytes of a page from which on entries have no sentence */

static const struct {
	const char *one, *many;
} words[] = {{LABEL("Person"), LABEL("People")}, {LABEL("Organisation"), LABEL("Organisations")}, {LABEL("Place"), LABEL("Places")},
	{LABEL("Topic"), LABEL("Topics")}, {LABEL("Way of meeting"), LABEL("Ways of meeting")}};

/* ---- what is said, and where ---- */

/* ` href="../issues/2026-05-03.html#s120-340"`: the entry in its issue. */
static void add_entry_href(struct site *site, const struct published_event *event) {
	struct buf *out = &site->out;
	buf_text(out, " href=\"");
	buf_add(out, site->root);
	buf_text(out, "issues/");
	buf_add(out, site->p->issues.at[event->issue].slug);
	buf_text(out, ".html#");
	prose_id(out, event->event->span);
	buf_byte(out, '"');
}

/* What the bulletin says of it: a person by the words about that person, all else by the beginning of the entry. */
static void add_evidence(struct site *site, const struct published_event *event, struct span span) {
	struct buf *out = &site->out;
	buf_clear(&site->scratch);
	prose_plain(site_prose(site, event->issue), span, EVIDENCE_MOST, &site->scratch);
	buf_text(out, "<p class=\"text\"><q");
	add_lang(site, buf_str(&site->scratch));
	buf_byte(out, '>');
	buf_markup(out, buf_str(&site->scratch));
	buf_text(out, "</q> <a");
	add_entry_href(site, event);
	buf_byte(out, '>');
	buf_markup(out, site->p->issues.at[event->issue].title);
	buf_text(out, "</a></p>");
}

/* ---- events ---- */

/* What of the entry is about the subject, and as what it is there. */
static struct span mention_of(const struct site *site, const struct subject *subject, uint32_t k, const char **part) {
	const struct publication *p = site->p;
	const struct scheduled *event = p->events.at[k].event;
	*part = NULL;
	for (uint32_t i = 0; subject->kind == SUBJECT_PERSON && i < event->people.count; i++) {
		uint32_t who = subject_of_person(p, k, i);
		if (who == NONE || &p->subjects.list.at[who] != subject)
			continue;
		*part = event_part_words(event->people.at[i].part);
		return span_empty(event->people.at[i].span) ? event->span : event->people.at[i].span;
	}
	for (uint32_t i = 0; subject->kind == SUBJECT_ORGANISATION && i < event->sponsors.count; i++) {
		uint32_t who = subject_of_sponsor(p, k, i);
		if (who == NONE || &p->subjects.list.at[who] != subject)
			continue;
		*part = event->sponsors.at[i].co ? LABEL("Co-sponsor") : LABEL("Sponsor");
		break;
	}
	return event->span;
}

static void add_entry(struct site *site, const struct subject *subject, uint32_t k) {
	struct buf *out = &site->out;
	const struct published_event *event = &site->p->events.at[k];
	struct str label, heading = event_heading(event->event, &label);
	const char *part, *state = event_state(event->event);
	struct span span = mention_of(site, subject, k, &part);
	buf_text(out, "<li><h3><a");
	add_href(site, "events/", event->slug);
	add_lang(site, heading);
	buf_byte(out, '>');
	buf_markup(out, heading);
	buf_text(out, "</a></h3><p class=\"facts\">");
	if (state) {
		buf_text(out, "<strong class=\"state\">");
		buf_text(out, site_label(site, state));
		buf_text(out, "</strong> · ");
	}
	if (event->begins == INT64_MIN)
		buf_text(out, site_label(site, LABEL("Date not stated")));
	else
		say_when(site, out, &event->event->when);
	if (part) {
		buf_text(out, " · ");
		buf_text(out, site_label(site, part));
	}
	buf_text(out, "</p>");
	if (out->len < SHORT_FROM)
		add_evidence(site, event, span);
	buf_text(out, "</li>\n");
}

static void open_part(struct site *site, const char *id, const char *name) {
	struct buf *out = &site->out;
	buf_text(out, "<section class=\"listing\" aria-labelledby=\"");
	buf_text(out, id);
	buf_text(out, "\">\n<h2 id=\"");
	buf_text(out, id);
	buf_text(out, "\" class=\"part\">");
	buf_text(out, site_label(site, name));
	buf_text(out, "</h2>\n");
}

/* The events from `first` on, `step` by step, up to `end`. */
static void add_entries(struct site *site, const struct subject *subject, int64_t first, int64_t end, int step, const char *id,
	const char *name) {
	struct buf *out = &site->out;
	if (first == end)
		return;
	open_part(site, id, name);
	buf_text(out, "<ol class=\"printed\">\n");
	for (; first != end && !page_is_full(site); first += step)
		add_entry(site, subject, subject->events.at[first]);
	int64_t left = step > 0 ? end - first : first - end;
	if (left) {
		add_label_count(site, "<li class=\"more\">", left, LABEL("{} more in the calendar"), LABEL("{} more in the calendar"), "</li>\n");
	}
	buf_text(out, "</ol>\n</section>\n");
}

/* The place among its events of the first that is still to come. */
static uint32_t coming_from(const struct site *site, const struct subject *subject) {
	uint32_t dated = subject_dated(site->p, subject), coming = 0;
	int64_t present = days_present(site->days, site->p);
	while (coming < dated && civil_day_number(site->p->events.at[subject->events.at[coming]].event->when.start) < present)
		coming++;
	return coming;
}

static void add_events(struct site *site, const struct subject *subject) {
	uint32_t dated = subject_dated(site->p, subject), coming = coming_from(site, subject);
	add_entries(site, subject, coming, dated, 1, "coming", LABEL("Coming events"));
	add_entries(site, subject, (int64_t)coming - 1, -1, -1, "past", LABEL("Past events"));
	add_entries(site, subject, dated, subject->events.count, 1, "undated", LABEL("Events without a date"));
}

/* ---- roles, essays, people ---- */

static void add_years(struct buf *out, const struct subject_role *role) {
	if (!civil_has_date(role->since))
		return;
	buf_text(out, " <span class=\"count\">");
	buf_number(out, role->since.year);
	if (civil_has_date(role->until) && role->until.year != role->since.year) {
		buf_text(out, "–");
		buf_number(out, role->until.year);
	}
	buf_text(out, "</span>");
}

static void add_roles(struct site *site, const struct subject *subject) {
	struct buf *out = &site->out;
	if (!subject->roles.count)
		return;
	open_part(site, "roles", subject->roles.count == 1 ? LABEL("Role") : LABEL("Roles"));
	buf_text(out, "<ul class=\"roles\">\n");
	for (uint32_t i = subject->roles.count; i-- > 0 && !page_is_full(site);) {
		const struct subject_role *role = &subject->roles.at[i];
		buf_text(out, "<li><a");
		if (role->event != NONE)
			add_entry_href(site, &site->p->events.at[role->event]);
		else
			add_href(site, "essays/", site->p->articles.at[role->article].slug);
		add_lang(site, role->text);
		buf_byte(out, '>');
		buf_markup(out, role->text);
		buf_text(out, "</a>");
		add_years(out, role);
		buf_text(out, "</li>\n");
	}
	buf_text(out, "</ul>\n</section>\n");
}

static void add_essays(struct site *site, const struct subject *subject) {
	struct buf *out = &site->out;
	if (!subject->articles.count)
		return;
	open_part(site, "essays", LABEL("Essays"));
	for (uint32_t i = subject->articles.count; i-- > 0 && !page_is_full(site);)
		add_essay_item(site, &site->p->articles.at[subject->articles.at[i]], 3, 200);
	buf_text(out, "</section>\n");
}

static void add_quotations(struct site *site, const struct subject *subject) {
	struct buf *out = &site->out;
	if (!subject->said.count)
		return;
	open_part(site, "said", LABEL("Quoted"));
	buf_text(out, "<ol class=\"printed\">\n");
	for (uint32_t i = subject->said.count; i-- > 0 && !page_is_full(site);) {
		const struct subject_words *said = &subject->said.at[i];
		const struct record *record = site->p->issues.at[said->issue].record;
		const struct quotation *quotation = &record->quotations.at[said->quotation];
		buf_clear(&site->scratch);
		prose_plain(site_prose(site, said->issue), sentence_around(record, quotation->content), 2 * EVIDENCE_MOST, &site->scratch);
		buf_text(out, "<li><blockquote");
		add_lang(site, buf_str(&site->scratch));
		buf_byte(out, '>');
		buf_markup(out, buf_str(&site->scratch));
		buf_text(out, "</blockquote><p class=\"facts\"><a");
		add_passage_href(site, said->issue, quotation->content);
		buf_byte(out, '>');
		buf_markup(out, site->p->issues.at[said->issue].title);
		buf_text(out, "</a></p></li>\n");
	}
	buf_text(out, "</ol>\n</section>\n");
}

static void add_people(struct site *site, const struct subject *subject) {
	struct buf *out = &site->out;
	if (!subject->people.count)
		return;
	open_part(site, "people", LABEL("People"));
	buf_text(out, "<ul class=\"names\">\n");
	for (uint32_t i = 0; i < subject->people.count && !page_is_full(site); i++) {
		buf_text(out, "<li>");
		add_subject_link(site, subject->people.at[i], site->p->subjects.list.at[subject->people.at[i]].name);
		buf_text(out, "</li>\n");
	}
	buf_text(out, "</ul>\n</section>\n");
}

/* ---- a subject's page ---- */

static void add_follow(struct site *site, const struct subject *subject) {
	struct buf *out = &site->out;
	const char *folder = subject_folder(subject->kind);
	uint32_t dated = subject_dated(site->p, subject);
	if (!dated && !has_feed(subject))
		return;
	buf_text(out, "<p class=\"dateline\">");
	if (dated)
		add_subscription(site, folder, subject->slug);
	if (has_feed(subject)) {
		buf_text(out, dated ? " · <a" : "<a");
		add_file_href(site, folder, subject->slug, ".atom");
		add_label(site, ">", LABEL("Feed (Atom)"), "</a> · <a");
		add_file_href(site, folder, subject->slug, ".rss");
		buf_text(out, ">RSS</a>");
	}
	buf_text(out, "</p>\n");
}

static int put_subject(struct site *site, const struct subject *subject) {
	struct buf *out = &site->out;
	const char *folder = subject_folder(subject->kind);
	struct str calendar = subject_dated(site->p, subject) ?
		arena_format(&site->arena, "%s%.*s.ics", folder, (int)subject->slug.len, subject->slug.at) : STR_NULL;
	page_open(site, &(struct page){.folder = folder, .name = subject->slug, .title = subject_heading(site, subject), .place = PLACE_INDEX,
		.calendar = calendar});
	struct crumb crumbs[] = {{folder, STR("index"), str_from(site_label(site, words[subject->kind].many))}, {folder, subject->slug, subject_heading(site, subject)}};
	add_crumbs(site, crumbs, 2);
	buf_text(out, "<header class=\"head\">\n<p class=\"label\">");
	buf_text(out, site_label(site, words[subject->kind].one));
	buf_text(out, "</p>\n<h1>");
	buf_markup(out, subject_heading(site, subject));
	buf_text(out, "</h1>\n");
	add_follow(site, subject);
	buf_text(out, "</header>\n<div class=\"subject\">\n");
	add_roles(site, subject);
	add_essays(site, subject);
	add_quotations(site, subject);
	add_people(site, subject);
	add_events(site, subject);
	buf_text(out, "</div>\n");
	return page_close(site);
}

/* ---- the lists ---- */

/* People go by their last word, others by their first. */
static struct str sort_key(const struct subject *subject) {
	struct str key = subject->key;
	size_t at = key.len;
	if (subject->kind != SUBJECT_PERSON)
		return key;
	while (at && key.at[at - 1] != ' ')
		at--;
	return str_of(key.at + at, key.len - at);
}

static int compare(struct str a, struct str b) {
	int order = memcmp(a.at, b.at, a.len < b.len ? a.len : b.len);
	return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int by_name(const void *a, const void *b, void *publication) {
	const struct publication *p = publication;
	const struct subject *x = &p->subjects.list.at[*(const uint32_t *)a], *y = &p->subjects.list.at[*(const uint32_t *)b];
	int order = compare(sort_key(x), sort_key(y));
	return order ? order : compare(x->key, y->key);
}

static void add_kinds(struct site *site, uint8_t open) {
	struct buf *out = &site->out;
	add_label(site, "<nav class=\"years\" aria-label=\"", LABEL("Index"), "\">\n<ul>\n");
	for (uint8_t kind = 0; kind < SUBJECT_KINDS; kind++) {
		buf_text(out, "<li><a");
		add_href(site, subject_folder(kind), STR("index"));
		buf_text(out, kind == open ? " aria-current=\"true\">" : ">");
		buf_text(out, site_label(site, words[kind].many));
		buf_text(out, "</a></li>\n");
	}
	buf_text(out, "</ul>\n</nav>\n");
}

static struct str list_name(struct site *site, uint32_t page) {
	return page ? arena_format(&site->arena, "index-%u", page + 1) : STR("index");
}

/* "Abe – Brandt", each to the page of the list that begins and ends with them. */
static void add_list_pages(struct site *site, uint8_t kind, const uint32_t *which, uint32_t count, uint32_t open) {
	struct buf *out = &site->out;
	if (count <= LISTED_MOST)
		return;
	add_label(site, "<nav class=\"months\" aria-label=\"", LABEL("Pages of the list"), "\">\n<ul>\n");
	for (uint32_t first = 0; first < count; first += LISTED_MOST) {
		uint32_t last = first + LISTED_MOST < count ? first + LISTED_MOST - 1 : count - 1;
		buf_text(out, "<li><a");
		add_href(site, subject_folder(kind), list_name(site, first / LISTED_MOST));
		buf_text(out, first == open ? " aria-current=\"page\">" : ">");
		buf_markup(out, site->p->subjects.list.at[which[first]].name);
		buf_text(out, " – ");
		buf_markup(out, site->p->subjects.list.at[which[last]].name);
		buf_text(out, "</a></li>\n");
	}
	buf_text(out, "</ul>\n</nav>\n");
}

static int put_list(struct site *site, uint8_t kind, const uint32_t *which, uint32_t count, uint32_t first) {
	struct buf *out = &site->out;
	struct str name = str_from(site_label(site, words[kind].many));
	page_open(site, &(struct page){.folder = subject_folder(kind), .name = list_name(site, first / LISTED_MOST), .title = name,
		.place = PLACE_INDEX});
	buf_text(out, "<header class=\"head\">\n<h1>");
	buf_add(out, name);
	buf_text(out, "</h1>\n</header>\n");
	add_kinds(site, kind);
	add_list_pages(site, kind, which, count, first);
	buf_text(out, count ? "<ul class=\"names\">\n" : "");
	if (!count)
		add_label(site, "<p class=\"none\">", LABEL("None is named yet."), "</p>\n");
	for (uint32_t i = first; i < count && i < first + LISTED_MOST; i++) {
		const struct subject *subject = &site->p->subjects.list.at[which[i]];
		buf_text(out, "<li>");
		add_subject_link(site, which[i], subject_heading(site, subject));
		buf_text(out, " <span class=\"count\">");
		buf_number(out, subject->events.count + subject->articles.count);
		buf_text(out, "</span></li>\n");
	}
	buf_text(out, count ? "</ul>\n" : "");
	return page_close(site);
}

static int put_lists(struct site *site, uint8_t kind, uint32_t *which) {
	const struct subjects *subjects = &site->p->subjects;
	uint32_t count = 0, first = 0;
	for (uint32_t i = 0; i < subjects->list.count; i++)
		if (subjects->list.at[i].kind == kind)
			which[count++] = i;
	if (count)
		qsort_r(which, count, sizeof *which, by_name, (void *)(uintptr_t)site->p);
	do {
		if (put_list(site, kind, which, count, first) < 0)
			return -1;
		first += LISTED_MOST;
	} while (first < count);
	return 0;
}

/* Its page depends on the present day, too: on how many of its events are past. */
static bool subject_stands(struct site *site, uint32_t index) {
	const struct subject *subject = &site->p->subjects.list.at[index];
	uint64_t stamp = site->p->stamps.all ? site->p->stamps.subjects[index] : 0;
	return page_stands(site, subject_folder(subject->kind), subject->slug, stamp_add(stamp, coming_from(site, subject)));
}

int site_subjects(struct site *site) {
	const struct subjects *subjects = &site->p->subjects;
	uint32_t *which = memory_get((subjects->list.count + 1) * sizeof *which);
	int result = 0;
	for (uint32_t i = site_part(site, site->part, subjects->list.count); i < site_part(site, site->part + 1, subjects->list.count) && result == 0; i++)
		if (!subject_stands(site, i))
			result = put_subject(site, &subjects->list.at[i]);
	for (uint8_t kind = 0; kind < SUBJECT_KINDS && result == 0 && !site->part; kind++)
		result = put_lists(site, kind, which);
	free(which);
	return result;
}
