#include "publication.h"

#include "../base/hash.h"
#include "slug.h"
#include "when.h"

#include <stdlib.h>

/* ---- issues ---- */

static int compare_str(struct str a, struct str b) {
	int order = memcmp(a.at ? a.at : "", b.at ? b.at : "", a.len < b.len ? a.len : b.len);
	return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* Newest first, those without a date last; then by name, so that the order of the arguments does not matter. */
static int newest_first(const void *a, const void *b) {
	const struct record *x = *(const struct record *const *)a, *y = *(const struct record *const *)b;
	int order = civil_compare(y->issue.date, x->issue.date);
	return order ? order : compare_str(x->source->name, y->source->name);
}

int64_t publication_issued(const struct publication *p, const struct record *record) {
	if (!civil_has_date(record->issue.date))
		return 0;
	struct civil day = civil_date(record->issue.date);
	return p->home ? zone_moment(p->zones, p->home, day) : civil_seconds(day);
}

struct str publication_host(const struct publication *p) {
	struct str url = p->house->url, email = p->house->email;
	size_t scheme = url.at ? str_find(url, STR("://"), 0) : SIZE_MAX, at = email.at ? str_find(email, STR("@"), 0) : SIZE_MAX;
	if (scheme != SIZE_MAX) {
		size_t begin = scheme + 3, end = begin;
		while (end < url.len && url.at[end] != '/' && url.at[end] != ':')
			end++;
		return str_of(url.at + begin, end - begin);
	}
	return at == SIZE_MAX ? STR("localhost") : str_of(email.at + at + 1, email.len - at - 1);
}

static void add_date(struct buf *out, struct civil date) {
	char text[CIVIL_TEXT];
	date.hour = -1;
	buf_add(out, str_of(text, (size_t)civil_format(date, text)));
}

static struct str issue_title(struct publication *p, const struct record *record, struct buf *scratch) {
	buf_clear(scratch);
	buf_add(scratch, record->issue.title.at ? record->issue.title : p->name);
	if (civil_has_date(record->issue.date)) {
		buf_text(scratch, ", ");
		when_day(scratch, record->issue.date);
	} else if (record->issue.number.at) {
		buf_text(scratch, ", No. ");
		buf_add(scratch, record->issue.number);
	}
	return arena_copy(&p->arena, buf_str(scratch));
}

static void add_issues(struct publication *p, const struct record *const *records, uint32_t count, struct buf *scratch) {
	const struct record **sorted = arena_alloc(&p->arena, (count + 1) * sizeof *sorted);
	if (count)
		memcpy(sorted, records, count * sizeof *sorted);
	qsort(sorted, count, sizeof *sorted, newest_first);
	for (uint32_t i = 0; i < count && !p->name.at; i++)
		p->name = sorted[i]->issue.title;
	if (!p->name.at)
		p->name = STR("Bulletin");
	for (uint32_t i = 0; i < count; i++)
		*array_push(&p->arena, &p->issues) = (struct published_issue){
			.record = sorted[i], .title = issue_title(p, sorted[i], scratch)};
}

/* ---- articles and events ---- */

static void add_articles(struct publication *p, uint32_t issue) {
	struct published_issue *at = &p->issues.at[issue];
	at->article = p->articles.count;
	at->articles = at->record->articles.count;
	for (uint32_t i = 0; i < at->articles; i++)
		*array_push(&p->arena, &p->articles) = (struct published_article){
			.article = &at->record->articles.at[i], .issue = issue};
}

/* The events taken so far, by title and day: where each is in the publication. */
struct known_events {
	uint32_t *rows; /* index of an event and 1; 0 is empty */
	uint64_t *keys; /* of each event in the publication */
	uint32_t mask;
};

/* What makes two listings one event: the letters of the title, without case, spacing and punctuation, and the day. */
static uint64_t event_key(const struct scheduled *event, struct buf *scratch) {
	buf_clear(scratch);
	for (size_t i = 0; i < event->title.len; i++) {
		unsigned char c = (unsigned char)event->title.at[i];
		if (c == 0xE2 && i + 2 < event->title.len && (unsigned char)event->title.at[i + 1] == 0x80)
			i += 2; /* U+2000 to U+203F: spaces, dashes, quotation marks */
		else if (c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))
			buf_byte(scratch, (char)c);
		else if (c >= 'A' && c <= 'Z')
			buf_byte(scratch, (char)(c + 32));
	}
	buf_byte(scratch, '\n');
	if (civil_has_date(event->when.start))
		add_date(scratch, event->when.start);
	return hash_bytes(buf_str(scratch));
}

static bool same_start(const struct occasion *a, const struct occasion *b) {
	return civil_compare(a->start, b->start) == 0 &&
		(a->zone == b->zone || (a->zone && b->zone && strcmp(a->zone, b->zone) == 0));
}

/* Whether the event stands already: as a newer issue has it, or twice in this one at the same hour. */
static bool is_known(const struct publication *p, const struct known_events *known, uint64_t key, uint32_t issue,
	const struct scheduled *event, uint32_t *row) {
	for (*row = (uint32_t)key & known->mask; known->rows[*row]; *row = (*row + 1) & known->mask) {
		uint32_t index = known->rows[*row] - 1;
		if (known->keys[index] == key &&
			(p->events.at[index].issue != issue || same_start(&p->events.at[index].event->when, &event->when)))
			return true;
	}
	return false;
}

static void add_events(struct publication *p, struct known_events *known, uint32_t issue, struct buf *scratch) {
	const struct record *record = p->issues.at[issue].record;
	p->issues.at[issue].event = p->events.count;
	for (uint32_t i = 0; i < record->scheduled.count; i++) {
		const struct scheduled *event = &record->scheduled.at[i];
		uint64_t key = event_key(event, scratch);
		uint32_t row;
		if (is_known(p, known, key, issue, event, &row))
			continue;
		known->keys[p->events.count] = key;
		known->rows[row] = p->events.count + 1;
		*array_push(&p->arena, &p->events) = (struct published_event){.event = event, .record = record, .issue = issue,
			.modified = publication_issued(p, record), .begins = when_begins(p->zones, &event->when)};
	}
	p->issues.at[issue].events = p->events.count - p->issues.at[issue].event;
}

static void add_contents(struct publication *p, struct buf *scratch) {
	uint32_t total = 0, room = 64;
	for (uint32_t i = 0; i < p->issues.count; i++)
		total += p->issues.at[i].record->scheduled.count;
	while (room < total * 2)
		room *= 2;
	struct known_events known = {.rows = memory_get(room * sizeof(uint32_t)), .mask = room - 1,
		.keys = memory_get((total + 1) * sizeof(uint64_t))};
	memset(known.rows, 0, room * sizeof(uint32_t));
	for (uint32_t i = 0; i < p->issues.count; i++) {
		add_articles(p, i);
		add_events(p, &known, i, scratch);
	}
	free(known.rows);
	free(known.keys);
}

/* ---- names ---- */

static struct str take_slug(struct publication *p, struct slugs *slugs, struct buf *scratch, struct civil date, struct str title,
	const char *otherwise) {
	buf_clear(scratch);
	if (civil_has_date(date)) {
		add_date(scratch, date);
		buf_byte(scratch, '-');
	}
	size_t before = scratch->len;
	slug_add(scratch, title);
	if (scratch->len == before)
		buf_text(scratch, otherwise);
	return slug_take(slugs, &p->arena, buf_str(scratch));
}

static struct str event_uid(struct publication *p, const struct published_event *event, struct buf *scratch) {
	if (event->event->uid.at)
		return event->event->uid;
	char uid[37];
	buf_clear(scratch);
	buf_add(scratch, p->house->id.at ? p->house->id : p->name);
	buf_byte(scratch, '\n');
	buf_add(scratch, event->slug);
	hash_uuid5(buf_str(scratch), uid);
	return arena_copy(&p->arena, str_from(uid));
}

static void name_events(struct publication *p, const struct published_issue *issue, struct slugs *slugs, struct buf *scratch) {
	for (uint32_t k = issue->event; k < issue->event + issue->events; k++) {
		struct published_event *event = &p->events.at[k];
		struct str title = event->event->display.at ? event->event->display : event->event->title;
		event->slug = take_slug(p, slugs, scratch, event->event->when.start, title, "event");
		event->uid = event_uid(p, event, scratch);
	}
}

/* "2025-08-03"; an issue without a date: "issue-the-title", which no list of a year is called. */
static struct str issue_slug(struct publication *p, const struct record *record, struct slugs *slugs, struct buf *scratch) {
	buf_clear(scratch);
	if (civil_has_date(record->issue.date)) {
		add_date(scratch, record->issue.date);
	} else {
		buf_text(scratch, "issue-");
		slug_add(scratch, record->issue.title.at ? record->issue.title : record->source->name);
	}
	return slug_take(slugs, &p->arena, buf_str(scratch));
}

/* From the oldest on, so that a page keeps its name when a newer issue uses the same words. */
static void name_all(struct publication *p, struct buf *scratch) {
	struct slugs issues = {0}, articles = {0}, events = {0};
	slug_take(&events, &p->arena, STR("index")); /* pages of the site's own */
	slug_take(&events, &p->arena, STR("undated"));
	for (uint32_t i = p->issues.count; i-- > 0;) {
		struct published_issue *issue = &p->issues.at[i];
		struct civil date = issue->record->issue.date;
		issue->slug = issue_slug(p, issue->record, &issues, scratch);
		for (uint32_t k = issue->article; k < issue->article + issue->articles; k++)
			p->articles.at[k].slug = take_slug(p, &articles, scratch, date, p->articles.at[k].article->title, "essay");
		name_events(p, issue, &events, scratch);
	}
}

static int by_begin(const void *a, const void *b, void *publication) {
	const struct publication *p = publication;
	const struct published_event *x = &p->events.at[*(const uint32_t *)a], *y = &p->events.at[*(const uint32_t *)b];
	if (x->begins != y->begins)
		return x->begins < y->begins ? -1 : 1;
	return compare_str(x->uid, y->uid);
}

void publication_sort(const struct publication *p, uint32_t *which, uint32_t count) {
	if (count)
		qsort_r(which, count, sizeof *which, by_begin, (void *)(uintptr_t)p);
}

void publication_order(struct publication *p) {
	publication_sort(p, p->calendar.at, p->calendar.count);
}

static void order_calendar(struct publication *p) {
	for (uint32_t i = 0; i < p->events.count; i++)
		if (p->events.at[i].begins != INT64_MIN)
			*array_push(&p->arena, &p->calendar) = i;
	publication_order(p);
}

void publication_init(struct publication *p, const struct record *const *records, uint32_t count, const struct house *house,
	struct zones *zones) {
	struct buf scratch = {0};
	*p = (struct publication){.house = house, .zones = zones, .name = house->name};
	arena_init(&p->arena);
	p->home = house->zone.at ? zone_known(zones, house->zone) : NULL;
	p->language = house->language.at ? house->language : STR("en");
	add_issues(p, records, count, &scratch);
	add_contents(p, &scratch);
	name_all(p, &scratch);
	order_calendar(p);
	subjects_init(p);
	buf_release(&scratch);
}

void publication_release(struct publication *p) {
	arena_release(&p->arena);
}
