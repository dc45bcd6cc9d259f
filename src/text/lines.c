/* The cut into lines. */
#include "cut.h"

#include "../base/utf8.h"

enum { TAB = 8 };

/* The columns of white space in [at, end). */
static uint16_t indent_columns(const char *at, const char *end) {
	uint32_t columns = 0;
	while (at < end && columns < UINT16_MAX - TAB) {
		int length;
		uint32_t code = utf8_decode(at, end, &length);
		if (code == '\t')
			columns += TAB - columns % TAB;
		else
			columns += code != 0xFEFF && code != 0x200B && code != '\r';
		at += length;
	}
	return (uint16_t)columns;
}

/* The first `byte` in [at, end), or end. */
static const char *find_byte(const char *at, const char *end, char byte) {
	const char *found = at < end ? memchr(at, byte, (size_t)(end - at)) : NULL;
	return found ? found : end;
}

static bool is_plain(char c) {
	return c > ' ' && c < 0x7F;
}

/* How many `>` stand before the words of a quoted line; moves *span behind them. */
static uint16_t skip_quote(const struct document *d, struct span *span) {
	uint16_t depth = 0;
	if (str_equal(d->source->media_type, STR("text/markdown")) || str_equal(d->source->media_type, STR("text/html")))
		return 0;
	while (!span_empty(*span) && d->text.at[span->begin] == '>' && depth < UINT16_MAX) {
		depth++;
		span->begin++;
		while (!span_empty(*span) && d->text.at[span->begin] == ' ')
			span->begin++;
	}
	return depth;
}

static void add_line(struct document *d, const char *at, const char *end) {
	struct span whole = {(uint32_t)(at - d->text.at), (uint32_t)(end - d->text.at)};
	struct span span = whole;
	if (at < end && !(is_plain(*at) && is_plain(end[-1])))
		span = span_trim(d->text, whole);
	uint16_t quote = skip_quote(d, &span);
	*array_push(d->arena, &d->lines) = (struct line){
		.span = span,
		.block = UINT32_MAX,
		.indent = indent_columns(at, d->text.at + span.begin),
		.quote = quote,
	};
}

/* A line ends with LF, CR or CRLF, which is not part of it. */
void cut_lines(struct document *d) {
	const char *at = d->text.at, *end = at + d->text.len;
	const char *feed = find_byte(at, end, '\n'), *ret = find_byte(at, end, '\r');
	while (at < end) {
		feed = feed < at ? find_byte(at, end, '\n') : feed;
		ret = ret < at ? find_byte(at, end, '\r') : ret;
		const char *stop = feed < ret ? feed : ret;
		add_line(d, at, stop);
		at = stop;
		if (at < end)
			at += at[0] == '\r' && at + 1 < end && at[1] == '\n' ? 2 : 1;
	}
}
