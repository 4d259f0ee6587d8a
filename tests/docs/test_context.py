"""CONTEXT.md knows the words of the code, and the code uses none that it forbids."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import get_args

import pytest

from painbot.core.course import ItemKind
from painbot.core.delivery import OutboxStatus, Outcome
from painbot.core.due import DueKind
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.outgoing import Lane, MessageKind
from painbot.core.pacing import Pace
from painbot.core.triage.model import Level
from painbot.storage.tables import metadata

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "CONTEXT.md").read_text()
SOURCE = ROOT / "src/painbot"

FORBIDDEN = frozenset(
    {
        "user",
        "patient",
        "subscriber",
        "subscription",
        "participant",
        "guest",
        "admin",
        "slide",
        "homework",
        "exam",
        "survey",
        "questionnaire",
        "session",
        "cron",
        "poisoned",
        "notification",
        "master",
        "slave",
    }
)
"""Words that a name in core, services or storage must not hold; each is among the avoided ones."""


def entry(word: str) -> str:
    """Return the paragraph that defines a word."""
    found = re.search(rf"^\*\*{re.escape(word)}\*\*.*?(?=\n\n|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"CONTEXT.md does not define {word}"
    return found[0]


@pytest.mark.parametrize(
    ("word", "values"),
    [
        ("item", ItemKind),
        ("enrollment", EnrollmentStatus),
        ("pace", Pace),
        ("due time", DueKind),
        ("outbox message", OutboxStatus),
        ("kind", MessageKind),
        ("level", Level),
    ],
)
def test_every_value_stands_in_the_entry_of_its_word(word: str, values: type[Enum]) -> None:
    text = re.sub(r"[`*]", "", entry(word))
    assert {value.value for value in values if not re.search(rf"\b{value.value}\b", text)} == set()


def test_every_lane_and_outcome_is_named() -> None:
    assert {lane.name.lower() for lane in Lane if f"`{lane.name.lower()}`" not in entry("lane")} == set()
    outcomes = {outcome.__name__ for outcome in get_args(Outcome)}
    assert {name for name in outcomes if f"`{name}`" not in entry("outcome")} == set()


def test_every_name_in_code_marks_exists_in_the_code() -> None:
    named = set(re.findall(r"\(`([A-Z]\w+)`", PAGE))
    defined = {name for path in SOURCE.rglob("*.py") for name in names_in(path)}
    assert "Enrollment" in named
    assert named - defined == set()


def test_forbidden_words_are_on_the_page_as_avoided() -> None:
    avoided = " ".join(re.findall(r"\*Avoid:\*(.*?)(?:\n\n|\Z)", PAGE, re.DOTALL))
    assert {word for word in FORBIDDEN if not re.search(rf"\b{word}\b", avoided)} == set()


@pytest.mark.parametrize("room", ["core", "services", "storage"])
def test_no_name_of_a_room_holds_a_forbidden_word(room: str) -> None:
    found = {
        f"{path.relative_to(SOURCE)}: {name}"
        for path in (SOURCE / room).rglob("*.py")
        for name in names_in(path)
        if FORBIDDEN & words_of(name)
    }
    assert found == set()


def test_no_table_or_column_holds_a_forbidden_word() -> None:
    names = {f"{table.name}.{column.name}" for table in metadata.tables.values() for column in table.columns}
    assert {name for name in names if FORBIDDEN & words_of(name)} == set()


def names_in(path: Path) -> Iterator[str]:
    """Yield the names of a module: its own, and those of classes, functions, arguments and fields."""
    yield path.stem
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.name
            case ast.arg():
                yield node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.id


def words_of(name: str) -> set[str]:
    """Split a name into its words, plurals as singulars."""
    parts = re.split(r"[_.]|(?<=[a-z])(?=[A-Z])", name)
    return {word for part in parts for word in (part.lower(), part.lower().removesuffix("s"))}
