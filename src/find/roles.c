/* Roles of people, as the text says them beside a name: "Foreign Minister Ann Lee", "Ann Lee, a fellow at the Institute,",
 * "the ministers Ann Lee and Jo Park", and in bylines and listings. */
#include "roles.h"

#include "cues.h"

enum { TITLE_MOST = 12, PLACE_MOST = 25, ROLES_MOST = 16, NEAR = 40 }; /* tokens; roles of a person; bytes */

struct roles {
	struct finding *f;
	const struct document *d;
	struct record *r;
	uint32_t *countries; /* by the two letters of their code: the entity that is named as the country itself,
		or 0; one more */
};

/* Tokens [from, to). */
struct tokens {
	uint32_t from, to;
};

/* A role as it is read: where title and "of" stand. */
struct reading_of_role {
	struct tokens title, of;
	uint32_t entity_of; /* instead of the tokens: a country by its people's name, or NONE */
	bool plural;
};

#define CLASS(c) ((uint64_t)1 << (c))

static bool is_calling(const struct document *d, uint32_t token) {
	return word_is_any(d->tokens.at[token].word, CLASS(WORD_CALLING)) && !(d->tokens.at[token].flags & TOKEN_POSSESSIVE);
}

static bool is_word_token(const struct document *d, uint32_t token) {
	return d->tokens.at[token].kind == TOKEN_WORD;
}

/* The name that holds token `token`, or NONE. */
static uint32_t name_at_token(const struct roles *w, uint32_t token) {
	uint32_t i = record_name_from(w->r, w->d->tokens.at[token].begin);
	return i < w->r->names.count && w->r->names.at[i].span.begin <= w->d->tokens.at[token].begin ? i : NONE;
}

/* ---- writing ---- */

static struct str singular(struct str s, bool plural) {
	bool cut = plural && s.len > 3 && (s.at[s.len - 1] == 's' || s.at[s.len - 1] == 'S') && s.at[s.len - 2] != 's';
	return cut ? str_of(s.at, s.len - 1) : s;
}

static bool is_former(const struct document *d, struct tokens t) {
	for (uint32_t i = t.from; i < t.to; i++)
		if (is_word(d, i, t.to, "former") || is_word(d, i, t.to, "ex") || is_word(d, i, t.to, "then"))
			return true;
	return false;
}

/* Adds the role to an entity, once. */
static void add_office(struct roles *w, uint32_t entity, struct office office) {
	if (entity == NONE || entity >= w->r->entities.count || office.title.len == 0)
		return;
	struct entity *e = &w->r->entities.at[entity];
	for (uint32_t i = 0; i < e->roles.count; i++) {
		struct office *known = &e->roles.at[i];
		if (!str_equal_nocase(known->title, office.title) || (known->of.len && office.of.len &&
			!str_equal_nocase(known->of, office.of)))
			continue;
		if (!known->of.len && office.of.len)
			*known = office;
		return;
	}
	if (e->roles.count < ROLES_MOST)
		*array_push(w->r->arena, &e->roles) = office;
}

static uint32_t country_place(const char *code) {
	return (uint32_t)(code[0] - 'A') * 26 + (uint32_t)(code[1] - 'A');
}

static bool is_code(const char *code) {
	return code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z';
}

/* Remembers which entities are countries by their own names. */
static void know_countries(struct roles *w) {
	w->countries = arena_alloc(w->f->scratch, 26 * 26 * sizeof *w->countries);
	for (uint32_t i = w->r->entities.count; i-- > 0;) {
		const struct entity *e = &w->r->entities.at[i];
		if (e->type != ENTITY_GPE || !is_code(e->country) || e->mention >= w->r->names.count)
			continue;
		uint32_t token = document_token_at(w->d, w->r->names.at[e->mention].span.begin);
		if (phrase_at(w->d, token, w->d->tokens.count, WORD_COUNTRY, NULL))
			w->countries[country_place(e->country)] = i + 1;
	}
}

/* The country that a people's name means ("Russian": Russia), where the text names it; else the entity itself. */
static uint32_t country_of(const struct roles *w, uint32_t entity) {
	const struct entity *e = &w->r->entities.at[entity];
	uint32_t found = (e->type == ENTITY_GPE || e->type == ENTITY_MISC) &&
		is_code(e->country) ? w->countries[country_place(e->country)] : 0;
	return found ? found - 1 : entity;
}

static void add_role(struct roles *w, uint32_t entity, const struct reading_of_role *role) {
	const struct document *d = w->d;
	struct office office = {.span = token_span(d, role->title.from, role->title.to - 1), .former = is_former(d,
		role->title)};
	office.title = singular(document_words(d, office.span), role->plural);
	if (role->entity_of != NONE) {
		office.of = w->r->entities.at[country_of(w, role->entity_of)].name;
	} else if (role->of.to > role->of.from) {
		struct span of = token_span(d, role->of.from, role->of.to - 1);
		office.of = document_words(d, of);
		if (of.end > office.span.end)
			office.span.end = of.end;
		if (of.begin < office.span.begin)
			office.span.begin = of.begin;
	}
	add_office(w, entity, office);
}

/* ---- titles ---- */

/* Whether a word before a calling is a part of the title: "deputy", "foreign", "harbour", a capital. */
static bool in_title(const struct document *d, uint32_t token) {
	const struct token *t = &d->tokens.at[token];
	if (t->kind != TOKEN_WORD)
		return token_is_punct(t, '-') && !(t->flags & TOKEN_SPACE);
	uint8_t g = grammar_of(d, token);
	return !g || g == GRAMMAR_DOCUMENT || (g == GRAMMAR_TIME && word_is(t->word, WORD_ROLE, NULL));
}

/* Splits the words before a calling, tokens [from, head]: names of countries and organisations at their begin are what the
 * role is of; a country's people right before the title too. */
static void split_title(struct roles *w, uint32_t from, uint32_t head, bool definite, struct reading_of_role *role) {
	uint32_t at = from;
	role->entity_of = NONE;
	for (uint32_t i = from; i < head; i++) {
		uint32_t name = name_at_token(w, i);
		if (name == NONE || w->r->names.at[name].type == ENTITY_PER || (role->entity_of != NONE && i > at))
			continue;
		const struct name *n = &w->r->names.at[name];
		uint32_t behind = document_token_at(w->d, n->span.end);
		if (behind > head || role->entity_of != NONE)
			break;
		if (w->d->tokens.at[i].begin == n->span.begin && n->entity != NONE)
			role->entity_of = n->entity;
		i = behind - 1;
		at = behind;
	}
	if (!definite)
		role->entity_of = NONE;
	while (at < head && (!is_word_token(w->d, at) || grammar_of(w->d, at) != GRAMMAR_NONE))
		at++;
	/* "respected", "widely cited", "leading", "veteran" before a title are praise */
	while (at < head && w->d->tokens.at[at].shape == SHAPE_LOWER &&
		!word_is_any(w->d->tokens.at[at].word, CLASS(WORD_ROLE)) &&
		(str_ends(token_text(w->d, at), STR("ed")) || str_ends(token_text(w->d, at), STR("ly")) ||
			str_ends(token_text(w->d, at), STR("ing"))))
		at++;
	role->title = (struct tokens){at, head + 1};
}

/* ", of the Institute": what follows a title, up to a sign or a verb. */
static struct tokens place_behind(const struct document *d, uint32_t at, uint32_t limit, bool commas) {
	struct tokens t = {at, at};
	uint8_t g = at < limit ? grammar_of(d, at) : GRAMMAR_NONE;
	if (g != GRAMMAR_OF && g != GRAMMAR_PREPOSITION && g != GRAMMAR_TO)
		return t;
	static const char *const ties[] = {"of", "at", "for", "from", "with", "to", "in"};
	bool tied = false;
	for (uint32_t i = 0; i < sizeof ties / sizeof *ties; i++)
		tied = tied || is_word(d, at, limit, ties[i]);
	if (!tied)
		return t;
	t.from = at + 1 + is_word(d, at + 1, limit, "the");
	uint32_t open = 0;
	for (t.to = t.from; t.to < limit && t.to < at + PLACE_MOST; t.to++) {
		const struct token *k = &d->tokens.at[t.to];
		uint8_t kind = grammar_of(d, t.to);
		bool sign = k->kind == TOKEN_PUNCT && k->number != '-' && k->number != '\'' && k->number != '&' &&
			k->number != '(' && !(k->number == ')' && open) &&
			!(commas && k->number == ',');
		if (sign || (k->flags & TOKEN_SENTENCE) || kind == GRAMMAR_RELATIVE || kind == GRAMMAR_BE ||
			kind == GRAMMAR_AUXILIARY ||
			kind == GRAMMAR_MODAL || kind == GRAMMAR_VERB || (k->kind == TOKEN_PUNCT && (k->number == '-' &&
				k->end - k->begin > 1)) ||
			(word_is_any(k->word, CLASS(WORD_CUE)) && k->shape == SHAPE_LOWER))
			break;
		open += token_is_punct(k, '(');
		open -= token_is_punct(k, ')');
	}
	return t;
}

/* ---- before a name ---- */

/* The role that ends right before token `at`; false where there is none. */
static bool role_before(struct roles *w, uint32_t at, uint32_t least, struct reading_of_role *role) {
	const struct document *d = w->d;
	if (at <= least || !is_calling(d, at - 1))
		return false;
	uint32_t from = at - 1;
	while (from > least && at - from < TITLE_MOST && !(d->tokens.at[from].flags & TOKEN_SENTENCE)) {
		if (in_title(d, from - 1) && !(d->tokens.at[from - 1].flags & TOKEN_POSSESSIVE &&
			name_at_token(w, from - 1) == NONE)) {
			uint32_t name = name_at_token(w, from - 1);
			if (name != NONE && w->r->names.at[name].type == ENTITY_PER)
				break;
			from--;
		} else {
			break;
		}
	}
	bool indefinite = from > least && (is_word(d, from - 1, at, "a") || is_word(d, from - 1, at, "an"));
	split_title(w, from, at - 1, !indefinite, role);
	struct str head = token_text(d, at - 1);
	role->plural = head.len > 3 && head.at[head.len - 1] == 's' && head.at[head.len - 2] != 's';
	return true;
}

/* "the transport minister of Lithuania" before the comma at `at`: the first calling behind a sign, with what it is of. */
static bool role_of_before(struct roles *w, uint32_t at, uint32_t least, struct reading_of_role *role) {
	const struct document *d = w->d;
	uint32_t from = at, head = NONE;
	while (from > least && at - from < PLACE_MOST && !(d->tokens.at[from].flags & TOKEN_SENTENCE) &&
		d->tokens.at[from - 1].kind == TOKEN_WORD) {
		from--;
		if (is_calling(d, from))
			head = from;
	}
	if (head == NONE || !role_before(w, head + 1, from, role))
		return false;
	struct tokens of = place_behind(d, head + 1, at, false);
	if (of.to != at)
		return false;
	role->of = of;
	role->entity_of = NONE;
	bool one_of = is_word(d, from, at, "one") &&
		is_word(d, from + 1, at, "of"); /* "One of the finalists in …, Jo Park" */
	return one_of || !role->plural;
}

/* The end of a list of people from names[i]: "A, B, and C"; i + 1 where it is alone. */
static uint32_t list_end(const struct roles *w, uint32_t i) {
	while (i + 1 < w->r->names.count && w->r->names.at[i + 1].type == ENTITY_PER) {
		uint32_t at = document_token_at(w->d, w->r->names.at[i].span.end), to = document_token_at(w->d,
			w->r->names.at[i + 1].span.begin);
		if (to <= at || to - at > 3)
			break;
		for (; at < to; at++)
			if (!is_sign(w->d, at, to, ',') && grammar_of(w->d, at) != GRAMMAR_AND)
				return i + 1;
		i++;
	}
	return i + 1;
}

static void share(struct roles *w, uint32_t name, const struct reading_of_role *role) {
	uint32_t end = role->plural ? list_end(w, name) : name + 1;
	for (uint32_t i = name; i < end; i++)
		add_role(w, w->r->names.at[i].entity, role);
}

/* "three former prime ministers: A, B and C", "four leaders of the faction -- A, B": the plural before a colon or dash. */
static void role_before_list(struct roles *w, uint32_t name, uint32_t sign, uint32_t least) {
	const struct document *d = w->d;
	for (uint32_t i = sign; i-- > least && sign - i < PLACE_MOST;) {
		struct str s = token_text(d, i);
		if (!is_calling(d, i) || s.len < 4 || s.at[s.len - 1] != 's')
			continue;
		struct reading_of_role role = {.entity_of = NONE};
		if (!role_before(w, i + 1, least, &role))
			return;
		role.plural = true;
		struct tokens of = place_behind(d, i + 1, sign, false);
		if (of.to > of.from) {
			role.of = of;
			role.entity_of = NONE;
		}
		if (list_end(w, name) > name + 1)
			share(w, name, &role);
		/* "ministers and heavyweights": both */
		while (i > least && grammar_of(d, i) != GRAMMAR_AND && (in_title(d, i) || i == role.title.to - 1))
			i--;
		if (grammar_of(d, i) != GRAMMAR_AND)
			return;
	}
}

static uint32_t honorifics_before(const struct document *d, uint32_t at, uint32_t least) {
	while (at > least && is_word_token(d, at - 1) && d->tokens.at[at - 1].shape != SHAPE_LOWER &&
		!is_calling(d, at - 1) &&
		word_is_any(d->tokens.at[at - 1].word, CLASS(WORD_HONORIFIC)))
		at--;
	return at;
}

static bool is_sign_of_list(const struct document *d, uint32_t at) {
	const struct token *t = &d->tokens.at[at];
	return t->kind == TOKEN_PUNCT && (t->number == ':' || (t->number == '-' && (t->end - t->begin > 1 ||
		(t->flags & TOKEN_SPACE))));
}

static void read_before(struct roles *w, uint32_t name, uint32_t first, uint32_t last, uint32_t least) {
	const struct document *d = w->d;
	uint32_t at = honorifics_before(d, first, least);
	struct reading_of_role role = {.entity_of = NONE};
	if (role_before(w, at, least, &role)) {
		struct tokens of = role.plural ? (struct tokens){0, 0} : place_behind(d, last, d->tokens.count - 1, false);
		if (of.to > of.from && is_word(d, last, of.to, "from")) {
			role.of = of;
			role.entity_of = NONE;
		}
		share(w, name, &role);
	} else if (at > least + 1 && is_sign(d, at - 1, at, ',') && (role_before(w, at - 1, least, &role) ||
		role_of_before(w, at - 1, least, &role))) {
		bool apart = is_sign(d, last, d->tokens.count, ',') || is_sign(d, last, d->tokens.count, '.') ||
			(is_word_token(d, last) && d->tokens.at[last].shape == SHAPE_LOWER);
		if (apart && (!role.plural || role.of.to > role.of.from))
			add_role(w, w->r->names.at[name].entity, &role);
	} else if (at > least && is_sign_of_list(d, at - 1)) {
		role_before_list(w, name, at - 1, least);
	}
}

/* ---- behind a name ---- */

/* ", a respected Russian analyst long based in …,", "(the top negotiator for Japan)": the words of an apposition. */
static void read_behind(struct roles *w, uint32_t name, uint32_t at, uint32_t limit) {
	const struct document *d = w->d;
	bool bracket = is_sign(d, at, limit, '(');
	if (!bracket && !is_sign(d, at, limit, ','))
		return;
	uint32_t from = at + 1;
	uint8_t g = from < limit ? grammar_of(d, from) : GRAMMAR_NONE;
	bool article = g == GRAMMAR_DETERMINER || g == GRAMMAR_POSSESSIVE, definite = is_word(d, from, limit, "the") ||
		!article;
	from += article;
	uint32_t head = from;
	while (head < limit && head < from + TITLE_MOST && in_title(d, head) && !is_calling(d, head)) {
		uint32_t in = name_at_token(w, head);
		if (in != NONE && w->r->names.at[in].type == ENTITY_PER)
			return;
		head++;
	}
	if (head >= limit || !is_calling(d, head))
		return;
	while (head + 1 < limit && is_calling(d, head + 1))
		head++;
	struct reading_of_role role = {.entity_of = NONE};
	split_title(w, from, head, definite, &role);
	struct tokens of = place_behind(d, head + 1, limit, false);
	if (of.to > of.from) {
		role.of = of;
		role.entity_of = NONE;
	}
	if (!article && head + 1 < limit && is_word_token(d, head + 1) && of.to == of.from)
		return; /* "Park, minister Lee and …" names another */
	add_role(w, w->r->names.at[name].entity, &role);
}

/* "the branch led by Jo Park". */
static void read_led(struct roles *w, uint32_t name, uint32_t first, uint32_t least) {
	const struct document *d = w->d;
	if (first < least + 3 || !is_word(d, first - 1, first, "by") || !(is_word(d, first - 2, first, "led") ||
		is_word(d, first - 2, first, "headed")))
		return;
	uint32_t of = name_at_token(w, first - 3);
	if (of == NONE || w->r->names.at[of].type == ENTITY_PER)
		return;
	add_office(w, w->r->names.at[name].entity, (struct office){.title = STR("leader"),
		.of = document_words(d, w->r->names.at[of].span), .span = {w->r->names.at[of].span.begin,
			d->tokens.at[first - 1].end}});
}

/* ---- bylines and listings ---- */

/* "Title, Unit, House": title and the rest; a list inside the title ("for Operations, Cyber, and Nuclear") stays in it. */
static void add_listed(struct roles *w, uint32_t entity, struct str text, struct span span) {
	size_t cut = SIZE_MAX;
	for (size_t i = 0; i + 1 < text.len; i++) {
		if (text.at[i] == ',' && cut == SIZE_MAX)
			cut = i;
		if (text.at[i] == ',' && i > cut && str_starts(str_of(text.at + i + 1, text.len - i - 1), STR(" and "))) {
			size_t next = str_find(text, STR(","), i + 1);
			cut = next == SIZE_MAX ? cut : next;
			break;
		}
	}
	struct office o = {.title = text, .span = span};
	static const char *const ties[] = {" of the ", " at the ", " at ", " for the "};
	for (uint32_t i = 0; cut == SIZE_MAX && i < sizeof ties / sizeof *ties; i++) {
		size_t tie = str_find(text, str_from(ties[i]), 0);
		if (tie == SIZE_MAX)
			continue;
		add_office(w, entity, (struct office){.title = str_of(text.at, tie),
			.of = str_of(text.at + tie + strlen(ties[i]), text.len - tie - strlen(ties[i])),
			.span = span, .former = str_find(str_of(text.at, tie), STR("ormer"), 0) != SIZE_MAX});
		return;
	}
	if (cut != SIZE_MAX) {
		o.title = str_of(text.at, cut);
		o.of = str_trim(str_of(text.at + cut + 1, text.len - cut - 1));
	}
	o.former = str_find(o.title, STR("ormer"), 0) != SIZE_MAX;
	add_office(w, entity, o);
}

static uint32_t person_at(const struct roles *w, struct span span) {
	for (uint32_t i = record_name_from(w->r, span.begin); i < w->r->names.count && w->r->names.at[i].span.begin < span.end; i++)
		if (w->r->names.at[i].type == ENTITY_PER)
			return w->r->names.at[i].entity;
	return NONE;
}

static bool names_calling(const struct document *d, uint32_t from, uint32_t to, uint32_t *head) {
	for (uint32_t i = from; i < to; i++)
		if (is_calling(d, i)) {
			while (i + 1 < to && is_calling(d, i + 1))
				i++;
			*head = i;
			return true;
		}
	return false;
}

/* "Senior Fellow at the Institute, Former Writer for The Post": a role for each piece that names a calling. */
static void read_byline(struct roles *w, const struct byline *b) {
	const struct document *d = w->d;
	uint32_t entity = person_at(w, b->name_span), at = document_token_at(d, b->name_span.end),
		end = document_token_at(d, b->span.end);
	while (entity != NONE && at < end) {
		uint32_t to = at, head;
		while (to < end && !is_sign(d, to, end, ',') && !is_sign(d, to, end, ';'))
			to++;
		if (names_calling(d, at, to, &head)) {
			struct reading_of_role role = {.entity_of = NONE};
			while (at < head && grammar_of(d, at) && !word_is(d->tokens.at[at].word, WORD_ROLE, NULL))
				at++;
			split_title(w, at, head, true, &role);
			struct tokens of = place_behind(d, head + 1, to, false);
			if (of.from > head + 1 && is_word(d, of.from - 1, to, "The"))
				of.from--;
			if (of.to == of.from && to + 1 < end && !names_calling(d, to + 1, end, &head))
				of = (struct tokens){to + 1, end};
			if (of.to > of.from) {
				role.of = of;
				role.entity_of = NONE;
			}
			add_role(w, entity, &role);
		}
		at = to + 1;
	}
}

static void read_listed(struct roles *w) {
	for (uint32_t i = 0; i < w->r->articles.count; i++)
		for (uint32_t k = 0; k < w->r->articles.at[i].byline.count; k++)
			read_byline(w, &w->r->articles.at[i].byline.at[k]);
	for (uint32_t i = 0; i < w->r->scheduled.count; i++)
		for (uint32_t k = 0; k < w->r->scheduled.at[i].people.count; k++) {
			const struct person *p = &w->r->scheduled.at[i].people.at[k];
			uint32_t entity = person_at(w, p->name_span);
			for (uint32_t m = 0; m < p->roles.count; m++)
				add_listed(w, entity, p->roles.at[m].text, p->roles.at[m].span);
		}
}

void find_roles(struct finding *f) {
	struct roles w = {.f = f, .d = f->document, .r = f->record};
	if (w.r->names.count == 0)
		return;
	know_countries(&w);
	uint32_t listing = 0;
	for (uint32_t i = 0; i < w.r->names.count; i++) {
		const struct name *n = &w.r->names.at[i];
		while (listing < w.r->listings.count && w.r->listings.at[listing].span.end <= n->span.begin)
			listing++;
		bool listed = listing < w.r->listings.count && w.r->listings.at[listing].span.begin <= n->span.begin;
		if (n->type != ENTITY_PER || n->entity == NONE || listed)
			continue;
		uint32_t first = document_token_at(w.d, n->span.begin), last = document_token_at(w.d, n->span.end);
		uint32_t block = document_block_at(w.d, n->span.begin);
		if (block >= w.d->blocks.count)
			continue;
		const struct block *b = &w.d->blocks.at[block];
		read_before(&w, i, first, last, b->token);
		read_behind(&w, i, last, b->token + b->tokens);
		read_led(&w, i, first, b->token);
	}
	read_listed(&w);
}

/* ---- descriptions ---- */

struct description description_read(const struct finding *f, uint32_t begin, uint32_t end) {
	const struct document *d = f->document;
	struct description what = {0};
	for (uint32_t i = begin; i < end && i < begin + TITLE_MOST && in_title(d, i); i++)
		if (is_calling(d, i)) {
			what.tokens = i + 1 - begin;
			what.head = i;
			word_is(d->tokens.at[i].word, WORD_CALLING, &what.calling);
		}
	if (!what.tokens)
		return what;
	for (uint32_t i = record_name_from(f->record, d->tokens.at[begin].begin); i < f->record->names.count; i++) {
		const struct name *n = &f->record->names.at[i];
		if (n->span.begin >= d->tokens.at[what.head].end)
			break;
		if (n->entity != NONE && f->record->entities.at[n->entity].country[0])
			memcpy(what.country, f->record->entities.at[n->entity].country, sizeof what.country);
	}
	return what;
}

static bool same_calling(const struct document *d, const struct description *what, const struct office *o) {
	uint32_t from = document_token_at(d, o->span.begin), to = document_token_at(d, o->span.end);
	for (uint32_t i = from; i < to; i++) {
		int32_t calling;
		if (str_equal_nocase(token_text(d, i), token_text(d, what->head)))
			return true;
		if (what->calling != CALLING_OTHER && phrase_at(d, i, to, WORD_CALLING, &calling) && calling == what->calling)
			return true;
	}
	return false;
}

bool description_fits(const struct finding *f, const struct description *what, const struct entity *entity) {
	for (uint32_t i = 0; i < entity->roles.count; i++) {
		const struct office *o = &entity->roles.at[i];
		if (!same_calling(f->document, what, o))
			continue;
		if (!what->country[0])
			return true;
		struct span near = {o->span.begin > NEAR ? o->span.begin - NEAR : 0, o->span.end}; /* "Norwegian" before the title */
		for (uint32_t k = record_name_from(f->record, near.begin); k < f->record->names.count &&
			f->record->names.at[k].span.begin < near.end; k++) {
			const struct name *n = &f->record->names.at[k];
			if (n->entity != NONE && !memcmp(f->record->entities.at[n->entity].country, what->country, 3))
				return true;
		}
	}
	return false;
}
