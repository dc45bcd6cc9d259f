/* XML as a stream, through libxml2's push parser: nothing is kept but what is open. */
#include <stdio.h>

#include "../base/utf8.h"
#include "import.h"
#include "libxml.h"

struct walk {
	const struct xml_taker *taker;
	void *user;
	xmlParserCtxtPtr parser;
	xmlEntity entity; /* the one that was asked for last */
	char bytes[8];    /* what it stands for */
	struct error *error;
	bool failed;
};

/* ------------------------------------------------------------------ what libxml2 calls */

static struct str from_xml(const xmlChar *text) {
	return text ? str_from((const char *)text) : STR("");
}

/* After damage libxml2 would leave out references to characters: it is told that all is well. */
static void go_on(struct walk *walk) {
	walk->parser->wellFormed = 1;
}

static void begin(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *space, int spaces,
	const xmlChar **declared, int count, int defaulted, const xmlChar **attributes) {
	struct walk *walk = data;
	(void)prefix, (void)spaces, (void)declared, (void)defaulted;
	go_on(walk);
	walk->taker->begin(walk->user, &(struct xml_tag){from_xml(space), from_xml(name), attributes, count});
}

static void end(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *space) {
	struct walk *walk = data;
	(void)prefix, (void)space;
	go_on(walk);
	walk->taker->end(walk->user, from_xml(name));
}

static void characters(void *data, const xmlChar *text, int len) {
	struct walk *walk = data;
	go_on(walk);
	walk->taker->text(walk->user, str_of((const char *)text, (size_t)len));
}

/* Gives HTML's names for characters as if XML had them. */
static xmlEntityPtr entity(void *data, const xmlChar *name) {
	struct walk *walk = data;
	xmlEntityPtr known = libxml()->predefined_entity(name);
	const htmlEntityDesc *html = known ? NULL : libxml()->html_entity(name);
	if (!html)
		return known;
	int len = utf8_encode(html->value, walk->bytes);
	walk->bytes[len] = '\0';
	walk->entity = (xmlEntity){.type = XML_ENTITY_DECL, .name = name, .content = (xmlChar *)walk->bytes, .length = len,
		.etype = XML_INTERNAL_PREDEFINED_ENTITY, .checked = 1};
	return &walk->entity;
}

static void stop_with(struct walk *walk, const char *why) {
	if (!walk->failed)
		error_set(walk->error, "%s", why);
	walk->failed = true;
	libxml()->stop(walk->parser);
}

static void entity_declared(void *data, const xmlChar *name, int type, const xmlChar *public_id, const xmlChar *system_id,
	xmlChar *content) {
	(void)name, (void)public_id, (void)system_id, (void)content;
	if (type == XML_INTERNAL_GENERAL_ENTITY)
		stop_with(data, "declares entities of its own, which are not expanded: they could swell without bounds");
}

/* The first thing that is wrong; the parser goes on where it can. */
static void note_damage(void *data, xmlErrorPtr damage) {
	struct walk *walk = data;
	if (walk->failed || damage->level < XML_ERR_ERROR || damage->domain == XML_FROM_NAMESPACE)
		return;
	struct str why = str_trim(from_xml((const xmlChar *)damage->message));
	error_set(walk->error, "is damaged in line %d: %.*s", damage->line, (int)(why.len < 200 ? why.len : 200), why.at);
	walk->failed = true;
}

/* ------------------------------------------------------------------ what the parser is given */

/* Whether the document is UTF-8, of what it says of itself. */
static bool is_utf8(struct str head) {
	if (str_starts(head, STR("\xFE\xFF")) || str_starts(head, STR("\xFF\xFE")) || memchr(head.at, '\0', head.len < 64 ? head.len : 64))
		return false;
	struct str charset = STR_NULL;
	size_t end = str_starts(head, STR("<?xml")) ? str_find(head, STR("?>"), 0) : SIZE_MAX;
	if (end != SIZE_MAX)
		charset = html_charset(str_of(head.at, end));
	return !charset.at || str_equal_nocase(charset, STR("utf-8")) || str_equal_nocase(charset, STR("utf8"));
}

/* Whether the 8 bytes hold a control character. */
static bool any_control(uint64_t word) {
	const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
	return ((word - ones * 0x20) & ~word & tops) != 0;
}

/* Takes control characters for spaces: XML has none, and old exports have many. */
static void blank_controls(char *at, size_t len) {
	for (size_t i = 0; i < len;) {
		uint64_t word;
		size_t stop = i + 8 <= len ? i + 8 : len;
		if (stop - i == 8 && (memcpy(&word, at + i, 8), !any_control(word))) {
			i = stop;
			continue;
		}
		for (; i < stop; i++)
			if ((unsigned char)at[i] < ' ' && at[i] != '\n' && at[i] != '\r' && at[i] != '\t')
				at[i] = ' ';
	}
}

/* How many bytes at the end begin a character that is not yet whole. */
static size_t cut_character(struct str bytes) {
	for (size_t back = 1; back <= 3 && back <= bytes.len; back++) {
		unsigned char c = (unsigned char)bytes.at[bytes.len - back];
		if ((c & 0xC0) == 0x80)
			continue;
		size_t length = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
		return length > back ? back : 0;
	}
	return 0;
}

/* Feeds bytes of UTF-8. libxml2 would take all behind a bad byte for Latin-1, so each is made U+FFFD before. */
static void feed_utf8(struct walk *walk, struct str bytes) {
	size_t bad;
	while (bytes.len && !utf8_valid(bytes, &bad)) {
		libxml()->parse_chunk(walk->parser, bytes.at, (int)bad, 0);
		libxml()->parse_chunk(walk->parser, "\xEF\xBF\xBD", 3, 0);
		bytes = str_of(bytes.at + bad + 1, bytes.len - bad - 1);
	}
	if (bytes.len)
		libxml()->parse_chunk(walk->parser, bytes.at, (int)bytes.len, 0);
}

static void feed(struct walk *walk, struct stream *stream) {
	enum { CHUNK = 1 << 16 };
	bool utf8 = is_utf8(stream_ahead(stream, 1024));
	while (!walk->parser->disableSAX && !walk->taker->stop(walk->user)) {
		struct str ahead = stream_ahead(stream, 8);
		if (ahead.len == 0)
			break;
		struct str chunk = str_of(ahead.at, ahead.len < CHUNK ? ahead.len : CHUNK);
		if (utf8) {
			size_t cut = ahead.len >= 8 ? cut_character(chunk) : 0;
			chunk.len -= cut;
			/* The stream's own buffer: these bytes are taken right away. */
			blank_controls((char *)(uintptr_t)chunk.at, chunk.len);
			feed_utf8(walk, chunk);
		} else {
			libxml()->parse_chunk(walk->parser, chunk.at, (int)chunk.len, 0);
		}
		stream_take(stream, chunk.len);
	}
}

int xml_stream(struct stream *stream, const struct xml_taker *taker, void *user, struct error *error) {
	struct walk walk = {.taker = taker, .user = user, .error = error};
	xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC, .startElementNs = begin, .endElementNs = end,
		.characters = characters, .cdataBlock = characters, .getEntity = entity, .entityDecl = entity_declared,
		.serror = note_damage};
	walk.parser = libxml()->open_push(&handler, &walk, NULL, 0, NULL);
	if (!walk.parser)
		return error_set(error, "cannot be read: there is no memory");
	/* NOENT only for "&amp;" in attributes: there is no entity that it could put in. */
	libxml()->use_options(walk.parser, XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOENT);
	feed(&walk, stream);
	if (!walk.parser->disableSAX && !taker->stop(user))
		libxml()->parse_chunk(walk.parser, "", 0, 1);
	libxml()->free_doc(walk.parser->myDoc); /* libxml2 makes one for what is declared */
	libxml()->close(walk.parser);
	if (stream->failed && !walk.failed) {
		*error = stream->error;
		return -1;
	}
	return walk.failed ? -1 : 0;
}

/* libxml2 gives each attribute as five pointers: name, prefix, name space, and where its value begins and ends. */
struct str xml_attribute(const struct xml_tag *tag, const char *name, struct arena *arena) {
	const xmlChar *const *attributes = tag->attributes;
	for (int i = 0; i < tag->attribute_count; i++, attributes += 5)
		if (strcmp((const char *)attributes[0], name) == 0) {
			struct decoded value; /* what stands for a character in it may have been cut */
			encoding_decode(arena, &value, str_of((const char *)attributes[3], (size_t)(attributes[4] - attributes[3])), STR_NULL);
			return arena_copy(arena, value.text);
		}
	return STR_NULL;
}

void xml_write_tag(struct buf *out, const struct xml_tag *tag) {
	const xmlChar *const *attributes = tag->attributes;
	buf_byte(out, '<');
	buf_add(out, tag->name);
	for (int i = 0; i < tag->attribute_count; i++, attributes += 5) {
		buf_byte(out, ' ');
		buf_text(out, (const char *)attributes[0]);
		buf_text(out, "=\"");
		buf_markup(out, str_of((const char *)attributes[3], (size_t)(attributes[4] - attributes[3])));
		buf_byte(out, '"');
	}
	buf_byte(out, '>');
}

void xml_write_end(struct buf *out, struct str name) {
	static const char *const empty[] = {"br", "img", "hr", "wbr", "col", "area", "input", "source", "track", "embed", "meta", "link", NULL};
	for (const char *const *at = empty; *at; at++)
		if (str_equal(name, str_from(*at)))
			return;
	buf_text(out, "</");
	buf_add(out, name);
	buf_byte(out, '>');
}

/* ------------------------------------------------------------------ judging */

/* Behind the white space at `at`. */
static size_t behind_space(struct str s, size_t at) {
	while (at < s.len && strchr(" \t\r\n", s.at[at]) && s.at[at])
		at++;
	return at;
}

/* Behind `close`; the end where it does not come. */
static size_t behind(struct str s, size_t at, const char *close) {
	size_t found = str_find(s, str_from(close), at);
	return found == SIZE_MAX ? s.len : found + strlen(close);
}

/* Behind what may stand before the root: declarations, comments, a document type. */
static size_t behind_prolog(struct str head) {
	for (size_t at = str_starts(head, STR("\xEF\xBB\xBF")) ? 3 : 0;;) {
		at = behind_space(head, at);
		struct str rest = str_of(head.at + at, head.len - at);
		if (str_starts(rest, STR("<?")))
			at = behind(head, at, "?>");
		else if (str_starts(rest, STR("<!--")))
			at = behind(head, at, "-->");
		else if (str_starts(rest, STR("<!")))
			at = str_find(rest, STR("["), 0) < str_find(rest, STR(">"), 0) ? behind(head, at, "]>") : behind(head, at, ">");
		else
			return at;
	}
}

bool xml_root_is(struct str head, const char *const *names) {
	char narrow[2048]; /* of UTF-16 the halves that say something */
	bool wide = head.len > 3 && (head.at[0] == '\0' || head.at[1] == '\0' || str_starts(head, STR("\xFF\xFE")) ||
		str_starts(head, STR("\xFE\xFF")));
	size_t len = 0;
	for (size_t i = 0; wide && i < head.len && len < sizeof narrow; i++)
		if (head.at[i] > 0 && (unsigned char)head.at[i] < 0x80)
			narrow[len++] = head.at[i];
	if (wide)
		head = str_of(narrow, len);
	size_t at = behind_prolog(head), begin = at + 1;
	if (at >= head.len || head.at[at] != '<')
		return false;
	while (++at < head.len && !strchr(" \t\r\n/>", head.at[at]))
		if (head.at[at] == ':')
			begin = at + 1;
	for (; *names; names++)
		if (str_equal(str_of(head.at + begin, at - begin), str_from(*names)))
			return true;
	return false;
}
