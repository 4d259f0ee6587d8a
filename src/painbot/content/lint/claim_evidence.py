"""A lesson names at least one claim it rests on.

Passes::

    evidence: [course-scope]

Fails::

    evidence: []
"""

from __future__ import annotations

from collections.abc import Iterator

from painbot.content.bundle import CourseSource
from painbot.content.diagnostics import Diagnostic
from painbot.content.lint.frame import Rule


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield lessons without evidence."""
    for item in source.items():
        if item.document.get(("kind",)) == "lesson" and not item.document.get(("evidence",)):
            spot = item.document.key_spot(("evidence",))
            message, remedy = "a lesson rests on at least one claim", "add ids of evidence.yaml"
            yield item.document.problem(("evidence",), message, remedy, RULE.id, spot=spot)


RULE = Rule("claim-evidence", check)
