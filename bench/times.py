#!/usr/bin/env python3
"""How fast times are found, beside two other readers of them: times.py BUILD [SECONDS [FOLDER]]

All get the same texts, one core each, one after the other: the archive that run.py makes from the example, or the .txt and
.md files of FOLDER. The others (peers/package.json) are fetched into the build folder where node and npm are installed.
"""

import glob
import os
import shutil
import subprocess
import sys
import tempfile

from run import make_archive

HERE = os.path.dirname(os.path.abspath(__file__))


def texts_of(folder):
    return sorted(path for ending in ("txt", "md") for path in glob.glob(os.path.join(folder, "**", "*." + ending), recursive=True))


def fetch_peers(folder):
    """The others' packages in `folder`, or a word why they are not there."""
    if not shutil.which("node") or not shutil.which("npm"):
        return "node is not installed"
    os.makedirs(folder, exist_ok=True)
    shutil.copy(os.path.join(HERE, "peers", "package.json"), folder)
    if not os.path.isdir(os.path.join(folder, "node_modules", "chrono-node")):
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
        if subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode:
            return "npm could not fetch them"
    return None


def rates(command, **options):
    """(what, MB/s, times found) for each line that `command` prints."""
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, **options)
    for line in done.stdout.splitlines():
        what, rate, found = line.split("\t")
        yield what, float(rate), int(found)


def main():
    build = os.path.abspath(sys.argv[1])
    seconds = sys.argv[2] if len(sys.argv) > 2 else "5"
    subprocess.run(["ninja", "-C", build, "--quiet", "bench/times"], check=True)
    with tempfile.TemporaryDirectory() as made:
        if len(sys.argv) > 3:
            files = texts_of(os.path.abspath(sys.argv[3]))
        else:
            make_archive(made)
            files = texts_of(made)
        if not files:
            sys.exit(f"there is no text in {sys.argv[3]}")
        print(f"{len(files)} texts, {sum(map(os.path.getsize, files)) / 1e6:.1f} MB, one core:")
        own = 0
        for what, own, found in rates([os.path.join(build, "bench", "times"), seconds, *files]):
            print(f"{'daybook, ' + what:28} {own:9.1f} MB/s {found or '':>9}{' times' if found else ''}", flush=True)
        peers = os.path.join(build, "bench", "peers")
        why = fetch_peers(peers)
        if why:
            print(f"the others are left out: {why}")
            return
        for what, rate, found in rates(["node", os.path.join(HERE, "peers", "times.mjs"), seconds, *files], cwd=peers):
            print(f"{what:28} {rate:9.3g} MB/s {found:>9} times; daybook is {own / rate:,.0f} times as fast", flush=True)


if __name__ == "__main__":
    main()
