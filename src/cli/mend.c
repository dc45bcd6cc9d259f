#include "mend.h"

#include <stdlib.h>

static bool only_ascii(struct str s) {
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.at[i] >= 0x80)
			return false;
	return true;
}

/* Whether `text` may stand in the file as it is: in its encoding, and without meaning in its markup. */
static bool fits(const struct source *source, struct str text) {
	bool markup = str_equal(source->media_type, STR("text/html")) || str_equal(source->media_type, STR("message/rfc822")) ||
		str_equal(source->media_type, STR("application/xml"));
	if (markup)
		for (size_t i = 0; i < text.len; i++)
			if (strchr("<>&=", text.at[i]))
				return false;
	return only_ascii(text) || (!markup && str_equal(source->encoding, STR("utf-8")));
}

/* The change of the file that an edit of the text is; false where the file's bytes are not the text's. */
static bool locate(const struct source *source, const struct edit *edit, struct change *change) {
	struct str now = str_at(source->text, edit->span);
	uint32_t begin = source_original(source, edit->span.begin);
	if (begin > source->original.len || now.len > source->original.len - begin)
		return false;
	if (!str_equal(now, str_of(source->original.at + begin, now.len)) || !fits(source, edit->text))
		return false;
	*change = (struct change){begin, begin + (uint32_t)now.len, edit->text, 0};
	return true;
}

/* Takes all edits of one diagnostic, or none. */
static bool gather_one(struct mending *mending, const struct source *source, const struct diagnostic *diagnostic, uint32_t fix) {
	uint32_t before = mending->changes.count;
	for (uint32_t i = 0; i < diagnostic->edits.count; i++) {
		struct change change;
		if (!locate(source, &diagnostic->edits.at[i], &change)) {
			mending->changes.count = before;
			return false;
		}
		change.fix = fix;
		*array_push(&mending->arena, &mending->changes) = change;
	}
	return true;
}

static int by_place(const void *a, const void *b) {
	const struct change *x = a, *y = b;
	if (x->begin != y->begin)
		return x->begin < y->begin ? -1 : 1;
	return x->fix < y->fix ? -1 : x->fix > y->fix;
}

/* Drops fixes of which an edit overlaps one before it; what is left is as many fixes as it gives. */
static uint32_t drop_overlapping(struct mending *mending, uint32_t fixes) {
	bool *dropped = arena_alloc(&mending->arena, fixes + 1);
	struct change *changes = mending->changes.at, *last = NULL;
	for (uint32_t i = 0; i < mending->changes.count; i++) {
		if (last && (changes[i].begin < last->end || changes[i].begin == last->begin))
			dropped[changes[i].fix] = true;
		else
			last = &changes[i];
	}
	uint32_t kept = 0, left = fixes;
	for (uint32_t i = 0; i < mending->changes.count; i++)
		if (!dropped[changes[i].fix])
			changes[kept++] = changes[i];
	mending->changes.count = kept;
	for (uint32_t i = 0; i < fixes; i++)
		left -= dropped[i];
	return left;
}

void mending_gather(struct mending *mending, const struct record *record) {
	*mending = (struct mending){0};
	arena_init(&mending->arena);
	uint32_t located = 0, offered = 0;
	for (uint32_t i = 0; i < record->diagnostics.count; i++) {
		const struct diagnostic *diagnostic = &record->diagnostics.at[i];
		offered += diagnostic->edits.count > 0;
		located += diagnostic->edits.count > 0 && gather_one(mending, record->source, diagnostic, located);
	}
	if (mending->changes.count)
		qsort(mending->changes.at, mending->changes.count, sizeof *mending->changes.at, by_place);
	mending->fixes = drop_overlapping(mending, located);
	mending->refused = offered - mending->fixes;
}

void mending_release(struct mending *mending) {
	arena_release(&mending->arena);
}

void mending_apply_part(const struct mending *mending, struct str original, struct span part, uint32_t first, uint32_t last,
	struct buf *out) {
	uint32_t at = part.begin;
	for (uint32_t i = first; i < last; i++) {
		struct change change = mending->changes.at[i];
		buf_add(out, str_of(original.at + at, change.begin - at));
		buf_add(out, change.text);
		at = change.end;
	}
	buf_add(out, str_of(original.at + at, part.end - at));
}

void mending_apply(const struct mending *mending, struct str original, struct buf *out) {
	mending_apply_part(mending, original, (struct span){0, (uint32_t)original.len}, 0, mending->changes.count, out);
}
