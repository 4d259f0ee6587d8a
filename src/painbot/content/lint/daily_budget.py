"""No day holds more than the two pushes of a day: one item and the check-in.

So a week has at most seven items, a day each, no two boosters come in the same week, and none before the
weeks of the course are over.

Passes::

    # course.yaml
    weeks:
      - theme: { en: First week }
        items: [pne-01, practice-01, check-01]

Fails (eight items in seven days)::

    # course.yaml
    weeks:
      - theme: { en: First week }
        items: [pne-01, practice-01, pne-02, practice-02, pne-03, practice-03, pne-04, check-01]

Fails::

    # course.yaml
    boosters: [{ week: 10, item: booster-10 }, { week: 10, item: booster-14 }]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from painbot.content.bundle import CourseSource
from painbot.content.diagnostics import Diagnostic, FieldPath
from painbot.content.lint.frame import Rule

DAYS: Final = 7


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield weeks with more items than days, and boosters in weeks that are taken."""
    if source.course_model is None:
        return
    for number, week in enumerate(source.course_model.weeks):
        if len(week.items) > DAYS:
            message = f"has {len(week.items)} items, a week has {DAYS} days with one item each"
            path: FieldPath = ("weeks", number, "items", DAYS)
            yield source.course.problem(path, message, "move it to another week", RULE.id)
    taken = len(source.course_model.weeks)
    for number, booster in enumerate(source.course_model.boosters):
        if booster.week <= taken:
            before = "the course itself" if number == 0 else "another booster"
            message = f"week {booster.week} is not free: {before} lasts to week {taken}"
            path = ("boosters", number, "week")
            yield source.course.problem(path, message, f"choose week {taken + 1} or later", RULE.id)
        taken = max(taken, booster.week)


RULE = Rule("daily-budget", check)
