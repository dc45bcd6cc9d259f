#!/usr/bin/env python3
"""Every rule of time expressions has a case that fires it.

    time_rules.py --daybook build/daybook --rules data/times/en/rules.txt CASES.md...

Prints TAP, a test for each rule. Rules that say what is no time (`-> nothing`) leave no trace and are not asked for.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile

import run_cases


def rule_names(path):
    """The names of the rules that give a time, in their order."""
    text = re.sub(r"\n[ \t]+", " ", open(path, encoding="utf-8").read())
    return [match[1] for match in re.finditer(r"^([a-z][a-z0-9-]*): .*-> (\w+)", text, re.M) if match[2] != "nothing"]


def fired(daybook, case):
    """The rules that gave the times of one case."""
    with tempfile.NamedTemporaryFile(suffix=".txt") as file:
        file.write(case.bulletin)
        file.flush()
        command = [daybook, "annotate", "-q", "--from", case.form] + (["--date", case.date] if case.date else []) + [file.name]
        printed = subprocess.run(command, stdout=subprocess.PIPE, check=False).stdout
    return {time["rule"] for time in json.loads(printed)["times"]}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--daybook", required=True)
    options.add_argument("--rules", required=True)
    options.add_argument("cases", nargs="+")
    given = options.parse_args()
    seen = set()
    for path in given.cases:
        for case in run_cases.read_markdown(path):
            seen |= fired(given.daybook, case)
    names = rule_names(given.rules)
    print(f"TAP version 13\n1..{len(names)}")
    for number, name in enumerate(names, 1):
        print(f"{'ok' if name in seen else 'not ok'} {number} - {name}{'' if name in seen else ': no case fires it'}")
    sys.exit(not set(names) <= seen)


main()
