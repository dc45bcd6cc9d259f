/* The record's events as rows: a listing for each, and the event that it lists, which other issues may list too.
 *
 * A listing is of the event with its UID. Else it is of the event of the same title, when that was still to come on
 * the listing's issue date, is not listed by the same issue, and begins within a few weeks of it: a new hour, day or
 * place is then a change of that event and not another one. */
#include "writer.h"

#include "../know/name_key.h"
#include "rows.h"

#include <stdio.h>

enum { DAY = 24 * 60 * 60, MOVED_BY_MOST = 120 * DAY };

/* A listing with what is computed of it. */
struct listed {
	const struct scheduled *event;
	char start[CIVIL_TEXT], end[CIVIL_TEXT]; /* or "" */
	int64_t starts, ends;                    /* moments, or INT64_MIN */
	char title_key[NAME_KEY];
};

static void format_time(struct putting *p, const struct occasion *when, struct civil at, char out[CIVIL_TEXT]) {
	*out = '\0';
	if (!civil_has_date(at) || !civil_valid(at))
		return;
	if (when->zone)
		zone_format(p->zones, when->zone, at, out);
	else
		civil_format(at, out);
}

static int64_t moment_of(struct putting *p, const struct occasion *when, struct civil at) {
	if (!civil_has_date(at) || !civil_valid(at))
		return INT64_MIN;
	return when->zone ? zone_moment(p->zones, when->zone, at) : civil_seconds(at);
}

static struct listed read_listing(struct putting *p, const struct scheduled *event) {
	struct listed l = {.event = event};
	format_time(p, &event->when, event->when.start, l.start);
	format_time(p, &event->when, event->when.end, l.end);
	l.starts = moment_of(p, &event->when, event->when.start);
	l.ends = moment_of(p, &event->when, event->when.end);
	l.title_key[name_key(event->title, l.title_key)] = '\0';
	return l;
}

/* ---- which event ---- */

static int64_t event_of_uid(struct putting *p, struct str uid) {
	sqlite3_stmt *s = sql_statement(&p->archive->sql, "SELECT id FROM events WHERE uid = ?1");
	if (!s)
		return 0;
	sql_bind(s, "s", uid);
	int64_t id = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
	sqlite3_reset(s);
	return id;
}

/* The event of another issue that this listing lists again, with another hour, place or status; or 0. One that only says
 * that something is off need not say when it was to be. */
static int64_t event_of_title(struct putting *p, const struct listed *l) {
	struct civil issued;
	bool dated = l->starts != INT64_MIN;
	if (!*l->title_key || !civil_parse_date(str_of(p->date, 10), &issued) || (!dated && l->event->status == STATUS_SCHEDULED))
		return 0;
	int64_t today = civil_seconds(issued);
	sqlite3_stmt *s = sql_statement(&p->archive->sql,
		"SELECT e.id FROM events e WHERE e.title_key = ?1 AND e.starts >= ?2 AND abs(e.starts - ?3) <= ?4 AND NOT EXISTS "
		"(SELECT 1 FROM listings l WHERE l.event = e.id AND l.document = ?5) ORDER BY abs(e.starts - ?3) LIMIT 1");
	if (!s)
		return 0;
	sql_bind(s, "ziiii", l->title_key, today, dated ? l->starts : today, (int64_t)MOVED_BY_MOST, p->document);
	int64_t id = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
	sqlite3_reset(s);
	return id;
}

/* ---- what changed ---- */

static bool differs(sqlite3_stmt *row, int column, struct str now) {
	struct str before = sql_str(row, column);
	return !str_equal(before, now);
}

static struct str or_null(const char *text) {
	return *text ? str_from(text) : STR_NULL;
}

/* How the listing stands to what is known of its event. */
struct change {
	bool newest;   /* no later issue lists the event */
	char what[64]; /* words of "start end location status", or "" */
};

static int compare_to_event(struct putting *p, const struct listed *l, int64_t event, struct change *change) {
	sqlite3_stmt *s = sql_statement(&p->archive->sql, "SELECT e.listings, e.start, e.\"end\", e.location, e.status, l.issued "
		"FROM events e LEFT JOIN listings l ON l.id = e.listing WHERE e.id = ?1");
	if (!s)
		return sql_fail(&p->archive->sql, p->error);
	sql_bind(s, "i", event);
	*change = (struct change){.newest = true};
	if (sqlite3_step(s) == SQLITE_ROW && sqlite3_column_int64(s, 0) > 0) {
		struct str issued = sql_str(s, 5);
		change->newest = !issued.at || !*p->date || strcmp(issued.at, p->date) <= 0;
		bool start = differs(s, 1, or_null(l->start)), end = differs(s, 2, or_null(l->end));
		bool place = differs(s, 3, l->event->location), status = differs(s, 4, str_from(status_name(l->event->status)));
		int n = snprintf(change->what, sizeof change->what, "%s%s%s%s", start ? "start " : "", end ? "end " : "", place ? "location " : "",
			status ? "status " : "");
		if (n > 0)
			change->what[n - 1] = '\0';
	}
	sqlite3_reset(s);
	return 0;
}

static int add_event(struct putting *p, const struct listed *l, int64_t listing, int64_t *event) {
	const struct scheduled *e = l->event;
	if (sql_run(&p->archive->sql, p->error, "INSERT INTO events(uid, title, title_key, start, \"end\", zone, starts, ends, status, mode, location, "
			"listing, listings, sequence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 0)", "sszsszmmzzsi", e->uid,
			e->display.at ? e->display : e->title, *l->title_key ? l->title_key : NULL, or_null(l->start), or_null(l->end), e->when.zone,
			l->starts, l->ends, status_name(e->status), mode_name(e->mode), e->location, listing) < 0)
		return -1;
	*event = sqlite3_last_insert_rowid(p->archive->sql.db);
	return 0;
}

static int update_event(struct putting *p, const struct listed *l, int64_t event, int64_t listing, const struct change *change) {
	const struct scheduled *e = l->event;
	struct sql *sql = &p->archive->sql;
	if (!change->newest)
		return sql_run(sql, p->error, "UPDATE events SET listings = listings + 1 WHERE id = ?", "i", event);
	sqlite3_stmt *s = sql_statement(sql, "UPDATE events SET title = ?, start = ?, \"end\" = ?, zone = ?, starts = ?, ends = ?, status = ?, "
		"mode = ?, location = ?, listing = ?, listings = listings + 1, sequence = sequence + ? WHERE id = ?");
	if (!s)
		return sql_fail(sql, p->error);
	sql_bind(s, "ssszmmzzsiii", e->display.at ? e->display : e->title, or_null(l->start), or_null(l->end), e->when.zone, l->starts, l->ends,
		status_name(e->status), mode_name(e->mode), e->location, listing, (int64_t)(*change->what != '\0'), event);
	int code = sqlite3_step(s);
	sqlite3_reset(s);
	return code == SQLITE_DONE ? 0 : sql_fail(sql, p->error);
}

/* ---- the listing ---- */

static int add_listing(struct putting *p, const struct listed *l, int64_t event, const struct change *change, int64_t id) {
	const struct scheduled *e = l->event;
	return sql_run(&p->archive->sql, p->error,
			"INSERT INTO listings(id, event, document, issued, title, display, series, kind, start, \"end\", zone, all_day, time_open, "
			"status, mode, location, venue, room, address, fee, price, description, language, changed, title_begin, title_end, "
			"begin_at, end_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
			"iiizssssssziizzssss?ssszpp", id, event, p->document, *p->date ? p->date : NULL, e->title, e->display, e->series, e->kind,
			or_null(l->start), or_null(l->end), e->when.zone, (int64_t)e->all_day, (int64_t)e->time_open, status_name(e->status),
			mode_name(e->mode), e->location, e->venue, e->room, e->address, (int64_t)e->fee, e->price, e->description, e->language,
			*change->what ? change->what : NULL, e->spans.title, e->span);
}

/* What all listings of a document say besides, on its way into the tables. */
struct sayings {
	struct rows times, people, sponsors, links;
};

static void put_time(struct putting *p, struct rows *times, int64_t listing, int64_t n, const struct occasion *when) {
	char start[CIVIL_TEXT], end[CIVIL_TEXT];
	format_time(p, when, when->start, start);
	format_time(p, when, when->end, end);
	rows_add(times, "iisszp", listing, n, arena_copy(&p->arena, or_null(start)), arena_copy(&p->arena, or_null(end)), when->zone, when->span);
}

static void put_times(struct putting *p, struct rows *times, const struct listed *l, int64_t listing) {
	if (*l->start)
		put_time(p, times, listing, 0, &l->event->when);
	for (uint32_t i = 0; i < l->event->also.count; i++)
		put_time(p, times, listing, i + 1, &l->event->also.at[i]);
}

static struct str joined_roles(struct putting *p, const struct person *person) {
	if (person->roles.count < 2)
		return person->roles.count ? person->roles.at[0].text : STR_NULL;
	struct str all = person->roles.at[0].text;
	for (uint32_t i = 1; i < person->roles.count; i++)
		all = arena_format(&p->arena, "%.*s; %.*s", (int)all.len, all.at, (int)person->roles.at[i].text.len, person->roles.at[i].text.at);
	return all;
}

static void put_people(struct putting *p, struct rows *people, const struct scheduled *e, int64_t listing) {
	for (uint32_t i = 0; i < e->people.count; i++) {
		const struct person *person = &e->people.at[i];
		rows_add(people, "iisszs?p", listing, (int64_t)i, person->name, person->honorific, part_name(person->part), joined_roles(p, person),
			entity_at(p, person->name_span, ENTITY_PER), person->span);
	}
}

static void put_sponsors_and_links(struct putting *p, struct sayings *s, const struct scheduled *e, int64_t listing) {
	for (uint32_t i = 0; i < e->sponsors.count; i++) {
		const struct sponsor *sponsor = &e->sponsors.at[i];
		rows_add(&s->sponsors, "iisi?p", listing, (int64_t)i, sponsor->name, (int64_t)sponsor->co, entity_at(p, sponsor->span, ENTITY_ORG),
			sponsor->span);
	}
	for (uint32_t i = 0; i < e->links.count; i++)
		rows_add(&s->links, "iissp", listing, (int64_t)i, e->links.at[i].label, e->links.at[i].href, e->links.at[i].span);
}

static int put_sayings(struct putting *p, const struct sayings *s) {
	struct sql *sql = &p->archive->sql;
	return rows_insert(&s->times, sql, "INSERT OR FAIL INTO event_times SELECT a, b, c, d, e, f, g FROM given(?1)", p->error) < 0 ||
		rows_insert(&s->people, sql, "INSERT OR FAIL INTO event_people SELECT a, b, c, d, e, f, g, h, i FROM given(?1)", p->error) < 0 ||
		rows_insert(&s->sponsors, sql, "INSERT OR FAIL INTO event_sponsors SELECT a, b, c, d, e, f, g FROM given(?1)", p->error) < 0 ||
		rows_insert(&s->links, sql, "INSERT OR FAIL INTO event_links SELECT a, b, c, d, e, f FROM given(?1)", p->error) < 0 ? -1 : 0;
}

/* The number that the next listing gets. */
static int64_t next_listing(struct putting *p) {
	sqlite3_stmt *s = sql_statement(&p->archive->sql, "SELECT coalesce(max(id), 0) + 1 FROM listings");
	int64_t next = s && sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 1;
	sqlite3_reset(s);
	return next;
}

static int put_event(struct putting *p, const struct scheduled *e, int64_t listing, struct sayings *sayings) {
	struct listed l = read_listing(p, e);
	struct change change = {.newest = true};
	int64_t event = event_of_uid(p, e->uid);
	if (!event)
		event = event_of_title(p, &l);
	int result;
	if (event)
		result = compare_to_event(p, &l, event, &change) < 0 ? -1 : update_event(p, &l, event, listing, &change);
	else
		result = add_event(p, &l, listing, &event);
	if (result < 0)
		return -1;
	put_times(p, &sayings->times, &l, listing);
	put_people(p, &sayings->people, e, listing);
	put_sponsors_and_links(p, sayings, e, listing);
	return add_listing(p, &l, event, &change, listing);
}

int put_events(struct putting *p) {
	const struct record *r = p->record;
	p->listings = arena_alloc(&p->arena, (r->scheduled.count + 1) * sizeof *p->listings);
	int64_t next = r->scheduled.count ? next_listing(p) : 0;
	struct sayings sayings = {{.arena = &p->arena}, {.arena = &p->arena}, {.arena = &p->arena}, {.arena = &p->arena}};
	for (uint32_t i = 0; i < r->scheduled.count; i++) {
		p->listings[i] = next + i;
		if (put_event(p, &r->scheduled.at[i], p->listings[i], &sayings) < 0)
			return -1;
	}
	return put_sayings(p, &sayings);
}
