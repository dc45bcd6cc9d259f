"""Reads the grammar of time expressions: data/times/LANGUAGE/words.tsv and rules.txt. How they are written is told in
data/times/README.md; make_words.py asks for the words, make_times.py makes tables of the rules."""

import re
from dataclasses import dataclass, field, replace


class Mistake(Exception):
    pass


@dataclass(frozen=True)
class Label:
    """One element of a pattern: what a token (or several) must be, and the field it states."""
    kind: str          # word, sign, set, number, call
    what: str
    field: str = ""
    half: int = 0      # 1 behind the // of a range
    flags: frozenset = frozenset()


@dataclass
class Rule:
    name: str
    place: str
    pattern: object    # a tree: Label, ("seq", ...), ("or", ...), ("maybe", x)
    op: str
    states: list       # (field, value)
    guards: list       # (where, wanted, kind, what)


@dataclass
class Grammar:
    words: dict = field(default_factory=dict)   # set -> [(phrase, value, capital, place)]
    rules: list = field(default_factory=list)


TOKEN = re.compile(r"""\s*(//|[()|?]|[-~!^]+\(|[-~!^]*(?:"[^"]+"|<[a-z_]+(?::[a-z_]+)?>(?:'s)?|[#@][a-z0-9_]+(?::[a-z_]+)?|\$[a-z_]+|[^\W\d_]+(?:['-][^\W\d_]+)*)!?)""")


def pieces(text, place):
    at, out = 0, []
    text = text.strip()
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise Mistake(f"{place}: cannot read “{text[at:]}”")
        out.append(match[1])
        at = match.end()
        while at < len(text) and text[at] == " ":
            at += 1
    return out


class Reader:
    """Patterns by recursive descent: alternatives of sequences of elements, each with an optional `?`."""

    def __init__(self, text, place, macros):
        self.items, self.place, self.macros, self.at, self.half = pieces(text, place), place, macros, 0, 0

    def fail(self, what):
        raise Mistake(f"{self.place}: {what}")

    def peek(self):
        return self.items[self.at] if self.at < len(self.items) else None

    def alternatives(self):
        begins = behind = self.half
        options = [self.sequence()]
        while self.peek() == "|":
            self.at += 1
            behind, self.half = max(behind, self.half), begins  # a // of one alternative is none of the next
            options.append(self.sequence())
        self.half = max(behind, self.half)
        return options[0] if len(options) == 1 else ("or", *options)

    def sequence(self):
        parts = []
        while self.peek() not in (None, "|", ")"):
            if self.peek() == "//":
                self.half = 1
                self.at += 1
                continue
            half = self.half
            part = self.element()
            if self.peek() == "?":
                if self.half != half:
                    self.fail("what holds a // cannot be left out: what follows would be of a half that is not there; write two rules")
                self.at += 1
                part = ("maybe", part)
            parts.append(part)
        return ("seq", *parts)

    def element(self):
        item = self.items[self.at]
        self.at += 1
        if item in ("?", "|", ")"):
            self.fail(f"“{item}” stands where an element is wanted")
        flags = set()
        while item[0] in "-~!^":
            flags.add({"-": "outside", "~": "joined", "!": "spaced", "^": "capital"}[item[0]])
            item = item[1:]
        if item == "(":
            inner = self.alternatives()
            if self.peek() != ")":
                self.fail("a bracket is not closed")
            self.at += 1
            return flagged(inner, flags)
        if item.endswith("!") and len(item) > 1:
            flags.add("anycase")
            item = item[:-1]
        if item[0] == "$":
            if item[1:] not in self.macros:
                self.fail(f"no part “{item}” is defined above")
            sub = Reader(self.macros[item[1:]], self.place, self.macros)
            sub.half = self.half
            tree = sub.alternatives()
            if sub.at != len(sub.items):
                self.fail(f"“{item}” is not whole")
            return flagged(tree, flags)
        return self.label(item, frozenset(flags))

    def label(self, item, flags):
        if item[0] == "<" and item.endswith("'s"):
            item, flags = item[:-2], flags | {"possessive"}
        if item[0] == "<" and item.endswith("'s"):
            item, flags = item[:-2], flags | {"possessive"}
        if item[0].isalpha() and "-" in item:
            first, *others = item.split("-")
            parts = [self.label(first, flags)]
            for other in others:
                parts += [self.label('"-"', frozenset({"joined"})), self.label(other, frozenset({"joined"}))]
            return ("seq", *parts)
        name, _, stated = item.strip("<>").partition(":")
        if item[0] == "<":
            return Label("set", name, stated or name, self.half, flags)
        if item[0] == '"':
            return Label("sign", item[1:-1], "", self.half, flags)
        if item[0] == "#":
            name, _, stated = item[1:].partition(":")
            return Label("number", name, stated or name, self.half, flags)
        if item[0] == "@":
            name, _, stated = item[1:].partition(":")
            return Label("call", name, stated or name, self.half, flags)
        if item.endswith("'s"):
            return Label("word", item[:-2], "", self.half, flags | {"possessive"})
        return Label("word", item, "", self.half, flags)


def flagged(tree, flags):
    """The tree with `flags` on what it may begin with; with “outside” on all of it."""
    if not flags:
        return tree
    if isinstance(tree, Label):
        return replace(tree, flags=tree.flags | flags)
    if tree[0] == "seq" and "outside" not in flags:
        return ("seq", flagged(tree[1], flags), *tree[2:])
    return (tree[0], *(flagged(part, flags) for part in tree[1:]))


def read_words(path, grammar, rows):
    for place, (phrase, group, *rest) in rows(path, 2):
        value = rest[0] if rest and rest[0] else "0"
        capital = len(rest) > 1 and rest[1] == "capital"
        grammar.words.setdefault(group, []).append((phrase, value, capital, place))


def read_guard(text, place):
    match = re.fullmatch(r"(unless|if) (before|after) (<[a-z_]+>|[a-z'-]+|\[[a-z]+\]|\"[^\"]+\")", text)
    if not match:
        raise Mistake(f"{place}: a guard is “unless|if before|after <set>|word|\"sign\"|[test]”, not “{text}”")
    what = match[3]
    kind = {"<": "set", "[": "test", '"': "sign"}.get(what[0], "word")
    return match[2], match[1] == "if", kind, what.strip('<>[]"')


def read_rules(path, grammar):
    """Lines `part NAME = PATTERN` and `NAME: PATTERN -> OP field=value ... ; guard ; guard`; a line that begins with
    white space goes on from the line above."""
    lines, macros = [], {}
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        line = re.sub(r"(^|\s)#\s.*$", "", line)
        if not line.strip():
            continue
        if line[0].isspace() and lines:
            lines[-1][1] += " " + line.strip()
        else:
            lines.append([f"{path}:{number}", line.strip()])
    for place, line in lines:
        macro = re.fullmatch(r"part ([a-z_]+) = (.*)", line)
        if macro:
            macros[macro[1]] = macro[2]
            continue
        match = re.fullmatch(r"([a-z0-9-]+): (.*?) -> ([a-z]+)((?: [a-z_]+=\S+)*)((?: ; [^;]+)*)", line)
        if not match:
            raise Mistake(f"{place}: a rule is “name: pattern -> op field=value ; guard”")
        reader = Reader(match[2], place, macros)
        pattern = reader.alternatives()
        if reader.at != len(reader.items):
            reader.fail("a bracket too many")
        states = [tuple(item.split("=", 1)) for item in match[4].split()]
        guards = [read_guard(item.strip(), place) for item in match[5].split(";") if item.strip()]
        grammar.rules.append(Rule(match[1], place, pattern, match[3], states, guards))


def read_grammar(folder, rows):
    """The grammar of the language in `folder`; `rows` reads a TSV (make_words.py)."""
    grammar = Grammar()
    for path in sorted(folder.glob("*.tsv")):
        read_words(path, grammar, rows)
    read_rules(folder / "rules.txt", grammar)
    return grammar


def labels(tree):
    if isinstance(tree, Label):
        yield tree
    else:
        for part in tree[1:]:
            yield from labels(part)


def all_words(grammar):
    """(place, phrase) of every word the grammar names, for the vocabulary."""
    for entries in grammar.words.values():
        for phrase, _, _, place in entries:
            yield place, phrase
    for rule in grammar.rules:
        for label in labels(rule.pattern):
            if label.kind == "word":
                yield rule.place, label.what
        for _, _, kind, what in rule.guards:
            if kind == "word":
                yield rule.place, what


def plain(word):
    """A word without the 's that the tokenizer parts from it, and whether it had one."""
    return (word[:-2], True) if word.endswith("'s") and len(word) > 3 else (word, False)
