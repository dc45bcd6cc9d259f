#include "standing.h"

#include "../base/hash.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

static void add_field(struct buf *out, struct str field) {
	buf_format(out, "%zu:", field.at ? field.len + 1 : 0);
	buf_add(out, field);
}

static void add_house(struct buf *out, const struct house *house) {
	const struct str fields[] = {house->name, house->zone, house->language, house->url, house->email, house->description, house->id, house->text};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		add_field(out, fields[i]);
	for (uint32_t i = 0; i < house->sponsors.count; i++)
		add_field(out, house->sponsors.at[i]);
	buf_add(out, str_of((const char *)house->severities, sizeof house->severities));
	const struct civil d = house->date;
	buf_format(out, " %d %d %d %d %d %d", d.year, d.month, d.day, d.hour, d.minute, d.second);
}

/* The program itself: its version, and which file it is, as versions stay the same while one works on it. */
static void add_program(struct buf *out) {
	struct stat about;
	buf_text(out, DAYBOOK_VERSION);
	if (stat("/proc/self/exe", &about) == 0)
		buf_format(out, " %lld %lld %lld", (long long)about.st_size, (long long)about.st_mtim.tv_sec, (long long)about.st_mtim.tv_nsec);
}

/* A new option that changes what is written belongs here. */
static uint64_t fingerprint(const struct inputs *inputs, const struct settings *settings, uint64_t theme) {
	struct buf all = {0};
	add_program(&all);
	buf_format(&all, " %d ", settings->form);
	add_house(&all, &inputs->house);
	buf_format(&all, " %llu", (unsigned long long)theme);
	uint64_t hash = hash_bytes(buf_str(&all));
	buf_release(&all);
	return hash;
}

static const char *path_of(struct arena *arena, const struct settings *settings, const char *name) {
	return arena_format(arena, "%s/.daybook/%s", settings->out, name).at;
}

void standing_open(struct standing *s, const struct inputs *inputs, const struct settings *settings, uint64_t theme) {
	*s = (struct standing){.settings = settings};
	built_init(&s->before);
	built_init(&s->now);
	s->now.fingerprint = fingerprint(inputs, settings, theme);
	array_reserve(&s->now.arena, &s->now.sources, inputs->paths.count);
	for (uint32_t i = 0; i < inputs->paths.count; i++)
		*array_push(&s->now.arena, &s->now.sources) = built_look(&s->now.arena, inputs->paths.at[i]);
	/* What an archive was given last stands beside it for a while. */
	const char *log = arena_format(&s->now.arena, "%s-wal", inputs->paths.at[0]).at;
	if (inputs->paths.count == 1 && access(log, F_OK) == 0)
		*array_push(&s->now.arena, &s->now.sources) = built_look(&s->now.arena, log);
	s->finished = built_read(&s->before, path_of(&s->now.arena, settings, "built")) && built_undisturbed(&s->before);
}

void standing_release(struct standing *s) {
	built_release(&s->before);
	built_release(&s->now);
}

bool standing_is(const struct standing *s) {
	const struct built_counts *counts = &s->before.counts;
	if (!s->finished || s->settings->force || (s->settings->strict && counts->errors + counts->warnings))
		return false;
	return s->before.fingerprint == s->now.fingerprint && built_same_sources(&s->before, &s->now);
}

void standing_note(struct standing *s, uint32_t source, struct str bytes) {
	s->now.sources.at[source].hash = hash_bytes(bytes);
}

int standing_begin(struct standing *s, struct error *error) {
	const char *path = path_of(&s->now.arena, s->settings, "built");
	if (unlink(path) == 0 || errno == ENOENT)
		return 0;
	return error_set(error, "cannot remove '%.512s': %s", path, strerror(errno));
}

int standing_finish(struct standing *s, const struct folder *folder, const struct built_counts *counts, struct error *error) {
	struct built *now = &s->now;
	now->counts = *counts;
	for (uint32_t i = 0; i < folder->places.count; i++) {
		struct str place = folder->places.at[i].path;
		const char *path = arena_format(&now->arena, "%s%s%.*s", s->settings->out, place.len ? "/" : "", (int)place.len, place.at ? place.at : "").at;
		*array_push(&now->arena, &now->places) = built_leave(&now->arena, path);
	}
	static const char *const remembered[] = {"manifest", "state.json"};
	for (size_t i = 0; i < sizeof remembered / sizeof *remembered; i++)
		*array_push(&now->arena, &now->places) = built_leave(&now->arena, path_of(&now->arena, s->settings, remembered[i]));
	return built_write(now, path_of(&now->arena, s->settings, "built"), error);
}
