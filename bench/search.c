/* search ARCHIVE QUERIES.tsv: how long questions take in this process. A line of the queries is `kind<TAB>words`; those of the
 * kind "prefix" are beginnings of words, the others words or phrases. Prints percentiles in microseconds, of three passes over
 * all queries after one that fills the caches; each asks for the ten best with title and date. With -v, a line for each query. */
#include "../src/store/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PASSES = 4, QUERIES_MOST = 4096 };

static double microseconds(void) {
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int by_number(const void *a, const void *b) {
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* Asks one line's query; gives the time it took. */
static double ask(struct archive *archive, const char *line, uint32_t *hits, struct error *error) {
	char text[512];
	struct arena arena;
	struct search_hits found;
	const char *words = strchr(line, '\t') + 1;
	bool prefix = strncmp(line, "prefix\t", 7) == 0;
	snprintf(text, sizeof text, prefix ? "%s*" : "\"%s\"", words);
	double before = microseconds();
	arena_init(&arena);
	struct search search = {.text = str_from(text), .limit = 10};
	if (archive_search(archive, &search, &arena, &found, error) < 0) {
		fprintf(stderr, "%s: %s\n", line, error->message);
		exit(2);
	}
	arena_release(&arena);
	*hits = found.list.count;
	return microseconds() - before;
}

static uint32_t read_lines(const char *path, char **lines) {
	FILE *file = fopen(path, "r");
	char line[512];
	uint32_t count = 0;
	while (file && count < QUERIES_MOST && fgets(line, sizeof line, file)) {
		line[strcspn(line, "\n")] = '\0';
		if (strchr(line, '\t'))
			lines[count++] = strdup(line);
	}
	if (file)
		fclose(file);
	return count;
}

int main(int argc, char **argv) {
	static char *lines[QUERIES_MOST];
	struct error error = {0};
	bool all = argc > 1 && strcmp(argv[1], "-v") == 0;
	argv += all;
	if (argc - all != 3) {
		fputs("usage: search [-v] ARCHIVE QUERIES.tsv\n", stderr);
		return 2;
	}
	uint32_t count = read_lines(argv[2], lines), times_count = 0;
	struct archive *archive = archive_open(argv[1], ARCHIVE_READ, &error);
	if (!archive || !count) {
		fprintf(stderr, "%s\n", archive ? "no queries" : error.message);
		return 2;
	}
	double *times = malloc(count * (PASSES - 1) * sizeof *times);
	for (int pass = 0; pass < PASSES; pass++) {
		for (uint32_t i = 0; i < count; i++) {
			uint32_t hits;
			double time = ask(archive, lines[i], &hits, &error);
			if (pass)
				times[times_count++] = time;
			if (all && pass == PASSES - 1)
				printf("%s\t%.1f\t%u\n", lines[i], time, hits);
		}
	}
	qsort(times, times_count, sizeof *times, by_number);
	printf("%u queries: p50 %.1f, p90 %.1f, p99 %.1f, most %.1f microseconds\n", count, times[times_count / 2],
		times[times_count * 9 / 10], times[times_count * 99 / 100], times[times_count - 1]);
	archive_close(archive);
	for (uint32_t i = 0; i < count; i++)
		free(lines[i]);
	free(times);
	return 0;
}
