#!/usr/bin/env python3
"""make_theme.py OUT.c FILE...: the site's style and script as constant bytes of the program."""
import os
import sys


def array(name, data):
    """`data` as the definition of a C array."""
    lines = [",".join(map(str, data[i:i + 32])) for i in range(0, len(data), 32)]
    return "static const char %s[] = {\n%s\n};\n" % (name, ",\n".join(lines))


def main(out, files):
    text, rows = ['#include "emit/theme.h"\n'], []
    for number, path in enumerate(sorted(files, key=os.path.basename)):
        with open(path, "rb") as f:
            data = f.read()
        if not data.isascii():
            sys.exit("%s: keep to ASCII" % path)
        name = os.path.basename(path)
        text.append(array("file_%d" % number, data))
        rows.append('\t{{"%s", %d}, {file_%d, sizeof file_%d}},' % (name, len(name), number, number))
    text.append("const struct theme_file theme_files[] = {\n%s\n};\nconst size_t theme_file_count = %d;\n"
                % ("\n".join(rows), len(rows)))
    with open(out, "w", encoding="ascii") as f:
        f.write("\n".join(text))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
