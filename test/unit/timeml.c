/* TimeML that daybook writes: valid by the standard's grammar, and the same text and times when it is read again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include <libxml/parser.h>
#include <libxml/relaxng.h>

#include "../../src/daybook.h"
#include "base/error.h"
#include "base/file.h"
#include "emit/emit.h"

static struct house house;
static struct zones *zones;
static xmlRelaxNGPtr grammar;

static int open_all(void **state) {
	(void)state;
	const char *root = getenv("DAYBOOK_ROOT");
	char path[4096];
	snprintf(path, sizeof path, "%s/test/timeml/timeml.rng", root ? root : ".");
	xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewParserCtxt(path);
	grammar = xmlRelaxNGParse(parser);
	xmlRelaxNGFreeParserCtxt(parser);
	house_init(&house);
	zones = zones_open();
	return grammar ? 0 : -1;
}

static int close_all(void **state) {
	(void)state;
	xmlRelaxNGFree(grammar);
	zones_close(zones);
	house_release(&house);
	return 0;
}

static void is_valid(struct str timeml) {
	xmlDocPtr document = xmlReadMemory(timeml.at, (int)timeml.len, "x.tml", NULL, XML_PARSE_NONET);
	assert_non_null(document);
	xmlRelaxNGValidCtxtPtr validator = xmlRelaxNGNewValidCtxt(grammar);
	int result = xmlRelaxNGValidateDoc(validator, document);
	xmlRelaxNGFreeValidCtxt(validator);
	xmlFreeDoc(document);
	if (result != 0)
		fail_msg("not valid: %.*s", (int)timeml.len, timeml.at);
}

static void compile_as(struct compilation *c, const char *name, struct str bytes, enum source_form form) {
	struct error error = {{0}, {0}};
	if (compile(c, str_from(name), bytes, form, &house, zones, &error) < 0)
		fail_msg("%s: %s", name, error.message);
}

static void has_same_times(const struct record *a, const struct record *b) {
	assert_int_equal(a->times.count, b->times.count);
	for (uint32_t i = 0; i < a->times.count; i++) {
		const struct timex *x = &a->times.at[i], *y = &b->times.at[i];
		assert_int_equal(x->span.begin, y->span.begin);
		assert_int_equal(x->span.end, y->span.end);
		assert_int_equal(x->type, y->type);
		if (!str_equal(x->value, y->value))
			fail_msg("%.*s became %.*s", (int)x->value.len, x->value.at, (int)y->value.len, y->value.at);
	}
}

/* Writes `bytes` as TimeML and reads that; the text must be the same. */
static void goes_around(const char *name, struct str bytes, enum source_form form, bool same_times) {
	struct compilation first, second;
	struct buf out = {0};
	compile_as(&first, name, bytes, form);
	emit_timeml(&first.record, &out);
	is_valid(buf_str(&out));
	compile_as(&second, "again.tml", buf_str(&out), SOURCE_TIMEML);
	if (!str_equal(first.source.text, second.source.text))
		fail_msg("%s has another text", name);
	if (same_times)
		has_same_times(&first.record, &second.record);
	compilation_release(&first);
	compilation_release(&second);
	buf_release(&out);
}

static void text_goes_around(void **state) {
	(void)state;
	static const char *const texts[] = {
		"Monday, May 4, 2026\n\nOn May 6 & 7 the <ferry> sails \"twice\" ]]> at 6:30 pm.\n",
		"Monday, May 4, 2026\r\n\r\nOn June 2\rthe caf\xC3\xA9 opens.\r\n",
		"Sunday, May 3, 2026\n\nWORDS AND WAVES. 5/4, 5:45-8:30pm (JST), 4:45-7:30am (EDT), HYBRID. Sponsor: Lantern Club.\n",
		"No time at all.", " ", "May 4,\n2026", "\n\n\tMarch 1\n\n",
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		goes_around("letter.txt", str_from(texts[i]), SOURCE_TEXT, true);
}

static void examples_go_around(void **state) {
	(void)state;
	static const char *const names[] = {"pacific-weekly.txt", "capital-daybook.txt", "strait-letter.md", "arctic-forum.html",
		"river-club.eml", "faulty/sunday-letter.txt"};
	const char *root = getenv("DAYBOOK_ROOT");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char path[4096];
		struct buf bytes = {0};
		struct error error = {{0}, {0}};
		snprintf(path, sizeof path, "%s/examples/%s", root ? root : ".", names[i]);
		if (file_read(path, &bytes, &error) < 0)
			fail_msg("%s", error.message);
		/* What Markdown, a page or a mail says of its blocks is lost with the form; the text is not. */
		goes_around(path, buf_str(&bytes), SOURCE_UNKNOWN, str_ends(str_from(path), STR(".txt")));
		buf_release(&bytes);
	}
}

static void what_xml_forbids_keeps_its_length(void **state) {
	(void)state;
	struct compilation c, again;
	struct buf out = {0};
	compile_as(&c, "a&b\x01.c.txt", STR("a\fb\x1B" "c\xEF\xBF\xBF" "d\xEF\xBF\xBE May 4, 2026"), SOURCE_TEXT);
	emit_timeml(&c.record, &out);
	is_valid(buf_str(&out));
	compile_as(&again, "again.tml", buf_str(&out), SOURCE_TIMEML);
	assert_true(str_equal(again.source.text, STR("a b c\xEF\xBF\xBD" "d\xEF\xBF\xBD May 4, 2026")));
	has_same_times(&c.record, &again.record);
	compilation_release(&c);
	compilation_release(&again);
	buf_release(&out);
}

static void add_time(struct compilation *c, const char *words, const char *value, uint8_t type, uint32_t anchor) {
	size_t at = str_find(c->source.text, str_from(words), 0);
	struct span span = {(uint32_t)at, (uint32_t)(at + strlen(words))};
	*array_push(&c->arena, &c->record.times) = (struct timex){.span = span, .type = type, .value = str_from(value),
		.anchor = anchor, .until = NONE, .since = NONE, .date = NONE, .when = CIVIL_UNKNOWN, .year_given = true};
}

/* A record made by hand: spans that overlap, every attribute. */
static void record_of_every_kind(struct compilation *c) {
	compile_as(c, "hand.txt", STR("one two three four five six seven"), SOURCE_TEXT);
	c->record.issue.date = (struct civil){2026, 5, 4, -1, -1, -1};
	add_time(c, "one two", "2026-05-01", TIMEX_DATE, NONE);
	add_time(c, "two three four", "P3D", TIMEX_DURATION, 0);
	add_time(c, "four", "2026", TIMEX_DATE, NONE);
	add_time(c, "five", "P1W", TIMEX_SET, NONE);
	add_time(c, "six", "P2D", TIMEX_DURATION, NONE);
	add_time(c, "seven", "2026-05-05", TIMEX_DATE, NONE);
	struct timex *t = c->record.times.at;
	t[3].quant = STR("EVERY");
	t[3].freq = STR("2X");
	t[4].mod = STR("APPROX");
	t[0].when = (struct civil){2026, 5, 1, -1, -1, -1};
	t[1].begin = STR("2026-05-01");
	t[1].end = t[4].begin = STR("2026-05-04");
	t[4].end = STR("2026-05-06");
	t[5].from_now = true;
}

static void the_longest_of_overlapping_times_is_written(void **state) {
	(void)state;
	struct compilation c;
	struct buf out = {0};
	record_of_every_kind(&c);
	emit_timeml(&c.record, &out);
	is_valid(buf_str(&out));
	struct str want = STR("<TEXT>one <TIMEX3 tid=\"t2\" type=\"DURATION\" value=\"P3D\" temporalFunction=\"true\" functionInDocument=\"NONE\">"
		"two three four</TIMEX3> <TIMEX3 tid=\"t4\" type=\"SET\" value=\"P1W\" quant=\"EVERY\" freq=\"2X\" temporalFunction=\"false\" "
		"functionInDocument=\"NONE\">five</TIMEX3> <TIMEX3 tid=\"t5\" type=\"DURATION\" value=\"P2D\" mod=\"APPROX\" "
		"temporalFunction=\"true\" functionInDocument=\"NONE\" anchorTimeID=\"t0\" beginPoint=\"t0\">six</TIMEX3> <TIMEX3 tid=\"t6\" "
		"type=\"DATE\" value=\"2026-05-05\" temporalFunction=\"true\" functionInDocument=\"NONE\" anchorTimeID=\"t0\">seven</TIMEX3></TEXT>");
	if (str_find(buf_str(&out), want, 0) == SIZE_MAX)
		fail_msg("got %.*s", (int)out.len, out.at);
	assert_true(str_find(buf_str(&out), STR("<DOCID>hand</DOCID>"), 0) != SIZE_MAX);
	assert_true(str_find(buf_str(&out), STR("value=\"2026-05-04\" temporalFunction=\"false\" functionInDocument=\"CREATION_TIME\""), 0) != SIZE_MAX);
	compilation_release(&c);
	buf_release(&out);
}

static void each_time_has_its_reasons(void **state) {
	(void)state;
	struct compilation c;
	struct buf out = {0};
	record_of_every_kind(&c);
	c.record.times.at[1].rule = "day-count";
	c.record.times.at[0].until = 2;
	c.record.times.at[2].since = 0;
	emit_explanations(&c.record, &out);
	struct str want = STR("hand.txt:1:1: time: “one two” is DATE 2026-05-01, up to “four”\n"
		"hand.txt:1:5: time: “two three four” is DURATION P3D, from “one two” at 1:1 [day-count]\n"
		"hand.txt:1:15: time: “four” is DATE 2026, beginning with “one two”\n"
		"hand.txt:1:20: time: “five” is SET P1W quant EVERY freq 2X\n"
		"hand.txt:1:25: time: “six” is DURATION P2D mod APPROX, from the issue's date 2026-05-04\n"
		"hand.txt:1:29: time: “seven” is DATE 2026-05-05, from the issue's date 2026-05-04\n");
	if (!str_equal(buf_str(&out), want))
		fail_msg("got %.*s", (int)out.len, out.at);
	compilation_release(&c);
	buf_release(&out);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_goes_around), cmocka_unit_test(examples_go_around),
		cmocka_unit_test(what_xml_forbids_keeps_its_length), cmocka_unit_test(the_longest_of_overlapping_times_is_written),
		cmocka_unit_test(each_time_has_its_reasons),
	};
	return cmocka_run_group_tests(tests, open_all, close_all);
}
