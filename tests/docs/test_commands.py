"""docs/reference/commands.md names every bot command and every verb, and none that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from painbot.cli import app
from painbot.core.commands import OWN_COMMANDS
from painbot.rendering.catalog import catalog

PAGE = (Path(__file__).resolve().parents[2] / "docs/reference/commands.md").read_text()
HEADINGS = re.findall(r"^### (.+)$", PAGE, re.MULTILINE)
OPTION = re.compile(r"(?<![\w-])(--?[a-z][a-z-]*)(?![\w-])")


def section(heading: str) -> str:
    """Return what stands under a heading, up to the next one."""
    return re.split(r"^#{2,3} ", PAGE.split(f"### {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def verbs(command: Any = None, path: str = "painbot") -> Iterator[tuple[str, Any]]:
    """Yield every verb of the program that does something, with its whole name."""
    command = command or typer.main.get_command(app)
    below = getattr(command, "commands", None)
    if below is None:
        yield path, command
        return
    for name, child in below.items():
        yield from verbs(child, f"{path} {name}")


VERBS = dict(verbs())


def test_every_bot_command_is_documented_and_no_other() -> None:
    assert [heading for heading in HEADINGS if heading.startswith("/")] == [
        f"/{name}" for name in OWN_COMMANDS
    ]


def test_help_in_the_chat_names_every_bot_command() -> None:
    named = set(re.findall(r"/([a-z]+)", catalog("en").text("help")))
    assert named | {"start", "help"} == set(OWN_COMMANDS)


def test_every_verb_is_documented_and_no_other() -> None:
    documented = {heading.strip("`") for heading in HEADINGS if heading.startswith("`painbot")}
    assert documented == set(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_of_a_verb_is_documented_and_no_other(verb: str) -> None:
    command = VERBS[verb]
    options = {name for option in command.params for name in option.opts if name.startswith("-")}
    assert set(OPTION.findall(section(f"`{verb}`"))) == options


@pytest.mark.parametrize("verb", VERBS)
def test_every_argument_of_a_verb_is_documented(verb: str) -> None:
    arguments = [option.name.upper() for option in VERBS[verb].params if option.param_type_name == "argument"]
    wanted = " ".join(("painbot", *verb.split()[1:], *(rf"\[?{name}\]?" for name in arguments)))
    assert re.search(f"`{wanted}`", f"`{verb}` {section(f'`{verb}`')}")
