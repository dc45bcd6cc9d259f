/* Input made to be slow, at N and 2N: time and memory must grow with the size, not with its square. Time is that of
 * the processor, the best of three runs, with a wide bound; memory is what the arenas took. */
#include <stdio.h>
#include <sys/resource.h>

#include "../../src/daybook.h"

enum { PIECES = 20000, ROUNDS = 3 };

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

static double seconds(void) {
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

struct cost {
	double seconds;
	size_t memory;
};

static struct cost measure(const struct nasty *nasty, struct str bytes, const struct house *house, struct zones *zones) {
	struct cost best = {1e9, 0};
	for (int round = 0; round < ROUNDS && (round == 0 || best.seconds < 2); round++) {
		struct compilation c;
		struct error error;
		double begin = seconds();
		compile(&c, STR("nasty"), bytes, nasty->form, house, zones, &error);
		double taken = seconds() - begin;
		best.memory = c.memory;
		compilation_release(&c);
		best.seconds = taken < best.seconds ? taken : best.seconds;
	}
	return best;
}

/* Whether twice the input cost about twice: the bound leaves room for caches and for a doubling of arrays. */
static bool grows_evenly(struct cost one, struct cost two) {
	return two.seconds <= one.seconds * 3.2 + 0.03 && (double)two.memory <= (double)one.memory * 3 + (4 << 20);
}

int main(void) {
	struct house house;
	struct zones *zones = zones_open();
	struct buf input = {0};
	int failed = 0, count = (int)(sizeof inputs / sizeof *inputs);
	house_init(&house);
	printf("1..%d\n", count);
	for (int i = 0; i < count; i++) {
		struct cost cost[2];
		for (unsigned n = 0; n < 2; n++) {
			make(&input, &inputs[i], PIECES * inputs[i].times * (n + 1));
			cost[n] = measure(&inputs[i], buf_str(&input), &house, zones);
		}
		bool good = grows_evenly(cost[0], cost[1]);
		failed += !good;
		printf("%s %d - %s: %.0f and %.0f ms, %zu and %zu KB\n", good ? "ok" : "not ok", i + 1, inputs[i].name,
			cost[0].seconds * 1e3, cost[1].seconds * 1e3, cost[0].memory >> 10, cost[1].memory >> 10);
	}
	buf_release(&input);
	house_release(&house);
	zones_close(zones);
	return failed > 0;
}
