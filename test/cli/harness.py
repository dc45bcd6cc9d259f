"""What tests of the command line share: a program of tests imports this, and calls main() at its end. Its arguments are DAYBOOK
and the folder of examples. Each test runs in an empty folder of its own; the results are TAP."""

import hashlib
import os
import subprocess
import sys
import tempfile
import traceback

DAYBOOK = os.path.abspath(sys.argv[1])
EXAMPLES = os.path.abspath(sys.argv[2])
TESTS = []


def test(function):
    TESTS.append(function)
    return function


class Done:
    def __init__(self, completed):
        self.code = completed.returncode
        self.out, self.err = completed.stdout.decode(errors="replace"), completed.stderr.decode(errors="replace")
        self.bytes = completed.stdout


def daybook(*arguments, input=b"", env=None, **options):
    """Runs daybook in the current folder, with nothing of the caller's settings in the way."""
    home = {"PATH": os.environ["PATH"], "HOME": os.getcwd(), "TERM": "xterm", "LANG": "C.UTF-8"}
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
        if name in os.environ:
            home[name] = os.environ[name]
    data = input.encode() if isinstance(input, str) else input
    options.setdefault("stdout", subprocess.PIPE)
    options.setdefault("stderr", subprocess.PIPE)
    done = subprocess.run([DAYBOOK, *arguments], input=data, env={**home, **(env or {})}, timeout=120, **options)
    if options["stdout"] is not subprocess.PIPE:
        done.stdout = b""
    return Done(done)


def write(path, text):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "wb") as file:
        file.write(text.encode() if isinstance(text, str) else text)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def tree(folder):
    """Every file below `folder` with the digest of its bytes and the time of its last change."""
    out = {}
    for at, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(at, name)
            out[os.path.relpath(path, folder)] = (hashlib.sha256(read(path)).hexdigest(), os.stat(path).st_mtime_ns)
    return out


def same(got, wanted):
    assert got == wanted, f"expected {wanted!r}, got {got!r}"


def holds(text, part):
    assert part in text, f"{part!r} is not in {text!r}"


def refused(done, *parts):
    """Trouble: exit 2, a message, nothing on standard output."""
    same(done.code, 2)
    same(done.out, "")
    assert done.err.startswith("daybook: "), done.err
    for part in parts:
        holds(done.err, part)


def main():
    failed = 0
    print("TAP version 13")
    print(f"1..{len(TESTS)}", flush=True)
    for number, function in enumerate(TESTS, 1):
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            try:
                function()
                fault = None
            except Exception:  # a test's fault, whatever it is, is reported and the rest goes on
                fault = traceback.format_exc(limit=-2)
            os.chdir("/")
        failed += fault is not None
        print(f"{'not ok' if fault else 'ok'} {number} - {function.__name__.replace('_', ' ')}")
        if fault:
            print("".join(f"# {line}\n" for line in fault.splitlines()), end="")
        sys.stdout.flush()
    return 1 if failed else 0
