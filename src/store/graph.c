#include "graph.h"

#include "writer.h"

static const struct table_column node_columns[] = {{"id", 0, 0}, {"kind", 0, 0}, {"label", 0, 0}, {"date", 0, 0}};
static const struct table_column edge_columns[] = {{"source", 0, 0}, {"target", 0, 0}, {"kind", 0, 0}, {"label", 0, 0}};

/* Ids are a letter for the kind and the row's number. People and organisations without an edge are left out. */
static const char edges[] =
	"SELECT 'p' || p.person, 'v' || l.event, p.part, group_concat(DISTINCT p.roles) FROM event_people p JOIN listings l ON l.id = p.listing "
	"WHERE p.person IS NOT NULL GROUP BY 1, 2, 3 "
	"UNION ALL SELECT 'o' || s.organisation, 'v' || l.event, 'sponsor', NULL FROM event_sponsors s JOIN listings l ON l.id = s.listing "
	"WHERE s.organisation IS NOT NULL GROUP BY 1, 2 "
	"UNION ALL SELECT 'p' || b.person, 'e' || b.essay, 'author', b.affiliation FROM bylines b WHERE b.person IS NOT NULL "
	"UNION ALL SELECT 'p' || q.speaker, 'e' || a.id, 'quoted', count(*) FROM quotations q JOIN entities n ON n.id = q.speaker AND n.type = 'PER' "
	"JOIN essays a ON a.document = q.document AND q.begin_at BETWEEN a.begin_at AND a.end_at GROUP BY 1, 2 "
	"UNION ALL SELECT 'p' || r.person, 'o' || o.id, CASE WHEN r.former THEN 'was' ELSE 'is' END, r.title FROM roles r "
	"JOIN entity_names n ON n.key = name_key(r.\"of\") JOIN entities o ON o.id = n.entity AND o.type = 'ORG' GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4";

static const char nodes[] =
	"SELECT 'p' || id, 'person', name, NULL FROM people UNION ALL SELECT 'o' || id, 'organisation', name, NULL FROM organisations "
	"UNION ALL SELECT 'v' || id, 'event', title, substr(start, 1, 10) FROM events "
	"UNION ALL SELECT 'e' || e.id, 'essay', e.title, i.date FROM essays e JOIN issues i ON i.id = e.document ORDER BY 2, 1";

static int read_table(struct archive *a, const char *sql, struct arena *arena, struct table *table, struct error *error) {
	sqlite3_stmt *s = sql_statement(&a->sql, sql);
	if (!s)
		return sql_fail(&a->sql, error);
	int code;
	while ((code = sqlite3_step(s)) == SQLITE_ROW)
		for (uint32_t c = 0; c < table->column_count; c++)
			*array_push(arena, &table->cells) = arena_copy(arena, sql_str(s, (int)c));
	sqlite3_reset(s);
	return code == SQLITE_DONE ? 0 : sql_fail(&a->sql, error);
}

int archive_graph(struct archive *a, struct arena *arena, struct graph *graph, struct error *error) {
	*graph = (struct graph){.nodes = {.columns = node_columns, .column_count = 4}, .edges = {.columns = edge_columns, .column_count = 4}};
	return read_table(a, nodes, arena, &graph->nodes, error) < 0 ? -1 : read_table(a, edges, arena, &graph->edges, error);
}
