#!/usr/bin/env python3
"""Tests of the command line as its users meet it: run.py DAYBOOK EXAMPLES. Prints TAP."""

import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time

from harness import DAYBOOK, EXAMPLES, daybook, holds, main, read, refused, same, test, tree, write

CLEAN = """Sunday, March 15, 2026

Monday Events, March 16, 2026

THE LONG TABLE. 3/16, 10:00-11:00am (EDT), VIRTUAL. Sponsor: Alder Institute. Speaker: Ida Voss, Fellow, Alder Institute.
"""
FAULTY = CLEAN.replace("3/16, 10", "Friday, 3/16, 10")


# ---- commands and options ----


@test
def no_command_shows_the_commands():
    done = daybook()
    same(done.code, 2)
    holds(done.out, "annotate")


@test
def help_of_every_command_has_usage_and_options():
    for line in re.findall(r"^  (\w+) ", daybook("help").out, re.M):
        for done in (daybook(line, "--help"), daybook("help", line), daybook(line, "-h")):
            same(done.code, 0)
            holds(done.out, f"usage: daybook {line}")
            holds(done.out, "--help")
        letters = re.findall(r"^  (-\w), --", done.out, re.M)
        same(sorted(letters), sorted(set(letters)))


@test
def help_of_what_is_not_there():
    same(daybook("help", "chekc").code, 2)


@test
def version():
    for word in ("version", "--version", "-V"):
        done = daybook(word)
        same(done.code, 0)
        assert re.fullmatch(r"daybook \d+\.\d+\.\d+\n", done.out), done.out


@test
def near_misses_are_suggested():
    refused(daybook("chekc"), "there is no command", "daybook check")
    refused(daybook("check", "--formt=json"), "--format")
    refused(daybook("explain", "zone-mismach"), "zone-mismatch")


@test
def wrong_options_are_refused():
    write("a.txt", CLEAN)
    refused(daybook("check", "--format=xml", "a.txt"), "text json sarif")
    refused(daybook("check", "--date", "2026-02-30", "a.txt"), "YYYY-MM-DD")
    refused(daybook("check", "-o"), "needs a value")
    refused(daybook("check", "--quiet=yes", "a.txt"), "takes no value")
    refused(daybook("check", "-Z", "a.txt"), "-Z")
    refused(daybook("check"), "no bulletin")
    refused(daybook("check", "--house", "none.ini", "a.txt"), "none.ini")


@test
def options_may_stand_anywhere_and_end_at_two_dashes():
    write("-q.txt", CLEAN)
    same(daybook("check", "--", "-q.txt").code, 0)
    write("a.txt", CLEAN)
    first = daybook("annotate", "a.txt", "--date=2026-03-01", "-q").out
    same(daybook("annotate", "-qd2026-03-01", "a.txt").out, first)


# ---- check ----


@test
def clean_prints_nothing():
    write("a.txt", CLEAN)
    done = daybook("check", "a.txt")
    same((done.code, done.out, done.err), (0, "", ""))


@test
def a_finding_is_shown_with_its_place():
    write("a.txt", FAULTY)
    done = daybook("check", "a.txt")
    same(done.code, 1)
    holds(done.out, "a.txt:5:17: error: ")
    holds(done.out, "[weekday-mismatch]")
    holds(done.out, "^~~~~~")
    holds(done.err, "1 error, 0 warnings")


@test
def quiet_says_no_counts():
    write("a.txt", FAULTY)
    done = daybook("check", "-q", "a.txt")
    same((done.code, done.err), (1, ""))
    holds(done.out, "weekday-mismatch")


@test
def json_and_sarif_are_json():
    write("a.txt", FAULTY)
    write("b.txt", FAULTY)
    lines = daybook("check", "--format", "json", "a.txt", "b.txt").out.splitlines()
    same([json.loads(line)["code"] for line in lines], ["weekday-mismatch"] * 2)
    sarif = json.loads(daybook("check", "--format=sarif", "a.txt", "b.txt").out)
    same(sarif["version"], "2.1.0")
    same([result["ruleId"] for result in sarif["runs"][0]["results"]], ["weekday-mismatch"] * 2)


@test
def colour_when_asked_for():
    write("a.txt", FAULTY)
    assert "\033[" not in daybook("check", "a.txt").out
    assert "\033[" in daybook("check", "--color=always", "a.txt").out
    assert "\033[" not in daybook("check", "--color=never", "a.txt").out


@test
def severities_come_from_the_house():
    write("a.txt", FAULTY)
    write("house.ini", "[severity]\nweekday-mismatch = off\n")
    same(daybook("check", "a.txt").code, 0)
    write("other.ini", "[severity]\nweekday-mismatch = note\n")
    same(daybook("check", "--house", "other.ini", "a.txt").code, 0)
    same(daybook("check", "a.txt", env={"DAYBOOK_HOUSE": "/dev/null"}).code, 1)


@test
def the_house_stands_beside_the_first_input():
    write("press/a.txt", FAULTY)
    write("press/house.ini", "[severity]\nweekday-mismatch = off\n")
    same(daybook("check", "press/a.txt").code, 0)


@test
def output_to_a_file():
    write("a.txt", FAULTY)
    done = daybook("check", "-o", "new/out.txt", "a.txt")
    same((done.code, done.out), (1, ""))
    holds(read("new/out.txt").decode(), "weekday-mismatch")


# ---- inputs ----


@test
def standard_input():
    done = daybook("annotate", "--as", "text", "-", input=CLEAN)
    same(done.code, 0)
    record = json.loads(done.out)
    same(record["issue"]["date"], "2026-03-15")
    same(len(record["scheduled"]), 1)
    refused(daybook("check", "-", "-", input=CLEAN), "only once")


@test
def from_and_as_name_the_form():
    page = "<h1>Letter</h1><p>Sunday, March 15, 2026</p>"
    for option in ("--from", "--as"):
        record = json.loads(daybook("annotate", option, "html", "-", input=page).out)
        same(record["source"]["media_type"], "text/html")


TIMES = "Monday, May 4, 2026\n\nThe ferry <Aurora> sails on May 6, at 6:30 pm.\n"


@test
def names_are_written_in_columns_and_beside_the_text():
    text = "Monday, May 4, 2026\n\nAda Moss, a pilot, met Mr. Reed in Zürich, and Moss left for\nNew York.\n"
    columns = [line.split("\t") for line in daybook("annotate", "--to", "conll", "-", input=text).out.split("\n") if line]
    for token, begin, end, tag in columns[1:]:
        same(text.encode()[int(begin):int(end)].decode(), token)
    same([tag for token, *_, tag in columns if token in ("Ada", "Zürich", "pilot")], ["B-PER", "O", "B-GPE"])
    standoff = daybook("annotate", "--as", "brat", "-", input=text).out.split("\n")
    for line in standoff:
        if line.startswith("T"):
            _, place, words = line.split("\t")
            pieces = [piece.split() for piece in place.split(" ", 1)[1].split(";")]
            same(" ".join(text[int(begin):int(end)] for begin, end in pieces), words)
    holds("\n".join(standoff), "*\tEquiv T1 T")
    refused(daybook("annotate", "--to", "brat", "a.txt", "b.txt"), "one document")


@test
def timeml_is_written_and_read_again():
    for option in ("--to", "--as"):
        done = daybook("annotate", option, "timeml", "-", input=TIMES)
        same((done.code, done.err), (0, ""))
        holds(done.out, '<TIMEX3 tid="t0" type="DATE" value="2026-05-04"')
        holds(done.out, "&lt;Aurora&gt;")
        holds(done.out, ">May 6, at 6:30 pm</TIMEX3>")
        same(daybook("annotate", "--to", "source", "--from", "timeml", "-", input=done.out).out, TIMES)
        same(daybook("annotate", "--to", "source", "-", input=done.out).out, TIMES)  # known by its root


@test
def timeml_and_its_plain_text_have_the_same_times():
    """The marks that a file has are not looked at, and its creation time is what --date gives."""
    text = "\nThe ferry sails on May 6,\r at 6:30 pm &amp; Friday. It &lt;sank&gt; on <TIMEX3 tid='t1' type='DATE' value='1999'>June 2</TIMEX3>.\n"
    write("a.tml", "<?xml version='1.0'?><TimeML><DOCID>a</DOCID><DCT><TIMEX3 tid='t0' type='DATE' value='2026-05-04' "
        f"functionInDocument='CREATION_TIME'>x</TIMEX3></DCT><TEXT>{text}</TEXT></TimeML>")
    plain = re.sub("<[^>]*>", "", text).replace("\r", "\n").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    first = json.loads(daybook("annotate", "a.tml").out)
    second = json.loads(daybook("annotate", "--date", "2026-05-04", "--from", "text", "-", input=plain).out)
    same(first["issue"]["date"], "2026-05-04")
    same(first["times"], second["times"])
    assert len(first["times"]) >= 3


@test
def timeml_is_one_document():
    write("a.txt", TIMES)
    write("b.txt", TIMES)
    refused(daybook("annotate", "--to", "timeml", "a.txt", "b.txt"), "one document")
    refused(daybook("annotate", "--from", "timeml", "-", input="<TimeML><TEXT>AT & T</TEXT></TimeML>"), "line 1", "&amp;")
    bomb = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(f"<!ENTITY a{i} '&a;&a;'>" for i in range(30)) + "]><TimeML>&a29;</TimeML>"
    refused(daybook("annotate", "--from", "timeml", "-", input=bomb), "entities")


@test
def fixes_in_timeml_leave_it_well_formed():
    write("a.tml", "<TimeML><TEXT>" + FAULTY.replace("Sponsor", "<EVENT>Sponsor</EVENT>") + "</TEXT></TimeML>")
    same(daybook("fix", "--write", "a.tml").code, 0)
    same(read("a.tml").decode(), "<TimeML><TEXT>" + FAULTY.replace("Friday", "Monday").replace("Sponsor", "<EVENT>Sponsor</EVENT>") + "</TEXT></TimeML>")


@test
def times_are_explained():
    write("a.txt", TIMES)
    done = daybook("annotate", "--explain", "a.txt")
    same((done.code, done.err), (0, ""))
    holds(done.out, "a.txt:3:29: time: “May 6, at 6:30 pm” is TIME 2026-05-06T18:30, from the issue's date 2026-05-04 [")
    record = json.loads(daybook("annotate", "a.txt").out)
    for line, stated in zip(done.out.splitlines(), record["times"]):
        holds(line, f"“{stated['text']}” is {stated['type']} {stated['value']}")
        assert line.endswith(f"[{stated['rule']}]"), line
    refused(daybook("annotate", "--explain", "--to", "json", "a.txt"), "--explain")


@test
def quotations_are_explained():
    write("a.txt", "May 4, 2026\n\n“The ice is ours,” said Anna Berg, the harbor minister. Peter Moss told reporters that it was not.\n")
    done = daybook("annotate", "--explain", "a.txt")
    same((done.code, done.err), (0, ""))
    holds(done.out, "a.txt:3:2: quotation: “The ice is ours,” is direct, by the word “said”, of “Anna Berg, the harbor minister”, who is Anna Berg\n")
    holds(done.out, "“it was not” is indirect, by the word “told”, of “Peter Moss”, to “reporters”, who is Peter Moss\n")


@test
def source_is_what_spans_point_into():
    record = json.loads(daybook("annotate", "-", input=CLEAN).out)
    text = daybook("annotate", "--as", "source", "-", input=CLEAN).bytes
    begin, end = record["scheduled"][0]["spans"]["title"]
    same(text[begin:end], b"THE LONG TABLE")


@test
def the_date_of_an_undated_text():
    text = "THE LONG TABLE. 3/16, 10:00-11:00am (EDT), VIRTUAL. Sponsor: Alder Institute.\n"
    record = json.loads(daybook("annotate", "--date", "2026-03-10", "-", input=text).out)
    same(record["issue"]["date"], "2026-03-10")
    same(record["scheduled"][0]["start"], "2026-03-16T10:00:00-04:00")


@test
def several_files_in_their_order():
    for i in range(40):
        write(f"{i:02}.txt", CLEAN.replace("LONG TABLE", f"TABLE NUMBER {i}"))
    names = [f"{i:02}.txt" for i in range(40)]
    lines = daybook("annotate", *names).out.splitlines()
    same([json.loads(line)["source"]["name"] for line in lines], names)


@test
def a_folder_is_its_bulletins():
    write("in/b.txt", CLEAN)
    write("in/deep/a.md", "# Letter\n")
    write("in/README.md", "# not a bulletin\n")
    write("in/picture.png", b"\x89PNG")
    write("in/.hidden.txt", CLEAN)
    lines = daybook("annotate", "in/").out.splitlines()
    same([json.loads(line)["source"]["name"] for line in lines], ["in/b.txt", "in/deep/a.md"])


@test
def a_folder_without_bulletins():
    os.mkdir("empty")
    refused(daybook("check", "empty"), "no bulletin in the folder")


@test
def a_missing_file_is_trouble_and_the_others_are_read():
    write("a.txt", CLEAN)
    done = daybook("annotate", "none.txt", "a.txt")
    same(done.code, 2)
    holds(done.err, "none.txt")
    same(len(done.out.splitlines()), 1)


@test
def a_file_that_may_not_be_read():
    if os.geteuid() == 0:
        return
    write("a.txt", CLEAN)
    os.chmod("a.txt", 0)
    refused(daybook("check", "a.txt"), "a.txt")


# ---- hostile input ----


@test
def empty_input_is_refused():
    for text in (b"", b"\n", b"\xef\xbb\xbf", b" \t\r\n\xc2\xa0\n"):
        refused(daybook("annotate", "-", input=text), "empty")


@test
def binary_input_is_refused():
    write("a.txt", b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 40)
    refused(daybook("annotate", "a.txt"), "a.txt")


@test
def broken_utf8_is_read_around():
    for tail in (b"\xe2\x80", b"\xff\xfe", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf0\x9f\x98"):
        done = daybook("annotate", "-", input=CLEAN.encode() + tail)
        same(done.code, 0)
        json.loads(done.out)


@test
def every_form_takes_what_is_not_of_that_form():
    for form in ("text", "markdown", "html", "eml", "timeml"):
        for text in (b"<<<<>>>>&&&;;;", b"From: x\nContent-Type: multipart/mixed\n\n--", b"```\n[^1]: \n|a|\n|-|\n", b"\0", b"x\0y"):
            done = daybook("annotate", "--from", form, "-", input=text)
            assert done.code in (0, 2), (form, text, done.code, done.err)


@test
def deep_nesting():
    for form, text in {
        "text": "(" * 10000 + "“" * 10000,
        "markdown": "> " * 10000 + "[" * 10000 + "*" * 10000,
        "html": "<div>" * 10000 + "x" + "<b><i>" * 5000,
        "timeml": "<TimeML><TEXT>" + "<EVENT>" * 10000,
        "eml": "Content-Type: multipart/mixed; boundary=a\n\n" + "--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 3000,
    }.items():
        done = daybook("annotate", "--from", form, "-", input=text)
        assert done.code in (0, 2), (form, done.code, done.err[-300:])


@test
def a_huge_line_is_refused_at_once():
    with open("huge.txt", "wb") as file:
        file.truncate(200 << 20)
    begun = time.monotonic()
    refused(daybook("check", "huge.txt"), "too large")
    assert time.monotonic() - begun < 5


@test
def a_long_line_takes_linear_time_and_memory():
    """Twice the input takes about twice the time, and memory stays a small multiple of it."""
    def seconds(text):
        begun = time.monotonic()
        same(daybook("annotate", "-", input=text, stdout=subprocess.DEVNULL).code, 0)
        return time.monotonic() - begun

    for unit in ("word, 5/4, 6:00pm (JST); ", "“(", "1 ", "A. B. ", "[1]", "https://x.example/ "):
        text = unit * (250000 // len(unit))
        small, large = min(seconds(text) for _ in range(2)), min(seconds(text * 4) for _ in range(2))
        assert large < 12 * small + 0.5, f"{unit!r}: {small:.2f} s, four times of it {large:.2f} s"


# ---- output ----


@test
def a_full_disk_is_told():
    if not os.path.exists("/dev/full"):
        return
    write("a.txt", CLEAN)
    with open("/dev/full", "wb") as full:
        done = daybook("annotate", "a.txt", stdout=full)
    same(done.code, 2)
    holds(done.err, "space")
    same(daybook("annotate", "-o", "/dev/full", "a.txt").code, 2)


@test
def a_file_size_limit_leaves_nothing_half_written():
    write("a.txt", CLEAN * 200)
    write("out.json", "old")

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    done = daybook("annotate", "-o", "out.json", "a.txt", preexec_fn=limit)
    same(done.code, 2)
    same(read("out.json"), b"old")
    same(sorted(os.listdir(".")), ["a.txt", "out.json"])


@test
def a_closed_pipe_is_quiet():
    for i in range(300):
        write(f"in/{i}.txt", CLEAN)
    done = subprocess.run(f"'{DAYBOOK}' annotate in | head -n 1", shell=True, capture_output=True, timeout=60)
    same(done.stderr, b"")
    same(len(done.stdout.splitlines()), 1)


# ---- fix ----


@test
def fix_shows_and_does_nothing():
    write("a.txt", FAULTY)
    done = daybook("fix", "a.txt")
    same(done.code, 1)
    holds(done.out, "--- a.txt\n+++ a.txt\n@@ ")
    holds(done.out, "\n-THE LONG TABLE. Friday, 3/16")
    holds(done.out, "\n+THE LONG TABLE. Monday, 3/16")
    same(read("a.txt").decode(), FAULTY)


@test
def fix_write_mends_and_then_all_is_clean():
    write("a.txt", FAULTY)
    os.chmod("a.txt", 0o640)
    same(daybook("fix", "--write", "a.txt").code, 0)
    same(read("a.txt").decode(), FAULTY.replace("Friday", "Monday"))
    same(os.stat("a.txt").st_mode & 0o777, 0o640)
    same(daybook("check", "a.txt").code, 0)
    done = daybook("fix", "a.txt")
    same((done.code, done.out), (0, ""))


@test
def the_diff_of_fix_is_a_patch():
    text = "".join(FAULTY.replace("LONG TABLE", f"TABLE {i}") + "\n" * (i % 9) for i in range(12))
    write("a.txt", text)
    write("b.txt", text)
    patch = daybook("fix", "a.txt").out
    daybook("fix", "-wq", "b.txt")
    if subprocess.run(["sh", "-c", "command -v patch"], capture_output=True).returncode:
        return
    subprocess.run(["patch", "-s", "a.txt"], input=patch.encode(), check=True, timeout=20)
    same(read("a.txt"), read("b.txt"))


@test
def fix_as_a_filter():
    same(daybook("fix", "-w", "-", input=FAULTY).out, FAULTY.replace("Friday", "Monday"))
    same(daybook("fix", "-w", "-", input=CLEAN).out, CLEAN)


@test
def fix_keeps_every_other_byte():
    text = (b"\xef\xbb\xbf" + FAULTY.replace("\n", "\r\n").encode() + b"caf\xc3\xa9 \xc2\xa0\r\nno end")
    write("a.txt", text)
    daybook("fix", "-w", "a.txt")
    same(read("a.txt"), text.replace(b"Friday", b"Monday"))


@test
def fix_interactive_needs_a_terminal():
    write("a.txt", FAULTY)
    refused(daybook("fix", "-i", "a.txt"), "terminal")
    same(read("a.txt").decode(), FAULTY)


# ---- build ----


@test
def build_makes_the_site_calendar_and_feeds():
    write("a.txt", CLEAN)
    done = daybook("build", "a.txt", "-o", "out")
    same(done.code, 0)
    for name in ("index.html", "calendar.ics", "feed.atom", "feed.json", "events.atom", "events.json"):
        assert os.path.getsize(os.path.join("out", name)) > 0, name
    calendar = read("out/calendar.ics").decode()
    holds(calendar, "DTSTART;TZID=America/New_York:20260316T100000")
    assert "\n" not in calendar.replace("\r\n", ""), "a bare newline"


@test
def build_is_reproducible_and_touches_nothing_unchanged():
    same(daybook("build", EXAMPLES, "-o", "one").code, 0)
    same(daybook("build", EXAMPLES, "-o", "two").code, 0)
    one = tree("one")
    same(digests("one"), digests("two"))
    same(daybook("build", EXAMPLES, "-o", "one").code, 0)
    same(tree("one"), one)


def built(*arguments):
    """Builds into out; what is said of the files."""
    done = daybook("build", *arguments, "-o", "out")
    same(done.code, 0)
    return done.err.splitlines()[0].partition("in out: ")[2]


def digests(folder):
    """What is published: every file but those that the folder remembers things by."""
    return {path: digest for path, (digest, _) in tree(folder).items() if not path.startswith(".daybook")}


def as_if_new():
    """The folder is what a build from nothing makes that knows which event is which."""
    os.makedirs("new/.daybook")
    shutil.copy("out/.daybook/state.json", "new/.daybook")
    same(daybook("build", "in", "-o", "new").code, 0)
    assert digests("out") == digests("new"), sorted(set(digests("out").items()) ^ set(digests("new").items()))[:4]
    shutil.rmtree("new")


def bulletin(day):
    return CLEAN.replace("March 15", f"March {day}").replace("March 16", f"March {day + 1}").replace("3/16", f"3/{day + 1}")


@test
def build_does_nothing_where_nothing_has_changed():
    write("in/a.txt", CLEAN)
    built("in")
    before = os.stat("out/.daybook/built").st_mtime_ns
    for again in range(2):
        holds(built("in"), "0 files written")
        same(os.stat("out/.daybook/built").st_mtime_ns, before)
    write("in/a.txt", CLEAN)
    holds(built("in"), "0 files written")
    same(os.stat("out/.daybook/built").st_mtime_ns, before)
    holds(built("in", "--force"), "0 files written")
    assert os.stat("out/.daybook/built").st_mtime_ns != before, "--force did nothing"


@test
def build_sees_what_has_changed():
    write("in/a.txt", bulletin(15))
    write("in/b.txt", bulletin(22))
    built("in")
    text = read("in/b.txt")
    changes = [lambda: write("in/b.txt", text.replace(b"10:00", b"11:00")), lambda: write("in/b.txt", text),
        lambda: write("in/c.txt", bulletin(8)), lambda: os.remove("in/b.txt"), lambda: os.rename("in/c.txt", "in/d.txt"),
        lambda: write("in/house.ini", "[house]\nname = Nine Bridges Weekly\n"), lambda: os.remove("in/house.ini"), lambda: os.remove("out/index.html"),
        lambda: shutil.rmtree("out/events"), lambda: os.remove("out/.daybook/built")]
    for change in changes:
        change()
        built("in")
        as_if_new()


def corrected(text, chance):
    """One small change, as an editor would make it, or a slip."""
    lines = text.split("\n")
    at, kind = chance.randrange(len(lines)), chance.randrange(4)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(at, lines[chance.randrange(len(lines))])
    elif kind == 2:
        lines[at] = re.sub(r"\d", lambda match: str(chance.randrange(1, 9)), lines[at], count=1)
    else:
        lines[at] = re.sub(r"[A-Z][a-z]{3,}", lambda match: chance.choice(("Harbor", "Institute", "June", "Professor", "VIRTUAL")), lines[at], count=1)
    return "\n".join(lines)


@test
def build_makes_what_a_build_from_nothing_makes():
    chance = random.Random(5)
    text = read(os.path.join(EXAMPLES, "pacific-weekly.txt")).decode()
    for week in range(4):
        write(f"in/{week}.txt", text.replace("May 3", f"May {3 + 7 * week}").replace("5/", f"{5 + week}/"))
    built("in")
    for _ in range(8):
        path = f"in/{chance.randrange(4)}.txt"
        write(path, corrected(read(path).decode(), chance))
        built("in")
        as_if_new()


@test
def build_finishes_what_another_began():
    for day in range(1, 25):
        write(f"in/{day:02}.txt", bulletin(day))
    built("in")
    for round in range(6):
        for day in range(1, 25):
            write(f"in/{day:02}.txt", bulletin(day).replace("Welcome", "Welcome again " * (round + 1)))
        write(f"in/more{round}.txt", bulletin(1 + round).replace("10:00", f"1{round}:30"))
        process = subprocess.Popen([DAYBOOK, "build", "in", "-o", "out"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.02 * (round + 1))
        process.kill()
        process.wait()
        if round % 2:
            os.remove(f"in/more{round}.txt")
        built("in")
    as_if_new()
    assert not [name for name in os.listdir("out/.daybook") if name.startswith("new-")], "something half-written is left"


@test
def build_does_not_depend_on_the_order_of_its_inputs():
    write("a.txt", CLEAN)
    write("b.txt", CLEAN.replace("March 15", "March 22").replace("March 16", "March 23").replace("3/16", "3/23"))
    daybook("build", "a.txt", "b.txt", "-o", "one")
    daybook("build", "b.txt", "a.txt", "-o", "two")
    same(digests("one"), digests("two"))


@test
def build_keeps_what_is_not_its_own():
    write("a.txt", CLEAN)
    daybook("build", "a.txt", "-o", "out")
    write("out/mine.txt", "mine")
    same(daybook("build", "a.txt", "-o", "out").code, 0)
    same(read("out/mine.txt"), b"mine")


@test
def build_refuses_a_folder_that_is_not_its_own():
    write("a.txt", CLEAN)
    write("home/index.html", "mine")
    done = daybook("build", "a.txt", "-o", "home")
    same(done.code, 2)
    same(read("home/index.html"), b"mine")
    same(os.listdir("home"), ["index.html"])
    write("file", "mine")
    same(daybook("build", "a.txt", "-o", "file").code, 2)
    same(read("file"), b"mine")


@test
def build_needs_an_output_folder():
    write("a.txt", CLEAN)
    refused(daybook("build", "a.txt"), "-o")


@test
def a_moved_event_keeps_its_identity():
    write("a.txt", CLEAN)
    daybook("build", "a.txt", "-o", "out")
    before = read("out/calendar.ics").decode()
    write("a.txt", CLEAN.replace("10:00-11:00", "9:00-10:00"))
    daybook("build", "a.txt", "-o", "out")
    after = read("out/calendar.ics").decode()
    same(re.findall(r"UID:(.*)", before)[-1], re.findall(r"UID:(.*)", after)[-1])
    same(re.findall(r"SEQUENCE:(\d+)", before), ["0"])
    same(re.findall(r"SEQUENCE:(\d+)", after), ["1"])


@test
def strict_builds_nothing_of_what_is_faulty():
    write("a.txt", FAULTY)
    same(daybook("build", "--strict", "a.txt", "-o", "out").code, 1)
    assert not os.path.exists("out/index.html")
    same(daybook("build", "a.txt", "-o", "out").code, 0)


@test
def a_stop_leaves_no_half_file():
    for i in range(400):
        write(f"in/{i:03}.txt", CLEAN.replace("LONG TABLE", f"TABLE {i}"))
    process = subprocess.Popen([DAYBOOK, "build", "in", "-o", "out"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(0.15)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) in (0, 130, -signal.SIGINT)
    left = [name for name in tree("out") if name.endswith(".tmp")]
    same(left, [])


# ---- theme ----


def themed(*more):
    return daybook("build", os.path.join(EXAMPLES, "pacific-weekly.txt"), "--theme", "mine", "-o", "out", *more)


def change(path, old, new):
    text = read(path).decode()
    assert old in text, (path, old)
    write(path, text.replace(old, new))


@test
def a_theme_that_is_copied_changes_nothing():
    daybook("build", os.path.join(EXAMPLES, "pacific-weekly.txt"), "-o", "plain")
    same(daybook("theme", "mine").code, 0)
    same(themed().code, 0)
    same({path: digest for path, (digest, _) in tree("out").items() if not path.startswith(".daybook")},
         {path: digest for path, (digest, _) in tree("plain").items() if not path.startswith(".daybook")})
    done = daybook("theme", "mine")
    same(done.code, 2)
    holds(done.err, "nothing is written over")


@test
def a_theme_is_used():
    daybook("theme", "mine")
    themed()
    change("mine/page.mustache", "{{{main}}}", "<!-- ours -->{{^front}}<p>inside {{name}}</p>{{/front}}\n{{{main}}}")
    write("mine/style.css", "body { color: teal }\n")
    write("mine/mark.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    write("mine/notes.txt", "not for readers")
    same(themed().code, 0)  # the bulletin is the same: the theme alone makes the pages new
    front, event = read("out/index.html").decode(), read("out/subscribe.html").decode()
    holds(front, "<!-- ours -->\n")
    holds(event, "<p>inside ")
    assert "inside " not in front.split("</head>")[1]
    same(read("out/style.css"), b"body { color: teal }\n")
    assert os.path.exists("out/mark.svg") and not os.path.exists("out/notes.txt") and not os.path.exists("out/page.mustache")


@test
def a_wrong_template_is_shown_and_nothing_is_built():
    wrong = [("{{{menu}}}", "{{{menue}}}", "there is no value “menue”"), ("{{{menu}}}", "{{menu}}", "three braces"),
             ("{{{main}}}", "", "{{{main}}} is missing"), ("{{{main}}}", "{{{main}}}{{{main}}}", "a second time"),
             ("{{/motto}}", "", "this ends “front”, but “motto” is open"), ("{{{foot}}}", "{{{foot}}", "not closed by }}}"),
             ("{{{main}}}", "{{#front}}{{{main}}}{{/front}}", "outside of sections"), ("</html>", "{{#front}}</html>", "has no end"),
             ("</html>", "{{/front}}</html>", "not begun"), ("{{{foot}}}", "{{> foot}}", "partials")]
    for old, new, said in wrong:
        daybook("theme", "mine")
        change("mine/page.mustache", old, new)
        done = themed()
        same((done.code, os.path.exists("out")), (2, False))
        holds(done.err, said)
        assert re.search(r"mine/page\.mustache:\d+:\d+: ", done.err), done.err
        for name in os.listdir("mine"):
            os.remove(os.path.join("mine", name))
    daybook("theme", "mine")
    change("mine/page.mustache", "{{{menu}}}</header>", "{{{menu}}}{{nam}}</header>")
    holds(themed().err, "mine/page.mustache:10:21: ")
    holds(themed().err, "{{/front}}{{{menu}}}{{nam}}</header>\n" + " " * 22 + "^~~~~~~\n")


@test
def a_folder_without_a_theme_is_refused():
    os.mkdir("mine")
    same(themed().code, 2)
    holds(themed().err, "no file of a theme")


# ---- explain ----


@test
def explain_lists_and_tells():
    listed = re.findall(r"^([a-z-]+) ", daybook("explain").out, re.M)
    assert len(listed) >= 15, listed
    for code in listed:
        done = daybook("explain", code)
        same(done.code, 0)
        holds(done.out, code)
        assert len(done.out) > 200, done.out


# ---- the examples ----


@test
def the_examples_are_clean():
    names = [os.path.join(EXAMPLES, name) for name in sorted(os.listdir(EXAMPLES)) if name.endswith((".txt", ".md", ".html", ".eml"))]
    assert len(names) >= 5
    done = daybook("check", *names)
    same((done.code, done.out), (0, ""))


if __name__ == "__main__":
    sys.exit(main())
