#include "terminal.h"

#include "options.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

void terminal_say(const char *format, ...) {
	va_list arguments;
	va_start(arguments, format);
	fputs("daybook: ", stderr);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
	va_end(arguments);
}

int terminal_refuse(const struct error *error) {
	terminal_say("%s", error->message);
	if (error->hint[0])
		fprintf(stderr, "  %s\n", error->hint);
	return EXIT_TROUBLE;
}

static bool is_terminal(int descriptor) {
	const char *kind = getenv("TERM");
	return isatty(descriptor) && kind && strcmp(kind, "dumb") != 0;
}

bool terminal_colour(int choice) {
	if (choice == COLOUR_ALWAYS || choice == COLOUR_NEVER)
		return choice == COLOUR_ALWAYS;
	const char *never = getenv("NO_COLOR");
	return is_terminal(STDOUT_FILENO) && !(never && never[0]);
}

/* The one thing of the process that a signal handler may write. */
static volatile sig_atomic_t stop_asked;

static void ask_stop(int signal) {
	(void)signal;
	stop_asked = 1;
}

void terminal_catch_stop(void) {
	struct sigaction action = {.sa_handler = ask_stop, .sa_flags = (int)SA_RESETHAND};
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

bool terminal_stopped(void) {
	return stop_asked;
}

int64_t terminal_clock(void) {
	return time(NULL);
}

double terminal_seconds(void) {
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Whether it is time to show how far it is. */
static bool is_due(struct progress *progress) {
	double now = terminal_seconds();
	if (progress->begun == 0)
		progress->begun = now;
	if (now - progress->begun < 1 || now - progress->last < 0.1 || !is_terminal(STDERR_FILENO))
		return false;
	progress->last = now;
	progress->shown = true;
	return true;
}

void progress_step(struct progress *progress, uint32_t done) {
	if (!progress->quiet && progress->total > 1 && is_due(progress))
		fprintf(stderr, "\r%s %u of %u\033[K", progress->what, done, progress->total);
}

void progress_share(struct progress *progress, uint32_t done, double share) {
	if (progress->quiet || !is_due(progress))
		return;
	double spent = progress->last - progress->begun;
	fprintf(stderr, "\r%s %u, %.0f a second", progress->what, done, done / spent);
	if (share > 0.01)
		fprintf(stderr, ", %.0f %%, %.0f s left", share * 100, spent / share - spent);
	fputs("\033[K", stderr);
}

void progress_end(struct progress *progress) {
	if (progress->shown)
		fputs("\r\033[K", stderr);
	progress->shown = false;
}
