/* Ghost's export: one object of JSON with tables of rows, {"db": [{"data": {"posts": [{…}, …], …}}]}. It is walked as a stream,
 * and only one post at a time is in memory. */
#include <jansson.h>
#include <stdio.h>
#include <time.h>

#include "import.h"

enum key { KEY_OTHER, KEY_DATA, KEY_POSTS };

/* Deeper than this nothing is looked for. */
enum { LEVELS = 8 };

struct walk {
	struct importing *im;
	uint32_t depth;
	enum key keys[LEVELS + 1]; /* of the member that is open at each depth */
	bool in_string, escaped;
	char string[16]; /* how the last string begins */
	uint32_t string_len;
	bool in_post, too_large;
	struct buf post;
	uint64_t number;
};

/* ------------------------------------------------------------------ a post */

static struct str text_of(const json_t *post, const char *name) {
	const json_t *value = json_object_get(post, name);
	return json_is_string(value) ? str_of(json_string_value(value), json_string_length(value)) : STR_NULL;
}

/* Dates are texts, or milliseconds in old exports. */
static struct str date_of(const json_t *post, struct arena *arena) {
	const json_t *value = json_object_get(post, "published_at");
	if (!json_is_integer(value))
		return import_date(arena, text_of(post, "published_at"));
	time_t seconds = (time_t)(json_integer_value(value) / 1000);
	struct tm tm;
	if (!gmtime_r(&seconds, &tm) || tm.tm_year < 0 || tm.tm_year > 8000)
		return STR_NULL;
	return arena_format(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min,
		tm.tm_sec);
}

static void hand_over(struct importing *im, const json_t *post) {
	struct arena arena;
	struct str html = text_of(post, "html");
	arena_init(&arena);
	if (html.len)
		import_hand_post(im, &(struct imported){.title = text_of(post, "title"), .url = text_of(post, "canonical_url"),
			.date = date_of(post, &arena), .form = SOURCE_HTML, .bytes = html});
	else if (text_of(post, "lexical").len || text_of(post, "mobiledoc").len)
		import_refuse(im, "export it again with a newer Ghost", "has its text only in the form of Ghost's editor, not as HTML");
	arena_release(&arena);
}

static void end_post(struct walk *w) {
	json_error_t damage;
	json_t *post = w->too_large ? NULL : json_loadb(w->post.at, w->post.len, 0, &damage);
	struct str name = text_of(post, "slug"), status = text_of(post, "status");
	char number[32];
	snprintf(number, sizeof number, "post %llu", (unsigned long long)++w->number);
	size_t before = import_enter(w->im, "!", name.len ? name : str_from(number));
	if (w->too_large)
		import_refuse(w->im, NULL, "is too large: more than %zu MB", w->im->limits->document >> 20);
	else if (!post)
		import_refuse(w->im, NULL, "is damaged: %s", damage.text);
	else if (!status.at || str_equal(status, STR("published")) || str_equal(status, STR("sent")))
		hand_over(w->im, post);
	import_leave(w->im, before);
	json_decref(post);
	w->post.len = 0;
	w->in_post = w->too_large = false;
}

/* ------------------------------------------------------------------ the walk */

/* Whether the array that is open is "posts" of "data". */
static bool in_posts(const struct walk *w) {
	return w->depth >= 3 && w->depth <= LEVELS && w->keys[w->depth - 1] == KEY_POSTS && w->keys[w->depth - 2] == KEY_DATA;
}

static void take_key(struct walk *w) {
	struct str key = str_of(w->string, w->string_len);
	if (w->depth <= LEVELS)
		w->keys[w->depth] = str_equal(key, STR("data")) ? KEY_DATA : str_equal(key, STR("posts")) ? KEY_POSTS : KEY_OTHER;
}

/* A letter of a string. */
static void take_letter(struct walk *w, char c) {
	if (w->escaped)
		w->escaped = false;
	else if (c == '\\')
		w->escaped = true;
	else if (c == '"')
		w->in_string = false;
	if (w->in_string && w->string_len < sizeof w->string)
		w->string[w->string_len++] = c;
}

/* Whether a post ends with this byte. */
static bool take_sign(struct walk *w, char c) {
	switch (c) {
	case '"':
		w->in_string = true;
		w->string_len = 0;
		break;
	case ':': take_key(w); break;
	case '[': case '{':
		w->in_post |= c == '{' && in_posts(w);
		if (++w->depth <= LEVELS)
			w->keys[w->depth] = KEY_OTHER;
		break;
	case ']': case '}':
		w->depth -= w->depth > 0;
		return c == '}' && w->in_post && in_posts(w);
	default: break;
	}
	return false;
}

static void keep(struct walk *w, struct str part) {
	if (w->post.len + part.len > w->im->limits->document)
		w->too_large = true;
	else
		buf_add(&w->post, part);
}

static void walk_bytes(struct walk *w, struct str bytes) {
	size_t begin = 0; /* of what is to be kept */
	for (size_t at = 0; at < bytes.len && !w->im->stopped; at++) {
		bool was_in = w->in_post;
		if (w->in_string) {
			take_letter(w, bytes.at[at]);
		} else if (take_sign(w, bytes.at[at])) {
			keep(w, str_of(bytes.at + begin, at + 1 - begin));
			end_post(w);
		}
		if (!was_in)
			begin = at;
	}
	if (w->in_post)
		keep(w, str_of(bytes.at + begin, bytes.len - begin));
}

static bool judge(struct str name, struct str head) {
	static const char *const firsts[] = {"\"db\"", "\"data\"", "\"meta\"", NULL};
	size_t at = str_starts(head, STR("\xEF\xBB\xBF")) ? 3 : 0;
	struct str rest = str_trim(str_of(head.at + at, head.len - at));
	if (rest.len == 0 || rest.at[0] != '{' || form_of_name(name) != SOURCE_UNKNOWN)
		return false;
	rest = str_trim(str_of(rest.at + 1, rest.len - 1));
	for (const char *const *first = firsts; *first; first++)
		if (str_starts(rest, str_from(*first)))
			return true;
	return false;
}

static void import_ghost(struct importing *im, struct stream *stream, struct str name, bool sure) {
	struct walk walk = {.im = im};
	(void)name, (void)sure;
	while (!im->stopped) {
		struct str ahead = stream_ahead(stream, 1);
		if (ahead.len == 0)
			break;
		walk_bytes(&walk, ahead);
		stream_take(stream, ahead.len);
	}
	if (stream->failed)
		import_refuse(im, NULL, "%s", stream->error.message);
	else if (walk.depth)
		import_refuse(im, NULL, "is damaged: it ends too early");
	buf_release(&walk.post);
}

const struct import_kind import_kind_ghost = {judge, import_ghost};
