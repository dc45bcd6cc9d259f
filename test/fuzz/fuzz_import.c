/* Imports any bytes and looks whether what is handed over keeps its promises. The first byte gives the file its name: m
 * (mailbox), x (feed), j (JSON), d (Word), z (zip), t (tar), c (Substack's posts.csv by itself), any other (none). */
#include <string.h>

#include "fuzz.h"

#include "base/error.h"
#include "base/utf8.h"
#include "read/import.h"

static const char *name_for(char byte) {
	switch (byte) {
	case 'm': return "box.mbox";
	case 'x': return "feed.xml";
	case 'j': return "export.json";
	case 'd': return "letter.docx";
	case 'z': return "all.zip";
	case 't': return "all.tar";
	default: return "input";
	}
}

static bool take(void *user, const struct imported *document) {
	uint32_t *count = user;
	PROMISE(document->origin.len > 0 && document->form != SOURCE_UNKNOWN && document->bytes.at);
	PROMISE(utf8_valid(document->origin, NULL) && (!document->url.at || utf8_valid(document->url, NULL)));
	PROMISE(!document->title.at || utf8_valid(document->title, NULL));
	PROMISE(!document->author.at || utf8_valid(document->author, NULL));
	PROMISE(!document->date.at || (document->date.len >= 10 && stamp_date(document->date).len == 10));
	return ++*count < 1000;
}

static bool failed(void *user, struct str origin, const struct error *error) {
	uint32_t *count = user;
	PROMISE(origin.len > 0 && error->message[0]);
	return ++*count < 1000;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
	static const struct import_limits limits = {.document = 1 << 20, .folders = 2, .archives = 3, .entries = 100,
		.unpacked = 16 << 20, .ratio = 250, .seconds = 1};
	uint32_t count = 0;
	if (size == 0)
		return 0;
	setenv("PATH", "/nowhere", 1); /* pdftotext is not what is tried here */
	struct str bytes = str_of((const char *)data + 1, size - 1);
	if (data[0] == 'c') {
		struct arena arena;
		arena_init(&arena);
		posts_read(&arena, bytes);
		arena_release(&arena);
		return 0;
	}
	struct importing im = {.limits = &limits, .take = take, .failed = failed, .user = &count};
	struct stream stream = {.fd = -1, .ended = true};
	struct str name = str_from(name_for((char)data[0]));
	buf_add(&stream.ahead, bytes);
	import_enter(&im, "", name);
	import_stream(&im, &stream, name, true);
	stream_close(&stream);
	buf_release(&im.origin);
	return 0;
}
