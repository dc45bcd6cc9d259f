/* Running another program on a file: without a shell, with limits of time, memory and output. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "import.h"

/* Where `name` is in PATH; false where it is not. */
static bool find_program(const char *name, char path[4096]) {
	const char *folders = getenv("PATH");
	for (const char *at = folders ? folders : "/usr/local/bin:/usr/bin:/bin"; *at;) {
		size_t len = strcspn(at, ":");
		int size = snprintf(path, 4096, "%.*s/%s", (int)len, at, name);
		if (len && size < 4096 && access(path, X_OK) == 0)
			return true;
		at += len + (at[len] == ':');
	}
	return false;
}

static void limit(int what, rlim_t value) {
	setrlimit(what, &(struct rlimit){value, value});
}

/* In the child, where nothing but system calls may be made. */
static _Noreturn void become(const char *path, char *const *arguments, int input, int output, int errors, unsigned seconds) {
	static char *const environment[] = {(char *)(uintptr_t)"LC_ALL=C.UTF-8", NULL};
	limit(RLIMIT_CPU, seconds);
	limit(RLIMIT_AS, (rlim_t)1 << 30);
	limit(RLIMIT_FSIZE, 0);
	limit(RLIMIT_CORE, 0);
	if (dup2(input, STDIN_FILENO) >= 0 && dup2(output, STDOUT_FILENO) >= 0 && dup2(errors, STDERR_FILENO) >= 0)
		execve(path, arguments, environment);
	_exit(127);
}

static int64_t now(void) {
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Reads what there is into `buf`; false at the end. */
static bool drain(int fd, struct buf *buf, size_t most) {
	enum { BLOCK = 1 << 16 };
	char *at = buf_reserve(buf, BLOCK);
	ssize_t got = read(fd, at, BLOCK);
	if (got > 0 && buf->len <= most)
		buf->len += (size_t)got;
	return got > 0 || (got < 0 && (errno == EINTR || errno == EAGAIN));
}

/* Collects both outputs until they end. Null, or why the program must be ended. */
static const char *collect(const int from[2], struct buf *out, struct buf *errors, size_t most, unsigned seconds) {
	struct pollfd polled[2] = {{from[0], POLLIN, 0}, {from[1], POLLIN, 0}};
	int64_t end = now() + (int64_t)seconds * 1000;
	while (polled[0].fd >= 0 || polled[1].fd >= 0) {
		int64_t left = end - now();
		int ready = left > 0 ? poll(polled, 2, (int)left) : 0;
		if (ready == 0)
			return "takes too long";
		if (ready < 0 && errno != EINTR)
			return "cannot be waited for";
		if (ready > 0 && polled[0].revents && !drain(polled[0].fd, out, most))
			polled[0].fd = -1;
		if (ready > 0 && polled[1].revents && !drain(polled[1].fd, errors, 4096))
			polled[1].fd = -1;
		if (out->len > most)
			return "gives more than a document may have";
	}
	return NULL;
}

/* What the program complained of first, or how it ended. */
static int complain(const char *name, struct str errors, int status, struct error *error) {
	errors = str_trim(errors);
	const char *lf = errors.len ? memchr(errors.at, '\n', errors.len) : NULL;
	if (lf)
		errors.len = (size_t)(lf - errors.at);
	if (errors.len)
		return error_set(error, "cannot be read by %s: %.*s", name, (int)(errors.len < 200 ? errors.len : 200), errors.at);
	if (WIFSIGNALED(status))
		return error_set(error, "cannot be read by %s: it was ended by signal %d", name, WTERMSIG(status));
	return error_set(error, "cannot be read by %s: it ended with code %d", name, WEXITSTATUS(status));
}

static int start(const char *path, char *const *arguments, int input, int pipes[2][2], unsigned seconds) {
	pid_t child = fork();
	if (child == 0)
		become(path, arguments, input, pipes[0][1], pipes[1][1], seconds);
	close(pipes[0][1]);
	close(pipes[1][1]);
	return child;
}

int program_run(char *const *arguments, int input, size_t most, unsigned seconds, struct buf *out, struct error *error) {
	char path[4096];
	int pipes[2][2], status = 0;
	if (!find_program(arguments[0], path)) {
		error_set(error, "needs the program %s, which is not installed", arguments[0]);
		return error_hint(error, "it is in the package poppler-utils");
	}
	if (pipe2(pipes[0], O_CLOEXEC) < 0)
		return error_set(error, "cannot be given to %s: there is no pipe", arguments[0]);
	if (pipe2(pipes[1], O_CLOEXEC) < 0) {
		close(pipes[0][0]);
		close(pipes[0][1]);
		return error_set(error, "cannot be given to %s: there is no pipe", arguments[0]);
	}
	struct buf errors = {0};
	pid_t child = start(path, arguments, input, pipes, seconds);
	const char *why = child < 0 ? "cannot be started" :
		collect((int[2]){pipes[0][0], pipes[1][0]}, out, &errors, most, seconds);
	if (child > 0 && why)
		kill(child, SIGKILL);
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	close(pipes[0][0]);
	close(pipes[1][0]);
	int result = why ? error_set(error, "cannot be read: %s %s", arguments[0], why) :
		status ? complain(arguments[0], buf_str(&errors), status, error) : 0;
	buf_release(&errors);
	return result;
}
