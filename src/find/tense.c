/* Which way the verbs about a time expression look: "met Monday" is the one before, "will meet Monday" the one to come. Without a
 * parser: the nearest verb before the expression in its sentence, else the nearest behind it. */
#include "resolve.h"

enum { REACH_BEFORE = 24, REACH_BEHIND = 14, DEADLINE_REACH = 9, DONE_REACH = 4 };

/* -1 past, 1 future, 2 present, 3 planned, 0 no verb: of one token. */
static int verb_at(const struct document *d, uint32_t at) {
	const struct token *t = &d->tokens.at[at];
	if (t->kind != TOKEN_WORD || (t->shape == SHAPE_CAPITAL && !(t->flags & TOKEN_SENTENCE)))
		return 0;
	int verb = time_words[time_word_of[t->word]].verb;
	if (verb == 1 && is_word(d, at, at + 1, "due") && is_word(d, at + 1, d->tokens.count, "to"))
		return 0;
	if (verb)
		return verb;
	uint32_t len = t->end - t->begin;
	const char *end = d->text.at + t->end;
	return len > 4 && end[-1] == 'd' && end[-2] == 'e' && end[-3] != 'e' ? -1 : 0;
}

/* The word before the verb at `at`, an adverb between them left out; NONE at the head of a sentence. */
static uint32_t before_verb(const struct document *d, uint32_t at) {
	for (int i = 0; i < 2; i++) {
		if (at == 0 || (d->tokens.at[at].flags & (TOKEN_SENTENCE | TOKEN_BLOCK)))
			return NONE;
		const struct token *t = &d->tokens.at[--at];
		if (t->kind != TOKEN_WORD || t->end - t->begin < 5 || d->text.at[t->end - 1] != 'y' || d->text.at[t->end - 2] != 'l')
			return at;
	}
	return at;
}

/* "be completed", "be formally sworn in": a participle that "be" makes a thing to come, as "to" and "will" do what looks like a past,
 * "will hit"; "could not be reached" is past. */
static bool is_to_come(const struct document *d, uint32_t at) {
	uint32_t before = before_verb(d, at);
	int64_t value;
	if (before == NONE)
		return false;
	if (is_word(d, before, at, "be"))
		return !(before > 0 && is_word(d, before - 1, at, "not"));
	return is_word(d, before, at, "to") || time_set_at(d, before, at, SET_WILLWORD, &value);
}

/* "fell to 3.8", "went to the north": what stands behind "to" is no verb. */
static bool is_place(const struct document *d, uint32_t at, uint32_t limit) {
	if (at >= limit)
		return false;
	const struct token *t = &d->tokens.at[at];
	return t->kind != TOKEN_WORD || t->shape != SHAPE_LOWER || is_word(d, at, limit, "the") || is_word(d, at, limit, "a") || is_word(d, at, limit, "an");
}

/* "is to meet", "set to resume", "are expected": a verb with what follows it. */
static int settle(const struct document *d, uint32_t at, uint32_t limit, int verb) {
	if (is_word(d, at + 1, limit, "to") && !is_place(d, at + 2, limit))
		return 1;
	for (uint32_t i = at + 1; verb == 2 && i < limit && i <= at + 2; i++)
		if (verb_at(d, i) == 1)
			return 1;
	return verb;
}

/* Whether "until" stands close before the expression, "by" or "as early as" at it: in (from, first). */
static bool is_deadline(const struct document *d, uint32_t from, uint32_t first) {
	int64_t far = 0;
	for (uint32_t at = first; at > from && first - at < DEADLINE_REACH; at--) {
		uint32_t n = time_set_at(d, at - 1, first, SET_DEADLINE, &far);
		if (n && (far || at - 1 + n == first))
			return true;
	}
	return false;
}

bool is_done_at(const struct document *d, uint32_t first) {
	for (uint32_t n = 0, at = first; at > 0 && n < REACH_BEFORE && !(d->tokens.at[at].flags & (TOKEN_SENTENCE | TOKEN_BLOCK)); n++) {
		int verb = verb_at(d, --at);
		uint32_t before = verb ? before_verb(d, at) : NONE;
		int64_t value;
		bool present = before != NONE && verb_at(d, before) == 2; /* "is closed in May" */
		bool sure = time_words[time_word_of[d->tokens.at[at].word]].verb == -1; /* "preferred" may be no verb at all */
		if (sure && !present && n < DONE_REACH && !time_set_at(d, at, first, SET_REPORTVERB, &value) && !is_to_come(d, at))
			return true;
		if (verb)
			return verb == -1 && before != NONE && (is_word(d, before, at, "was") || is_word(d, before, at, "were"));
	}
	return false;
}

int tense_at(const struct document *d, uint32_t first, uint32_t last, uint32_t limit) {
	uint32_t from = first;
	for (uint32_t n = 0; from > 0 && n < REACH_BEFORE && !(d->tokens.at[from].flags & (TOKEN_SENTENCE | TOKEN_BLOCK)); n++) {
		from--;
		int verb = verb_at(d, from);
		if (!verb)
			continue;
		if (verb == -1 && is_to_come(d, from))
			return 1;
		verb = settle(d, from, first, verb);
		bool had = is_word(d, from, first, "had") || (from > 0 && is_word(d, from - 1, first, "had"));
		return verb == -1 && !had && is_deadline(d, from + 1, first) ? 1 : verb;
	}
	for (uint32_t i = last + 1; i < limit && i <= last + REACH_BEHIND && !(d->tokens.at[i].flags & TOKEN_SENTENCE); i++) {
		int verb = verb_at(d, i);
		if (verb == -1 && i > first && is_to_come(d, i))
			return 1;
		if (verb == -1)
			return -1;
		if (verb)
			return settle(d, i, limit, verb);
	}
	return 0;
}
