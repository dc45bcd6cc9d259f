/* Coming events: each entry of each listing as an event of the record. */
#include "place_zones.h"
#include "scheduled.h"

#include "../base/buf.h"
#include "../base/hash.h"

/* ---- identity ---- */

/* Letters and digits in small letters: the title as it is compared. */
static void add_folded(struct buf *buf, const struct document *d, struct str title) {
	(void)d;
	for (size_t i = 0; i < title.len; i++) {
		char c = title.at[i];
		if (c >= 'A' && c <= 'Z')
			buf_byte(buf, (char)(c | 0x20));
		else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80)
			buf_byte(buf, c);
	}
}

static void set_uid(struct reading *r) {
	const struct record *record = r->f->record;
	char date[CIVIL_TEXT], uid[37];
	struct civil day = r->event->when.start;
	struct buf buf = {0};
	day.hour = day.minute = day.second = -1;
	buf_add(&buf, r->f->house->id.at ? r->f->house->id : record->issue.title);
	buf_byte(&buf, '\n');
	add_folded(&buf, r->d, r->event->title);
	buf_byte(&buf, '\n');
	if (civil_has_date(day))
		buf_add(&buf, str_of(date, (size_t)civil_format(day, date)));
	hash_uuid5(buf_str(&buf), uid);
	r->event->uid = arena_copy(record->arena, str_from(uid));
	buf_release(&buf);
}

/* ---- what is left ---- */

/* The longest run of whole sentences that nothing else has taken. */
static void read_description(struct reading *r) {
	struct range best = {0, 0};
	for (uint32_t i = 0; i < r->pieces.count; i++) {
		const struct piece *piece = &r->pieces.at[i];
		if (piece->label != LABEL_NONE && piece->label != LABEL_DESCRIPTION && piece->label != LABEL_WHO)
			continue;
		for (uint32_t from = piece->at.from; from < piece->at.to;) {
			uint32_t to = from;
			while (to < piece->at.to && !is_taken(r, to))
				to++;
			struct range at = range_trim(r, (struct range){from, to});
			if (to < piece->at.to || to == from)
				from = to + 1;
			else
				from = to;
			if (!range_empty(at) && at.to - at.from > best.to - best.from)
				best = at;
		}
	}
	if (best.to - best.from < 6)
		return;
	if (best.to < r->at.to && is_sign(r->d, best.to, r->at.to, '.') && !is_taken(r, best.to))
		best.to++;
	r->event->description_span = range_span(r, best);
	r->event->description = range_words(r, best);
}

static void drop_understood(struct reading *r) {
	for (uint32_t i = 0; i < r->pieces.count; i++) {
		uint8_t label = r->pieces.at[i].label;
		if (label == LABEL_CONTACT || label == LABEL_DEADLINE || label == LABEL_IGNORE)
			take(r, r->pieces.at[i].at, TAKEN_ELSE);
	}
}

/* Where nothing reads as a title ("09:30 – Registration"), the first words that tell neither when nor how stand for one. */
static void stand_in_title(struct reading *r) {
	for (uint32_t i = 0; i < r->pieces.count && !r->event->title.at; i++) {
		const struct piece *piece = &r->pieces.at[i];
		uint32_t from = piece->at.from, to;
		if (piece->label != LABEL_NONE && piece->label != LABEL_PEOPLE && piece->label != LABEL_DEADLINE)
			continue;
		if (piece->label == LABEL_PEOPLE || piece->label == LABEL_DEADLINE) /* the label's own words say what happens */
			while (from > r->at.from && r->taken[from - 1 - r->at.from] == TAKEN_LABEL)
				from--;
		while (from < piece->at.to && (r->taken[from - r->at.from] == TAKEN_WHEN || r->d->tokens.at[from].kind == TOKEN_PUNCT))
			from++;
		for (to = from; to < piece->at.to && r->taken[to - r->at.from] != TAKEN_WHEN && !is_stop(r->d, to, piece->at.to); to++)
			;
		if (to > from && to - from <= 30 && r->d->tokens.at[from].shape != SHAPE_LOWER) {
			r->event->spans.title = range_span(r, (struct range){from, to});
			r->event->title = range_words(r, (struct range){from, to});
		}
	}
}

static void read_entry(struct finding *f, const struct entry *entry) {
	const struct document *d = f->document;
	const struct block *first = &d->blocks.at[entry->block], *last = &d->blocks.at[entry->block + entry->blocks - 1];
	struct scheduled event = {.fee = -1, .listing = entry->listing, .language = f->house->language};
	struct reading r = {.f = f, .d = d, .entry = entry, .event = &event, .at = {first->token, last->token + last->tokens}};
	event.when.start = event.when.end = CIVIL_UNKNOWN;
	event.when.zone_stated = NO_ZONE;
	event.span = (struct span){first->span.begin, last->span.end};
	if (!range_empty(entry->part)) {
		r.at = entry->part;
		event.span = range_span(&r, r.at);
	}
	r.taken = arena_alloc(f->scratch, r.at.to - r.at.from + 1);
	pieces_cut(&r);
	drop_understood(&r);
	when_read(&r);
	links_read(&r);
	terms_read(&r);
	dateline_read(&r);
	title_read(&r);
	sponsors_read(&r);
	people_read(&r);
	place_read(&r);
	when_settle(&r);
	if (!event.title.at)
		stand_in_title(&r);
	event.display = event.title.at ? title_display(&r) : STR_NULL;
	if (r.sentence)
		take(&r, (struct range){r.subject.from, r.told.to}, TAKEN_TITLE);
	read_description(&r);
	if (!event.title.at && !civil_has_date(event.when.start))
		return;
	set_uid(&r);
	*array_push(f->record->arena, &f->record->scheduled) = event;
}

/* ---- across entries ---- */

/* The zone that other entries of the document certainly mean by the same abbreviation, if they agree; else NULL. */
static const char *zone_elsewhere(const struct record *record, int32_t name) {
	const char *zone = NULL;
	for (uint32_t i = 0; i < record->scheduled.count; i++) {
		const struct occasion *when = &record->scheduled.at[i].when;
		if (when->zone_stated.name != name || !when->zone)
			continue;
		if (zone && strcmp(zone, when->zone) != 0)
			return NULL;
		zone = when->zone;
	}
	return zone;
}

/* The one among the zones of `name` whose towns the text names, where it names none of the others'; else NULL. */
static const char *zone_by_towns(const struct finding *f, const struct zone_name *name) {
	const struct document *d = f->document;
	const char *zone = NULL;
	for (uint32_t i = 0; i < d->tokens.count;) {
		struct place_zone p = place_zone_at(d, i, d->tokens.count);
		for (int k = 0; p.zone && k < 6 && name->zones[k]; k++) {
			if (strcmp(p.zone, name->zones[k]) != 0)
				continue;
			if (zone && strcmp(zone, name->zones[k]) != 0)
				return NULL;
			zone = name->zones[k];
		}
		i += p.tokens ? p.tokens : 1;
	}
	return zone;
}

enum { MASTHEAD = 80 }; /* tokens in which a masthead names its town */
enum { ZONE_NAMES = 512 }; /* rows of the zone table that are looked up */

/* "BST" is London's in the one entry as in the others. Each name is looked up once. */
static void share_zones(struct finding *f) {
	struct record *record = f->record;
	struct {
		bool asked;
		const char *zone;
	} *names = NULL;
	for (uint32_t i = 0; i < record->scheduled.count; i++) {
		struct occasion *when = &record->scheduled.at[i].when;
		int32_t name = when->zone_stated.name;
		if (when->zone || name < 0 || name >= ZONE_NAMES || !civil_has_time(when->start))
			continue;
		if (!names)
			names = arena_alloc(f->scratch, ZONE_NAMES * sizeof *names);
		if (!names[name].asked)
			names[name].zone = zone_elsewhere(record, name);
		if (!names[name].asked && !names[name].zone && zone_name(name))
			names[name].zone = zone_by_towns(f, zone_name(name));
		names[name].asked = true;
		when->zone = names[name].zone;
	}
}

/* The zone of two thirds and more of the events whose zone is known, if they are several; else NULL. By majority vote (Boyer and
 * Moore), so that one walk finds the candidate and another counts it. */
static const char *home_zone(const struct record *record) {
	const char *zone = NULL;
	uint32_t lead = 0, known = 0, same = 0;
	for (uint32_t i = 0; i < record->scheduled.count; i++) {
		const char *its = record->scheduled.at[i].when.zone;
		if (!its)
			continue;
		zone = lead ? zone : its;
		lead += strcmp(its, zone) == 0 ? 1 : -1u;
	}
	for (uint32_t i = 0; zone && i < record->scheduled.count; i++) {
		const char *its = record->scheduled.at[i].when.zone;
		known += its != NULL;
		same += its && strcmp(its, zone) == 0;
	}
	return same > 1 && same * 3 >= known * 2 ? zone : NULL;
}

/* The zone of the towns that the masthead names, if they agree; else NULL. */
static const char *masthead_zone(const struct finding *f) {
	const struct document *d = f->document;
	const struct record *r = f->record;
	uint32_t limit = r->listings.at[0].span.begin;
	if (r->articles.count && r->articles.at[0].span.begin < limit)
		limit = r->articles.at[0].span.begin;
	const char *zone = NULL;
	for (uint32_t i = 0; i < MASTHEAD && d->tokens.at[i].end < limit; i++) {
		struct place_zone p = place_zone_at(d, i, d->tokens.count);
		if (!p.tokens || !phrase_at(d, i, d->tokens.count, WORD_CITY, NULL) || place_is_street(d, 0, d->tokens.count, i, i + p.tokens))
			continue;
		if (!p.zone || (zone && strcmp(zone, p.zone) != 0))
			return NULL;
		zone = p.zone;
		i += p.tokens - 1;
	}
	return zone;
}

/* An hour without a zone is of the zone that the other events agree on, else of the town where the bulletin is made. */
static void keep_home(struct finding *f) {
	const char *home = home_zone(f->record);
	if (!home && f->record->listings.count)
		home = masthead_zone(f);
	for (uint32_t i = 0; home && i < f->record->scheduled.count; i++) {
		struct occasion *when = &f->record->scheduled.at[i].when;
		if (!when->zone && span_empty(when->zone_stated.span) && civil_has_time(when->start))
			when->zone = home;
	}
}

void find_scheduled(struct finding *f) {
	for (uint32_t i = 0; i < f->record->listings.count; i++) {
		entries list = {0};
		entries_cut(f, i, &list);
		for (uint32_t k = 0; k < list.count; k++)
			read_entry(f, &list.at[k]);
	}
	share_zones(f);
	keep_home(f);
}
