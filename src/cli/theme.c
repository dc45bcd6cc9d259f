/* daybook theme: copies the built-in theme into a folder, to be changed and given to build. */
#include "../emit/theme.h"
#include "command.h"
#include "terminal.h"

#include <stdio.h>
#include <unistd.h>

static int run(const struct settings *settings) {
	struct error error = {0};
	struct buf path = {0};
	if (settings->operand_count != 1) {
		error_set(&error, "one folder is needed");
		error_hint(&error, "daybook theme FOLDER");
		return terminal_refuse(&error);
	}
	int result = 0;
	for (size_t i = 0; i < theme_file_count && result == 0; i++) {
		buf_clear(&path);
		buf_format(&path, "%s/%s", settings->operands[0], theme_files[i].name.at);
		buf_byte(&path, '\0');
		if (access(path.at, F_OK) == 0)
			result = error_set(&error, "'%.512s' is there already; nothing is written over", path.at);
		else
			result = file_write(path.at, theme_files[i].bytes, &error);
	}
	buf_release(&path);
	if (result < 0)
		return terminal_refuse(&error);
	if (!settings->quiet)
		fprintf(stderr, "%zu files in %s; daybook build --theme %s uses them\n", theme_file_count, settings->operands[0], settings->operands[0]);
	return EXIT_CLEAN;
}

static const struct option_row *const options[] = {options_talk, options_help_row, NULL};

const struct command command_theme = {"theme", "copies the built-in theme, to be changed", "FOLDER", options,
	"daybook theme mine                        style, scripts and the pages' frame\n"
	"daybook build --theme mine -o out 2026/",
	run};
