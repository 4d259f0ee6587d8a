"""The course as data: items in order, each a lesson, a practice day or a check day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from painbot.core.ids import CourseId, ItemId, QuestionId


class ItemKind(StrEnum):
    """What a course item asks of the learner's day."""

    LESSON = "lesson"
    PRACTICE = "practice"
    CHECK = "check"


@dataclass(frozen=True)
class Card:
    """One screen of a lesson; `text` is course prose in the light markup of the lesson format."""

    id: str
    text: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class TinyAction:
    """The one small thing to try, with a smaller version for a hard day."""

    text: str
    smaller: str


@dataclass(frozen=True)
class QuizOption:
    """One possible answer; `reply` explains kindly whether or not it is the right one."""

    id: str
    text: str
    reply: str
    correct: bool = False


@dataclass(frozen=True)
class Quiz:
    """One question with exactly one right answer.

    `again` asks the same idea in other words, for the day it comes back.
    """

    ask: str
    options: tuple[QuizOption, ...]
    again: str | None = None

    def option(self, option_id: str) -> QuizOption | None:
        """Return the option with this id, or nothing when the course no longer has it."""
        return next((option for option in self.options if option.id == option_id), None)


@dataclass(frozen=True)
class Choice:
    """One labelled answer of a choice question."""

    id: str
    text: str


@dataclass(frozen=True)
class Question:
    """A check-in question of the course: a 0-10 scale with worded ends, or a few choices."""

    id: QuestionId
    ask: str
    choices: tuple[Choice, ...] = ()
    low: str | None = None
    high: str | None = None

    @property
    def is_scale(self) -> bool:
        """True for a 0-10 scale."""
        return not self.choices


@dataclass(frozen=True)
class Item:
    """One day's material. A practice or check day has one card and no quiz of its own."""

    id: ItemId
    kind: ItemKind
    title: str
    cards: tuple[Card, ...]
    idea: str = ""
    minutes: int = 3
    why: Card | None = None
    action: TinyAction | None = None
    quiz: Quiz | None = None
    question: Question | None = None
    measures: tuple[str, ...] = ()
    recalls: int = 0
    closing: str | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Week:
    """A theme and the items that belong to it, in order; the check day comes last."""

    number: int
    theme: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Course:
    """A whole course in one language, as loaded; `version` names the content for the record."""

    id: CourseId
    title: str
    language: str
    version: str
    weeks: tuple[Week, ...]
    _by_id: Mapping[ItemId, Item] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {item.id: item for week in self.weeks for item in week.items})

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item in course order."""
        return tuple(self._by_id.values())

    @property
    def path(self) -> tuple[Item, ...]:
        """Lessons and practice days in order: what an ordinary day brings next."""
        return tuple(item for item in self.items if item.kind is not ItemKind.CHECK)

    @property
    def checks(self) -> tuple[Item, ...]:
        """Check days in order: the Nth closes the learner's Nth week."""
        return tuple(item for item in self.items if item.kind is ItemKind.CHECK)

    def item(self, item_id: ItemId) -> Item | None:
        """Return an item, or nothing when the course no longer has it."""
        return self._by_id.get(item_id)

    def next_on_path(self, done: frozenset[ItemId]) -> Item | None:
        """Return the first lesson or practice day not yet handed out, or nothing at the end.

        Decided by stable ids, never by position, so adding or moving a lesson while people are
        enrolled neither resends nor skips.
        """
        return next((item for item in self.path if item.id not in done), None)
