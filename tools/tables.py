"""Reads what `daybook help --tables` prints: the commands and their options."""


class Option:
    def __init__(self, letter, name, argument, choices, help):
        self.letter, self.name, self.argument, self.help = letter, name, argument, help
        self.choices = choices.replace("|", " ").split()

    def labels(self):
        return ([f"-{self.letter}"] if self.letter else []) + [f"--{self.name}"]


class Command:
    def __init__(self, name, operands, summary):
        self.name, self.operands, self.summary = name, operands, summary
        self.options, self.examples = [], []


def read(path):
    """The commands, in order, by name."""
    commands = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            kind, name, *fields = line.rstrip("\n").split("\t")
            if kind == "command":
                commands[name] = Command(name, *fields)
            elif kind == "option":
                commands[name].options.append(Option(*fields))
            elif kind == "example":
                commands[name].examples.append(fields[0])
    return commands
