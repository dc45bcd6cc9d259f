#include "wrap.h"

#include "../base/utf8.h"
#include "plain.h"

/* A paragraph on its way. */
struct wrapping {
	struct buf *out;
	const char *head; /* what its next line begins with */
	const char *rest;
	int width;   /* columns of the line that is open, its head included; 0: none is */
	bool flowed; /* lines end softly */
};

static int head_width(const char *head) {
	return (int)strlen(head);
}

static void open_line(struct wrapping *w, struct str word) {
	bool quoted = w->head[0] == '>';
	bool stuffed = !quoted && (w->head[0] == ' ' || word.at[0] == '>' || str_starts(word, STR("From")));
	if (stuffed)
		buf_byte(w->out, ' ');
	buf_text(w->out, w->head);
	w->width = head_width(w->head) + stuffed;
	w->head = w->rest;
}

static void close_line(struct wrapping *w, bool soft) {
	if (w->width)
		buf_text(w->out, soft && w->flowed ? " \n" : "\n");
	w->width = 0;
}

/* Adds a word whose letters are in `word`, `columns` wide. */
static void put_word(struct wrapping *w, struct str word, int columns) {
	if (w->width && w->width + 1 + columns >= WRAP_COLUMNS)
		close_line(w, true);
	if (!w->width)
		open_line(w, word);
	else
		buf_byte(w->out, ' ');
	w->width += columns + 1;
	buf_add(w->out, word);
}

/* Whether a word is of a script that is written without spaces: not an address that breaking would spoil. */
static bool can_cut(struct str word) {
	size_t wide = 0;
	for (size_t i = 0; i < word.len; i++)
		wide += (unsigned char)word.at[i] >= 0xE3;
	return wide * 4 > word.len;
}

static void put_long(struct wrapping *w, struct str word) {
	struct buf one = {0};
	close_line(w, true);
	for (const char *at = word.at, *end = word.at + word.len; at < end;) {
		int length;
		utf8_decode(at, end, &length);
		buf_clear(&one);
		int columns = plain_add(&one, str_of(at, (size_t)length));
		if (w->width + columns >= WRAP_COLUMNS)
			close_line(w, false);
		if (!w->width)
			open_line(w, buf_str(&one));
		buf_add(w->out, buf_str(&one));
		w->width += columns;
		at += length;
	}
	buf_release(&one);
}

void wrap_text(struct buf *out, struct str text, const char *first, const char *rest) {
	struct wrapping w = {.out = out, .head = first, .rest = rest, .flowed = rest[0] != ' ' && first[0] != ' '};
	struct buf word = {0};
	for (size_t at = 0; at < text.len;) {
		size_t end = at;
		if (text.at[at] == '\n')
			close_line(&w, false);
		if (strchr(" \t\r\n", text.at[at]) && text.at[at]) {
			at++;
			continue;
		}
		while (end < text.len && !(strchr(" \t\r\n", text.at[end]) && text.at[end]))
			end++;
		buf_clear(&word);
		int columns = plain_add(&word, str_of(text.at + at, end - at));
		if (columns > WRAP_COLUMNS - 8 && can_cut(buf_str(&word)))
			put_long(&w, buf_str(&word));
		else
			put_word(&w, buf_str(&word), columns);
		at = end;
	}
	close_line(&w, false);
	buf_release(&word);
}

void wrap_underlined(struct buf *out, struct str text, char mark) {
	struct buf line = {0};
	int width = plain_add(&line, text);
	wrap_text(out, text, "", "");
	for (int i = 0; i < width && i < WRAP_COLUMNS - 1; i++)
		buf_byte(out, mark);
	buf_byte(out, '\n');
	buf_release(&line);
}
