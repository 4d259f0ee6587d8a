"""A quiz has two to four options, and exactly one of them is right.

Passes::

    quiz:
      ask: What does a loud alarm tell you?
      options:
        - { id: a, text: There is a big fire, reply: Loud is not the same as large. }
        - { id: b, text: It is time to check, reply: Yes. Then decide., correct: true }

Fails (none is right)::

    quiz:
      ask: What does a loud alarm tell you?
      options:
        - { id: a, text: There is a big fire, reply: Loud is not the same as large. }
        - { id: b, text: It is time to check, reply: Yes. Then decide. }
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from painbot.content.bundle import CourseSource, ItemSource
from painbot.content.diagnostics import Diagnostic
from painbot.content.lint.forms import Form, forms
from painbot.content.lint.frame import Rule

MIN_OPTIONS: Final = 2
MAX_OPTIONS: Final = 4


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield quizzes with too few or too many options, or with none or several right ones."""
    for item in source.items():
        for form in forms(item):
            yield from _quiz(item, form)


def _quiz(item: ItemSource, form: Form) -> Iterator[Diagnostic]:
    if form.quiz is None:
        return
    path = (*form.path, "quiz", "options")
    spot = item.document.key_spot(path)
    options = form.quiz.options
    if len(options) < MIN_OPTIONS:
        message = f"needs at least two options, has {len(options)}"
        yield item.document.problem(path, message, "add one that sounds likely", RULE.id, spot=spot)
    if len(options) > MAX_OPTIONS:
        message = f"has {len(options)} options, at most four fit a phone"
        yield item.document.problem(path, message, "keep the most useful ones", RULE.id, spot=spot)
    right = [position for position, option in enumerate(options) if option.correct]
    if not right:
        message = "no option is right"
        yield item.document.problem(path, message, "add `correct: true` to one", RULE.id, spot=spot)
    for position in right[1:]:
        message = f"`{options[right[0]].id}` is already the right one"
        below = (*path, position, "correct")
        yield item.document.problem(below, message, "take `correct` out here", RULE.id)


RULE = Rule("quiz-options", check, stops_start=True)
