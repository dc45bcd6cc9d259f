#include "house.h"

#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>

void house_init(struct house *house) {
	*house = (struct house){.language = STR("en"), .text = STR("en"), .date = CIVIL_UNKNOWN};
	arena_init(&house->arena);
	for (int i = 0; i < DIAGNOSTIC_COUNT; i++)
		house->severities[i] = diagnostic_kind((enum diagnostic_code)i)->severity;
}

void house_release(struct house *house) {
	arena_release(&house->arena);
}

/* What is wrong first; inih says at the end on which line. */
struct reading {
	struct house *house;
	char wrong[200];
	const char *hint;
};

/* The keys of [house] that hold one string. */
struct text_key {
	const char *name;
	size_t offset;
};

static const struct text_key text_keys[] = {
	{"name", offsetof(struct house, name)}, {"zone", offsetof(struct house, zone)}, {"language", offsetof(struct house, language)},
	{"url", offsetof(struct house, url)}, {"email", offsetof(struct house, email)},
	{"text", offsetof(struct house, text)}, {"description", offsetof(struct house, description)}, {"id", offsetof(struct house, id)},
};
#define TEXT_KEYS (sizeof text_keys / sizeof *text_keys)

static int fail(struct reading *r, const char *what, const char *name, const char *hint) {
	if (!r->wrong[0]) {
		snprintf(r->wrong, sizeof r->wrong, "%s “%s”", what, name);
		r->hint = hint;
	}
	return 0;
}

static int set_text(struct reading *r, const char *name, const char *value) {
	for (size_t i = 0; i < TEXT_KEYS; i++) {
		if (strcmp(name, text_keys[i].name) != 0)
			continue;
		struct str *at = (struct str *)((char *)r->house + text_keys[i].offset);
		*at = arena_copy(&r->house->arena, str_trim(str_from(value)));
		while (strcmp(name, "url") == 0 && at->len && at->at[at->len - 1] == '/')
			at->len--;
		return 1;
	}
	return fail(r, "[house] has no key", name, "keys: name zone language text url email description id sponsor");
}

/* One sponsor a line: inih calls again for each line of a value that goes on, indented. */
static int add_sponsor(struct reading *r, const char *value) {
	struct str name = str_trim(str_from(value));
	if (name.len)
		*array_push(&r->house->arena, &r->house->sponsors) = arena_copy(&r->house->arena, name);
	return 1;
}

static int set_severity(struct reading *r, const char *code, const char *value) {
	enum diagnostic_code which = diagnostic_code(str_from(code));
	if (which == DIAGNOSTIC_COUNT)
		return fail(r, "no diagnostic is called", code, "‘daybook explain’ lists them");
	for (uint8_t s = SEVERITY_NOTE; s <= SEVERITY_OFF; s++) {
		if (strcmp(value, severity_name(s)) == 0) {
			r->house->severities[which] = s;
			return 1;
		}
	}
	return fail(r, "no severity is called", value, "severities: error warning note off");
}

static int on_value(void *user, const char *section, const char *name, const char *value) {
	struct reading *r = user;
	if (strcmp(section, "severity") == 0)
		return set_severity(r, name, value);
	if (strcmp(section, "sponsors") == 0 || (strcmp(section, "house") == 0 && strncmp(name, "sponsor", 7) == 0))
		return add_sponsor(r, value);
	if (strcmp(section, "house") == 0)
		return set_text(r, name, value);
	return fail(r, "there is no section", section, "sections: [house] [sponsors] [severity]");
}

int house_read(struct house *house, const char *path, struct error *error) {
	struct reading r = {.house = house};
	FILE *file = fopen(path, "r");
	if (!file)
		return error_set(error, "%s: %s", path, strerror(errno));
	int line = ini_parse_file(file, on_value, &r);
	fclose(file);
	if (line != 0) {
		error_set(error, "%s:%d: %s", path, line < 0 ? 1 : line, r.wrong[0] ? r.wrong : "not a line of the form key = value");
		return r.hint ? error_hint(error, "%s", r.hint) : -1;
	}
	if (!house->id.at)
		house->id = house->name;
	return 0;
}
