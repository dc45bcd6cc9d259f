/* daybook events: the events of an archive, each once. */
#include "asking.h"
#include "archived.h"
#include "output.h"
#include "terminal.h"

static int print_calendar(struct asked *a) {
	struct answer answer;
	struct buf out = {0};
	struct output output;
	if (!a->settings->limit)
		a->ask.limit = 0;
	if (archive_ask(a->archive, ASK_EVENTS, &a->ask, &a->arena, &answer, &a->error) < 0 ||
		archived_calendar(a->archive, answer.rows.at, answer.rows.count, &out, &a->error) < 0)
		return terminal_refuse(&a->error);
	output_open(&output, a->settings->out);
	output_add(&output, buf_str(&out));
	buf_release(&out);
	return output_close(&output, &a->error) < 0 ? terminal_refuse(&a->error) : answer.rows.count ? EXIT_CLEAN : EXIT_FINDINGS;
}

static int run(const struct settings *settings) {
	struct asked a;
	int result;
	if (asked_open(&a, settings) < 0)
		result = terminal_refuse(&a.error);
	else if (settings->format == ANSWER_ICS)
		result = print_calendar(&a);
	else
		result = asked_print(&a, settings->history ? ASK_HISTORY : ASK_EVENTS);
	asked_release(&a);
	return result;
}

static const struct option_row own[] = {
	{'l', "place", OPTION_TEXT, "NAME", NULL, offsetof(struct settings, place), 0, "where it is, or a place that it names"},
	{'m', "mode", OPTION_TEXT, "MODE", NULL, offsetof(struct settings, mode), 0, "in-person, virtual, or hybrid"},
	{'S', "status", OPTION_TEXT, "STATUS", NULL, offsetof(struct settings, status), 0, "scheduled, cancelled, postponed, moved-online, rescheduled"},
	{'y', "history", OPTION_FLAG, NULL, NULL, offsetof(struct settings, history), 0,
		"of events listed more than once, every listing, and what it changed"},
	{0}};
static const struct option_row *const options[] = {options_archive, own, options_period, options_names, options_answer, options_help_row, NULL};

const struct command command_events = {"events", "lists an archive's events, or makes a calendar of them", "[WORDS...]", options,
	"daybook events --since today                    what is to come\n"
	"daybook events --person 'DeAnna Burt' --as ics -o burt.ics\n"
	"daybook events --organisation Stimson korea --format csv\n"
	"daybook events --history                        what moved, or was called off",
	run};
