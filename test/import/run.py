#!/usr/bin/env python3
"""Tests of the importers on containers made here: run.py LIST DAYBOOK. Prints TAP.

LIST is test/import/list.c. Each test works in a folder of its own.
"""

import bz2
import gzip
import io
import json
import lzma
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import traceback
import zipfile

LIST, DAYBOOK = (os.path.abspath(path) for path in sys.argv[1:3])
TESTS = []

MAIL = b"""From: Ida Voss <ida@quay.example>
Subject: Letter %d
Date: Mon, 16 Mar 2026 09:00:00 +0100
Message-ID: <letter-%d@quay.example>
Content-Type: text/plain; charset=utf-8

The ferry of letter %d sailed.
"""


def test(function):
    TESTS.append(function)
    return function


def write(path, data):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "wb") as file:
        file.write(data.encode() if isinstance(data, str) else data)


def documents(path, *limits, env=None):
    """What the importer gives for `path`: a list of dictionaries."""
    done = subprocess.run([LIST, path, *map(str, limits)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120,
                          env={**os.environ, **(env or {})})
    if done.returncode or done.stderr:
        raise AssertionError(f"code {done.returncode}: {done.stderr.decode(errors='replace')[-2000:]}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def equal(got, want):
    if got != want:
        raise AssertionError(f"got {got!r}\nexpected {want!r}")


def origins(path, *limits):
    """The origins of the documents, and of what failed with its reason."""
    return [found["origin"] if "form" in found else f"{found['origin']}: {found['error']}" for found in documents(path, *limits)]


def mail(number):
    return MAIL % (number, number, number)


# ---------------------------------------------------------------------- mailboxes

SEPARATOR = b"From ida@quay.example Mon Mar 16 09:00:00 2026\n"


@test
def mailbox():
    write("box.mbox", b"".join(SEPARATOR + mail(n) + b"\n" for n in (1, 2, 3)))
    got = documents("box.mbox")
    equal([d["origin"] for d in got], [f"box.mbox!<letter-{n}@quay.example>" for n in (1, 2, 3)])
    equal(got[1]["bytes"].encode(), mail(2) + b"\n")
    equal({d["form"] for d in got}, {"mail"})


@test
def mailbox_protected_lines():
    body = mail(1) + b">From the quay one sees it.\n>>From here, too.\nFrom the desk of Ida Voss\n\n"
    write("box", SEPARATOR + body + SEPARATOR + mail(2))
    got = documents("box")
    equal(len(got), 2)
    equal(got[0]["bytes"].encode(), mail(1) + b"From the quay one sees it.\n>From here, too.\nFrom the desk of Ida Voss\n\n")


@test
def mailbox_with_content_length():
    text = b"The ferry sailed.\n\n" + SEPARATOR + b"Subject: this is quoted, no mail begins here\n\n>From one who knows\n"
    first = b"Subject: First\nMessage-ID: <1@x.example>\nContent-Length: %d\n\n" % len(text) + text
    write("box.mbox", SEPARATOR + first + b"\n" + SEPARATOR + mail(2))
    got = documents("box.mbox")
    equal([d["origin"] for d in got], ["box.mbox!<1@x.example>", "box.mbox!<letter-2@quay.example>"])
    equal(got[0]["bytes"].encode().strip(), first.strip())


@test
def mailbox_with_wrong_content_length():
    wrong = mail(1).replace(b"\n\n", b"\nContent-Length: 5\n\n", 1)
    write("box.mbox", SEPARATOR + wrong + b"\n" + SEPARATOR + mail(2))
    equal(len(documents("box.mbox")), 2)


@test
def mailbox_with_crlf():
    write("box.mbox", (SEPARATOR + mail(1) + b"\n" + SEPARATOR + mail(2)).replace(b"\n", b"\r\n"))
    equal(origins("box.mbox"), ["box.mbox!<letter-1@quay.example>", "box.mbox!<letter-2@quay.example>"])


@test
def mailbox_without_ids_and_with_what_is_no_mail():
    plain = b"Subject: A\n\nText\n\n"
    kept = b"Subject: DON'T DELETE THIS MESSAGE\nX-IMAP: 1 2\n\nFor the program\n\n"
    gone = b"X-Mozilla-Status: 0009\nSubject: Thrown away\n\nText\n\n"
    write("box.mbox", SEPARATOR + kept + SEPARATOR + plain + SEPARATOR + gone + SEPARATOR + plain)
    equal(origins("box.mbox"), ["box.mbox!mail 2", "box.mbox!mail 4"])


@test
def mailbox_with_a_mail_that_is_too_large():
    large = b"Subject: Large\n\n" + b"x" * 76 * 4000 + b"\n\n"
    write("box.mbox", SEPARATOR + mail(1) + b"\n" + SEPARATOR + large + SEPARATOR + mail(3))
    equal(origins("box.mbox", 100000)[::2], ["box.mbox!<letter-1@quay.example>", "box.mbox!<letter-3@quay.example>"])


@test
def maildir():
    for name in ("new/1.host", "cur/2.host:2,S", "cur/3.host:2,ST", "tmp/4.host", ".Sent/cur/5.host:2,"):
        write("Mail/" + name, mail(int(os.path.basename(name)[0])))
    equal(origins("Mail"), ["Mail/.Sent/cur/5.host:2,", "Mail/cur/2.host:2,S", "Mail/new/1.host"])
    equal({d["form"] for d in documents("Mail")}, {"mail"})


# ---------------------------------------------------------------------- archives

def tar(**files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def zipped(files, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


@test
def compressed_files():
    for ending, compress in ((".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)):
        write("week.md" + ending, compress(b"# The week\n"))
        got = documents("week.md" + ending)
        equal([(d["origin"], d["form"], d["bytes"]) for d in got], [("week.md" + ending, "markdown", "# The week\n")])
    if shutil.which("zstd"):
        write("week.html", b"<p>The week")
        subprocess.run(["zstd", "-q", "week.html"], check=True)
        equal([(d["origin"], d["form"]) for d in documents("week.html.zst")], [("week.html.zst", "html")])
    write("box.mbox.gz", gzip.compress(SEPARATOR + mail(7)))
    equal(origins("box.mbox.gz"), ["box.mbox.gz!<letter-7@quay.example>"])


@test
def archives():
    files = {"a/week.txt": b"The week", "a/picture.png": b"\x89PNG", "a/.hidden.txt": b"x", "__MACOSX/a/week.txt": b"x",
             "Maildir/cur/1.host:2,S": mail(1), "box.mbox": SEPARATOR + mail(2), "Überfahrt.txt": b"Crossing"}
    want = ["a/week.txt", "Maildir/cur/1.host:2,S", "box.mbox!<letter-2@quay.example>", "Überfahrt.txt"]
    write("all.tar", tar(**files))
    write("all.tar.gz", gzip.compress(tar(**files)))
    write("all.tar.xz", lzma.compress(tar(**files)))
    write("all.zip", zipped(files))
    for name in ("all.tar", "all.tar.gz", "all.tar.xz", "all.zip"):
        equal(origins(name), [f"{name}!{inner}" for inner in want])
        equal([d["origin"] for d in documents(name, env={"LC_ALL": "C"})], [f"{name}!{inner}" for inner in want])


@test
def archives_in_archives():
    inner = zipped({"week.txt": b"The week", "more.txt.gz": gzip.compress(b"More")})
    write("folder/outer.tar.gz", gzip.compress(tar(**{"inner.zip": inner})))
    equal(origins("folder"), ["folder/outer.tar.gz!inner.zip!week.txt", "folder/outer.tar.gz!inner.zip!more.txt.gz"])
    deep = b"The end"
    for depth in range(6):
        deep = zipped({"next.zip" if depth else "end.txt": deep})
    write("deep.zip", deep)
    equal(origins("deep.zip"), ["deep.zip!next.zip!next.zip!next.zip!next.zip: 'deep.zip!next.zip!next.zip!next.zip!next.zip' "
                                "is an archive in more than 4 others"])


@test
def bombs():
    air = b"x" * (1 << 20)
    write("bomb.txt.gz", gzip.compress(air * 60))
    write("bomb.zip", zipped({"a.txt": air * 32, "b.txt": air * 32}))
    for name in ("bomb.txt.gz", "bomb.zip"):
        got = documents(name)
        assert all("error" in found for found in got), got
        assert any("swells too much" in found["error"] for found in got), got


@test
def damaged_archives():
    whole = gzip.compress(os.urandom(5000))
    write("cut.txt.gz", whole[:3000])
    write("cut.zip", zipped({"a.txt": b"x" * 5000})[:60])
    write("plain.txt.gz", b"not packed at all")
    equal(len([d for d in documents("cut.txt.gz") if "error" in d]), 1)
    assert "cannot be unpacked" in documents("cut.zip")[0]["error"]
    equal([d["form"] for d in documents("plain.txt.gz")], ["text"])


def main():
    print(f"1..{len(TESTS)}")
    failed = 0
    for number, function in enumerate(TESTS, 1):
        here = os.getcwd()
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            try:
                function()
                print(f"ok {number} - {function.__name__.replace('_', ' ')}", flush=True)
            except Exception:
                failed += 1
                print(f"not ok {number} - {function.__name__.replace('_', ' ')}")
                print("\n".join("# " + line for line in traceback.format_exc().splitlines()), flush=True)
            os.chdir(here)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
