"""Every language of a course has the same kinds, cards, options, right answers and questions.

Answers are stored by id, so a learner who changes the language must find the same ones. The first
language (in alphabetical order) is the one the others are compared with.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from painbot.content.bundle import CourseSource, ItemSource
from painbot.content.diagnostics import Diagnostic, FieldPath
from painbot.content.lint.frame import Rule

_LISTS: Final[tuple[FieldPath, ...]] = (("cards",), ("quiz", "options"), ("question", "choices"))
_VALUES: Final[tuple[FieldPath, ...]] = (("kind",), ("question", "id"), ("measures",), ("recalls",))


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield what differs from the first language."""
    languages = sorted(source.languages)
    for language in languages[1:]:
        first = source.languages[languages[0]]
        for name, item in source.languages[language].items():
            if name in first:
                yield from _differences(first[name], item, languages[0])


def _differences(first: ItemSource, item: ItemSource, language: str) -> Iterator[Diagnostic]:
    for path in _VALUES:
        wanted, found = first.document.get(path), item.document.get(path)
        if wanted != found:
            message = f"differs from `{language}`"
            yield item.document.problem(path, message, f"write {_written(wanted)}", RULE.id)
    for path in _LISTS:
        wanted, found = _ids(first, path), _ids(item, path)
        if wanted != found:
            message = f"the ids (or the right answer) differ from `{language}`"
            yield item.document.problem(path, message, f"use {_written(wanted)}", RULE.id)


def _ids(item: ItemSource, path: FieldPath) -> list[str]:
    """Return the ids of a list in order, the right quiz option marked."""
    entries: Any = item.document.get(path)
    maps = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    return [f"{entry.get('id')}{' (correct)' if entry.get('correct') else ''}" for entry in maps]


def _written(value: object) -> str:
    if value is None or value == []:
        return "none"
    return ", ".join(map(str, value)) if isinstance(value, list) else f"`{value}`"


RULE = Rule("same-ids", check, stops_start=True)
