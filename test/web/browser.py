#!/usr/bin/env python3
"""Pages of the examples' site in Chromium, opened from a folder of files: browser.py DAYBOOK EXAMPLES. Prints TAP.

Chromium prints the page as it is after its scripts have run. Where it is not installed, all is skipped.
"""

import glob
import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse


def page(browser, url):
    """The page's elements after its scripts have run, as HTML."""
    with tempfile.TemporaryDirectory() as profile:
        done = subprocess.run([browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                               f"--user-data-dir={profile}", "--virtual-time-budget=4000", "--timeout=20000", "--dump-dom", url],
                              capture_output=True, text=True, timeout=90)
    return done.stdout


def found(text):
    """What the search page says, and the titles that it shows."""
    status = re.search(r'<p id="found"[^>]*>(.*?)</p>', text, re.S)
    results = re.search(r'<ol id="results"[^>]*>(.*?)</ol>', text, re.S)
    titles = re.findall(r"<h2[^>]*><a[^>]*>(.*?)</a>", results[1] if results else "")
    return html.unescape(status[1]) if status else None, [html.unescape(title) for title in titles]


def cases(browser, site):
    """Name and outcome of each test."""
    def search(words):
        return found(page(browser, "file://" + site + "/search.html?q=" + urllib.parse.quote(words)))

    said, titles = search("water forecasts")
    yield "a search finds what has all words", said == "1 found" and titles == ["Waiting for Water: Forecasts and Farmers"]
    said, titles = search("WÀTER FORECÄS")
    yield "accents, capitals and ends of words make no difference", titles == ["Waiting for Water: Forecasts and Farmers"]
    said, titles = search("donnelly")
    yield "a person is found, too", "Claire Donnelly" in titles
    said, titles = search("qqqq")
    yield "what is not there is not found", said == "Nothing was found." and titles == []
    said, titles = search("")
    yield "nothing asked, nothing said", said == "" and titles == []


def main():
    daybook, examples = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not browser:
        print("1..0 # SKIP Chromium is not installed")
        return
    bulletins = [path for end in ("txt", "md", "html", "eml") for path in sorted(glob.glob(os.path.join(examples, "*." + end)))]
    with tempfile.TemporaryDirectory() as work:
        site = os.path.join(work, "site")
        subprocess.run([daybook, "build", "-q", "-o", site, *bulletins], check=True)
        number = 0
        for number, (name, good) in enumerate(cases(browser, site), 1):
            print(f"{'ok' if good else 'not ok'} {number} - {name}", flush=True)
        print(f"1..{number}")


main()
