/* A bulletin read by hand: two essays, four notes, five events, as the finders would state them. For tests of what
 * stands behind the record. */
#ifndef DAYBOOK_TEST_FIXTURE_H
#define DAYBOOK_TEST_FIXTURE_H

#include "record/house.h"
#include "record/record.h"

struct fixture {
	struct source source;
	struct record record;
	struct house house;
	struct arena arena;
};

static const char fixture_text[] =
	"The Harbour Letter\n"
	"Sunday, March 1, 2026\n"
	"\n"
	"Straits & Narrows\n"
	"Who Pays for the Pilots?\n"
	"By Ingrid Solheim, Fellow, Northern Seas Institute, and Tom\xC3\xA1s Ayala\n"
	"The views expressed are the authors' own.\n"
	"February 26, 2026. First appeared in The Quay Review\n"
	"\n"
	"On February 12, 2026 the port of Varg\xC3\xB8y raised its pilotage fee for the third time in a year. \xE2\x80\x9CWe are a "
	"small harbour with a large rock in front of it,\xE2\x80\x9D the harbour master told the council, and *nobody* laughed.[1] The ships "
	"came anyway, as they have come since the lighthouse was a bonfire: slowly, at the top of the tide, and with a local man "
	"on the bridge who knew where the rock was.\n"
	"\n"
	"The numbers are not large. But they are the first that anyone has published, and they do not add up.[2]\n"
	"\n"
	"A Fee by Another Name\n"
	"\n"
	"Three of the four shipping lines that call at Varg\xC3\xB8y now pay the fee under protest. The fourth does not pay at all.\n"
	"\n"
	"A pilot is not a tax. A pilot is a man with a ladder.\n"
	"\n"
	"The lines ask for three things:\n"
	"\n"
	"a tariff that is printed before the ship sails;\n"
	"a pilot who comes when he is called;\n"
	"an appeal, in writing, within a year.[2]\n"
	"\n"
	"What the Council Can Do\n"
	"\n"
	"It can wait, which is what councils do best. Or it can read the report that it ordered.\n"
	"\n"
	"What Comes After\n"
	"\n"
	"The tide table is already printed. Everything else is negotiable.[3]\n"
	"\n"
	"[1] Minutes of the harbour council, February 12, 2026.\n"
	"[2] Ingrid Solheim, \xE2\x80\x9CLadders,\xE2\x80\x9D The Quay Review, no. 4 (2025).\n"
	"[3] Ibid.\n"
	"\n"
	"Two Lighthouses\n"
	"By Wen Jiayi, Correspondent\n"
	"\n"
	"There are two lighthouses at Cape Mirren, and only one of them is lit. The other is a museum, a caf\xC3\xA9 and, on the first "
	"Tuesday of the month, a polling station <for those who ask>.\n"
	"\n"
	"Coming Events\n"
	"\n"
	"BOOK TALK: THE ROCK AND THE RIVER. 3/2, 5:45-7:15pm (JST), 3:45-5:15am (EST), HYBRID. Hall of Charts, Yokohama. Sponsor: "
	"Maritime Circle of Yokohama. Speaker: Aya Minami, Professor of Port History, Kanazawa Bay University; Research Fellow, Institute "
	"of Tides. Fee. REGISTER HERE: https://circle.example/rock\n"
	"WEBINAR: PILOTS, PLEASE. 3/3, 10:00-11:00am (EST), VIRTUAL. Sponsors: Northern Seas Institute; Quay Club. Speakers: Dr. Omar "
	"Haddad, Director, Ladder Safety Board; Ingrid Solheim, Fellow, Northern Seas Institute; Moderator: Lena Brandt, Editor, The Quay Review.\n"
	"SPRING TIDES CONFERENCE. March 5-6, Galle Point Hotel, Colombo. Sponsor: South Shore Foundation.\n"
	"ANNUAL RECEPTION. 3/4, 6:30pm. Postponed.\n"
	"READING GROUP: OLD CHARTS. Date to be announced.\n";

static inline struct span fixture_span(const char *begin, const char *end) {
	const char *from = strstr(fixture_text, begin);
	const char *to = strstr(from, end) + strlen(end);
	return (struct span){(uint32_t)(from - fixture_text), (uint32_t)(to - fixture_text)};
}

static inline struct span fixture_word(const char *word) {
	return fixture_span(word, word);
}

static inline struct civil fixture_day(int year, int month, int day) {
	return (struct civil){year, (int8_t)month, (int8_t)day, -1, -1, -1};
}

static inline struct civil fixture_moment(int month, int day, int hour, int minute) {
	return (struct civil){2026, (int8_t)month, (int8_t)day, (int8_t)hour, (int8_t)minute, -1};
}

static inline void fixture_mark(struct fixture *f, struct span span, uint8_t kind, struct str value) {
	*array_push(&f->source.arena, &f->source.marks) = (struct mark){span, kind, 0, value};
}

static inline void fixture_passage(struct fixture *f, struct article *a, struct span span, uint8_t kind) {
	*array_push(&f->arena, &a->passages) = (struct passage){span, kind, 1, false};
}

static inline struct article *fixture_article(struct fixture *f, struct str kicker, struct str title, struct span span) {
	struct article *a = array_push(&f->arena, &f->record.articles);
	*a = (struct article){.kicker = kicker, .title = title, .date = CIVIL_UNKNOWN, .span = span};
	a->provenance.date = CIVIL_UNKNOWN;
	return a;
}

static inline void fixture_first_essay(struct fixture *f) {
	struct article *a = fixture_article(f, STR("Straits & Narrows"), STR("Who Pays for the Pilots?"), fixture_span("Straits", "[3] Ibid."));
	*array_push(&f->arena, &a->byline) = (struct byline){.name = STR("Ingrid Solheim"), .affiliation = STR("Fellow, Northern Seas Institute")};
	*array_push(&f->arena, &a->byline) = (struct byline){.name = STR("Tom\xC3\xA1s Ayala")};
	a->date = fixture_day(2026, 2, 26);
	a->provenance = (struct provenance){STR("The Quay Review"), fixture_day(2026, 2, 26), fixture_word("First appeared in The Quay Review")};
	a->disclaimer = fixture_word("The views expressed are the authors' own.");
	fixture_passage(f, a, fixture_span("On February 12", "where the rock was."), PASSAGE_TEXT);
	fixture_passage(f, a, fixture_span("The numbers", "add up.[2]"), PASSAGE_TEXT);
	fixture_passage(f, a, fixture_word("A Fee by Another Name"), PASSAGE_HEADING);
	fixture_passage(f, a, fixture_span("Three of the four", "at all."), PASSAGE_TEXT);
	fixture_passage(f, a, fixture_span("A pilot is not", "ladder."), PASSAGE_QUOTE);
	fixture_passage(f, a, fixture_word("The lines ask for three things:"), PASSAGE_TEXT);
	fixture_passage(f, a, fixture_span("a tariff", "sails;"), PASSAGE_ITEM);
	fixture_passage(f, a, fixture_span("a pilot who", "called;"), PASSAGE_ITEM);
	fixture_passage(f, a, fixture_span("an appeal", "year.[2]"), PASSAGE_ITEM);
	fixture_passage(f, a, fixture_word("What the Council Can Do"), PASSAGE_HEADING);
	fixture_passage(f, a, fixture_span("It can wait", "ordered."), PASSAGE_TEXT);
	fixture_passage(f, a, fixture_word("What Comes After"), PASSAGE_HEADING);
	fixture_passage(f, a, fixture_span("The tide table", "negotiable.[3]"), PASSAGE_TEXT);
}

static inline void fixture_second_essay(struct fixture *f) {
	struct article *a = fixture_article(f, STR_NULL, STR("Two Lighthouses"), fixture_span("Two Lighthouses", "ask>."));
	*array_push(&f->arena, &a->byline) = (struct byline){.name = STR("Wen Jiayi"), .affiliation = STR("Correspondent")};
	fixture_passage(f, a, fixture_span("There are two", "ask>."), PASSAGE_TEXT);
}

static inline void fixture_notes(struct fixture *f) {
	static const char *const ends[] = {"12, 2026.\n[2", "(2025).", "Ibid."};
	for (int i = 0; i < 3; i++) {
		struct note *n = array_push(&f->arena, &f->record.notes);
		const char label[] = {'\n', '[', (char)('1' + i), ']', ' ', 0};
		n->label = arena_format(&f->arena, "%d", i + 1);
		n->span = fixture_span(label, ends[i]);
		n->span.begin++;
		if (i == 0)
			n->span.end -= 3;
		n->text = (struct span){n->span.begin + 4, n->span.end};
		n->article = 0;
	}
	*array_push(&f->arena, &f->record.notes.at[0].references) = (struct span){fixture_span("nobody", "[1]").end - 3, fixture_span("nobody", "[1]").end};
	*array_push(&f->arena, &f->record.notes.at[1].references) = (struct span){fixture_word("up.[2]").begin + 3, fixture_word("up.[2]").end};
	*array_push(&f->arena, &f->record.notes.at[1].references) = (struct span){fixture_word("year.[2]").begin + 5, fixture_word("year.[2]").end};
	*array_push(&f->arena, &f->record.notes.at[2].references) = (struct span){fixture_word("negotiable.[3]").begin + 11, fixture_word("negotiable.[3]").end};
	f->record.notes.at[2].same_as = STR("2");
	f->record.notes.at[2].ibid = fixture_word("Ibid");
}

static inline struct scheduled *fixture_event(struct fixture *f, const char *title, const char *end, const char *display) {
	struct scheduled *e = array_push(&f->arena, &f->record.scheduled);
	*e = (struct scheduled){.span = fixture_span(title, end), .title = str_from(title), .display = str_from(display), .fee = -1, .listing = NONE};
	e->when = (struct occasion){.start = CIVIL_UNKNOWN, .end = CIVIL_UNKNOWN};
	return e;
}

static inline void fixture_person(struct fixture *f, struct scheduled *e, uint8_t part, struct str name, struct str role) {
	struct person *p = array_push(&f->arena, &e->people);
	*p = (struct person){.name = name, .part = part};
	*array_push(&f->arena, &p->roles) = (struct role){role, {0, 0}};
}

static inline void fixture_sponsor(struct fixture *f, struct scheduled *e, struct str name) {
	*array_push(&f->arena, &e->sponsors) = (struct sponsor){name, false, {0, 0}};
}

static inline void fixture_events(struct fixture *f) {
	struct scheduled *e = fixture_event(f, "BOOK TALK: THE ROCK AND THE RIVER", "circle.example/rock", "Book Talk: The Rock and the River");
	e->kind = STR("BOOK TALK");
	e->when.start = fixture_moment(3, 2, 17, 45);
	e->when.end = fixture_moment(3, 2, 19, 15);
	e->when.zone = "Asia/Tokyo";
	*array_push(&f->arena, &e->also) = (struct occasion){.start = fixture_moment(3, 2, 3, 45), .end = fixture_moment(3, 2, 5, 15), .zone = "America/New_York"};
	e->mode = MODE_HYBRID;
	e->location = STR("Hall of Charts, Yokohama");
	e->fee = 1;
	fixture_sponsor(f, e, STR("Maritime Circle of Yokohama"));
	fixture_person(f, e, PART_SPEAKER, STR("Aya Minami"), STR("Professor of Port History, Kanazawa Bay University"));
	*array_push(&f->arena, &e->people.at[0].roles) = (struct role){STR("Research Fellow, Institute of Tides"), {0, 0}};
	*array_push(&f->arena, &e->links) = (struct event_link){STR("REGISTER HERE"), STR("https://circle.example/rock"), {0, 0}};
	*array_push(&f->arena, &e->links) = (struct event_link){STR("Evil"), STR("javascript:alert(1)"), {0, 0}};

	e = fixture_event(f, "WEBINAR: PILOTS, PLEASE", "Editor, The Quay Review.", "Webinar: Pilots, Please");
	e->kind = STR("WEBINAR");
	e->when.start = fixture_moment(3, 3, 10, 0);
	e->when.end = fixture_moment(3, 3, 11, 0);
	e->when.zone = "America/New_York";
	e->mode = MODE_VIRTUAL;
	e->fee = 0;
	fixture_sponsor(f, e, STR("Northern Seas Institute"));
	fixture_sponsor(f, e, STR("Quay Club"));
	fixture_person(f, e, PART_SPEAKER, STR("Omar Haddad"), STR("Director, Ladder Safety Board"));
	e->people.at[0].honorific = STR("Dr.");
	fixture_person(f, e, PART_SPEAKER, STR("Ingrid Solheim"), STR("Fellow, Northern Seas Institute"));
	fixture_person(f, e, PART_MODERATOR, STR("Lena Brandt"), STR("Editor, The Quay Review"));

	e = fixture_event(f, "SPRING TIDES CONFERENCE", "South Shore Foundation.", "Spring Tides Conference");
	e->when.start = fixture_day(2026, 3, 5);
	e->when.end = fixture_day(2026, 3, 6);
	e->all_day = true;
	e->mode = MODE_IN_PERSON;
	e->venue = STR("Galle Point Hotel");
	e->location = STR("Galle Point Hotel, Colombo");
	fixture_sponsor(f, e, STR("South Shore Foundation"));

	e = fixture_event(f, "ANNUAL RECEPTION", "Postponed.", "Annual Reception");
	e->when.start = fixture_moment(3, 4, 18, 30);
	e->status = STATUS_POSTPONED;

	e = fixture_event(f, "READING GROUP: OLD CHARTS", "announced.", "Reading Group: Old Charts");
	e->series = STR("READING GROUP");
	e->time_open = true;
}

static inline void fixture_init(struct fixture *f) {
	*f = (struct fixture){0};
	arena_init(&f->arena);
	arena_init(&f->source.arena);
	f->source.name = STR("letter.txt");
	f->source.text = f->source.original = str_of(fixture_text, sizeof fixture_text - 1);
	struct span word = fixture_word("*nobody*");
	fixture_mark(f, word, MARK_EMPHASIS, STR_NULL);
	fixture_mark(f, (struct span){word.begin, word.begin + 1}, MARK_HIDDEN, STR_NULL);
	fixture_mark(f, (struct span){word.end - 1, word.end}, MARK_HIDDEN, STR_NULL);
	fixture_mark(f, fixture_word("shipping lines"), MARK_LINK, STR("https://lines.example/?a=1&b=2"));
	fixture_mark(f, fixture_word("under protest"), MARK_LINK, STR("javascript:alert(1)"));
	f->record = (struct record){.source = &f->source, .arena = &f->arena};
	f->record.issue = (struct issue){.title = STR("The Harbour Letter"), .date = fixture_day(2026, 3, 1), .number = STR("12")};
	*array_push(&f->arena, &f->record.times) = (struct timex){.span = fixture_word("February 12, 2026"), .value = STR("2026-02-12")};
	f->record.times.at[0].span = (struct span){fixture_word("On February 12, 2026").begin + 3, fixture_word("On February 12, 2026").end};
	fixture_first_essay(f);
	fixture_second_essay(f);
	fixture_notes(f);
	fixture_events(f);
	f->house = (struct house){.name = STR("The Harbour Letter"), .zone = STR("America/New_York"), .language = STR("en"), .text = STR("en"),
		.url = STR("https://harbour.example/letter"), .email = STR("desk@harbour.example"), .id = STR("harbour.example"),
		.description = STR("Ports, pilots and the law of the sea, every Sunday")};
}

static inline void fixture_release(struct fixture *f) {
	arena_release(&f->arena);
	arena_release(&f->source.arena);
}

#endif
