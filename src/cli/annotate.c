/* daybook annotate: prints the records. */
#include "batch.h"
#include "command.h"
#include "output.h"
#include "terminal.h"

#include "../emit/emit.h"

static void work(struct job *job, struct zones *zones, const struct settings *settings) {
	if (settings->explain) {
		emit_explanations(&job->compilation.record, &job->out);
		return;
	}
	switch (settings->output) {
	case ANNOTATE_TIMEML:
		emit_timeml(&job->compilation.record, &job->out);
		break;
	case ANNOTATE_CONLL:
		emit_conll(&job->compilation.record, &job->out);
		break;
	case ANNOTATE_BRAT:
		emit_brat(&job->compilation.record, &job->out);
		break;
	case ANNOTATE_SOURCE:
		buf_add(&job->out, job->compilation.source.text);
		break;
	case ANNOTATE_DOCUMENT:
		compilation_print_document(&job->compilation, &job->out);
		break;
	default:
		emit_json(&job->compilation.record, zones, &job->out);
	}
}

static void deliver(struct job *job, void *output) {
	output_add(output, buf_str(&job->out));
}

/* What the options ask for that cannot be. */
static int refuse_settings(const struct inputs *inputs, const struct settings *settings, struct error *error) {
	if (settings->explain && settings->output) {
		error_set(error, "--explain prints lines of its own");
		return error_hint(error, "leave out --to; the record in JSON names each time's rule and anchor too");
	}
	bool single = settings->output == ANNOTATE_TIMEML || settings->output == ANNOTATE_BRAT;
	if (single && inputs->paths.count > 1) {
		error_set(error, "%s is one document a file, and %u are given", settings->output == ANNOTATE_BRAT ? "brat" : "TimeML",
			(unsigned)inputs->paths.count);
		return error_hint(error, "give them one by one, each with its own --output");
	}
	return 0;
}

static int annotate(const struct inputs *inputs, const struct settings *settings, struct error *error) {
	if (refuse_settings(inputs, settings, error) < 0)
		return terminal_refuse(error);
	struct output output;
	output_open(&output, settings->out);
	struct batch batch = {.inputs = inputs, .settings = settings, .work = work, .deliver = deliver, .context = &output, .whole = true};
	bool whole = batch_run(&batch);
	if (!whole)
		output_drop(&output);
	int result = batch_exit(&batch, whole, false);
	if (output_close(&output, error) < 0)
		result = terminal_refuse(error);
	batch_release(&batch);
	return result;
}

static int run(const struct settings *settings) {
	return inputs_with(settings, annotate);
}

static const struct option_row own[] = {
	{'t', "to", OPTION_CHOICE, "FORM", "json timeml conll brat source document", offsetof(struct settings, output), 0,
		"what to print: json (the record), timeml (the text with its times marked), conll (a token a line), "
		"brat (standoff annotations), source (the text that spans point into), "
		"document (the cut)"},
	{'a', "as", OPTION_CHOICE, "FORM", "json timeml conll brat source document | text markdown html eml", offsetof(struct settings, output),
		offsetof(struct settings, form), "the same as --to; text, markdown, html and eml mean --from"},
	{'x', "explain", OPTION_FLAG, NULL, NULL, offsetof(struct settings, explain), 0,
		"a line for each time instead: its place, value, anchor and rule"},
	{'o', "output", OPTION_TEXT, "FILE", NULL, offsetof(struct settings, out), 0, "write to FILE, whole or not at all"},
	{0}};
static const struct option_row *const options[] = {options_input, own, options_talk, options_help_row, NULL};

const struct command command_annotate = {"annotate", "prints what a bulletin says, as one JSON object a document",
	"FILE|FOLDER|-...", options,
	"daybook annotate week.txt | jq '.scheduled[].title'   the coming events\n"
	"daybook annotate --explain week.txt                    why each time has its value\n"
	"daybook annotate --to timeml -o week.tml week.txt\n"
	"daybook annotate -o archive.jsonl 2026/               a folder, a line for each bulletin\n"
	"curl -s URL | daybook annotate --from html -          from standard input",
	run};
