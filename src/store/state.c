#include "state.h"

#include "../base/buf.h"
#include "../base/file.h"

#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

/* An event as an earlier build, or this one, published it. */
struct known {
	struct str uid, key, issue, title, start, fingerprint;
	uint32_t sequence;
	int64_t issued;
	bool taken; /* recognised in this build */
};

struct state {
	struct str path;
	array_of(struct known) known;
	struct arena arena;
};

/* ---- reading and writing ---- */

static struct str text_of(struct state *s, const json_t *object, const char *key) {
	const json_t *value = json_object_get(object, key);
	if (!json_is_string(value))
		return STR_NULL;
	return arena_copy(&s->arena, str_of(json_string_value(value), json_string_length(value)));
}

static int read_events(struct state *s, const json_t *root, struct error *error) {
	const json_t *events = json_object_get(root, "events");
	if (!json_is_array(events))
		return error_set(error, "%s: not a build state", s->path.at);
	for (size_t i = 0; i < json_array_size(events); i++) {
		const json_t *e = json_array_get(events, i);
		struct known k = {
			.uid = text_of(s, e, "uid"), .key = text_of(s, e, "key"), .issue = text_of(s, e, "issue"),
			.title = text_of(s, e, "title"), .start = text_of(s, e, "start"), .fingerprint = text_of(s, e, "fingerprint"),
			.sequence = (uint32_t)json_integer_value(json_object_get(e, "sequence")),
			.issued = json_integer_value(json_object_get(e, "issued")),
		};
		if (!k.uid.at || !k.key.at)
			return error_set(error, "%s: event %zu has no uid", s->path.at, i + 1);
		*array_push(&s->arena, &s->known) = k;
	}
	return 0;
}

static int read_state(struct state *s, struct error *error) {
	json_error_t wrong;
	struct buf bytes = {0};
	if (file_read(s->path.at, &bytes, error) < 0) {
		buf_release(&bytes);
		return -1;
	}
	json_t *root = json_loadb(bytes.at, bytes.len, 0, &wrong);
	int result = root ? read_events(s, root, error) : error_set(error, "%s:%d: %s", s->path.at, wrong.line, wrong.text);
	if (result < 0)
		error_hint(error, "remove the file to start afresh; events may then appear twice in calendars that subscribed");
	json_decref(root);
	buf_release(&bytes);
	return result;
}

struct state *state_open(const char *path, struct error *error) {
	struct state *s = memory_get(sizeof *s);
	*s = (struct state){0};
	arena_init(&s->arena);
	s->path = arena_copy(&s->arena, str_from(path));
	if (access(path, F_OK) == 0 && read_state(s, error) < 0) {
		state_close(s);
		return NULL;
	}
	return s;
}

void state_close(struct state *s) {
	if (!s)
		return;
	arena_release(&s->arena);
	free(s);
}

static void put_text(struct buf *out, const char *key, struct str value) {
	buf_format(out, "\"%s\":", key);
	buf_json(out, value);
	buf_byte(out, ',');
}

int state_save(const struct state *s, struct error *error) {
	struct buf out = {0};
	buf_text(&out, "{\"daybook\":1,\"events\":[");
	for (uint32_t i = 0; i < s->known.count; i++) {
		const struct known *k = &s->known.at[i];
		buf_text(&out, i ? ",\n{" : "\n{");
		put_text(&out, "uid", k->uid);
		put_text(&out, "key", k->key);
		put_text(&out, "issue", k->issue);
		put_text(&out, "title", k->title);
		put_text(&out, "start", k->start);
		put_text(&out, "fingerprint", k->fingerprint);
		buf_format(&out, "\"issued\":%lld,\"sequence\":%u}", (long long)k->issued, (unsigned)k->sequence);
	}
	buf_text(&out, "\n]}\n");
	int result = file_update(s->path.at, buf_str(&out), NULL, error);
	buf_release(&out);
	return result;
}

/* ---- recognising ---- */

static bool is_letter(char c) {
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80);
}

static char lower(char c) {
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* The next letter of `s` at or after *at, 0 at the end. */
static char next_letter(struct str s, size_t *at) {
	while (*at < s.len && !is_letter(s.at[*at]))
		++*at;
	return *at < s.len ? lower(s.at[(*at)++]) : 0;
}

/* Equal but for case, spacing and punctuation. */
static bool same_letters(struct str a, struct str b) {
	size_t i = 0, k = 0;
	for (;;) {
		char x = next_letter(a, &i), y = next_letter(b, &k);
		if (x != y)
			return false;
		if (!x)
			return a.len && b.len;
	}
}

static struct str next_word(struct str s, size_t *at) {
	while (*at < s.len && !is_letter(s.at[*at]))
		++*at;
	size_t from = *at;
	while (*at < s.len && is_letter(s.at[*at]))
		++*at;
	return str_of(s.at + from, *at - from);
}

/* Whether more than half of the words of either title stand in the other. */
static bool similar(struct str a, struct str b) {
	uint32_t words = 0, shared = 0;
	size_t i = 0;
	if (a.len > 1000 || b.len > 1000)
		return false;
	for (struct str w = next_word(a, &i); w.len; w = next_word(a, &i)) {
		size_t k = 0;
		words++;
		for (struct str v = next_word(b, &k); v.len; v = next_word(b, &k)) {
			if (str_equal_nocase(w, v)) {
				shared++;
				break;
			}
		}
	}
	return words && shared * 2 > words;
}

enum likeness { LIKE_TITLE, LIKE_START, LIKE_REVISED, LIKE_COUNT };

static bool is_like(enum likeness how, const struct known *k, const struct event_version *e) {
	switch (how) {
	case LIKE_TITLE:
		return str_equal(k->issue, e->issue) && same_letters(k->title, e->title);
	case LIKE_START:
		return str_equal(k->issue, e->issue) && e->start.at && str_equal(k->start, e->start) && similar(k->title, e->title);
	case LIKE_REVISED:
		return e->revises && k->issued <= e->issued && same_letters(k->title, e->title);
	default:
		return false;
	}
}

/* The newest event not yet taken that `e` may be. Linear, but asked only of events whose key is new. */
static struct known *recognise(struct state *s, enum likeness how, const struct event_version *e) {
	for (uint32_t i = s->known.count; i-- > 0;)
		if (!s->known.at[i].taken && is_like(how, &s->known.at[i], e))
			return &s->known.at[i];
	return NULL;
}

/* A string of each known event (its key, its issue), sorted, so that most events are looked up and not searched. */
struct key_place {
	struct str key;
	uint32_t at;
};

static int by_key(const void *a, const void *b) {
	struct str x = ((const struct key_place *)a)->key, y = ((const struct key_place *)b)->key;
	size_t len = x.len < y.len ? x.len : y.len;
	int order = len ? memcmp(x.at, y.at, len) : 0;
	return order ? order : (x.len > y.len) - (x.len < y.len);
}

static void update(struct state *s, struct known *k, struct event_version *e) {
	if (!str_equal(k->fingerprint, e->fingerprint)) {
		k->sequence++;
		k->fingerprint = arena_copy(&s->arena, e->fingerprint);
	}
	if (!str_equal(k->title, e->title))
		k->title = arena_copy(&s->arena, e->title);
	if (!str_equal(k->start, e->start))
		k->start = arena_copy(&s->arena, e->start);
	if (!str_equal(k->key, e->key))
		k->key = arena_copy(&s->arena, e->key);
	if (!str_equal(k->issue, e->issue))
		k->issue = arena_copy(&s->arena, e->issue);
	k->issued = e->issued;
	k->taken = true;
	e->uid = k->uid;
	e->sequence = k->sequence;
	e->modified = k->issued + 60 * (int64_t)k->sequence;
}

static void remember(struct state *s, struct event_version *e) {
	struct known *k = array_push(&s->arena, &s->known);
	k->uid = arena_copy(&s->arena, e->key);
	k->fingerprint = arena_copy(&s->arena, e->fingerprint);
	update(s, k, e);
}

static struct key_place *key_find(struct key_place *places, uint32_t count, struct str key) {
	return bsearch(&(struct key_place){key, 0}, places, count, sizeof *places, by_key);
}

static void apply_keys(struct state *s, struct event_version *events, uint32_t count) {
	uint32_t known = s->known.count;
	struct key_place *places = memory_get((known + 1) * sizeof *places);
	for (uint32_t i = 0; i < known; i++)
		places[i] = (struct key_place){s->known.at[i].key, i};
	qsort(places, known, sizeof *places, by_key);
	for (uint32_t i = 0; i < count; i++) {
		struct key_place *found = key_find(places, known, events[i].key);
		if (found && !s->known.at[found->at].taken)
			update(s, &s->known.at[found->at], &events[i]);
	}
	free(places);
}

/* Events whose key is new: corrections stand in an issue that an earlier build has seen. */
static void apply_likeness(struct state *s, struct event_version *events, uint32_t count) {
	uint32_t known = s->known.count;
	struct key_place *issues = memory_get((known + 1) * sizeof *issues);
	for (uint32_t i = 0; i < known; i++)
		issues[i] = (struct key_place){s->known.at[i].issue, i};
	qsort(issues, known, sizeof *issues, by_key);
	for (int how = LIKE_TITLE; how < LIKE_COUNT && known; how++) {
		for (uint32_t i = 0; i < count; i++) {
			if (events[i].uid.at || (how != LIKE_REVISED && !key_find(issues, known, events[i].issue)))
				continue;
			struct known *k = recognise(s, (enum likeness)how, &events[i]);
			if (k)
				update(s, k, &events[i]);
		}
	}
	free(issues);
}

void state_apply(struct state *s, struct event_version *events, uint32_t count) {
	for (uint32_t i = 0; i < s->known.count; i++)
		s->known.at[i].taken = false;
	for (uint32_t i = 0; i < count; i++)
		events[i].uid = STR_NULL;
	apply_keys(s, events, count);
	apply_likeness(s, events, count);
	for (uint32_t i = 0; i < count; i++)
		if (!events[i].uid.at)
			remember(s, &events[i]);
}
