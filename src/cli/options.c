#include "options.h"

#include <stdio.h>

enum { WORD_LIMIT = 48 };

int word_distance(const char *word, const char *other) {
	size_t n = strlen(word), m = strlen(other);
	if (n > WORD_LIMIT || m > WORD_LIMIT)
		return WORD_LIMIT;
	int row[WORD_LIMIT + 1][WORD_LIMIT + 1];
	for (size_t i = 0; i <= n; i++) {
		for (size_t j = 0; j <= m; j++) {
			if (i == 0 || j == 0) {
				row[i][j] = (int)(i + j);
				continue;
			}
			int best = row[i - 1][j - 1] + (word[i - 1] != other[j - 1]);
			if (row[i - 1][j] + 1 < best)
				best = row[i - 1][j] + 1;
			if (row[i][j - 1] + 1 < best)
				best = row[i][j - 1] + 1;
			bool swapped = i > 1 && j > 1 && word[i - 1] == other[j - 2] && word[i - 2] == other[j - 1];
			if (swapped && row[i - 2][j - 2] + 1 < best)
				best = row[i - 2][j - 2] + 1;
			row[i][j] = best;
		}
	}
	return row[n][m];
}

struct nearest nearest_to(const char *word) {
	/* A third of the letters may be wrong, and one in a short word. */
	return (struct nearest){.word = word, .distance = 2 + (int)strlen(word) / 3};
}

void nearest_try(struct nearest *nearest, const char *candidate) {
	int distance = word_distance(nearest->word, candidate);
	if (distance < nearest->distance) {
		nearest->distance = distance;
		nearest->best = candidate;
	}
}

static const struct option_row *find_long(option_tables tables, struct str name) {
	for (; *tables; tables++)
		for (const struct option_row *row = *tables; row->name; row++)
			if (str_equal(str_from(row->name), name))
				return row;
	return NULL;
}

static const struct option_row *find_letter(option_tables tables, char letter) {
	for (; *tables; tables++)
		for (const struct option_row *row = *tables; row->name; row++)
			if (row->letter == letter)
				return row;
	return NULL;
}

static int unknown_option(option_tables tables, struct str name, struct error *error) {
	char word[WORD_LIMIT + 1];
	snprintf(word, sizeof word, "%.*s", (int)(name.len < WORD_LIMIT ? name.len : WORD_LIMIT), name.at);
	struct nearest nearest = nearest_to(word);
	for (; *tables; tables++)
		for (const struct option_row *row = *tables; row->name; row++)
			nearest_try(&nearest, row->name);
	error_set(error, "there is no option --%s", word);
	return nearest.best ? error_hint(error, "did you mean --%s?", nearest.best) : -1;
}

/* The next word of a list of choices at *at, which moves behind it; *bar tells of a "|" before the word. */
static struct str next_choice(const char **at, bool *bar) {
	*bar = false;
	while (**at == ' ' || **at == '|')
		*bar |= *(*at)++ == '|';
	size_t len = strcspn(*at, " ");
	struct str word = str_of(*at, len);
	*at += len;
	return word;
}

static int choose(const struct option_row *row, const char *value, struct settings *settings, struct error *error) {
	size_t where = row->where;
	int place = 0;
	bool bar;
	for (const char *at = row->choices; *at;) {
		struct str word = next_choice(&at, &bar);
		if (bar) {
			where = row->other;
			place = 0;
		}
		place++;
		if (str_equal(word, str_from(value))) {
			*(int *)((char *)settings + where) = place;
			return 0;
		}
	}
	error_set(error, "--%s cannot be “%s”", row->name, value);
	return error_hint(error, "it can be one of: %s", row->choices);
}

/* Puts the value of `row` where it goes; `value` is NULL for a flag. */
static int set(const struct option_row *row, const char *value, struct settings *settings, struct error *error) {
	char *at = (char *)settings + row->where;
	switch (row->kind) {
	case OPTION_FLAG:
		*(bool *)at = true;
		return 0;
	case OPTION_TEXT:
		*(const char **)at = value;
		return 0;
	case OPTION_CHOICE:
		return choose(row, value, settings, error);
	}
	return 0;
}

/* --name, --name=value, --name value. *next moves when the value is the next argument. */
static int parse_long(option_tables tables, const char *word, const char *const **next, struct settings *settings,
	struct error *error) {
	size_t len = strcspn(word, "=");
	const char *value = word[len] ? word + len + 1 : NULL;
	const struct option_row *row = find_long(tables, str_of(word, len));
	if (!row)
		return unknown_option(tables, str_of(word, len), error);
	if (row->kind == OPTION_FLAG && value)
		return error_set(error, "--%s takes no value", row->name);
	if (row->kind != OPTION_FLAG && !value && !(value = *(*next)))
		return error_set(error, "--%s needs a value: %s", row->name, row->argument);
	if (row->kind != OPTION_FLAG && !word[len])
		(*next)++;
	return set(row, value, settings, error);
}

/* -a, -ab, -oFILE, -o FILE. */
static int parse_letters(option_tables tables, const char *letters, const char *const **next, struct settings *settings,
	struct error *error) {
	for (; *letters; letters++) {
		const struct option_row *row = find_letter(tables, *letters);
		if (!row)
			return error_set(error, "there is no option -%c", *letters);
		if (row->kind == OPTION_FLAG) {
			set(row, NULL, settings, error);
			continue;
		}
		const char *value = letters[1] ? letters + 1 : *(*next)++;
		if (!value)
			return error_set(error, "-%c needs a value: %s", *letters, row->argument);
		return set(row, value, settings, error);
	}
	return 0;
}

int options_parse(option_tables tables, int count, const char **argv, struct settings *settings, struct error *error) {
	const char **operand = argv;
	const char *const *next = argv, *const *end = argv + count;
	bool options = true;
	while (next < end) {
		const char *word = *next++;
		int result = 0;
		if (options && strcmp(word, "--") == 0)
			options = false;
		else if (options && word[0] == '-' && word[1] == '-')
			result = parse_long(tables, word + 2, &next, settings, error);
		else if (options && word[0] == '-' && word[1])
			result = parse_letters(tables, word + 1, &next, settings, error);
		else
			*operand++ = word;
		if (result < 0)
			return result;
	}
	*operand = NULL;
	settings->operands = argv;
	settings->operand_count = (int)(operand - argv);
	return 0;
}

static void option_label(const struct option_row *row, struct buf *out) {
	if (row->letter)
		buf_format(out, "-%c, ", row->letter);
	else
		buf_text(out, "    ");
	buf_format(out, "--%s", row->name);
	if (row->argument)
		buf_format(out, " %s", row->argument);
}

/* Adds `text` in lines of at most WIDTH columns, all but the first begun with `indent` spaces. */
static void add_wrapped(struct buf *out, const char *text, int indent) {
	enum { WIDTH = 100 };
	int column = indent;
	while (*text) {
		int len = (int)strcspn(text, " ");
		if (column > indent && column + 1 + len > WIDTH) {
			buf_format(out, "\n%*s", indent, "");
			column = indent;
		} else if (column > indent) {
			buf_byte(out, ' ');
			column++;
		}
		buf_add(out, str_of(text, (size_t)len));
		column += len;
		text += len;
		text += *text == ' ';
	}
	buf_byte(out, '\n');
}

void options_help(option_tables tables, struct buf *out) {
	enum { COLUMN = 26 };
	for (; *tables; tables++)
		for (const struct option_row *row = *tables; row->name; row++) {
			buf_text(out, "  ");
			size_t begin = out->len;
			option_label(row, out);
			int used = (int)(out->len - begin) + 2;
			buf_format(out, used > COLUMN - 2 ? "\n%*s" : "%*s", used > COLUMN - 2 ? COLUMN : COLUMN - used, "");
			add_wrapped(out, row->help, COLUMN);
		}
}

void options_rows(const char *command, option_tables tables, struct buf *out) {
	for (; *tables; tables++)
		for (const struct option_row *row = *tables; row->name; row++)
			buf_format(out, "option\t%s\t%.1s\t%s\t%s\t%s\t%s\n", command, row->letter ? &row->letter : "", row->name,
				row->argument ? row->argument : "", row->choices ? row->choices : "", row->help);
}
