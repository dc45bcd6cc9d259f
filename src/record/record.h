/* The record: what daybook found, key for key as `daybook annotate` prints it. Finders write it,
 * checkers and back ends read it. Each struct is named after its key; each thing stated has the span
 * that says so, over source->text.
 *
 * A record owns one arena, and everything it states lives there; it borrows its source. Strings are
 * as a reader sees them (hidden bytes left out, white space folded); a null str is JSON null. */
#ifndef DAYBOOK_RECORD_H
#define DAYBOOK_RECORD_H

#include "../base/memory.h"
#include "../know/civil.h"
#include "../read/source.h"
#include "diagnostic.h"

#define NONE UINT32_MAX /* an index that points at nothing */

struct issue {
	struct str title;
	struct civil date; /* CIVIL_UNKNOWN where the text and the options give none */
	struct civil about;  /* where no day is stated, the first of the month or term that the masthead names: what a day without a year goes
	                        by; else unknown. A month stands in `date` too, without a day */
	bool about_month;    /* a month is named; for find/ */
	uint32_t about_end;  /* the block behind it; for find/ */
	struct civil moment; /* the date with the clock time given with --date: what "in ten minutes" counts from; else unknown */
	struct span span;  /* where the date is stated; empty when it came from an option, the mail or the page */
	struct span title_span;
	struct str number;     /* "19" of "No. 19", or null */
	bool date_given;       /* the date is from --date or the source's head, not from the text */
	int8_t weekday;        /* stated with the date: 1-7, or 0 */
	struct span weekday_span;
	uint32_t end;          /* the document's first block behind the masthead; for find/ */
};

struct byline {
	struct str name, affiliation;
	struct span span, name_span;
};

struct provenance {
	struct str outlet;
	struct civil date;
	struct span span; /* empty: none is stated */
};

struct section {
	struct str heading;
	struct span span;      /* of the heading */
	uint32_t level;        /* 1 under the article's title */
};

/* A piece of an article's body, in reading order: what a page shows. */
enum passage_kind { PASSAGE_TEXT, PASSAGE_HEADING, PASSAGE_ITEM, PASSAGE_QUOTE, PASSAGE_CODE, PASSAGE_RULE };
struct passage {
	struct span span;
	uint8_t kind, level;
	bool ordered; /* PASSAGE_ITEM: of a numbered list */
};

struct article {
	struct str kicker, title;
	struct span kicker_span, title_span;
	array_of(struct byline) byline;
	struct civil date; /* the essay's own, or unknown */
	struct span date_span;
	int8_t weekday;    /* stated with the date: 1-7, or 0 */
	struct span weekday_span;
	struct str place; /* of a dateline ("WASHINGTON —"), or null */
	struct provenance provenance;
	struct span disclaimer;
	array_of(struct section) sections;
	array_of(struct passage) passages; /* the body, without head matter and notes */
	struct span span;
};

struct note {
	struct str label;
	struct span span; /* the note, with its label */
	struct span text; /* without its label */
	array_of(struct span) references;
	struct str same_as; /* the label it repeats (Ibid.), or null */
	struct span ibid;   /* the word that says so; empty where there is none */
	uint32_t article;   /* the article it belongs to, or NONE */
};

/* A listing: a run of entries for coming events under one heading, or none. Filled by find/articles.c,
 * read by find/scheduled.c. */
struct listing {
	struct str heading;
	struct span heading_span; /* empty where there is none */
	struct span span;         /* all its entries, heading included */
};

/* ---- times: TIMEX3 (ISO 24617-1) ---- */

enum timex_type { TIMEX_DATE, TIMEX_TIME, TIMEX_DURATION, TIMEX_SET };

/* A zone as the text names it beside a clock time. */
struct zone_mention {
	struct span span;     /* empty: none is named */
	const char *id;       /* IANA name it certainly means, or NULL: not named, or ambiguous */
	int32_t name;         /* the zone table's row (know/zone.h zone_name), or -1 */
	int32_t place;        /* the row of a place ("Tokyo time": zone_place), or -1 */
	int16_t offset;       /* minutes that "UTC+9" states, or ZONE_NO_OFFSET */
};

struct timex {
	struct span span;
	uint8_t type;
	struct str value; /* the TIMEX3 value */
	struct str mod;   /* null where none */
	uint32_t anchor;  /* the time it was resolved against, NONE for the document's own date or no anchor */
	bool from_now;    /* resolved against the document's date, the essay's own inside an essay */
	/* added: the interval in ISO 8601 where it is known, begin inclusive, end exclusive; else null */
	struct str begin, end;
	struct str quant, freq; /* of a SET; else null */
	uint32_t until;         /* of a range's first half: the index of its second half; else NONE */
	uint32_t since;         /* of a range's second half: the index of its first half; else NONE */
	const char *rule;       /* the rule's name, for --explain; static */
	/* the same in fields, for find/scheduled.c and check/: what words and resolution give; unknown is -1 */
	struct civil when;
	bool year_given;   /* the text states the year */
	int8_t weekday;    /* stated with the date: 1-7, or 0 */
	struct span weekday_span;
	struct zone_mention zone; /* of a clock time; a zone named once for a range stands in both halves */
	bool impossible;   /* there is no such day or hour: the fields are as written */
	bool half_unknown; /* of a clock time: morning or afternoon is not said; `when` has the morning */
	uint32_t date;     /* of a clock time: the index of the date stated with it in the same expression, or NONE */
};

/* Whether a time says a clock time; the day (or weekday) of something: what listings go by. */
static inline bool timex_is_clock(const struct timex *t) {
	return t->type == TIMEX_TIME && t->when.hour >= 0;
}

static inline bool timex_is_day(const struct timex *t) { /* "Friday evening" too */
	return (t->type == TIMEX_DATE || (t->type == TIMEX_TIME && t->when.hour < 0)) && (t->when.day > 0 || t->weekday);
}

/* ---- names: who and what is named, and which of them are one ---- */

enum entity_type { ENTITY_PER, ENTITY_ORG, ENTITY_GPE, ENTITY_LOC, ENTITY_MISC };

/* A mention. Titles, ranks, articles and a possessive's 's are outside its span. */
struct name {
	struct span span;
	uint32_t entity; /* in record.entities */
	uint8_t type;    /* enum entity_type */
};

/* What a person is or was, as the text says it: "Foreign Minister" of "Russia". */
struct office {
	struct str title, of; /* of: null where no organisation or country is stated */
	struct span span;
	bool former;
};

struct entity {
	uint8_t type;
	struct str name; /* its fullest form */
	array_of(struct str) aliases; /* its other forms, each once, in order of appearance */
	array_of(struct office) roles;
	char country[3];  /* ISO 3166-1 of a place, a demonym, a capital that stands for its government; "" where not known */
	uint32_t mention; /* its first mention in record.names */
};

/* ---- quotations ---- */

enum quotation_kind { QUOTATION_DIRECT, QUOTATION_INDIRECT, QUOTATION_MIXED, QUOTATION_BLOCK };

struct quotation {
	uint8_t kind;
	struct span content, cue, source; /* cue and source: empty where the text has none */
	struct str text;                  /* added: the content as a reader sees it */
	uint32_t speaker;                 /* in record.entities, or NONE */
	struct span addressee, outlet;    /* added: whom it was said to, where it was published; empty where not stated */
};

/* ---- scheduled: coming events ---- */

enum mode { MODE_UNKNOWN, MODE_IN_PERSON, MODE_VIRTUAL, MODE_HYBRID };
enum part { PART_SPEAKER, PART_MODERATOR, PART_HOST, PART_DISCUSSANT, PART_AUTHOR, PART_ORGANIZER };
enum event_status { STATUS_SCHEDULED, STATUS_CANCELLED, STATUS_POSTPONED, STATUS_MOVED_ONLINE, STATUS_RESCHEDULED };

struct role {
	struct str text;
	struct span span;
};

struct person {
	struct str name;      /* without honorifics */
	struct str honorific; /* "Dr.", "Lt. Gen", or null */
	uint8_t part;
	bool part_stated; /* a label or a verb says so; else it is taken to be a speaker */
	array_of(struct role) roles;
	struct span span; /* name and roles */
	struct span name_span;
};

struct sponsor {
	struct str name;
	bool co; /* a co-sponsor */
	struct span span;
};

struct event_link {
	struct str label, href;
	struct span span;
};

/* One statement of when: in the zone the text names first, or in another. */
struct occasion {
	struct civil start, end; /* in `zone`; clock unknown: a date (of an all-day event or TBD). end.year unknown: no end */
	const char *zone;        /* IANA name, "+09:00" style for a bare offset, or NULL: not known */
	struct zone_mention zone_stated; /* as the text names it; span empty when inherited */
	struct span span;        /* the whole statement */
	struct span start_span, end_span;
};

struct scheduled {
	struct str uid;
	struct str title;   /* as written */
	struct str display; /* added: title case, acronyms and names right */
	struct str series, kind; /* kind is added: "BOOK TALK", "WEBINAR" */
	struct occasion when;
	array_of(struct occasion) also;
	bool all_day;       /* added: "all day", or a range of days without hours */
	bool time_open;     /* added: TBD */
	int8_t weekday;     /* stated with the date, or 0 */
	struct span weekday_span;
	bool date_inherited; /* from a heading */
	uint8_t mode, status;
	struct str location, venue, address, room; /* location: as written, whole; the others are added: its parts */
	int8_t fee; /* 1: money is asked, 0: stated to be free, -1: not said */
	struct str price;
	array_of(struct sponsor) sponsors;
	array_of(struct person) people;
	array_of(struct event_link) links;
	struct str description; /* added: prose of the entry that is none of the above, or null */
	struct span description_span;
	struct str language;
	struct {
		struct span title, series, kind, start, end, zone, mode, location, fee, status;
	} spans;
	struct span span;
	uint32_t listing; /* in record.listings, or NONE */
};

struct reported; /* its pass is still to come; the key is printed empty */

struct record {
	const struct source *source;
	struct issue issue;
	array_of(struct article) articles;
	array_of(struct note) notes;
	array_of(struct span) note_references_missing; /* [4] where no note 4 is */
	array_of(struct listing) listings;
	array_of(struct timex) times;
	array_of(struct name) names; /* by span.begin; they do not overlap */
	array_of(struct entity) entities; /* by first mention */
	array_of(struct quotation) quotations; /* by content.begin */
	array_of(struct scheduled) scheduled;
	array_of(struct span) strays; /* text that belongs to nothing around it */
	array_of(struct span) sentences; /* of the whole text, in order, so that a statement can be shown in its own */
	array_of(struct diagnostic) diagnostics; /* by span.begin when the compiler is done */
	struct arena *arena; /* lent by whoever annotates; everything above is in it */
};

/* Adds a diagnostic; its severity is the code's own. Give a fix with diagnostic_fix. */
struct diagnostic *record_diagnose(struct record *record, enum diagnostic_code code, struct span span, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Sorts diagnostics by place, drops equal ones. */
void record_finish(struct record *record);

/* Moves all that the record states out of its arena into `to`, an arena of its own: what finding left behind is not taken along. The
 * record's old arena may be released then. */
void record_move(struct record *record, struct arena *to);

/* The index of the first time that begins at or after text position `at`; times.count where there is none. By bisection. */
uint32_t record_time_from(const struct record *record, uint32_t at);

/* The index of the first name that ends behind text position `at`; names.count where there is none. By bisection. */
uint32_t record_name_from(const struct record *record, uint32_t at);

/* The index of the article that holds text position `at`, or NONE. By bisection. */
uint32_t record_article_at(const struct record *record, uint32_t at);

/* The names of the values as INTERFACE prints them ("in-person", "speaker", "DATE", "PER"); NULL for MODE_UNKNOWN. */
const char *mode_name(uint8_t mode);
const char *part_name(uint8_t part);
const char *timex_type_name(uint8_t type);
const char *entity_type_name(uint8_t type);
const char *quotation_kind_name(uint8_t kind);
const char *status_name(uint8_t status);

#endif
