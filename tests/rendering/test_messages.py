"""Messages as values become HTML and buttons that Telegram accepts."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painbot.core.delivery import PictureRecipe
from painbot.core.ids import CourseId
from painbot.core.outgoing import (
    Action,
    Button,
    Labelled,
    Line,
    Link,
    Marked,
    MessageKind,
    Outgoing,
    Picture,
    Plain,
    Prose,
    ReplyKeyboard,
    Row,
    Say,
    Words,
)
from painbot.rendering.callback_data import MAX_BYTES, CallbackTooLong, decode, encode
from painbot.rendering.catalog import catalog
from painbot.rendering.markup import escape, shown_length, to_html
from painbot.rendering.messages import MAX_CAPTION, MAX_TEXT, MessageTooLong, render

WORDS = catalog("en")
ids = st.text(st.characters(codec="utf-8", exclude_characters="|"), max_size=12)


def message(*parts: Words, rows: tuple[Row, ...] = (), keyboard: ReplyKeyboard | None = None) -> Outgoing:
    return Outgoing(MessageKind.REPLY, "", parts, rows, keyboard=keyboard)


@given(ids.filter(bool), st.lists(ids, max_size=5))
def test_button_data_comes_back_as_it_went_or_is_refused(verb: str, args: list[str]) -> None:
    action = Action(verb, tuple(args))
    try:
        data = encode(action)
    except CallbackTooLong:
        assert len("|".join(("1", verb, *args)).encode()) > MAX_BYTES
        return
    assert len(data.encode()) <= MAX_BYTES
    assert decode(data) == action


@given(st.text(max_size=80))
def test_any_data_is_read_or_refused_quietly(data: str) -> None:
    action = decode(data)
    assert action is None or encode(action) == data or len(data.encode()) > MAX_BYTES


def test_a_word_that_would_split_a_button_is_refused() -> None:
    with pytest.raises(ValueError, match="may not hold"):
        encode(Action("f", ("a|b",)))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_own_words_are_shown_as_they_are(text: str) -> None:
    shown = render(message(Plain(text), Line(Plain("x"), Plain(text))), WORDS).html
    assert html.unescape(re.sub(r"</?b>", "", shown)).endswith(f"x: {text}")
    assert re.sub(r"</?b>", "", shown).count("<") == 0


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_prose_never_makes_a_tag_of_its_words(text: str) -> None:
    shown = to_html(text)
    assert set(re.findall(r"<[^>]*>", shown)) <= {"<b>", "</b>", "<i>", "</i>"}
    assert "<" not in re.sub(r"</?[bi]>", "", shown)


def test_a_value_inside_interface_words_cannot_make_markup() -> None:
    shown = render(message(Say("hour-kept", {"time": "<b>& **x** _y_"})), WORDS).html
    assert "<b>&" not in shown
    assert "&lt;b&gt;&amp;" in shown


def test_markup_of_prose() -> None:
    assert (
        to_html("**Bold** and _soft_ & <plain>\nnext")
        == "<b>Bold</b> and <i>soft</i> &amp; &lt;plain&gt; next"
    )
    assert to_html("- one\n- two") == "• one\n• two"
    assert to_html("snake_case_word") == "snake_case_word"
    assert escape('"quoted" <i>') == '"quoted" &lt;i&gt;'


def test_lines_stand_together_and_paragraphs_apart() -> None:
    shown = render(
        message(Plain("Head"), Line(Plain("a"), Plain("1")), Line(Plain("b"), Plain("2")), Plain("Foot")),
        WORDS,
    )
    assert shown.html == "Head\n\na: <b>1</b>\nb: <b>2</b>\n\nFoot"


def test_buttons_links_ticks_and_labels() -> None:
    rows: tuple[Row, ...] = (
        (Button(Marked(Plain("A"), ticked=True), Action("ft", ("x",))), Button(Say("yes"), Action("f"))),
        (
            Button(Labelled("form-change", Plain("pain")), Action("fc")),
            Link(Plain("site"), "https://a.example"),
        ),
        (),
    )
    shown = render(message(Plain("x"), rows=rows), WORDS)
    assert shown.buttons == (
        (("✓ A", "1|ft|x"), ("Yes", "1|f")),
        (("Change: pain", "1|fc"), ("site", "https://a.example")),
    )


def test_the_location_keyboard_brings_its_own_words() -> None:
    shown = render(message(Plain("Where?"), keyboard=ReplyKeyboard.ASK_LOCATION), WORDS)
    assert shown.keyboard is ReplyKeyboard.ASK_LOCATION
    assert shown.keyboard_label == "Share my location"


def test_a_message_too_long_for_telegram_is_refused() -> None:
    render(message(Plain("x" * MAX_TEXT)), WORDS)
    with pytest.raises(MessageTooLong):
        render(message(Prose("x" * (MAX_TEXT + 1))), WORDS)


DIALS = Picture("alarm-dials", "Two dials: **loud** & small.", CourseId("chronic-pain"), "en")


def test_a_picture_is_stored_as_a_recipe_with_its_meaning_in_words() -> None:
    outgoing = replace(message(Prose("Look.")), picture=DIALS, content_version="7")
    shown = render(outgoing, WORDS)
    assert (shown.html, shown.buttons) == ("Look.", ())
    assert shown.picture == PictureRecipe(
        name="alarm-dials",
        course_id=CourseId("chronic-pain"),
        language="en",
        in_words="<i>The picture:</i> Two dials: <b>loud</b> &amp; small.",
        describe=("Describe the picture", "1|pd|alarm-dials"),
        content_version="7",
    )


def test_words_under_a_picture_are_counted_as_telegram_counts_them() -> None:
    fits = f"**{'&' * 100}{'x' * (MAX_CAPTION - 102)}**\N{SLIGHTLY SMILING FACE}"
    render(replace(message(Prose(fits)), picture=DIALS), WORDS)
    with pytest.raises(MessageTooLong, match="alarm-dials"):
        render(replace(message(Prose(fits + "x")), picture=DIALS), WORDS)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_the_length_of_plain_words_is_their_own(text: str) -> None:
    assert shown_length(f"<b>{escape(text)}</b>") == len(text.encode("utf-16-le")) // 2
