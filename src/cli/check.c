/* daybook check: names the mistakes. */
#include "batch.h"
#include "command.h"
#include "findings.h"
#include "output.h"
#include "terminal.h"

#include "../emit/emit.h"

#include <stdlib.h>

struct checking_run {
	const struct settings *settings;
	struct output output;
	struct findings findings;
};

static void work(struct job *job, struct zones *zones, const struct settings *settings) {
	(void)zones;
	struct record *record = &job->compilation.record;
	if (settings->format == CHECK_JSON) {
		emit_diagnostics_json(record, &job->out);
	} else if (settings->format != CHECK_SARIF) {
		findings_hide_notes(record, settings->verbose);
		emit_carets(record, &(struct carets){.colour = terminal_colour(settings->colour)}, &job->out);
	}
}

static void deliver(struct job *job, void *context) {
	struct checking_run *run = context;
	if (job->compiled)
		findings_count(&run->findings, &job->compilation.record);
	output_add(&run->output, buf_str(&job->out));
}

/* SARIF is one object of all records, so it is printed at the end. */
static void print_sarif(struct batch *batch, struct output *output) {
	const struct record **records = memory_get((batch->count + 1) * sizeof *records);
	uint32_t count = 0;
	for (uint32_t i = 0; i < batch->count; i++)
		if (batch->jobs[i].compiled)
			records[count++] = &batch->jobs[i].compilation.record;
	struct buf out = {0};
	emit_sarif(records, count, &out);
	output_add(output, buf_str(&out));
	buf_release(&out);
	free(records);
}

static int check(const struct inputs *inputs, const struct settings *settings, struct error *error) {
	bool sarif = settings->format == CHECK_SARIF;
	struct checking_run run = {.settings = settings};
	output_open(&run.output, settings->out);
	struct batch batch = {.inputs = inputs, .settings = settings, .work = work, .deliver = deliver, .context = &run, .keep = sarif};
	bool whole = batch_run(&batch);
	if (whole && sarif)
		print_sarif(&batch, &run.output);
	if (!whole)
		output_drop(&run.output);
	int result = batch_exit(&batch, whole, findings_any(&run.findings));
	if (output_close(&run.output, error) < 0)
		result = terminal_refuse(error);
	else if (whole && !settings->quiet)
		findings_say(&run.findings);
	batch_release(&batch);
	return result;
}

static int run(const struct settings *settings) {
	return inputs_with(settings, check);
}

static const struct option_row own[] = {
	{'F', "format", OPTION_CHOICE, "FORMAT", "text json sarif", offsetof(struct settings, format), 0,
		"text (for people), json (a line for each finding), sarif (2.1.0)"},
	{'o', "output", OPTION_TEXT, "FILE", NULL, offsetof(struct settings, out), 0, "write to FILE, whole or not at all"},
	{0}};
static const struct option_row *const options[] = {options_input, options_as_form, own, options_colour, options_talk,
	options_help_row, NULL};

const struct command command_check = {"check", "names the mistakes in bulletins", "FILE|FOLDER|-...", options,
	"daybook check week.txt                      what is wrong, and where\n"
	"daybook check --format sarif -o week.sarif week.txt\n"
	"daybook check --date 2026-03-16 - <draft    from standard input",
	run};
