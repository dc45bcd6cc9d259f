/* UTF-8 (RFC 3629). */
#ifndef DAYBOOK_UTF8_H
#define DAYBOOK_UTF8_H

#include "str.h"

/* Decodes the code point at `at` (< end). Sets *length to its bytes (1 for a bad byte) and returns
 * it, or 0xFFFD for a bad byte. Never reads at or past end. */
uint32_t utf8_decode(const char *at, const char *end, int *length);

/* Writes `code` as UTF-8 into out[4] and returns how many bytes. */
int utf8_encode(uint32_t code, char out[4]);

/* Whether all of `s` is well-formed UTF-8; *bad (may be NULL) is set to the first bad byte's place. */
bool utf8_valid(struct str s, size_t *bad);

/* Code points in `s`; a bad byte counts as one. */
size_t utf8_count(struct str s);

/* UTF-16 code units that `s` would take (for LSP, SARIF). */
size_t utf8_count_utf16(struct str s);

/* Whether `code` is white space of any kind, or invisible (BOM, zero-width, soft hyphen apart). */
bool utf8_is_space(uint32_t code);

#endif
