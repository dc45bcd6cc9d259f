/* Options are tables: a row each, from which come the parser, usage, --help, the man pages and the completion of
 * shells. The rows say where in `struct settings` a value goes. */
#ifndef DAYBOOK_OPTIONS_H
#define DAYBOOK_OPTIONS_H

#include "../base/buf.h"
#include "../base/error.h"

/* What the command line says. Zeroed is nothing said. */
struct settings {
	int form;   /* enum source_form; from --from, and from --as where it names an input form */
	int output; /* --to, --as: enum annotate_output; of export: enum export_form */
	int format; /* check --format: enum check_format */
	int colour; /* enum colour_choice */
	const char *date, *house, *out, *url, *theme;
	const char *archive; /* --to of add, --archive of those that ask */
	const char *since, *until, *person, *organisation, *place, *mode, *status, *kind, *issue, *about, *limit; /* what is asked */
	bool at, history, roles;
	bool quiet, verbose, write, interactive, strict, force, help, version, tables, explain;
	const char *const *operands; /* what is not an option; ends with NULL; "-" is standard input */
	int operand_count;
};

enum annotate_output { ANNOTATE_JSON = 1, ANNOTATE_TIMEML, ANNOTATE_CONLL, ANNOTATE_BRAT, ANNOTATE_SOURCE, ANNOTATE_DOCUMENT };
enum export_form { EXPORT_JSONL = 1, EXPORT_CSV, EXPORT_ICS, EXPORT_TIMEML, EXPORT_CONLL, EXPORT_BRAT, EXPORT_GRAPHML };
enum check_format { CHECK_TEXT = 1, CHECK_JSON, CHECK_SARIF };
enum colour_choice { COLOUR_AUTO = 1, COLOUR_ALWAYS, COLOUR_NEVER };

enum option_kind {
	OPTION_FLAG,   /* a bool becomes true */
	OPTION_TEXT,   /* a const char * becomes the argument */
	OPTION_CHOICE, /* an int becomes the place, from 1, of the argument among the words of `choices` */
};

struct option_row {
	char letter; /* 0: it has none */
	const char *name;
	enum option_kind kind;
	const char *argument; /* how help calls it: "FILE"; NULL for a flag */
	const char *choices;  /* words with spaces between, or NULL */
	size_t where;         /* offset in struct settings */
	size_t other;         /* OPTION_CHOICE: words behind a "|" in `choices` count from 1 again and go here */
	const char *help;
};

/* Several tables one after another, ended by a row without a name each, the list by NULL. */
typedef const struct option_row *const *option_tables;

/* Reads argv[0..count): options of `tables` into `settings`, the others into its operands (argv itself is
 * reordered for that; it must end with NULL). 0, or -1 with `error`, which names the nearest option that there is. */
int options_parse(option_tables tables, int count, const char **argv, struct settings *settings, struct error *error);

/* The tables as lines of help, aligned. */
void options_help(option_tables tables, struct buf *out);

/* The tables as lines of fields with tabs between: command, letter, name, argument, choices, help. */
void options_rows(const char *command, option_tables tables, struct buf *out);

/* How far `word` is from `other`: letters to add, drop, change or swap (Damerau 1964, adjacent swaps only). */
int word_distance(const char *word, const char *other);

/* Keeps the nearest of the words shown to it, if it is near enough to be meant. */
struct nearest {
	const char *word, *best;
	int distance;
};
struct nearest nearest_to(const char *word);
void nearest_try(struct nearest *nearest, const char *candidate);

#endif
