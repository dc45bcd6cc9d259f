/* Word's documents (.docx, ECMA-376): a zip of XML. What is text becomes a page of HTML with headings, lists, tables, notes
 * and links, and is read as such; fonts, headers, footers, comments and what was deleted are left out. */
#include <stdlib.h>

#include "import.h"

/* The parts of the package that are read. */
enum part { PART_STYLES, PART_RELATIONS, PART_FOOTNOTES, PART_ENDNOTES, PART_PROPERTIES, PART_DOCUMENT, PARTS };
static const char *const part_names[PARTS] = {"word/styles.xml", "word/_rels/document.xml.rels", "word/footnotes.xml",
	"word/endnotes.xml", "docProps/core.xml", "word/document.xml"};

enum { STRONG = 1, EMPHASIS = 2 };
enum { LISTS_LIMIT = 9 };

struct style {
	struct str id;
	uint8_t heading; /* 1-6, or 0 */
	bool is_quote, is_item;
};

struct relation {
	struct str id, target;
};

struct note {
	struct str name; /* "f3" is the footnote 3, "e1" the endnote 1 */
	struct str page; /* what it becomes */
};

/* No document has as many; what has is not read quickly, but read. */
enum { STYLES_LIMIT = 4096, RELATIONS_LIMIT = 16384 };

struct docx {
	struct importing *im;
	struct arena arena;
	struct stream parts[PARTS];
	bool has[PARTS];
	struct error error; /* of a part that could not be read */
	bool failed;
	array_of(struct style) styles;
	array_of(struct relation) relations;
	struct str title, date, author;
	array_of(struct str) referred; /* the names of notes, in the order of what refers to them */
	array_of(struct note) notes;
	struct buf out;

	/* where the parser is in the part */
	enum part part;
	uint32_t depth, skipped; /* skipped: the depth of an element that is passed over, or 0 */
	bool in_note;
	struct buf text; /* of a property */
	bool takes_text;

	/* the paragraph and the run */
	struct style style;
	uint32_t list, lists; /* level of the item from 1, or 0; lists that are open */
	bool begun; /* the paragraph's element is written */
	uint8_t format, written; /* of the run, and what is open in the page */
	bool hidden;
	bool link_open;
	struct buf field; /* the code of a field */
	bool in_code;
};

static bool is(struct str a, const char *b) {
	return str_equal(a, str_from(b));
}

static bool is_word(struct str space) {
	return str_ends(space, STR("wordprocessingml/main")) || str_ends(space, STR("wordprocessingml/2006/main"));
}

static struct str value_of(struct docx *x, const struct xml_tag *tag) {
	return xml_attribute(tag, "val", &x->arena);
}

static bool is_on(struct docx *x, const struct xml_tag *tag) {
	struct str value = value_of(x, tag);
	return !value.at || !(is(value, "0") || is(value, "false") || is(value, "off") || is(value, "none"));
}

static uint32_t number_of(struct str s) {
	uint32_t number = 0;
	for (size_t i = 0; i < s.len && i < 6 && s.at[i] >= '0' && s.at[i] <= '9'; i++)
		number = number * 10 + (uint32_t)(s.at[i] - '0');
	return number;
}

/* ------------------------------------------------------------------ styles and relations */

static void name_style(struct style *style, struct str name) {
	if (name.len == 9 && str_equal_nocase(str_of(name.at, 8), STR("heading ")))
		style->heading = (uint8_t)number_of(str_of(name.at + 8, 1));
	else if (str_equal_nocase(name, STR("title")))
		style->heading = 1;
	style->heading = style->heading > 6 ? 6 : style->heading;
	style->is_quote = str_equal_nocase(name, STR("quote")) || str_equal_nocase(name, STR("intense quote"));
	style->is_item = name.len > 10 && (str_equal_nocase(str_of(name.at, 11), STR("list bullet")) ||
		str_equal_nocase(str_of(name.at, 11), STR("list number")));
}

static struct style style_of(const struct docx *x, struct str id) {
	for (uint32_t i = 0; i < x->styles.count; i++)
		if (str_equal(x->styles.at[i].id, id))
			return x->styles.at[i];
	return (struct style){0};
}

static void begin_style(struct docx *x, const struct xml_tag *tag) {
	if (is(tag->name, "style") && x->styles.count < STYLES_LIMIT)
		*array_push(&x->arena, &x->styles) = (struct style){.id = xml_attribute(tag, "styleId", &x->arena)};
	else if (x->styles.count == 0)
		return;
	struct style *style = &x->styles.at[x->styles.count - 1];
	if (is(tag->name, "name")) {
		name_style(style, value_of(x, tag));
	} else if (is(tag->name, "basedOn") && !style->heading && !style->is_quote) {
		struct style base = style_of(x, value_of(x, tag));
		base.id = style->id;
		*style = base;
	} else if (is(tag->name, "outlineLvl") && number_of(value_of(x, tag)) < 6) {
		style->heading = (uint8_t)(number_of(value_of(x, tag)) + 1);
	} else if (is(tag->name, "numId")) {
		style->is_item = number_of(value_of(x, tag)) > 0;
	}
}

static void begin_relation(struct docx *x, const struct xml_tag *tag) {
	if (is(tag->name, "Relationship") && x->relations.count < RELATIONS_LIMIT && is(xml_attribute(tag, "TargetMode", &x->arena), "External"))
		*array_push(&x->arena, &x->relations) = (struct relation){xml_attribute(tag, "Id", &x->arena),
			xml_attribute(tag, "Target", &x->arena)};
}

static struct str target_of(const struct docx *x, struct str id) {
	for (uint32_t i = 0; i < x->relations.count && id.at; i++)
		if (str_equal(x->relations.at[i].id, id))
			return x->relations.at[i].target;
	return STR_NULL;
}

/* ------------------------------------------------------------------ paragraphs */

/* Opens and closes lists until `level` of them are open. */
static void set_lists(struct docx *x, uint32_t level) {
	for (; x->lists > level; x->lists--)
		buf_text(&x->out, "</li></ul>\n");
	if (level && x->lists == level)
		buf_text(&x->out, "</li>\n<li>");
	for (; x->lists < level; x->lists++)
		buf_text(&x->out, "<ul><li>");
}

static void set_format(struct docx *x, uint8_t format) {
	if (x->written == format)
		return;
	buf_text(&x->out, x->written & EMPHASIS ? "</em>" : "");
	buf_text(&x->out, x->written & STRONG ? "</strong>" : "");
	buf_text(&x->out, format & STRONG ? "<strong>" : "");
	buf_text(&x->out, format & EMPHASIS ? "<em>" : "");
	x->written = format;
}

/* Writes the element of the paragraph before its first text: an empty one leaves nothing. */
static void begin_paragraph(struct docx *x) {
	if (x->begun)
		return;
	x->begun = true;
	set_lists(x, x->list);
	if (x->in_note || x->list)
		return;
	if (x->style.heading)
		buf_format(&x->out, "<h%u>", x->style.heading);
	else
		buf_text(&x->out, x->style.is_quote ? "<blockquote><p>" : "<p>");
}

static void close_link(struct docx *x) {
	if (x->link_open) {
		set_format(x, 0);
		buf_text(&x->out, "</a>");
	}
	x->link_open = false;
}

static void end_paragraph(struct docx *x) {
	close_link(x);
	set_format(x, 0);
	if (x->begun && x->in_note)
		buf_text(&x->out, "<br>");
	else if (x->begun && !x->list && x->style.heading)
		buf_format(&x->out, "</h%u>\n", x->style.heading);
	else if (x->begun && !x->list)
		buf_text(&x->out, x->style.is_quote ? "</p></blockquote>\n" : "</p>\n");
	x->begun = false;
	x->style = (struct style){0};
	x->list = 0;
}

static void add_text(struct docx *x, struct str text) {
	if (x->hidden || text.len == 0)
		return;
	begin_paragraph(x);
	set_format(x, x->style.heading ? 0 : x->format);
	buf_markup(&x->out, text);
}

static void open_link(struct docx *x, struct str target) {
	if (!target.len || x->link_open)
		return;
	begin_paragraph(x);
	set_format(x, 0);
	buf_text(&x->out, "<a href=\"");
	buf_markup(&x->out, target);
	buf_text(&x->out, "\">");
	x->link_open = true;
}

/* A field's code is HYPERLINK "https://…" where it is a link. */
static void open_field_link(struct docx *x, struct str code) {
	size_t begin = str_find(code, STR("HYPERLINK"), 0);
	begin = begin == SIZE_MAX ? SIZE_MAX : str_find(code, STR("\""), begin);
	size_t end = begin == SIZE_MAX ? SIZE_MAX : str_find(code, STR("\""), begin + 1);
	if (end != SIZE_MAX && str_find(str_of(code.at, begin), STR("\\l"), 0) == SIZE_MAX)
		open_link(x, str_of(code.at + begin + 1, end - begin - 1));
}

static void refer_to_note(struct docx *x, char kind, struct str id) {
	if (!id.len || x->in_note || x->hidden)
		return;
	*array_push(&x->arena, &x->referred) = arena_format(&x->arena, "%c%.*s", kind, (int)id.len, id.at);
	begin_paragraph(x);
	set_format(x, 0);
	buf_format(&x->out, "<sup><a href=\"#fn%u\">[%u]</a></sup>", (unsigned)x->referred.count, (unsigned)x->referred.count);
}

/* ------------------------------------------------------------------ the text */

static void begin_field(struct docx *x, struct str type) {
	if (is(type, "begin")) {
		x->field.len = 0;
		x->in_code = true;
	} else if (is(type, "separate")) {
		x->in_code = false;
		open_field_link(x, buf_str(&x->field));
	} else if (is(type, "end")) {
		x->in_code = false;
		close_link(x);
	}
}

static void begin_property(struct docx *x, const struct xml_tag *tag) {
	struct str name = tag->name;
	if (is(name, "pStyle"))
		x->style = style_of(x, value_of(x, tag));
	else if (is(name, "outlineLvl") && number_of(value_of(x, tag)) < 6)
		x->style.heading = (uint8_t)(number_of(value_of(x, tag)) + 1);
	else if (is(name, "ilvl"))
		x->list = number_of(value_of(x, tag)) + 1;
	else if (is(name, "numId"))
		x->list = number_of(value_of(x, tag)) == 0 ? 0 : x->list ? x->list : 1;
	else if (is(name, "b"))
		x->format |= is_on(x, tag) ? STRONG : 0;
	else if (is(name, "i"))
		x->format |= is_on(x, tag) ? EMPHASIS : 0;
	else if (is(name, "vanish"))
		x->hidden = is_on(x, tag);
}

static void begin_table_part(struct docx *x, struct str name) {
	set_lists(x, 0);
	if (is(name, "tbl"))
		buf_text(&x->out, "<table>");
	else
		buf_text(&x->out, is(name, "tr") ? "<tr>" : "<td>");
}

static void begin_text(struct docx *x, const struct xml_tag *tag) {
	struct str name = tag->name;
	if (is(name, "p")) {
		x->list = 0;
		x->style = (struct style){0};
	} else if (is(name, "r")) {
		x->format = 0;
		x->hidden = false;
	} else if (is(name, "tab")) {
		if (x->begun)
			add_text(x, STR("\t"));
	} else if (is(name, "br") || is(name, "cr")) {
		if (x->begun)
			buf_text(&x->out, "<br>");
	} else if (is(name, "noBreakHyphen")) {
		add_text(x, STR("\xE2\x80\x91"));
	} else if (is(name, "hyperlink")) {
		open_link(x, target_of(x, xml_attribute(tag, "id", &x->arena)));
	} else if (is(name, "fldSimple")) {
		open_field_link(x, xml_attribute(tag, "instr", &x->arena));
	} else if (is(name, "fldChar")) {
		begin_field(x, xml_attribute(tag, "fldCharType", &x->arena));
	} else if (is(name, "footnoteReference") || is(name, "endnoteReference")) {
		refer_to_note(x, name.at[0], xml_attribute(tag, "id", &x->arena));
	} else if (is(name, "tbl") || is(name, "tr") || is(name, "tc")) {
		begin_table_part(x, name);
	} else {
		begin_property(x, tag);
	}
}

static void end_text(struct docx *x, struct str name) {
	if (is(name, "pPr"))
		x->list = x->style.is_item && !x->list ? 1 : x->list > LISTS_LIMIT ? LISTS_LIMIT : x->style.heading ? 0 : x->list;
	else if (is(name, "p"))
		end_paragraph(x);
	else if (is(name, "hyperlink") || is(name, "fldSimple"))
		close_link(x);
	else if (is(name, "tc"))
		set_lists(x, 0), buf_text(&x->out, "</td>");
	else if (is(name, "tr"))
		buf_text(&x->out, "</tr>\n");
	else if (is(name, "tbl"))
		buf_text(&x->out, "</table>\n");
}

/* Notes have a part of their own: each is written by itself, to be put where it belongs later. */
static void begin_in_notes(struct docx *x, const struct xml_tag *tag) {
	if (x->in_note) {
		begin_text(x, tag);
	} else if (is(tag->name, "footnote") || is(tag->name, "endnote")) {
		struct str id = xml_attribute(tag, "id", &x->arena);
		array_push(&x->arena, &x->notes)->name = arena_format(&x->arena, "%c%.*s", tag->name.at[0], (int)id.len, id.at);
		x->in_note = true;
		x->out.len = 0;
	}
}

static void end_in_notes(struct docx *x, struct str name) {
	if (!x->in_note)
		return;
	end_text(x, name);
	if (is(name, "footnote") || is(name, "endnote")) {
		set_lists(x, 0);
		x->notes.at[x->notes.count - 1].page = arena_copy(&x->arena, buf_str(&x->out));
		x->in_note = false;
	}
}

/* ------------------------------------------------------------------ the parts */

/* What stands for something else, or was moved away. */
static bool is_passed_over(struct str name) {
	return is(name, "Fallback") || is(name, "moveFrom") || is(name, "del") || is(name, "pPrChange") || is(name, "rPrChange") ||
		is(name, "sectPr") || is(name, "drawing") || is(name, "pict");
}

static void begin(void *docx, const struct xml_tag *tag) {
	struct docx *x = docx;
	x->depth++;
	if (x->skipped)
		return;
	x->takes_text = false;
	switch (x->part) {
	case PART_STYLES: begin_style(x, tag); return;
	case PART_RELATIONS: begin_relation(x, tag); return;
	case PART_PROPERTIES: x->text.len = 0; x->takes_text = true; return;
	default: break;
	}
	if (is_passed_over(tag->name)) {
		x->skipped = x->depth;
		return;
	}
	if (!is_word(tag->space))
		return;
	x->takes_text = is(tag->name, "t") || is(tag->name, "instrText");
	if (x->part == PART_DOCUMENT)
		begin_text(x, tag);
	else
		begin_in_notes(x, tag);
}

static void end_property(struct docx *x, struct str name) {
	struct str text = str_trim(buf_str(&x->text));
	if (is(name, "title") && text.len)
		x->title = arena_copy(&x->arena, text);
	else if (is(name, "creator") && text.len)
		x->author = arena_copy(&x->arena, text);
	else if (is(name, "modified") || (is(name, "created") && !x->date.at))
		x->date = import_date(&x->arena, text);
	x->text.len = 0;
}

static void end(void *docx, struct str name) {
	struct docx *x = docx;
	if (x->skipped) {
		if (x->skipped == x->depth)
			x->skipped = 0;
	} else if (x->part == PART_PROPERTIES) {
		end_property(x, name);
	} else if (x->part == PART_DOCUMENT) {
		end_text(x, name);
	} else {
		end_in_notes(x, name);
	}
	x->takes_text = false;
	x->depth--;
}

static void text(void *docx, struct str text) {
	struct docx *x = docx;
	if (!x->takes_text || x->skipped)
		return;
	if (x->part == PART_PROPERTIES)
		buf_add(&x->text, text);
	else if (x->in_code)
		buf_add(&x->field, text);
	else if (x->part == PART_DOCUMENT || x->in_note)
		add_text(x, text);
}

static bool stop(void *docx) {
	return ((struct docx *)docx)->im->stopped;
}

static void read_part(struct docx *x, enum part part) {
	struct error error = {0};
	if (!x->has[part])
		return;
	x->part = part;
	x->depth = x->skipped = 0;
	if (xml_stream(&x->parts[part], &(struct xml_taker){begin, end, text, stop}, x, &error) < 0 && !x->failed) {
		x->failed = true;
		error_set(&x->error, "%s in %s", error.message, part_names[part]);
	}
}

static void keep_part(void *docx, struct str name, struct stream *file) {
	struct docx *x = docx;
	struct str whole;
	for (enum part part = 0; part < PARTS; part++) {
		if (!is(name, part_names[part]) || x->has[part])
			continue;
		if (stream_whole(file, x->im->limits->document, &whole, &x->error) < 0) {
			x->failed = true;
			return;
		}
		x->has[part] = true;
		x->parts[part] = *file; /* the bytes stay; the archive goes on */
		*file = (struct stream){.fd = -1};
	}
}

/* ------------------------------------------------------------------ the document */

static int by_name(const void *a, const void *b) {
	struct str one = ((const struct note *)a)->name, other = ((const struct note *)b)->name;
	int order = memcmp(one.at, other.at, one.len < other.len ? one.len : other.len);
	return order ? order : (one.len > other.len) - (one.len < other.len);
}

static void read_notes(struct docx *x) {
	read_part(x, PART_FOOTNOTES);
	read_part(x, PART_ENDNOTES);
	x->in_note = false;
	x->out.len = 0;
	if (x->notes.count)
		qsort(x->notes.at, x->notes.count, sizeof *x->notes.at, by_name);
}

static void write_notes(struct docx *x) {
	buf_text(&x->out, x->referred.count ? "<ol>\n" : "");
	for (uint32_t i = 0; i < x->referred.count; i++) {
		struct note wanted = {.name = x->referred.at[i]};
		const struct note *note = x->notes.count ? bsearch(&wanted, x->notes.at, x->notes.count, sizeof wanted, by_name) : NULL;
		buf_format(&x->out, "<li id=\"fn%u\">", (unsigned)(i + 1));
		if (note)
			buf_add(&x->out, note->page);
		buf_text(&x->out, "</li>\n");
	}
	buf_text(&x->out, x->referred.count ? "</ol>\n" : "");
}

static void read_document(struct docx *x) {
	read_part(x, PART_STYLES);
	read_part(x, PART_RELATIONS);
	read_part(x, PART_PROPERTIES);
	read_notes(x);
	read_part(x, PART_DOCUMENT);
	end_paragraph(x);
	set_lists(x, 0);
	write_notes(x);
}

static bool judge(struct str name, struct str head) {
	return str_starts(head, STR("PK\3\4")) && (import_has_ending(name, STR(".docx")) || import_has_ending(name, STR(".docm")) ||
		(head.len > 49 && memcmp(head.at + 30, "[Content_Types].xml", 19) == 0));
}

static void import_docx(struct importing *im, struct stream *stream, struct str name, bool sure) {
	struct docx x = {.im = im};
	(void)name, (void)sure;
	arena_init(&x.arena);
	if (zip_visit(im, stream, keep_part, &x, &x.error) < 0 || x.failed)
		import_refuse(im, NULL, "%s", x.error.message);
	else if (!x.has[PART_DOCUMENT])
		import_refuse(im, NULL, "is an office file, but no .docx: it has no word/document.xml");
	else {
		read_document(&x);
		if (x.failed)
			import_refuse(im, NULL, "%s", x.error.message);
		if (x.out.len)
			import_hand(im, &(struct imported){.title = x.title, .date = x.date, .author = x.author, .form = SOURCE_HTML,
				.bytes = buf_str(&x.out)});
	}
	for (enum part part = 0; part < PARTS; part++)
		stream_close(&x.parts[part]);
	buf_release(&x.out);
	buf_release(&x.text);
	buf_release(&x.field);
	arena_release(&x.arena);
}

const struct import_kind import_kind_docx = {judge, import_docx};
