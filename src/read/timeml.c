/* TimeML (1.2.1, and as TempEval-3 has it) through libxml2's SAX parser: the text of <TEXT> without its tags and exactly
 * as written, the way back to the file, the date of creation. A document without <TEXT> is read whole but for its head. */
#include "../base/utf8.h"
#include "libxml.h"
#include "reader.h"

/* Documents of people are a handful deep, with ten attributes in a tag and some dozens of names; libxml2's time grows
 * with the square of the latter two. */
enum { DEPTH_LIMIT = 200, ATTRIBUTES_LIMIT = 100, NAMES_LIMIT = 2000 };

/* What may date a document, the better ones behind. */
enum dating { UNDATED, PUBLISHED, CREATED, STATED };

struct timeml {
	struct source *source;
	struct error *error;
	xmlParserCtxtPtr parser;
	struct str page;
	uint32_t raw;     /* how far in the page the text has been found */
	uint32_t depth;   /* open elements */
	uint32_t text_at; /* the depth of the open <TEXT>, 0: none is open */
	uint32_t head_at; /* the depth of the open element that is not the document's text, 0: none */
	bool has_text, in_title, in_dct, in_cdata, failed;
	uint8_t dated; /* enum dating: what source->date is from */
	struct buf text, title;
	struct source_map runs; /* text -> page */
};

/* ------------------------------------------------------------------ finding text in the page */

static bool is_at(const struct timeml *x, struct str part) {
	return str_starts(str_of(x->page.at + x->raw, x->page.len - x->raw), part);
}

/* Moves behind the next `end`. */
static void pass(struct timeml *x, struct str end) {
	size_t at = str_find(x->page, end, x->raw);
	x->raw = (uint32_t)(at == SIZE_MAX ? x->page.len : at + end.len);
}

/* Moves over what stands between stretches of text: comments, instructions, the edges of CDATA. */
static void pass_markup(struct timeml *x) {
	while (!x->in_cdata && is_at(x, STR("<"))) {
		x->in_cdata = is_at(x, STR("<![CDATA["));
		if (x->in_cdata)
			x->raw += (uint32_t)STR("<![CDATA[").len;
		else if (is_at(x, STR("<!--")))
			pass(x, STR("-->"));
		else
			pass(x, is_at(x, STR("<?")) ? STR("?>") : STR(">"));
		if (x->in_cdata && is_at(x, STR("]]>"))) {
			x->raw += 3;
			x->in_cdata = false;
		}
	}
}

static void write_bytes(struct timeml *x, struct str bytes, bool exact) {
	map_add(&x->source->arena, &x->runs, (uint32_t)x->text.len, x->raw, exact);
	buf_add(&x->text, bytes);
}

/* The length of what begins `text` and stands in the page as it is. */
static size_t same_length(const struct timeml *x, struct str text) {
	const char *page = x->page.at + x->raw;
	size_t limit = x->page.len - x->raw < text.len ? x->page.len - x->raw : text.len, i = 0;
	while (i < limit && text.at[i] == page[i] && (x->in_cdata || (page[i] != '&' && page[i] != '<')))
		i++;
	return i;
}

/* A character that the page writes in another way: as a reference, or a line's end that XML makes a LF (§2.11). */
static size_t write_changed(struct timeml *x, struct str text) {
	int length;
	utf8_decode(text.at, text.at + text.len, &length);
	write_bytes(x, str_of(text.at, (size_t)length), false);
	if (!x->in_cdata && is_at(x, STR("&")))
		pass(x, STR(";"));
	else if (is_at(x, STR("\r")))
		x->raw++;
	return (size_t)length;
}

/* Text that the parser gave. */
static void write_text(struct timeml *x, struct str text) {
	while (text.len) {
		pass_markup(x);
		if (text.at[0] == '\n' && is_at(x, STR("\r\n")))
			x->raw++;
		size_t length = same_length(x, text);
		if (length) {
			write_bytes(x, str_of(text.at, length), true);
			x->raw += (uint32_t)length;
		} else {
			length = write_changed(x, text);
		}
		if (x->in_cdata && is_at(x, STR("]]>"))) {
			x->raw += 3;
			x->in_cdata = false;
		}
		text = str_of(text.at + length, text.len - length);
	}
}

/* Goes on in the page where the parser is. */
static void follow(struct timeml *x) {
	const xmlParserInput *input = x->parser->input;
	size_t place = input ? input->consumed + (size_t)(input->cur - input->base) : 0;
	if (place > x->page.len)
		place = x->page.len;
	if (place > x->raw)
		x->raw = (uint32_t)place;
}

/* ------------------------------------------------------------------ elements */

static struct str attribute(const xmlChar **attributes, int count, const char *name) {
	for (int i = 0; i < count; i++, attributes += 5) /* libxml2: name, prefix, namespace, begin and end of the value */
		if (strcmp((const char *)attributes[0], name) == 0)
			return str_of((const char *)attributes[3], (size_t)(attributes[4] - attributes[3]));
	return STR_NULL;
}

static void take_date(struct timeml *x, const xmlChar **attributes, int count) {
	struct str function = attribute(attributes, count, "functionInDocument");
	uint8_t dated = x->in_dct ? STATED : str_equal(function, STR("CREATION_TIME")) ? CREATED :
		str_equal(function, STR("PUBLICATION_TIME")) ? PUBLISHED : UNDATED;
	struct str date = stamp_date(attribute(attributes, count, "value"));
	if (dated > x->dated && date.at) {
		x->source->date = arena_copy(&x->source->arena, date);
		x->dated = dated;
	}
}

static void refuse(struct timeml *x, const char *why) {
	x->failed = true;
	int name_len = x->source->name.len < 400 ? (int)x->source->name.len : 400;
	error_set(x->error, "'%.*s' %s", name_len, x->source->name.at, why);
	if (x->parser)
		libxml()->stop(x->parser);
}

static void bound_names(struct timeml *x) {
	if (libxml()->dict_size(x->parser->dict) > NAMES_LIMIT)
		refuse(x, "has more names of elements than any TimeML");
}

static void instruction(void *data, const xmlChar *target, const xmlChar *words) {
	(void)target, (void)words;
	bound_names(data);
}

/* The elements around the text (as TempEval-3 has them) are not its words. */
static bool is_head(const char *name) {
	static const char *const names[] = {"DOCID", "DCT", "TITLE", "EXTRAINFO", NULL};
	for (const char *const *at = names; *at; at++)
		if (strcmp(name, *at) == 0)
			return true;
	return false;
}

static void begin(void *data, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int spaces,
	const xmlChar **namespaces, int count, int defaulted, const xmlChar **attributes) {
	(void)prefix, (void)uri, (void)spaces, (void)namespaces, (void)defaulted;
	struct timeml *x = data;
	const char *name = (const char *)local;
	follow(x);
	pass(x, STR(">")); /* libxml2 stands before it, or before the slash of an empty element */
	if (x->depth++ == 0 && strcmp(name, "TimeML") != 0)
		refuse(x, "is no TimeML: its root is another element");
	if (x->depth > DEPTH_LIMIT)
		refuse(x, "is nested deeper than any TimeML");
	bound_names(x);
	if (strcmp(name, "TIMEX3") == 0)
		take_date(x, attributes, count);
	if (!x->has_text && !x->head_at && is_head(name)) {
		x->head_at = x->depth;
		x->in_title = strcmp(name, "TITLE") == 0;
		x->in_dct = strcmp(name, "DCT") == 0;
	} else if (!x->has_text && strcmp(name, "TEXT") == 0) {
		x->has_text = true;
		x->text_at = x->depth;
		x->head_at = 0;
		buf_clear(&x->text); /* what stood before it was between the elements */
		x->runs.count = 0;
	}
}

static void end(void *data, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri) {
	(void)local, (void)prefix, (void)uri;
	struct timeml *x = data;
	follow(x);
	if (x->text_at == x->depth)
		x->text_at = 0;
	if (x->head_at == x->depth) {
		x->head_at = 0;
		x->in_title = x->in_dct = false;
	}
	x->depth--;
}

static void characters(void *data, const xmlChar *at, int len) {
	struct timeml *x = data;
	struct str text = str_of((const char *)at, (size_t)len);
	if (x->in_title)
		buf_add(&x->title, text);
	if (x->has_text ? x->text_at != 0 : x->head_at == 0)
		write_text(x, text);
}

/* A reference to what only a DTD elsewhere could define: without it the text would lack a word. */
static void undefined(void *data, const xmlChar *name) {
	(void)name;
	refuse(data, "uses an entity that it does not define");
}

/* ------------------------------------------------------------------ the document */

/* Where the root's tag begins behind white space, instructions, comments and a document type; SIZE_MAX where something
 * else comes first, such as a document type with declarations of its own: entities that grow. */
static size_t find_root(struct str page) {
	size_t at = str_starts(page, STR("\xEF\xBB\xBF")) ? 3 : 0;
	while (at < page.len) {
		struct str rest = str_of(page.at + at, page.len - at);
		if (strchr(" \t\r\n", rest.at[0]) && rest.at[0]) {
			at++;
			continue;
		}
		bool comment = str_starts(rest, STR("<!--")), type = str_starts(rest, STR("<!DOCTYPE"));
		if (!comment && !type && !str_starts(rest, STR("<?")))
			return rest.at[0] == '<' ? at : SIZE_MAX;
		size_t end = str_find(page, comment ? STR("-->") : STR(">"), at);
		if (end == SIZE_MAX || (type && memchr(rest.at, '[', end - at)))
			return SIZE_MAX;
		at = end + (comment ? 3 : 1);
	}
	return SIZE_MAX;
}

bool timeml_judge(struct str head) {
	size_t root = find_root(head);
	return root != SIZE_MAX && str_starts(str_of(head.at + root, head.len - root), STR("<TimeML"));
}

/* Whether a tag has more attributes than libxml2 should see. */
static bool has_crowded_tag(struct str page) {
	for (size_t at = 0; (at = str_find(page, STR("<"), at)) != SIZE_MAX;) {
		struct str rest = str_of(page.at + at, page.len - at);
		bool aside = str_starts(rest, STR("<!")) || str_starts(rest, STR("<?"));
		struct str close = str_starts(rest, STR("<!--")) ? STR("-->") : str_starts(rest, STR("<![CDATA[")) ? STR("]]>") : STR(">");
		size_t end = str_find(page, close, at), count = 0;
		if (end == SIZE_MAX)
			end = page.len;
		for (size_t i = at; !aside && i < end; i++)
			count += page.at[i] == '=';
		if (count > ATTRIBUTES_LIMIT)
			return true;
		at = end;
	}
	return false;
}

/* What libxml2 does not like, in its words. */
static void refuse_broken(struct timeml *x) {
	const xmlError *error = libxml()->last_error(x->parser);
	struct str why = str_trim(str_from(error && error->message ? error->message : "it ends too soon"));
	if (why.len > 200)
		why.len = 200;
	int name_len = x->source->name.len < 400 ? (int)x->source->name.len : 400;
	error_set(x->error, "'%.*s' is not well-formed XML: line %d: %.*s", name_len, x->source->name.at, error ? error->line : 1,
		(int)why.len, why.at);
	if (error && (error->code == XML_ERR_NAME_REQUIRED || error->code == XML_ERR_ENTITYREF_SEMICOL_MISSING ||
		error->code == XML_ERR_LT_IN_ATTRIBUTE))
		error_hint(x->error, "in XML, & is written &amp; and < is written &lt;");
	x->failed = true;
}

static void parse(struct timeml *x) {
	x->parser = libxml()->open_memory(x->page.at, (int)x->page.len);
	if (!x->parser) {
		refuse(x, "cannot be read as XML");
		return;
	}
	libxml()->use_options(x->parser, XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
	*x->parser->sax = (xmlSAXHandler){.initialized = XML_SAX2_MAGIC, .startElementNs = begin, .endElementNs = end,
		.characters = characters, .ignorableWhitespace = characters, .cdataBlock = characters, .reference = undefined,
		.processingInstruction = instruction};
	x->parser->userData = x;
	libxml()->parse(x->parser);
	if (!x->failed && !x->parser->wellFormed)
		refuse_broken(x);
	if (x->parser->myDoc)
		libxml()->free_doc(x->parser->myDoc);
	libxml()->close(x->parser);
}

int read_timeml(struct source *source, struct source_map *runs, struct error *error) {
	struct timeml x = {.source = source, .error = error, .page = source->page};
	if (find_root(x.page) == SIZE_MAX)
		refuse(&x, "is no TimeML: no element comes first, or it declares entities of its own");
	else if (memchr(x.page.at, '\0', x.page.len)) /* which libxml2 would take for the end, or for UTF-16 */
		refuse(&x, "is not well-formed XML: it has a NUL");
	else if (has_crowded_tag(x.page))
		refuse(&x, "has a tag with more attributes than any TimeML");
	else
		parse(&x);
	source->text = arena_copy(&source->arena, x.text.at ? buf_str(&x.text) : STR(""));
	struct str title = str_trim(buf_str(&x.title));
	source->title = title.len ? arena_copy(&source->arena, title) : STR_NULL;
	buf_release(&x.text);
	buf_release(&x.title);
	if (x.failed)
		return -1;
	map_through(&source->arena, &source->runs, 0, &x.runs, (uint32_t)source->text.len, &source->page_runs);
	*runs = x.runs;
	return 0;
}
