/* Templates in the part of Mustache (mustache(5)) that a page's frame needs: {{value}} escaped for HTML, {{{value}}} as it is,
 * {{#value}} … {{/value}} where it is not empty, {{^value}} … {{/value}} where it is, {{! a comment }}. Which values there are,
 * who prints them decides. */
#ifndef DAYBOOK_TEMPLATE_H
#define DAYBOOK_TEMPLATE_H

#include "../base/error.h"
#include "../base/memory.h"

enum template_kind { TEMPLATE_TEXT, TEMPLATE_VALUE, TEMPLATE_RAW, TEMPLATE_IF, TEMPLATE_UNLESS, TEMPLATE_END };

struct template_part {
	uint8_t kind;
	uint8_t value;   /* index in the names */
	uint32_t end;    /* of a section: the part that ends it */
	struct str text; /* of TEMPLATE_TEXT; else the tag as written */
};

struct template {
	array_of(struct template_part) parts;
};

/* A value that a template may name. */
struct template_name {
	const char *name;
	bool raw;  /* it is HTML: it may only stand in three braces */
	bool once; /* it must stand once, outside of sections */
};

/* Reads a template; its parts are in `arena` and borrow `text`. 0, or -1 with `error`: file:line:column, what is wrong, and as
 * a hint the line with a caret. */
int template_read(struct template *template, struct arena *arena, const char *file, struct str text, const struct template_name *names,
	uint8_t count, struct error *error);

#endif
