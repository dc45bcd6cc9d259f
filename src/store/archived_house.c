#include "archived_house.h"

#include "writer.h"

/* The house's own words, in the order of `keys`. */
enum { KEYS = 8 };
static const char *const keys[KEYS] = {"name", "zone", "language", "url", "email", "description", "id", "text"};

static struct str *value_of(struct house *house, int key) {
	struct str *const values[KEYS] = {&house->name, &house->zone, &house->language, &house->url, &house->email, &house->description,
		&house->id, &house->text};
	return values[key];
}

int archive_set_house(struct archive *a, const struct house *house, struct error *error) {
	if (!house->name.at && !house->zone.at)
		return 0;
	if (archive_begin(a, error) < 0)
		return -1;
	struct house copy = *house;
	for (int i = 0; i < KEYS; i++)
		if (sql_run(&a->sql, error, "INSERT INTO house VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2", "zs", keys[i], *value_of(&copy, i)) < 0)
			return -1;
	return 0;
}

int archive_house(struct archive *a, struct house *house, struct error *error) {
	house_init(house);
	sqlite3_stmt *s = sql_statement(&a->sql, "SELECT key, value FROM house");
	if (!s)
		return sql_fail(&a->sql, error);
	while (sqlite3_step(s) == SQLITE_ROW)
		for (int i = 0; i < KEYS; i++)
			if (str_equal(sql_str(s, 0), str_from(keys[i])) && sql_str(s, 1).at)
				*value_of(house, i) = arena_copy(&house->arena, sql_str(s, 1));
	sqlite3_reset(s);
	return 0;
}
