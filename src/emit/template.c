#include "template.h"

#include "../base/utf8.h"

#include <stdio.h>

enum { DEPTH_MOST = 16 };

struct template_reading {
	struct template *template;
	struct arena *arena;
	const char *file;
	struct str text;
	const struct template_name *names;
	uint8_t count;
	uint32_t open[DEPTH_MOST]; /* sections, the innermost last */
	int depth;
	uint32_t seen; /* a bit for each name that must stand once */
	struct error *error;
};

/* ---- what is wrong ---- */

/* Says what is wrong with `len` bytes at `at`. */
static int wrong(const struct template_reading *r, size_t at, size_t len, const char *what) {
	size_t begin = at, end = at, line = 1;
	while (begin && r->text.at[begin - 1] != '\n')
		begin--;
	while (end < r->text.len && r->text.at[end] != '\n')
		end++;
	for (size_t i = 0; i < begin; i++)
		line += r->text.at[i] == '\n';
	int column = (int)utf8_count(str_of(r->text.at + begin, at - begin)) + 1;
	error_set(r->error, "%s:%zu:%d: %s", r->file, line, column, what);
	if (end - begin > 150)
		return -1; /* the line is too long to be shown */
	char tildes[64] = "^";
	for (size_t i = 1; i < len && i < sizeof tildes - 1 && at + i < end; i++)
		tildes[i] = '~', tildes[i + 1] = '\0';
	char shown[160];
	size_t n = 0;
	for (size_t i = begin; i < end; i++)
		shown[n++] = r->text.at[i] == '\t' ? ' ' : r->text.at[i];
	return error_hint(r->error, "%.*s\n  %*s%s", (int)n, shown, column - 1, "", tildes);
}

static int wrong_name(const struct template_reading *r, size_t at, size_t len, struct str name) {
	char what[300];
	int n = snprintf(what, sizeof what, "there is no value “%.*s”; there are", (int)(name.len < 60 ? name.len : 60), name.at);
	for (uint8_t i = 0; i < r->count && n < 260; i++)
		n += snprintf(what + n, sizeof what - (size_t)n, " %s", r->names[i].name);
	return wrong(r, at, len, what);
}

/* ---- tags ---- */

static int name_at(const struct template_reading *r, struct str name) {
	for (uint8_t i = 0; i < r->count; i++)
		if (str_equal(name, str_from(r->names[i].name)))
			return i;
	return -1;
}

static int end_section(struct template_reading *r, size_t at, struct str tag, int value) {
	if (!r->depth)
		return wrong(r, at, tag.len, "this ends a section that was not begun");
	struct template_part *open = &r->template->parts.at[r->open[--r->depth]];
	if (open->value != value) {
		char what[160];
		snprintf(what, sizeof what, "this ends “%.60s”, but “%.60s” is open", r->names[value].name, r->names[open->value].name);
		return wrong(r, at, tag.len, what);
	}
	open->end = r->template->parts.count - 1;
	return 0;
}

/* Checks the part that was added last, and opens or ends its section. */
static int place(struct template_reading *r, size_t at, struct template_part *part) {
	const struct template_name *name = &r->names[part->value];
	uint32_t bit = 1u << part->value;
	if (part->kind == TEMPLATE_END)
		return end_section(r, at, part->text, part->value);
	if (part->kind == TEMPLATE_VALUE && name->raw)
		return wrong(r, at, part->text.len, "this value is HTML: it stands in three braces");
	if (part->kind == TEMPLATE_IF || part->kind == TEMPLATE_UNLESS) {
		if (r->depth == DEPTH_MOST)
			return wrong(r, at, part->text.len, "sections are too deep here");
		r->open[r->depth++] = r->template->parts.count - 1;
		return 0;
	}
	if (!name->once)
		return 0;
	if (r->depth || r->seen & bit)
		return wrong(r, at, part->text.len, r->depth ? "this must stand outside of sections" : "this stands here a second time");
	r->seen |= bit;
	return 0;
}

/* One tag of `len` bytes at `at`; `inner` is what its braces hold. */
static int add_tag(struct template_reading *r, size_t at, size_t len, struct str inner, bool raw) {
	struct template_part part = {.kind = raw ? TEMPLATE_RAW : TEMPLATE_VALUE, .text = str_of(r->text.at + at, len)};
	static const char marks[] = "#^/&!";
	static const uint8_t kinds[] = {TEMPLATE_IF, TEMPLATE_UNLESS, TEMPLATE_END, TEMPLATE_RAW};
	inner = str_trim(inner);
	const char *mark = !raw && inner.len ? memchr(marks, inner.at[0], sizeof marks - 1) : NULL;
	if (mark && *mark == '!')
		return 0;
	if (mark) {
		part.kind = kinds[mark - marks];
		inner = str_trim(str_of(inner.at + 1, inner.len - 1));
	} else if (inner.len && strchr(">=<", inner.at[0])) {
		return wrong(r, at, len, "partials and other delimiters of Mustache are not known here");
	}
	int value = name_at(r, inner);
	if (value < 0)
		return wrong_name(r, at, len, inner);
	part.value = (uint8_t)value;
	*array_push(r->arena, &r->template->parts) = part;
	return place(r, at, &part);
}

static void add_text(struct template_reading *r, size_t begin, size_t end) {
	if (end > begin)
		*array_push(r->arena, &r->template->parts) = (struct template_part){.text = str_of(r->text.at + begin, end - begin)};
}

/* ---- the whole ---- */

static int check_end(struct template_reading *r) {
	if (r->depth) {
		struct str tag = r->template->parts.at[r->open[r->depth - 1]].text;
		return wrong(r, (size_t)(tag.at - r->text.at), tag.len, "this section has no end");
	}
	for (uint8_t i = 0; i < r->count; i++) {
		char what[120];
		if (!r->names[i].once || r->seen >> i & 1)
			continue;
		snprintf(what, sizeof what, "{{{%s}}} is missing: pages would be without it", r->names[i].name);
		return wrong(r, r->text.len, 1, what);
	}
	return 0;
}

int template_read(struct template *template, struct arena *arena, const char *file, struct str text, const struct template_name *names,
	uint8_t count, struct error *error) {
	struct template_reading r = {.template = template, .arena = arena, .file = file, .text = text, .names = names, .count = count, .error = error};
	size_t bad;
	*template = (struct template){0};
	if (!utf8_valid(text, &bad))
		return wrong(&r, bad, 1, "this is not UTF-8");
	for (size_t at = 0; at < text.len;) {
		size_t tag = str_find(text, STR("{{"), at);
		add_text(&r, at, tag == SIZE_MAX ? text.len : tag);
		if (tag == SIZE_MAX)
			break;
		bool raw = tag + 2 < text.len && text.at[tag + 2] == '{';
		size_t inner = tag + (raw ? 3 : 2), end = str_find(text, raw ? STR("}}}") : STR("}}"), inner);
		if (end == SIZE_MAX)
			return wrong(&r, tag, inner - tag, raw ? "these braces are not closed by }}}" : "these braces are not closed by }}");
		size_t behind = end + (raw ? 3 : 2);
		if (add_tag(&r, tag, behind - tag, str_of(text.at + inner, end - inner), raw) < 0)
			return -1;
		at = behind;
	}
	return check_end(&r);
}
