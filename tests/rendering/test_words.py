"""The interface words: all that the code says exists, all words are said, and all keep the house's tone."""

from __future__ import annotations

import ast
import re
from functools import cache
from importlib import resources
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, visitor
from fluent.syntax import ast as ftl

import painbot
from painbot.content.lint.banned_words import banned
from painbot.rendering.catalog import BrokenWords, MissingWords, catalog

SOURCE = Path(painbot.__file__).parent
SAYING = {"Say", "say", "button", "Labelled", "words"}
"""Calls whose first argument is a message key; a `text` or `toast` is looked for apart."""


class _Variables(visitor.Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:
        self.names.add(node.id.name)


@cache
def messages() -> dict[str, set[str]]:
    """Return every key with the values its words need."""
    text = (resources.files("painbot.rendering") / "locales" / "en" / "painbot.ftl").read_text("utf-8")
    found: dict[str, set[str]] = {}
    for entry in FluentParser().parse(text).body:
        if isinstance(entry, ftl.Message):
            assert entry.id.name not in found, f"{entry.id.name} stands twice"
            variables = _Variables()
            variables.visit(entry)
            found[entry.id.name] = variables.names
    return found


@cache
def calls() -> tuple[tuple[str, ast.Call], ...]:
    """Return every call in the package that says something, with its place."""
    found: list[tuple[str, ast.Call]] = []
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and _name(node.func) in SAYING:
                found.append((f"{path.name}:{node.lineno}", node))
    return tuple(found)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _literals() -> tuple[set[str], list[re.Pattern[str]]]:
    """Return every text in the package, and every text with parts filled in as a pattern."""
    plain: set[str] = set()
    filled: list[re.Pattern[str]] = []
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                plain.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                pattern = "".join(
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9-]+"
                    for part in node.values
                )
                if re.match(r"[a-z]+\\-", pattern):
                    filled.append(re.compile(pattern))
    return plain, filled


def test_every_key_that_the_code_says_has_words() -> None:
    missing = [
        f"{where}: {key.value}"
        for where, call in calls()
        if isinstance(key := call.args[0], ast.Constant)
        and isinstance(key.value, str)
        and key.value not in messages()
    ]
    assert missing == []


def test_every_word_is_said_somewhere() -> None:
    plain, filled = _literals()
    unsaid = [
        key for key in messages() if key not in plain and not any(form.fullmatch(key) for form in filled)
    ]
    assert unsaid == []


def test_what_is_said_brings_every_value_its_words_need() -> None:
    lacking: list[str] = []
    for where, call in calls():
        key = call.args[0]
        if not (isinstance(key, ast.Constant) and key.value in messages()) or _name(call.func) == "words":
            continue
        if _name(call.func) == "Labelled":
            given = {"what"}
        elif len(call.args) > 1 and not isinstance(call.args[1], ast.Dict) and _name(call.func) == "Say":
            continue
        else:
            given = {keyword.arg for keyword in call.keywords if keyword.arg}
            if any(keyword.arg is None for keyword in call.keywords):
                continue
            given |= {
                str(name.value)
                for part in call.args[1:]
                if isinstance(part, ast.Dict)
                for name in part.keys
                if isinstance(name, ast.Constant)
            }
        if needed := messages()[str(key.value)] - given:
            lacking.append(f"{where}: {key.value} needs {sorted(needed)}")
    assert lacking == []


@pytest.mark.parametrize("key", list(messages()))
def test_words_are_calm_and_promise_nothing(key: str) -> None:
    given: dict[str, str | int] = dict.fromkeys(messages()[key], 1)
    words = catalog("en").text(key, given)
    found = [match.group() for pattern, _ in banned() for match in pattern.finditer(words)]
    assert found == []
    assert not re.search(r"\b(should have|must not forget|failed|lazy|don't forget)\b", words, re.IGNORECASE)
    assert len(words.split()) <= 130


NOT_UNDERSTOOD = ("puzzled", "unknown-command", "form-hint-scale", "form-hint-choice", "onb-tap-or-type")


@pytest.mark.parametrize("key", NOT_UNDERSTOOD)
def test_words_that_were_not_understood_are_met_shortly_and_with_a_way_to_help(key: str) -> None:
    words = catalog("en").text(key)
    assert "If something is new or frightening" in words
    assert "/urgent" in words
    assert len(words.split()) <= 50
    # Neither a claim to have understood nor a rebuke.
    assert not re.search(r"\b(I read your|I understand|I hear you|I only|sorry to hear)\b", words)


def test_missing_words_and_missing_values_are_refused() -> None:
    with pytest.raises(MissingWords):
        catalog("en").text("no-such-key")
    with pytest.raises(BrokenWords):
        catalog("en").text("hour-kept", {})
