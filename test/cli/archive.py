#!/usr/bin/env python3
"""Tests of the archive as its users meet it: archive.py DAYBOOK EXAMPLES. Prints TAP."""

import csv
import io
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from xml.etree import ElementTree

from harness import DAYBOOK, daybook, holds, main, read, refused, same, test, tree, write

FIRST = """Sunday, March 15, 2026

The Quiet Harbour

By Ida Voss, Fellow, Alder Institute

The harbour has been closed since last October. "Nobody asked the fishermen," said Orla Brandt, mayor of Westerhaven, on March 3.
She added that the city would wait until June.

Monday Events, March 16, 2026

THE LONG TABLE. 3/16, 10:00-11:00am (EDT), VIRTUAL. Sponsor: Alder Institute. Speaker: Ida Voss, Fellow, Alder Institute.

TIDES AND TREATIES. 3/25, 2:00-3:30pm (EDT), IN PERSON. Location: Beacon Hall, Boston. Sponsor: Mariner Society. Speaker: Takeshi Mori, Professor of Law, Northgate University.
"""
SECOND = """Sunday, March 22, 2026

Monday Events, March 23, 2026

TIDES AND TREATIES. 3/26, 4:00-5:30pm (EDT), IN PERSON. Location: Beacon Hall, Boston. Sponsor: Mariner Society. Speaker: Takeshi Mori, Professor of Law, Northgate University.
"""


def archive(**texts):
    """archive.db of these texts, each under its name."""
    for name, text in texts.items():
        write(f"in/{name}.txt", text)
    done = daybook("add", "--to", "archive.db", "in")
    same(done.code, 0)
    return done


def rows(*arguments):
    done = daybook(*arguments, "--format", "jsonl", "--limit", "0")
    assert done.code in (0, 1), done.err
    return [json.loads(line) for line in done.out.splitlines()]


def count(table):
    with sqlite3.connect("archive.db") as db:
        return db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


# ---- adding ----


@test
def adding_needs_an_archive_and_something_to_add():
    refused(daybook("add", "x.txt"), "no archive", "--to")
    refused(daybook("add", "--to", "archive.db"), "no bulletin")


@test
def what_is_added_is_there_and_whole():
    holds(archive(one=FIRST, two=SECOND).err, "2 documents added")
    same((count("documents"), count("essays"), count("listings"), count("events")), (2, 1, 3, 2))
    same(daybook("doctor", "archive.db").code, 0)


@test
def adding_twice_changes_nothing():
    archive(one=FIRST)
    before = read("archive.db")
    done = daybook("add", "--to", "archive.db", "in")
    same(done.code, 0)
    holds(done.err, "0 documents added, 1 known already")
    same(read("archive.db"), before)


@test
def a_newer_version_takes_the_place_of_the_older():
    archive(one=FIRST)
    done = archive(one=FIRST.replace("THE LONG TABLE", "THE SHORT TABLE"))
    holds(done.err, "1 of them newer versions")
    same(sorted(r["title"] for r in rows("events")), ["The Short Table", "Tides and Treaties"])
    same(rows("search", "long"), [])
    same((count("documents"), count("issues")), (2, 1))
    archive(one=FIRST)  # and back again
    same(sorted(r["title"] for r in rows("events")), ["The Long Table", "Tides and Treaties"])
    same(daybook("doctor", "archive.db").code, 0)


@test
def what_cannot_be_read_is_listed_and_the_rest_is_added():
    write("in/bad.txt", bytes(range(256)) * 20)
    write("in/one.txt", FIRST)
    done = daybook("add", "--to", "archive.db", "in")
    same(done.code, 2)
    holds(done.err, "bad.txt")
    holds(done.err, "1 document added, 1 could not be read")
    same(count("documents"), 1)


@test
def the_text_and_the_original_are_kept():
    page = "<html><head><title>Letter</title></head><body><h1>Letter</h1><p>Sunday, March 15, 2026</p><p>Caf\u00e9 &amp; co.</p></body></html>"
    write("in/page.html", page)
    same(daybook("add", "--to", "archive.db", "in").code, 0)
    with sqlite3.connect("archive.db") as db:
        text, original = db.execute("SELECT text, original FROM documents").fetchone()
    holds(text, "Caf\u00e9 & co.")
    same(original, page.encode())


# ---- what stands in it ----


@test
def spans_point_at_what_says_it():
    archive(one=FIRST)
    with sqlite3.connect("archive.db") as db:
        text = db.execute("SELECT text FROM documents").fetchone()[0].encode()
        for begin, end, said in db.execute("SELECT begin_at, end_at, text FROM quotations WHERE kind = 'direct'"):
            holds(text[begin:end].decode(), said)
        for begin, end, name in db.execute("SELECT m.begin_at, m.end_at, e.name FROM mentions m JOIN entities e ON e.id = m.entity WHERE e.name = 'Orla Brandt'"):
            same(text[begin:end].decode(), name)


@test
def an_event_listed_again_is_one_and_its_change_is_told():
    archive(one=FIRST, two=SECOND)
    tides = [r for r in rows("events") if r["title"] == "Tides and Treaties"]
    same([(r["start"], r["listings"]) for r in tides], [("2026-03-26T16:00:00-04:00", 2)])
    history = rows("events", "--history")
    same([(r["issued"], r["changed"]) for r in history], [("2026-03-15", None), ("2026-03-22", "start end")])


@test
def an_event_of_the_same_name_that_was_over_is_another():
    archive(one=FIRST, two=SECOND.replace("March 22", "March 29").replace("March 23", "March 30").replace("3/26", "4/8"))
    same(len([r for r in rows("events") if r["title"] == "Tides and Treaties"]), 2)


@test
def older_issues_added_later_do_not_win():
    archive(two=SECOND)
    archive(one=FIRST)
    tides = [r for r in rows("events") if r["title"] == "Tides and Treaties"]
    same([r["start"] for r in tides], ["2026-03-26T16:00:00-04:00"])


@test
def two_people_of_one_name_stay_two():
    archive(one=FIRST, three="""Sunday, April 5, 2026

Friday Events, April 10, 2026

GLASS AND FIRE. 4/10, 6:00-7:00pm (BST), IN PERSON. Location: Kiln House, Leeds. Sponsor: Potters Guild. Speaker: Takeshi Mori, Ceramicist, Kiln House Studio.
""")
    mori = rows("people", "Takeshi Mori")
    same(len(mori), 2)
    with sqlite3.connect("archive.db") as db:
        same(db.execute("SELECT count(*) FROM people WHERE name = 'Takeshi Mori' AND same_name IS NOT NULL").fetchone()[0], 1)


@test
def one_person_with_one_office_is_one():
    archive(one=FIRST, two=SECOND)
    same([r["documents"] for r in rows("people", "Takeshi Mori")], [2])


# ---- asking ----


@test
def searching():
    archive(one=FIRST, two=SECOND)
    same({r["kind"] for r in rows("search", "harbour")}, {"essay"})
    same(len(rows("search", '"tides and treaties"')), 2)
    same(len(rows("search", "treat*")), 2)
    same(len(rows("search", "treaties NOT March")), len(rows("search", "treaties -March")))
    same(len(rows("search", "NEAR(nobody fishermen, 3)")), 1)
    same(rows("search", "NEAR(nobody westerhaven, 1)"), [])
    same(len(rows("search", "treaties", "--until", "2026-03-25")), 1)
    same(len(rows("search", "--person", "Takeshi Mori", "")), 2)
    same(daybook("search", "zebra").code, 1)


@test
def any_text_is_a_query():
    archive(one=FIRST)
    for query in ('"', '""', "(", ")", "()", "AND", "OR OR", "NOT", "a AND", "-", "--", "NEAR(", "NEAR()", "NEAR(a, )", "*", "^x", "{a b}: c", "a:b", "'", "\\", "x\"y", "(a OR b",
                  "a) OR (b", "NEAR(a b, 99999999999)", "\u00fcber*", "\u65e5\u672c", "a -b", "title:x AND", "((((((((((a))))))))))"):
        done = daybook("search", "--", query)
        assert done.code in (0, 1, 2) and "syntax" not in done.err and "SQL" not in done.err, (query, done.err)


@test
def accents_and_ways_of_writing_a_name_do_not_matter():
    archive(one=FIRST.replace("Orla Brandt", "S\u00e9rgio Kov\u00e1\u010d-Nagy"))
    same(len(rows("search", "sergio")), 1)
    same(len(rows("people", "sergio kovac nagy")), 1)


@test
def a_hit_can_be_shown_in_its_sentence():
    archive(one=FIRST)
    hit = rows("search", "--at", "fishermen")[0]
    holds(hit["sentence"], "Nobody asked the fishermen")
    same(hit["line"], 7)
    text = FIRST.encode()
    same(text[hit["begin"]:hit["finish"]].decode(), "fishermen")


@test
def who_said_what():
    archive(one=FIRST)
    quotes = rows("quotes", "--person", "Brandt")
    holds(quotes[0]["text"], "Nobody asked the fishermen")
    same(quotes[0]["speaker"], "Orla Brandt")
    same(rows("quotes", "--person", "Nobody Known"), [])
    same([r["kind"] for r in rows("quotes", "--person", "Brandt", "june")], ["indirect"])
    same(len(rows("quotes", "--person", "Brandt", "fishermen OR june")), 2)
    same(rows("quotes", "--person", "Brandt", "october"), [])


@test
def what_is_dated_when():
    archive(one=FIRST)
    same([r["from"] for r in rows("timeline", "--since", "2025-10", "--until", "2025-10", "harbour")], ["2025-10-01"])
    holds(rows("timeline", "--since", "2026-03-03", "--until", "2026-03-03")[0]["text"], "said Orla Brandt")


@test
def who_held_what():
    archive(one=FIRST)
    roles = rows("people", "--roles", "--at", "Orla Brandt")
    same([(r["title"], r["of"], r["date"]) for r in roles], [("mayor", "Westerhaven", "2026-03-15")])
    holds(roles[0]["sentence"], "mayor of Westerhaven")
    same([r["name"] for r in rows("people", "--organisation", "Northgate", "--about", "treaties")], ["Takeshi Mori"])


@test
def a_person_is_shown_in_the_newest_sentence():
    archive(one=FIRST)
    person = rows("people", "--at", "Takeshi Mori")[0]
    holds(person["sentence"], "Takeshi Mori")
    same(FIRST.encode()[person["begin"]:person["finish"]].decode(), "Takeshi Mori")


@test
def answers_in_every_format():
    archive(one=FIRST, two=SECOND)
    table = daybook("events").out.splitlines()
    assert table[0].startswith("START") and len(table) == 3, table
    parsed = list(csv.DictReader(io.StringIO(daybook("events", "--as", "csv").out)))
    same([r["title"] for r in parsed], ["The Long Table", "Tides and Treaties"])
    holds(daybook("events", "--as", "markdown").out, "| start | end | title |")
    calendar = daybook("events", "--person", "Takeshi Mori", "--as", "ics").out
    same(calendar.count("BEGIN:VEVENT"), 1)
    holds(calendar, "UID:" + [r["uid"] for r in rows("events") if r["title"] == "Tides and Treaties"][0])
    holds(calendar, "SEQUENCE:1")
    refused(daybook("people", "--as", "ics"), "calendar")


@test
def a_terminal_is_not_told_what_to_do():
    archive(one=FIRST.replace("THE LONG TABLE", "THE LONG \x1b]0;x\x07 TABLE"))
    assert "\x1b" not in daybook("search", "table").out


@test
def dates_that_are_none_are_refused():
    archive(one=FIRST)
    refused(daybook("events", "--since", "soon"), "--since cannot be", "YYYY-MM-DD")
    refused(daybook("events", "--limit", "many"), "--limit cannot be")


# ---- what goes out of it ----


@test
def exported_records_are_those_of_the_files():
    archive(one=FIRST, two=SECOND)
    records = [json.loads(line) for line in daybook("export", "--to", "jsonl").out.splitlines()]
    same(records, [json.loads(line) for line in daybook("annotate", "in/one.txt", "in/two.txt").out.splitlines()])
    same(len(daybook("export", "--to", "jsonl", "--since", "2026-03-20").out.splitlines()), 1)


@test
def exports_for_other_tools():
    archive(one=FIRST, two=SECOND)
    same(daybook("export", "--to", "ics").out.count("BEGIN:VEVENT"), 2)
    holds(daybook("export", "--to", "conll").out, "Brandt")
    refused(daybook("export", "--to", "timeml"), "-o")
    for form, endings in (("timeml", ["tml", "tml"]), ("brat", ["ann", "ann", "txt", "txt"])):
        same(daybook("export", "--to", form, "-o", form).code, 0)
        same(sorted(name.split(".")[1] for name in os.listdir(form)), endings)
    same(daybook("export", "--to", "csv", "-o", "tables").code, 0)
    same(sorted(os.listdir("tables")), ["events.csv", "history.csv", "people.csv", "quotes.csv", "roles.csv", "times.csv"])


@test
def the_graph_has_who_did_what():
    archive(one=FIRST, two=SECOND)
    graph = ElementTree.fromstring(daybook("export", "--to", "graphml").out)
    space = "{http://graphml.graphdrawing.org/xmlns}"
    label = {node.get("id"): node.find(f"{space}data[@key='label']").text for node in graph.iter(space + "node")}
    edges = {(label[e.get("source")], e.find(f"{space}data[@key='relation']").text, label[e.get("target")]) for e in graph.iter(space + "edge")}
    for edge in (("Takeshi Mori", "speaker", "Tides and Treaties"), ("Mariner Society", "sponsor", "Tides and Treaties"),
                 ("Ida Voss", "author", "The Quiet Harbour"), ("Orla Brandt", "quoted", "The Quiet Harbour")):
        assert edge in edges, (edge, edges)


@test
def a_site_built_from_an_archive_is_that_of_its_files():
    archive(one=FIRST)
    same(daybook("build", "-o", "a", "archive.db").code, 0)
    same(daybook("build", "-o", "b", "in").code, 0)
    published = [{name: digest for name, (digest, _) in tree(folder).items() if not name.startswith(".daybook/")} for folder in "ab"]
    holds(published[0], "calendar.ics")
    same(published[0], published[1])


@test
def a_calendar_built_from_an_archive_keeps_the_events_identity():
    archive(one=FIRST, two=SECOND)
    same(daybook("build", "-o", "out", "archive.db").code, 0)
    calendar = read("out/calendar.ics").decode()
    for row in rows("events"):
        holds(calendar, "UID:" + row["uid"])


# ---- faults ----


@test
def no_archive_is_told():
    refused(daybook("search", "--archive", "none.db", "x"), "no archive", "daybook add")
    write("note.db", "this is no database, only some text that somebody called so")
    before = read("note.db")
    refused(daybook("add", "--to", "note.db", "note.db"), "note.db")
    with sqlite3.connect("other.db") as db:
        db.execute("CREATE TABLE mine(x)")
    refused(daybook("add", "--to", "other.db", "note.db"), "not an archive of daybook's")
    refused(daybook("events", "--archive", "other.db"), "not an archive of daybook's")
    same(read("note.db"), before)


@test
def a_newer_schema_is_left_alone():
    archive(one=FIRST)
    with sqlite3.connect("archive.db") as db:
        db.execute("PRAGMA user_version = 999")
    refused(daybook("events"), "newer daybook")


def many(folder, documents):
    for i in range(documents):
        write(f"{folder}/{i:04}.txt", FIRST.replace("Harbour", f"Harbour {i}").replace("TABLE", f"TABLE {i}"))


@test
def a_killed_process_leaves_nothing_half_added():
    many("in", 120)
    chance = random.Random(7)
    for _ in range(12):
        process = subprocess.Popen([DAYBOOK, "add", "--quiet", "--to", "archive.db", "in"], stderr=subprocess.DEVNULL)
        time.sleep(chance.random() * 0.12)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if os.path.exists("archive.db") and os.path.getsize("archive.db"):
            done = daybook("doctor", "archive.db")
            assert done.code == 0 or "there is no archive" in done.err or "not an archive" in done.err, done.out + done.err
    done = daybook("add", "--to", "archive.db", "in")
    same(done.code, 0)
    same((count("documents"), count("issues"), count("listings")), (120, 120, 240))
    same(daybook("doctor", "archive.db").code, 0)


@test
def a_stop_keeps_what_was_added():
    many("in", 400)
    process = subprocess.Popen([DAYBOOK, "add", "--to", "archive.db", "in"], stderr=subprocess.PIPE)
    while process.poll() is None and not (os.path.exists("archive.db") and os.path.getsize("archive.db")):
        time.sleep(0.01)
    time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    said = process.communicate()[1].decode()
    assert process.returncode in (0, 130), said
    added = int(said.split("archive.db: ")[1].split(" ")[0])
    same(count("documents"), added)
    same(daybook("add", "--quiet", "--to", "archive.db", "in").code, 0)
    same(count("documents"), 400)


@test
def two_writers_take_turns():
    many("a", 60)
    for i in range(60):
        write(f"b/{i:04}.txt", SECOND.replace("TREATIES", f"TREATIES {i}"))
    same(daybook("add", "--quiet", "--to", "archive.db", "a/0000.txt").code, 0)
    writers = [subprocess.Popen([DAYBOOK, "add", "--quiet", "--to", "archive.db", folder], stderr=subprocess.PIPE) for folder in ("a", "b")]
    for writer in writers:
        said = writer.communicate()[1].decode()
        same((writer.returncode, said), (0, ""))
    same(count("documents"), 120)
    same(daybook("doctor", "archive.db").code, 0)


@test
def a_folder_that_may_not_be_written():
    if os.geteuid() == 0:
        same(daybook("add", "--to", "/proc/archive.db", os.devnull).code, 2)
        return
    write("in/one.txt", FIRST)
    os.mkdir("locked")
    os.chmod("locked", 0o555)
    refused(daybook("add", "--to", "locked/archive.db", "in"), "locked/archive.db", "permissions")


@test
def a_full_disk_is_told_and_nothing_is_lost():
    import resource
    many("in", 200)
    same(daybook("add", "--quiet", "--to", "archive.db", "in/0000.txt").code, 0)
    size = os.path.getsize("archive.db")

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100_000, size + 100_000))

    done = daybook("add", "--to", "archive.db", "in", preexec_fn=limit)
    same(done.code, 2)
    assert "archive.db" in done.err, done.err
    same(daybook("doctor", "archive.db").code, 0)
    same(daybook("add", "--quiet", "--to", "archive.db", "in").code, 0)
    same(count("documents"), 200)


@test
def a_damaged_archive_is_found_out():
    many("in", 60)
    same(daybook("add", "--quiet", "--to", "archive.db", "in").code, 0)
    whole = read("archive.db")
    chance = random.Random(3)
    found = 0
    for _ in range(8):
        damaged = bytearray(whole)
        for _ in range(6):
            at = chance.randrange(8192, len(damaged) - 64)
            damaged[at:at + 64] = bytes(chance.randrange(256) for _ in range(64))
        write("archive.db", bytes(damaged))
        done = daybook("doctor", "archive.db")
        assert done.code in (0, 1, 2), done
        found += done.code != 0
        assert daybook("search", "harbour").code in (0, 1, 2)
    assert found >= 7, found


@test
def the_doctor_makes_indexes_again():
    archive(one=FIRST)
    with sqlite3.connect("archive.db") as db:
        db.execute("INSERT INTO text_index(text_index) VALUES ('delete-all')")
        db.execute("DROP INDEX named_by_entity")
    same(rows("search", "harbour"), [])
    same(daybook("doctor", "archive.db").code, 1)
    same(daybook("doctor", "--repair", "archive.db").code, 0)
    same(len(rows("search", "harbour")), 1)


if __name__ == "__main__":
    sys.exit(main())
