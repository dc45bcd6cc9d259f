/* What a command is given: the files it reads, the house they are from. */
#ifndef DAYBOOK_INPUTS_H
#define DAYBOOK_INPUTS_H

#include "../record/house.h"
#include "options.h"

struct inputs {
	array_of(const char *) paths; /* folders are taken apart into their bulletins, by name; "-" stays */
	struct house house;
	struct arena arena;
};

/* Takes the operands, finds the house file (--house, DAYBOOK_HOUSE, house.ini beside the first input, in the
 * current folder, in the user's configuration) and reads it. 0, or -1 with `error`. Release in any case. */
int inputs_open(struct inputs *inputs, const struct settings *settings, struct error *error);
/* The same, but the operands stay as they are given, for importers (read/importer.h) to walk. */
int inputs_open_as_given(struct inputs *inputs, const struct settings *settings, struct error *error);
void inputs_release(struct inputs *inputs);

/* Opens the inputs, runs `work` on them and gives its exit code, or says what is wrong with them. */
int inputs_with(const struct settings *settings,
	int (*work)(const struct inputs *inputs, const struct settings *settings, struct error *error));

#endif
