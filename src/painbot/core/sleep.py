"""The sleep log read as nights, and the sleep number: the share of a week's time in bed spent asleep.

A night belongs to the morning on which it was logged. Naps are not asked about and do not count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from painbot.core.asked import clock_of
from painbot.core.enrollment import Answer
from painbot.core.pacing import DAYS_A_WEEK, instant

TO_BED: Final = "to-bed"
ASLEEP: Final = "asleep"
UP: Final = "up"

ENOUGH_NIGHTS: Final = 5
"""How many of seven nights must be logged for a number; fewer can mislead."""

LONGEST_IN_BED: Final = timedelta(hours=16)
"""A longer time in bed is a slip of the clock and is left out."""


@dataclass(frozen=True)
class Night:
    """A night by the morning it ended on; minutes on the clock that runs, also over a clock change."""

    on: date
    to_bed: time
    up: time
    asleep: int
    in_bed: int

    @property
    def is_possible(self) -> bool:
        """False where nobody can have slept so: longer asleep than in bed, or far too long in bed."""
        return 0 < self.in_bed <= LONGEST_IN_BED / timedelta(minutes=1) and self.asleep <= self.in_bed


@dataclass(frozen=True)
class SleepNumber:
    """A week's minutes asleep and in bed."""

    asleep: int
    in_bed: int
    nights: int

    @property
    def percent(self) -> int:
        """The share of the time in bed spent asleep, in whole percent, rounded down."""
        return self.asleep * 100 // self.in_bed


def minutes_in_bed(on: date, to_bed: time, up: time, zone: ZoneInfo) -> int:
    """Return the minutes between going to bed and getting up on the morning `on`.

    A bedtime later on the clock than the rise time was on the evening before.
    """
    went_on = on - timedelta(days=1) if to_bed >= up else on
    return int((instant(on, up, zone) - instant(went_on, to_bed, zone)) / timedelta(minutes=1))


def night_of(answers: Mapping[str, Answer], on: date, zone: ZoneInfo) -> Night | None:
    """Return the night logged on a morning, possible or not; nothing where a part of it is missing."""

    def value(question: str) -> str:
        stored = answers.get(f"checkin:{on.isoformat()}/{question}")
        return stored.value if stored else ""

    to_bed, up, asleep = clock_of(value(TO_BED)), clock_of(value(UP)), value(ASLEEP)
    if to_bed is None or up is None or not (asleep.isascii() and asleep.isdecimal()):
        return None
    return Night(on, to_bed, up, int(asleep), minutes_in_bed(on, to_bed, up, zone))


def week_of_nights(answers: Mapping[str, Answer], today: date, zone: ZoneInfo) -> tuple[Night, ...]:
    """Return the possible nights logged on the seven mornings up to today, oldest first."""
    mornings = (today - timedelta(days=back) for back in range(DAYS_A_WEEK - 1, -1, -1))
    nights = (night_of(answers, on, zone) for on in mornings)
    return tuple(night for night in nights if night is not None and night.is_possible)


def sleep_number(nights: tuple[Night, ...]) -> SleepNumber | None:
    """Return the number of a week, or nothing where fewer than five nights were logged."""
    if len(nights) < ENOUGH_NIGHTS:
        return None
    return SleepNumber(
        sum(night.asleep for night in nights), sum(night.in_bed for night in nights), len(nights)
    )
