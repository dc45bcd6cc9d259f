/* What each form of input becomes: its text, its marks, and the way back to the file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/utf8.h"
#include "read/source.h"

static struct source source;

static void read_as(enum source_form form, struct str bytes) {
	struct error error = {{0}, {0}};
	if (source_read(&source, STR("-"), bytes, form, &error) < 0)
		fail_msg("%s", error.message);
	assert_true(utf8_valid(source.text, NULL));
}

#define READ(form, literal) read_as(form, STR(literal))

static void is(struct str got, const char *want) {
	if (!str_equal(got, str_from(want)))
		fail_msg("got \"%.*s\", expected \"%s\"", (int)got.len, got.at ? got.at : "", want);
}

static const char *const kinds[] = {"paragraph", "heading", "item", "quote", "table", "row", "cell", "code", "rule", "note",
	"contents", "emphasis", "strong", "link", "reference", "break", "hidden"};

/* All marks of `kind` as "level text=value|…". */
static void marks_are(enum mark_kind kind, const char *want) {
	struct buf got = {0};
	uint32_t count = 0;
	for (uint32_t i = 0; i < source.marks.count; i++) {
		const struct mark *mark = &source.marks.at[i];
		if (mark->kind != kind)
			continue;
		struct str text = str_at(source.text, mark->span);
		buf_format(&got, "%s%.*s", count++ ? "|" : "", (int)text.len, text.at);
		if (mark->level)
			buf_format(&got, "/%u", mark->level);
		if (mark->value.at)
			buf_format(&got, "=%.*s", (int)mark->value.len, mark->value.at);
	}
	if (!str_equal(buf_str(&got), str_from(want)))
		fail_msg("%s: got \"%.*s\", expected \"%s\"", kinds[kind], (int)got.len, got.len ? got.at : "", want);
	buf_release(&got);
}

/* The text without what is hidden. */
static void shows(const char *want) {
	struct buf got = {0};
	uint32_t at = 0;
	for (uint32_t i = 0; i < source.marks.count; i++) {
		const struct mark *mark = &source.marks.at[i];
		if (mark->kind != MARK_HIDDEN)
			continue;
		assert_true(mark->span.begin >= at);
		buf_add(&got, str_at(source.text, (struct span){at, mark->span.begin}));
		at = mark->span.end;
	}
	buf_add(&got, str_at(source.text, (struct span){at, (uint32_t)source.text.len}));
	is(buf_str(&got), want);
	buf_release(&got);
}

/* Whether `words` of the text stand in the file at `line` and `column`, and begin with `original` there. */
static void stands_at(const char *words, uint32_t line, uint32_t column, const char *original) {
	size_t at = str_find(source.text, str_from(words), 0);
	assert_true(at != SIZE_MAX);
	struct place place = source_place(&source, (uint32_t)at);
	assert_int_equal(place.line, line);
	assert_int_equal(place.column, column);
	uint32_t byte = source_original(&source, (uint32_t)at);
	assert_true(str_starts(str_of(source.original.at + byte, source.original.len - byte), str_from(original)));
}

static void suspects_are(const char *want) {
	struct buf got = {0};
	for (uint32_t i = 0; i < source.suspects.count; i++) {
		const struct source_suspect *suspect = &source.suspects.at[i];
		struct str text = str_at(source.text, suspect->span);
		struct str repair = suspect->repair.at ? suspect->repair : STR("?");
		buf_format(&got, "%s%.*s>%.*s", got.len ? "|" : "", (int)text.len, text.at, (int)repair.len, repair.at);
	}
	is(buf_str(&got), want);
	buf_release(&got);
}

static int close_source(void **state) {
	(void)state;
	source_release(&source);
	return 0;
}

/* ------------------------------------------------------------------ encodings */

static void utf8_text_is_the_file(void **state) {
	(void)state;
	READ(SOURCE_TEXT, "\xEF\xBB\xBF" "A\xC2\xA0" "b\r\nc\r");
	assert_ptr_equal(source.text.at, source.original.at);
	assert_int_equal(source.runs.count, 0);
	suspects_are("");
}

static void windows_1252_is_known_by_its_bytes(void **state) {
	(void)state;
	READ(SOURCE_TEXT, "caf\xE9 \x93yes\x94 \x80 5\ncaf\xE9");
	is(source.text, "café “yes” € 5\ncafé");
	is(source.encoding, "windows-1252");
	stands_at("yes", 1, 7, "yes\x94");
	stands_at("5", 1, 14, "5");
	suspects_are("");
}

static void utf16_with_and_without_a_mark(void **state) {
	(void)state;
	READ(SOURCE_TEXT, "\xFF\xFE" "a\0\n\0\x19\x20" "b\0");
	is(source.text, "\xEF\xBB\xBF" "a\n’b");
	stands_at("b", 2, 2, "b");
	source_release(&source);
	READ(SOURCE_TEXT, "\0N\0o\0o\0n\0 \0E\0T\0\xE9");
	is(source.text, "Noon ETé");
	is(source.encoding, "utf-16be");
}

static void stray_bytes_in_utf8_are_suspects(void **state) {
	(void)state;
	READ(SOURCE_TEXT, "é and \x92 and \xC2");
	is(source.text, "é and ’ and \xEF\xBF\xBD");
	suspects_are("’>’|\xEF\xBF\xBD>?");
}

static void mojibake_is_found_with_its_repair(void **state) {
	(void)state;
	READ(SOURCE_TEXT, "donâ€™t cafÃ© Â£5 donÃ¢â‚¬â„¢t Ð”Ð° â€ x ‚Äôs");
	suspects_are("â€™>’|Ã©>é|Â£>£|Ã¢â‚¬â„¢>’|Ð”Ð°>Да|â€>?|‚Äô>’");
}

static void good_text_is_not_mojibake(void **state) {
	(void)state;
	READ(SOURCE_TEXT, "“DÉJÀ” «TRÈS» AMANHÃ” „DIÄ“ Ñandú São Åse Þórr naïve Łódź Привет ελληνικά 10 Â. €5 – ok…");
	suspects_are("");
}

static void what_is_no_text_is_refused(void **state) {
	(void)state;
	struct error error;
	static const struct { struct str bytes; const char *says; } refused[] = {
		{{"%PDF-1.7 x", 10}, "PDF"}, {{"PK\x03\x04xx", 6}, "ZIP"}, {{"\x89PNG\r\n", 6}, "picture"}, {{"a\0\0\0\0\1\2\3\0", 9}, "control"}};
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		assert_int_equal(source_read(&source, STR("x"), refused[i].bytes, SOURCE_UNKNOWN, &error), -1);
		assert_non_null(strstr(error.message, refused[i].says));
		assert_true(error.hint[0]);
	}
	READ(SOURCE_TEXT, "One stray NUL\0 amid a page of text is read around, as an editor would do it.");
	assert_int_equal(source.suspects.count, 1);
	is(source.suspects.at[0].repair, "");
}

/* ------------------------------------------------------------------ Markdown */

static void markdown_hides_its_markup(void **state) {
	(void)state;
	READ(SOURCE_MARKDOWN, "# A *b* #\n\n**c** [d](http://x.example \"t\") `e` \\* f &amp; g ~~h~~ ![i](j)\n\nK\n=\n\n> l\n> m\n\n***n***\n");
	shows(" A b\n\nc d e * f & g h \n\nK\n\n\n l\n m\n\nn\n");
	marks_are(MARK_HEADING, "# A *b*/1|K\n=/1");
	marks_are(MARK_LINK, "d=http://x.example");
	marks_are(MARK_QUOTE, "> l\n> m/1");
	marks_are(MARK_STRONG, "c|n");
}

static void markdown_lists_and_tables(void **state) {
	(void)state;
	READ(SOURCE_MARKDOWN, "- a\n  b\n- c\n  1. d\n\n| W | X |\n|---|---|\n| 1 \\| 2 | [y](z) | extra |\n| 3\n");
	marks_are(MARK_ITEM, "- a\n  b/1|- c\n  1. d/1|1. d/2");
	marks_are(MARK_CELL, "W/1|X/2|1 \\| 2/1|[y](z)/2|extra/3|3/1");
	shows(" a\n  b\n c\n   d\n\n W  X \n\n 1 | 2  y extra \n 3\n");
}

static void markdown_notes_are_all_seen(void **state) {
	(void)state;
	READ(SOURCE_MARKDOWN, "A.[^1] B.[^9]\n\n[^1]: One *x*.\n    more\n[^2]: Two.\n[^1]: Again.\n");
	marks_are(MARK_NOTE_REFERENCE, "[^1]=1|[^9]=9");
	marks_are(MARK_NOTE, "[^1]: One *x*.\n    more=1|[^2]: Two.=2|[^1]: Again.=1");
	shows("A.[^1] B.[^9]\n\n One x.\n    more\n Two.\n Again.\n");
	source_release(&source);
	READ(SOURCE_MARKDOWN, "\xEF\xBB\xBF" "A.[^n]\r\n\r\n[^n]:\r\n    Late.\r\n");
	marks_are(MARK_NOTE, "[^n]:\r\n    Late.=n");
}

static void markdown_front_matter_and_breaks(void **state) {
	(void)state;
	READ(SOURCE_MARKDOWN, "---\ntitle: \"The Letter\"\ndate: 2026-03-01\n---\na  \nb\\\nc<br>d\n\n[r]: /u \"v\"\nSee [r].\n");
	is(source.title, "The Letter");
	is(source.date, "2026-03-01");
	marks_are(MARK_CONTENTS, "---\ntitle: \"The Letter\"\ndate: 2026-03-01\n---");
	marks_are(MARK_BREAK, "||");
	marks_are(MARK_LINK, "r=/u");
	stands_at("See", 10, 1, "See");
}

static void markdown_keeps_code_and_html_text(void **state) {
	(void)state;
	READ(SOURCE_MARKDOWN, "```\na *b*\n```\n\n    c\n\n<div>\nwords <b>d</b>\n</div>\n\n- - -\n");
	shows("\na *b*\n\n\n    c\n\n\nwords d\n\n\n\n");
	marks_are(MARK_RULE, "- - -");
}

/* ------------------------------------------------------------------ HTML */

static void html_becomes_text(void **state) {
	(void)state;
	READ(SOURCE_HTML, "<!doctype html><title>The\n Letter</title><style>p{}</style><body><nav>Home</nav>\n<h1>A  &amp; b</h1>\n"
		"<p>one <b>two</b>\n three&nbsp;x<br>four</p><p hidden>no</p><ul><li>i<li>ii</ul><blockquote>q</blockquote>"
		"<pre> p\n  r</pre><footer>Imprint</footer>");
	is(source.text, "A & b\n\none two three\xC2\xA0x\nfour\n\ni\n\nii\n\nq\n\n p\n  r\n\nImprint");
	is(source.title, "The Letter");
	marks_are(MARK_HEADING, "A & b/1");
	marks_are(MARK_STRONG, "two");
	marks_are(MARK_ITEM, "i/1|ii/1");
	marks_are(MARK_QUOTE, "q/1");
	marks_are(MARK_CONTENTS, "Imprint");
	stands_at("& b", 3, 8, "&amp; b");
	stands_at("three", 5, 2, "three&nbsp;");
	stands_at("four", 5, 18, "four</p>");
}

static void html_tables_of_data_and_of_layout(void **state) {
	(void)state;
	READ(SOURCE_HTML, "<table><tr><td><p>left</p><p>x</p></td><td>right</td></tr></table>"
		"<table><tr><th>When<th>What<tr><td>Mon<td>Talk</table><table><tr><td>alone</table>");
	marks_are(MARK_TABLE, "When\tWhat\nMon\tTalk");
	marks_are(MARK_ROW, "When\tWhat/1|Mon\tTalk");
	marks_are(MARK_CELL, "When/1|What/2|Mon/1|Talk/2");
	source_release(&source);
	READ(SOURCE_HTML, "<table><tr><th>Day<th>Hour<th>What<tr><td rowspan=2>Mon<td>1<td>a<tr><td>2<td>b<tr><td colspan=2>Tue<td>c</table>");
	marks_are(MARK_CELL, "Day/1|Hour/2|What/3|Mon/1|1/2|a/3|2/2|b/3|Tue/1|c/3");
}

static void html_notes_and_dates(void **state) {
	(void)state;
	READ(SOURCE_HTML, "<meta property='article:published_time' content='2026-03-01T08:00:00Z'><p>Said.<sup><a href='#fn1'>1</a></sup> "
		"More.<sup>2</sup> 5 km<sup>2</sup> <a href='#fn3'>[3]</a> <time datetime='2027-01-01'>then</time></p>"
		"<ol><li id='fn1'>Note one. <a href='#fnref1' class='footnote-backref'>up</a></li></ol>"
		"<div id='ftn3'><p><a href='#_ftnref3' name='_ftn3'>[3]</a> Note three</p></div>");
	is(source.date, "2026-03-01");
	marks_are(MARK_NOTE_REFERENCE, "1=1|2=2|[3]=3");
	marks_are(MARK_NOTE, "Note one.=1|[3] Note three=3");
	source_release(&source);
	/* Two essays of a page, each with its note 1. */
	READ(SOURCE_HTML, "<p>One.<sup><a href='#fn1-1'>[1]</a></sup></p><ol><li id='fn1-1'>First</li></ol>"
		"<p>Two.<sup><a href='#fn2-1'>[1]</a></sup></p><ol><li id='fn2-1'>Second</li></ol>");
	marks_are(MARK_NOTE_REFERENCE, "[1]=1|[1]=1");
	marks_are(MARK_NOTE, "First=1|Second=1");
}

static void html_of_mail_programs(void **state) {
	(void)state;
	READ(SOURCE_HTML, "<title>*|SUBJECT|*</title><!--[if mso]><table><tr><td>x<![endif]--><!--[if !mso]><!----><span "
		"style='font-size:0;display : none'>Preview</span><!--<![endif]--><table role=presentation><tr><td><p "
		"class=MsoListParagraph><![if !supportLists]>&#183;<span>&nbsp; </span><![endif]>A bullet<o:p></o:p></p></td><td>b</td></tr>"
		"<tr><td>Read online<br>whenever you like<br>Unsubscribe</td></tr></table>");
	is(source.text, "·\xC2\xA0 A bullet\n\nb\n\nRead online\nwhenever you like\nUnsubscribe");
	assert_null(source.title.at);
	marks_are(MARK_CONTENTS, "Read online|whenever you like\nUnsubscribe");
}

static void html_in_its_own_charset(void **state) {
	(void)state;
	READ(SOURCE_HTML, "<meta charset=\"iso-8859-1\"><p>caf\xE9 \x93x\x94</p>");
	is(source.text, "café “x”");
	stands_at("x", 1, 37, "x\x94");
}

static void html_too_deep_is_refused(void **state) {
	(void)state;
	struct buf page = {0};
	for (int i = 0; i < 10000; i++)
		buf_text(&page, "<div>");
	struct error error = {{0}, {0}};
	assert_int_equal(source_read(&source, STR("x.html"), buf_str(&page), SOURCE_UNKNOWN, &error), -1);
	assert_non_null(strstr(error.message, "deep"));
	buf_release(&page);
}

/* ------------------------------------------------------------------ mail */

#define HEADERS "From: =?utf-8?Q?L=C3=A9a?= <lea@club.example>\r\nSubject: =?utf-8?B?VGhlIENsdWIg4oCUIE1heQ==?=\r\n" \
	"Date: Mon, 4 May 2026 23:30:00 -0700\r\nMIME-Version: 1.0\r\n"

static void mail_states_its_headers(void **state) {
	(void)state;
	READ(SOURCE_MAIL, HEADERS "\r\nHello.\r\n");
	is(source.title, "The Club — May");
	is(source.date, "2026-05-04");
	is(source.from, "Léa <lea@club.example>");
	is(source.text, "Hello.\r\n");
	stands_at("Hello", 6, 1, "Hello");
}

static void mail_in_quoted_printable_leads_to_the_raw_file(void **state) {
	(void)state;
	READ(SOURCE_MAIL, HEADERS "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
		"<p>Caf=C3=A9 al=\r\npha &mdash; <b>b=3Dc</b></p>\r\n");
	is(source.text, "Café alpha — b=c");
	stands_at("alpha", 8, 14, "al=\r\npha");
	stands_at("pha", 9, 1, "pha");
	stands_at("=c", 9, 17, "=3Dc");
}

static void mail_in_base64_leads_to_the_raw_file(void **state) {
	(void)state;
	READ(SOURCE_MAIL, HEADERS "Content-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: base64\r\n\r\n"
		"Y2Fm6SBhdCBub29u\r\nIG9uIE1vbmRheQo=\r\n");
	is(source.text, "café at noon on Monday\n");
	stands_at("on Monday", 9, 1, "IG9u");
}

static void mail_gives_its_fuller_alternative(void **state) {
	(void)state;
	static const char first[] = HEADERS "Content-Type: multipart/alternative; boundary=B\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\n";
	static const char second[] = "\r\n--B\r\nContent-Type: text/html\r\n\r\n";
	static const struct { const char *plain, *html, *text; } cases[] = {
		{"Your program shows no HTML.", "<h1>May</h1><p>One talk.</p><p>Another talk.</p>", "May\n\nOne talk.\n\nAnother talk."},
		{"Monday\n\nOne talk at noon in the hall.", "<img src='x'>", "Monday\n\nOne talk at noon in the hall."},
		{"Monday\n\nOne talk at noon.", "<span>See the text.</span>", "Monday\n\nOne talk at noon."},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf mail = {0};
		buf_format(&mail, "%s%s%s%s\r\n--B--\r\n", first, cases[i].plain, second, cases[i].html);
		read_as(SOURCE_MAIL, buf_str(&mail));
		is(source.text, cases[i].text);
		source_release(&source);
		buf_release(&mail);
	}
	READ(SOURCE_MAIL, HEADERS "\r\nend");
}

static void mail_flowed_is_joined(void **state) {
	(void)state;
	READ(SOURCE_MAIL, HEADERS "Content-Type: text/plain; format=flowed\r\n\r\nOne line \r\nthat goes on.\r\n  stuffed\r\n");
	is(source.text, "One line that goes on.\r\n stuffed\r\n");
	stands_at("that", 8, 1, "that");
}

static void mail_marks_what_surrounds_the_bulletin(void **state) {
	(void)state;
	READ(SOURCE_MAIL, HEADERS "\r\nView this email in your browser\n\nTalks.\n\n---------- Forwarded message ---------\nFrom: X\nDate: Y\n\n"
		"The hall.\n\nOn Monday Ann wrote:\n> old\n> words\n\n-- \nThe Club\n");
	marks_are(MARK_CONTENTS, "View this email in your browser|---------- Forwarded message ---------\nFrom: X\nDate: Y|"
		"On Monday Ann wrote:\n> old\n> words|-- \nThe Club");
}

static void mail_forwarded_in_quotation_keeps_its_text(void **state) {
	(void)state;
	READ(SOURCE_MAIL, HEADERS "\r\n> Talks.\n>\n> Monday, noon.\n> The hall.\n");
	marks_are(MARK_CONTENTS, "");
	shows("Talks.\n\nMonday, noon.\nThe hall.\n");
}

static void mail_nested_too_deep_is_refused(void **state) {
	(void)state;
	struct buf mail = {0};
	buf_text(&mail, HEADERS "Content-Type: multipart/mixed; boundary=b\r\n\r\n");
	for (int i = 0; i < 10000; i++)
		buf_text(&mail, "--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n");
	struct error error = {{0}, {0}};
	assert_int_equal(source_read(&source, STR("x.eml"), buf_str(&mail), SOURCE_UNKNOWN, &error), -1);
	assert_true(error.message[0]);
	buf_release(&mail);
}

/* ------------------------------------------------------------------ TimeML */

#define TIMEML(text) "<?xml version='1.0'?>\n<TimeML>\n<DOCID>x</DOCID>\n<DCT><TIMEX3 tid='t0' type='DATE' value='2026-05-04' " \
	"functionInDocument='CREATION_TIME'>May 4, 2026</TIMEX3></DCT>\n<TITLE>The Tide</TITLE>\n<TEXT>" text "</TEXT>\n</TimeML>\n"

static void timeml_is_its_text_without_tags(void **state) {
	(void)state;
	READ(SOURCE_TIMEML, TIMEML("\n# It <EVENT eid='e1'>rose</EVENT>  on <TIMEX3 tid='t1'>Monday</TIMEX3>.\n"));
	is(source.text, "\n# It rose  on Monday.\n");
	is(source.title, "The Tide");
	is(source.date, "2026-05-04");
	marks_are(MARK_HEADING, "");
	stands_at("rose", 7, 22, "rose</EVENT>");
	stands_at("Monday", 7, 56, "Monday</TIMEX3>");
}

static void timeml_in_other_writings_leads_to_the_file(void **state) {
	(void)state;
	READ(SOURCE_TIMEML, TIMEML("a &lt; b &#233;&#x2014;<!-- <x> --><![CDATA[<i> & ]]><![CDATA[]]>c<?p >?>\r\nd\re<s/>f"));
	is(source.text, "a < b \xC3\xA9\xE2\x80\x94<i> & c\nd\nef");
	stands_at("< b", 6, 9, "&lt; b");
	stands_at("\xC3\xA9", 6, 16, "&#233;");
	stands_at("<i> &", 6, 51, "<i> & ]]>");
	stands_at("c\n", 6, 72, "c<?p");
	stands_at("d\n", 7, 1, "d\r");
	stands_at("ef", 8, 1, "e<s/>f");
	source_release(&source);
	READ(SOURCE_TIMEML, "<?xml version='1.0' encoding='iso-8859-1'?><TimeML><TEXT>caf\xE9 <s/>noir</TEXT></TimeML>");
	is(source.text, "caf\xC3\xA9 noir");
	stands_at("noir", 1, 67, "noir");
}

static void timeml_without_text_is_read_whole(void **state) {
	(void)state;
	READ(SOURCE_TIMEML, "<TimeML><TIMEX3 functionInDocument='PUBLICATION_TIME' value='2026-05-05'>5</TIMEX3> <TIMEX3 "
		"functionInDocument='CREATION_TIME' value='2026-05-04T09:30'>4</TIMEX3> of May<TLINK lid='l1'/></TimeML>");
	is(source.text, "5 4 of May");
	is(source.date, "2026-05-04");
}

static void timeml_that_is_broken_or_hostile_is_refused(void **state) {
	(void)state;
	static const struct { const char *bytes, *why; } cases[] = {
		{"<TimeML><TEXT>AT & T</TEXT></TimeML>", "line 1"}, {"<TimeML><TEXT>a</TimeML>", "well-formed"}, {"<TimeML>", "well-formed"},
		{"<other/>", "root"}, {"words", "no TimeML"}, {"<TimeML><TEXT>&nbsp;</TEXT></TimeML>", "nbsp"},
		{"<!DOCTYPE TimeML SYSTEM 'TimeML.dtd'><TimeML>&nbsp;</TimeML>", "entity"},
		{"<!DOCTYPE x [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><TimeML>&b;</TimeML>", "entities"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct error error = {{0}, {0}};
		assert_int_equal(source_read(&source, STR("x.tml"), str_from(cases[i].bytes), SOURCE_UNKNOWN, &error), -1);
		if (!strstr(error.message, cases[i].why))
			fail_msg("%s: \"%s\" does not say \"%s\"", cases[i].bytes, error.message, cases[i].why);
	}
	struct buf page = {0};
	for (int i = 0; i < 100000; i++)
		buf_text(&page, i ? "<a>" : "<TimeML>");
	struct error error = {{0}, {0}};
	assert_int_equal(source_read(&source, STR("x.tml"), buf_str(&page), SOURCE_UNKNOWN, &error), -1);
	assert_non_null(strstr(error.message, "deep"));
	buf_release(&page);
}

/* ------------------------------------------------------------------ the form */

static void the_form_is_judged(void **state) {
	(void)state;
	static const struct { const char *name, *bytes, *media_type; } cases[] = {
		{"a.MD", "x", "text/markdown"}, {"a.txt", "# x\n\n**y** [z](http://w.example)", "text/plain"},
		{"-", "Received: x\nFrom: y\nSubject: z\n\nw", "message/rfc822"},
		{"-", "From: The Office\nDate: 4 May 2026\nSubject: Talks\n\nw", "text/plain"},
		{"-", "  <!DOCTYPE html><p>x", "text/html"}, {"-", "<p>x", "text/html"}, {"-", "<Five> things", "text/plain"},
		{"-", "# The Letter\n\n## One\n\nx", "text/markdown"}, {"-", "# 12 of May\n\nNo markup *here*", "text/plain"},
		{"-", "x.[^1]\n\n[^1]: y", "text/markdown"}, {"-", "THE LETTER\n\nMonday\n- one\n- two", "text/plain"},
		{"-", "", "text/plain"}, {"a.tml", "<TimeML/>", "application/xml"}, {"a.xml", "<?xml version='1.0'?> <!-- x --><TimeML>a</TimeML>", "application/xml"},
		{"-", "<!DOCTYPE html><p>&lt;TimeML>", "text/html"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(source_read(&source, str_from(cases[i].name), str_from(cases[i].bytes), SOURCE_UNKNOWN, NULL), 0);
		is(source.media_type, cases[i].media_type);
		source_release(&source);
	}
	READ(SOURCE_UNKNOWN, "end");
}

#define TEST(name) cmocka_unit_test_teardown(name, close_source)

int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(utf8_text_is_the_file), TEST(windows_1252_is_known_by_its_bytes), TEST(utf16_with_and_without_a_mark),
		TEST(stray_bytes_in_utf8_are_suspects), TEST(mojibake_is_found_with_its_repair), TEST(good_text_is_not_mojibake),
		TEST(what_is_no_text_is_refused), TEST(markdown_hides_its_markup), TEST(markdown_lists_and_tables),
		TEST(markdown_notes_are_all_seen), TEST(markdown_front_matter_and_breaks), TEST(markdown_keeps_code_and_html_text),
		TEST(html_becomes_text), TEST(html_tables_of_data_and_of_layout), TEST(html_notes_and_dates), TEST(html_of_mail_programs),
		TEST(html_in_its_own_charset),
		TEST(html_too_deep_is_refused), TEST(mail_states_its_headers), TEST(mail_in_quoted_printable_leads_to_the_raw_file),
		TEST(mail_in_base64_leads_to_the_raw_file), TEST(mail_gives_its_fuller_alternative), TEST(mail_flowed_is_joined),
		TEST(mail_marks_what_surrounds_the_bulletin), TEST(mail_forwarded_in_quotation_keeps_its_text),
		TEST(mail_nested_too_deep_is_refused), TEST(timeml_is_its_text_without_tags),
		TEST(timeml_in_other_writings_leads_to_the_file), TEST(timeml_without_text_is_read_whole),
		TEST(timeml_that_is_broken_or_hostile_is_refused), TEST(the_form_is_judged),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
