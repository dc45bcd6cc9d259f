#!/usr/bin/env python3
"""Makes the completion of a shell from the option tables: make_completion.py bash|zsh|fish TABLES"""

import sys

import tables


def takes_file(option):
    return option.argument in ("FILE", "FOLDER")


def bash(commands):
    print("# bash completion for daybook; made from its option tables.\n_daybook() {")
    print('\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=')
    print('\tif [ "$COMP_CWORD" -eq 1 ]; then')
    print(f'\t\tCOMPREPLY=($(compgen -W "{" ".join(commands)}" -- "$word"))\n\t\treturn\n\tfi')
    print('\tcase ${COMP_WORDS[1]}:$before in')
    for command in commands.values():
        for option in command.options:
            if option.choices:
                places = "|".join(f"{command.name}:{label}" for label in option.labels())
                print(f'\t{places}) COMPREPLY=($(compgen -W "{" ".join(option.choices)}" -- "$word")); return ;;')
    print('\thelp:help) COMPREPLY=($(compgen -W "' + " ".join(commands) + '" -- "$word")); return ;;')
    print("\tesac\n\tcase ${COMP_WORDS[1]} in")
    for command in commands.values():
        words = " ".join(label for option in command.options for label in option.labels())
        print(f'\t{command.name}) words="{words}" ;;')
    print('\tesac\n\tif [[ $word == -* ]]; then\n\t\tCOMPREPLY=($(compgen -W "$words" -- "$word"))')
    print('\telse\n\t\tCOMPREPLY=($(compgen -f -- "$word"))\n\tfi\n}\ncomplete -o filenames -F _daybook daybook')


def quote(text):
    return text.replace("'", "'\\''")


def zsh(commands):
    def spec(option):
        text = quote(option.help).replace("[", "\\[").replace("]", "\\]").replace(":", "\\:")
        action = ""
        if option.argument:
            action = f":{option.argument}:" + (f"({' '.join(option.choices)})" if option.choices else "_files" if takes_file(option) else " ")
        if option.letter:
            return f"'(-{option.letter} --{option.name})'{{-{option.letter},--{option.name}{'=' if option.argument else ''}}}'[{text}]{action}'"
        return f"'--{option.name}{'=' if option.argument else ''}[{text}]{action}'"

    print("#compdef daybook\n# zsh completion for daybook; made from its option tables.\n_daybook() {\n\tlocal -a commands=(")
    for command in commands.values():
        print(f"\t\t'{command.name}:{quote(command.summary)}'")
    print("\t)\n\tif (( CURRENT == 2 )); then\n\t\t_describe command commands\n\t\treturn\n\tfi")
    print("\tlocal name=$words[2]\n\tshift words\n\t(( CURRENT-- ))\n\tcase $name in")
    for command in commands.values():
        rest = "'*:file:_files'" if "FILE" in command.operands else f"'*:word:({' '.join(commands)})'" if command.name == "help" else ""
        print(f"\t{command.name}) _arguments -s " + " \\\n\t\t".join([spec(option) for option in command.options] + [rest]) + " ;;")
    print('\tesac\n}\n_daybook "$@"')


def fish(commands):
    print("# fish completion for daybook; made from its option tables.")
    for command in commands.values():
        print(f"complete -c daybook -n __fish_use_subcommand -f -a {command.name} -d '{quote(command.summary)}'")
    for command in commands.values():
        for option in command.options:
            letter = f" -s {option.letter}" if option.letter else ""
            argument = f" -x -a '{' '.join(option.choices)}'" if option.choices else " -r" if option.argument else ""
            print(f"complete -c daybook -n '__fish_seen_subcommand_from {command.name}'{letter} -l {option.name}{argument} -d '{quote(option.help)}'")


if __name__ == "__main__":
    {"bash": bash, "zsh": zsh, "fish": fish}[sys.argv[1]](tables.read(sys.argv[2]))
