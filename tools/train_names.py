#!/usr/bin/env python3
"""Trains the model of names: train_names.py BUILD OUT.weights [--open FOLDER] [--leave-out SET]... [--set key=value]...

Learns from data/corpus/train/ and, where --open names a folder of JSON Lines ({"text", "names": [{"type", "span"}]}), from
the openly licensed sets in it (doc/model.md says which, and their licences). --leave-out SET (a file's name without its
end, or `own`) is not learnt from but measured; data/corpus/held-out/ always is. Builds BUILD's trainer and runs it. The same
data give the same bytes.
"""

import argparse
import glob
import json
import os
import random
import re
import subprocess
import sys

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
TYPES = ("PER", "ORG", "GPE", "LOC", "MISC", "ANY")
# How the open sets mark: all call countries LOC; in some MISC is not marked.
POLICIES = {"wikigold": "places", "crossner_politics_train": "places", "crossner_politics_dev": "places",
            "uner_ewt_dev": "partial", "re3d_open": "partial"}
# re3d marks whole noun phrases ("Iraqi President Fuad Masum", "they"): it is measured on, not learnt from.
MEASURED = ("re3d_open",)
MARK = re.compile(r"\{(PER|ORG|GPE|LOC|MISC|ANY) ([^{}]*)\}")


def unmarked(text, name="text"):
    """(text, [(type, begin, end)]) of a text with marks; spans are bytes of UTF-8."""
    out, marks, at, length = [], [], 0, 0
    for match in MARK.finditer(text):
        before = text[at:match.start()]
        length += len(before.encode())
        marks.append((match[1], length, length + len(match[2].encode())))
        length += len(match[2].encode())
        out += [before, match[2]]
        at = match.end()
    out.append(text[at:])
    plain = "".join(out)
    left = re.search(r"\{(?:PER|ORG|GPE|LOC|MISC)\b|[{}]", plain)
    if left:
        sys.exit(f"{name}: a mark is not closed, or stands in another: {plain[left.start():left.start() + 60]!r}")
    return plain, marks


def own(folder):
    for path in sorted(glob.glob(os.path.join(ROOT, "data", "corpus", folder, "*.txt"))):
        with open(path, encoding="utf-8") as file:
            yield unmarked(file.read(), path)


def open_set(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            document = json.loads(line)
            marks = [(name["type"], *name["span"]) for name in document["names"]]
            yield document["text"], sorted(marks, key=lambda mark: mark[1])


def shouted(text):
    return "".join(c.upper() if c.isascii() or len(c.upper().encode()) == len(c.encode()) else c for c in text)


def titled(text):
    return re.sub(r"\b[a-z](?=[a-z]{3})", lambda match: match[0].upper(), text)


def recased(documents, chance):
    """Some sentences again in capitals, some as titles, as headings are written. Bytes keep their places."""
    choose = random.Random(7)
    out, marks, length = [], [], 0
    for text, spans in documents:
        data, begin = text.encode(), 0
        for end in [match.end() for match in re.finditer(rb"[.!?\n](?=\s)|\Z", data)]:
            piece = data[begin:end]
            draw = choose.random()
            if draw < chance and 20 < len(piece) < 240:
                shift = length - begin
                marks += [(t, b + shift, e + shift) for t, b, e in spans if begin <= b and e <= end]
                written = (shouted if draw < chance * 0.6 else titled)(piece.decode()).encode()
                out.append(written + b"\n\n")
                length += len(written) + 2
            begin = end
    return b"".join(out).decode(), marks


class Feed:
    def __init__(self):
        self.parts = []

    def add(self, name, policy, test, weight, text, marks):
        text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", text)
        data = text.encode()
        self.parts.append(f"D {name} {policy} {int(test)} {weight} {len(data)} {len(marks)}\n".encode())
        self.parts += [f"{t} {b} {e}\n".encode() for t, b, e in marks if t in TYPES]
        self.parts.append(data + b"\n")

    def set(self, name, policy, test, weight, documents):
        documents = [(text, [m for m in marks if m[0] in TYPES]) for text, marks in documents]
        for text, marks in documents:
            self.add(name, policy, test, weight, text, marks)
        if not test and documents:
            text, marks = recased(documents, 0.12)
            self.add(name + "_recased", policy, False, weight * 0.5, text, marks)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("out")
    parser.add_argument("--open", help="the folder of the open sets")
    parser.add_argument("--leave-out", action="append", default=[])
    parser.add_argument("--weight", type=float, default=1.0, help="of the open sets beside ours")
    parser.add_argument("--set", action="append", default=[], help="a setting of tools/train/train.c")
    parser.add_argument("--dump", help="write what the trainer reads, and do not train")
    a = parser.parse_args()
    feed = Feed()
    feed.set("own", "full", "own" in a.leave_out, 1.0, list(own("train")))
    feed.set("held-out", "full", True, 1.0, list(own("held-out")))
    for name, policy in sorted(POLICIES.items()):
        path = os.path.join(a.open or "", name + ".jsonl")
        if a.open and os.path.exists(path):
            left_out = name in MEASURED or any(name.startswith(left) for left in a.leave_out)
            feed.set(name, policy, left_out, a.weight, list(open_set(path)))
    data = b"".join(feed.parts)
    if a.dump:
        with open(a.dump, "wb") as file:
            file.write(data)
        return
    subprocess.run(["ninja", "-C", a.build, "--quiet", "tools/train/train"], check=True)
    subprocess.run([os.path.join(a.build, "tools/train/train"), a.out + ".numbers", *a.set], input=data, check=True)
    with open(a.out + ".numbers", "rb") as numbers, open(a.out, "wb") as out:
        out.write(HEAD.encode() + b"\n" + numbers.read())
    os.remove(a.out + ".numbers")


HEAD = """The weights of the model of names (src/know/model.h), made by tools/train_names.py; doc/model.md says of what and how.
Learnt from data/corpus/train (MIT, as daybook) and from openly licensed sets, whose texts are not in here:
Wikigold (CC BY 4.0), CrossNER politics (MIT; Wikipedia's text CC BY-SA 3.0), Universal NER English EWT (CC BY-SA 4.0).
Licence of these numbers: CC BY-SA 4.0.
"""

if __name__ == "__main__":
    main()
