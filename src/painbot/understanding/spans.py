"""Reads a span of the day: "22:00-07:00", "22 to 7", "from 10pm until 7am"."""

import re
from datetime import time
from typing import Final

from painbot.understanding.numerals import in_digits
from painbot.understanding.reading import Reading, guess, nothing, sure
from painbot.understanding.times import read_time

_TURNS: Final = re.compile(r"\s*(?:[-−–—]|\b(?:to|till|til|until|and|through)\b)\s*")
_OPENS: Final = re.compile(r"^\s*(?:from|between)\b")
_CLOCK: Final = re.compile(r"(?P<hour>[01]\d|2[0-3])[:.](?P<minute>[0-5]\d)")
"""A time as a clock of twenty-four hours shows it."""

_EVENING: Final = 18
_FIRST_HOUR: Final = 1
"""A start that could be twelve hours later is taken from the evening, an end from the morning."""


def read_span(text: str) -> Reading[tuple[time, time]]:
    """Read a span by its start and its end, which may lie past midnight.

    Sure where both can be only one time; a guess where one could be twelve hours later. None where there
    are not two times, or both are the same.
    """
    # "22" and "7" are hours, never minutes: each end is read by itself.
    ends = _TURNS.split(_OPENS.sub("", in_digits(text)))
    if len(ends) != 2:
        return nothing(text)
    start, end = _end_of(ends[0], _EVENING), _end_of(ends[1], _FIRST_HOUR)
    if start.value is None or end.value is None or start.value == end.value:
        return nothing(text)
    span = (start.value, end.value)
    return guess(span, text) if start.confirm or end.confirm else sure(span, text)


def _end_of(text: str, first_hour: int) -> Reading[time]:
    clock = _CLOCK.fullmatch(text.strip())
    if clock is not None:
        return sure(time(int(clock["hour"]), int(clock["minute"])), text)
    return read_time(text, first_hour)
