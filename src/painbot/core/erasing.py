"""The question before everything is erased: a yes counts soon after it was asked, and to nothing older.

Its button stays in the chat for good. So the asking time is kept beside the conversation, and whatever
else is done takes the question back.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from painbot.core.decisions import LearnerFile
from painbot.core.outgoing import Action
from painbot.core.replies import at_state

VERB: Final = "lv"
CONFIRM: Final = Action(VERB, ("erase",))

COUNTS_FOR: Final = timedelta(minutes=10)
_ASKED: Final = "erase_asked_at"


def asked(file: LearnerFile, now: datetime) -> LearnerFile:
    """Return the file with the question asked now; the conversation stays where it is."""
    return at_state(file, file.dialogue.state, **{**file.dialogue.data, _ASKED: now.isoformat()})


def counts(file: LearnerFile, now: datetime) -> bool:
    """Say whether a yes is an answer to a question asked just before."""
    asked_at = file.dialogue.data.get(_ASKED)
    return asked_at is not None and timedelta() <= now - datetime.fromisoformat(asked_at) <= COUNTS_FOR


def unasked(file: LearnerFile) -> LearnerFile:
    """Return the file without the question, as after anything else that was done."""
    if _ASKED not in file.dialogue.data:
        return file
    data = {key: kept for key, kept in file.dialogue.data.items() if key != _ASKED}
    return at_state(file, file.dialogue.state, **data)
