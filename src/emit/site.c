/* The site: which pages there are, in which order they are written. */
#include "page.h"

#include "days.h"
#include "theme.h"

#include <stdlib.h>

static int put_theme(struct site *site) {
	for (size_t i = 0; i < theme_file_count; i++)
		if (site->sink->put(site->sink, theme_files[i].name, theme_files[i].bytes, site->error) < 0)
			return -1;
	return 0;
}

static int put_pages(struct site *site) {
	static int (*const families[])(struct site *) = {put_theme, site_front, site_issues, site_essays, site_events,
		site_event_lists, site_days, site_weeks, site_subjects, site_timeline, site_search, site_about, site_maps};
	for (size_t i = 0; i < sizeof families / sizeof *families; i++)
		if (families[i](site) < 0)
			return -1;
	return 0;
}

int emit_site(const struct publication *p, struct sink *sink, struct error *error) {
	struct days days;
	struct site site = {.p = p, .sink = sink, .error = error, .days = &days, .root = STR("")};
	arena_init(&site.arena);
	days_init(&days, p);
	site.prose = memory_get((p->issues.count + 1) * sizeof *site.prose);
	for (uint32_t i = 0; i < p->issues.count; i++)
		prose_init(&site.prose[i], p->issues.at[i].record);

	int result = put_pages(&site);

	for (uint32_t i = 0; i < p->issues.count; i++)
		prose_release(&site.prose[i]);
	free(site.prose);
	days_release(&days);
	arena_release(&site.arena);
	buf_release(&site.out);
	buf_release(&site.scratch);
	buf_release(&site.path);
	return result;
}
