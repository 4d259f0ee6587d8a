"""The course as data: items in order, each a lesson, a practice day, a check day or a booster.

An item may hold parts for some learners only, chosen by their gates. `Course.fitted` gives the course
as one learner meets it, so that nothing downstream has to ask about gates again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from painbot.core.gates import ALWAYS, Condition, Gate
from painbot.core.ids import CourseId, ItemId, QuestionId
from painbot.core.parts import Lever
from painbot.core.shelf import Shelf

_FITS_KEPT = 256
"""How many fitted courses are kept; what is dropped is made anew when it is next asked for."""


class ItemKind(StrEnum):
    """What a course item asks of the learner's day."""

    LESSON = "lesson"
    PRACTICE = "practice"
    CHECK = "check"
    BOOSTER = "booster"


@dataclass(frozen=True)
class CardPicture:
    """A picture by its file's name; `alt` carries its meaning in words."""

    name: str
    alt: str


@dataclass(frozen=True)
class Card:
    """One screen of a lesson; `text` is course prose in the light markup of the lesson format.

    `links` are keys of toolkit and question cards.
    """

    id: str
    text: str
    evidence: tuple[str, ...] = ()
    condition: Condition = ALWAYS
    picture: CardPicture | None = None
    links: tuple[str, ...] = ()


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
    """One labelled answer of a choice question.

    `leads` says what it opens at once: `urgent`, `flare`, or `gate:<id>`, which stores that gate as yes.
    """

    id: str
    text: str
    leads: str | None = None


@dataclass(frozen=True)
class Question:
    """A check-in question of the course: a 0-10 scale with worded ends, a few choices, a number of
    minutes, or a time of day."""

    id: QuestionId
    ask: str
    choices: tuple[Choice, ...] = ()
    low: str | None = None
    high: str | None = None
    minutes: bool = False
    clock: bool = False
    condition: Condition = ALWAYS

    @property
    def is_scale(self) -> bool:
        """True for a 0-10 scale."""
        return self.low is not None


@dataclass(frozen=True)
class Offer:
    """What is said before a lesson that may be skipped, and the skip button's words."""

    text: str
    skip: str


@dataclass(frozen=True)
class Variant:
    """An item as the learners meet it for whom `condition` holds."""

    id: str
    condition: Condition
    item: Item


@dataclass(frozen=True)
class Item:
    """One day's material. A practice or check day has one card and no quiz of its own.

    `levers` replace a practice day's action for those who chose that lever. `shows` names parts that
    are made from the learner's own data.
    """

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
    optional: Offer | None = None
    levers: Mapping[str, TinyAction] = field(default_factory=dict)
    shows: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()

    @property
    def is_read(self) -> bool:
        """True for what is opened and read card by card: lessons and boosters."""
        return self.kind in (ItemKind.LESSON, ItemKind.BOOSTER)

    def fitted(self, gates: frozenset[Gate]) -> Item:
        """Return the item as a learner meets it whose `gates` count as yes: no variants, no conditions."""
        chosen = next((v.item for v in self.variants if v.condition.holds(gates)), self)
        cards = tuple(card for card in chosen.cards if card.condition.holds(gates))
        why = chosen.why if chosen.why and chosen.why.condition.holds(gates) else None
        question = chosen.question if chosen.question and chosen.question.condition.holds(gates) else None
        if (cards, why, question, chosen.variants) == (self.cards, self.why, self.question, ()):
            return self
        return replace(chosen, cards=cards, why=why, question=question, variants=())


@dataclass(frozen=True)
class Week:
    """A theme and the items that belong to it, in order; the check day comes last."""

    number: int
    theme: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Booster:
    """An item that comes in a week after the course, counted from its start."""

    week: int
    item: Item


@dataclass(frozen=True)
class SleepLogSpan:
    """Between the handing out of which items the sleep log is asked each morning."""

    from_item: ItemId
    until_item: ItemId


@dataclass(frozen=True)
class Reask:
    """Which gates are asked again before which items."""

    gates: tuple[str, ...]
    before: tuple[ItemId, ...]


@dataclass(frozen=True)
class LeverLink:
    """What belongs to a lever: its items, whose quizzes come back first, and its toolkit card."""

    items: tuple[ItemId, ...]
    toolkit: str | None = None


@dataclass(frozen=True)
class Course:
    """A whole course in one language, as loaded; `version` names the content for the record."""

    id: CourseId
    title: str
    language: str
    version: str
    weeks: tuple[Week, ...]
    boosters: tuple[Booster, ...] = ()
    between: Item | None = None
    """The check day for weeks in which the lessons of the next one's own week are not through yet."""

    sleep_log: SleepLogSpan | None = None
    reask: Reask | None = None
    levers: Mapping[Lever, LeverLink] = field(default_factory=dict)
    shelf: Shelf = field(default_factory=Shelf)
    _by_id: Mapping[ItemId, Item] = field(init=False, repr=False, compare=False)
    _fits: dict[frozenset[Gate], Course] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {item.id: item for week in self.weeks for item in week.items})
        object.__setattr__(self, "_fits", {})

    def fitted(self, gates: frozenset[Gate]) -> Course:
        """Return the course as a learner meets it whose `gates` count as yes.

        Learners share few sets of gates, so a fitted course is made once and kept.
        """
        fit = self._fits.get(gates)
        if fit is None:
            weeks = tuple(
                replace(week, items=tuple(item.fitted(gates) for item in week.items)) for week in self.weeks
            )
            boosters = tuple(replace(one, item=one.item.fitted(gates)) for one in self.boosters)
            between = self.between.fitted(gates) if self.between else None
            shelf = self.shelf.fitted(gates)
            fit = replace(self, weeks=weeks, boosters=boosters, between=between, shelf=shelf)
            while len(self._fits) >= _FITS_KEPT:
                self._fits.pop(next(iter(self._fits)))
            self._fits[gates] = fit
        return fit

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item of the weeks in course order; boosters come after the course."""
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
        """Return an item, a booster or a check between, or nothing when the course no longer has it."""
        found = self._by_id.get(item_id) or self._between(item_id)
        return found or next((one.item for one in self.boosters if one.item.id == item_id), None)

    def next_check(self, done: frozenset[ItemId]) -> Item | None:
        """Return the next check day, or nothing when the last one was handed out.

        The words of a check day speak of the lessons before it. Where some of those are still to come,
        on a gentle pace or after quiet days, the week's check day is one between.
        """
        check = next((item for item in self.checks if item.id not in done), None)
        if check is None or self.between is None:
            return check
        before = self.items[: self.items.index(check)]
        if all(item.id in done for item in before):
            return check
        number = 1
        while ItemId(f"{self.between.id}-{number}") in done:
            number += 1
        return self._between(ItemId(f"{self.between.id}-{number}"))

    def _between(self, item_id: ItemId) -> Item | None:
        """Return the check between under an id of its own, as each of them is handed out once."""
        if self.between is None:
            return None
        name, _, number = item_id.rpartition("-")
        known = name == self.between.id and number.isascii() and number.isdecimal()
        return replace(self.between, id=item_id) if known else None

    def next_on_path(self, done: frozenset[ItemId]) -> Item | None:
        """Return the first lesson or practice day not yet handed out, or nothing at the end.

        Decided by stable ids, never by position, so adding or moving a lesson while people are
        enrolled neither resends nor skips.
        """
        return next((item for item in self.path if item.id not in done), None)
