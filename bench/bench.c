/* How many megabytes a second the compiler takes, in steady state: bench SECONDS FILE...
 *
 * The files are read first, then worked on over and over, on one thread and on all. Prints a line for each: what,
 * threads, MB/s (10^6 bytes of input) in the best fiftieth of a second, which says most where other programs run too. */
#include "../include/daybook.h"
#include "../src/base/error.h"
#include "../src/base/memory.h"
#include "../src/text/document.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum work { CUT /* the text into tokens only */, CHECK, ANNOTATE /* check, and print the record */, WORKS };

static const char *const work_names[] = {"cut", "check", "annotate"};

struct text {
	const char *name;
	char *bytes;
	size_t size;
	struct source source;
};

struct bench {
	struct text *texts;
	int count;
	enum work work;
	double seconds;
};

struct worker {
	const struct bench *bench;
	pthread_t thread;
	double rate;
};

static double now(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t compile_one(struct daybook *daybook, const struct text *text, bool json) {
	char error[256];
	struct daybook_record *record = json
		? daybook_annotate(daybook, text->name, text->bytes, text->size, DAYBOOK_FORM_AUTO, error, sizeof error)
		: daybook_check(daybook, text->name, text->bytes, text->size, DAYBOOK_FORM_AUTO, error, sizeof error);
	if (!record) {
		fprintf(stderr, "bench: %s: %s\n", text->name, error);
		exit(2);
	}
	size_t result = json ? strlen(daybook_record_json(record)) : daybook_record_count(record, "error");
	daybook_record_free(record);
	return result;
}

static void cut_one(const struct text *text) {
	struct arena arena;
	struct document document;
	arena_init(&arena);
	document_cut(&document, &text->source, &arena, &arena);
	arena_release(&arena);
}

/* Works on every text once; returns their bytes. */
static double round_of(const struct bench *bench, struct daybook *daybook) {
	double bytes = 0;
	for (int i = 0; i < bench->count; i++) {
		if (bench->work == CUT)
			cut_one(&bench->texts[i]);
		else
			compile_one(daybook, &bench->texts[i], bench->work == ANNOTATE);
		bytes += (double)bench->texts[i].size;
	}
	return bytes;
}

static void *work(void *argument) {
	struct worker *worker = argument;
	struct daybook *daybook = daybook_open(NULL, NULL, 0);
	round_of(worker->bench, daybook); /* caches are warm then */
	for (double begun = now(), from = begun, to = begun; to - begun < worker->bench->seconds; from = to) {
		double bytes = 0;
		while ((to = now()) - from < 0.02)
			bytes += round_of(worker->bench, daybook);
		double rate = bytes / (to - from) / 1e6;
		worker->rate = rate > worker->rate ? rate : worker->rate;
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
		rate += workers[i].rate;
	}
	printf("%s\t%d\t%.1f\n", work_names[bench->work], threads, rate);
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
	struct error error = {0};
	if (source_read(&text.source, str_from(path), str_of(text.bytes, text.size), SOURCE_UNKNOWN, &error) < 0) {
		fprintf(stderr, "bench: %s\n", error.message);
		exit(2);
	}
	return text;
}

int main(int argc, char **argv) {
	if (argc < 3) {
		fprintf(stderr, "usage: bench SECONDS FILE...\n");
		return 2;
	}
	struct bench bench = {.count = argc - 2, .seconds = atof(argv[1])};
	memory_keep(); /* as the commands do */
	bench.texts = calloc((size_t)bench.count, sizeof *bench.texts);
	for (int i = 0; i < bench.count; i++)
		bench.texts[i] = read_text(argv[i + 2]);
	int cores = (int)sysconf(_SC_NPROCESSORS_ONLN);
	for (int i = 0; i < WORKS; i++) {
		bench.work = (enum work)i;
		run(&bench, 1);
		if (cores > 1)
			run(&bench, cores);
	}
	for (int i = 0; i < bench.count; i++) {
		source_release(&bench.texts[i].source);
		free(bench.texts[i].bytes);
	}
	free(bench.texts);
	return 0;
}
