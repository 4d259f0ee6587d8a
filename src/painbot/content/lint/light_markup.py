"""Texts use the light markup only, its markers pair up; titles, buttons, quizzes and questions have none.

Passes::

    idea: All pain is **real**, and _all_ pain involves body and brain.

Fails::

    idea: All pain is **real, and all pain involves body and brain.
"""

from __future__ import annotations

from collections.abc import Iterator

from painbot.content import markup
from painbot.content.bundle import CourseSource
from painbot.content.diagnostics import Diagnostic, FieldPath
from painbot.content.lint.forms import own_path
from painbot.content.lint.frame import Rule


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield unbalanced and foreign markup, and markers where nothing renders them."""
    for file in source.files():
        for path, text in file.texts():
            for found in markup.problems(text):
                spot = file.document.spot_in(path, found.offset, found.fragment)
                yield file.document.problem(path, found.message, found.remedy, RULE.id, spot=spot)
            marker = markup.has_markers(text) if _is_plain(own_path(path)) else None
            if marker:
                spot = file.document.spot_in(path, marker.start(), marker.group())
                message, remedy = "is shown as it is, without bold or italic", f"remove `{marker.group()}`"
                yield file.document.problem(path, message, remedy, RULE.id, spot=spot)


def _is_plain(path: FieldPath) -> bool:
    return path[0] in ("quiz", "question") or path[-1] in ("title", "low", "high", "skip", "summary", "alt")


RULE = Rule("markup", check)
