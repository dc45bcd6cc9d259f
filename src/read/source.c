#include "source.h"

#include "../base/error.h"
#include "../base/file.h"
#include "../base/utf8.h"
#include "reader.h"

/* Columns are kept this often inside a line, so that a place in a line of many megabytes costs no more
 * than one in a short line. */
enum { STRETCH = 4096 };

static void index_columns(struct source *source, uint32_t begin, uint32_t end) {
	uint32_t column = 1;
	for (uint32_t at = begin; end - at > STRETCH;) {
		uint32_t next = at + STRETCH;
		while (next > at && ((unsigned char)source->page.at[next] & 0xC0) == 0x80)
			next--;
		if (next == at)
			next = at + STRETCH; /* not UTF-8 anyway */
		column += (uint32_t)utf8_count(str_of(source->page.at + at, next - at));
		*array_push(&source->arena, &source->columns) = (struct source_column){next, column};
		at = next;
	}
}

static void add_line(struct source *source, uint32_t begin, uint32_t end) {
	*array_push(&source->arena, &source->lines) = begin;
	if (end - begin > STRETCH)
		index_columns(source, begin, end);
}

/* The first `byte` in [at, end), or end. */
static const char *find_byte(const char *at, const char *end, char byte) {
	const char *found = at < end ? memchr(at, byte, (size_t)(end - at)) : NULL;
	return found ? found : end;
}

/* A line ends with LF, CRLF or CR alone. */
void lines_index(struct source *source) {
	const char *text = source->page.at, *end = text + source->page.len, *begin = text;
	const char *lf = find_byte(begin, end, '\n'), *cr = find_byte(begin, end, '\r');
	while (begin < end) {
		if (lf < begin)
			lf = find_byte(begin, end, '\n');
		if (cr < begin)
			cr = find_byte(begin, end, '\r');
		const char *stop = cr + 1 == lf || lf < cr ? lf : cr;
		add_line(source, (uint32_t)(begin - text), (uint32_t)(stop - text));
		begin = stop + 1;
	}
	if (source->lines.count == 0 || end[-1] == '\n' || end[-1] == '\r')
		add_line(source, (uint32_t)source->page.len, (uint32_t)source->page.len);
}

static const char *media_type(enum source_form form) {
	switch (form) {
	case SOURCE_MARKDOWN: return "text/markdown";
	case SOURCE_HTML: return "text/html";
	case SOURCE_MAIL: return "message/rfc822";
	case SOURCE_TIMEML: return "application/xml";
	default: return "text/plain";
	}
}

void suspects_add(struct source *source, const struct decoded *page, uint32_t text, const struct source_map *runs) {
	for (uint32_t i = 0; i < page->suspects.count; i++) {
		struct source_suspect suspect = page->suspects.at[i];
		suspect.span.begin = text + map_back(runs, suspect.span.begin);
		suspect.span.end = text + map_back(runs, suspect.span.end);
		if (!span_empty(suspect.span) && suspect.span.end <= source->text.len)
			*array_push(&source->arena, &source->suspects) = suspect;
	}
}

/* Reads the file as UTF-8 and then by its form. */
static int read_page(struct source *source, enum source_form form, struct error *error) {
	struct decoded page;
	if (encoding_check_text(source->original, source->name, error) < 0)
		return -1;
	struct str declared = form == SOURCE_HTML || form == SOURCE_TIMEML ? html_charset(source->original) : STR_NULL;
	encoding_decode(&source->arena, &page, source->original, declared);
	source->page = page.text;
	source->page_runs = page.runs;
	source->encoding = page.encoding;
	lines_index(source);
	struct source_map runs = {0}; /* text -> page */
	int result = form == SOURCE_HTML ? read_html(source, &runs, error) :
		form == SOURCE_TIMEML ? read_timeml(source, &runs, error) :
		form == SOURCE_MARKDOWN ? read_markdown(source, error) : read_text(source, error);
	if (result == 0)
		suspects_add(source, &page, 0, &runs);
	return result;
}

static int read_form(struct source *source, enum source_form form, struct error *error) {
	if (form != SOURCE_MAIL)
		return read_page(source, form, error);
	source->page = source->original; /* a container: its parts have encodings of their own */
	lines_index(source);
	return read_mail(source, error);
}

int source_read(struct source *source, struct str name, struct str bytes, enum source_form form, struct error *error) {
	*source = (struct source){.original = bytes.at ? bytes : STR("")};
	if (bytes.len > FILE_LIMIT)
		return error_set(error, "'%.*s' is too large: more than %zu MB", (int)name.len, name.at, FILE_LIMIT >> 20);
	arena_init(&source->arena);
	source->name = arena_copy(&source->arena, name);
	if (form == SOURCE_UNKNOWN)
		form = form_judge(source->name, source->original);
	source->media_type = str_from(media_type(form));
	if (read_form(source, form, error) < 0) {
		source_release(source);
		return -1;
	}
	damage_find(source);
	return 0;
}

void source_release(struct source *source) {
	arena_release(&source->arena);
	*source = (struct source){0};
}

uint32_t source_original(const struct source *source, uint32_t at) {
	return map_at(&source->runs, at);
}

/* The index of the line that `at` is in. */
static uint32_t line_index(const struct source *source, uint32_t at) {
	uint32_t low = 0, high = source->lines.count;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (source->lines.at[middle] <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* The last known column between `begin` (column 1) and `at`. */
static struct source_column known_column(const struct source *source, uint32_t begin, uint32_t at) {
	struct source_column known = {begin, 1};
	uint32_t low = 0, high = source->columns.count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (source->columns.at[middle].at <= at)
			low = middle + 1;
		else
			high = middle;
	}
	if (low > 0 && source->columns.at[low - 1].at > begin)
		known = source->columns.at[low - 1];
	return known;
}

struct place source_place(const struct source *source, uint32_t at) {
	if (source->lines.count == 0)
		return (struct place){1, 1, STR("")};
	uint32_t len = (uint32_t)source->page.len;
	uint32_t position = map_back(&source->page_runs, source_original(source, at));
	if (position > len)
		position = len;
	uint32_t line = line_index(source, position), begin = source->lines.at[line];
	uint32_t end = line + 1 < source->lines.count ? source->lines.at[line + 1] : len;
	while (end > begin && (source->page.at[end - 1] == '\n' || source->page.at[end - 1] == '\r'))
		end--;
	struct source_column known = known_column(source, begin, position);
	uint32_t column = known.column + (uint32_t)utf8_count(str_of(source->page.at + known.at, position - known.at));
	return (struct place){line + 1, column, str_of(source->page.at + begin, end - begin)};
}
