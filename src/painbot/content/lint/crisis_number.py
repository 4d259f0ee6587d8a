"""Lessons hold no telephone number: help lines differ by country and are kept in one checked place.

Passes::

    idea: For danger signs, send /urgent at any time.

Fails::

    idea: For danger signs, call 999.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from painbot.content.bundle import CourseSource
from painbot.content.diagnostics import Diagnostic
from painbot.content.lint.frame import Rule

_NUMBER: Final = re.compile(
    r"(?<![\w.,])(?P<long>\+?\(?\d[\d ().-]{5,}\d)(?!\w)"
    r"|\b(?:call|phone|ring|dial|text|message)\s+(?:to\s+|on\s+)?\d{2,}\b"
    r"|(?<![\w.,])(?:112|911|999|988|000|111|116 ?123)(?![\w%]|[.,]\d)",
    re.IGNORECASE,
)
_YEARS: Final = re.compile(r"(?:19|20)\d\d\s?-\s?(?:19|20)\d\d")
_MIN_DIGITS: Final = 7


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield whatever looks like a telephone number in what learners read."""
    for file in source.files():
        for path, text in file.texts():
            for match in _NUMBER.finditer(text):
                found = match.group()
                if match["long"] and not _is_long_number(found):
                    continue
                spot = file.document.spot_in(path, match.start(), found)
                message = f"`{found.strip()}` looks like a telephone number"
                yield file.document.problem(path, message, "point to /urgent instead", RULE.id, spot=spot)


def _is_long_number(found: str) -> bool:
    """False for years and for a few digits spread over punctuation, such as `10 - 12`."""
    return sum(map(str.isdigit, found)) >= _MIN_DIGITS and not _YEARS.fullmatch(found)


RULE = Rule("crisis-number", check)
