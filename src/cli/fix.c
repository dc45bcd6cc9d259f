/* daybook fix: applies the certain fixes, showing a diff first. */
#include "batch.h"
#include "command.h"
#include "findings.h"
#include "mend.h"
#include "output.h"
#include "terminal.h"

#include "../base/file.h"

#include <stdio.h>
#include <unistd.h>

struct fixing {
	const struct settings *settings;
	struct output output;
	struct findings findings;
	uint32_t mended, pending, refused;
	bool trouble;
};

static bool is_standard(const char *path) {
	return strcmp(path, "-") == 0;
}

/* Asks on the terminal; anything but "y" is no. */
static bool agreed(const char *path) {
	fprintf(stderr, "Apply to %s? [y/N] ", path);
	fflush(stderr);
	char answer[16];
	return fgets(answer, sizeof answer, stdin) && (answer[0] == 'y' || answer[0] == 'Y');
}

static void show(struct fixing *fixing, const struct job *job, const struct mending *mending) {
	if (fixing->settings->quiet)
		return;
	struct buf diff = {0};
	mending_diff(mending, job->path, job->compilation.source.original, terminal_colour(fixing->settings->colour), &diff);
	output_add(&fixing->output, buf_str(&diff));
	buf_release(&diff);
	fflush(stdout); /* the diff stands before the question */
}

static bool apply(struct fixing *fixing, const struct job *job, const struct mending *mending) {
	struct buf whole = {0};
	struct error error = {0};
	mending_apply(mending, job->compilation.source.original, &whole);
	int result = 0;
	if (!job->document.is_file)
		result = error_set(&error, "'%s' is mended by hand: its text is packed, or made of another form", job->path);
	else if (is_standard(job->path))
		output_add(&fixing->output, buf_str(&whole));
	else if (mending->fixes)
		result = file_write(job->path, buf_str(&whole), &error);
	buf_release(&whole);
	if (result < 0) {
		terminal_refuse(&error);
		fixing->trouble = true;
	}
	return result == 0;
}

static void deliver(struct job *job, void *context) {
	struct fixing *fixing = context;
	if (!job->compiled)
		return;
	const struct settings *settings = fixing->settings;
	struct mending mending;
	mending_gather(&mending, &job->compilation.record);
	findings_count(&fixing->findings, &job->compilation.record);
	bool filter = settings->write && is_standard(job->path); /* the mended text itself goes to standard output */
	if (!filter)
		show(fixing, job, &mending);
	bool wanted = settings->write || (settings->interactive && mending.fixes && agreed(job->path));
	if (wanted && apply(fixing, job, &mending))
		fixing->mended += mending.fixes;
	else
		fixing->pending += mending.fixes;
	fixing->refused += mending.refused;
	mending_release(&mending);
}

static void say(const struct fixing *f) {
	uint32_t found = f->findings.errors + f->findings.warnings, left = found > f->mended ? found - f->mended : 0;
	if (f->mended)
		fprintf(stderr, "%u mended\n", f->mended);
	if (f->pending)
		fprintf(stderr, "%u can be mended; --write does it\n", f->pending);
	if (f->refused)
		fprintf(stderr, "%u to be mended by hand: the file holds these words in another form\n", f->refused);
	if (left > f->pending)
		fprintf(stderr, "%u left that need an editor; daybook check shows them\n", left - f->pending);
}

static int fix(const struct inputs *inputs, const struct settings *settings, struct error *error) {
	struct fixing fixing = {.settings = settings};
	if (settings->interactive && !isatty(STDIN_FILENO)) {
		error_set(error, "--interactive asks on a terminal, and standard input is none");
		error_hint(error, "--write applies without asking");
		return terminal_refuse(error);
	}
	output_open(&fixing.output, NULL);
	struct batch batch = {.inputs = inputs, .settings = settings, .deliver = deliver, .context = &fixing};
	bool whole = batch_run(&batch);
	bool findings = findings_any(&fixing.findings) && fixing.mended < fixing.findings.errors + fixing.findings.warnings;
	int result = fixing.trouble ? EXIT_TROUBLE : batch_exit(&batch, whole, findings);
	batch_release(&batch);
	if (output_close(&fixing.output, error) < 0)
		return terminal_refuse(error);
	if (!settings->quiet)
		say(&fixing);
	return result;
}

static int run(const struct settings *settings) {
	return inputs_with(settings, fix);
}

static const struct option_row own[] = {
	{'w', "write", OPTION_FLAG, NULL, NULL, offsetof(struct settings, write), 0,
		"apply the fixes; of standard input, print the mended text"},
	{'i', "interactive", OPTION_FLAG, NULL, NULL, offsetof(struct settings, interactive), 0, "show the diff of each file and ask"},
	{0}};
static const struct option_row *const options[] = {options_input, options_as_form, own, options_colour, options_talk,
	options_help_row, NULL};

const struct command command_fix = {"fix", "mends what can be mended with certainty", "FILE|FOLDER|-...", options,
	"daybook fix week.txt             what would change, as a diff\n"
	"daybook fix --write week.txt     change it\n"
	"daybook fix -w - <draft >clean   as a filter",
	run};
