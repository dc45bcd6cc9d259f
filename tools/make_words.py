#!/usr/bin/env python3
"""Makes words_table.c, the constant tables behind src/know/words.c and src/know/zone.c.

    make_words.py OUT IDS words.h classes.tsv zones.tsv zone_places.tsv zone_regions.tsv zones_renamed.tsv TIMES_FOLDER WORDS.tsv ...

Reads the classes from enum word_class, the names of values from classes.tsv, and phrases from every WORDS.tsv and
both zone tables. A mistake in a TSV is reported as FILE:LINE and ends the build.
"""

import re
import sys
import unicodedata
from pathlib import Path

import time_grammar

MASK = (1 << 64) - 1
MULTIPLIER = 0x9E3779B97F4A7C15
# Letters that NFKD does not take apart.
PLAIN = {"ß": "ss", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ł": "l", "ı": "i", "ħ": "h",
         "ŧ": "t", "ŋ": "n", "ſ": "s", "ə": "e", "ơ": "o", "ư": "u"}
FOLDED = (0xC0, 0x250, 0x1E00, 0x1F00)  # [from, to) twice: src/know/words.c looks these up


class Mistake(Exception):
    pass


def fold_letter(letter):
    """The ASCII letters a letter is looked up as, or None where it has none."""
    lower = letter.lower()
    plain = "".join(PLAIN.get(c, c) for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))
    plain = "".join(PLAIN.get(c, c) for c in plain)
    return plain if plain.isascii() and plain.isalpha() else None


def normal(text):
    text = text.replace("’", "'").replace("‘", "'").lower()
    return "".join(fold_letter(c) or c if ord(c) >= 0x80 else c for c in text)


def cut(phrase):
    """The words of a phrase as the tokenizer cuts them."""
    words = []
    for part in normal(phrase).split():
        part = re.sub(r"(?<=\w)\.", "", part)
        words += re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*|[^\w\s]", part)
        if re.search(r"[\d_]", part):
            raise Mistake(f"“{phrase}”: a phrase is made of letters and signs, not of digits")
    if not words:
        raise Mistake("an empty phrase")
    return tuple(words)


def chunks(word):
    data = word.encode()
    for at in range(0, len(data), 8):
        yield int.from_bytes(data[at:at + 8].ljust(8, b"\0"), "little")


def key_of(word):
    """ORDER KEY: key_of in src/know/words.c is the same."""
    first, *others = chunks(word)
    if not others:
        return first
    for chunk in others:
        first = (first ^ chunk) * MULTIPLIER & MASK
        first ^= first >> 32
    return first & MASK >> 8 | 1 << 56


def read_enum(path, name):
    body = re.search(r"enum\s+%s\s*\{(.*?)\}" % name, re.sub(r"/\*.*?\*/", " ", path.read_text(), flags=re.S), re.S)
    if not body:
        raise Mistake(f"{path} has no enum {name}")
    numbers, following = {}, 0
    for item in filter(None, (item.strip() for item in body[1].split(","))):
        key, _, value = (part.strip() for part in item.partition("="))
        following = int(value, 0) if value else following
        numbers[key] = following
        following += 1
    return numbers


def rows(path, columns):
    """The lines of a TSV that are not comments, as (place, cells). The file must begin with a comment that
    states its origin and licence."""
    lines = path.read_text(encoding="utf-8").split("\n")
    head = []
    for line in lines:
        if not line.startswith("#"):
            break
        head.append(line)
    stated = " ".join(head).lower()
    if "origin:" not in stated or "licence:" not in stated:
        raise Mistake(f"{path}:1: begin with comment lines that state “Origin:” and “Licence:”")
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) < columns:
            raise Mistake(f"{path}:{number}: {len(cells)} cells where {columns} are needed (they are parted by tabs)")
        yield f"{path}:{number}", cells


class Vocabulary:
    def __init__(self, classes, names):
        self.classes, self.names = classes, names
        self.words = {"": 0}
        self.phrases = {}  # (words, class) -> (value, place)

    def word(self, text):
        return self.words.setdefault(text, len(self.words))

    def value(self, cls, text):
        if text in ("", "-"):
            return 0
        if re.fullmatch(r"-?\d+", text):
            return int(text)
        parts = text.split("+")
        if all(part in self.names.get(cls, {}) for part in parts):
            return sum(self.names[cls][part] for part in parts)
        if cls in ("city", "country", "region", "demonym", "metonym") and re.fullmatch(r"[a-z]{2}", text):
            return ord(text[0]) << 8 | ord(text[1])
        known = ", ".join(self.names.get(cls, {})) or "numbers only"
        raise Mistake(f"class {cls} has no value “{text}” (known: {known})")

    def add(self, place, phrase, cls, value):
        try:
            if cls not in self.classes:
                raise Mistake(f"no class “{cls}” in enum word_class")
            words = cut(phrase)
            value = self.value(cls, value) if isinstance(value, str) else value
        except Mistake as mistake:
            raise Mistake(f"{place}: {mistake}") from None
        before = self.phrases.get((words, cls))
        if before and before[0] != value:
            raise Mistake(f"{place}: “{phrase}” is {cls} {before[0]} already, at {before[1]}")
        self.phrases[words, cls] = (value, place)
        for word in words:
            if len(word.encode()) > 63:
                raise Mistake(f"{place}: a word longer than 63 bytes")
            self.word(word)


def read_names(path, classes, root):
    """classes.tsv: `class<TAB>name<TAB>number`, or `class<TAB>enum<TAB>FILE NAME PREFIX` for an enum of a header."""
    names = {}
    for place, (cls, name, number, *_) in rows(path, 3):
        if cls not in classes:
            raise Mistake(f"{place}: no class “{cls}” in enum word_class")
        if name != "enum":
            names.setdefault(cls, {})[name] = int(number)
            continue
        file, enum, prefix = number.split()
        try:
            values = read_enum(root / file, enum)
        except (Mistake, OSError) as mistake:
            raise Mistake(f"{place}: {mistake}") from None
        for key, value in values.items():
            names.setdefault(cls, {})[key.removeprefix(prefix).lower()] = value
    return names


def read_zones(path, vocabulary):
    """zones.tsv: `names, the usual one first, parted by ;<TAB>season<TAB>+HH:MM or -<TAB>IANA zones, likeliest first`.
    A name that begins with = is the text of its row but no phrase."""
    seasons = {"either": "ZONE_EITHER", "standard": "ZONE_STANDARD", "summer": "ZONE_SUMMER"}
    table = []
    for place, (texts, season, offset, zones, *_) in rows(path, 4):
        texts, zones = [text.strip() for text in texts.split(";")], zones.split()
        shift = re.fullmatch(r"([+-])(\d\d):(\d\d)", offset)
        if season not in seasons or not (shift or offset == "-") or not 1 <= len(zones) <= 5:
            raise Mistake(f"{place}: names; season (either, standard, summer); +HH:MM or -; one to five zones")
        for text in texts:
            if not text.startswith("="):
                vocabulary.add(place, text, "zone", len(table))
        minutes = str((int(shift[2]) * 60 + int(shift[3])) * (-1 if shift[1] == "-" else 1)) if shift else "ZONE_NO_OFFSET"
        table.append((texts[0].lstrip("="), zones, minutes, seasons[season]))
    return table


def read_places(paths, vocabulary):
    """zone_places.tsv and zone_regions.tsv: `names parted by ;<TAB>IANA zones, likeliest first`. For each place the row of its
    zones, and these rows."""
    places, kept = [], {}
    for path, cls in zip(paths, ("zone_place", "zone_region")):
        for place, (texts, zones, *_) in rows(path, 2):
            texts, zones = [text.strip() for text in texts.split(";")], zones.split()
            if not 1 <= len(zones) <= 5:
                raise Mistake(f"{place}: one to five zones")
            for text in texts:
                vocabulary.add(place, text, cls, len(places))
            places.append(kept.setdefault(tuple(zones), len(kept)))
    return places, [("", zones, "ZONE_NO_OFFSET", "ZONE_EITHER") for zones in kept]


def add_time_words(vocabulary, folder):
    """The words of time expressions need numbers, not classes."""
    for place, phrase in time_grammar.all_words(time_grammar.read_grammar(folder, rows_of_words)):
        try:
            for word in cut(phrase):
                vocabulary.word(time_grammar.plain(word)[0])
        except Mistake as mistake:
            raise Mistake(f"{place}: {mistake}") from None


def rows_of_words(path, columns):
    return [] if path.name == "holidays.tsv" else rows(path, columns)


def wrapped(items, line=24):
    items = [str(item) for item in items]
    return "\n".join("\t" + ", ".join(items[at:at + line]) + "," for at in range(0, len(items), line))


def quoted(text):
    return '"' + "".join(c if c.isascii() and c not in '"\\' else "".join(f"\\{b:03o}" for b in c.encode())
                         for c in text) + '"'


def place_all(hashes, bits, move_bits):
    """ORDER PLACE: word_find in src/know/words.h looks there. A move for each bucket of hashes, so that each hash has a
    place of its own; None where two of a bucket cannot be parted."""
    buckets = {}
    for value in hashes:
        buckets.setdefault(value >> 64 - bits - move_bits & (1 << move_bits) - 1, []).append(value >> 64 - bits)
    moves, taken = [0] * (1 << move_bits), bytearray(1 << bits)
    for bucket, homes in sorted(buckets.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(set(homes)) < len(homes):
            return None
        move = next((m for m in range(1 << bits) if not any(taken[home ^ m] for home in homes)), None)
        if move is None:
            return None
        moves[bucket] = move
        for home in homes:
            taken[home ^ move] = 1
    return moves


class Slots:
    """A hash table in which every word has a place of its own (hash and displace: Fox et al., A faster algorithm for
    constructing minimal perfect hash functions, 1992), so that looking one up is one look."""

    def __init__(self, words):
        keys = {key_of(word): number for word, number in words.items() if number}
        if len(keys) < len(words) - 1:
            raise Mistake("two words have one key: change MULTIPLIER here and in src/know/words.h")
        self.bits = max(10, (len(keys) * 5 // 4).bit_length())
        self.move_bits = self.bits - 2
        for seed in range(1000):
            self.multiplier = (MULTIPLIER + 2 * seed * 0xD1B54A32D192ED03) & MASK
            hashes = {(key ^ key >> 32) * self.multiplier & MASK: key for key in keys}
            self.moves = place_all(hashes, self.bits, self.move_bits)
            if self.moves:
                break
        else:
            raise Mistake("no table for these words: make it larger")
        self.keys, self.ids = [0] * (1 << self.bits), [0] * (1 << self.bits)
        for value, key in hashes.items():
            move = self.moves[value >> 64 - self.bits - self.move_bits & (1 << self.move_bits) - 1]
            at = value >> 64 - self.bits ^ move
            self.keys[at], self.ids[at] = key, keys[key]


def tables(vocabulary):
    """Entries, values, phrases and the ids of phrases' words, in the layout of src/know/words.h."""
    singles, starts, longer = {}, {}, {}
    for (words, cls), (value, _) in vocabulary.phrases.items():
        first, cls = vocabulary.words[words[0]], vocabulary.classes[cls]
        starts[first] = starts.get(first, 0) | 1 << cls
        if len(words) == 1:
            singles.setdefault(first, {})[cls] = value
        else:
            longer.setdefault(first, []).append((cls, -len(words), value, words))
    entries, values, phrases, ids = [], [], [], []
    pool = bytearray()
    for word, number in vocabulary.words.items():
        mine = sorted(singles.get(number, {}).items())
        many = sorted(longer.get(number, []))
        mask = sum(1 << cls for cls, _ in mine)
        entries.append(f"{{{mask:#x}u, {starts.get(number, 0):#x}u, {len(pool)}, {len(values)}, {len(phrases)}, "
                       f"{len(many)}, {len(word.encode())}}}")
        pool += word.encode()
        values += [f"{{{cls}, {value}}}" for cls, value in mine]
        for cls, length, value, words in many:
            phrases.append(f"{{{cls}, {-length}, {value}, {len(ids)}}}")
            ids += [vocabulary.words[word] for word in words]
    return entries, values, phrases, ids, pool


def folds():
    table = []
    for begin, end in (FOLDED[:2], FOLDED[2:]):
        for code in range(begin, end):
            plain = (fold_letter(chr(code)) or "")[:3]
            table.append(quoted(plain))
    return table


def capitals():
    codes = [*range(*FOLDED[:2]), *range(*FOLDED[2:])]
    return [sum((chr(code).lower() != chr(code)) << bit for bit, code in enumerate(codes[at:at + 8]))
            for at in range(0, len(codes), 8)]


def lower_codes():
    """Greek and Cyrillic capitals, whose normal form is the small letter."""
    return [ord(chr(code).lower()) if len(chr(code).lower()) == 1 else code for code in range(0x370, 0x530)]


def zone_rows(name, table):
    out = [f"const struct zone_name {name}[] = {{"]
    for text, zones, minutes, season in table:
        out.append(f"\t{{{quoted(text)}, {{{', '.join(quoted(zone) for zone in zones)}}}, {minutes}, {season}}},")
    return out + ["};", f"const int32_t {name}_count = {len(table)};", ""]


def write(out, vocabulary, zones, places, renamed):
    entries, values, phrases, ids, pool = tables(vocabulary)
    slots = Slots(vocabulary.words)
    if len(entries) > 65535 or len(values) > 65535:
        raise Mistake("more than 65535 words: widen the tables of words.h")
    marks = [vocabulary.words.get(chr(code), 0) if not chr(code).isalnum() else 0 for code in range(128)]
    text = [
        "/* Made by tools/make_words.py from data/; edit those. */",
        '#include "know/words_table.h"', "",
        "const struct word_entry word_entries[] = {", *(f"\t{entry}," for entry in entries), "};",
        f"const uint32_t word_count = {len(entries)};", "",
        "const struct word_value word_values[] = {", wrapped(values or ["{0}"]), "};", "",
        "const struct phrase word_phrases[] = {", *(f"\t{phrase}," for phrase in phrases or ["{0}"]), "};", "",
        "const uint32_t word_phrase_ids[] = {", wrapped(ids or [0]), "};", "",
        "const char word_pool[] = {", wrapped(byte - 256 if byte > 127 else byte for byte in pool), "\t0", "};", "",
        "const uint64_t word_keys[] = {", wrapped(f"{key:#x}u" for key in slots.keys), "};",
        "const uint16_t word_ids[] = {", wrapped(slots.ids), "};",
        "const uint16_t word_moves[] = {", wrapped(slots.moves), "};",
        f"const uint64_t word_multiplier = {slots.multiplier:#x}u;",
        f"const uint8_t word_bits = {slots.bits}, word_move_bits = {slots.move_bits};", "",
        "const uint16_t word_marks[128] = {", wrapped(marks), "};", "",
        "const char word_folds[][4] = {", wrapped(folds(), 12), "};", "",
        "const uint8_t word_capitals[] = {", wrapped(capitals()), "};", "",
        "const uint16_t word_lower[] = {", wrapped(lower_codes()), "};", "",
        *zone_rows("zone_names", zones), *zone_rows("zone_place_rows", places[1]),
        "const uint16_t zone_places[] = {", wrapped(places[0]), "};", f"const int32_t zone_places_count = {len(places[0])};", "",
        "const struct zone_renaming zone_renamed[] = {",
        *(f"\t{{{quoted(old)}, {quoted(now)}}}," for old, now in renamed), "};",
        f"const int32_t zone_renamed_count = {len(renamed)};", "",
    ]
    out.write_text("\n".join(text), encoding="utf-8")


def main():
    out, ids, header, classes_tsv, zones_tsv, places_tsv, regions_tsv, renamed_tsv, times, *words_tsv = (Path(argument) for argument in sys.argv[1:])
    try:
        numbers = read_enum(header, "word_class")
        if numbers["WORD_CLASS_COUNT"] > 64:
            raise Mistake("more than 64 classes: widen word_entry.classes")
        classes = {name.removeprefix("WORD_").lower(): number for name, number in numbers.items()}
        vocabulary = Vocabulary(classes, read_names(classes_tsv, classes, header.resolve().parent.parent))
        zones = read_zones(zones_tsv, vocabulary)
        places = read_places((places_tsv, regions_tsv), vocabulary)
        for path in words_tsv:
            for place, (phrase, cls, *value) in rows(path, 2):
                vocabulary.add(place, phrase, cls, value[0] if value else "")
        add_time_words(vocabulary, times)
        renamed = [cells[:2] for _, cells in rows(renamed_tsv, 2)]
        write(out, vocabulary, zones, places, renamed)
        ids.write_text("".join(f"{word}\t{number}\n" for word, number in vocabulary.words.items() if number), encoding="utf-8")
    except (Mistake, time_grammar.Mistake) as mistake:
        sys.exit(f"make_words: {mistake}")


if __name__ == "__main__":
    main()
