"""What each update says a person did, and which words triage must read."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from painbot.core.commands import (
    BlockedBot,
    Command,
    Edited,
    GroupContact,
    Incoming,
    Media,
    Pressed,
    SentMedia,
    SharedLocation,
    Slash,
    Typed,
    UnblockedBot,
)
from painbot.core.outgoing import Action
from painbot.rendering import callback_data
from painbot.telegram.updates import new_update, read_update, typed_words

ANNA = 7
PRIVATE = {"id": ANNA, "type": "private", "first_name": "Anna"}
GROUP = {"id": -100, "type": "supergroup", "title": "Friends"}
PERSON = {"id": ANNA, "is_bot": False, "first_name": "Anna"}


def decode(data: str) -> Action | None:
    return Action("pain", (data[3:],)) if data.startswith("v1:") else None


def message(chat: dict[str, Any] | None = None, **content: Any) -> dict[str, Any]:
    return {
        "update_id": 1,
        "message": {"message_id": 3, "date": 1, "chat": chat or PRIVATE, "from": PERSON, **content},
    }


def edited(**content: Any) -> dict[str, Any]:
    return {"update_id": 1, "edited_message": message(**content)["message"]}


def press(**content: Any) -> dict[str, Any]:
    return {"update_id": 1, "callback_query": {"id": "55", "from": PERSON, "chat_instance": "1", **content}}


def member(chat: dict[str, Any], before: str, after: str) -> dict[str, Any]:
    bot = {"id": 1, "is_bot": True, "first_name": "bot"}
    return {
        "update_id": 1,
        "my_chat_member": {
            "chat": chat,
            "from": PERSON,
            "date": 1,
            "old_chat_member": {"user": bot, "status": before},
            "new_chat_member": {"user": bot, "status": after},
        },
    }


def command_of(update: dict[str, Any]) -> Command | None:
    incoming = read_update(update, decode)
    return None if incoming is None else incoming.command


@pytest.mark.parametrize(
    ("text", "command", "triaged"),
    [
        ("it hurts", Typed("it hurts"), "it hurts"),
        ("/start", Slash("start"), None),
        ("/START", Slash("start"), None),
        ("/pause 5", Slash("pause", "5"), "/pause 5"),
        ("/start@PainBot abc def", Slash("start", "abc def"), "/start@PainBot abc def"),
        ("/ask I want to die", Slash("ask", "I want to die"), "/ask I want to die"),
        ("/ask\nI want\nto die", Slash("ask", "I want\nto die"), "/ask\nI want\nto die"),
        ("/want to die", Slash("want", "to die"), "/want to die"),
        (" /help ", Slash("help"), None),
        ("/", Typed("/"), "/"),
        ("/ help", Typed("/ help"), "/ help"),
        ("/помощь", Typed("/помощь"), "/помощь"),
        ("10/10", Typed("10/10"), "10/10"),
        ("/suicide", Slash("suicide"), "/suicide"),
        ("/chestpain", Slash("chestpain"), "/chestpain"),
        ("/kill_myself", Slash("kill_myself"), "/kill myself"),
        ("/kill_myself@PainBot", Slash("kill_myself"), "/kill myself"),
        (
            "/i_am going@PainBot to do it",
            Slash("i_am", "going@PainBot to do it"),
            "/i am going@PainBot to do it",
        ),
        ("/urgent@PainBot", Slash("urgent"), None),
    ],
)
def test_text_is_words_or_a_command(text: str, command: Command, triaged: str | None) -> None:
    assert read_update(message(text=text), decode) == Incoming(ANNA, command, triage_text=triaged)  # type: ignore[arg-type]


PHOTO = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]


@pytest.mark.parametrize(
    ("content", "command"),
    [
        ({"voice": {}}, SentMedia(Media.VOICE)),
        ({"video_note": {}}, SentMedia(Media.VOICE)),
        ({"sticker": {}}, SentMedia(Media.STICKER)),
        ({"photo": PHOTO}, SentMedia(Media.PICTURE)),
        ({"document": {}}, SentMedia(Media.OTHER)),
        ({"animation": {}, "document": {}}, SentMedia(Media.OTHER)),
        ({"location": {"latitude": 52.5, "longitude": 13}}, SharedLocation(52.5, 13.0)),
        ({"venue": {}, "location": {"latitude": 1, "longitude": 2}}, SharedLocation(1.0, 2.0)),
        ({"pinned_message": {"message_id": 1}}, None),
        ({"new_chat_title": "x"}, None),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_media_is_named_and_service_messages_are_passed_over(
    content: dict[str, Any], command: Command | None
) -> None:
    assert command_of(message(**content)) == command
    assert typed_words(message(**content)) is None


@pytest.mark.parametrize(
    ("update", "words"),
    [
        (message(photo=PHOTO, caption="I want to die"), "I want to die"),
        (message(voice={}, caption="numb legs"), "numb legs"),
        (edited(text="I want to die"), "I want to die"),
        (edited(photo=PHOTO, caption="numb legs"), "numb legs"),
        (edited(text="/help"), None),
        (edited(text="/kill_myself"), "/kill myself"),
        (edited(checklist={"title": "Goodbyes", "tasks": [{"id": 1, "text": "note"}]}), "Goodbyes\nnote"),
        (edited(poll={"question": "Should I die?", "options": [{"text": "yes"}]}), "Should I die?\nyes"),
        (message(hologram={}, caption="I want to die"), "I want to die"),
        (edited(hologram={}, caption="I want to die"), "I want to die"),
        (
            message(poll={"question": "Should I die?", "options": [{"text": "yes"}, {"text": "no"}]}),
            "Should I die?\nyes\nno",
        ),
        (
            message(checklist={"title": "Goodbyes", "tasks": [{"id": 1, "text": "note"}]}),
            "Goodbyes\nnote",
        ),
        (message(chat=GROUP, text="I want to die"), None),
        (press(data="v1:die", message={"message_id": 3, "chat": PRIVATE, "text": "I want to die"}), None),
    ],
)
def test_everything_a_person_writes_in_private_is_triaged(update: dict[str, Any], words: str | None) -> None:
    assert typed_words(update) == words
    assert new_update(update).needs_triage is (words is not None)
    incoming = read_update(update, decode)
    assert incoming is not None
    assert incoming.triage_text == words


def test_edit_of_words_is_told_apart_and_a_moving_location_passed_over() -> None:
    assert command_of(edited(text="worse now")) == Edited("worse now")
    assert command_of(edited(location={"latitude": 1, "longitude": 2})) is None


def test_words_in_a_thing_nobody_knew_of_are_still_a_message() -> None:
    assert command_of(message(hologram={}, caption="hello")) == SentMedia(Media.OTHER)
    assert command_of(edited(checklist={"title": "Goodbyes"})) == Edited("Goodbyes")


@pytest.mark.parametrize(
    ("update", "in_triage"),
    [
        (message(text="/urgent"), True),
        (message(text="/URGENT@PainBot"), True),
        (press(data="1|u", message={"message_id": 3, "chat": PRIVATE}), True),
        (press(data="1|u"), True),
        (press(data="1|u", message={"message_id": 3, "chat": GROUP}), False),
        (press(data="1|m|today", message={"message_id": 3, "chat": PRIVATE}), False),
        (press(data="0|u", message={"message_id": 3, "chat": PRIVATE}), False),
        (message(text="/help"), False),
        (message(chat=GROUP, text="/urgent"), False),
    ],
)
def test_asking_for_the_numbers_is_answered_where_danger_signs_are(
    update: dict[str, Any], in_triage: bool
) -> None:
    assert new_update(update).needs_triage is in_triage


def test_button_press_carries_its_action() -> None:
    update = press(data="v1:3", message={"message_id": 9, "date": 1, "chat": PRIVATE})
    assert read_update(update, decode) == Incoming(
        ANNA,  # type: ignore[arg-type]
        Pressed(Action("pain", ("3",)), 9),  # type: ignore[arg-type]
        callback_id="55",
    )


@pytest.mark.parametrize("data", [{"data": "v0:old"}, {"game_short_name": "x"}, {}])
def test_button_that_cannot_be_read_any_more(data: dict[str, Any]) -> None:
    update = press(message={"message_id": 9, "date": 0, "chat": PRIVATE}, **data)
    assert command_of(update) == Pressed(None, 9)  # type: ignore[arg-type]


def test_press_on_a_message_too_old_to_come_along() -> None:
    assert read_update(press(data="v1:3"), decode) == Incoming(
        ANNA,  # type: ignore[arg-type]
        Pressed(Action("pain", ("3",)), None),
        callback_id="55",
    )


@pytest.mark.parametrize(
    ("update", "command"),
    [
        (member(PRIVATE, "member", "kicked"), BlockedBot()),
        (member(PRIVATE, "kicked", "member"), UnblockedBot()),
        (member(GROUP, "left", "member"), GroupContact()),
        (member(GROUP, "left", "administrator"), GroupContact()),
        (member(GROUP, "member", "administrator"), None),
        (member(GROUP, "member", "left"), None),
        (member({"id": -5, "type": "channel"}, "left", "administrator"), None),
        (message(chat=GROUP, text="/start@painbot"), GroupContact()),
        (message(chat=GROUP, group_chat_created=True), None),
        ({"update_id": 1, "edited_message": message(chat=GROUP, text="hi")["message"]}, None),
        ({"update_id": 1, "channel_post": {"message_id": 1, "chat": {"id": -5, "type": "channel"}}}, None),
        ({"update_id": 1, "inline_query": {"id": "1", "from": PERSON}}, None),
        ({"update_id": 1}, None),
    ],
)
def test_membership_groups_and_the_rest(update: dict[str, Any], command: Command | None) -> None:
    assert command_of(update) == command


@pytest.mark.parametrize(
    ("update", "chat_id"),
    [
        (message(text="hi"), ANNA),
        (edited(text="hi"), ANNA),
        (press(message={"message_id": 1, "chat": PRIVATE}), ANNA),
        (press(), ANNA),
        (member(GROUP, "left", "member"), -100),
        ({"update_id": 1, "poll": {}}, None),
    ],
)
def test_update_is_filed_under_its_chat(update: dict[str, Any], chat_id: int | None) -> None:
    filed = new_update(update)
    assert (filed.update_id, filed.chat_id) == (1, chat_id)
    assert json.loads(filed.payload) == update


@pytest.mark.parametrize("number", [None, "1", True, -1, 2**63, 1.5])
def test_what_has_no_update_id_is_no_update(number: object) -> None:
    with pytest.raises(ValueError, match="no update_id"):
        new_update({"update_id": number})


def test_librarys_own_update_is_read_the_same() -> None:
    raw = message(text="it hurts")
    assert read_update(Update.de_json(raw), decode) == read_update(raw, decode)


KEYS = st.sampled_from(
    [
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
        "chat",
        "from",
        "id",
        "type",
        "text",
        "caption",
        "location",
        "data",
        "poll",
        "options",
        "checklist",
        "tasks",
        "photo",
        "new_chat_member",
        "old_chat_member",
        "status",
        "latitude",
        "private",
    ]
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just("private"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=25,
)


@given(st.dictionaries(KEYS, ANYTHING, max_size=4))
def test_update_of_any_shape_is_filed_and_read_without_failing(content: dict[str, Any]) -> None:
    update = {**content, "update_id": 1}
    new_update(update)
    read_update(update, decode)


WORDS = st.sampled_from(["I want to die", "/suicide", "/kill_myself@PainBot", "/pause 5 numb legs"])
LINES = st.lists(st.fixed_dictionaries({"text": WORDS}), min_size=1, max_size=2)
WRITTEN = st.one_of(
    st.fixed_dictionaries({"text": WORDS}),
    st.fixed_dictionaries(
        {"caption": WORDS},
        optional={kind: st.just({}) for kind in ("voice", "document", "venue", "hologram")},
    ),
    st.fixed_dictionaries({"poll": st.fixed_dictionaries({"question": WORDS, "options": LINES})}),
    st.fixed_dictionaries({"checklist": st.fixed_dictionaries({"title": WORDS, "tasks": LINES})}),
)


@given(WRITTEN, st.sampled_from([message, edited]))
def test_no_written_word_gets_past_triage(
    content: dict[str, Any], update_of: Callable[..., dict[str, Any]]
) -> None:
    update = update_of(**content)
    assert new_update(update).needs_triage
    incoming = read_update(update, decode)
    assert incoming is not None
    assert incoming.triage_text


@given(st.dictionaries(KEYS, ANYTHING, max_size=4))
def test_what_goes_to_triage_can_be_read_there(content: dict[str, Any]) -> None:
    update = {**content, "update_id": 1}
    if new_update(update).needs_triage:
        incoming = read_update(update, callback_data.decode)
        assert incoming is not None
        assert incoming.triage_text or incoming.asks_for_urgent_card
