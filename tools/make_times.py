#!/usr/bin/env python3
"""Makes times_table.c, the constant tables of src/know/time_rules.h.

    make_times.py OUT WORD_IDS time_rules.h LANGUAGE_FOLDER

WORD_IDS is what make_words.py writes beside its table. Patterns become one automaton whose edges are the elements of
patterns: rules that begin alike share nodes. A mistake in the data is reported as FILE:LINE and ends the build.
"""

import re
import sys
from pathlib import Path

from make_words import Mistake as WordsMistake, cut, quoted, read_enum, rows, wrapped
from time_grammar import Label, Mistake, plain, read_grammar

EDGE_KINDS = {"word": "EDGE_WORD", "sign": "EDGE_SIGN", "set": "EDGE_SET", "number": "EDGE_NUMBER", "call": "EDGE_CALL"}
FLAGS = {"joined": 1, "spaced": 2, "capital": 4, "anycase": 8, "possessive": 16, "outside": 32}
# The sets with which what code reads may begin, beside figures.
CALL_STARTS = {"count": ("cardinal", "fraction", "vague"), "ordinal": ("ordinalword", "cardinal"), "year": ("cardinal",), "zone": ()}
TESTS = {"capital": 0, "number": 1, "word": 2, "start": 3, "joined": 4, "plural": 5, "money": 6, "decimal": 7, "hour": 8, "street": 9}


class Tables:
    def __init__(self, header, grammar, ids):
        self.grammar, self.ids = grammar, ids
        enum = lambda name, prefix: {key.removeprefix(prefix).lower(): value for key, value in read_enum(header, name).items()}
        self.fields, self.ops = enum("time_field", "FIELD_"), enum("time_op", "OP_")
        self.numbers, self.calls = enum("time_number", "NUMBER_"), enum("time_call", "CALL_")
        self.values = {"unit": enum("time_unit", "UNIT_"), "part": enum("day_part", "PART_"), "season": enum("season", "SEASON_"),
                       "mod": enum("time_mod", "MOD_"), "ref": enum("time_ref", "REF_"), "quant": enum("time_quant", "QUANT_"),
                       "from": enum("time_anchor", "FROM_")}
        for alias, name in (("units", "unit"), ("lower", "unit"), ("edge", "mod"), ("counted", "unit")):
            self.values[alias] = self.values[name]
        named = [name for name in enum("time_set", "SET_") if name != "named_count"]
        self.sets = {name: number for number, name in enumerate([*named, *(n for n in grammar.words if n not in named)])}
        self.holidays = {}
        self.holiday_rows = []
        if len(self.sets) > 255:
            raise Mistake("more than 255 sets of words: widen time_entry.set")

    def value(self, place, kind, text):
        if re.fullmatch(r"-?\d+", text):
            return int(text)
        if text == "some":
            return 2147483647
        if kind == "holiday":
            if text not in self.holidays:
                raise Mistake(f"{place}: no holiday “{text}” in holidays.tsv")
            return self.holidays[text]
        for values in ([self.values[kind]] if kind in self.values else self.values.values()):
            if text.lower() in values:
                return values[text.lower()]
        raise Mistake(f"{place}: “{text}” is no value of {kind}")

    def read_holidays(self, path):
        """`name<TAB>rule<TAB>…`: fixed MM-DD; nth N WEEKDAY MONTH [+DAYS]; easter ±DAYS; orthodox ±DAYS; chinese, islamic,
        hebrew MM-DD; hindu MM-TITHI HOUR [+DAYS]; sign N [+DAYS]; behind them xN where it takes N days."""
        for place, cells in rows(path, 2):
            name, text = cells[0], cells[1]
            words = text.split()
            days = int(words.pop()[1:]) if re.fullmatch(r"x\d+", words[-1]) else 1
            row = None
            if words[0] in ("fixed", "chinese", "islamic", "hebrew") and re.fullmatch(r"\d\d-\d\d", words[1]):
                row = (words[0], int(words[1][:2]), 0, 0, int(words[1][3:]))
            elif words[0] == "hindu" and len(words) >= 3 and re.fullmatch(r"\d\d-\d\d", words[1]):
                row = (words[0], int(words[1][:2]), int(words[2]), int(words[3]) if len(words) > 3 else 0, int(words[1][3:]))
            elif words[0] == "sign":
                row = (words[0], int(words[1]), 0, 0, int(words[2]) if len(words) > 2 else 0)
            elif words[0] in ("easter", "orthodox"):
                row = (words[0], 0, 0, 0, int(words[1]))
            elif words[0] == "nth" and len(words) >= 4:
                row = ("nth", int(words[3]), int(words[1]), int(words[2]), int(words[4]) if len(words) > 4 else 0)
            if not row:
                raise Mistake(f"{place}: “{text}” is no rule of a holiday")
            self.holidays[name] = len(self.holiday_rows)
            self.holiday_rows.append((name, *row, days))

    def codes(self, phrase):
        """What each token of a phrase must be: a word's number, with TIME_POSSESSIVE where it has 's, or TIME_SIGN | sign."""
        codes = []
        for word in cut(phrase):
            word, possessive = (word, False) if word in self.ids else plain(word)  # "george's", of a place
            codes.append(self.ids[word] | possessive << 30 if word[0].isalpha() else 1 << 31 | ord(word))
        return codes

    def read_sets(self):
        """first word -> entries (set, length, capital, rest codes, value)"""
        self.entries = {}
        for name, entries in self.grammar.words.items():
            kind = FIELD_OF.get(name, name)
            for phrase, value, capital, place in entries:
                codes = self.codes(phrase)
                number = self.value(place, kind, value)
                flags = capital | (codes[0] >> 30 == 1) << 1
                self.entries.setdefault(codes[0] & ~(1 << 30), []).append((self.sets[name], len(codes), flags, codes[1:], number))
        for entries in self.entries.values():
            entries.sort(key=lambda e: (e[1] > 1, e[3][0] & ~(1 << 30) if e[3] else 0, e[0], -e[1]))

    def label(self, label, place):
        field = 0
        if label.field:
            if label.field not in self.fields:
                if label.field != label.what:
                    raise Mistake(f"{place}: no field “{label.field}”")
            else:
                field = self.fields[label.field]
        if label.kind == "word":
            what = self.ids[plain(label.what)[0]]
        elif label.kind == "sign":
            what = ord(label.what)
        elif label.kind == "set":
            if label.what not in self.sets:
                raise Mistake(f"{place}: no set <{label.what}> in the words")
            what = self.sets[label.what]
        else:
            table = self.numbers if label.kind == "number" else self.calls
            if label.what not in table:
                raise Mistake(f"{place}: no {label.kind} “{label.what}”")
            what = table[label.what]
        return (EDGE_KINDS[label.kind], sum(FLAGS[flag] for flag in label.flags), field, label.half, what)


FIELD_OF = {}  # sets whose values have another field's names; filled from `words.tsv`'s lines `=set field`


class Automaton:
    """Thompson's construction, then subsets; labels are opaque symbols."""

    def __init__(self):
        self.steps, self.empty, self.accepts = {}, {}, {}
        self.count = 0

    def state(self):
        self.count += 1
        return self.count - 1

    def add(self, tree, begin, label_of):
        """The state reached from `begin` through `tree`."""
        if isinstance(tree, Label):
            end = self.state()
            self.steps.setdefault(begin, []).append((label_of(tree), end))
            return end
        if tree[0] == "seq":
            for part in tree[1:]:
                begin = self.add(part, begin, label_of)
            return begin
        end = self.state()
        options = tree[1:]
        for part in options:
            self.empty.setdefault(self.add(part, self.fork(begin), label_of), []).append(end)
        if tree[0] == "maybe":
            self.empty.setdefault(begin, []).append(end)
        return end

    def fork(self, begin):
        end = self.state()
        self.empty.setdefault(begin, []).append(end)
        return end

    def closure(self, states):
        seen, stack = set(states), list(states)
        while stack:
            for following in self.empty.get(stack.pop(), []):
                if following not in seen:
                    seen.add(following)
                    stack.append(following)
        return frozenset(seen)

    def determined(self, root):
        """[(edges: [(label, node)], accepts: [rule])], node 0 the root."""
        start = self.closure([root])
        numbers, nodes, queue = {start: 0}, [], [start]
        while queue:
            states = queue.pop(0)
            targets = {}
            for state in states:
                for label, following in self.steps.get(state, []):
                    targets.setdefault(label, set()).add(following)
            edges = []
            for label in sorted(targets):
                target = self.closure(targets[label])
                if target not in numbers:
                    numbers[target] = len(numbers)
                    queue.append(target)
                edges.append((label, numbers[target]))
            nodes.append((edges, sorted({self.accepts[s] for s in states if s in self.accepts})))
        return nodes


def automaton(tables):
    machine = Automaton()
    root = machine.state()
    for number, rule in enumerate(tables.grammar.rules):
        end = machine.add(rule.pattern, machine.fork(root), lambda label: tables.label(label, rule.place))
        last = machine.state()
        machine.empty.setdefault(end, []).append(last)
        machine.accepts[last] = number
    return machine.determined(root)


def root_lists(tables, root_edges):
    """For each first code the edges of the root it may take; for figures; for signs."""
    by_code, figures, signs, starters = {}, [], [], starters_of(tables)
    names = {number: name for name, number in tables.calls.items()}
    for index, ((kind, _, _, _, what), _) in enumerate(root_edges):
        if kind == "EDGE_WORD":
            by_code.setdefault(what, []).append(index)
        elif kind == "EDGE_SIGN":
            signs.append(index)
        elif kind == "EDGE_NUMBER":
            figures.append(index)
        elif kind == "EDGE_SET":
            for code in starters.get(what, ()):
                by_code.setdefault(code, []).append(index)
        else:
            figures.append(index)
            for name in CALL_STARTS[names[what]]:
                for code in starters.get(tables.sets.get(name), ()):
                    if index not in by_code.setdefault(code, []):
                        by_code[code].append(index)
    return by_code, figures, signs


def starters_of(tables):
    """For each set, the codes with which its phrases begin."""
    starters = {}
    for code, entries in tables.entries.items():
        for entry in entries:
            starters.setdefault(entry[0], set()).add(code)
    return starters


# In this order the edges for figures, for words and for signs are each side by side.
GROUPS = ("number", "call", "set", "word", "range", "zone", "sign")


def group(tables, label):
    kind, _, _, _, what = label
    if kind == "EDGE_SET" and what == tables.sets["range"]:
        return GROUPS.index("range")
    if kind == "EDGE_CALL" and what == tables.calls["zone"]:
        return GROUPS.index("zone")
    return GROUPS.index(kind.removeprefix("EDGE_").lower())


class Node:
    """A node's edges in their groups, and what they may take."""

    def __init__(self, tables, starters, edges, accepts):
        self.edges, self.accepts = sorted(edges, key=lambda edge: group(tables, edge[0])), accepts
        behind = [sum(group(tables, label) < i for label, _ in edges) for i in range(len(GROUPS) + 1)]
        self.figures, self.words, self.words_end, self.signs = behind[2], behind[1], behind[6], behind[4]
        self.zone = behind[6] > behind[5]
        self.ops = sum({1 << tables.ops.get(tables.grammar.rules[rule].op, 0) for rule in accepts})
        self.codes = set()
        names = {number: name for name, number in tables.calls.items()}
        for (kind, _, _, _, what), _ in edges:
            if kind == "EDGE_WORD":
                self.codes.add(what)
            elif kind == "EDGE_SET":
                self.codes |= starters.get(what, set())
            elif kind == "EDGE_CALL":
                for name in CALL_STARTS[names[what]]:
                    self.codes |= starters.get(tables.sets.get(name), set())

    def row(self, edge, accept):
        if len(self.edges) > 255:
            raise Mistake("a node with more than 255 edges")
        return (f"{{{edge}, {accept}, {len(self.accepts)}, {self.figures}, {self.words}, {self.words_end}, {self.signs}, "
                f"{len(self.edges)}, {int(self.zone)}, {self.ops}}}")


class Start:
    """What may stand behind a token that begins an expression: codes of words, signs, figures; whether it may stand alone."""

    def __init__(self):
        self.codes, self.signs, self.alone, self.figures, self.every = set(), set(), False, False, False

    def add_code(self, code):
        if code >> 31:
            self.signs.add(code & 0x7FFFFFFF)
        else:
            self.codes.add(code & ~(1 << 30))

    def add_node(self, node):
        self.alone |= bool(node.accepts)
        self.codes |= {code & ~(1 << 30) for code in node.codes if not code >> 31}
        self.figures |= node.figures > 0
        self.every |= node.zone
        for (kind, _, _, _, what), _ in node.edges:
            if kind == "EDGE_SIGN":
                self.signs.add(what)
            elif kind == "EDGE_SET" and what == self.range_set:
                self.signs |= {ord("-"), ord("~")}

    def add_number(self, tables):
        """Behind a part of a number: the others, a fraction, a power."""
        for name in ("cardinal", "fraction", "ordinalword", "suffix"):
            self.codes |= {code for code, entries in tables.entries.items() if any(e[0] == tables.sets[name] for e in entries)}
        self.codes |= {tables.ids["and"], tables.ids["a"]}
        self.signs |= {ord("-"), ord("/"), ord(".")}
        self.figures = True


def starts(tables, nodes, by_code, figures):
    """A Start for each word that begins an expression, and one for figures."""
    Start.range_set = tables.sets["range"]
    root, out = nodes[0].edges, {}
    names = {number: name for name, number in tables.calls.items()}

    def add(start, code, index):
        (kind, _, _, _, what), target = root[index]
        sets = {what} if kind == "EDGE_SET" else {tables.sets[name] for name in CALL_STARTS[names[what]]} if kind == "EDGE_CALL" else set()
        if kind != "EDGE_SET":
            start.add_node(nodes[target])
        if kind == "EDGE_CALL":
            start.add_number(tables)
        for number, length, _, rest, _ in tables.entries.get(code, []):
            if number in sets and length > 1:
                start.add_code(rest[0])
            elif number in sets:
                start.add_node(nodes[target])

    for code, edges in by_code.items():
        if not code >> 31:
            out[code] = Start()
            for index in edges:
                add(out[code], code, index)
    number = Start()
    for index in figures:
        add(number, None, index)
    return out, number


def write(out, tables, nodes, word_count):
    edges, node_rows, accepts, starters = [], [], [], starters_of(tables)
    nodes = [Node(tables, starters, *node) for node in nodes]
    for node in nodes:
        node_rows.append(node.row(len(edges), len(accepts)) if node_rows else "{0}")  # the root's edges are in time_roots
        accepts += node.accepts
        edges += [f"{{{kind}, {flags}, {field}, {half}, {what}, {target}}}" for (kind, flags, field, half, what), target in node.edges]
    if len(edges) > 65535:
        raise Mistake(f"{len(edges)} edges: more than the tables hold")
    by_code, figures, signs = root_lists(tables, nodes[0].edges)
    words, word_of, entries, rests, roots = ["{0}"], [0] * word_count, [], [], []
    second = {rest[0] & ~(1 << 30) for entries_of in tables.entries.values() for _, _, _, rest, _ in entries_of if rest and not rest[0] >> 31}
    known = {code for code in {*by_code, *tables.entries, *second, *(code for node in nodes for code in node.codes)} if code < 1 << 30}
    for code in sorted(known, key=lambda code: (code not in by_code, code)):
        mine = tables.entries.get(code, [])
        word_of[code] = len(words)
        verb = next((value for value, name in ((1, "futureverb"), (-1, "pastverb"), (2, "presentverb"), (3, "planverb"))
                     for entry in mine if entry[0] == tables.sets.get(name) and entry[1] == 1), 0)
        singles = sum(entry[1] == 1 for entry in mine)
        words.append(f"{{{len(entries)}, {len(roots)}, {len(mine)}, {singles}, {len(by_code.get(code, []))}, {verb}}}")
        roots += by_code.get(code, [])
        for set_number, length, flags, rest, value in mine:
            entries.append(f"{{{set_number}, {length}, {flags}, {len(rests)}, {value}}}")
            rests += rest
    stride, pairs = (len(words) + 63) // 64, []
    bits = []
    for node in nodes:
        row = [0] * stride
        for code in node.codes:
            if code in known:
                row[word_of[code] // 64] |= 1 << word_of[code] % 64
        bits += row
    number_root = len(roots)
    roots += figures
    begins, number_start = starts(tables, nodes, by_code, figures)
    start_rows = [number_start] + [begins[code] for code in sorted(begins, key=lambda code: word_of[code])]
    start_lines = []
    for start in start_rows:
        row = [0] * stride
        for code in start.codes:
            if code in known:
                row[word_of[code] // 64] |= 1 << word_of[code] % 64
        masks = [sum(1 << sign % 64 for sign in start.signs if sign // 64 == half) for half in (0, 1)]
        other = any(sign > 127 for sign in start.signs)
        start_lines.append(f"{{{{{masks[0]:#x}u, {masks[1]:#x}u}}, {int(start.alone)}, {int(start.figures)}, {int(start.every or other)}}}")
        pairs += row
    sign_root = len(roots)
    roots += signs
    statements, guards, rules = [], [], []
    for rule in tables.grammar.rules:
        if rule.op not in tables.ops:
            raise Mistake(f"{rule.place}: no operation “{rule.op}”")
        first, guard = len(statements), len(guards)
        for field, value in rule.states:
            if field not in tables.fields:
                raise Mistake(f"{rule.place}: no field “{field}”")
            statements.append(f"{{{tables.fields[field]}, {tables.value(rule.place, field, value)}}}")
        for where, wanted, kind, what in rule.guards:
            if kind == "test":
                code, arg = "TEST_KIND", TESTS[what]
            elif kind == "set":
                code, arg = "EDGE_SET", tables.sets[what]
            elif kind == "sign":
                code, arg = "EDGE_SIGN", ord(what)
            else:
                code, arg = "EDGE_WORD", tables.ids[plain(what)[0]]
            guards.append(f"{{{int(where == 'after')}, {int(wanted)}, {code}, {arg}}}")
        rules.append(f"{{{quoted(rule.name)}, {tables.ops[rule.op]}, {len(rule.states)}, {len(rule.guards)}, {first}, {guard}}}")
    table = lambda kind, name, lines: [f"const {kind} {name}[] = {{", *(f"\t{line}," for line in lines or ["{0}"]), "};", ""]
    numbers = lambda kind, name, items: [f"const {kind} {name}[] = {{", wrapped(items or [0]), "};", ""]
    out.write_text("\n".join([
        "/* Made by tools/make_times.py from data/times/; edit those. */", '#include "know/time_rules.h"', "",
        *table("struct time_edge", "time_edges", edges), *table("struct time_node", "time_nodes", node_rows),
        *numbers("uint16_t", "time_accepts", accepts), *table("struct time_rule", "time_rules", rules),
        *table("struct time_statement", "time_statements", statements), *table("struct time_guard", "time_guards", guards),
        *numbers("uint16_t", "time_word_of", word_of), *table("struct time_word", "time_words", words),
        *table("struct time_entry", "time_entries", entries), *numbers("uint32_t", "time_rests", [f"{r}u" for r in rests]),
        *table("struct time_edge", "time_roots", [edges[index] for index in roots]),
        f"const uint16_t time_beginners = {len([code for code in known if code in by_code])}, time_follow_stride = {stride};",
        *table("struct time_start", "time_starts", start_lines),
        *numbers("uint64_t", "time_pairs", [f"{word:#x}u" for word in pairs]),
        *numbers("uint64_t", "time_follows", [f"{word:#x}u" for word in bits]),
        f"const uint16_t time_number_root = {number_root}, time_number_roots = {len(figures)};",
        f"const uint16_t time_sign_root = {sign_root}, time_sign_roots = {len(signs)};", "",
        *table("struct holiday", "time_holidays", [f"{{{quoted(name)}, HOLIDAY_{rule.upper()}, {month}, {nth}, {weekday}, {day}, {days}}}"
                                                  for name, rule, month, nth, weekday, day, days in tables.holiday_rows]),
        f"const int32_t time_holiday_count = {len(tables.holiday_rows)};", ""]), encoding="utf-8")
    return len(nodes), len(edges)


def main():
    out, ids_path, header, folder = (Path(argument) for argument in sys.argv[1:5])
    try:
        grammar = read_grammar(folder, lambda path, columns: rows(path, columns) if path.name != "holidays.tsv" else [])
        ids = {}
        for line in ids_path.read_text(encoding="utf-8").split("\n"):
            word, _, number = line.partition("\t")
            if number:
                ids[word] = int(number)
        tables = Tables(header, grammar, ids)
        tables.read_holidays(folder / "holidays.tsv")
        tables.read_sets()
        write(out, tables, automaton(tables), max(ids.values()) + 1)
    except (Mistake, WordsMistake) as mistake:
        sys.exit(f"make_times: {mistake}")


if __name__ == "__main__":
    main()
