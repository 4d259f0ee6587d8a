"""A rendered message as the JSON an outbox row keeps, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from painbot.core.delivery import PictureRecipe, RenderedMessage
from painbot.core.ids import CourseId, MessageId
from painbot.core.outgoing import FileRecipe, ReplyKeyboard


def message_to_json(message: RenderedMessage) -> dict[str, Any]:
    """Return the message as plain data, without what is empty.

    `edits` is left out: it has a column of its own, since an edit may go back as a new message.
    """
    data: dict[str, Any] = {"html": message.html}
    if message.buttons:
        data["buttons"] = message.buttons
    if message.keyboard is not None:
        data["keyboard"] = message.keyboard.value
        data["keyboard_label"] = message.keyboard_label
    if message.file is not None:
        data["file"] = {"kind": message.file.kind, "as_of": message.file.as_of.isoformat()}
    if message.picture is not None:
        data["picture"] = asdict(message.picture)
    if message.fallbacks:
        data["fallbacks"] = message.fallbacks
    if message.is_plain:
        data["is_plain"] = True
    return data


def message_from_json(data: Mapping[str, Any], edits: int | None) -> RenderedMessage:
    """Return the message that `message_to_json` wrote."""
    keyboard, file, picture = data.get("keyboard"), data.get("file"), data.get("picture")
    return RenderedMessage(
        html=data["html"],
        buttons=tuple(tuple((label, payload) for label, payload in row) for row in data.get("buttons", ())),
        edits=None if edits is None else MessageId(edits),
        keyboard=None if keyboard is None else ReplyKeyboard(keyboard),
        keyboard_label=data.get("keyboard_label", ""),
        file=None if file is None else FileRecipe(file["kind"], datetime.fromisoformat(file["as_of"])),
        picture=None if picture is None else _picture(picture),
        fallbacks=tuple(data.get("fallbacks", ())),
        is_plain=data.get("is_plain", False),
    )


def _picture(data: Mapping[str, Any]) -> PictureRecipe:
    label, payload = data["describe"]
    return PictureRecipe(
        name=data["name"],
        course_id=CourseId(data["course_id"]),
        language=data["language"],
        in_words=data["in_words"],
        describe=(label, payload),
        content_version=data["content_version"],
    )
