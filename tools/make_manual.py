#!/usr/bin/env python3
"""Makes a manual page in scdoc's form: make_manual.py TABLES PAGE.md VERSION >PAGE.scd

PAGE.md is doc/commands/NAME.md; its options, synopsis and examples come from the command's own tables.
"""

import os
import re
import sys

import tables


def inline(text):
    """Markdown's emphasis, code and links as scdoc's."""
    out = []
    for part in re.split(r"(`[^`]*`)", text):
        if part.startswith("`"):
            out.append("*" + escape(part[1:-1]) + "*")
            continue
        part = escape(re.sub(r"\[([^\]]*)\]\(([^)]*)\)", r"\1 (\2)", part), "_")
        out.append(re.sub(r"\*\*([^*]+)\*\*", r"*\1*", part))
    return "".join(out)


def escape(text, letters="*_"):
    return re.sub(r"([\\" + letters + "])", r"\\\1", text)


def body(path):
    """The page below its title: sections in capitals, code as it is."""
    out, code = [], False
    with open(path, encoding="utf-8") as file:
        for line in file.read().split("\n")[1:]:
            if line.startswith("```"):
                code = not code
                out.append("```")
            elif code:
                out.append(line)
            elif line.startswith("## "):
                out.append("# " + line[3:].upper())
            else:
                out.append(inline(line))
    return "\n".join(out).strip()


def option_lines(command):
    out = []
    for option in command.options:
        labels = ", ".join(f"*{label}*" for label in option.labels())
        argument = f" _{option.argument}_" if option.argument else ""
        out.append(f"{labels}{argument}\n\t{escape(option.help)}\n")
    return "\n".join(out)


def example_lines(command):
    out = []
    for example in command.examples:
        line, _, what = example.partition("   ")
        out.append((escape(what.strip()[:1].upper() + what.strip()[1:]) + ":\n\n" if what.strip() else "") + f"```\n{line}\n```\n")
    return "\n".join(out)


STATUS = """# EXIT STATUS

*0* clean, *1* something was found, *2* trouble: a file that cannot be read or written, an option that is not there.
"""


def main():
    commands, page, version = tables.read(sys.argv[1]), sys.argv[2], sys.argv[3]
    name = os.path.basename(page)[:-3]
    command = commands.get(name)
    title = f"daybook-{name}" if command else "daybook"
    print(f'{title}(1) "daybook {version}"\n')
    if command:
        print(f"# NAME\n\n{title} - {escape(command.summary)}\n")
        print(f"# SYNOPSIS\n\n*daybook {name}* [_options_] {escape(command.operands)}\n")
        print(f"# DESCRIPTION\n\n{body(page)}\n")
        print(f"# OPTIONS\n\n{option_lines(command)}")
        if command.examples:
            print(f"# EXAMPLES\n\n{example_lines(command)}")
        print(STATUS)
        print("# SEE ALSO\n\n" + ", ".join(["*daybook*(1)"] + [f"*daybook-{n}*(1)" for n in MANUALS if n != name]))
        return
    print("# NAME\n\ndaybook - a compiler for bulletins\n")
    print("# SYNOPSIS\n\n*daybook* _command_ [_options_] [_file_...]\n")
    print(f"# DESCRIPTION\n\n{body(page)}\n\n# COMMANDS\n")
    for one in commands.values():
        print(f"*daybook {one.name}* {escape(one.operands)}\n\t{escape(one.summary)}\n")
    print(STATUS)
    print("# SEE ALSO\n\n" + ", ".join(f"*daybook-{n}*(1)" for n in MANUALS))


MANUALS = ("check", "fix", "annotate", "build", "explain")

if __name__ == "__main__":
    main()
