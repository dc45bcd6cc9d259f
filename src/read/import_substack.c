/* Substack's export: a folder or zip with posts/ID.html, and posts.csv, which says of each ID its title, date and whether it
 * was published. */
#include <stdlib.h>

#include "import.h"

struct substack_post {
	struct str id, title, subtitle, date;
	bool published;
};

struct posts {
	array_of(struct substack_post) list; /* by id */
};

/* ------------------------------------------------------------------ a table with commas (RFC 4180) */

struct table {
	struct str csv;
	size_t at;
	struct arena *arena;
};

/* The next cell, quotes undone; *last is set where a row ends with it. False at the end. */
static bool next_cell(struct table *t, struct str *cell, bool *last) {
	struct buf text = {0};
	bool quoted = false;
	if (t->at >= t->csv.len)
		return false;
	for (*last = true; t->at < t->csv.len; t->at++) {
		char c = t->csv.at[t->at];
		if (c == '"' && quoted && t->at + 1 < t->csv.len && t->csv.at[t->at + 1] == '"') {
			t->at++;
			buf_byte(&text, '"');
		} else if (c == '"') {
			quoted = !quoted;
		} else if (!quoted && (c == ',' || c == '\n')) {
			*last = c == '\n';
			t->at++;
			break;
		} else if (quoted || c != '\r') {
			buf_byte(&text, c);
		}
	}
	*cell = arena_copy(t->arena, buf_str(&text));
	buf_release(&text);
	return true;
}

/* Where a cell of a column of this name goes; null for other columns. */
static struct str *cell_of(struct substack_post *post, struct str column, struct str *published) {
	if (str_equal(column, STR("post_id")))
		return &post->id;
	if (str_equal(column, STR("title")))
		return &post->title;
	if (str_equal(column, STR("subtitle")))
		return &post->subtitle;
	if (str_equal(column, STR("post_date")))
		return &post->date;
	return str_equal(column, STR("is_published")) ? published : NULL;
}

static int by_id(const void *a, const void *b) {
	struct str one = ((const struct substack_post *)a)->id, other = ((const struct substack_post *)b)->id;
	int order = memcmp(one.at, other.at, one.len < other.len ? one.len : other.len);
	return order ? order : (one.len > other.len) - (one.len < other.len);
}

const struct posts *posts_read(struct arena *arena, struct str csv) {
	struct posts *posts = arena_alloc(arena, sizeof *posts);
	struct table table = {csv, str_starts(csv, STR("\xEF\xBB\xBF")) ? 3 : 0, arena};
	array_of(struct str) columns = {0};
	struct str cell;
	bool last = false;
	while (!last && next_cell(&table, &cell, &last))
		*array_push(arena, &columns) = cell;
	for (bool more = true; more;) {
		struct substack_post post = {.id = STR("")};
		struct str published = STR("true");
		more = false;
		last = false;
		for (uint32_t i = 0; !last && next_cell(&table, &cell, &last); i++) {
			struct str *to = i < columns.count ? cell_of(&post, columns.at[i], &published) : NULL;
			if (to)
				*to = cell;
			more = true;
		}
		post.published = str_equal_nocase(published, STR("true"));
		if (post.id.len)
			*array_push(arena, &posts->list) = post;
	}
	if (posts->list.count)
		qsort(posts->list.at, posts->list.count, sizeof *posts->list.at, by_id);
	return posts;
}

/* ------------------------------------------------------------------ a post */

bool posts_hand(struct importing *im, struct str path, struct str bytes) {
	struct str name = import_last_name(path), folder = str_of(path.at, path.len - name.len);
	if (!im->posts || !import_has_ending(name, STR(".html")) || !(str_ends(folder, STR("/posts/")) || str_equal(folder, STR("posts/"))))
		return false;
	struct substack_post wanted = {.id = str_of(name.at, name.len - 5)};
	const struct substack_post *post = im->posts->list.count ?
		bsearch(&wanted, im->posts->list.at, im->posts->list.count, sizeof wanted, by_id) : NULL;
	if (!post)
		return false;
	if (!post->published)
		return true;
	struct arena arena;
	struct buf whole = {0};
	arena_init(&arena);
	if (post->subtitle.len) {
		buf_text(&whole, "<p>");
		buf_markup(&whole, post->subtitle);
		buf_text(&whole, "</p>\n");
	}
	buf_add(&whole, bytes);
	import_hand_post(im, &(struct imported){.title = post->title, .date = import_date(&arena, post->date), .form = SOURCE_HTML,
		.bytes = buf_str(&whole)});
	buf_release(&whole);
	arena_release(&arena);
	return true;
}
