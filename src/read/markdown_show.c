/* What of a page of Markdown is text, and what is markup. */
#include "markdown.h"

static void add(struct showing *s, uint32_t begin, uint32_t end, uint8_t kind, struct str value) {
	*array_push(&s->source->arena, &s->source->marks) = (struct mark){{begin, end}, kind, 0, value};
}

static void hide(struct showing *s, uint32_t begin, uint32_t end) {
	struct span span = span_trim(s->source->text, (struct span){begin, end});
	if (!span_empty(span))
		add(s, span.begin, span.end, MARK_HIDDEN, STR_NULL);
}

/* The length of "[^label]:" that begins at `at`, or 0. */
static uint32_t definition_length(struct str text, uint32_t at, uint32_t end) {
	if (end - at < 5 || text.at[at] != '[' || text.at[at + 1] != '^')
		return 0;
	uint32_t i = at + 2;
	while (i < end && text.at[i] != ']' && text.at[i] != ' ' && i - at < 100)
		i++;
	return i + 1 < end && text.at[i] == ']' && text.at[i + 1] == ':' && i > at + 2 ? i + 2 - at : 0;
}

static uint32_t line_end(struct str text, uint32_t at, uint32_t limit) {
	while (at < limit && text.at[at] != '\n' && text.at[at] != '\r')
		at++;
	return at;
}

/* A line that cmark left out. Mostly it is markup; but of notes with the same label cmark keeps only the
 * first, and the others must be seen too. */
static uint32_t pass_line(struct showing *s, uint32_t begin, uint32_t limit) {
	struct str text = s->source->text;
	uint32_t end = line_end(text, begin, limit), at = begin;
	while (at < end && (text.at[at] == ' ' || text.at[at] == '\t'))
		at++;
	uint32_t length = definition_length(text, at, end);
	if (length == 0) {
		hide(s, begin, end);
		return end;
	}
	hide(s, at, at + length);
	bool words_follow = end == limit && limit < text.len && text.at[limit] != '\n' && text.at[limit] != '\r';
	if (words_follow)
		return end; /* cmark knows this note */
	/* It goes on to a blank line or the next note. */
	for (uint32_t next = end; next < limit;) {
		while (next < limit && (text.at[next] == '\n' || text.at[next] == '\r'))
			next++;
		uint32_t stop = line_end(text, next, limit);
		bool indented = next < stop && (text.at[next] == ' ' || text.at[next] == '\t');
		if (!indented || str_trim(str_of(text.at + next, stop - next)).len == 0)
			break;
		end = next = stop;
	}
	add(s, at, end, MARK_NOTE, arena_copy(&s->source->arena, str_of(text.at + at + 2, length - 4)));
	return end;
}

void hide_until(struct showing *s, uint32_t end) {
	struct str text = s->source->text;
	while (s->shown < end) {
		if (text.at[s->shown] == '\n' || text.at[s->shown] == '\r')
			s->shown++;
		else
			s->shown = pass_line(s, s->shown, end);
	}
}

void show(struct showing *s, uint32_t begin, uint32_t end) {
	if (begin < s->shown)
		begin = s->shown;
	if (end <= begin)
		return;
	hide_until(s, begin);
	s->shown = end;
}

void show_end(struct showing *s) {
	hide_until(s, (uint32_t)s->source->text.len);
}
