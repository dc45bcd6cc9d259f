/* The document as text, for people who debug. */
#include "document.h"

#include "../base/buf.h"

static const char *const block_names[] = {"text", "heading", "item", "quote", "row", "note", "code", "rule", "contents"};
static const char *const kind_names[] = {"word", "number", "sign", "url", "email"};
static const char *const shape_names[] = {"", " lower", " Capital", " UPPER", " miXed"};

static void print_token(const struct document *d, uint32_t i, struct buf *out) {
	const struct token *t = &d->tokens.at[i];
	buf_format(out, "      %u-%u %s%s", t->begin, t->end, kind_names[t->kind], shape_names[t->shape]);
	buf_text(out, t->flags & TOKEN_SPACE ? " _" : " +");
	buf_add(out, token_text(d, i));
	if (t->kind == TOKEN_NUMBER)
		buf_format(out, " =%u", t->number);
	if (t->word)
		buf_format(out, " #%u", t->word);
	static const char *const flags[] = {NULL, " line", " block", " sentence", " dotted", " opens", " closes", " possessive"};
	for (int f = 1; f < 8; f++)
		if (t->flags >> f & 1)
			buf_text(out, flags[f]);
	buf_byte(out, '\n');
}

static void print_sentence(const struct document *d, const struct sentence *s, struct buf *out) {
	struct span span = token_span(d, s->token, s->token + s->tokens - 1);
	buf_format(out, "    sentence %u-%u\n", span.begin, span.end);
	for (uint32_t i = 0; i < s->tokens; i++)
		print_token(d, s->token + i, out);
}

static void print_block(const struct document *d, const struct block *b, struct buf *out) {
	buf_format(out, "  %s %u-%u lines %u-%u gap %u indent %u level %u", block_names[b->kind], b->span.begin, b->span.end,
		b->line + 1, b->line + b->lines, b->gap, b->indent, b->level);
	struct str label = block_label(d, b);
	if (label.at) {
		buf_text(out, " label ");
		buf_add(out, label);
	}
	if (b->kind == BLOCK_ROW)
		buf_format(out, " table %u cells %u%s", b->table, b->cells, b->heading_row ? " heading" : "");
	buf_byte(out, '\n');
}

void document_print(const struct document *document, struct buf *out) {
	buf_format(out, "document %zu bytes, %u lines, measure %u\n", document->text.len, document->lines.count, document->measure);
	uint32_t sentence = 0;
	for (uint32_t i = 0; i < document->blocks.count; i++) {
		print_block(document, &document->blocks.at[i], out);
		for (; sentence < document->sentences.count && document->sentences.at[sentence].block == i; sentence++)
			print_sentence(document, &document->sentences.at[sentence], out);
	}
}
