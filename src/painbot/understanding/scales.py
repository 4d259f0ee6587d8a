"""Reads a number on a scale such as 0-10."""

import re
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from painbot.understanding.numerals import NUMBER_WORDS, in_digits
from painbot.understanding.reading import Reading, guess, nothing, sure, word_set

_FILLERS: Final = word_set("""
    a an the about around approximately roughly maybe perhaps probably like say id i would call it its is was
    im am at on my pain sleep level score number today now right still just only think guess feel feels give
    rate well um uh er hm hmm ok okay so yes yeah ish please pretty much this morning last night
""")
# Beside these the number named is not the answer: "not 7", "more than 5", "7 hours".
_TURNING: Final = word_set("""
    not no never isnt wasnt less more over under above below than minus except without percent < > = ^ # $ £ €
    hour hours h minute minutes min mins day days week weeks time times pill pills mg
""")
_BETWEEN: Final = word_set("- – — to or and between from")
_NONE_AT_ALL: Final = re.compile(r"(?:none|nothing|no pain|not)(?: at all)?[.! ]*")
_NUMBER: Final = re.compile(r"(?<![\w.,])([-−]?)(\d{1,9})(?:[.,](\d))?(ish)?(?!\w|[.,]\d)")
_WORD: Final = re.compile(r"[^\W\d_]+|[^\w\s.,!:;~≈…()*\"🙂👍]")


def read_scale(text: str, low: int = 0, high: int = 10) -> Reading[int]:
    """Read a whole number from `low` to `high`: "7", "7/10", "seven", "about a 6".

    A guess where two neighbours ("6-7") or a half ("6.5") are named, both giving the higher, and where a
    number is misspelt or other words stand beside it. None for anything outside the scale: a number is
    never clipped to fit.
    """
    said = in_digits(text)
    if low == 0 and _NONE_AT_ALL.fullmatch(said):
        return guess(0, text)
    said = re.sub(rf"(?<=\d)\s*(?:/|(?:out )?of)\s*{high}\b", "", said)
    found = _NUMBER.findall(said)
    rest = _NUMBER.sub(" ", said)
    others = [word for word in _WORD.findall(rest) if word not in _FILLERS]
    if not found and len(others) == 1:
        return _misspelt(others[0], text, low, high)
    # A digit left over belongs to something else: "7am", "5mg", "3/5".
    if not found or re.search(r"[\d/%]", rest) or any(sign for sign, *_ in found):
        return nothing(text)
    numbers = sorted({int(whole) * 10 + int(tenth or 0) for _, whole, tenth, _ in found})
    if any(not low * 10 <= number <= high * 10 for number in numbers):
        return nothing(text)
    if len(numbers) == 2:
        lower, upper = numbers
        between = upper - lower == 10 and others and set(others) <= _BETWEEN
        return guess(upper // 10, text) if between and upper % 10 == 0 else nothing(text)
    # "A bad one" counts nothing.
    if len(numbers) > 2 or set(others) & _TURNING or (others and re.search(r"\bone\b", text.casefold())):
        return nothing(text)
    (number,) = numbers
    if number % 10 not in (0, 5):
        return nothing(text)
    exact = number % 10 == 0 and not others and len(found) == 1
    return sure(number // 10, text) if exact else guess((number + 5) // 10, text)


def _misspelt(word: str, text: str, low: int, high: int) -> Reading[int]:
    """Read "sevn" as 7, to be confirmed."""
    # Shorter numbers are one letter from everyday words: fine, nice, tent, none.
    near = [each for each in NUMBER_WORDS if len(each) >= 5 and each[0] == word[0] and len(word) >= 4]
    match = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=1)
    if match is None:
        return nothing(text)
    number = NUMBER_WORDS[match[0]]
    return guess(number, text) if low <= number <= high else nothing(text)
