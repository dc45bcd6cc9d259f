/* A graph as GraphML (graphml.graphdrawing.org, 1.0), as Gephi, igraph and NetworkX read it. */
#include "table.h"

static void put_attribute(struct buf *out, const char *name, struct str value) {
	buf_format(out, " %s=\"", name);
	buf_markup(out, value.at ? value : STR(""));
	buf_byte(out, '"');
}

static void put_data(struct buf *out, const char *key, struct str value) {
	if (!value.at)
		return;
	buf_format(out, "<data key=\"%s\">", key);
	buf_markup(out, value);
	buf_text(out, "</data>");
}

void emit_graphml(const struct table *nodes, const struct table *edges, struct buf *out) {
	buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
		"<key id=\"kind\" for=\"node\" attr.name=\"kind\" attr.type=\"string\"/>\n"
		"<key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n"
		"<key id=\"date\" for=\"node\" attr.name=\"date\" attr.type=\"string\"/>\n"
		"<key id=\"relation\" for=\"edge\" attr.name=\"kind\" attr.type=\"string\"/>\n"
		"<key id=\"words\" for=\"edge\" attr.name=\"label\" attr.type=\"string\"/>\n"
		"<graph id=\"archive\" edgedefault=\"directed\">\n");
	for (uint32_t i = 0; i + 4 <= nodes->cells.count; i += 4) {
		const struct str *cell = &nodes->cells.at[i];
		buf_text(out, "<node");
		put_attribute(out, "id", cell[0]);
		buf_byte(out, '>');
		put_data(out, "kind", cell[1]);
		put_data(out, "label", cell[2]);
		put_data(out, "date", cell[3]);
		buf_text(out, "</node>\n");
	}
	for (uint32_t i = 0; i + 4 <= edges->cells.count; i += 4) {
		const struct str *cell = &edges->cells.at[i];
		buf_text(out, "<edge");
		put_attribute(out, "source", cell[0]);
		put_attribute(out, "target", cell[1]);
		buf_byte(out, '>');
		put_data(out, "relation", cell[2]);
		put_data(out, "words", cell[3]);
		buf_text(out, "</edge>\n");
	}
	buf_text(out, "</graph>\n</graphml>\n");
}
