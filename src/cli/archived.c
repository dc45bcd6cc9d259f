#include "archived.h"

#include "../emit/publication.h"
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
