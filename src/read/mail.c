/* Mail (RFC 5322, MIME), through GMime: its headers, the fuller alternative of its text, and a map from
 * that text through charset and transfer encoding to the bytes of the file. */
#include "../base/utf8.h"
#include "gmime.h"
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
	const struct gmime *gmime;
	struct source *source;
	struct arena *arena;
	array_of(struct piece) pieces;
	uint32_t attachments;
	GMimeMessage *inside; /* the mail that this one forwards, saying nothing itself */
	uint32_t messages;    /* mails inside */
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
	GMimeDataWrapper *content = mail->gmime->part_get_content(part);
	GMimeStream *stream = content ? mail->gmime->data_wrapper_get_stream(content) : NULL;
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

static enum transfer transfer_of(const struct mail *mail, GMimePart *part) {
	switch (mail->gmime->part_get_content_encoding(part)) {
	case GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE: return TRANSFER_QUOTED;
	case GMIME_CONTENT_ENCODING_BASE64: return TRANSFER_BASE64;
	default: return TRANSFER_PLAIN;
	}
}

static bool parameter_is(const struct mail *mail, GMimePart *part, const char *name, const char *value) {
	const char *is = mail->gmime->object_get_content_type_parameter((GMimeObject *)part, name);
	return is && str_equal_nocase(str_from(is), str_from(value));
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
	struct str bytes = transfer_decode(mail->arena, raw, base, transfer_of(mail, part), &to_file);
	const char *charset = mail->gmime->object_get_content_type_parameter((GMimeObject *)part, "charset");
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
	} else if (parameter_is(mail, part, "format", "flowed")) {
		piece.text = flowed_decode(mail->arena, piece.page.text, parameter_is(mail, part, "delsp", "yes"), &piece.page_runs);
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
	for (int i = 0; i < mail->gmime->multipart_get_count(multipart); i++) {
		walk(mail, mail->gmime->multipart_get_part(multipart, i), depth + 1);
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
	GMimeContentType *type = mail->gmime->object_get_content_type((GMimeObject *)multipart);
	if (mail->gmime->content_type_is_type(type, "multipart", "alternative")) {
		walk_alternatives(mail, multipart, depth);
		return;
	}
	/* The first part of these is the text, the others belong to it. */
	bool one = mail->gmime->content_type_is_type(type, "multipart", "related") ||
		mail->gmime->content_type_is_type(type, "multipart", "signed");
	int count = mail->gmime->multipart_get_count(multipart);
	for (int i = 0; i < count && (!one || i == 0); i++)
		walk(mail, mail->gmime->multipart_get_part(multipart, i), depth + 1);
}

static void walk_part(struct mail *mail, GMimePart *part) {
	GMimeContentType *type = mail->gmime->object_get_content_type((GMimeObject *)part);
	const char *disposition = mail->gmime->object_get_disposition((GMimeObject *)part);
	bool is_html = mail->gmime->content_type_is_type(type, "text", "html") ||
		mail->gmime->content_type_is_type(type, "application", "xhtml+xml");
	bool is_plain = mail->gmime->content_type_is_type(type, "text", "plain") ||
		mail->gmime->content_type_is_type(type, "text", "markdown") ||
		mail->gmime->content_type_is_type(type, "text", "enriched");
	if (str_equal_nocase(str_from(disposition), STR("attachment")) || (!is_html && !is_plain))
		mail->attachments++;
	else
		read_part(mail, part, is_html);
}

static bool is_a(const struct mail *mail, GMimeObject *object, GType (*get_type)(void)) {
	return mail->gmime->is_a((GTypeInstance *)object, get_type());
}

static void walk(struct mail *mail, GMimeObject *object, int depth) {
	if (depth > DEPTH_LIMIT && !mail->failed) {
		mail->failed = true;
		error_set(mail->error, "the mail's parts are nested more than %d deep", DEPTH_LIMIT);
	}
	if (mail->failed || !object)
		return;
	if (is_a(mail, object, mail->gmime->multipart_get_type)) {
		walk_multipart(mail, (GMimeMultipart *)object, depth);
	} else if (is_a(mail, object, mail->gmime->message_part_get_type)) {
		GMimeMessage *inner = mail->gmime->message_part_get_message((GMimeMessagePart *)object);
		if (inner && mail->messages++ == 0 && fullness_from(mail, 0).visible == 0)
			mail->inside = inner;
		if (inner)
			walk(mail, mail->gmime->message_get_mime_part(inner), depth + 1);
	} else if (is_a(mail, object, mail->gmime->part_get_type)) {
		walk_part(mail, (GMimePart *)object);
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
	source->title = header_text(mail, mail->gmime->message_get_subject(message));
	source->from = header_text(mail, mail->gmime->object_get_header((GMimeObject *)message, "From"));
	GDateTime *date = mail->gmime->message_get_date(message);
	if (date)
		source->date = arena_format(mail->arena, "%04d-%02d-%02d", mail->gmime->date_year(date),
			mail->gmime->date_month(date), mail->gmime->date_day(date));
	else if (mail->pieces.count)
		source->date = mail->pieces.at[0].date;
}

static GMimeMessage *parse(const struct gmime *gmime, struct str bytes) {
	GByteArray *array = gmime->bytes_lend((guint8 *)(uintptr_t)bytes.at, bytes.len);
	GMimeStream *stream = gmime->stream_mem_new_with_byte_array(array);
	gmime->stream_mem_set_owner((GMimeStreamMem *)stream, FALSE);
	GMimeParser *parser = gmime->parser_new_with_stream(stream);
	gmime->parser_set_persist_stream(parser, TRUE);
	/* A mailbox of one mail begins with a "From " line. */
	if (str_starts(bytes, STR("From ")))
		gmime->parser_set_format(parser, GMIME_FORMAT_MBOX);
	GMimeMessage *message = gmime->parser_construct_message(parser, NULL);
	gmime->unref(parser);
	gmime->unref(stream);
	gmime->bytes_free(array, FALSE); /* lent: the bytes stay */
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
	if (encoding_check_text(source->original, source->name, error) < 0 || !(mail.gmime = gmime_open(error)))
		return -1;
	if (has_too_many_parts(source->original))
		return error_set(error, "'%.*s' has more than %d parts inside parts", name_len, source->name.at, PARTS_LIMIT);
	GMimeMessage *message = parse(mail.gmime, source->original);
	if (!message) {
		error_set(error, "'%.*s' is not a mail: it has no headers", name_len, source->name.at);
		return error_hint(error, "read it as text with --as text");
	}
	walk(&mail, mail.gmime->message_get_mime_part(message), 0);
	join(&mail);
	read_headers(&mail, mail.inside && mail.messages == 1 ? mail.inside : message);
	mail.gmime->unref(message);
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
