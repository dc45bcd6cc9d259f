/* What the commands that ask an archive share: which archive, what is asked, how the answer is printed. */
#ifndef DAYBOOK_ASKING_H
#define DAYBOOK_ASKING_H

#include "command.h"

#include "../store/archive.h"
#include "../store/ask.h"

/* --archive, --since, --until, --person, --organisation, --limit, --at; --format, -o. */
extern const struct option_row options_archive[], options_period[], options_names[], options_answer[];

enum answer_format { ANSWER_TABLE = 1, ANSWER_JSONL, ANSWER_CSV, ANSWER_MARKDOWN, ANSWER_ICS };

/* A question on its way. */
struct asked {
	const struct settings *settings;
	struct archive *archive;
	struct arena arena;
	struct ask ask;
	struct error error;
};

/* Opens the archive and reads what the options and operands ask. 0, or -1 with `asked->error`; release in any case. */
int asked_open(struct asked *asked, const struct settings *settings);
void asked_release(struct asked *asked);

/* Asks and prints the answer; gives the exit code: EXIT_FINDINGS where there is none. */
int asked_print(struct asked *asked, enum question question);

/* Prints a table in the format asked for, and on standard error how many rows were left out. The exit code. */
int asked_show(struct asked *asked, const struct table *table, uint32_t left);

/* A date as it is compared: `last` fills the end of its year or month. Null where the option is not given; -1 with the error
 * when it is no date. */
int asked_date(struct asked *asked, const char *option, const char *value, bool last, struct str *date);

#endif
