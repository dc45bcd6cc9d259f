#!/usr/bin/env python3
"""Makes the lists of data/gazetteer/ from Debian packages: make_gazetteer.py FOLDER OUT

FOLDER holds the packages libgeonames-common, python3-fake-factory, enamdict, wordnet-base, wamerican and iso-codes,
unpacked one over the other (`apt-get download NAME; dpkg -x NAME*.deb FOLDER`). Needed only when the lists are made
anew; the build uses the lists. A line is `phrase<TAB>classes`, a letter for each class (tools/make_model.py).
"""

import ast
import gettext
import json
import os
import re
import sys
import unicodedata
from collections import Counter, defaultdict



def plain(text):
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def latin(text):
    return plain(text).replace("ø", "o").replace("ł", "l").replace("ß", "ss").replace("æ", "ae").replace("ı", "i").replace(
        "Ø", "O").replace("Ł", "L").replace("đ", "d").replace("Đ", "D").isascii()


def usable(phrase):
    return latin(phrase) and re.fullmatch(r"[^\W\d_]+(?:[ '’.-]+[^\W\d_]+)*\.?", phrase) and len(phrase) > 2 and len(phrase.split()) < 6


class Lists:
    def __init__(self, out, common):
        self.out, self.common = out, common

    def write(self, name, entries, head, keep_common=False):
        """`entries`: phrase -> letters."""
        path = os.path.join(self.out, name)
        with open(path, "w", encoding="utf-8") as file:
            for line in head:
                file.write(f"# {line}\n")
            for phrase in sorted(entries):
                if not keep_common and phrase.lower() in self.common and "N" not in entries[phrase]:
                    continue
                file.write(f"{phrase}\t{''.join(sorted(entries[phrase]))}\n")
        print(name, sum(1 for _ in open(path, encoding="utf-8")), "lines", os.path.getsize(path), "bytes")


def common_words(folder):
    with open(os.path.join(folder, "usr/share/dict/american-english"), encoding="utf-8") as file:
        words = [line.strip() for line in file]
    return {w for w in words if w.islower() and w.isascii() and w.isalpha() and len(w) > 1}


def cities(folder):
    with open(os.path.join(folder, "usr/share/locale/en/LC_MESSAGES/geonames.mo"), "rb") as file:
        catalog = gettext.GNUTranslations(file)._catalog
    return {name: {"C"} for key, name in catalog.items() if key and usable(name)}


def faker_names(folder):
    """Given names and surnames of its providers, read from the source as literals."""
    root = os.path.join(folder, "usr/lib/python3/dist-packages/faker/providers/person")
    names = defaultdict(set)
    for locale in sorted(os.listdir(root)):
        path = os.path.join(root, locale, "__init__.py")
        if not os.path.isfile(path):
            continue
        with open(path, encoding="utf-8") as file:
            tree = ast.parse(file.read())
        for node in ast.walk(tree):
            if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
                continue
            target = node.targets[0].id
            letter = "G" if target.startswith("first") else "S" if target.startswith("last") else None
            if not letter:
                continue
            for item in ast.walk(node.value):
                text = item.value if isinstance(item, ast.Constant) else None
                if isinstance(text, str) and usable(text) and len(text.split()) == 1:
                    names[text].add(letter)
    return names


def japanese(folder):
    """Readings that stand for several written names: surnames s, given names g f m."""
    counts = {"S": Counter(), "G": Counter(), "C": Counter()}
    with open(os.path.join(folder, "usr/share/edict/enamdict"), encoding="euc-jp", errors="replace") as file:
        for line in file:
            for kinds, text in re.findall(r"/\(([a-z,]+)\) ([A-Z][a-z']+)(?= |/|$)", line):
                kinds = kinds.split(",")
                if "s" in kinds:
                    counts["S"][text] += 1
                if {"g", "f", "m"} & set(kinds):
                    counts["G"][text] += 1
    names = defaultdict(set)
    for letter, least in (("S", 4), ("G", 6)):
        for text, number in counts[letter].items():
            if number >= least and len(text) > 2:
                names[text].add(letter)
                if "ou" in text or "uu" in text:
                    names[text.replace("ou", "o").replace("uu", "u")].add(letter)
    return names


# WordNet's lexicographer files.
PERSON, GROUP, PLACE, EVENTS, MESSAGE = 18, 14, 15, (4, 11), 10
PLACES = (PLACE, 6, 17)  # places, buildings, rivers and mountains
NOUNS = {PERSON: "p", GROUP: "g", PLACE: "l", 4: "e", 11: "e", 10: "c", 6: "a", 17: "n", 9: "k"}


def wordnet(folder):
    """Names of people, groups, places, events; and what common nouns and verbs are about, by their first sense."""
    root = os.path.join(folder, "usr/share/wordnet")
    names, senses, first = defaultdict(set), {}, {}
    for file_name, part in (("data.noun", "n"), ("data.adj", "a"), ("data.verb", "v")):
        with open(os.path.join(root, file_name), encoding="latin-1") as file:
            for line in file:
                if line.startswith(" "):
                    continue
                cells = line.split("|")[0].split()
                number, category = cells[0], int(cells[1])
                count = int(cells[3], 16)
                words = [cells[4 + 2 * i] for i in range(count)]
                senses[part, number] = category
                instance = " @i " in line
                for word in words:
                    word = re.sub(r"\(\w+\)$", "", word).replace("_", " ")
                    if not word[:1].isupper() or not usable(word):
                        continue
                    if part == "a":
                        names[word].add("D")
                    elif part == "n" and category == PERSON:
                        if instance:
                            parts = word.split()
                            if len(parts) > 1 and parts[-1][0].isupper() and len(parts[-1]) > 2 and "." not in parts[-1]:
                                names[parts[-1]].add("S")
                                if len(parts[0]) > 2 and "." not in parts[0]:
                                    names[parts[0]].add("G")
                        elif len(word.split()) == 1:
                            names[word].add("D")
                    elif part == "n" and category == GROUP:
                        names[word].add("O")
                    elif part == "n" and category in PLACES and instance:
                        names[word].add("L")
                    elif part == "n" and category == MESSAGE and instance:
                        names[word].add("M")
                    elif part == "n" and category in EVENTS and len(word.split()) > 1:
                        names[word].add("M")
    nouns = {}
    for file_name, part in (("index.noun", "n"), ("index.verb", "v")):
        with open(os.path.join(root, file_name), encoding="latin-1") as file:
            for line in file:
                if line.startswith(" "):
                    continue
                cells = line.split()
                word, pointers = cells[0], int(cells[3])
                number = cells[6 + pointers]
                if not word.isalpha() or len(word) < 3:
                    continue
                category = senses.get((part, number))
                letter = None
                if part == "n":
                    letter = NOUNS.get(category)
                elif category == 32:
                    letter = "v"
                if letter:
                    nouns.setdefault(word, set()).add(letter)
    return names, nouns


def inflected(words, irregular):
    out = defaultdict(set)
    for word, letters in words.items():
        out[word] |= letters
        for letter in letters:
            if letter == "v":
                stem = word[:-1] if word.endswith("e") else word
                forms = [word + ("es" if word.endswith(("s", "sh", "ch", "x", "z")) else "s"), stem + "ed", stem + "ing"]
                if word.endswith("y") and word[-2] not in "aeiou":
                    forms = [word[:-1] + "ies", word[:-1] + "ied", word + "ing"]
                forms += irregular.get(word, [])
            else:
                forms = [word[:-1] + "ies" if word.endswith("y") and word[-2:-1] not in "aeiou" else
                         word + ("es" if word.endswith(("s", "sh", "ch", "x", "z")) else "s")]
            for form in forms:
                out[form].add(letter)
    return out


def irregular_verbs(folder):
    forms = defaultdict(list)
    path = os.path.join(folder, "usr/share/wordnet/verb.exc")
    if os.path.exists(path):
        with open(path, encoding="latin-1") as file:
            for line in file:
                form, base = line.split()[:2]
                forms[base].append(form)
    forms["say"] += ["said"]
    forms["tell"] += ["told"]
    return forms


def regions(path):
    """Countries and their parts."""
    names = defaultdict(set)
    with open(os.path.join(path, "iso_3166-1.json"), encoding="utf-8") as file:
        for row in json.load(file)["3166-1"]:
            for key in ("name", "common_name", "official_name"):
                if key in row:
                    name = row[key].split(",")[0].strip()
                    if usable(name):
                        names[name].add("N")
    with open(os.path.join(path, "iso_3166-2.json"), encoding="utf-8") as file:
        for row in json.load(file)["3166-2"]:
            name = re.sub(r"\s*[\[(].*", "", row["name"]).split(",")[0].strip()
            if usable(name) and "N" not in names.get(name, ()):
                names[name].add("L")
    return names


def main(folder, out):
    common = common_words(folder)
    lists = Lists(out, common)
    iso = "/usr/share/iso-codes/json"
    named, nouns = wordnet(folder)
    lists.write("cities.tsv", cities(folder), [
        "Cities and towns of more than 15 000 people.",
        "Origin: GeoNames (geonames.org), English names in the Debian package libgeonames-common 0.3.0; written by tools/make_gazetteer.py.",
        "Licence: CC BY 4.0, © GeoNames."])
    lists.write("regions.tsv", regions(iso), [
        "Countries and the parts of countries.",
        "Origin: ISO 3166-1 and 3166-2 in the Debian package iso-codes 4.15; written by tools/make_gazetteer.py.",
        "Licence: LGPL-2.1-or-later (iso-codes)."])
    lists.write("people.tsv", faker_names(folder), [
        "Given names (G) and surnames (S) of some forty countries.",
        "Origin: Faker 0.7 (Daniele Faraglia and others), the Debian package python3-fake-factory; written by tools/make_gazetteer.py.",
        "Licence: MIT."], keep_common=True)
    lists.write("people_japan.tsv", japanese(folder), [
        "Japanese surnames (S) and given names (G) that several written names share.",
        "Origin: ENAMDICT (Electronic Dictionary Research and Development Group), the Debian package enamdict 2021.02; "
        "written by tools/make_gazetteer.py.",
        "Licence: CC BY-SA 4.0."])
    lists.write("wordnet_names.tsv", named, [
        "Names in WordNet: surnames (S), given names (G), organisations (O), places (L), peoples (D), events (M).",
        "Origin: WordNet 3.0 (Princeton University), the Debian package wordnet-base; written by tools/make_gazetteer.py.",
        "Licence: WordNet 3.0 licence, © 2006 Princeton University."])
    forms = inflected(nouns, irregular_verbs(folder))
    lists.write("wordnet_words.tsv", {w: s for w, s in forms.items() if w in common}, [
        "Common words by their first sense: people (p), groups (g), places (l), acts and events (e), messages (c), things made (a), "
        "things of nature (n), thoughts (k), verbs of speech (v).",
        "Origin: WordNet 3.0 (Princeton University), the Debian package wordnet-base; written by tools/make_gazetteer.py.",
        "Licence: WordNet 3.0 licence, © 2006 Princeton University."], keep_common=True)
    lists.write("common.tsv", {w: {"w"} for w in common}, [
        "Words that English writes small.",
        "Origin: SCOWL (Kevin Atkinson and others), the Debian package wamerican 2020.12; written by tools/make_gazetteer.py.",
        "Licence: SCOWL's, a notice like MIT's: © 2000-2018 Kevin Atkinson; parts in the public domain."], keep_common=True)


main(*sys.argv[1:3])
