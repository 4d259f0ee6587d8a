"""Over the course, the right answer cannot be guessed from its length or its place.

A warning, given from four quizzes on: when the right option is the longest in more than half of the
quizzes, and when more than six in ten right options stand at the same place.

Passes::

    quiz:
      ask: What does a loud alarm tell you?
      options:
        - { id: a, text: It is time to check, reply: Yes. Then decide., correct: true }
        - { id: b, text: There is a big fire somewhere, reply: Loud is not the same as large. }
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from painbot.content.bundle import CourseSource, ItemSource
from painbot.content.diagnostics import Diagnostic, Severity
from painbot.content.lint.frame import Rule
from painbot.content.schema.items import LessonFile
from painbot.content.schema.questions import OptionPart

MIN_QUIZZES: Final = 4
MAX_LONGEST_SHARE: Final = 0.5
MAX_SAME_PLACE_SHARE: Final = 0.6


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield one warning on the quiz of each lesson that adds to a pattern."""
    for items in source.languages.values():
        quizzes = [(item, right) for item in items.values() for right in _right_place(item)]
        if len(quizzes) < MIN_QUIZZES:
            continue
        longest = [(item, right) for item, right in quizzes if _is_longest(_options(item), right)]
        if len(longest) > MAX_LONGEST_SHARE * len(quizzes):
            message = f"the right answer is the longest in {len(longest)} of {len(quizzes)} quizzes, here too"
            for item, right in longest:
                yield _warning(item, right, message, "shorten it, or say more in a wrong one")
        place, count = Counter(right for _, right in quizzes).most_common(1)[0]
        if count > MAX_SAME_PLACE_SHARE * len(quizzes):
            message = f"the right answer is number {place + 1} in {count} of {len(quizzes)} quizzes, here too"
            for item, right in quizzes:
                if right == place:
                    yield _warning(item, right, message, "move it in some of them")


def _options(item: ItemSource) -> list[OptionPart]:
    return item.model.quiz.options if isinstance(item.model, LessonFile) else []


def _right_place(item: ItemSource) -> list[int]:
    """Return the place of the one right option; quizzes that have none or several are left out."""
    right = [place for place, option in enumerate(_options(item)) if option.correct]
    return right if len(right) == 1 else []


def _is_longest(options: list[OptionPart], right: int) -> bool:
    others = [len(option.text) for place, option in enumerate(options) if place != right]
    return len(options[right].text) > max(others, default=0)


def _warning(item: ItemSource, right: int, message: str, remedy: str) -> Diagnostic:
    problem = item.document.problem(("quiz", "options", right), message, remedy, RULE.id)
    return replace(problem, severity=Severity.WARNING)


RULE = Rule("quiz-balance", check)
