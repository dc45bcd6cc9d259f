#!/usr/bin/env python3
"""make_labels.py OUT.c SOURCE_FOLDER FILE.tsv...: the labels of pages in other languages as C tables.

The English of each label stands in the code, as LABEL("..."). A file is named after its language (ja.tsv); a line of it is
English, tab, the words. It must have every label once and no other, or nothing is made.
"""
import glob
import os
import re
import sys

MARKED = re.compile(r'\bLABEL\(((?:\s*"(?:[^"\\]|\\.)*")+)\s*\)')
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')


def wanted(folder):
    """Every label of the code."""
    found = set()
    for path in glob.glob(os.path.join(folder, "*.c")):
        with open(path, encoding="utf-8") as f:
            for marked in MARKED.finditer(f.read()):
                found.add("".join(LITERAL.findall(marked[1])))
    return found


def read(path, labels):
    """The rows of a language; ends with a message where one is wrong."""
    rows = {}
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            if line.count("\t") != 1:
                sys.exit(f"{path}:{number}: a line is English, a tab, the words")
            english, words = line.split("\t")
            if english not in labels:
                sys.exit(f"{path}:{number}: no page says “{english}”")
            if english in rows:
                sys.exit(f"{path}:{number}: “{english}” stands here twice")
            if not words.strip() and english.strip():
                sys.exit(f"{path}:{number}: “{english}” has no words")
            if any(c in words for c in '<>&"\\'):
                sys.exit(f"{path}:{number}: the words go into HTML as they are; write them without < > & \" \\")
            if english.count("{}") != words.count("{}"):
                sys.exit(f"{path}:{number}: the words need “{{}}” where the English has it")
            rows[english] = words
    missing = sorted(labels - rows.keys())
    if missing:
        sys.exit(f"{path}: without words for {len(missing)} labels:\n" + "\n".join(missing))
    return rows


def main(out, folder, files):
    labels, text, table = wanted(folder), ['#include "emit/labels.h"\n'], []
    if not labels:
        sys.exit(f"{folder}: no file has a LABEL")
    for path in sorted(files):
        rows, name = read(path, labels), os.path.splitext(os.path.basename(path))[0]
        lines = ['\t{"%s", "%s"},' % (english, rows[english]) for english in sorted(rows, key=lambda s: s.encode())]
        text.append("static const struct label_row rows_%s[] = {\n%s\n};\n" % (name, "\n".join(lines)))
        table.append('\t{"%s", rows_%s, %d},' % (name, name, len(lines)))
    text.append("const struct labels label_languages[] = {\n%s\n};\nconst uint32_t label_language_count = %d;\n"
                % ("\n".join(table), len(table)))
    with open(out, "w", encoding="utf-8") as f:
        f.write("\n".join(text))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
