"""Reads a number of days: "5", "a week", "two weeks"."""

import re
from typing import Final

from painbot.understanding.numerals import in_digits
from painbot.understanding.reading import Reading, guess, nothing, plain, sure, word_set

_UNITS: Final = {"d": 1, "day": 1, "w": 7, "wk": 7, "week": 7, "fortnight": 14, "mo": 30, "month": 30}
_LENGTH: Final = re.compile(
    r"(?<![\w.,])(?:(?P<count>\d{1,5})\s?|(?P<vague>a couple|couple|a few|few)\s(?:of\s)?|(?P<one>an?)\s)?"
    rf"(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})s?(?!\w)"
)
_COUNT: Final = re.compile(r"(?<![\w.,\-−])(?P<count>\d{1,5})(?!\w|[.,]\d)")
_FILLERS: Final = word_set("""
    for about around pause me the next please i need want would like a break of just only ok okay maybe say
    course it take off
""")
_TURNING: Final = word_set("half and or to not no until till than ago past every minus hour hours")
_LONGEST_DAYS: Final = 366
_OPEN: Final = re.compile(
    r"open(?: end| ended)?|(?:with )?no end|without (?:an )?end|indefinitely|"
    r"(?:until|till|til) (?:i come back|i am back|im back|i return|i am better|im better|further notice)"
)


def read_days(text: str, most: int = _LONGEST_DAYS) -> Reading[int]:
    """Read a length of 1 to `most` days.

    A guess for "a few days", "a couple", a month (30 days), and where other words stand beside it. None
    for more days than `most`, for parts of a day, and for a date.
    """
    said = in_digits(text)
    if re.fullmatch(r"(?:until |till )?tomorrow[.! ]*", said):
        return guess(1, text)
    match = _LENGTH.search(said) or _COUNT.search(said)
    if match is None:
        return nothing(text)
    rest = f"{said[: match.start()]} {said[match.end() :]}"
    words = re.findall(r"[^\W\d_]+", rest)
    if re.search(r"[\d\-−/+]", rest) or _TURNING & set(words):
        return nothing(text)
    found = match.groupdict()
    vague = {"couple": 2, "few": 3}.get((found.get("vague") or "").removeprefix("a "))
    unit = found.get("unit") or "day"
    days = (vague or int(found["count"] or 1)) * _UNITS[unit]
    if not 1 <= days <= most:
        return nothing(text)
    rough = vague or _UNITS[unit] == 30 or not _FILLERS.issuperset(words)
    return guess(days, text) if rough else sure(days, text)


def read_open_end(text: str) -> bool:
    """Return whether the text says nothing but that there is no end yet: "until I come back"."""
    return _OPEN.fullmatch(plain(text)) is not None
