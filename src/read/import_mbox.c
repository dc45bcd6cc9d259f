/* Mailboxes (mbox): mails one behind the other, each below a "From " line. Where such a line may stand inside a mail
 * depends on who wrote the box; all that are about are read as they are found:
 *
 * mboxo, mboxrd  a ">" before "From " at a line's begin protects it, and is taken away again
 * mboxcl         the same, with a Content-Length
 * mboxcl2        a Content-Length and nothing protected: believed where a mail begins, or the box ends, behind it */
#include "import.h"

#include <stdio.h>
#include <stdlib.h>

/* A "From " line is no longer than this. */
enum { LINE = 1024 };

static bool is_digit(char c) {
	return c >= '0' && c <= '9';
}

/* Whether `line` begins with "From ", and has a clock and a year behind it: "From x Mon Jan  5 10:00:00 2026". */
static bool is_separator(struct str line) {
	bool clock = false, year = false;
	if (!str_starts(line, STR("From ")))
		return false;
	for (size_t at = 5; at + 4 < line.len && line.at[at] != '\n'; at++) {
		const char *c = line.at + at;
		clock |= is_digit(c[0]) && is_digit(c[1]) && c[2] == ':' && is_digit(c[3]) && is_digit(c[4]);
		year |= c[0] == ' ' && (c[1] == '1' || c[1] == '2') && is_digit(c[2]) && is_digit(c[3]) && is_digit(c[4]);
	}
	return clock && year;
}

/* Whether what begins here is the head of a mail: "Name:" or ">From " (an old way to forward). */
static bool begins_header(struct str text) {
	size_t at = 0;
	while (at < text.len && text.at[at] > ' ' && text.at[at] < 0x7F && text.at[at] != ':')
		at++;
	return (at > 0 && at < text.len && text.at[at] == ':') || str_starts(text, STR(">From "));
}

/* Whether a mail begins at `text`: its "From " line, then its head. */
static bool begins_mail(struct str text) {
	const char *end = text.len ? memchr(text.at, '\n', text.len) : NULL;
	if (!end || !is_separator(text))
		return false;
	return begins_header(str_of(end + 1, text.len - (size_t)(end + 1 - text.at)));
}

static bool judge(struct str name, struct str head) {
	enum source_form form = form_of_name(name);
	return (form == SOURCE_UNKNOWN || form == SOURCE_TEXT) && begins_mail(head);
}

/* ------------------------------------------------------------------ where a mail ends */

/* Where the head of the mail ends: the begin of its text, or the end of `mail`. */
static size_t head_end(struct str mail) {
	size_t lf = str_find(mail, STR("\n\n"), 0), crlf = str_find(mail, STR("\r\n\r\n"), 0);
	if (crlf < lf)
		return crlf + 4;
	return lf == SIZE_MAX ? mail.len : lf + 2;
}

/* The value of a header, folded lines included; null where it has none. */
static struct str header(struct str head, const char *name) {
	size_t len = strlen(name);
	for (size_t at = 0; at < head.len;) {
		const char *lf = memchr(head.at + at, '\n', head.len - at);
		size_t next = lf ? (size_t)(lf - head.at) + 1 : head.len;
		if (next - at > len && head.at[at + len] == ':' && str_equal_nocase(str_of(head.at + at, len), str_from(name))) {
			while (next < head.len && (head.at[next] == ' ' || head.at[next] == '\t')) {
				lf = memchr(head.at + next, '\n', head.len - next);
				next = lf ? (size_t)(lf - head.at) + 1 : head.len;
			}
			return str_trim(str_of(head.at + at + len + 1, next - (at + len + 1)));
		}
		at = next;
	}
	return STR_NULL;
}

/* The length that the mail's Content-Length says, head included; 0 where there is none, or no mail begins behind it. */
static size_t stated_length(struct stream *box, size_t limit) {
	struct str mail = stream_ahead(box, 1 << 16);
	size_t head = head_end(mail);
	struct str value = header(str_of(mail.at, head), "content-length");
	unsigned long long length = value.len && is_digit(value.at[0]) ? strtoull(value.at, NULL, 10) : 0;
	if (length == 0 || length > limit)
		return 0;
	size_t end = head + (size_t)length;
	struct str all = stream_ahead(box, end + 2 * LINE);
	if (all.len <= end)
		return all.len == end ? end : 0;
	while (end < all.len && (all.at[end] == '\n' || all.at[end] == '\r'))
		end++;
	return end == all.len || begins_mail(str_of(all.at + end, all.len - end)) ? end : 0;
}

/* Looks for the next mail's begin in what is ahead, from *from on; `whole` when nothing comes behind. Sets *from to where
 * to go on. SIZE_MAX where there is none. */
static size_t find_next(struct str ahead, size_t *from, bool whole) {
	size_t at = *from;
	while ((at = str_find(ahead, STR("\nFrom "), at)) != SIZE_MAX) {
		if (!whole && ahead.len - at < 2 * LINE) {
			*from = at;
			return SIZE_MAX;
		}
		if (begins_mail(str_of(ahead.at + at + 1, ahead.len - at - 1)))
			return at + 1;
		at++;
	}
	*from = ahead.len > 8 ? ahead.len - 8 : 0;
	return SIZE_MAX;
}

struct mailbox {
	struct importing *im;
	struct stream *stream;
	uint64_t number; /* of the mail, from 1 */
	struct buf clean; /* a mail whose lines were protected */
};

/* The next mail, below its "From " line, with the length it has in the box; longer ones than the limit are taken from
 * the box but for their end. False where it was one of those. */
static bool next_mail(struct mailbox *box, struct str *mail, bool *stated) {
	size_t limit = box->im->limits->document, from = 0, end;
	bool fits = true;
	*stated = (end = stated_length(box->stream, limit)) > 0;
	for (size_t want = 1 << 16; !*stated; want += want / 2) {
		struct str ahead = stream_ahead(box->stream, want);
		end = find_next(ahead, &from, ahead.len < want);
		if (end != SIZE_MAX || ahead.len < want) {
			end = end == SIZE_MAX ? ahead.len : end;
			break;
		}
		if (ahead.len > limit) {
			stream_take(box->stream, from);
			fits = false;
			from = 0;
			want = 1 << 16;
		}
	}
	*mail = str_of(stream_ahead(box->stream, end).at, end);
	return fits && mail->len <= limit;
}

/* ------------------------------------------------------------------ a mail */

/* Takes one ">" from before each protected "From ". */
static struct str unprotect(struct mailbox *box, struct str mail) {
	size_t done = 0, at = 0;
	box->clean.len = 0;
	while ((at = str_find(mail, STR(">From "), at)) != SIZE_MAX) {
		size_t begin = at++;
		while (begin > 0 && mail.at[begin - 1] == '>')
			begin--;
		if (begin == 0 || mail.at[begin - 1] != '\n')
			continue;
		buf_add(&box->clean, str_of(mail.at + done, begin - done));
		done = begin + 1;
	}
	if (done == 0)
		return mail;
	buf_add(&box->clean, str_of(mail.at + done, mail.len - done));
	return buf_str(&box->clean);
}

/* A mail that a program keeps for itself, or that was thrown away but is still there. */
static bool is_no_mail(struct str head) {
	struct str status = header(head, "x-mozilla-status");
	return header(head, "x-imap").at || (status.len >= 4 && strtoul(status.at, NULL, 16) & 8);
}

static void import_mail(struct mailbox *box, struct str mail, bool stated, bool fits) {
	struct str head = str_of(mail.at, head_end(mail)), id = header(head, "message-id");
	char number[32];
	snprintf(number, sizeof number, "mail %llu", (unsigned long long)box->number);
	size_t before = import_enter(box->im, "!", fits && id.len && id.len < 512 ? id : str_from(number));
	/* Where a length is stated and a "From " stands for itself, nothing is protected. */
	bool open = stated && str_find(mail, STR("\nFrom "), 0) != SIZE_MAX;
	if (!fits)
		import_refuse(box->im, NULL, "is too large: more than %zu MB", box->im->limits->document >> 20);
	else if (!is_no_mail(head))
		import_hand(box->im, &(struct imported){.form = SOURCE_MAIL, .bytes = open ? mail : unprotect(box, mail)});
	import_leave(box->im, before);
}

static void import_mbox(struct importing *im, struct stream *stream, struct str name, bool sure) {
	struct mailbox box = {.im = im, .stream = stream};
	(void)name, (void)sure;
	while (!im->stopped) {
		struct str ahead = stream_ahead(stream, LINE), mail;
		bool stated;
		if (ahead.len == 0)
			break;
		const char *lf = memchr(ahead.at, '\n', ahead.len);
		stream_take(stream, lf ? (size_t)(lf - ahead.at) + 1 : ahead.len);
		box.number++;
		bool fits = next_mail(&box, &mail, &stated);
		size_t len = mail.len;
		if (str_trim(mail).len)
			import_mail(&box, mail, stated, fits);
		stream_take(stream, len);
	}
	if (stream->failed)
		import_refuse(im, NULL, "%s", stream->error.message);
	buf_release(&box.clean);
}

const struct import_kind import_kind_mbox = {judge, import_mbox};
