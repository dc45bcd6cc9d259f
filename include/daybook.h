/* daybook: a compiler for bulletins. This is the whole public face of the library: give it the bytes of a
 * bulletin, get the record of what it says, print the record in a format.
 *
 * Ownership: whoever calls daybook_open, daybook_read calls the matching _close, _free, once. A record
 * borrows nothing from the caller but the bytes it was given, which must outlive it. One `struct daybook`
 * serves one thread; open one per thread. With glibc, a program that compiles many bulletins is a third faster when it
 * keeps what they free: mallopt(M_MMAP_THRESHOLD, 1 << 20) and mallopt(M_TRIM_THRESHOLD, 256 << 20). */
#ifndef DAYBOOK_H
#define DAYBOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

struct daybook;        /* a compiler with its settings */
struct daybook_record; /* one compiled bulletin */

enum daybook_form {
	DAYBOOK_FORM_AUTO, DAYBOOK_FORM_TEXT, DAYBOOK_FORM_MARKDOWN, DAYBOOK_FORM_HTML, DAYBOOK_FORM_MAIL, DAYBOOK_FORM_TIMEML,
};

/* The library's version, e.g. "0.1.0". */
const char *daybook_version(void);

/* A compiler with the settings of the house file `house` (NULL: none). NULL on trouble, with a
 * message in error[size]. */
struct daybook *daybook_open(const char *house, char *error, size_t size);
void daybook_close(struct daybook *daybook);

/* The date of bulletins that state none: YYYY-MM-DD. False when it is not one. */
bool daybook_set_date(struct daybook *daybook, const char *date);

/* Compiles `size` bytes, which must outlive the record. `name` is what diagnostics and the record call
 * it. NULL only for bytes that cannot be a text, with a message in error[]. What the text gets wrong is in
 * the record's diagnostics. */
struct daybook_record *daybook_annotate(struct daybook *daybook, const char *name, const char *bytes, size_t size,
	enum daybook_form form, char *error, size_t error_size);
/* The same without the record's names, entities and quotations: all that its diagnostics and events need, in less time. */
struct daybook_record *daybook_check(struct daybook *daybook, const char *name, const char *bytes, size_t size,
	enum daybook_form form, char *error, size_t error_size);
void daybook_record_free(struct daybook_record *record);

/* The record as one line of JSON (INTERFACE: the record), ended by NUL; valid until the record is freed. */
const char *daybook_record_json(struct daybook_record *record);
/* Its events as iCalendar (RFC 5545), likewise. */
const char *daybook_record_ics(struct daybook_record *record);

/* How many diagnostics of at least this severity ("note", "warning", "error") the record has. */
size_t daybook_record_count(const struct daybook_record *record, const char *severity);

#ifdef __cplusplus
}
#endif
#endif
