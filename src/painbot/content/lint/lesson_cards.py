"""A lesson has three to six cards; a practice day and a check day have one.

Passes::

    cards:
      - { id: one, text: First. }
      - { id: two, text: Second. }
      - { id: three, text: Third. }

Fails::

    cards:
      - { id: one, text: First. }
      - { id: two, text: Second. }
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from painbot.content.bundle import CourseSource
from painbot.content.diagnostics import Diagnostic
from painbot.content.lint.frame import Rule

MIN_CARDS: Final = 3
MAX_CARDS: Final = 6


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield items with too few or too many cards for their kind."""
    for item in source.items():
        if item.model is None:
            continue
        count = len(item.model.cards)
        spot = item.document.key_spot(("cards",))
        if item.model.kind != "lesson":
            if count != 1:
                message = f"a {item.model.kind} day has one card, this has {count}"
                yield item.document.problem(("cards",), message, "put it all on one", RULE.id, spot=spot)
        elif count < MIN_CARDS:
            message = f"a lesson needs at least three cards, has {count}"
            yield item.document.problem(
                ("cards",), message, "give each step its own card", RULE.id, spot=spot
            )
        elif count > MAX_CARDS:
            message = f"a lesson has at most six cards, this has {count}"
            yield item.document.problem(("cards",), message, "join or cut cards", RULE.id, spot=spot)


RULE = Rule("lesson-cards", check, stops_start=True)
