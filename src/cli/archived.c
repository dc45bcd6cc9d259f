#include "archived.h"

#include "hands.h"
#include "stream.h"

#include "../store/archived_house.h"

#include <stdlib.h>

static enum source_form form_of(struct str media_type) {
	static const struct {
		const char *type;
		enum source_form form;
	} forms[] = {{"text/markdown", SOURCE_MARKDOWN}, {"text/html", SOURCE_HTML}, {"message/rfc822", SOURCE_MAIL}, {"application/xml", SOURCE_TIMEML}};
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (str_equal(media_type, str_from(forms[i].type)))
			return forms[i].form;
	return SOURCE_TEXT;
}

int archived_compile(const struct archived_document *document, bool whole, const struct house *house, struct zones *zones,
	struct compilation *compilation, struct error *error) {
	struct imported imported = {.origin = document->origin, .url = document->url, .date = document->date,
		.form = form_of(document->media_type), .bytes = document->bytes};
	return compile_imported(whole, compilation, &imported, house, zones, error);
}

/* The documents of a calendar's events, each compiled once. */
struct gathering {
	struct archive *archive;
	struct arena arena;
	struct house house;
	struct zones *zones;
	array_of(struct archived_listing) listings; /* by document */
	array_of(struct compilation *) compilations;
	array_of(int64_t) documents; /* of each */
	array_of(const struct record *) records;
};

static int by_document(const void *a, const void *b) {
	const struct archived_listing *x = a, *y = b;
	if (x->document != y->document)
		return x->document < y->document ? -1 : 1;
	return (x->span.begin > y->span.begin) - (x->span.begin < y->span.begin);
}

static int compile_document(struct gathering *g, int64_t id, struct error *error) {
	struct archived_document document;
	struct compilation *compilation = arena_alloc(&g->arena, sizeof *compilation);
	if (archive_document(g->archive, id, &g->arena, &document, error) < 0)
		return -1;
	*array_push(&g->arena, &g->compilations) = compilation;
	if (archived_compile(&document, false, &g->house, g->zones, compilation, error) < 0)
		return -1;
	*array_push(&g->arena, &g->documents) = id;
	*array_push(&g->arena, &g->records) = &compilation->record;
	return 0;
}

static int gather(struct gathering *g, const int64_t *listings, uint32_t count, struct error *error) {
	for (uint32_t i = 0; i < count; i++)
		if (archive_listing(g->archive, listings[i], &g->arena, array_push(&g->arena, &g->listings), error) < 0)
			return -1;
	if (count > 1)
		qsort(g->listings.at, count, sizeof *g->listings.at, by_document);
	for (uint32_t i = 0; i < count; i++)
		if ((i == 0 || g->listings.at[i].document != g->listings.at[i - 1].document) && compile_document(g, g->listings.at[i].document, error) < 0)
			return -1;
	return 0;
}

/* The listing that the published event is; NULL where it is not asked for. */
static const struct archived_listing *listing_of(const struct gathering *g, const struct published_event *event) {
	for (uint32_t i = 0; i < g->records.count; i++) {
		if (g->records.at[i] != event->record)
			continue;
		struct archived_listing key = {.document = g->documents.at[i], .span = event->event->span};
		return g->listings.count ? bsearch(&key, g->listings.at, g->listings.count, sizeof key, by_document) : NULL;
	}
	return NULL;
}

static void print(const struct gathering *g, struct buf *out) {
	struct publication p;
	publication_init(&p, g->records.at, g->records.count, &g->house, g->zones);
	uint32_t *which = arena_alloc(&p.arena, (p.calendar.count + 1) * sizeof *which), count = 0;
	for (uint32_t i = 0; i < p.calendar.count; i++) {
		struct published_event *event = &p.events.at[p.calendar.at[i]];
		const struct archived_listing *listing = listing_of(g, event);
		if (!listing)
			continue;
		event->uid = listing->uid;
		event->sequence = listing->sequence;
		which[count++] = p.calendar.at[i];
	}
	emit_ics(&p, p.name, which, count, out);
	publication_release(&p);
}

int archived_calendar(struct archive *archive, const int64_t *listings, uint32_t count, struct buf *out, struct error *error) {
	struct gathering g = {.archive = archive};
	arena_init(&g.arena);
	g.zones = zones_open();
	int result = archive_house(archive, &g.house, error) < 0 ? -1 : gather(&g, listings, count, error);
	if (result == 0)
		print(&g, out);
	for (uint32_t i = 0; i < g.compilations.count; i++)
		compilation_release(g.compilations.at[i]);
	house_release(&g.house);
	zones_close(g.zones);
	arena_release(&g.arena);
	return result;
}

/* ---- all of an archive ---- */

/* A document on its way to its record. Its bytes must live as long as the record, so both are in the set's memory. */
struct compiling {
	struct archived_document document;
	struct compilation *compilation;
	struct error error;
	bool failed;
};

struct opening {
	struct archived_set *set;
	struct document_list list;
};

static void drop(void *thing) {
	(void)thing; /* in the set's arena */
}

static void find(struct stream *stream, void *context) {
	struct opening *o = context;
	bool more = true;
	for (uint32_t i = 0; more && i < o->list.ids.count; i++) {
		struct compiling *c = arena_alloc(&o->set->arena, sizeof *c); /* this thread alone takes from the arena */
		c->compilation = arena_alloc(&o->set->arena, sizeof *c->compilation);
		c->failed = archive_document(o->set->archive, o->list.ids.at[i], &o->set->arena, &c->document, &c->error) < 0;
		more = stream_push(stream, c) && !terminal_stopped();
	}
}

static void work(void *thing, void *zones, void *context) {
	struct compiling *c = thing;
	struct opening *o = context;
	c->failed = c->failed || archived_compile(&c->document, true, &o->set->house, zones, c->compilation, &c->error) < 0;
	if (!c->failed)
		compilation_tighten(c->compilation);
}

static bool deliver(void *thing, void *context) {
	struct compiling *c = thing;
	struct archived_set *set = ((struct opening *)context)->set;
	set->compilations.at[set->compilations.count++] = c->compilation;
	if (c->failed) {
		progress_end(&set->progress);
		terminal_refuse(&c->error);
		set->failed++;
	} else {
		set->records.at[set->records.count++] = &c->compilation->record;
		set->documents.at[set->documents.count++] = c->document.id;
	}
	progress_step(&set->progress, set->compilations.count);
	return !terminal_stopped();
}

/* What the run's house file says stands before what the archive kept. */
static void take_house(struct archived_set *set, const struct inputs *inputs) {
	const struct house *own = &inputs->house;
	struct str *const kept[] = {&set->house.name, &set->house.zone, &set->house.url, &set->house.email, &set->house.description, &set->house.id};
	const struct str said[] = {own->name, own->zone, own->url, own->email, own->description, own->id};
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		if (said[i].at)
			*kept[i] = said[i];
	memcpy(set->house.severities, own->severities, sizeof own->severities);
}

int archived_open(struct archived_set *set, const char *path, const struct inputs *inputs, const struct settings *settings, struct error *error) {
	*set = (struct archived_set){.progress = {.what = "compiled", .quiet = settings->quiet}};
	arena_init(&set->arena);
	house_init(&set->house);
	set->archive = archive_open(path, ARCHIVE_READ, error);
	struct opening opening = {.set = set};
	if (!set->archive || archive_house(set->archive, &set->house, error) < 0 ||
		archive_documents(set->archive, STR_NULL, STR_NULL, &set->arena, &opening.list, error) < 0)
		return terminal_refuse(error);
	take_house(set, inputs);
	uint32_t count = set->progress.total = opening.list.ids.count;
	array_reserve(&set->arena, &set->compilations, count);
	array_reserve(&set->arena, &set->records, count);
	array_reserve(&set->arena, &set->documents, count);
	bool whole = stream_run(&(struct stream_orders){&opening, find, hands_begin, hands_end, work, deliver, drop});
	progress_end(&set->progress);
	return !whole ? EXIT_INTERRUPTED : set->failed ? EXIT_TROUBLE : EXIT_CLEAN;
}

void archived_release(struct archived_set *set) {
	for (uint32_t i = 0; i < set->compilations.count; i++)
		compilation_release(set->compilations.at[i]);
	house_release(&set->house);
	archive_close(set->archive);
	arena_release(&set->arena);
}

/* The document of each record, sorted by the record's address. */
struct origin {
	const struct record *record;
	int64_t document;
};

static int by_record(const void *a, const void *b) {
	uintptr_t x = (uintptr_t)((const struct origin *)a)->record, y = (uintptr_t)((const struct origin *)b)->record;
	return (x > y) - (x < y);
}

void archived_identify(const struct archived_set *set, struct publication *p) {
	struct origin *origins = arena_alloc(&p->arena, (set->records.count + 1) * sizeof *origins);
	for (uint32_t i = 0; i < set->records.count; i++)
		origins[i] = (struct origin){set->records.at[i], set->documents.at[i]};
	qsort(origins, set->records.count, sizeof *origins, by_record);
	for (uint32_t i = 0; i < p->events.count; i++) {
		struct published_event *event = &p->events.at[i];
		const struct origin *origin = bsearch(&(struct origin){event->record, 0}, origins, set->records.count, sizeof *origins, by_record);
		struct archived_listing listing;
		if (!origin || archive_listing_at(set->archive, origin->document, event->event->span.begin, &p->arena, &listing, NULL) < 0)
			continue;
		event->uid = listing.uid;
		event->sequence = listing.sequence;
	}
	publication_order(p);
}
