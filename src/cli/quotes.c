/* daybook quotes: who said what. */
#include "asking.h"
#include "terminal.h"

static int run(const struct settings *settings) {
	struct asked a;
	int result = asked_open(&a, settings) < 0 ? terminal_refuse(&a.error) : asked_print(&a, ASK_QUOTES);
	asked_release(&a);
	return result;
}

static const struct option_row own[] = {
	{'k', "kind", OPTION_TEXT, "KIND", NULL, offsetof(struct settings, kind), 0, "only direct, indirect, mixed, or block"},
	{0}};
static const struct option_row *const options[] = {options_archive, own, options_period, options_names, options_answer, options_help_row, NULL};

const struct command command_quotes = {"quotes", "lists what was said, by whom, in an archive", "[WORDS...]", options,
	"daybook quotes --person Toloraya unification      what he said where unification is spoken of\n"
	"daybook quotes --kind direct --since 2024 --as csv -o quotes.csv",
	run};
