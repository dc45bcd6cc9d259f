#!/usr/bin/env python3
"""Makes the tables behind src/know/model.c: make_model.py OUT.S NAMES.weights GAZETTEER.tsv ...

The weights are lines of text about their origin and licence, an empty line, and then numbers, little-endian: how many
rows; what label follows which (16 bit); the rows, by feature: the feature (32 bit), a byte for each label. A line of
a list is `phrase<TAB>classes`, or `word<TAB>kind<TAB>wider kind`. OUT.S takes OUT.rows and OUT.slots, which are written beside it, into the program.
"""

import hashlib
import struct
import sys
from array import array
from pathlib import Path

from make_words import Mistake, MASK, MULTIPLIER, cut, rows

LABELS, LANES = 11, 16
NO_WAY = -30000
# ORDER GAZETTEER: enum gazetteer_class of src/know/model.h.
CLASSES = {letter: 1 << bit for bit, letter in enumerate("GSCNLDOMwpglecvank")}
STARTS = 1 << 31


def word_hash(word):
    """ORDER WORD: the same sum is in src/know/model.c."""
    data = word.encode()
    value = len(data)
    for at in range(0, len(data), 8):
        value = ((value ^ int.from_bytes(data[at:at + 8].ljust(8, b"\0"), "little")) * MULTIPLIER) & MASK
        value ^= value >> 32
    return value & 0xFFFFFFFF


def mix(a, b):
    product = ((a << 32 | b) * MULTIPLIER) & MASK
    product ^= product >> 29
    return ((product * 0xBF58476D1CE4E5B9) & MASK) >> 32


def size_for(count):
    size = 1024
    while size * 7 < count * 10:
        size *= 2
    return size


def gazetteer(paths):
    entries, kinds = {}, {}
    for path in paths:
        for place, (phrase, letters, *wide) in rows(path, 2):
            if letters.isdigit():
                kinds[word_hash(phrase)] = int(letters), int(wide[0])
                continue
            unknown = set(letters) - set(CLASSES)
            if unknown:
                raise Mistake(f"{place}: no class “{''.join(sorted(unknown))}”")
            classes = sum(CLASSES[letter] for letter in set(letters))
            words = cut(phrase)
            key = word_hash(words[0])
            if len(words) > 1:
                entries[key] = entries.get(key, 0) | STARTS
            for word in words[1:]:
                key = mix(key, word_hash(word))
            entries[key] = entries.get(key, 0) | classes
    everything = sorted(entries.keys() | kinds.keys())
    size = size_for(len(everything))
    slots = [None] * size
    for key in everything:
        at = key & (size - 1)
        while slots[at]:
            at = (at + 1) & (size - 1)
        slots[at] = (key, entries.get(key, 0), *kinds.get(key, (0, 0)))
    return b"".join(struct.pack("<IIHH", *(slot or (0, 0, 0, 0))) for slot in slots), size, everything


def read_weights(path):
    """The transitions and the rows; nothing but what labels allow where there is no file yet."""
    if not path.exists() or path.stat().st_size == 0:
        return [0] * (LABELS * (LABELS + 1)), []
    data = path.read_bytes()
    data = data[data.index(b"\n\n") + 2:]
    count, = struct.unpack_from("<I", data)
    follows = struct.unpack_from(f"<{LABELS * (LABELS + 1)}h", data, 4)
    begin = 4 + 2 * len(follows)
    return follows, [data[begin + i * (4 + LABELS):begin + (i + 1) * (4 + LABELS)] for i in range(count)]


def model_rows(found):
    size = size_for(len(found))
    table = bytearray(size * LANES)
    for row in found:
        at = int.from_bytes(row[:4], "little") & (size - 1)
        while table[at * LANES:at * LANES + 4] != b"\0\0\0\0":
            at = (at + 1) & (size - 1)
        table[at * LANES:at * LANES + len(row)] = row
    return bytes(table), size


def filter_of(keys, per_key=12):
    """A bit for each key, by its upper bits; and how far a key is shifted for it."""
    bits = 12
    while 1 << bits < per_key * len(keys):
        bits += 1
    words = [0] * (1 << (bits - 6))
    for key in keys:
        bit = key >> (32 - bits)
        words[bit // 64] |= 1 << bit % 64
    return struct.pack(f"<{len(words)}Q", *words), 32 - bits


def follows_table(follows):
    numbers = array("h", [0] * ((LABELS + 1) * LANES))
    types = (LABELS - 1) // 2
    for start in range(LABELS + 1):
        for to in range(LABELS):
            inside = to > types
            allowed = not inside or start in (to, to - types)
            numbers[start * LANES + 4 + to] = follows[start * LABELS + to] if allowed else NO_WAY
    return numbers


def main(out, weights, *lists):
    slots, slot_count, keys = gazetteer([Path(path) for path in lists])
    follows, found = read_weights(Path(weights))
    table, row_count = model_rows(found)
    row_filter, row_shift = filter_of([int.from_bytes(row[:4], "little") for row in found])
    slot_filter, slot_shift = filter_of(keys, 8)
    here = Path(out)
    here.with_suffix(".filters").write_bytes(row_filter + slot_filter)
    here.with_suffix(".rows").write_bytes(table)
    here.with_suffix(".slots").write_bytes(slots)
    text = [
        "/* Made by tools/make_model.py. */", "\t.section .rodata", "\t.balign 64",
        "\t.globl model_rows", "model_rows:", f"\t.incbin \"{here.with_suffix('.rows').resolve()}\"",
        "\t.balign 64", "\t.globl gazetteer_slots", "gazetteer_slots:", f"\t.incbin \"{here.with_suffix('.slots').resolve()}\"",
        "\t.balign 64", "\t.globl model_filter", "model_filter:",
        f"\t.incbin \"{here.with_suffix('.filters').resolve()}\", 0, {len(row_filter)}",
        "\t.globl gazetteer_filter", "gazetteer_filter:",
        f"\t.incbin \"{here.with_suffix('.filters').resolve()}\", {len(row_filter)}",
        "\t.balign 4", "\t.globl model_filter_shift", f"model_filter_shift: .long {row_shift}",
        "\t.globl gazetteer_filter_shift", f"gazetteer_filter_shift: .long {slot_shift}",
        "\t.balign 16", "\t.globl model_follows", "model_follows:",
        "\t.short " + ", ".join(map(str, follows_table(follows))),
        "\t.balign 4", "\t.globl model_row_mask", f"model_row_mask: .long {row_count - 1}",
        "\t.globl gazetteer_mask", f"gazetteer_mask: .long {slot_count - 1}",
        "\t.section .note.GNU-stack,\"\",%progbits", f"/* {hash_of(table)} {hash_of(slots)} */", ""]
    here.write_text("\n".join(text), encoding="utf-8")


def hash_of(data):
    """Changes the file when what it includes changes."""
    return hashlib.sha256(data).hexdigest()


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Mistake as mistake:
        sys.exit(f"make_model: {mistake}")
