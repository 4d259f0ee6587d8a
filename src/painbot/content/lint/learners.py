"""Who may meet an item: the sets of gates a learner can hold, and what each of them is shown.

Only gates that the item names are told apart, so that there are few sets to look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Final

from painbot.content.build_cards import build_condition
from painbot.content.bundle import ItemSource
from painbot.content.diagnostics import FieldPath
from painbot.content.schema.items import ItemFile, VariantPart
from painbot.content.schema.parts import CardPart, Conditional
from painbot.content.schema.questions import QuestionPart
from painbot.core.gates import CAREFUL, MEDICINE_GATES, Condition, Gate

MOST_GATES: Final = 12
"""Up to so many gates every set of them is looked at; beyond it each one, each pair, none and all."""

CLOSES_WINDOW: Final = frozenset(
    {
        Gate.FALL,
        Gate.PREGNANCY,
        Gate.SEIZURE_TRANSPLANT,
        Gate.NOT_SEEN,
        Gate.EPILEPSY_BIPOLAR,
        Gate.SHIFT_WORK,
    }
)
"""Who holds one of these holds `sleep-window` too."""

_Gates = frozenset[Gate]


def with_implied(gates: Iterable[Gate]) -> _Gates:
    """Return gates with those that always come with them."""
    found = set(gates)
    if found & CLOSES_WINDOW:
        found.add(Gate.SLEEP_WINDOW)
    if found.intersection(MEDICINE_GATES):
        found.add(Gate.PHARMACIST)
    return frozenset(found)


def learners(named: Iterable[Gate]) -> Iterator[_Gates]:
    """Yield every set of gates that a learner can hold, as far as the named ones tell them apart.

    The last is somebody who has answered nothing, for whom everything counts as yes.
    """
    told_apart = frozenset(named)
    ordered = sorted(told_apart)
    sizes: Iterable[int] = range(len(ordered) + 1) if len(ordered) <= MOST_GATES else (0, 1, 2, len(ordered))
    for subset in chain.from_iterable(combinations(ordered, size) for size in sizes):
        held = _possible(frozenset(subset), told_apart)
        if held is not None:
            yield held
    yield CAREFUL


def _possible(subset: _Gates, told_apart: _Gates) -> _Gates | None:
    """Return what a learner holds who has exactly these of the named gates; None where nobody can."""
    held = with_implied(subset)
    if Gate.PHARMACIST in held and held.isdisjoint(MEDICINE_GATES):
        others = (with_implied({gate}) for gate in MEDICINE_GATES)
        held = next((held | other for other in others if (held | other) & told_apart == subset), frozenset())
        if not held:
            return None
    return held if held & told_apart == subset else None


def described(gates: _Gates, named: Iterable[Gate]) -> str:
    """Say who somebody is, by the gates that matter here."""
    if gates == CAREFUL:
        return "somebody who has answered no gate"
    held = [f"`{gate}`" for gate in sorted(gates.intersection(named))]
    return f"somebody with {' and '.join(held)}" if held else "somebody without any gate named here"


@dataclass(frozen=True)
class Meeting:
    """What somebody with these gates is shown of an item; `form` leads to the form they get."""

    gates: _Gates
    form: FieldPath
    cards: tuple[FieldPath, ...]
    """The ways to the cards shown, in order."""

    shows: tuple[str, ...]
    shows_at: FieldPath
    """The way to the list that `shows` comes from."""

    question: QuestionPart | None
    question_at: FieldPath


def gates_of(item: ItemFile) -> _Gates:
    """Return every gate that decides something in an item."""
    found: set[Gate] = set()
    for part in (item, *item.variants):
        conditionals: list[Conditional | None] = [*(part.cards or ()), part.question]
        conditionals.append(getattr(part, "why", None))
        for conditional in conditionals:
            if conditional is not None:
                found.update(conditional.when, conditional.unless)
    for variant in item.variants:
        found.update(variant.when)
    return frozenset(found)


def meetings(item: ItemSource, also: Iterable[Gate] = ()) -> Iterator[Meeting]:
    """Yield what each learner is shown of a valid item; `also` names more gates to tell apart."""
    if item.model is None:
        return
    for gates in learners(gates_of(item.model) | frozenset(also)):
        yield _meeting(item.model, gates)


def _meeting(model: ItemFile, gates: _Gates) -> Meeting:
    chosen: ItemFile | VariantPart = model
    form: FieldPath = ()
    for number, variant in enumerate(model.variants):
        if Condition(tuple(variant.when)).holds(gates):
            chosen, form = variant, ("variants", number)
            break
    cards_at: FieldPath = form if chosen.cards is not None else ()
    shows_at: FieldPath = form if chosen.shows is not None else ()
    leaves_out = isinstance(chosen, VariantPart) and chosen.no_question
    question_at: FieldPath = form if chosen.question is not None else ()
    question = None if leaves_out else chosen.question or model.question
    if question is not None and not build_condition(question).holds(gates):
        question = None
    cards = chosen.cards if chosen.cards is not None else model.cards
    return Meeting(
        gates=gates,
        form=form,
        cards=tuple((*cards_at, "cards", number) for number in shown_cards(cards, gates)),
        shows=tuple(chosen.shows if chosen.shows is not None else model.shows),
        shows_at=(*shows_at, "shows"),
        question=question,
        question_at=(*question_at, "question"),
    )


def shown_cards(cards: Sequence[CardPart], gates: _Gates) -> list[int]:
    """Return the positions of the cards that somebody with these gates is shown."""
    return [number for number, card in enumerate(cards) if build_condition(card).holds(gates)]
