#include "slug.h"

#include "../base/hash.h"
#include "../base/utf8.h"

#define SLUG_LENGTH 64

/* The plain letters of U+00C0 to U+017F, in order; '*' stands for two letters (see `pairs`), '-' for none. */
static const char plain[] =
	"aaaaaa*ceeeeiiiidnooooo-ouuuuy**aaaaaa*ceeeeiiiidnooooo-ouuuuy*y"
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkklllllll"
	"lllnnnnnnnnnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

struct pair {
	uint32_t code;
	const char *letters;
};

static const struct pair pairs[] = {
	{0xC6, "ae"}, {0xDE, "th"}, {0xDF, "ss"}, {0xE6, "ae"}, {0xFE, "th"},
	{0x132, "ij"}, {0x133, "ij"}, {0x152, "oe"}, {0x153, "oe"},
};

/* The ASCII letters for `code`, "" for what leaves no trace (an apostrophe), NULL for what parts words. */
static const char *letters(uint32_t code, char one[2]) {
	one[1] = 0;
	if (code < 0x80) {
		if (code == '\'')
			return "";
		one[0] = (char)(code >= 'A' && code <= 'Z' ? code + 32 : code);
		return (one[0] >= 'a' && one[0] <= 'z') || (one[0] >= '0' && one[0] <= '9') ? one : NULL;
	}
	if (code == 0x2019 || code == 0x2018 || code == 0x2BC || (code >= 0x300 && code < 0x370))
		return "";
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (pairs[i].code == code)
			return pairs[i].letters;
	if (code < 0xC0 || code - 0xC0 >= sizeof plain - 1 || plain[code - 0xC0] == '-')
		return NULL;
	one[0] = plain[code - 0xC0];
	return one;
}

void slug_add(struct buf *out, struct str text) {
	size_t begin = out->len, word = out->len; /* word: where the last whole word ends */
	bool gap = false;
	const char *at = text.at, *end = text.at + text.len;
	while (at < end) {
		int length;
		char one[2];
		const char *add = letters(utf8_decode(at, end, &length), one);
		at += length;
		if (!add) {
			if (!gap)
				word = out->len;
			gap = true;
			continue;
		}
		if (!*add)
			continue;
		if (gap && out->len > begin)
			buf_byte(out, '-');
		gap = false;
		buf_text(out, add);
		if (out->len - begin > SLUG_LENGTH) {
			out->len = word > begin ? word : begin + SLUG_LENGTH;
			return;
		}
	}
}

struct slug_row {
	struct str name;
	uint32_t next; /* the number to try next behind this name */
};

static struct slug_row *row_of(struct slugs *slugs, struct str name) {
	uint32_t i = (uint32_t)hash_bytes(name) & (slugs->room - 1);
	while (slugs->rows[i].name.at && !str_equal(slugs->rows[i].name, name))
		i = (i + 1) & (slugs->room - 1);
	return &slugs->rows[i];
}

static void slugs_grow(struct slugs *slugs, struct arena *arena) {
	struct slugs old = *slugs;
	slugs->room = old.room ? old.room * 2 : 64;
	slugs->rows = arena_alloc(arena, slugs->room * sizeof *slugs->rows);
	for (uint32_t i = 0; i < old.room; i++)
		if (old.rows[i].name.at)
			*row_of(slugs, old.rows[i].name) = old.rows[i];
}

struct str slug_take(struct slugs *slugs, struct arena *arena, struct str wanted) {
	/* a name and its numbered form may both be new */
	if ((slugs->count + 2) * 2 > slugs->room)
		slugs_grow(slugs, arena);
	struct slug_row *row = row_of(slugs, wanted);
	if (!row->name.at) {
		*row = (struct slug_row){arena_copy(arena, wanted), 2};
		slugs->count++;
		return row->name;
	}
	struct str name;
	struct slug_row *numbered;
	do {
		name = arena_format(arena, "%.*s-%u", (int)wanted.len, wanted.at, row->next++);
		numbered = row_of(slugs, name);
	} while (numbered->name.at);
	*numbered = (struct slug_row){name, 2};
	slugs->count++;
	return name;
}
