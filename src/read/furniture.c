/* What surrounds a bulletin that was sent or published: forwarded headers, mail that is quoted in an
 * answer, signatures, "View in browser", the ways to unsubscribe. */
#include "furniture.h"
#include "reader.h"

/* ------------------------------------------------------------------ phrases */

static unsigned char lower(char c) {
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

size_t phrases_begin(const struct phrases *phrases, struct str s) {
	if (s.len == 0)
		return 0;
	size_t longest = 0;
	unsigned char byte = lower(s.at[0]);
	for (uint16_t i = phrases->first[byte]; i < phrases->first[byte + 1]; i++) {
		const char *phrase = phrases->at[i];
		size_t len = 1;
		while (phrase[len] && len < s.len && lower(s.at[len]) == (unsigned char)phrase[len])
			len++;
		if (!phrase[len] && len > longest)
			longest = len;
	}
	return longest;
}

bool phrases_hold(const struct phrases *phrases, struct str s) {
	for (size_t i = 0; i < s.len; i++)
		if (phrases_begin(phrases, str_of(s.at + i, s.len - i)))
			return true;
	return false;
}

bool phrases_word(const struct phrases *phrases, struct str s) {
	for (size_t at = 0; at < s.len;) {
		size_t end = at;
		while (end < s.len && (unsigned char)s.at[end] > ' ')
			end++;
		if (end > at && phrases_begin(phrases, str_of(s.at + at, end - at)) == end - at)
			return true;
		at = end + 1;
	}
	return false;
}

/* ------------------------------------------------------------------ lines */

struct lines {
	struct source *source;
	array_of(struct span) at; /* without their ends */
};

static struct str line(const struct lines *lines, uint32_t i) {
	return i < lines->at.count ? str_at(lines->source->text, lines->at.at[i]) : STR("");
}

static void cut_lines(struct lines *lines) {
	struct str text = lines->source->text;
	for (size_t at = 0; at < text.len;) {
		const char *lf = memchr(text.at + at, '\n', text.len - at);
		size_t end = lf ? (size_t)(lf - text.at) : text.len, next = end + 1;
		if (end > at && text.at[end - 1] == '\r')
			end--;
		*array_push(&lines->source->arena, &lines->at) = (struct span){(uint32_t)at, (uint32_t)end};
		at = next;
	}
}

static void add(struct lines *lines, uint32_t first, uint32_t last, uint8_t kind, uint8_t level) {
	struct span span = {lines->at.at[first].begin, lines->at.at[last].end};
	if (!span_empty(span))
		*array_push(&lines->source->arena, &lines->source->marks) = (struct mark){span, kind, level, STR_NULL};
}

/* ------------------------------------------------------------------ forwarded mail */

static bool is_header(struct str s) {
	s = str_trim(s);
	while (s.len && (s.at[0] == '*' || s.at[0] == '>' || s.at[0] == ' '))
		s = str_of(s.at + 1, s.len - 1);
	size_t at = phrases_begin(&furniture_header, s);
	while (at > 0 && at < s.len && (s.at[at] == '*' || s.at[at] == ' '))
		at++;
	return at > 0 && at < s.len && s.at[at] == ':';
}

static bool is_forwarding(struct str s) {
	if (s.len == 0 || s.len > 100)
		return false;
	s = str_trim(s);
	return (str_starts(s, STR("--")) && phrases_hold(&furniture_forwarded, s)) || phrases_hold(&furniture_begins, s);
}

/* The line and the headers behind it; gives the last line taken. */
static uint32_t mark_forwarding(struct lines *lines, uint32_t i) {
	uint32_t last = i, next = i + 1;
	while (next < lines->at.count && next < i + 4 && str_trim(line(lines, next)).len == 0)
		next++;
	while (next < lines->at.count && next < i + 16 && is_header(line(lines, next)))
		last = next++;
	add(lines, i, last, MARK_CONTENTS, 0);
	return last;
}

/* ------------------------------------------------------------------ quoted mail */

static bool is_quoted(struct str s) {
	return s.len && s.at[0] == '>';
}

/* Hides the signs before the line's own words. */
static void hide_signs(struct lines *lines, uint32_t i) {
	struct str s = line(lines, i);
	size_t len = 0;
	while (len < s.len && (s.at[len] == '>' || (s.at[len] == ' ' && len + 1 < s.len && s.at[len + 1] == '>')))
		len++;
	if (len < s.len && s.at[len] == ' ')
		len++;
	struct span span = {lines->at.at[i].begin, lines->at.at[i].begin + (uint32_t)len};
	*array_push(&lines->source->arena, &lines->source->marks) = (struct mark){span, MARK_HIDDEN, 0, STR_NULL};
}

/* Whether most of the text is quoted: then the bulletin itself was forwarded so. */
static bool is_mostly_quoted(const struct lines *lines) {
	uint32_t quoted = 0, other = 0;
	for (uint32_t i = 0; i < lines->at.count; i++) {
		struct str s = line(lines, i);
		if (is_quoted(s))
			quoted++;
		else
			other += str_trim(s).len > 0;
	}
	return quoted > other;
}

/* The line above line `i` that says who wrote what follows, or `i`. */
static uint32_t attribution(const struct lines *lines, uint32_t i) {
	for (uint32_t back = 1; back <= 2 && back <= i; back++) {
		struct str s = str_trim(line(lines, i - back));
		if (s.len)
			return s.len < 200 && str_ends(s, STR(":")) && phrases_hold(&furniture_quotes, s) ? i - back : i;
	}
	return i;
}

static uint32_t mark_quoted(struct lines *lines, uint32_t i, bool hide) {
	uint32_t last = i;
	for (; last < lines->at.count && is_quoted(line(lines, last)); last++)
		if (hide)
			hide_signs(lines, last);
	if (!hide)
		add(lines, attribution(lines, i), last - 1, MARK_CONTENTS, 0);
	return last - 1;
}

/* ------------------------------------------------------------------ lines of furniture */

/* A sentence about unsubscribing may stand in an essay: only short lines are furniture. */
static bool is_furniture(struct str s) {
	return s.len > 0 && s.len < 240 && phrases_hold(&furniture_line, s);
}

/* RFC 3676 §4.3; lists put a longer rule before their footer. */
static bool is_signature(struct str s) {
	return str_equal(s, STR("-- ")) || str_equal(s, STR("--")) || str_starts(s, STR("____________________________"));
}

/* A signature is short and the last thing there is. */
static bool ends_soon(const struct lines *lines, uint32_t i) {
	uint32_t begin = lines->at.at[i].begin;
	return lines->source->text.len - begin < 1500 && lines->at.count - i < 25;
}

/* ------------------------------------------------------------------ */

/* The first line behind line `last` if only short lines, and none that is blank, stand between it and line `i`: they
 * belong to the same furniture; else `i`. */
static uint32_t furniture_from(const struct lines *lines, uint32_t last, uint32_t i) {
	if (last == UINT32_MAX || i - last > 4)
		return i;
	for (uint32_t between = last + 1; between < i; between++)
		if (str_trim(line(lines, between)).len == 0 || line(lines, between).len > 100)
			return i;
	return last + 1;
}

void furniture_mark(struct source *source) {
	struct lines lines = {.source = source};
	cut_lines(&lines);
	bool hide = is_mostly_quoted(&lines);
	uint32_t last = UINT32_MAX; /* the last line of furniture */
	for (uint32_t i = 0; i < lines.at.count; i++) {
		struct str s = line(&lines, i);
		if (is_signature(s) && ends_soon(&lines, i)) {
			add(&lines, i, lines.at.count - 1, MARK_CONTENTS, 0);
			break;
		}
		if (is_forwarding(s))
			i = mark_forwarding(&lines, i);
		else if (is_quoted(s))
			i = mark_quoted(&lines, i, hide);
		else if (is_furniture(s)) {
			add(&lines, furniture_from(&lines, last, i), i, MARK_CONTENTS, 0);
			last = i;
		}
	}
	marks_sort(source);
}
