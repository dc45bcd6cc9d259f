/* The vocabulary: words and phrases of the language with what they mean to a finder. Its data are the
 * TSV files of data/words/; tools/make_words.py makes constant tables of them at build time.
 *
 * A line of data/words/NAME.tsv is `phrase<TAB>class<TAB>value<TAB>note`. `class` is a name of
 * enum word_class in lower case without WORD_; `value` is a number, or a name that the class's
 * own list (data/classes.tsv) numbers. A phrase's words are in the normal form of a token: lower case,
 * straight apostrophe, no full stops inside ("p.m." is pm, "U.S." is us), no accents; a hyphen between words is
 * written and is a token of its own. One word may have several lines. */
#ifndef DAYBOOK_WORDS_H
#define DAYBOOK_WORDS_H

#include "../base/str.h"

/* ORDER CLASSES: tools/make_words.py reads this list. Add at the end of a group. */
enum word_class {
	WORD_NONE,
	/* times */
	WORD_MONTH,        /* 1-12 */
	WORD_WEEKDAY,      /* 1 Monday - 7 Sunday */
	WORD_MERIDIEM,     /* 0 am, 12 pm */
	WORD_CLOCK_NAME,   /* noon, midday 720; midnight 1440: minutes of the day */
	WORD_ZONE,         /* an index into the zone table (know/zone.h) */
	WORD_ZONE_PLACE,   /* a place that names a zone ("Tokyo" time): an index into the zone table's places */
	WORD_NUMBER,       /* one, two … : its value */
	WORD_ORDINAL,      /* first, second … and the suffixes st nd rd th (value 0) */
	WORD_UNIT,         /* day, week … */
	WORD_DAY_NAME,     /* today 0, tomorrow 1, yesterday -1 */
	WORD_ALL_DAY,      /* all day, full day */
	WORD_TO_BE,        /* tbd, tba, tbc, to be announced */
	WORD_ZONE_REGION,  /* states and countries that tell places of one name apart: an index into the zones' places */
	WORD_RANGE,        /* to, until, till, through, and the dash's words */
	/* listings */
	WORD_PART,         /* labels of people: speaker, panelists, moderator, chair, discussant …: enum part of record.h */
	WORD_PART_VERB,    /* "moderated by", "featuring", "hosted by" (part host), "with": enum part */
	WORD_LABEL,        /* labels of entries: date, time, location, sponsor …: enum label of find/labels.h */
	WORD_MODE,         /* virtual, webinar, in person, hybrid …: enum mode of record.h */
	WORD_SERIES_KIND,  /* book talk, webinar, panel, conference …: kinds that stand before a title */
	WORD_FEE,          /* 1: money is asked; 0: free */
	WORD_LINK_LABEL,   /* register here, rsvp, purchase book … */
	WORD_STATUS,       /* cancelled 1, postponed 2, moved online 3, rescheduled 4 */
	WORD_HONORIFIC,    /* dr, prof, h.e., amb, lt gen, mr …; value 1: before a name, 2: after it (ret, phd, esq) */
	WORD_RANK,         /* military and police ranks, before a name */
	WORD_ROLE,         /* words that head a role: professor, fellow, director, minister … */
	WORD_ORG_HEAD,     /* words that head an organisation's name: institute, university, ministry … */
	WORD_ORG_TAIL,     /* llc, ltd, inc, gmbh */
	WORD_PLACE_HEAD,   /* street, avenue, building, room, hotel, hall … : signs of an address or a venue */
	WORD_CITY,         /* cities and towns; index into places */
	WORD_COUNTRY,
	WORD_REGION,       /* states, provinces, and their abbreviations */
	WORD_GIVEN_NAME,   /* common given names of many countries */
	WORD_SURNAME,
	/* layout */
	WORD_LISTING_HEAD, /* events, calendar, agenda, coming up, on the calendar, diary … */
	WORD_BY,           /* by, written by, text by … before a byline */
	WORD_PROVENANCE,   /* first appeared, originally published, reprinted from, special to …: enum provenance_cue */
	WORD_DISCLAIMER,   /* the views expressed, does not necessarily reflect … */
	WORD_IBID,         /* ibid 1, op cit 2, loc cit 3, id 1 */
	WORD_NOTES_HEAD,   /* notes, endnotes, footnotes, references */
	WORD_ACRONYM,      /* words written in capitals in title case too: US, NATO, AUKUS … */
	WORD_SMALL,        /* words kept small in title case: of, the, and … */
	WORD_FUNCTION,     /* function words of the language, closed classes */
	WORD_HOLD_VERB,    /* holds, hosts, convenes, organises: subject is a sponsor */
	WORD_INVITATION,   /* join us, please join, save the date: begins a sentence that invites */
	WORD_SPEAK_VERB,   /* speaks, participates, delivers … : subject is a speaker */
	WORD_ABBREVIATION, /* words whose full stop may not end a sentence: etc, vs, jan, st …: enum abbreviation */
	WORD_DOMAIN,       /* last parts of host names: com, org, edu … */
	WORD_PARTICLE,     /* van, de, al … between the words of a name */
	WORD_LEAD,         /* words that lead to a name and are no part of it: 1 between a cue of provenance and the outlet (in, by, to), 2 to
	                      a place (meet at), 3 both */
	WORD_ISSUE_NUMBER, /* no, issue, vol: before the number of an issue */
	WORD_CONTENTS_HEAD, /* in this issue, contents: heads a list of what follows */
	WORD_OTHER_MOMENT, /* rsvp, doors, deadline …: the time near it is not the event's */
	WORD_ISSUED,       /* issued, updated, this edition: before the date of an issue */
	WORD_TAG,          /* new event, updated: before a diary's item, no part of its title */
	WORD_CURRENCY,     /* usd, yen, pounds: beside a figure */
	WORD_COST,         /* tickets, members, admission: words near a price that say what is paid */
	WORD_TERM,         /* Michaelmas, spring, fall: a season or term of a year; the month it begins */
	/* names */
	WORD_DEMONYM,      /* Russian, Russians: their country, as that of places */
	WORD_METONYM,      /* Kremlin, White House: stands for the government of its country */
	WORD_VARIANT,      /* ways of writing one name: Sergei, Sergey; a number for each name */
	/* who said what */
	WORD_CUE,          /* words that attribute: said, told, according to …: a sum of enum cue of find/cues.h */
	WORD_GRAMMAR,      /* what a word does in a sentence: enum grammar of find/cues.h */
	WORD_CALLING,      /* nouns of what people are: minister, scholar, sister: enum calling of find/roles.h */
	WORD_CLASS_COUNT
};

/* How an abbreviation takes its full stop; data/classes.tsv names these. */
enum abbreviation {
	ABBREVIATION_BEFORE = 1,  /* stands before a name or number, never ends a sentence: Dr, Lt, pp */
	ABBREVIATION_CAPITAL = 2, /* likewise, but only when it begins with a capital: Gen, No, Sat, Mar */
	ABBREVIATION_EITHER = 3,  /* may also end a sentence: Inc, Jr, etc, Ave */
	ABBREVIATION_NUMBER = 4,  /* only before a number: No, p, Vol */
};

/* The id of the word in normal form, or 0. */
uint32_t words_id(struct str normal);

/* The id of a word of ASCII letters and apostrophes in any case, or 0. */
uint32_t words_id_ascii(struct str written);

/* The normal form of letter `code` (U+0080 and above) as UTF-8 in out[4]; returns its length. */
int words_fold(uint32_t code, char out[4]);

/* Whether `code` is a capital of the Latin, Greek or Cyrillic letters below U+2000. */
bool words_is_capital(uint32_t code);

/* The normal form of word `id`. */
struct str words_text(uint32_t id);

/* A phrase of two words or more. */
struct phrase {
	uint16_t class;
	uint16_t length; /* tokens */
	int32_t value;
	uint32_t words; /* its words' ids are word_phrase_ids[words] and on */
};

/* Private part: the generated tables, open so that looking at a token's word costs no call. */
struct word_entry {
	uint64_t classes; /* a bit for each class the word alone has */
	uint64_t starts;  /* a bit for each class of the phrases it begins, itself among them */
	uint32_t text;
	uint16_t values, phrases; /* the first of each */
	uint16_t phrase_count;
	uint8_t length;
};
extern const struct word_entry word_entries[];
extern const uint32_t word_count;
struct word_value {
	int32_t class, value;
};
extern const struct word_value word_values[]; /* of each word, in the order of the classes */
extern const struct phrase word_phrases[];
extern const uint32_t word_phrase_ids[];
extern const uint16_t word_marks[128]; /* the ids of ASCII signs */
/* Every word has a place of its own in word_keys, and its id the same in word_ids. */
extern const uint64_t word_keys[];
extern const uint16_t word_ids[], word_moves[];
extern const uint64_t word_multiplier;
extern const uint8_t word_bits, word_move_bits;

/* The id of the word whose key is `key`, or 0. A word of up to eight bytes is its own key: the bytes of its normal
 * form, the first the lowest, zeros behind them.
 * ORDER PLACE: tools/make_words.py fills the tables for this. */
static inline uint32_t word_find(uint64_t key) {
	uint64_t hash = (key ^ key >> 32) * word_multiplier, home = hash >> (64 - word_bits);
	uint64_t bucket = hash >> (64 - word_bits - word_move_bits) & (((uint64_t)1 << word_move_bits) - 1);
	uint64_t at = home ^ word_moves[bucket];
	return word_keys[at] == key ? word_ids[at] : 0;
}

/* Whether word `id` alone has class `c`; its value goes to *value (may be NULL). Constant time. */
static inline bool word_is(uint32_t id, enum word_class c, int32_t *value) {
	if (!(word_entries[id].classes >> c & 1))
		return false;
	if (value) {
		const struct word_value *of = &word_values[word_entries[id].values];
		while (of->class != (int32_t)c)
			of++;
		*value = of->value;
	}
	return true;
}

/* Whether word `id` has any of the classes whose bits (1 << class) are in `mask`. */
static inline bool word_is_any(uint32_t id, uint64_t mask) {
	return (word_entries[id].classes & mask) != 0;
}

/* Whether a phrase of class `c`, or the word alone, begins with word `id`. */
static inline bool word_starts(uint32_t id, enum word_class c) {
	return word_entries[id].starts >> c & 1;
}

/* Whether phrases of any of the classes whose bits are in `mask` begin with word `id`. */
static inline bool word_starts_any(uint32_t id, uint64_t mask) {
	return (word_entries[id].starts & mask) != 0;
}

/* For those who walk phrases (phrase_at of text/document.h): the phrases of two words or more that
 * begin with word `id`, in the order of their classes, those of one class the longest first. */
static inline const struct phrase *words_phrases(uint32_t id, uint32_t *count) {
	*count = word_entries[id].phrase_count;
	return &word_phrases[word_entries[id].phrases];
}

#endif
