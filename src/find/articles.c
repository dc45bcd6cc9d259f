/* The document's plan: which blocks are essays and which are listings. */
#include "layout.h"

static void add_listing(struct finding *f, struct block_range range) {
	const struct document *d = f->document;
	const struct look *looks = looks_of(f);
	struct listing *listing = array_push(f->record->arena, &f->record->listings);
	listing->span = (struct span){d->blocks.at[range.begin].span.begin, d->blocks.at[range.end - 1].span.end};
	if (looks[range.begin].flags & (LOOK_HEADING | LOOK_LISTING)) {
		listing->heading_span = d->blocks.at[range.begin].span;
		listing->heading = document_words(d, listing->heading_span);
	}
}

void find_articles(struct finding *f) {
	uint32_t at = f->record->issue.end, count = f->document->blocks.count, head = listing_last_head(f);
	while (at < count) {
		struct block_range listing = listing_next(f, at, head);
		find_essays(f, (struct block_range){at, listing.begin});
		if (listing.begin >= count)
			break;
		add_listing(f, listing);
		at = listing.end;
	}
}
