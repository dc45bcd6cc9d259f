/* Archives and compressed files, through libarchive: what is in them is read as it is unpacked, and never kept whole. */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>

#include "../base/library.h"
#include "import.h"

/* libarchive is opened for the first archive. */
#define ARCHIVE_FUNCTIONS(F) \
	F(entry_filetype, archive_entry_filetype) \
	F(entry_pathname, archive_entry_pathname) \
	F(entry_pathname_utf8, archive_entry_pathname_utf8) \
	F(error_string, archive_error_string) \
	F(filter_bytes, archive_filter_bytes) \
	F(format, archive_format) \
	F(read_data, archive_read_data) \
	F(read_free, archive_read_free) \
	F(read_new, archive_read_new) \
	F(read_next_header, archive_read_next_header) \
	F(read_open1, archive_read_open1) \
	F(read_set_callback_data, archive_read_set_callback_data) \
	F(read_set_read_callback, archive_read_set_read_callback) \
	F(read_set_seek_callback, archive_read_set_seek_callback) \
	F(read_support_filter_bzip2, archive_read_support_filter_bzip2) \
	F(read_support_filter_gzip, archive_read_support_filter_gzip) \
	F(read_support_filter_xz, archive_read_support_filter_xz) \
	F(read_support_filter_zstd, archive_read_support_filter_zstd) \
	F(read_support_format_empty, archive_read_support_format_empty) \
	F(read_support_format_raw, archive_read_support_format_raw) \
	F(read_support_format_tar, archive_read_support_format_tar) \
	F(read_support_format_zip_seekable, archive_read_support_format_zip_seekable) \
	F(set_error, archive_set_error)

static struct {
	ARCHIVE_FUNCTIONS(LIBRARY_POINTER)
} la;

static int open_libarchive(struct error *error) {
	static const char *const names[] = {ARCHIVE_FUNCTIONS(LIBRARY_NAME) NULL};
	static struct library library = {"libarchive.so.13", names, &la, NULL, false};
	return library_open(&library, error);
}

/* Below this nothing is a bomb; above it the ratio counts. */
enum { HARMLESS = 16 << 20 };

struct unpacking {
	struct importing *im;
	struct stream *packed;
	struct archive *archive;
	uint64_t unpacked;
	const char *refused; /* why nothing more is unpacked, or null */
	zip_visit_fn *visit; /* is shown the files, instead of importing them */
	void *user;
};

/* ------------------------------------------------------------------ which files */

static bool is_zip(struct str head) {
	return str_starts(head, STR("PK\3\4")) || str_starts(head, STR("PK\5\6"));
}

static bool judge(struct str name, struct str head) {
	static const struct str signs[] = {{"\x1F\x8B", 2}, {"BZh", 3}, {"\xFD" "7zXZ\0", 6}, {"\x28\xB5\x2F\xFD", 4}};
	(void)name;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (str_starts(head, signs[i]))
			return true;
	return is_zip(head) || (head.len > 262 && memcmp(head.at + 257, "ustar", 5) == 0);
}

/* ------------------------------------------------------------------ what libarchive asks for */

static la_ssize_t give_packed(struct archive *archive, void *unpacking, const void **bytes) {
	struct stream *packed = ((struct unpacking *)unpacking)->packed;
	struct str ahead = stream_ahead(packed, 1);
	if (packed->failed && ahead.len == 0) {
		la.set_error(archive, EIO, "%s", packed->error.message);
		return -1;
	}
	*bytes = ahead.at;
	stream_take(packed, ahead.len);
	return (la_ssize_t)ahead.len;
}

static la_int64_t seek_packed(struct archive *archive, void *unpacking, la_int64_t offset, int whence) {
	(void)archive;
	int64_t place = stream_seek(((struct unpacking *)unpacking)->packed, offset, whence);
	return place < 0 ? ARCHIVE_FATAL : place;
}

static int open_archive(struct unpacking *u, bool zip) {
	struct archive *a = u->archive;
	if (zip) {
		la.read_support_format_zip_seekable(a);
		la.read_set_seek_callback(a, seek_packed);
	} else {
		/* One by one: libarchive would start other programs for what it cannot do itself. */
		la.read_support_filter_gzip(a);
		la.read_support_filter_bzip2(a);
		la.read_support_filter_xz(a);
		la.read_support_filter_zstd(a);
		la.read_support_format_tar(a);
		la.read_support_format_raw(a);
		la.read_support_format_empty(a);
	}
	la.read_set_read_callback(a, give_packed);
	la.read_set_callback_data(a, u);
	return la.read_open1(a);
}

/* ------------------------------------------------------------------ one file of it */

static bool is_bomb(const struct unpacking *u) {
	int64_t packed = la.filter_bytes(u->archive, -1);
	return u->unpacked > HARMLESS && packed > 0 && u->unpacked / (uint64_t)packed > u->im->limits->ratio;
}

static ssize_t more_of_entry(struct stream *stream, char *at, size_t room) {
	struct unpacking *u = stream->context;
	la_ssize_t got = la.read_data(u->archive, at, room);
	if (got < 0) {
		const char *why = la.error_string(u->archive);
		error_set(&stream->error, "cannot be unpacked: %s", why ? why : "it is damaged");
		return -1;
	}
	u->unpacked += (uint64_t)got;
	u->im->unpacked += (uint64_t)got;
	if (u->im->unpacked > u->im->limits->unpacked)
		u->refused = "would be too large unpacked";
	else if (is_bomb(u))
		u->refused = "swells too much when it is unpacked";
	if (!u->refused)
		return got;
	u->im->bomb = true;
	error_set(&stream->error, "%s", u->refused);
	return -1;
}

static void import_entry(struct unpacking *u, struct str name, bool sure) {
	struct stream entry = {.more = more_of_entry, .context = u, .fd = -1};
	if (u->visit)
		u->visit(u->user, name, &entry);
	else
		import_stream(u->im, &entry, name, sure);
	stream_close(&entry);
}

/* The entry's path as UTF-8, without the "./" that tar writes. */
static struct str entry_name(struct arena *arena, struct archive_entry *entry) {
	const char *name = la.entry_pathname_utf8(entry);
	if (!name)
		name = la.entry_pathname(entry);
	struct decoded decoded;
	encoding_decode(arena, &decoded, str_from(name ? name : "?"), STR_NULL);
	while (str_starts(decoded.text, STR("./")))
		decoded.text = str_of(decoded.text.at + 2, decoded.text.len - 2);
	return decoded.text;
}

static void take_entry(struct unpacking *u, struct archive_entry *entry) {
	struct arena arena;
	arena_init(&arena);
	struct str name = entry_name(&arena, entry);
	if (u->visit) {
		import_entry(u, name, true);
	} else if (la.entry_filetype(entry) == AE_IFREG && import_wants(name)) {
		size_t before = import_enter(u->im, "!", name);
		import_entry(u, name, false);
		import_leave(u->im, before);
	}
	arena_release(&arena);
}

/* ------------------------------------------------------------------ the archive */

/* Reads the files one behind the other. 0, or -1 with `error`. */
static int unpack(struct unpacking *u, struct str name, bool sure, struct error *error) {
	struct archive_entry *entry;
	int result = ARCHIVE_OK;
	bool raw = false;
	for (uint32_t count = 0; !u->im->stopped && !u->im->bomb && !u->refused; count++) {
		result = la.read_next_header(u->archive, &entry);
		if (result == ARCHIVE_EOF || result == ARCHIVE_FATAL)
			break;
		if (count >= u->im->limits->entries)
			u->refused = "has too many files in it";
		else if ((raw = la.format(u->archive) == ARCHIVE_FORMAT_RAW))
			import_entry(u, import_unpacked_name(name), sure);
		else
			take_entry(u, entry);
	}
	if (u->im->bomb && !u->refused)
		u->refused = "holds an archive that swells too much when it is unpacked";
	if (u->refused && raw) /* it was said of what is in it */
		return 0;
	if (u->refused) {
		error_set(error, "%s; no more of it is read", u->refused);
		return error_hint(error, "unpack it yourself if you trust it");
	}
	const char *why = la.error_string(u->archive);
	return result == ARCHIVE_FATAL ? error_set(error, "cannot be unpacked: %s", why ? why : "it is damaged") : 0;
}

static int open_and_unpack(struct unpacking *u, bool zip, struct str name, bool sure, struct error *error) {
	int result;
	if (open_libarchive(error) < 0)
		return -1;
	u->archive = la.read_new();
	/* libarchive asks the locale how names are written; the process's own is not touched. */
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
	if (!u->archive || open_archive(u, zip) != ARCHIVE_OK) {
		const char *why = u->archive ? la.error_string(u->archive) : NULL;
		result = error_set(error, "cannot be unpacked: %s", why ? why : "it is damaged");
	} else {
		result = unpack(u, name, sure, error);
	}
	la.read_free(u->archive);
	if (utf8) {
		uselocale(before);
		freelocale(utf8);
	}
	return result;
}

struct looking {
	struct importing *im;
	struct arena *arena;
	const struct posts *posts;
};

/* An export of Substack's has posts.csv at its root, or in its one folder. */
static void look_for_posts(void *user, struct str name, struct stream *file) {
	struct looking *l = user;
	struct str csv, folder = str_of(name.at, name.len - import_last_name(name).len);
	bool deep = folder.len && memchr(folder.at, '/', folder.len - 1);
	if (!l->posts && !deep && str_equal(import_last_name(name), STR("posts.csv")) &&
		stream_whole(file, l->im->limits->document, &csv, NULL) == 0)
		l->posts = posts_read(l->arena, csv);
}

/* Reads a zip whose stream can go back: what it says of its posts first. */
static int unpack_found_zip(struct unpacking *u, struct str name, struct error *error) {
	struct arena arena;
	const struct posts *before = u->im->posts;
	int result = 0;
	arena_init(&arena);
	if (!u->visit) {
		struct looking look = {.im = u->im, .arena = &arena};
		struct unpacking first = {.im = u->im, .packed = u->packed, .visit = look_for_posts, .user = &look};
		result = open_and_unpack(&first, true, name, false, error);
		u->im->posts = look.posts;
	}
	if (result == 0 && (u->visit || stream_seek(u->packed, 0, SEEK_SET) == 0))
		result = open_and_unpack(u, true, name, false, error);
	u->im->posts = before;
	arena_release(&arena);
	return result;
}

/* A zip's directory is at its end: one must be able to go back. */
static int unpack_zip(struct unpacking *u, struct str name, struct error *error) {
	struct stream spooled = {.fd = -1};
	int result = 0;
	if (!stream_can_seek(u->packed)) {
		result = stream_spool(u->packed, u->im->limits->unpacked, &spooled, error);
		u->packed = &spooled;
	}
	if (result == 0)
		result = unpack_found_zip(u, name, error);
	stream_close(&spooled);
	return result;
}

int zip_visit(struct importing *im, struct stream *packed, zip_visit_fn *visit, void *user, struct error *error) {
	int result = unpack_zip(&(struct unpacking){.im = im, .packed = packed, .visit = visit, .user = user}, STR(""), error);
	im->bomb &= im->depth > 0;
	return result;
}

static void import_archive(struct importing *im, struct stream *stream, struct str name, bool sure) {
	struct unpacking u = {.im = im, .packed = stream};
	struct error error = {0};
	if (im->depth >= im->limits->archives) {
		import_refuse(im, NULL, "is an archive in more than %u others", (unsigned)im->limits->archives);
		return;
	}
	im->depth++;
	int result = is_zip(stream_ahead(stream, 4)) ? unpack_zip(&u, name, &error) : open_and_unpack(&u, false, name, sure, &error);
	if (result < 0)
		import_refuse(im, error.hint[0] ? error.hint : NULL, "%s", error.message);
	im->depth--;
	im->bomb &= im->depth > 0;
}

const struct import_kind import_kind_archive = {judge, import_archive};
