/* A fuzz target: libFuzzer calls it; without libFuzzer, replay.c does with the files it is given. */
#ifndef DAYBOOK_FUZZ_H
#define DAYBOOK_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "read/source.h"

/* What the code under test promises of every input: a broken promise ends the run as a crash does. */
#define PROMISE(truth) \
	do { \
		if (!(truth)) { \
			fprintf(stderr, "%s:%d: not kept: %s\n", __FILE__, __LINE__, #truth); \
			abort(); \
		} \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The form that the first byte of an input names. */
static inline enum source_form fuzz_form(char byte) {
	switch (byte) {
	case 't': return SOURCE_TEXT;
	case 'm': return SOURCE_MARKDOWN;
	case 'h': return SOURCE_HTML;
	case 'e': return SOURCE_MAIL;
	case 'x': return SOURCE_TIMEML;
	default: return SOURCE_UNKNOWN;
	}
}

#endif
