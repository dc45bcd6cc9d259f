#include "diagnostic.h"

static const struct diagnostic_kind kinds[DIAGNOSTIC_COUNT] = {
#define DIAGNOSTIC(id, text, severity, summary) {text, severity, summary},
#include "diagnostics.def"
#undef DIAGNOSTIC
};

const struct diagnostic_kind *diagnostic_kind(enum diagnostic_code code) {
	return &kinds[code];
}

enum diagnostic_code diagnostic_code(struct str name) {
	int code = 0;
	while (code < DIAGNOSTIC_COUNT && !str_equal(name, str_from(kinds[code].code)))
		code++;
	return (enum diagnostic_code)code;
}

const char *severity_name(uint8_t severity) {
	static const char *const names[] = {"note", "warning", "error", "off"};
	return names[severity & 3];
}

void diagnostic_fix(struct arena *arena, struct diagnostic *diagnostic, const char *title, struct span span, struct str text) {
	diagnostic->fix_title = arena_copy(arena, str_from(title));
	*array_push(arena, &diagnostic->edits) = (struct edit){span, arena_copy(arena, text)};
}

void diagnostic_relate(struct arena *arena, struct diagnostic *diagnostic, struct span span, const char *message) {
	*array_push(arena, &diagnostic->related) = (struct related){span, arena_copy(arena, str_from(message))};
}
