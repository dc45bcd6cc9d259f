/* Feeds and the exports that are made like them: RSS (0.9 to 2.0), Atom (0.3 and 1.0), Blogger's export (Atom, old and
 * new) and WordPress's (WXR, which is RSS). Posts are handed over as they end; nothing of others is kept. */
#include <stdio.h>

#include "import.h"

enum space { SPACE_OTHER, SPACE_RSS, SPACE_ATOM, SPACE_CONTENT, SPACE_DC, SPACE_WP, SPACE_APP, SPACE_BLOGGER };

/* Name spaces by how they begin. */
static const struct { const char *begin; enum space space; } spaces[] = {
	{"http://www.w3.org/2005/Atom", SPACE_ATOM}, {"http://purl.org/atom/ns#", SPACE_ATOM},
	{"http://purl.org/rss/1.0/modules/content/", SPACE_CONTENT}, {"http://purl.org/rss/1.0/modules/", SPACE_OTHER},
	{"http://purl.org/rss/1.0/", SPACE_RSS}, {"http://my.netscape.com/rdf/", SPACE_RSS}, {"http://backend.userland.com/", SPACE_RSS},
	{"http://purl.org/dc/", SPACE_DC}, {"http://wordpress.org/export/1.0/excerpt/", SPACE_OTHER},
	{"http://wordpress.org/export/1.1/excerpt/", SPACE_OTHER}, {"http://wordpress.org/export/1.2/excerpt/", SPACE_OTHER},
	{"http://wordpress.org/export/", SPACE_WP}, {"http://www.w3.org/2007/app", SPACE_APP}, {"http://purl.org/atom/app#", SPACE_APP},
	{"http://schemas.google.com/blogger/2018", SPACE_BLOGGER}};

enum field { NO_FIELD, TITLE, ADDRESS, IDENTITY, UPDATED, DATED, DATED_THERE, AUTHOR, SUMMARY, CONTENT, KIND, STATUS, DRAFT };

/* Fields of a post; what is `deep` stands in an element of its own (author/name). */
static const struct { enum space space; const char *name; enum field field; bool deep; } fields[] = {
	{SPACE_RSS, "title", TITLE, false}, {SPACE_RSS, "link", ADDRESS, false}, {SPACE_RSS, "guid", IDENTITY, false},
	{SPACE_RSS, "pubDate", DATED, false}, {SPACE_RSS, "author", AUTHOR, false}, {SPACE_RSS, "description", SUMMARY, false},
	{SPACE_RSS, "encoded", CONTENT, false}, {SPACE_CONTENT, "encoded", CONTENT, false}, {SPACE_DC, "creator", AUTHOR, false},
	{SPACE_DC, "date", DATED, false}, {SPACE_WP, "post_date", DATED_THERE, false}, {SPACE_WP, "post_type", KIND, false},
	{SPACE_WP, "status", STATUS, false}, {SPACE_ATOM, "title", TITLE, false}, {SPACE_ATOM, "id", IDENTITY, false},
	{SPACE_ATOM, "published", DATED, false}, {SPACE_ATOM, "issued", DATED, false}, {SPACE_ATOM, "updated", UPDATED, false},
	{SPACE_ATOM, "modified", UPDATED, false}, {SPACE_ATOM, "summary", SUMMARY, false}, {SPACE_ATOM, "content", CONTENT, false},
	{SPACE_ATOM, "name", AUTHOR, true}, {SPACE_APP, "draft", DRAFT, true}, {SPACE_BLOGGER, "type", KIND, false},
	{SPACE_BLOGGER, "status", STATUS, false}};

enum { IS_TEXT, IS_HTML, IS_XHTML, IS_OTHER }; /* what a field holds */

struct post {
	struct str title, address, identity, author, date;
	enum field date_from, content_from; /* what they were taken from; what comes later in the enum is better */
	uint8_t content_is;
	bool left_out; /* a draft, a comment, a template */
	bool is_wordpress, too_large;
};

struct feed {
	struct importing *im;
	struct arena arena; /* of the post */
	struct post post;
	struct buf content, text; /* of the post; of the field that is open */
	uint32_t depth, item, open; /* elements that are open; the depth of the post's and of the field's, or 0 */
	enum field field;
	uint8_t is; /* what the open field holds */
	uint64_t number; /* of the post */
};

/* ------------------------------------------------------------------ a field */

static enum space space_of(struct str name) {
	if (name.len == 0)
		return SPACE_RSS;
	for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
		if (str_starts(name, str_from(spaces[i].begin)))
			return spaces[i].space;
	return SPACE_OTHER;
}

static enum field field_of(enum space space, struct str name, bool deep) {
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (fields[i].space == space && fields[i].deep == deep && str_equal(name, str_from(fields[i].name)))
			return fields[i].field;
	return NO_FIELD;
}

/* What a field holds: RSS does not say, Atom 1.0 says it with `type`, Atom 0.3 with `mode` too. */
static uint8_t holds(const struct xml_tag *tag, enum space space, struct arena *arena) {
	if (space != SPACE_ATOM)
		return IS_HTML;
	struct str type = xml_attribute(tag, "type", arena), mode = xml_attribute(tag, "mode", arena);
	if (!type.at || str_equal(type, STR("text")) || str_equal(type, STR("text/plain")))
		return IS_TEXT;
	if (str_equal(type, STR("html")) || str_equal(type, STR("text/html")))
		return str_equal(mode, STR("xml")) ? IS_XHTML : IS_HTML;
	if (str_equal(type, STR("xhtml")) || str_equal(type, STR("application/xhtml+xml")))
		return str_equal(mode, STR("escaped")) ? IS_HTML : IS_XHTML;
	return IS_OTHER;
}

static void take_date(struct feed *f, struct str text) {
	if (f->field <= f->post.date_from)
		return;
	struct str date = import_date(&f->arena, text);
	if (date.at) {
		f->post.date = date;
		f->post.date_from = f->field;
	}
}

static void take_content(struct feed *f) {
	if (f->field <= f->post.content_from || f->is == IS_OTHER || str_trim(buf_str(&f->text)).len == 0)
		return;
	struct buf other = f->content;
	f->content = f->text;
	f->text = other;
	f->post.content_from = f->field;
	f->post.content_is = f->is;
}

static bool is_published_status(struct str status) {
	return str_equal(status, STR("publish")) || str_equal_nocase(status, STR("LIVE"));
}

/* WordPress has pages among its posts ("page"); Blogger's ("PAGE") are of other kinds, as are its comments. */
static bool is_published_kind(struct str kind) {
	return str_equal_nocase(kind, STR("post")) || str_equal(kind, STR("page"));
}

static void set_once(struct feed *f, struct str *field, struct str value) {
	if (!field->at && value.len)
		*field = arena_copy(&f->arena, value);
}

static void end_field(struct feed *f) {
	struct post *post = &f->post;
	struct str text = str_trim(buf_str(&f->text));
	switch (f->field) {
	case TITLE:
		if (!post->title.at)
			post->title = f->is == IS_TEXT ? arena_copy(&f->arena, text) : import_plain_title(&f->arena, text);
		break;
	case ADDRESS: set_once(f, &post->address, text); break;
	case IDENTITY: set_once(f, &post->identity, text); break;
	case AUTHOR: set_once(f, &post->author, text); break;
	case UPDATED: case DATED: case DATED_THERE: take_date(f, text); break;
	case SUMMARY: case CONTENT: take_content(f); break;
	case KIND: post->left_out |= !is_published_kind(text); break;
	case STATUS: post->left_out |= !is_published_status(text); break;
	case DRAFT: post->left_out |= str_equal(text, STR("yes")); break;
	default: break;
	}
	f->open = 0;
}

/* ------------------------------------------------------------------ a post */

static void hand_over(struct feed *f) {
	struct post *post = &f->post;
	struct buf lines = {0};
	char number[32];
	snprintf(number, sizeof number, "post %llu", (unsigned long long)f->number);
	if (!post->address.at && str_starts(post->identity, STR("http")))
		post->address = post->identity;
	struct str name = post->address.at ? post->address : post->identity.at ? post->identity : str_from(number);
	size_t before = import_enter(f->im, "!", name);
	struct str bytes = buf_str(&f->content);
	if (post->is_wordpress && str_find(bytes, STR("<!-- wp:"), 0) == SIZE_MAX) {
		import_wordpress_lines(&lines, bytes);
		bytes = buf_str(&lines);
	}
	if (post->too_large)
		import_refuse(f->im, NULL, "is too large: more than %zu MB", f->im->limits->document >> 20);
	else if (bytes.len)
		import_hand_post(f->im, &(struct imported){.url = post->address, .title = post->title, .date = post->date,
			.author = post->author, .form = post->content_is == IS_TEXT ? SOURCE_TEXT : SOURCE_HTML, .bytes = bytes});
	import_leave(f->im, before);
	buf_release(&lines);
}

static void begin_post(struct feed *f) {
	f->post = (struct post){0};
	f->item = f->depth;
	f->number++;
	f->content.len = f->text.len = 0;
	arena_reset(&f->arena);
}

/* An Atom entry's links and categories, which are all attributes. */
static void take_attributes(struct feed *f, const struct xml_tag *tag) {
	struct str relation = xml_attribute(tag, "rel", &f->arena), kind = xml_attribute(tag, "scheme", &f->arena);
	if (str_equal(tag->name, STR("link")) && (!relation.at || str_equal(relation, STR("alternate"))))
		set_once(f, &f->post.address, xml_attribute(tag, "href", &f->arena));
	/* Blogger's export has templates, settings, pages and comments as entries, too. */
	if (str_equal(tag->name, STR("category")) && str_equal(kind, STR("http://schemas.google.com/g/2005#kind")))
		f->post.left_out |= !str_ends(xml_attribute(tag, "term", &f->arena), STR("#post"));
}

static void begin_in_post(struct feed *f, const struct xml_tag *tag) {
	enum space space = space_of(tag->space);
	f->post.is_wordpress |= space == SPACE_WP;
	if (space == SPACE_ATOM && f->depth == f->item + 1)
		take_attributes(f, tag);
	f->field = f->depth - f->item > 2 ? NO_FIELD : field_of(space, tag->name, f->depth - f->item == 2);
	if (f->field == NO_FIELD)
		return;
	f->open = f->depth;
	f->is = holds(tag, space, &f->arena);
	f->text.len = 0;
}

static bool is_content(const struct feed *f) {
	return f->field == CONTENT || f->field == SUMMARY;
}

static void begin(void *feed, const struct xml_tag *tag) {
	struct feed *f = feed;
	f->depth++;
	if (f->open && is_content(f))
		xml_write_tag(&f->text, tag);
	else if (!f->open && f->item)
		begin_in_post(f, tag);
	else if (!f->item && (str_equal(tag->name, STR("item")) || str_equal(tag->name, STR("entry"))))
		begin_post(f);
}

static void end(void *feed, struct str name) {
	struct feed *f = feed;
	if (f->open && f->depth == f->open)
		end_field(f);
	else if (f->open && is_content(f))
		xml_write_end(&f->text, name);
	if (f->item && f->depth == f->item) {
		if (!f->post.left_out)
			hand_over(f);
		f->item = 0;
	}
	f->depth--;
}

static void text(void *feed, struct str text) {
	struct feed *f = feed;
	if (!f->open)
		return;
	if (f->text.len > f->im->limits->document)
		f->post.too_large = true;
	else if (is_content(f) && (f->is == IS_XHTML || f->depth > f->open))
		buf_markup(&f->text, text);
	else
		buf_add(&f->text, text);
}

static bool stop(void *feed) {
	return ((struct feed *)feed)->im->stopped;
}

/* ------------------------------------------------------------------ the feed */

static bool judge(struct str name, struct str head) {
	static const char *const roots[] = {"rss", "feed", "RDF", "entry", NULL};
	(void)name;
	return xml_root_is(head, roots);
}

static void import_feed(struct importing *im, struct stream *stream, struct str name, bool sure) {
	struct feed feed = {.im = im};
	struct error error = {0};
	(void)name, (void)sure;
	arena_init(&feed.arena);
	if (xml_stream(stream, &(struct xml_taker){begin, end, text, stop}, &feed, &error) < 0)
		import_refuse(im, NULL, "%s", error.message);
	arena_release(&feed.arena);
	buf_release(&feed.content);
	buf_release(&feed.text);
}

const struct import_kind import_kind_feed = {judge, import_feed};
