/* Zones as they stand beside clock times: names, offsets, places. */
#include "expressions.h"

static bool is_number(const struct document *d, uint32_t at, uint32_t limit, int least, int most) {
	const struct token *t = &d->tokens.at[at];
	return at < limit && t->kind == TOKEN_NUMBER && t->digits >= least && t->digits <= most && t->end - t->begin == t->digits;
}

/* "+9", "-0400", "+5:30" behind UTC or GMT: minutes; tokens taken. */
static uint32_t read_offset(const struct document *d, uint32_t at, uint32_t limit, int16_t *minutes) {
	bool minus = is_sign(d, at, limit, '-');
	if ((!minus && !is_sign(d, at, limit, '+')) || !is_number(d, at + 1, limit, 1, 4) || is_spaced(d, at + 1))
		return 0;
	uint32_t n = 2, value = d->tokens.at[at + 1].number;
	int total = d->tokens.at[at + 1].digits > 2 ? (int)(value / 100 * 60 + value % 100) : (int)value * 60;
	if (is_sign(d, at + 2, limit, ':') && !is_spaced(d, at + 2) && is_number(d, at + 3, limit, 2, 2)) {
		total += (int)d->tokens.at[at + 3].number;
		n = 4;
	}
	if (total > 14 * 60)
		return 0;
	*minutes = (int16_t)(minus ? -total : total);
	return n;
}

static void settle_name(struct zone_mention *zone, const struct zone_name *name) {
	if (name && name->zones[0] && !name->zones[1])
		zone->id = name->zones[0];
}

/* A zone's name, or a place followed by "time" or closing a bracket. */
static uint32_t read_name(const struct document *d, uint32_t at, uint32_t limit, bool bracket, struct zone_mention *zone) {
	int32_t value;
	uint32_t n = phrase_at(d, at, limit, WORD_ZONE, &value), m;
	if (n && (d->tokens.at[at].shape != SHAPE_LOWER || n > 1 || bracket)) {
		zone->name = value;
		settle_name(zone, zone_name(value));
		if ((m = read_offset(d, at + n, limit, &zone->offset)))
			zone->id = NULL;
		return n + m;
	}
	n = phrase_at(d, at, limit, WORD_ZONE_PLACE, &value);
	if (!n)
		return 0;
	m = is_word(d, at + n, limit, "local") ? 1 : 0;
	if (is_word(d, at + n + m, limit, "time"))
		n += m + 1;
	else if (!bracket || !is_sign(d, at + n, limit, ')'))
		return 0;
	zone->place = value;
	settle_name(zone, zone_place(value));
	return n;
}

/* "EST." at the end of a sentence: the word's full stop is not the zone's, as it is in "E.S.T.". */
static bool ends_in_stop(const struct document *d, uint32_t at) {
	struct str text = token_text(d, at);
	return d->tokens.at[at].kind == TOKEN_WORD && str_find(text, STR("."), 0) + 1 == text.len;
}

static uint32_t read_one(const struct document *d, uint32_t at, uint32_t limit, struct zone_mention *zone) {
	*zone = NO_ZONE_MENTION;
	uint32_t open = is_sign(d, at, limit, '(') || is_sign(d, at, limit, '[') ? 1 : 0;
	uint32_t begin = at + open;
	if (open && is_word(d, begin, limit, "all") && is_word(d, begin + 1, limit, "times"))
		begin += 2;
	uint32_t n = read_name(d, begin, limit, open, zone);
	if (!n)
		return 0;
	zone->span = token_span(d, begin, begin + n - 1);
	zone->span.end -= ends_in_stop(d, begin + n - 1);
	if (!open)
		return n;
	uint32_t close = begin + n;
	while (close < limit && close < begin + n + 6 && !is_sign(d, close, limit, ')') && !is_sign(d, close, limit, ']'))
		close++;
	return is_sign(d, close, limit, ')') || is_sign(d, close, limit, ']') ? close + 1 - at : 0;
}

/* "EDT (GMT -0400)" says the same twice. */
uint32_t zone_read(const struct document *d, uint32_t at, uint32_t limit, struct zone_mention *zone) {
	uint32_t n = read_one(d, at, limit, zone), m = 0;
	struct zone_mention again;
	if (n && is_sign(d, at + n, limit, '('))
		m = read_one(d, at + n, limit, &again);
	if (m && zone->name >= 0 && again.name < 0 && again.place >= 0) { /* "AEST (Brisbane)" */
		zone->place = again.place;
		return n + m;
	}
	return m && again.offset != ZONE_NO_OFFSET ? n + m : n;
}
