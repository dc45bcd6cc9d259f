/* The model of names: its lists, its best path, and a text's names by it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "../../src/daybook.h"
#include "base/error.h"
#include "emit/emit.h"
#include "know/model.h"

static uint32_t word(const char *text) {
	return model_word(str_from(text));
}

static void lists_know_words_and_phrases(void **state) {
	(void)state;
	assert_true(gazetteer_find(word("kyoto")).classes & GAZETTEER_CITY);
	assert_true(gazetteer_find(model_mix(word("marshall"), word("islands"))).classes & GAZETTEER_COUNTRY);
	assert_true(gazetteer_find(word("marshall")).classes & GAZETTEER_STARTS);
	assert_true(gazetteer_find(word("minister")).classes & GAZETTEER_PERSON_NOUN);
	assert_int_not_equal(gazetteer_find(word("said")).kind, 0);
	assert_int_equal(gazetteer_find(word("qzxqzx")).classes, 0);
}

/* What the lattice prefers, and what labels allow, found by trying all ways. */
static void best_path_is_the_best(void **state) {
	(void)state;
	enum { COUNT = 4 };
	struct model_scores scores[COUNT] = {0};
	uint16_t allowed[COUNT] = {(1 << MODEL_LABELS) - 1, (1 << MODEL_LABELS) - 1, 1, (1 << MODEL_LABELS) - 1};
	uint8_t back[COUNT * MODEL_LABELS], labels[COUNT];
	for (int i = 0; i < COUNT; i++)
		scores[i].lane[MODEL_LANE + MODEL_INSIDE] = 6000;
	scores[0].lane[MODEL_LANE + MODEL_BEGIN] = 5000;
	model_path(scores, allowed, COUNT, back, labels);
	assert_int_equal(labels[0], MODEL_BEGIN); /* nothing goes on that has not begun */
	assert_int_equal(labels[1], MODEL_INSIDE);
	assert_int_equal(labels[2], MODEL_OUTSIDE);
	assert_int_not_equal(labels[3], MODEL_INSIDE);
}

static void names_are_in_order_and_apart(void **state) {
	(void)state;
	struct house house;
	struct zones *zones = zones_open();
	struct error error = {{0}, {0}};
	struct compilation c;
	struct str text = STR("May 3, 2026\n\nThe Harbour\n\nBy Ada Moss\n\nAda Moss's ferry left Oslo for Kiel. Moss was in Berlin.\n");
	house_init(&house);
	assert_int_equal(compile(&c, STR("-"), text, SOURCE_TEXT, &house, zones, &error), 0);
	assert_true(c.record.names.count >= 4);
	for (uint32_t i = 0; i < c.record.names.count; i++) {
		const struct name *n = &c.record.names.at[i];
		assert_true(n->span.begin < n->span.end && n->span.end <= text.len);
		assert_true(i == 0 || c.record.names.at[i - 1].span.end <= n->span.begin);
		assert_true(n->entity < c.record.entities.count);
		assert_false(str_ends(str_at(text, n->span), STR("'s")));
	}
	struct buf out = {0};
	emit_brat(&c.record, &out);
	assert_true(str_find(buf_str(&out), STR("*\tEquiv T1 T2"), 0) != SIZE_MAX);
	buf_clear(&out);
	emit_conll(&c.record, &out);
	assert_true(str_find(buf_str(&out), STR("Oslo\t"), 0) != SIZE_MAX);
	buf_release(&out);
	compilation_release(&c);
	house_release(&house);
	zones_close(zones);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_know_words_and_phrases),
		cmocka_unit_test(best_path_is_the_best),
		cmocka_unit_test(names_are_in_order_and_apart),
	};
	return cmocka_run_group_tests_name("model", tests, NULL, NULL);
}
