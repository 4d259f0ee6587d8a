"""What a person did, as values: the inputs of every decision."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from painbot.core.ids import ChatId, MessageId
from painbot.core.outgoing import Action

OWN_COMMANDS = (
    "start",
    "today",
    "next",
    "checkin",
    "pause",
    "resume",
    "slower",
    "toolkit",
    "questions",
    "map",
    "flare",
    "settings",
    "privacy",
    "export",
    "delete",
    "stop",
    "urgent",
    "about",
    "help",
)
"""The slash words the bot knows, in the order of its menu; any other slash word is somebody's own words."""


@dataclass(frozen=True)
class Typed:
    """Free text, sent now."""

    text: str


@dataclass(frozen=True)
class Edited:
    """An older text of theirs that they changed; triage has read it, the flow does not move."""

    text: str


@dataclass(frozen=True)
class Pressed:
    """A button. `action` is nothing when the button's data cannot be read any more."""

    action: Action | None
    message_id: MessageId | None


@dataclass(frozen=True)
class Slash:
    """A command such as /pause 5: `name` without the slash, in lower case; `rest` trimmed."""

    name: str
    rest: str = ""


@dataclass(frozen=True)
class SharedLocation:
    """A place sent from the phone; only its time zone is ever kept."""

    latitude: float
    longitude: float


class Media(StrEnum):
    """Things the bot cannot read."""

    VOICE = "voice"
    STICKER = "sticker"
    PICTURE = "picture"
    OTHER = "other"


@dataclass(frozen=True)
class SentMedia:
    """Something other than text; a caption, if any, has been through triage."""

    media: Media


@dataclass(frozen=True)
class BlockedBot:
    """The person blocked the bot or deleted the chat."""


@dataclass(frozen=True)
class UnblockedBot:
    """The person unblocked the bot."""


@dataclass(frozen=True)
class GroupContact:
    """The bot was put in a group or spoken to there; it explains itself once and leaves."""


Command = (
    Typed | Edited | Pressed | Slash | SharedLocation | SentMedia | BlockedBot | UnblockedBot | GroupContact
)


@dataclass(frozen=True)
class Incoming:
    """A command and the chat it came from; `callback_id` lets the bot stop a button's spinner."""

    chat_id: ChatId
    command: Command
    callback_id: str | None = None
    triage_text: str | None = None
    """What the person typed, where triage must read it: text, caption, edit, or an unknown slash word."""

    @property
    def asks_for_urgent_card(self) -> bool:
        """True for /urgent and its button: answered beside the chat's line, where danger signs are."""
        match self.command:
            case Slash("urgent") | Pressed(Action("u")):
                return True
            case _:
                return False
