"""Toolkit and question cards as pages of the book."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reportlab.platypus import Flowable

from painbot.core.shelf import QuestionCard, ToolkitCard
from painbot.preview.book.document import Heading
from painbot.preview.book.parts import Sources, boxed, item_anchor, line
from painbot.preview.book.prose import plain, prose
from painbot.preview.book.styles import ITEM, SECTION, SMALL_LABEL, WHOM
from painbot.preview.gate_words import WHO, for_whom

_ONWARD: Final = {"urgent": "the danger signs and numbers", "clinician": "asking a clinician"}


def toolkit_pages(card: ToolkitCard, sources: Sources) -> Iterator[Flowable]:
    """Yield a toolkit card: its warnings with whom they are for, then its two screens."""
    yield Heading(card.title, ITEM, level=1, anchor=item_anchor(f"toolkit-{card.id}"))
    yield line(f"In the list: {card.summary}")
    yield from sources.references(card.evidence, "The whole of it rests on")
    if card.warnings:
        yield plain("Shown first", SECTION)
        for warning in card.warnings:
            yield boxed(
                [
                    plain(for_whom(warning.condition), WHOM),
                    *prose(warning.text),
                    *sources.references(warning.evidence),
                ]
            )
    if card.hide:
        whom = ", or ".join(WHO[gate] for gate in card.hide)
        yield plain(f"Somebody who {whom}, or has not answered that yet, sees nothing but warnings.", WHOM)
    first = [*_field("What it is", card.what), *_field("How well it is tested", card.strength)]
    yield plain("First screen", SECTION)
    yield boxed([*sources.picture(card.picture), *first])
    yield plain("Second screen", SECTION)
    yield boxed(
        [
            *_field("Who should leave it, or ask first", card.who_must_not),
            *_field("What it does not go with", card.clashes),
            *_field("How much is too much", card.ceiling),
            *_field("What to ask", card.ask),
        ]
    )
    if card.lessons:
        yield line(f"Lessons that say more: {sources.titles(card.lessons)}")


def question_pages(card: QuestionCard, sources: Sources) -> Iterator[Flowable]:
    """Yield a question card: its answer card by card, and where it leads."""
    yield Heading(card.title, ITEM, level=1, anchor=item_anchor(f"question-{card.id}"))
    yield from sources.references(card.evidence, "The whole of it rests on")
    for number, shown in enumerate(card.cards, start=1):
        yield sources.card(shown, f"{number}  {shown.id}")
    if card.onward:
        yield line(f"Leads on to: {sources.titles([_ONWARD.get(key, key) for key in card.onward])}")


def _field(label: str, text: str) -> list[Flowable]:
    return [plain(label, SMALL_LABEL), *prose(text)]
