#include "hash.h"

#include <nettle/sha1.h>
#include <nettle/sha2.h>

/* MurmurHash64A by Austin Appleby (public domain). */
uint64_t hash_bytes(struct str s) {
	const uint64_t k = 0xc6a4a7935bd1e995u;
	uint64_t hash = 0x9747b28c8f2d1f0bu ^ (s.len * k);
	const char *at = s.at;
	size_t left = s.len;
	for (; left >= 8; at += 8, left -= 8) {
		uint64_t word;
		memcpy(&word, at, 8);
		word *= k;
		word = (word ^ word >> 47) * k;
		hash = (hash ^ word) * k;
	}
	if (left) {
		uint64_t word = 0;
		memcpy(&word, at, left);
		hash = (hash ^ word) * k;
	}
	hash = (hash ^ hash >> 47) * k;
	return hash ^ hash >> 47;
}

static char *hexadecimal(char *out, const uint8_t *bytes, size_t count) {
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < count; i++) {
		*out++ = digits[bytes[i] >> 4];
		*out++ = digits[bytes[i] & 15];
	}
	*out = '\0';
	return out;
}

void hash_sha256(struct str s, char out[65]) {
	struct sha256_ctx context;
	uint8_t digest[SHA256_DIGEST_SIZE];
	sha256_init(&context);
	sha256_update(&context, s.len, (const uint8_t *)s.at);
	sha256_digest(&context, sizeof digest, digest);
	hexadecimal(out, digest, sizeof digest);
}

/* Daybook's own name space, drawn once at random (UUID version 4). Calendars hold identifiers made
 * from it: it never changes. */
static const uint8_t name_space[16] = {
	0xa5, 0x6f, 0xe7, 0x9a, 0xa1, 0xec, 0x46, 0xb2, 0xae, 0xf4, 0x99, 0x5f, 0xb1, 0x7e, 0x12, 0x7d};

void hash_uuid5(struct str name, char out[37]) {
	struct sha1_ctx context;
	uint8_t digest[16];
	sha1_init(&context);
	sha1_update(&context, sizeof name_space, name_space);
	sha1_update(&context, name.len, (const uint8_t *)name.at);
	sha1_digest(&context, sizeof digest, digest);
	digest[6] = (uint8_t)((digest[6] & 0x0F) | 0x50);
	digest[8] = (uint8_t)((digest[8] & 0x3F) | 0x80);
	static const uint8_t groups[] = {4, 2, 2, 2, 6};
	for (size_t group = 0, from = 0; group < sizeof groups; from += groups[group++]) {
		if (group)
			*out++ = '-';
		out = hexadecimal(out, digest + from, groups[group]);
	}
}
