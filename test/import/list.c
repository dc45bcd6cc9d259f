/* Prints what an importer finds in PATH, a line of JSON for each document and each failure: list PATH [DOCUMENT-LIMIT].
 * With DOCUMENT-LIMIT "records" it prints the documents' records instead. */
#include <stdio.h>
#include <stdlib.h>

#include "../../src/daybook.h"
#include "base/buf.h"
#include "emit/emit.h"
#include "read/importer.h"

static const char *const forms[] = {"unknown", "text", "markdown", "html", "mail", "timeml"};

static void put(struct buf *line, const char *name, struct str value) {
	buf_format(line, "%s\"%s\":", line->len ? "," : "{", name);
	buf_json(line, value);
}

static void print(struct buf *line) {
	buf_text(line, "}\n");
	fwrite(line->at, 1, line->len, stdout);
	buf_release(line);
}

static bool take(void *user, const struct imported *document) {
	(void)user;
	struct buf line = {0};
	put(&line, "origin", document->origin);
	put(&line, "url", document->url);
	put(&line, "title", document->title);
	put(&line, "date", document->date);
	put(&line, "author", document->author);
	put(&line, "form", str_from(forms[document->form]));
	put(&line, "bytes", document->bytes);
	print(&line);
	return true;
}

static bool failed(void *user, struct str origin, const struct error *error) {
	(void)user;
	struct buf line = {0};
	put(&line, "origin", origin);
	put(&line, "error", str_from(error->message));
	put(&line, "hint", str_from(error->hint));
	print(&line);
	return true;
}

struct compiler {
	struct house house;
	struct zones *zones;
};

static bool compile_document(void *compiler, const struct imported *document) {
	struct compiler *c = compiler;
	struct compilation compilation;
	struct error error = {0};
	struct buf line = {0};
	if (compile_imported(true, &compilation, document, &c->house, c->zones, &error) < 0)
		return failed(NULL, document->origin, &error);
	emit_json(&compilation.record, c->zones, &line);
	fwrite(line.at, 1, line.len, stdout);
	buf_release(&line);
	compilation_release(&compilation);
	return true;
}

static void print_records(const char *path) {
	struct compiler compiler = {.zones = zones_open()};
	house_init(&compiler.house);
	import_path(path, SOURCE_UNKNOWN, &import_limits_usual, compile_document, failed, &compiler);
	house_release(&compiler.house);
	zones_close(compiler.zones);
}

int main(int count, char **arguments) {
	struct import_limits limits = import_limits_usual;
	if (count < 2)
		return 2;
	if (count > 2 && strcmp(arguments[2], "records") == 0) {
		print_records(arguments[1]);
		return 0;
	}
	if (count > 2)
		limits.download = limits.document = strtoul(arguments[2], NULL, 10);
	import_path(arguments[1], SOURCE_UNKNOWN, &limits, take, failed, NULL);
	return 0;
}
