#!/usr/bin/env python3
"""Runs the examples that stand in Markdown files, and the golden bulletins, against daybook.

    run_cases.py --daybook build/daybook [-k WORD] [PATH ...]

PATH is a Markdown file, a golden bulletin's .record.json or a folder of either. The format is in
test/README.md. Prints TAP; exits 1 when anything fails.
"""

import argparse
import concurrent.futures
import difflib
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

FORMS = {".txt": "text", ".md": "markdown", ".html": "html", ".eml": "eml", ".tml": "timeml"}
EXPECTATIONS = ("record", "diagnostics", "fixed")
REST = ("…", "...")


class Case:
    """One bulletin and what is expected of it."""

    def __init__(self, place, bulletin, form="text", date=None, house=None, name=""):
        self.place, self.bulletin, self.form, self.date, self.house, self.name = place, bulletin, form, date, house, name
        self.expected = []  # (kind, text, place)


# ---- reading cases ----


def blocks(path):
    """Gives (info words, content, line number) of each fenced block of a Markdown file."""
    with open(path, encoding="utf-8", newline="\n") as file:
        lines = file.read().split("\n")
    at = 0
    while at < len(lines):
        fence = re.match(r"(`{3,}|~{3,})\s*(.*)$", lines[at])
        if not fence:
            at += 1
            continue
        begin = at + 1
        close = re.compile(re.escape(fence[1][0]) + "{" + str(len(fence[1])) + r",}\s*$")
        at = begin
        while at < len(lines) and not close.match(lines[at]):
            at += 1
        content = "".join(line + "\n" for line in lines[begin:at])
        yield shlex.split(fence[2]), content, begin
        at += 1


def unescape(text):
    r"""Turns \xNN into a byte, \uNNNN into a character, \r \t \n \0 \\ into what they stand for."""
    simple = {"r": b"\r", "t": b"\t", "n": b"\n", "0": b"\0", "\\": b"\\", "\n": b""}

    def one(match):
        if match[1]:
            return bytes([int(match[1], 16)])
        if match[2]:
            return chr(int(match[2], 16)).encode()
        return simple[match[3].decode()]

    return re.sub(rb"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([rtn0\\\n]))", one, text)


def read_markdown(path):
    """The cases of one Markdown file."""
    cases, house, case = [], None, None
    for info, content, line in blocks(path):
        kind = info[0] if info else ""
        place = f"{path}:{line}"
        if kind == "house":
            house = content
        elif kind == "bulletin":
            flags = {word for word in info[1:] if "=" not in word}
            options = dict(word.split("=", 1) for word in info[1:] if "=" in word)
            data = content.encode()
            if "escapes" in flags:
                data = unescape(data)
            if "no-newline" in flags:
                data = data.removesuffix(b"\n")
            case = Case(place, data, options.get("as", "text"), options.get("date"), house, options.get("name", ""))
            house = None
            cases.append(case)
        elif kind in EXPECTATIONS:
            if case is None:
                raise ValueError(f"{place}: a ```{kind} block before any ```bulletin")
            case.expected.append((kind, content, place))
    for case in cases:
        if not case.expected:
            raise ValueError(f"{case.place}: a ```bulletin block without ```record, ```diagnostics or ```fixed")
    return cases


def read_golden(path):
    """The case of NAME.record.json (or NAME.diagnostics): NAME.txt, .md, .html, .eml or .tml beside it."""
    stem = re.sub(r"\.(record\.json|diagnostics)$", "", path)
    kind = "record" if path.endswith(".json") else "diagnostics"
    for extension, form in FORMS.items():
        if os.path.exists(stem + extension):
            with open(stem + extension, "rb") as file:
                data = file.read()
            break
    else:
        raise ValueError(f"{path}: no bulletin {stem}.txt, .md, .html, .eml or .tml beside it")
    house = None
    if os.path.exists(stem + ".ini"):
        with open(stem + ".ini", encoding="utf-8") as file:
            house = file.read()
    case = Case(path, data, form, None, house)
    with open(path, encoding="utf-8") as file:
        case.expected.append((kind, file.read(), path))
    return [case]


def read_path(path):
    if os.path.isdir(path):
        cases = []
        for folder, folders, names in os.walk(path):
            folders.sort()
            for name in sorted(names):
                if name != "README.md" and name.endswith((".md", ".record.json", ".diagnostics")):
                    if name.endswith(".md") and os.path.exists(os.path.join(folder, name[:-3] + ".record.json")):
                        continue  # a golden bulletin in Markdown
                    cases += read_path(os.path.join(folder, name))
        return cases
    return read_markdown(path) if path.endswith(".md") else read_golden(path)


# ---- running daybook ----


def daybook(program, command, case, *options):
    """Runs a daybook command on the case's bulletin and gives its standard output."""
    with tempfile.TemporaryDirectory() as folder:
        house = os.path.join(folder, "house.ini")
        with open(house, "w", encoding="utf-8") as file:
            file.write(case.house or "")
        arguments = [program, command, "--from", case.form, "--house", house, *options]
        if case.date:
            arguments += ["--date", case.date]
        done = subprocess.run(arguments + ["-"], input=case.bulletin, capture_output=True, timeout=60)
    if done.returncode not in (0, 1):
        raise ValueError(f"daybook {command} ended with {done.returncode}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


# ---- comparing ----


def fold(text):
    return re.sub(r"\s+", " ", text).strip()


def is_span(value):
    return isinstance(value, list) and len(value) == 2 and all(type(item) is int for item in value)


def differences(expected, actual, text, path=""):
    """What of `expected` is not in `actual`, as lines; empty when all is."""
    if expected == "*":
        return [] if actual is not None else [f"{path}: expected anything, got null"]
    if isinstance(expected, dict) and set(expected) == {"text"} and is_span(actual):
        found = text[actual[0] : actual[1]].decode(errors="replace")
        return [] if fold(found) == fold(expected["text"]) else [f"{path}: expected the span of {expected['text']!r}, got {found!r}"]
    if isinstance(expected, dict):
        if not isinstance(actual, dict):
            return [f"{path}: expected an object, got {short(actual)}"]
        out = []
        for key, value in expected.items():
            if key not in actual:
                out.append(f"{path}.{key}: missing")
            else:
                out += differences(value, actual[key], text, f"{path}.{key}")
        return out
    if isinstance(expected, list):
        return list_differences(expected, actual, text, path)
    same = type(expected) is type(actual) and expected == actual
    return [] if same else [f"{path}: expected {short(expected)}, got {short(actual)}"]


def list_differences(expected, actual, text, path):
    if not isinstance(actual, list):
        return [f"{path}: expected a list, got {short(actual)}"]
    if expected and expected[-1] in REST:
        at = 0
        for item in expected[:-1]:
            while at < len(actual) and differences(item, actual[at], text, path):
                at += 1
            if at == len(actual):
                return [f"{path}: none of {len(actual)} is {short(item)}"]
            at += 1
        return []
    if len(expected) != len(actual):
        return [f"{path}: expected {len(expected)} items, got {len(actual)}: {short(actual)}"]
    out = []
    for i, (one, other) in enumerate(zip(expected, actual)):
        out += differences(one, other, text, f"{path}[{i}]")
    return out


def short(value):
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 300 else shown[:297] + "…"


def compare_record(program, case, expected):
    record = json.loads(daybook(program, "annotate", case))
    text = daybook(program, "annotate", case, "--as", "source") if '"text"' in expected else b""
    return differences(json.loads(expected), record, text)


def compare_diagnostics(program, case, expected):
    """Lines `code line` or `code line:column`; `none` alone for no errors and warnings. Notes count where a line names their code."""
    wanted = []
    for line in expected.splitlines():
        line = line.split("#")[0].strip()
        if line and line != "none":
            code, place = line.split()
            wanted.append((code, *(int(part) for part in place.split(":"))))
    record = json.loads(daybook(program, "annotate", case))
    codes = {want[0] for want in wanted}
    got = [(d["code"], d["line"], d["column"]) for d in record["diagnostics"] if d["severity"] != "note" or d["code"] in codes]
    out = []
    for want in wanted:
        match = next((one for one in got if one[: len(want)] == want), None)
        if match:
            got.remove(match)
        else:
            out.append("missing: " + " ".join([want[0], ":".join(map(str, want[1:]))]))
    out += [f"not expected: {code} {line}:{column}" for code, line, column in got]
    return out


def compare_fixed(program, case, expected):
    """The text that `fix` leaves, read as UTF-8."""
    got = daybook(program, "fix", case, "--write").decode(errors="replace")
    if got == expected:
        return []
    return list(difflib.unified_diff(expected.splitlines(), got.splitlines(), "expected", "got", lineterm=""))


COMPARE = {"record": compare_record, "diagnostics": compare_diagnostics, "fixed": compare_fixed}


def run(program, case, kind, expected):
    try:
        return COMPARE[kind](program, case, expected)
    except (ValueError, KeyError, subprocess.TimeoutExpired) as trouble:
        return [f"{type(trouble).__name__}: {trouble}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--daybook", default="build/daybook")
    parser.add_argument("--root", default=".", help="paths are below it and named without it")
    parser.add_argument("-k", metavar="WORD", default="", help="only cases whose place or name holds WORD")
    parser.add_argument("paths", nargs="*", default=["doc/record", "doc/diagnostics", "test/cases", "test/golden"])
    options = parser.parse_args()
    program = os.path.abspath(options.daybook)
    os.chdir(options.root)

    tests = []
    for path in options.paths:
        if not os.path.exists(path):
            continue
        for case in read_path(path):
            for kind, expected, place in case.expected:
                name = f"{place} {kind}" + (f" ({case.name})" if case.name else "")
                if options.k in name:
                    tests.append((name, case, kind, expected))

    print("TAP version 13")
    print(f"1..{len(tests)}", flush=True)
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        results = pool.map(lambda test: run(program, *test[1:]), tests)
        for number, (test, faults) in enumerate(zip(tests, results), 1):
            failed += bool(faults)
            print(f"{'not ok' if faults else 'ok'} {number} - {test[0].replace('#', '')}")
            for fault in faults:
                print(f"# {fault}")
    print(f"# {len(tests) - failed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
