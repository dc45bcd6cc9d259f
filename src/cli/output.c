#include "output.h"

#include "../base/file.h"

#include <errno.h>
#include <stdio.h>

void output_open(struct output *output, const char *path) {
	bool standard = !path || strcmp(path, "-") == 0;
	*output = (struct output){.path = standard ? NULL : path};
}

void output_add(struct output *output, struct str bytes) {
	if (output->path)
		buf_add(&output->held, bytes);
	else if (bytes.len)
		fwrite(bytes.at, 1, bytes.len, stdout); /* output_close asks whether it worked */
}

void output_drop(struct output *output) {
	buf_release(&output->held);
	output->path = NULL;
}

int output_close(struct output *output, struct error *error) {
	int result = 0;
	if (output->path)
		result = file_write(output->path, buf_str(&output->held), error);
	else if (fflush(stdout) != 0 || ferror(stdout))
		result = error_set(error, "cannot write to standard output: %s", strerror(errno));
	buf_release(&output->held);
	return result;
}
