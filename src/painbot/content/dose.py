"""How much a learner gets, in three sums that are never mixed: pain education, other education, doing.

Pain education are the lessons `pne-...`, other education all other lessons: their cards and "Why?" cards
read at 150 words a minute, half a minute a quiz, and half a minute each time the quiz comes back on a
practice or check day, which is taken from the rule of recall for somebody who answers everything right.

Doing are the small steps of lessons and practice days, and the reading of practice days. A step lasts
as long as its own text names first, two minutes where it names no time. Check days are neither, and nor
is what a learner looks up, or boosters after the course.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from painbot.content import markup
from painbot.core.course import Card, Course, Item, ItemKind, TinyAction
from painbot.core.gates import CAREFUL, Gate
from painbot.core.recall import QuizRecord, due_recalls

WORDS_PER_MINUTE: Final = 150
QUIZ_MINUTES: Final = 0.5
STEP_MINUTES: Final = 2.0
PAIN_EDUCATION: Final = "pne"

_START: Final = date(2000, 1, 3)
"""Any day will do: the rule of recall only counts days."""

_NUMBERS: Final[dict[str, float]] = {
    "half a": 0.5,
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "eight": 8,
    "ten": 10,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "sixty": 60,
}
_TIME: Final = re.compile(
    rf"\b(?P<number>\d+|{'|'.join(_NUMBERS)})[ -](?:easy |slow |quiet )?(?P<unit>second|minute)s?\b",
    re.IGNORECASE,
)


class Sum(StrEnum):
    """What a minute is counted as."""

    PAIN_EDUCATION = "pain education"
    OTHER_EDUCATION = "other education"
    DOING = "doing"


@dataclass
class ItemDose:
    """What one item gives: words to read, quizzes answered for it (the first time and again), minutes."""

    id: str
    reading: Sum
    words: int = 0
    quizzes: int = 0
    recalls: int = 0
    step_minutes: float = 0.0
    may_be_skipped: bool = False

    def minutes(self, of: Sum) -> float:
        """Return the item's minutes in one of the sums."""
        found = 0.0
        if of is self.reading:
            found += self.words / WORDS_PER_MINUTE + QUIZ_MINUTES * (self.quizzes + self.recalls)
        return found + (self.step_minutes if of is Sum.DOING else 0.0)


@dataclass
class Dose:
    """What a whole course gives one learner."""

    items: dict[str, ItemDose] = field(default_factory=dict)

    def minutes(self, of: Sum) -> float:
        """Return the minutes of one of the sums."""
        return sum(item.minutes(of) for item in self.items.values())

    def skippable_minutes(self, of: Sum) -> float:
        """Return the part of a sum that stands in lessons which may be skipped."""
        return sum(item.minutes(of) for item in self.items.values() if item.may_be_skipped)


TRACKS: Final[dict[str, frozenset[Gate]]] = {"main": frozenset(), "careful": CAREFUL}
"""The two ends: no gate at all, and every gate, as for somebody who has answered none."""


def dose(course: Course, gates: frozenset[Gate]) -> Dose:
    """Return what a learner gets whose `gates` count as yes."""
    fitted = course.fitted(gates)
    found = Dose({item.id: _item(item) for item in fitted.items if item.kind is not ItemKind.CHECK})
    for item_id in _recalled(fitted):
        found.items[item_id].recalls += 1
    return found


def _item(item: Item) -> ItemDose:
    is_lesson = item.kind is ItemKind.LESSON
    is_pain = item.id.split("-")[0] == PAIN_EDUCATION
    education = Sum.PAIN_EDUCATION if is_pain else Sum.OTHER_EDUCATION
    why = (item.why,) if item.why else ()
    return ItemDose(
        item.id,
        education if is_lesson else Sum.DOING,
        words=sum(map(_words, (*item.cards, *why))),
        quizzes=int(item.quiz is not None),
        step_minutes=step_minutes(item.action) if item.action else 0.0,
        may_be_skipped=item.optional is not None,
    )


def _words(card: Card) -> int:
    runs = (run.text for block in markup.blocks(card.text) for run in (*block.runs, markup.Run(" ")))
    return len("".join(runs).split())


def step_minutes(action: TinyAction) -> float:
    """Return how long a small step takes: the first time that it names, else two minutes."""
    named = _TIME.search(action.text)
    if named is None:
        return STEP_MINUTES
    number = named["number"].lower()
    count = float(number) if number.isdecimal() else _NUMBERS[number]
    return count / 60 if named["unit"].lower() == "second" else count


def _recalled(course: Course) -> Iterator[str]:
    """Yield the lesson of each quiz that comes back, an item a day, every answer right."""
    answered: dict[str, tuple[tuple[date, bool], ...]] = {}
    for day, item in enumerate(course.items):
        on = _START + timedelta(days=day)
        if item.quiz is not None:
            answered[item.id] = ((on, True),)
        for _ in range(item.recalls):
            records = [QuizRecord(item_id, answers) for item_id, answers in answered.items()]
            for item_id in due_recalls(records, on, limit=1):
                answered[item_id] = (*answered[item_id], (on, True))
                yield item_id
