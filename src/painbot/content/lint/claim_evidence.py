"""A lesson and a booster name at least one claim they rest on, and so does a card that speaks of research.

A card speaks of research when it names a study, trial, review or guideline, or a share of people. So
does a "Why?" card.

Passes::

    evidence: [course-scope]

Fails::

    evidence: []

Fails::

    why: { text: In one study 4 in 10 people slept better. }
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from painbot.content.bundle import CourseSource, ItemSource, ShelfSource
from painbot.content.diagnostics import Diagnostic, FieldPath
from painbot.content.lint.forms import list_length, own_path
from painbot.content.lint.frame import Rule

_NUMBER: Final = r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|half)"
_RESEARCH: Final = re.compile(
    r"\b(?:stud(?:y|ies)|in trials|(?:large|big|small|best|early|first|this|that|the|a|one|\d+)\s+trials?"
    r"|(?:a|one|large|recent|this|\d+)\s+reviews?|reviews (?:find|found|say|show)|guidelines?|meta-analys\w+"
    rf"|{_NUMBER}\s+(?:in|out\s+of)\s+(?:every\s+)?{_NUMBER}\s+(?:people|adults|of|had|were|felt)"
    r"|\d+\s?(?:%|percent)\s+of)\b",
    re.IGNORECASE,
)


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield lessons without evidence, and cards that speak of research without a claim."""
    for item in source.items():
        document = item.document
        kind = document.get(("kind",))
        if kind in ("lesson", "booster") and not document.get(("evidence",)):
            spot = document.key_spot(("evidence",))
            message, remedy = f"a {kind} rests on at least one claim", "add ids of evidence.yaml"
            yield document.problem(("evidence",), message, remedy, RULE.id, spot=spot)
    for file in source.files():
        yield from _cards(file)


def _cards(file: ItemSource | ShelfSource) -> Iterator[Diagnostic]:
    for path, text in file.texts():
        found = _RESEARCH.search(text) if _is_card(own_path(path)) else None
        if found and not list_length(file.document, (*path[:-1], "evidence")):
            spot = file.document.spot_in(path, found.start(), found.group())
            message = f"`{' '.join(found.group().split())}`: the card names no claim"
            remedy = "add `evidence` with the claim that it rests on"
            yield file.document.problem(path, message, remedy, RULE.id, spot=spot)


def _is_card(path: FieldPath) -> bool:
    return path[0] in ("cards", "why") and path[-1] == "text"


RULE = Rule("claim-evidence", check)
