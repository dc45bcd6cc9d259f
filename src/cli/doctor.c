/* daybook doctor: whether an archive is whole. */
#include "command.h"
#include "terminal.h"

#include "../store/doctor.h"

#include <stdio.h>
#include <stdlib.h>

static void say(void *user, const char *what, const char *advice) {
	(void)user;
	printf("%s\n  %s\n", what, advice);
}

static int examine(struct archive *archive, const struct settings *settings, struct error *error) {
	int wrong = archive_examine(archive, say, NULL, error);
	if (wrong < 0)
		return terminal_refuse(error);
	if (wrong && settings->write) {
		if (archive_repair(archive, error) < 0)
			return terminal_refuse(error);
		puts("made again what could be; looking once more");
		wrong = archive_examine(archive, say, NULL, error);
	}
	if (!wrong && !settings->quiet)
		puts("the archive is whole");
	return wrong < 0 ? terminal_refuse(error) : wrong ? EXIT_FINDINGS : EXIT_CLEAN;
}

static int run(const struct settings *settings) {
	struct error error = {0};
	const char *path = settings->operand_count ? settings->operands[0] : getenv("DAYBOOK_ARCHIVE");
	path = path && *path ? path : "archive.db";
	struct archive *archive = archive_open(path, ARCHIVE_READ, &error); /* says so when there is none: never makes one */
	if (archive) {
		archive_close(archive);
		archive = archive_open(path, ARCHIVE_WRITE, &error);
	}
	int result = archive ? examine(archive, settings, &error) : terminal_refuse(&error);
	archive_close(archive);
	return result;
}

static const struct option_row own[] = {
	{'r', "repair", OPTION_FLAG, NULL, NULL, offsetof(struct settings, write), 0, "make again what can be made from the rest"},
	{0}};
static const struct option_row *const options[] = {own, options_talk, options_help_row, NULL};

const struct command command_doctor = {"doctor", "checks whether an archive is whole, and says what is wrong", "[ARCHIVE]", options,
	"daybook doctor archive.db\n"
	"daybook doctor --repair archive.db   makes its indexes again",
	run};
