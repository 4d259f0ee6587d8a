"""A week has one check day, and it comes last: the Nth check day closes the learner's Nth week.

Boosters are listed under `boosters` and never in a week, and nothing else is.

Passes::

    # course.yaml
    format: 1
    id: chronic-pain
    version: "1"
    title: { en: A course }
    weeks:
      - theme: { en: First week }
        items: [pne-01, check-01]

Fails::

    # course.yaml
    format: 1
    id: chronic-pain
    version: "1"
    title: { en: A course }
    weeks:
      - theme: { en: First week }
        items: [check-01, pne-01]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from painbot.content.bundle import CourseSource
from painbot.content.diagnostics import Diagnostic
from painbot.content.lint.frame import Rule


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield weeks without a check day, and check days before the end of their week."""
    if source.course_model is None:
        return
    for items in source.languages.values():
        kinds = {name: item.document.get(("kind",)) for name, item in items.items()}
        checks = {name for name, kind in kinds.items() if kind == "check"}
        yield from _boosters(source, kinds)
        for number, week in enumerate(source.course_model.weeks):
            path = ("weeks", number, "items")
            for position, item_id in enumerate(week.items[:-1]):
                if item_id in checks:
                    message = f"the check day `{item_id}` is not the last of its week"
                    yield source.course.problem((*path, position), message, "move it to the end", RULE.id)
            last = week.items[-1]
            if last in items and last not in checks:
                message = f"the week ends with `{last}`, which is no check day"
                below = (*path, len(week.items) - 1)
                yield source.course.problem(below, message, "end the week with a check day", RULE.id)
        return  # kinds are the same in every language: same-ids sees to it


def _boosters(source: CourseSource, kinds: Mapping[str, object]) -> Iterator[Diagnostic]:
    for path, item_id in source.listed():
        is_booster, wants_booster = kinds.get(item_id) == "booster", path[0] == "boosters"
        if item_id not in kinds or is_booster == wants_booster:
            continue
        if wants_booster:
            message, remedy = f"`{item_id}` is no booster", "list it in a week, or write `kind: booster`"
        else:
            message, remedy = f"`{item_id}` is a booster", "list it under `boosters`"
        yield source.course.problem(path, message, remedy, RULE.id)


RULE = Rule("week-check", check, stops_start=True)
