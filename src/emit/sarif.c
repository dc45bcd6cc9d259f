/* Diagnostics of many records as SARIF 2.1.0 (OASIS, 2020): one run, its rules, artifacts and results. */
#include "emit.h"

#include "../base/hash.h"

struct sarif {
	struct buf *out;
	const struct record *record;
	uint32_t artifact; /* the record's number */
};

/* SARIF has no level for a rule that is off. */
static const char *level(uint8_t severity) {
	return severity == SEVERITY_OFF ? "none" : severity_name(severity);
}

static void add_message(struct buf *out, const char *key, struct str text) {
	buf_format(out, "\"%s\":{\"text\":", key);
	buf_json(out, text);
	buf_byte(out, '}');
}

/* A path as a relative URI (RFC 3986 §4.2): each segment percent-encoded, the slashes kept. */
static void add_uri(struct buf *out, struct str path) {
	buf_byte(out, '"');
	for (size_t at = 0; at <= path.len;) {
		const char *slash = memchr(path.at + at, '/', path.len - at);
		size_t end = slash ? (size_t)(slash - path.at) : path.len;
		buf_percent(out, str_of(path.at + at, end - at));
		if (slash)
			buf_byte(out, '/');
		at = end + 1;
	}
	buf_byte(out, '"');
}

static void add_artifact_location(struct sarif *s) {
	buf_text(s->out, "\"artifactLocation\":{\"uri\":");
	add_uri(s->out, s->record->source->name);
	buf_format(s->out, ",\"index\":%u}", s->artifact);
}

static void add_region(struct sarif *s, const char *key, struct span span) {
	const struct source *source = s->record->source;
	struct place from = source_place(source, span.begin), to = source_place(source, span.end);
	uint32_t begin = source_original(source, span.begin), end = source_original(source, span.end);
	buf_format(s->out, "\"%s\":{\"startLine\":%u,\"startColumn\":%u,\"endLine\":%u,\"endColumn\":%u,\"byteOffset\":%u,\"byteLength\":%u}",
		key, from.line, from.column, to.line, to.column, begin, end > begin ? end - begin : 0);
}

static void add_physical(struct sarif *s, struct span span) {
	buf_text(s->out, "\"physicalLocation\":{");
	add_artifact_location(s);
	buf_byte(s->out, ',');
	add_region(s, "region", span);
	buf_byte(s->out, '}');
}

static void add_related(struct sarif *s, const struct diagnostic *d) {
	if (!d->related.count)
		return;
	buf_text(s->out, ",\"relatedLocations\":[");
	for (uint32_t i = 0; i < d->related.count; i++) {
		buf_format(s->out, "%s{\"id\":%u,", i ? "," : "", i + 1);
		add_physical(s, d->related.at[i].span);
		buf_byte(s->out, ',');
		add_message(s->out, "message", d->related.at[i].message);
		buf_byte(s->out, '}');
	}
	buf_byte(s->out, ']');
}

static void add_fix(struct sarif *s, const struct diagnostic *d) {
	if (!d->fix_title.at)
		return;
	buf_text(s->out, ",\"fixes\":[{");
	add_message(s->out, "description", d->fix_title);
	buf_text(s->out, ",\"artifactChanges\":[{");
	add_artifact_location(s);
	buf_text(s->out, ",\"replacements\":[");
	for (uint32_t i = 0; i < d->edits.count; i++) {
		buf_text(s->out, i ? ",{" : "{");
		add_region(s, "deletedRegion", d->edits.at[i].span);
		buf_byte(s->out, ',');
		add_message(s->out, "insertedContent", d->edits.at[i].text);
		buf_byte(s->out, '}');
	}
	buf_text(s->out, "]}]}]");
}

/* What stays the same when other lines change: the code and the words that it is about. */
static void add_fingerprint(struct sarif *s, const struct diagnostic *d) {
	struct str line = str_trim(source_place(s->record->source, d->span.begin).line_text);
	uint64_t words = hash_bytes(line), about = hash_bytes(str_at(s->record->source->text, d->span));
	buf_format(s->out, ",\"partialFingerprints\":{\"daybook/v1\":\"%016llx\"}",
		(unsigned long long)(words ^ (about * 31) ^ (hash_bytes(str_from(diagnostic_kind(d->code)->code)) * 131)));
}

static void add_result(struct sarif *s, const struct diagnostic *d) {
	buf_format(s->out, "{\"ruleId\":\"%s\",\"ruleIndex\":%u,\"level\":\"%s\",", diagnostic_kind(d->code)->code, d->code,
		level(d->severity));
	add_message(s->out, "message", d->message);
	buf_text(s->out, ",\"locations\":[{");
	add_physical(s, d->span);
	buf_text(s->out, "}]");
	add_related(s, d);
	add_fix(s, d);
	add_fingerprint(s, d);
	buf_byte(s->out, '}');
}

static void add_rules(struct buf *out) {
	buf_text(out, "\"rules\":[");
	for (int i = 0; i < DIAGNOSTIC_COUNT; i++) {
		const struct diagnostic_kind *kind = diagnostic_kind((enum diagnostic_code)i);
		buf_format(out, "%s{\"id\":\"%s\",", i ? "," : "", kind->code);
		add_message(out, "shortDescription", str_from(kind->summary));
		buf_format(out, ",\"help\":{\"text\":\"daybook explain %s\"},\"defaultConfiguration\":{\"level\":\"%s\"}}", kind->code,
			level(kind->severity));
	}
	buf_byte(out, ']');
}

static void add_artifacts(const struct record *const *records, uint32_t count, struct buf *out) {
	buf_text(out, ",\"artifacts\":[");
	for (uint32_t i = 0; i < count; i++) {
		const struct source *source = records[i]->source;
		char digest[65];
		hash_sha256(source->original, digest);
		buf_text(out, i ? ",{\"location\":{\"uri\":" : "{\"location\":{\"uri\":");
		add_uri(out, source->name);
		buf_format(out, "},\"length\":%zu,\"mimeType\":", source->original.len);
		buf_json(out, source->media_type);
		buf_format(out, ",\"hashes\":{\"sha-256\":\"%s\"}}", digest);
	}
	buf_byte(out, ']');
}

void emit_sarif(const struct record *const *records, uint32_t count, struct buf *out) {
	buf_text(out, "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{"
				  "\"tool\":{\"driver\":{\"name\":\"daybook\",\"version\":\"" DAYBOOK_VERSION "\",");
	add_rules(out);
	buf_text(out, "}},\"invocations\":[{\"executionSuccessful\":true}],\"columnKind\":\"unicodeCodePoints\"");
	add_artifacts(records, count, out);
	buf_text(out, ",\"results\":[");
	bool first = true;
	for (uint32_t i = 0; i < count; i++) {
		struct sarif s = {out, records[i], i};
		for (uint32_t n = 0; n < records[i]->diagnostics.count; n++) {
			if (!first)
				buf_byte(out, ',');
			first = false;
			add_result(&s, &records[i]->diagnostics.at[n]);
		}
	}
	buf_text(out, "]}]}\n");
}
