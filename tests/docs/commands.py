"""The commands there are, and the commands a line of text names."""

import re

import click
import typer

from painbot.cli import app

_NAMED = re.compile(r"(?:^|[\s/`'\"$])painbot\s+([a-z][a-z-]*(?:\s+[^`'\"|;&]*)?)$")

_SAYS = ("painbot is ready: ",)
"""What painbot itself prints, as documents quote it."""


def command_in(line: str) -> list[str] | None:
    """Return the words after the last `painbot` of a line, or None when it names no command."""
    if line.strip().startswith(_SAYS):
        return None
    line = re.sub(r"\$\([^)]*\)", "x", line)
    line = re.split(r"\s[>|]\s?|;|&&|'\s*$|\s#\s", line.strip())[0].strip()
    found = _NAMED.search(line[line.rfind("painbot ") - 1 if "painbot " in line[1:] else 0 :])
    words = found.group(1).split() if found else []
    return words if words and re.fullmatch(r"[a-z][a-z-]*", words[0]) else None


def fault_of(words: list[str]) -> str | None:
    """Return what is wrong with a command, or None when the command line knows it and its options."""
    command: click.Command = typer.main.get_command(app)
    path = "painbot"
    for word in words:
        if not hasattr(command, "commands"):
            break
        if word not in command.commands:
            return f"`{path}` has no command {word}"
        command = command.commands[word]
        path += f" {word}"
    if hasattr(command, "commands"):
        return f"`{path}` needs a command"
    given = [word for word in words[len(path.split()) - 1 :] if not word.startswith("-")]
    if len(given) > sum(parameter.param_type_name == "argument" for parameter in command.params):
        return f"`{path}` takes no {given[-1]}"
    known = {
        option for parameter in command.params for option in [*parameter.opts, *parameter.secondary_opts]
    }
    unknown = [
        word for word in words if word.startswith("-") and word.split("=")[0] not in {*known, "--help"}
    ]
    return f"`{path}` has no option {unknown[0]}" if unknown else None
