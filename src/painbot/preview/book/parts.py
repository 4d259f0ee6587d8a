"""Pieces that many pages share: a boxed card, a picture, and references to claims by number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image as Pictures
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Image, Paragraph, Spacer, Table, TableStyle

from painbot.content.pictures import CoursePictures
from painbot.core.course import Card, CardPicture, Course
from painbot.core.delivery import PictureKind
from painbot.preview.book.prose import labelled, link, linked, plain, prose
from painbot.preview.book.styles import (
    ACCENT,
    LABEL,
    PAGE,
    PALE,
    REFERENCE,
    SMALL,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    WHOM,
)
from painbot.preview.gate_words import for_whom

PICTURE_WIDTH: Final = 84 * mm
PICTURE_HEIGHT: Final = 63 * mm
_INSET: Final = 9
_GAP: Final = 6


@dataclass(frozen=True)
class Sources:
    """What cards are drawn from: the course, its pictures, and the number of each claim."""

    course: Course
    pictures: CoursePictures
    numbers: Mapping[str, int]

    def references(self, claims: Iterable[str], lead: str = "Rests on") -> list[Flowable]:
        """Return a line with the numbers of claims, each a link to where it is set out."""
        found = sorted({self.numbers[claim] for claim in claims if claim in self.numbers})
        if not found:
            return []
        pieces = [f"{lead} claim{'s' if len(found) > 1 else ''} "]
        for position, number in enumerate(found):
            pieces.append(", " if position else "")
            pieces.append(link(claim_anchor(number), str(number)))
        return [linked(pieces, REFERENCE)]

    def picture(self, shown: CardPicture | None) -> list[Flowable]:
        """Return a picture with its meaning in words, which is what a learner may ask for."""
        if shown is None:
            return []
        found = self.pictures.find(self.course.id, self.course.language, shown.name)
        if found is None:
            return labelled(f"Picture “{shown.name}”, not drawn yet:", shown.alt, SMALL)
        with Pictures.open(BytesIO(found.content)) as opened:
            still = opened.convert("RGB")
        data = BytesIO()
        still.save(data, "PNG")
        scale = min(PICTURE_WIDTH / still.width, PICTURE_HEIGHT / still.height)
        image = Image(BytesIO(data.getvalue()), still.width * scale, still.height * scale, hAlign="LEFT")
        moves = " (it moves in the chat)" if found.kind is PictureKind.ANIMATION else ""
        return [image, Spacer(1, 3), *labelled(f"In words{moves}:", shown.alt, SMALL)]

    def card(self, card: Card, label: str) -> Flowable:
        """Return a card in a box: for whom it is, its picture and words, and what it rests on."""
        inside: list[Flowable] = [plain(label, LABEL)]
        whom = for_whom(card.condition)
        if whom:
            inside.append(plain(whom, WHOM))
        inside += [*self.picture(card.picture), *prose(card.text)]
        if card.links:
            inside.append(plain(f"Buttons lead to: {self.titles(card.links)}", LABEL))
        return boxed([*inside, *self.references(card.evidence)])

    def titles(self, keys: Sequence[str]) -> str:
        """Return what items and cards are called, for a line that says where something leads."""
        shelf = self.course.shelf
        named = {key: question.title for key, question in shelf.questions.items()}
        named |= {key: tool.title for key, tool in shelf.toolkit.items()}
        named |= {item.id: f"{item.id} {item.title}" for item in self.course.items}
        return "; ".join(named.get(key, key) for key in keys)


def boxed(inside: list[Flowable]) -> Flowable:
    """Return flowables in a pale box with a line at its side; only what is longer than a page is split."""
    table = _box(inside, split=False)
    _, height = table.wrap(TEXT_WIDTH, PAGE[1])
    return table if height < TEXT_HEIGHT else _box(inside, split=True)


def _box(inside: list[Flowable], *, split: bool) -> Table:
    style = TableStyle(
        [
            ("BACKGROUND", (0, 0), (-1, -1), PALE),
            ("LINEBEFORE", (0, 0), (0, -1), 2, ACCENT),
            ("LEFTPADDING", (0, 0), (-1, -1), _INSET),
            ("RIGHTPADDING", (0, 0), (-1, -1), _INSET),
            ("TOPPADDING", (0, 0), (-1, -1), _GAP),
            ("BOTTOMPADDING", (0, 0), (-1, -1), _GAP),
        ]
    )
    return Table(
        [[inside]],
        colWidths=[TEXT_WIDTH],
        style=style,
        spaceBefore=2,
        spaceAfter=_GAP,
        splitInRow=int(split),
    )


def claim_anchor(number: int) -> str:
    """Return the anchor of a claim."""
    return f"claim-{number}"


def item_anchor(key: str) -> str:
    """Return the anchor of an item or card."""
    return f"item-{key}"


def line(text: str) -> Paragraph:
    """Return a small grey line about what is above or below it."""
    return plain(text, LABEL)
