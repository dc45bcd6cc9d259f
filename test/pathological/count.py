#!/usr/bin/env python3
"""Counts the instructions of each compilation of pathological.c, at N and at 4N: count.py VALGRIND PATHOLOGICAL

The counts are the same on a busy machine as on a quiet one, so the bound can be close: a text four times as long may
take MOST times as many instructions. Sorting takes somewhat more than four times; what walks a text again for each of
its pieces takes up to sixteen times.
"""

import glob
import os
import re
import subprocess
import sys
import tempfile

MOST = 4.4


def counted(path):
    """(factor, name, instructions) of a dump of callgrind, or None for the one at the program's end."""
    with open(path, encoding="utf-8") as file:
        head = file.read(4000)
        name = re.search(r"^desc: Trigger: Client Request: (\d+) (.*)$", head, re.M)
        total = re.search(r"^(?:summary|totals): (\d+)", head + file.read(), re.M)
    return (int(name[1]), name[2], int(total[1])) if name and total else None


def main():
    valgrind, program = sys.argv[1:]
    counts = {}
    # What is written over freed memory would be counted too.
    quiet = {name: value for name, value in os.environ.items() if name != "MALLOC_PERTURB_"}
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([valgrind, "--tool=callgrind", f"--callgrind-out-file={folder}/out", program],
                              capture_output=True, text=True, env=quiet)
        for path in glob.glob(os.path.join(folder, "out.*")):
            one = counted(path)
            if one:
                counts.setdefault(one[1], {})[one[0]] = one[2]
    print(f"1..{len(counts) + 1}")
    print(f"{'ok' if done.returncode == 0 and counts else 'not ok'} 1 - counted")
    if done.returncode or not counts:
        print("\n".join("# " + line for line in (done.stdout + done.stderr).split("\n")[-20:]))
    failed = done.returncode != 0 or not counts
    for number, (name, count) in enumerate(sorted(counts.items()), 2):
        good = len(count) == 2 and count[4] <= count[1] * MOST
        failed |= not good
        print(f"{'ok' if good else 'not ok'} {number} - {name}: {' and '.join(str(count[f] // 1000) for f in sorted(count))}"
              f" thousand instructions, {count.get(4, 0) / count.get(1, 1):.2f} times")
    return failed


if __name__ == "__main__":
    sys.exit(main())
