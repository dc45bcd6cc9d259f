/* PDF, through pdftotext and pdfinfo of Poppler, which are programs of their own: its licence is not ours. */
#include <stdio.h>
#include <unistd.h>

#include "import.h"

static bool judge(struct str name, struct str head) {
	size_t at = str_find(str_of(head.at, head.len < 1024 ? head.len : 1024), STR("%PDF-"), 0);
	return at == 0 || (at != SIZE_MAX && import_has_ending(name, STR(".pdf")));
}

/* Runs a program that reads a PDF from its standard input. */
static int run(struct importing *im, const char *const *arguments, struct stream *file, struct buf *out, struct error *error) {
	if (stream_seek(file, 0, SEEK_SET) < 0)
		return error_set(error, "cannot be read twice");
	return program_run((char *const *)(uintptr_t)arguments, file->fd, im->limits->document, im->limits->seconds, out, error);
}

/* The value of "Name:   value" among the lines. */
static struct str value_of(struct str lines, struct str name) {
	size_t at = str_starts(lines, name) ? 0 : SIZE_MAX;
	for (size_t from = 0; at == SIZE_MAX && (from = str_find(lines, STR("\n"), from)) != SIZE_MAX;)
		if (str_starts(str_of(lines.at + from + 1, lines.len - from - 1), name))
			at = from + 1;
		else
			from++;
	if (at == SIZE_MAX)
		return STR_NULL;
	at += name.len;
	size_t end = str_find(lines, STR("\n"), at);
	struct str value = str_trim(str_of(lines.at + at, (end == SIZE_MAX ? lines.len : end) - at));
	return value.len ? value : STR_NULL;
}

static void import_file(struct importing *im, struct stream *file) {
	static const char *const to_text[] = {"pdftotext", "-enc", "UTF-8", "-eol", "unix", "-nopgbrk", "-", "-", NULL};
	static const char *const to_info[] = {"pdfinfo", "-enc", "UTF-8", "-isodates", "-", NULL};
	struct buf text = {0}, info = {0};
	struct error error = {0};
	struct arena arena;
	arena_init(&arena);
	if (run(im, to_text, file, &text, &error) < 0) {
		import_refuse(im, error.hint[0] ? error.hint : NULL, "%s", error.message);
	} else if (str_trim(buf_str(&text)).len == 0) {
		import_refuse(im, "if it is a scan, have its letters recognised first (as ocrmypdf does)", "has no text");
	} else {
		struct str about = run(im, to_info, file, &info, &error) == 0 ? buf_str(&info) : STR("");
		import_hand(im, &(struct imported){.title = value_of(about, STR("Title:")), .author = value_of(about, STR("Author:")),
			.date = import_date(&arena, value_of(about, STR("CreationDate:"))), .form = SOURCE_TEXT, .bytes = buf_str(&text)});
	}
	arena_release(&arena);
	buf_release(&text);
	buf_release(&info);
}

static void import_pdf(struct importing *im, struct stream *stream, struct str name, bool sure) {
	struct stream spooled = {.fd = -1};
	struct error error = {0};
	(void)name, (void)sure;
	if (stream_can_seek(stream))
		import_file(im, stream);
	else if (stream_spool(stream, im->limits->unpacked, &spooled, &error) < 0)
		import_refuse(im, NULL, "%s", error.message);
	else
		import_file(im, &spooled);
	stream_close(&spooled);
}

const struct import_kind import_kind_pdf = {judge, import_pdf};
