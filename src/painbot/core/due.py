"""One thing a learner is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from painbot.core.course import Item


class DueKind(StrEnum):
    """What a due time owes a learner."""

    WELLBEING = "wellbeing"
    """The plain "how are you" after a safety rest."""

    RESUME = "resume"
    """The end of a pause."""

    CHECKIN = "checkin"
    CHECK = "check"
    """A check day's card."""

    LESSON = "lesson"
    PRACTICE = "practice"


@dataclass(frozen=True)
class Due:
    """One thing owed: when it was wanted, and the first instant at which it may go out."""

    kind: DueKind
    wanted_at: datetime
    goes_at: datetime
    item: Item | None = None
    on: date | None = None
