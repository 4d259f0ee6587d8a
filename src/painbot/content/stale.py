"""Claims that are due for another look: reviewed or compiled too long ago, or never seen by a clinician."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from painbot.content.bundle import CourseSource
from painbot.content.lint.forms import names_in, roots
from painbot.content.schema.evidence import Claim


@dataclass(frozen=True)
class ClaimAge:
    """A claim, when it was last looked at, and the files that rest on it."""

    claim: Claim
    looked_at: str
    """The month or day as written: of the review, else of the compiling."""

    used_in: tuple[str, ...]

    @property
    def is_reviewed(self) -> bool:
        """Return whether a clinician has looked at it."""
        return self.claim.reviewed_on is not None


@dataclass(frozen=True)
class StaleReport:
    """The claims of a course that are due: the old ones, oldest first, and those never reviewed.

    A claim may stand in both.
    """

    old: tuple[ClaimAge, ...]
    never_reviewed: tuple[ClaimAge, ...]
    total: int


def stale_report(source: CourseSource, years: int, today: date) -> StaleReport:
    """Return which claims were last looked at more than `years` ago, and which no clinician has seen."""
    used = _used_in(source)
    ages = [
        ClaimAge(claim, claim.reviewed_on or claim.compiled, tuple(sorted(used.get(claim.id, ()))))
        for claim in source.claims
    ]
    limit = _years_before(today, years)
    old = sorted((age for age in ages if _last_day(age.looked_at) < limit), key=lambda age: age.looked_at)
    return StaleReport(tuple(old), tuple(age for age in ages if not age.is_reviewed), len(ages))


def _last_day(written: str) -> date:
    """Return a day as written, or the last day of a month, so that nothing is called old too early."""
    year, month, *day = map(int, written.split("-"))
    with suppress(ValueError):  # a day that the month does not have
        if day:
            return date(year, month, day[0])
    return date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year - years, day=28)


def _used_in(source: CourseSource) -> dict[str, set[str]]:
    used: dict[str, set[str]] = {}
    for file in source.files():
        for root in roots(file.document):
            for claim_id in _names(names_in(file.document, (*root, "evidence"))):
                used.setdefault(claim_id, set()).add(file.name)
    return used


def _names(pairs: Iterable[tuple[object, str]]) -> Iterable[str]:
    return (name for _, name in pairs)
