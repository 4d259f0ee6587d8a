"""What a Telegram update says a person did."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from telegram import Update

from painbot.core.commands import (
    OWN_COMMANDS,
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
from painbot.core.ids import ChatId, MessageId, UpdateId
from painbot.core.outgoing import Action
from painbot.rendering import callback_data
from painbot.services.ports import NewUpdate

DecodeAction = Callable[[str], Action | None]
"""Reads a button's data; nothing for data that no button of ours carries any more."""

UPDATE_KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update that the bot asks Telegram for."""

LARGEST_ID = 2**63 - 1

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@[A-Za-z0-9_]+)?(?:\s+(.*))?", re.DOTALL)

_MEDIA: Mapping[str, Media] = {
    "voice": Media.VOICE,
    "video_note": Media.VOICE,
    "audio": Media.VOICE,
    "sticker": Media.STICKER,
    "photo": Media.PICTURE,
    # An animation also comes with a "document", a paid picture with "paid_media" alone.
    "animation": Media.OTHER,
    "video": Media.OTHER,
    "document": Media.OTHER,
    "paid_media": Media.OTHER,
    "live_photo": Media.OTHER,
    "contact": Media.OTHER,
    "poll": Media.OTHER,
    "checklist": Media.OTHER,
    "dice": Media.OTHER,
    "game": Media.OTHER,
    "story": Media.OTHER,
}

_Json = Mapping[str, Any]


def new_update(update: _Json, payload: str | None = None) -> NewUpdate:
    """Return an update as it goes into the inbox; `payload` is its JSON text where it is at hand.

    What needs triage is what triage will read: nothing can be set aside for it and then look empty there.
    Raises ValueError when it is no update.
    """
    update_id = update.get("update_id")
    if not isinstance(update_id, int) or isinstance(update_id, bool) or not 0 <= update_id <= LARGEST_ID:
        raise ValueError("no update_id")
    incoming = read_update(update, callback_data.decode)
    return NewUpdate(
        update_id=UpdateId(update_id),
        chat_id=_chat_id(update),
        payload=json.dumps(update) if payload is None else payload,
        needs_triage=incoming is not None
        and (incoming.triage_text is not None or incoming.asks_for_urgent_card),
    )


def typed_words(update: _Json) -> str | None:
    """Return what a person wrote in a private chat, where triage must read it, or nothing.

    A text that is only a command of the bot has no words of theirs; one with words behind it is read whole,
    and so is a slash word that the bot does not know.
    """
    message = _part(update, "message") or _part(update, "edited_message")
    if not _is_private(message):
        return None
    text = _text(message, "text")
    if text is not None:
        return _words_of(text)
    words = [_text(message, "caption"), *_written_inside(message)]
    return "\n".join(word for word in words if word) or None


def read_update(update: _Json | Update, decode: DecodeAction) -> Incoming | None:
    """Return what a person did, or nothing when the update calls for no answer."""
    if isinstance(update, Update):
        update = update.to_dict()
    if press := _part(update, "callback_query"):
        return _read_press(press, decode)
    if change := _part(update, "my_chat_member"):
        return _read_membership(change)
    message = _part(update, "message") or _part(update, "edited_message")
    chat_id = _chat_id(update)
    if chat_id is None:
        return None
    if not _is_private(message):
        return _read_group_message(chat_id, message) if "message" in update else None
    words = typed_words(update)
    command = _read_message(message, words) if "message" in update else _read_edit(message, words)
    return None if command is None else Incoming(chat_id, command, triage_text=words)


def _words_of(text: str) -> str | None:
    command = _COMMAND.fullmatch(text.strip())
    if command is None:
        return text
    name, rest = command[1], command[2]
    if name.lower() in OWN_COMMANDS:
        return text if rest else None
    # "/kill_myself@TheBot": the bot's name is not theirs, and a slash word has no spaces.
    typed = text.strip()
    behind = typed[command.start(2) - 1 :] if rest else ""
    return f"/{name.replace('_', ' ')}{behind}"


def _read_message(message: _Json, words: str | None) -> Command | None:
    text = _text(message, "text")
    if text is not None:
        slash = _COMMAND.fullmatch(text.strip())
        return Slash(slash[1].lower(), (slash[2] or "").strip()) if slash else Typed(text)
    if place := _part(message, "location"):
        latitude, longitude = place.get("latitude"), place.get("longitude")
        if isinstance(latitude, int | float) and isinstance(longitude, int | float):
            return SharedLocation(float(latitude), float(longitude))
    for kind, media in _MEDIA.items():
        if kind in message:
            return SentMedia(media)
    # With words it is a kind of message newer than this list; without, a service message: nobody spoke.
    return None if words is None else SentMedia(Media.OTHER)


def _read_edit(message: _Json, words: str | None) -> Command | None:
    # Without words it is a live location moving on, or a picture replaced.
    text = _text(message, "text") or words
    return None if text is None else Edited(text)


def _read_press(press: _Json, decode: DecodeAction) -> Incoming | None:
    message = _part(press, "message")
    chat_id = _id_of(_part(message, "chat")) or _id_of(_part(press, "from"))
    if chat_id is None:
        return None
    if message and not _is_private(message):
        return Incoming(ChatId(chat_id), GroupContact())
    data, message_id, callback_id = press.get("data"), message.get("message_id"), press.get("id")
    return Incoming(
        ChatId(chat_id),
        Pressed(
            action=decode(data) if isinstance(data, str) else None,
            message_id=MessageId(message_id) if isinstance(message_id, int) else None,
        ),
        callback_id=callback_id if isinstance(callback_id, str) else None,
    )


def _read_membership(change: _Json) -> Incoming | None:
    chat_id = _id_of(_part(change, "chat"))
    before = _part(change, "old_chat_member").get("status")
    after = _part(change, "new_chat_member").get("status")
    if chat_id is None:
        return None
    match _part(change, "chat").get("type"):
        case "private" if after in ("kicked", "left"):
            return Incoming(ChatId(chat_id), BlockedBot())
        case "private":
            return Incoming(ChatId(chat_id), UnblockedBot())
        case "group" | "supergroup" if _is_inside(after) and not _is_inside(before):
            return Incoming(ChatId(chat_id), GroupContact())
        case _:
            return None


def _read_group_message(chat_id: ChatId, message: _Json) -> Incoming | None:
    # Comings and goings are told by my_chat_member; only words are an address.
    is_group = _part(message, "chat").get("type") in ("group", "supergroup")
    return Incoming(chat_id, GroupContact()) if is_group and _text(message, "text") else None


def _is_inside(status: object) -> bool:
    return status in ("member", "administrator", "restricted", "creator")


def _is_private(message: _Json) -> bool:
    return _part(message, "chat").get("type") == "private"


def _written_inside(message: _Json) -> list[str | None]:
    """Return the words of a poll or a checklist that the person made."""
    poll, checklist = _part(message, "poll"), _part(message, "checklist")
    lines = [*_list(poll, "options"), *_list(checklist, "tasks")]
    return [_text(poll, "question"), _text(checklist, "title"), *(_text(line, "text") for line in lines)]


def _chat_id(update: _Json) -> ChatId | None:
    """Return the chat in whose order the update is handled."""
    press = _part(update, "callback_query")
    place = press and _part(press, "message")
    for holder in (
        _part(update, "message"),
        _part(update, "edited_message"),
        _part(update, "my_chat_member"),
        place,
    ):
        chat_id = _id_of(_part(holder, "chat"))
        if chat_id is not None:
            return ChatId(chat_id)
    person = _id_of(_part(press, "from"))
    return None if person is None else ChatId(person)


def _id_of(thing: _Json) -> int | None:
    number = thing.get("id")
    if not isinstance(number, int) or isinstance(number, bool) or abs(number) > LARGEST_ID:
        return None
    return number


def _part(thing: _Json, name: str) -> _Json:
    """Return an object inside, or an empty one: an update is never trusted to have its shape."""
    part = thing.get(name)
    return part if isinstance(part, dict) else {}


def _list(thing: _Json, name: str) -> list[_Json]:
    parts = thing.get(name)
    return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list | tuple) else []


def _text(thing: _Json, name: str) -> str | None:
    text = thing.get(name)
    return text if isinstance(text, str) and text else None
