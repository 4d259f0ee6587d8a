"""Every language of a course is the same apart from its words: kinds, ids, right answers, gates, links.

Answers are stored by id, so a learner who changes the language must find the same ones. The first
language (in alphabetical order) is the one the others are compared with. Reading times may differ.

Passes::

    # de/pne-01.yaml
    question: { id: confidence, ask: "Wie sicher?", low: gar nicht, high: ganz }

Fails::

    # de/pne-01.yaml
    question: { id: trust, ask: "Wie sicher?", low: gar nicht, high: ganz }
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from painbot.content.bundle import READ_BY_LEARNERS, CourseSource, ItemSource, ShelfSource
from painbot.content.diagnostics import Diagnostic, FieldPath
from painbot.content.lint.frame import Rule
from painbot.content.yaml_source import YamlDocument

_WORDS: Final = READ_BY_LEARNERS | {"minutes"}
"""Fields that may differ; `minutes: true`, which marks a question's shape, is compared."""


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield what differs from the first language."""
    for first, file, language in translations(source):
        yield from _differences(file.document, first.document.data, file.document.data, (), language)


Translation = tuple[ItemSource | ShelfSource, ItemSource | ShelfSource, str]


def translations(source: CourseSource) -> Iterator[Translation]:
    """Yield (file in the first language, the same in another one, the first language's code)."""
    languages = sorted(source.languages)
    for language in languages[1:]:
        first = source.languages[languages[0]]
        for name, item in source.languages[language].items():
            if name in first:
                yield first[name], item, languages[0]
        cards = {(card.folder, card.name): card for card in source.shelf(languages[0])}
        for card in source.shelf(language):
            if (card.folder, card.name) in cards:
                yield cards[card.folder, card.name], card, languages[0]


def _differences(
    document: YamlDocument, wanted: Any, found: Any, path: FieldPath, language: str
) -> Iterator[Diagnostic]:
    if isinstance(wanted, dict) and isinstance(found, dict):
        for name in dict.fromkeys([*wanted, *found]):
            pair = (wanted.get(name), found.get(name))
            if not _is_worded(name, *pair):
                yield from _differences(document, *pair, (*path, name), language)
    elif isinstance(wanted, list) and isinstance(found, list) and (_ids(wanted) or _ids(found)):
        if _ids(wanted) == _ids(found):
            for position, pair in enumerate(zip(wanted, found, strict=True)):
                yield from _differences(document, *pair, (*path, position), language)
        else:
            message = f"the ids (or the right answer) differ from `{language}`"
            yield document.problem(path, message, f"use {_written(_ids(wanted))}", RULE.id)
    elif wanted != found:
        remedy = "write the same here" if isinstance(wanted, dict) else f"write {_written(wanted)}"
        yield document.problem(path, f"differs from `{language}`", remedy, RULE.id)


def _is_worded(name: str, wanted: object, found: object) -> bool:
    return name in _WORDS and wanted is not True and found is not True


def _ids(entries: list[Any]) -> list[str]:
    """Return the ids of a list in order, the right quiz option marked; none for a list of plain values."""
    maps = [entry for entry in entries if isinstance(entry, dict)]
    return [f"{entry.get('id')}{' (correct)' if entry.get('correct') else ''}" for entry in maps]


def _written(value: object) -> str:
    if value is None or value == []:
        return "none"
    return ", ".join(map(str, value)) if isinstance(value, list) else f"`{value}`"


RULE = Rule("same-ids", check, stops_start=True)
