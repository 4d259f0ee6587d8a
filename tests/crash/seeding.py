"""Learners already in the course, written with painbot's own storage, each owed one push at a known time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from painbot.content.loader import load_course, shipped_lessons
from painbot.core.course import Course
from painbot.core.enrollment import Delivery, Enrollment, EnrollmentStatus
from painbot.core.ids import ChatId, ItemId
from painbot.core.planning import replanned
from painbot.settings import CONSENT_VERSION
from painbot.storage.engine import create_engine
from painbot.storage.unit_of_work import SqlStorage

START = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
"""The bot's time when a campaign begins; the learners live in UTC."""

TODAY = START.date()
FIRST_LESSON = ItemId("pne-01")
EVENING = time(20, 45)
"""Later than any campaign: what is due then never comes up."""


@dataclass(frozen=True)
class Place:
    """One learner to write: what they are owed, and how long after `START`."""

    chat_id: int
    push: str | None
    """`checkin`, `lesson`, or nothing."""

    after: timedelta = timedelta()


def shipped_course() -> Course:
    """Return the course that comes with painbot."""
    return load_course(shipped_lessons() / "chronic-pain", "en")


async def seed(url: str, places: Sequence[Place]) -> dict[int, int]:
    """Enroll these learners; return the enrollment of each chat."""
    course = shipped_course()
    storage = SqlStorage(create_engine(url))
    enrollments: dict[int, int] = {}
    try:
        async with storage.begin() as uow:
            for place in places:
                file = await uow.learners.enroll(ChatId(place.chat_id), course.id, START)
                learner = replace(
                    file.learner,
                    zone="UTC",
                    country="GB",
                    consent_version=CONSENT_VERSION,
                    consented_at=START,
                )
                seeded = replace(
                    file,
                    learner=learner,
                    enrollment=_enrollment(file.enrollment, place),
                    deliveries=_read_before(course) if place.push == "checkin" else {},
                )
                await uow.learners.save(file, replanned(seeded, course, START))
                enrollments[place.chat_id] = file.enrollment.id
    finally:
        await storage.close()
    return enrollments


def _read_before(course: Course) -> dict[ItemId, Delivery]:
    """Return the first lesson as handed out and read yesterday, so that a check-in is what comes next."""
    yesterday = START - timedelta(days=1)
    read = Delivery(FIRST_LESSON, yesterday, yesterday.date(), opened_at=yesterday, finished_at=yesterday)
    assert course.items[0].id == FIRST_LESSON
    return {FIRST_LESSON: read}


def _enrollment(fresh: Enrollment, place: Place) -> Enrollment:
    active = replace(fresh, status=EnrollmentStatus.ACTIVE, lesson_time=EVENING, checkin_time=EVENING)
    at = (START + place.after).time()
    match place.push:
        case "lesson":
            return replace(active, started_on=TODAY, lesson_time=at)
        case "checkin":
            return replace(active, started_on=TODAY - timedelta(days=1), checkin_time=at)
        case _:
            return active
