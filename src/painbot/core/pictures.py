"""Pictures of the course: which one stands above a card, and what it shows for those who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator

from painbot.core.course import CardPicture, Course, Item
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.outgoing import Action, Picture, Say
from painbot.core.replies import reply, say

DESCRIBE = "pd"
"""The verb of the button under every picture that says what it shows."""


def picture_of(shown: CardPicture | None, course: Course) -> Picture | None:
    """Return a card's picture as a message carries it; nothing for a card without one."""
    return None if shown is None else Picture(shown.name, shown.alt, course.id, course.language)


def describe_action(picture: Picture) -> Action:
    """Return what the button under a picture does."""
    return Action(DESCRIBE, (picture.name,))


def describe(file: LearnerFile, action: Action, s: Surroundings) -> Decision:
    """Say in words what a picture shows."""
    name = action.args[0] if action.args else ""
    alt = next((picture.alt for picture in pictures_in(s.course) if picture.name == name), None)
    if alt is None:
        return Decision(file, (say("picture-gone"),))
    return Decision(file, (reply((Say("picture-in-words", {"alt": alt}),)),))


def pictures_in(course: Course) -> Iterator[CardPicture]:
    """Yield the pictures of a course in order, those of variants, boosters and the shelf included."""
    for item in (*course.items, *(booster.item for booster in course.boosters)):
        yield from _pictures_of(item)
        for variant in item.variants:
            yield from _pictures_of(variant.item)
    for entry in course.shelf.toolkit.values():
        if entry.picture is not None:
            yield entry.picture
    for question in course.shelf.questions.values():
        yield from (card.picture for card in question.cards if card.picture is not None)


def _pictures_of(item: Item) -> Iterator[CardPicture]:
    cards = (*item.cards, item.why) if item.why is not None else item.cards
    yield from (card.picture for card in cards if card.picture is not None)
