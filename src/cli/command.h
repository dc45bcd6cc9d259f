/* Commands: a file each, a row each. */
#ifndef DAYBOOK_COMMAND_H
#define DAYBOOK_COMMAND_H

#include "options.h"

struct command {
	const char *name;
	const char *summary;
	const char *operands; /* as usage shows them, or NULL where it takes none */
	option_tables options;
	const char *examples; /* lines: a command, two spaces or more, what it does */
	int (*run)(const struct settings *settings); /* gives the exit code */
};

extern const struct command command_add, command_search, command_events, command_people, command_quotes, command_timeline, command_doctor, command_export,
	command_theme, command_check, command_fix, command_annotate, command_build, command_explain, command_version,
	command_help;

/* All of them, in the order of help; ends with NULL. */
extern const struct command *const commands[];

/* The command of a name, or NULL. */
const struct command *command_find(const char *name);

/* Prints a command's help. */
void command_help_print(const struct command *command, struct buf *out);

/* Rows that several commands have. */
extern const struct option_row options_input[];   /* --from --date --house */
extern const struct option_row options_as_form[]; /* --as as another name of --from */
extern const struct option_row options_colour[];  /* --color */
extern const struct option_row options_talk[];    /* --quiet --verbose */
extern const struct option_row options_help_row[];

#endif
