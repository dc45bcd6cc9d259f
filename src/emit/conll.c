/* CoNLL's columns: a token a line with its place in the text and whether it begins (B-), goes on in (I-) or is outside (O)
 * a name; an empty line ends a sentence. Tokens are words, numbers and single signs: a format to measure and train with. */
#include "emit.h"

struct columns {
	const struct record *record;
	struct str text;
	struct buf *out;
	uint32_t name;  /* the first of record.names that does not end before where we are */
	bool sentence;  /* something of a sentence is written */
};

static bool is_word_byte(char c) {
	unsigned char byte = (unsigned char)c;
	return byte >= 0x80 || (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

/* Signs of several bytes stand alone: dashes, quotation marks and the ellipsis are U+2010 to U+203F. */
static size_t sign_length(struct str text, size_t at) {
	return at + 2 < text.len && text.at[at] == '\xE2' && text.at[at + 1] == '\x80' ? 3 : 0;
}

/* The end of the token at `at`, which is no white space. */
static size_t token_end(struct str text, size_t at) {
	size_t sign = sign_length(text, at);
	if (sign)
		return at + sign;
	if (!is_word_byte(text.at[at]))
		return at + 1;
	while (at < text.len && is_word_byte(text.at[at]) && !sign_length(text, at))
		at++;
	return at;
}

static void put_tag(struct columns *c, size_t begin, size_t end) {
	const struct record *r = c->record;
	while (c->name < r->names.count && r->names.at[c->name].span.end <= begin)
		c->name++;
	if (c->name >= r->names.count || r->names.at[c->name].span.begin >= end) {
		buf_text(c->out, "O\n");
		return;
	}
	const struct name *name = &r->names.at[c->name];
	buf_format(c->out, "%s-%s\n", name->span.begin >= begin ? "B" : "I", entity_type_name(name->type));
}

static void end_sentence(struct columns *c) {
	if (c->sentence)
		buf_byte(c->out, '\n');
	c->sentence = false;
}

/* Whether the token that ends at `end` closes a sentence: a stop before white space and no small letter. */
static bool closes(struct str text, size_t begin, size_t end) {
	if (end - begin != 1 || !strchr(".!?", text.at[begin]))
		return false;
	if (end + 1 >= text.len)
		return true;
	return text.at[end] == ' ' && !(text.at[end + 1] >= 'a' && text.at[end + 1] <= 'z');
}

void emit_conll(const struct record *record, struct buf *out) {
	struct columns c = {record, record->source->text, out, 0, false};
	buf_text(out, "-DOCSTART-\t0\t0\tO\n\n");
	for (size_t at = 0, end; at < c.text.len; at = end) {
		end = at + 1;
		if ((unsigned char)c.text.at[at] <= ' ') {
			if (c.text.at[at] == '\n' && end < c.text.len && (c.text.at[end] == '\n' || c.text.at[end] == '\r'))
				end_sentence(&c);
			continue;
		}
		end = token_end(c.text, at);
		buf_add(out, str_of(c.text.at + at, end - at));
		buf_format(out, "\t%zu\t%zu\t", at, end);
		put_tag(&c, at, end);
		c.sentence = true;
		if (closes(c.text, at, end))
			end_sentence(&c);
	}
	end_sentence(&c);
}
