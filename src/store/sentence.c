#include "sentence.h"

#include "../base/utf8.h"

/* Reads "[begin,end,begin,end,…]". */
static void read_list(struct sentences *s, struct str json) {
	uint32_t number = 0, half = 0;
	bool digits = false, second = false;
	for (size_t i = 0; i < json.len; i++) {
		char c = json.at[i];
		if (c >= '0' && c <= '9') {
			number = number * 10 + (uint32_t)(c - '0');
			digits = true;
			continue;
		}
		if (digits && second && half <= number && number <= s->text.len)
			*array_push(&s->arena, &s->list) = (struct span){half, number};
		if (digits) {
			half = number;
			second = !second;
		}
		number = 0;
		digits = false;
	}
}

static bool load(struct sentences *s, struct sql *sql, int64_t document) {
	if (s->document == document)
		return true;
	sqlite3_stmt *statement = sql_statement(sql, "SELECT name, sentences, text FROM documents WHERE id = ?1");
	if (!statement)
		return false;
	sentences_release(s);
	sql_bind(statement, "i", document);
	bool found = sqlite3_step(statement) == SQLITE_ROW;
	if (found) {
		s->document = document;
		s->name = arena_copy(&s->arena, sql_str(statement, 0));
		s->text = arena_copy(&s->arena, sql_str(statement, 2));
		read_list(s, sql_str(statement, 1));
	}
	sqlite3_reset(statement);
	return found;
}

void sentences_release(struct sentences *s) {
	arena_release(&s->arena);
	*s = (struct sentences){0};
	arena_init(&s->arena);
}

static struct span find(const struct sentences *s, struct span place) {
	uint32_t low = 0, high = s->list.count;
	while (low < high) {
		uint32_t middle = (low + high) / 2;
		if (s->list.at[middle].end <= place.begin)
			low = middle + 1;
		else
			high = middle;
	}
	bool holds = low < s->list.count && s->list.at[low].begin <= place.begin;
	return holds ? s->list.at[low] : place;
}

static struct str folded(struct str text, struct arena *arena) {
	char *out = arena_alloc(arena, text.len + 1);
	size_t len = 0;
	bool space = false;
	for (size_t i = 0; i < text.len; i++) {
		bool is_space = (unsigned char)text.at[i] <= ' ';
		if (!is_space && space && len)
			out[len++] = ' ';
		if (!is_space)
			out[len++] = text.at[i];
		space = is_space;
	}
	return str_of(out, len);
}

bool sentence_at(struct sentences *s, struct sql *sql, int64_t document, struct span place, struct arena *arena, struct stated *stated) {
	if (!load(s, sql, document) || place.begin > s->text.len || place.end > s->text.len)
		return false;
	*stated = (struct stated){.span = find(s, place), .name = s->name, .line = 1};
	stated->text = folded(str_at(s->text, stated->span), arena);
	size_t line = 0;
	for (size_t i = 0; i < place.begin; i++) {
		if (s->text.at[i] == '\n') {
			stated->line++;
			line = i + 1;
		}
	}
	stated->column = (uint32_t)utf8_count(str_of(s->text.at + line, place.begin - line)) + 1;
	return true;
}
