#include "prose.h"

#include <stdlib.h>

/* ---- notes in order ---- */

static int by_place(const void *a, const void *b) {
	const struct note_reference *x = a, *y = b;
	return (x->span.begin > y->span.begin) - (x->span.begin < y->span.begin);
}

/* A note belongs where the record says, else to the essay that first refers to it. */
static uint32_t home_of(const struct record *record, const struct note *note) {
	if (note->article != NONE && note->article < record->articles.count)
		return note->article;
	return note->references.count ? record_article_at(record, note->references.at[0].begin) : NONE;
}

static void add_references(struct prose *prose) {
	const struct record *record = prose->record;
	for (uint32_t i = 0; i < record->notes.count; i++)
		prose->reference_count += record->notes.at[i].references.count;
	prose->references = arena_alloc(&prose->arena, (prose->reference_count + 1) * sizeof *prose->references);
	uint32_t n = 0;
	for (uint32_t i = 0; i < record->notes.count; i++)
		for (uint32_t k = 0; k < record->notes.at[i].references.count; k++)
			prose->references[n++] = (struct note_reference){record->notes.at[i].references.at[k], i, k + 1};
	qsort(prose->references, n, sizeof *prose->references, by_place);
}

/* Counting sort of the notes by article. */
static void add_order(struct prose *prose) {
	uint32_t articles = prose->record->articles.count, notes = prose->record->notes.count;
	uint32_t *next = arena_alloc(&prose->arena, (articles + 2) * sizeof *next);
	prose->order = arena_alloc(&prose->arena, (notes + 1) * sizeof *prose->order);
	prose->homes = arena_alloc(&prose->arena, (notes + 1) * sizeof *prose->homes);
	prose->numbers = arena_alloc(&prose->arena, (notes + 1) * sizeof *prose->numbers);
	for (uint32_t i = 0; i < notes; i++) {
		prose->homes[i] = home_of(prose->record, &prose->record->notes.at[i]);
		uint32_t slot = prose->homes[i] == NONE ? articles : prose->homes[i];
		prose->numbers[i] = ++next[slot + 1];
	}
	for (uint32_t i = 1; i <= articles; i++)
		next[i] += next[i - 1];
	for (uint32_t i = 0; i < notes; i++)
		prose->order[next[prose->homes[i] == NONE ? articles : prose->homes[i]]++] = i;
}

void prose_init(struct prose *prose, const struct record *record) {
	*prose = (struct prose){.record = record};
	arena_init(&prose->arena);
	add_references(prose);
	add_order(prose);
}

void prose_release(struct prose *prose) {
	arena_release(&prose->arena);
}

/* ---- text with its marks ---- */

#define OPEN_MOST 16

/* A walk through a span: the next mark, reference and time, and the elements that are open. */
struct walk {
	const struct print *print;
	const struct source *source;
	struct buf *out;
	struct span span;
	uint32_t at;
	uint32_t mark, reference, time; /* the next of each at or behind `at` */
	struct {
		uint32_t end;
		const char *close;
	} open[OPEN_MOST];
	uint32_t depth;
	bool in_link, in_time;
};

/* The first item of a sorted array, `size` bytes each with its span first, that begins at or after `at`. */
static uint32_t first_from(const void *items, uint32_t count, size_t size, uint32_t at) {
	uint32_t low = 0, high = count;
	while (low < high) {
		uint32_t middle = (low + high) / 2;
		if (((const struct span *)((const char *)items + middle * size))->begin < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static uint32_t first_mark(const struct source *source, uint32_t at) {
	_Static_assert(offsetof(struct mark, span) == 0, "first_from reads the span first");
	return first_from(source->marks.at, source->marks.count, sizeof *source->marks.at, at);
}

static uint32_t first_reference(const struct prose *prose, uint32_t at) {
	_Static_assert(offsetof(struct note_reference, span) == 0, "first_from reads the span first");
	return first_from(prose->references, prose->reference_count, sizeof *prose->references, at);
}

/* Opens an element up to `end`, or to where the one around it ends; nothing where that is empty. */
static void open_element(struct walk *w, uint32_t end, const char *close) {
	uint32_t limit = w->depth ? w->open[w->depth - 1].end : w->span.end;
	w->open[w->depth].end = end < limit ? end : limit;
	w->open[w->depth++].close = close;
}

static bool can_open(const struct walk *w, uint32_t end) {
	return w->depth < OPEN_MOST && end > w->at;
}

static void close_elements(struct walk *w) {
	while (w->depth && w->open[w->depth - 1].end <= w->at) {
		const char *close = w->open[--w->depth].close;
		buf_text(w->out, close);
		w->in_link &= strcmp(close, "</a>") != 0;
		w->in_time &= strcmp(close, "</time>") != 0;
	}
}

bool is_safe_link(struct str href) {
	static const char *const schemes[] = {"http://", "https://", "mailto:"};
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		size_t len = strlen(schemes[i]);
		if (href.len > len && str_equal_nocase(str_of(href.at, len), str_from(schemes[i])))
			return true;
	}
	return false;
}

static void take_mark(struct walk *w, const struct mark *mark) {
	switch (mark->kind) {
	case MARK_HIDDEN:
		if (mark->span.end > w->at)
			w->at = mark->span.end < w->span.end ? mark->span.end : w->span.end;
		break;
	case MARK_BREAK:
		buf_text(w->out, "<br>");
		break;
	case MARK_EMPHASIS:
	case MARK_STRONG:
		if (can_open(w, mark->span.end)) {
			buf_text(w->out, mark->kind == MARK_STRONG ? "<strong>" : "<em>");
			open_element(w, mark->span.end, mark->kind == MARK_STRONG ? "</strong>" : "</em>");
		}
		break;
	case MARK_LINK:
		if (can_open(w, mark->span.end) && !w->in_link && is_safe_link(mark->value)) {
			buf_text(w->out, "<a href=\"");
			buf_markup(w->out, mark->value);
			buf_text(w->out, "\">");
			open_element(w, mark->span.end, "</a>");
			w->in_link = true;
		}
		break;
	}
}

/* An id of this text, e.g. "note-2". */
static void add_id(const struct print *print, struct buf *out, const char *kind, uint32_t number) {
	buf_add(out, print->ids);
	buf_text(out, kind);
	buf_number(out, number);
}

/* What leads to it: on the same page, or to the same id on the text's own page. */
static void add_fragment(const struct print *print, struct buf *out, const char *kind, uint32_t number) {
	buf_add(out, print->here);
	buf_byte(out, '#');
	if (!print->here.len)
		buf_add(out, print->ids);
	buf_text(out, kind);
	buf_number(out, number);
}

static bool is_at_hand(const struct print *print, uint32_t note) {
	return print->article != NONE && print->prose->homes[note] == print->article;
}

/* The label of a note between marks, as text. */
static void add_reference(struct walk *w, const struct note_reference *reference) {
	const struct print *print = w->print;
	const struct note *note = &print->prose->record->notes.at[reference->note];
	uint32_t number = print->prose->numbers[reference->note];
	bool linked = is_at_hand(print, reference->note) && !w->in_link;
	buf_text(w->out, "<sup");
	if (is_at_hand(print, reference->note)) {
		buf_text(w->out, " id=\"");
		add_id(print, w->out, "ref-", number);
		buf_byte(w->out, '-');
		buf_number(w->out, reference->number);
		buf_byte(w->out, '"');
	}
	buf_byte(w->out, '>');
	if (linked) {
		buf_text(w->out, "<a role=\"doc-noteref\" href=\"");
		add_fragment(print, w->out, "note-", number);
		buf_text(w->out, "\" aria-label=\"");
		label_fill_markup(w->out, label(print->labels, LABEL("note {}")), note->label);
		buf_text(w->out, "\">");
	}
	buf_markup(w->out, note->label);
	buf_text(w->out, linked ? "</a></sup>" : "</sup>");
	w->at = reference->span.end;
}

/* Whether a TIMEX3 value is one that HTML's datetime takes: a day, a month, a day with its clock. */
static bool is_datetime(struct str value) {
	static const char form[] = "dddd-dd-ddTdd:dd:dd";
	if (value.len != 7 && value.len != 10 && value.len != 16 && value.len != 19)
		return false;
	for (size_t i = 0; i < value.len; i++) {
		bool digit = value.at[i] >= '0' && value.at[i] <= '9';
		if (form[i] == 'd' ? !digit : value.at[i] != form[i])
			return false;
	}
	return memcmp(value.at, "0000", 4) != 0;
}

static void take_time(struct walk *w, const struct timex *time) {
	if (w->in_time || time->span.end > w->span.end || !can_open(w, time->span.end) || !is_datetime(time->value))
		return;
	if (w->depth && time->span.end > w->open[w->depth - 1].end)
		return;
	buf_text(w->out, "<time datetime=\"");
	buf_add(w->out, time->value);
	buf_text(w->out, "\">");
	open_element(w, time->span.end, "</time>");
	w->in_time = true;
}

/* The next place where something begins or ends. */
static uint32_t next_stop(const struct walk *w) {
	const struct prose *prose = w->print->prose;
	uint32_t stop = w->depth ? w->open[w->depth - 1].end : w->span.end;
	if (w->mark < w->source->marks.count && w->source->marks.at[w->mark].span.begin < stop)
		stop = w->source->marks.at[w->mark].span.begin;
	if (w->reference < prose->reference_count && prose->references[w->reference].span.begin < stop)
		stop = prose->references[w->reference].span.begin;
	if (w->time < prose->record->times.count && prose->record->times.at[w->time].span.begin < stop)
		stop = prose->record->times.at[w->time].span.begin;
	return stop > w->at ? stop : w->at;
}

/* Takes one thing that begins here or was passed over; false when there is none. A thing that begins
 * inside hidden bytes or a reference is taken behind them, cut short, or dropped when it ended there. */
static bool take_next(struct walk *w) {
	const struct prose *prose = w->print->prose;
	if (w->reference < prose->reference_count && prose->references[w->reference].span.begin <= w->at) {
		const struct note_reference *reference = &prose->references[w->reference++];
		if (reference->span.begin == w->at && reference->span.end <= w->span.end)
			add_reference(w, reference);
		return true;
	}
	if (w->mark < w->source->marks.count && w->source->marks.at[w->mark].span.begin <= w->at) {
		take_mark(w, &w->source->marks.at[w->mark++]);
		return true;
	}
	if (w->time < prose->record->times.count && prose->record->times.at[w->time].span.begin <= w->at) {
		take_time(w, &prose->record->times.at[w->time++]);
		return true;
	}
	return false;
}

void prose_inline(const struct print *print, struct span span, struct buf *out) {
	const struct prose *prose = print->prose;
	struct walk w = {.print = print, .source = prose->record->source, .out = out, .span = span, .at = span.begin};
	w.mark = first_mark(w.source, span.begin);
	w.reference = first_reference(prose, span.begin);
	w.time = record_time_from(prose->record, span.begin);
	while (w.at < span.end) {
		close_elements(&w);
		while (w.at < span.end && take_next(&w))
			close_elements(&w);
		uint32_t stop = next_stop(&w);
		if (stop > span.end)
			stop = span.end;
		buf_markup(out, str_at(w.source->text, (struct span){w.at, stop}));
		w.at = stop;
	}
	w.at = span.end;
	close_elements(&w);
}

/* ---- plain text ---- */

/* Adds a run of text with white space folded to one space. */
static void add_folded(struct buf *out, struct str text, size_t begin) {
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
		if (!space)
			buf_byte(out, c);
		else if (out->len > begin && out->at[out->len - 1] != ' ')
			buf_byte(out, ' ');
	}
}

/* Cuts `out` behind `begin` to `limit` bytes at the end of a word. */
static void cut(struct buf *out, size_t begin, size_t limit) {
	while (out->len > begin && out->at[out->len - 1] == ' ')
		out->len--;
	if (out->len - begin <= limit)
		return;
	size_t end = begin + limit;
	while (end > begin && out->at[end] != ' ')
		end--;
	if (end == begin) /* one long word: cut between characters */
		for (end = begin + limit; end > begin && ((unsigned char)out->at[end] & 0xC0) == 0x80;)
			end--;
	while (end > begin && strchr(" ,;:-", out->at[end - 1]))
		end--;
	out->len = end;
	buf_text(out, "…");
}

void prose_plain(const struct prose *prose, struct span span, size_t limit, struct buf *out) {
	const struct source *source = prose->record->source;
	uint32_t mark = first_mark(source, span.begin), reference = first_reference(prose, span.begin);
	size_t begin = out->len;
	uint32_t at = span.begin;
	while (at < span.end && out->len - begin <= limit + 1) {
		uint32_t stop = span.end, next = span.end;
		for (; mark < source->marks.count && source->marks.at[mark].span.begin < stop; mark++) {
			if (source->marks.at[mark].kind != MARK_HIDDEN || source->marks.at[mark].span.end <= at)
				continue;
			stop = source->marks.at[mark].span.begin;
			next = source->marks.at[mark].span.end;
			break;
		}
		while (reference < prose->reference_count && prose->references[reference].span.end <= at)
			reference++;
		if (reference < prose->reference_count && prose->references[reference].span.begin < stop) {
			stop = prose->references[reference].span.begin;
			next = prose->references[reference].span.end;
		}
		if (stop > at) {
			/* no more than is asked for, of a passage that may be a megabyte */
			if (stop - at > limit + 64)
				stop = next = at + (uint32_t)limit + 64;
			add_folded(out, str_at(source->text, (struct span){at, stop}), begin);
		}
		at = next > at ? next : at + 1;
	}
	cut(out, begin, limit);
}

/* ---- text for mail ---- */

void text_link_letters(struct buf *out, uint32_t index) {
	if (index >= 26)
		text_link_letters(out, index / 26 - 1);
	buf_byte(out, (char)('a' + index % 26));
}

/* A walk through a span that gives text. */
struct text_walk {
	const struct prose *prose;
	struct text_links *links;
	struct buf *out;
	size_t begin; /* of its line in `out` */
	struct span span;
	uint32_t at, mark, reference;
	uint32_t link_end; /* where the letters of a link stand, or 0 */
};

static void end_link(struct text_walk *w) {
	buf_text(w->out, " [");
	text_link_letters(w->out, w->links->list.count - 1);
	buf_byte(w->out, ']');
	w->link_end = 0;
}

/* A link whose words are its target needs no letters. */
static bool shows_target(struct str text, struct str href) {
	return str_equal_nocase(text, href) || str_starts(text, STR("http://")) || str_starts(text, STR("https://")) ||
		(str_starts(href, STR("mailto:")) && str_equal_nocase(text, str_of(href.at + 7, href.len - 7)));
}

static void take_text_mark(struct text_walk *w, const struct mark *mark) {
	uint32_t end = mark->span.end < w->span.end ? mark->span.end : w->span.end;
	if (mark->kind == MARK_HIDDEN && end > w->at) {
		w->at = end;
	} else if (mark->kind == MARK_BREAK) {
		buf_byte(w->out, '\n');
		w->begin = w->out->len;
	} else if (mark->kind == MARK_LINK && !w->link_end && end > w->at && is_safe_link(mark->value) &&
		!shows_target(str_at(w->prose->record->source->text, mark->span), mark->value)) {
		*array_push(w->links->arena, &w->links->list) = mark->value;
		w->link_end = end;
	}
}

/* Takes one thing that begins here or was passed over; false when there is none. */
static bool take_next_text(struct text_walk *w) {
	const struct source *source = w->prose->record->source;
	if (w->reference < w->prose->reference_count && w->prose->references[w->reference].span.begin <= w->at) {
		const struct note_reference *reference = &w->prose->references[w->reference++];
		if (reference->span.begin == w->at && reference->span.end <= w->span.end) {
			buf_byte(w->out, '[');
			buf_add(w->out, w->prose->record->notes.at[reference->note].label);
			buf_byte(w->out, ']');
			w->at = reference->span.end;
		}
		return true;
	}
	if (w->mark < source->marks.count && source->marks.at[w->mark].span.begin <= w->at) {
		take_text_mark(w, &source->marks.at[w->mark++]);
		return true;
	}
	return false;
}

static uint32_t next_text_stop(const struct text_walk *w) {
	const struct source *source = w->prose->record->source;
	uint32_t stop = w->link_end ? w->link_end : w->span.end;
	if (w->mark < source->marks.count && source->marks.at[w->mark].span.begin < stop)
		stop = source->marks.at[w->mark].span.begin;
	if (w->reference < w->prose->reference_count && w->prose->references[w->reference].span.begin < stop)
		stop = w->prose->references[w->reference].span.begin;
	return stop;
}

void prose_text(const struct prose *prose, struct span span, struct text_links *links, struct buf *out) {
	struct text_walk w = {.prose = prose, .links = links, .out = out, .begin = out->len, .span = span, .at = span.begin,
		.mark = first_mark(prose->record->source, span.begin), .reference = first_reference(prose, span.begin)};
	for (;;) {
		if (w.link_end && w.at >= w.link_end)
			end_link(&w);
		if (w.at >= span.end)
			return;
		if (take_next_text(&w))
			continue;
		uint32_t stop = next_text_stop(&w);
		add_folded(out, str_at(prose->record->source->text, (struct span){w.at, stop}), w.begin);
		w.at = stop;
	}
}

void prose_id(struct buf *out, struct span span) {
	buf_byte(out, 's');
	buf_number(out, span.begin);
	buf_byte(out, '-');
	buf_number(out, span.end);
}

/* ---- the body ---- */

#define LIST_MOST 8

/* The lists and quotation that are open between passages. */
struct body {
	const struct print *print;
	struct buf *out;
	bool ordered[LIST_MOST];
	int lists;
	bool quote;
};

static void close_lists(struct body *b, int down_to) {
	while (b->lists > down_to)
		buf_text(b->out, b->ordered[--b->lists] ? "</li></ol>" : "</li></ul>");
	if (down_to == 0)
		buf_byte(b->out, '\n');
}

static void close_blocks(struct body *b) {
	if (b->lists)
		close_lists(b, 0);
	if (b->quote)
		buf_text(b->out, "</blockquote>\n");
	b->quote = false;
}

static void open_tag(struct body *b, const char *name, struct span span) {
	buf_byte(b->out, '<');
	buf_text(b->out, name);
	if (b->print->places) {
		buf_text(b->out, " id=\"");
		buf_add(b->out, b->print->ids);
		prose_id(b->out, span);
		buf_byte(b->out, '"');
	}
	buf_byte(b->out, '>');
}

static void add_item(struct body *b, const struct passage *passage) {
	int level = passage->level < 1 ? 1 : passage->level;
	if (level > b->lists + 1)
		level = b->lists + 1;
	if (level > LIST_MOST)
		level = LIST_MOST;
	close_lists(b, level < b->lists ? level : b->lists);
	if (b->lists == level && b->ordered[level - 1] != passage->ordered)
		close_lists(b, level - 1);
	if (b->lists < level) {
		b->ordered[b->lists++] = passage->ordered;
		buf_text(b->out, passage->ordered ? "<ol>" : "<ul>");
	} else {
		buf_text(b->out, "</li>");
	}
	open_tag(b, "li", passage->span);
	prose_inline(b->print, passage->span, b->out);
}

static void add_block(struct body *b, const char *name, const struct passage *passage) {
	open_tag(b, name, passage->span);
	prose_inline(b->print, passage->span, b->out);
	buf_text(b->out, "</");
	buf_text(b->out, name);
	buf_text(b->out, ">\n");
}

static void add_heading(struct body *b, const struct passage *passage) {
	int level = b->print->level + (passage->level > 1 ? passage->level - 1 : 0);
	char name[3] = {'h', (char)('0' + (level > 6 ? 6 : level)), 0};
	add_block(b, name, passage);
}

static void add_passage(struct body *b, const struct passage *passage) {
	if (passage->kind != PASSAGE_ITEM && b->lists)
		close_lists(b, 0);
	if (passage->kind != PASSAGE_QUOTE && b->quote)
		close_blocks(b);
	switch (passage->kind) {
	case PASSAGE_HEADING:
		add_heading(b, passage);
		break;
	case PASSAGE_ITEM:
		add_item(b, passage);
		break;
	case PASSAGE_QUOTE:
		if (!b->quote)
			buf_text(b->out, "<blockquote>");
		b->quote = true;
		add_block(b, "p", passage);
		break;
	case PASSAGE_CODE:
		buf_text(b->out, "<pre tabindex=\"0\">");
		buf_markup(b->out, str_at(b->print->prose->record->source->text, passage->span));
		buf_text(b->out, "</pre>\n");
		break;
	case PASSAGE_RULE:
		buf_text(b->out, "<hr>\n");
		break;
	default:
		add_block(b, "p", passage);
	}
}

void prose_body(const struct print *print, struct buf *out) {
	const struct article *article = &print->prose->record->articles.at[print->article];
	struct body b = {.print = print, .out = out};
	for (uint32_t i = 0; i < article->passages.count; i++)
		add_passage(&b, &article->passages.at[i]);
	close_blocks(&b);
}

/* ---- notes ---- */

static uint32_t first_note(const struct prose *prose, uint32_t article) {
	uint32_t low = 0, high = prose->record->notes.count;
	while (low < high) {
		uint32_t middle = (low + high) / 2;
		if (prose->homes[prose->order[middle]] < article)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

uint32_t prose_note_count(const struct print *print) {
	return first_note(print->prose, print->article + 1) - first_note(print->prose, print->article);
}

uint32_t prose_note(const struct print *print, uint32_t number) {
	return print->prose->order[first_note(print->prose, print->article) + number];
}

/* The number in its article of the note with this label that stands before `note`, or 0. */
static uint32_t number_of_label(const struct print *print, struct str label, uint32_t note) {
	const struct prose *prose = print->prose;
	for (uint32_t i = note; i-- > 0 && note - i < 64;)
		if (prose->homes[i] == print->article && str_equal(prose->record->notes.at[i].label, label))
			return prose->numbers[i];
	return 0;
}

static void add_backlinks(const struct print *print, uint32_t index, struct buf *out) {
	const struct note *note = &print->prose->record->notes.at[index];
	for (uint32_t k = 1; k <= note->references.count; k++) {
		buf_text(out, " <a role=\"doc-backlink\" href=\"");
		add_fragment(print, out, "ref-", print->prose->numbers[index]);
		buf_byte(out, '-');
		buf_number(out, k);
		buf_text(out, "\" aria-label=\"");
		label_fill_markup(out, label(print->labels, LABEL("Back to reference {}")), note->label);
		if (note->references.count > 1) {
			buf_text(out, label(print->labels, LABEL(", place ")));
			buf_number(out, k);
		}
		buf_text(out, "\">↩");
		if (note->references.count > 1) {
			buf_text(out, "<sup>");
			buf_number(out, k);
			buf_text(out, "</sup>");
		}
		buf_text(out, "</a>");
	}
}

/* The note's text; the word that repeats an earlier note links to it. */
static void add_note_text(const struct print *print, uint32_t index, struct buf *out) {
	const struct note *note = &print->prose->record->notes.at[index];
	uint32_t same = note->same_as.at ? number_of_label(print, note->same_as, index) : 0;
	struct span text = note->text;
	if (!same || span_empty(note->ibid) || !span_contains(text, note->ibid)) {
		prose_inline(print, text, out);
		return;
	}
	prose_inline(print, (struct span){text.begin, note->ibid.begin}, out);
	buf_text(out, "<a href=\"");
	add_fragment(print, out, "note-", same);
	buf_text(out, "\">");
	buf_markup(out, str_at(print->prose->record->source->text, note->ibid));
	buf_text(out, "</a>");
	prose_inline(print, (struct span){note->ibid.end, text.end}, out);
}

void prose_notes(const struct print *print, struct buf *out) {
	uint32_t first = first_note(print->prose, print->article), count = prose_note_count(print);
	if (!count)
		return;
	buf_text(out, "<section class=\"notes\" role=\"doc-endnotes\" aria-labelledby=\"");
	buf_add(out, print->ids);
	buf_text(out, "notes\">\n<h");
	buf_number(out, print->level);
	buf_text(out, " id=\"");
	buf_add(out, print->ids);
	buf_text(out, "notes\">");
	buf_text(out, label(print->labels, LABEL("Notes")));
	buf_text(out, "</h");
	buf_number(out, print->level);
	buf_text(out, ">\n<ol>\n");
	for (uint32_t i = first; i < first + count; i++) {
		uint32_t index = print->prose->order[i];
		buf_text(out, "<li id=\"");
		add_id(print, out, "note-", print->prose->numbers[index]);
		buf_text(out, "\"><span class=\"label\">");
		buf_markup(out, print->prose->record->notes.at[index].label);
		buf_text(out, "</span> <span class=\"text\">");
		add_note_text(print, index, out);
		buf_text(out, "</span>");
		if (!print->one_way)
			add_backlinks(print, index, out);
		buf_text(out, "</li>\n");
	}
	buf_text(out, "</ol>\n</section>\n");
}

void prose_essay(const struct print *print, struct buf *out) {
	struct span disclaimer = print->prose->record->articles.at[print->article].disclaimer;
	prose_body(print, out);
	if (!span_empty(disclaimer)) {
		buf_text(out, "<p><em>");
		prose_inline(print, disclaimer, out);
		buf_text(out, "</em></p>\n");
	}
	prose_notes(print, out);
}
