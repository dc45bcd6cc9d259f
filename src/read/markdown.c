#include "reader.h"

int read_markdown(struct source *source, struct error *error) {
	return read_text(source, error);
}
