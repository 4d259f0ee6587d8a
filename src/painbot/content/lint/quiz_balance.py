"""Over the course, the right answer cannot be guessed from its length or its place.

A warning. Chance alone puts one right answer in three at each place and makes one in three the longest,
so some leaning is let pass: from 4 quizzes on, the longest in at most half and one place in at most six
of ten; from 12 on, in at most 45 of 100 each. Variants and boosters count like lessons.

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
from typing import Final, NamedTuple

from painbot.content.bundle import CourseSource, ItemSource
from painbot.content.diagnostics import Diagnostic, FieldPath, Severity
from painbot.content.lint.forms import forms
from painbot.content.lint.frame import Rule
from painbot.content.schema.questions import OptionPart

MIN_QUIZZES: Final = 4
MANY_QUIZZES: Final = 12
MAX_LONGEST_SHARE: Final = 0.5
MAX_SAME_PLACE_SHARE: Final = 0.6
MAX_SHARE_OF_MANY: Final = 0.45


class _Quiz(NamedTuple):
    item: ItemSource
    path: FieldPath
    options: list[OptionPart]
    right: int


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield one warning on each quiz that adds to a pattern."""
    for items in source.languages.values():
        quizzes = [quiz for item in items.values() for quiz in _quizzes(item)]
        count, many = len(quizzes), len(quizzes) >= MANY_QUIZZES
        if count < MIN_QUIZZES:
            continue
        longest = [quiz for quiz in quizzes if _is_longest(quiz)]
        if len(longest) > (MAX_SHARE_OF_MANY if many else MAX_LONGEST_SHARE) * count:
            message = f"the right answer is the longest in {len(longest)} of {count} quizzes, here too"
            for quiz in longest:
                yield _warning(quiz, message, "shorten it, or say more in a wrong one")
        place, same = Counter(quiz.right for quiz in quizzes).most_common(1)[0]
        if same > (MAX_SHARE_OF_MANY if many else MAX_SAME_PLACE_SHARE) * count:
            message = f"the right answer is number {place + 1} in {same} of {count} quizzes, here too"
            for quiz in quizzes:
                if quiz.right == place:
                    yield _warning(quiz, message, "move it in some of them")


def _quizzes(item: ItemSource) -> Iterator[_Quiz]:
    """Yield the quizzes of an item; those without one right option are left out."""
    for form in forms(item):
        options = form.quiz.options if form.quiz else []
        right = [place for place, option in enumerate(options) if option.correct]
        if len(right) == 1:
            yield _Quiz(item, (*form.path, "quiz", "options", right[0]), options, right[0])


def _is_longest(quiz: _Quiz) -> bool:
    others = [len(option.text) for place, option in enumerate(quiz.options) if place != quiz.right]
    return len(quiz.options[quiz.right].text) > max(others, default=0)


def _warning(quiz: _Quiz, message: str, remedy: str) -> Diagnostic:
    problem = quiz.item.document.problem(quiz.path, message, remedy, RULE.id)
    return replace(problem, severity=Severity.WARNING)


RULE = Rule("quiz-balance", check)
