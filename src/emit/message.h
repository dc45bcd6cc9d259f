/* A message as bytes (RFC 5322, 2045), through GMime. */
#ifndef DAYBOOK_MESSAGE_H
#define DAYBOOK_MESSAGE_H

#include "../base/buf.h"
#include "../base/error.h"
#include "../base/memory.h"

struct message_field {
	struct str name, value;
};

/* What is to be written. All strings end with NUL (not counted), as arena_copy gives them. */
struct message {
	struct str from, email;
	struct str subject;
	struct str id;            /* of Message-ID, without its angle brackets */
	struct str boundaries[2]; /* of the alternatives, and of what is around them */
	array_of(struct message_field) fields; /* others, in their order */
	struct str text, html;    /* the alternatives; the text is format=flowed */
	struct str calendar;      /* an attachment, or null */
	bool calendar_method;     /* it says METHOD:PUBLISH */
};

struct message_writer;
/* Opens GMime. NULL with `error` where it is not installed. */
struct message_writer *message_writer_open(struct error *error);
void message_writer_close(struct message_writer *writer);

/* Adds the message's bytes, lines ended by CRLF. The same message gives the same bytes. */
void message_write(struct message_writer *writer, const struct message *message, struct buf *out);

#endif
