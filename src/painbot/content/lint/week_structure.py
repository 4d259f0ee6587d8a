"""Weeks have one rhythm: each has lessons and practice days in the same order as the first.

The first week begins with a lesson and never has two practice days in a row: there is an idea to try
out first. Learners on the slow pace get the same items in the same order, so it holds for them too.

Passes, with a lesson `pne-01` and a practice day `practice-01`::

    # course.yaml
    weeks:
      - theme: { en: First week }
        items: [pne-01, practice-01, check-01]

Fails::

    # course.yaml
    weeks:
      - theme: { en: First week }
        items: [practice-01, pne-01, check-01]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from painbot.content.bundle import CourseSource, ItemSource
from painbot.content.diagnostics import Diagnostic
from painbot.content.lint.frame import Rule


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield the first item of each week that breaks the rhythm."""
    if source.course_model is None:
        return
    for items in source.languages.values():
        weeks = [_kinds(week.items, items) for week in source.course_model.weeks]
        for position, kind in enumerate(weeks[0]):
            before = weeks[0][position - 1] if position else "practice"
            if kind == before == "practice":
                message = "a practice day stands before there is a new idea to practise"
                path = ("weeks", 0, "items", position)
                yield source.course.problem(path, message, "put a lesson before it", RULE.id)
        for number, kinds in enumerate(weeks[1:], start=1):
            if None in kinds or None in weeks[0] or kinds == weeks[0]:
                continue
            pairs = zip(kinds, weeks[0], strict=False)
            same = next((place for place, (kind, first) in enumerate(pairs) if kind != first), None)
            position = min(len(kinds), len(weeks[0])) - 1 if same is None else same
            message = f"week {number + 1} does not keep the rhythm of week 1: {', '.join(map(str, weeks[0]))}"
            path = ("weeks", number, "items", position)
            yield source.course.problem(path, message, "put the items in that order", RULE.id)
        return  # kinds are the same in every language: same-ids sees to it


def _kinds(ids: list[str], items: Mapping[str, ItemSource]) -> list[object]:
    """Return the kind of each item of a week; None for one that is missing or says none."""
    return [items[item_id].document.get(("kind",)) if item_id in items else None for item_id in ids]


RULE = Rule("week-structure", check)
