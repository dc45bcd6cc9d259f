#!/usr/bin/env python3
"""Tests of the importers on containers made here: run.py LIST DAYBOOK. Prints TAP.

LIST is test/import/list.c. Each test works in a folder of its own.
"""

import bz2
import gzip
import http.server
import io
import json
import lzma
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
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


def daybook(*arguments, input=b""):
    done = subprocess.run([DAYBOOK, *arguments], input=input, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


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


def text_of(message):
    """The text that daybook reads in a mail."""
    write("mail.eml", message)
    code, out, err = daybook("annotate", "--to", "source", "mail.eml")
    equal((code, err), (0, ""))
    return out.strip()


@test
def mail_in_other_encodings():
    import base64
    import quopri
    for charset, text in (("iso-2022-jp", "港の会議は三月です。"), ("shift_jis", "港の会議は三月です。"), ("euc-kr", "항구 회의는 삼월이다."),
                          ("koi8-r", "Заседание порта в марте."), ("gb2312", "港口会议在三月。"), ("big5", "港口會議在三月。"),
                          ("windows-1251", "Заседание порта."), ("iso-8859-15", "Prix: 5 €, déjà.")):
        raw = text.encode(charset)
        head = f"Subject: =?{charset}?B?{base64.b64encode(raw).decode()}?=\nContent-Type: text/%s; charset={charset}\n"
        equal(text_of(head.encode() % b"plain" + b"\n" + raw), text)
        equal(text_of(head.encode() % b"plain" + b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(raw)), text)
        equal(text_of(head.encode() % b"html" + b"Content-Transfer-Encoding: quoted-printable\n\n" +
                      quopri.encodestring(b"<p>" + raw)), text)
        record = json.loads(daybook("annotate", "mail.eml")[1])
        equal(record["issue"]["title"], text)


@test
def mail_of_flowing_lines():
    head = b"Subject: x\nContent-Type: text/plain; format=flowed%s\n\n"
    equal(text_of(head % b"" + b"The ferry \nsailed.\n> It was \n> late.\n-- \nIda\n"), "The ferry sailed.\n> It was late.\n-- \nIda")
    equal(text_of(head % b"; delsp=yes" + "港の \n会議です。\n".encode()), "港の会議です。")


def multipart(kind, *parts, boundary="b0"):
    return (f'Content-Type: multipart/{kind}; boundary="{boundary}"\n\n'.encode() +
            b"".join(b"--" + boundary.encode() + b"\n" + part + b"\n" for part in parts) + b"--" + boundary.encode() + b"--\n")


@test
def mail_of_many_parts():
    plain, page = b"Content-Type: text/plain\n\nPlain words here", b"Content-Type: text/html\n\n<p>One</p><p>Two words</p><p>Three</p>"
    picture = b"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo="
    attached = b"Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nAttached"
    inner = multipart("alternative", plain, multipart("related", page, picture, boundary="b2"), boundary="b1")
    equal(text_of(b"Subject: x\n" + multipart("mixed", inner, attached, picture)), "One\n\nTwo words\n\nThree")
    forwarded = b"Content-Type: message/rfc822\n\nSubject: Old\nDate: Mon, 16 Mar 2026 09:00:00 +0100\n\nThe old letter."
    equal(text_of(b"Subject: Fwd\nDate: Tue, 7 Apr 2026 09:00:00 +0200\n" + multipart("mixed", plain, forwarded)),
          "Plain words here\n\nThe old letter.")


@test
def mail_that_only_forwards_is_the_mail_inside():
    forwarded = (b"Content-Type: message/rfc822\n\nSubject: Letter from the quay\nFrom: Ida <ida@quay.example>\n"
                 b"Date: Mon, 16 Mar 2026 09:00:00 +0100\n\nThe ferry sailed yesterday.")
    empty = b"Content-Type: text/plain\n\n\n"
    text_of(b"Subject: Fwd: Letter\nDate: Tue, 7 Apr 2026 09:00:00 +0200\n" + multipart("mixed", empty, forwarded))
    record = json.loads(daybook("annotate", "mail.eml")[1])
    equal((record["issue"]["title"], record["issue"]["date"], record["times"][0]["value"]), ("Letter from the quay", "2026-03-16", "2026-03-15"))


@test
def mail_nested_too_deep():
    deep = b"Subject: x\n" + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(10000))
    write("box.mbox", SEPARATOR + mail(1) + b"\n" + SEPARATOR + deep + b"\n" + SEPARATOR + mail(3))
    equal(len(documents("box.mbox")), 3)
    done = subprocess.run([LIST, "box.mbox", "records"], stdout=subprocess.PIPE, timeout=60, check=True)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == 3 and "more than 256 parts inside parts" in lines[1]["error"], lines[1]


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
    equal(len(documents("bomb.txt.gz")), 1)
    inner = zipped({"a.txt": air * 32})
    write("bombs.zip", zipped({f"{number}.zip": inner for number in range(50)}))
    equal(len(documents("bombs.zip")), 3)  # the text, its archive, all
    write("folder/a.txt.gz", gzip.compress(air * 60))
    write("folder/b.docx", zipped({"word/document.xml": air * 60}))
    write("folder/c.txt.gz", gzip.compress(b"The week"))
    equal([found["origin"] for found in documents("folder") if "form" in found], ["folder/c.txt.gz"])


@test
def damaged_archives():
    whole = gzip.compress(os.urandom(5000))
    write("cut.txt.gz", whole[:3000])
    write("cut.zip", zipped({"a.txt": b"x" * 5000})[:60])
    write("plain.txt.gz", b"not packed at all")
    equal(len([d for d in documents("cut.txt.gz") if "error" in d]), 1)
    assert "cannot be unpacked" in documents("cut.zip")[0]["error"]
    equal([d["form"] for d in documents("plain.txt.gz")], ["text"])


# ---------------------------------------------------------------------- feeds and exports

def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


KIND = "<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#%s'/>"
ATOM = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:app='http://purl.org/atom/app#' xmlns:blogger='http://schemas.google.com/blogger/2018'>
<id>tag:blog</id><title>The Quay</title><updated>2026-03-20T00:00:00Z</updated>%s</feed>"""
WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>The Quay</title>%s</channel></rss>"""


def entry(number, content, kind="post", more="", title="Letter"):
    return (f"<entry><id>tag:post-{number}</id><published>2026-03-{number:02}T23:30:00.000-05:00</published>"
            f"<updated>2026-04-01T00:00:00Z</updated>{KIND % kind if kind else ''}<title type='text'>{escaped(title)}</title>"
            f"<content type='html'>{escaped(content)}</content><link rel='self' href='https://x.example/feed'/>"
            f"<link rel='alternate' href='https://quay.example/{number}.html'/><author><name>Ida Voss</name></author>{more}</entry>")


def item(number, content, kind="post", status="publish", title="Letter"):
    return (f"<item><title><![CDATA[{title}]]></title><link>https://quay.example/{number}/</link>"
            f"<pubDate>Wed, {number:02} Mar 2026 04:30:00 +0000</pubDate><dc:creator><![CDATA[Ida Voss]]></dc:creator>"
            f"<content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[short]]></excerpt:encoded>"
            f"<wp:post_date>2026-03-{number:02} 23:30:00</wp:post_date><wp:post_type>{kind}</wp:post_type>"
            f"<wp:status>{status}</wp:status></item>")


@test
def blogger():
    draft = "<app:control><app:draft>yes</app:draft></app:control>"
    write("blogger.xml", ATOM % (entry(1, "x", "template") + entry(2, "x", "settings") + entry(3, "<p>One &amp; two", title="A & B") +
                                 entry(4, "x", "comment") + entry(5, "<p>Draft", more=draft) + entry(6, "<h2>Letter</h2><p>Six")))
    got = documents("blogger.xml")
    equal([d["origin"] for d in got], [f"blogger.xml!https://quay.example/{n}.html" for n in (3, 6)])
    equal(got[0], {"origin": "blogger.xml!https://quay.example/3.html", "url": "https://quay.example/3.html", "title": "A & B",
                   "date": "2026-03-03T23:30:00-05:00", "author": "Ida Voss", "form": "html",
                   "bytes": "<h1>A &amp; B</h1>\n<p>One &amp; two"})
    equal(got[1]["bytes"], "<h2>Letter</h2><p>Six")


@test
def blogger_of_today():
    def state(kind, status):
        return f"<blogger:type>{kind}</blogger:type><blogger:status>{status}</blogger:status>"
    write("feed.atom", ATOM % (entry(1, "One", "", state("POST", "LIVE")) + entry(2, "x", "", state("POST", "DRAFT")) +
                               entry(3, "x", "", state("COMMENT", "LIVE")) + entry(4, "x", "", state("PAGE", "LIVE"))))
    equal(origins("feed.atom"), ["feed.atom!https://quay.example/1.html"])


@test
def wordpress():
    classic = "First\nline\n\nSecond <em>paragraph</em>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n<pre>a\n\nb</pre>\nEnd"
    blocks = "<!-- wp:paragraph -->\n<p>Block</p>\n<!-- /wp:paragraph -->"
    write("export.xml", WXR % (item(1, classic, title="Fish &amp; chips &#8211; again") + item(2, "x", status="draft") +
                               item(3, "x", "attachment", "inherit") + item(4, blocks, "page") + item(5, "x", "nav_menu_item")))
    got = documents("export.xml")
    equal([d["origin"] for d in got], ["export.xml!https://quay.example/1/", "export.xml!https://quay.example/4/"])
    equal([d["title"] for d in got], ["Fish & chips – again", "Letter"])
    equal([d["date"] for d in got], ["2026-03-01T23:30:00", "2026-03-04T23:30:00"])
    equal(got[0]["bytes"], "<h1>Fish &amp; chips – again</h1>\nFirst<br>\nline\n<p>\n\nSecond <em>paragraph</em>\n<ul>\n<li>one</li>\n"
          "<li>two</li>\n</ul>\n<pre>a\n\nb</pre>\nEnd")
    equal(got[1]["bytes"], "<h1>Letter</h1>\n" + blocks)


@test
def rss_feeds():
    body = "<item><title>%s</title><link>https://quay.example/a</link>%s</item>"
    rss = "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Quay</title>%s</channel></rss>"
    date = "<pubDate>Wed, 18 Mar 2026 09:00:00 EST</pubDate>"
    write("full.rss", rss % (body % ("Full", "<description>Short</description><content:encoded>&lt;p&gt;Long</content:encoded>" + date)))
    write("short.rss", rss % (body % ("Short", "<description>Only <b>this</b> &amp;amp; that&nbsp;one</description>" + date)))
    equal([(d["bytes"], d["date"]) for d in documents("full.rss")], [("<h1>Full</h1>\n<p>Long", "2026-03-18T09:00:00-05:00")])
    equal([d["bytes"] for d in documents("short.rss")], ["<h1>Short</h1>\nOnly <b>this</b> &amp; that\u00a0one"])
    write("old.rdf", "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
          "xmlns:dc='http://purl.org/dc/elements/1.1/'><item><title>Old</title><link>https://quay.example/o</link>"
          "<description>Text</description><dc:date>2004-05-06</dc:date></item></rdf:RDF>")
    equal([(d["bytes"], d["date"], d["url"]) for d in documents("old.rdf")],
          [("<h1>Old</h1>\nText", "2004-05-06", "https://quay.example/o")])


@test
def atom_contents():
    head = "<entry><id>urn:%s</id><updated>2026-03-18T09:00:00Z</updated><title type='html'>A &amp;lt; B</title>"
    write("a.atom", ATOM % (head % 1 + "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p class='x'>1 &lt; 2<br/>3</p>"
                            "</div></content></entry>" + head % 2 + "<summary>Plain &lt;text&gt;</summary></entry>" +
                            head % 3 + "<content type='image/png'>aGk=</content></entry>"))
    got = documents("a.atom")
    equal([(d["origin"], d["form"]) for d in got], [("a.atom!urn:1", "html"), ("a.atom!urn:2", "text")])
    equal(got[0]["bytes"], '<h1>A &lt; B</h1>\n<div><p class="x">1 &lt; 2<br>3</p></div>')
    equal(got[1]["bytes"], "A < B\n\nPlain <text>")


@test
def feeds_in_other_encodings():
    text = ATOM % entry(1, "<p>Grüße, Łódź", "")
    for encoding in ("utf-16", "iso-8859-2", "windows-1250"):
        write("feed.xml", text.replace("UTF-8", encoding).encode(encoding))
        equal([d["bytes"] for d in documents("feed.xml")], ["<h1>Letter</h1>\n<p>Grüße, Łódź"])


@test
def damaged_feeds():
    good = ATOM % (entry(1, "<p>One é") + entry(2, "<p>Two é") + entry(3, "<p>Three"))
    write("bad-byte.xml", good.encode().replace(b"One", b"O\xe9\x0bne"))
    equal([d["bytes"] for d in documents("bad-byte.xml")],
          ["<h1>Letter</h1>\n<p>O\ufffd ne é", "<h1>Letter</h1>\n<p>Two é", "<h1>Letter</h1>\n<p>Three"])
    write("cut.xml", good[:good.index("Three")])
    got = documents("cut.xml")
    equal(len([d for d in got if "form" in d]), 2)
    assert "is damaged in line" in got[-1]["error"], got
    write("ampersand.xml", good.replace("&lt;p&gt;Two", "&lt;p&gt;R & D, &lt;b&gt;Two"))
    got = [d for d in documents("ampersand.xml") if "form" in d]
    assert len(got) == 3 and got[2]["bytes"] == "<h1>Letter</h1>\n<p>Three", got
    write("other.xml", "<config><entry/></config>")
    equal([d["form"] for d in documents("other.xml")], ["text"])
    os.mkdir("folder")
    os.rename("other.xml", "folder/other.xml")
    equal(documents("folder"), [])


@test
def entities_that_swell():
    names = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    write("bomb.xml", f"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a0 'air'>{names}]><rss><channel><item><title>x</title>"
          "<description>&a9;</description></item></channel></rss>")
    equal([d.get("error") for d in documents("bomb.xml")],
          ["'bomb.xml' declares entities of its own, which are not expanded: they could swell without bounds"])
    write("outside.xml", "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><rss><channel><item>"
          "<title>x</title><description>a&a;b</description></item></channel></rss>")
    equal([d["bytes"] for d in documents("outside.xml") if "form" in d], ["<h1>x</h1>\nab"])
    write("deep.xml", "<rss><channel><item><description>" + "<b>" * 100000)
    assert all("error" in d for d in documents("deep.xml"))


CSV = ("post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle\r\n"
       '12.the-quay,2026-03-18T09:00:00.000Z,true,,newsletter,everyone,"The ""Quay"", again","What we saw\nand heard"\r\n'
       "13.draft,,false,,newsletter,everyone,Draft,\r\n14.plain,2026-03-19T09:00:00.000Z,true,,newsletter,everyone,Plain,\r\n")
SUBSTACK = {"posts/12.the-quay.html": "<p>One", "posts/12.the-quay.opens.csv": "x", "posts/13.draft.html": "<p>x", "posts.csv": CSV,
            "posts/14.plain.html": "<p>Plain sailing", "email_list.x.csv": "x"}


@test
def substack():
    want = [("posts/12.the-quay.html", 'The "Quay", again', "2026-03-18T09:00:00Z",
             "<h1>The &quot;Quay&quot;, again</h1>\n<p>What we saw\nand heard</p>\n<p>One"),
            ("posts/14.plain.html", "Plain", "2026-03-19T09:00:00Z", "<p>Plain sailing")]
    write("export.zip", zipped(SUBSTACK))
    write("outer.tar", tar(**{"export.zip": zipped(SUBSTACK)}))
    for name, text in SUBSTACK.items():
        write("folder/" + name, text)
    for path, prefix in (("export.zip", "export.zip!"), ("outer.tar", "outer.tar!export.zip!"), ("folder", "folder/")):
        equal([(d["origin"], d["title"], d["date"], d["bytes"]) for d in documents(path)], [(prefix + n, *rest) for n, *rest in want])


@test
def ghost():
    def row(slug, html, status="published", **more):
        return {"slug": slug, "title": "The {Quay}", "html": html, "status": status, "published_at": "2026-03-18T09:00:00.000Z",
                "nested": [{"posts": [{}]}], **more}
    data = {"meta": {"posts": 1}, "data": {"posts_meta": [{"x": "posts"}], "posts": [
        row("one", "<p>\"One\" \\ [two]"), row("draft", "x", "draft"), row("none", None, lexical="{}"),
        row("old", "<p>Old", published_at=1773824400000)], "tags": [{"slug": "x"}]}}
    for name, text in (("a.json", json.dumps({"db": [data]})), ("b.json", json.dumps(data, indent=2))):
        write(name, text)
        got = documents(name)
        equal([d["origin"] for d in got], [f"{name}!{slug}" for slug in ("one", "none", "old")])
        equal([d.get("date") for d in got], ["2026-03-18T09:00:00Z", None, "2026-03-18T09:00:00Z"])
        equal(got[0]["bytes"], "<h1>The {Quay}</h1>\n<p>\"One\" \\ [two]")
        assert "form of Ghost's editor" in got[1]["error"]
    write("cut.json", json.dumps({"db": [data]})[:-90])
    assert "ends too early" in documents("cut.json")[-1]["error"]
    write("folder/other.json", '{"name": "x"}')
    equal(documents("folder"), [])


# ---------------------------------------------------------------------- Word

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(body, **more):
    root = f"<w:%s xmlns:w='{W}' xmlns:r='{R}' xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>%s</w:%s>"
    styles = "".join(f"<w:style w:styleId='{key}'><w:name w:val='{name}'/>{rest}</w:style>" for key, name, rest in (
        ("Titel", "Title", ""), ("berschrift1", "heading 1", ""), ("Zitat", "Quote", ""), ("Unter", "own", "<w:basedOn w:val='berschrift1'/>"),
        ("Punkte", "List Bullet", "<w:pPr><w:numPr><w:numId w:val='3'/></w:numPr></w:pPr>")))
    return zipped({
        "[Content_Types].xml": "<Types/>", "word/document.xml": root % ("document", f"<w:body>{body}</w:body>", "document"),
        "word/styles.xml": root % ("styles", styles, "styles"),
        "word/_rels/document.xml.rels": "<Relationships><Relationship Id='r7' Target='https://quay.example/?a=1&amp;b=2' "
                                        "TargetMode='External'/></Relationships>",
        "docProps/core.xml": "<cp:coreProperties xmlns:cp='c' xmlns:dc='d' xmlns:dcterms='t'><dc:title>The Quay</dc:title>"
                             "<dc:creator>Ida Voss</dc:creator><dcterms:created>2020-01-01T00:00:00Z</dcterms:created>"
                             "<dcterms:modified>2026-03-18T09:00:00Z</dcterms:modified></cp:coreProperties>",
        **{f"word/{name}.xml": root % (name, text, name) for name, text in more.items()}})


def para(text, style=None, more="", properties=""):
    style = f"<w:pStyle w:val='{style}'/>" if style else ""
    return f"<w:p><w:pPr>{style}{properties}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r>{more}</w:p>"


@test
def word_document():
    def level(number, key=1):
        return f"<w:numPr><w:ilvl w:val='{number}'/><w:numId w:val='{key}'/></w:numPr>"
    body = (para("The Quay", "Titel") + para("News", "berschrift1") + para("More", "Unter") + para("") + para(
        "Text", more="<w:r><w:rPr><w:b/></w:rPr><w:t> bold</w:t></w:r><w:r><w:rPr><w:b w:val='0'/><w:i/></w:rPr><w:t> it</w:t></w:r>"
        "<w:r><w:footnoteReference w:id='2'/></w:r><w:del><w:r><w:t>gone</w:t></w:r></w:del><w:hyperlink r:id='r7'><w:r><w:t>link"
        "</w:t></w:r></w:hyperlink><w:r><w:br/><w:t>next &amp; last</w:t></w:r>") +
        para("one", properties=level(0)) + para("deeper", properties=level(1)) + para("two", properties=level(0)) +
        para("none", properties=level(0, 0)) + para("point", "Punkte") + para("Said", "Zitat") +
        "<w:tbl><w:tr><w:tc>" + para("a") + "</w:tc><w:tc>" + para("b") + "</w:tc></w:tr></w:tbl>"
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText> HYPERLINK \"https://x.example/\" </w:instrText>"
        "<w:fldChar w:fldCharType='separate'/><w:t>field</w:t><w:fldChar w:fldCharType='end'/></w:r></w:p>"
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:t>box</w:t></mc:Choice><mc:Fallback><w:t>twice</w:t></mc:Fallback>"
        "</mc:AlternateContent><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>")
    notes = "<w:footnote w:id='0'>" + para("separator") + "</w:footnote><w:footnote w:id='2'>" + para("A note.") + "</w:footnote>"
    write("letter.docx", docx(body, footnotes=notes))
    got = documents("letter.docx")
    equal([(d["origin"], d["form"], d["title"], d["author"], d["date"]) for d in got],
          [("letter.docx", "html", "The Quay", "Ida Voss", "2026-03-18T09:00:00Z")])
    equal(got[0]["bytes"], "<h1>The Quay</h1>\n<h1>News</h1>\n<h1>More</h1>\n<p>Text<strong> bold</strong><em> it</em><sup>"
          '<a href="#fn1">[1]</a></sup><a href="https://quay.example/?a=1&amp;b=2">link</a><br>next &amp; last</p>\n'
          "<ul><li>one<ul><li>deeper</li></ul>\n</li>\n<li>two</li></ul>\n<p>none</p>\n<ul><li>point</li></ul>\n"
          "<blockquote><p>Said</p></blockquote>\n<table><tr><td><p>a</p>\n</td><td><p>b</p>\n</td></tr>\n</table>\n"
          '<p><a href="https://x.example/">field</a></p>\n<p>box</p>\n<ol>\n<li id="fn1">A note.<br></li>\n</ol>\n')


@test
def word_documents_in_archives_and_folders():
    write("folder/all.tar", tar(**{"a.docx": docx(para("A"))}))
    write("folder/b.docx", docx(para("B")))
    equal(origins("folder"), ["folder/all.tar!a.docx", "folder/b.docx"])


@test
def word_documents_that_are_none():
    write("book.xlsx", zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}))
    write("cut.docx", docx(para("A"))[:-30])
    write("bomb.docx", zipped({"word/document.xml": "<w:document xmlns:w='" + W + "'>" + "<w:p/>" * (12 << 20)}))
    equal(origins("book.xlsx"), ["book.xlsx: 'book.xlsx' is an office file, but no .docx: it has no word/document.xml"])
    assert "cannot be unpacked" in documents("cut.docx")[0]["error"]
    assert "swells too much" in documents("bomb.docx")[0]["error"]


# ---------------------------------------------------------------------- PDF

def pdf(*lines, title="The Quay"):
    text = "BT /F 12 Tf 72 720 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
               "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
               f"<</Length {len(text)}>>stream\n{text}\nendstream", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
               f"<</Title({title})/Author(Ida Voss)/CreationDate(D:20260318090000+01'00')>>"]
    out, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj{content}endobj\n"
    xref = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{place:010} 00000 n \n" for place in places)
    return (out + f"trailer<</Size {len(objects) + 1}/Root 1 0 R/Info 6 0 R>>\nstartxref\n{xref}\n%%EOF\n").encode()


@test
def pdf_documents():
    if not shutil.which("pdftotext"):
        return
    write("letter.pdf", pdf("The ferry sailed", "on Monday."))
    got = documents("letter.pdf")
    equal([(d["origin"], d["form"], d["title"], d["author"]) for d in got], [("letter.pdf", "text", "The Quay", "Ida Voss")])
    assert got[0]["date"].startswith("2026-03-18"), got
    equal(got[0]["bytes"].split(), "The ferry sailed on Monday.".split())
    write("all.zip", zipped({"a/letter.pdf": pdf("In a zip")}))
    equal([(d["origin"], d["bytes"].strip()) for d in documents("all.zip")], [("all.zip!a/letter.pdf", "In a zip")])
    write("scan.pdf", pdf())
    equal([d["error"] for d in documents("scan.pdf")], ["'scan.pdf' has no text"])
    write("cut.pdf", pdf("The ferry")[:60])
    assert "cannot be read by pdftotext" in documents("cut.pdf")[0]["error"]


@test
def pdf_without_its_program():
    write("letter.pdf", pdf("The ferry"))
    equal([(d["error"], d["hint"]) for d in documents("letter.pdf", env={"PATH": "/nowhere"})],
          [("'letter.pdf' needs the program pdftotext, which is not installed", "it is in the package poppler-utils")])


@test
def pdf_program_that_floods_or_fails():
    write("letter.pdf", pdf("The ferry"))
    for name, lines, want in (("flood", "while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done",
                               "'letter.pdf' cannot be read: pdftotext gives more than a document may have"),
                              ("fail", "echo Broken >&2; exit 1", "'letter.pdf' cannot be read by pdftotext: Broken")):
        write(name + "/pdftotext", "#!/bin/sh\n" + lines + "\n")
        os.chmod(name + "/pdftotext", 0o755)
        equal([d["error"] for d in documents("letter.pdf", 100000, env={"PATH": os.path.abspath(name)})], [want])


# ---------------------------------------------------------------------- each form says the same

# One issue, a block a row: how it begins in text and what it is in HTML.
ISSUE = [("h2", "The Harbor and Its Masters"), ("p", "By Ida Voss, Senior Fellow, Quay Institute"),
         ("p", "Harbors are older than the states that tax them. The masters of Tarn sailed out on March 9 and were told by Minister "
               "Olek Brandt that “no ship waits for a form.” [1] Two days later the port was open, & nobody has asked since."),
         ("p", "The Quay Institute said on Friday that dues will fall by a tenth in June. Its director, Mara Lindqvist, called it “a "
               "beginning,” and asked the towns along the sound to do likewise before the summer is over."),
         ("note", "Interview in the Tarn Courier, March 10, 2026."),
         ("h2", "Monday Events, March 16, 2026"),
         ("p", "THE LONG TABLE. 3/16, 10:00-11:00am (EDT), VIRTUAL. Sponsor: Alder Institute. Speaker: Ida Voss, Fellow, Alder Institute."),
         ("p", "WHO OWNS THE SOUND? 3/16, 6:00-7:30pm (JST), 5:00-6:30am (EDT), HYBRID. Sponsor: Society of Pilots. Speakers: Olek Brandt, "
               "Minister, Port of Tarn; Mara Lindqvist, Director, Quay Institute.")]
DATE = "Sunday, March 15, 2026"


def issue_text():
    return DATE + "\n\n" + "\n\n".join(("[1] " if kind == "note" else "") + text for kind, text in ISSUE) + "\n"


def issue_html():
    tags = {"h2": "<h2>%s</h2>", "p": "<p>%s</p>", "note": '<ol><li id="fn1">%s</li></ol>'}
    return "\n".join(tags[kind] % escaped(text).replace("[1]", '<sup><a href="#fn1">[1]</a></sup>') for kind, text in ISSUE)


def issue_mail():
    from email.message import EmailMessage
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = "ida@quay.example", "Letter", "Sun, 15 Mar 2026 08:00:00 -0400"
    message["Message-ID"] = "<x@quay.example>"
    message.set_content("A stub. The letter is in the other part.", cte="quoted-printable")
    message.add_alternative(f"<h1>{DATE}</h1>" + issue_html(), subtype="html", cte="base64")
    return message.as_bytes()


def issue_docx():
    styles = {"h2": "berschrift1", "p": None}
    body = "".join(para(escaped(text).replace("[1]", ""), styles[kind], "") if "[1]" not in text else
                   para(escaped(text.split("[1]")[0]), more="<w:r><w:footnoteReference w:id='2'/></w:r>"
                        f"<w:r><w:t xml:space='preserve'>{escaped(text.split('[1]')[1])}</w:t></w:r>")
                   for kind, text in ISSUE if kind != "note")
    note = next(text for kind, text in ISSUE if kind == "note")
    return docx(para(DATE, "Titel") + body, footnotes=f"<w:footnote w:id='2'>{para(escaped(note))}</w:footnote>")


def said(record):
    """What a record says, apart from where it stands and in what."""
    names = {entity["id"]: entity["name"] for entity in record["entities"]}
    return {
        "date": record["issue"]["date"],
        "articles": [(a["title"], [b["name"] for b in a["byline"]]) for a in record["articles"]],
        "notes": [(n["label"], len(n["references"])) for n in record["notes"]],
        "times": sorted((t["type"], t["value"], t["text"]) for t in record["times"]),
        "names": sorted((n["type"], n["text"], names.get(n["entity"])) for n in record["names"]),
        "roles": sorted((e["name"], r["title"], r["of"]) for e in record["entities"] for r in e["roles"]),
        "quotations": sorted((q["kind"], names.get(q["speaker"])) for q in record["quotations"]),
        "scheduled": [{key: e[key] for key in ("title", "start", "end", "zone", "mode", "location", "fee")} |
                      {"sponsors": [s["name"] for s in e["sponsors"]], "people": [(p["name"], p["part"]) for p in e["people"]],
                       "also": [(a["start"], a["end"], a["zone"]) for a in e["also"]]} for e in record["scheduled"]],
        "diagnostics": [d["code"] for d in record["diagnostics"]]}


@test
def each_form_says_the_same():
    page = issue_html()
    write("a.txt", issue_text())
    write("b.txt.gz", gzip.compress(issue_text().encode()))
    write("c.html", f"<!doctype html><title>Letter</title><h1>{DATE}</h1>" + page)
    write("d.eml", issue_mail())
    write("e.mbox", SEPARATOR + issue_mail() + b"\n")
    write("f/cur/1.host:2,S", issue_mail())
    write("blogger.xml", ATOM % entry(15, page, title=DATE))
    write("wordpress.xml", WXR % item(15, page.replace("</p>\n<p>", "\n\n").replace("</h2>\n<p>", "</h2>\n"), title=DATE))
    write("feed.rss", f"<rss><channel><item><title>{DATE}</title><description>{escaped(page)}</description></item></channel></rss>")
    write("substack.zip", zipped({"posts.csv": f'post_id,title,is_published\n1.x,"{DATE}",true\n', "posts/1.x.html": page}))
    write("ghost.json", json.dumps({"db": [{"data": {"posts": [{"title": DATE, "html": page, "status": "published"}]}}]}))
    write("word.docx", issue_docx())
    write("all.tar", tar(**{"a.txt": issue_text().encode()}))

    def record(path):
        done = subprocess.run([LIST, path, "records"], stdout=subprocess.PIPE, timeout=60, check=True)
        lines = done.stdout.splitlines()
        equal(len(lines), 1)
        return said(json.loads(lines[0]))
    want = record("a.txt")
    assert len(want["scheduled"]) == 2 and want["notes"] == [("1", 1)] and len(want["articles"]) == 1 and want["quotations"], want
    for path in ("b.txt.gz", "c.html", "d.eml", "e.mbox", "f", "blogger.xml", "wordpress.xml", "feed.rss", "substack.zip", "ghost.json",
                 "word.docx", "all.tar"):
        got = record(path)
        for key in want:
            if got[key] != want[key]:
                raise AssertionError(f"{path}: {key}\ngot      {got[key]!r}\nexpected {want[key]!r}")


# ---------------------------------------------------------------------- addresses

class Answer(http.server.BaseHTTPRequestHandler):
    PAGES = {"/page": (200, "text/html; charset=utf-8", "<p>Grüße".encode()), "/sjis": (200, "text/plain; charset=Shift_JIS",
             "港の会議".encode("shift_jis")), "/gone": (404, "text/html", b"Gone"), "/shut": (403, "text/html", b"No"),
             "/feed?x=1": (200, "text/xml; charset=utf-8", (ATOM % entry(1, "<p>One", "")).encode()),
             "/box.mbox.gz": (200, "application/gzip", gzip.compress(SEPARATOR + mail(1))), "/large": (200, "text/plain", b"x" * 200000)}

    def do_GET(self):
        code, kind, data = self.PAGES.get(self.path, (302, "text/plain", b""))
        self.send_response(code)
        self.send_header("Content-Type", kind)
        if self.path == "/moved":
            self.send_header("Location", "/page")
        elif code == 302:
            self.send_header("Location", "file:///etc/hostname" if self.path == "/trap" else self.path)
        if self.headers.get("Accept-Encoding") and kind.startswith("text/html") and code == 200:
            data = gzip.compress(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *arguments):
        pass


@test
def addresses():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    at = f"http://127.0.0.1:{server.server_port}"

    def found(path, *limits):
        return documents(at + path, *limits, env={"no_proxy": "*"})
    try:
        equal([(d["origin"], d["url"], d["form"], d["bytes"]) for d in found("/page")], [(at + "/page", at + "/page", "html", "<p>Grüße")])
        equal([(d["origin"], d["url"], d["form"]) for d in found("/moved")], [(at + "/moved", at + "/page", "html")])
        equal([(d["form"], d["bytes"]) for d in found("/sjis")], [("text", "港の会議")])
        equal([d["origin"] for d in found("/feed?x=1")], [at + "/feed?x=1!https://quay.example/1.html"])
        equal([d["origin"] for d in found("/box.mbox.gz")], [at + "/box.mbox.gz!<letter-1@quay.example>"])
        for path, want in (("/gone", "does not exist (404)"), ("/shut", "may not be read (403)"), ("/large", "is too large"),
                           ("/round", "cannot be read: Maximum (10) redirects followed"), ("/trap", "cannot be read: ")):
            got = found(path, 100000)
            assert len(got) == 1 and want in got[0]["error"], (path, got)
    finally:
        server.shutdown()
        server.server_close()
    assert "cannot be read: " in found("/page")[0]["error"]


# ---------------------------------------------------------------------- commands for one bulletin

@test
def commands_read_one_document_however_it_is_packed():
    text = "Sunday, March 15, 2026\n\nThe ferry sailed.\n"
    write("a.txt.gz", gzip.compress(text.encode()))
    write("b.docx", docx(para("The Quay", "Titel") + para("It sailed on Monday.")))
    for arguments, data in ((["a.txt.gz"], b""), (["-"], gzip.compress(text.encode()))):
        code, out, err = daybook("annotate", *arguments, input=data)
        equal((code, err, json.loads(out)["issue"]["date"]), (0, "", "2026-03-15"))
    code, out, err = daybook("annotate", ".")
    equal([json.loads(line)["source"]["name"] for line in out.splitlines()], ["./a.txt.gz", "./b.docx"])
    record = json.loads(out.splitlines()[1])
    equal((record["issue"]["date"], record["times"][0]["value"]), ("2026-03-18", "2026-03-16"))


@test
def commands_refuse_many_documents():
    write("box.mbox", SEPARATOR + mail(1) + b"\n" + SEPARATOR + mail(2))
    code, out, err = daybook("check", "box.mbox")
    assert code == 2 and "'box.mbox' holds more than one document" in err and "daybook add" in err, err


@test
def fix_does_not_write_over_what_is_packed():
    bulletin = ("Sunday, March 15, 2026\n\nMonday Events, March 16, 2026\n\nTHE LONG TABLE. Friday, 3/16, 10:00-11:00am (EDT), "
                "VIRTUAL. Sponsor: Alder Institute.\n")
    packed = gzip.compress(bulletin.encode())
    write("a.txt", bulletin)
    write("a.txt.gz", packed)
    code, out, err = daybook("fix", "--write", "a.txt.gz")
    assert code == 2 and "mended by hand" in err, (code, err)
    equal(open("a.txt.gz", "rb").read(), packed)
    equal(daybook("fix", "--write", "a.txt")[0], 0)
    assert "Monday, 3/16" in open("a.txt").read()


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
