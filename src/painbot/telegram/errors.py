"""What a failed Telegram call means for the message."""

from __future__ import annotations

import re
from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from painbot.core.delivery import (
    Delivered,
    EditTargetGone,
    NotSent,
    Outcome,
    Rejected,
    Throttled,
    Uncertain,
    Unreachable,
)
from painbot.core.ids import MessageId
from painbot.telegram.request import NeverSent, NeverSentInTime

UNNAMED_WAIT = timedelta(seconds=1)
"""How long to wait when Telegram says "too many requests" and not for how long."""

UNCHANGED = "message is not modified"
TARGET_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
NO_TEXT = "there is no text in the message to edit"
NO_CAPTION = "there is no caption in the message to edit"
CAPTION_TOO_LONG = ("caption is too long", "media_caption_too_long")
FILE_ID_REFUSED = (
    "wrong file identifier",
    "wrong remote file",
    "invalid remote file",
    "wrong file_id",
    "invalid file_id",
    "file_id_invalid",
    "file_reference_",
    "can't use file of type",
    "type of file mismatch",
)
NO_SUCH_CHAT = ("chat not found", "peer_id_invalid", "user not found")


def outcome_of(error: Exception, edits: MessageId | None) -> Outcome:
    """Return the outcome of a call that failed; `edits` is the message it was to change, if any.

    Reasons are fixed words or the head of Telegram's own: what follows may quote the message.
    """
    # BadRequest and TimedOut are NetworkErrors too, and only they say whether a retry makes sense.
    match error:
        case RetryAfter():
            return Throttled(_as_timedelta(error.retry_after))
        case Forbidden():
            return Unreachable(head_of(error.message))
        case BadRequest():
            return _refused(error.message, edits)
        case ChatMigrated():
            return Rejected("chat migrated")
        case InvalidToken():
            # The operator can mend this, and the message is still owed.
            return NotSent("token refused")
        case NeverSent() | NeverSentInTime():
            return NotSent("no connection")
        case TimedOut():
            return Uncertain("no answer in time")
        case NetworkError() if "too many requests" in error.message.lower():
            return Throttled(UNNAMED_WAIT)
        case NetworkError() if "entity too large" in error.message.lower():
            return Rejected("too large")
        case TelegramError():
            return Uncertain(head_of(error.message))
        case _:
            return Uncertain(type(error).__name__)


def file_id_refused(error: BadRequest) -> bool:
    """Say whether a call failed for the file id alone, so that uploading the file may help."""
    words = error.message.lower()
    return any(phrase in words for phrase in FILE_ID_REFUSED)


def head_of(message: str) -> str:
    """Return the fixed head of a description, up to anything it quotes."""
    return re.split(r"[:;\"<]| '", message.removeprefix("Forbidden: "), maxsplit=1)[0].strip()[:60]


def _refused(message: str, edits: MessageId | None) -> Outcome:
    words = message.lower()
    if UNCHANGED in words:
        return Delivered(edits)
    if edits is not None and any(phrase in words for phrase in TARGET_GONE):
        return EditTargetGone()
    if any(phrase in words for phrase in NO_SUCH_CHAT):
        return Unreachable(head_of(message))
    return Rejected(head_of(message))


def _as_timedelta(retry_after: int | timedelta) -> timedelta:
    return retry_after if isinstance(retry_after, timedelta) else timedelta(seconds=retry_after)
