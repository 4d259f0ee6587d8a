"""A message to a learner as a value: what to say and which buttons to show, before any rendering."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

from painbot.core.ids import CourseId, MessageId


class Lane(IntEnum):
    """How urgent a message is; a lower number leaves first."""

    URGENT = 0
    REPLY = 1
    CHECKIN = 2
    LESSON = 3
    NUDGE = 4
    BROADCAST = 5


class MessageKind(StrEnum):
    """What a message is for; decides its lane and what a lost lease means for it."""

    SAFETY = "safety"
    REPLY = "reply"
    PUZZLED = "puzzled"
    """A reply to something not understood; at most one of them waits unsent in a chat."""

    GOODBYE = "goodbye"
    """The last message before an erasure; its outcome starts the clean-up."""

    GROUP_GOODBYE = "group-goodbye"
    """Why the bot does not stay in a group; it leaves once this is said."""

    CHECKIN = "checkin"
    WELLBEING = "wellbeing"
    """The plain "how are you" after a safety rest."""

    LESSON = "lesson"
    NUDGE = "nudge"

    @property
    def lane(self) -> Lane:
        """Return the lane this kind travels in."""
        return _LANES[self]

    @property
    def is_push(self) -> bool:
        """True when the learner did not ask for it, so budget and quiet hours apply."""
        return self in (MessageKind.CHECKIN, MessageKind.LESSON, MessageKind.NUDGE, MessageKind.WELLBEING)

    @property
    def repeats_when_unsure(self) -> bool:
        """True when a send that may already have happened is done again.

        For lessons, prompts and safety a repeat is a nuisance and a loss is harm; a nudge is dropped.
        """
        return self is not MessageKind.NUDGE


_LANES: Mapping[MessageKind, Lane] = {
    MessageKind.SAFETY: Lane.URGENT,
    MessageKind.REPLY: Lane.REPLY,
    MessageKind.PUZZLED: Lane.REPLY,
    MessageKind.GOODBYE: Lane.REPLY,
    MessageKind.GROUP_GOODBYE: Lane.REPLY,
    MessageKind.CHECKIN: Lane.CHECKIN,
    MessageKind.WELLBEING: Lane.CHECKIN,
    MessageKind.LESSON: Lane.LESSON,
    MessageKind.NUDGE: Lane.NUDGE,
}


@dataclass(frozen=True)
class Say:
    """Interface words by their message key, with the values the sentence needs."""

    key: str
    args: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Prose:
    """Course or safety text that is already in the learner's language, in light markup."""

    text: str


@dataclass(frozen=True)
class Plain:
    """Words shown as they are, such as the learner's own line; never read as markup."""

    text: str


@dataclass(frozen=True)
class Line:
    """A short line "label: value"; lines that follow each other stand together as a list."""

    label: Words
    value: Words


@dataclass(frozen=True)
class Marked:
    """A button label with a tick or an empty box before it, for questions with several answers."""

    words: Words
    ticked: bool


@dataclass(frozen=True)
class Labelled:
    """Interface words around other words, as in "Change: pain today"; the message's `$what`."""

    key: str
    what: Words


Words = Say | Prose | Plain | Line | Marked | Labelled


@dataclass(frozen=True)
class Action:
    """What a button does: a verb and its short arguments, carried in the button's own data."""

    verb: str
    args: tuple[str, ...] = ()


@dataclass(frozen=True)
class Button:
    """One inline button."""

    label: Words
    action: Action


@dataclass(frozen=True)
class Link:
    """An inline button that opens an address, such as findahelpline.com."""

    label: Words
    url: str


Row = tuple[Button | Link, ...]


class ReplyKeyboard(StrEnum):
    """The keyboard under the text box, the only place Telegram lets a location be asked for."""

    ASK_LOCATION = "ask_location"
    REMOVE = "remove"


@dataclass(frozen=True)
class FileRecipe:
    """How to make a file at the moment of sending; the bytes are never stored.

    `as_of` keeps a retry from telling a different story than the first try.
    """

    kind: str
    as_of: datetime


@dataclass(frozen=True)
class Picture:
    """A picture of a course, shown above the words; `alt` carries its meaning for those who cannot see it."""

    name: str
    alt: str
    course_id: CourseId
    language: str


@dataclass(frozen=True)
class Outgoing:
    """One message owed to the learner, or an edit of one already sent.

    `slot` names what the message fills (for instance `lesson:12:pne-01`): owing the same slot twice
    sends once. `edits` turns it into an edit of that message. Under a picture there is room for 1024
    characters. An edit changes the words under a picture and never the picture.
    """

    kind: MessageKind
    slot: str
    parts: tuple[Words, ...]
    rows: tuple[Row, ...] = ()
    edits: MessageId | None = None
    expires_at: datetime | None = None
    keyboard: ReplyKeyboard | None = None
    file: FileRecipe | None = None
    picture: Picture | None = None
    content_version: str | None = None
