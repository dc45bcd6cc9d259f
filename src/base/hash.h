/* Digests. */
#ifndef DAYBOOK_HASH_H
#define DAYBOOK_HASH_H

#include "str.h"

/* A quick 64-bit hash for tables and change detection; not for secrets. */
uint64_t hash_bytes(struct str s);

/* SHA-256 (FIPS 180-4) as 64 hexadecimal digits and a NUL. */
void hash_sha256(struct str s, char out[65]);

/* UUID version 5 (RFC 9562 §5.5) of `name` in daybook's own name space, as text with a NUL. */
void hash_uuid5(struct str name, char out[37]);

#endif
