/* What the grammar of times found at a token, kept for those who ask again: layout asks first, the times for the same. */
#include "expressions.h"

#include <stdlib.h>

/* The answer for one token. */
struct match {
	uint32_t limit, tokens; /* tokens: 0 where nothing was found */
	uint32_t first[2], last[2];
	uint32_t capture; /* its first in matches.captures */
	uint16_t rule, ops;
	uint8_t captures;
	bool is_range;
};

struct matches {
	struct arena arena;
	size_t taken; /* bytes, of what was forgotten too */
	uint32_t *of; /* for each token its index in `kept` + 1, 0 where nobody has asked; NULL: nothing is kept any more */
	array_of(struct match) kept;
	array_of(struct capture) captures;
};

struct matches *matches_open(const struct document *d) {
	struct matches *m = memory_get(sizeof *m);
	*m = (struct matches){0};
	m->of = arena_alloc(&m->arena, d->tokens.count * sizeof *m->of);
	return m;
}

void matches_forget(struct matches *m) {
	if (!m)
		return;
	m->taken += m->arena.total;
	arena_release(&m->arena);
	m->of = NULL;
}

size_t matches_close(struct matches *m) {
	matches_forget(m);
	size_t taken = m->taken;
	free(m);
	return taken;
}

void matches_keep(struct matches *m, uint32_t at, uint32_t limit, bool found, const struct expression *e) {
	if (!m->of || m->of[at])
		return;
	struct match *match = array_push(&m->arena, &m->kept);
	m->of[at] = m->kept.count;
	*match = (struct match){.limit = limit, .capture = m->captures.count};
	if (!found)
		return;
	match->tokens = e->tokens;
	memcpy(match->first, e->first, sizeof e->first);
	memcpy(match->last, e->last, sizeof e->last);
	match->rule = e->rule;
	match->ops = e->ops;
	match->captures = e->captures;
	match->is_range = e->is_range;
	for (uint32_t i = 0; i < e->captures; i++)
		*array_push(&m->arena, &m->captures) = e->capture[i];
}

bool matches_recall(const struct matches *m, uint32_t at, uint32_t limit, bool *found, struct expression *out) {
	if (!m->of || !m->of[at] || m->kept.at[m->of[at] - 1].limit != limit)
		return false;
	const struct match *match = &m->kept.at[m->of[at] - 1];
	*found = match->tokens > 0;
	out->from = at;
	out->tokens = match->tokens;
	memcpy(out->first, match->first, sizeof out->first);
	memcpy(out->last, match->last, sizeof out->last);
	out->rule = match->rule;
	out->ops = match->ops;
	out->captures = match->captures;
	out->is_range = match->is_range;
	if (match->captures)
		memcpy(out->capture, m->captures.at + match->capture, match->captures * sizeof *out->capture);
	return true;
}
