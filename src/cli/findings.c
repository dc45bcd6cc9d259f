#include "findings.h"

#include <stdio.h>

void findings_count(struct findings *findings, const struct record *record) {
	uint32_t before = findings->errors + findings->warnings;
	for (uint32_t i = 0; i < record->diagnostics.count; i++) {
		const struct diagnostic *d = &record->diagnostics.at[i];
		findings->errors += d->severity == SEVERITY_ERROR;
		findings->warnings += d->severity == SEVERITY_WARNING;
		findings->notes += d->severity == SEVERITY_NOTE;
		findings->fixes += d->edits.count > 0;
	}
	findings->files += findings->errors + findings->warnings > before;
}

bool findings_any(const struct findings *findings) {
	return findings->errors + findings->warnings > 0;
}

static const char *plural(uint32_t count) {
	return count == 1 ? "" : "s";
}

void findings_say(const struct findings *f) {
	if (!findings_any(f))
		return;
	fprintf(stderr, "%u error%s, %u warning%s", f->errors, plural(f->errors), f->warnings, plural(f->warnings));
	if (f->files > 1)
		fprintf(stderr, " in %u files", f->files);
	if (f->fixes)
		fprintf(stderr, "; daybook fix mends %u", f->fixes);
	fputc('\n', stderr);
}

void findings_hide_notes(struct record *record, bool verbose) {
	if (verbose)
		return;
	uint32_t kept = 0;
	for (uint32_t i = 0; i < record->diagnostics.count; i++)
		if (record->diagnostics.at[i].severity != SEVERITY_NOTE)
			record->diagnostics.at[kept++] = record->diagnostics.at[i];
	record->diagnostics.count = kept;
}
