"""A question with buttons has two to twelve of them.

Passes::

    question:
      id: ring
      ask: Did that ring true?
      choices: [{ id: "yes", text: "Yes" }, { id: "no", text: Not really }]

Fails::

    question:
      id: ring
      ask: Did that ring true?
      choices: [{ id: "yes", text: "Yes" }]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from painbot.content.bundle import CourseSource
from painbot.content.diagnostics import Diagnostic
from painbot.content.lint.forms import forms
from painbot.content.lint.frame import Rule
from painbot.content.schema.questions import ChoiceQuestion

MIN_CHOICES: Final = 2
MAX_CHOICES: Final = 12


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield questions with too few or too many buttons."""
    for item in source.items():
        for form in forms(item):
            if not isinstance(form.question, ChoiceQuestion):
                continue
            count, path = len(form.question.choices), (*form.path, "question", "choices")
            if not MIN_CHOICES <= count <= MAX_CHOICES:
                spot = item.document.key_spot(path)
                message = f"has {count}, a question needs two to twelve"
                remedy = "add or remove choices, or use a scale with `low` and `high`"
                yield item.document.problem(path, message, remedy, RULE.id, spot=spot)


RULE = Rule("question-choices", check, stops_start=True)
