/* Mail (RFC 5322, MIME), through GMime: its headers, the fuller alternative of its text, and a map from
 * that text through charset and transfer encoding to the bytes of the file. */
#include <gmime/gmime.h>
#include <pthread.h>

#include "../base/utf8.h"
#include "reader.h"

enum { PARTS_LIMIT = 256, DEPTH_LIMIT = 64 };

/* A text part of the mail. */
struct piece {
	struct str text;
	struct source_map runs; /* text -> file */
	struct source_map page_runs; /* text -> page, for the suspects */
	struct decoded page;
	array_of(struct mark) marks;
	struct str date;
	uint32_t blocks, visible; /* visible: bytes that are not white space */
	bool is_html;
};

struct mail {
	struct source *source;
	struct arena *arena;
	array_of(struct piece) pieces;
	uint32_t attachments;
	struct error *error;
	bool failed;
};

/* ------------------------------------------------------------------ a part's text */

static uint32_t count_visible(struct str text) {
	uint32_t count = 0;
	for (size_t i = 0; i < text.len; i++)
		count += (unsigned char)text.at[i] > ' ';
	return count;
}

/* The bytes of the part in the file: GMime keeps where its stream begins and ends. */
static struct str raw_part(const struct mail *mail, GMimePart *part, uint32_t *base) {
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	GMimeStream *stream = content ? g_mime_data_wrapper_get_stream(content) : NULL;
	*base = 0;
	if (!stream)
		return STR("");
	size_t len = mail->source->original.len, begin = (size_t)stream->bound_start;
	size_t end = stream->bound_end < 0 ? len : (size_t)stream->bound_end;
	if (stream->bound_start < 0 || begin > len || end > len || end < begin)
		return STR("");
	*base = (uint32_t)begin;
	return str_of(mail->source->original.at + begin, end - begin);
}

static enum transfer transfer_of(GMimePart *part) {
	switch (g_mime_part_get_content_encoding(part)) {
	case GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE: return TRANSFER_QUOTED;
	case GMIME_CONTENT_ENCODING_BASE64: return TRANSFER_BASE64;
	default: return TRANSFER_PLAIN;
	}
}

static bool parameter_is(GMimePart *part, const char *name, const char *value) {
	const char *is = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), name);
	return is && g_ascii_strcasecmp(is, value) == 0;
}

static void read_page_of_html(struct mail *mail, struct piece *piece) {
	struct html html;
	if (html_extract(&html, mail->arena, piece->page.text, mail->error) < 0)
		mail->failed = true;
	piece->text = arena_copy(mail->arena, buf_str(&html.text));
	html_release(&html);
	piece->page_runs = html.runs;
	piece->marks.at = html.marks.at;
	piece->marks.count = html.marks.count;
	piece->date = html.date;
	piece->blocks = html.blocks;
}

static void read_part(struct mail *mail, GMimePart *part, bool is_html) {
	uint32_t base;
	struct piece piece = {.is_html = is_html};
	struct source_map to_file = {0}, to_bytes = {0};
	struct str raw = raw_part(mail, part, &base);
	struct str bytes = transfer_decode(mail->arena, raw, base, transfer_of(part), &to_file);
	const char *charset = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset");
	struct str declared = is_html ? html_charset(bytes) : STR_NULL;
	if (charset)
		declared = arena_copy(mail->arena, str_from(charset));
	if (encoding_check_text(bytes, mail->source->name, mail->error) < 0) {
		mail->failed = true;
		return;
	}
	encoding_decode(mail->arena, &piece.page, bytes, declared);
	if (is_html) {
		read_page_of_html(mail, &piece);
	} else if (parameter_is(part, "format", "flowed")) {
		piece.text = flowed_decode(mail->arena, piece.page.text, parameter_is(part, "delsp", "yes"), &piece.page_runs);
	} else {
		piece.text = piece.page.text;
	}
	uint32_t len = (uint32_t)piece.text.len;
	map_through(mail->arena, &to_bytes, 0, &piece.page_runs, len, &piece.page.runs);
	map_through(mail->arena, &piece.runs, 0, &to_bytes, len, &to_file);
	piece.visible = count_visible(piece.text);
	*array_push(mail->arena, &mail->pieces) = piece;
}

/* ------------------------------------------------------------------ which parts */

static void walk(struct mail *mail, GMimeObject *object, int depth);

struct fullness {
	uint32_t visible, blocks;
	bool is_html;
};

static struct fullness fullness_from(const struct mail *mail, uint32_t first) {
	struct fullness sum = {0};
	for (uint32_t i = first; i < mail->pieces.count; i++) {
		sum.visible += mail->pieces.at[i].visible;
		sum.blocks += mail->pieces.at[i].blocks;
		sum.is_html |= mail->pieces.at[i].is_html;
	}
	return sum;
}

/* HTML says more by its structure, unless it is a stub; plain text is longer for its written-out links. */
static bool is_fuller(struct fullness a, struct fullness than) {
	if (a.is_html == than.is_html || a.visible == 0 || than.visible == 0)
		return a.visible > than.visible;
	if (a.is_html)
		return a.blocks >= 2 && a.visible * 2ull >= than.visible;
	return !is_fuller(than, a);
}

static void walk_alternatives(struct mail *mail, GMimeMultipart *multipart, int depth) {
	uint32_t first = mail->pieces.count, best_count = 0;
	struct piece *best = NULL;
	struct fullness best_fullness = {0};
	for (int i = 0; i < g_mime_multipart_get_count(multipart); i++) {
		walk(mail, g_mime_multipart_get_part(multipart, i), depth + 1);
		struct fullness fullness = fullness_from(mail, first);
		uint32_t count = mail->pieces.count - first;
		if (count && (!best || is_fuller(fullness, best_fullness))) {
			best = arena_alloc(mail->arena, count * sizeof *best);
			memcpy(best, mail->pieces.at + first, count * sizeof *best);
			best_count = count;
			best_fullness = fullness;
		}
		mail->pieces.count = first;
	}
	for (uint32_t i = 0; i < best_count; i++)
		*array_push(mail->arena, &mail->pieces) = best[i];
}

static void walk_multipart(struct mail *mail, GMimeMultipart *multipart, int depth) {
	GMimeContentType *type = g_mime_object_get_content_type(GMIME_OBJECT(multipart));
	if (g_mime_content_type_is_type(type, "multipart", "alternative")) {
		walk_alternatives(mail, multipart, depth);
		return;
	}
	/* The first part of these is the text, the others belong to it. */
	bool one = g_mime_content_type_is_type(type, "multipart", "related") ||
		g_mime_content_type_is_type(type, "multipart", "signed");
	int count = g_mime_multipart_get_count(multipart);
	for (int i = 0; i < count && (!one || i == 0); i++)
		walk(mail, g_mime_multipart_get_part(multipart, i), depth + 1);
}

static void walk_part(struct mail *mail, GMimePart *part) {
	GMimeContentType *type = g_mime_object_get_content_type(GMIME_OBJECT(part));
	const char *disposition = g_mime_object_get_disposition(GMIME_OBJECT(part));
	bool is_html = g_mime_content_type_is_type(type, "text", "html") ||
		g_mime_content_type_is_type(type, "application", "xhtml+xml");
	bool is_plain = g_mime_content_type_is_type(type, "text", "plain") ||
		g_mime_content_type_is_type(type, "text", "markdown") || g_mime_content_type_is_type(type, "text", "enriched");
	if ((disposition && g_ascii_strcasecmp(disposition, "attachment") == 0) || (!is_html && !is_plain))
		mail->attachments++;
	else
		read_part(mail, part, is_html);
}

static void walk(struct mail *mail, GMimeObject *object, int depth) {
	if (depth > DEPTH_LIMIT && !mail->failed) {
		mail->failed = true;
		error_set(mail->error, "the mail's parts are nested more than %d deep", DEPTH_LIMIT);
	}
	if (mail->failed || !object)
		return;
	if (GMIME_IS_MULTIPART(object)) {
		walk_multipart(mail, GMIME_MULTIPART(object), depth);
	} else if (GMIME_IS_MESSAGE_PART(object)) {
		GMimeMessage *inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
		if (inner)
			walk(mail, g_mime_message_get_mime_part(inner), depth + 1);
	} else if (GMIME_IS_PART(object)) {
		walk_part(mail, GMIME_PART(object));
	}
}

/* ------------------------------------------------------------------ the mail */

/* The text of the pieces one behind the other, with a blank line between them. */
static void join(struct mail *mail) {
	struct source *source = mail->source;
	struct buf text = {0};
	for (uint32_t i = 0; i < mail->pieces.count; i++) {
		struct piece *piece = &mail->pieces.at[i];
		if (piece->text.len == 0)
			continue;
		if (text.len) {
			map_add(mail->arena, &source->runs, (uint32_t)text.len, map_at(&piece->runs, 0), false);
			buf_text(&text, "\n\n");
		}
		uint32_t begin = (uint32_t)text.len;
		buf_add(&text, piece->text);
		source->text = str_of("", text.len); /* its length, for suspects_add */
		struct source_map none = {0};
		map_through(mail->arena, &source->runs, begin, &piece->runs, (uint32_t)piece->text.len, &none);
		for (uint32_t k = 0; k < piece->marks.count; k++) {
			struct mark mark = piece->marks.at[k];
			mark.span = (struct span){mark.span.begin + begin, mark.span.end + begin};
			*array_push(mail->arena, &source->marks) = mark;
		}
		suspects_add(source, &piece->page, begin, &piece->page_runs);
		if (!source->encoding.at)
			source->encoding = piece->page.encoding;
	}
	source->text = arena_copy(mail->arena, buf_str(&text));
	buf_release(&text);
}

/* A header's text, trimmed, in UTF-8; null where there is none. */
static struct str header_text(struct mail *mail, const char *text) {
	struct str s = str_trim(str_from(text));
	if (!s.at || s.len == 0)
		return STR_NULL;
	struct decoded decoded;
	encoding_decode(mail->arena, &decoded, s, STR_NULL);
	return arena_copy(mail->arena, decoded.text);
}

static void read_headers(struct mail *mail, GMimeMessage *message) {
	struct source *source = mail->source;
	source->title = header_text(mail, g_mime_message_get_subject(message));
	source->from = header_text(mail, g_mime_object_get_header(GMIME_OBJECT(message), "From"));
	GDateTime *date = g_mime_message_get_date(message);
	if (date)
		source->date = arena_format(mail->arena, "%04d-%02d-%02d", g_date_time_get_year(date),
			g_date_time_get_month(date), g_date_time_get_day_of_month(date));
	else if (mail->pieces.count)
		source->date = mail->pieces.at[0].date;
}

static void start_gmime(void) {
	g_mime_init();
}

static GMimeMessage *parse(struct str bytes) {
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, start_gmime);
	GByteArray *array = g_byte_array_new_take((guint8 *)(uintptr_t)bytes.at, bytes.len);
	GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(array);
	g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	g_mime_parser_set_persist_stream(parser, TRUE);
	/* A mailbox of one mail begins with a "From " line. */
	if (str_starts(bytes, STR("From ")))
		g_mime_parser_set_format(parser, GMIME_FORMAT_MBOX);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
	g_object_unref(parser);
	g_object_unref(stream);
	g_byte_array_free(array, FALSE); /* lent: the bytes stay */
	return message;
}

/* GMime descends into parts of parts by calling itself: their number is limited before. */
static bool has_too_many_parts(struct str bytes) {
	static const char *const signs[] = {"boundary", "Boundary", "BOUNDARY", "essage/rfc822", NULL};
	unsigned count = 0;
	for (const char *const *sign = signs; *sign; sign++)
		for (size_t at = 0; count <= PARTS_LIMIT && (at = str_find(bytes, str_from(*sign), at)) != SIZE_MAX; at++)
			count++;
	return count > PARTS_LIMIT;
}

int read_mail(struct source *source, struct error *error) {
	struct mail mail = {.source = source, .arena = &source->arena, .error = error};
	int name_len = source->name.len < 512 ? (int)source->name.len : 512;
	if (encoding_check_text(source->original, source->name, error) < 0)
		return -1;
	if (has_too_many_parts(source->original))
		return error_set(error, "'%.*s' has more than %d parts inside parts", name_len, source->name.at, PARTS_LIMIT);
	GMimeMessage *message = parse(source->original);
	if (!message) {
		error_set(error, "'%.*s' is not a mail: it has no headers", name_len, source->name.at);
		return error_hint(error, "read it as text with --as text");
	}
	walk(&mail, g_mime_message_get_mime_part(message), 0);
	join(&mail);
	read_headers(&mail, message);
	g_object_unref(message);
	if (mail.failed)
		return -1;
	if (mail.pieces.count == 0 && mail.attachments) {
		error_set(error, "'%.*s' has no text, only attachments", name_len, source->name.at);
		return error_hint(error, "save the attachment that is the bulletin, as text or HTML");
	}
	if (!source->encoding.at)
		source->encoding = STR("us-ascii");
	furniture_mark(source);
	return 0;
}
