"""A card fits a phone screen: at most 120 words and 900 characters, the "Why?" card and the closing too.

Passes::

    why: { text: Two short sentences. They go deeper. }

Fails::

    why: { text: "word word word word word word word word word word word word word word word word word
      word word word word word word word word word word word word word word word word word word word
      word word word word word word word word word word word word word word word word word word word
      word word word word word word word word word word word word word word word word word word word
      word word word word word word word word word word word word word word word word word word word
      word word word word word word word word word word word word word word word word word word word
      word word word word word word word word word word word word word word word word word word word" }
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from painbot.content.bundle import CourseSource
from painbot.content.diagnostics import Diagnostic, FieldPath
from painbot.content.lint.frame import Rule

MAX_WORDS: Final = 120
MAX_CHARACTERS: Final = 900

_WORD: Final = re.compile(r"\w+(?:[-'’]\w+)*")


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield cards that are too long, with their length."""
    for item in source.items():
        for path, text in item.texts():
            if not _is_card(path):
                continue
            words, characters = len(_WORD.findall(text)), len(text.strip())
            spot = item.document.key_spot(path)
            if words > MAX_WORDS:
                message = f"has {words} words, at most {MAX_WORDS} fit a card"
                remedy = f"cut {words - MAX_WORDS}, or split the card"
                yield item.document.problem(path, message, remedy, RULE.id, spot=spot)
            elif characters > MAX_CHARACTERS:
                message = f"has {characters} characters, at most {MAX_CHARACTERS} fit a card"
                remedy = f"cut {characters - MAX_CHARACTERS}, or split the card"
                yield item.document.problem(path, message, remedy, RULE.id, spot=spot)


def _is_card(path: FieldPath) -> bool:
    return path == ("closing",) or (path[0] in ("cards", "why") and path[-1] == "text")


RULE = Rule("card-length", check)
