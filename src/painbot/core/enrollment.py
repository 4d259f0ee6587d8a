"""A learner's enrollment and its life: onboarding, active, paused, unreachable, completed, left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from painbot.core.budget import Pushes
from painbot.core.ids import ChatId, CourseId, EnrollmentId, ItemId, LearnerId
from painbot.core.pacing import Pace
from painbot.core.quiet_hours import QuietHours

DEFAULT_LESSON_TIME = time(11, 0)
DEFAULT_CHECKIN_TIME = time(9, 0)
DEFAULT_QUIET_HOURS = QuietHours(time(21, 0), time(8, 0))


class EnrollmentStatus(StrEnum):
    """Where an enrollment stands. Only an active one is owed lessons and check-ins."""

    ONBOARDING = "onboarding"
    ACTIVE = "active"
    PAUSED = "paused"
    UNREACHABLE = "unreachable"
    COMPLETED = "completed"
    LEFT = "left"


@dataclass(frozen=True)
class Rest:
    """A rest after a danger sign: nothing is pushed before `until`.

    `waits_for` is what ends it after that: "seen" (a clinician has looked), "wish" (the person
    wants to go on) or nothing. A silent rest (abuse) is never broken by a message of the bot's own.
    """

    level: str
    group: str
    since: datetime
    until: datetime | None
    waits_for: str | None = None
    silent: bool = False
    asked: bool = False
    """True once the plain "how are you" went out."""


@dataclass(frozen=True)
class Learner:
    """A person, known by one private chat."""

    id: LearnerId
    chat_id: ChatId
    created_at: datetime
    country: str | None = None
    zone: str | None = None
    consent_version: str | None = None
    consented_at: datetime | None = None


@dataclass(frozen=True)
class Enrollment:
    """One learner in one course. Wall times are in the learner's zone, instants in UTC."""

    id: EnrollmentId
    learner_id: LearnerId
    course_id: CourseId
    status: EnrollmentStatus
    created_at: datetime
    pace: Pace = Pace.STEADY
    lesson_time: time = DEFAULT_LESSON_TIME
    checkin_time: time = DEFAULT_CHECKIN_TIME
    quiet: QuietHours = DEFAULT_QUIET_HOURS
    started_on: date | None = None
    goal: str | None = None
    paused_until: datetime | None = None
    status_before: EnrollmentStatus | None = None
    """What an unreachable enrollment goes back to."""

    rest: Rest | None = None
    pushes: Pushes = field(default_factory=Pushes)
    early_on: date | None = None
    """The local date on which /next last brought an item early."""

    checkin_on: date | None = None
    """The last local date whose check-in was sent or opened, or passed over for something else."""

    resumes_on: date | None = None
    """No item is due before this local date; set when a pause or a rest ends."""

    due_at: datetime | None = None
    due_why: str | None = None


@dataclass(frozen=True)
class Delivery:
    """A course item handed out to a learner and what became of it. `card` counts from 0."""

    item_id: ItemId
    handed_out_at: datetime
    handed_out_on: date
    opened_at: datetime | None = None
    finished_at: datetime | None = None
    card: int = 0


@dataclass(frozen=True)
class Answer:
    """One answer in its slot; answering the slot again replaces the value.

    `slot` names form and question (`checkin:2026-11-22/pain`); `value` is text as chosen or typed.
    """

    slot: str
    question: str
    value: str
    on: date
    at: datetime


@dataclass(frozen=True)
class Dialogue:
    """Where we are in a conversation: a state's name and its few words of data."""

    state: str = "idle"
    data: Mapping[str, str] = field(default_factory=dict)
