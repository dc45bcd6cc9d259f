/* daybook help, daybook version. */
#include "command.h"
#include "output.h"
#include "terminal.h"

#include "../../include/daybook.h"

#include <stdio.h>

static int print(struct buf *out) {
	struct output output;
	struct error error = {0};
	output_open(&output, NULL);
	output_add(&output, buf_str(out));
	buf_release(out);
	return output_close(&output, &error) < 0 ? terminal_refuse(&error) : EXIT_CLEAN;
}

void command_help_print(const struct command *command, struct buf *out) {
	buf_format(out, "daybook %s: %s\n\nusage: daybook %s [options]%s%s\n", command->name, command->summary, command->name,
		command->operands ? " " : "", command->operands ? command->operands : "");
	buf_text(out, "\noptions:\n");
	options_help(command->options, out);
	if (!command->examples)
		return;
	buf_text(out, "\nexamples:\n");
	for (const char *line = command->examples; *line; line += strcspn(line, "\n"), line += *line == '\n')
		buf_format(out, "  %.*s\n", (int)strcspn(line, "\n"), line);
}

static void print_commands(struct buf *out) {
	buf_text(out, "daybook: a compiler for bulletins\n\nusage: daybook COMMAND [options] [FILE|FOLDER...]\n\ncommands:\n");
	for (const struct command *const *at = commands; *at; at++)
		buf_format(out, "  %-10s %s\n", (*at)->name, (*at)->summary);
	buf_text(out, "\ndaybook help COMMAND shows its options and examples.\n"
				  "Exit codes: 0 clean, 1 something was found, 2 trouble.\n");
}

/* What the manual and the completion are made from. */
static void print_tables(struct buf *out) {
	for (const struct command *const *at = commands; *at; at++) {
		const struct command *command = *at;
		buf_format(out, "command\t%s\t%s\t%s\n", command->name, command->operands ? command->operands : "", command->summary);
		options_rows(command->name, command->options, out);
		for (const char *line = command->examples ? command->examples : ""; *line;
			line += strcspn(line, "\n"), line += *line == '\n')
			buf_format(out, "example\t%s\t%.*s\n", command->name, (int)strcspn(line, "\n"), line);
	}
}

static int run_help(const struct settings *settings) {
	struct buf out = {0};
	const char *name = settings->operands ? settings->operands[0] : NULL;
	const struct command *command = name ? command_find(name) : NULL;
	if (settings->tables)
		print_tables(&out);
	else if (command)
		command_help_print(command, &out);
	else
		print_commands(&out);
	int result = print(&out);
	if (name && !command) {
		terminal_say("there is no command “%s”", name);
		return EXIT_TROUBLE;
	}
	return result;
}

static int run_version(const struct settings *settings) {
	(void)settings;
	struct buf out = {0};
	buf_format(&out, "daybook %s\n", daybook_version());
	return print(&out);
}

static const struct option_row own[] = {
	{'t', "tables", OPTION_FLAG, NULL, NULL, offsetof(struct settings, tables), 0,
		"all commands and options as fields with tabs between, for scripts"},
	{0}};
static const struct option_row *const help_options[] = {own, options_help_row, NULL};
static const struct option_row *const version_options[] = {options_help_row, NULL};

const struct command command_help = {"help", "shows what a command does, its options and examples", "[COMMAND]", help_options,
	"daybook help build", run_help};
const struct command command_version = {"version", "says which version this is", NULL, version_options, NULL, run_version};
