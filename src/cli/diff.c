/* The unified diff of changes whose places are known: no search for what is common is needed. */
#include "mend.h"

enum { CONTEXT = 3 };

/* Whole lines of the original that changes [first, last) touch. */
struct region {
	uint32_t begin, end;
	uint32_t first, last;
};

struct differ {
	const struct mending *mending;
	struct str original;
	bool colour;
	struct buf *out;
	uint32_t at, line;  /* `line` is the number, from 1, of the line that begins at `at` */
	int64_t drift;      /* lines added before `at` */
};

static uint32_t line_begin(struct str text, uint32_t at) {
	while (at > 0 && text.at[at - 1] != '\n')
		at--;
	return at;
}

/* The begin of the line behind the one that holds `at`. */
static uint32_t line_end(struct str text, uint32_t at) {
	const char *newline = at < text.len ? memchr(text.at + at, '\n', text.len - at) : NULL;
	return newline ? (uint32_t)(newline + 1 - text.at) : (uint32_t)text.len;
}

static uint32_t lines_in(struct str s) {
	uint32_t count = s.len > 0 && s.at[s.len - 1] != '\n';
	for (size_t i = 0; i < s.len; i++)
		count += s.at[i] == '\n';
	return count;
}

static uint32_t lines_back(struct str text, uint32_t at, uint32_t floor) {
	for (int i = 0; i < CONTEXT && at > floor; i++)
		at = line_begin(text, at - 1);
	return at < floor ? floor : at;
}

static uint32_t lines_on(struct str text, uint32_t at) {
	for (int i = 0; i < CONTEXT && at < text.len; i++)
		at = line_end(text, at);
	return at;
}

/* The region that begins with change `first`: it takes in changes of the same and of touching lines. */
static struct region region_at(const struct differ *d, uint32_t first) {
	const struct change *changes = d->mending->changes.at;
	struct region r = {line_begin(d->original, changes[first].begin), 0, first, first};
	do {
		struct change change = changes[r.last++];
		uint32_t end = change.end > change.begin ? line_end(d->original, change.end - 1) : line_end(d->original, change.end);
		bool joins = change.end > change.begin && d->original.at[change.end - 1] == '\n' &&
					 (change.begin > line_begin(d->original, change.begin) || change.text.len);
		if (joins)
			end = line_end(d->original, change.end);
		r.end = end > r.end ? end : r.end;
	} while (r.last < d->mending->changes.count && changes[r.last].begin < r.end);
	return r;
}

static void print_lines(struct differ *d, char sign, struct str lines, struct buf *out) {
	const char *colour = !d->colour ? "" : sign == '-' ? "\033[31m" : sign == '+' ? "\033[32m" : "";
	for (size_t at = 0; at < lines.len;) {
		size_t end = line_end(lines, (uint32_t)at);
		bool ended = lines.at[end - 1] == '\n';
		buf_text(out, colour);
		buf_byte(out, sign);
		buf_add(out, str_of(lines.at + at, end - at - ended));
		buf_text(out, *colour ? "\033[0m\n" : "\n");
		if (!ended)
			buf_text(out, "\\ No newline at end of file\n");
		at = end;
	}
}

static void print_region(struct differ *d, struct region r, struct buf *out, uint32_t *old, uint32_t *new) {
	struct str before = str_of(d->original.at + r.begin, r.end - r.begin);
	struct buf after = {0};
	mending_apply_part(d->mending, d->original, (struct span){r.begin, r.end}, r.first, r.last, &after);
	print_lines(d, '-', before, out);
	print_lines(d, '+', buf_str(&after), out);
	*old += lines_in(before);
	*new += lines_in(buf_str(&after));
	buf_release(&after);
}

static void print_context(struct differ *d, uint32_t begin, uint32_t end, struct buf *out, uint32_t *old, uint32_t *new) {
	struct str lines = str_of(d->original.at + begin, end - begin);
	print_lines(d, ' ', lines, out);
	*old += lines_in(lines);
	*new += lines_in(lines);
}

/* One hunk: regions whose contexts touch. Gives the change behind it. */
static uint32_t print_hunk(struct differ *d, uint32_t change) {
	struct region r = region_at(d, change);
	uint32_t begin = lines_back(d->original, r.begin, d->at), at = begin;
	d->line += lines_in(str_of(d->original.at + d->at, begin - d->at));
	uint32_t old = 0, new = 0;
	struct buf body = {0};
	for (;;) {
		print_context(d, at, r.begin, &body, &old, &new);
		print_region(d, r, &body, &old, &new);
		at = r.end;
		uint32_t reach = lines_on(d->original, lines_on(d->original, at));
		if (r.last == d->mending->changes.count || d->mending->changes.at[r.last].begin >= reach)
			break;
		r = region_at(d, r.last);
	}
	uint32_t end = lines_on(d->original, at);
	print_context(d, at, end, &body, &old, &new);
	buf_format(d->out, "%s@@ -%u,%u +%lld,%u @@%s\n", d->colour ? "\033[36m" : "", d->line, old,
		(long long)(d->line + d->drift), new, d->colour ? "\033[0m" : "");
	buf_add(d->out, buf_str(&body));
	buf_release(&body);
	d->line += old;
	d->drift += (int64_t)new - old;
	d->at = end;
	return r.last;
}

void mending_diff(const struct mending *mending, const char *name, struct str original, bool colour, struct buf *out) {
	if (!mending->changes.count)
		return;
	struct differ d = {.mending = mending, .original = original, .colour = colour, .out = out, .line = 1};
	buf_format(out, "--- %s\n+++ %s\n", name, name);
	for (uint32_t change = 0; change < mending->changes.count;)
		change = print_hunk(&d, change);
}
