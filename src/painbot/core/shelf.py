"""What a learner can look up at any time: toolkit cards, question cards, and the claims behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from painbot.core.gates import ALWAYS, Condition, Gate

if TYPE_CHECKING:
    from painbot.core.course import Card, CardPicture


@dataclass(frozen=True)
class Source:
    """A publication; `seen` says whether it was read when the claim was compiled."""

    cite: str
    seen: bool
    doi: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Claim:
    """What the course may say about one thing, how sure that is, and where it comes from.

    `compiled` and `reviewed_on` are months or days as written in the file; `reviewed_on` is nothing
    until a clinician has looked at it.
    """

    id: str
    say: str
    strength: str
    cautions: tuple[str, ...]
    sources: tuple[Source, ...]
    compiled: str
    reviewed_on: str | None = None
    condition: Condition = ALWAYS


@dataclass(frozen=True)
class Warning:
    """What stands first on a toolkit card for those it concerns."""

    condition: Condition
    text: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class ToolkitCard:
    """One tool or remedy: what it is, how well it is tested, and who should take care. Never a dose.

    `only_warnings` is true on a fitted card of which this learner may see nothing but its warnings.
    """

    id: str
    title: str
    summary: str
    what: str
    strength: str
    who_must_not: str
    clashes: str
    ceiling: str
    ask: str
    evidence: tuple[str, ...]
    warnings: tuple[Warning, ...] = ()
    hide: tuple[Gate, ...] = ()
    lessons: tuple[str, ...] = ()
    picture: CardPicture | None = None
    only_warnings: bool = False

    def fitted(self, gates: frozenset[Gate]) -> ToolkitCard:
        """Return the card as somebody meets it whose `gates` count as yes."""
        warnings = tuple(warning for warning in self.warnings if warning.condition.holds(gates))
        return replace(self, warnings=warnings, only_warnings=not gates.isdisjoint(self.hide))


@dataclass(frozen=True)
class QuestionCard:
    """A common question and its answer in two or three cards.

    `onward` are ids of items, toolkit and question cards, or `urgent` and `clinician`.
    """

    id: str
    title: str
    cards: tuple[Card, ...]
    evidence: tuple[str, ...]
    onward: tuple[str, ...] = ()

    def fitted(self, gates: frozenset[Gate]) -> QuestionCard:
        """Return the card as somebody meets it whose `gates` count as yes."""
        return replace(self, cards=tuple(card for card in self.cards if card.condition.holds(gates)))


@dataclass(frozen=True)
class Shelf:
    """Toolkit and question cards by id, in the order they are listed, and the claims by id."""

    toolkit: Mapping[str, ToolkitCard] = field(default_factory=dict)
    questions: Mapping[str, QuestionCard] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)

    def fitted(self, gates: frozenset[Gate]) -> Shelf:
        """Return the shelf as somebody meets it whose `gates` count as yes."""
        toolkit = {key: card.fitted(gates) for key, card in self.toolkit.items()}
        questions = {key: card.fitted(gates) for key, card in self.questions.items()}
        claims = {key: claim for key, claim in self.claims.items() if claim.condition.holds(gates)}
        return replace(self, toolkit=toolkit, questions=questions, claims=claims)
