/* Addresses (http and https), through libcurl: what they give is read as a file would be. */
#include <curl/curl.h>
#include <stdio.h>
#include <unistd.h>

#include "../base/library.h"
#include "import.h"

/* Opened for the first address: it brings two dozen libraries. */
#define CURL_FUNCTIONS(F) \
	F(global_init, curl_global_init) \
	F(init, curl_easy_init) \
	F(setopt, curl_easy_setopt) \
	F(perform, curl_easy_perform) \
	F(getinfo, curl_easy_getinfo) \
	F(strerror, curl_easy_strerror) \
	F(cleanup, curl_easy_cleanup)

static struct {
	CURL_FUNCTIONS(LIBRARY_POINTER)
} curl;

struct download {
	CURL *curl;
	struct importing *im;
	struct stream kept; /* in a temporary file */
	uint64_t size;
	const char *refused;
	char trouble[CURL_ERROR_SIZE];
};

static void start_curl(void) {
	curl.global_init(CURL_GLOBAL_DEFAULT);
}

static int open_curl(struct error *error) {
	static const char *const names[] = {CURL_FUNCTIONS(LIBRARY_NAME) NULL};
	static struct library library = {"libcurl.so.4", names, &curl, start_curl, false};
	return library_open(&library, error);
}

bool import_is_address(struct str path) {
	return str_starts(path, STR("http://")) || str_starts(path, STR("https://"));
}

static size_t receive(char *at, size_t one, size_t count, void *download) {
	struct download *d = download;
	size_t size = one * count;
	d->size += size;
	if (d->size > d->im->limits->download)
		d->refused = "is too large";
	for (size_t done = 0; done < size && !d->refused;) {
		ssize_t put = write(d->kept.fd, at + done, size - done);
		if (put < 0)
			d->refused = "cannot be kept in a temporary file";
		else
			done += (size_t)put;
	}
	return d->refused ? 0 : size;
}

static void set_up(struct download *d, const char *address) {
	CURL *c = d->curl;
	curl.setopt(c, CURLOPT_URL, address);
	curl.setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	curl.setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
	curl.setopt(c, CURLOPT_FOLLOWLOCATION, 1L);
	curl.setopt(c, CURLOPT_MAXREDIRS, 10L);
	curl.setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl.setopt(c, CURLOPT_USERAGENT, "daybook/" DAYBOOK_VERSION);
	curl.setopt(c, CURLOPT_ACCEPT_ENCODING, ""); /* all that libcurl can undo */
	curl.setopt(c, CURLOPT_CONNECTTIMEOUT, 30L);
	curl.setopt(c, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl.setopt(c, CURLOPT_LOW_SPEED_TIME, (long)d->im->limits->seconds);
	curl.setopt(c, CURLOPT_ERRORBUFFER, d->trouble);
	curl.setopt(c, CURLOPT_WRITEFUNCTION, receive);
	curl.setopt(c, CURLOPT_WRITEDATA, d);
}

/* 0, or -1 when it was said why not. */
static int fetch(struct download *d) {
	CURLcode result = curl.perform(d->curl);
	long code = 0;
	curl.getinfo(d->curl, CURLINFO_RESPONSE_CODE, &code);
	if (d->refused)
		import_refuse(d->im, NULL, "%s", d->refused);
	else if (result != CURLE_OK)
		import_refuse(d->im, NULL, "cannot be read: %s", d->trouble[0] ? d->trouble : curl.strerror(result));
	else if (code == 404 || code == 410)
		import_refuse(d->im, "check the address", "does not exist (%ld)", code);
	else if (code == 401 || code == 403)
		import_refuse(d->im, "save it with a browser that is signed in, and read the file", "may not be read (%ld)", code);
	else if (code < 200 || code > 299)
		import_refuse(d->im, NULL, "cannot be read: the server answers %ld", code);
	else
		return 0;
	return -1;
}

/* ------------------------------------------------------------------ what it is */

/* The ending of a name for a media type; null for those that say nothing, whose bytes tell. */
static const char *ending_of(struct str type) {
	static const struct { const char *type, *ending; } known[] = {{"text/html", ".html"}, {"application/xhtml+xml", ".html"},
		{"text/markdown", ".md"}, {"message/rfc822", ".eml"}, {"application/pdf", ".pdf"}};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_equal_nocase(type, str_from(known[i].type)))
			return known[i].ending;
	return NULL;
}

/* The charset of a Content-Type; null where it names none. */
static struct str charset_of(struct str type) {
	size_t at = str_find(type, STR("charset="), 0);
	if (at == SIZE_MAX)
		return STR_NULL;
	at += 8 + (at + 8 < type.len && type.at[at + 8] == '"');
	size_t end = at;
	while (end < type.len && !strchr("\"; ", type.at[end]))
		end++;
	return str_of(type.at + at, end - at);
}

/* A page's or text's charset is not always in it: what the server says is believed. */
static void recode(struct download *d, struct str charset) {
	struct arena arena;
	struct decoded decoded;
	struct str all;
	struct error error;
	arena_init(&arena);
	if (stream_whole(&d->kept, d->im->limits->document, &all, &error) == 0) {
		encoding_decode(&arena, &decoded, all, charset);
		if (decoded.text.at != all.at) {
			d->kept.ahead.len = d->kept.taken = 0;
			buf_add(&d->kept.ahead, decoded.text);
		}
	}
	arena_release(&arena);
}

static void import_kept(struct download *d) {
	char *type = NULL, *place = NULL;
	curl.getinfo(d->curl, CURLINFO_CONTENT_TYPE, &type);
	curl.getinfo(d->curl, CURLINFO_EFFECTIVE_URL, &place);
	struct str all = str_from(type ? type : ""), name = str_from(place ? place : "");
	size_t semicolon = str_find(all, STR(";"), 0);
	const char *ending = ending_of(str_trim(str_of(all.at, semicolon == SIZE_MAX ? all.len : semicolon)));
	name.len = strcspn(name.at, "?#");
	name = import_last_name(name);
	bool is_text = str_starts(all, STR("text/")) && !xml_root_is(stream_ahead(&d->kept, 4096), (const char *const[]){"rss", "feed", "RDF", NULL});
	if (is_text && charset_of(all).at)
		recode(d, charset_of(all));
	d->im->url = str_from(place);
	import_stream(d->im, &d->kept, ending ? str_from(ending) : name, true);
	d->im->url = STR_NULL;
}

void import_address(struct importing *im, const char *address) {
	struct download d = {.im = im, .kept = {.fd = -1}};
	struct stream nothing = {.fd = -1, .ended = true};
	struct error error = {0};
	if (open_curl(&error) < 0) {
		import_refuse(im, NULL, "cannot be read: %s", error.message);
		return;
	}
	d.curl = curl.init();
	if (!d.curl || stream_spool(&nothing, 0, &d.kept, &error) < 0) {
		import_refuse(im, NULL, "%s", d.curl ? error.message : "cannot be read: libcurl does not start");
	} else {
		set_up(&d, address);
		if (fetch(&d) == 0 && stream_seek(&d.kept, 0, SEEK_SET) == 0)
			import_kept(&d);
	}
	curl.cleanup(d.curl);
	stream_close(&d.kept);
}
