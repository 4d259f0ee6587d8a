"""A card fits a phone screen: at most 120 words and 900 characters, the "Why?" card and the closing too.

Under a picture there is room for 850 characters.

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
from painbot.content.lint.forms import own_path
from painbot.content.lint.frame import Rule

MAX_WORDS: Final = 120
MAX_CHARACTERS: Final = 900
MAX_UNDER_PICTURE: Final = 850
"""Telegram shows 1024 characters under a picture; the card's title and number stand there too."""

_WORD: Final = re.compile(r"\w+(?:[-'’]\w+)*")


def check(source: CourseSource) -> Iterator[Diagnostic]:
    """Yield cards that are too long, with their length."""
    for file in source.files():
        for path, text in file.texts():
            if not _is_card(own_path(path)):
                continue
            words, characters = count_words(text), len(text.strip())
            has_picture = file.document.get((*path[:-1], "picture")) is not None
            limit = MAX_UNDER_PICTURE if has_picture else MAX_CHARACTERS
            spot = file.document.key_spot(path)
            if words > MAX_WORDS:
                message = f"has {words} words, at most {MAX_WORDS} fit a card"
                remedy = f"cut {words - MAX_WORDS}, or split the card"
                yield file.document.problem(path, message, remedy, RULE.id, spot=spot)
            elif characters > limit:
                what = "under a picture" if has_picture else "a card"
                message = f"has {characters} characters, at most {limit} fit {what}"
                remedy = f"cut {characters - limit}, or split the card"
                yield file.document.problem(path, message, remedy, RULE.id, spot=spot)


def count_words(text: str) -> int:
    """Return how many words a text has, a number being one."""
    return len(_WORD.findall(text))


def _is_card(path: FieldPath) -> bool:
    if path[-1] != "text":
        return path == ("closing",)
    return path[0] in ("cards", "why", "optional")


RULE = Rule("card-length", check)
