/* How fast importers are, beside libxml2's own streaming: import FILE [TIMES]. Prints a line for each way, the best of so many
 * times: what, megabytes of the file a second (10^6 bytes), what was found. */
#include "../src/base/buf.h"
#include "../src/read/importer.h"

#include <libxml/xmlreader.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

struct found {
	uint64_t things, bytes;
	bool read;
};

typedef struct found way_fn(const char *path);

static double now(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* libxml2's streaming reader: each node is visited, each text looked at. */
static struct found by_reader(const char *path) {
	struct found found = {0};
	xmlTextReaderPtr reader = xmlReaderForFile(path, NULL, XML_PARSE_NONET);
	while (reader && xmlTextReaderRead(reader) == 1) {
		const xmlChar *text = xmlTextReaderConstValue(reader);
		found.things++;
		found.bytes += text ? strlen((const char *)text) : 0;
	}
	xmlFreeTextReader(reader);
	return found;
}

static bool take(void *found, const struct imported *document) {
	struct found *f = found;
	f->things++;
	f->bytes += document->bytes.len;
	if (f->read) {
		struct source source;
		if (source_read(&source, document->origin, document->bytes, document->form, NULL) == 0)
			source_release(&source);
	}
	return true;
}

static bool failed(void *found, struct str origin, const struct error *error) {
	(void)found, (void)origin;
	fprintf(stderr, "%s\n", error->message);
	return true;
}

/* The importer, its documents handed over. */
static struct found by_importer(const char *path) {
	struct found found = {0};
	import_path(path, SOURCE_UNKNOWN, &import_limits_usual, take, failed, &found);
	return found;
}

/* The same, and each document read into a source: text, blocks, links, the way back. */
static struct found by_importer_and_reader(const char *path) {
	struct found found = {.read = true};
	import_path(path, SOURCE_UNKNOWN, &import_limits_usual, take, failed, &found);
	return found;
}

static void measure(const char *name, way_fn *way, const char *path, int times) {
	double best = 1e9;
	struct found found = {0};
	for (int i = 0; i < times; i++) {
		double begin = now();
		found = way(path);
		double took = now() - begin;
		best = took < best ? took : best;
	}
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	printf("%-22s %8.1f MB/s %8.1f ms %8llu found %10llu bytes, peak %ld MB\n", name, (double)import_measure(path) / best / 1e6,
		best * 1e3, (unsigned long long)found.things, (unsigned long long)found.bytes, usage.ru_maxrss / 1024);
}

int main(int count, char **arguments) {
	int times = count > 2 ? atoi(arguments[2]) : 9;
	size_t len = count > 1 ? strlen(arguments[1]) : 0;
	if (len == 0)
		return 2;
	measure("importer", by_importer, arguments[1], times);
	measure("importer and reader", by_importer_and_reader, arguments[1], times);
	if (len > 4 && strcmp(arguments[1] + len - 4, ".xml") == 0)
		measure("libxml2's reader", by_reader, arguments[1], times);
	return 0;
}
