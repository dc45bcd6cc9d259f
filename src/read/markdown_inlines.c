/* Inline nodes, found again in the bytes that they came from. */
#include <cmark-gfm.h>

#include "../base/utf8.h"
#include "html_text.h"
#include "markdown.h"

enum { LINKS_DEEP = 64, VALUE_LIMIT = 4096 };

struct inlines {
	struct showing *showing;
	struct source *source;
	const char *copy;
	uint32_t at, end;
	uint32_t open[LINKS_DEEP]; /* the marks of the emphasis and links that are open */
	char brackets[LINKS_DEEP]; /* how they began: '[' '<' or 0 */
	uint32_t depth, images;
	bool lost; /* a node was not found: the rest is shown as it is */
};

static char byte_at(const struct inlines *in, uint32_t at) {
	return at < in->end ? in->copy[at] : '\0';
}

/* Marks are made in the order of their places: first those of the markup before them. */
static void add_mark(struct inlines *in, uint32_t end, uint8_t kind, struct str value) {
	if (!in->images)
		hide_until(in->showing, in->at);
	*array_push(&in->source->arena, &in->source->marks) = (struct mark){{in->at, end}, kind, 0, value};
}

static void show_bytes(struct inlines *in, uint32_t begin, uint32_t end) {
	if (!in->images)
		show(in->showing, begin, end);
}

/* ------------------------------------------------------------------ text */

static bool is_name(char c) {
	return c == '#' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* The length of a character reference at `at`, or 0. */
static uint32_t reference_length(const struct inlines *in, uint32_t at) {
	uint32_t i = at + 1;
	while (i - at < 34 && is_name(byte_at(in, i)))
		i++;
	return byte_at(in, at) == '&' && i > at + 1 && byte_at(in, i) == ';' ? i + 1 - at : 0;
}

/* How many bytes of `literal` the reference at in->at stands for. It stays in sight as it is written, but
 * of "&amp;" only the first byte need be. */
static size_t pass_reference(struct inlines *in, struct str literal, uint32_t length) {
	bool ampersand = length == 5 && memcmp(in->copy + in->at, "&amp;", 5) == 0;
	show_bytes(in, in->at, in->at + (ampersand ? 1 : length));
	in->at += length;
	int code;
	utf8_decode(literal.at, literal.at + literal.len, &code);
	size_t taken = (size_t)code;
	/* A few references stand for two characters. */
	if (taken < literal.len && byte_at(in, in->at) != literal.at[taken] && (unsigned char)literal.at[taken] >= 0xCC) {
		utf8_decode(literal.at + taken, literal.at + literal.len, &code);
		if (byte_at(in, in->at) == (taken + (size_t)code < literal.len ? literal.at[taken + (size_t)code] : '\0'))
			taken += (size_t)code;
	}
	return taken;
}

static bool is_blank(char c) {
	return c == ' ' || c == '\t';
}

static void pass_text(struct inlines *in, struct str literal) {
	while (literal.len && !in->lost) {
		uint32_t reference = reference_length(in, in->at), begin = in->at;
		bool written = literal.len >= reference && memcmp(in->copy + in->at, literal.at, reference) == 0;
		size_t taken = 0;
		if (reference && !written) {
			taken = pass_reference(in, literal, reference);
		} else {
			do {
				taken++;
			} while (taken <= literal.len && byte_at(in, begin + (uint32_t)taken - 1) == literal.at[taken - 1] &&
				(taken == 1 || literal.at[taken - 1] != '&'));
			taken--;
			in->at += (uint32_t)taken;
			show_bytes(in, begin, in->at);
			if (taken == 0 && (byte_at(in, in->at) == '\\' || is_blank(byte_at(in, in->at))))
				in->at++;
			else if (taken == 0)
				in->lost = true;
		}
		literal = str_of(literal.at + taken, literal.len - taken);
	}
}

/* A line end, and before the next line's words its indentation and the `>` of quotations. */
static void pass_line_end(struct inlines *in, bool hard) {
	while (is_blank(byte_at(in, in->at)) || byte_at(in, in->at) == '\\')
		in->at++;
	char end = byte_at(in, in->at);
	if (end != '\n' && end != '\r') {
		in->lost = true;
		return;
	}
	if (hard)
		add_mark(in, in->at, MARK_BREAK, STR_NULL);
	in->at += end == '\r' && byte_at(in, in->at + 1) == '\n' ? 2 : 1;
	while (is_blank(byte_at(in, in->at)) || byte_at(in, in->at) == '>')
		in->at++;
}

static uint32_t run_length(const struct inlines *in, uint32_t at, char c) {
	uint32_t length = 0;
	while (byte_at(in, at + length) == c && at + length < in->end)
		length++;
	return length;
}

static void pass_code(struct inlines *in) {
	uint32_t ticks = run_length(in, in->at, '`'), begin = in->at + ticks, at = begin;
	while (at < in->end) {
		uint32_t run = run_length(in, at, '`');
		if (run == ticks)
			break;
		at += run ? run : 1;
	}
	if (ticks == 0 || at >= in->end) {
		in->lost = true;
		return;
	}
	show_bytes(in, begin, at);
	in->at = at + ticks;
}

static void pass_tag(struct inlines *in, const char *literal) {
	size_t len = strlen(literal);
	if (in->end - in->at >= len && memcmp(in->copy + in->at, literal, len) == 0) {
		if (len >= 4 && str_equal_nocase(str_of(literal, 3), STR("<br")))
			add_mark(in, in->at, MARK_BREAK, STR_NULL);
		in->at += (uint32_t)len;
		return;
	}
	const char *close = memchr(in->copy + in->at, '>', in->end - in->at);
	if (close)
		in->at = (uint32_t)(close + 1 - in->copy);
	else
		in->lost = true;
}

static void pass_note(struct inlines *in) {
	const char *close = memchr(in->copy + in->at, ']', in->end - in->at);
	if (byte_at(in, in->at) != '[' || byte_at(in, in->at + 1) != '^' || !close) {
		in->lost = true;
		return;
	}
	uint32_t end = (uint32_t)(close + 1 - in->copy);
	struct str label = str_of(in->source->text.at + in->at + 2, end - in->at - 3);
	add_mark(in, end, MARK_NOTE_REFERENCE, arena_copy(&in->source->arena, label));
	show_bytes(in, in->at, end);
	in->at = end;
}

/* ------------------------------------------------------------------ emphasis and links */

static void open_mark(struct inlines *in, uint8_t kind, struct str value, char bracket) {
	if (in->depth < LINKS_DEEP) {
		add_mark(in, in->at, kind, value);
		in->open[in->depth] = in->source->marks.count - 1;
		in->brackets[in->depth] = bracket;
	}
	in->depth++;
}

/* Gives how it began. */
static char close_mark(struct inlines *in) {
	if (--in->depth >= LINKS_DEEP) {
		in->lost = true;
		return 0;
	}
	in->source->marks.at[in->open[in->depth]].span.end = in->at;
	return in->brackets[in->depth];
}

static void pass_delimiter(struct inlines *in, const char *kinds, uint32_t count) {
	for (uint32_t i = 0; i < count; i++) {
		char c = byte_at(in, in->at);
		if (!c || !strchr(kinds, c))
			in->lost = true;
		else
			in->at++;
	}
}

static struct str link_target(struct inlines *in, cmark_node *node) {
	struct str url = str_from(cmark_node_get_url(node));
	return url.len && url.len <= VALUE_LIMIT ? arena_copy(&in->source->arena, url) : STR_NULL;
}

struct str markdown_note_link(cmark_node *node, bool *back) {
	*back = false;
	if (!node || cmark_node_get_type(node) != CMARK_NODE_LINK)
		return STR_NULL;
	struct str url = str_from(cmark_node_get_url(node));
	cmark_node *words = cmark_node_first_child(node);
	const char *literal = words && !cmark_node_next(words) ? cmark_node_get_literal(words) : NULL;
	struct str shown = literal ? str_from(literal) : STR_NULL;
	if (!str_starts(url, STR("#")) || !shown.len || shown.len > 3 || !html_note_label(str_of(url.at + 1, url.len - 1), back).at)
		return STR_NULL;
	for (size_t i = 0; i < shown.len; i++)
		if (!html_is_digit(shown.at[i]))
			return STR_NULL;
	return shown;
}

static void enter_link(struct inlines *in, cmark_node *node) {
	char c = byte_at(in, in->at);
	char bracket = c == '[' || c == '<' ? c : '\0';
	bool back;
	struct str note = markdown_note_link(node, &back);
	in->at += bracket != '\0';
	if (note.at && !back)
		open_mark(in, MARK_NOTE_REFERENCE, arena_copy(&in->source->arena, note), bracket);
	else
		open_mark(in, MARK_LINK, link_target(in, node), bracket);
}

/* The end of "(target "title")" at `at`, or 0. */
static uint32_t target_end(const struct inlines *in, uint32_t at) {
	int depth = 0;
	char quote = '\0';
	for (; at < in->end; at++) {
		char c = in->copy[at];
		if (c == '\\')
			at++;
		else if (quote)
			quote = c == quote ? '\0' : quote;
		else if ((c == '"' || c == '\'') && (in->copy[at - 1] == ' ' || in->copy[at - 1] == '\n'))
			quote = c;
		else if (c == '<' && in->copy[at - 1] == '(')
			quote = '>';
		else if (c == '(')
			depth++;
		else if (c == ')' && --depth == 0)
			return at + 1;
	}
	return 0;
}

/* Whether `text` goes on with a bracket of its own behind the link `node`. */
static bool text_follows(cmark_node *node) {
	cmark_node *next = cmark_node_next(node);
	const char *literal = next && cmark_node_get_type(next) == CMARK_NODE_TEXT ? cmark_node_get_literal(next) : NULL;
	return literal && literal[0] == '[';
}

/* Behind a link's words: "](target)", "][label]", "]" or ">". */
static void pass_link_end(struct inlines *in, cmark_node *node, char bracket) {
	if (bracket == '\0')
		return;
	while (is_blank(byte_at(in, in->at)))
		in->at++;
	if (byte_at(in, in->at) != (bracket == '[' ? ']' : '>')) {
		in->lost = true;
		return;
	}
	in->at++;
	uint32_t end = 0;
	if (bracket == '[' && byte_at(in, in->at) == '(') {
		end = target_end(in, in->at);
	} else if (bracket == '[' && byte_at(in, in->at) == '[' && !text_follows(node) && byte_at(in, in->at + 1) != '^') {
		const char *close = memchr(in->copy + in->at, ']', in->end - in->at);
		end = close ? (uint32_t)(close + 1 - in->copy) : 0;
	}
	if (end)
		in->at = end;
}

static void enter(struct inlines *in, cmark_node *node) {
	cmark_node_type type = cmark_node_get_type(node);
	if (type == CMARK_NODE_TEXT) {
		pass_text(in, str_from(cmark_node_get_literal(node)));
	} else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) {
		pass_line_end(in, type == CMARK_NODE_LINEBREAK);
	} else if (type == CMARK_NODE_CODE) {
		pass_code(in);
	} else if (type == CMARK_NODE_HTML_INLINE) {
		pass_tag(in, cmark_node_get_literal(node));
	} else if (type == CMARK_NODE_FOOTNOTE_REFERENCE) {
		pass_note(in);
	} else if (type == CMARK_NODE_EMPH || type == CMARK_NODE_STRONG) {
		pass_delimiter(in, "*_", type == CMARK_NODE_STRONG ? 2 : 1);
		open_mark(in, type == CMARK_NODE_STRONG ? MARK_STRONG : MARK_EMPHASIS, STR_NULL, 0);
	} else if (type == CMARK_NODE_LINK) {
		enter_link(in, node);
	} else if (type == CMARK_NODE_IMAGE) {
		pass_delimiter(in, "!", 1);
		pass_delimiter(in, "[", 1);
		in->images++;
	} else { /* strikethrough: still text */
		in->at += run_length(in, in->at, '~');
	}
}

static void leave(struct inlines *in, cmark_node *node) {
	cmark_node_type type = cmark_node_get_type(node);
	if (type == CMARK_NODE_EMPH || type == CMARK_NODE_STRONG) {
		close_mark(in);
		pass_delimiter(in, "*_", type == CMARK_NODE_STRONG ? 2 : 1);
	} else if (type == CMARK_NODE_LINK) {
		pass_link_end(in, node, close_mark(in));
	} else if (type == CMARK_NODE_IMAGE) {
		pass_link_end(in, node, '[');
		in->images--;
	} else if (type != CMARK_NODE_TEXT && type != CMARK_NODE_SOFTBREAK && type != CMARK_NODE_LINEBREAK &&
		type != CMARK_NODE_CODE && type != CMARK_NODE_HTML_INLINE && type != CMARK_NODE_FOOTNOTE_REFERENCE) {
		in->at += run_length(in, in->at, '~');
	}
}

/* Follows the leaf's nodes from `begin` on. False: one was not found. */
static bool follow(struct inlines *in, const struct leaf *leaf, uint32_t begin) {
	in->at = begin;
	in->end = leaf->span.end;
	in->depth = in->images = 0;
	in->lost = false;
	/* Not cmark's iterator: it is made anew for each leaf. */
	cmark_node *node = cmark_node_first_child(leaf->node);
	while (node && !in->lost) {
		enter(in, node);
		cmark_node *next = cmark_node_first_child(node);
		while (!next && node != leaf->node) {
			leave(in, node);
			next = cmark_node_next(node);
			if (!next)
				node = cmark_node_parent(node);
		}
		node = next;
	}
	return !in->lost;
}

/* Behind the line at `begin` if it may define a link ("[label]: target"), which cmark takes out of the
 * paragraph; else 0. */
static uint32_t after_definition(const struct inlines *in, uint32_t begin) {
	uint32_t at = begin;
	bool bracket = in->copy[begin] == '[', colon = false;
	while (at < in->end && in->copy[at] != '\n' && in->copy[at] != '\r') {
		colon |= in->copy[at] == ':' && in->copy[at - (at > begin)] == ']';
		at++;
	}
	while (at < in->end && in->copy[at] && strchr("\n\r \t>", in->copy[at]))
		at++;
	return bracket && colon && at < in->end ? at : 0;
}

void markdown_inlines(struct showing *showing, const char *copy, const struct leaf *leaf) {
	struct inlines in = {.showing = showing, .source = showing->source, .copy = copy, .end = leaf->span.end};
	uint32_t begin = leaf->span.begin, marks = in.source->marks.count;
	struct showing before = *showing;
	uint32_t words = begin;
	for (uint32_t next; (next = after_definition(&in, words)) > 0;)
		words = next;
	if (words > begin && follow(&in, leaf, words))
		return;
	*showing = before;
	in.source->marks.count = marks;
	if (follow(&in, leaf, begin))
		return;
	/* Better some markup seen as text than text lost. */
	*showing = before;
	in.source->marks.count = marks;
	show(showing, begin, leaf->span.end);
}
