/* How many megabytes a second the cut into tokens takes, and the cut with the times, alone, on one core:
 * times SECONDS FILE...
 *
 * The files are read and compiled once before, so that each has its issue's date and its articles. Prints a line for each:
 * what, MB/s (10^6 bytes of text, by CPU time; the best of five rounds), how many times were found. */
#include "../src/daybook.h" /* the compiler; include/daybook.h is the installed door */

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "base/error.h"
#include "base/file.h"
#include "find/find.h"

enum { ROUNDS = 5 };

struct text {
	struct buf bytes;
	struct compilation compilation;
};

struct bench {
	struct text *texts;
	int count;
	double seconds; /* of all rounds */
	struct house house;
	struct zones *zones;
	struct arena arena;
	uint64_t found; /* in the last pass over all texts */
};

/* The time that this process has had a core: others may be running. */
static double now(void) {
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void run_one(struct bench *bench, const struct compilation *c, bool times) {
	struct document document;
	arena_reset(&bench->arena);
	document_cut(&document, &c->source, &bench->arena, &bench->arena);
	if (!times)
		return;
	struct record record = {.source = &c->source, .arena = &bench->arena, .issue = c->record.issue};
	record.articles.at = c->record.articles.at;
	record.articles.count = c->record.articles.count;
	record.listings.at = c->record.listings.at;
	record.listings.count = c->record.listings.count;
	find_times(&(struct finding){&document, &bench->house, bench->zones, &record, &bench->arena, NULL});
	bench->found += record.times.count;
}

static double round_rate(struct bench *bench, bool times) {
	double bytes = 0, begun = now(), taken = 0;
	while (taken < bench->seconds / ROUNDS) {
		bench->found = 0;
		for (int i = 0; i < bench->count; i++) {
			run_one(bench, &bench->texts[i].compilation, times);
			bytes += (double)bench->texts[i].compilation.source.text.len;
		}
		taken = now() - begun;
	}
	return bytes / taken / 1e6;
}

static void run(struct bench *bench, bool times) {
	double best = 0;
	for (int i = 0; i < ROUNDS; i++) {
		double rate = round_rate(bench, times);
		best = rate > best ? rate : best;
	}
	printf("%s\t%.1f\t%llu\n", times ? "tokens and times" : "tokens", best, (unsigned long long)bench->found);
	fflush(stdout);
}

static void read_text(struct bench *bench, struct text *text, const char *path) {
	struct error error = {{0}, {0}};
	if (file_read(path, &text->bytes, &error) < 0 || compile(&text->compilation, str_from(path), buf_str(&text->bytes),
			SOURCE_UNKNOWN, &bench->house, bench->zones, &error) < 0) {
		fprintf(stderr, "times: %s\n", error.message);
		exit(2);
	}
}

int main(int argc, char **argv) {
	if (argc < 3) {
		fprintf(stderr, "usage: times SECONDS FILE...\n");
		return 2;
	}
	struct bench bench = {.count = argc - 2, .seconds = atof(argv[1]), .zones = zones_open()};
	house_init(&bench.house);
	arena_init(&bench.arena);
	bench.texts = memory_get((size_t)bench.count * sizeof *bench.texts);
	memset(bench.texts, 0, (size_t)bench.count * sizeof *bench.texts);
	for (int i = 0; i < bench.count; i++)
		read_text(&bench, &bench.texts[i], argv[i + 2]);
	run(&bench, false);
	run(&bench, true);
	for (int i = 0; i < bench.count; i++) {
		compilation_release(&bench.texts[i].compilation);
		buf_release(&bench.texts[i].bytes);
	}
	free(bench.texts);
	arena_release(&bench.arena);
	house_release(&bench.house);
	zones_close(bench.zones);
	return 0;
}
