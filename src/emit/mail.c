/* The mail edition: a message for each issue, ready for whoever sends it. Its bytes depend on the records
 * alone: boundaries and the Message-ID are made from the issue's name, the date is the issue's. */
#include "mail.h"

#include "../base/hash.h"
#include "message.h"
#include "stamp.h"
#include "page.h"
#include "slug.h"
#include "when.h"

/* All mails of one build. */
struct mailing {
	const struct publication *p;
	struct sink *sink;
	struct error *error;
	struct message_writer *writer;
	struct edition edition;
	struct buf text, html, calendar, bytes, field; /* reused */
	struct arena arena;
};

/* ---- what both forms ask ---- */

struct str edition_url(struct edition *e, const char *folder, struct str slug, const char *ending) {
	buf_clear(&e->url);
	if (!add_base(&e->url, e->p))
		return STR_NULL;
	buf_text(&e->url, folder);
	buf_add(&e->url, slug);
	buf_text(&e->url, ending);
	return buf_str(&e->url);
}

struct str edition_event_url(struct edition *e, const struct published_event *published) {
	const struct scheduled *event = published->event;
	struct str url = edition_url(e, "events/", published->slug, ".html");
	for (uint32_t i = 0; i < event->links.count && !url.at; i++)
		if (is_safe_link(event->links.at[i].href))
			url = event->links.at[i].href;
	return url;
}

static void add_hours(struct edition *e, const struct occasion *when, struct civil day, struct buf *out) {
	when_clock(out, when->start, when->end);
	if (when->zone)
		buf_format(out, " %s", zone_abbreviation(e->p->zones, when->zone, when->start));
	if (civil_has_date(when->start) && civil_day_number(when->start) != civil_day_number(day))
		buf_format(out, " on %s", when_weekday(civil_weekday(when->start)));
}

/* Whether a zone has another clock than the event's, and than the others that the text states. */
static bool shows_other_clock(struct edition *e, const struct scheduled *event, const char *zone) {
	struct civil start = event->when.start;
	int32_t offset = zone_offset(e->p->zones, zone, when_in_zone(e->p->zones, &event->when, zone).start, NULL);
	if (zone_offset(e->p->zones, event->when.zone, start, NULL) == offset)
		return false;
	for (uint32_t i = 0; i < event->also.count; i++) {
		const struct occasion *also = &event->also.at[i];
		if (also->zone && civil_has_date(also->start) && zone_offset(e->p->zones, also->zone, also->start, NULL) == offset)
			return false;
	}
	return true;
}

void edition_hours(struct edition *e, const struct scheduled *event, struct buf *out) {
	const struct occasion *when = &event->when;
	if (!civil_has_time(when->start)) {
		if (civil_has_date(when->end) && civil_compare(when->end, when->start) > 0)
			when_words(out, e->p->zones, when);
		else
			buf_text(out, event_hour_words(event));
		return;
	}
	add_hours(e, when, when->start, out);
	if (!when->zone)
		buf_text(out, ", time zone not stated");
	for (uint32_t i = 0; i < event->also.count; i++) {
		if (!civil_has_time(event->also.at[i].start))
			continue;
		buf_text(out, "; ");
		add_hours(e, &event->also.at[i], when->start, out);
	}
	if (when_is_timed(when) && e->p->home && shows_other_clock(e, event, e->p->home)) {
		struct occasion home = when_in_zone(e->p->zones, when, e->p->home);
		buf_text(out, "; ");
		add_hours(e, &home, when->start, out);
	}
}

bool edition_new_day(const struct edition *e, uint32_t i, struct civil *day) {
	*day = civil_date(e->p->events.at[e->events[i]].event->when.start);
	if (i == 0)
		return true;
	struct civil before = e->p->events.at[e->events[i - 1]].event->when.start;
	if (!civil_has_date(before) || !civil_has_date(*day))
		return civil_has_date(before) != civil_has_date(*day);
	return civil_day_number(before) != civil_day_number(*day);
}

static void add_fact(struct buf *out, size_t begin, const char *between, struct str fact) {
	if (!fact.at || !fact.len)
		return;
	if (out->len > begin)
		buf_text(out, between);
	buf_add(out, fact);
}

void edition_facts(const struct scheduled *event, struct str label, struct buf *out) {
	size_t begin = out->len;
	add_fact(out, begin, " · ", label);
	add_fact(out, begin, " · ", str_from(event_mode_words(event->mode)));
	add_fact(out, begin, " · ", event->location.at ? event->location : event->venue);
	for (uint32_t i = 0; i < event->sponsors.count; i++)
		add_fact(out, begin, i ? ", " : " · ", event->sponsors.at[i].name);
	if (event->fee == 1)
		add_fact(out, begin, " · ", event->price.at ? event->price : STR("There is a fee"));
}

/* ---- the message ---- */

/* Takes what is in m->field. */
static struct str take_field(struct mailing *m) {
	struct str value = arena_copy(&m->arena, buf_str(&m->field));
	buf_clear(&m->field);
	return value;
}

static void add_header(struct mailing *m, struct message *message, struct str name) {
	*array_push(&m->arena, &message->fields) = (struct message_field){name, take_field(m)};
}

/* RFC 5322 §3.3: the issue's day begins in the house's zone, else in UTC. */
static void add_date(struct mailing *m, struct message *message) {
	struct civil day = civil_date(m->edition.issue->record->issue.date);
	int minutes = m->p->home ? zone_offset(m->p->zones, m->p->home, day, NULL) / 60 : 0, east = minutes < 0 ? -minutes : minutes;
	buf_format(&m->field, "%.3s, %02d %.3s %04d 00:00:00 %c%02d%02d", civil_weekday_name(civil_weekday(day)), day.day,
		civil_month_name(day.month), day.year, minutes < 0 ? '-' : '+', east / 60, east % 60);
	add_header(m, message, STR("Date"));
}

/* The name of the publication in letters for addresses. */
static void add_local_name(struct mailing *m) {
	size_t before = m->field.len;
	slug_add(&m->field, m->p->name);
	if (m->field.len == before)
		buf_text(&m->field, "bulletin");
}

/* RFC 2919 §2: a phrase and a name under a host. */
static void add_list_id(struct mailing *m, struct message *message) {
	buf_byte(&m->field, '"');
	for (size_t i = 0; i < m->p->name.len; i++)
		if ((unsigned char)m->p->name.at[i] >= 0x20 && m->p->name.at[i] != '"' && m->p->name.at[i] != '\\')
			buf_byte(&m->field, m->p->name.at[i]);
	buf_text(&m->field, "\" <");
	add_local_name(m);
	buf_byte(&m->field, '.');
	buf_add(&m->field, publication_host(m->p));
	buf_byte(&m->field, '>');
	add_header(m, message, STR("List-Id"));
}

/* RFC 2369: what else lets a reader leave the list is the sender's to add. */
static void add_list(struct mailing *m, struct message *message) {
	const struct house *house = m->p->house;
	add_list_id(m, message);
	buf_text(&m->field, "NO");
	add_header(m, message, STR("List-Post"));
	if (house->url.at) {
		buf_format(&m->field, "<%.*s/issues/index.html>", (int)house->url.len, house->url.at);
		add_header(m, message, STR("List-Archive"));
		buf_format(&m->field, "<%.*s/subscribe.html>", (int)house->url.len, house->url.at);
		add_header(m, message, STR("List-Help"));
	}
	if (house->email.at) {
		buf_format(&m->field, "<mailto:%.*s?subject=unsubscribe>", (int)house->email.len, house->email.at);
		add_header(m, message, STR("List-Unsubscribe"));
	}
	buf_add(&m->field, m->p->language);
	add_header(m, message, STR("Content-Language"));
	buf_text(&m->field, "bulk");
	add_header(m, message, STR("Precedence"));
}

/* A name of the message and `what` in it, always the same; m->field has it. */
static void mint(struct mailing *m, const char *what) {
	char uuid[37];
	buf_add(&m->field, m->p->house->id.at ? m->p->house->id : m->p->name);
	buf_byte(&m->field, '\n');
	buf_add(&m->field, m->edition.issue->slug);
	buf_byte(&m->field, '\n');
	buf_text(&m->field, what);
	hash_uuid5(buf_str(&m->field), uuid);
	buf_clear(&m->field);
	buf_text(&m->field, uuid);
}

static struct str ended(struct buf *text) {
	buf_byte(text, '\0');
	return str_of(text->at, --text->len);
}

/* The issue's calendar is linked where the site has an address, else it comes with the message. */
static void attach_calendar(struct mailing *m, struct message *message, uint32_t dated) {
	if (!dated || m->p->house->url.at)
		return;
	buf_clear(&m->calendar);
	emit_ics(m->p, m->edition.issue->title, m->edition.events, dated, &m->calendar);
	message->calendar = ended(&m->calendar);
	message->calendar_method = m->p->house->email.at;
}

/* The house's address; without one a place for the sender's own under a name that reaches nobody (RFC 2606 §2). */
static struct str address(struct mailing *m) {
	if (m->p->house->email.at)
		return arena_copy(&m->arena, m->p->house->email);
	add_local_name(m);
	buf_text(&m->field, "@sender.invalid");
	return take_field(m);
}

static int put_message(struct mailing *m, uint32_t dated) {
	struct message message = {.from = arena_copy(&m->arena, m->p->name), .email = address(m),
		.subject = m->edition.issue->title, .text = ended(&m->text), .html = ended(&m->html)};
	add_date(m, &message);
	add_list(m, &message);
	mint(m, "alternative");
	message.boundaries[0] = take_field(m);
	mint(m, "mixed");
	message.boundaries[1] = take_field(m);
	mint(m, "message");
	buf_byte(&m->field, '@');
	buf_add(&m->field, publication_host(m->p));
	message.id = take_field(m);
	attach_calendar(m, &message, dated);
	buf_clear(&m->bytes);
	message_write(m->writer, &message, &m->bytes);
	struct str path = arena_format(&m->arena, "mail/%.*s.eml", (int)m->edition.issue->slug.len, m->edition.issue->slug.at);
	return m->sink->put(m->sink, path, buf_str(&m->bytes), m->error);
}

/* The issue's events as the mail lists them, those without a date last; how many have one. */
static uint32_t order_events(struct mailing *m, const struct published_issue *issue) {
	uint32_t *which = arena_alloc(&m->arena, (issue->events + 1) * sizeof *which), dated = 0, undated = 0;
	for (uint32_t k = issue->event; k < issue->event + issue->events; k++)
		if (m->p->events.at[k].begins != INT64_MIN)
			which[dated++] = k;
	publication_sort(m->p, which, dated);
	for (uint32_t k = issue->event; k < issue->event + issue->events; k++)
		if (m->p->events.at[k].begins == INT64_MIN)
			which[dated + undated++] = k;
	m->edition.events = which;
	m->edition.event_count = dated + undated;
	return dated;
}

/* Whether the issue's mail stands as it is (stamp.h): nothing but the issue is in it. */
static bool issue_stands(struct mailing *m, uint32_t index) {
	const struct publication *p = m->p;
	struct str path = arena_format(&m->arena, "mail/%.*s.eml", (int)p->issues.at[index].slug.len, p->issues.at[index].slug.at);
	return p->stamps.all && stamp_stands(p, m->sink, path, p->stamps.issues[index]);
}

static int put_issue(struct mailing *m, const struct published_issue *issue) {
	struct edition *e = &m->edition;
	if (!m->writer)
		m->writer = message_writer_open(m->error);
	if (!m->writer)
		return -1;
	e->issue = issue;
	e->p = m->p;
	e->arena = &m->arena;
	uint32_t dated = order_events(m, issue);
	prose_init(&e->prose, issue->record);
	buf_clear(&m->text);
	buf_clear(&m->html);
	mail_text(e, &m->text);
	mail_html(e, &m->html);
	int result = put_message(m, dated);
	prose_release(&e->prose);
	arena_reset(&m->arena);
	return result;
}

#define MAILS_MOST 52 /* an issue of long ago is not sent again, and an archive has hundreds */

int emit_mail(const struct publication *p, struct sink *sink, struct error *error) {
	struct mailing m = {.p = p, .sink = sink, .error = error};
	int result = 0;
	arena_init(&m.arena);
	for (uint32_t i = 0; i < p->issues.count && i < MAILS_MOST && result == 0; i++)
		if (civil_has_date(p->issues.at[i].record->issue.date) && !issue_stands(&m, i)) /* no date of sending is made up */
			result = put_issue(&m, &p->issues.at[i]);
	if (m.writer)
		message_writer_close(m.writer);
	buf_release(&m.text);
	buf_release(&m.html);
	buf_release(&m.calendar);
	buf_release(&m.bytes);
	buf_release(&m.field);
	buf_release(&m.edition.scratch);
	buf_release(&m.edition.url);
	arena_release(&m.arena);
	return result;
}
