#!/usr/bin/env python3
"""How fast daybook is, how much memory it takes: run.py BUILD [SECONDS]

Steady state is measured inside one process (bench.c), on two years of weekly issues made from the example, and on
each example in its own form. Whole processes are measured from outside, best of several.
"""

import datetime
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
WEEKS = 104


def shifted(text, weeks):
    """The weekly example as it would be some weeks later: its own dates move, and its titles differ."""
    base = datetime.date(2026, 5, 3)

    def move(month, day):
        return datetime.date(base.year, month, day) + datetime.timedelta(weeks=weeks)

    day = base + datetime.timedelta(weeks=weeks)
    text = text.replace("Sunday, May 3, 2026", f"{day:%A, %B} {day.day}, {day.year}")
    monday = day + datetime.timedelta(days=1)
    text = text.replace("May 4, 2026", f"{monday:%B} {monday.day}, {monday.year}")
    text = re.sub(r"\b5/(\d)\b", lambda match: "{0.month}/{0.day}".format(move(5, int(match[1]))), text)
    return text.replace("THREE HARBORS", f"{weeks} HARBORS").replace("Reading the Harbors", f"Reading the Harbors, Part {weeks}")


def make_archive(folder):
    with open(os.path.join(ROOT, "examples", "pacific-weekly.txt"), encoding="utf-8") as file:
        text = file.read()
    for week in range(WEEKS):
        with open(os.path.join(folder, f"{week:03}.txt"), "w", encoding="utf-8") as file:
            file.write(shifted(text, week))


def correct(path):
    """Moves the first hour of an issue, there and back."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(re.sub(r"\b(8|9):", lambda match: f"{17 - int(match[1])}:", text, count=1))


def measured(*command):
    """(seconds, peak megabytes) of a whole process."""
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return time.monotonic() - begun, usage.ru_maxrss / 1024


def best(runs, *command, before=None):
    results = []
    for _ in range(runs):
        if before:
            before()
        results.append(measured(*command))
    return min(seconds for seconds, _ in results), max(memory for _, memory in results)


def print_steady(bench, seconds, what, files):
    for line in subprocess.run([bench, seconds, *files], check=True, capture_output=True, text=True).stdout.splitlines():
        command, threads, rate = line.split("\t")
        print(f"{what:28} {command:9} {threads:>2} thread{'s' if threads != '1' else ' '} {rate:>9} MB/s", flush=True)


def main():
    build = os.path.abspath(sys.argv[1])
    seconds = sys.argv[2] if len(sys.argv) > 2 else "1"
    subprocess.run(["ninja", "-C", build, "--quiet", "bench/bench"], check=True)
    daybook, bench = os.path.join(build, "daybook"), os.path.join(build, "bench", "bench")
    examples = sorted(path for path in glob.glob(os.path.join(ROOT, "examples", "*.*")) if not path.endswith(".ini"))
    with tempfile.TemporaryDirectory() as folder:
        archive, out = os.path.join(folder, "archive"), os.path.join(folder, "out")
        os.mkdir(archive)
        make_archive(archive)
        files = sorted(glob.glob(os.path.join(archive, "*.txt")))
        size = sum(map(os.path.getsize, files)) / 1e6
        print_steady(bench, seconds, f"{WEEKS} issues, {size:.1f} MB", files)
        for path in examples:
            print_steady(bench, seconds, os.path.basename(path), [path])
        print()
        taken, memory = best(20, daybook, "version")
        print(f"{'start-up (version)':28} {taken * 1000:9.1f} ms {memory:9.1f} MB")
        taken, memory = best(20, daybook, "check", "-q", files[0])
        print(f"{'check one issue':28} {taken * 1000:9.1f} ms {memory:9.1f} MB")
        taken, memory = best(3, daybook, "annotate", archive)
        print(f"{f'annotate {WEEKS} issues':28} {taken * 1000:9.1f} ms {memory:9.1f} MB")
        taken, memory = best(3, daybook, "build", "-q", archive, "-o", out, before=lambda: shutil.rmtree(out, ignore_errors=True))
        pages = sum(name.endswith(".html") for _, _, names in os.walk(out) for name in names)
        print(f"{f'build {pages} pages':28} {taken * 1000:9.1f} ms {memory:9.1f} MB {pages / taken:9.0f} pages/s")
        taken, memory = best(20, daybook, "build", "-q", archive, "-o", out)
        print(f"{'build again, nothing new':28} {taken * 1000:9.1f} ms {memory:9.1f} MB")
        taken, memory = best(5, daybook, "build", "-q", archive, "-o", out, before=lambda: correct(files[WEEKS // 2]))
        print(f"{'build again, one corrected':28} {taken * 1000:9.1f} ms {memory:9.1f} MB")
        big = os.path.join(folder, "big.txt")
        with open(big, "wb") as file:
            for path in files * 20:
                with open(path, "rb") as one:
                    file.write(one.read())
        size = os.path.getsize(big) / 1e6
        taken, memory = best(2, daybook, "annotate", big)
        print(f"{f'annotate one file, {size:.0f} MB':28} {taken * 1000:9.1f} ms {memory:9.1f} MB {memory / size:9.1f} times the input")


if __name__ == "__main__":
    main()
