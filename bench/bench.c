/* How many megabytes a second the compiler takes, in steady state: bench SECONDS FILE...
 *
 * The files are read first, then compiled over and over, on one thread and on all. Prints a line for each: what,
 * threads, MB/s (10^6 bytes of input). */
#include "../include/daybook.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct text {
	const char *name;
	char *bytes;
	size_t size;
};

struct bench {
	struct text *texts;
	int count;
	bool json; /* annotate: print the record too */
	double seconds;
};

struct worker {
	const struct bench *bench;
	pthread_t thread;
	double bytes, seconds;
};

static double now(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t compile_one(struct daybook *daybook, const struct text *text, bool json) {
	char error[256];
	struct daybook_record *record =
		daybook_annotate(daybook, text->name, text->bytes, text->size, DAYBOOK_FORM_AUTO, error, sizeof error);
	if (!record) {
		fprintf(stderr, "bench: %s: %s\n", text->name, error);
		exit(2);
	}
	size_t result = json ? strlen(daybook_record_json(record)) : daybook_record_count(record, "error");
	daybook_record_free(record);
	return result;
}

static void *work(void *argument) {
	struct worker *worker = argument;
	const struct bench *bench = worker->bench;
	struct daybook *daybook = daybook_open(NULL, NULL, 0);
	for (int i = 0; i < bench->count; i++)
		compile_one(daybook, &bench->texts[i], bench->json); /* caches are warm then */
	double begun = now();
	while ((worker->seconds = now() - begun) < bench->seconds)
		for (int i = 0; i < bench->count; i++) {
			compile_one(daybook, &bench->texts[i], bench->json);
			worker->bytes += (double)bench->texts[i].size;
		}
	daybook_close(daybook);
	return NULL;
}

static void run(const struct bench *bench, int threads) {
	struct worker *workers = calloc((size_t)threads, sizeof *workers);
	double rate = 0;
	for (int i = 0; i < threads; i++) {
		workers[i].bench = bench;
		pthread_create(&workers[i].thread, NULL, work, &workers[i]);
	}
	for (int i = 0; i < threads; i++) {
		pthread_join(workers[i].thread, NULL);
		rate += workers[i].bytes / workers[i].seconds / 1e6;
	}
	printf("%s\t%d\t%.1f\n", bench->json ? "annotate" : "check", threads, rate);
	fflush(stdout);
	free(workers);
}

static struct text read_text(const char *path) {
	FILE *file = fopen(path, "rb");
	if (!file) {
		perror(path);
		exit(2);
	}
	struct text text = {.name = path};
	fseek(file, 0, SEEK_END);
	long size = ftell(file);
	rewind(file);
	text.bytes = malloc((size_t)size + 1);
	text.size = fread(text.bytes, 1, (size_t)size, file);
	fclose(file);
	return text;
}

int main(int argc, char **argv) {
	if (argc < 3) {
		fprintf(stderr, "usage: bench SECONDS FILE...\n");
		return 2;
	}
	struct bench bench = {.count = argc - 2, .seconds = atof(argv[1])};
	bench.texts = calloc((size_t)bench.count, sizeof *bench.texts);
	for (int i = 0; i < bench.count; i++)
		bench.texts[i] = read_text(argv[i + 2]);
	int cores = (int)sysconf(_SC_NPROCESSORS_ONLN);
	for (int json = 0; json < 2; json++) {
		bench.json = json;
		run(&bench, 1);
		if (cores > 1)
			run(&bench, cores);
	}
	for (int i = 0; i < bench.count; i++)
		free(bench.texts[i].bytes);
	free(bench.texts);
	return 0;
}
