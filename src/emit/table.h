/* Rows and columns as people and programs read them. */
#ifndef DAYBOOK_EMIT_TABLE_H
#define DAYBOOK_EMIT_TABLE_H

#include "../base/buf.h"
#include "../base/table.h"

enum table_form { TABLE_TEXT, TABLE_JSONL, TABLE_CSV, TABLE_MARKDOWN };

/* Prints all: for people in at most `width` columns of a terminal (0: as wide as it is), an object a line, RFC 4180's
 * comma-separated values, or a table of GitHub's Markdown. `colour`: matches are shown in bold, where the form can. */
void emit_table(const struct table *table, enum table_form form, int width, bool colour, struct buf *out);

/* A graph as GraphML: rows of id, kind, label, date; and of source, target, kind, label. */
void emit_graphml(const struct table *nodes, const struct table *edges, struct buf *out);

#endif
