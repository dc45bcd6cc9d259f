-- The archive: one SQLite file, and a public format (doc/archive.md). Every statement of a document has the bytes of
-- documents.text that say it: begin_at inclusive, end_at exclusive, NULL where the text does not state it by itself.
-- Tables keyed by (document, n) hold a document's statements in order of print. Dates are ISO 8601.

CREATE TABLE documents (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,           -- the file, or what the container calls it
	origin TEXT NOT NULL,         -- where it came from: a path, with the inner path, Message-ID or post address behind it
	url TEXT,
	media_type TEXT NOT NULL,
	encoding TEXT,
	date TEXT,                    -- the issue's, else what the container states
	bytes INTEGER NOT NULL,       -- of the original
	sha256 TEXT NOT NULL,         -- of the original
	replaces INTEGER REFERENCES documents(id), -- the older version from the same origin
	replaced INTEGER NOT NULL DEFAULT 0,       -- 1: a newer version stands for it; its statements are taken out
	sentences TEXT NOT NULL,      -- JSON: [begin, end, begin, end, ...] of each sentence of the text
	text TEXT NOT NULL,           -- the text that spans point into, in UTF-8
	original BLOB                 -- the bytes as they were given, where they are not the text itself
) STRICT;
CREATE INDEX documents_by_sha256 ON documents(sha256);
CREATE INDEX documents_by_origin ON documents(origin);

CREATE TABLE house (             -- what the publication says of itself: name zone language url email description id
	key TEXT PRIMARY KEY,
	value TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE issues (
	id INTEGER PRIMARY KEY,       -- the document's
	title TEXT,
	number TEXT,
	date TEXT,
	date_given INTEGER NOT NULL,  -- 1: by the container or an option, not by the text
	begin_at INTEGER, end_at INTEGER,
	title_begin INTEGER, title_end INTEGER
) STRICT;

CREATE TABLE essays (
	id INTEGER PRIMARY KEY,
	document INTEGER NOT NULL REFERENCES documents(id),
	kicker TEXT,
	title TEXT,
	date TEXT,                    -- its own, else NULL
	place TEXT,                   -- of the dateline
	outlet TEXT,                  -- where it first appeared
	outlet_date TEXT,
	outlet_begin INTEGER, outlet_end INTEGER,
	title_begin INTEGER, title_end INTEGER,
	begin_at INTEGER NOT NULL, end_at INTEGER NOT NULL
) STRICT;

CREATE TABLE bylines (
	essay INTEGER NOT NULL REFERENCES essays(id),
	n INTEGER NOT NULL,
	name TEXT NOT NULL,
	affiliation TEXT,
	person INTEGER REFERENCES entities(id),
	begin_at INTEGER, end_at INTEGER,
	PRIMARY KEY (essay, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX bylines_by_person ON bylines(person);

CREATE TABLE sections (
	essay INTEGER NOT NULL REFERENCES essays(id),
	n INTEGER NOT NULL,
	heading TEXT,
	level INTEGER NOT NULL,
	begin_at INTEGER, end_at INTEGER,
	PRIMARY KEY (essay, n)
) STRICT, WITHOUT ROWID;

-- One row an event, however many issues list it: as its newest listing has it.
CREATE TABLE events (
	id INTEGER PRIMARY KEY,
	uid TEXT NOT NULL UNIQUE,
	title TEXT,                   -- in title case
	title_key TEXT,
	start TEXT, "end" TEXT, zone TEXT,
	starts INTEGER, ends INTEGER, -- moments, in seconds since 1970 UTC; a day without a clock begins in its zone, or UTC
	status TEXT NOT NULL,         -- scheduled, cancelled, postponed, moved-online, rescheduled
	mode TEXT,                    -- in-person, virtual, hybrid
	location TEXT,
	listing INTEGER,              -- the newest
	listings INTEGER NOT NULL,    -- how many
	sequence INTEGER NOT NULL     -- how often time, place or status changed (RFC 5545 3.8.7.4)
) STRICT;
CREATE INDEX events_by_title ON events(title_key);

-- What one issue says of an event: the event's history is its listings in order of date.
CREATE TABLE listings (
	id INTEGER PRIMARY KEY,
	event INTEGER NOT NULL REFERENCES events(id),
	document INTEGER NOT NULL REFERENCES documents(id),
	issued TEXT,
	title TEXT,                   -- as printed
	display TEXT, series TEXT, kind TEXT,
	start TEXT, "end" TEXT, zone TEXT, all_day INTEGER NOT NULL, time_open INTEGER NOT NULL,
	status TEXT NOT NULL, mode TEXT,
	location TEXT, venue TEXT, room TEXT, address TEXT,
	fee INTEGER, price TEXT,      -- fee: 1 money is asked, 0 stated to be free, NULL not said
	description TEXT, language TEXT,
	changed TEXT,                 -- what differs from the listing before: words of "start end location status"; NULL: nothing
	title_begin INTEGER, title_end INTEGER,
	begin_at INTEGER NOT NULL, end_at INTEGER NOT NULL
) STRICT;
CREATE INDEX listings_by_event ON listings(event);

CREATE TABLE event_times (
	listing INTEGER NOT NULL REFERENCES listings(id),
	n INTEGER NOT NULL,           -- 0: in the event's own zone; from 1: the others that are stated
	start TEXT, "end" TEXT, zone TEXT,
	begin_at INTEGER, end_at INTEGER,
	PRIMARY KEY (listing, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE event_people (
	listing INTEGER NOT NULL REFERENCES listings(id),
	n INTEGER NOT NULL,
	name TEXT NOT NULL,
	honorific TEXT,
	part TEXT NOT NULL,           -- speaker moderator host discussant author organizer
	roles TEXT,                   -- as printed, with "; " between
	person INTEGER REFERENCES entities(id),
	begin_at INTEGER, end_at INTEGER,
	PRIMARY KEY (listing, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_people_by_person ON event_people(person);

CREATE TABLE event_sponsors (
	listing INTEGER NOT NULL REFERENCES listings(id),
	n INTEGER NOT NULL,
	name TEXT NOT NULL,
	co INTEGER NOT NULL,          -- 1: a co-sponsor
	organisation INTEGER REFERENCES entities(id),
	begin_at INTEGER, end_at INTEGER,
	PRIMARY KEY (listing, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE event_links (
	listing INTEGER NOT NULL REFERENCES listings(id),
	n INTEGER NOT NULL,
	label TEXT,
	href TEXT,
	begin_at INTEGER, end_at INTEGER,
	PRIMARY KEY (listing, n)
) STRICT, WITHOUT ROWID;

-- People, organisations, places and the rest, one row each across all documents.
CREATE TABLE entities (
	id INTEGER PRIMARY KEY,
	type TEXT NOT NULL,           -- PER ORG GPE LOC MISC
	name TEXT NOT NULL,           -- the fullest form
	key TEXT NOT NULL,            -- folded: case, accents, hyphens, ways of romanising
	country TEXT,                 -- ISO 3166-1
	partial INTEGER NOT NULL,     -- 1: a person known by one name alone; documents may mean several
	same_name INTEGER REFERENCES entities(id) -- another of this name, whom nothing stated shows to be the same
) STRICT;
CREATE INDEX entities_by_key ON entities(key);
CREATE TABLE entity_names (
	key TEXT NOT NULL,
	entity INTEGER NOT NULL REFERENCES entities(id),
	name TEXT NOT NULL,
	PRIMARY KEY (key, entity)
) STRICT, WITHOUT ROWID;

-- Who is named where. `spans` is JSON: [[begin, end], ...] of each mention; the view `mentions` has a row for each.
CREATE TABLE named (
	document INTEGER NOT NULL REFERENCES documents(id),
	entity INTEGER NOT NULL REFERENCES entities(id),
	spans TEXT NOT NULL,
	PRIMARY KEY (document, entity)
) STRICT, WITHOUT ROWID;
CREATE VIEW mentions AS
	SELECT document, entity, json_extract(value, '$[0]') AS begin_at, json_extract(value, '$[1]') AS end_at
	FROM named, json_each(named.spans);

CREATE TABLE roles (              -- who is or was what, as a document says
	document INTEGER NOT NULL REFERENCES documents(id),
	n INTEGER NOT NULL,
	person INTEGER NOT NULL REFERENCES entities(id),
	title TEXT NOT NULL,
	"of" TEXT,
	former INTEGER NOT NULL,
	date TEXT,                    -- the document's
	begin_at INTEGER, end_at INTEGER,
	PRIMARY KEY (document, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX roles_by_person ON roles(person);

CREATE TABLE quotations (
	document INTEGER NOT NULL REFERENCES documents(id),
	n INTEGER NOT NULL,
	kind TEXT NOT NULL,           -- direct indirect mixed block
	speaker INTEGER REFERENCES entities(id),
	text TEXT,
	begin_at INTEGER NOT NULL, end_at INTEGER NOT NULL,
	cue_begin INTEGER, cue_end INTEGER,
	source_begin INTEGER, source_end INTEGER,
	PRIMARY KEY (document, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE times (              -- TIMEX3
	document INTEGER NOT NULL REFERENCES documents(id),
	n INTEGER NOT NULL,
	type TEXT NOT NULL,           -- DATE TIME DURATION SET
	value TEXT NOT NULL,
	mod TEXT,
	"from" TEXT, until TEXT,      -- the interval it means, where that is known; until exclusive
	begin_at INTEGER NOT NULL, end_at INTEGER NOT NULL,
	PRIMARY KEY (document, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE notes (
	document INTEGER NOT NULL REFERENCES documents(id),
	n INTEGER NOT NULL,
	label TEXT NOT NULL,
	same_as TEXT,                 -- Ibid.
	essay INTEGER REFERENCES essays(id),
	begin_at INTEGER NOT NULL, end_at INTEGER NOT NULL,
	PRIMARY KEY (document, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE diagnostics (
	document INTEGER NOT NULL REFERENCES documents(id),
	n INTEGER NOT NULL,
	code TEXT NOT NULL,
	severity TEXT NOT NULL,
	message TEXT NOT NULL,
	begin_at INTEGER NOT NULL, end_at INTEGER NOT NULL,
	PRIMARY KEY (document, n)
) STRICT, WITHOUT ROWID;

-- What is searched: each essay, each listing, and what stands between them.
CREATE TABLE texts (
	id INTEGER PRIMARY KEY,
	document INTEGER NOT NULL REFERENCES documents(id),
	kind TEXT NOT NULL,           -- essay event other
	item INTEGER,                 -- the essay's id, the listing's
	date TEXT,                    -- of the event, else of the issue
	title TEXT,
	begin_at INTEGER NOT NULL, end_at INTEGER NOT NULL
) STRICT;
CREATE VIEW text_bodies AS
	SELECT t.id, t.title, CAST(substr(CAST(d.text AS BLOB), t.begin_at + 1, t.end_at - t.begin_at) AS TEXT) AS body
	FROM texts t JOIN documents d ON d.id = t.document;
CREATE VIRTUAL TABLE text_index USING fts5(title, body, content='text_bodies', content_rowid='id',
	tokenize="unicode61 remove_diacritics 2");

-- The best texts of words and beginnings of words that stand in many, so that ranking need not read all of them: for the
-- texts of [first, last]. `key` is a folded word, or its beginning and '*'.
CREATE TABLE ranked_texts (
	first INTEGER PRIMARY KEY,
	last INTEGER NOT NULL
) STRICT;
CREATE TABLE ranked_words (
	first INTEGER NOT NULL REFERENCES ranked_texts(first),
	key TEXT NOT NULL,
	texts INTEGER NOT NULL,       -- how many have it
	best BLOB NOT NULL,           -- at most 20 times: text id less first (4 bytes, big end first), score in 1/4096 (2 bytes)
	PRIMARY KEY (first, key)
) STRICT, WITHOUT ROWID;

CREATE VIEW people AS SELECT id, name, partial, same_name FROM entities WHERE type = 'PER';
CREATE VIEW organisations AS SELECT id, name, country FROM entities WHERE type = 'ORG';
CREATE VIEW places AS SELECT id, name, country FROM entities WHERE type IN ('GPE', 'LOC');
CREATE VIEW spans AS
	SELECT document, 'essays' AS "table", id AS row, begin_at, end_at FROM essays
	UNION ALL SELECT document, 'listings', id, begin_at, end_at FROM listings
	UNION ALL SELECT document, 'mentions', entity, begin_at, end_at FROM mentions
	UNION ALL SELECT document, 'roles', n, begin_at, end_at FROM roles
	UNION ALL SELECT document, 'quotations', n, begin_at, end_at FROM quotations
	UNION ALL SELECT document, 'times', n, begin_at, end_at FROM times
	UNION ALL SELECT document, 'notes', n, begin_at, end_at FROM notes
	UNION ALL SELECT document, 'diagnostics', n, begin_at, end_at FROM diagnostics;
