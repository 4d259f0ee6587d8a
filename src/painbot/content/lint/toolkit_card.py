"""A toolkit card keeps its screens short, says who must not, and sets a limit or says that there is none.

Together at most 120 words on the first screen (what it is, how strong the proof is) and 140 on the
second (who must not, what it clashes with, the ceiling, what to ask); 40 words a warning. The ceiling
names a limit, or says what is enough or when to stop, or "No safe upper limit has been set". A gate in
`hide` has a warning, so that nobody is left with an empty card.

Passes::

    # en/toolkit/magnesium.yaml
    ceiling: No safe upper limit has been set.

Fails::

    # en/toolkit/magnesium.yaml
    ceiling: Ask about it.

Fails::

    # en/toolkit/magnesium.yaml
    hide: [opioids]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from painbot.content.bundle import CourseSource, ShelfSource
from painbot.content.diagnostics import Diagnostic
from painbot.content.lint.card_length import count_words
from painbot.content.lint.frame import Rule
from painbot.content.schema.shelf import ToolkitFile

MAX_WARNING_WORDS: Final = 40
SCREENS: Final = ((("what", "strength"), 120), (("who_must_not", "clashes", "ceiling", "ask"), 140))
"""The fields of each screen, and the most words they may have together."""

_LIMIT: Final = re.compile(
    r"no safe upper limit has been set|\d|\b(?:enough|stop|no more than|at most|limit)\b", re.IGNORECASE
)


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield toolkit cards that are too long or leave out what keeps people safe."""
    for card in source.shelf():
        if isinstance(card.model, ToolkitFile):
            yield from _screens(card, card.model)
            yield from _safety(card, card.model)


def _screens(card: ShelfSource, model: ToolkitFile) -> Iterator[Diagnostic]:
    for number, (fields, most) in enumerate(SCREENS, start=1):
        words = sum(count_words(getattr(model, name)) for name in fields)
        if words > most:
            named = ", ".join(f"`{name}`" for name in fields)
            message = f"screen {number} ({named}) has {words} words, at most {most}"
            spot = card.document.key_spot((fields[0],))
            yield card.document.problem((fields[0],), message, f"cut {words - most}", RULE.id, spot=spot)
    for number, warning in enumerate(model.warnings):
        words = count_words(warning.text)
        if words > MAX_WARNING_WORDS:
            message = f"has {words} words, a warning at most {MAX_WARNING_WORDS}"
            remedy = f"cut {words - MAX_WARNING_WORDS}"
            yield card.document.problem(("warnings", number, "text"), message, remedy, RULE.id)


def _safety(card: ShelfSource, model: ToolkitFile) -> Iterator[Diagnostic]:
    if not _LIMIT.search(model.ceiling):
        message = "names no limit"
        remedy = 'write the safe upper limit, "No safe upper limit has been set", or when to stop'
        yield card.document.problem(("ceiling",), message, remedy, RULE.id)
    warned = {gate for warning in model.warnings for gate in warning.when}
    for number, gate in enumerate(model.hide):
        if gate not in warned:
            message = f"`{gate}` hides the card and no warning says why"
            remedy = f"add a warning with `when: [{gate}]`"
            yield card.document.problem(("hide", number), message, remedy, RULE.id)


RULE = Rule("toolkit-card", check)
