"""Cards and their pictures, as items and question cards share them."""

from __future__ import annotations

from collections.abc import Sequence

from painbot.content.schema.parts import CardPart, Conditional, PicturePart
from painbot.core.course import Card, CardPicture
from painbot.core.gates import Condition


def build_cards(parts: Sequence[CardPart]) -> tuple[Card, ...]:
    """Turn the cards of a file into cards of the course."""
    return tuple(
        Card(
            id=card.id,
            text=card.text,
            evidence=tuple(card.evidence),
            condition=build_condition(card),
            picture=build_picture(card.picture),
            links=tuple(card.links),
        )
        for card in parts
    )


def build_picture(part: PicturePart | None) -> CardPicture | None:
    """Turn a picture's mention into the picture of a card."""
    return CardPicture(part.name, part.alt) if part else None


def build_condition(part: Conditional) -> Condition:
    """Turn `when` and `unless` of a file into the condition of a part."""
    return Condition(tuple(part.when), tuple(part.unless))
