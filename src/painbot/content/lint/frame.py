"""What a rule is: an id, and a function from a course's files to problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from painbot.content.bundle import CourseSource
from painbot.content.diagnostics import Diagnostic


@dataclass(frozen=True)
class Rule:
    """One check of a course.

    `stops_start` marks the rules without which the bot cannot teach the course at all: a problem
    they find keeps it from starting. The others are found by `painbot lessons check` only.
    """

    id: str
    check: Callable[[CourseSource], Iterator[Diagnostic]]
    stops_start: bool = False
