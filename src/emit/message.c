#include "message.h"

#include "../base/library.h"

#include <gmime/gmime.h>
#include <stdlib.h>

/* The functions of GMime that are called here, opened when a mail is written: the name here, the name there. */
#define MAIL_FUNCTIONS(F) \
	F(init, g_mime_init) \
	F(addresses, g_mime_message_get_addresses) \
	F(address_list_add, internet_address_list_add) \
	F(free, g_free) \
	F(group_new, internet_address_group_new) \
	F(mailbox_new, internet_address_mailbox_new) \
	F(message_new, g_mime_message_new) \
	F(multipart_add, g_mime_multipart_add) \
	F(multipart_new, g_mime_multipart_new_with_subtype) \
	F(options_free, g_mime_format_options_free) \
	F(options_new, g_mime_format_options_new) \
	F(data_new, g_mime_data_wrapper_new_with_stream) \
	F(set_boundary, g_mime_multipart_set_boundary) \
	F(set_disposition, g_mime_object_set_disposition) \
	F(set_encoding, g_mime_part_set_content_encoding) \
	F(set_filename, g_mime_part_set_filename) \
	F(set_header, g_mime_object_set_header) \
	F(set_message_id, g_mime_message_set_message_id) \
	F(set_mime_part, g_mime_message_set_mime_part) \
	F(set_newlines, g_mime_format_options_set_newline_format) \
	F(set_parameter, g_mime_object_set_content_type_parameter) \
	F(set_subject, g_mime_message_set_subject) \
	F(set_charset, internet_address_set_charset) \
	F(set_content, g_mime_part_set_content) \
	F(stream_new, g_mime_stream_mem_new_with_buffer) \
	F(text_new, g_mime_text_part_new_with_subtype) \
	F(to_string, g_mime_object_to_string) \
	F(unref, g_object_unref)

struct mail_library {
	MAIL_FUNCTIONS(LIBRARY_POINTER)
};

static struct mail_library functions;

static void start(void) {
	functions.init();
}

static int open_library(struct mail_library *library, struct error *error) {
	static const char *const names[] = {MAIL_FUNCTIONS(LIBRARY_NAME) NULL};
	static struct library gmime = {"libgmime-3.0.so.0", names, &functions, start, false};
	if (library_open(&gmime, error) < 0)
		return -1;
	*library = functions;
	return 0;
}

struct message_writer {
	struct mail_library g;
	GMimeFormatOptions *options;
	struct buf encoded;
};

struct message_writer *message_writer_open(struct error *error) {
	struct message_writer *writer = memory_get(sizeof *writer);
	*writer = (struct message_writer){0};
	if (open_library(&writer->g, error) < 0) {
		free(writer);
		return NULL;
	}
	writer->options = writer->g.options_new();
	writer->g.set_newlines(writer->options, GMIME_NEWLINE_FORMAT_DOS);
	return writer;
}

void message_writer_close(struct message_writer *writer) {
	writer->g.options_free(writer->options);
	buf_release(&writer->encoded);
	free(writer);
}

/* ---- the head ---- */

static void set_addresses(struct message_writer *w, GMimeMessage *to, const struct message *message) {
	InternetAddress *from = w->g.mailbox_new(message->from.at, message->email.at);
	InternetAddress *readers = w->g.group_new("Readers");
	w->g.set_charset(from, "utf-8");
	w->g.address_list_add(w->g.addresses(to, GMIME_ADDRESS_TYPE_FROM), from);
	w->g.address_list_add(w->g.addresses(to, GMIME_ADDRESS_TYPE_TO), readers);
	w->g.unref(from);
	w->g.unref(readers);
}

static void set_head(struct message_writer *w, GMimeMessage *to, const struct message *message) {
	set_addresses(w, to, message);
	w->g.set_subject(to, message->subject.at, "utf-8");
	w->g.set_message_id(to, message->id.at);
	for (uint32_t i = 0; i < message->fields.count; i++)
		w->g.set_header((GMimeObject *)to, message->fields.at[i].name.at, message->fields.at[i].value.at, "utf-8");
}

/* ---- the parts ---- */

#define ENCODED_MOST 76 /* RFC 2045 §6.7 (5) */

/* The bytes of text as quoted-printable, its line ends as CRLF. GMime's own encoder makes lines of 77 where one ends with a
 * space. */
static void add_quoted(struct buf *out, struct str text) {
	static const char digits[] = "0123456789ABCDEF";
	size_t begin = out->len;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];
		bool last = i + 1 == text.len || text.at[i + 1] == '\n' || text.at[i + 1] == '\r';
		if (c == '\r')
			continue;
		if (c == '\n') {
			buf_text(out, "\r\n");
			begin = out->len;
			continue;
		}
		bool plain = (c > ' ' && c < 0x7F && c != '=') || (c == ' ' && !last);
		if (out->len - begin + (plain ? 1 : 3) + !last > ENCODED_MOST) {
			buf_text(out, "=\r\n");
			begin = out->len;
		}
		if (plain) {
			buf_byte(out, (char)c);
		} else {
			char escape[] = {'=', digits[c >> 4], digits[c & 15]};
			buf_add(out, str_of(escape, 3));
		}
	}
}

/* A part whose bytes are encoded already. */
static GMimeObject *text_part(struct message_writer *w, const char *subtype, struct str encoded, GMimeContentEncoding encoding) {
	GMimeTextPart *part = w->g.text_new(subtype);
	GMimeStream *stream = w->g.stream_new(encoded.at, encoded.len);
	GMimeDataWrapper *content = w->g.data_new(stream, encoding);
	w->g.set_content((GMimePart *)part, content);
	w->g.set_encoding((GMimePart *)part, encoding);
	w->g.set_parameter((GMimeObject *)part, "charset", "utf-8");
	w->g.unref(content);
	w->g.unref(stream);
	return (GMimeObject *)part;
}

static GMimeObject *quoted_part(struct message_writer *w, const char *subtype, struct str text) {
	buf_clear(&w->encoded);
	add_quoted(&w->encoded, text);
	return text_part(w, subtype, buf_str(&w->encoded), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
}

static GMimeMultipart *multipart(struct message_writer *w, const char *subtype, struct str boundary) {
	GMimeMultipart *multipart = w->g.multipart_new(subtype);
	w->g.set_boundary(multipart, boundary.at);
	return multipart;
}

static void add_part(struct message_writer *w, GMimeMultipart *multipart, GMimeObject *part) {
	w->g.multipart_add(multipart, part);
	w->g.unref(part);
}

static GMimeObject *calendar_part(struct message_writer *w, const struct message *message) {
	GMimeObject *part = quoted_part(w, "calendar", message->calendar);
	if (message->calendar_method)
		w->g.set_parameter(part, "method", "PUBLISH");
	w->g.set_disposition(part, "attachment");
	w->g.set_filename((GMimePart *)part, "calendar.ics");
	return part;
}

static GMimeObject *body_of(struct message_writer *w, const struct message *message) {
	GMimeMultipart *both = multipart(w, "alternative", message->boundaries[0]);
	GMimeObject *text = quoted_part(w, "plain", message->text);
	w->g.set_parameter(text, "format", "flowed");
	add_part(w, both, text);
	add_part(w, both, quoted_part(w, "html", message->html));
	if (!message->calendar.at)
		return (GMimeObject *)both;
	GMimeMultipart *mixed = multipart(w, "mixed", message->boundaries[1]);
	add_part(w, mixed, (GMimeObject *)both);
	add_part(w, mixed, calendar_part(w, message));
	return (GMimeObject *)mixed;
}

void message_write(struct message_writer *w, const struct message *message, struct buf *out) {
	GMimeMessage *mime = w->g.message_new(TRUE);
	GMimeObject *body = body_of(w, message);
	set_head(w, mime, message);
	w->g.set_mime_part(mime, body);
	w->g.unref(body);
	char *bytes = w->g.to_string((GMimeObject *)mime, w->options);
	w->g.unref(mime);
	buf_text(out, bytes);
	w->g.free(bytes);
}
