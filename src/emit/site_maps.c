/* For search engines: sitemap.xml, which needs the site's address, and robots.txt (RFC 9309). */
#include "page.h"

#define MAP_MOST 50000 /* sitemaps.org: addresses in one file */

/* One file of the map, and how many addresses it holds; a full one is put and the next begun. */
struct map {
	struct site *site;
	struct buf *out;
	uint32_t addresses, files;
	int result;
};

static struct str map_name(struct map *m, uint32_t file) {
	return file ? arena_format(&m->site->arena, "sitemap-%u.xml", file + 1) : STR("sitemap.xml");
}

static void open_map(struct map *m) {
	buf_clear(m->out);
	buf_text(m->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
	m->addresses = 0;
}

static void close_map(struct map *m) {
	buf_text(m->out, "</urlset>\n");
	if (m->result == 0)
		m->result = m->site->sink->put(m->site->sink, map_name(m, m->files), buf_str(m->out), m->site->error);
	m->files++;
}

static void add_address(struct map *m, const char *folder, struct str name, struct civil changed) {
	char day[CIVIL_TEXT];
	if (m->addresses == MAP_MOST) {
		close_map(m);
		open_map(m);
	}
	m->addresses++;
	buf_text(m->out, "<url><loc>");
	add_base(m->out, m->site->p);
	buf_text(m->out, folder);
	buf_add(m->out, name);
	buf_text(m->out, ".html</loc>");
	if (civil_has_date(changed)) {
		buf_text(m->out, "<lastmod>");
		buf_add(m->out, str_of(day, (size_t)civil_format(changed, day)));
		buf_text(m->out, "</lastmod>");
	}
	buf_text(m->out, "</url>\n");
}

static struct civil day_of(int64_t seconds) {
	struct civil c = civil_from_seconds(seconds);
	c.hour = c.minute = c.second = -1;
	return c;
}

static void add_addresses(struct map *m) {
	const struct publication *p = m->site->p;
	struct civil newest = p->issues.count ? p->issues.at[0].record->issue.date : CIVIL_UNKNOWN;
	add_address(m, "", STR("index"), newest);
	add_address(m, "events/", STR("index"), newest);
	add_address(m, "issues/", STR("index"), newest);
	add_address(m, "", STR("subscribe"), CIVIL_UNKNOWN);
	add_address(m, "", STR("timeline"), newest);
	add_address(m, "", STR("search"), CIVIL_UNKNOWN);
	for (uint32_t i = 0; i < p->issues.count; i++)
		add_address(m, "issues/", p->issues.at[i].slug, p->issues.at[i].record->issue.date);
	for (uint8_t kind = 0; kind < SUBJECT_KINDS; kind++)
		add_address(m, subject_folder(kind), STR("index"), newest);
	for (uint32_t i = 0; i < p->subjects.list.count; i++)
		add_address(m, subject_folder(p->subjects.list.at[i].kind), p->subjects.list.at[i].slug, CIVIL_UNKNOWN);
	for (uint32_t i = 0; i < p->articles.count; i++)
		add_address(m, "essays/", p->articles.at[i].slug, p->issues.at[p->articles.at[i].issue].record->issue.date);
	for (uint32_t i = 0; i < p->events.count; i++)
		add_address(m, "events/", p->events.at[i].slug, p->events.at[i].modified ? day_of(p->events.at[i].modified) : CIVIL_UNKNOWN);
}

static int put_robots(struct site *site, uint32_t maps) {
	struct map m = {.site = site};
	buf_clear(&site->out);
	buf_text(&site->out, "User-agent: *\nAllow: /\n");
	for (uint32_t i = 0; i < maps; i++) {
		buf_text(&site->out, "Sitemap: ");
		add_base(&site->out, site->p);
		buf_add(&site->out, map_name(&m, i));
		buf_byte(&site->out, '\n');
	}
	return site->sink->put(site->sink, STR("robots.txt"), buf_str(&site->out), site->error);
}

int site_maps(struct site *site) {
	struct map m = {.site = site, .out = &site->out};
	if (site->p->house->url.at) {
		open_map(&m);
		add_addresses(&m);
		close_map(&m);
	}
	return m.result < 0 ? -1 : put_robots(site, m.files);
}
