"""Answers fit a phone: quiz options at most 100 characters, buttons at most 30.

A title stands on a button too: at most 60 characters, the title of a question card at most 80, of a
toolkit card 30. The line of a toolkit card in the list has at most 60.

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

from painbot.content.bundle import CourseSource, ItemSource, ShelfSource
from painbot.content.diagnostics import Diagnostic, FieldPath
from painbot.content.lint.forms import own_path
from painbot.content.lint.frame import Rule

MAX_OPTION: Final = 100
MAX_BUTTON: Final = 30
MAX_TITLE: Final = 60
MAX_QUESTION_TITLE: Final = 80
MAX_SUMMARY: Final = 60


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield options, choices, worded ends of scales and titles that are too long."""
    for file in source.files():
        for path, text in file.texts():
            limit, length = _limit(file, own_path(path)), len(text.strip())
            if limit is not None and length > limit:
                message = f"has {length} characters, at most {limit} fit a button"
                yield file.document.problem(path, message, f"cut {length - limit}", RULE.id)


def _limit(file: ItemSource | ShelfSource, path: FieldPath) -> int | None:
    if path == ("title",):
        folder = file.folder if isinstance(file, ShelfSource) else ""
        return {"questions": MAX_QUESTION_TITLE, "toolkit": MAX_BUTTON}.get(folder, MAX_TITLE)
    if path == ("summary",):
        return MAX_SUMMARY
    if path[:2] == ("quiz", "options") and path[-1] == "text":
        return MAX_OPTION
    if path[:2] == ("question", "choices") and path[-1] == "text":
        return MAX_BUTTON
    ends = (("question", "low"), ("question", "high"), ("optional", "skip"))
    return MAX_BUTTON if path in ends else None


RULE = Rule("button-length", check)
