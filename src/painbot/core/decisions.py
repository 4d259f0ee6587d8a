"""What a decision is made from and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from painbot.core.advice import SafetyAdvice
from painbot.core.course import Course
from painbot.core.enrollment import Answer, Delivery, Dialogue, Enrollment, Learner
from painbot.core.gates import held
from painbot.core.ids import ItemId
from painbot.core.outgoing import Outgoing
from painbot.core.pacing import local_date
from painbot.core.reader import Reader

UTC_ZONE = ZoneInfo("UTC")


@dataclass(frozen=True)
class LearnerFile:
    """Everything kept about one learner that a decision may need, as it is in the database.

    `answers` are keyed by slot: all quiz answers and measures, and the check-ins of recent days.
    """

    learner: Learner
    enrollment: Enrollment
    dialogue: Dialogue = field(default_factory=Dialogue)
    deliveries: Mapping[ItemId, Delivery] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """The learner's time zone, UTC until they told theirs."""
        return ZoneInfo(self.learner.zone) if self.learner.zone else UTC_ZONE

    def today(self, now: datetime) -> date:
        """Return the learner's local date at `now`."""
        return local_date(now, self.zone)


@dataclass(frozen=True)
class Surroundings:
    """What is the same for every learner at this instant: the course, the time, who runs the bot."""

    course: Course
    now: datetime
    operator_name: str
    contact: str
    consent_version: str
    read: Reader
    words: Callable[[str], str]
    """Interface words by their key: what a button says is what somebody may type instead."""

    safety: SafetyAdvice

    def fitted(self, file: LearnerFile) -> Surroundings:
        """Return the surroundings with the course as this learner's gates have it."""
        return replace(self, course=self.course.fitted(held(file.answers)))


@dataclass(frozen=True)
class Decision:
    """The new state of a learner's file and what to send.

    `file` is the whole new file; storage writes what differs from the one loaded. `cancel_pending`
    drops unsent pushes in the same transaction. `erase` removes the learner after the goodbye.
    """

    file: LearnerFile
    outgoing: tuple[Outgoing, ...] = ()
    cancel_pending: bool = False
    erase: bool = False
    toast: str | None = None
    """A message key for the small notice over a pressed button; a courtesy that may be lost."""
