/* Entities: mentions of one document that mean one person, organisation, place or people. Mentions are keyed by their words,
 * folded (case, accents, hyphens, ways of romanising), and a table says whom a key meant last; so each is looked at once. */
#include "name_features.h"

enum { WORDS_MOST = 12, ALIASES_MOST = 24 };

/* A mention as a list of folded words. */
struct mention {
	uint32_t word[WORDS_MOST], count;
	uint32_t token; /* its first */
	struct span span;
	uint8_t type;
	bool shouted; /* all in capitals, and more than one word */
};

/* By what an entity is found again. */
enum key_kind { KEY_WHOLE = 1, KEY_FIRST, KEY_LAST, KEY_ENDS, KEY_COUNTRY };

struct entry {
	uint32_t key, entity;
};

struct joining {
	struct finding *f;
	struct entry *table;
	uint32_t mask, used;
};

/* ---- words ---- */

static uint32_t folded_word(const struct document *d, uint32_t at) {
	char normal[36];
	int32_t group;
	if (word_is(d->tokens.at[at].word, WORD_VARIANT, &group))
		return model_mix(WORD_VARIANT, (uint32_t)group);
	return model_word(str_of(normal, name_normal(d, at, normal)));
}

static bool is_article(const struct token *t, const struct document *d) {
	return str_equal_nocase(str_of(d->text.at + t->begin, t->end - t->begin), STR("the"));
}

static struct mention read_mention(const struct document *d, const struct name *name, uint32_t token) {
	struct mention m = {.token = token, .span = name->span, .type = name->type, .shouted = true};
	for (uint32_t i = token; i < d->tokens.count && d->tokens.at[i].begin < name->span.end && m.count < WORDS_MOST; i++) {
		const struct token *t = &d->tokens.at[i];
		m.shouted = m.shouted && (t->kind != TOKEN_WORD || t->shape == SHAPE_UPPER);
		if (t->kind == TOKEN_NUMBER)
			m.word[m.count++] = model_mix(TOKEN_NUMBER, t->number);
		else if (t->kind == TOKEN_WORD && !(m.count == 0 && is_article(t, d)))
			m.word[m.count++] = folded_word(d, i);
	}
	m.shouted = m.shouted && m.count > 1;
	return m;
}

static uint32_t whole_key(const struct mention *m) {
	uint32_t key = 0;
	for (uint32_t i = 0; i < m->count; i++)
		key = model_mix(key, m->word[i]);
	return key;
}

/* ---- the table ---- */

/* What a person is called by is nothing of a place's. */
static uint32_t key_of(enum key_kind kind, uint8_t type, uint32_t value) {
	bool person = type == ENTITY_PER, people = type == ENTITY_MISC;
	uint32_t key = model_mix(value, (uint32_t)kind << 2 | (uint32_t)person << 1 | (uint32_t)people);
	return key + (key == 0);
}

/* The key's place in the table: it has the key, or is free. */
static struct entry *place_of(const struct joining *j, uint32_t key) {
	uint32_t at = key & j->mask;
	while (j->table[at].key && j->table[at].key != key)
		at = (at + 1) & j->mask;
	return &j->table[at];
}

/* Whom the key meant last, or NONE. */
static uint32_t called(const struct joining *j, enum key_kind kind, uint8_t type, uint32_t value) {
	const struct entry *entry = place_of(j, key_of(kind, type, value));
	return entry->key ? entry->entity : NONE;
}

/* A table of `size` places, a power of two, with what the one before held. */
static void make_table(struct joining *j, uint32_t size) {
	struct entry *before = j->table;
	uint32_t count = before ? j->mask + 1 : 0;
	j->table = arena_alloc(j->f->scratch, size * sizeof *j->table);
	j->mask = size - 1;
	for (uint32_t i = 0; i < count; i++)
		if (before[i].key)
			*place_of(j, before[i].key) = before[i];
}

static void call(struct joining *j, enum key_kind kind, uint8_t type, uint32_t value, uint32_t index) {
	if (j->used * 2 > j->mask)
		make_table(j, (j->mask + 1) * 2);
	uint32_t key = key_of(kind, type, value);
	struct entry *entry = place_of(j, key);
	j->used += !entry->key;
	*entry = (struct entry){key, index};
}

/* ---- countries ---- */

/* The country that the mention's words name, stand in, or are the people of; by the vocabulary. */
static bool country_of(const struct document *d, const struct mention *m, enum word_class class, char out[3]) {
	uint32_t limit = m->token;
	while (limit < d->tokens.count && d->tokens.at[limit].begin < m->span.end)
		limit++;
	uint32_t at = m->token + (limit - m->token > 1 && is_article(&d->tokens.at[m->token], d));
	int32_t value;
	uint32_t taken = phrase_at(d, at, limit, class, &value);
	if (taken == 0 || at + taken < limit || value == 0)
		return false;
	out[0] = (char)(value >> 8 & 0x5F);
	out[1] = (char)(value & 0x5F);
	return true;
}

static bool is_country(const struct document *d, const struct mention *m, char out[3]) {
	bool letters = d->tokens.at[m->token].shape == SHAPE_UPPER; /* DPRK, U.S. */
	return country_of(d, m, WORD_COUNTRY, out) || (letters && country_of(d, m, WORD_METONYM, out));
}

static uint32_t country_value(const char country[3]) {
	return (uint32_t)country[0] << 8 | (uint32_t)country[1];
}

static uint32_t words_in(struct str name) {
	uint32_t words = 1;
	for (size_t i = 0; i < name.len; i++)
		words += name.at[i] == ' ';
	return words;
}

/* ---- joining ---- */

/* The entity of mention `m`, known by its words, or NONE. */
static uint32_t known_entity(const struct joining *j, const struct mention *m, const char country[3]) {
	uint32_t found = called(j, KEY_WHOLE, m->type, whole_key(m));
	if (found == NONE && *country)
		found = called(j, KEY_COUNTRY, m->type, country_value(country));
	if (found != NONE || m->type != ENTITY_PER || m->count == 0)
		return found;
	if (m->count > 1) {
		/* "DeAnna M. Burt" and "DeAnna Burt"; the full name of who was called by surname before */
		found = called(j, KEY_ENDS, m->type, model_mix(m->word[0], m->word[m->count - 1]));
		for (uint32_t i = 0; found == NONE && i < 2; i++) {
			uint32_t alone = model_mix(0, m->word[i ? 0 : m->count - 1]);
			found = called(j, KEY_WHOLE, m->type, alone);
			if (found != NONE && words_in(j->f->record->entities.at[found].name) > 1)
				found = NONE; /* the surname stands for another, whose full name is known */
		}
		return found;
	}
	found = called(j, KEY_LAST, m->type, m->word[0]);
	return found != NONE ? found : called(j, KEY_FIRST, m->type, m->word[0]);
}

static uint32_t new_entity(struct joining *j, const struct mention *m, uint32_t name) {
	struct record *r = j->f->record;
	struct entity *e = array_push(r->arena, &r->entities);
	e->type = m->type;
	e->name = document_words(j->f->document, m->span);
	e->mention = name;
	return r->entities.count - 1;
}

/* Remembers what else entity `index` may be called by. */
static void remember(struct joining *j, const struct mention *m, const char country[3], uint32_t index) {
	call(j, KEY_WHOLE, m->type, whole_key(m), index);
	if (*country)
		call(j, KEY_COUNTRY, m->type, country_value(country), index);
	if (m->type != ENTITY_PER || m->count < 2)
		return;
	call(j, KEY_FIRST, m->type, m->word[0], index);
	call(j, KEY_LAST, m->type, m->word[m->count - 1], index);
	call(j, KEY_ENDS, m->type, model_mix(m->word[0], m->word[m->count - 1]), index);
}

static bool is_shouted(struct str name) {
	for (size_t i = 0; i < name.len; i++)
		if (name.at[i] >= 'a' && name.at[i] <= 'z')
			return false;
	return true;
}

/* Whether `form` says more of an entity than `name`: more words, or not all in capitals. An acronym is never fuller. */
static bool is_fuller(struct str form, struct str name) {
	uint32_t more = words_in(form), less = words_in(name);
	return more != less ? more > less : more > 1 && is_shouted(name) && !is_shouted(form);
}

static void add_form(struct joining *j, const struct mention *m, uint32_t index) {
	struct record *r = j->f->record;
	struct entity *e = &r->entities.at[index];
	struct str form = document_words(j->f->document, m->span);
	if (str_equal(form, e->name))
		return;
	for (uint32_t i = 0; i < e->aliases.count; i++)
		if (str_equal(form, e->aliases.at[i]))
			return;
	if (e->aliases.count >= ALIASES_MOST)
		return;
	if (is_fuller(form, e->name)) {
		struct str before = e->name;
		e->name = form;
		form = before;
	}
	*array_push(r->arena, &e->aliases) = form;
}

/* Whether the letters of the acronym at token `at` begin words of `name`, in their order. */
static bool is_acronym_of(const struct document *d, uint32_t at, const struct name *name) {
	struct str letters = token_text(d, at), text = str_at(d->text, name->span);
	size_t found = 0;
	for (size_t i = 0; i < text.len && found < letters.len; i++) {
		bool begins = i == 0 || text.at[i - 1] == ' ' || text.at[i - 1] == '-' || text.at[i - 1] == '\n';
		found += (begins || found) && str_equal_nocase(str_of(text.at + i, 1), str_of(letters.at + found, 1)) && (begins || text.at[i] < 'a');
	}
	return found == letters.len;
}

enum { BEFORE_BRACKET = 80 }; /* bytes between a name and the bracket with its acronym */

/* The entity whose acronym stands in brackets as mention `m`, name `at` of the record: "Multilateral Team (MT)"; or NONE. */
static uint32_t introduced(const struct joining *j, const struct mention *m, uint32_t at) {
	const struct document *d = j->f->document;
	const struct token *t = &d->tokens.at[m->token];
	const struct name *names = j->f->record->names.at;
	if (m->count != 1 || m->token == 0 || m->type == ENTITY_PER || t->shape == SHAPE_LOWER || t->shape == SHAPE_CAPITAL)
		return NONE;
	if (!token_is_punct(t - 1, '(') || !token_is_punct(t + 1, ')'))
		return NONE;
	for (uint32_t back = 1; back <= 2 && back <= at; back++)
		if (names[at - back].span.end + BEFORE_BRACKET > m->span.begin && is_acronym_of(d, m->token, &names[at - back]))
			return names[at - back].entity;
	return NONE;
}

static void join(struct joining *j, uint32_t name, uint32_t token) {
	struct record *r = j->f->record;
	const struct document *d = j->f->document;
	struct mention m = read_mention(d, &r->names.at[name], token);
	char country[3] = "", seat[3] = "";
	if (m.type == ENTITY_MISC)
		country_of(d, &m, WORD_DEMONYM, country);
	if ((m.type == ENTITY_GPE || m.type == ENTITY_LOC) && !is_country(d, &m, country) && !country_of(d, &m, WORD_CITY, seat))
		country_of(d, &m, WORD_REGION, seat);
	if (m.type == ENTITY_ORG)
		country_of(d, &m, WORD_METONYM, seat);
	uint32_t index = known_entity(j, &m, country);
	if (index == NONE)
		index = introduced(j, &m, name);
	if (index == NONE)
		index = new_entity(j, &m, name);
	else
		add_form(j, &m, index);
	remember(j, &m, country, index);
	if (*country || *seat)
		memcpy(r->entities.at[index].country, *country ? country : seat, 3);
	r->names.at[name].entity = index;
}

void find_entities(struct finding *f) {
	struct record *r = f->record;
	struct joining j = {.f = f};
	make_table(&j, 64);
	for (uint32_t i = 0, token = 0; i < r->names.count; i++) {
		while (token < f->document->tokens.count && f->document->tokens.at[token].end <= r->names.at[i].span.begin)
			token++;
		join(&j, i, token);
	}
}
