/* daybook people: who is named in an archive, and who held what. */
#include "asking.h"
#include "terminal.h"

static int people(struct asked *a) {
	if (a->ask.words.len && !a->ask.person.at) {
		a->ask.person = a->ask.words;
		a->ask.words = STR("");
	}
	if (a->settings->about)
		a->ask.words = str_from(a->settings->about);
	return asked_print(a, a->settings->roles ? ASK_ROLES : ASK_PEOPLE);
}

static int run(const struct settings *settings) {
	struct asked a;
	int result = asked_open(&a, settings) < 0 ? terminal_refuse(&a.error) : people(&a);
	asked_release(&a);
	return result;
}

static const struct option_row own[] = {
	{'r', "roles", OPTION_FLAG, NULL, NULL, offsetof(struct settings, roles), 0, "a row for each office that a document states: who, what, when"},
	{'b', "about", OPTION_TEXT, "WORDS", NULL, offsetof(struct settings, about), 0, "who wrote or spoke where these words stand"},
	{'g', "organisation", OPTION_TEXT, "NAME", NULL, offsetof(struct settings, organisation), 0, "who is or was of this organisation"},
	{0}};
static const struct option_row *const options[] = {options_archive, own, options_period, options_answer, options_help_row, NULL};

const struct command command_people = {"people", "lists who is named in an archive, and the offices they held", "[NAME]", options,
	"daybook people lavrov                         everybody called so\n"
	"daybook people --roles 'Sergei Lavrov'        what he was, when, according to whom\n"
	"daybook people --organisation Stimson --about Korea   who of Stimson spoke or wrote on Korea",
	run};
