"""What a picture shows can be asked for at any time, by the button under it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from painbot.core.commands import Pressed
from painbot.core.course import CardPicture, Course, Item, Variant
from painbot.core.gates import Condition, Gate
from painbot.core.ids import MessageId
from painbot.core.outgoing import Action, Picture
from painbot.core.pictures import describe_action, picture_of, pictures_in
from painbot.core.shelf import QuestionCard, Shelf
from painbot.rendering.callback_data import MAX_BYTES, encode
from tests.core.people import COURSE, Person, enrolled

DIALS = CardPicture("alarm-dials", "Two dials. The alarm is loud, the damage small.")


def pressed(action: Action) -> Pressed:
    return Pressed(action, MessageId(1))


def drawn(item: Item, picture: CardPicture) -> Item:
    return replace(item, cards=(replace(item.cards[0], picture=picture), *item.cards[1:]))


def with_first_item(item: Item) -> Course:
    week, *rest = COURSE.weeks
    return replace(COURSE, weeks=(replace(week, items=(item, *week.items[1:])), *rest))


@pytest.fixture
def learner() -> Person:
    person = enrolled()
    person.course = with_first_item(drawn(COURSE.items[0], DIALS))
    return person


def test_the_button_under_a_picture_says_what_it_shows(learner: Person) -> None:
    learner.does(pressed(Action("pd", ("alarm-dials",))))
    assert learner.said[-1].html == f"<i>The picture:</i> {DIALS.alt}"


@pytest.mark.parametrize("args", [("gone",), ()])
def test_the_button_of_a_picture_that_is_gone_leads_on(learner: Person, args: tuple[str, ...]) -> None:
    learner.does(pressed(Action("pd", args)))
    assert "/today" in learner.said[-1].html


def test_a_card_without_a_picture_has_none() -> None:
    assert picture_of(None, COURSE) is None
    assert picture_of(DIALS, COURSE) == Picture(DIALS.name, DIALS.alt, COURSE.id, COURSE.language)


def test_pictures_of_variants_and_of_the_shelf_are_found() -> None:
    item = COURSE.items[0]
    steady = Variant("steady", Condition(when=(Gate.CRASH,)), drawn(item, CardPicture("steady", "Steady.")))
    card = replace(item.cards[0], picture=CardPicture("scans", "Scans by age."))
    shelf = Shelf(questions={"mri": QuestionCard("mri", "What about my scan?", (card,), ())})
    course = replace(with_first_item(replace(item, variants=(steady,))), shelf=shelf)
    assert [picture.name for picture in pictures_in(course)] == ["steady", "scans"]


def test_the_longest_name_of_a_picture_fits_its_button() -> None:
    longest = Picture("x" * 32, "Anything.", COURSE.id, COURSE.language)
    assert len(encode(describe_action(longest)).encode()) <= MAX_BYTES
