#!/usr/bin/env python3
"""The examples' site, calendar, feeds, mails and findings in front of independent validators: validate.py DAYBOOK VALIDATORS

VALIDATORS is a folder of validate_site.sh, validate_ics.sh, validate_feeds.sh, validate_mail.sh,
validate_sarif.sh, which bring their own checkers
through npm. Where the folder, node or the network is missing, all is skipped. Prints TAP.
"""

import glob
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
EXAMPLES = [path for end in ("txt", "md", "html", "eml") for path in sorted(glob.glob(os.path.join(ROOT, "examples", "*." + end)))]


def skip(why):
    print(f"1..0 # SKIP {why}")
    sys.exit(0)


def prepared(folder, work):
    """A copy of the validators with their packages installed; they may stand where nothing can be written."""
    if not os.path.isdir(folder):
        skip("the validators are not there")
    if not shutil.which("node") or not shutil.which("npm"):
        skip("node is not installed")
    copy = os.path.join(work, "validate")
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("node_modules"))
    subprocess.run(["chmod", "-R", "u+w", copy], check=True)
    if subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--silent"], cwd=copy, stdout=subprocess.DEVNULL,
                      stderr=subprocess.DEVNULL, timeout=300).returncode:
        skip("npm could not install the validators")
    return copy


def main():
    daybook, folder = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    with tempfile.TemporaryDirectory() as work:
        tools = prepared(folder, work)
        site, sarif = os.path.join(work, "site"), os.path.join(work, "findings.sarif")
        subprocess.run([daybook, "build", "-q", "-o", site, *EXAMPLES], check=True)
        with open(sarif, "wb") as out:
            subprocess.run([daybook, "check", "--format", "sarif", *glob.glob(os.path.join(ROOT, "examples", "faulty", "*"))], stdout=out)
        runs = [("site", site), ("ics", os.path.join(site, "calendar.ics")), ("feeds", site), ("mail", glob.glob(os.path.join(site, "mail", "*.eml"))),
                ("sarif", sarif)]
        print(f"1..{len(runs)}")
        for number, (name, what) in enumerate(runs, 1):
            done = subprocess.run([os.path.join(tools, f"validate_{name}.sh"), *([what] if isinstance(what, str) else sorted(what))], capture_output=True, text=True)
            if done.returncode == 2:
                print(f"ok {number} - {name} # SKIP could not run")
                continue
            print(f"{'ok' if done.returncode == 0 else 'not ok'} {number} - {name}")
            for line in (done.stdout + done.stderr).splitlines() if done.returncode else []:
                print("#", line)


main()
