"""Whoever meets a lesson is shown three to six cards; a question card two or three; a booster two to four.

A practice day and a check day show one. What counts is what is left after `when` and `unless`, for every
set of gates a learner can hold, in the main text and in each variant.

Passes::

    cards:
      - { id: one, text: First. }
      - { id: two, text: Second. }
      - { id: three, text: Third. }
      - { id: four, text: Fourth., when: [opioids] }

Fails (who takes no opioids is shown two)::

    cards:
      - { id: one, text: First. }
      - { id: two, text: Second. }
      - { id: three, text: Third., when: [opioids] }
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from painbot.content.bundle import CourseSource, ItemSource, ShelfSource
from painbot.content.diagnostics import Diagnostic, FieldPath
from painbot.content.lint.frame import Rule
from painbot.content.lint.learners import described, gates_of, learners, meetings, shown_cards
from painbot.content.schema.shelf import QuestionFile

LIMITS: Final = {"lesson": (3, 6), "booster": (2, 4), "question": (2, 3), "practice": (1, 1), "check": (1, 1)}
"""The fewest and the most cards by kind."""

_WORDS: Final = {1: "one card", 2: "two cards", 3: "three cards", 4: "four cards", 6: "six cards"}


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield forms that show somebody too few or too many cards for their kind."""
    for item in source.items():
        if item.model is not None:
            yield from _item(item)
    for card in source.shelf():
        if isinstance(card.model, QuestionFile):
            yield from _question(card, card.model)


def _item(item: ItemSource) -> Iterator[Diagnostic]:
    assert item.model is not None
    named = gates_of(item.model)
    told: set[tuple[FieldPath, bool]] = set()
    for met in meetings(item):
        at = ("cards",) if not met.cards else met.cards[0][:-1]
        wrong = _wrong(item.model.kind, len(met.cards), described(met.gates, named) if named else "")
        if wrong and (at, too_few := len(met.cards) < LIMITS[item.model.kind][0]) not in told:
            told.add((at, too_few))
            spot = item.document.key_spot(at)
            yield item.document.problem(at, *wrong, RULE.id, spot=spot)


def _question(card: ShelfSource, model: QuestionFile) -> Iterator[Diagnostic]:
    named = frozenset(gate for part in model.cards for gate in (*part.when, *part.unless))
    for gates in learners(named):
        count = len(shown_cards(model.cards, gates))
        wrong = _wrong("question", count, described(gates, named) if named else "")
        if wrong:
            spot = card.document.key_spot(("cards",))
            yield card.document.problem(("cards",), *wrong, RULE.id, spot=spot)
            return


def _wrong(kind: str, count: int, who: str) -> tuple[str, str] | None:
    """Return what is wrong with a number of cards, and what to do about it."""
    fewest, most = LIMITS[kind]
    if fewest <= count <= most:
        return None
    what = {"lesson": "a lesson", "booster": "a booster", "question": "a question card"}.get(
        kind, f"a {kind} day"
    )
    shown = f"{count} to {who}" if who else f"{count}"
    if fewest == most:
        return f"{what} has {_WORDS[most]}, this has {shown}", "put it all on one"
    if count < fewest:
        return f"{what} needs at least {_WORDS[fewest]}, has {shown}", "give each step its own card"
    return f"{what} has at most {_WORDS[most]}, this has {shown}", "join or cut cards"


RULE = Rule("lesson-cards", check, stops_start=True)
