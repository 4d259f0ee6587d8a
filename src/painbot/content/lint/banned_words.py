"""No wording that overpromises, frightens, blames or gives a dose: see banned_words.yaml for each and why.

Passes::

    idea: Your pain is real, and settings can shift.

Fails::

    idea: You can rewire your brain.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter

from painbot.content.bundle import CourseSource
from painbot.content.diagnostics import Diagnostic
from painbot.content.lint.frame import Rule
from painbot.content.yaml_source import read_yaml

_DATA: Final = "banned_words.yaml"


class Banned(BaseModel):
    """Words (whole, any case) or a pattern that no learner should read, why, and what to write instead."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    words: list[str] = []
    pattern: str | None = None
    why: Annotated[str, StringConstraints(min_length=1)]
    instead: Annotated[str, StringConstraints(min_length=1)]

    @property
    def expression(self) -> re.Pattern[str]:
        """Return what to look for; a space matches a line break too."""
        whole = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in self.words)
        parts = [rf"\b(?:{whole})\b"] if whole else []
        if self.pattern:
            parts.append(self.pattern)
        return re.compile("|".join(parts), re.IGNORECASE)


@functools.cache
def banned() -> tuple[tuple[re.Pattern[str], Banned], ...]:
    """Return the shipped list, compiled."""
    raw = files("painbot.content.lint").joinpath(_DATA).read_bytes()
    document, problems = read_yaml(_DATA, raw)
    if document is None or problems:
        raise ValueError("\n".join(map(str, problems)))
    entries = TypeAdapter(list[Banned]).validate_python(document.data)
    return tuple((entry.expression, entry) for entry in entries)


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield every banned wording in what learners read."""
    for file in source.files():
        for path, text in file.texts():
            for expression, entry in banned():
                for match in expression.finditer(text):
                    spot = file.document.spot_in(path, match.start(), match.group())
                    found = " ".join(match.group().split())
                    message = f"`{found}`: {entry.why}"
                    yield file.document.problem(path, message, entry.instead, RULE.id, spot=spot)


RULE = Rule("banned-words", check)
