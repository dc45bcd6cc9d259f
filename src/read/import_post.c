/* Posts of blogs, feeds and newsletters: a title and a text apart, put together as their readers see them. */
#include "../base/utf8.h"
#include "import.h"

/* ------------------------------------------------------------------ titles */

struct str import_plain_title(struct arena *arena, struct str title) {
	title = str_trim(title);
	if (!memchr(title.at ? title.at : "", '&', title.len) && !memchr(title.at ? title.at : "", '<', title.len))
		return title.len ? arena_copy(arena, title) : STR_NULL;
	struct html html;
	struct str plain = STR_NULL;
	if (html_extract(&html, arena, title, NULL) == 0)
		plain = arena_copy(arena, str_trim(buf_str(&html.text)));
	html_release(&html);
	return plain.len ? plain : STR_NULL;
}

/* The next letter of HTML or text at *at, tags and white space passed over; 0 at the end. */
static uint32_t next_letter(struct str text, bool markup, size_t *at) {
	static const struct { struct str name; char is; } names[] = {{{"&amp;", 5}, '&'}, {{"&lt;", 4}, '<'}, {{"&gt;", 4}, '>'},
		{{"&quot;", 6}, '"'}, {{"&#39;", 5}, '\''}, {{"&apos;", 6}, '\''}, {{"&nbsp;", 6}, ' '}};
	while (*at < text.len) {
		struct str rest = str_of(text.at + *at, text.len - *at);
		if (markup && rest.at[0] == '<') {
			const char *end = memchr(rest.at, '>', rest.len);
			*at = end ? *at + (size_t)(end - rest.at) + 1 : text.len;
			continue;
		}
		int length;
		uint32_t code = utf8_decode(rest.at, rest.at + rest.len, &length);
		for (size_t i = 0; markup && code == '&' && i < sizeof names / sizeof *names; i++)
			if (str_starts(rest, names[i].name)) {
				code = (unsigned char)names[i].is;
				length = (int)names[i].name.len;
			}
		*at += (size_t)length;
		if (!utf8_is_space(code))
			return code >= 'A' && code <= 'Z' ? code + 32 : code;
	}
	return 0;
}

static bool begins_with(struct str text, bool markup, struct str title) {
	size_t at = 0, of_title = 0;
	for (;;) {
		uint32_t want = next_letter(title, false, &of_title);
		if (want == 0 || next_letter(text, markup, &at) != want)
			return want == 0;
	}
}

void import_hand_post(struct importing *im, struct imported *post) {
	bool markup = post->form == SOURCE_HTML;
	struct str title = post->title, bytes = post->bytes;
	struct buf whole = {0};
	if (str_trim(title).len && !begins_with(bytes, markup, title)) {
		buf_text(&whole, markup ? "<h1>" : post->form == SOURCE_MARKDOWN ? "# " : "");
		if (markup)
			buf_markup(&whole, title);
		else
			buf_add(&whole, title);
		buf_text(&whole, markup ? "</h1>\n" : "\n\n");
		buf_add(&whole, bytes);
		post->bytes = buf_str(&whole);
	}
	import_hand(im, post);
	buf_release(&whole);
}

/* ------------------------------------------------------------------ line breaks as WordPress shows them */

/* The name of the tag at `at`, if it is one of a block: before and behind those a line's end says nothing. */
static bool is_block_tag(struct str text, size_t at) {
	static const char *const names[] = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table",
		"thead", "tbody", "tfoot", "tr", "td", "th", "caption", "blockquote", "pre", "hr", "section", "article", "aside", "header",
		"footer", "figure", "figcaption", "form", "address", "br", "!--", "script", "style", "iframe", NULL};
	at += at + 1 < text.len && text.at[at] == '<';
	at += at < text.len && text.at[at] == '/';
	size_t end = at;
	while (end < text.len && end - at < 12 && !strchr(" \t\n\r>/", text.at[end]))
		end++;
	for (const char *const *name = names; *name; name++)
		if (str_equal_nocase(str_of(text.at + at, end - at), str_from(*name)))
			return true;
	return false;
}

/* Whether a block's tag ends right before `at`. */
static bool behind_block(struct str text, size_t at) {
	while (at > 0 && (text.at[at - 1] == ' ' || text.at[at - 1] == '\t' || text.at[at - 1] == '\r'))
		at--;
	if (at == 0)
		return true;
	size_t reach = at < 4096 ? at : 4096; /* no tag is longer */
	const char *open = text.at[at - 1] == '>' ? memrchr(text.at + at - reach, '<', reach) : NULL;
	return open && (is_block_tag(text, (size_t)(open - text.at)) || str_ends(str_of(text.at, at), STR("-->")));
}

/* Behind the element whose text keeps its line ends ("<pre>") that begins at `at`; `at` where none does. */
static size_t behind_kept(struct str text, size_t at) {
	static const struct { struct str open, close; } kept[] = {{{"<pre", 4}, {"</pre", 5}}, {{"<script", 7}, {"</script", 8}},
		{{"<style", 6}, {"</style", 7}}};
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		if (str_starts(str_of(text.at + at, text.len - at), kept[i].open)) {
			size_t end = str_find(text, kept[i].close, at);
			return end == SIZE_MAX ? text.len : end;
		}
	return at;
}

void import_wordpress_lines(struct buf *out, struct str text) {
	for (size_t at = 0, done = 0; at <= text.len; at++) {
		if (at < text.len && text.at[at] == '<')
			at = behind_kept(text, at);
		if (at < text.len && text.at[at] != '\n')
			continue;
		buf_add(out, str_of(text.at + done, at - done));
		done = at;
		if (at == text.len)
			break;
		size_t next = at, lines = 0;
		while (next < text.len && strchr(" \t\r\n", text.at[next]))
			lines += text.at[next++] == '\n';
		bool block = next == text.len || (text.at[next] == '<' && is_block_tag(text, next));
		if (!block && lines > 1)
			buf_text(out, "\n<p>");
		else if (!block && !behind_block(text, at))
			buf_text(out, "<br>");
		buf_add(out, str_of(text.at + at, next - at));
		done = next;
		at = next - 1;
	}
}
