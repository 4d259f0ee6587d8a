"""What became of a send, and what to do next: delivery states and retry rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from painbot.core.ids import ChatId, CourseId, EnrollmentId, MessageId, OutboxId
from painbot.core.outgoing import FileRecipe, Lane, MessageKind, ReplyKeyboard

LEASE = timedelta(seconds=60)
"""How long a claimed message belongs to its dispatcher; longer than any send may take."""

MAX_IN_FLIGHT = 100
"""Most messages leased at one instant, and so the most that a kill can repeat."""

FIRST_RETRY = timedelta(seconds=1)
LONGEST_RETRY = timedelta(minutes=1)

FIRST_RETRY_UNREACHABLE = timedelta(minutes=1)
LONGEST_RETRY_UNREACHABLE = timedelta(days=1)
"""A safety card for somebody who cannot be reached is tried by itself this seldom in the end."""


class OutboxStatus(StrEnum):
    """Where an outbox message stands; the last four are final and hold no text."""

    PENDING = "pending"
    LEASED = "leased"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class PictureKind(StrEnum):
    """What Telegram calls a picture: one that stands still, or one that moves."""

    PHOTO = "photo"
    ANIMATION = "animation"


@dataclass(frozen=True)
class PictureRecipe:
    """Which picture to send above a message's words; the bytes are found at the moment of sending.

    `in_words` is HTML that stands under the message when there is no such picture any more. `describe`
    is the label and data of the button that says what the picture shows; it stays with the picture.
    """

    name: str
    course_id: CourseId
    language: str
    in_words: str
    describe: tuple[str, str]
    content_version: str | None = None


@dataclass(frozen=True)
class PictureFile:
    """A picture as sent; `digest` is the SHA-256 of its bytes in hex."""

    kind: PictureKind
    file_name: str
    content: bytes
    digest: str


@dataclass(frozen=True)
class RenderedMessage:
    """One Telegram call, ready to make: HTML text and buttons, or a file recipe or picture with a caption.

    `buttons` holds rows of (label, callback data or address); an address starts with "https://".
    `fallbacks` are plain texts to send instead, one after the other, should Telegram refuse the message.
    With `is_plain` the words in `html` are plain text and sent as they stand.
    """

    html: str
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()
    edits: MessageId | None = None
    keyboard: ReplyKeyboard | None = None
    keyboard_label: str = ""
    file: FileRecipe | None = None
    picture: PictureRecipe | None = None
    fallbacks: tuple[str, ...] = ()
    is_plain: bool = False

    @property
    def plainer(self) -> RenderedMessage | None:
        """The next form to try when Telegram refuses this one: bare words, without any buttons."""
        if not self.fallbacks:
            return None
        return RenderedMessage(self.fallbacks[0], fallbacks=self.fallbacks[1:], is_plain=True)


@dataclass(frozen=True)
class NewOutboxMessage:
    """An outbox row before it is stored."""

    chat_id: ChatId
    enrollment_id: EnrollmentId | None
    kind: MessageKind
    dedupe_key: str
    message: RenderedMessage
    created_at: datetime
    expires_at: datetime | None = None
    content_version: str | None = None


@dataclass(frozen=True)
class OutboxMessage:
    """A claimed outbox row: this process alone may send it until `leased_until`."""

    id: OutboxId
    chat_id: ChatId
    enrollment_id: EnrollmentId | None
    kind: MessageKind
    lane: Lane
    dedupe_key: str
    message: RenderedMessage
    attempts: int
    leased_until: datetime
    created_at: datetime
    expires_at: datetime | None = None


@dataclass(frozen=True)
class Delivered:
    """Telegram accepted it."""

    message_id: MessageId | None


@dataclass(frozen=True)
class Throttled:
    """Telegram said 429: wait `after`, then try again; never counts as a failed attempt."""

    after: timedelta


@dataclass(frozen=True)
class Unreachable:
    """The person blocked the bot or closed the account (403)."""

    reason: str


@dataclass(frozen=True)
class Rejected:
    """Telegram will never accept this message in this form (400)."""

    reason: str


@dataclass(frozen=True)
class EditTargetGone:
    """The message to edit no longer exists or can no longer be edited: send it as a new one."""


@dataclass(frozen=True)
class NotSent:
    """It certainly did not go out, such as a refused connection."""

    reason: str


@dataclass(frozen=True)
class Uncertain:
    """It may have gone out: no answer came, or the server failed while answering."""

    reason: str


Outcome = Delivered | Throttled | Unreachable | Rejected | EditTargetGone | NotSent | Uncertain


@dataclass(frozen=True)
class Settlement:
    """What to write down for one claimed message after its outcome."""

    id: OutboxId
    status: OutboxStatus
    attempts: int
    message_id: MessageId | None = None
    retry_at: datetime | None = None
    reason: str | None = None
    as_new: bool = False
    """True when an edit goes back to the queue as a new message."""

    instead: RenderedMessage | None = None
    """What goes back to the queue in place of the message that was refused."""


def settle(message: OutboxMessage, outcome: Outcome, now: datetime) -> Settlement:
    """Decide the next state of a claimed message from what happened to it.

    Network trouble retries until the message expires, since Telegram outages end and what is owed
    stays owed; the wait doubles from `FIRST_RETRY` to `LONGEST_RETRY`. A refused message goes out in its
    next plainer form, if it has one. A safety card outlasts a person's being unreachable.
    """
    attempts = message.attempts + 1
    match outcome:
        case Delivered(message_id):
            return Settlement(message.id, OutboxStatus.SENT, attempts, message_id=message_id)
        case Throttled(after):
            return Settlement(
                message.id, OutboxStatus.PENDING, message.attempts, retry_at=now + after, reason="throttled"
            )
        case Unreachable(reason) if message.kind is MessageKind.SAFETY:
            wait = _doubled(attempts, FIRST_RETRY_UNREACHABLE, LONGEST_RETRY_UNREACHABLE)
            return Settlement(message.id, OutboxStatus.PENDING, attempts, retry_at=now + wait, reason=reason)
        case Unreachable(reason):
            return Settlement(message.id, OutboxStatus.CANCELLED, attempts, reason=reason)
        case Rejected(reason) if (plainer := message.message.plainer) is not None:
            return Settlement(
                message.id, OutboxStatus.PENDING, attempts, reason=reason, as_new=True, instead=plainer
            )
        case Rejected(reason):
            return Settlement(message.id, OutboxStatus.FAILED, attempts, reason=reason)
        case EditTargetGone():
            return Settlement(
                message.id, OutboxStatus.PENDING, attempts, reason="edit target gone", as_new=True
            )
        case Uncertain(reason) if not message.kind.repeats_when_unsure:
            return Settlement(message.id, OutboxStatus.FAILED, attempts, reason=reason)
        case Uncertain(reason) | NotSent(reason):
            return Settlement(
                message.id, OutboxStatus.PENDING, attempts, retry_at=now + retry_wait(attempts), reason=reason
            )


def retry_wait(attempts: int) -> timedelta:
    """Return how long to wait after `attempts` failed tries (1 or more)."""
    return _doubled(attempts, FIRST_RETRY, LONGEST_RETRY)


def _doubled(attempts: int, first: timedelta, longest: timedelta) -> timedelta:
    doublings: int = min(attempts - 1, 11)
    return min(first * (1 << doublings), longest)


def expired_lease_status(kind: MessageKind) -> OutboxStatus:
    """Return where a message goes whose lease ran out: it was maybe sent, nobody knows."""
    return OutboxStatus.PENDING if kind.repeats_when_unsure else OutboxStatus.FAILED
