#!/usr/bin/env python3
"""Runs every test of the build folders given and ends with `N passed, N failed`, each case counted by itself.

A test that prints TAP counts once for each of its lines; any other counts once.
"""

import os
import subprocess
import sys
import xml.etree.ElementTree as xml


def results(build):
    """(name, trouble or None, skipped) of each test case that Meson recorded."""
    for suite in xml.parse(os.path.join(build, "meson-logs", "testlog.junit.xml")).getroot().iter("testsuite"):
        cases = list(suite.iter("testcase"))
        for case in cases:
            trouble = case.find("failure") if case.find("failure") is not None else case.find("error")
            name = f"{suite.get('name')}: {case.get('name')}"
            yield name, trouble, case.find("skipped") is not None


def main():
    passed = failed = skipped = 0
    for build in sys.argv[1:]:
        print(f"== {build}", flush=True)
        log = os.path.join(build, "meson-logs", "testlog.junit.xml")
        if os.path.exists(log):
            os.remove(log)
        done = subprocess.run(["meson", "test", "-C", build, "--no-rebuild", "--print-errorlogs"])
        bad_here = 0
        for name, trouble, skip in results(build):
            if trouble is not None:
                bad_here += 1
                print(f"FAILED {build}: {name}")
            elif skip:
                skipped += 1
                print(f"skipped {build}: {name}")
            else:
                passed += 1
        if done.returncode and not bad_here:
            bad_here = 1
            print(f"FAILED {build}: meson test ended with {done.returncode}")
        failed += bad_here
    if skipped:
        print(f"{skipped} skipped")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
