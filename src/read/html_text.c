/* The text of a page: white space folded, blocks on lines of their own, and for each stretch the place in the page
 * where it was found. libxml2 tells only where it is; the text is matched with the bytes before that. */
#include "html_text.h"

#include "../base/utf8.h"
#include "libxml.h"

/* Markup that the parser passed over without a word is looked for this far. */
enum { SKIP_LIMIT = 4096 };

/* ------------------------------------------------------------------ writing text */

uint32_t html_here(const struct extraction *x) {
	return (uint32_t)x->html->text.len;
}

static void write_bytes(struct extraction *x, struct str bytes, uint32_t raw, bool exact) {
	map_add(x->html->arena, &x->html->runs, html_here(x), raw, exact);
	buf_add(&x->html->text, bytes);
}

/* Writes the white space that has been put off. */
static void write_space(struct extraction *x) {
	if (html_here(x) > 0) {
		if (x->breaks)
			write_bytes(x, str_of("\n\n", x->breaks), x->raw, false);
		else if (x->tab)
			write_bytes(x, STR("\t"), x->raw, false);
		else if (x->space)
			write_bytes(x, STR(" "), x->space_raw, x->space_raw < x->whole.len && x->whole.at[x->space_raw] == ' ');
	}
	x->html->blocks += x->breaks > 0;
	x->breaks = 0;
	x->tab = x->space = false;
}

/* The marks of the elements whose text begins here. */
static void begin_marks(struct extraction *x) {
	for (; x->begun < x->depth; x->begun++) {
		struct html_element *element = &x->stack[x->begun];
		element->begin = html_here(x);
		/* A <sup> may turn out to be a note's number. */
		if (element->kind == HTML_NO_MARK && element->tag->id != HTML_SUP)
			continue;
		element->mark = x->html->marks.count;
		*array_push(x->html->arena, &x->html->marks) =
			(struct mark){{html_here(x), html_here(x)}, element->kind, element->level, element->value};
	}
}

static void write_text(struct extraction *x, struct str bytes, uint32_t raw, bool exact) {
	if (x->breaks || x->tab || x->space)
		write_space(x);
	if (x->begun < x->depth)
		begin_marks(x);
	write_bytes(x, bytes, raw, exact);
}

void html_want_breaks(struct extraction *x, uint8_t count) {
	if (x->breaks < count)
		x->breaks = count;
	x->space = false;
}

/* ------------------------------------------------------------------ finding text in the page */

/* The bytes of the character reference at `raw`, or 0. */
static uint32_t reference_length(struct str page, uint32_t raw) {
	uint32_t at = raw + 1;
	if (raw >= page.len || page.at[raw] != '&')
		return 0;
	while (at < page.len && at - raw < 40 && (page.at[at] == '#' || (page.at[at] >= '0' && page.at[at] <= '9') ||
		((page.at[at] | 32) >= 'a' && (page.at[at] | 32) <= 'z')))
		at++;
	return at < page.len && page.at[at] == ';' ? at + 1 - raw : at - raw;
}

/* Moves over a comment or a tag that the parser ignored. */
static void skip_markup(struct extraction *x) {
	struct str page = x->page;
	bool comment = str_starts(str_of(page.at + x->raw, page.len - x->raw), STR("<!--"));
	size_t limit = page.len - x->raw < SKIP_LIMIT ? page.len : x->raw + SKIP_LIMIT;
	size_t end = str_find(str_of(page.at, limit), comment ? STR("-->") : STR(">"), x->raw);
	if (end != SIZE_MAX)
		x->raw = (uint32_t)(end + (comment ? 3 : 1));
}

/* Brings `raw` to where `byte` stands, near by. False: it is not found, and raw stays. */
static bool find_raw(struct extraction *x, char byte) {
	for (int tries = 0; tries < 16 && x->raw < x->page.len && x->page.at[x->raw] == '<' && byte != '<'; tries++) {
		uint32_t before = x->raw;
		skip_markup(x);
		if (x->raw == before)
			break;
	}
	if (x->raw + 1 < x->page.len && x->page.at[x->raw] == '\r' && byte == '\n')
		x->raw++;
	return x->raw < x->page.len && x->page.at[x->raw] == byte;
}

/* The length of what begins `text` and stands in the page at `raw` byte for byte, up to white space
 * (single spaces go with it). */
static size_t same_length(const struct extraction *x, struct str text) {
	const char *page = x->whole.at + x->raw; /* what is blanked out is no text of the page */
	size_t limit = x->page.len - x->raw < text.len ? x->page.len - x->raw : text.len, i = 0;
	bool fold = !x->preformatted;
	while (i < limit && text.at[i] == page[i]) {
		if (i > 0 && text.at[i] == '&')
			break;
		if (fold && html_is_white(text.at[i]) &&
			(text.at[i] != ' ' || i == 0 || i + 1 >= limit || html_is_white(text.at[i + 1]) ||
				page[i + 1] != text.at[i + 1]))
			break;
		i++;
	}
	return i;
}

static void note_space(struct extraction *x, char byte) {
	if (!x->space)
		x->space_raw = x->raw;
	x->space = true;
	if (find_raw(x, byte)) {
		x->raw++;
	} else {
		uint32_t length = reference_length(x->page, x->raw);
		x->raw += length;
	}
}

/* Whether the page has an ampersand at `raw` that stands for itself, as in "&unknown;" or "R&D". */
static bool is_plain_ampersand(const struct extraction *x) {
	static const char *const names[] = {"&amp", "&AMP", "&#38", "&#x26", "&#X26", "&#038", NULL};
	struct str rest = str_of(x->page.at + x->raw, x->page.len - x->raw);
	for (const char *const *name = names; *name; name++)
		if (str_starts(rest, str_from(*name)))
			return false;
	return str_starts(rest, STR("&"));
}

/* A character that the page writes as a reference, that stands where markup was blanked out, or is not found in it. */
static size_t write_reference(struct extraction *x, struct str text) {
	int length;
	utf8_decode(text.at, text.at + text.len, &length);
	bool blanked = x->raw < x->page.len && x->page.at[x->raw] == text.at[0] && x->whole.at[x->raw] != text.at[0];
	write_text(x, str_of(text.at, (size_t)length), x->raw, false);
	x->raw += blanked ? 1 : reference_length(x->page, x->raw);
	return (size_t)length;
}

void html_write(struct extraction *x, struct str text) {
	while (text.len) {
		size_t length;
		if (!x->preformatted && html_is_white(text.at[0])) {
			note_space(x, text.at[0]);
			length = 1;
		} else {
			bool found = find_raw(x, text.at[0]);
			bool reference = !found || (text.at[0] == '&' && !is_plain_ampersand(x));
			length = reference ? 0 : same_length(x, text);
			if (length) {
				write_text(x, str_of(text.at, length), x->raw, true);
				x->raw += (uint32_t)length;
			} else {
				length = write_reference(x, text);
			}
		}
		text = str_of(text.at + length, text.len - length);
	}
}

/* The parser's own place in the page. */
static uint32_t parser_place(const struct extraction *x) {
	const xmlParserInput *input = ((htmlParserCtxtPtr)x->parser)->input;
	return input ? (uint32_t)(input->consumed + (unsigned long)(input->cur - input->base)) : x->raw;
}

void html_follow(struct extraction *x) {
	uint32_t place = parser_place(x);
	if (place > x->page.len)
		place = (uint32_t)x->page.len;
	if (place > x->raw)
		x->raw = place;
}
