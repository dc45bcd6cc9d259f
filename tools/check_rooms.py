#!/usr/bin/env python3
"""Checks who includes whom in src/, by the table of doc/design.md: rooms are ordered, and each outside library has a
place of its own. Prints each line that breaks a rule; exits 1 when there is one.
"""

import os
import re
import sys

# A room may include its own headers, and these: whole rooms ("base/") or single headers.
MAY = {
    "base": [],
    "know": ["base/"],
    "read": ["base/"],
    "text": ["base/", "know/words.h", "read/source.h"],
    "record": ["base/", "know/civil.h", "read/source.h"],
    "find": ["base/", "know/", "read/source.h", "text/document.h", "record/"],
    "check": ["base/", "know/", "read/source.h", "record/"],
    "emit": ["base/", "know/civil.h", "know/dates.h", "know/name_key.h", "know/zone.h", "read/source.h", "record/"],
    "store": ["base/", "know/civil.h", "know/name_key.h", "know/zone.h", "read/source.h", "record/"],
    "cli": ["base/", "read/importer.h", "daybook.h", "../include/daybook.h", "record/", "emit/", "store/"],
    "": ["base/", "know/", "read/", "text/", "record/", "find/", "check/", "emit/", "store/", "../include/daybook.h"],
}

# Where the headers of an outside library may stand: beginnings of paths.
LIBRARIES = {
    "unicode/": ["know/icu.h"],
    "cmark-gfm": ["read/markdown.c", "read/markdown_inlines.c"],
    "libxml/": ["read/libxml.h"],
    "gmime/": ["read/gmime.h", "emit/message.c"],
    "archive": ["read/import_"],
    "curl/": ["read/import_url.c"],
    "libical/": ["emit/ics_zone.c"],
    "ini.h": ["record/house.c"],
    "nettle/": ["base/hash.c"],
    "sqlite3.h": ["store/"],
    "jansson.h": ["record/", "store/", "read/import_ghost.c"],
}

INCLUDE = re.compile(r'\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')


def includes(path):
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            match = INCLUDE.match(line)
            if match:
                yield number, match[1], match[2]


def resolve(root, path, name):
    """The included file as a path below src/ (or beginning with ../), or None for a generated one."""
    for folder in (os.path.dirname(path), root, os.path.join(root, "..", "include")):
        whole = os.path.normpath(os.path.join(folder, name))
        if os.path.exists(whole):
            return os.path.relpath(whole, root)
    return None


def fault(room, path, own, library):
    """Why a file of `room` may not include this, or None."""
    if library:
        for begin, places in LIBRARIES.items():
            if library.startswith(begin) and not any(path.startswith(place) for place in places):
                return f"<{library}> belongs in {' or '.join(places)}"
        return None
    if own is None or os.path.dirname(own) == room:
        return None
    if any(own == allowed or (allowed.endswith("/") and own.startswith(allowed)) for allowed in MAY[room]):
        return None
    return f"{room or 'the top of src'} may not include {own}"


def main():
    root = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "src"))
    files = faults = 0
    for folder, folders, names in os.walk(root):
        folders.sort()
        room = os.path.relpath(folder, root).replace(".", "", 1) if folder == root else os.path.relpath(folder, root)
        if room not in MAY:
            print(f"src/{room}: a room that {os.path.basename(__file__)} does not know")
            faults += 1
            continue
        for name in sorted(names):
            if not name.endswith((".c", ".h")):
                continue
            files += 1
            whole = os.path.join(folder, name)
            path = os.path.relpath(whole, root)
            for number, own, library in includes(whole):
                why = fault(room, path, resolve(root, whole, own) if own else None, library)
                if why:
                    faults += 1
                    print(f"src/{path}:{number}: {why}")
    print(f"{files} files, {faults} faults")
    return 1 if faults or not files else 0


if __name__ == "__main__":
    sys.exit(main())
