"""Answers fit a phone: quiz options at most 100 characters, buttons of a question at most 30.

Passes::

    question:
      id: ring
      ask: Did that ring true?
      choices: [{ id: "yes", text: "Yes" }, { id: "no", text: Not really }]

Fails::

    question:
      id: ring
      ask: Did that ring true?
      choices: [{ id: "yes", text: "Yes, it did, more than I thought" }, { id: "no", text: "No" }]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from painbot.content.bundle import CourseSource
from painbot.content.diagnostics import Diagnostic, FieldPath
from painbot.content.lint.frame import Rule

MAX_OPTION: Final = 100
MAX_CHOICE: Final = 30
MAX_END: Final = 30


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield options, choices and worded ends of scales that are too long."""
    for item in source.items():
        for path, text in item.texts():
            limit, length = _limit(path), len(text.strip())
            if limit is not None and length > limit:
                message = f"has {length} characters, at most {limit} fit a button"
                yield item.document.problem(path, message, f"cut {length - limit}", RULE.id)


def _limit(path: FieldPath) -> int | None:
    if path[:2] == ("quiz", "options") and path[-1] == "text":
        return MAX_OPTION
    if path[:2] == ("question", "choices") and path[-1] == "text":
        return MAX_CHOICE
    return MAX_END if path in (("question", "low"), ("question", "high")) else None


RULE = Rule("button-length", check)
