/* What surrounds a bulletin that was sent or published: forwarded headers, mail that is quoted in an
 * answer, signatures, "View in browser", the ways to unsubscribe. */
#include "reader.h"

struct lines {
	struct source *source;
	array_of(struct span) at; /* without their ends */
};

static struct str line(const struct lines *lines, uint32_t i) {
	return i < lines->at.count ? str_at(lines->source->text, lines->at.at[i]) : STR("");
}

static void cut_lines(struct lines *lines) {
	struct str text = lines->source->text;
	for (size_t at = 0; at < text.len;) {
		const char *lf = memchr(text.at + at, '\n', text.len - at);
		size_t end = lf ? (size_t)(lf - text.at) : text.len, next = end + 1;
		if (end > at && text.at[end - 1] == '\r')
			end--;
		*array_push(&lines->source->arena, &lines->at) = (struct span){(uint32_t)at, (uint32_t)end};
		at = next;
	}
}

static void add(struct lines *lines, uint32_t first, uint32_t last, uint8_t kind, uint8_t level) {
	struct span span = {lines->at.at[first].begin, lines->at.at[last].end};
	if (!span_empty(span))
		*array_push(&lines->source->arena, &lines->source->marks) = (struct mark){span, kind, level, STR_NULL};
}

static unsigned char lower(char c) {
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

/* Whether `s` holds `phrase` (in small letters), in any case. */
static bool holds(struct str s, const char *phrase) {
	size_t len = strlen(phrase);
	for (size_t i = 0; i + len <= s.len; i++) {
		size_t k = 0;
		while (k < len && lower(s.at[i + k]) == (unsigned char)phrase[k])
			k++;
		if (k == len)
			return true;
	}
	return false;
}

static bool holds_any(struct str s, const char *const *phrases) {
	for (; *phrases; phrases++)
		if (holds(s, *phrases))
			return true;
	return false;
}

/* ------------------------------------------------------------------ forwarded mail */

static const char *const forwarded[] = {"original message", "forwarded message", "forwarded by", "message transféré",
	"message d'origine", "ursprüngliche nachricht", "weitergeleitete nachricht", "mensaje reenviado", "mensaje original", NULL};
static const char *const begin_forwarded[] = {"begin forwarded message", NULL};
static const char *const header_names[] = {"from", "to", "cc", "bcc", "date", "sent", "subject", "reply-to", "importance",
	"attachments", "von", "an", "betreff", "datum", "gesendet", "de", "para", "asunto", "fecha", "enviado", "objet", "envoyé",
	"à", NULL};

static bool is_header(struct str s) {
	s = str_trim(s);
	while (s.len && (s.at[0] == '*' || s.at[0] == '>' || s.at[0] == ' '))
		s = str_of(s.at + 1, s.len - 1);
	for (const char *const *name = header_names; *name; name++) {
		size_t len = strlen(*name);
		if (s.len <= len || !str_equal_nocase(str_of(s.at, len), str_from(*name)))
			continue;
		size_t at = len;
		while (at < s.len && (s.at[at] == '*' || s.at[at] == ' '))
			at++;
		if (at < s.len && s.at[at] == ':')
			return true;
	}
	return false;
}

static bool is_forwarding(struct str s) {
	s = str_trim(s);
	return s.len < 100 && ((str_starts(s, STR("--")) && holds_any(s, forwarded)) || holds_any(s, begin_forwarded));
}

/* The line and the headers behind it; gives the last line taken. */
static uint32_t mark_forwarding(struct lines *lines, uint32_t i) {
	uint32_t last = i, next = i + 1;
	while (next < lines->at.count && next < i + 4 && str_trim(line(lines, next)).len == 0)
		next++;
	while (next < lines->at.count && next < i + 16 && is_header(line(lines, next)))
		last = next++;
	add(lines, i, last, MARK_CONTENTS, 0);
	return last;
}

/* ------------------------------------------------------------------ quoted mail */

static bool is_quoted(struct str s) {
	return s.len && s.at[0] == '>';
}

/* Hides the signs before the line's own words. */
static void hide_signs(struct lines *lines, uint32_t i) {
	struct str s = line(lines, i);
	size_t len = 0;
	while (len < s.len && (s.at[len] == '>' || (s.at[len] == ' ' && len + 1 < s.len && s.at[len + 1] == '>')))
		len++;
	if (len < s.len && s.at[len] == ' ')
		len++;
	struct span span = {lines->at.at[i].begin, lines->at.at[i].begin + (uint32_t)len};
	*array_push(&lines->source->arena, &lines->source->marks) = (struct mark){span, MARK_HIDDEN, 0, STR_NULL};
}

/* Whether most of the text is quoted: then the bulletin itself was forwarded so. */
static bool is_mostly_quoted(const struct lines *lines) {
	uint32_t quoted = 0, other = 0;
	for (uint32_t i = 0; i < lines->at.count; i++) {
		struct str s = line(lines, i);
		if (is_quoted(s))
			quoted++;
		else
			other += str_trim(s).len > 0;
	}
	return quoted > other;
}

static uint32_t mark_quoted(struct lines *lines, uint32_t i, bool hide) {
	uint32_t last = i;
	for (; last < lines->at.count && is_quoted(line(lines, last)); last++)
		if (hide)
			hide_signs(lines, last);
	if (!hide)
		add(lines, i, last - 1, MARK_CONTENTS, 0);
	return last - 1;
}

/* ------------------------------------------------------------------ lines of furniture */

static const char *const phrases[] = {"view in browser", "view this email in your browser", "view this e-mail in your browser",
	"view online", "view the web version", "read online", "having trouble viewing", "trouble viewing this", "unsubscribe",
	"update your preferences", "manage your preferences", "manage preferences", "email preferences", "update subscription",
	"forward to a friend", "forward this email", "you are receiving this", "you received this", "you're receiving this",
	"why did i get this", "add us to your address book", "all rights reserved", "privacy policy", "to be removed from",
	"im browser ansehen", "newsletter abbestellen", "se désabonner", "désinscrire", "voir dans le navigateur",
	"darse de baja", "cancelar suscripción", "ver en el navegador", NULL};

/* A sentence about unsubscribing may stand in an essay: only short lines are furniture, or those that link. */
static bool is_furniture(struct str s) {
	s = str_trim(s);
	return s.len > 0 && s.len < 240 && holds_any(s, phrases);
}

/* RFC 3676 §4.3; lists put a longer rule before their footer. */
static bool is_signature(struct str s) {
	return str_equal(s, STR("-- ")) || str_equal(s, STR("--")) || str_starts(s, STR("____________________________"));
}

/* A signature is short and the last thing there is. */
static bool ends_soon(const struct lines *lines, uint32_t i) {
	uint32_t begin = lines->at.at[i].begin;
	return lines->source->text.len - begin < 1500 && lines->at.count - i < 25;
}

/* ------------------------------------------------------------------ */

void furniture_mark(struct source *source) {
	struct lines lines = {.source = source};
	cut_lines(&lines);
	bool hide = is_mostly_quoted(&lines);
	for (uint32_t i = 0; i < lines.at.count; i++) {
		struct str s = line(&lines, i);
		if (is_signature(s) && ends_soon(&lines, i)) {
			add(&lines, i, lines.at.count - 1, MARK_CONTENTS, 0);
			break;
		}
		if (is_forwarding(s))
			i = mark_forwarding(&lines, i);
		else if (is_quoted(s))
			i = mark_quoted(&lines, i, hide);
		else if (is_furniture(s))
			add(&lines, i, i, MARK_CONTENTS, 0);
	}
	marks_sort(source);
}
