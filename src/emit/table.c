#include "table.h"

#include "../base/utf8.h"

#include <ctype.h>

enum { COLUMNS_MOST = 24, GAP = 2, NARROWEST = 8, WIDEST = 60 };

static uint32_t row_count(const struct table *t) {
	return t->column_count ? t->cells.count / t->column_count : 0;
}

static bool is_match(char c) {
	return c == '\x01' || c == '\x02';
}

/* ---- for people ---- */

/* How many columns of a terminal a letter takes: two for East Asian wide ones (Unicode Standard Annex 11), none for marks. */
static int letter_width(uint32_t code) {
	if (code < 0x300)
		return code >= 0x20 && code != 0x7F;
	if ((code >= 0x300 && code < 0x370) || (code >= 0x200B && code <= 0x200F) || code == 0xFEFF)
		return 0;
	return (code >= 0x1100 && code < 0x1160) || (code >= 0x2E80 && code < 0xA4D0) || (code >= 0xAC00 && code < 0xD7A4) ||
		(code >= 0xF900 && code < 0xFB00) || (code >= 0xFE30 && code < 0xFE70) || (code >= 0xFF00 && code < 0xFF61) ||
		(code >= 0x1F300 && code < 0x1FB00) || (code >= 0x20000 && code < 0x40000) ? 2 : 1;
}

static int cell_width(struct str cell) {
	int width = 0;
	for (const char *at = cell.at, *end = cell.at + cell.len; at < end;) {
		int length;
		uint32_t code = utf8_decode(at, end, &length);
		width += is_match(*at) ? 0 : code < 0x20 ? 1 : letter_width(code);
		at += length;
	}
	return width;
}

struct fitting {
	int width[COLUMNS_MOST];
	bool colour;
};

/* Adds the cell in `width` columns: what is more ends in "…"; line breaks are spaces. */
static void put_fitted(struct buf *out, struct str cell, int width, bool last, bool colour) {
	int used = 0, whole = cell_width(cell);
	bool cut = whole > width, bold = false;
	for (const char *at = cell.at, *end = cell.at + cell.len; at < end;) {
		int length;
		uint32_t code = utf8_decode(at, end, &length);
		if (is_match(*at)) {
			bold = *at == '\x01';
			if (colour)
				buf_text(out, bold ? "\033[1m" : "\033[0m");
			at++;
			continue;
		}
		int letter = code < 0x20 ? 1 : letter_width(code);
		if (used + letter > width - cut)
			break;
		if (code < 0x20 || code == 0x7F || (code >= 0x80 && code < 0xA0))
			buf_byte(out, ' '); /* a terminal must not be told what to do */
		else
			buf_add(out, str_of(at, (size_t)length));
		used += letter;
		at += length;
	}
	if (colour && bold)
		buf_text(out, "\033[0m");
	if (cut)
		buf_text(out, "\xE2\x80\xA6");
	for (used += cut; !last && used < width + GAP; used++)
		buf_byte(out, ' ');
}

/* Gives each column its widest cell; wide ones share what the others leave of `width`. */
static struct fitting fit(const struct table *t, int width) {
	struct fitting f = {0};
	int all = 0, wide_width = 0;
	for (uint32_t c = 0; c < t->column_count; c++) {
		f.width[c] = (int)strlen(t->columns[c].name);
		for (uint32_t r = 0; r < row_count(t); r++) {
			int cell = cell_width(t->cells.at[r * t->column_count + c]);
			f.width[c] = cell > f.width[c] ? cell : f.width[c];
		}
		if (width && !t->columns[c].wide && f.width[c] > WIDEST)
			f.width[c] = WIDEST;
		all += f.width[c] + (c ? GAP : 0);
		wide_width += t->columns[c].wide ? f.width[c] : 0;
	}
	for (uint32_t c = 0; width && all > width && c < t->column_count; c++) {
		if (!t->columns[c].wide)
			continue;
		int room = wide_width - (all - width), share = wide_width ? (int)((long)f.width[c] * room / wide_width) : 0;
		f.width[c] = share > NARROWEST ? share : NARROWEST;
	}
	return f;
}

static void emit_text(const struct table *t, int width, bool colour, struct buf *out) {
	struct fitting f = fit(t, width);
	for (uint32_t c = 0; c < t->column_count; c++) {
		char head[64];
		size_t len = strlen(t->columns[c].name) < sizeof head ? strlen(t->columns[c].name) : sizeof head;
		for (size_t i = 0; i < len; i++)
			head[i] = (char)toupper((unsigned char)t->columns[c].name[i]);
		put_fitted(out, str_of(head, len), f.width[c], c + 1 == t->column_count, false);
	}
	buf_byte(out, '\n');
	for (uint32_t i = 0; i < row_count(t) * t->column_count; i++) {
		uint32_t c = i % t->column_count;
		bool last = c + 1 == t->column_count;
		put_fitted(out, t->cells.at[i], f.width[c], last, colour);
		if (last)
			buf_byte(out, '\n');
	}
}

/* ---- for programs ---- */

/* The cell without the marks of matches. */
static struct str plain_cell(struct str cell, struct buf *scratch) {
	if (!cell.at || (!memchr(cell.at, '\x01', cell.len) && !memchr(cell.at, '\x02', cell.len)))
		return cell;
	buf_clear(scratch);
	for (size_t i = 0; i < cell.len; i++)
		if (!is_match(cell.at[i]))
			buf_byte(scratch, cell.at[i]);
	return buf_str(scratch);
}

static void json_cell(const struct table_column *column, struct str cell, struct buf *out) {
	buf_json(out, str_from(column->name));
	buf_byte(out, ':');
	if (column->number && cell.len)
		buf_add(out, cell);
	else
		buf_json(out, column->number ? STR_NULL : cell);
}

static void csv_cell(struct str cell, struct buf *out) {
	bool quoted = false;
	for (size_t i = 0; i < cell.len; i++)
		quoted = quoted || strchr(",\"\r\n", cell.at[i]);
	if (!quoted) {
		buf_add(out, cell);
		return;
	}
	buf_byte(out, '"');
	for (size_t i = 0; i < cell.len; i++) {
		if (cell.at[i] == '"')
			buf_byte(out, '"');
		buf_byte(out, cell.at[i]);
	}
	buf_byte(out, '"');
}

static void markdown_cell(struct str cell, struct buf *out) {
	for (size_t i = 0; i < cell.len; i++) {
		if (is_match(cell.at[i])) {
			buf_text(out, "**");
			continue;
		}
		if (strchr("\\|*_[]<>`", cell.at[i]))
			buf_byte(out, '\\');
		buf_byte(out, (unsigned char)cell.at[i] < 0x20 ? ' ' : cell.at[i]);
	}
}

static void emit_heads(const struct table *t, enum table_form form, struct buf *out) {
	for (uint32_t c = 0; c < t->column_count; c++)
		buf_format(out, "%s%s%s", form == TABLE_MARKDOWN ? "| " : c ? "," : "", t->columns[c].name, form == TABLE_MARKDOWN ? " " : "");
	buf_text(out, form == TABLE_CSV ? "\r\n" : "|\n");
	for (uint32_t c = 0; form == TABLE_MARKDOWN && c < t->column_count; c++)
		buf_text(out, t->columns[c].number ? "|--:" : "|---");
	if (form == TABLE_MARKDOWN)
		buf_text(out, "|\n");
}

static void emit_row(const struct table *t, const struct str *cells, enum table_form form, struct buf *out) {
	struct buf scratch = {0};
	if (form == TABLE_JSONL)
		buf_byte(out, '{');
	for (uint32_t c = 0; c < t->column_count; c++) {
		struct str plain = plain_cell(cells[c], &scratch);
		if (form != TABLE_MARKDOWN && c)
			buf_byte(out, ',');
		if (form == TABLE_JSONL) {
			json_cell(&t->columns[c], plain, out);
		} else if (form == TABLE_CSV) {
			csv_cell(plain, out);
		} else {
			buf_text(out, "| ");
			markdown_cell(cells[c], out);
			buf_byte(out, ' ');
		}
	}
	buf_text(out, form == TABLE_JSONL ? "}\n" : form == TABLE_CSV ? "\r\n" : "|\n");
	buf_release(&scratch);
}

void emit_table(const struct table *t, enum table_form form, int width, bool colour, struct buf *out) {
	if (form == TABLE_TEXT) {
		emit_text(t, width, colour, out);
		return;
	}
	if (form != TABLE_JSONL)
		emit_heads(t, form, out);
	for (uint32_t r = 0; r < row_count(t); r++)
		emit_row(t, &t->cells.at[r * t->column_count], form, out);
}
