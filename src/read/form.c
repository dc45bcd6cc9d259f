/* What form a file has: its name tells, or else its first lines. Text is taken for text unless it
 * shows otherwise more than once. */
#include "../base/utf8.h"
#include "reader.h"

static const struct { const char *extension; enum source_form form; } extensions[] = {
	{".txt", SOURCE_TEXT}, {".text", SOURCE_TEXT}, {".md", SOURCE_MARKDOWN}, {".markdown", SOURCE_MARKDOWN},
	{".mkd", SOURCE_MARKDOWN}, {".html", SOURCE_HTML}, {".htm", SOURCE_HTML}, {".xhtml", SOURCE_HTML},
	{".eml", SOURCE_MAIL}, {".mail", SOURCE_MAIL}, {".mht", SOURCE_MAIL}, {".mhtml", SOURCE_MAIL},
	{".tml", SOURCE_TIMEML}};

static bool has_extension(struct str name, struct str extension) {
	size_t stem = name.len - extension.len;
	return name.len > extension.len && str_equal_nocase(str_of(name.at + stem, extension.len), extension);
}

static bool starts_nocase(struct str s, struct str part) {
	return s.len >= part.len && str_equal_nocase(str_of(s.at, part.len), part);
}

/* The line at *at without its end; moves *at behind it. */
static struct str next_line(struct str text, size_t *at) {
	size_t begin = *at, end = begin;
	while (end < text.len && text.at[end] != '\n' && text.at[end] != '\r')
		end++;
	*at = end + (end + 1 < text.len && text.at[end] == '\r' && text.at[end + 1] == '\n' ? 2 : 1);
	return str_of(text.at + begin, end - begin);
}

/* The length of a header field's name (RFC 5322 §2.2), 0 if the line is no header. */
static size_t field_name(struct str line) {
	size_t i = 0;
	while (i < line.len && line.at[i] > ' ' && line.at[i] < 0x7F && line.at[i] != ':')
		i++;
	return i < line.len && line.at[i] == ':' ? i : 0;
}

/* Headers that a person does not type above a memorandum, as "From:" and "Date:" may be. */
static bool looks_like_mail(struct str head) {
	static const char *const machine[] = {"received", "message-id", "mime-version", "return-path", "delivered-to",
		"content-type", "dkim-signature", "list-unsubscribe", "x-mailer", NULL};
	unsigned found = 0, fields = 0;
	for (size_t at = 0; at < head.len;) {
		struct str line = next_line(head, &at);
		if (line.len == 0)
			break;
		if (fields == 0 && str_starts(line, STR("From ")))
			continue; /* a mailbox's line */
		if (fields && (line.at[0] == ' ' || line.at[0] == '\t'))
			continue;
		size_t len = field_name(line);
		if (len == 0 && at < head.len)
			return false;
		fields++;
		for (const char *const *name = machine; *name; name++)
			found += str_equal_nocase(str_of(line.at, len), str_from(*name));
	}
	return fields >= 2 && found >= 1;
}

static bool looks_like_html(struct str head) {
	static const char *const tags[] = {"<!doctype html", "<html", "<head", "<body", "<!--", "<meta", "<title", "<table",
		"<div", "<p>", "<p ", "<h1", "<h2", "<article", "<section", "<center", "<font", "<span", "<style", NULL};
	head = str_trim(head);
	if (starts_nocase(head, STR("<?xml")))
		return str_find(head, STR("<html"), 0) != SIZE_MAX;
	for (const char *const *tag = tags; *tag; tag++)
		if (starts_nocase(head, str_from(*tag)))
			return true;
	return false;
}

enum { SIGN_HEADING = 1, SIGN_LINK = 2, SIGN_NOTE = 4, SIGN_TABLE = 8, SIGN_STRONG = 16 };

static bool is_heading(struct str line) {
	size_t level = 0;
	while (level < line.len && line.at[level] == '#')
		level++;
	return level >= 1 && level <= 6 && level + 1 < line.len && line.at[level] == ' ' && line.at[level + 1] != ' ';
}

static bool is_table_rule(struct str line) {
	size_t dashes = 0, bars = 0;
	for (size_t i = 0; i < line.len; i++) {
		if (!strchr("|-: ", line.at[i]) || !line.at[i])
			return false;
		dashes += line.at[i] == '-';
		bars += line.at[i] == '|';
	}
	return bars && dashes >= 3;
}

static bool has_strong(struct str line) {
	size_t open = str_find(line, STR("**"), 0);
	return open != SIZE_MAX && open + 2 < line.len && line.at[open + 2] != ' ' && line.at[open + 2] != '*' &&
		str_find(line, STR("**"), open + 3) != SIZE_MAX;
}

static unsigned signs_of(struct str line) {
	return (is_heading(line) ? SIGN_HEADING : 0) |
		(str_find(line, STR("](http"), 0) != SIZE_MAX ? SIGN_LINK : 0) |
		(str_find(line, STR("](mailto:"), 0) != SIZE_MAX ? SIGN_LINK : 0) |
		(str_starts(line, STR("[^")) && str_find(line, STR("]:"), 2) != SIZE_MAX ? SIGN_NOTE : 0) |
		(is_table_rule(line) ? SIGN_TABLE : 0) | (has_strong(line) ? SIGN_STRONG : 0);
}

/* A heading alone may be a comment or a number ("# 12"); two kinds of signs, or a heading twice, are meant. */
static bool looks_like_markdown(struct str head) {
	unsigned signs = 0, headings = 0, kinds = 0;
	for (size_t at = 0; at < head.len;) {
		unsigned found = signs_of(next_line(head, &at));
		headings += (found & SIGN_HEADING) != 0;
		signs |= found;
	}
	for (unsigned left = signs; left; left &= left - 1)
		kinds++;
	return kinds >= 2 || headings >= 2 || (signs & (SIGN_NOTE | SIGN_TABLE | SIGN_LINK));
}

enum source_form form_of_name(struct str name) {
	for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
		if (has_extension(name, str_from(extensions[i].extension)))
			return extensions[i].form;
	return SOURCE_UNKNOWN;
}

enum source_form form_judge(struct str name, struct str bytes) {
	enum source_form named = form_of_name(name);
	if (named != SOURCE_UNKNOWN)
		return named;
	struct str head = str_of(bytes.at, bytes.len < 32768 ? bytes.len : 32768);
	if (str_starts(head, STR("\xEF\xBB\xBF")))
		head = str_of(head.at + 3, head.len - 3);
	if (timeml_judge(head))
		return SOURCE_TIMEML;
	if (looks_like_mail(head))
		return SOURCE_MAIL;
	if (looks_like_html(head))
		return SOURCE_HTML;
	return looks_like_markdown(head) ? SOURCE_MARKDOWN : SOURCE_TEXT;
}
