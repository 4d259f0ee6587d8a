"""The tiny action has a smaller version for a hard day, and it is another one.

Passes::

    action:
      text: Walk to the window and back.
      smaller: On a hard day, look out of it.

Fails::

    action:
      text: Walk to the window and back.
      smaller: Walk to the window and back.
"""

from __future__ import annotations

from collections.abc import Iterator

from painbot.content.bundle import CourseSource
from painbot.content.diagnostics import Diagnostic
from painbot.content.lint.forms import forms
from painbot.content.lint.frame import Rule
from painbot.content.schema.items import PracticeFile


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield actions whose smaller version says the same; a missing one already breaks the format."""
    for item in source.items():
        actions = [((*form.path, "action"), form.action) for form in forms(item) if form.action]
        if isinstance(item.model, PracticeFile):
            actions += [(("levers", lever.value), action) for lever, action in item.model.levers.items()]
        for path, action in actions:
            if _bare(action.text) == _bare(action.smaller):
                message, remedy = "is the same as the action", "name something that fits the worst day"
                yield item.document.problem((*path, "smaller"), message, remedy, RULE.id)


def _bare(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")


RULE = Rule("action-smaller", check)
