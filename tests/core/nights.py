"""Files of learners with nights logged and gates answered, to decide about the sleep window."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from painbot.core.decisions import LearnerFile, Surroundings
from painbot.core.enrollment import Answer, Enrollment, EnrollmentStatus, Learner
from painbot.core.ids import ChatId, CourseId, EnrollmentId, LearnerId
from painbot.core.sleep_window import Kind, Window, with_record
from tests.core.people import surroundings

NOW = datetime(2026, 4, 15, 10, 0, tzinfo=UTC)
TODAY = date(2026, 4, 15)

CLEAR_GATES = {
    "gate/gate-crash": "no",
    "gate/gate-fall": "no",
    "gate/gate-exercise": "no",
    "gate/gate-eating": "no",
    "gate/gate-sleep": "none",
    "gate/gate-medicines": "none",
    "onboarding/clinician": "yes",
}


def around(now: datetime = NOW) -> Surroundings:
    return surroundings(now)


def with_answer(
    file: LearnerFile, slot: str, value: str, on: date = TODAY, at: datetime | None = None
) -> LearnerFile:
    when = at or datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    stored = Answer(slot, slot.rpartition("/")[2], value, on=on, at=when)
    return replace(file, answers={**file.answers, slot: stored})


def someone(zone: str = "Europe/London", **gates: str) -> LearnerFile:
    """Return a learner with every gate clear, but for those given."""
    file = LearnerFile(
        Learner(LearnerId(1), ChatId(7), NOW, zone=zone, country="GB"),
        Enrollment(
            EnrollmentId(1),
            LearnerId(1),
            CourseId("made-up"),
            EnrollmentStatus.ACTIVE,
            NOW,
            started_on=TODAY - timedelta(days=30),
        ),
    )
    for slot, value in {
        **CLEAR_GATES,
        **{f"gate/{k.replace('_', '-')}": v for k, v in gates.items()},
    }.items():
        file = with_answer(file, slot, value, TODAY - timedelta(days=28))
    return file


def with_night(file: LearnerFile, on: date, to_bed: str, asleep: int, up: str) -> LearnerFile:
    for question, value in (("to-bed", to_bed), ("asleep", str(asleep)), ("up", up)):
        file = with_answer(file, f"checkin:{on.isoformat()}/{question}", value, on)
    return file


def with_week(
    file: LearnerFile, to_bed: str = "22:00", asleep: int = 420, up: str = "08:00", nights: int = 7
) -> LearnerFile:
    """Return the file with this many nights logged up to today, all alike."""
    for back in range(nights):
        file = with_night(file, TODAY - timedelta(days=back), to_bed, asleep, up)
    return file


def with_window(file: LearnerFile, window: Window, days_ago: int = 7, kind: Kind = Kind.CUT) -> LearnerFile:
    """Return the file with a window that was changed some days ago."""
    return with_record(file, kind, window, around(NOW - timedelta(days=days_ago)))
