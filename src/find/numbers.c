/* Numbers in words and figures as time expressions have them: counts, ordinals, years that are spelled. */
#include "expressions.h"

static bool is_number(const struct document *d, uint32_t at, uint32_t limit) {
	return at < limit && d->tokens.at[at].kind == TOKEN_NUMBER;
}

static bool joined_number(const struct document *d, uint32_t at, uint32_t limit) {
	return is_number(d, at, limit) && !is_spaced(d, at);
}

static uint32_t cardinal_at(const struct document *d, uint32_t at, uint32_t limit, int64_t *value) {
	return at < limit && d->tokens.at[at].kind == TOKEN_WORD ? time_set_at(d, at, limit, SET_CARDINAL, value) : 0;
}

/* Whether `value` may stand behind a sum of words so far: "twenty" takes units, "hundred" what is smaller. */
static bool adds(int64_t sum, int64_t value) {
	return sum == 0 || (sum % 100 >= 20 && sum % 10 == 0 && value < 10) || (sum % 100 == 0 && value < 100);
}

/* "twenty-five", "a hundred and ten", "four dozen", "two thousand". */
static uint32_t read_words(const struct document *d, uint32_t at, uint32_t limit, int64_t *out) {
	uint32_t n = 0, taken = 0;
	int64_t total = 0, sum = 0, value;
	if (is_word(d, at, limit, "a") && cardinal_at(d, at + 1, limit, &value) && (value == 12 || value == 20 || value >= 100))
		n = 1;
	for (;;) {
		uint32_t skip = 0;
		if (taken && (is_sign(d, at + n, limit, '-') || (sum >= 100 && is_word(d, at + n, limit, "and"))))
			skip = 1;
		uint32_t m = cardinal_at(d, at + n + skip, limit, &value);
		if (!m || (value == 0 && taken))
			break;
		if (value >= 1000) {
			total += (sum ? sum : 1) * value;
			sum = 0;
		} else if (value == 100 || ((value == 12 || (value == 20 && is_word(d, at + n + skip, limit, "score"))) && sum > 0 && sum < 12 && !is_sign(d, at + n, limit, '-'))) {
			sum = (sum ? sum : 1) * value;
		} else if (adds(sum, value)) {
			sum += value;
		} else {
			break;
		}
		n += skip + m;
		taken = n;
		if (total > (int64_t)1 << 50)
			break;
	}
	*out = (total + sum) * 1000;
	return taken;
}

/* "1/2" at `at`; thousandths. */
static uint32_t read_ratio(const struct document *d, uint32_t at, uint32_t limit, int64_t *out) {
	if (!is_number(d, at, limit) || !is_sign(d, at + 1, limit, '/') || is_spaced(d, at + 1) || !joined_number(d, at + 2, limit))
		return 0;
	uint32_t above = d->tokens.at[at].number, below = d->tokens.at[at + 2].number;
	if (above == 0 || above >= below || below > 8)
		return 0;
	*out = 1000 * (int64_t)above / below;
	return 3;
}

static uint32_t read_figures(const struct document *d, uint32_t at, uint32_t limit, int64_t *out) {
	int64_t part;
	uint32_t n = read_ratio(d, at, limit, out);
	if (n || !is_number(d, at, limit) || d->tokens.at[at].number == UINT32_MAX)
		return n;
	*out = (int64_t)d->tokens.at[at].number * 1000;
	n = 1;
	if (is_sign(d, at + 1, limit, '.') && !is_spaced(d, at + 1) && joined_number(d, at + 2, limit) && d->tokens.at[at + 2].digits <= 3) {
		static const int scale[] = {1000, 100, 10, 1};
		*out += (int64_t)d->tokens.at[at + 2].number * scale[d->tokens.at[at + 2].digits];
		n = 3;
	} else if ((n = read_ratio(d, at + 1 + is_sign(d, at + 1, limit, '-'), limit, &part))) {
		*out += part;
		n += 1 + is_sign(d, at + 1, limit, '-');
	} else {
		n = 1;
	}
	int64_t scale;
	uint32_t m = cardinal_at(d, at + n, limit, &scale);
	if (m && scale >= 100) {
		*out = *out > ((int64_t)1 << 50) / scale ? *out : *out * scale;
		n += m;
	}
	return n;
}

/* "and a half" behind a number. */
static uint32_t read_half(const struct document *d, uint32_t at, uint32_t limit, int64_t *out) {
	uint32_t article = is_word(d, at + 1, limit, "a");
	if (!is_word(d, at, limit, "and") || !is_word(d, at + 1 + article, limit, "half"))
		return 0;
	*out += 500;
	return 2 + article;
}

uint32_t read_count(const struct document *d, uint32_t at, uint32_t limit, int64_t *thousandths) {
	uint32_t n = read_figures(d, at, limit, thousandths);
	if (!n)
		n = read_words(d, at, limit, thousandths);
	if (n)
		return n + read_half(d, at + n, limit, thousandths);
	if ((n = time_set_at(d, at, limit, SET_FRACTION, thousandths)))
		return n;
	return time_set_at(d, at, limit, SET_VAGUE, thousandths);
}

uint32_t read_ordinal(const struct document *d, uint32_t at, uint32_t limit, int64_t *value) {
	if (is_number(d, at, limit)) {
		int32_t ending;
		*value = d->tokens.at[at].number;
		return at + 1 < limit && !is_spaced(d, at + 1) && word_is(d->tokens.at[at + 1].word, WORD_ORDINAL, &ending) && ending == 0 ? 2 : 0;
	}
	uint32_t n = time_set_at(d, at, limit, SET_ORDINALWORD, value);
	if (n)
		return n;
	int64_t tens, rest;
	n = cardinal_at(d, at, limit, &tens);
	if (!n || tens < 20 || tens > 90)
		return 0;
	n += is_sign(d, at + n, limit, '-');
	uint32_t m = time_set_at(d, at + n, limit, SET_ORDINALWORD, &rest);
	if (!m || rest < 1 || rest > 9)
		return 0;
	*value = tens + rest;
	return n + m;
}

/* Tens and units behind a century's words: "ninety seven", "six". */
static uint32_t read_below_hundred(const struct document *d, uint32_t at, uint32_t limit, int64_t *value) {
	int64_t units;
	uint32_t n = cardinal_at(d, at, limit, value);
	if (!n || *value > 99 || *value == 0)
		return 0;
	uint32_t joint = *value >= 20 ? is_sign(d, at + n, limit, '-') : 0;
	uint32_t m = *value >= 20 && *value % 10 == 0 ? cardinal_at(d, at + n + joint, limit, &units) : 0;
	if (!m || units > 9 || units == 0)
		return n;
	*value += units;
	return n + joint + m;
}

uint32_t read_year_words(const struct document *d, uint32_t at, uint32_t limit, int64_t *value) {
	int64_t high, low, scale;
	uint32_t n = cardinal_at(d, at, limit, &high), m;
	if (!n || !((high >= 16 && high <= 20) || high == 2))
		return 0;
	bool thousand = high == 2, scaled = (m = cardinal_at(d, at + n, limit, &scale)) && scale == (thousand ? 1000 : 100);
	if (thousand && !scaled)
		return 0;
	*value = high * (thousand ? 1000 : 100);
	n += scaled ? m : 0;
	m = read_below_hundred(d, at + n, limit, &low);
	uint32_t joint = !m && scaled && is_word(d, at + n, limit, "and");
	if (joint)
		m = read_below_hundred(d, at + n + joint, limit, &low);
	if (!m || (!scaled && (low < 10 || low == 12)))
		return scaled && thousand ? n : 0;
	*value += low;
	return n + joint + m;
}
