/* How each line looks, and whether the text is hard-wrapped: a writer's or a mail program's wrapping
 * breaks a line where the next word would have passed the measure, and such lines mostly go on with
 * a small letter. Lists and one-line paragraphs do neither. */
#include "cut.h"

#include "../base/utf8.h"

static bool is_bullet(uint32_t code) {
	switch (code) {
	case '-': case '*': case '+': case 0x2022: case 0x2023: case 0x25AA: case 0x25CF: case 0x25E6: case 0x25CB: case 0xB7:
	case 0x25A0: case 0x25B6: case 0x2043: case 0x27A2: case 0x25BA:
		return true;
	default:
		return false;
	}
}

static const struct token *line_tokens(const struct document *d, const struct line *line, uint32_t *count) {
	*count = line->tokens;
	return d->tokens.at + line->token;
}

static bool spaced(const struct token *t, uint32_t count, uint32_t at) {
	return at < count && (t[at].flags & TOKEN_SPACE);
}

/* How many tokens a bullet takes: "-", "*", "**"; 0 for none. A dash as wide as a word is no bullet. */
static uint32_t bullet_tokens(const struct document *d, const struct token *t, uint32_t count) {
	if (count < 2 || t->kind != TOKEN_PUNCT || !is_bullet(t->number))
		return 0;
	if (t->number == '-' && (t->end - t->begin != 1))
		return 0;
	uint32_t n = count > 2 && d->text.at[t->begin] == '*' && t[1].number == '*' && !(t[1].flags & TOKEN_SPACE) ? 2 : 1;
	return spaced(t, count, n) ? n : 0;
}

static bool is_rule(const struct document *d, const struct token *t, uint32_t count) {
	uint32_t bytes = t[count - 1].end - t[0].begin;
	if (bytes < 3)
		return false;
	for (uint32_t i = 0; i < count; i++)
		if (t[i].kind != TOKEN_PUNCT || !strchr("-=_*~#.+|", (int)(t[i].number < 0x80 ? t[i].number : 1)))
			return t[i].kind == TOKEN_PUNCT && t[i].number == 0x2026 && count == 1 && bytes > 3;
	return d->text.at[t[0].begin] != '.' || bytes > 3;
}

static bool is_numbered(const struct token *t, uint32_t count) {
	bool bracket = token_is_punct(t, '(');
	t += bracket;
	count -= bracket;
	if (count < 3 || !(t->kind == TOKEN_NUMBER ? t->digits <= 3 : t->kind == TOKEN_WORD && t->end - t->begin == 1))
		return false;
	bool close = token_is_punct(&t[1], ')') || (!bracket && t->kind == TOKEN_NUMBER && token_is_punct(&t[1], '.'));
	return close && spaced(t, count, 2);
}

static bool is_note(const struct token *t, uint32_t count) {
	if (count > 2 && t->kind == TOKEN_PUNCT && (t->number == 0xB9 || t->number == 0xB2 || t->number == 0xB3 || (t->number >= 0x2070 && t->number <= 0x2079)))
		return true; /* "¹ Harbour Board, …" */
	return count > 2 && token_is_punct(t, '[') && (t[1].kind == TOKEN_NUMBER || t[1].end - t[1].begin == 1) &&
		token_is_punct(&t[2], ']');
}

#define CLASS(c) ((uint64_t)1 << (c))

/* "Date: …", "Co-sponsors: …", "Date & Time: …": a known label, or up to three capitalised words. */
static bool is_label(const struct token *t, uint32_t count) {
	if (t->kind != TOKEN_WORD || t->shape == SHAPE_LOWER)
		return false;
	uint32_t words = 0, known = 0;
	for (uint32_t i = 0; i < count && i < 8; i++) {
		if (t[i].kind == TOKEN_WORD) {
			words++;
			known += word_is_any(t[i].word, CLASS(WORD_LABEL) | CLASS(WORD_PART) | CLASS(WORD_LINK_LABEL));
			if (t[i].shape == SHAPE_LOWER && !word_is_any(t[i].word, CLASS(WORD_SMALL) | CLASS(WORD_LABEL) | CLASS(WORD_PART)))
				return false;
			continue;
		}
		if (t[i].kind != TOKEN_PUNCT || !strchr(":-&/()", (int)(t[i].number < 0x80 ? t[i].number : 1)))
			return false;
		if (t[i].number == ':')
			return (known ? words <= 5 : words <= 3) && (i + 1 == count || spaced(t, count, i + 1));
	}
	return false;
}

static bool is_by(const struct token *t, uint32_t count) {
	return count > 1 && t->shape != SHAPE_LOWER && word_is(t->word, WORD_BY, NULL) && t[1].kind == TOKEN_WORD &&
		t[1].shape >= SHAPE_CAPITAL && !word_is_any(t[1].word, CLASS(WORD_MONTH) | CLASS(WORD_WEEKDAY) | CLASS(WORD_FUNCTION));
}

static bool is_pipe(const struct token *t, uint32_t count) {
	if (token_is_punct(t, '|'))
		return true;
	uint32_t pipes = 0;
	for (uint32_t i = 1; i < count && i < 200; i++)
		pipes += token_is_punct(&t[i], '|') && spaced(t, count, i) && spaced(t, count, i + 1);
	return pipes > 1;
}

/* "9 a.m. …", "10:30-11:30am …", "Noon …", "Monday, …" */
static bool is_clock(const struct token *t, uint32_t count) {
	if (word_is_any(t->word, CLASS(WORD_CLOCK_NAME)) || (word_is_any(t->word, CLASS(WORD_WEEKDAY)) && t->shape >= SHAPE_CAPITAL))
		return true;
	if (t->kind != TOKEN_NUMBER || t->digits > 2 || count < 2)
		return false;
	if (word_is(t[1].word, WORD_MERIDIEM, NULL))
		return true;
	return count > 2 && (token_is_punct(&t[1], ':') || token_is_punct(&t[1], '/')) && t[2].kind == TOKEN_NUMBER;
}

static enum line_start start_of(const struct document *d, const struct token *t, uint32_t count) {
	if (t->kind == TOKEN_PUNCT) {
		if (is_rule(d, t, count))
			return START_RULE;
		if (bullet_tokens(d, t, count))
			return START_BULLET;
		if (is_note(t, count))
			return START_NOTE;
	}
	if (is_numbered(t, count))
		return START_NUMBER;
	if (is_pipe(t, count))
		return START_PIPE;
	if (is_by(t, count))
		return START_BY;
	if (is_label(t, count))
		return START_LABEL;
	return is_clock(t, count) ? START_CLOCK : START_TEXT;
}

/* Whether the line's last tokens end a sentence. */
static bool stops_at(const struct token *t, uint32_t count) {
	while (count && t[count - 1].kind == TOKEN_PUNCT && (t[count - 1].flags & TOKEN_CLOSES))
		count--;
	if (!count)
		return false;
	const struct token *last = &t[count - 1];
	return last->kind == TOKEN_PUNCT && (last->number == '.' || last->number == '!' || last->number == '?' || last->number == ':');
}

static uint32_t columns(const struct document *d, uint32_t begin, uint32_t end) {
	if (end - begin > 1000)
		return 1000;
	return (uint32_t)utf8_count(str_at(d->text, (struct span){begin, end}));
}

/* Columns up to the first white space at or behind the first token. */
static uint32_t first_columns(const struct document *d, const struct token *t, uint32_t count) {
	uint32_t i = 1;
	while (i < count && !(t[i].flags & TOKEN_SPACE))
		i++;
	return columns(d, t[0].begin, t[i - 1].end);
}

static struct line_look look_at(const struct document *d, const struct line *line) {
	struct line_look look = {0};
	uint32_t count;
	const struct token *t = line_tokens(d, line, &count);
	if (!count)
		return look;
	look.width = (uint16_t)(line->indent + columns(d, line->span.begin, line->span.end));
	look.stops = stops_at(t, count);
	look.first = (uint16_t)first_columns(d, t, count);
	look.start = (uint8_t)start_of(d, t, count);
	look.lower = t->kind == TOKEN_WORD && t->shape == SHAPE_LOWER;
	return look;
}

struct line_look *look_lines(const struct document *d, const struct line_form *forms, struct arena *arena) {
	struct line_look *looks = arena_alloc(arena, (d->lines.count + 1) * sizeof *looks);
	for (uint32_t i = 0; i < d->lines.count; i++) {
		looks[i] = look_at(d, &d->lines.at[i]);
		looks[i].breaks = i == 0 || forms[i].leaf != forms[i - 1].leaf || forms[i].broken ||
			d->lines.at[i].quote != d->lines.at[i - 1].quote;
	}
	return looks;
}

/* --- the measure --- */

enum { NARROWEST = 30, WIDEST = 200 };

struct votes {
	uint32_t all[WIDEST + 2], lower[WIDEST + 2]; /* differences: a pair speaks for a range of measures */
	uint32_t pairs;
};

/* A line and the next speak for every measure that holds the line but not the next one's first word too. */
static void vote(struct votes *v, const struct line_look *line, const struct line_look *next) {
	if (line->width < NARROWEST || line->width > WIDEST)
		return;
	uint32_t from = line->width, to = (uint32_t)line->width + next->first + 1;
	if (to > WIDEST + 1)
		to = WIDEST + 1;
	v->pairs++;
	v->all[from]++;
	v->all[to]--;
	v->lower[from] += next->lower;
	v->lower[to] -= next->lower;
}

/* The narrowest of the measures that most pairs speak for, when they are enough to believe it. */
static uint32_t elect(const struct votes *v) {
	uint32_t all = 0, lower = 0, best = 0, best_all = 0, best_lower = 0;
	for (uint32_t i = NARROWEST; i <= WIDEST; i++) {
		all += v->all[i];
		lower += v->lower[i];
		if (all + lower > best_all + best_lower) {
			best = i;
			best_all = all;
			best_lower = lower;
		}
	}
	bool prose = best_all >= 2 && best_lower * 3 >= best_all && best_all * 4 >= v->pairs;
	bool capitals = best_all >= 5 && best_all * 10 >= v->pairs * 8;
	return prose || capitals ? best : 0;
}

/* Whether line `i` and the next may be of one paragraph, and so tell of a measure. */
static bool is_pair(const struct document *d, const struct line_look *looks, uint32_t i) {
	const struct line_look *line = &looks[i], *next = &looks[i + 1];
	bool apart = !d->lines.at[i].tokens || !d->lines.at[i + 1].tokens || next->breaks;
	bool own = line->start == START_RULE || line->start == START_PIPE || (next->start != START_TEXT && next->start != START_CLOCK);
	return !apart && !own;
}

uint32_t lines_measure(const struct document *d, const struct line_look *looks, uint32_t from, uint32_t to) {
	struct votes v = {0};
	for (uint32_t i = from; i + 1 < to; i++)
		if (is_pair(d, looks, i))
			vote(&v, &looks[i], &looks[i + 1]);
	return elect(&v);
}

uint32_t lines_measure_near(const struct document *d, const struct line_look *looks, uint32_t from, uint32_t to, uint32_t measure) {
	uint32_t least = 0, most = measure, pairs = 0;
	for (uint32_t i = from; i + 1 < to; i++) {
		uint32_t fits = looks[i].width + looks[i + 1].first; /* the widest measure that does not hold the next word too */
		if (!is_pair(d, looks, i))
			continue;
		pairs++;
		least = looks[i].width > least ? looks[i].width : least;
		most = fits < most ? fits : most;
	}
	return pairs > 1 && least <= most && most + 3 >= measure ? most : measure;
}
