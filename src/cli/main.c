/* The command line: finds the command, reads its options, runs it. */
#include "command.h"
#include "terminal.h"

#include "../base/memory.h"

#include <locale.h>
#include <stdio.h>

const struct command *const commands[] = {&command_check, &command_fix, &command_annotate, &command_build, &command_theme, &command_add, &command_search, &command_events,
	&command_people, &command_quotes, &command_timeline, &command_export, &command_doctor, &command_explain,
	&command_help, &command_version, NULL};

const struct option_row options_input[] = {
	{'f', "from", OPTION_CHOICE, "FORM", "text markdown html eml timeml", offsetof(struct settings, form), 0,
		"the form of the input where its name does not tell: text, markdown, html, eml, timeml"},
	{'d', "date", OPTION_TEXT, "DATE", NULL, offsetof(struct settings, date), 0,
		"the date (YYYY-MM-DD, or YYYY-MM-DDTHH:MM) of a bulletin that states none"},
	{'H', "house", OPTION_TEXT, "FILE", NULL, offsetof(struct settings, house), 0,
		"the house file (else house.ini beside the first input, or here)"},
	{0}};

const struct option_row options_as_form[] = {
	{'a', "as", OPTION_CHOICE, "FORM", "text markdown html eml timeml", offsetof(struct settings, form), 0,
		"the same as --from"},
	{0}};

const struct option_row options_colour[] = {
	{'c', "color", OPTION_CHOICE, "WHEN", "auto always never", offsetof(struct settings, colour), 0,
		"auto (on a terminal, unless NO_COLOR is set), always, never"},
	{0}};

const struct option_row options_talk[] = {
	{'q', "quiet", OPTION_FLAG, NULL, NULL, offsetof(struct settings, quiet), 0, "no counts, no progress"},
	{'v', "verbose", OPTION_FLAG, NULL, NULL, offsetof(struct settings, verbose), 0, "say more: notes, files, times"},
	{0}};

const struct option_row options_help_row[] = {
	{'h', "help", OPTION_FLAG, NULL, NULL, offsetof(struct settings, help), 0, "this help"},
	{0}};

const struct command *command_find(const char *name) {
	for (const struct command *const *at = commands; *at; at++)
		if (strcmp((*at)->name, name) == 0)
			return *at;
	return NULL;
}

static int refuse_command(const char *name) {
	struct nearest nearest = nearest_to(name);
	for (const struct command *const *at = commands; *at; at++)
		nearest_try(&nearest, (*at)->name);
	struct error error = {0};
	error_set(&error, "there is no command “%s”", name);
	if (nearest.best)
		error_hint(&error, "did you mean daybook %s?", nearest.best);
	else
		error_hint(&error, "daybook help lists them");
	return terminal_refuse(&error);
}

static int run_command(const struct command *command, int count, const char **argv) {
	struct settings settings = {0};
	struct error error = {0};
	if (options_parse(command->options, count, argv, &settings, &error) < 0) {
		terminal_refuse(&error);
		fprintf(stderr, "  daybook %s --help shows the options\n", command->name);
		return EXIT_TROUBLE;
	}
	if (settings.help) {
		const char *const names[] = {command->name, NULL};
		settings = (struct settings){.operands = names, .operand_count = 1};
		return command_help.run(&settings);
	}
	return command->run(&settings);
}

int main(int argc, char **argv) {
	memory_keep();
	setlocale(LC_MESSAGES, ""); /* only what strerror says: numbers and letters are the same everywhere */
	const char **words = (const char **)argv;
	if (argc < 2) {
		command_help.run(&(struct settings){.operands = words + 1});
		return EXIT_TROUBLE;
	}
	const char *name = words[1];
	if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
		name = "help";
	else if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0)
		name = "version";
	const struct command *command = command_find(name);
	if (!command)
		return refuse_command(name);
	return run_command(command, argc - 2, words + 2);
}
