#!/usr/bin/env python3
"""Makes the C table of the pages that `daybook explain` prints: make_pages.py OUTPUT DIAGNOSTICS.DEF FOLDER

FOLDER/CODE.md is a diagnostic's page. Its examples are tests, so fences and expectations are for the runner; a reader
gets the bulletins, indented, and the prose. OUTPUT.d names the pages for the build.
"""

import os
import re
import sys


def printed(text):
    """A page as a terminal shows it."""
    out, fence, shown = [], None, False
    for line in text.rstrip("\n").split("\n"):
        mark = re.match(r"(`{3,})(\w*)", line)
        if fence and line.strip() == fence:
            fence = None
        elif fence:
            if shown:
                out.append("    " + line if line else "")
        elif mark:
            fence, shown = mark[1], mark[2] not in ("record", "diagnostics", "fixed", "house")
        elif line or not out or out[-1]:
            out.append(line)
    return "\n".join(out).rstrip() + "\n"


def quoted(text):
    """A C string, a line of it for each line."""
    return "\n".join('\t\t"' + line.replace("\\", "\\\\").replace('"', '\\"').replace("??", '?\\?') + '\\n"' for line in text.rstrip("\n").split("\n"))


def main():
    output, rows, folder = sys.argv[1:]
    with open(rows, encoding="utf-8") as file:
        codes = re.findall(r'^DIAGNOSTIC\((\w+), "([^"]+)"', file.read(), re.M)
    pages = [os.path.join(folder, code + ".md") for _, code in codes]
    with open(output, "w", encoding="utf-8") as out:
        out.write("/* Made by tools/make_pages.py from doc/diagnostics. */\n#include \"record/diagnostic.h\"\n\n")
        out.write("static const char *const pages[DIAGNOSTIC_COUNT] = {\n")
        for (name, _), page in zip(codes, pages):
            if os.path.exists(page):
                with open(page, encoding="utf-8") as file:
                    out.write(f"\t[DIAGNOSTIC_{name}] =\n{quoted(printed(file.read()))},\n")
            else:
                out.write(f"\t[DIAGNOSTIC_{name}] = NULL,\n")
        out.write("};\n\nconst char *diagnostic_page(enum diagnostic_code code) {\n\treturn pages[code];\n}\n")
    with open(output + ".d", "w", encoding="utf-8") as out:
        out.write(f"{output}: {' '.join([rows, folder] + [page for page in pages if os.path.exists(page)])}\n")


if __name__ == "__main__":
    main()
