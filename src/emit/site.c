/* The site: which pages there are, in which order they are written. */
#include "page.h"

#include "../know/dates.h"
#include "days.h"
#include "theme.h"

#include <stdlib.h>

static int put_theme(struct site *site) {
	for (uint32_t i = 0; i < site->theme->files.count; i++)
		if (site->sink->put(site->sink, site->theme->files.at[i].name, site->theme->files.at[i].bytes, site->error) < 0)
			return -1;
	return 0;
}

struct site *site_open(const struct publication *p, struct sink *sink) {
	struct site *site = memory_get(sizeof *site);
	*site = (struct site){.p = p, .sink = sink, .days = memory_get(sizeof *site->days), .root = STR("")};
	arena_init(&site->arena);
	days_init(site->days, p);
	site->labels = labels_for(p->language);
	if (!str_equal_nocase(str_of(p->language.at, p->language.len < 2 ? p->language.len : 2), STR("en")))
		site->dates = dates_open(p->language);
	site->theme = p->theme;
	if (!p->theme) {
		site->theme = site->own_theme = memory_get(sizeof *site->own_theme);
		theme_open(site->own_theme, NULL, NULL); /* a test sees to it that it is right */
	}
	size_t size = (p->issues.count + 1) * sizeof *site->proses;
	site->proses = memory_get(size);
	memset(site->proses, 0, size);
	return site;
}

void site_close(struct site *site) {
	for (uint32_t i = 0; i < site->p->issues.count; i++)
		if (site->proses[i].record)
			prose_release(&site->proses[i]);
	free(site->proses);
	if (site->own_theme)
		theme_release(site->own_theme);
	free(site->own_theme);
	days_release(site->days);
	free(site->days);
	dates_close(site->dates);
	arena_release(&site->arena);
	buf_release(&site->out);
	buf_release(&site->scratch);
	buf_release(&site->path);
	free(site);
}

int site_run(struct site *site, enum site_families which, uint32_t part, uint32_t parts, struct error *error) {
	static int (*const families[SITE_FAMILIES][10])(struct site *) = {
		[SITE_MANY] = {site_subjects, site_events, site_essays, site_days, site_issues},
		[SITE_SEARCH] = {site_search},
		[SITE_FEW] = {put_theme, site_front, site_event_lists, site_weeks, site_timeline, site_about, site_maps},
	};
	site->part = part;
	site->parts = parts;
	site->error = error;
	for (size_t i = 0; families[which][i]; i++)
		if (families[which][i](site) < 0)
			return -1;
	return 0;
}

int emit_site(const struct publication *p, struct sink *sink, struct error *error) {
	struct site *site = site_open(p, sink);
	int result = 0;
	for (int which = 0; which < SITE_FAMILIES && result == 0; which++)
		result = site_run(site, (enum site_families)which, 0, 1, error);
	site_close(site);
	return result;
}
