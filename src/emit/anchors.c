#include "anchors.h"

/* The article that holds `at`, or NULL; by bisection. */
static const struct article *article_at(const struct record *record, uint32_t at) {
	uint32_t low = 0, high = record->articles.count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (record->articles.at[middle].span.end <= at)
			low = middle + 1;
		else
			high = middle;
	}
	bool inside = low < record->articles.count && record->articles.at[low].span.begin <= at;
	return inside ? &record->articles.at[low] : NULL;
}

/* Whether the value could only come of a document's date: it is a date, and the words give no year; or it is one of
 * TIMEX3's references to now. */
static bool needs_date(const struct record *record, const struct timex *t) {
	if (t->type != TIMEX_DATE && t->type != TIMEX_TIME)
		return false;
	if (str_ends(t->value, STR("_REF")))
		return true;
	if (t->year_given || t->value.len == 0 || t->value.at[0] < '0' || t->value.at[0] > '9')
		return false;
	/* "The 1990s", "the third quarter of 2023" */
	struct str year = str_of(t->value.at, t->value.len < 4 ? t->value.len : 4);
	return str_find(str_at(record->source->text, t->span), year, 0) == SIZE_MAX;
}

/* The time that states the article's date, or NONE. */
static uint32_t date_of(const struct record *record, const struct article *article) {
	uint32_t time = record_time_from(record, article->date_span.begin);
	bool found = time < record->times.count && span_contains(article->date_span, record->times.at[time].span);
	return found && record->times.at[time].type == TIMEX_DATE ? time : NONE;
}

struct anchor anchor_of(const struct record *record, uint32_t index) {
	const struct timex *t = &record->times.at[index];
	struct anchor anchor = {ANCHOR_NONE, NONE, CIVIL_UNKNOWN};
	if (t->anchor < record->times.count) {
		anchor.kind = ANCHOR_TIME;
		anchor.time = t->anchor;
	} else if (needs_date(record, t)) {
		const struct article *article = article_at(record, t->span.begin);
		uint32_t time = article && !span_empty(article->date_span) ? date_of(record, article) : NONE;
		bool own = article && civil_has_date(article->date) && time != index;
		anchor.date = own ? article->date : record->issue.date;
		anchor.time = own ? time : NONE;
		if (civil_has_date(anchor.date))
			anchor.kind = own ? ANCHOR_ARTICLE : ANCHOR_ISSUE;
	}
	return anchor;
}
