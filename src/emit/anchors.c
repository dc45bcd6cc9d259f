#include "anchors.h"

static bool is_day(struct str day, struct civil date) {
	char text[CIVIL_TEXT];
	return day.at && civil_has_date(date) && str_equal(day, str_of(text, (size_t)civil_format(civil_date(date), text)));
}

bool anchor_begins(const struct timex *t, struct civil date) {
	return t->type == TIMEX_DURATION && is_day(t->begin, date);
}

bool anchor_ends(const struct timex *t, struct civil date) {
	return t->type == TIMEX_DURATION && is_day(t->end, date);
}

/* The time that states the article's date, or NONE. */
static uint32_t date_of(const struct record *record, const struct article *article) {
	uint32_t time = record_time_from(record, article->date_span.begin);
	bool found = time < record->times.count && span_contains(article->date_span, record->times.at[time].span);
	return found && record->times.at[time].type == TIMEX_DATE ? time : NONE;
}

/* The date that is nearest to the time: its article's, where that is not the time itself, or the issue's. */
static struct anchor nearest_date(const struct record *record, uint32_t index) {
	uint32_t holder = record_article_at(record, record->times.at[index].span.begin);
	const struct article *article = holder == NONE ? NULL : &record->articles.at[holder];
	uint32_t time = article && !span_empty(article->date_span) ? date_of(record, article) : NONE;
	if (article && civil_has_date(article->date) && time != index)
		return (struct anchor){ANCHOR_ARTICLE, time, article->date};
	return (struct anchor){ANCHOR_ISSUE, NONE, record->issue.date};
}

struct anchor anchor_of(const struct record *record, uint32_t index) {
	const struct timex *t = &record->times.at[index];
	if (t->anchor < record->times.count)
		return (struct anchor){ANCHOR_TIME, t->anchor, CIVIL_UNKNOWN};
	struct anchor anchor = nearest_date(record, index);
	bool reaches = anchor_begins(t, anchor.date) || anchor_ends(t, anchor.date); /* a stretch up to that date, or from it */
	if (civil_has_date(anchor.date) && (t->from_now || reaches))
		return anchor;
	return (struct anchor){ANCHOR_NONE, NONE, CIVIL_UNKNOWN};
}
