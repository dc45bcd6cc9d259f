/* Notes of a page and the places that refer to them, by their names and by how they look. */
#include <stdlib.h>

#include "html_text.h"

static bool all_digits(struct str s) {
	for (size_t i = 0; i < s.len; i++)
		if (!html_is_digit(s.at[i]))
			return false;
	return s.len > 0;
}

struct str html_note_label(struct str name, bool *back) {
	static const char *const heads[] = {"footnote", "endnote", "cite_note", "note", "_ftn", "_edn", "ftn", "edn", "fn",
		"en", "n", NULL};
	*back = false;
	for (const char *const *head = heads; *head; head++) {
		struct str rest = name;
		if (!str_starts(rest, str_from(*head)))
			continue;
		rest = str_of(rest.at + strlen(*head), rest.len - strlen(*head));
		*back = str_starts(rest, STR("ref")) || str_starts(rest, STR("-ref")) || str_starts(rest, STR("_ref")) || str_starts(rest, STR("-anchor"));
		while (rest.len && strchr(":-_.", rest.at[0]) && rest.at[0])
			rest = str_of(rest.at + 1, rest.len - 1);
		if ((*head)[1] == '\0' && !all_digits(rest)) /* "n1" names a note, "news" and "n-left" do not */
			return STR_NULL;
		return rest.len && (html_is_digit(rest.at[0]) || rest.at - name.at > (ptrdiff_t)strlen(*head)) ? rest : STR_NULL;
	}
	return STR_NULL;
}

void html_name_note(struct extraction *x, struct html_element *element, struct str label) {
	for (uint32_t i = 0; i < x->depth; i++)
		if (x->stack[i].kind == MARK_NOTE)
			return; /* it is in a note already */
	element->kind = MARK_NOTE;
	element->level = 0;
	element->value = arena_copy(x->html->arena, label);
	if (element->mark != UINT32_MAX) {
		struct mark *mark = &x->html->marks.at[element->mark];
		mark->kind = MARK_NOTE;
		mark->level = 0;
		mark->value = element->value;
	}
}

bool html_is_raised_note(const struct extraction *x, const struct html_element *element) {
	const char *text = x->html->text.at;
	struct str number = str_trim(str_of(text + element->begin, html_here(x) - element->begin));
	if (number.len == 0 || number.len > 3)
		return false;
	for (size_t i = 0; i < number.len; i++)
		if (!html_is_digit(number.at[i]))
			return false;
	uint32_t at = element->begin, letters = 0;
	while (at > 0 && letters < 3 && (text[at - 1] | 32) >= 'a' && (text[at - 1] | 32) <= 'z') {
		letters++;
		at--;
	}
	return letters == 3 || (letters == 0 && at > 0 && (strchr(".,;:!?)\"'", text[at - 1]) || (text[at - 1] & 0x80)));
}

struct str html_shown_label(const struct extraction *x, const struct html_element *element) {
	struct str shown = str_trim(str_of(x->html->text.at + element->begin, html_here(x) - element->begin));
	while (shown.len > 1 && strchr("[(", shown.at[0]))
		shown = str_of(shown.at + 1, shown.len - 1);
	while (shown.len > 1 && strchr("])", shown.at[shown.len - 1]))
		shown.len--;
	return shown;
}

static int by_named(const void *a, const void *b) {
	struct str one = ((const struct html_alias *)a)->named, other = ((const struct html_alias *)b)->named;
	int order = memcmp(one.at, other.at, one.len < other.len ? one.len : other.len);
	return order ? order : (one.len > other.len) - (one.len < other.len);
}

void html_rename_notes(struct extraction *x) {
	if (x->aliases.count == 0)
		return;
	qsort(x->aliases.at, x->aliases.count, sizeof *x->aliases.at, by_named);
	for (uint32_t i = 0; i < x->html->marks.count; i++) {
		struct mark *mark = &x->html->marks.at[i];
		struct html_alias wanted = {.named = mark->value};
		if (mark->kind != MARK_NOTE || !mark->value.at)
			continue;
		const struct html_alias *alias = bsearch(&wanted, x->aliases.at, x->aliases.count, sizeof wanted, by_named);
		if (alias)
			mark->value = alias->shown;
	}
}
