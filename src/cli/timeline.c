/* daybook timeline: what an archive's texts date, in the order of the dates that they mean. */
#include "asking.h"
#include "terminal.h"

static int run(const struct settings *settings) {
	struct asked a;
	int result = asked_open(&a, settings) < 0 ? terminal_refuse(&a.error) : asked_print(&a, ASK_TIMES);
	asked_release(&a);
	return result;
}

static const struct option_row own[] = {
	{'l', "place", OPTION_TEXT, "NAME", NULL, offsetof(struct settings, place), 0, "a place or country, named in the sentence"},
	{0}};
static const struct option_row *const options[] = {options_archive, own, options_period, options_names, options_answer, options_help_row, NULL};

const struct command command_timeline = {"timeline", "lists what is dated, by the date that is meant", "[WORDS...]", options,
	"daybook timeline --since 2018-03 --until 2018-06 summit\n"
	"daybook timeline --person 'Lee Jae Myung' --as markdown",
	run};
