"""What people do in the simulated Telegram: write, press buttons, send things, block the bot, read the chat.

Used by tests in-process and, through ``people_api``, by the chat page and by tests in other processes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from painbot.simulator import sample_files
from painbot.simulator.entities import find_entities
from painbot.simulator.media import describe, keep_upload
from painbot.simulator.membership import announce_membership
from painbot.simulator.request_params import Upload
from painbot.simulator.telegram_state import TelegramState
from painbot.simulator.telegram_types import ButtonPress, Chat, Message, MessageKind

MAX_TYPED = 4096


class CannotDoThat(Exception):
    """A person tried what Telegram would not let them do; the text says what."""


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button as it stands under a message."""

    text: str
    data: str | None
    url: str | None


class People:
    """Everything a person can do. Private chats are named by the person's id."""

    def __init__(self, state: TelegramState) -> None:
        self.state = state

    def create(
        self,
        first_name: str = "Learner",
        *,
        person_id: int | None = None,
        username: str | None = None,
        language_code: str | None = "en",
        started: bool = False,
    ) -> int:
        """Add a person and return the id of their chat with the bot.

        ``started``: they have used the bot before, so it may write first.
        """
        chat = self.state.add_person(
            first_name, person_id=person_id, username=username, language_code=language_code, started=started
        )
        return chat.id

    def type_text(self, person_id: int, text: str, *, group_id: int | None = None) -> Message:
        """Write a text or a /command, in the private chat or in a group."""
        text = text.strip()
        if not text:
            raise CannotDoThat("an empty message cannot be sent")
        if len(text) > MAX_TYPED:
            raise CannotDoThat(f"a message has at most {MAX_TYPED} characters; this one has {len(text)}")
        return self._send(person_id, group_id, "text", text=text)

    def press(
        self,
        person_id: int,
        message_id: int,
        *,
        data: str | None = None,
        text: str | None = None,
        position: tuple[int, int] | None = None,
        group_id: int | None = None,
    ) -> ButtonPress:
        """Press a button named by its payload, its label, or its (row, column) from 0.

        Raises CannotDoThat when the message does not carry that button any more.
        """
        person = self._chat(person_id)
        chat = self._chat(group_id or person_id)
        message = self.state.message_in(chat, message_id)
        if message is None:
            raise CannotDoThat(f"there is no message {message_id} in this chat")
        button = _find_button(message, data, text, position)
        if "callback_data" not in button:
            raise CannotDoThat(f"the button {button['text']!r} opens a link; the bot hears nothing of it")
        self._must_reach_bot(chat)
        press = self.state.add_press(message, button["callback_data"])
        self.state.updates.push(
            "callback_query",
            chat.id,
            {
                "id": press.id,
                "from": _sender(person),
                "message": message.to_json(),
                "chat_instance": str(-chat.id * 1_000_003),
                "data": press.data,
            },
        )
        return press

    def press_latest(self, person_id: int, text: str) -> ButtonPress:
        """Press the button with this label in the newest message that has one."""
        for message in reversed(self._chat(person_id).messages.values()):
            if message.deleted_at is None and any(
                button["text"] == text for row in message.inline_keyboard for button in row
            ):
                return self.press(person_id, message.id, text=text)
        raise CannotDoThat(f"no message has a button {text!r}")

    def edit(self, person_id: int, message_id: int, text: str) -> Message:
        """Change a text of one's own."""
        chat = self._chat(person_id)
        message = self.state.message_in(chat, message_id)
        if message is None or message.from_bot or message.kind != "text":
            raise CannotDoThat(f"message {message_id} is not a text of this person's")
        if not text.strip():
            raise CannotDoThat("a text cannot be emptied; delete it instead")
        self._must_reach_bot(chat)
        text = text.strip()
        self.state.change_message(message, text=text, entities=find_entities(text), markup=None)
        self.state.updates.push("edited_message", chat.id, message.to_json())
        return message

    def send_voice(self, person_id: int, duration_seconds: int = 3) -> Message:
        """Send a voice message of silence."""
        file = self.state.add_file("voice", "voice.oga", "audio/ogg", sample_files.VOICE_OGG)
        body = {
            "duration": duration_seconds,
            "mime_type": "audio/ogg",
            "file_id": file.file_id,
            "file_unique_id": file.unique_id,
            "file_size": len(file.data),
        }
        return self._send(person_id, None, "voice", media={"voice": body})

    def send_sticker(self, person_id: int, emoji: str = "👍") -> Message:
        """Send a sticker that stands for an emoji."""
        file = self.state.add_file("stickers", "sticker.png", "image/png", sample_files.PIXEL_PNG)
        body = {
            "width": 512,
            "height": 512,
            "emoji": emoji,
            "is_animated": False,
            "is_video": False,
            "type": "regular",
            "file_id": file.file_id,
            "file_unique_id": file.unique_id,
            "file_size": len(file.data),
        }
        return self._send(person_id, None, "sticker", media={"sticker": body})

    def send_photo(self, person_id: int, caption: str = "", data: bytes | None = None) -> Message:
        """Send a picture (a small grey one unless ``data`` is given) with or without a caption."""
        upload = Upload("photo.png", "image/png", data or sample_files.GREY_PNG)
        file = keep_upload(self.state, "photo", upload)
        return self._send(person_id, None, "photo", text=caption.strip(), media=describe("photo", file))

    def send_location(self, person_id: int, latitude: float, longitude: float) -> Message:
        """Share a place, in degrees."""
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise CannotDoThat("latitude runs from -90 to 90 and longitude from -180 to 180")
        media = {"location": {"latitude": float(latitude), "longitude": float(longitude)}}
        return self._send(person_id, None, "location", media=media)

    def block(self, person_id: int) -> None:
        """Block the bot: it learns so, and can no longer write."""
        chat = self._chat(person_id)
        if not chat.blocked:
            chat.blocked = True
            announce_membership(self.state, chat, _sender(chat), old="member", new="kicked")

    def unblock(self, person_id: int) -> None:
        """Take the bot back."""
        chat = self._chat(person_id)
        if chat.blocked:
            chat.blocked = False
            announce_membership(self.state, chat, _sender(chat), old="kicked", new="member")

    def deactivate(self, person_id: int) -> None:
        """Delete the account: the bot is not told until it tries to write."""
        self._chat(person_id).deactivated = True

    def add_bot_to_group(self, person_id: int, title: str = "A group") -> int:
        """Make a group with the bot in it and return its id."""
        person = self._chat(person_id)
        group = self.state.add_group(title)
        group.bot_status = "member"
        announce_membership(self.state, group, _sender(person), old="left", new="member")
        message = self.state.add_message(
            group, _sender(person), kind="service", media={"group_chat_created": True}
        )
        self.state.updates.push("message", group.id, message.to_json())
        return group.id

    def remove_bot_from_group(self, person_id: int, group_id: int) -> None:
        """Throw the bot out of a group."""
        group = self._chat(group_id)
        group.bot_status = "kicked"
        announce_membership(self.state, group, _sender(self._chat(person_id)), old="member", new="kicked")

    def messages(self, chat_id: int, *, after_id: int = 0, deleted: bool = False) -> list[Message]:
        """The chat's messages, oldest first, newer than ``after_id``; deleted ones only on request."""
        return [
            message
            for message in self._chat(chat_id).messages.values()
            if message.id > after_id and (deleted or message.deleted_at is None)
        ]

    def buttons(self, chat_id: int, message_id: int) -> list[list[Button]]:
        """The rows of buttons under a message."""
        message = self.state.message_in(self._chat(chat_id), message_id)
        if message is None:
            raise CannotDoThat(f"there is no message {message_id} in this chat")
        return [
            [Button(b["text"], b.get("callback_data"), b.get("url")) for b in row]
            for row in message.inline_keyboard
        ]

    async def wait_for(
        self,
        chat_id: int,
        wanted: Callable[[Message], bool] | str,
        *,
        after_id: int = 0,
        timeout_seconds: float = 5.0,
    ) -> Message:
        """Wait for a message of the bot's that contains a text or satisfies a condition.

        Edits count: a message that comes to satisfy it is found too. Raises TimeoutError naming what the bot
        said instead.
        """
        check = wanted if callable(wanted) else lambda message: wanted in message.text
        deadline = asyncio.get_running_loop().time() + timeout_seconds
        while True:
            said = [m for m in self.messages(chat_id, after_id=after_id) if m.from_bot]
            found = next((message for message in said if check(message)), None)
            if found is not None:
                return found
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                heard = [message.text for message in said[-5:]]
                raise TimeoutError(f"the bot did not say {wanted!r}; it said {heard!r}")
            await self.state.changed.wait(left)

    def _chat(self, chat_id: int) -> Chat:
        chat = self.state.chats.get(chat_id)
        if chat is None:
            raise CannotDoThat(f"there is no chat {chat_id}")
        return chat

    @staticmethod
    def _must_reach_bot(chat: Chat) -> None:
        if chat.deactivated:
            raise CannotDoThat("this account was deleted")
        if chat.blocked:
            raise CannotDoThat("the bot is blocked; unblock it first")

    def _send(
        self,
        person_id: int,
        group_id: int | None,
        kind: MessageKind,
        *,
        text: str = "",
        media: dict[str, Any] | None = None,
    ) -> Message:
        person = self._chat(person_id)
        chat = self._chat(group_id or person_id)
        self._must_reach_bot(chat)
        chat.started = True
        message = self.state.add_message(
            chat, _sender(person), kind=kind, text=text, entities=find_entities(text), media=media
        )
        if chat.keyboard is not None and chat.keyboard.get("one_time_keyboard"):
            chat.keyboard = None
        if chat.bot_status == "member":
            self.state.updates.push("message", chat.id, message.to_json())
        return message


def _sender(chat: Chat) -> dict[str, Any]:
    if chat.person is None:
        raise CannotDoThat(f"chat {chat.id} is a group; a person is needed")
    return chat.person.to_json()


def _find_button(
    message: Message, data: str | None, text: str | None, position: tuple[int, int] | None
) -> dict[str, Any]:
    if (data, text, position).count(None) != 2:
        raise CannotDoThat("name the button by exactly one of data, text or position")
    for row_number, row in enumerate(message.inline_keyboard):
        for column_number, button in enumerate(row):
            if (
                (data is not None and button.get("callback_data") == data)
                or (text is not None and button["text"] == text)
                or position == (row_number, column_number)
            ):
                return button
    raise CannotDoThat(f"message {message.id} carries no such button now")


def message_view(message: Message) -> dict[str, Any]:
    """A message as a person sees it, for the chat page, the transcript and tests across processes."""
    return {
        "id": message.id,
        "version": message.version,
        "from": "service" if message.kind == "service" else "bot" if message.from_bot else "person",
        "kind": message.kind,
        "at": _iso(message.sent_at),
        "text": message.text,
        "html": message.html,
        "media": message.media,
        "alt": message.alt,
        "buttons": [
            [{"text": b["text"], "data": b.get("callback_data"), "url": b.get("url")} for b in row]
            for row in message.inline_keyboard
        ],
        "reply_to": message.reply_to.id if message.reply_to is not None else None,
        "edited_at": _iso(message.edited_at),
        "deleted_at": _iso(message.deleted_at),
        "edits": [{"at": _iso(edit.at), "text": edit.text} for edit in message.edits],
    }


def press_view(press: ButtonPress) -> dict[str, Any]:
    """A button press and what the bot answered to it."""
    return {
        "id": press.id,
        "message_id": press.message_id,
        "data": press.data,
        "version": press.version,
        "answer": asdict(press.answer) if press.answer is not None else None,
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None
