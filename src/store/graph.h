/* The archive as a graph: who spoke, wrote, said, sponsored, held what. */
#ifndef DAYBOOK_GRAPH_H
#define DAYBOOK_GRAPH_H

#include "../base/table.h"
#include "archive.h"

struct graph {
	struct table nodes; /* id, kind (person organisation event essay), label, date */
	struct table edges; /* source, target, kind, label */
};

/* Reads the graph; it lives in `arena`. 0, or -1 with `error`. */
int archive_graph(struct archive *archive, struct arena *arena, struct graph *graph, struct error *error);

#endif
