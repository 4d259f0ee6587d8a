"""Reads which of a few shown options a person typed."""

from collections.abc import Mapping
from typing import Final

from rapidfuzz import fuzz, process

from painbot.understanding.reading import Reading, guess, nothing, plain, sure
from painbot.understanding.yes_no import read_yes_no

_ALIKE: Final = 80
_CLEARLY_AHEAD: Final = 10
"""Points of likeness (0-100) a misspelt label needs, and by which it must lead the next."""


def read_choice(text: str, options: Mapping[str, str]) -> Reading[str]:
    """Read the id of one of the options, given as id to label in the order shown.

    Sure for a label, an id, or a yes or no that only one label means. A guess for a letter or number by
    place ("b", "2"), part of a label, or a misspelt one.
    """
    typed = plain(text)
    if not typed:
        # Signs alone, such as a thumb.
        return _as_yes_no(text, options) or nothing(text)
    labels = {option: plain(label) for option, label in options.items()}
    for option, label in labels.items():
        if typed in (label, plain(option)):
            return sure(option, text)
    if (placed := _by_place(typed, list(options))) is not None:
        return guess(placed, text)
    if meant := _as_yes_no(text, options):
        return meant
    words = set(typed.split())
    holding = [option for option, label in labels.items() if words <= set(label.split())]
    starting = [option for option, label in labels.items() if len(typed) >= 3 and label.startswith(typed)]
    for part in (starting, holding):
        if len(part) == 1:
            return guess(part[0], text)
    return _misspelt(typed, labels, text)


def _by_place(typed: str, options: list[str]) -> str | None:
    typed = typed.removeprefix("option ").removeprefix("answer ").removeprefix("number ")
    if typed.isdecimal() and len(typed) <= 2:
        place = int(typed) - 1
    elif len(typed) == 1 and "a" <= typed <= "z":
        place = ord(typed) - ord("a")
    else:
        return None
    return options[place] if 0 <= place < len(options) else None


def _as_yes_no(text: str, options: Mapping[str, str]) -> Reading[str] | None:
    answer = read_yes_no(text)
    if answer.value is None:
        return None
    same = [option for option, label in options.items() if read_yes_no(label).value is answer.value]
    if len(same) != 1:
        return None
    return guess(same[0], text) if answer.confirm else sure(same[0], text)


def _misspelt(typed: str, labels: Mapping[str, str], text: str) -> Reading[str]:
    found = process.extract(typed, labels, scorer=fuzz.ratio, limit=2)
    if len(typed) < 4 or not found or found[0][1] < _ALIKE:
        return nothing(text)
    if len(found) > 1 and found[0][1] - found[1][1] < _CLEARLY_AHEAD:
        return nothing(text)
    return guess(found[0][2], text)
