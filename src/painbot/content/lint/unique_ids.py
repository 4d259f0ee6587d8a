"""Ids are stored with answers, so each names one thing only: card, quiz option, choice, variant, claim.

The quiz of a variant has option ids of its own, so that an answer is never read as one to the other
quiz. No two items, toolkit and question cards share a name.

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
from itertools import chain
from typing import Final

from painbot.content.bundle import CourseSource
from painbot.content.diagnostics import Diagnostic, FieldPath
from painbot.content.lint.forms import ids_in, roots
from painbot.content.lint.frame import Rule
from painbot.content.yaml_source import YamlDocument

_LISTS: Final[tuple[FieldPath, ...]] = (("cards",), ("question", "choices"))


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield the second and every later use of an id where it must stand once."""
    for file in source.files():
        document = file.document
        for root in roots(document):
            for path in _LISTS:
                yield from _repeated(document, ids_in(document, (*root, *path)))
        yield from _repeated(document, ids_in(document, ("variants",)))
        quizzes = (ids_in(document, (*root, "quiz", "options")) for root in roots(document))
        yield from _repeated(document, chain.from_iterable(quizzes))
    if source.evidence is not None:
        yield from _repeated(source.evidence, source.claim_ids())
    yield from _shared_names(source)


def _shared_names(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield cards named like an item or a card of the other folder; lists that repeat are course-items'."""
    first = {item_id: ("weeks", path) for path, item_id in source.listed()}
    for path, folder, card_id in source.listed_cards():
        other, at = first.setdefault(card_id, (folder, path))
        if other != folder:
            line = source.course.value_spot(at).line
            message = f"`{card_id}` is already used on line {line}"
            yield source.course.problem(path, message, "give this one another id", RULE.id)


def _repeated(document: YamlDocument, ids: Iterable[tuple[FieldPath, str]]) -> Iterator[Diagnostic]:
    first: dict[str, int] = {}
    for path, name in ids:
        if name in first:
            message = f"`{name}` is already used on line {first[name]}"
            yield document.problem(path, message, "give this one another id", RULE.id)
        else:
            first[name] = document.value_spot(path).line


RULE = Rule("unique-ids", check, stops_start=True)
