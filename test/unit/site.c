/* The publication, its pages and feeds, put into memory. */
#include "fixture.h"
#include "emit/prose.h"
#include "emit/publication.h"
#include "emit/search_words.h"
#include "emit/slug.h"
#include "emit/wrap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- a sink in memory ---- */

struct memory_file {
	struct str path, bytes;
};

struct memory_sink {
	struct sink sink;
	array_of(struct memory_file) files;
	struct arena arena;
};

static int memory_put(struct sink *sink, struct str path, struct str bytes, struct error *error) {
	struct memory_sink *memory = (struct memory_sink *)sink;
	(void)error;
	*array_push(&memory->arena, &memory->files) = (struct memory_file){arena_copy(&memory->arena, path), arena_copy(&memory->arena, bytes)};
	return 0;
}

static const struct memory_file *file_at(const struct memory_sink *memory, struct str path) {
	for (uint32_t i = 0; i < memory->files.count; i++)
		if (str_equal(memory->files.at[i].path, path))
			return &memory->files.at[i];
	return NULL;
}

static struct str text_of(const struct memory_sink *memory, const char *path) {
	const struct memory_file *file = file_at(memory, str_from(path));
	assert_non_null(file);
	return file->bytes;
}

static bool holds(struct str text, const char *part) {
	return str_find(text, str_from(part), 0) != SIZE_MAX;
}

/* ---- what the tests share ---- */

struct built {
	struct fixture fixture;
	struct zones *zones;
	struct publication publication;
	struct memory_sink memory;
};

static void build(struct built *b, bool with_url) {
	const struct record *records[] = {&b->fixture.record};
	fixture_init(&b->fixture);
	if (!with_url)
		b->fixture.house.url = STR_NULL;
	b->zones = zones_open();
	b->memory = (struct memory_sink){.sink = {memory_put}};
	arena_init(&b->memory.arena);
	publication_init(&b->publication, records, 1, &b->fixture.house, b->zones);
	assert_int_equal(emit_site(&b->publication, &b->memory.sink, NULL), 0);
	assert_int_equal(emit_feeds(&b->publication, &b->memory.sink, NULL), 0);
	assert_int_equal(emit_calendars(&b->publication, &b->memory.sink, NULL), 0);
	assert_int_equal(emit_mail(&b->publication, &b->memory.sink, NULL), 0);
}

static void unbuild(struct built *b) {
	publication_release(&b->publication);
	zones_close(b->zones);
	arena_release(&b->memory.arena);
	fixture_release(&b->fixture);
}

#define ESSAY "essays/2026-03-01-who-pays-for-the-pilots.html"
#define TALK "events/2026-03-02-book-talk-the-rock-and-the-river.html"

/* ---- slugs ---- */

static struct str slug_of(struct buf *out, const char *text) {
	buf_clear(out);
	slug_add(out, str_from(text));
	return buf_str(out);
}

static void slugs_are_plain(void **state) {
	(void)state;
	struct buf out = {0};
	assert_true(str_equal(slug_of(&out, "Łódź, Åland & the “Ångström”"), STR("lodz-aland-the-angstrom")));
	assert_true(str_equal(slug_of(&out, "Œuvre, Straße — Japan’s 20×10"), STR("oeuvre-strasse-japans-20-10")));
	assert_true(str_equal(slug_of(&out, "  -- "), STR("")));
	assert_true(str_equal(slug_of(&out, "日本"), STR("")));
	struct str long_one = slug_of(&out, "one two three four five six seven eight nine ten eleven twelve thirteen fourteen");
	assert_true(str_equal(long_one, STR("one-two-three-four-five-six-seven-eight-nine-ten-eleven-twelve")));
	buf_release(&out);
}

static void slugs_are_unique(void **state) {
	(void)state;
	struct slugs slugs = {0};
	struct arena arena;
	arena_init(&arena);
	assert_true(str_equal(slug_take(&slugs, &arena, STR("a")), STR("a")));
	assert_true(str_equal(slug_take(&slugs, &arena, STR("a-2")), STR("a-2")));
	assert_true(str_equal(slug_take(&slugs, &arena, STR("a")), STR("a-3")));
	for (int i = 4; i < 500; i++)
		slug_take(&slugs, &arena, STR("a"));
	assert_true(str_equal(slug_take(&slugs, &arena, STR("a")), STR("a-500")));
	arena_release(&arena);
}

/* ---- the publication ---- */

/* Two issues: the older one lists the newer one's webinar too, an hour earlier. */
static void an_event_stands_once(void **state) {
	(void)state;
	struct fixture newer, older;
	fixture_init(&newer);
	fixture_init(&older);
	older.source.name = STR("older.txt");
	older.record.issue.date = fixture_day(2026, 2, 22);
	older.record.scheduled.at[1].title = STR("Webinar:  “Pilots, please”");
	older.record.scheduled.at[1].when.start.hour = 9;
	older.record.scheduled.at[2].when.start = fixture_day(2026, 2, 25);
	struct zones *zones = zones_open();
	for (int order = 0; order < 2; order++) {
		const struct record *records[] = {order ? &older.record : &newer.record, order ? &newer.record : &older.record};
		struct publication p;
		publication_init(&p, records, 2, &newer.house, zones);
		assert_ptr_equal(p.issues.at[0].record, &newer.record);
		assert_int_equal(p.issues.at[0].events, 5);
		assert_int_equal(p.issues.at[1].events, 1); /* only the conference of another day */
		assert_ptr_equal(p.events.at[1].event, &newer.record.scheduled.at[1]);
		assert_true(str_equal(p.events.at[5].slug, STR("2026-02-25-spring-tides-conference")));
		assert_true(str_equal(p.articles.at[0].slug, STR("2026-03-01-who-pays-for-the-pilots")));
		assert_int_equal(p.calendar.count, 5);
		for (uint32_t i = 1; i < p.calendar.count; i++)
			assert_true(p.events.at[p.calendar.at[i - 1]].begins <= p.events.at[p.calendar.at[i]].begins);
		publication_release(&p);
	}
	zones_close(zones);
	fixture_release(&newer);
	fixture_release(&older);
}

static void two_issues_of_a_day_differ(void **state) {
	(void)state;
	struct fixture a, b;
	fixture_init(&a);
	fixture_init(&b);
	b.source.name = STR("second.txt");
	const struct record *records[] = {&a.record, &b.record};
	struct zones *zones = zones_open();
	struct publication p;
	publication_init(&p, records, 2, &a.house, zones);
	assert_false(str_equal(p.issues.at[0].slug, p.issues.at[1].slug));
	assert_false(str_equal(p.articles.at[0].slug, p.articles.at[2].slug));
	publication_release(&p);
	zones_close(zones);
	fixture_release(&a);
	fixture_release(&b);
}

/* ---- running text ---- */

static void text_is_safe(void **state) {
	(void)state;
	struct built b;
	build(&b, true);
	for (uint32_t i = 0; i < b.memory.files.count; i++)
		if (str_ends(b.memory.files.at[i].path, STR(".html")))
			assert_false(holds(b.memory.files.at[i].bytes, "\"javascript:"));
	struct str essay = text_of(&b.memory, ESSAY);
	assert_true(holds(essay, "<em>nobody</em> laughed."));
	assert_true(holds(essay, "<a href=\"https://lines.example/?a=1&amp;b=2\">shipping lines</a>"));
	assert_true(holds(essay, "now pay the fee under protest."));
	assert_true(holds(essay, "On <time datetime=\"2026-02-12\">February 12, 2026</time> the port"));
	assert_true(holds(text_of(&b.memory, "essays/2026-03-01-two-lighthouses.html"), "&lt;for those who ask&gt;"));
	unbuild(&b);
}

static void notes_work_both_ways(void **state) {
	(void)state;
	struct built b;
	build(&b, true);
	struct str essay = text_of(&b.memory, ESSAY);
	assert_true(holds(essay, "laughed.<sup id=\"ref-1-1\"><a role=\"doc-noteref\" href=\"#note-1\" aria-label=\"note 1\">1</a></sup>"));
	assert_true(holds(essay, "<sup id=\"ref-2-2\">"));
	assert_true(holds(essay, "role=\"doc-endnotes\""));
	assert_true(holds(essay, "href=\"#ref-2-1\" aria-label=\"Back to reference 2, place 1\""));
	assert_true(holds(essay, "href=\"#ref-2-2\" aria-label=\"Back to reference 2, place 2\""));
	assert_true(holds(essay, "<a href=\"#note-2\">Ibid</a>."));
	assert_false(holds(text_of(&b.memory, "essays/2026-03-01-two-lighthouses.html"), "doc-endnotes"));
	unbuild(&b);
}

static void plain_text_is_cut_at_words(void **state) {
	(void)state;
	struct fixture f;
	struct prose prose;
	struct buf out = {0};
	fixture_init(&f);
	prose_init(&prose, &f.record);
	prose_plain(&prose, fixture_span("and *nobody*", "of the tide"), 30, &out);
	assert_true(str_equal(buf_str(&out), STR("and nobody laughed. The ships…")));
	buf_release(&out);
	prose_release(&prose);
	fixture_release(&f);
}

/* ---- pages ---- */

/* The folder part of a path, with its slash. */
static struct str folder_of(struct str path) {
	while (path.len && path.at[path.len - 1] != '/')
		path.len--;
	return path;
}

/* Where a relative link leads from a page; false for one that leaves the site. */
static bool target_of(struct str page, struct str href, struct arena *arena, struct str *path, struct str *fragment) {
	size_t hash = str_find(href, STR("#"), 0);
	*fragment = hash == SIZE_MAX ? STR_NULL : str_of(href.at + hash + 1, href.len - hash - 1);
	if (hash != SIZE_MAX)
		href.len = hash;
	if (str_find(href, STR(":"), 0) != SIZE_MAX)
		return false;
	struct str folder = folder_of(page);
	if (str_starts(href, STR("../"))) {
		folder = STR("");
		href = str_of(href.at + 3, href.len - 3);
	}
	*path = href.len ? arena_format(arena, "%.*s%.*s", (int)folder.len, folder.at, (int)href.len, href.at) : page;
	return true;
}

static void check_links(const struct memory_sink *memory, const struct memory_file *page, struct arena *arena) {
	for (size_t at = 0; (at = str_find(page->bytes, STR(" href=\""), at)) != SIZE_MAX;) {
		struct str path, fragment;
		at += 7;
		size_t end = str_find(page->bytes, STR("\""), at);
		if (!target_of(page->path, str_of(page->bytes.at + at, end - at), arena, &path, &fragment))
			continue;
		const struct memory_file *target = file_at(memory, path);
		if (!target)
			fail_msg("%.*s links to %.*s, which is not there", (int)page->path.len, page->path.at, (int)path.len, path.at);
		if (fragment.at) {
			struct str id = arena_format(arena, " id=\"%.*s\"", (int)fragment.len, fragment.at);
			if (str_find(target->bytes, id, 0) == SIZE_MAX)
				fail_msg("%.*s has no%.*s", (int)path.len, path.at, (int)id.len, id.at);
		}
	}
}

static void links_lead_somewhere(void **state) {
	(void)state;
	struct built b;
	build(&b, false);
	for (uint32_t i = 0; i < b.memory.files.count; i++)
		if (str_ends(b.memory.files.at[i].path, STR(".html")))
			check_links(&b.memory, &b.memory.files.at[i], &b.memory.arena);
	unbuild(&b);
}

static void an_event_page_says_all(void **state) {
	(void)state;
	struct built b;
	build(&b, true);
	struct str page = text_of(&b.memory, TALK);
	assert_true(holds(page, "<p class=\"label\"><a href=\"../topics/book-talk.html\">Book Talk</a></p>\n<h1>The Rock and the River</h1>"));
	assert_true(holds(page, "<time datetime=\"2026-03-02T17:45:00+09:00\" data-end=\"2026-03-02T19:15:00+09:00\">5:45–7:15 pm</time>"));
	assert_true(holds(page, "Japan Standard Time"));
	assert_true(holds(page, "<time datetime=\"2026-03-02T03:45:00-05:00\""));
	assert_true(holds(page, "dates=20260302T084500Z/20260302T101500Z&amp;ctz=Asia%2FTokyo"));
	assert_true(holds(page, "startdt=2026-03-02T08%3A45%3A00Z"));
	assert_true(holds(page, "\"startDate\":\"2026-03-02T17:45:00+09:00\""));
	assert_true(holds(page, "\"eventAttendanceMode\":\"https://schema.org/MixedEventAttendanceMode\""));
	assert_true(holds(page, "\"@type\":\"VirtualLocation\",\"url\":\"https://circle.example/rock\""));
	assert_true(holds(page, "<link rel=\"canonical\" href=\"https://harbour.example/letter/" TALK "\">"));
	assert_true(holds(page, "BOOK TALK: THE ROCK AND THE RIVER. 3/2"));
	unbuild(&b);
}

/* An author of an essay who speaks at an event is one person; her role names a sponsor, so she is on its page too. */
static void a_name_is_one_page(void **state) {
	(void)state;
	struct built b;
	build(&b, true);
	struct str person = text_of(&b.memory, "people/ingrid-solheim.html");
	assert_true(holds(person, "Who Pays for the Pilots?"));
	assert_true(holds(person, ">Pilots, Please</a></h3><p class=\"facts\">3 March 2026, 10–11 am EST · Speaker</p>"));
	assert_true(holds(person, ">Fellow, Northern Seas Institute</a> <span class=\"count\">2026</span>"));
	assert_true(holds(person, "href=\"webcal://harbour.example/letter/people/ingrid-solheim.ics\""));
	assert_true(holds(text_of(&b.memory, "organisations/northern-seas-institute.html"), "../people/ingrid-solheim.html"));
	assert_true(holds(text_of(&b.memory, TALK), "<a href=\"../people/aya-minami.html\">Aya Minami</a>"));
	assert_true(holds(text_of(&b.memory, "places/hall-of-charts-yokohama.html"), "The Rock and the River"));
	assert_true(holds(text_of(&b.memory, "people/index.html"), "Aya Minami"));
	assert_null(file_at(&b.memory, STR("people/ingrid-solheim-2.html")));
	unbuild(&b);
}

/* Quotations stand on the page of who said them, where events or bylines name them; of others there is no page. */
static void words_stand_with_who_said_them(void **state) {
	(void)state;
	struct built b;
	struct fixture *f = &b.fixture;
	fixture_init(f);
	*array_push(&f->arena, &f->record.entities) = (struct entity){.type = ENTITY_PER, .name = STR("Lena Brandt")};
	*array_push(&f->arena, &f->record.entities) = (struct entity){.type = ENTITY_PER, .name = STR("The Harbour Master")};
	struct span content = fixture_span("We are a", "in front of it,");
	for (uint32_t speaker = 0; speaker < 2; speaker++)
		*array_push(&f->arena, &f->record.quotations) = (struct quotation){.content = content, .speaker = speaker};
	*array_push(&f->arena, &f->record.sentences) = fixture_span("\xE2\x80\x9CWe are a", "laughed.[1]");
	const struct record *records[] = {&f->record};
	b.zones = zones_open();
	b.memory = (struct memory_sink){.sink = {memory_put}};
	arena_init(&b.memory.arena);
	publication_init(&b.publication, records, 1, &f->house, b.zones);
	assert_int_equal(emit_site(&b.publication, &b.memory.sink, NULL), 0);
	struct str page = text_of(&b.memory, "people/lena-brandt.html");
	assert_true(holds(page, "in front of it,\xE2\x80\x9D the harbour master told the council, and nobody laughed.</blockquote>"));
	assert_true(holds(page, "href=\"../" ESSAY "#s"));
	assert_null(file_at(&b.memory, STR("people/the-harbour-master.html")));
	unbuild(&b);
}

static void every_subject_has_a_calendar(void **state) {
	(void)state;
	struct built b;
	build(&b, true);
	static const char *const paths[] = {"days/2026-03-02.ics", "people/aya-minami.ics", "organisations/maritime-circle-of-yokohama.ics",
		"places/hall-of-charts-yokohama.ics", "topics/book-talk.ics", "modes/in-person-and-online.ics"};
	struct str all = text_of(&b.memory, "calendar.ics");
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		struct str one = text_of(&b.memory, paths[i]);
		size_t begin = str_find(one, STR("BEGIN:VEVENT"), 0), end = str_find(one, STR("END:VEVENT"), begin);
		assert_true(str_find(all, str_of(one.at + begin, end - begin), 0) != SIZE_MAX); /* the same bytes, the same UID */
		assert_true(str_find(one, STR("BEGIN:VEVENT"), begin + 1) == SIZE_MAX);
	}
	unbuild(&b);
}

/* No hour is invented, no zone assumed. */
static void what_is_not_known_is_not_said(void **state) {
	(void)state;
	struct built b;
	build(&b, true);
	struct str party = text_of(&b.memory, "events/2026-03-04-annual-reception.html");
	assert_true(holds(party, "time zone not stated"));
	assert_true(holds(party, "\"startDate\":\"2026-03-04\""));
	assert_true(holds(party, "EventPostponed"));
	assert_false(holds(party, "calendar.google.com"));
	struct str tides = text_of(&b.memory, "events/2026-03-05-spring-tides-conference.html");
	assert_true(holds(tides, "\"startDate\":\"2026-03-05\",\"endDate\":\"2026-03-06\""));
	assert_true(holds(tides, "dates=20260305/20260307"));
	struct str reading = text_of(&b.memory, "events/reading-group-old-charts.html");
	assert_true(holds(reading, "Date not stated"));
	assert_false(holds(reading, "\"@type\":\"Event\""));
	assert_null(file_at(&b.memory, STR("events/reading-group-old-charts.ics")));
	unbuild(&b);
}

static void without_an_address_nothing_is_absolute(void **state) {
	(void)state;
	struct built b;
	build(&b, false);
	struct str front = text_of(&b.memory, "index.html");
	assert_false(holds(front, "canonical"));
	assert_false(holds(front, "og:url"));
	assert_true(holds(front, "href=\"feed.atom\""));
	assert_null(file_at(&b.memory, STR("sitemap.xml")));
	assert_false(holds(text_of(&b.memory, "robots.txt"), "Sitemap"));
	assert_false(holds(text_of(&b.memory, "feed.json"), "home_page_url"));
	unbuild(&b);
}

static void the_same_records_give_the_same_bytes(void **state) {
	(void)state;
	struct built a, b;
	build(&a, true);
	build(&b, true);
	assert_int_equal(a.memory.files.count, b.memory.files.count);
	for (uint32_t i = 0; i < a.memory.files.count; i++) {
		assert_true(str_equal(a.memory.files.at[i].path, b.memory.files.at[i].path));
		assert_true(str_equal(a.memory.files.at[i].bytes, b.memory.files.at[i].bytes));
	}
	unbuild(&a);
	unbuild(&b);
}

/* An issue with a thousand entries: lists end in time. */
static void pages_stay_small(void **state) {
	(void)state;
	struct built b;
	struct fixture *f = &b.fixture;
	fixture_init(f);
	struct scheduled model = f->record.scheduled.at[0];
	for (int i = 0; i < 1000; i++) {
		struct scheduled *e = array_push(&f->arena, &f->record.scheduled);
		*e = model;
		e->title = e->display = arena_format(&f->arena, "Talk number %d", i);
		e->when.start = civil_add_days(e->when.start, i % 40);
		e->when.end = civil_add_days(e->when.end, i % 40);
	}
	const struct record *records[] = {&f->record};
	b.zones = zones_open();
	b.memory = (struct memory_sink){.sink = {memory_put}};
	arena_init(&b.memory.arena);
	publication_init(&b.publication, records, 1, &f->house, b.zones);
	assert_int_equal(emit_site(&b.publication, &b.memory.sink, NULL), 0);
	for (uint32_t i = 0; i < b.memory.files.count; i++) {
		struct memory_file *file = &b.memory.files.at[i];
		if (str_ends(file->path, STR(".html")) && !str_starts(file->path, STR("issues/2026")))
			assert_true(file->bytes.len < 100 << 10);
	}
	unbuild(&b);
}

/* ---- other languages ---- */

static void build_in(struct built *b, struct str language) {
	const struct record *records[] = {&b->fixture.record};
	fixture_init(&b->fixture);
	b->fixture.house.language = language;
	b->fixture.house.text = STR("en");
	b->zones = zones_open();
	b->memory = (struct memory_sink){.sink = {memory_put}};
	arena_init(&b->memory.arena);
	publication_init(&b->publication, records, 1, &b->fixture.house, b->zones);
	assert_int_equal(emit_site(&b->publication, &b->memory.sink, NULL), 0);
}

static void pages_speak_japanese(void **state) {
	(void)state;
	struct built b;
	build_in(&b, STR("ja"));
	struct str talk = text_of(&b.memory, TALK), essay = text_of(&b.memory, ESSAY);
	assert_true(holds(talk, "<html lang=\"ja\">"));
	assert_true(holds(talk, "2026年3月2日月曜日"));
	assert_true(holds(talk, "17:45～19:15"));
	assert_true(holds(talk, "<h1 lang=\"en\">The Rock and the River</h1>"));
	assert_true(holds(talk, "対面・オンライン"));
	assert_true(holds(essay, "<div class=\"body\" lang=\"en\">"));
	assert_true(holds(essay, ">注</h2>"));
	assert_true(holds(text_of(&b.memory, "events/2026-03.html"), "<title>2026年3月の催し"));
	assert_false(holds(text_of(&b.memory, "index.html"), "Events"));
	unbuild(&b);
}

/* A language without labels: English words, its own dates. */
static void dates_are_in_other_languages(void **state) {
	(void)state;
	struct built b;
	build_in(&b, STR("fr"));
	struct str talk = text_of(&b.memory, TALK);
	assert_true(holds(talk, "lundi 2 mars 2026"));
	assert_true(holds(talk, "17:45–19:15"));
	assert_true(holds(talk, ">Events</a>"));
	unbuild(&b);
	build_in(&b, STR("en"));
	assert_true(holds(text_of(&b.memory, TALK), "Monday 2 March 2026"));
	assert_false(holds(text_of(&b.memory, TALK), "<h1 lang"));
	unbuild(&b);
}

/* ---- search ---- */

/* The words of `text` with a space behind each. */
static struct str words_of(struct buf *out, const char *text) {
	struct search_words words = {.text = str_from(text)};
	char word[SEARCH_WORD];
	buf_clear(out);
	for (size_t len; (len = search_words_next(&words, word)); buf_byte(out, ' '))
		buf_add(out, str_of(word, len));
	return buf_str(out);
}

static void words_are_folded(void **state) {
	(void)state;
	struct buf out = {0};
	assert_true(str_equal(words_of(&out, "Łódź’s “Harbour-Master”, A. Ayala"), STR("lodz harbour master ayala ")));
	assert_true(str_equal(words_of(&out, "the U.S. and the EU in 2026."), STR("the us and the eu in 2026 ")));
	assert_true(str_equal(words_of(&out, "日本海 and 橋"), STR("日本 本海 and 橋 ")));
	assert_true(str_equal(words_of(&out, "日本Tokyo"), STR("日本 tokyo ")));
	assert_true(str_equal(words_of(&out, "… \xFF – a"), STR("")));
	words_of(&out, "ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé");
	assert_true(out.len < SEARCH_WORD + 1);
	buf_release(&out);
}

static void what_is_searched_is_in_the_index(void **state) {
	(void)state;
	struct built b;
	build(&b, false);
	struct str words = text_of(&b.memory, "search/w-.js"), texts = text_of(&b.memory, "search/d-0.js"), names = text_of(&b.memory, "search/n-0.js");
	assert_true(str_starts(words, STR("daybookSearch.words(\"\",\"")));
	assert_true(holds(words, " vargoy "));      /* in the essay's first words */
	assert_true(holds(words, " pilot "));       /* twice in its body */
	assert_false(holds(words, " negotiable ")); /* once, and late */
	assert_true(holds(words, " haddad ") && holds(words, " ladder "));
	assert_true(holds(texts, "[0,\"essays/2026-03-01-who-pays-for-the-pilots.html\",\"Who Pays for the Pilots?\",\"1 March 2026\""));
	assert_true(holds(texts, "[1,\"events/2026-03-02-book-talk-the-rock-and-the-river.html\""));
	assert_true(holds(names, "[2,\"people/ingrid-solheim.html\",\"Ingrid Solheim\",\"\",\"Fellow, Northern Seas Institute\"]"));
	assert_true(holds(text_of(&b.memory, "search/index.js"), "\"shards\":[\"\"]"));
	unbuild(&b);
}

/* Many words: they are in shards by their beginnings, none of them large, and each word in the one of its own. */
static void the_index_is_in_shards(void **state) {
	(void)state;
	struct built b;
	struct fixture *f = &b.fixture;
	fixture_init(f);
	struct scheduled model = f->record.scheduled.at[0];
	for (int i = 0; i < 4000; i++) {
		struct scheduled *e = array_push(&f->arena, &f->record.scheduled);
		*e = model;
		e->title = e->display = arena_format(&f->arena, "Talk %c%c%d on the Quay", 'a' + i % 26, 'a' + i % 25, i);
	}
	const struct record *records[] = {&f->record};
	b.zones = zones_open();
	b.memory = (struct memory_sink){.sink = {memory_put}};
	arena_init(&b.memory.arena);
	publication_init(&b.publication, records, 1, &f->house, b.zones);
	assert_int_equal(emit_site(&b.publication, &b.memory.sink, NULL), 0);
	uint32_t shards = 0;
	for (uint32_t i = 0; i < b.memory.files.count; i++) {
		struct memory_file *file = &b.memory.files.at[i];
		if (!str_starts(file->path, STR("search/")))
			continue;
		assert_true(file->bytes.len < 100 << 10);
		shards += str_starts(file->path, STR("search/w-"));
	}
	assert_true(shards > 1);
	assert_true(holds(text_of(&b.memory, "search/w-t.js"), " talk "));
	assert_true(holds(text_of(&b.memory, "search/w-c.js"), " cc3902 "));
	unbuild(&b);
}

/* ---- feeds ---- */

static void feeds_are_whole(void **state) {
	(void)state;
	struct built b;
	build(&b, true);
	struct str atom = text_of(&b.memory, "feed.atom");
	assert_true(holds(atom, "<id>tag:harbour.example,2000:essays/2026-03-01-who-pays-for-the-pilots</id>"));
	assert_true(holds(atom, "<published>2026-02-26T00:00:00Z</published>"));
	assert_true(holds(atom, "<updated>2026-03-01T05:00:00Z</updated>")); /* midnight in the house's zone */
	assert_true(holds(atom, "id=&quot;2026-03-01-who-pays-for-the-pilots-note-2&quot;"));
	assert_true(holds(atom, "href=&quot;https://harbour.example/letter/" ESSAY "#note-2&quot;"));
	assert_true(holds(text_of(&b.memory, "events.json"), "\"start\": \"2026-03-02T17:45:00+09:00\""));
	unbuild(&b);
	build(&b, false);
	/* the id stays when the site gets or loses its address */
	assert_true(holds(text_of(&b.memory, "feed.atom"), "<id>tag:harbour.example,2000:essays/2026-03-01-who-pays-for-the-pilots</id>"));
	unbuild(&b);
}

/* ---- mail ---- */

#define MAIL "mail/2026-03-01.eml"

static void paragraphs_are_wrapped(void **state) {
	(void)state;
	struct buf out = {0};
	wrap_text(&out, STR("one two three four five six seven eight nine ten eleven twelve thirteen four"), "", "");
	assert_true(str_equal(buf_str(&out), STR("one two three four five six seven eight nine ten eleven twelve \nthirteen four\n")));
	buf_clear(&out);
	wrap_text(&out, STR("From here\n> there"), "", "");
	assert_true(str_equal(buf_str(&out), STR(" From here\n > there\n")));
	buf_clear(&out);
	wrap_text(&out, STR("indented"), "  ", "    ");
	assert_true(str_equal(buf_str(&out), STR("   indented\n")));
	buf_clear(&out);
	for (int i = 0; i < 50; i++)
		buf_text(&out, "\xE6\x97\xA5");
	struct str wide = buf_str(&out);
	struct buf lines = {0};
	wrap_text(&lines, wide, "", "");
	assert_int_equal(str_find(lines.len ? buf_str(&lines) : STR(""), STR("\n"), 0), 35 * 3);
	buf_release(&lines);
	buf_release(&out);
}

/* Lines end with CRLF; none is longer than quoted-printable (76) or a head (78) should have, none of a part ends with a space. */
static void check_lines(struct str mail) {
	size_t begin = 0;
	for (size_t i = 0; i < mail.len; i++) {
		assert_true((mail.at[i] == '\n') == (i > 0 && mail.at[i - 1] == '\r'));
		if (mail.at[i] != '\n')
			continue;
		bool head = mail.at[begin] == 'C' || mail.at[begin] == '\t';
		assert_true(i - 1 - begin <= (head ? 78 : 76));
		assert_false(i - 1 > begin && mail.at[i - 2] == ' ');
		begin = i + 1;
	}
	assert_int_equal(begin, mail.len);
}

static void mail_is_for_readers(void **state) {
	(void)state;
	struct built b;
	build(&b, true);
	struct str mail = text_of(&b.memory, MAIL);
	check_lines(mail);
	assert_true(holds(mail, "Date: Sun, 01 Mar 2026 00:00:00 -0500\r\n"));
	assert_true(holds(mail, "From: The Harbour Letter <desk@harbour.example>\r\n"));
	assert_true(holds(mail, "List-Id: \"The Harbour Letter\" <the-harbour-letter.harbour.example>\r\n"));
	assert_true(holds(mail, "Content-Type: multipart/alternative;"));
	assert_true(holds(mail, "format=3Dflowed") || holds(mail, "format=flowed"));
	assert_true(holds(mail, "\r\nMonday 2 March 2026\r\n"));
	assert_true(holds(mail, "laughed.[1]"));
	assert_true(holds(mail, "\r\n[a] https://lines.example/?a=3D1&b=3D2\r\n"));
	assert_true(holds(mail, "\r\n> A pilot is not a tax."));
	assert_true(holds(mail, "POSTPONED: Annual Reception"));
	assert_false(holds(mail, "javascript:"));
	assert_false(holds(mail, "text/calendar"));
	unbuild(&b);
}

static void mail_without_an_address_brings_its_calendar(void **state) {
	(void)state;
	struct built b;
	build(&b, false);
	struct str mail = text_of(&b.memory, MAIL);
	check_lines(mail);
	assert_true(holds(mail, "Content-Type: multipart/mixed;"));
	assert_true(holds(mail, "Content-Type: text/calendar;"));
	assert_true(holds(mail, "\r\nMETHOD:PUBLISH\r\n"));
	assert_false(holds(mail, "List-Archive"));
	unbuild(&b);
}

/* Essays in more than one feed's worth: the archives hold all but those that came last, and lead to each other. */
static void old_essays_are_in_archives(void **state) {
	(void)state;
	struct built b;
	struct fixture *f = &b.fixture;
	fixture_init(f);
	struct article model = f->record.articles.at[1];
	for (int i = 0; i < 118; i++)
		*array_push(&f->arena, &f->record.articles) = model;
	const struct record *records[] = {&f->record};
	b.zones = zones_open();
	b.memory = (struct memory_sink){.sink = {memory_put}};
	arena_init(&b.memory.arena);
	publication_init(&b.publication, records, 1, &f->house, b.zones);
	assert_int_equal(emit_feeds(&b.publication, &b.memory.sink, NULL), 0);
	assert_true(holds(text_of(&b.memory, "feed.atom"), "rel=\"prev-archive\" type=\"application/atom+xml\" "
		"href=\"https://harbour.example/letter/feed-archive-2.atom\""));
	struct str second = text_of(&b.memory, "feed-archive-2.atom");
	assert_true(holds(second, "<fh:archive/>"));
	assert_true(holds(second, "letter/feed-archive-1.atom"));
	assert_true(holds(second, "rel=\"current\" type=\"application/atom+xml\" href=\"https://harbour.example/letter/feed.atom\""));
	assert_false(holds(text_of(&b.memory, "feed-archive-1.atom"), "prev-archive"));
	assert_null(file_at(&b.memory, STR("feed-archive-3.atom")));
	unbuild(&b);
}

static void rss_says_the_same(void **state) {
	(void)state;
	struct built b;
	build(&b, true);
	struct str rss = text_of(&b.memory, "feed.rss");
	assert_true(holds(rss, "<guid isPermaLink=\"false\">tag:harbour.example,2000:essays/2026-03-01-who-pays-for-the-pilots</guid>"));
	assert_true(holds(rss, "<pubDate>Thu, 26 Feb 2026 00:00:00 GMT</pubDate>"));
	assert_true(holds(rss, "<dc:creator>Tom\xC3\xA1s Ayala</dc:creator>"));
	assert_true(holds(text_of(&b.memory, "events.rss"), "<title>Pilots, Please</title>"));
	unbuild(&b);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slugs_are_plain),
		cmocka_unit_test(slugs_are_unique),
		cmocka_unit_test(an_event_stands_once),
		cmocka_unit_test(two_issues_of_a_day_differ),
		cmocka_unit_test(text_is_safe),
		cmocka_unit_test(notes_work_both_ways),
		cmocka_unit_test(plain_text_is_cut_at_words),
		cmocka_unit_test(links_lead_somewhere),
		cmocka_unit_test(an_event_page_says_all),
		cmocka_unit_test(what_is_not_known_is_not_said),
		cmocka_unit_test(without_an_address_nothing_is_absolute),
		cmocka_unit_test(the_same_records_give_the_same_bytes),
		cmocka_unit_test(pages_stay_small),
		cmocka_unit_test(pages_speak_japanese),
		cmocka_unit_test(dates_are_in_other_languages),
		cmocka_unit_test(words_are_folded),
		cmocka_unit_test(what_is_searched_is_in_the_index),
		cmocka_unit_test(the_index_is_in_shards),
		cmocka_unit_test(feeds_are_whole),
		cmocka_unit_test(a_name_is_one_page),
		cmocka_unit_test(words_stand_with_who_said_them),
		cmocka_unit_test(every_subject_has_a_calendar),
		cmocka_unit_test(old_essays_are_in_archives),
		cmocka_unit_test(rss_says_the_same),
		cmocka_unit_test(paragraphs_are_wrapped),
		cmocka_unit_test(mail_is_for_readers),
		cmocka_unit_test(mail_without_an_address_brings_its_calendar),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
