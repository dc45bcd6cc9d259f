/* A copy of the page, of the same length, for cmark: its positions are the file's. Front matter and NULs
 * are blanked, and what only hostile input has (thousands of brackets in a paragraph, a hundred quotes
 * in quotes, a table of millions of cells), where cmark's time would grow with the square, loses its
 * meaning as markup. */
#include "markdown.h"

enum {
	PREFIX_LIMIT = 128,        /* columns of `>`, bullets and white space before a line's words */
	WORK_LIMIT = 8 << 20,      /* bytes times brackets in one block */
	BRACKETS_LEAST = 64,
	CELLS_LIMIT = 1 << 18,     /* rows times columns of a table */
	DEFINED_LIMIT = 256 << 20, /* bytes of link definitions times references */
};

static size_t line_end(struct str text, size_t at) {
	while (at < text.len && text.at[at] != '\n' && text.at[at] != '\r')
		at++;
	return at;
}

static size_t next_line(struct str text, size_t end) {
	if (end < text.len && text.at[end] == '\r' && end + 1 < text.len && text.at[end + 1] == '\n')
		return end + 2;
	return end < text.len ? end + 1 : end;
}

static bool is_line(struct str text, size_t at, const char *words) {
	return str_equal(str_trim(str_of(text.at + at, line_end(text, at) - at)), str_from(words));
}

struct span markdown_front_matter(struct str page) {
	size_t begin = str_starts(page, STR("\xEF\xBB\xBF")) ? 3 : 0;
	if (!str_starts(str_of(page.at + begin, page.len - begin), STR("---")) || !is_line(page, begin, "---"))
		return (struct span){0, 0};
	size_t at = next_line(page, line_end(page, begin));
	/* Two rules around a paragraph are no front matter: its first line has a key. */
	size_t first = line_end(page, at);
	size_t colon = str_find(str_of(page.at, first), STR(":"), at);
	if (colon == SIZE_MAX || str_find(str_of(page.at, colon), STR(" "), at) != SIZE_MAX)
		return (struct span){0, 0};
	for (int lines = 0; at < page.len && lines < 200; lines++) {
		size_t end = line_end(page, at);
		if (is_line(page, at, "---") || is_line(page, at, "..."))
			return (struct span){(uint32_t)begin, (uint32_t)end};
		at = next_line(page, end);
	}
	return (struct span){0, 0};
}

struct tally {
	size_t definitions, brackets; /* the longest block that defines links; all brackets */
};

/* Quotes and bullets that stand too far to the right. */
static void mask_prefix(char *line, size_t len) {
	size_t at = 0;
	for (; at < len && line[at] && strchr(" \t>-+*.)0123456789", line[at]); at++) {
		bool bullet = at + 1 < len && (line[at + 1] == ' ' || line[at + 1] == '\t');
		if (at >= PREFIX_LIMIT && (line[at] == '>' || (bullet && line[at] != ' ' && line[at] != '\t')))
			line[at] = 'x';
	}
}

/* Bytes beyond the allowed number of a kind become full stops. */
static void mask_beyond(char *block, size_t len, const char *kind, size_t allowed) {
	size_t count = 0;
	for (size_t i = 0; i < len; i++)
		if (block[i] && strchr(kind, block[i]) && ++count > allowed)
			block[i] = '.';
}

static size_t count_bytes(const char *at, size_t len, char byte) {
	size_t count = 0;
	for (size_t i = 0; i < len; i++)
		count += at[i] == byte;
	return count;
}

/* A block is what stands between blank lines; `widest` is the most bars of a line in it. */
static void mask_block(char *block, size_t len, size_t lines, size_t widest, struct tally *tally) {
	size_t allowed = WORK_LIMIT / (len + 1);
	if (allowed < BRACKETS_LEAST)
		allowed = BRACKETS_LEAST;
	if (len > allowed) { /* else it cannot hold too many */
		mask_beyond(block, len, "[", allowed);
		mask_beyond(block, len, "<", allowed);
		mask_beyond(block, len, "`", allowed);
		mask_beyond(block, len, "*_~", allowed * 4);
		mask_beyond(block, len, ":@", allowed * 4); /* where links are looked for */
	}
	if (widest && lines * widest > CELLS_LIMIT)
		mask_beyond(block, len, "|", CELLS_LIMIT / lines);
	tally->brackets += count_bytes(block, len, '[');
	if (len > tally->definitions && memmem(block, len, "]:", 2))
		tally->definitions = len;
}

static void mask_blocks(char *copy, struct str page, struct tally *tally) {
	size_t begin = 0, lines = 0, widest = 0;
	for (size_t at = 0; at < page.len;) {
		size_t end = line_end(page, at), next = next_line(page, end);
		bool blank = end - at < 256 && str_trim(str_of(copy + at, end - at)).len == 0;
		if (blank || next == page.len) {
			mask_block(copy + begin, next - begin, lines + 1, widest, tally);
			begin = next;
			lines = widest = 0;
		} else {
			size_t bars = count_bytes(copy + at, end - at, '|');
			widest = bars > widest ? bars : widest;
			lines++;
		}
		if (end - at > PREFIX_LIMIT)
			mask_prefix(copy + at, end - at);
		at = next;
	}
}

/* Each definition is copied for each reference to it. */
static void mask_definitions(char *copy, size_t len) {
	for (size_t i = 0; i + 1 < len; i++)
		if (copy[i] == ']' && copy[i + 1] == ':')
			copy[i + 1] = '.';
}

char *markdown_mask(struct arena *arena, struct str page, struct span front_matter) {
	char *copy = (char *)(uintptr_t)arena_copy(arena, page).at;
	for (size_t i = 0; i < front_matter.end; i++)
		if (copy[i] != '\n' && copy[i] != '\r')
			copy[i] = ' ';
	if (str_starts(page, STR("\xEF\xBB\xBF")))
		memset(copy, ' ', 3);
	for (char *nul = memchr(copy, '\0', page.len); nul; nul = memchr(nul, '\0', page.len - (size_t)(nul - copy)))
		*nul = ' ';
	struct tally tally = {0, 0};
	mask_blocks(copy, page, &tally);
	if (tally.definitions * (tally.brackets + 1) > DEFINED_LIMIT && tally.brackets > 1000)
		mask_definitions(copy, page.len);
	return copy;
}
