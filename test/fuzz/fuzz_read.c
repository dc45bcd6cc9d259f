/* Reads any bytes as any form and looks whether what comes out keeps its promises: valid UTF-8, marks in order and
 * inside the text, places inside the file. The first byte says which form: t, m, h, e, x (TimeML) or any other (judged). */
#include "fuzz.h"

#include "base/error.h"
#include "base/utf8.h"
#include "read/source.h"

static void look_at_marks(const struct source *source) {
	for (uint32_t i = 0; i < source->marks.count; i++) {
		const struct mark *mark = &source->marks.at[i], *before = i ? mark - 1 : mark;
		PROMISE(mark->span.begin <= mark->span.end && mark->span.end <= source->text.len);
		PROMISE(before->span.begin <= mark->span.begin);
		PROMISE(before->span.begin < mark->span.begin || before->span.end >= mark->span.end);
		PROMISE(mark->kind <= MARK_HIDDEN);
		PROMISE(!mark->value.at || utf8_valid(mark->value, NULL));
	}
}

static void look_at_places(const struct source *source) {
	size_t step = source->text.len / 64 + 1;
	for (size_t at = 0; at <= source->text.len; at += step) {
		PROMISE(source_original(source, (uint32_t)at) <= source->original.len);
		struct place place = source_place(source, (uint32_t)at);
		PROMISE(place.line >= 1 && place.line <= source->lines.count && place.column >= 1);
		PROMISE(place.line_text.len <= source->page.len);
	}
}

/* Byte for byte, but that HTML takes a NUL for a space. */
static bool is_same(const char *text, const char *original, size_t len) {
	for (size_t i = 0; i < len; i++)
		if (text[i] != original[i] && !(text[i] == ' ' && original[i] == '\0'))
			return false;
	return true;
}

/* What an exact run covers is the same bytes in both. */
static void look_at_runs(const struct source *source) {
	for (uint32_t i = 0; i < source->runs.count; i++) {
		const struct source_run *run = &source->runs.at[i];
		uint32_t end = i + 1 < source->runs.count ? run[1].text : (uint32_t)source->text.len;
		PROMISE(i == 0 || run[-1].text < run->text);
		PROMISE(run->text <= end && end <= source->text.len && run->original <= source->original.len);
		if (!run->exact)
			continue;
		PROMISE(end - run->text <= source->original.len - run->original);
		PROMISE(is_same(source->text.at + run->text, source->original.at + run->original, end - run->text));
	}
}

static void look_at_suspects(const struct source *source) {
	for (uint32_t i = 0; i < source->suspects.count; i++) {
		const struct source_suspect *suspect = &source->suspects.at[i];
		PROMISE(suspect->span.begin < suspect->span.end && suspect->span.end <= source->text.len);
		PROMISE(suspect->reason.len > 0 && utf8_valid(suspect->reason, NULL));
		PROMISE(!suspect->repair.at || utf8_valid(suspect->repair, NULL));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
	struct source source;
	struct error error = {{0}, {0}};
	if (size == 0)
		return 0;
	struct str bytes = str_of((const char *)data + 1, size - 1);
	if (source_read(&source, STR("-"), bytes, fuzz_form((char)data[0]), &error) < 0) {
		PROMISE(error.message[0]);
		source_release(&source);
		return 0;
	}
	PROMISE(utf8_valid(source.text, NULL));
	look_at_marks(&source);
	look_at_places(&source);
	look_at_runs(&source);
	look_at_suspects(&source);
	source_release(&source);
	return 0;
}
