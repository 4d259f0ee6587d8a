"""Everything the simulated Telegram remembers: chats, messages, files, button presses, and the bot's profile.

It lives in memory and does no input or output. It belongs to one event loop: call it from there only.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from painbot.simulator.entities import Entity
from painbot.simulator.reply_markup import Markup
from painbot.simulator.signal import Signal
from painbot.simulator.telegram_errors import bad_request, forbidden
from painbot.simulator.telegram_types import (
    ButtonPress,
    Chat,
    Edit,
    Message,
    MessageKind,
    Person,
    StoredFile,
)
from painbot.simulator.update_queue import UpdateQueue

DEFAULT_TOKEN = "7000000001:AAsimulated_token_for_loopback_only_0"
"""The token of the simulated bot: it opens nothing outside this process."""

PRESS_LIFETIME = timedelta(minutes=1)
"""How long a button press can be answered. Telegram does not publish its own limit."""

TYPING_SECONDS = 5.0
_STAMP_EPOCH = 1_700_000_000


def stamp_of_this_moment() -> int:
    """A number that grows by ten a second, from which ids start.

    A restarted simulator forgets its chats while the bot's database does not, so ids must never start again.
    """
    return int((time.time() - _STAMP_EPOCH) * 10)


@dataclass(slots=True)
class Webhook:
    """Where updates are delivered; inactive when ``url`` is empty."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    last_error_at: datetime | None = None
    last_error: str = ""


@dataclass(slots=True)
class BotProfile:
    """What the bot registered about itself. Keys of ``commands`` are (scope as JSON, language)."""

    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    description: dict[str, str] = field(default_factory=dict)
    short_description: dict[str, str] = field(default_factory=dict)
    name: dict[str, str] = field(default_factory=dict)


class TelegramState:
    """One simulated Telegram with one bot.

    ``now`` gives aware datetimes and dates messages; ``monotonic`` gives seconds, for waits such as typing.
    """

    def __init__(
        self,
        *,
        token: str = DEFAULT_TOKEN,
        bot_name: str = "painbot",
        bot_username: str = "painbot_simulated_bot",
        now: Callable[[], datetime] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        stamp: int | None = None,
    ) -> None:
        self.token = token
        self.now = now or (lambda: datetime.now(UTC))
        self.monotonic = monotonic
        stamp = stamp_of_this_moment() if stamp is None else stamp
        self.bot: dict[str, Any] = {
            "id": _bot_id(token),
            "is_bot": True,
            "first_name": bot_name,
            "username": bot_username,
        }
        self.profile = BotProfile()
        self.webhook = Webhook()
        self.updates = UpdateQueue(first_id=stamp + 1, now=self.now)
        self.changed = Signal()
        self.closing = False
        self.logged_out_until: datetime | None = None
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, ButtonPress] = {}
        self.files: dict[str, StoredFile] = {}
        self.version = 0
        self.epoch = secrets.token_hex(4)
        self._next_person_id = 5_000_000_000 + stamp + 1
        self._next_group_id = -(4_000_000_000 + stamp + 1)
        self._next_message_id = stamp + 1
        self._next_press_id = 2_000_000_000_000_000_000 + stamp * 1_000_000
        self._file_salt = secrets.token_hex(8)

    # -- people and chats ------------------------------------------------------------------------------------

    def add_person(
        self,
        first_name: str = "Learner",
        *,
        person_id: int | None = None,
        username: str | None = None,
        language_code: str | None = "en",
        started: bool = False,
    ) -> Chat:
        """Add a person and their private chat. An id that is already there returns that chat unchanged."""
        if person_id is not None and person_id in self.chats:
            return self.chats[person_id]
        if person_id is None:
            while self._next_person_id in self.chats:
                self._next_person_id += 1
            person_id = self._next_person_id
            self._next_person_id += 1
        person = Person(person_id, first_name, username, language_code)
        chat = Chat(person_id, "private", person=person, started=started)
        self.chats[person_id] = chat
        return chat

    def add_group(self, title: str) -> Chat:
        """Add a group without the bot in it."""
        chat = Chat(self._next_group_id, "group", title=title, started=True, bot_status="left")
        self._next_group_id -= 1
        self.chats[chat.id] = chat
        return chat

    def chat_of_call(self, chat_id: Any) -> Chat:
        """The chat a Bot API call names.

        Raises TelegramError 400 when the bot has never met it.
        """
        if chat_id is None or chat_id == "":
            raise bad_request("chat_id is empty")
        try:
            chat = self.chats.get(int(chat_id))
        except (TypeError, ValueError):
            chat = None
        if chat is None or not chat.started:
            raise bad_request("chat not found")
        return chat

    @staticmethod
    def check_can_write(chat: Chat) -> None:
        """Raise TelegramError 403 when the bot may not write to this chat."""
        if chat.deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if chat.bot_status == "kicked":
            raise forbidden("bot was kicked from the group chat")
        if chat.bot_status == "left":
            raise forbidden("bot is not a member of the group chat")

    # -- messages --------------------------------------------------------------------------------------------

    def add_message(
        self,
        chat: Chat,
        sender: dict[str, Any],
        *,
        kind: MessageKind = "text",
        text: str = "",
        entities: list[Entity] | None = None,
        media: dict[str, Any] | None = None,
        alt: str = "",
        markup: Markup | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Put a new message into the chat and return it."""
        message = Message(
            id=self._next_message_id,
            chat=chat,
            sender=sender,
            sent_at=self.now(),
            kind=kind,
            text=text,
            entities=entities or [],
            media=media or {},
            alt=alt,
            markup=markup,
            reply_to=reply_to,
        )
        self._next_message_id += 1
        chat.messages[message.id] = message
        if message.from_bot:
            chat.typing_until = 0.0
            if markup is not None and "keyboard" in markup:
                chat.keyboard = markup
            elif markup is not None and "remove_keyboard" in markup:
                chat.keyboard = None
        self.touch(chat, message)
        return message

    def change_message(
        self,
        message: Message,
        *,
        text: str,
        entities: list[Entity],
        markup: Markup | None,
        show_as_edited: bool = True,
    ) -> None:
        """Replace what a message says; the words before are kept for the reader of the transcript."""
        if message.text != text:
            message.edits.append(Edit(self.now(), message.text))
        message.text = text
        message.entities = entities
        message.markup = markup
        if show_as_edited:
            message.edited_at = self.now()
        self.touch(message.chat, message)

    def delete_message(self, message: Message) -> None:
        """Take the message out of both sides' sight; its place stays for the reader of the transcript."""
        message.deleted_at = self.now()
        self.touch(message.chat, message)

    def message_in(self, chat: Chat, message_id: int) -> Message | None:
        """The message of this chat, None when unknown or deleted."""
        message = chat.messages.get(message_id)
        return None if message is None or message.deleted_at is not None else message

    def touch(self, chat: Chat, thing: Message | ButtonPress | None = None) -> None:
        """Note that a chat, and maybe one thing in it, has changed."""
        self.version += 1
        chat.version = self.version
        if thing is not None:
            thing.version = self.version
        self.changed.notify()

    def show_typing(self, chat: Chat) -> None:
        """Show "typing" in the chat for five seconds or until the next message."""
        chat.typing_until = self.monotonic() + TYPING_SECONDS
        self.touch(chat)

    # -- button presses --------------------------------------------------------------------------------------

    def add_press(self, message: Message, data: str) -> ButtonPress:
        """Record that a button of the message was pressed."""
        buttons = (button for row in message.inline_keyboard for button in row)
        label = next((str(b["text"]) for b in buttons if b.get("callback_data") == data), "")
        press = ButtonPress(str(self._next_press_id), message.chat, message.id, data, self.now(), label)
        self._next_press_id += 1
        self.presses[press.id] = press
        message.chat.presses.append(press)
        self.touch(message.chat, press)
        return press

    def press_to_answer(self, press_id: str) -> ButtonPress:
        """The press that may still be answered; TelegramError 400 when unknown or too old."""
        press = self.presses.get(press_id)
        if press is None or self.now() - press.pressed_at > PRESS_LIFETIME:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        return press

    # -- files -----------------------------------------------------------------------------------------------

    def add_file(self, kind: str, name: str, content_type: str, data: bytes) -> StoredFile:
        """Keep a file and give it ids and a path; ``kind`` is the folder, such as "photos"."""
        number = len(self.files) + 1
        digest = hashlib.sha256(f"{self._file_salt}{number}".encode()).hexdigest()
        suffix = "." + name.rpartition(".")[2] if "." in name else ""
        file = StoredFile(
            file_id=f"AgACAgIAAxk{digest[:48]}",
            unique_id=f"AQAD{digest[48:60]}",
            path=f"{kind}/file_{number}{suffix}",
            name=name,
            content_type=content_type,
            data=data,
        )
        self.files[file.file_id] = file
        return file

    def file_at(self, path: str) -> StoredFile | None:
        """The file at this path, None when there is none."""
        return next((file for file in self.files.values() if file.path == path), None)

    def close(self) -> None:
        """Let every waiting request end: the server is going down."""
        self.closing = True
        self.changed.notify()
        self.updates.arrived.notify()


def _bot_id(token: str) -> int:
    number = token.partition(":")[0]
    if not number.isdigit():
        raise ValueError("a bot token starts with the bot's number and a colon, such as 7000000001:AA...")
    return int(number)
