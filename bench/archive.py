#!/usr/bin/env python3
"""How fast an archive is filled, and asked: archive.py BUILD [FOLDER [QUERIES.tsv]]

FOLDER holds texts (else two years of weekly issues are made from the example); QUERIES.tsv are lines of `kind<TAB>words` (else words of the
texts themselves, of all frequencies). Adding is measured beside bare FTS5 indexing of the same files, in the same run.
"""

import collections
import glob
import os
import random
import re
import subprocess
import sys
import tempfile

from run import best, make_archive, measured

RUNS = 5


def queries_of(files, path):
    """Words, phrases and beginnings of words of the texts: 200 words from the most frequent to the rarest, 50 each of the others."""
    chance, count, phrases = random.Random(1), collections.Counter(), []
    for name in files:
        with open(name, encoding="utf-8", errors="replace") as file:
            words = re.findall(r"[a-z]+", file.read().lower())
        count.update(words)
        at = chance.randrange(max(1, len(words) - 3))
        phrases.append(" ".join(words[at:at + chance.choice((2, 3))]))
    ranked = [word for word, _ in count.most_common()]
    lines = [f"term\t{ranked[int(len(ranked) * (i / 200) ** 3)]}" for i in range(200)]
    lines += [f"phrase\t{phrase}" for phrase in chance.sample(phrases, min(50, len(phrases)))]
    lines += [f"prefix\t{word[:chance.choice((3, 4, 5))]}" for word in chance.sample(ranked, min(50, len(ranked)))]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def main():
    build = os.path.abspath(sys.argv[1])
    subprocess.run(["ninja", "-C", build, "--quiet", "bench/fts", "bench/search"], check=True)
    daybook, fts, search = (os.path.join(build, name) for name in ("daybook", "bench/fts", "bench/search"))
    with tempfile.TemporaryDirectory() as folder:
        texts, queries = (sys.argv + [None, None])[2:4]
        if not texts:
            texts = os.path.join(folder, "texts")
            os.mkdir(texts)
            make_archive(texts)
        files = sorted(glob.glob(os.path.join(texts, "*.txt")))
        if not queries:
            queries = os.path.join(folder, "queries.tsv")
            queries_of(files, queries)
        archive, bare = os.path.join(folder, "archive.db"), os.path.join(folder, "bare.db")

        def clear():
            for path in glob.glob(archive + "*"):
                os.remove(path)

        peer, _ = best(RUNS, fts, bare, *files)
        taken, memory = best(RUNS, daybook, "add", "-q", "--to", archive, texts, before=clear)
        print(f"{f'add {len(files)} files':28} {taken * 1000:9.1f} ms {memory:9.1f} MB {taken / peer:9.1f} times bare FTS5 ({peer * 1000:.1f} ms)")
        again, _ = measured(daybook, "add", "-q", "--to", archive, texts)
        print(f"{'add them again':28} {again * 1000:9.1f} ms")
        once, _ = best(20, daybook, "search", "-A", archive, "the")
        print(f"{'search, whole process':28} {once * 1000:9.1f} ms")
        print(f"{'search, in process':28} " + subprocess.run([search, archive, queries], check=True, capture_output=True, text=True).stdout.strip())


if __name__ == "__main__":
    main()
