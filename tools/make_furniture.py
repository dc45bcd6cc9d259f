"""Makes data/furniture.tsv into constant tables: make_furniture.py OUT.c furniture.tsv"""
import sys

KINDS = ["line", "forwarded", "begins", "quotes", "header", "dropped", "class"]


def quote(text):
    return '"' + "".join(chr(b) if 32 <= b < 127 and chr(b) not in '"\\?' else f"\\{b:03o}" for b in text.encode()) + '"'


def main(out, path):
    phrases = {kind: set() for kind in KINDS}
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.startswith("#") or not line.strip():
                continue
            kind, _, phrase = line.rstrip("\n").partition("\t")
            if kind not in phrases or not phrase or phrase != phrase.lower():
                sys.exit(f"{path}:{number}: expected a kind and a phrase in small letters")
            phrases[kind].add(phrase.encode())
    with open(out, "w", encoding="utf-8") as file:
        file.write('/* Made from data/furniture.tsv by tools/make_furniture.py. */\n#include "read/furniture.h"\n')
        for kind in KINDS:
            ordered = sorted(phrases[kind])
            firsts = [sum(p[0] < byte for p in ordered) for byte in range(257)]
            file.write(f"\nconst struct phrases furniture_{kind} = {{\n\t(const char *const[]){{\n")
            file.writelines(f"\t\t{quote(p.decode())},\n" for p in ordered)
            file.write("\t},\n\t{" + ", ".join(map(str, firsts)) + "}};\n")


main(*sys.argv[1:])
