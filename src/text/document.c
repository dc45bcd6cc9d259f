#include "document.h"

#include "cut.h"

#include "../base/utf8.h"

void document_cut(struct document *document, const struct source *source, struct arena *arena, struct arena *words) {
	*document = (struct document){.source = source, .text = source->text, .arena = arena, .words = words};
	cut_lines(document);
	cut_tokens(document);
	cut_blocks(document);
	cut_sentences(document);
	index_marks(document);
}

uint32_t document_token_at(const struct document *document, uint32_t at) {
	uint32_t low = 0, high = document->tokens.count - 1;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (document->tokens.at[middle].begin < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

uint32_t document_block_at(const struct document *document, uint32_t at) {
	uint32_t low = 0, high = document->blocks.count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (document->blocks.at[middle].span.end <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* --- marks --- */

enum { KINDS = MARK_HIDDEN + 1 };

/* The marks' indices sorted by kind, those of a kind in their order; reach is the farthest end up to there. */
struct mark_index {
	uint32_t begin[KINDS + 1];
	uint32_t *mark, *reach;
};

void index_marks(struct document *d) {
	const struct source *source = d->source;
	struct mark_index *index = d->marks = arena_alloc(d->arena, sizeof *index);
	index->mark = arena_alloc(d->arena, (source->marks.count + 1) * sizeof *index->mark);
	index->reach = arena_alloc(d->arena, (source->marks.count + 1) * sizeof *index->reach);
	for (uint32_t i = 0; i < source->marks.count; i++)
		index->begin[source->marks.at[i].kind + 1]++;
	for (uint32_t k = 0; k < KINDS; k++)
		index->begin[k + 1] += index->begin[k];
	uint32_t at[KINDS];
	memcpy(at, index->begin, sizeof at);
	for (uint32_t i = 0; i < source->marks.count; i++) {
		const struct mark *mark = &source->marks.at[i];
		uint32_t place = at[mark->kind]++;
		index->mark[place] = i;
		index->reach[place] = mark->span.end;
		if (place > index->begin[mark->kind] && index->reach[place - 1] > mark->span.end)
			index->reach[place] = index->reach[place - 1];
	}
}

const struct mark *document_mark(const struct document *document, enum mark_kind kind, struct span span, uint32_t *from) {
	const struct mark_index *index = document->marks;
	uint32_t low = index->begin[kind], high = index->begin[kind + 1], end = high;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (index->reach[middle] <= span.begin || index->mark[middle] < *from)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < end; low++) {
		const struct mark *mark = &document->source->marks.at[index->mark[low]];
		if (mark->span.begin >= span.end)
			break;
		if (mark->span.end <= span.begin)
			continue;
		*from = index->mark[low] + 1;
		return mark;
	}
	return NULL;
}

/* --- text --- */

/* Copies the words of document->text to out (NULL: only looks) with hidden bytes and the `>` of quoted
 * lines left out and white space folded; *changed says whether that differs from the text. */
struct folding {
	const struct document *document;
	char *out;
	size_t len;
	bool space, changed;
};

static void fold_byte_run(struct folding *f, const char *at, size_t len) {
	if (f->space && f->len) {
		if (f->out)
			f->out[f->len] = ' ';
		f->len++;
	}
	f->space = false;
	if (f->out)
		memcpy(f->out + f->len, at, len);
	f->len += len;
}

static void fold_stretch(struct folding *f, const char *at, const char *end) {
	while (at < end) {
		int length;
		uint32_t code = utf8_decode(at, end, &length);
		bool space = utf8_is_space(code) || code < ' ';
		if (space)
			f->changed |= code != ' ' || f->space;
		if (space)
			f->space = true;
		else
			fold_byte_run(f, at, (size_t)length);
		at += length;
	}
}

/* Where the line of text position `at` ends; its words' begin where it is quoted. */
static uint32_t skip_quotes(const struct document *d, uint32_t at) {
	uint32_t low = 0, high = d->lines.count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (d->lines.at[middle].span.end <= at)
			low = middle + 1;
		else
			high = middle;
	}
	bool quoted = low < d->lines.count && d->lines.at[low].quote && d->lines.at[low].span.begin > at;
	return quoted ? d->lines.at[low].span.begin : at;
}

static void fold_lines(struct folding *f, uint32_t at, uint32_t end) {
	const char *text = f->document->text.at;
	while (at < end) {
		const char *feed = memchr(text + at, '\n', end - at);
		uint32_t stop = feed ? (uint32_t)(feed - text) + 1 : end;
		fold_stretch(f, text + at, text + stop);
		at = stop < end ? skip_quotes(f->document, stop) : stop;
	}
}

static void fold_words(struct folding *f, struct span span) {
	uint32_t at = span.begin, from = 0;
	const struct mark *hidden;
	while (at < span.end && (hidden = document_mark(f->document, MARK_HIDDEN, (struct span){at, span.end}, &from))) {
		f->changed = true;
		if (hidden->span.begin > at)
			fold_lines(f, at, hidden->span.begin);
		at = hidden->span.end > at ? hidden->span.end : at;
	}
	if (at < span.end)
		fold_lines(f, at, span.end);
}

struct str document_words(const struct document *document, struct span span) {
	if (span_empty(span))
		return STR("");
	span = span_trim(document->text, span);
	struct folding look = {.document = document};
	fold_words(&look, span);
	if (!look.changed)
		return str_at(document->text, span);
	struct folding copy = {.document = document, .out = arena_alloc(document->words, look.len + 1)};
	fold_words(&copy, span);
	return str_of(copy.out, copy.len);
}

/* --- phrases --- */

static bool phrase_matches(const struct document *d, const struct phrase *phrase, uint32_t at) {
	for (uint32_t i = 1; i < phrase->length; i++)
		if (d->tokens.at[at + i].word != word_phrase_ids[phrase->words + i] || (d->tokens.at[at + i].flags & TOKEN_BLOCK))
			return false;
	return true;
}

uint32_t phrase_match(const struct document *document, uint32_t at, uint32_t limit, enum word_class c, int32_t *value) {
	uint32_t id = document->tokens.at[at].word, count;
	if (limit > document->tokens.count)
		limit = document->tokens.count;
	const struct phrase *phrases = words_phrases(id, &count);
	if (at + 1 >= limit || !document->tokens.at[at + 1].word)
		count = 0;
	for (uint32_t i = 0; i < count && phrases[i].class <= c; i++) {
		if (phrases[i].class != c || phrases[i].length > limit - at || !phrase_matches(document, &phrases[i], at))
			continue;
		if (value)
			*value = phrases[i].value;
		return phrases[i].length;
	}
	return word_is(id, c, value) ? 1 : 0;
}
