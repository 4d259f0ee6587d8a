"""The lengths a lesson is held to are never shorter than what the bot then sends."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from painbot.content import markup
from painbot.content.lint.telegram_limits import (
    MAX_BUTTON_BYTES,
    MAX_CAPTION,
    MAX_MESSAGE,
    ROOM,
    ROOM_FOR_HEAD,
    ROOM_UNDER_PICTURE,
    question_form,
    sent_length,
    shown_length,
)
from painbot.content.loader import load_course, shipped_lessons
from painbot.core.checkin import lesson_form_id
from painbot.core.forms import ANSWER
from painbot.core.gates import CAREFUL, Gate
from painbot.core.ids import ItemId
from painbot.core.outgoing import Action
from painbot.rendering import callback_data, messages
from painbot.rendering.catalog import catalog
from painbot.rendering.markup import shown_length as rendered_length
from painbot.rendering.markup import to_html

WORDS = catalog("en")
AROUND = [
    ["toolkit-for-you", "toolkit-what", "toolkit-strength"],
    ["toolkit-for-you", "toolkit-who-must-not", "toolkit-clashes", "toolkit-ceiling", "toolkit-ask"],
    ["recall-head"],
    ["quiz-head"],
    ["step-head", "step-smaller"],
    ["why-head"],
]


def test_the_limits_are_those_the_bot_renders_by() -> None:
    assert (MAX_MESSAGE, MAX_CAPTION) == (messages.MAX_TEXT, messages.MAX_CAPTION)
    assert MAX_BUTTON_BYTES == callback_data.MAX_BYTES


@given(st.text(alphabet="ab é🙂&<_*-\n", max_size=60))
def test_no_text_is_longer_than_it_is_taken_for(text: str) -> None:
    assume(not list(markup.problems(text)))
    assert rendered_length(to_html(text)) <= shown_length(text)


@pytest.mark.parametrize("gates", [frozenset(), CAREFUL])
def test_no_text_of_the_shipped_course_is_longer_than_it_is_taken_for(gates: frozenset[Gate]) -> None:
    course = load_course(shipped_lessons() / "chronic-pain").fitted(gates)
    texts = [card.text for item in course.items for card in item.cards]
    texts += [card.what for card in course.shelf.toolkit.values()]
    for text in texts:
        assert len(to_html(text)) <= sent_length(text)
        assert rendered_length(to_html(text)) <= shown_length(text)


@pytest.mark.parametrize("keys", AROUND, ids=lambda keys: keys[0])
def test_the_bots_own_words_fit_the_room_kept_for_them(keys: list[str]) -> None:
    assert sum(len(to_html(WORDS.text(key))) + 2 for key in keys) + len("<b></b>") < ROOM


def test_the_first_screen_of_a_toolkit_card_fits_the_room_kept_under_its_picture() -> None:
    assert sum(rendered_length(to_html(WORDS.text(key))) + 2 for key in AROUND[0]) <= ROOM_UNDER_PICTURE


def test_the_head_of_a_card_fits_the_room_kept_for_it() -> None:
    head = to_html(WORDS.text("card-head", {"title": "", "number": 6, "total": 6}))
    assert rendered_length(head) + 2 <= ROOM_FOR_HEAD


def test_a_button_is_as_long_as_the_bot_makes_it() -> None:
    item = load_course(shipped_lessons() / "chronic-pain").items[0]
    form = question_form(item.id)
    assert form == lesson_form_id(ItemId(item.id))
    data = callback_data.encode(Action(ANSWER, (form, "confidence", "10")))
    assert data == f"1|{ANSWER}|{form}|confidence|10"
