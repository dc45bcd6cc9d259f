/* The bytes of iCalendar (RFC 5545): content lines folded at 75 octets, values escaped. libical's own
 * folding cuts between a backslash and the letter it escapes, at which some readers drop the event; so
 * lines are folded here, whoever made them. */
#ifndef DAYBOOK_ICS_TEXT_H
#define DAYBOOK_ICS_TEXT_H

#include "../base/buf.h"

/* A line being written: what ics_begin has begun, ics_end folds and ends with CRLF. */
struct ics_line {
	struct buf text; /* unfolded */
};

/* Begins a content line with its name and parameters, up to and with the colon: "DTSTART;VALUE=DATE:". */
void ics_begin(struct ics_line *line, const char *head);

/* Adds `s` as a TEXT value: \ ; , and line ends escaped, control characters left out (§3.3.11). */
void ics_escape(struct ics_line *line, struct str s);

/* Adds `s` as it is. */
void ics_raw(struct ics_line *line, struct str s);

/* Ends the line into `out`, folded at 75 octets (§3.1), never inside a UTF-8 sequence or an escape. */
void ics_end(struct ics_line *line, struct buf *out);

/* A whole line `head` + escaped `value`; nothing where the value is null or empty. */
void ics_property(struct buf *out, struct ics_line *line, const char *head, struct str value);

/* A whole line with a value that needs no escaping. */
void ics_plain(struct buf *out, struct ics_line *line, const char *head, struct str value);

/* Appends content lines that somebody else folded: unfolds and folds them again. */
void ics_refold(struct buf *out, struct ics_line *line, struct str folded);

#endif
