#!/usr/bin/env python3
"""Runs every test of the build folders given and ends with `N passed, N failed`, each case counted by itself.

A test that prints TAP counts once for each of its lines; any other counts once. What failed is told with its reasons.
"""

import json
import os
import re
import subprocess
import sys


def tap_lines(text):
    """(is ok, name, comments) of each line of TAP."""
    found = []
    for line in text.split("\n"):
        match = re.match(r"(not )?ok\b\s*(.*)", line)
        if match:
            found.append((not match[1], match[2], []))
        elif line.startswith("#") and found:
            found[-1][2].append(line)
    return found


class Counts:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def fail(self, name, reasons):
        self.failed += 1
        print(f"FAILED {name}")
        for reason in reasons[:40]:
            print(f"    {reason}")

    def test(self, build, test):
        """Counts one test of Meson's log."""
        name = f"{build}: {test['name'].split(' / ')[-1]}"
        lines = tap_lines(test.get("stdout") or "")
        for ok, case, comments in lines:
            if ok:
                self.passed += 1
            else:
                self.fail(f"{name}: {case}", comments)
        all_ok = all(ok for ok, _, _ in lines)
        if test["result"] in ("OK", "EXPECTEDFAIL"):
            self.passed += not lines
        elif test["result"] == "SKIP":
            self.skipped += 1
        elif all_ok:  # it ended badly without a line that says so
            said = ((test.get("stdout") or "") + (test.get("stderr") or "")).strip().split("\n")
            self.fail(f"{name}: {test['result'].lower()}", said[-40:])


def run(build, counts):
    log = os.path.join(build, "meson-logs", "testlog.json")
    if os.path.exists(log):
        os.remove(log)
    done = subprocess.run(["meson", "test", "-C", build, "--no-rebuild"], capture_output=True, text=True)
    if not os.path.exists(log):
        counts.fail(f"{build}: meson test", (done.stdout + done.stderr).split("\n"))
        return
    before = counts.failed
    with open(log, encoding="utf-8") as file:
        for line in file:
            counts.test(build, json.loads(line))
    if done.returncode and counts.failed == before:
        counts.fail(f"{build}: meson test ended with {done.returncode}", done.stdout.split("\n")[-20:])


def main():
    counts = Counts()
    for build in sys.argv[1:]:
        print(f"Testing {build}", flush=True)
        run(build, counts)
    if counts.skipped:
        print(f"{counts.skipped} skipped: what they need is not installed, or there is nothing to run")
    print(f"{counts.passed} passed, {counts.failed} failed")
    return 1 if counts.failed or not counts.passed else 0


if __name__ == "__main__":
    sys.exit(main())
