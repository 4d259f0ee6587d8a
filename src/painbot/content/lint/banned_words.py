"""No wording that overpromises, frightens or blames: see banned_words.yaml for each, why, and what instead.

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

from painbot.content.bundle import CourseSource, ItemSource, ShelfSource
from painbot.content.diagnostics import Diagnostic, FieldPath
from painbot.content.lint.forms import is_wrong_answer
from painbot.content.lint.frame import Rule
from painbot.content.lint.sentences import sentences
from painbot.content.yaml_source import read_yaml

_DATA: Final = "banned_words.yaml"
_DENIAL: Final = re.compile(
    r"\b(?:not|no|never|none|nobody|neither|nor|without|rather than|instead of|few|rarely|unproven|myth)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)


class Banned(BaseModel):
    """Words (whole, any case) or a pattern that no learner should read, why, and what to write instead.

    `claims` names the claims of evidence.yaml whose `do_not_say` it comes from. With `may_be_denied` a
    sentence may quote it, or say it in order to deny it.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    words: list[str] = []
    pattern: str | None = None
    why: Annotated[str, StringConstraints(min_length=1)]
    instead: Annotated[str, StringConstraints(min_length=1)]
    claims: list[str] = []
    may_be_denied: bool = False

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
            said_as_wrong = _is_said_as_wrong(file, path)
            for expression, entry in banned():
                for match in expression.finditer(text):
                    if entry.may_be_denied and (said_as_wrong or _is_denied(text, match)):
                        continue
                    spot = file.document.spot_in(path, match.start(), match.group())
                    found = " ".join(match.group().split())
                    message = f"`{found}`: {entry.why}"
                    yield file.document.problem(path, message, entry.instead, RULE.id, spot=spot)


def _is_said_as_wrong(file: ItemSource | ShelfSource, path: FieldPath) -> bool:
    """True for a question as people ask it, and for a wrong answer of a quiz: the reply sets it right."""
    if isinstance(file, ShelfSource):
        return file.folder == "questions" and path == ("title",)
    return is_wrong_answer(file, path)


def _is_denied(text: str, match: re.Match[str]) -> bool:
    """True when a wording is quoted, or the rest of the sentence that it stands in denies it."""
    if text[: match.start()].endswith(('"', "“")):
        return True
    for sentence in sentences(text):
        end = sentence.start + len(sentence.text)
        if sentence.start <= match.start() < end:
            rest = f"{text[sentence.start : match.start()]} {text[match.end() : end]}"
            return _DENIAL.search(rest) is not None
    return False


RULE = Rule("banned-words", check)
