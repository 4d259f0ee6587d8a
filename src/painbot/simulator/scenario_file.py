"""Scenario files: YAML read as steps, each a verb with its words and the place where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import yaml

Words = str | list["Words"] | dict[str, "Words"]
"""YAML read as text, lists and mappings alone: `12:30` and `no` stay what they are."""


class ScenarioFailed(AssertionError):
    """The bot did something else than the scenario says, or the scenario cannot be played."""


@dataclass(frozen=True)
class Step:
    """One verb and its words, and where it stands."""

    verb: str
    value: Words
    where: str


@dataclass(frozen=True)
class Scenario:
    """One scenario as read. `starts` is aware."""

    name: str
    starts: datetime
    first: tuple[Step, ...]
    steps: tuple[Step, ...]


def load_scenarios(path: Path) -> list[Scenario]:
    """Read a file's scenarios. Raises ScenarioFailed for what cannot be read."""
    found: list[Scenario] = []
    for node in yaml.compose_all(path.read_text("utf-8"), Loader=yaml.BaseLoader):
        document = _plain(node)
        if not isinstance(document, dict) or not isinstance(document.get("scenario"), str):
            raise ScenarioFailed(f"{path.name}:{node.start_mark.line + 1}: no scenario")
        name, first = str(document["scenario"]), document.get("first")
        starts = datetime.fromisoformat(str(document.get("starts", "2026-03-02T10:00:00+00:00")))
        part = path.parent / "parts" / f"{first}.yaml"
        before = _steps(yaml.compose(part.read_text("utf-8"), Loader=yaml.BaseLoader), part) if first else ()
        found.append(Scenario(name, starts, before, _steps(_value_of(node, "steps"), path)))
    return found


def _steps(node: yaml.Node | None, path: Path) -> tuple[Step, ...]:
    if not isinstance(node, yaml.SequenceNode):
        raise ScenarioFailed(f"{path.name}: no steps")
    steps: list[Step] = []
    for each in node.value:
        where = f"{path.name}:{each.start_mark.line + 1}"
        words = _plain(each)
        if isinstance(words, str):
            steps.append(Step(words, "", where))
        elif isinstance(words, dict) and len(words) == 1:
            steps.extend(Step(verb, value, where) for verb, value in words.items())
        else:
            raise ScenarioFailed(f"{where}: a step is one verb with its words")
    return tuple(steps)


def _value_of(node: yaml.Node, key: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


def _plain(node: yaml.Node) -> Words:
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each) for each in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(name.value): _plain(value) for name, value in node.value}
    return str(node.value)


def text_of(words: Words) -> str:
    """Return a step's words that are one text; ScenarioFailed when they are not."""
    if not isinstance(words, str):
        raise ScenarioFailed(f"needs one text, not {words!r}")
    return words


def list_of(words: Words) -> list[Words]:
    """Return a step's words as a list; one text is a list of one."""
    return words if isinstance(words, list) else [words]


def span_of(words: Words) -> timedelta:
    """Return a length of time such as `{days: 1, hours: 2}`; ScenarioFailed when it is none."""
    if not isinstance(words, dict):
        raise ScenarioFailed("needs a length such as {days: 1}")
    return timedelta(**{unit: float(text_of(number)) for unit, number in words.items()})
