#include "identity.h"

#include "../base/hash.h"
#include "../know/name_key.h"

#include <stdlib.h>

enum { SLOTS = 1 << 18, STATED_WORDS = 64, SLOT_WORDS = 10, NAMES = 1 << 18 };

/* An entity by type and key, direct-mapped: a newer one takes the place of an older. There are several slots for each entity that years of issues
 * name: what is not found here is looked for in tables larger than SQLite's cache. */
struct identity_slot {
	uint64_t key; /* of type and key; 0: empty */
	int64_t id;
	uint32_t word[SLOT_WORDS], words; /* some of the words stated of a person */
};

static const char *const family_names[] = {"PER", "ORG", "GPE", "GPE", "MISC"}; /* by enum entity_type: a place is a place */

static uint64_t slot_key(uint8_t type, struct str key) {
	uint64_t hash = hash_bytes(key) ^ (uint64_t)family_names[type][0] << 56;
	return hash ? hash : 1;
}

static struct identity_slot *slot_of(struct identity *identity, uint64_t key) {
	if (!identity->slots) {
		identity->slots = memory_get(SLOTS * sizeof *identity->slots);
		memset(identity->slots, 0, SLOTS * sizeof *identity->slots);
		identity->names = memory_get(NAMES * sizeof *identity->names);
		memset(identity->names, 0, NAMES * sizeof *identity->names);
	}
	return &identity->slots[key % SLOTS];
}

void identity_forget(struct identity *identity) {
	free(identity->slots);
	free(identity->names);
	*identity = (struct identity){0};
}

/* ---- persons ---- */

struct word_set {
	uint64_t word[STATED_WORDS];
	uint32_t count;
};

static bool set_has(const struct word_set *set, uint64_t word) {
	for (uint32_t i = 0; i < set->count; i++)
		if (set->word[i] == word)
			return true;
	return false;
}

/* Adds the words of an office or affiliation that say something: longer than three letters, or an acronym. */
static void set_add(struct word_set *set, struct str text) {
	char key[NAME_KEY];
	size_t len = name_key(text, key);
	for (size_t at = 0; at < len;) {
		size_t end = at;
		while (end < len && key[end] != ' ')
			end++;
		uint64_t word = hash_bytes(str_of(key + at, end - at));
		if (end - at > 3 && set->count < STATED_WORDS && !set_has(set, word))
			set->word[set->count++] = word;
		at = end + 1;
	}
}

/* Everything the archive's documents state of a person. */
static bool load_stated(struct sql *sql, int64_t person, struct word_set *set) {
	sqlite3_stmt *s = sql_statement(sql,
		"SELECT title || ' ' || coalesce(\"of\", '') FROM roles WHERE person = ?1 "
		"UNION SELECT roles FROM event_people WHERE person = ?1 AND roles IS NOT NULL "
		"UNION SELECT affiliation FROM bylines WHERE person = ?1 AND affiliation IS NOT NULL LIMIT 24");
	if (!s)
		return false;
	sql_bind(s, "i", person);
	while (sqlite3_step(s) == SQLITE_ROW)
		set_add(set, sql_str(s, 0));
	sqlite3_reset(s);
	return true;
}

static bool share_word(const struct word_set *a, const struct word_set *b) {
	for (uint32_t i = 0; i < a->count; i++)
		if (set_has(b, a->word[i]))
			return true;
	return false;
}

/* Whether a document that states something of the person names the other. */
static bool named_together(struct sql *sql, int64_t person, int64_t other) {
	sqlite3_stmt *s = sql_statement(sql, "SELECT 1 FROM (SELECT document FROM roles WHERE person = ?1 UNION "
		"SELECT document FROM listings JOIN event_people ON listing = id WHERE person = ?1 UNION "
		"SELECT document FROM essays JOIN bylines ON essay = id WHERE person = ?1) d JOIN named ON named.document = d.document "
		"AND named.entity = ?2 LIMIT 1");
	if (!s)
		return false;
	sql_bind(s, "ii", person, other);
	bool found = sqlite3_step(s) == SQLITE_ROW;
	sqlite3_reset(s);
	return found;
}

static struct word_set stated_here(const struct described *d) {
	struct word_set here = {0};
	for (uint32_t i = 0; i < d->stated_count; i++)
		set_add(&here, d->stated[i]);
	return here;
}

/* Whether a word of the set is remembered of the slot's person; remembers them all. */
static bool slot_shares(struct identity_slot *slot, const struct word_set *here) {
	bool shares = false;
	for (uint32_t i = 0; i < here->count; i++) {
		uint32_t word = (uint32_t)here->word[i], at = 0;
		while (at < slot->words && slot->word[at] != word)
			at++;
		shares = shares || at < slot->words;
		if (at == slot->words && at < SLOT_WORDS)
			slot->word[slot->words++] = word;
	}
	return shares;
}

static bool is_another(struct sql *sql, int64_t person, const struct word_set *here, const int64_t *others, uint32_t others_count) {
	struct word_set there = {0};
	if (here->count == 0 || !load_stated(sql, person, &there) || there.count == 0 || share_word(here, &there))
		return false;
	for (uint32_t i = 0; i < others_count; i++)
		if (others[i] > 0 && others[i] != person && named_together(sql, person, others[i]))
			return false;
	return true;
}

/* ---- rows ---- */

static bool is_partial(uint8_t type, struct str key) {
	return type == ENTITY_PER && !memchr(key.at, ' ', key.len);
}

static int64_t add_row(struct sql *sql, const struct entity *e, struct str key, int64_t same_name, struct error *error) {
	struct str country = *e->country ? str_of(e->country, 2) : STR_NULL;
	if (sql_run(sql, error, "INSERT INTO entities(type, name, key, country, partial, same_name) VALUES (?, ?, ?, ?, ?, ?)",
			"zsssi?", entity_type_name(e->type), e->name, key, country, (int64_t)is_partial(e->type, key),
			same_name ? same_name : -1) < 0)
		return -1;
	return sqlite3_last_insert_rowid(sql->db);
}

static const char family_query[] = "SELECT id FROM entities WHERE key = ?1 AND (type = ?2 OR (?2 = 'GPE' AND type = 'LOC')) ORDER BY id";

/* The row of this key that it may be, 0 where there is none; *first (of several persons) is the first of the name. */
static int64_t look_up(struct sql *sql, const struct described *d, struct str key, const struct word_set *here, const int64_t *others,
	uint32_t others_count, int64_t *first) {
	int64_t candidates[16];
	uint32_t count = 0;
	sqlite3_stmt *s = sql_statement(sql, family_query);
	sql_bind(s, "sz", key, family_names[d->entity->type]);
	while (count < 16 && sqlite3_step(s) == SQLITE_ROW)
		candidates[count++] = sqlite3_column_int64(s, 0);
	sqlite3_reset(s);
	*first = count ? candidates[0] : 0;
	for (uint32_t i = 0; i < count; i++)
		if (d->entity->type != ENTITY_PER || !is_another(sql, candidates[i], here, others, others_count))
			return candidates[i];
	return 0;
}

/* Whether this name of the entity was remembered just now; it is from now on. */
static bool name_seen(struct identity *identity, struct str key, int64_t id) {
	uint64_t hash = hash_bytes(key) + (uint64_t)id * 0x9E3779B97F4A7C15;
	bool seen = identity->names[hash % NAMES] == hash;
	identity->names[hash % NAMES] = hash;
	return seen;
}

/* Its forms, so that it is found by them. */
static int add_names(struct identity *identity, struct sql *sql, const struct entity *e, int64_t id, struct error *error) {
	for (uint32_t i = 0; i <= e->aliases.count; i++) {
		struct str name = i ? e->aliases.at[i - 1] : e->name;
		char text[NAME_KEY];
		struct str key = str_of(text, name_key(name, text));
		if (key.len && !name_seen(identity, key, id) && sql_run(sql, error,
				"INSERT OR IGNORE INTO entity_names(key, entity, name) VALUES (?, ?, ?)", "sis", key, id, name) < 0)
			return -1;
	}
	return 0;
}

int64_t identity_find(struct identity *identity, struct sql *sql, const struct described *d, const int64_t *others,
	uint32_t others_count, struct error *error) {
	char text[NAME_KEY];
	struct str key = str_of(text, name_key(d->entity->name, text));
	uint64_t hash = slot_key(d->entity->type, key);
	struct identity_slot *slot = slot_of(identity, hash);
	struct word_set here = stated_here(d);
	int64_t id = slot->key == hash && (here.count == 0 || slot_shares(slot, &here)) ? slot->id : 0, first;
	if (!id)
		id = look_up(sql, d, key, &here, others, others_count, &first);
	bool is_new = !id;
	if (is_new)
		id = add_row(sql, d->entity, key, first, error);
	if (id < 0 || ((is_new || d->entity->aliases.count) && add_names(identity, sql, d->entity, id, error) < 0))
		return -1;
	if (slot->key != hash || slot->id != id) {
		*slot = (struct identity_slot){.key = hash, .id = id};
		slot_shares(slot, &here);
	}
	return id;
}
