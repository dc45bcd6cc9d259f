/* The transfer encodings of mail (RFC 2045 §6), decoded with a map back to the encoded bytes. */
#include "reader.h"

/* Larger parts are mapped by lines only: they are no bulletins, and the map would outgrow them. */
enum { FINE_LIMIT = 4 << 20 };

static int hexadecimal(char c) {
	return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* The bytes of a soft line end ("=" and white space to the end of the line) at `at`, or 0. */
static size_t soft_end(struct str raw, size_t at) {
	size_t end = at + 1;
	while (end < raw.len && (raw.at[end] == ' ' || raw.at[end] == '\t'))
		end++;
	if (end == raw.len)
		return end - at;
	if (raw.at[end] == '\r' && end + 1 < raw.len && raw.at[end + 1] == '\n')
		end++;
	return raw.at[end] == '\n' ? end + 1 - at : 0;
}

static struct str decode_quoted(struct arena *arena, struct str raw, uint32_t base, struct source_map *map) {
	char *out = arena_alloc(arena, raw.len + 1);
	size_t len = 0;
	for (size_t at = 0; at < raw.len;) {
		const char *equals = memchr(raw.at + at, '=', raw.len - at);
		size_t plain = equals ? (size_t)(equals - (raw.at + at)) : raw.len - at;
		size_t soft, place = at + plain;
		if (plain)
			map_add(arena, map, (uint32_t)len, base + (uint32_t)at, true);
		memcpy(out + len, raw.at + at, plain);
		len += plain;
		at = place;
		if (at == raw.len)
			break;
		int high = at + 2 < raw.len ? hexadecimal(raw.at[at + 1]) : -1;
		int low = high >= 0 ? hexadecimal(raw.at[at + 2]) : -1;
		if ((soft = soft_end(raw, at)) > 0) {
			at += soft;
		} else {
			/* An equals sign that encodes nothing stands for itself. */
			map_add(arena, map, (uint32_t)len, base + (uint32_t)at, false);
			out[len++] = low >= 0 ? (char)(high << 4 | low) : '=';
			at += low >= 0 ? 3 : 1;
		}
	}
	return str_of(out, len);
}

static int base64_value(char c) {
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

static struct str decode_base64(struct arena *arena, struct str raw, uint32_t base, struct source_map *map) {
	char *out = arena_alloc(arena, raw.len / 4 * 3 + 4);
	bool fine = raw.len <= FINE_LIMIT, line = true;
	uint32_t bits = 0, have = 0, begin = 0;
	size_t len = 0;
	for (size_t at = 0; at < raw.len; at++) {
		int value = base64_value(raw.at[at]);
		line |= raw.at[at] == '\n';
		if (raw.at[at] == '=')
			break;
		if (value < 0)
			continue;
		if (have == 0)
			begin = (uint32_t)at;
		bits = bits << 6 | (uint32_t)value;
		if (++have < 4)
			continue;
		if (fine || line)
			map_add(arena, map, (uint32_t)len, base + begin, false);
		for (int shift = 16; shift >= 0; shift -= 8)
			out[len++] = (char)(bits >> shift & 0xFF);
		bits = have = 0;
		line = false;
	}
	if (have >= 2) {
		map_add(arena, map, (uint32_t)len, base + begin, false);
		bits <<= 6 * (4 - have);
		out[len++] = (char)(bits >> 16 & 0xFF);
		if (have == 3)
			out[len++] = (char)(bits >> 8 & 0xFF);
	}
	return str_of(out, len);
}

struct str transfer_decode(struct arena *arena, struct str raw, uint32_t base, enum transfer transfer,
	struct source_map *map) {
	switch (transfer) {
	case TRANSFER_QUOTED: return decode_quoted(arena, raw, base, map);
	case TRANSFER_BASE64: return decode_base64(arena, raw, base, map);
	default: break;
	}
	map_add(arena, map, 0, base, true);
	return raw;
}

/* ------------------------------------------------------------------ format=flowed (RFC 3676 §4.2) */

struct flow {
	struct arena *arena;
	struct str page;
	struct source_map *map;
	char *out;
	size_t len;
};

static void flow_add(struct flow *flow, size_t begin, size_t end) {
	if (end <= begin)
		return;
	map_add(flow->arena, flow->map, (uint32_t)flow->len, (uint32_t)begin, true);
	memcpy(flow->out + flow->len, flow->page.at + begin, end - begin);
	flow->len += end - begin;
}

/* The `>` signs at `at`. */
static size_t quote_depth(struct str page, size_t at) {
	size_t depth = 0;
	while (at + depth < page.len && page.at[at + depth] == '>')
		depth++;
	return depth;
}

/* A line that ends with a space goes on in the next one of the same depth. */
struct str flowed_decode(struct arena *arena, struct str page, bool delete_space, struct source_map *map) {
	struct flow flow = {arena, page, map, arena_alloc(arena, page.len + 1), 0};
	size_t joined = SIZE_MAX; /* the depth of the line that goes on */
	for (size_t at = 0; at < page.len;) {
		const char *lf = memchr(page.at + at, '\n', page.len - at);
		size_t next = lf ? (size_t)(lf - page.at) + 1 : page.len, end = lf ? next - 1 : next;
		if (end > at && page.at[end - 1] == '\r')
			end--;
		size_t depth = quote_depth(page, at), text = at + depth;
		bool stuffed = text < end && page.at[text] == ' ';
		if (joined != depth && depth)
			flow_add(&flow, at, text + stuffed);
		text += stuffed;
		bool signature = end - text == 3 && memcmp(page.at + text, "-- ", 3) == 0;
		bool spaced = !signature && end > text && page.at[end - 1] == ' ';
		bool soft = spaced && next < page.len && quote_depth(page, next) == depth;
		flow_add(&flow, text, soft && delete_space ? end - 1 : end);
		if (!soft)
			flow_add(&flow, end, next);
		joined = soft ? depth : SIZE_MAX;
		at = next;
	}
	return str_of(flow.out, flow.len);
}
