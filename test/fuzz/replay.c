/* Runs a fuzz target over files, so that seeds and inputs once found are ordinary tests: replay FILE|FOLDER… */
#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/file.h"
#include "fuzz.h"

static int run_file(const char *path) {
	struct buf bytes = {0};
	struct error error = {{0}, {0}};
	if (file_read(path, &bytes, &error) < 0) {
		fprintf(stderr, "%s\n", error.message);
		return 1;
	}
	LLVMFuzzerTestOneInput((const uint8_t *)buf_str(&bytes).at, bytes.len);
	buf_release(&bytes);
	return 0;
}

static int run_folder(const char *path) {
	DIR *folder = opendir(path);
	int failed = 0;
	for (struct dirent *entry; folder && (entry = readdir(folder));) {
		char name[4096];
		snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
		if (entry->d_name[0] != '.')
			failed |= run_file(name);
	}
	if (folder)
		closedir(folder);
	return failed;
}

int main(int count, char **arguments) {
	int failed = count < 2;
	for (int i = 1; i < count; i++) {
		struct stat about;
		bool is_folder = stat(arguments[i], &about) == 0 && S_ISDIR(about.st_mode);
		failed |= is_folder ? run_folder(arguments[i]) : run_file(arguments[i]);
	}
	return failed;
}
