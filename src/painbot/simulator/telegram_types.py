"""The things a simulated Telegram holds: people, chats, messages, files, button presses.

``to_json`` gives each in the shape of the Bot API.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from painbot.simulator.entities import Entity, to_safe_html
from painbot.simulator.reply_markup import Markup

MessageKind = Literal["text", "photo", "document", "animation", "voice", "sticker", "location", "service"]


@dataclass(slots=True)
class Person:
    """Someone with a Telegram account. Their private chat with the bot has the same id."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = "en"

    def to_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.username:
            body["username"] = self.username
        if self.language_code:
            body["language_code"] = self.language_code
        return body


@dataclass(slots=True)
class Edit:
    """What a message said before it was changed, and when it was changed."""

    at: datetime
    text: str


@dataclass(slots=True)
class Message:
    """One message of a chat, as both sides see it. ``text`` is the caption of a picture or document.

    ``alt`` is what the file of a picture says it shows. Telegram knows no such thing; the chat page does.
    """

    id: int
    chat: Chat
    sender: dict[str, Any]
    sent_at: datetime
    kind: MessageKind = "text"
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    media: dict[str, Any] = field(default_factory=dict)
    alt: str = ""
    markup: Markup | None = None
    reply_to: Message | None = None
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    edits: list[Edit] = field(default_factory=list)
    version: int = 0

    @property
    def from_bot(self) -> bool:
        return bool(self.sender["is_bot"])

    @property
    def inline_keyboard(self) -> list[list[dict[str, Any]]]:
        """The rows of buttons under the message; empty when it has none."""
        rows: list[list[dict[str, Any]]] = (self.markup or {}).get("inline_keyboard", [])
        return rows

    @property
    def html(self) -> str:
        """The text as HTML that is safe to show in a page."""
        return to_safe_html(self.text, self.entities)

    def to_json(self, *, with_reply: bool = True) -> dict[str, Any]:
        body: dict[str, Any] = {
            "message_id": self.id,
            "from": self.sender,
            "chat": self.chat.to_json(),
            "date": int(self.sent_at.timestamp()),
        }
        if self.edited_at is not None:
            body["edit_date"] = int(self.edited_at.timestamp())
        if self.reply_to is not None and with_reply:
            body["reply_to_message"] = self.reply_to.to_json(with_reply=False)
        if self.kind == "text":
            body["text"] = self.text
            if self.entities:
                body["entities"] = self.entities
        else:
            body.update(self.media)
            if self.text and self.kind != "service":
                body["caption"] = self.text
                if self.entities:
                    body["caption_entities"] = self.entities
        if self.markup is not None and "inline_keyboard" in self.markup:
            body["reply_markup"] = self.markup
        return body


@dataclass(slots=True)
class CallbackAnswer:
    """What a bot said to a button press: nothing, a passing note, or an alert."""

    text: str = ""
    is_alert: bool = False


@dataclass(slots=True)
class ButtonPress:
    """A press of an inline button, waiting for ``answerCallbackQuery``."""

    id: str
    chat: Chat
    message_id: int
    data: str
    pressed_at: datetime
    label: str = ""
    """The button's words when it was pressed; an edit may have changed them since."""

    answer: CallbackAnswer | None = None
    version: int = 0


@dataclass(slots=True)
class Chat:
    """A private chat (``person`` set) or a group. ``started``: the bot may write here."""

    id: int
    kind: Literal["private", "group"]
    person: Person | None = None
    title: str = ""
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    bot_status: Literal["member", "kicked", "left"] = "member"
    messages: dict[int, Message] = field(default_factory=dict)
    presses: list[ButtonPress] = field(default_factory=list)
    keyboard: Markup | None = None
    typing_until: float = 0.0
    version: int = 0
    as_json: dict[str, Any] | None = None

    def to_json(self) -> dict[str, Any]:
        if self.as_json is None:
            if self.person is not None:
                self.as_json = {"id": self.id, "first_name": self.person.first_name, "type": "private"}
                if self.person.username:
                    self.as_json["username"] = self.person.username
            else:
                self.as_json = {
                    "id": self.id,
                    "title": self.title,
                    "type": "group",
                    "all_members_are_administrators": True,
                }
        return self.as_json


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file somebody sent. ``path`` is where ``getFile`` says it lies."""

    file_id: str
    unique_id: str
    path: str
    name: str
    content_type: str
    data: bytes
