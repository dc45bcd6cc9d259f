/* daybook explain: what a code means, and how to mend it. */
#include "command.h"
#include "output.h"
#include "terminal.h"

#include "../record/diagnostic.h"


static int refuse_code(const char *name) {
	struct nearest nearest = nearest_to(name);
	for (int i = 0; i < DIAGNOSTIC_COUNT; i++)
		nearest_try(&nearest, diagnostic_kind((enum diagnostic_code)i)->code);
	struct error error = {0};
	error_set(&error, "there is no code “%s”", name);
	if (nearest.best)
		error_hint(&error, "did you mean %s?", nearest.best);
	else
		error_hint(&error, "daybook explain lists them");
	return terminal_refuse(&error);
}

static void list_codes(struct buf *out) {
	for (int i = 0; i < DIAGNOSTIC_COUNT; i++) {
		const struct diagnostic_kind *kind = diagnostic_kind((enum diagnostic_code)i);
		buf_format(out, "%-20s %-8s %s\n", kind->code, severity_name(kind->severity), kind->summary);
	}
}

static void print_page(enum diagnostic_code code, struct buf *out) {
	const struct diagnostic_kind *kind = diagnostic_kind(code);
	const char *page = diagnostic_page(code);
	if (page)
		buf_text(out, page);
	else
		buf_format(out, "# %s\n\n%s.\n", kind->code, kind->summary);
}

static int run(const struct settings *settings) {
	struct buf text = {0};
	int result = EXIT_CLEAN;
	if (settings->operand_count == 0)
		list_codes(&text);
	for (int i = 0; i < settings->operand_count; i++) {
		enum diagnostic_code code = diagnostic_code(str_from(settings->operands[i]));
		if (code == DIAGNOSTIC_COUNT) {
			result = refuse_code(settings->operands[i]);
			continue;
		}
		if (i > 0)
			buf_byte(&text, '\n');
		print_page(code, &text);
	}
	struct output output;
	struct error error = {0};
	output_open(&output, NULL);
	output_add(&output, buf_str(&text));
	buf_release(&text);
	return output_close(&output, &error) < 0 ? terminal_refuse(&error) : result;
}

static const struct option_row *const options[] = {options_help_row, NULL};

const struct command command_explain = {"explain", "tells what a diagnostic means and how to mend it", "[CODE...]", options,
	"daybook explain zone-mismatch   one code\n"
	"daybook explain                 all codes, a line each",
	run};
