"""What each failure means for the message."""

from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
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
from painbot.telegram.errors import outcome_of
from painbot.telegram.request import NeverSent, NeverSentInTime

EDITED = MessageId(9)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (RetryAfter(7), Throttled(timedelta(seconds=7))),
        (NetworkError("Too Many Requests: retry later"), Throttled(timedelta(seconds=1))),
        (Forbidden("Forbidden: bot was blocked by the user"), Unreachable("bot was blocked by the user")),
        (BadRequest("Chat not found"), Unreachable("Chat not found")),
        (BadRequest("Message is too long"), Rejected("Message is too long")),
        (ChatMigrated(5), Rejected("chat migrated")),
        (InvalidToken(), NotSent("token refused")),
        (NeverSent("aiohttp.ClientConnectorError"), NotSent("no connection")),
        (NeverSentInTime(), NotSent("no connection")),
        (TimedOut(), Uncertain("no answer in time")),
        (NetworkError("Bad Gateway (502)"), Uncertain("Bad Gateway (502)")),
        (NetworkError("aiohttp.ServerDisconnectedError"), Uncertain("aiohttp.ServerDisconnectedError")),
        (NetworkError("Request Entity Too Large (413)"), Rejected("too large")),
        (Conflict("terminated"), Uncertain("terminated")),
        (TelegramError("Invalid server response"), Uncertain("Invalid server response")),
        (KeyError("result"), Uncertain("KeyError")),
    ],
    ids=str,
)
def test_error_becomes_its_outcome(error: Exception, outcome: Outcome) -> None:
    assert outcome_of(error, None) == outcome


def test_edit_that_changes_nothing_has_arrived() -> None:
    error = BadRequest("Message is not modified: specified new message content ... are exactly the same")
    assert outcome_of(error, EDITED) == Delivered(EDITED)


@pytest.mark.parametrize("words", ["Message to edit not found", "Message can't be edited"])
def test_edit_whose_target_is_gone_is_told_apart(words: str) -> None:
    assert outcome_of(BadRequest(words), EDITED) == EditTargetGone()


def test_reason_holds_no_word_of_the_message() -> None:
    error = BadRequest('Can\'t parse entities: unsupported start tag "my pain" at byte offset 3')
    assert outcome_of(error, None) == Rejected("Can't parse entities")
