"""Texts use the light markup only, its markers pair up, and titles and buttons have none.

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
from painbot.content.lint.frame import Rule


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield unbalanced and foreign markup, and markers where nothing renders them."""
    for item in source.items():
        for path, text in item.texts():
            for found in markup.problems(text):
                spot = item.document.spot_in(path, found.offset, found.fragment)
                yield item.document.problem(path, found.message, found.remedy, RULE.id, spot=spot)
            marker = markup.has_markers(text) if _is_plain(path) else None
            if marker:
                spot = item.document.spot_in(path, marker.start(), marker.group())
                message, remedy = "is shown as it is, without bold or italic", f"remove `{marker.group()}`"
                yield item.document.problem(path, message, remedy, RULE.id, spot=spot)


def _is_plain(path: FieldPath) -> bool:
    is_button = path[:2] in (("quiz", "options"), ("question", "choices")) and path[-1] == "text"
    return is_button or path[-1] in ("title", "low", "high")


RULE = Rule("markup", check)
