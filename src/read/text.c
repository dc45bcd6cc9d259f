/* Plain text: it is what it is. */
#include "reader.h"

int read_text(struct source *source, struct error *error) {
	(void)error;
	source->text = source->page;
	source->runs = source->page_runs;
	return 0;
}
