/* Calendars (RFC 5545, 7986). The bytes depend on the records alone: no clock is read. */
#include "ics_text.h"
#include "ics_zone.h"
#include "../base/hash.h"
#include "calendars.h"
#include "days.h"
#include "stamp.h"
#include "when.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- one event ---- */

static bool has_iana_zone(const struct occasion *when) {
	return when->zone && when->zone[0] != '+' && when->zone[0] != '-' && strcmp(when->zone, "UTC") != 0;
}

static void add_utc(struct ics_line *line, int64_t moment) {
	struct civil c = civil_from_seconds(moment);
	char text[32];
	int n = snprintf(text, sizeof text, "%04d%02d%02dT%02d%02d%02dZ", c.year, c.month, c.day, c.hour, c.minute, c.second);
	ics_raw(line, str_of(text, (size_t)n));
}

static void add_date(struct ics_line *line, struct civil c) {
	char text[16];
	int n = snprintf(text, sizeof text, "%04d%02d%02d", c.year, c.month, c.day);
	ics_raw(line, str_of(text, (size_t)n));
}

/* A clock time in the event's own zone, or in UTC where the text gives a bare offset. */
static void put_moment(struct buf *out, struct ics_line *line, const struct publication *p, const char *name,
	const struct occasion *when, struct civil at) {
	ics_begin(line, name);
	if (!has_iana_zone(when)) {
		ics_raw(line, STR(":"));
		add_utc(line, zone_moment(p->zones, when->zone, at));
	} else {
		char text[24];
		at = civil_from_seconds(civil_seconds(at)); /* 24:00 becomes 00:00 of the next day */
		int n = snprintf(text, sizeof text, "%04d%02d%02dT%02d%02d%02d", at.year, at.month, at.day, at.hour, at.minute, at.second);
		ics_raw(line, STR(";TZID="));
		ics_raw(line, str_from(when->zone));
		ics_raw(line, STR(":"));
		ics_raw(line, str_of(text, (size_t)n));
	}
	ics_end(line, out);
}

static void put_day(struct buf *out, struct ics_line *line, const char *name, struct civil day) {
	ics_begin(line, name);
	ics_raw(line, STR(";VALUE=DATE:"));
	add_date(line, day);
	ics_end(line, out);
}

/* Where the hour or its zone is not known the event stands as a day: no hour is invented, and floating
 * times are read as UTC by some. */
static void put_when(struct buf *out, struct ics_line *line, const struct publication *p, const struct scheduled *e) {
	const struct occasion *when = &e->when;
	if (when_is_timed(when)) {
		put_moment(out, line, p, "DTSTART", when, when->start);
		if (when_ends_after_start(p->zones, when))
			put_moment(out, line, p, "DTEND", when, when->end);
		return;
	}
	put_day(out, line, "DTSTART", when->start);
	if (civil_has_date(when->end) && civil_days(when->end.year, when->end.month, when->end.day) >
			civil_days(when->start.year, when->start.month, when->start.day))
		put_day(out, line, "DTEND", civil_add_days(when->end, 1)); /* §3.6.1: the day after the last */
}

static void add_line(struct ics_line *line, struct str label, struct str text) {
	if (!text.at || text.len == 0)
		return;
	ics_escape(line, label);
	ics_escape(line, text);
	ics_raw(line, STR("\\n"));
}

static void add_person(struct ics_line *line, const struct person *person) {
	static const char *const labels[] = {"Speaker: ", "Moderator: ", "Host: ", "Discussant: ", "Author: ", "Organizer: "};
	ics_escape(line, str_from(labels[person->part]));
	if (person->honorific.at) {
		ics_escape(line, person->honorific);
		ics_raw(line, STR(" "));
	}
	ics_escape(line, person->name);
	for (uint32_t i = 0; i < person->roles.count; i++) {
		ics_escape(line, i ? STR("; ") : STR(", "));
		ics_escape(line, person->roles.at[i].text);
	}
	ics_raw(line, STR("\\n"));
}

/* The listing as printed, its line ends as spaces: the sentence that the event is read from. */
static void add_source(struct ics_line *line, const struct record *record, struct span span) {
	struct str text = str_trim(str_at(record->source->text, span));
	ics_raw(line, STR("\\n"));
	for (size_t i = 0, from = 0; i <= text.len; i++) {
		if (i < text.len && text.at[i] != '\n' && text.at[i] != '\r')
			continue;
		struct str part = str_trim(str_of(text.at + from, i - from));
		ics_escape(line, part);
		if (part.len && i < text.len)
			ics_raw(line, STR(" "));
		from = i + 1;
	}
}

static void put_description(struct buf *out, struct ics_line *line, const struct publication *p, const struct published_event *pe) {
	const struct scheduled *e = pe->event;
	struct buf also = {0};
	ics_begin(line, "DESCRIPTION:");
	if (when_has_clock_only(&e->when)) {
		when_words(&also, p->zones, &e->when);
		add_line(line, STR("Time as printed, zone not stated: "), buf_str(&also));
	}
	for (uint32_t i = 0; i < e->also.count; i++) {
		buf_clear(&also);
		when_words(&also, p->zones, &e->also.at[i]);
		add_line(line, STR("Also "), buf_str(&also));
	}
	for (uint32_t i = 0; i < e->sponsors.count; i++)
		add_line(line, e->sponsors.at[i].co ? STR("Co-sponsor: ") : STR("Sponsor: "), e->sponsors.at[i].name);
	for (uint32_t i = 0; i < e->people.count; i++)
		add_person(line, &e->people.at[i]);
	if (e->fee == 1)
		add_line(line, STR("Fee: "), e->price.at ? e->price : STR("yes"));
	for (uint32_t i = 0; i < e->links.count; i++) {
		struct str label = e->links.at[i].label;
		if (label.at && label.len) {
			ics_escape(line, label);
			ics_raw(line, STR(": "));
		}
		add_line(line, STR(""), e->links.at[i].href);
	}
	add_source(line, pe->record, e->span);
	ics_end(line, out);
	buf_release(&also);
}

static void put_summary(struct buf *out, struct ics_line *line, const struct scheduled *e) {
	ics_begin(line, "SUMMARY:");
	if (e->status == STATUS_CANCELLED)
		ics_raw(line, STR("Cancelled: "));
	if (e->status == STATUS_POSTPONED)
		ics_raw(line, STR("Postponed: "));
	struct str title = e->display.at ? e->display : e->title;
	ics_escape(line, title.at ? title : STR("Untitled event"));
	ics_end(line, out);
}

static void put_categories(struct buf *out, struct ics_line *line, const struct scheduled *e) {
	struct str parts[3] = {e->series, e->kind, str_from(mode_name(e->mode))};
	const char *before = "CATEGORIES:";
	ics_begin(line, "");
	for (int i = 0; i < 3; i++) {
		if (!parts[i].at || parts[i].len == 0)
			continue;
		ics_raw(line, str_from(before));
		ics_escape(line, parts[i]);
		before = ",";
	}
	if (line->text.len)
		ics_end(line, out);
}

static void put_stamp(struct buf *out, struct ics_line *line, const char *head, int64_t moment) {
	ics_begin(line, head);
	add_utc(line, moment);
	ics_end(line, out);
}

static void put_organizer(struct buf *out, struct ics_line *line, const struct publication *p) {
	if (!p->house->email.at)
		return;
	ics_begin(line, "ORGANIZER;CN=\"");
	for (size_t i = 0; i < p->name.len; i++) /* §3.2: a quoted parameter holds no quotation mark or control */
		if (p->name.at[i] != '"' && (unsigned char)p->name.at[i] >= 0x20)
			ics_raw(line, str_of(p->name.at + i, 1));
	ics_raw(line, STR("\":mailto:"));
	ics_raw(line, p->house->email);
	ics_end(line, out);
}

static void put_url(struct buf *out, struct ics_line *line, const struct publication *p, const struct published_event *pe) {
	if (!p->house->url.at)
		return;
	ics_begin(line, "URL:");
	ics_raw(line, p->house->url);
	ics_raw(line, STR("/events/"));
	ics_raw(line, pe->slug);
	ics_raw(line, STR(".html"));
	ics_end(line, out);
}

static void put_event(struct buf *out, struct ics_line *line, const struct publication *p, const struct published_event *pe) {
	const struct scheduled *e = pe->event;
	char sequence[16];
	snprintf(sequence, sizeof sequence, "%u", (unsigned)pe->sequence);
	buf_text(out, "BEGIN:VEVENT\r\n");
	ics_plain(out, line, "UID:", pe->uid);
	put_stamp(out, line, "DTSTAMP:", pe->modified);
	put_stamp(out, line, "LAST-MODIFIED:", pe->modified);
	ics_plain(out, line, "SEQUENCE:", str_from(sequence));
	put_when(out, line, p, e);
	put_summary(out, line, e);
	put_description(out, line, p, pe);
	ics_property(out, line, "LOCATION:", e->location);
	put_url(out, line, p, pe);
	put_organizer(out, line, p);
	put_categories(out, line, e);
	buf_text(out, e->status == STATUS_CANCELLED || e->status == STATUS_POSTPONED ? "STATUS:CANCELLED\r\n" : "STATUS:CONFIRMED\r\n");
	buf_text(out, "CLASS:PUBLIC\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
}

/* ---- one calendar ---- */

/* The zones that the events name, each once, by name; and the first year of each. */
struct zone_use {
	const char *id;
	int year;
};

static int by_name(const void *a, const void *b) {
	return strcmp(((const struct zone_use *)a)->id, ((const struct zone_use *)b)->id);
}

static uint32_t zones_used(const struct publication *p, const uint32_t *which, uint32_t count, struct zone_use *used) {
	uint32_t n = 0;
	for (uint32_t i = 0; i < count; i++) {
		const struct occasion *when = &p->events.at[which[i]].event->when;
		if (!when_is_timed(when) || !has_iana_zone(when))
			continue;
		uint32_t k = 0;
		while (k < n && strcmp(used[k].id, when->zone) != 0)
			k++;
		if (k == n)
			used[n++] = (struct zone_use){when->zone, when->start.year};
		else if (when->start.year < used[k].year)
			used[k].year = when->start.year;
	}
	qsort(used, n, sizeof *used, by_name);
	return n;
}

static void put_zones(struct buf *out, struct ics_zones *zones, const struct publication *p, const uint32_t *which, uint32_t count) {
	struct zone_use *used = memory_get((count + 1) * sizeof *used);
	uint32_t n = zones_used(p, which, count, used);
	for (uint32_t i = 0; i < n; i++)
		ics_zone(zones, out, used[i].id, used[i].year);
	free(used);
}

static void put_head(struct buf *out, struct ics_line *line, const struct publication *p, struct str title, int64_t modified) {
	struct buf seed = {0};
	char uid[37];
	buf_add(&seed, p->house->id.at ? p->house->id : p->name);
	buf_text(&seed, "\ncalendar\n");
	buf_add(&seed, title);
	hash_uuid5(buf_str(&seed), uid);
	buf_release(&seed);

	buf_text(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//daybook//daybook//EN\r\nCALSCALE:GREGORIAN\r\n");
	if (p->house->email.at)
		buf_text(out, "METHOD:PUBLISH\r\n"); /* RFC 5546 §3.2.1 asks for the ORGANIZER that put_organizer writes */
	ics_plain(out, line, "UID:", str_from(uid));
	put_stamp(out, line, "LAST-MODIFIED:", modified);
	ics_property(out, line, "NAME:", title);
	ics_property(out, line, "X-WR-CALNAME:", title);
	ics_property(out, line, "DESCRIPTION:", p->house->description);
	ics_property(out, line, "X-WR-CALDESC:", p->house->description);
	if (p->house->url.at)
		ics_plain(out, line, "URL:", p->house->url);
	buf_text(out, "REFRESH-INTERVAL;VALUE=DURATION:PT4H\r\nX-PUBLISHED-TTL:PT4H\r\n");
}

static int64_t last_modified(const struct publication *p, const uint32_t *which, uint32_t count) {
	int64_t last = 0;
	for (uint32_t i = 0; i < count; i++)
		if (p->events.at[which[i]].modified > last)
			last = p->events.at[which[i]].modified;
	return last;
}

/* Events in bytes: each is written once, when the first calendar that has it is. */
struct written {
	struct buf bytes;
	struct ics_line line;
	struct {
		size_t begin, end;
	} *at; /* of each of the publication's events */
};

static void written_open(struct written *w, const struct publication *p) {
	size_t size = (p->events.count + 1) * sizeof *w->at;
	*w = (struct written){.at = memory_get(size)};
	memset(w->at, 0, size);
}

static void written_release(struct written *w) {
	buf_release(&w->bytes);
	buf_release(&w->line.text);
	free(w->at);
}

static struct str written_event(struct written *w, const struct publication *p, uint32_t index) {
	if (!w->at[index].end) {
		w->at[index].begin = w->bytes.len;
		put_event(&w->bytes, &w->line, p, &p->events.at[index]);
		w->at[index].end = w->bytes.len;
	}
	return str_of(w->bytes.at + w->at[index].begin, w->at[index].end - w->at[index].begin);
}

static void put_all(struct buf *out, struct ics_zones *zones, struct written *w, const struct publication *p, struct str title,
	const uint32_t *which, uint32_t count) {
	struct ics_line line = {0};
	put_head(out, &line, p, title, last_modified(p, which, count));
	put_zones(out, zones, p, which, count);
	for (uint32_t i = 0; i < count; i++)
		buf_add(out, written_event(w, p, which[i]));
	buf_text(out, "END:VCALENDAR\r\n");
	buf_release(&line.text);
}

void emit_ics(const struct publication *p, struct str title, const uint32_t *which, uint32_t count, struct buf *out) {
	struct ics_zones zones = {0};
	struct written written;
	written_open(&written, p);
	put_all(out, &zones, &written, p, title, which, count);
	written_release(&written);
	ics_zones_release(&zones);
}

/* ---- all calendars ---- */

/* What the calendars of one build share. */
struct calendars {
	const struct publication *p;
	struct sink *sink;
	struct error *error;
	struct ics_zones zones;
	struct written written;
	struct buf out, path, title;
	uint32_t *which; /* room for all events */
	uint32_t part, parts;
};

/* The first of `count` calendars that stand in a part. */
static uint32_t part_from(const struct calendars *c, uint32_t part, uint32_t count) {
	return (uint32_t)((uint64_t)count * part / c->parts);
}

static uint64_t calendar_stamp(const struct publication *p, struct str title, const uint32_t *which, uint32_t count) {
	uint64_t stamp = stamp_text(count, title);
	for (uint32_t i = 0; i < count && p->stamps.all; i++)
		stamp = stamp_add(stamp, p->stamps.events[which[i]]);
	return stamp;
}

static int put_calendar(struct calendars *c, const char *folder, struct str slug, struct str title, const uint32_t *which,
	uint32_t count) {
	buf_clear(&c->path);
	buf_text(&c->path, folder);
	buf_add(&c->path, slug);
	buf_text(&c->path, ".ics");
	if (stamp_stands(c->p, c->sink, buf_str(&c->path), calendar_stamp(c->p, title, which, count)))
		return 0;
	buf_clear(&c->out);
	put_all(&c->out, &c->zones, &c->written, c->p, title, which, count);
	return c->sink->put(c->sink, buf_str(&c->path), buf_str(&c->out), c->error);
}

static int put_issues(struct calendars *c) {
	const struct publication *p = c->p;
	int result = 0;
	for (uint32_t i = part_from(c, c->part, p->issues.count); i < part_from(c, c->part + 1, p->issues.count) && result == 0; i++) {
		const struct published_issue *issue = &p->issues.at[i];
		uint32_t count = 0;
		for (uint32_t k = issue->event; k < issue->event + issue->events; k++)
			if (p->events.at[k].begins != INT64_MIN)
				c->which[count++] = k;
		publication_sort(p, c->which, count);
		if (count)
			result = put_calendar(c, "issues/", issue->slug, issue->title, c->which, count);
	}
	return result;
}

static int put_events(struct calendars *c) {
	const struct publication *p = c->p;
	int result = 0;
	for (uint32_t k = part_from(c, c->part, p->calendar.count); k < part_from(c, c->part + 1, p->calendar.count) && result == 0; k++) {
		const struct published_event *pe = &p->events.at[p->calendar.at[k]];
		struct str title = pe->event->display.at ? pe->event->display : pe->event->title;
		result = put_calendar(c, "events/", pe->slug, title, &p->calendar.at[k], 1);
	}
	return result;
}

/* "The Harbor Room: Quay Club". */
static struct str part_title(struct calendars *c, struct str part) {
	buf_clear(&c->title);
	buf_add(&c->title, c->p->name);
	buf_text(&c->title, ": ");
	buf_add(&c->title, part);
	return buf_str(&c->title);
}

/* What a person, an organisation, a place, a topic, a way of meeting has to come and had. */
static int put_subjects(struct calendars *c) {
	const struct publication *p = c->p;
	int result = 0;
	for (uint32_t i = part_from(c, c->part, p->subjects.list.count); i < part_from(c, c->part + 1, p->subjects.list.count) && result == 0; i++) {
		const struct subject *subject = &p->subjects.list.at[i];
		uint32_t count = subject_dated(p, subject);
		if (count)
			memcpy(c->which, subject->events.at, count * sizeof *c->which);
		publication_sort(p, c->which, count);
		if (count)
			result = put_calendar(c, subject_folder(subject->kind), subject->slug, part_title(c, subject->name), c->which, count);
	}
	return result;
}

static int put_days(struct calendars *c) {
	struct days days;
	int result = 0;
	days_init(&days, c->p);
	for (uint32_t i = part_from(c, c->part, days.list.count); i < part_from(c, c->part + 1, days.list.count) && result == 0; i++) {
		const struct day *day = &days.list.at[i];
		struct civil date = civil_from_days(day->number);
		char text[CIVIL_TEXT];
		struct buf words = {0};
		when_day(&words, date);
		result = put_calendar(c, "days/", str_of(text, (size_t)civil_format(date, text)), part_title(c, buf_str(&words)),
			&days.events.at[day->first], day->count);
		buf_release(&words);
	}
	days_release(&days);
	return result;
}

struct calendars *calendars_open(const struct publication *p, struct sink *sink) {
	struct calendars *c = memory_get(sizeof *c);
	*c = (struct calendars){.p = p, .sink = sink, .which = memory_get((p->events.count + 1) * sizeof *c->which)};
	written_open(&c->written, p);
	return c;
}

int calendars_run(struct calendars *c, uint32_t part, uint32_t parts, struct error *error) {
	static int (*const families[])(struct calendars *) = {put_issues, put_events, put_days, put_subjects};
	const struct publication *p = c->p;
	int result = 0;
	c->part = part;
	c->parts = parts;
	c->error = error;
	if (part == 0)
		result = put_calendar(c, "", STR("calendar"), p->name, p->calendar.at, p->calendar.count);
	for (size_t i = 0; i < sizeof families / sizeof *families && result == 0; i++)
		result = families[i](c);
	return result;
}

void calendars_close(struct calendars *c) {
	buf_release(&c->out);
	buf_release(&c->path);
	buf_release(&c->title);
	free(c->which);
	written_release(&c->written);
	ics_zones_release(&c->zones);
	free(c);
}

int emit_calendars(const struct publication *p, struct sink *sink, struct error *error) {
	struct calendars *c = calendars_open(p, sink);
	int result = calendars_run(c, 0, 1, error);
	calendars_close(c);
	return result;
}
