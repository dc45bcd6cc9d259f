#include "reader.h"

int read_mail(struct source *source, struct error *error) {
	return read_text(source, error);
}
