#!/usr/bin/env python3
"""make_text.py OUT.c NAME FILE: a text file as the constant C string NAME of the program."""
import sys


def main(out, name, path):
    with open(path, "rb") as f:
        data = f.read() + b"\0"
    if not data.isascii():
        sys.exit("%s: keep to ASCII" % path)
    lines = [",".join(map(str, data[i:i + 32])) for i in range(0, len(data), 32)]
    with open(out, "w", encoding="ascii") as f:
        f.write("extern const char %s[];\nconst char %s[] = {\n%s};\n" % (name, name, ",\n".join(lines)))


if __name__ == "__main__":
    main(*sys.argv[1:])
