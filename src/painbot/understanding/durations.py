"""Reads a length of time: "20 min", "half an hour", "about 7", "6 and a half"."""

import re
from fractions import Fraction
from typing import Final

from painbot.understanding.numerals import in_digits
from painbot.understanding.reading import Reading, guess, nothing, sure, word_set

_PHRASES: Final = (
    (r"\b(?:3 quarters of|3 quarter) an hour\b", "45 min"),
    (r"\b(?:a )?quarter(?: of)?(?: an)? hour\b", "15 min"),
    (r"\bhalf(?: of)?(?: an| a)? hour\b", "30 min"),
    (r"\b(?:an|a) half hour\b", "30 min"),
    (r"\bhalf a minute\b", "30 sec"),
    (r"\b(?:an|1) hour and a half\b", "90 min"),
    (r"\b(?:a )?(?:couple|pair) of\b", "2"),
    (r"\b(?:an|a) hour\b", "1 hour"),
    (r"\ba minute\b", "1 min"),
    (r"(\d+) *and a half|(\d+) +1/2", r"\1\2.5"),
    (r"(\d+) *and a quarter|(\d+) +1/4", r"\1\2.25"),
    (r"(\d+) *and 3 quarters|(\d+) +3/4", r"\1\2.75"),
)
_FRACTIONS: Final = {"½": " and a half", "¼": " and a quarter", "¾": " and three quarters"}
_UNIT_MINUTES: Final = {
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), Fraction(60)),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), Fraction(1)),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), Fraction(1, 60)),
}
_UNITS: Final = "|".join(sorted(_UNIT_MINUTES, key=len, reverse=True))
_PART: Final = re.compile(rf"(?<![\w.,:])(\d{{1,4}}(?:[.,]\d{{1,2}})?)\s*(?:({_UNITS})(?![a-z])\.?)?")
_HOURS_AND_MINUTES: Final = re.compile(r"(?<![\w.,:])(\d{1,2})\s*(?::|h(?:ours?|rs?)?)\s*([0-5]\d)(?![\d:])")
_BETWEEN: Final = re.compile(rf"(\d+)\s*(?:-|–|to|or)\s*(\d+)\s*({_UNITS})?")
_NONE_AT_ALL: Final = re.compile(r"(?:none|nothing|zero|0|not at all|not a minute|none at all)[.! ]*")
_FILLERS: Final = word_set("""
    about around approximately approx roughly maybe perhaps probably like say some just only i id we my it was
    is did do slept sleep asleep for at in all total a an the of and or so well um think guess ok okay yes
    please up to first warning sign stopped after lasted took managed last night
""")
# Beside these a number is something else than what was asked for.
_TURNING: Final = word_set("""
    not no never less more than over under till until past oclock am pm steps times km metres meters miles
    stairs laps days day weeks week mg percent didnt couldnt
""")


def read_minutes(text: str, most: int = 240) -> Reading[int]:
    """Read a number of minutes from 0 to `most`: "20", "20 min", "half an hour", "1 h 10".

    A guess where seconds were rounded down, where two numbers are named (the lower is taken), and where
    other words stand beside it. None for anything longer, or that is no length of time.
    """
    return _read(text, Fraction(1), most)


def read_hours_asleep(text: str) -> Reading[int]:
    """Read how long somebody slept, in minutes from 0 to 16 hours: "7", "6 and a half", "6h30", "6:30".

    A number alone is hours. A guess where two numbers are named (their middle is taken), where a number
    alone is more likely minutes, and where other words stand beside it.
    """
    return _read(text, Fraction(60), 16 * 60)


def _read(text: str, alone: Fraction, most: int) -> Reading[int]:
    spelled = text
    for sign, words_for_it in _FRACTIONS.items():
        spelled = spelled.replace(sign, words_for_it)
    said = in_digits(spelled)
    if _NONE_AT_ALL.fullmatch(said):
        return guess(0, text) if alone > 1 else sure(0, text)
    for pattern, plainly in _PHRASES:
        said = re.sub(pattern, plainly, said)
    certain = True
    between = _BETWEEN.search(said)
    if between is not None:
        low, high = sorted(Fraction(number) for number in between.group(1, 2))
        unit = _UNIT_MINUTES.get(between[3] or "", alone)
        total = (low + high) / 2 * unit if alone > 1 else low * unit
        rest, certain = said[: between.start()] + " " + said[between.end() :], False
    elif (clock := _HOURS_AND_MINUTES.search(said)) is not None:
        total = Fraction(clock[1]) * 60 + Fraction(clock[2])
        # "6:30" beside minutes of moving may be six and a half minutes.
        certain = alone > 1 or "h" in clock[0]
        rest = said[: clock.start()] + " " + re.sub(rf"^\s*(?:{_UNITS})\b", "", said[clock.end() :])
    else:
        parts = _PART.findall(said)
        if not parts or len(parts) > 2 or (len(parts) == 2 and not all(unit for _, unit in parts)):
            return nothing(text)
        if len(parts) == 2 and _UNIT_MINUTES[parts[0][1]] <= _UNIT_MINUTES[parts[1][1]]:
            return nothing(text)
        total = Fraction(0)
        for number, unit in parts:
            value = Fraction(number.replace(",", "."))
            scale = _UNIT_MINUTES[unit] if unit else alone
            if not unit and alone > 1 and value > 24:
                # Nobody sleeps 400 hours: those are minutes.
                scale, certain = Fraction(1), False
            total += value * scale
        rest = _PART.sub(" ", said)
    words = set(re.findall(r"[^\W\d_]+", rest))
    if re.search(r"\d|[-−/%]", rest) or words & _TURNING or total > most:
        return nothing(text)
    minutes = int(total)
    return sure(minutes, text) if certain and total == minutes and words <= _FILLERS else guess(minutes, text)
