/* Input made to be slow, at N and 4N: work and memory must grow with the size, not with its square. Memory is what the
 * arenas took, and is judged here. Work is counted in instructions, because a clock is no witness where other programs
 * run too: under callgrind (count.py starts it) each compilation is a dump of its own, named by its test and size. */
#include <stdio.h>

#include "../../src/daybook.h"

#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>
#else
#define CALLGRIND_ZERO_STATS
#define CALLGRIND_DUMP_STATS_AT(name) (void)(name)
#endif

enum { PIECES = 1000, FACTOR = 4 };

/* `head`, then n times `piece`, then `tail`; in `piece` the digit # counts. */
struct nasty {
	const char *name;
	enum source_form form;
	const char *head, *piece, *tail;
	unsigned times; /* of PIECES */
};

static const char mail_head[] = "From: a@b.example\nMIME-Version: 1.0\n";

static const struct nasty inputs[] = {
	{"one long line", SOURCE_TEXT, "", "word and ", "", 10},
	{"one word", SOURCE_TEXT, "", "x", "", 20},
	{"short lines", SOURCE_TEXT, "", "a\n", "", 10},
	{"blank lines", SOURCE_TEXT, "", "\n", "", 20},
	{"CR lines", SOURCE_TEXT, "", "a\r", "\n", 10},
	{"open quotations", SOURCE_TEXT, "", "\xE2\x80\x9C" "a ", "", 4},
	{"straight quotation marks", SOURCE_TEXT, "", "\"", "", 10},
	{"speeches", SOURCE_TEXT, "", "\xE2\x80\x9C" "a b,\xE2\x80\x9D said Ada Moss, the head of x, and added that ", "", 1},
	{"speech without end", SOURCE_TEXT, "", "\xE2\x80\x9C" "So it is, he said\n\n", "", 2},
	{"cues", SOURCE_TEXT, "", "he said that she told them ", "", 2},
	{"sources", SOURCE_TEXT, "Ada Moss ", "said the minister, the head of the house, ", "", 2},
	{"descriptions", SOURCE_TEXT, "", "The minister said it rained. ", "", 2},
	{"callings", SOURCE_TEXT, "", "ministers Ada Moss, Jo Park and ", "", 2},
	{"apostrophes", SOURCE_TEXT, "", "'a", "", 10},
	{"full stops", SOURCE_TEXT, "", "a.", "", 10},
	{"dashes", SOURCE_TEXT, "", "- -- ", "", 10},
	{"no-break spaces", SOURCE_TEXT, "", "\xC2\xA0", "", 10},
	{"at signs", SOURCE_TEXT, "", "a@", "", 10},
	{"addresses", SOURCE_TEXT, "", "http://a.", "", 4},
	{"digits", SOURCE_TEXT, "", "1,000", "", 10},
	{"colons", SOURCE_TEXT, "", "Date: ", "", 4},
	{"labels", SOURCE_TEXT, "", "Date: a\n", "", 2},
	{"clock times", SOURCE_TEXT, "", "5:00-", "", 4},
	{"zones", SOURCE_TEXT, "May 3, 2026\n\n", "5pm EST ", "", 2},
	{"day lists", SOURCE_TEXT, "May 3, 2026\n\n", "May 4, ", "", 2},
	{"dated headings", SOURCE_TEXT, "", "MONDAY, MAY 4\n\n", "", 1},
	{"essays", SOURCE_TEXT, "May 3, 2026\n\n", "The Long Ferry\nBy Ada Moss, Fellow\n\nA word.[1]\n\n[1] A note.\n[2] Ibid.\n\n", "", 1},
	{"brackets", SOURCE_TEXT, "", "(", "", 10},
	{"note marks", SOURCE_TEXT, "", "a.[1] ", "\n\n[1] b", 4},
	{"dates", SOURCE_TEXT, "May 3, 2026\n\n", "Monday, May 4, 5-6pm EDT, ", "", 2},
	{"capitals", SOURCE_TEXT, "", "THE HALL OF ", "", 4},
	{"events", SOURCE_TEXT, "May 3, 2026\n\nEVENTS\n\nMONDAY, MAY 4\n\n", "TALK. 5-6pm EDT. Hall, Bonn. Speaker: Ada Moss.\n\n", "", 1},
	{"names", SOURCE_TEXT, "", "Ada Moss, Fellow, River Institute, and ", "", 2},
	{"one name", SOURCE_TEXT, "", "Ada Moss said. Moss left. ", "", 2},
	{"new names", SOURCE_TEXT, "", "Ada Q# said. ", "", 2},
	{"acronyms", SOURCE_TEXT, "", "Ada River Institute (ARI), ", "", 2},
	{"mojibake", SOURCE_TEXT, "", "\xC3\x83\xC2\xA9", "", 10},
	{"stray bytes", SOURCE_TEXT, "\xC3\xA9", "\xC3\xA9\xE9 ", "", 10},
	{"link openers", SOURCE_MARKDOWN, "", "[", "", 4},
	{"pictures", SOURCE_MARKDOWN, "", "![a", "", 4},
	{"empty links", SOURCE_MARKDOWN, "", "[](", "", 4},
	{"block quotations", SOURCE_MARKDOWN, "", ">", " a\n", 4},
	{"nested bullets", SOURCE_MARKDOWN, "", "- ", "a\n", 4},
	{"emphasis", SOURCE_MARKDOWN, "", "*a **b _c ", "", 2},
	{"comments", SOURCE_MARKDOWN, "", "<!--", "", 2},
	{"references", SOURCE_MARKDOWN, "[a]: /target\n\n", "[a] ", "", 2},
	{"notes", SOURCE_MARKDOWN, "a\n\n", "[^a]: b\n", "", 2},
	{"narrow rows", SOURCE_MARKDOWN, "|a|b|c|d|\n|-|-|-|-|\n", "|\n", "", 2},
	{"divisions", SOURCE_HTML, "", "<div>a</div>", "", 4},
	{"open bold", SOURCE_HTML, "<p>", "<b>x</b><i>", "", 1},
	{"less-than signs", SOURCE_HTML, "<p>", "< ", "", 10},
	{"ampersands", SOURCE_HTML, "<p>", "&", "", 10},
	{"attributes", SOURCE_HTML, "<p ", "a# ", ">", 1},
	{"tables", SOURCE_HTML, "", "<table><tr><td>a<td>b</table>", "", 1},
	{"line ends", SOURCE_HTML, "<p>", "a<br>", "", 4},
	{"marked times", SOURCE_TIMEML, "<TimeML><TEXT>", "<TIMEX3 tid='t#' value='2026-05-04'>4 &lt; May</TIMEX3> ", "</TEXT></TimeML>", 1},
	{"names of elements", SOURCE_TIMEML, "<TimeML><TEXT>", "<a#/>", "</TEXT></TimeML>", 4},
	{"names of attributes", SOURCE_TIMEML, "<TimeML><TEXT><a ", "a#='' ", "/></TEXT></TimeML>", 4},
	{"names of instructions", SOURCE_TIMEML, "<TimeML><TEXT>", "<?a#?>", "</TEXT></TimeML>", 4},
	{"sections", SOURCE_TIMEML, "<TimeML><TEXT>", "<![CDATA[a]]>b<!-- -->", "</TEXT></TimeML>", 4},
	{"parts", SOURCE_MAIL, "From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n",
		"--b\n\nx\n", "--b--\n", 1},
	{"headers", SOURCE_MAIL, mail_head, "Subject: x\n", "\nbody", 1},
	{"quoted lines", SOURCE_MAIL, "From: a@b.example\nMIME-Version: 1.0\n\nnew\n", "> a\n", "", 4},
};

static void make(struct buf *out, const struct nasty *nasty, unsigned count) {
	buf_clear(out);
	buf_text(out, nasty->head);
	for (unsigned i = 0; i < count; i++) {
		for (const char *at = nasty->piece; *at; at++) {
			if (*at == '#')
				buf_number(out, i);
			else
				buf_byte(out, *at);
		}
	}
	buf_text(out, nasty->tail);
}

/* Compiles the text; the bytes that its arenas took. */
static size_t measure(const struct nasty *nasty, unsigned factor, struct str bytes, const struct house *house, struct zones *zones) {
	struct compilation c;
	struct error error;
	char name[64];
	snprintf(name, sizeof name, "%u %s", factor, nasty->name);
	CALLGRIND_ZERO_STATS;
	compile(&c, STR("nasty"), bytes, nasty->form, house, zones, &error);
	size_t memory = c.memory;
	compilation_release(&c);
	CALLGRIND_DUMP_STATS_AT(name);
	return memory;
}

/* Whether four times the input cost about four times: the bound leaves room for the first and last chunks. */
static bool grows_evenly(size_t one, size_t four) {
	return four <= one * (FACTOR + 1) + (2 << 20);
}

int main(void) {
	struct house house;
	struct zones *zones = zones_open();
	struct buf input = {0};
	int failed = 0, count = (int)(sizeof inputs / sizeof *inputs);
	house_init(&house);
	printf("1..%d\n", count);
	for (int i = 0; i < count; i++) {
		size_t memory[2];
		for (unsigned n = 0; n < 2; n++) {
			unsigned factor = n ? FACTOR : 1;
			make(&input, &inputs[i], PIECES * inputs[i].times * factor);
			memory[n] = measure(&inputs[i], factor, buf_str(&input), &house, zones);
		}
		bool good = grows_evenly(memory[0], memory[1]);
		failed += !good;
		printf("%s %d - %s: %zu and %zu KB\n", good ? "ok" : "not ok", i + 1, inputs[i].name, memory[0] >> 10, memory[1] >> 10);
	}
	buf_release(&input);
	house_release(&house);
	zones_close(zones);
	return failed > 0;
}
