"""Reads a time of day: "9am", "21:30", "half past eight", "noon"."""

import re
from datetime import time
from typing import Final

from painbot.understanding.numerals import in_digits
from painbot.understanding.reading import Reading, guess, nothing, sure, word_set

_HOUR: Final = r"(?P<hour>\d{1,2})"
_MINUTE: Final = r"(?P<minute>[0-5]\d)"
# "9 a.m.", "9pm", and "9p" written together.
_HALF: Final = r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?|(?P<letter>[ap])\b)?"
_ALONE: Final = r"(?<![\w:.])"
_ENDS: Final = r"(?![\w:])"

_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        # quarter past 8, 10 to 9 pm, half past 8, 5 minutes to midnight
        rf"(?:(?P<part>half|(?:a )?quarter)|(?P<count>[0-5]?\d)(?: minutes?| mins?)?) "
        rf"(?P<way>past|after|to|till) (?:{_HOUR}|(?P<named>noon|midday|midnight)){_HALF}{_ENDS}",
        # half 8: half past in Britain, half before in much of Europe
        rf"\b(?P<part>half) {_HOUR}{_HALF}{_ENDS}",
        r"\b(?:12 )?(?P<named>noon|midday|midnight)\b",
        # 8 30, then 0830 and 2130 hrs, then 8, 8:30, 8.30, 8h30, 8h
        rf"{_ALONE}{_HOUR} {_MINUTE}{_HALF}{_ENDS}",
        rf"{_ALONE}{_HOUR}{_MINUTE}(?:\s?h|\s?hrs|\s?hours)?{_HALF}{_ENDS}",
        rf"{_ALONE}{_HOUR}(?:\s?[:.h]\s?{_MINUTE}|\s?h\b|\s?uhr\b)?{_HALF}{_ENDS}",
    )
)

_FILLERS: Final = word_set("""
    at around about approximately roughly maybe perhaps say lets please oclock clock o sharp ish make it is
    its the in on every each day daily id i would like prefer want think ok okay yes um well my time for me be
    good best fine works by this
""")
# Beside these a number is a length of time, or only one end of a span.
_TURNING: Final = word_set("""
    hour hours minute minutes mins days weeks times not never no before after until till except later earlier
    from between or to and than past
""")
# From and to which hour a part of the day may reach; the night goes on after midnight.
_PARTS: Final = {"morning": (0, 12), "afternoon": (12, 18), "evening": (16, 24)}
_NIGHT: Final = ("night", "tonight")
_FIRST_LIKELY_HOUR: Final = 6
_DAY_MINUTES: Final = 24 * 60


def read_time(text: str, first_hour: int = _FIRST_LIKELY_HOUR) -> Reading[time]:
    """Read a time of day, to the minute.

    Sure where it can be only one ("9am", "21:30", "07:30", "noon"). A guess where it could be twelve hours
    later ("9", "half past eight"), taken from the twelve hours that begin with `first_hour`, and where other
    words stand beside it. None for two times, a length of time, or an hour that no clock shows.
    """
    said = re.sub(r"(?<=\d)ish\b", " ish", in_digits(text))
    match = next((match for form in _FORMS if (match := form.search(said))), None)
    if match is None:
        return nothing(text)
    rest = f"{said[: match.start()]} {said[match.end() :]}"
    words = re.findall(r"[^\W\d_]+", rest)
    # A second number is a second time, a date or a span.
    if re.search(r"[\d\-−–/+:]", rest) or _TURNING & set(words):
        return nothing(text)
    found = _minutes(match.groupdict(), words, first_hour)
    if found is None:
        return nothing(text)
    minutes, certain = found
    at = time(*divmod(minutes % _DAY_MINUTES, 60))
    known = _FILLERS | _PARTS.keys() | {f"{part}s" for part in _PARTS} | set(_NIGHT)
    return sure(at, text) if certain and known.issuperset(words) else guess(at, text)


def _minutes(match: dict[str, str | None], words: list[str], first_hour: int) -> tuple[int, bool] | None:
    """Return the minutes after midnight, and whether they are certain, or None for no such time."""
    past = int(match.get("minute") or match.get("count") or 0)
    if part := match.get("part"):
        past = 30 if part == "half" else 15
    if match.get("way") in ("to", "till"):
        past = -past
    if named := match.get("named"):
        return (0 if named == "midnight" else 12) * 60 + past, True
    hour = str(match["hour"])
    placed = _hour(hour, match.get("half") or match.get("letter"), words, first_hour)
    if placed is None or (int(hour) == 24 and past):
        return None
    at, certain = placed
    bare_half = match.get("part") == "half" and not match.get("way")
    # "Quarter to one" of no known half of the day: past noon, not past midnight.
    minutes = at * 60 + past
    if not certain and past < 0 and 0 <= minutes < 60:
        minutes += _DAY_MINUTES // 2
    return minutes, certain and not bare_half


def _hour(typed: str, half: str | None, words: list[str], first_hour: int) -> tuple[int, bool] | None:
    """Return the hour on a 24-hour clock and whether it is certain, or None for no such hour."""
    hour = int(typed)
    if hour > 24:
        return None
    part = next((name for name in _PARTS if name in words or f"{name}s" in words), None)
    if half and (hour > 12 or hour == 0):
        # "19:30 pm" says it twice; "15 am" contradicts itself.
        return (hour, True) if (half == "p") == (12 <= hour < 24) and hour < 24 else None
    if half:
        return hour % 12 + (12 if half == "p" else 0), True
    if part:
        begin, end = _PARTS[part]
        if part == "morning" and hour == 12:
            return 0, False
        fitting = [each for each in (hour, hour + 12) if begin <= each < end]
        return (fitting[0], True) if fitting else None
    if hour <= 12 and any(word in words for word in _NIGHT):
        return (hour + 12, True) if _FIRST_LIKELY_HOUR <= hour < 12 else (hour % 12, False)
    if hour == 24:
        return 0, False
    if hour > 12 or typed.startswith("0"):
        return hour, True
    return next(at for at in (hour % 12, hour % 12 + 12, hour % 12 + 24) if at >= first_hour) % 24, False
