"""Ids are stored with answers, so each names one thing only: card, quiz option, choice, claim.

Passes::

    cards:
      - { id: hello, text: First. }
      - { id: alarm, text: Second. }
      - { id: onward, text: Third. }

Fails::

    cards:
      - { id: hello, text: First. }
      - { id: alarm, text: Second. }
      - { id: hello, text: Third. }
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from painbot.content.bundle import CourseSource
from painbot.content.diagnostics import Diagnostic, FieldPath
from painbot.content.lint.frame import Rule
from painbot.content.yaml_source import YamlDocument

_LISTS: Final[tuple[FieldPath, ...]] = (("cards",), ("quiz", "options"), ("question", "choices"))


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield the second and every later use of an id in its list."""
    for item in source.items():
        for path in _LISTS:
            yield from _repeated(item.document, _ids(item.document, path))
    if source.evidence is not None:
        yield from _repeated(source.evidence, source.claim_ids())


def _ids(document: YamlDocument, path: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    entries = document.get(path)
    for position in range(len(entries) if isinstance(entries, list) else 0):
        below = (*path, position, "id")
        entry_id = document.get(below)
        if isinstance(entry_id, str):
            yield below, entry_id


def _repeated(document: YamlDocument, ids: Iterable[tuple[FieldPath, str]]) -> Iterator[Diagnostic]:
    first: dict[str, int] = {}
    for path, name in ids:
        if name in first:
            message = f"`{name}` is already used on line {first[name]}"
            yield document.problem(path, message, "give this one another id", RULE.id)
        else:
            first[name] = document.value_spot(path).line


RULE = Rule("unique-ids", check, stops_start=True)
