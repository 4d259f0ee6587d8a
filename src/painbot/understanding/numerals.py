"""Numbers however they are written: words up to fifty-nine, and the digits of every script."""

import re
import unicodedata
from typing import Final

_ONES: Final = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS: Final = [
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_TENS: Final = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50}

NUMBER_WORDS: Final[dict[str, int]] = {
    **dict.fromkeys(("zero", "nought", "nil"), 0),
    **{word: number for number, word in enumerate(_ONES + _TEENS, start=1)},
    **_TENS,
    # More than is read in words anywhere: enough to see that it is too much.
    **dict.fromkeys(["sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million"], 1_000_000),
}

_NUMBER: Final = re.compile(
    rf"\b(?:({'|'.join(_TENS)})(?:\s+|-)({'|'.join(_ONES)})|({'|'.join(NUMBER_WORDS)}))\b"
)


def in_digits(text: str) -> str:
    """Return text in small letters with every number in digits 0-9: "Half past EIGHT" as "half past 8".

    Apostrophes, accents and the keycap around an emoji digit are left out.
    """
    folded = unicodedata.normalize("NFKC", text.replace("🔟", " 10 ")).casefold()
    kept = [
        str(digit) if (digit := unicodedata.decimal(char, None)) is not None else char
        for char in folded
        if char not in "'’‘`" and unicodedata.category(char) not in ("Mn", "Me", "Cf")
    ]
    return _NUMBER.sub(_digits, "".join(kept)).strip()


def _digits(match: re.Match[str]) -> str:
    tens, unit, word = match.groups()
    return str(NUMBER_WORDS[word] if word else NUMBER_WORDS[tens] + NUMBER_WORDS[unit])
